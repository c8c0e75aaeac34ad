"""What a function that is asked whether something holds answers: yes, no, or what can be neither.

Owns `truth`. Law: falsy is no, whoever asks; None is yes only of a function that asserts, whose answer is that nothing was raised;
what is true whatever it is about (a generator, a function) is refused.
"""

from __future__ import annotations

import dis
from collections.abc import AsyncIterator, Callable, Iterator
from functools import partial
from types import BuiltinMethodType, CodeType, FunctionType, MethodType, ModuleType
from typing import Any
from weakref import WeakKeyDictionary

from liveview_core.errors import BadReturn, refuse_coroutine
from liveview_core.values.patterns import late_pattern

__all__ = ["truth", "unanswered"]

_ASSERTS = late_pattern(r"(?:assert|refute|to|not_to|expect|check|verify|hold)(?:_\w+)?|assert[A-Z]\w*|fail")
"""Names of calls that raise where something does not hold, and answer nothing."""


def truth(what: str, function: Callable[..., Any], answer: Any) -> bool | None:
    """Whether it holds; None where the answer is None and says nothing. Raises `BadReturn`, and what a handle raises."""
    if answer is True or answer is False:
        return answer
    refuse_coroutine(what, answer)
    if answer is None:
        return True if _asserts(function) else None
    given: object = answer
    kind = type(given)
    if issubclass(kind, (Iterator, AsyncIterator)):
        raise BadReturn(what, _WANTED, answer, "all(…) or any(…) of it: what only can be gone through is always true")
    if isinstance(answer, (FunctionType, MethodType, BuiltinMethodType)):
        raise BadReturn(what, _WANTED, answer, f"{answer.__name__}(…), with its brackets: a function is always true")
    if kind.__module__.startswith("liveview_testing.") and hasattr(kind, "__getattr__") and not _weighed(kind):
        raise BadReturn(what, _WANTED, answer, "a question about it: what it names is always true")
    return bool(answer)  # a handle says itself that it is no truth


def unanswered(what: str, function: Callable[..., Any]) -> BadReturn:
    """What to raise where something is to hold always, and nobody can tell whether it does."""
    plain = _plain(function)
    cure = (
        "an expression always has an answer: … is None, … is not None, or bool(…)"
        if getattr(plain, "__name__", "") == "<lambda>"
        else "a function that answers does so at its every end: return True, return False"
    )
    return BadReturn(what, _WANTED, None, cure)


def _weighed(kind: type) -> bool:
    """Whether it can be true and false, or says that it is neither."""
    return hasattr(kind, "__bool__") or hasattr(kind, "__len__")


_WANTED = ("True or False",)


def _plain(function: Any) -> Any:
    while isinstance(function, partial):
        function = function.func  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
    function = getattr(function, "__func__", function)  # pyright: ignore[reportUnknownArgumentType]
    if isinstance(function, FunctionType):
        return function
    return getattr(type(function).__call__, "__func__", type(function).__call__)  # pyright: ignore[reportUnknownArgumentType, reportUnknownMemberType]


def _asserts(function: Any) -> bool:
    """As `_only_asserts`, found out once: it is asked in world after world. What nobody can look into is taken as it is."""
    plain = _plain(function)
    if not isinstance(plain, FunctionType):
        return True
    found = _known.get(plain)
    if found is None:
        found = _known[plain] = _only_asserts(plain)
    return found


_known: WeakKeyDictionary[FunctionType, bool] = WeakKeyDictionary()


def _only_asserts(plain: FunctionType, within: int = 3) -> bool:
    """Whether None of it says that nothing was raised: all that it ever answers is None (or False), or it hands on what such a
    one answers.
    """
    code = plain.__code__
    if plain.__name__ != "<lambda>" and not _answers(code):
        return True
    return any(_ASSERTS.fullmatch(name) for name in code.co_names) or (
        within > 0
        and any(_only_asserts(each, within - 1) for each in _used(plain, code) if each.__name__ != "<lambda>")
    )


def _answers(code: CodeType) -> bool:
    """Whether it answers anything but None and False."""
    before: Any = None
    for each in dis.get_instructions(code):
        if each.opname in ("YIELD_VALUE", "RETURN_GENERATOR"):
            return True
        if each.opname == "RETURN_CONST" and each.argval not in (None, False):
            return True
        if each.opname == "RETURN_VALUE" and not (
            not each.is_jump_target  # of several values, as `x if y else None` has them
            and before.opname == "LOAD_CONST"
            and (before.argval is None or before.argval is False)
        ):
            return True
        if each.opname != "NOP":
            before = each
    return False


def _used(plain: Any, code: CodeType) -> list[FunctionType]:
    """The functions of Python's that it names: its module's, those around it, those of modules that it names."""
    around = dict(zip(code.co_freevars, plain.__closure__ or (), strict=True))
    found: list[FunctionType] = []
    for name in (*code.co_names, *code.co_freevars):
        each: Any = plain.__globals__.get(name)
        if name in around:
            try:
                each = around[name].cell_contents
            except ValueError:  # not given yet
                continue
        if isinstance(each, ModuleType):
            found += [inner for more in code.co_names if isinstance(inner := vars(each).get(more), FunctionType)]
        if isinstance(each, MethodType):
            each = each.__func__
        if isinstance(each, FunctionType):
            found.append(each)
    return found
