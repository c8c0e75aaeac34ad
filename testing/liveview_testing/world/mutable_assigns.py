"""What a world holds that can be changed in place: lists, dicts, sets, and the like, in assigns of its processes and in its store.

Law: two looks at the same world differ exactly if somebody changed one of them meanwhile; nothing of the author's is asked,
neither `__eq__` nor `__deepcopy__`.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from immutables import Map

from liveview_core.errors import shown
from liveview_core.values.copies import own

if TYPE_CHECKING:
    from liveview_testing.world.world import World

__all__ = ["changed", "contents", "kept_in", "store_changes"]

_MUTABLE = (list, dict, set, bytearray, deque)


def contents(world: World) -> dict[int, tuple[str, Any, Any]]:
    """Every value of the world that can be changed: where it stands, itself, and a copy of it, one level deep."""
    found: dict[int, tuple[str, Any, Any]] = {}
    waiting: list[tuple[str, Any]] = [
        (f"store[{name!r}]", value) for name, value in world.store.items() if name != COPIES
    ]
    for line in world.lines.values():
        process = line.process
        if process is None:
            continue
        waiting += [(f"{line.id}: @{name}", value) for name, value in process.socket._assigns.items()]
        for instance in process.components:
            assigns = instance.socket._assigns
            waiting += [(f"{line.id}, component {instance.cid}: @{name}", value) for name, value in assigns.items()]
    seen: set[int] = set()
    while waiting:
        place, value = waiting.pop()
        if id(value) in seen or isinstance(value, str | bytes | int | float | type | None) or _is_ours(value):
            continue
        seen.add(id(value))
        if isinstance(value, _MUTABLE):
            found[id(value)] = place, value, value.copy()  # pyright: ignore[reportUnknownArgumentType, reportUnknownMemberType]
        waiting.extend(_within(place, value))
    return found


def _is_ours(value: Any) -> bool:
    """Streams, uploads and the like keep themselves; what holds a value of the author's is looked into."""
    module = type(value).__module__
    return module.startswith("liveview_core.") and not module.startswith(_HOLDING)


_HOLDING = ("liveview_core.protocol.async_result", "liveview_core.forms.changeset", "liveview_core.forms.form")


def _within(place: str, value: Any) -> list[tuple[str, Any]]:
    if isinstance(value, Mapping):
        return [(f"{place}[{key!r}]", each) for key, each in value.items()]  # pyright: ignore[reportUnknownVariableType]
    if isinstance(value, list | tuple | set | frozenset | deque):
        return [(f"{place}[{at}]", each) for at, each in enumerate(value)]  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
    slots = [name for kind in type(value).__mro__ for name in getattr(kind, "__attrs_attrs__", ())]
    names = {each.name for each in slots} | set(getattr(value, "__dict__", None) or ())
    return [(f"{place}.{name}", getattr(value, name, None)) for name in sorted(names)]


def changed(before: dict[int, tuple[str, Any, Any]]) -> list[str]:
    """The places where something is not what it was."""
    return sorted(place for place, value, copy in before.values() if not _same(value, copy))


def _same(value: Any, copy: Any) -> bool:
    if isinstance(value, dict):
        pairs, kept = list(value.items()), list(copy.items())  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
        return len(pairs) == len(kept) and all(  # pyright: ignore[reportUnknownArgumentType]
            key is old and each is was
            for (key, each), (old, was) in zip(pairs, kept, strict=True)  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType]
        )
    if isinstance(value, list | deque):
        return len(value) == len(copy) and all(each is was for each, was in zip(value, copy, strict=True))  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType]
    if isinstance(value, set):
        return {id(each) for each in value} == {id(each) for each in copy}  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
    return bool(value == copy)


# --- the store ------------------------------------------------------------------------------------------------------------

COPIES = "liveview_testing.store_copies"
"""Under this name the store keeps copies of what can be changed in place, as it was when it was put there."""


def kept_in(store: Map[str, Any], name: str, value: Any) -> Map[str, Any]:
    """The store with a value under a name, and with a copy where the value can be changed in place."""
    copy, copies = own(value), store.get(COPIES)
    if copy is not value:
        store = store.set(COPIES, (Map[str, Any]() if copies is None else copies).set(name, copy))
    elif copies is not None and name in copies:
        store = store.set(COPIES, copies.delete(name))
    return store.set(name, value)


def store_changes(world: World) -> list[tuple[str, str, str]]:
    """What is in the store and is not what was put there: its name, what it was, what it is now."""
    copies: Map[str, Any] | None = world.store.get(COPIES)
    if copies is None:
        return []
    return [
        (name, shown(copy), shown(world.store[name]))
        for name, copy in sorted(copies.items())
        if own(world.store[name]) != copy
    ]
