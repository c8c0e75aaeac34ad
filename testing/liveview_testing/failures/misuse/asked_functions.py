"""Functions that an author gives to be asked: whether they take what they are asked about, and how they are told of.

Owns `takes`, `written` and `raise_at`. Law: nothing is called; a function that nobody can look into is taken as it is.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from types import CodeType, FunctionType
from typing import Any, NoReturn

from liveview_core.errors import shown

__all__ = ["raise_at", "takes", "written"]


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
    begins = "lambda" if name == "<lambda>" else f"def {name}"
    return f"{begins}{inspect.signature(function)}, in {code.co_filename}, line {code.co_firstlineno}"


def raise_at(function: Callable[..., Any], error: Exception) -> NoReturn:
    """Raise what its answer comes to, as if the function had raised it itself: its line is the one that is shown."""
    plain: Any = getattr(function, "__func__", function)
    code = getattr(plain, "__code__", None)
    if code is None:
        raise error
    here = _RAISES.replace(co_filename=code.co_filename, co_name=code.co_name, co_firstlineno=code.co_firstlineno)
    FunctionType(here, plain.__globals__)(error)
    raise error


_RAISES: CodeType = next(
    each for each in compile("def raises(error): raise error", __file__, "exec").co_consts if isinstance(each, CodeType)
)
