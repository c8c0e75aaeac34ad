"""Assigns: what a template can see, and the one rule that says whether a value changed.

Law: if `same(old, new)` says unchanged, every template gives the same text for both. The rule is closed: it
never calls an `__eq__` of a user's class, and what it does not know has changed. A needless render is cheap; a page that
kept the old value is a bug nobody finds.
"""  # AS-3, EN-7…9

from __future__ import annotations

import datetime
import decimal
from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MemberDescriptorType
from typing import Any, Generic, NoReturn

from liveview_core.errors import BadOption, FrozenError, MissingAssign, nearest_names, ordered, shown
from liveview_core.tracebacks import told
from liveview_core.values.differences import differences
from liveview_core.values.frozen import maker
from liveview_core.values.safe import Safe

__all__ = ["Assigns", "Changed", "Steps", "assigns_to_attributes", "path_changed", "same", "stored"]

Changed = dict[str, object]
"""Assign name to the old value where that is composite, else `True`."""  # AS-4

Steps = tuple[tuple[str, Any], ...]
"""The path below an assign: `(".", name)` for an attribute, `("[]", key)` for an item."""  # N2

_MISSING: Any = object()
_CHANGING = frozenset({"pop", "popitem", "setdefault", "clear"})
"""Methods of a dict that assigns have not."""

# --- did it change? -------------------------------------------------------------------------------------------------------

_BY_VALUE = frozenset({bool, int, str, bytes, type(None), Safe})
_ATOMS = (bool, int, float, complex, str, bytes)
_HEAP_TYPE = 1 << 9  # Py_TPFLAGS_HEAPTYPE: a class made by a class statement, not one written in C


def same(old: object, new: object) -> bool:
    """Whether *new* renders as *old* does, by the closed rule of this project.

    Identity; else the very same type and: scalars by value, floats, decimals and times by repr, lists, tuples and dicts item
    by item (dicts in order as well), attrs classes and dataclasses over all they hold. Everything else has changed.

    >>> same(1, 1), same(1, True), same(1, 1.0), same(0.0, -0.0), same([1, "a"], [1, "a"]), same({1}, {1})
    (True, False, False, False, True, False)
    """
    if old is new:
        return True
    kind = type(old)
    if kind is not type(new):
        return False
    if kind in _BY_VALUE:
        return old == new
    compare = _RULES.get(kind)
    if compare is None:
        compare = _rule_of(kind)
    try:
        return compare(old, new)
    except Exception:  # also RecursionError: a value that cannot be compared has changed
        return False


def _by_repr(old: Any, new: Any) -> bool:
    return repr(old) == repr(new)


def _sequence(old: Any, new: Any) -> bool:
    if len(old) != len(new):
        return False
    return all(same(old[index], new[index]) for index in differences(old, new))


def _dict(old: dict[Any, Any], new: dict[Any, Any]) -> bool:
    if len(old) != len(new):
        return False
    for (key, value), (other_key, other) in zip(old.items(), new.items(), strict=True):
        if key is not other_key and not same(key, other_key):
            return False
        if value is not other and not same(value, other):
            return False
    return True


def _moment(old: Any, new: Any) -> bool:
    # repr names fold too. Two zones of one repr may differ (`ZoneInfo.from_file`, a user's class): only identity proves them
    # equal, except for `timezone`, which is its repr.
    zone, other = old.tzinfo, new.tzinfo
    if zone is not other and not (type(zone) is datetime.timezone and _by_repr(zone, other)):
        return False
    return _by_repr(old.replace(tzinfo=None), new.replace(tzinfo=None))


def _never(old: object, new: object) -> bool:
    return False


def _slots(descriptors: tuple[MemberDescriptorType, ...], dictionary: Any) -> Callable[[Any, Any], bool]:
    """Compares everything an instance holds: its slots by their descriptors (no user code runs) and its `__dict__`."""
    readers = tuple(descriptor.__get__ for descriptor in descriptors)

    def compare(old: Any, new: Any) -> bool:
        for read in readers:
            try:
                one, other = read(old), read(new)
            except AttributeError:  # a slot that was never filled
                if _filled(read, old) or _filled(read, new):
                    return False
                continue
            if one is not other and not same(one, other):
                return False
        return dictionary is None or _dict(dictionary.__get__(old), dictionary.__get__(new))

    return compare


def _filled(read: Callable[[object], object], owner: object) -> bool:
    try:
        read(owner)
    except AttributeError:
        return False
    return True


def _rule_of(kind: type[Any]) -> Callable[[Any, Any], bool]:
    rule: Callable[[Any, Any], bool] = _never
    mro = kind.__mro__[:-1]
    names = set(dir(kind))
    if tuple in mro and "_fields" in names and kind.__dictoffset__ == 0:
        rule = _named_tuple
    elif names & {"__attrs_attrs__", "__dataclass_fields__"} and all(
        base is Generic or base.__flags__ & _HEAP_TYPE for base in mro
    ):
        # Not the fields alone: what a template may read is all that the object holds, fields or not.
        members = [each for base in mro for each in vars(base).values() if isinstance(each, MemberDescriptorType)]
        holders = [vars(base)["__dict__"] for base in mro if "__dict__" in vars(base)]
        rule = _slots(tuple(members), holders[0] if holders else None)
    _RULES[kind] = rule
    return rule


