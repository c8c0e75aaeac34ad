"""The client's connection: what is pushed, what is waited for, what is heard, and what becomes of it all when it is lost.

Owns the way of an event into a frame (the room `pushing`), the reading of messages (`messages`), addresses and history; views that
join (`joining`), one in the place of another (`live_navigation`), errors and losses (`reconnecting`, shown by `error_display`;
`view_end`), forms that are filled in again (`form_recovery`).

Law: a message is applied whole, in the client's order, or waits whole.

Read `addresses`, `history`, the room `pushing`, `messages`; then `view_state`, `error_display`, `view_end`,
`reconnecting`, `form_recovery`, `joining`, `live_navigation`.
"""

FACE = (
    "addresses",
    "pushing.element_refs",
    "history",
    "joining",
    "reconnecting",
    "messages",
    "pushing.pushes",
    "pushing.pushing",
    "live_navigation",
    "pushing.targeting",
    "view_end",
    "view_state",
)
