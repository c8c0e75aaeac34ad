"""Values as bytes: equal only where nobody could tell them apart.

Owns `Prints`, which reads any value. Scalars count with their type, containers and attrs classes by what is in them, a function by
its code and what it closes over, the project's own values by their slots. Law: whatever cannot be compared by value is only equal
to itself, and is kept alive while anybody may be asked; then fewer worlds are the same, and none is lost.
"""

from __future__ import annotations

import dataclasses
import datetime
import decimal
import enum
import fractions
import types
from collections import Counter, deque
from collections.abc import Callable
from hashlib import blake2b
from operator import attrgetter
from typing import Any, TypeAlias

import attrs
from immutables import Map

from liveview_core.values.assigns import Assigns
from liveview_core.views.view import LiveView
from liveview_testing.browser.dom.node import DomNode
from liveview_testing.browser.page.node import Node
from liveview_testing.browser.page.page import Page

Out: TypeAlias = "list[bytes]"

SHORT, TEXTS = 40, 10_000
"""Up to so many characters a text's bytes are remembered, and of so many texts."""

_OURS = ("liveview_core.", "liveview_testing.browser.", "liveview_testing.world.page_state.", "liveview_testing.world.")
_type: Callable[[Any], Any] = type  # the exact type, and nothing for a checker to narrow

_SPELLED: tuple[Any, ...] = (
    datetime.date,
    datetime.time,
    datetime.timedelta,
    datetime.tzinfo,
    decimal.Decimal,
    fractions.Fraction,
    range,
    complex,
)


