"""The world: processes, mailboxes, links, timers, tasks, and the log of all that happened.

Owns `World`, one immutable value, and `OpenWorld`, the copy of it that an action works on. Law: nothing that was published is
ever changed; a fork costs a reference, and an action that raises leaves no trace.

Read `world`, `open_world`, `mailboxes` (what is under way), `agenda` (time), `pubsub`; the log: `retention`, `trace`, `wire`;
`recorded`, what a timeline needs besides; and `page_checks`, `contents`, `depth`, `tracebacks`.
"""

FACE = (
    "agenda",
    "contents",
    "depth",
    "mailboxes",
    "open_world",
    "page_checks",
    "pubsub",
    "recorded",
    "retention",
    "trace",
    "tracebacks",
    "wire",
    "world",
)
