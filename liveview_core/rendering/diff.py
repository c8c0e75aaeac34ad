"""The only place that knows the wire's keys: `Rendered` and what the client has → the diff and what the client has then.

What the client has is remembered as *prints*: the fingerprint of each template that was sent, by position, and for a
comprehension the variables of each entry (references, not text). Laws:

* same fingerprint → only what `evaluate` yields is sent; another → everything, with its statics;
* rendered text is never compared; an entry whose variables are unchanged is not even looked at unless the
  comprehension says it is `touched`;
* prints are values: no message touches those of an earlier one, and what did not change is shared with it.
"""  # DF-4, EN-10a

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from functools import lru_cache
from typing import Any, TypeAlias

from attrs import field

from liveview_core.rendering.keys import DuplicateKey, UnhashableKey, hashable, in_loop, unique
from liveview_core.rendering.rendered import ChildRef, ComponentRef, Comprehension, Part, Rendered, came_through
from liveview_core.values.assigns import same, stored
from liveview_core.values.declaring import frozen
from liveview_core.values.differences import differences
from liveview_core.values.frozen import maker

__all__ = ["DuplicateKey", "EntriesPrint", "Print", "Traversal", "UnhashableKey"]

Diff: TypeAlias = dict[str, Any]
Prints: TypeAlias = "dict[str, Print | EntriesPrint]"

_NONE: Prints = {}


@frozen(eq=False, weakref_slot=False)
class Print:
    """A template the client has: its fingerprint, and the prints of the templates nested in it by position."""  # DF-3

    fingerprint: int
    children: Prints


@frozen(eq=False, weakref_slot=False)
class EntriesPrint:
    """A comprehension the client has: what each entry was bound to, its key, and its nested prints.

    `keys` is None where entries are known by their index; `children` is None where no entry has anything nested.
    """

    fingerprint: int
    entries: Sequence[Any]
    keys: list[Hashable] | None
    children: list[Prints] | None
    _places: dict[Hashable, int] = field(repr=False)

    def places(self) -> dict[Hashable, int]:
        """Key to index; made once, when first asked for."""
        if not self._places and self.keys:
            self._places.update(zip(self.keys, range(len(self.keys)), strict=True))
        return self._places


_make_print: Callable[[int, Prints], Print] = maker(Print)


@lru_cache(1024)
def _lone(fingerprint: int) -> Print:
    """The print of a template with nothing nested in it: one for all that show it."""
    return Print(fingerprint, _NONE)


_make_entries: Callable[
    [int, Sequence[Any], list[Hashable] | None, list[Prints] | None, dict[Hashable, int]], EntriesPrint
] = maker(EntriesPrint)


