"""Functions that an author gives to be asked: whether they take what they are asked about, and how they are told of.

Owns `takes`, `written`, `says_nothing` and `raise_at`. Law: nothing is called; a function that nobody can look into is taken as it
is, and of one that calls what may raise nothing is said.
"""

from __future__ import annotations

import ast
import inspect
from collections.abc import Callable
from textwrap import dedent
from types import CodeType, FunctionType
from typing import Any, NoReturn

from liveview_core.errors import shown
from liveview_core.values.patterns import late_pattern

__all__ = ["raise_at", "says_nothing", "takes", "written"]


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


def says_nothing(function: Callable[..., Any]) -> str | None:
    """How to make it say something, of a function that answers None and in which nothing can raise; None of any other."""
    plain: Any = getattr(function, "__func__", function)
    if not inspect.isfunction(plain) or plain.__name__ == "<lambda>":
        return None
    try:
        (node,) = ast.parse(dedent(inspect.getsource(plain))).body
    except (OSError, TypeError, ValueError, SyntaxError):
        return None
    if not isinstance(node, ast.FunctionDef) or node.decorator_list:
        return None
    within = [each for statement in node.body for each in ast.walk(statement)]
    if any(_says(each) for each in within):
        return None
    left = [each.value for each in node.body if isinstance(each, ast.Expr) and not isinstance(each.value, ast.Constant)]
    return f"assert {ast.unparse(left[-1])}" if left else "assert what is to be true, or return it"


def _says(node: ast.AST) -> bool:
    """Whether something may come of it: an error, or an answer."""
    match node:
        case ast.Assert() | ast.Raise() | ast.Yield() | ast.YieldFrom() | ast.Await():
            return True
        case ast.Return(value=value):
            return value is not None and not (isinstance(value, ast.Constant) and value.value is None)
        case ast.Call(func=ast.Attribute(attr=name)) | ast.Call(func=ast.Name(id=name)):
            return _QUESTIONS.fullmatch(name) is None
        case ast.Call():
            return True
        case _:
            return False


_QUESTIONS = late_pattern(
    r"has_element|is_(?:visible|hidden|enabled|disabled|checked|editable)|count|inner_text|text_content|input_value|get_attribute"
    r"|get_by_\w+|locator|element|form|page_title|items|keys|values|get|len|all|any|sum|min|max|sorted|set|list|dict|tuple|isinstance"
)
"""Calls that only ask."""


def raise_at(function: Callable[..., Any], error: Exception) -> NoReturn:
    """Raise what its answer comes to, as if the function had raised it itself: its line is the one that is shown."""
    plain: Any = getattr(function, "__func__", function)
    code = getattr(plain, "__code__", None)
    if code is None:
        raise error
    here = _RAISES.replace(co_filename=code.co_filename, co_name=code.co_name, co_firstlineno=code.co_firstlineno)
    FunctionType(here, plain.__globals__)(error)
    raise AssertionError("it was raised there")


_RAISES: CodeType = next(
    each for each in compile("def raises(error): raise error", __file__, "exec").co_consts if isinstance(each, CodeType)
)
