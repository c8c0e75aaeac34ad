"""Look-ups by address: a DOM id, a component, a path.

Law: an id in a list is found through the list's own tables (one dictionary look-up a leaf), never by walking its rows.
"""

from __future__ import annotations

from typing import cast

from liveview_testing.browser.page.place import (
    Content,
    Found,
    Path,
    Place,
    Step,
    frozen_place,
    hung,
    item_place,
    row_place,
    top_place,
)
from liveview_testing.browser.page.templates.skeleton import Element, Hole
from liveview_testing.browser.page.tree.component_index import CIDS, HELD, IDS, ITEM_CIDS, ITEM_IDS, may_hold
from liveview_testing.browser.page.tree.instance import below, grafted, hole_parents, id_of, named, root_id, with_ids
from liveview_testing.browser.page.tree.merging.containers import BY_KEY
from liveview_testing.browser.page.tree.ropes.rope import Rope
from liveview_testing.browser.page.tree.subtrees import cids, fixed_in, inside
from liveview_testing.browser.page.tree.tree import Fixed, Frozen, Item, Keyed, Row, Template


def find_id(page: Content, dom_id: str) -> list[Found]:
    """All elements with a DOM id, in no order worth a word (more than one is the page's mistake)."""
    found: list[Found] = []
    _find(top_place(page), dom_id, found)
    if page.components:
        for cid in page.registry().holding(dom_id):
            place = locate(page, cid)
            if place is not None:
                _find(place, dom_id, found)
    return found


def _find(place: Place, dom_id: str, found: list[Found]) -> None:
    """Elements with a DOM id in a template and below, not in components.

    Nearly all ids are facts of the skeleton, and nearly all values are text: then this is one question of a dictionary.
    """
    node = place.node
    if node.grafts is not None:
        _find_among_grafts(place, dom_id, found)
        return
    shape = place.shape
    always, depends = named(shape)
    for number in always.get(dom_id, ()):
        found.append((place, number))
    for element in depends:
        if id_of(node, element) == dom_id:
            found.append((place, element.number))
    slots = node.slots
    for hole in shape.holes:
        value = slots[hole.slot]
        if type(value) is not str:
            _find_in_hole(place, hole, value, dom_id, found)


def _find_among_grafts(place: Place, dom_id: str, found: list[Found]) -> None:
    node, shape = place.node, place.shape
    hidden = [(n, shape.elements[n].end) for n in grafted(node)]
    for element in with_ids(shape):
        if id_of(node, element) == dom_id and not any(lo < element.number < hi for lo, hi in hidden):
            found.append((place, element.number))
    for where, each in below(node):
        if isinstance(where, Element):
            _find_in_graft(place, where, each, dom_id, found)
        else:
            _find_in_hole(place, where, each, dom_id, found)


def _find_in_hole(place: Place, hole: Hole, value: object, dom_id: str, found: list[Found]) -> None:
    if isinstance(value, Keyed):
        for at in value.rows.positions(IDS, dom_id):
            host = hole_parents(place.shape)[hole.slot]
            _find(row_place(place, hole.slot, at, value.rows.at(at), host), dom_id, found)
    elif isinstance(value, Template) and may_hold(value, dom_id):
        _find(Place(place.page, value, place, hole_parents(place.shape)[hole.slot], hole.slot), dom_id, found)


def _find_in_graft(place: Place, element: Element, graft: object, dom_id: str, found: list[Found]) -> None:
    if isinstance(graft, Frozen):
        _find_inside(frozen_place(place, element, graft), graft.element, dom_id, found)
        return
    rope = cast("Rope[Item]", graft)
    for at in rope.positions(ITEM_IDS, dom_id) if rope.holds(HELD, dom_id) else ():
        item = rope.at(at)
        below_ = item_place(place, element, item)
        if isinstance(item, Row):
            _find(below_, dom_id, found)
        elif isinstance(item.kid, int):
            _find_in_kid(below_, item.kid, dom_id, found)
    for fixed in fixed_in(rope) if rope.holds(HELD, Fixed) else ():
        if fixed.node is None and isinstance(fixed.kid, int):
            _find_in_kid(place, fixed.kid, dom_id, found)


def _find_in_kid(place: Place, number: int, dom_id: str, found: list[Found]) -> None:
    if id_of(place.node, place.shape.elements[number]) == dom_id:
        found.append((place, number))
    graft = grafted(place.node).get(number)
    if graft is None:
        _find_inside(place, number, dom_id, found)
    else:
        _find_in_graft(place, place.shape.elements[number], graft, dom_id, found)


