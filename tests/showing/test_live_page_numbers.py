"""Texts in a number field that are no number, in the simulation and in Chromium: jsdom, where the official client is asked else,
knows of none.
"""  # CE-41, FI-13

from __future__ import annotations

from typing import Any

import pytest

from liveview_core import LiveView, Socket, heex
from liveview_core.views.router import Route, Router
from liveview_testing import Page, expect


class Amounts(LiveView):
    """A field that shows what its form was told last, doubled, and a way to change it from elsewhere."""

    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(told=(), amount="", step=None)

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        if event == "server":
            return socket.assign(amount="7", step="2")
        said = params.get("amount", "none") or "empty"
        return socket.assign(told=(*socket.assigns.told, said))

    render = heex("""
      <form id="f" phx-change="typed"><input id="a" type="number" name="amount" value={@amount} step={@step}>
        <input id="b" name="other"></form>
      <button id="s" phx-click="server">s</button><p role="status">{" ".join(@told)}</p>
    """)


@pytest.fixture
def liveview_router() -> Router:
    return Router([Route("/", Amounts)])


def test_a_text_that_is_no_number_is_not_told(live_page: Page) -> None:  # CE-41
    live_page.goto("/")
    live_page.locator("#a").focus()
    for key in ("1", "e", "3", "e", "Backspace"):  # the second e is not taken
        live_page.keyboard.press(key)
    expect(live_page.get_by_role("status")).to_have_text("1 1e3")
    live_page.locator("#b").focus()  # nor as it is left
    expect(live_page.get_by_role("status")).to_have_text("1 1e3")
    live_page.locator("#b").press("x")  # another field of the form tells what the field has: nothing
    expect(live_page.get_by_role("status")).to_have_text("1 1e3 empty")


def test_a_number_that_is_not_written_as_its_value_is(live_page: Page) -> None:  # CE-41
    live_page.goto("/")
    live_page.locator("#a").focus()
    for key in ("+", "2", ".", "Home", "Delete", "-", "ArrowLeft", "7", "End", "5"):
        live_page.keyboard.press(key)
    expect(live_page.locator("#a")).to_have_value("-2.5")
    expect(live_page.get_by_role("status")).to_have_text("2 2 2 -2 -2.5")


@pytest.mark.parametrize("focused", [True, False])
def test_a_patch_leaves_a_field_alone_whose_text_is_no_number(live_page: Page, focused: bool) -> None:  # FI-13
    live_page.goto("/")
    number = live_page.locator("#a")
    number.focus()
    live_page.keyboard.press("-")
    if not focused:
        live_page.locator("#b").focus()
    live_page.locator("#s").dispatch_event("click")
    expect(number).to_have_value("")
    expect(number).not_to_have_attribute("step", "2")
    number.focus()
    live_page.keyboard.press("End")
    live_page.keyboard.press("4")  # what was typed is there still
    expect(number).to_have_value("-4")
    expect(live_page.get_by_role("status")).to_have_text("-4")
    live_page.locator("#s").dispatch_event("click")


def test_a_patch_comes_to_a_field_that_is_a_number_again(live_page: Page) -> None:  # FI-13
    live_page.goto("/")
    number = live_page.locator("#a")
    number.focus()
    live_page.keyboard.press("-")
    live_page.keyboard.press("Backspace")
    live_page.locator("#b").focus()
    live_page.locator("#s").dispatch_event("click")
    expect(number).to_have_attribute("step", "2")
    expect(number).to_have_value("7")
