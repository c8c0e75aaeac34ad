"""The types that an attribute can be declared with, and which values are of them.

Law: a type here is a tuple of classes; empty means anything. A bool is no int, and None is of every type. A function that takes
so many arguments has a class of its own, under that of all functions.
"""

from __future__ import annotations

import inspect
import types
import typing
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, Final, TypeAlias, Union

from liveview_core.errors import LiveViewError, nearest_names, shown

__all__ = ["FUNCTION", "PLAIN", "Class", "DeclarationError", "is_of", "is_plain", "type_name", "types_of"]


class DeclarationError(LiveViewError, ValueError):
    """An `attr`, `slot` or `component` that cannot be."""  # DC-2, DC-10


Class: TypeAlias = "type[Any]"

_SUPPORTED = 'str, bool, int, float, list, dict, tuple, a class, Callable, a union of them, "any", "global", "fun"'


class _Function:
    """Stands for "anything that can be called" among `Attr.types`; with an `arity`, with so many arguments."""

    arity: int | None = None


@cache
def _function_of(arity: int) -> Class:
    return type(f"_Function{arity}", (_Function,), {"arity": arity})


_ANY: Final = ("any", typing.Any, object)
PLAIN: Final = frozenset({str, bool, int, float, list, dict, tuple, set, frozenset, bytes, _Function, types.NoneType})
FUNCTION: Final = _Function


def types_of(given: Any, where: str) -> tuple[Class, ...]:
    """The classes of a declared type; `where` names the declaration in errors."""
    if given == "global" or any(given is each for each in _ANY) or given == "any":
        return ()
    if given == "fun" or given is Callable or given is typing.Callable:  # pyright: ignore[reportUnknownMemberType, reportDeprecated]
        return (FUNCTION,)
    origin = typing.get_origin(given)
    if origin in (Union, types.UnionType):
        kinds: list[Class] = []
        for each in typing.get_args(given):
            inner = types_of(each, where)
            if not inner:
                return ()
            kinds.extend(inner)
        return tuple(kinds)
    if origin is typing.Literal:
        members: tuple[Any, ...] = typing.get_args(given)
        return tuple(dict.fromkeys(each.__class__ for each in members))
    if origin is not None and origin is typing.get_origin(Callable[..., Any]):
        arguments: Any = typing.get_args(given)[0]
        listed = isinstance(arguments, list)  # else it is `…`, or a variable
        return (_function_of(len(arguments)) if listed else FUNCTION,)  # pyright: ignore[reportUnknownArgumentType]
    if given is None:
        return (types.NoneType,)
    kind = origin or given
    if kind is Mapping:
        return (dict,)
    if isinstance(kind, type):
        return (kind,)
    raise DeclarationError(
        f"{where}: {shown(given)} is no type of an attribute",
        expected=_SUPPORTED,
        got=shown(given),
        cure='use "any" if nothing can be said about it',
        nearest=nearest_names(given, ["any", "fun", "global"]) if isinstance(given, str) else (),
    )


def is_of(value: object, kinds: tuple[Class, ...]) -> bool:
    """Whether a value is of one of the classes."""
    if not kinds:
        return True
    for kind in kinds:
        if issubclass(kind, _Function):
            if callable(value) and _takes(value, kind.arity):
                return True
        elif kind is int or kind is float:
            if isinstance(value, kind) and not isinstance(value, bool):
                return True
        elif isinstance(value, kind):
            return True
    return False


def is_plain(kind: Class) -> bool:
    """Whether values of the class are everyday ones, which templates show: only literals of them are judged."""  # DC-18, DC-23
    return kind in PLAIN or issubclass(kind, _Function)


def _takes(function: Callable[..., Any], arity: int | None) -> bool:
    """Whether a function can be called with so many arguments; one that does not say is believed."""
    if arity is None:
        return True
    try:
        inspect.signature(function).bind(*range(arity))
    except TypeError:
        return False
    except ValueError:  # written in C
        return True
    return True


def type_name(given: object) -> str:
    """A declared type as it is shown."""
    if isinstance(given, str):
        return given
    return given.__qualname__ if isinstance(given, type) and not typing.get_args(given) else str(given)
