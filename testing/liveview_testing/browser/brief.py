"""Brief messages: text where text was, and a row at the end of a stream.

Most messages are brief. Such a one shows no element of a kind that was not there, names none by another id, and puts no component
anywhere: nothing can leave the page, no container has to be looked after, and there is nothing to check. So it goes in without
all that a `Merge` is prepared for: a changed row of a table in 5 µs instead of 11, a message of a chat in 6 instead of 13.

Law: where `briefly` answers, it answers what a merge would, and a merge would have brought nothing that `problems` looks at.
Whatever is unusual, and all that breaks the wire format, is left to the merge.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, TypeAlias, cast

from liveview_testing.browser.instance import attribute, id_slots, is_row, writes_id
from liveview_testing.browser.merge import SLOTS, exact_type
from liveview_testing.browser.registry import HELD
from liveview_testing.browser.rope import Leaf, Rope
from liveview_testing.browser.skeleton import Element, Hole, Skeleton
from liveview_testing.browser.tree import Diff, Graft, Item, Keyed, Row, Template, Value

FEW: Final = 8  # rows of one list that change in a message; with more the merge is as quick

Quiet: TypeAlias = "Mapping[str, int]"
"""Slots by their names on the wire, without those that an id is written with, or that stand in a container."""


def briefly(old: Template, diff: Diff) -> Template | None:
    """The instance after a message, if that is brief; None for any other."""
    shape = old.skeleton
    if old.known_shape is not shape:
        return None
    slots, grafts, quiet = old.slots, old.grafts, _quiet(old)
    changed = list(slots)
    for name, value in diff.items():
        at = quiet.get(name)
        if at is None:
            return None
        had = slots[at]
        kind = exact_type(value)
        if kind is str:
            if type(had) is not str or "<" in value or (at in shape.spreads and _tells(value)):
                return None
            changed[at] = value
        elif kind is not dict:
            if kind is not int or type(had) is not int or value != had:
                return None  # else DF-25a: the component that is there
        elif type(had) is Keyed and had.stream is not None:
            container = _containers(shape).get(at, "")
            children = None if grafts is None else grafts.get(container)
            row = _row_at_end(had, value, children)
            if row is None:
                return None
            changed[at] = Keyed(had.skeleton, Rope(Leaf((row,))), had.stream)
            grafts = {
                **cast("Mapping[str, Graft]", grafts),
                container: cast("Rope[Item]", children).append(row, (row.key,)),
            }
        else:
            new = _rows(had, value) if type(had) is Keyed else _nested(had, value)
            if new is None:
                return None
            changed[at] = new
    after = tuple(changed)
    if after == slots:
        return old
    new_instance = old.with_slots(after, shape)
    new_instance.grafts = grafts  # still ours alone
    return new_instance


def _nested(had: Value, diff: Diff) -> Template | None:
    return briefly(had, diff) if type(had) is Template and "s" not in diff else None


def _tells(attributes: str) -> bool:
    """Whether attributes name an element, or say what patches do with it."""
    written = attributes.lower()
    return " id=" in written or "phx-update" in written


# --- lists ------------------------------------------------------------------------------------------------------------------


def _rows(had: Keyed, diff: Diff) -> Keyed | None:
    """A list with some rows changed in place."""
    entries: Any = diff.get("k")
    rows = had.rows
    if len(diff) != 1 or exact_type(entries) is not dict or len(entries) > FEW or entries.get("kc") != len(rows):
        return None
    for name, value in entries.items():
        if name == "kc":
            continue
        if exact_type(value) is not dict or not (name.isascii() and name.isdigit()) or int(name) >= len(rows):
            return None
        at = int(name)
        row = rows.at(at)
        new = briefly(row, value)
        if new is None:
            return None
        if new is not row:
            rows = rows.set(at, new, alike=True)
    return had if rows is had.rows else Keyed(had.skeleton, rows)


def _row_at_end(had: Keyed, diff: Diff, children: Graft | None) -> Row | None:
    """The row, if all that a stream does is to insert one at the end of its container."""
    entries: Any = diff.get("k")
    stream: Any = diff.get("stream")
    if (
        type(children) is not Rope
        or len(diff) != 2
        or exact_type(entries) is not dict
        or exact_type(stream) is not list
    ):
        return None
    if len(stream) != 3 or stream[0] != had.stream or len(stream[1]) != 1 or stream[2] or len(entries) != 2:
        return None
    insert: Any = stream[1][0]
    key: str = insert[0] if len(insert) == 4 else ""
    if insert[1:] != _AT_END or entries.get("kc") != 1 or children.holds(HELD, key):
        return None
    last = children.last
    if last is not None and not is_row(last):
        return None  # ST-29: it goes before a child that is no stream item
    row = _new_row(had.skeleton, entries.get("0"))
    if row is None or not _has_id(row, key):
        return None
    row.key, row.ref = key, had.stream
    return row


_AT_END = [-1, None, False]


def _has_id(row: Row, dom_id: str) -> bool:
    """Whether its first element has the id."""
    first = row.skeleton.elements[0]
    if first.own and "&" not in dom_id and row.slots[first.own[0]] == f' id="{dom_id}"':
        return True  # nearly always it is written like this: nothing to read
    return attribute(row, first, "id") == dom_id


def _new_row(shape: Skeleton, diff: Any) -> Row | None:
    """A row that is all text, and names nothing but itself."""
    size = shape.size
    if exact_type(diff) is not dict or len(diff) != size or not _names_itself(shape):
        return None
    slots = [""] * size
    for name, value in diff.items():
        at = SLOTS.get(name, size)
        if at >= size or type(value) is not str or "<" in value:
            return None
        slots[at] = value
    own = shape.elements[0].own
    for at in shape.spreads:
        if "phx-update" in slots[at] or (at not in own and _tells(slots[at])):
            return None
    return Row(shape, tuple(slots), None, shape)


# --- facts of a template ----------------------------------------------------------------------------------------------------


def _names_itself(shape: Skeleton) -> bool:
    """Whether a row of it is an element first of all, which alone is written with an id, and there is nothing to check in it."""
    found = shape.memo.get("names itself")
    if found is None:
        first = next((kid for kid in shape.kids if isinstance(kid, Element | Hole)), None)
        found = shape.memo["names itself"] = (
            isinstance(first, Element)
            and not (shape.loose or shape.updating)
            and not any(writes_id(each) or _is_checked(each) for each in shape.elements if each is not first)
            and not _is_checked(first)
        )
    return cast(bool, found)


def _is_checked(element: Element) -> bool:
    return element.tag == "form" and element.may_have("phx-change")


def _quiet(old: Template) -> Quiet:
    """The slots that a brief message may change in this instance."""
    shape = old.skeleton
    if old.grafts is None:
        found = shape.memo.get("quiet")
        if found is None:
            found = shape.memo["quiet"] = _without(shape, set(id_slots(shape)).difference(shape.spreads))
        return cast(Quiet, found)
    for at in shape.spreads:
        value = old.slots[at]
        if type(value) is not str or "phx-update" in value:
            return _NONE  # which elements are containers is written in the values
    found = shape.memo.get("quiet outside containers")
    if found is None:
        loud = set(id_slots(shape)).difference(shape.spreads)
        for number in shape.updating:
            element = shape.elements[number]
            loud.update(element.own, element.inside)
        found = shape.memo["quiet outside containers"] = _without(shape, loud.difference(_containers(shape)))
    return cast(Quiet, found)


_NONE: Quiet = {}


def _without(shape: Skeleton, loud: set[int]) -> Quiet:
    return {str(slot): slot for slot in range(shape.size) if slot not in loud}


def _containers(shape: Skeleton) -> Mapping[int, str]:
    """The slots that are all there is in a stream's container, with its DOM id."""
    found = shape.memo.get("containers")
    if found is None:
        known: dict[int, str] = {}
        for number in shape.updating:
            element = shape.elements[number]
            kids = [kid for kid in element.kids if isinstance(kid, Hole | Element)]
            dom_id = element.static("id")
            if element.static("phx-update") == "stream" and dom_id and len(kids) == 1 and isinstance(kids[0], Hole):
                known[kids[0].slot] = dom_id
        found = shape.memo["containers"] = known
    return cast("Mapping[int, str]", found)
