"""The errors of this library: what happened, what was expected, what came instead, and the cure.

Law: every error is a `LiveViewError`; its parts are fields first and text second, so that a tool can read them and a person
can act on them. Each class also is the builtin that a Python programmer would catch (`ValueError`, `KeyError`, …). Raising
one changes nothing: all values here are immutable, so the caller still holds what it had. Of the way from there to the author only
his own lines are shown.
"""

from __future__ import annotations

import contextlib
import re
import sys
from collections.abc import Callable, Iterable, Sequence
from types import CoroutineType
from typing import Any, TypeGuard

from liveview_core.frames import made

__all__ = [
    "AsyncMissing",
    "BadOption",
    "BadReturn",
    "DuplicateHook",
    "FrozenError",
    "LiveViewError",
    "MissingAssign",
    "NavigationError",
    "NotData",
    "NotMounted",
    "OutsideStep",
    "ReservedName",
    "StreamError",
    "TooDeep",
    "UndefinedCallback",
    "add_note",
    "article",
    "expect_hashable",
    "expect_name",
    "nearest_names",
    "ordered",
    "printable",
    "refuse_coroutine",
    "shown",
    "spelled",
]


def expect_name(given: object, what: str) -> str:
    """The name that *what* takes, which is text; anything else would be found by nobody."""
    if not isinstance(given, str):
        raise BadOption(f"{what} is a str", expected="a str", got=shown(given))
    return given


def expect_hashable(given: object, what: str) -> None:
    """What *what* is found by again later."""
    try:
        hash(given)
    except TypeError:
        raise BadOption(f"{what} must be hashable", expected="a str or tuple", got=shown(given)) from None


LIMIT = 200  # characters of a foreign value in a text; a page of repr hides the sentence around it


def shown(value: object) -> str:
    """The repr of *value*, cut to a readable length; never fails, whatever the value's own `__repr__` does.

    An address in it is left out, and sets are in order: the same run gives the same text.

    >>> shown([object()]), shown({"b", "a"})
    ('[<object object>]', "{'a', 'b'}")
    """
    try:
        text = ordered(value)
    except Exception as error:  # the value is the user's; an error message must not raise another error
        text = f"<{type(value).__name__}, whose repr raises {type(error).__name__}>"
    text = re.sub(r" at 0x[0-9a-fA-F]+(?=>)", "", text)
    return text if len(text) <= LIMIT else text[: LIMIT - 1] + "…"


def ordered(value: object) -> str:
    """The repr of *value*, with what is in its sets in order, however deep they stand in what is written out part by part.

    >>> ordered([{"b", "a"}, frozenset()])
    "[{'a', 'b'}, frozenset()]"
    """
    return _ordered(value, ())


def _ordered(value: Any, within: tuple[int, ...]) -> str:
    kind: Any = _kind(value)
    written: Any = kind.__repr__
    like = _LIKE.get(written)
    if like is None and not _is_generated(written):
        return repr(value)
    if id(value) in within:
        return _AGAIN.get(str(like), "...")
    inside = (*within, id(value))
    match like:
        case "dict":
            pairs = [f"{_ordered(key, inside)}: {_ordered(each, inside)}" for key, each in value.items()]
            return f"{{{', '.join(pairs)}}}"
        case "list":
            return f"[{', '.join([_ordered(each, inside) for each in value])}]"
        case "tuple":
            parts = [_ordered(each, inside) for each in value]
            return f"({', '.join(parts)}{',' if len(parts) == 1 else ''})"
        case "set":
            parts = sorted([_ordered(each, inside) for each in value])
            text = f"{{{', '.join(parts)}}}" if parts else ""
            return text if text and kind is set else f"{kind.__name__}({text})"
        case _:
            fields: Any = getattr(kind, "__attrs_attrs__", None) or kind.__dataclass_fields__.values()
            parts = [
                f"{each.name}={each.repr(part) if callable(each.repr) else _ordered(part, inside)}"
                for each in fields
                if each.repr
                for part in [getattr(value, each.name)]
            ]
            return f"{kind.__qualname__.rpartition('>.')[2]}({', '.join(parts)})"


_kind: Callable[[Any], Any] = type
_KINDS: tuple[tuple[Any, str], ...] = (
    (dict, "dict"),
    (list, "list"),
    (tuple, "tuple"),
    (set, "set"),
    (frozenset, "set"),
)
_LIKE: dict[Any, str] = {getattr(kind, "__repr__"): like for kind, like in _KINDS}  # noqa: B009 - of a kind of whatever
_AGAIN = {"dict": "{...}", "list": "[...]", "tuple": "(...)"}


def _is_generated(written: Any) -> bool:
    """Whether a class is shown as attrs, or a dataclass, shows its fields."""
    code = getattr(written, "__code__", None)
    if code is not None and code.co_filename.startswith("<attrs generated"):
        return True
    inner = getattr(getattr(written, "__wrapped__", None), "__code__", None)
    return inner is not None and inner.co_filename == "<string>"


def add_note(error: BaseException, note: str) -> None:
    """A note on an error of anybody's; one that can be changed by nobody, as a frozen dataclass, stays as it is."""
    with contextlib.suppress(Exception):  # the error is the author's, and must arrive as the one that it is
        BaseException.add_note(error, note)


def spelled(value: object) -> str:
    """The text of *value*, as `str` gives it; never fails.

    >>> spelled(5), spelled("5")
    ('5', '5')
    """
    try:
        return str(value)
    except Exception:  # as for `shown`
        return shown(value)