def _find_inside(place: Place, number: int, dom_id: str, found: list[Found]) -> None:
    """Elements with a DOM id inside one element of a template, itself left out; nothing else of the template is shown here."""
    node, shape = place.node, place.shape
    end = shape.elements[number].end
    hidden = [(n, shape.elements[n].end) for n in grafted(node) if number < n < end]
    for element in with_ids(shape):
        if number < element.number < end and id_of(node, element) == dom_id:
            if not any(lo < element.number < hi for lo, hi in hidden):
                found.append((place, element.number))
    for where, each in inside(node, number):
        if isinstance(where, Hole):
            _find_in_hole(place, where, each, dom_id, found)
        elif where.number != number:
            _find_in_graft(place, where, each, dom_id, found)


def locate(page: Content, cid: int) -> Place | None:
    """Where a component is on the page."""
    found = _locate_in(top_place(page), cid)
    if found is not None:
        return found
    for owner in page.registry().owners.get(cid, ()):
        place = None if owner == cid else locate(page, owner)
        if place is not None:
            return _locate_in(place, cid)
    return None


def _locate_in(place: Place, cid: int) -> Place | None:
    shape = place.shape
    for where, each in below(place.node):
        if isinstance(where, Element):
            found = _locate_in_graft(place, where, each, cid)
        else:
            found = _locate_in_hole(place, where, each, hole_parents(shape)[where.slot], cid)
        if found is not None:
            return found
    return None


def _locate_in_hole(place: Place, hole: Hole, value: object, host: int, cid: int) -> Place | None:
    if isinstance(value, int):
        return next(hung(place, hole.slot, value, host), None) if value == cid else None
    if isinstance(value, Keyed):
        for at in value.rows.positions(CIDS, cid):
            return _locate_in(row_place(place, hole.slot, at, value.rows.at(at), host), cid)
    if isinstance(value, Template):
        return _locate_in(Place(place.page, value, place, host, hole.slot), cid)
    return None


def _locate_in_graft(place: Place, element: Element, graft: object, cid: int) -> Place | None:
    if isinstance(graft, Frozen):
        return _locate_inside(frozen_place(place, element, graft), graft.element, cid)
    rope = cast("Rope[Item]", graft)
    for at in rope.positions(ITEM_CIDS, cid):
        return _locate_in(item_place(place, element, rope.at(at)), cid)
    for fixed in fixed_in(rope):
        below_ = item_place(place, element, fixed)
        host = element.number if fixed.node is None else fixed.floor
        if isinstance(fixed.kid, Hole):
            found = _locate_in_hole(below_, fixed.kid, below_.node.slots[fixed.kid.slot], host, cid)
            if found is not None:
                return found
        else:
            found = _locate_inside(below_, fixed.kid, cid)
            if found is not None:
                return found
    return None


def _locate_inside(place: Place, number: int, cid: int) -> Place | None:
    """A component in one element of a template; nothing else of the template is shown here."""
    for where, each in inside(place.node, number):
        if isinstance(where, Element):
            found = _locate_in_graft(place, where, each, cid)
        else:
            found = _locate_in_hole(place, where, each, hole_parents(place.shape)[where.slot], cid)
        if found is not None:
            return found
    return None


def node_at(page: Content, path: Path) -> Found | None:
    """The element at a path, if this version of the page has that place."""
    *steps, number = path
    place: Place | None = top_place(page)
    for step in steps:
        if place is None:
            return None
        place = locate(page, cast(int, step[1])) if isinstance(step, tuple) and step[0] == "@" else _step(place, step)
    if place is None or not isinstance(number, int) or number >= len(place.shape.elements):
        return None
    return place, number


def _step(place: Place, step: Step) -> Place | None:
    node, shape = place.node, place.shape
    slot = step if isinstance(step, int) else step[0]
    if isinstance(slot, str):
        assert isinstance(step, tuple)
        return _graft_step(place, slot, step[1])
    host = hole_parents(shape).get(slot)
    if host is None or slot >= len(node.slots):
        return None
    value = node.slots[slot]
    if isinstance(step, int):
        return Place(place.page, value, place, host, slot) if isinstance(value, Template) else None
    key = step[1]
    if not isinstance(value, Keyed):
        return None
    if isinstance(key, str):
        for at in value.rows.positions(IDS, key):
            if root_id(value.rows.at(at), place.page.components.get) == key:
                return row_place(place, slot, at, value.rows.at(at), host)
        if cids(value):  # a row that begins with a component has the id of that, which changes without it
            for at, row in enumerate(value.rows):
                if root_id(row, place.page.components.get) == key:
                    return row_place(place, slot, at, row, host)
        return None
    return row_place(place, slot, key, value.rows.at(key), host) if key < len(value.rows) else None


def _graft_step(place: Place, dom_id: str, key: int | str) -> Place | None:
    for number, graft in grafted(place.node).items():
        element = place.shape.elements[number]
        own = id_of(place.node, element)
        if dom_id == "ignore" and isinstance(graft, Frozen) and own == key:
            return frozen_place(place, element, graft)
        if isinstance(graft, Rope) and own == dom_id:
            for at in graft.positions(BY_KEY, key):
                return item_place(place, element, graft.at(at))
    return None
