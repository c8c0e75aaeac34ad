"""Clicks that are a fact of the template: what an ordinary button sends is the same in every version of the page.

Most clicks of a test are at a button with an event's name, around which nothing listens, links, hides or disables. Where its
attributes are all static the payload is worked out once for the template, and kept with it; everything else is for `payloads`.
A click of the counter takes 39 µs instead of 88 with both (55 without `aimed_click`), of one row of 1,000 it is 116 instead of 249.

Law: where `fast_click` or `aimed_click` answers, it answers what `payloads.click` would of the one element that is meant.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, TypeAlias, cast

from liveview_testing.browser.bindings.actions import Json
from liveview_testing.browser.page.controls import NAMES, TAGS, notable
from liveview_testing.browser.page.finding.selector_reader import plan
from liveview_testing.browser.page.finding.selectors import wanted_by
from liveview_testing.browser.page.node import Node, Wanted
from liveview_testing.browser.page.place import Place, attributes_of
from liveview_testing.browser.page.templates.skeleton import Element, Hole, Skeleton, Spread
from liveview_testing.browser.page.tree.component_index import IDS, may_hold
from liveview_testing.browser.page.tree.fast_patch import tells
from liveview_testing.browser.page.tree.instance import (
    attributes,
    graft_at,
    hole_parents,
    is_flat,
    named,
    with_ids,
    writes_id,
)
from liveview_testing.browser.page.tree.template_index import TemplateIndex
from liveview_testing.browser.page.tree.tree import Frozen, Keyed, Template

if TYPE_CHECKING:
    from liveview_testing.browser.page.page import Page

_CLICK = "fast click"
_CLEAR = "surroundings of fast clicks"
_PLAIN = frozenset(
    ("button", "div", "span", "p", "td", "tr", "section", "article", "header", "nav", "i", "b", "em", "strong")
)
_OTHERS = frozenset(("phx-target", "data-phx-link", "disabled", "hidden", "style", "form", "inert"))


# --- aims -------------------------------------------------------------------------------------------------------------------


def aimed_click(page: Page, selector: str) -> Json | None:
    """The payload of a click at the one element that matches, if the templates of the page settle which one that is.

    Most clicks of a test are like this, and then it costs a question of the templates, answered once, and few or none of the
    page: 0.4 µs for `#inc` on the page of a counter or `button.own` on that of a chat, where finding the element and asking
    it cost 3.5 and 12; 5 instead of 21 for `#row-500 button`. None: look for the element.
    """
    aims = page.templates.aims
    aim: _Aim | _RowAim | None = aims.get(selector, _UNKNOWN)
    if aim is _UNKNOWN:
        page.templates.make_room()
        aim = aims[selector] = _aim_of(page.templates, selector)
    return None if aim is None else aim.click(page)


class _Aim:
    """An element of the view's own template that sends the same on every page.

    `id`: the one that it, or what is around it, was named by, if another element may have it; `outside`: no container may be
    around it, whose children are not the template's. `payload` is the same object for every click: who puts it into a log does
    not change it, and a callback is given a copy of its values.
    """

    __slots__ = ("id", "outside", "payload")

    def __init__(self, id: str | None, outside: bool, event: str, values: Json) -> None:
        self.id = id
        self.outside = outside
        self.payload: Json = {"type": "click", "event": event, "value": values}

    def click(self, page: Page) -> Json | None:
        if page.tree.grafts is not None and not self.outside:
            return None
        if self.id is not None and _is_elsewhere(page, self.id):
            return None
        return self.payload


_UNKNOWN = _Aim(None, False, "", {})


class _RowAim:
    """A row of a list that is named by its id, and the element in it that is meant: itself, or what a compound matches."""

    __slots__ = ("id", "inside")

    def __init__(self, id: str, inside: Wanted | None) -> None:
        self.id = id
        self.inside = inside

    def click(self, page: Page) -> Json | None:
        tree = page.tree
        if tree.grafts is not None or (page.components and page.registry().holding(self.id)):
            return None
        shape = tree.skeleton
        found: tuple[Hole, Template] | None = None
        for hole in shape.holes:
            value = tree.slots[hole.slot]
            if isinstance(value, Keyed):
                for at in value.rows.positions(IDS, self.id):
                    if found is not None:
                        return None
                    found = hole, value.rows.at(at)
            elif isinstance(value, Template) and may_hold(value, self.id):
                return None
        if found is None:
            return None
        hole, row = found
        host = hole_parents(shape)[hole.slot]
        return self.click_in(row) if host < 0 or _clear_in(shape)[host] else None

    def click_in(self, row: Template) -> Json | None:
        """The click at what is meant; the row's one outermost element has the id, if no other can be seen to have one."""
        shape, inside = row.skeleton, self.inside
        meant = _meant_in(shape, inside)
        if meant is None or row.known_shape is not shape or not is_flat(row):
            return None
        element, others = meant
        for slot in others:
            if tells(cast(str, row.slots[slot])):
                return None
        values = attributes(row, element)
        sent = _sent(element.tag, values) if inside is None or inside.accepts(element, values) else None
        return None if sent is None else {"type": "click", "event": sent[0], "value": sent[1]}