def printable(text: str) -> str:
    r"""*text* as every output takes it: half a character, which no encoding has, as its escape.

    >>> printable("a\ud800")
    'a\\ud800'
    """
    return text if text.isascii() else text.encode(errors="backslashreplace").decode()


def article(noun: str) -> str:
    """The noun with its indefinite article.

    >>> article("object"), article("set")
    ('an object', 'a set')
    """
    return f"{'an' if noun[:1].lower() in 'aeiou' else 'a'} {noun}"


def nearest_names(name: object, candidates: Iterable[object], limit: int = 3) -> tuple[str, ...]:
    """The candidates spelled most like *name*, best first.

    >>> nearest_names("titel", ["title", "count"])
    ('title',)
    """
    import difflib  # only who mistook a name pays for it

    names = sorted({spelled(each) for each in candidates})
    return tuple(difflib.get_close_matches(spelled(name), names, n=limit, cutoff=0.6))


class LiveViewError(Exception):
    """An error with its parts as fields; the text is made of them.

    >>> print(LiveViewError("the kettle is empty", expected="water", got="air", cure="fill it"))
    the kettle is empty
      expected: water
      got: air
      cure: fill it
    """

    def __init__(
        self,
        happened: str,
        *,
        expected: str | None = None,
        got: str | None = None,
        cure: str | None = None,
        nearest: Iterable[str] = (),
    ) -> None:
        Exception.__init__(self, happened)  # not the builtin's beside it, which may take something else
        self.happened = happened
        self.expected = expected
        self.got = got
        self.cure = cure
        self.nearest = tuple(nearest)
        made(self)

    def __str__(self) -> str:
        lines = [self.happened]
        for label, text in (("expected", self.expected), ("got", self.got), ("cure", self.cure)):
            if text is not None:
                lines.append(f"  {label}: {text}")
        if self.nearest:
            lines.append(f"  nearest: {', '.join(self.nearest)}")
        return printable("\n".join(lines))

    def __reduce__(self) -> tuple[Callable[..., Any], tuple[Any, ...]]:
        return _restored, (type(self), self.args, dict(vars(self)))


def _restored(kind: type[LiveViewError], args: tuple[Any, ...], fields: dict[str, Any]) -> LiveViewError:
    error = kind.__new__(kind, *args)
    vars(error).update(fields)
    return error


class BadReturn(LiveViewError, TypeError):
    """A callback or hook returned something that it may not return.

    `where` is the callback ("CounterLive.handle_event"), `permitted` what it may return, `value` what it did return.
    """  # LC-29, CB-1…5, HK-8, HK-14

    def __init__(
        self,
        where: str,
        permitted: Sequence[str],
        value: object,
        cure: str | None = None,
        nearest: Iterable[str] = (),
    ) -> None:
        if is_coroutine(value):
            value.close()  # nobody will await it, and that is told here
            cure = _PLAIN
        self.where = where
        self.permitted = tuple(permitted)
        self.value = value
        happened, expected = f"invalid return from {where}", " or ".join(permitted)
        super().__init__(happened, expected=expected, got=shown(value), cure=cure, nearest=nearest)


_PLAIN = "a callback is a plain function, `def`; what takes its time is a task: socket.start_async(name, function)"


def is_coroutine(value: object) -> TypeGuard[CoroutineType[Any, Any, Any]]:
    """Whether it is what calling an `async def` gives."""
    return type(value) is CoroutineType


def refuse_coroutine(where: str, value: object) -> None:
    """What an `async def` gives is not its value, and nobody here awaits: where any value will do, this one will not."""
    if is_coroutine(value):
        raise BadReturn(where, ["a value"], value)


class UndefinedCallback(LiveViewError, AttributeError):
    """A message needs a callback that the view does not define."""  # CB-6, CB-7


class MissingAssign(LiveViewError, KeyError, AttributeError):
    """An assign was read that is not there; both a `KeyError` and an `AttributeError`, as it can be read both ways."""

    __str__ = LiveViewError.__str__  # KeyError's own would print the repr


class ReservedName(LiveViewError, ValueError):
    """An assign or a private key that belongs to LiveView."""  # AS-2, SK-4


class BadOption(LiveViewError, ValueError):
    """An argument outside what a function permits."""


class NotData(LiveViewError, TypeError):
    """A value that cannot travel: it is not JSON data, and has no obvious form as JSON."""  # PE-7


class DuplicateHook(LiveViewError, ValueError):
    """A hook id that is already attached on that stage."""  # HK-11


class StreamError(LiveViewError, ValueError):
    """A stream used in a way it cannot be used."""  # ST-4, ST-10, ST-12, ST-15


class NavigationError(LiveViewError, ValueError):
    """A destination that is no destination, or one redirect too many."""  # NV-1, NV-6, NV-12, NV-15, NV-40


class NotMounted(LiveViewError, RuntimeError):
    """Something that needs the router, or the time of mounting, used without it."""  # HK-18, NV-30


class OutsideStep(LiveViewError, RuntimeError):
    """`now` or `random` read while no message is being handled: there is no such time."""


class AsyncMissing(LiveViewError, KeyError):
    """An async result came for an assign that is not there."""  # AY-8

    __str__ = LiveViewError.__str__


class TooDeep(LiveViewError, RecursionError):
    """A page or a value is nested more deeply than Python can follow: most often something contains or calls itself."""

    def __init__(self, what: str, expected: str | None = None) -> None:
        super().__init__(
            f"{what} is nested too deeply",
            expected=expected or f"what Python follows within its recursion limit of {sys.getrecursionlimit()} calls",
            cure="see whether a component calls itself without end, or a value contains itself; else show a flat list",
        )


class FrozenError(LiveViewError, AttributeError):
    """An attempt to change a value in place."""
