"""Simulating: messages are delivered, time passes, crashes happen, and the world is published.

Owns `Run` (`delivery`: an open world that delivers), `Acting` (begin, settle, publish or drop) and what a test holds of a
world: its clock, tasks, crashes. Laws: first in, first out; everything due at this instant happens before an action ends; what
raises leaves no trace.

Read `delivery`, `tabs` (browsers with a state of their own; `tab_documents`: what they begin with, `tab_history`: where a person
goes, `handle_acts`: what LiveViewTest's handles do in them), `crashing`, `in_flight` (messages that wait), `recording` (acts, as
they are done), `recording_run`, `acting`; then `clock`, `tasks`, `crashes`; `page_law` and `template_checks` look at pages without
being asked.
"""

FACE = (
    "acting",
    "clock",
    "crashes",
    "crashing",
    "delivery",
    "handle_acts",
    "in_flight",
    "page_law",
    "recording",
    "recording_run",
    "tab_documents",
    "tab_history",
    "tabs",
    "tasks",
    "template_checks",
)
