"""Functions that an author gives to be asked: whether they take what they are asked about, and how they are told of.

Owns `takes` and `written`. Law: nothing is called; a function that nobody can look into is taken as it is.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

from liveview_core.errors import shown

__all__ = ["takes", "written"]


def takes(function: Callable[..., Any], arguments: int) -> bool:
    """Whether a function can be called with so many arguments."""
    try:
        inspect.signature(function).bind(*[None] * arguments)
    except TypeError:
        return False
    except ValueError:  # one that has no signature
        return True
    return True


def written(function: Callable[..., Any]) -> str:
    """A function as it was written: its first line, the file and the number of the line."""
    code = getattr(getattr(function, "__func__", function), "__code__", None)
    if code is None:
        return shown(function)
    name = code.co_name
    return f"{'lambda' if name == '<lambda>' else f'def {name}'}{inspect.signature(function)}, {place(code)}"


def place(code: Any) -> str:
    """Where code was written."""
    return f"in {code.co_filename}, line {code.co_firstlineno}"