_items: Callable[..., tuple[Any, ...]] = tuple.__dict__["__getitem__"]


def _named_tuple(old: tuple[Any, ...], new: tuple[Any, ...]) -> bool:
    # Not what the class may have put in its place.
    return _sequence(_items(old, slice(None)), _items(new, slice(None)))


_RULES: dict[type[Any], Callable[[Any, Any], bool]] = {
    float: _by_repr,
    complex: _by_repr,
    decimal.Decimal: _by_repr,
    datetime.date: _by_repr,
    datetime.timedelta: _by_repr,
    datetime.time: _moment,
    datetime.datetime: _moment,
    datetime.timezone: _by_repr,
    list: _sequence,
    tuple: _sequence,
    dict: _dict,
}


def stored(old: object) -> object:
    """What a change remembers of the old value: the value itself if paths can lead into it, else True."""  # AS-4, N2.4
    return True if old is None or isinstance(old, _ATOMS) else old


def path_changed(old: Any, new: Any, steps: Steps) -> bool:
    """Whether the value at the end of *steps* changed, *old* being what `stored` kept of the assign.

    >>> path_changed({"name": "ann", "age": 1}, {"name": "ann", "age": 2}, (("[]", "name"),))
    False
    """  # EN-8, N2.4
    if old is True:
        return True
    left = len(steps)
    try:
        for kind, key in steps:
            if old is new:
                return _broken(new, steps[-left:])
            left -= 1
            if kind == ".":
                was, now = getattr(old, key, _MISSING), getattr(new, key, _MISSING)
            elif type(old) is type(new) is dict:
                was, now = old.get(key, _MISSING), new.get(key, _MISSING)
            else:
                return left > 0 or not _same_item(old, new, key)
            if was is _MISSING or now is _MISSING:
                # Neither has it: at the end of the path nothing changed, before it nobody knows what would be below.
                return was is not now or left > 0
            old, new = was, now
    except Exception:  # a property of the user's may raise anything; what cannot be compared has changed
        return True
    return not same(old, new)


def _broken(value: Any, steps: Steps) -> bool:
    """Whether *steps* lead below one and the same value in a way that cannot be walked, which counts as changed."""  # EN-8
    for step, key in steps[:-1]:
        if step == ".":
            value = getattr(value, key, _MISSING)
        else:
            value = value.get(key, _MISSING) if _is_dict(value) else _MISSING
        if value is _MISSING:
            return True
    return steps[-1][0] != "." and not _is_dict(value) and not hasattr(value, "same_item")


def _is_dict(value: Any) -> bool:
    return type(value) is dict


def _same_item(old: Any, new: Any, key: Any) -> bool:
    """Whether `[key]` is the same in two that know it themselves, as forms do: as the last step only."""  # EN-9
    return type(old) is type(new) and hasattr(new, "same_item") and new.same_item(old, key)


# --- the values themselves ------------------------------------------------------------------------------------------------


