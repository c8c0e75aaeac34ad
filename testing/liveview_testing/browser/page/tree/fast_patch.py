"""Small messages: text where text was, and a row at the end of a stream.

Most messages are brief. Such a one shows no element of a kind that was not there, names none by another id, and puts no component
anywhere: nothing can leave the page, no container has to be looked after, and there is nothing to check. So it goes in without
all that a `Merge` is prepared for: a changed row of a table in 5 µs instead of 11, a message of a chat in 6 instead of 13.

Law: where `fast_patch` answers, it answers what a merge would, and a merge would have brought nothing that `problems` looks at.
Whatever is unusual, and all that breaks the wire format, is left to the merge.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, Protocol, TypeAlias, cast

from liveview_testing.browser.page.templates.skeleton import Element, Hole, Skeleton, Spread
from liveview_testing.browser.page.tree.component_index import HELD
from liveview_testing.browser.page.tree.instance import NAMED_ID, attribute, id_of, id_slots, writes_id
from liveview_testing.browser.page.tree.merging.merge import exact_type
from liveview_testing.browser.page.tree.ropes.leaves import Leaf
from liveview_testing.browser.page.tree.ropes.rope import Rope
from liveview_testing.browser.page.tree.subtrees import is_row
from liveview_testing.browser.page.tree.tree import SLOTS, Diff, Graft, Item, Keyed, Row, Template, Value

FEW: Final = 8  # rows of one list that change in a message; with more the merge is as quick


class Names(Protocol):
    """What is known of the ids of a page."""

    def taken(self, dom_id: str) -> bool:
        """Whether an element has the id, or one that this message brings."""
        ...


Quiet: TypeAlias = "Mapping[str, int]"
"""Slots by their names on the wire, without those that an id is written with, or that stand in a container."""


def fast_patch(old: Template, diff: Diff, names: Names, in_list: bool = False) -> Template | None:
    """The instance after a message, if that is brief; None for any other. `in_list`: a list around it finds its rows by id."""
    shape = old.skeleton
    if old.known_shape is not shape:
        return None
    slots, grafts, quiet = old.slots, old.grafts, _quiet(old)
    changed = list(slots)
    for name, value in diff.items():
        at = quiet.get(name)
        if at is None:
            if grafts is None or in_list or quiet is _NONE:
                return None
            inserted = _inserted(old, grafts, name, value, names)
            if inserted is None:
                return None
            at, keyed, grafts = inserted
            changed[at] = keyed
            continue
        had = slots[at]
        kind = exact_type(value)
        if kind is str:
            if type(had) is not str or "<" in value or (at in shape.spreads and (tells(value) or tells(had))):
                return None
            changed[at] = value
        elif kind is not dict:
            if kind is not int or type(had) is not int or value != had:
                return None  # else DF-25a: the component that is there
        else:
            new = _rows(had, value, names) if type(had) is Keyed else _nested(had, value, names, in_list)
            if new is None:
                return None
            changed[at] = new
    after = tuple(changed)
    if after == slots and old.rooted is None:  # PA-5: what has one root is rendered anew, whatever is said to it
        return old
    new_instance = old.with_slots(after, shape)
    new_instance.grafts = grafts  # still ours alone
    return new_instance


def _nested(had: Value, diff: Diff, names: Names, in_list: bool) -> Template | None:
    return fast_patch(had, diff, names, in_list) if type(had) is Template else None


def tells(attributes: str) -> bool:
    """Whether the text of attributes may name an element, or bring what `problems` or its tab look at; however that is spelled."""
    written = attributes.lower()
    if "phx-" in written and ("phx-update" in written or "phx-change" in written or "phx-mounted" in written):
        return True
    return "id" in written and NAMED_ID.search(written) is not None


# --- lists ------------------------------------------------------------------------------------------------------------------


def _rows(had: Keyed, diff: Diff, names: Names) -> Keyed | None:
    """A list with some rows changed in place."""
    entries: Any = diff.get("k")
    rows = had.rows
    if len(diff) != 1 or exact_type(entries) is not dict or len(entries) > FEW or not _is(entries.get("kc"), len(rows)):
        return None
    for name, value in entries.items():
        if name == "kc":
            continue
        if exact_type(value) is not dict or not (name.isascii() and name.isdigit()) or int(name) >= len(rows):
            return None
        at = int(name)
        row = rows.at(at)
        new = fast_patch(row, value, names, True)
        if new is None:
            return None
        if new is not row:
            rows = rows.set(at, new, alike=True)
    return had if rows is had.rows else Keyed(had.skeleton, rows)


def _is(given: object, number: int) -> bool:
    """Whether a value of the wire is this number, and no boolean that Python takes for it."""
    return type(given) is int and given == number


# --- streams ----------------------------------------------------------------------------------------------------------------


Inserted: TypeAlias = "tuple[int, Keyed, Mapping[str, Graft]]"


def _inserted(old: Template, grafts: Mapping[str, Graft], name: str, diff: Any, names: Names) -> Inserted | None:
    """What becomes of a slot, and of the containers, if a stream puts one row at the end of its container."""
    place = _containers(old.skeleton).get(name)
    if place is None:
        return None
    at, element = place
    container = attribute(old, element, "id") or ""
    had, children = old.slots[at], grafts.get(container)
    if type(had) is not Keyed or had.stream is None or type(children) is not Rope:
        return None
    row = _row_at_end(had, diff, children)
    if row is None or names.taken(row.key):
        return None
    return (
        at,
        Keyed(had.skeleton, Rope(Leaf((row,))), had.stream),
        {**grafts, container: children.append(row, (row.key,))},
    )


def _row_at_end(had: Keyed, diff: Any, children: Rope[Item]) -> Row | None:
    """The row, if all that a stream does is to insert one at the end of its container."""
    if exact_type(diff) is not dict or len(diff) != 2:
        return None
    entries: Any = diff.get("k")
    stream: Any = diff.get("stream")
    if exact_type(entries) is not dict or exact_type(stream) is not list:
        return None
    if len(stream) != 3 or stream[0] != had.stream or len(stream[1]) != 1 or stream[2] != [] or len(entries) != 2:
        return None
    insert: Any = stream[1][0]
    key: Any = insert[0] if len(insert) == 4 else None
    if type(key) is not str or insert[1:] != _AT_END or not _is(entries.get("kc"), 1) or children.holds(HELD, key):
        return None
    last = children.last
    if last is not None and not is_row(last):
        return None  # ST-29: it goes before a child that is no stream item
    row = _new_row(had.skeleton, entries.get("0"), key)
    if row is not None:
        row.key, row.ref = key, had.stream
    return row


_AT_END = [-1, None, False]


def _new_row(shape: Skeleton, diff: Any, key: str) -> Row | None:
    """A row that is all text, names itself as the insert does, and names nothing else."""
    size = shape.size
    id_slot = _id_slot(shape)
    if id_slot is None or exact_type(diff) is not dict or len(diff) != size:
        return None
    slots = [""] * size
    for name, value in diff.items():
        at = SLOTS.get(name, size)
        if at >= size or type(value) is not str or "<" in value:
            return None
        slots[at] = value
    for at in shape.spreads:
        if at != id_slot and tells(slots[at]):
            return None
    row = Row(shape, tuple(slots), None, shape)
    if id_slot >= 0 and slots[id_slot] == f' id="{key}"' and "&" not in key:
        return row  # nearly always it is written like this: nothing to read
    if id_slot >= 0 and "phx-" in slots[id_slot].lower():
        return None
    return row if id_of(row, shape.elements[0]) == key else None


# --- facts of a template ----------------------------------------------------------------------------------------------------


def _id_slot(shape: Skeleton) -> int | None:
    """Where a row of it is given its id: the slot that is the whole attribute, or -1 if it is written in another way.

    None unless it is an element first of all, which alone is written with an id, and there is nothing to check in it.
    """
    found = shape.memo.get("id slot", _UNKNOWN)
    if found is _UNKNOWN:
        found = shape.memo["id slot"] = _id_slot_of(shape)
    return cast("int | None", found)


_UNKNOWN = object()


def _id_slot_of(shape: Skeleton) -> int | None:
    first = next((kid for kid in shape.kids if isinstance(kid, Element | Hole)), None)
    if not isinstance(first, Element) or shape.loose or shape.updating:
        return None
    if any((writes_id(each) and each is not first) or _is_checked(each) for each in shape.elements):
        return None
    said = next((each for each in first.attributes if isinstance(each, Spread) or each.name == "id"), None)
    return said.slot if isinstance(said, Spread) else -1


def _is_checked(element: Element) -> bool:
    return element.tag == "form" and element.may_have("phx-change")


def _quiet(old: Template) -> Quiet:
    """The slots that a small message may change in this instance."""
    shape = old.skeleton
    if old.grafts is None:
        found = shape.memo.get("quiet")
        if found is None:
            found = shape.memo["quiet"] = _but(shape, {slot for n in shape.updating for slot in shape.elements[n].own})
        return cast(Quiet, found)
    for at in shape.spreads:
        value = old.slots[at]
        if type(value) is not str or "phx-update" in value.lower():
            return _NONE  # which elements are containers is written in the values
    found = shape.memo.get("quiet outside containers")
    if found is None:
        elements = [shape.elements[number] for number in shape.updating]
        found = shape.memo["quiet outside containers"] = _but(
            shape, {slot for each in elements for slot in (*each.own, *each.inside)}
        )
    return cast(Quiet, found)


_NONE: Quiet = {}


def _but(shape: Skeleton, loud: set[int]) -> Quiet:
    """The slots but for these, and but for those that ids are written with; a value that is all attribute is looked at itself."""
    loud |= set(id_slots(shape)).difference(shape.spreads)
    return {str(slot): slot for slot in range(shape.size) if slot not in loud}


def _containers(shape: Skeleton) -> Mapping[str, tuple[int, Element]]:
    """The slots that are all there is in a stream's container, by their names, with its element."""
    found = shape.memo.get("containers")
    if found is None:
        known: dict[str, tuple[int, Element]] = {}
        elements = [shape.elements[number] for number in shape.updating]
        for element in elements:
            kids = [kid for kid in element.kids if isinstance(kid, Hole | Element)]
            if element.static("phx-update") != "stream" or len(kids) != 1 or not isinstance(kids[0], Hole):
                continue
            if not any(around.number < element.number < around.end for around in elements):  # else it may be ignored
                known[str(kids[0].slot)] = kids[0].slot, element
        found = shape.memo["containers"] = known
    return cast("Mapping[str, tuple[int, Element]]", found)
