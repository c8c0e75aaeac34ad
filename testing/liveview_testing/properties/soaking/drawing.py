"""What somebody could do at a page, drawn by a stream of chance.

Owns `draw`, which reads the page as it is and answers with something to do: a click, a text, a choice, a key, the way back. Law:
the same page and the same stream give the same act; only what can be seen and is enabled is drawn.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random
from typing import Any

from liveview_core.values.patterns import late_pattern
from liveview_testing.browser.accessibility import DomElement, is_visible
from liveview_testing.browser.accessibility.served import options
from liveview_testing.browser.accessibility.states import disabled
from liveview_testing.browser.page.controls import input_type
from liveview_testing.user.locators.acting.acting import UNWRITTEN, value_of
from liveview_testing.user.locators.finding.css_reader import read_css
from liveview_testing.user.locators.finding.query import BySelector, Query
from liveview_testing.user.locators.finding.reading import Reading
from liveview_testing.user.locators.finding.suggesting import suggestion
from liveview_testing.user.simulation import Page

KINDS = ("click", "fill", "select", "enter", "key", "travel", "twice")
TEXTS = ("", "a", "milk", "<b>&", "  ", "12", "-1", "é", "x" * 40)
KEYS = ("Escape", "Tab", "Enter", "ArrowDown")

Doing = Callable[[], Any]


def draw(page: Page, chance: Random, kinds: tuple[str, ...]) -> Doing | None:
    """Something to do at a page, of one of these kinds; None if it offers nothing of the kind."""
    kind = chance.choice(kinds)
    if kind == "key":
        key = chance.choice(KEYS)
        return lambda: page.keyboard.press(key)
    if kind == "travel":
        return _travel(page, chance)
    wanted = _wanted(page, kind)
    if not wanted:
        return None
    element = wanted[chance.randrange(len(wanted))]
    locator = page.located(told(element, page.reading))
    match kind:
        case "click":
            return locator.click
        case "twice":
            return locator.dblclick
        case "fill":
            text = chance.choice(TEXTS)
            return lambda: locator.fill(text)
        case "enter":
            return lambda: locator.press("Enter")
        case _:
            values = [value_of(each) for each in options(element) if not disabled(each)]
            if not values:
                return None
            value = chance.choice(values)
            return lambda: locator.select_option(value)


def _travel(page: Page, chance: Random) -> Doing | None:
    history = page.state.history
    offered: list[Doing] = []
    if history.at > 0:
        offered.append(page.go_back)
    if history.moved(1) is not None:
        offered.append(page.go_forward)
    return chance.choice(offered) if offered else None


def told(element: DomElement, reading: Reading) -> Query:
    """An element by what its author calls it: an id, or an attribute below one. It costs no look at the rest of the page.

    Where there is no such name it is what a person would write.
    """
    around, own = element, _id_of(element, reading)
    while not own and around.parent is not None:
        around = around.parent
        own = _id_of(around, reading)
    if own and around is element:
        return Query((BySelector(read_css(own), own),))
    scope, outer = (around, f"{own} ") if own else (reading.root, "")
    for attribute in ("phx-click", "name", "href", "phx-value-id"):
        value = element.get(attribute)
        if value and _PLAIN.fullmatch(value):
            selector = f'{element.tag}[{attribute}="{value}"]'
            if len(reading.find(scope, selector)) == 1:
                return Query((BySelector(read_css(outer + selector), outer + selector),))
    return suggestion(element, reading)


def _id_of(element: DomElement, reading: Reading) -> str:
    """The selector of an element's own id, if it is its alone."""
    dom_id = element.get("id")
    if not dom_id or element.get("data-phx-session") is not None or not _PLAIN_ID.fullmatch(dom_id):
        return ""
    return f"#{dom_id}" if reading.by_id(dom_id) is element else ""


_PLAIN = late_pattern(r"[-\w /?=&.#:]+", re.ASCII)
_PLAIN_ID = late_pattern(r"[A-Za-z_][-\w]*", re.ASCII)


def _wanted(page: Page, kind: str) -> list[DomElement]:
    selector, test = _WANTED.get(kind, ("select", _is_select))
    reading = page.reading
    found = reading.find(reading.body, selector)
    return [each for each in found if test(each) and not disabled(each) and is_visible(each)]


def _is_clicked(element: DomElement) -> bool:
    if element.tag == "input":
        return input_type(element) in ("checkbox", "radio", "submit", "button", "reset")
    if element.tag == "a":
        return element.has("href")
    return element.tag == "button" or element.has("phx-click")


def _is_written(element: DomElement) -> bool:
    return element.tag == "textarea" or (element.tag == "input" and input_type(element) not in UNWRITTEN)


def _is_select(element: DomElement) -> bool:
    return element.tag == "select"


_WANTED: dict[str, tuple[str, Callable[[DomElement], bool]]] = {
    "click": ("a[href], button, input, [phx-click]", _is_clicked),
    "twice": ("a[href], button, input, [phx-click]", _is_clicked),
    "fill": ("textarea, input", _is_written),
    "enter": ("textarea, input", _is_written),
}
