"""Simulating: messages are delivered, time passes, crashes happen, and the world is published.

Owns `Run` (`delivery`: an open world that delivers), `Acting` (begin, settle, publish or drop) and what a test holds of a
world: its clock, tasks, crashes. Laws: first in, first out; everything due at this instant happens before an action ends; what
raises leaves no trace.

Read `delivery`, `tabs` (browsers with a state of their own), `crashing`, `in_flight` (messages that wait), `recording` (acts, as
they are done), `recording_run`, `acting`; then `clock`, `tasks`, `crashes`; `page_law` and `template_checks` look at pages without
being asked.
"""

FACE = (
    "acting",
    "clock",
    "crashes",
    "crashing",
    "delivery",
    "in_flight",
    "page_law",
    "recording",
    "recording_run",
    "tabs",
    "tasks",
    "template_checks",
)