class Assigns:
    """The assigns of a socket or of a function component, read-only: `assigns.count`, `assigns["count"]`, `.get("count")`.

    Not a Mapping, so that `items`, `values` or `keys` can be assigns: its only methods are `get`, `assign`, `assign_new`,
    `update` and `changed`. Iteration yields `(name, value)` pairs. `_changed` None means that nothing is tracked; `_given`
    are the names that a caller really passed, where a component has declarations.

    >>> assigns = Assigns({"count": 1}).assign(name="ann")
    >>> assigns.count, assigns["name"], assigns.get("age"), dict(assigns)
    (1, 'ann', None, {'count': 1, 'name': 'ann'})
    """  # AS-7

    __slots__ = ("_changed", "_given", "_values")

    _values: dict[str, Any]
    _changed: Changed | None
    _given: frozenset[str] | None

    def __init__(
        self, values: Mapping[str, Any], changed: Changed | None = None, given: frozenset[str] | None = None
    ) -> None:
        if type(values) is not dict:
            _expect_mapping(values, "Assigns")
        _set_values(self, values if type(values) is dict else dict(values))  # pyright: ignore[reportUnknownArgumentType]
        _set_changed(self, changed)
        _set_given(self, given)

    def get(self, name: str, default: Any = None) -> Any:
        """The value of *name*, or *default*."""
        return self._values.get(name, default)

    def assign(self, mapping: Mapping[str, Any] | Assigns | None = None, /, **assigns: Any) -> Assigns:
        """These assigns with more values; the work of a function component before its template."""  # AS-7
        values = dict(self._values)
        changed = None if self._changed is None else dict(self._changed)
        pairs = assigns
        if mapping is not None:  # `iter`: where an assign is called `keys`, dict() would take it for a method
            pairs = {**dict(mapping if isinstance(mapping, Mapping) else iter(mapping)), **assigns}
        for name, value in pairs.items():
            old = values.get(name, _MISSING)
            if changed is not None and name not in changed:
                if old is _MISSING:
                    changed[name] = True
                elif not same(old, value) or (self._given is not None and name not in self._given):
                    # Computed by the component on every call: whether *its* inputs changed is not known here.
                    changed[name] = stored(old)
                else:
                    continue
            values[name] = value
        return Assigns(values, changed, self._given)

    @told
    def assign_new(self, name: str, fn: Callable[[], Any]) -> Assigns:
        """These assigns with *name* set to `fn()`, unless it is there already, None included."""  # AS-20
        return self if name in self._values else self.assign({name: fn()})

    @told
    def update(self, name: str, fn: Callable[[Any], Any]) -> Assigns:
        """These assigns with `fn(current)` for *name*; it must be there."""  # AS-9
        return self.assign({name: fn(self[name])})

    def changed(self, name: str) -> bool:
        """Whether *name* changed since the last render; True for every name where nothing is tracked."""  # AS-6
        return self._changed is None or name in self._changed

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") or name in _SLOTS:  # protocols look for those; and an object half unpickled
            raise AttributeError(name)
        value = self._values.get(name, _MISSING)
        if value is _MISSING:
            self._missing(name)
        return value

    def __getitem__(self, name: str) -> Any:
        value = self._values.get(name, _MISSING)
        if value is _MISSING:
            self._missing(name)
        return value

    def _missing(self, name: str) -> NoReturn:
        known = ", ".join(map(str, self._values)) or "none at all"
        cure = f"assign it in mount, `socket.assign({name}=…)`, or read `assigns.get({name!r})`"
        if name in _CHANGING:
            cure = (
                "assigns are never changed or taken away: return `socket.assign(name=None)`, read `assigns.get('name')`"
            )
        raise MissingAssign(
            f"there is no assign {name!r}",
            expected="the name of an assign",
            got=f"the assigns are: {known}",
            cure=cure,
            nearest=nearest_names(name, self._values),
        )

    def __contains__(self, name: object) -> bool:
        return name in self._values

    def __iter__(self) -> Iterator[tuple[str, Any]]:
        return iter(self._values.items())

    def __len__(self) -> int:
        return len(self._values)

    def __bool__(self) -> bool:
        return True

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise FrozenError(
            f"assigns cannot be changed in place (assigns.{name} = …)",
            cure=f"return a new socket: `socket.assign({name}=…)`; in a function component `assigns.assign({name}=…)`",
        )

    def __delattr__(self, name: str) -> NoReturn:
        raise FrozenError(
            f"assigns cannot be changed in place (del assigns.{name})",
            cure=f"assign None, `socket.assign({name}=None)`",
        )

    def __setitem__(self, name: str, value: object) -> NoReturn:
        self.__setattr__(name, value)

    def __delitem__(self, name: str) -> NoReturn:
        self.__delattr__(name)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Assigns):
            return NotImplemented
        return self._values == other._values

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"Assigns({', '.join(f'{name}={ordered(value)}' for name, value in self._values.items())})"

    def __dir__(self) -> list[str]:
        return [*super().__dir__(), *(name for name in self._values if name.isidentifier())]

    def __reduce__(self) -> tuple[type[Assigns], tuple[Any, ...]]:
        return Assigns, (self._values, self._changed, self._given)


def assigns_to_attributes(assigns: Assigns | Mapping[str, Any], exclude: Iterable[str] = ()) -> dict[str, Any]:
    """The assigns that may stand as attributes, without *exclude*: `<div {assigns_to_attributes(assigns, ["label"])}>`.

    >>> assigns_to_attributes(Assigns({"label": "Save", "class": "big", "inner_block": []}), ["label"])
    {'class': 'big'}
    """
    _expect_mapping(assigns, "assigns_to_attributes")
    if isinstance(exclude, str) or not isinstance(exclude, Iterable):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise BadOption(
            "assigns_to_attributes takes the names to leave out as a list",
            expected="a list of names",
            got=shown(exclude),
            cure=f"assigns_to_attributes(assigns, [{exclude!r}])" if isinstance(exclude, str) else None,  # pyright: ignore[reportUnnecessaryIsInstance]
        )
    pairs = assigns.items() if isinstance(assigns, Mapping) else iter(assigns)
    without = {"__changed__", "__slot__", "__given__", "inner_block", *exclude}
    return {name: value for name, value in pairs if name not in without}


def _expect_mapping(given: object, function: str) -> None:
    if not isinstance(given, (Mapping, Assigns)):
        raise BadOption(f"{function} takes names and values", expected="assigns, or a mapping", got=shown(given))


_SLOTS = frozenset(Assigns.__slots__)
_set_values = Assigns.__dict__["_values"].__set__
_set_changed = Assigns.__dict__["_changed"].__set__
_set_given = Assigns.__dict__["_given"].__set__

make_assigns: Callable[[Changed | None, frozenset[str] | None, dict[str, Any]], Assigns] = maker(Assigns)
"""Assigns from their slots, `_changed`, `_given`, `_values`: what a render makes one of (0.1 µs instead of 0.3)."""
