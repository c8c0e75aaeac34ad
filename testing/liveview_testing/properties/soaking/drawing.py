"""What somebody could do at a page, drawn by a stream of chance.

Owns `draw`, which reads the page as it is and answers with something to do: a click, a text, a choice, a key, the way back. Law:
the same page and the same stream give the same act; only what can be seen and is enabled is drawn.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any

from liveview_testing.browser.accessibility import DomElement, is_visible
from liveview_testing.browser.accessibility.served import options, type_of
from liveview_testing.browser.accessibility.states import disabled
from liveview_testing.user.locators.acting.acting import UNWRITTEN, value_of
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
    locator = page.located(suggestion(element, page.reading))
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


def _wanted(page: Page, kind: str) -> list[DomElement]:
    test = {"click": _is_clicked, "twice": _is_clicked, "fill": _is_written, "enter": _is_written}.get(kind, _is_select)
    return [each for each in page.reading.body.iter() if test(each) and not disabled(each) and is_visible(each)]


def _is_clicked(element: DomElement) -> bool:
    if element.tag == "input":
        return type_of(element) in ("checkbox", "radio", "submit", "button", "reset")
    if element.tag == "a":
        return element.has("href")
    return element.tag == "button" or element.has("phx-click")


def _is_written(element: DomElement) -> bool:
    return element.tag == "textarea" or (element.tag == "input" and type_of(element) not in UNWRITTEN)


def _is_select(element: DomElement) -> bool:
    return element.tag == "select"