class Traversal:
    """One pass over what a message renders: the scratch that lives as long as one diff.

    `templates` is the table `p` of the message, or None inside a LiveComponent, where statics are inline.
    `place(ref)` answers the cid of a component reference, and the container of a child view. `evaluated` counts dynamics.
    """  # DF-8, DF-10

    __slots__ = ("_numbers", "evaluated", "place", "templates")

    def __init__(self, place: Callable[[ComponentRef | ChildRef], int | str], *, shared: bool) -> None:
        self.place = place
        self.templates: dict[str, list[str]] | None = {} if shared else None
        self._numbers: dict[int, int] | None = None  # most messages send no statics
        self.evaluated = 0

    def rendered(self, rendered: Rendered, old: Print | EntriesPrint | None, track: bool) -> tuple[Diff, Print]:
        """The diff of one template, and its print."""
        part = rendered.part
        if old is not None and old.fingerprint == part.fingerprint:
            assert type(old) is Print
            values = rendered.evaluate(track)
            self.evaluated += len(values)
            children = self._dynamics(values, old.children, track)
            return values, old if children is old.children else _make_print(part.fingerprint, children)
        values = rendered.evaluate(False)
        self.evaluated += len(values)
        children = self._dynamics(values, _NONE, track)
        if part.root:
            values["r"] = 1  # type: ignore[assignment]  # pyright: ignore[reportArgumentType]
        self._number(values, part)
        return values, _make_print(part.fingerprint, children) if children else _lone(part.fingerprint)

    def _dynamics(self, values: Diff, children: Prints, track: bool) -> Prints:
        """Replace each dynamic in *values* by what travels; answer the nested prints (*children* itself if the same)."""
        mine = children
        unchanged: list[str] | None = None
        for position, value in values.items():
            if type(value) is str:
                if position in mine:  # DF-5: text forgets the template that stood here
                    mine = {p: child for p, child in mine.items() if p != position}
                continue
            old = mine.get(position)
            new: Print | EntriesPrint | None
            sent: Any
            if type(value) is Rendered:
                try:
                    sent, new = self.rendered(value, old, track)
                except Exception as error:
                    came_through(value, error)
                    raise
            elif type(value) is Comprehension:
                try:
                    sent, new = self._comprehension(value, old, track)
                except (DuplicateKey, UnhashableKey) as error:
                    raise in_loop(value, error) from None
            else:
                sent, new = self.place(value), None
            if sent == {}:  # DF-2: a nested template that did not change is absent
                unchanged = [position] if unchanged is None else [*unchanged, position]
            else:
                values[position] = sent
            if new is not old:
                if mine is children:
                    mine = dict(children)
                if new is None:
                    mine.pop(position, None)
                else:
                    mine[position] = new
        if unchanged is not None:
            for position in unchanged:
                del values[position]
        return mine

    def _number(self, values: Diff, part: Part) -> None:
        """Give the statics of *part*: a number of the table `p`, or inline."""  # DF-8, DF-10
        if self.templates is None:
            values["s"] = part.wire_statics
            return
        if self._numbers is None:
            self._numbers = {}
        number = self._numbers.get(part.fingerprint)
        if number is None:
            number = self._numbers[part.fingerprint] = len(self._numbers)
            self.templates[str(number)] = part.wire_statics
        values["s"] = number

    # Comprehensions

    def _comprehension(
        self, loop: Comprehension, old: Print | EntriesPrint | None, track: bool
    ) -> tuple[Diff | str, EntriesPrint | None]:
        known = old if type(old) is EntriesPrint and old.fingerprint == loop.part.fingerprint else None
        if known is None and not loop.entries and loop.stream is None:
            return "", None  # DF-14
        # DF-10: inside a component each outermost comprehension has a table of its own, its own statics inline.
        outermost = self.templates is None
        if outermost:
            self.templates, self._numbers = {}, None
        diff: Diff = {}
        keyed: Diff | None
        if loop.stream is not None or known is None or not track:
            keyed, new = self._whole_entries(loop, known)
        elif loop.key is None:
            keyed, new = self._indexed_entries(loop, known)
        else:
            keyed, new = self._keyed_entries(loop, loop.key, known)
        if keyed is not None:
            diff["k"] = keyed
        if loop.stream is not None:
            ops = loop.stream
            sent = [ops.ref, ops.inserts, ops.deletes]
            diff["stream"] = [*sent, True] if ops.reset else sent
        if outermost:
            if self.templates:
                diff["p"] = self.templates
            self.templates, self._numbers = None, None
        if known is None:
            self._number(diff, loop.part)
        return diff, new

    def _full(self, loop: Comprehension, entry: Any) -> tuple[Diff, Prints]:
        """An entry that the client does not have, whole."""  # DF-17
        values = loop.row(entry, None, None) if loop.single else loop.row(*entry, None, None)
        self.evaluated += len(values)
        return values, self._dynamics(values, _NONE, False)

    def _whole_entries(self, loop: Comprehension, known: EntriesPrint | None) -> tuple[Diff, EntriesPrint]:
        """All entries, as `_full` gives each. Most are all text: without a call for each, and for its dynamics, a third less."""
        entries, row, single = loop.entries, loop.row, loop.single
        evaluated = 0
        keyed: Diff = {}
        nested: list[Prints] | None = None
        for name, entry in zip(_places(len(entries)), entries, strict=False):
            keyed[name] = values = row(entry, None, None) if single else row(*entry, None, None)
            evaluated += len(values)
            for value in values.values():
                if type(value) is not str:
                    children = self._dynamics(values, _NONE, False)
                    if children:
                        nested = [_NONE] * len(entries) if nested is None else nested
                        nested[len(keyed) - 1] = children
                    break
        self.evaluated += evaluated
        keyed["kc"] = len(entries)
        if loop.stream is None:
            keys = None if loop.key is None else _keys(loop, loop.key)
            return keyed, _make_entries(loop.part.fingerprint, entries, keys, nested, {})
        # ST-22: nothing is remembered of them: the print stays the one that it was.
        if known is None or known.entries:
            known = _make_entries(loop.part.fingerprint, (), None, None, {})
        return keyed, known

    def _changed(self, loop: Comprehension, entry: Any, before: Any, children: Prints) -> tuple[Diff, Prints]:
        """What an entry that the client has sends now."""  # DF-16
        variables: dict[str, object]
        if loop.single:
            name = loop.names[0]
            variables = {} if name is None or same(before, entry) else {name: stored(before)}
        else:
            variables = {
                name: stored(old)
                for name, old, new in zip(loop.names, before, entry, strict=True)
                if name is not None and not same(old, new)
            }
        if not variables and not loop.touched:
            return {}, children
        row, changed = loop.row, loop.changed
        values = row(entry, changed, variables) if loop.single else row(*entry, changed, variables)
        self.evaluated += len(values)
        return values, self._dynamics(values, children, True)

    def _indexed_entries(self, loop: Comprehension, old: EntriesPrint) -> tuple[Diff | None, EntriesPrint]:
        entries, before = loop.entries, old.entries
        count, common = len(entries), min(len(entries), len(before))
        looked_at = range(common) if loop.touched else list(differences(entries, before))
        if count == len(before):
            return self._in_place(loop, old, looked_at)
        keyed, nested = self._changes(loop, old, looked_at)
        nested = None if nested is None else nested[:common]
        for index in range(common, count):
            keyed[str(index)], mine = self._full(loop, entries[index])
            if nested is not None or mine:
                nested = [*([_NONE] * index if nested is None else nested), mine]
        return _counted(keyed, count, len(before)), _make_entries(old.fingerprint, entries, None, nested, {})

    def _keyed_entries(
        self, loop: Comprehension, key: Callable[..., Hashable], old: EntriesPrint
    ) -> tuple[Diff | None, EntriesPrint]:
        entries, before, known = loop.entries, old.entries, old.keys
        assert known is not None
        if loop.touched:
            return self._moved(loop, old, _keys(loop, key))
        # The same object has the key that it had: `touched` would say if anything else in the key had changed.
        common = min(len(entries), len(before))
        different = list(differences(entries, before))
        if len(entries) == len(before) and all(_key(loop, key, entries[i], i) == known[i] for i in different):
            return self._in_place(loop, old, different)  # the usual case copies no keys: 8 µs for 1,000 rows
        keys = [*known[:common], *(_key(loop, key, entries[index], index) for index in range(common, len(entries)))]
        for index in different:
            keys[index] = _key(loop, key, entries[index], index)
        return self._moved(loop, old, unique(keys))

    def _changes(
        self, loop: Comprehension, old: EntriesPrint, indices: Iterable[int]
    ) -> tuple[Diff, list[Prints] | None]:
        """What entries send that stand where they stood, and the nested prints of all."""
        entries, before, nested = loop.entries, old.entries, old.children
        keyed: Diff = {}
        for index in indices:
            children = _NONE if old.children is None else old.children[index]
            diff, mine = self._changed(loop, entries[index], before[index], children)
            if diff:
                keyed[str(index)] = diff
            if mine is not children:
                if nested is None:
                    nested = [_NONE] * len(before)
                elif nested is old.children:
                    nested = list(nested)
                nested[index] = mine
        return keyed, nested

    def _in_place(
        self, loop: Comprehension, old: EntriesPrint, indices: Sequence[int]
    ) -> tuple[Diff | None, EntriesPrint]:
        """As many entries as there were, each where it was; those at *indices* are looked at."""
        count = len(loop.entries)
        if count and not indices:
            return None, old
        keyed, nested = self._changes(loop, old, indices)
        new = _make_entries(old.fingerprint, loop.entries, old.keys, nested, old._places)  # pyright: ignore[reportPrivateUsage]
        return _counted(keyed, count, count), new

    def _moved(self, loop: Comprehension, old: EntriesPrint, keys: list[Hashable]) -> tuple[Diff | None, EntriesPrint]:
        entries, before, places = loop.entries, old.entries, old.places()
        keyed: Diff = {}
        nested: list[Prints] | None = None
        moved = False
        for index, key in enumerate(keys):
            entry, place = entries[index], places.get(key)
            if place is None:
                keyed[str(index)], mine = self._full(loop, entry)
            else:
                mine = _NONE if old.children is None else old.children[place]
                diff: Diff = {}
                if loop.touched or entry is not before[place]:
                    diff, mine = self._changed(loop, entry, before[place], mine)
                if place != index:  # DF-16: the old index, alone or with what changed besides
                    moved = True
                    keyed[str(index)] = [place, diff] if diff else place
                elif diff:
                    keyed[str(index)] = diff
            if mine and nested is None:
                nested = [_NONE] * len(entries)
            if nested is not None:
                nested[index] = mine
        new = _make_entries(old.fingerprint, entries, keys, nested, {})
        sent = _counted(keyed, len(entries), len(before))
        if sent is not None and moved:
            sent["km"] = True
        return sent, new


