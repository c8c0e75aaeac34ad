"""The world: processes, mailboxes, links, timers, tasks, and the log of all that happened.

Owns `World`, one immutable value, and `OpenWorld`, the copy of it that an action works on. Law: nothing that was published is
ever changed; a fork costs a reference, and an action that raises leaves no trace.

Read `world`, `open_world`, `mailboxes` (what is under way), `timers` (time), `pubsub`; `log` (what happened); `page_checks`,
`unhandled_messages`, `mutable_assigns`, `tracebacks`. Below it: `page_state` (what is remembered of a page). On top of it:
`browsing` (from page to page), `tabs` (browsers with a state of their own), `simulation` (whose turn it is, and the clock).
"""

FACE = (
    "timers",
    "mutable_assigns",
    "log.happening",
    "log.reads_and_writes",
    "log.message_records",
    "log.act_records",
    "log.retention",
    "log.trace",
    "log.wire",
    "mailboxes",
    "open_world",
    "page_checks",
    "pubsub",
    "tracebacks",
    "unhandled_messages",
    "world",
)
