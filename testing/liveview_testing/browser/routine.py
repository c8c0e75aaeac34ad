"""Clicks that are a fact of the template: what an ordinary button sends is the same in every version of the page.

Most clicks of a test are at a button with an event's name, around which nothing listens, links, hides or disables. Where its
attributes are all static the payload is worked out once for the template, and kept with it; everything else is for `payloads`.

Law: where `routine_click` answers, it answers what `payloads.click` would.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, cast

from liveview_testing.browser.actions import Json
from liveview_testing.browser.controls import NAMES, TAGS, notable
from liveview_testing.browser.element import Node
from liveview_testing.browser.instance import graft_at, named
from liveview_testing.browser.place import Place, attributes_of
from liveview_testing.browser.registry import may_hold
from liveview_testing.browser.selectors import plan
from liveview_testing.browser.skeleton import Element, Skeleton
from liveview_testing.browser.tree import Frozen, Keyed, Template

if TYPE_CHECKING:
    from liveview_testing.browser.page import Page

_AIMS = "routine aims"
_CLICK = "routine click"
_CLEAR = "routine surroundings"
_PLAIN = frozenset(
    ("button", "div", "span", "p", "td", "tr", "section", "article", "header", "nav", "i", "b", "em", "strong")
)
_OTHERS = ("phx-target", "data-phx-link", "disabled", "hidden", "style", "form", "inert")


def aimed_click(page: Page, selector: str) -> Json | None:
    """The payload of a click at `#id`, if the view's own template settles which element that is and what it sends.

    Most clicks of a test are like this one, and then it costs a question of the template and none of its values: 0.4 µs on the
    page of a counter, where finding the element and asking it cost 3.5. None: look for the element.
    """
    tree = page.tree
    shape = tree.shape
    aims: Any = shape.memo.get(_AIMS)
    if aims is None:
        aims = shape.memo[_AIMS] = {}
    aim: _Aim | None = aims.get(selector, _UNKNOWN)
    if aim is _UNKNOWN:
        aim = aims[selector] = _aim_of(shape, selector)
    if aim is None or tree.grafts is not None:
        return None
    slots = tree.slots
    for hole in shape.holes:  # nothing else on the page may have the id
        value = slots[hole.slot]
        if type(value) is not str and isinstance(value, Template | Keyed) and may_hold(value, aim.id):
            return None
    if page.components and page.registry().holding(aim.id):
        return None
    return {"type": "click", "event": aim.event, "value": aim.values.copy()}


class _Aim:
    """What a selector means on every page of one template: the id it names, and what a click there sends."""

    __slots__ = ("event", "id", "values")

    def __init__(self, id: str, event: str, values: Json) -> None:
        self.id = id
        self.event = event
        self.values = values


_UNKNOWN = _Aim("", "", {})


def _aim_of(shape: Skeleton, selector: str) -> _Aim | None:
    dom_id = plan(selector).lone_id
    always, depends = named(shape)
    numbers = () if dom_id is None or depends else always.get(dom_id, ())
    if dom_id is None or len(numbers) != 1:
        return None
    element = shape.elements[numbers[0]]
    sent = None if element.fixed is None else _sent(element.tag, element.fixed)
    if sent is None or not (element.parent < 0 or _clear_in(shape)[element.parent]):
        return None
    return _Aim(dom_id, *sent)


def routine_click(node: Node) -> Json | None:
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
    event, values = found
    return {"type": "click", "event": event, "value": values.copy()}


def _sent(tag: str, attributes: Mapping[str, str]) -> tuple[str, Json] | None:
    """Event and values, if the element's own attributes settle them."""
    if tag not in _PLAIN:
        return None
    event = attributes.get("phx-click")
    if not event or event.startswith("[") or any(name in attributes for name in _OTHERS):
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
