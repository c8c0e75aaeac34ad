"""Functions of the author that do not take what they are called with: which one, where it is, and how it should begin.

Law: nobody is asked before he is called. Python's own `TypeError` says that a call did not fit; it is read here, once it has come
out of a step, and a call that fits pays nothing.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from liveview_core.errors import LiveViewError
from liveview_core.frames import ours
from liveview_core.values.patterns import late_pattern

if TYPE_CHECKING:
    from types import FrameType

__all__ = ["ARGUMENTS", "BadSignature", "misfit"]


class BadSignature(LiveViewError, TypeError):
    """A callback, a hook or another function of the author takes other arguments than it is called with."""


_HERE = str(Path(__file__).parent.parent)  # ours is all of the package
_MISFIT = late_pattern(r"(?P<name>[\w.<>]+)\(\) (takes |missing |got (an unexpected|some positional|multiple values))")

ARGUMENTS: dict[str, str] = {
    "mount": "params, session, socket",
    "handle_params": "params, uri, socket",
    "handle_event": "event, params, socket",
    "handle_info": "msg, socket",
    "handle_async": "name, result, socket",
    "handle_call": "msg, sender, socket",
    "handle_cast": "msg, socket",
    "terminate": "reason, socket",
    "render": "assigns",
}
"""The callbacks of a view, and what each gets."""
_CALLED = {  # what it is kept under where we call it, and what it gets
    **ARGUMENTS,
    "layout": "assigns",
    "one": "assigns, socket",
    "many": "assigns_sockets",
    "progress": "name, entry, socket",
    "external": "entry, socket",
    "validator": "entry",
    "dom_id": "item",
}
_STAGES = {name: ARGUMENTS[name] for name in ("handle_event", "handle_params", "handle_info", "handle_async")}
_FUNCTIONS = {  # where a function is called that a method of the socket was given
    "update": ("the function of update(…)", "value"),
    "assign_new": ("the function of assign_new(…)", ""),
    "consume": ("the function of consume_uploaded_entries(…)", "content, entry"),
    "consume_one": ("the function of consume_uploaded_entry(…)", "content"),
}


def misfit(error: TypeError) -> BadSignature | None:
    """What to say instead of *error*, if it is about a call of ours that did not fit; None where it is any other."""
    at = error.__traceback__
    while at is not None and at.tb_next is not None:
        at = at.tb_next
    found = _MISFIT.match(str(error))
    if at is None or found is None or not ours(at.tb_frame):
        return None
    for key, function in _candidates(at.tb_frame):
        code = getattr(_plain(function), "__code__", None)
        if code is not None and code.co_qualname == found["name"] and not code.co_filename.startswith(_HERE):
            return _told(at.tb_frame, key, function, code)
    return None


def _candidates(frame: FrameType) -> Iterator[tuple[str, Any]]:
    """The functions that are at hand where the call was made, and what they are kept under."""
    for name, value in frame.f_locals.items():
        if callable(value):
            yield name, value
        for within in ("fn", "progress", "external", "validator", "dom_id"):
            inner = getattr(value, within, None)
            if callable(inner):
                yield within, inner


def _plain(function: Any) -> Any:
    """The function itself: without what is bound, partial, or an object around it."""
    if isinstance(function, functools.partial):
        return _plain(function.func)  # pyright: ignore[reportUnknownMemberType]
    if not hasattr(function, "__code__") and not hasattr(function, "__func__"):
        function = type(function).__call__
    return getattr(function, "__func__", function)


def _told(frame: FrameType, key: str, function: Any, code: Any) -> BadSignature:
    what, takes = _role(frame, key, code.co_qualname)
    plain = _plain(function)
    bound = inspect.ismethod(function) or not (hasattr(function, "__code__") or isinstance(function, functools.partial))
    own = "self, " if bound else ""
    name = plain.__name__
    takes = (own + takes).removesuffix(", ")
    begins = f"lambda {takes}: …" if name == "<lambda>" else f"def {name}({takes})"
    is_it = f"{'lambda' if name == '<lambda>' else 'def ' + name}{inspect.signature(plain)}"
    return BadSignature(
        f"{what} does not take what it is called with",
        expected=begins,
        got=f"{is_it}, in {code.co_filename}, line {code.co_firstlineno}",
        cure=f"write `{begins}`; what it does not need it need not use",
    )


def _role(frame: FrameType, key: str, name: str) -> tuple[str, str]:
    """What the function is there for, and what it is called with."""
    if frame.f_code.co_name in _FUNCTIONS and key == "fn":
        return _FUNCTIONS[frame.f_code.co_name]
    if key in ("fn", "hook"):
        hook = getattr(frame.f_locals.get("hook"), "id", None)
        stage = frame.f_locals.get("stage")
        if frame.f_code.co_name == "run_on_mount":
            return f"the on_mount hook {name}", "params, session, socket"
        return f"hook {hook!r} on {stage or 'after_render'}", _STAGES.get(str(stage), "socket")
    takes = _CALLED.get(key, "…")
    if key == "mount" and frame.f_code.co_name == "_mounted":  # a component's
        takes = "socket"
    return name, takes
