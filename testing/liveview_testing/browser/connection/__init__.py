"""The client's connection: what is pushed, what is waited for, what is heard, and what becomes of it all when it is lost.

Owns the way of an event into a frame (`pushing`), the refs of elements that wait for an answer (`flight`), the reading of
messages (`messages`), addresses and history; views that join (`joining`), one in the place of another (`replacing`), errors and
losses (`losing`, shown by `error_display`; `view_end`), forms that are filled in again (`recovering`). Law: a message is applied
whole, in the client's order, or waits whole.

Read `addresses`, `history`, `flight`, `pushes`, `pushing`, `messages`; then `view_state`, `error_display`, `view_end`, `losing`,
`recovering`, `joining`, `replacing`.
"""

FACE = (
    "addresses",
    "flight",
    "history",
    "joining",
    "losing",
    "messages",
    "pushes",
    "pushing",
    "replacing",
    "targeting",
    "view_end",
    "view_state",
)
