"""Simulating: messages are delivered, time passes, crashes happen, and the world is published.

Owns `Run` (the room `delivering`: an open world that delivers), `Acting` (begin, settle, publish or drop) and what a test holds of
a world: its clock, tasks, crashes. Laws: first in, first out; everything due at this instant happens before an action ends; what
raises leaves no trace.

Read the room `delivering`, then `crashing` and `acting`; then `clock`, `tasks`, `crashes` and `tab_history` (where a person goes);
`page_law` and `template_checks` look at pages without being asked; `page_report` is what a failure tells of one.
"""

FACE = (
    "acting",
    "clock",
    "crashes",
    "crashing",
    "current",
    "delivering.delivery",
    "delivering.in_flight",
    "page_law",
    "page_report",
    "delivering.received",
    "delivering.message_recording",
    "tab_history",
    "tasks",
    "template_checks",
)
