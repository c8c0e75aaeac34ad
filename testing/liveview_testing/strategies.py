"""Hypothesis strategies for views: what a user could do on a page, what can be typed into a form, what can happen to a stream
or to a chain of hooks, in which order what people do can happen.

Law: everything drawn is possible: an event drawn from a page is one that a user of that page could cause now; a form's
params are values its fields can hold. Draw, act, draw again: `@given(st.data())` with `data.draw(events(view))`.
"""

from __future__ import annotations

from liveview_testing.properties.drawn_hook_chains import HookLink, attached, hook_chains
from liveview_testing.properties.exploring.drawn_schedules import Schedule, schedules
from liveview_testing.properties.fields.texts import CHARACTERS, TEXT
from liveview_testing.properties.hook_chains.widget_messages import HookMessage, widget_chains, widget_messages
from liveview_testing.properties.page_events import CLICKABLE, NothingToDo, PageEvent, events, form_params
from liveview_testing.properties.person_acts import PersonAct, acts
from liveview_testing.properties.stream_scripts import StreamOp, stream_scripts

__all__ = [
    "CHARACTERS",
    "CLICKABLE",
    "TEXT",
    "HookLink",
    "HookMessage",
    "NothingToDo",
    "PageEvent",
    "PersonAct",
    "Schedule",
    "StreamOp",
    "acts",
    "attached",
    "events",
    "form_params",
    "hook_chains",
    "schedules",
    "stream_scripts",
    "widget_chains",
    "widget_messages",
]