def _is_elsewhere(page: Page, dom_id: str) -> bool:
    """Whether anything but the view's own template may have the id."""
    tree = page.tree
    slots = tree.slots
    for hole in tree.skeleton.holes:
        value = slots[hole.slot]
        if type(value) is not str and isinstance(value, Template | Keyed) and may_hold(value, dom_id):
            return True
    if tree.grafts is not None:
        return True  # what containers hold is for the look-up
    return bool(page.components) and bool(page.registry().holding(dom_id))


def _aim_of(templates: TemplateIndex, selector: str) -> _Aim | _RowAim | None:
    sought = plan(selector)
    option, *others = sought.options
    if others or option.last.positional or templates.raw:
        return None
    wanted = sought.seek(None)
    if sought.lone_id is not None:
        return _aim_at(templates, wanted, sought.lone_id) or _row_aim(templates, sought.lone_id, None)
    if len(option.compounds) == 1:
        return _aim_at(templates, wanted, option.last.ids[0] if option.last.ids else None)
    if option.last.ids:
        return None
    first = option.compounds[0]
    if len(option.compounds) > 2 or option.combinators[1] != " " or first.only_id is None:
        return None
    dom_id, named_so = first.only_id, wanted_by([first], None)
    numbers = named(templates.root)[0].get(dom_id, ())
    if len(numbers) != 1:
        return _row_aim(templates, dom_id, wanted)
    if named_so.reach(templates.root).candidates != numbers:
        return None
    elsewhere = any(named_so.reach(other).candidates for other in templates.others)
    return _aim_at(templates, wanted, dom_id if elsewhere else None, templates.root.elements[numbers[0]])


def _aim_at(templates: TemplateIndex, wanted: Wanted, dom_id: str | None, around: Element | None = None) -> _Aim | None:
    """An aim, if one element matches on every page of these templates, and it is one of the view's own template.

    `dom_id`: the one that it is named by, or `around` if that is what the selector names; no other element may have it.
    """
    shape = templates.root
    candidates = wanted.reach(shape).candidates
    if around is not None:
        candidates = tuple(number for number in candidates if around.number < number < around.end)
    if len(candidates) != 1 or shape in templates.others:
        return None
    if dom_id is None if around is None else _is_open(shape, around):
        if any(wanted.reach(other).candidates for other in templates.others):
            return None
    element = shape.elements[candidates[0]]
    if element.fixed is None or not wanted.accepts(element, element.fixed) or not _is_clear_above(shape, element):
        return None
    sent = _sent(element.tag, element.fixed)
    return None if sent is None else _Aim(dom_id, _is_outside(shape, element), *sent)


def _is_open(shape: Skeleton, element: Element) -> bool:
    """Whether anything but its template's own elements can be in an element."""
    elements = shape.elements[element.number : element.end]
    return any(hole.slot in element.inside for hole in shape.holes) or any(e.may_have("phx-update") for e in elements)


def _row_aim(templates: TemplateIndex, dom_id: str, inside: Wanted | None) -> _RowAim | None:
    """An aim at a row, if the view's own template has no such id."""
    always, depends = named(templates.root)
    return None if dom_id in always or depends else _RowAim(dom_id, inside)


_Meant: TypeAlias = "tuple[Element, tuple[int, ...]]"


