"""What is put under an error of the author's own code: in which message it happened, and what was meant instead.

Owns these notes. Law: an error stays what it is; only who reads it learns more.
"""

from __future__ import annotations

import re

from liveview_core.errors import nearest_names
from liveview_core.socket.socket import Socket
from liveview_testing.failures.arguments import called_so

__all__ = ["advise", "annotate"]

_OF_A_CALL = re.compile(r"\w+\.(\w+)\(\) (?:takes|missing|got (?:an unexpected|multiple|some positional))")


def annotate(error: Exception, where: str) -> None:
    """Say where it happened, and how what was called, or read, is called."""
    error.add_note(where)
    advise(error)


def advise(error: Exception) -> None:
    """Say how what was called, or read, is called; once."""
    if isinstance(error, AttributeError) and isinstance(error.obj, Socket):
        _add(error, _misread(error.obj, error.name or ""))
    elif type(error) is TypeError and (note := _called_so(error)) is not None:
        _add(error, note)


def _add(error: Exception, note: str) -> None:
    if note not in getattr(error, "__notes__", ()):
        error.add_note(note)


def _called_so(error: TypeError) -> str | None:
    """How a function of the socket is called, where an argument does not fit."""
    if str(error).endswith("must be a mapping, not Assigns"):
        return (
            "assigns are no mapping: `socket.assign(assigns)` takes them as they are, `**dict(assigns)` by their names"
        )
    said = _OF_A_CALL.match(str(error))
    method = None if said is None else getattr(Socket, said[1], None)
    if said is None or not callable(method):
        return None
    return called_so(method, "socket.")


def _misread(socket: Socket, name: str) -> str:
    """What to write instead of a name that a socket does not have. (A `__getattr__` there would cost every read of it.)"""
    if name in socket.assigns:
        return f"{name} is an assign: socket.assigns.{name}"
    near = nearest_names(name, (each for each in dir(Socket) if not each.startswith("_")))
    return f"the nearest that a socket has: {', '.join(near)}" if near else "assigns are read through socket.assigns"
