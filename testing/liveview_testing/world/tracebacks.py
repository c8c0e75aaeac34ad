"""What is shown of an error in a test: the line of the test, and then the frames of the view.

Owns when our frames are taken out (`liveview_core.tracebacks` does it), and where a warning points. Law: an error that is ours by
mistake (one that no text of ours explains, raised by our own code) keeps every frame. With `LIVEVIEW_FULL_TRACEBACK=1` in the
environment every error does.
"""

from __future__ import annotations

import inspect
import sys
from collections import deque
from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from liveview_core import frames, tracebacks
from liveview_core.errors import BadOption, shown
from liveview_core.values.patterns import late_pattern
from liveview_testing.browser.page.tree.tree import MissingId
from liveview_testing.failures import advice

if TYPE_CHECKING:
    from types import TracebackType

__all__ = ["is_the_author_s", "noted", "shorten", "shortened", "uncaught", "warn"]

P = ParamSpec("P")
R = TypeVar("R")
E = TypeVar("E", bound=BaseException)

noted: deque[tuple[str, str]] = deque(maxlen=50)
"""What was warned of, as category and text; a world that records takes it out."""


def is_the_author_s(error: BaseException) -> bool:
    """Whether our frames say nothing about an error: one of ours, whose text says all, or one that was raised in what we called."""
    return isinstance(error, MissingId) or getattr(error, "says_all", False) or tracebacks.is_told(error)


def shorten(error: E) -> E:
    """Take our frames out of the traceback of an error that is on its way to the test."""
    if isinstance(error, Exception) and is_the_author_s(error):
        tracebacks.shorten(error)
    return error


def shortened(function: Callable[P, R]) -> Callable[P, R]:
    """A function that tests and scripts call, and that is no act of a world: of its errors only their own lines are shown."""

    @wraps(function)
    def called(*args: P.args, **kwargs: P.kwargs) -> R:
        __tracebackhide__ = True
        try:
            return function(*args, **kwargs)
        except Exception as error:
            if (misuse := _misused(function, args, kwargs, error)) is not None:
                raise tracebacks.shorten(misuse) from None
            if tracebacks.is_of_the_call(error):
                tracebacks.shorten(error)
            else:
                shorten(error)
            raise

    return called


_CALLED = late_pattern(r"'([\w.]+)' object is not callable")


def _misused(function: Callable[..., object], args: Any, kwargs: Any, error: Exception) -> BadOption | None:
    """What to say where our own line was the one that could do nothing with an argument, as it is another kind of thing."""
    if type(error) is AttributeError:
        wrong: Any = error.obj
        none = wrong is None
    elif type(error) is TypeError and (called := _CALLED.fullmatch(str(error))) is not None:
        given = [*args, *kwargs.values()]
        wrong = next((each for each in given if type(each).__name__ == called[1] and not callable(each)), None)
        none = called[1] == "NoneType"
    else:
        return None
    at = error.__traceback__
    while at is not None and at.tb_next is not None:
        at = at.tb_next
    if (wrong is None and not none) or at is None or not tracebacks.ours(at.tb_frame):
        return None
    parameters = inspect.signature(function).parameters
    for name, value in (*zip(parameters, args, strict=False), *kwargs.items()):
        kind = str(parameters[name].annotation) if name in parameters else "another kind of value"
        if value is wrong and not (none and "None" in kind):
            expected = "a function: a lambda, or the name of one" if kind in _FUNCTIONS else f"a {kind}"
            return BadOption(
                f"{function.__name__} cannot use its argument {name!r}", expected=expected, got=shown(wrong)
            )
    return None


_FUNCTIONS = ("Doing", "Callable[[View], Any]", "Callable[[Simulation], Any]")


def uncaught(hook: Callable[..., object]) -> Callable[..., object]:
    """What shows an error that ends a script: as the core does, and of what a test calls it says how it is called."""
    show = tracebacks.uncaught(hook, is_the_author_s)

    def told(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> object:
        if (
            isinstance(error, TypeError | AttributeError)
            and sys.gettrace() is None
            and not tracebacks.full_tracebacks()
        ):
            advice.advise(error)
        return show(kind, error, trace)

    return told


def warn(text: str, category: type[Warning]) -> None:
    """Warn of something at the line that called us, however deep it was noticed."""
    noted.append((category.__name__, text))
    frames.warn(text, category)
