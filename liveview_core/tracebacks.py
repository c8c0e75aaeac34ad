"""Tracebacks without us: what the author wrote is shown, and nothing between.

Owns which errors are told by the author's lines alone, and where they are made so; which lines are his, `frames` knows. Law: an
error that is ours by mistake keeps every frame.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from liveview_core.errors import LiveViewError
from liveview_core.frames import arrive, full_tracebacks, ours, passed, without_ours

if TYPE_CHECKING:
    from types import TracebackType

__all__ = [
    "cause",
    "full_tracebacks",
    "is_of_the_call",
    "is_told",
    "ours",
    "shorten",
    "shorten_told",
    "told",
    "told_made",
    "uncaught",
    "without_ours",
]

P = ParamSpec("P")
R = TypeVar("R")
C = TypeVar("C", bound=type[Any])
E = TypeVar("E", bound=BaseException)


def is_told(error: BaseException) -> bool:
    """Whether our frames say nothing about an error: one of ours, whose text says all, or one that was raised in what we called."""
    if isinstance(error, LiveViewError):
        return True
    last = None
    at = error.__traceback__
    while at is not None:
        last, at = at, at.tb_next
    return last is not None and not ours(last.tb_frame)


def shorten(error: E) -> E:
    """Take our frames out of the traceback of an error that is told, on its way to whoever called us: those behind us, and those
    between us and the author once it has come there. Answers the error, for who raises it here.
    """
    if not full_tracebacks():
        if error.__traceback__ is not None:
            without_ours(error.__traceback__)
        arrive(error, sys._getframe(1))
    return error


def shorten_told(error: BaseException) -> None:
    """The same where the author's own function was called, which may have raised anything: where `told` would cost each call."""
    if is_told(error):
        shorten(error)


def told(function: Callable[P, R]) -> Callable[P, R]:
    """A function that the author calls himself: of its errors the line that called it is shown, and nothing between."""

    @wraps(function)
    def called(*args: P.args, **kwargs: P.kwargs) -> R:
        __tracebackhide__ = True
        try:
            return function(*args, **kwargs)
        except Exception as error:
            if is_told(error) or is_of_the_call(error):
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
    first = passed(error.__traceback__)
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
