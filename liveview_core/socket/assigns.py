"""Assigns of a socket: `assign`, `assign_new`, `update`, `changed`.

Law: what is as it was is no change, and gives the same socket; the first change of a name remembers what it was.
"""  # AS-1…4

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import CoroutineType
from typing import Any, Final, NoReturn, Self

from attrs import evolve

from liveview_core.errors import (
    BadOption,
    MissingAssign,
    ReservedName,
    expect_name,
    nearest_names,
    refuse_coroutine,
    shown,
)
from liveview_core.socket.parts import SocketParts
from liveview_core.tracebacks import shorten_told
from liveview_core.values.assigns import Assigns, make_assigns, same, stored

__all__ = ["OPAQUE", "AssignMethods"]

_MISSING: Any = object()

_RESERVED: Final = {  # AS-2
    "flash": "use socket.put_flash(kind, message) and socket.clear_flash()",
    "uploads": "use socket.allow_upload(name, …)",
    "streams": "use socket.stream(name, items) and its kin",
    "socket": "choose another name; templates see the socket as @socket",
    "myself": "choose another name; components see their own id as @myself",
}


class _Opaque(dict[str, Any]):
    """The assigns of `@socket` in a template."""  # SK-8


OPAQUE: Final = _Opaque()


class AssignMethods(SocketParts):
    """The part of `Socket` that is about assigns."""

    __slots__ = ()

    @property
    def assigns(self) -> Assigns:
        """The assigns, read-only: `socket.assigns.count`, `socket.assigns["count"]`, `.get("count")`."""
        if self._assigns is OPAQUE:
            raise MissingAssign(
                "@socket has no assigns to read in a template",
                cure="read the assign itself: @count, not @socket.assigns.count",
            )
        return make_assigns(self._changed, None, self._assigns)

    def assign(self, mapping: Mapping[str, Any] | Assigns | None = None, /, **assigns: object) -> Self:
        """With these assigns; the same socket if all of them are as they were."""  # AS-1…4
        if mapping is not None:
            assigns = _pairs(mapping, assigns)
        values = None
        current = self._assigns
        changed = self._changed
        for name, value in assigns.items():
            if name in _RESERVED:
                _refuse_assign(name)
            old = current.get(name, _MISSING)
            if old is value or (old is not _MISSING and same(old, value)):
                continue
            if values is None:
                values = current.copy()
            if name not in changed:
                changed = {**changed, name: True if old is _MISSING else stored(old)}
            values[name] = value
        if values is None:
            return self
        return self._with_assigns(values, changed)

    def assign_new(self, name: str, fn: Callable[[], Any]) -> Self:
        """With *name* set to `fn()`, unless it is there, None included; in mount, parents are asked first."""  # AS-20, AS-22
        expect_name(name, "the name of an assign")
        if name in _RESERVED:
            _refuse_assign(name)
        if name in self._assigns:
            return self
        if not callable(fn):
            raise BadOption(
                f"assign_new({name!r}, …) takes a function without arguments",
                expected="a function, called where the assign is not there",
                got=shown(fn),
                cure=f"socket.assign_new({name!r}, lambda: …)",
            )
        mounting = self._facts.mounting
        if mounting is not None and name in mounting.source:
            value = mounting.source[name]
        else:
            try:
                value = fn()
            except Exception as error:
                shorten_told(error)
                raise
        refuse_coroutine(f"the function of assign_new({name!r}, …)", value)
        if mounting is None:
            return self._put(name, value)
        recorded = evolve(mounting, recorded=(*mounting.recorded, name))
        return self._put(name, value)._with_facts(evolve(self._facts, mounting=recorded))

    def update(self, name: str, fn: Callable[[Any], Any]) -> Self:
        """With `fn(current)` for *name*, which must be there."""  # AS-9
        if not callable(fn):
            raise BadOption(
                f"update({name!r}, …) takes a function of the current value",
                expected="a function",
                got=shown(fn),
                cure=f"a value is assigned: socket.assign({name}=…)",
            )
        if type(name) is not str:
            expect_name(name, "the name of an assign")
        current = self._assigns.get(name, _MISSING)
        if current is _MISSING:
            raise MissingAssign(
                f"cannot update {name!r}: there is no such assign",
                expected="the name of an assign",
                got=f"the assigns are: {', '.join(self._assigns) or 'none at all'}",
                cure=f"assign it first, usually in mount: socket.assign({name}=…)",
                nearest=nearest_names(name, self._assigns),
            )
        try:
            value = fn(current)
        except Exception as error:
            shorten_told(error)
            raise
        if type(value) is CoroutineType:  # asked here: a counter pays for each call
            refuse_coroutine(f"the function of update({name!r}, …)", value)  # pyright: ignore[reportUnknownArgumentType]
        return self._put(name, value)  # pyright: ignore[reportUnknownArgumentType]

    def changed(self, name: str) -> bool:
        """Whether *name* changed since the last render."""  # AS-6
        return expect_name(name, "the name of an assign") in self._changed

    def _put(self, name: str, value: Any) -> Self:
        old = self._assigns.get(name, _MISSING)
        if old is value or (old is not _MISSING and same(old, value)):
            return self
        changed = self._changed
        if name not in changed:
            changed = {**changed, name: True if old is _MISSING else stored(old)}
        return self._with_assigns({**self._assigns, name: value}, changed)

    # --- for the process and the components

    def merge_assigns(self, assigns: Mapping[str, Any] | Assigns) -> Self:
        """`assign` without reserved names: what the framework itself assigns."""  # CP-7, NV-10
        socket = self
        for name, value in _pairs(assigns, {}).items():
            socket = socket._put(name, value)
        return socket

    def with_everything_changed(self) -> Self:
        """With every assign marked changed, as if it had been assigned itself."""  # LC-47
        return self._with_assigns(self._assigns, {**dict.fromkeys(self._assigns, True), **self._changed})


def _pairs(given: Mapping[str, Any] | Assigns, more: dict[str, Any]) -> dict[str, Any]:
    if not isinstance(given, (Mapping, Assigns)):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise BadOption(
            "assign takes names and values",
            expected="assign(name=value, …), or a mapping",
            got=shown(given),
            cure="socket.assign(count=1) or socket.assign({'count': 1})",
        )
    pairs = dict(given.items() if isinstance(given, Mapping) else iter(given))
    for name in pairs:
        if not isinstance(name, str):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise BadOption("the name of an assign is a str", expected="a str", got=shown(name))
    return {**pairs, **more}


def _refuse_assign(name: str) -> NoReturn:
    raise ReservedName(f"the assign {name!r} is reserved and cannot be set directly", cure=_RESERVED[name])
