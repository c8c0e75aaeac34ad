"""liveview_core: Phoenix LiveView's programming model as plain Python values.

Values in, values out: a view's callbacks take a `Socket` and return one; a template is a function of assigns; what is asked of the
outside becomes an effect. In reading order: `errors`, `assigns`, `streams`, `effects`, `socket`, `hooks`, `view`, `router`, `heex`,
`rendered`, `diff`, `component`, `process`. Everything a view needs is here; the test kit is `liveview_testing`.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from liveview_core.assigns import Assigns, assigns_to_attributes
from liveview_core.async_result import AsyncExit, AsyncOk, AsyncResult
from liveview_core.component import LiveComponent
from liveview_core.declarations import attr, component, slot
from liveview_core.errors import BadReturn, LiveViewError
from liveview_core.heex import embed_templates, heex
from liveview_core.heex.runtime import render_slot
from liveview_core.hooks import Cont, Halt
from liveview_core.html import raw
from liveview_core.js import JS
from liveview_core.socket import Socket
from liveview_core.view import LiveView, Ok, Reply

if TYPE_CHECKING:  # at run time when they are asked for, see below
    from liveview_core.changeset import Changeset
    from liveview_core.forms import Form, FormField, to_form, used_input
    from liveview_core.router import LiveSession, Route, Router
    from liveview_core.uploads import Postpone, upload_errors

__all__ = [
    "JS",
    "Assigns",
    "AsyncExit",
    "AsyncOk",
    "AsyncResult",
    "BadReturn",
    "Changeset",
    "Cont",
    "Form",
    "FormField",
    "Halt",
    "LiveComponent",
    "LiveSession",
    "LiveView",
    "LiveViewError",
    "Ok",
    "Postpone",
    "Reply",
    "Route",
    "Router",
    "Socket",
    "assigns_to_attributes",
    "attr",
    "component",
    "embed_templates",
    "heex",
    "raw",
    "render_slot",
    "slot",
    "to_form",
    "upload_errors",
    "used_input",
]

_LATER = {  # names whose modules are imported when they are asked for
    "to_form": "liveview_core.forms",
    "used_input": "liveview_core.forms",
    "Form": "liveview_core.forms",
    "FormField": "liveview_core.forms",
    "Changeset": "liveview_core.changeset",
    "LiveSession": "liveview_core.router",
    "Route": "liveview_core.router",
    "Router": "liveview_core.router",
    "Postpone": "liveview_core.uploads",
    "upload_errors": "liveview_core.uploads",
}


def __getattr__(name: str) -> Any:
    module = _LATER.get(name)
    if module is None:
        raise AttributeError(f"module 'liveview_core' has no attribute {name!r}")
    return getattr(import_module(module), name)