def _counted(keyed: Diff, count: int, before: int) -> Diff | None:
    """Nothing at all where no entry changed and the count is the same and not zero."""  # DF-13
    if not keyed and count == before and count > 0:
        return None
    keyed["kc"] = count
    return keyed


_places_known: tuple[str, ...] = ()


def _places(count: int) -> Sequence[str]:
    """The names of the first entries of a list, at least so many: of lists that are no longer than most, everybody has the same.

    A message keeps its entries' names as long as a log keeps the message: of a chat a sixteenth of what it holds. What is known is
    replaced at once, whole: two threads that render may both do so.
    """
    global _places_known
    known = _places_known
    if count <= len(known):
        return known
    grown = (*known, *map(str, range(len(known), count)))
    if count <= _KEPT:
        _places_known = grown
    return grown


_KEPT = 4096


def _key(loop: Comprehension, key: Callable[..., object], entry: Any, index: int) -> Hashable:
    value = key(entry) if loop.single else key(*entry)
    return value if type(value) is str or type(value) is int else hashable(value, index)


def _keys(loop: Comprehension, key: Callable[..., object]) -> list[Hashable]:
    single, keys = loop.single, list[Hashable]()
    for index, entry in enumerate(loop.entries):
        value = key(entry) if single else key(*entry)
        keys.append(value if type(value) is int or type(value) is str else hashable(value, index))
    return unique(keys)
