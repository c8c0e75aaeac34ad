"""Which lines of a traceback are the author's, and how ours are taken out of an error while it is on its way to him.

Owns `ours`, `without_ours`, `arrive` and `warn`. Law: only a traceback changes, never which error there is; and who traces already,
a debugger, Hypothesis or a measurement of coverage, hears all that he would hear. With `LIVEVIEW_FULL_TRACEBACK=1` in the
environment nothing is taken out.
"""

from __future__ import annotations

import os
import sys
import warnings
from types import FunctionType, MethodType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from types import FrameType, TracebackType

__all__ = ["arrive", "full_tracebacks", "made", "ours", "passed", "warn", "without_ours"]

_CORE = "liveview_core"
_PACKAGES = frozenset({_CORE, "liveview_testing", "_liveview_command"})
_BETWEEN = frozenset({"contextlib", "functools", "click.core", "click.decorators"})


def full_tracebacks() -> bool:
    """Whether somebody looks for a mistake of ours."""
    return bool(os.environ.get("LIVEVIEW_FULL_TRACEBACK"))


def _package(frame: FrameType) -> str:
    return str(frame.f_globals.get("__name__")).partition(".")[0]


def ours(frame: FrameType) -> bool:
    """Whether a frame runs our own code; a template of ours is our code, a template of the author's is his."""
    return _package(frame) in _PACKAGES


def without_ours(first: TracebackType) -> None:
    """Our frames behind the first one are passed over, and of two of one call the earlier: it only let the error pass."""
    at: TracebackType = first
    while (following := passed(at.tb_next)) is not None:
        after = passed(following.tb_next)
        while after is not None and after.tb_frame is following.tb_frame:
            following, after = after, passed(after.tb_next)
        at.tb_next = following
        at = following
    at.tb_next = None


def passed(at: TracebackType | None) -> TracebackType | None:
    """The next that is not ours; what is between two of ours, a context manager's or a wrapper's, is neither."""
    inside = False
    while at is not None and (ours(at.tb_frame) or (inside and at.tb_frame.f_globals.get("__name__") in _BETWEEN)):
        inside, at = True, at.tb_next
    return at


def arrive(error: BaseException, caller: FrameType | None) -> None:
    """The author's frame from which *caller* was called is asked to look once more when the error has come there.

    The frames between here and the author are not in the traceback yet: each is added as the error passes it. That the error has
    come is what a tracing function is told.
    """
    while caller is not None and ours(caller):
        caller = caller.f_back
    if caller is None:
        return
    tracing, before = sys.gettrace(), caller.f_trace
    if tracing is None or type(tracing) is _OnItsWay:
        if before is None or type(before) is _Arrival:
            caller.f_trace = _Arrival(error)
            sys.settrace(_OnItsWay(error))
    elif isinstance(before, FunctionType | MethodType):
        # Hypothesis traces what fails: it must see the same error as before.
        caller.f_trace = _Arrival(error, before)


def made(error: BaseException) -> None:
    """An error of ours was made, and is about to be raised: where the author called the core himself, he is shown his own lines.

    What the kit calls, it shortens itself.
    """
    caller: FrameType | None = sys._getframe(1)
    while caller is not None and (package := _package(caller)) in _PACKAGES:
        if package != _CORE:
            return
        caller = caller.f_back
    if not full_tracebacks():
        arrive(error, caller)


def warn(text: str, category: type[Warning]) -> None:
    """Warn of something at the author's line, however deep it was noticed."""
    frame: FrameType = sys._getframe(1)
    while ours(frame) and frame.f_back is not None:
        frame = frame.f_back
    names = frame.f_globals
    registry = names.setdefault("__warningregistry__", {})
    warnings.warn_explicit(text, category, frame.f_code.co_filename, frame.f_lineno, names.get("__name__"), registry)


class _Arrival:
    """Traces the author's frame until something happens in it: the first thing is that the error comes there, or it never does."""

    __slots__ = ("before", "error")

    def __init__(self, error: BaseException, before: Any = None) -> None:
        self.error = error
        self.before = before
        """Who traces the frame otherwise."""

    def __call__(
        self, frame: FrameType, event: str, argument: Any
    ) -> Any:  # pragma: no cover - while it traces nobody is told
        if type(sys.gettrace()) is _OnItsWay:
            sys.settrace(None)
        frame.f_trace = self.before
        if event == "exception" and argument[1] is self.error:
            without_ours(argument[2])
        return None if self.before is None else self.before(frame, event, argument)


class _OnItsWay:
    """Is told of each frame that begins while an error is on its way. One that is no part of what handles the error says that
    somebody of ours has caught it. Then nothing is traced any more: that makes what follows several times slower.
    """

    __slots__ = ("error", "left")

    def __init__(self, error: BaseException) -> None:
        self.error = error
        self.left = MOST_CALLS

    def __call__(
        self, frame: FrameType, event: str, argument: Any
    ) -> None:  # pragma: no cover - while it traces nobody is told
        self.left -= 1
        if self.left < 0 or (self.error.__traceback__ is not None and not _is_handled(self.error)):
            sys.settrace(None)


MOST_CALLS = 1_000
"""How many frames may begin until an error that was made is raised, and while it is handled."""


def _is_handled(error: BaseException) -> bool:  # pragma: no cover - asked while it traces
    """Whether we are in what handles an error, or in what handles one that came meanwhile."""
    each = sys.exc_info()[1]
    for _ in range(MOST_CALLS):
        if each is None or each is error:
            break
        each = each.__context__
    return each is error
