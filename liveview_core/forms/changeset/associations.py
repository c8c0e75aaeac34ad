"""Associations: attrs classes inside attrs classes, and what a form sends about them.

Law: children are told apart by their key (`id`), where their class has one; the order of what was sent is that of the sort
params, then of the numbers it came under; what the drop params name is gone. Nothing here knows a changeset.
"""  # FM-25

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, get_args, get_origin

import attrs

from liveview_core.errors import BadOption
from liveview_core.forms.changeset.casting import (
    attribute,
    attributes,
    is_blank,
    is_many,
    type_name,
    type_of,
    without_none,
)
from liveview_core.values.assigns import same
from liveview_core.values.declaring import frozen
from liveview_core.values.patterns import late_pattern

__all__ = ["Relation", "entries", "position", "relation_of", "without_markers"]


@frozen
class Relation:
    """An attribute that holds an instance of an attrs class (`many` false), or several."""

    name: str
    related: type[Any]
    many: bool
    container: type[Any]
    key: str | None

    def current(self, value: Any) -> list[Any]:
        """The instances that an attribute with that value holds."""
        if self.many:
            return list(value or ())
        return [] if value is None else [value]

    def key_of(self, item: Any) -> str | None:
        """What tells the instance apart, as text; None if it has nothing yet."""
        value = None if self.key is None else getattr(item, self.key)
        return None if value is None else str(value)

    def key_in(self, params: Mapping[str, Any]) -> str | None:
        """The key that was sent; the empty one of a new row is none."""
        value = None if self.key is None else params.get(self.key)
        return None if value is None or value == "" else str(value)

    def sent(self, value: Any, sort: Any, drop: Any) -> list[Mapping[str, Any]] | None:
        """The params of each child; None if what was sent is nothing of the kind."""
        if self.many:
            return entries(value, sort, drop)
        if is_blank(value):
            return []
        return [value] if isinstance(value, Mapping) else None

    def match(self, params: Mapping[str, Any], left: list[Any]) -> Any:
        """The one of the instances that the params are about; None if it is a new one."""
        key = self.key_in(params)
        if self.many:
            return None if key is None else next((item for item in left if self.key_of(item) == key), None)
        return next((item for item in left if key is None or self.key_of(item) in (None, key)), None)

    def is_it(self, item: Any, data: Any) -> bool:
        """Whether both are the same child: the very one, or one with the key; without keys, one that is equal."""
        if item is data or isinstance(data, type):
            return item is data
        key = self.key_of(item)
        return key == self.key_of(data) and (key is not None or same(item, data))

    def left_over(self, left: list[Any]) -> list[Any]:
        """What is there and nothing was sent for; without a key nobody can tell."""
        return [] if self.many and self.key is None else left


def find_relation(owner: type[Any], name: str, key: str = "id") -> Relation | None:
    """The association that the attribute is by its type; None if it is none."""
    declared = without_none(type_of(owner, name))
    many = is_many(declared)
    items = [each for each in get_args(declared) if each is not Ellipsis]
    related = without_none(items[0]) if many and len(items) == 1 else declared
    if not isinstance(related, type) or not attrs.has(related):
        return None
    kind: type[Any] = related
    origin = get_origin(declared)
    container: type[Any] = tuple if origin is tuple else list
    if many and isinstance(origin, type) and issubclass(origin, set | frozenset):
        return None  # children have an order
    return Relation(name, kind, many, container, key if key in attributes(kind) else None)


def relation_of(owner: type[Any], name: str, key: str = "id") -> Relation:
    """The association *name*; that it is none is a mistake of the program."""
    attribute(owner, name, "so it cannot be an association")
    found = find_relation(owner, name, key)
    if found is None:
        raise BadOption(
            f"{owner.__name__}.{name} is no association",
            expected="an attribute whose type is an attrs class, or a list or tuple of one",
            got=type_name(type_of(owner, name)),
            cure=f"cast it: Changeset.cast(data, params, [{name!r}]), or declare the type of its items",
        )
    return found


# --- params ---------------------------------------------------------------------------------------------------------------

_NUMBER = late_pattern(r"[0-9]{1,31}")


def position(key: str) -> tuple[int, int, str]:
    """Where what was sent under a key comes: numbers in their order, then names in theirs."""
    return (0, int(key), "") if _NUMBER.fullmatch(key) else (1, 0, key)


def entries(value: Any, sort: Any = None, drop: Any = None) -> list[Mapping[str, Any]] | None:
    """What was sent about many children, in order; None if it is nothing of the kind.

    A key in *sort* that nothing was sent for is a new child.

    >>> entries({"0": {"name": "a"}, "1": {"name": "b"}, "10": {"name": "c"}}, sort=["10", "0", "new"], drop=["0"])
    [{'name': 'c'}, {}, {'name': 'b'}]
    """  # FM-25
    if value is None and (_is_list(sort) or _is_list(drop)):
        value = {}
    order = [str(each) for each in _list(sort)]
    dropped = [str(each) for each in _list(drop)]
    if isinstance(value, Mapping):
        pending: dict[str, Any] = {str(key): each for key, each in value.items()}  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
        for key in dropped:
            if key in order:
                order.remove(key)
        found = [pending.pop(key, {}) for key in order]
        found += [pending[key] for key in sorted(pending, key=position) if key not in dropped]
    elif _is_list(value):
        found = _list(value)
    else:
        return None
    return found if all(isinstance(each, Mapping) for each in found) else None


def _is_list(value: Any) -> bool:
    return isinstance(value, list | tuple)


def _list(value: Any) -> list[Any]:
    items: Sequence[Any] = value if _is_list(value) else ()
    return list(items)


def is_marker(name: str) -> bool:
    """Whether a param is about the form, not about the data."""  # FM-31, BC-12
    return name.startswith("_unused_") or name in ("_persistent_id", "_target")


def without_markers(params: Mapping[str, Any]) -> dict[str, Any]:
    """The params that are data."""
    return {name: value for name, value in params.items() if not is_marker(name)}
