"""A template is defined once: `heex(…)` below a step, where it would be compiled for every message, is refused.

Law: a step pays nothing for it; only who defines a template looks at the stack.
"""  # N3.3

from __future__ import annotations

from collections.abc import Callable
from types import CodeType, FrameType
from typing import Any, TypeVar

from liveview_core.errors import LiveViewError

__all__ = ["HeexDuringStep", "refuse_during_step", "step_code"]

_F = TypeVar("_F", bound=Callable[..., Any])


class HeexDuringStep(LiveViewError, RuntimeError):
    """`heex(…)` was called while a message is handled: a template is defined once, not at every render."""  # N3.3


_STEPS: set[CodeType] = set()


def step_code(function: _F) -> _F:
    """Mark the function that runs callbacks: a template cannot be defined below it, except by an import.

    The stack is looked at when `heex` is called, so that a step pays nothing, and nothing has to be undone.
    """  # N3.3
    _STEPS.add(function.__code__)
    return function


def refuse_during_step(frame: FrameType) -> None:
    """Raise `HeexDuringStep` if *frame*, which wants to define a template, runs below a step."""
    at: FrameType | None = frame
    while at is not None:
        code = at.f_code
        if code.co_name == "<module>":
            return
        if code in _STEPS:
            raise HeexDuringStep(
                f"heex(…) was called while a message is handled, in {frame.f_code.co_qualname}",
                expected="templates defined once, at module or class level",
                got=f"a call at {frame.f_code.co_filename}:{frame.f_lineno}",
                cure="define it once, `CARD = heex(…)`, and call it: `return CARD(assigns)`; to compute before it, write"
                " a function with @component that ends in `return CARD(assigns.assign(…))`",
            )
        at = at.f_back
