"""The caret of a field that gets the focus: where it was left, as in Chromium."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from liveview_core import LiveView, Socket, heex
from liveview_testing import Page, Simulation


class Fields(LiveView):
    """Fields of several kinds, each with a text."""

    def mount(self, params: Any, session: Any, socket: Socket) -> Any:
        return socket.assign(value="abc", n=0)

    def handle_event(self, event: str, params: Any, socket: Socket) -> Any:
        return socket.assign(value="server") if event == "write" else socket.update("n", lambda n: n + 1)

    render = heex("""
    <form id="f" data-n={@n}>
      <input id="a" name="a" />
      <label for="v">V</label>
      <input id="v" name="v" value={@value} />
      <textarea id="t" name="t">{@value}</textarea>
      <label for="t">T</label>
      <input id="z" name="z" />
      <div id="c" contenteditable="true">abc</div>
      <input id="n" name="n" type="number" value="12" />
      <input id="e" name="e" type="email" value="a@b" />
    </form>
    """)


def keys(page: Page, *each: str) -> bool:
    """Keys, one after the other."""
    for key in each:
        page.keyboard.press(key)
    return True


def elsewhere(page: Page, selector: str) -> bool:
    """The focus leaves the field and comes back."""
    page.locator("#z").focus()
    page.locator(selector).focus()
    return True


WAYS: dict[str, Callable[[Page, str], object]] = {
    "focus": lambda page, at: (page.locator(at).focus(), keys(page, "X")),
    "press": lambda page, at: page.locator(at).press("X"),
    "fill blur focus": lambda page, at: (page.locator(at).fill("12"), elsewhere(page, at), keys(page, "3")),
    "fill blur press": lambda page, at: (
        page.locator(at).fill("12"),
        page.locator("#z").focus(),
        page.locator(at).press("3"),
    ),
    "fill press": lambda page, at: (page.locator(at).fill("12"), page.locator(at).press("3")),
    "focus end type blur focus": lambda page, at: (
        page.locator(at).focus(),
        keys(page, "End", "3", "ArrowLeft"),
        elsewhere(page, at),
        keys(page, "4"),
    ),
    "label": lambda page, at: (page.locator(f"label[for={at[1:]}]").click(), keys(page, "X")),
    "focus left": lambda page, at: (page.locator(at).focus(), keys(page, "ArrowRight", "X")),
    "focus backspace": lambda page, at: (page.locator(at).focus(), keys(page, "Backspace")),
    "focus insert": lambda page, at: (page.locator(at).focus(), page.keyboard.insert_text("7")),
    "tab": lambda page, at: (page.locator("#a").focus(), keys(page, "Tab", "X")),
    "stab from z": lambda page, at: (page.locator("#z").focus(), keys(page, "Shift+Tab", "X")),
    "press blur focus": lambda page, at: (page.locator(at).press("X"), elsewhere(page, at), keys(page, "Y")),
    "selecttext blur focus": lambda page, at: (page.locator(at).select_text(), elsewhere(page, at), keys(page, "Y")),
}

# What is done, to which field, and what Chromium has in it then.
MEASURED = [
    ("focus", "#v", "Xabc"),
    ("focus", "#t", "Xabc"),
    ("focus", "#c", "Xabc"),
    ("focus", "#n", "12"),
    ("focus", "#e", "Xa@b"),
    ("press", "#v", "Xabc"),
    ("press", "#t", "Xabc"),
    ("press", "#c", "Xabc"),
    ("press", "#n", "12"),
    ("press", "#e", "Xa@b"),
    ("fill blur focus", "#v", "123"),
    ("fill blur focus", "#t", "123"),
    ("fill blur focus", "#c", "312"),
    ("fill blur focus", "#n", "123"),
    ("fill blur focus", "#e", "123"),
    ("fill blur press", "#v", "312"),
    ("fill blur press", "#t", "123"),
    ("fill blur press", "#c", "312"),
    ("fill blur press", "#n", "123"),
    ("fill blur press", "#e", "123"),
    ("fill press", "#v", "123"),
    ("fill press", "#t", "123"),
    ("fill press", "#c", "123"),
    ("fill press", "#n", "123"),
    ("fill press", "#e", "123"),
    ("focus end type blur focus", "#v", "abc43"),
    ("focus end type blur focus", "#t", "abc43"),
    ("focus end type blur focus", "#c", "4abc3"),
    ("focus end type blur focus", "#n", "1243"),
    ("focus end type blur focus", "#e", "a@b43"),
    ("label", "#v", "Xabc"),
    ("label", "#t", "Xabc"),
    ("focus left", "#v", "aXbc"),
    ("focus left", "#t", "aXbc"),
    ("focus left", "#c", "aXbc"),
    ("focus left", "#n", "12"),
    ("focus left", "#e", "aX@b"),
    ("focus backspace", "#v", "abc"),
    ("focus backspace", "#t", "abc"),
    ("focus backspace", "#c", "abc"),
    ("focus backspace", "#n", "12"),
    ("focus backspace", "#e", "a@b"),
    ("focus insert", "#v", "7abc"),
    ("focus insert", "#t", "7abc"),
    ("focus insert", "#c", "7abc"),
    ("focus insert", "#n", "712"),
    ("focus insert", "#e", "7a@b"),
    ("tab", "#v", "X"),
    ("stab from z", "#t", "Xabc"),
    ("press blur focus", "#v", "XYabc"),
    ("press blur focus", "#t", "XYabc"),
    ("press blur focus", "#c", "YXabc"),
    ("press blur focus", "#n", "12"),
    ("press blur focus", "#e", "XYa@b"),
    ("selecttext blur focus", "#v", "Y"),
    ("selecttext blur focus", "#t", "Y"),
    ("selecttext blur focus", "#c", "Yabc"),
    ("selecttext blur focus", "#e", "Y"),
]


def text(page: Page, at: str) -> str:
    """What the field has."""
    return page.locator(at).inner_text() if at == "#c" else page.locator(at).input_value()


@pytest.mark.parametrize(("way", "at", "expected"), MEASURED)
def test_where_a_text_is_written(way: str, at: str, expected: str) -> None:
    page = Simulation().page(Fields)
    WAYS[way](page, at)
    assert text(page, at) == expected


@pytest.mark.parametrize("at", ["#v", "#t"])
def test_what_a_patch_writes_moves_the_caret_behind_it(at: str) -> None:
    """And what leaves a value as it is leaves the caret where it is."""
    page = Simulation().page(Fields)
    page.view.render_click("other")
    page.locator(at).focus()
    keys(page, "ArrowRight", "X")
    assert text(page, at) == "aXbc"
    page = Simulation().page(Fields)
    page.locator(at).press("X")
    page.locator("#z").focus()
    page.view.render_click("write")
    page.locator(at).focus()
    keys(page, "Y")
    assert text(page, at) == "serverY"


def test_a_click_is_behind_the_text() -> None:
    """Where it hits nobody knows; in a field that has the focus the caret stays."""
    page = Simulation().page(Fields)
    page.locator("#v").click()
    keys(page, "X")
    assert text(page, "#v") == "abcX"