def _meant_in(shape: Skeleton, inside: Wanted | None) -> _Meant | None:
    """Which element of a row is meant, and the slots that could bring an id to another than the row itself.

    None unless the row is one element, it alone is written with an id, and only one element in it may match.
    """
    key = ("meant", None if inside is None else inside.key)
    if key in shape.memo:
        return cast("_Meant | None", shape.memo[key])
    found: _Meant | None = None
    elements = shape.elements
    if elements and elements[0].end == len(elements) and elements[0].may_have("id"):
        others = [each for each in with_ids(shape) if each is not elements[0]]
        numbers = (0,) if inside is None else tuple(n for n in inside.reach(shape).candidates if n)
        if len(numbers) == 1 and not any(map(writes_id, others)) and _is_clear_above(shape, elements[numbers[0]]):
            slots = [part.slot for each in others for part in each.attributes if isinstance(part, Spread)]
            found = elements[numbers[0]], tuple(slots)
    shape.memo[key] = found
    return found


def _is_clear_above(shape: Skeleton, element: Element) -> bool:
    """Whether nothing around an element, in its template, can matter to a click at it."""
    return element.parent < 0 or _clear_in(shape)[element.parent]


def _is_outside(shape: Skeleton, element: Element) -> bool:
    """Whether neither the element nor one around it, in its template, may have `phx-update`."""
    while not element.may_have("phx-update"):
        if element.parent < 0:
            return True
        element = shape.elements[element.parent]
    return False


# --- of an element that was found -------------------------------------------------------------------------------------------


def fast_click(node: Node) -> Json | None:
    """The payload of a click at this element, a fresh one; None where it has to be worked out."""
    place, number = node.place, node.number
    if number < 0 or _is_kept(place, number):
        return None
    element = place.shape.elements[number]
    memo = place.shape.memo
    known = memo.get(_CLICK)
    if known is None:
        known = memo[_CLICK] = tuple(
            None if each.fixed is None else _sent(each.tag, each.fixed) for each in place.shape.elements
        )
    found = cast("tuple[tuple[str, Json] | None, ...]", known)[number]
    if found is None and element.fixed is None and element.tag in _PLAIN:
        found = _sent(element.tag, node.attributes)  # of this instance: nothing to remember, but little to do
    if found is None or not _is_clear(place, element.parent):
        return None
    if node.page.owner is not None and node.page.container is not None:
        return None  # what is around the view can matter, too
    event, values = found
    return {"type": "click", "event": event, "value": values.copy()}


def _sent(tag: str, attributes: Mapping[str, str]) -> tuple[str, Json] | None:
    """Event and values, if the element's own attributes settle them."""
    if tag not in _PLAIN:
        return None
    event = attributes.get("phx-click")
    if not event or event.startswith("[") or not _OTHERS.isdisjoint(attributes):
        return None
    values: Json = {name[10:]: value for name, value in attributes.items() if name.startswith("phx-value-")}
    if tag == "button":
        values["value"] = attributes.get("value") or ""
    return event, values


def _is_clear(place: Place, number: int) -> bool:
    """Whether nothing from this element up to the top of the page can matter to a click below it."""
    while True:
        if place.floor >= 0:
            return False
        if number >= 0 and (place.node.grafts is not None or not _clear_in(place.shape)[number]):
            elements, flags, at = place.shape.elements, notable(place.shape), number
            while at >= 0:
                if _is_kept(place, at) or (flags[at] and not _is_harmless(place, elements[at])):
                    return False
                at = elements[at].parent
        if place.above is None:
            return True
        number, place = place.host, place.above


def _is_harmless(place: Place, element: Element) -> bool:
    """Whether an element that could matter, by its template, does not in this instance."""
    if element.tag in TAGS:
        return False
    attributes = attributes_of(place.node, element)
    return not any(name in attributes for name in NAMES)


def _is_kept(place: Place, number: int) -> bool:
    """Whether the element is ignored by patches: it may have attributes that its template does not have."""
    node = place.node
    return node.grafts is not None and isinstance(graft_at(node, place.shape.elements[number]), Frozen)


def _clear_in(shape: Skeleton) -> tuple[bool, ...]:
    memo = shape.memo
    known = memo.get(_CLEAR)
    if known is None:
        clear: list[bool] = []
        for at, element in enumerate(shape.elements):  # parents come before their children
            clear.append(not notable(shape)[at] and (element.parent < 0 or clear[element.parent]))
        known = memo[_CLEAR] = tuple(clear)
    return cast("tuple[bool, ...]", known)
