"""The words of a function: the texts that its code compares with, and the classes that it knows.

Owns `spoken`, which reads them without running anything, and `handled_events`, the events that a view's code speaks of.
Law: the same code gives the same words in the same order; prose (docstrings, long texts) and names of keywords are no words.
"""

from __future__ import annotations

import dis
import inspect
from collections.abc import Iterable, Iterator
from functools import partial
from types import CodeType, FunctionType
from typing import Any, Final, cast

DEPTH: Final = 3  # how far a function is followed into those that it calls
LONGEST: Final = 60  # a longer text is prose


def spoken(fn: Any) -> Iterator[str | type[Any]]:
    """The texts and classes of a function, and of those that it calls in its own module."""
    return _spoken(fn, DEPTH, set())


def handled_events(view: Any) -> list[str]:
    """What may be the name of an event that a view handles."""
    words = dict.fromkeys(each for each in spoken(getattr(view, "handle_event", None)) if isinstance(each, str))
    return [word for word in words if word and not any(each.isspace() for each in word)]


def _spoken(given: Any, depth: int, seen: set[int]) -> Iterator[str | type[Any]]:
    whole: Any = given
    if isinstance(given, partial):
        for each in (*whole.args, *whole.keywords.values()):
            yield from _constant(each)
        whole = whole.func
    whole = getattr(whole, "__func__", whole)
    if not isinstance(whole, FunctionType):
        whole = _called_as(whole)
    if not isinstance(whole, FunctionType) or id(whole) in seen:
        return
    fn: FunctionType = whole
    seen.add(id(fn))
    code: CodeType = fn.__code__
    named: dict[str, Any] = {}
    for each in _codes(code):
        doc = fn.__doc__ if each is code else None
        for constant in _constants(each):
            if constant is not doc:
                yield from _constant(constant)
        named.update({name: fn.__globals__[name] for name in each.co_names if name in fn.__globals__})
    held: list[str] = []
    for name, cell in zip(code.co_freevars, fn.__closure__ or (), strict=True):
        try:
            named[name] = cell.cell_contents
        except ValueError:  # not filled yet
            continue
        if isinstance(named[name], str):
            held.append(named[name])
    yield from _built(held, [each for part in _codes(code) for each in _constants(part)])
    for value in named.values():
        if isinstance(value, FunctionType):
            if depth and value.__module__ == fn.__module__:
                yield from _spoken(value, depth - 1, seen)
        else:
            yield from _constant(value)


def _built(held: list[str], constants: list[Any]) -> Iterator[str]:
    """What `f"{key}:more"` comes to, for a key that a function was made with."""
    for text in constants:
        if isinstance(text, str) and 1 < len(text) <= LONGEST:
            yield from (f"{key}{text}" for key in held if not text[0].isalnum())
            yield from (f"{text}{key}" for key in held if not text[-1].isalnum())


def _called_as(given: Any) -> Any:
    return inspect.getattr_static(given.__class__, "__call__", None)


def _codes(code: CodeType) -> Iterator[CodeType]:
    yield code
    for each in code.co_consts:
        if isinstance(each, CodeType):
            yield from _codes(each)


def _constants(code: CodeType) -> Iterator[Any]:
    """What the code loads; not the names of the keywords that it calls with."""
    there = [*dis.get_instructions(code)]
    for at, each in enumerate(there):
        named = at + 1 < len(there) and there[at + 1].opname == "CALL_KW"
        if each.opname in ("LOAD_CONST", "RETURN_CONST") and not named:
            yield each.argval


_CORE: Final = ("liveview_core", "builtins", "typing")


def _constant(value: Any) -> Iterator[str | type[Any]]:
    if isinstance(value, str):
        if len(value) <= LONGEST:
            yield value
    elif isinstance(value, type):
        known = cast("type[Any]", value)
        foreign = known.__module__.partition(".")[0] not in _CORE and not known.__name__.startswith("_")
        if foreign and not issubclass(known, BaseException):
            yield known
    elif isinstance(value, (tuple, list, set, frozenset)):
        for each in sorted(cast("Iterable[Any]", value), key=repr):
            yield from _constant(each)