class Prints:
    """Reads values. `apart` counts, by the names of their types, the objects that were only equal to themselves."""

    __slots__ = ("_handlers", "_kept", "_path", "_texts", "apart")

    def __init__(self) -> None:
        self.apart: Counter[str] = Counter()
        self._kept: dict[int, Any] = {}
        self._path: dict[int, int] = {}
        self._texts: dict[str, bytes] = {}
        self._handlers: dict[type, Callable[[Any, Out], None]] = {
            type(None): lambda value, out: out.append(b"N"),
            bool: lambda value, out: out.append(b"T" if value else b"F"),
            int: lambda value, out: out.append(b"i%d;" % value),
            float: lambda value, out: out.append(b"f%s;" % value.hex().encode()),
            str: self._text,
            bytes: lambda value, out: out.append(b"b%d:%s" % (len(value), value)),
            tuple: self._sequence,
            list: self._sequence,
            deque: self._sequence,
            dict: self._mapping,
            Map: self._unordered,
            set: self._set,
            frozenset: self._set,
            types.FunctionType: self._function,
            types.LambdaType: self._function,
            types.MethodType: self._method,
            types.MappingProxyType: self._mapping,
            Page: lambda value, out: self._text(value.html(), out),
            # A cursor stands for its element: which one it is, or what a part is that is kept as it was.
            DomNode: lambda value, out: self._sequence(value.key, out),
            Node: lambda value, out: self._sequence((value.path, value.html()), out),
        }

    def digest(self, value: Any) -> bytes:
        """A value in 16 bytes."""
        out: Out = []
        self.feed(value, out)
        return blake2b(b"".join(out), digest_size=16).digest()

    def feed(self, value: Any, out: Out) -> None:
        """A value's bytes, after those that are there."""
        kind = _type(value)
        handler = self._handlers.get(kind)
        if handler is None:
            handler = self._handlers[kind] = self._handler(kind)
        handler(value, out)

    def _text(self, value: str, out: Out) -> None:
        """What is short, names above all, comes again and again: spelling it once saves an eighth of a view's time."""
        if len(value) > SHORT:
            data = value.encode() if value.isascii() else value.encode(errors="surrogatepass")
            out.append(b"t%d:%s" % (len(data), data))
            return
        found = self._texts.get(value)
        if found is None:
            if len(self._texts) >= TEXTS:
                self._texts.clear()
            data = value.encode(errors="surrogatepass")
            found = self._texts[value] = b"t%d:%s" % (len(data), data)
        out.append(found)

    # --- containers -------------------------------------------------------------------------------------------------

    def _inside(self, value: Any, out: Out) -> bool:
        """Whether a value contains itself; then where it began is all there is to say."""
        at = self._path.get(id(value))
        if at is None:
            self._path[id(value)] = len(self._path)
            return False
        out.append(b"@%d;" % at)
        return True

    def _sequence(self, value: Any, out: Out) -> None:
        opening = b"(" if _type(value) is tuple else b"["
        if not value:
            out.append(opening + b"0)")
            return
        path, number, handlers = self._path, id(value), self._handlers
        if number in path:
            self._inside(value, out)
            return
        path[number] = len(path)
        out.append(b"%s%d:" % (opening, len(value)))
        for each in value:
            handler = handlers.get(_type(each))
            if handler is None:
                self.feed(each, out)
            else:
                handler(each, out)
        out.append(b")")
        del path[number]

    def _mapping(self, value: Any, out: Out) -> None:
        if not value:
            out.append(b"{0:}")
            return
        path, number, handlers, text = self._path, id(value), self._handlers, self._text
        if number in path:
            self._inside(value, out)
            return
        path[number] = len(path)
        out.append(b"{%d:" % len(value))
        for key, each in value.items():
            if _type(key) is str:
                text(key, out)
            else:
                self.feed(key, out)
            if each is None:
                out.append(b"N")
                continue
            handler = handlers.get(_type(each))
            if handler is None:
                self.feed(each, out)
            else:
                handler(each, out)
        out.append(b"}")
        del path[number]

    def _unordered(self, value: Any, out: Out) -> None:
        if not value:
            out.append(b"M0;")
            return
        out.append(b"M%d:" % len(value))
        out.extend(sorted(self._joined(pair) for pair in value.items()))

    def _set(self, value: Any, out: Out) -> None:
        out.append(b"s%d:" % len(value))
        out.extend(sorted(self._joined(each) for each in value))

    def _joined(self, value: Any) -> bytes:
        inner: Out = []
        self.feed(value, inner)
        return b"".join(inner)

    # --- functions --------------------------------------------------------------------------------------------------

    def _function(self, value: Any, out: Out) -> None:
        if self._inside(value, out):
            return
        self._itself(value.__code__, out, b"c")
        for cell in value.__closure__ or ():
            try:
                inside = cell.cell_contents
            except ValueError:
                out.append(b"?")
            else:
                self.feed(inside, out)
        self.feed(value.__defaults__, out)
        self.feed(value.__kwdefaults__, out)
        del self._path[id(value)]

    def _method(self, value: Any, out: Out) -> None:
        self.feed(value.__func__, out)
        self.feed(value.__self__, out)

    # --- other types ------------------------------------------------------------------------------------------------

    def _handler(self, kind: Any) -> Callable[[Any, Out], None]:
        if hasattr(kind, "__fingerprint__"):
            return self._named(kind, lambda value: value.__fingerprint__())
        if issubclass(kind, (type, LiveView)) or kind in (types.ModuleType, types.BuiltinFunctionType, types.CodeType):
            return lambda value, out: self._itself(value, out, b"c")
        if issubclass(kind, enum.Enum):
            return lambda value, out: self._itself(value, out, b"e")
        if issubclass(kind, _SPELLED) or kind.__module__ == "uuid":
            return self._named(kind, repr)
        if issubclass(kind, (str, int, float, bytes)):
            plain: Any = _first(kind, (str, int, float, bytes))
            return self._named(kind, plain, dicts=True)
        if issubclass(kind, (tuple, list, dict, set, frozenset, deque, Map)):
            plain = _first(kind, (tuple, list, dict, set, frozenset, deque, Map))
            return self._named(kind, plain, dicts=True)
        if issubclass(kind, Assigns):
            return self._named(kind, dict)
        if issubclass(kind, BaseException):
            return self._named(kind, lambda value: value.args, dicts=True)
        if attrs.has(kind):
            names = tuple(each.name for each in attrs.fields(kind))
            return self._fields(kind, names)
        if dataclasses.is_dataclass(kind):
            return self._fields(kind, tuple(each.name for each in dataclasses.fields(kind)))
        if (kind.__module__ or "").startswith(_OURS):
            return self._fields(kind, tuple(name for each in kind.__mro__ for name in _slots(each)), dicts=True)
        if (kind.__module__ or "").startswith("liveview_testing."):
            return lambda value, out: self._itself(value, out, b"c")  # a handle
        return self._apart

    def _named(self, kind: Any, get: Callable[[Any], Any], *, dicts: bool = False) -> Callable[[Any, Out], None]:
        mark = self._mark(kind)

        def handler(value: Any, out: Out) -> None:
            out.append(mark)
            self.feed(get(value), out)
            more = getattr(value, "__dict__", None) if dicts else None
            if more:
                self._mapping(more, out)

        return handler

    def _fields(self, kind: Any, names: tuple[str, ...], *, dicts: bool = False) -> Callable[[Any, Out], None]:
        mark, path, handlers, feed = self._mark(kind), self._path, self._handlers, self.feed
        # All fields in one call: another eighth. The loops of `_sequence` and `_mapping` are written out as this one is.
        get: Callable[[Any], Any] = (
            attrgetter(*names) if len(names) > 1 else lambda value: [getattr(value, name) for name in names]
        )

        def handler(value: Any, out: Out) -> None:
            number = id(value)
            if number in path:
                self._inside(value, out)
                return
            path[number] = len(path)
            out.append(mark)
            try:
                values = get(value)
            except AttributeError:  # a slot in which nothing is
                values = [getattr(value, name, None) for name in names]
            for each in values:
                if each is None:
                    out.append(b"N")
                    continue
                known = handlers.get(_type(each))
                if known is None:
                    feed(each, out)
                else:
                    known(each, out)
            more = getattr(value, "__dict__", None) if dicts else None
            if more:
                self._mapping(more, out)
            out.append(b">")
            del path[number]

        return handler

    def _mark(self, kind: Any) -> bytes:
        """What a type is told from others by."""
        out: Out = []
        self._itself(kind, out, b"<")
        return out[0]

    def _itself(self, value: Any, out: Out, mark: bytes) -> None:
        self._kept[id(value)] = value
        out.append(b"%s%d;" % (mark, id(value)))

    def _apart(self, value: Any, out: Out) -> None:
        if id(value) not in self._kept:
            kind = _type(value)
            self.apart[f"{kind.__module__}.{kind.__qualname__}"] += 1
        self._itself(value, out, b"o")


def _first(kind: Any, plain: tuple[Any, ...]) -> Any:
    return next(each for each in plain if issubclass(kind, each))


def _slots(kind: type[Any]) -> tuple[str, ...]:
    names: Any = vars(kind).get("__slots__", ())
    return (names,) if isinstance(names, str) else tuple(each for each in names if each != "__weakref__")
