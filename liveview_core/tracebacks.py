"""Tracebacks without us: what the author wrote is shown, and nothing between.

Owns which frames are ours, and how they are taken out of an error that is on its way to its author. Law: only a traceback changes,
never which error there is; and who traces already, a debugger or a measurement of coverage, is not disturbed. With
`LIVEVIEW_FULL_TRACEBACK=1` in the environment nothing is taken out.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from liveview_core.errors import LiveViewError

if TYPE_CHECKING:
    from types import FrameType, TracebackType

__all__ = [
    "cause",
    "full_tracebacks",
    "is_of_the_call",
    "is_told",
    "ours",
    "shorten",
    "told",
    "told_made",
    "uncaught",
    "without_ours",
]

P = ParamSpec("P")
R = TypeVar("R")
C = TypeVar("C", bound=type[Any])
E = TypeVar("E", bound=BaseException)

_PACKAGES = frozenset({"liveview_core", "liveview_testing", "_liveview_command"})
_BETWEEN = frozenset({"contextlib", "functools", "click.core", "click.decorators"})


def full_tracebacks() -> bool:
    """Whether somebody looks for a mistake of ours."""
    return bool(os.environ.get("LIVEVIEW_FULL_TRACEBACK"))


def ours(frame: FrameType) -> bool:
    """Whether a frame runs our own code; a template of ours is our code, a template of the author's is his."""
    return str(frame.f_globals.get("__name__")).partition(".")[0] in _PACKAGES


def is_told(error: BaseException) -> bool:
    """Whether our frames say nothing about an error: one of ours, whose text says all, or one that was raised in what we called."""
    if isinstance(error, LiveViewError):
        return True
    last = None
    at = error.__traceback__
    while at is not None:
        last, at = at, at.tb_next
    return last is not None and not ours(last.tb_frame)


def without_ours(first: TracebackType) -> None:
    """Our frames behind the first one are passed over, and of two of one call the earlier: it only let the error pass."""
    at: TracebackType = first
    while (following := _passed(at.tb_next)) is not None:
        after = _passed(following.tb_next)
        while after is not None and after.tb_frame is following.tb_frame:
            following, after = after, _passed(after.tb_next)
        at.tb_next = following
        at = following
    at.tb_next = None


def _passed(at: TracebackType | None) -> TracebackType | None:
    """The next that is not ours; what is between two of ours, a context manager's or a wrapper's, is neither."""
    inside = False
    while at is not None and (ours(at.tb_frame) or (inside and at.tb_frame.f_globals.get("__name__") in _BETWEEN)):
        inside, at = True, at.tb_next
    return at


def shorten(error: E) -> E:
    """Take our frames out of the traceback of an error that is told, on its way to whoever called us.

    Answers the error, for who raises it here. Those between here and the author are not in it yet: each is added as the error
    passes it. So the author's own frame is asked to look once more, when the error has come there, which is what a tracing function
    is told.
    """
    if full_tracebacks():
        return error
    if error.__traceback__ is not None:
        without_ours(error.__traceback__)
    caller: FrameType | None = sys._getframe(1)
    while caller is not None and ours(caller):
        caller = caller.f_back
    if caller is not None and caller.f_trace is None and sys.gettrace() in (None, _nothing):
        caller.f_trace = _arrival(error)
        sys.settrace(_nothing)
    return error


def told(function: Callable[P, R]) -> Callable[P, R]:
    """A function that is called while a module is imported: of its errors the line that called it is shown, and nothing between."""

    @wraps(function)
    def called(*args: P.args, **kwargs: P.kwargs) -> R:
        __tracebackhide__ = True
        try:
            return function(*args, **kwargs)
        except (LiveViewError, TypeError) as error:
            if isinstance(error, LiveViewError) or is_of_the_call(error):
                shorten(error)
            raise

    return called


def told_made(kind: C) -> C:
    """The same for a class that is made while a module is imported."""
    setattr(kind, "__init__", told(kind.__init__))  # noqa: B010 - a checker keeps the signature that it knows
    return kind


def is_of_the_call(error: BaseException) -> bool:
    """Whether an error says that the arguments do not fit: asked where the call is caught, as no frame of the function is in it."""
    return error.__traceback__ is not None and error.__traceback__.tb_next is None


def cause(error: BaseException) -> BaseException | None:
    """An error as the cause of one of ours: from the author's first line on; None if there is none in it."""
    if full_tracebacks():
        return error
    first = _passed(error.__traceback__)
    if first is None:
        return None
    without_ours(first)
    return error.with_traceback(first)


def uncaught(hook: Callable[..., object], shows: Callable[[BaseException], bool] = is_told) -> Callable[..., object]:
    """What shows an error that ends a script, and of one that `shows` all by itself the author's lines only."""

    def show(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> object:
        if trace is not None and sys.gettrace() is None and not full_tracebacks():
            seen: set[int] = set()
            each: BaseException | None = error
            while each is not None and id(each) not in seen:
                seen.add(id(each))
                if each.__traceback__ is not None and isinstance(each, Exception) and shows(each):
                    each = cause(each) or each
                each = each.__cause__ or (None if each.__suppress_context__ else each.__context__)
            trace = error.__traceback__
        return hook(kind, error, trace)

    return show


def _arrival(error: BaseException) -> Any:
    def look(frame: FrameType, event: str, argument: Any) -> None:  # pragma: no cover - nothing traces a tracer
        """The first thing that happens in the author's frame is that the error comes there; or it never does."""
        if sys.gettrace() is _nothing:
            sys.settrace(None)
        frame.f_trace = None
        if event == "exception" and argument[1] is error:
            without_ours(argument[2])

    return look


def _nothing(frame: FrameType, event: str, argument: Any) -> None:
    """New frames are none of our business."""
