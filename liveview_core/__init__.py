"""liveview_core: Phoenix LiveView's programming model as plain Python values.

Values in, values out: a view's callbacks take a `Socket` and return one; a template is a function of assigns; what is asked of the
outside becomes an effect. Its rooms, from the ground up, each with its own reading order: `errors`, `values`, `protocol`,
`rendering`, `declarations`, `forms`, `uploads`, `socket`, `views`, `heex`, `components`, `process`. Everything a view needs is
here; the test kit is `liveview_testing`.
"""

from __future__ import annotations

import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any

from liveview_core.declarations.attributes import attr, slot
from liveview_core.declarations.function_component import component
from liveview_core.errors import BadReturn, LiveViewError
from liveview_core.heex import embed_templates, heex
from liveview_core.heex.runtime import render_slot
from liveview_core.protocol.async_result import AsyncExit, AsyncOk, AsyncResult
from liveview_core.rendering.html import raw
from liveview_core.rendering.js import JS
from liveview_core.socket.hooks import Cont, Halt
from liveview_core.socket.socket import Socket
from liveview_core.tracebacks import uncaught
from liveview_core.values.assigns import Assigns, assigns_to_attributes
from liveview_core.views.live_component import LiveComponent
from liveview_core.views.view import LiveView, Ok, Reply

if TYPE_CHECKING:  # at run time when they are asked for, see below
    from liveview_core.forms.changeset import Changeset
    from liveview_core.forms.form import Form, FormField, to_form, used_input
    from liveview_core.socket.socket_state import Instant
    from liveview_core.uploads.entries import Postpone, upload_errors
    from liveview_core.views.router import LiveSession, Route, Router

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
    "Instant",
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
    "to_form": "liveview_core.forms.form",
    "used_input": "liveview_core.forms.form",
    "Form": "liveview_core.forms.form",
    "FormField": "liveview_core.forms.form",
    "Changeset": "liveview_core.forms.changeset",
    "Instant": "liveview_core.socket.socket_state",
    "LiveSession": "liveview_core.views.router",
    "Route": "liveview_core.views.router",
    "Router": "liveview_core.views.router",
    "Postpone": "liveview_core.uploads.entries",
    "upload_errors": "liveview_core.uploads.entries",
}


# An error that ends a script shows the author's lines: nothing else of ours is on the way of a call of `Socket` or `JS`.
sys.excepthook = uncaught(sys.excepthook)


def __getattr__(name: str) -> Any:
    module = _LATER.get(name)
    if module is None:
        raise AttributeError(f"module 'liveview_core' has no attribute {name!r}")
    return getattr(import_module(module), name)
