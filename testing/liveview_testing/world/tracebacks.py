"""Tracebacks without us: of an error in a callback, what the author wrote is shown, and nothing between.

Owns what is left of a traceback when an action fails: the line of the test, and then the frames of the view. Law: an error that
is ours by mistake (one that no text of ours explains, raised by our own code) keeps every frame. With
`LIVEVIEW_FULL_TRACEBACK=1` in the environment every error does.
"""

from __future__ import annotations

import os
import sys
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any

import liveview_core
from liveview_core.errors import LiveViewError
from liveview_testing.browser.tree.tree import MissingId

if TYPE_CHECKING:
    from types import FrameType, TracebackType

__all__ = ["is_the_author_s", "shorten", "warn"]

_PACKAGES = (Path(liveview_core.__file__).parent, Path(__file__).parents[1])
_OURS = tuple(f"{package}{os.sep}" for package in _PACKAGES)


def _ours(frame: FrameType) -> bool:
    return frame.f_code.co_filename.startswith(_OURS)


def is_the_author_s(error: BaseException) -> bool:
    """Whether our frames say nothing about an error: one of ours, whose text says all, or one that was raised in what we called."""
    if isinstance(error, LiveViewError | MissingId):
        return True
    last = None
    at = error.__traceback__
    while at is not None:
        last, at = at, at.tb_next
    return last is not None and not _ours(last.tb_frame)


def shorten(error: BaseException) -> None:
    """Take our frames out of the traceback of an error that is on its way to the test.

    Those between here and the test are not in it yet: each is added as the error passes it. So the test's own frame is asked to
    look once more, when the error has come there, which is what a tracing function is told. Where somebody traces already, a
    debugger or a measurement of coverage, he is not disturbed, and the frames from here to the test stay.
    """
    if not isinstance(error, Exception) or os.environ.get("LIVEVIEW_FULL_TRACEBACK") or not is_the_author_s(error):
        return
    if error.__traceback__ is not None:
        _without_ours(error.__traceback__)
    caller: FrameType | None = sys._getframe(1)
    while caller is not None and _ours(caller):
        caller = caller.f_back
    if caller is not None and caller.f_trace is None and sys.gettrace() in (None, _nothing):
        caller.f_trace = _arrival(error)
        sys.settrace(_nothing)


def warn(text: str, category: type[Warning]) -> None:
    """Warn of something at the line that called us, however deep it was noticed."""
    frame: FrameType = sys._getframe(1)
    while _ours(frame) and frame.f_back is not None:
        frame = frame.f_back
    names = frame.f_globals
    registry = names.setdefault("__warningregistry__", {})
    warnings.warn_explicit(text, category, frame.f_code.co_filename, frame.f_lineno, names.get("__name__"), registry)


def _arrival(error: Exception) -> Any:
    def look(frame: FrameType, event: str, argument: Any) -> None:
        """The first thing that happens in the test's frame is that the error comes there; or it never does."""
        if sys.gettrace() is _nothing:
            sys.settrace(None)
        frame.f_trace = None
        if event == "exception" and argument[1] is error:
            _without_ours(argument[2])

    return look


def _nothing(frame: FrameType, event: str, argument: Any) -> None:
    """New frames are none of our business."""


def _without_ours(first: TracebackType) -> None:
    """Our frames behind the first one are passed over."""
    at: TracebackType | None = first
    while at is not None:
        following = at.tb_next
        while following is not None and _ours(following.tb_frame):
            following = following.tb_next
        at.tb_next = following
        at = following
