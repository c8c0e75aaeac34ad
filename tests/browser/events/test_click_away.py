"""Where a click began decides what it is away from."""

from __future__ import annotations

from typing import Any

from liveview_core import LiveView, Socket, heex
from liveview_testing import Page, Simulation


class Menu(LiveView):
    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(heard=())

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        return socket.update("heard", lambda heard: (*heard, event))

    render = heex("""
    <main><p id="menu" phx-click-away="away"><b id="inside">x</b></p><button id="beside" phx-click="beside">o</button></main>
    """)


def opened() -> Page:
    return Simulation().page(Menu)


def heard(page: Page) -> list[str]:
    return list(page.view.assigns.heard)


def test_a_click_away_comes_before_the_click() -> None:
    page = opened()
    page.locator("#inside").click()
    assert heard(page) == []
    page.locator("#beside").click()
    assert heard(page) == ["away", "beside"]


def test_a_press_that_was_no_click_is_forgotten_by_a_key() -> None:
    """A right click presses inside and clicks nothing: the click that a key makes begins where it is."""  # CE-18
    page = opened()
    page.locator("#inside").click(button="right")
    page.locator("#beside").press("Enter")
    assert heard(page) == ["away", "beside"]


def test_what_is_pressed_inside_and_let_go_outside_is_not_away() -> None:
    """The click is on what is around both, and began inside."""  # CE-18
    page = opened()
    page.locator("#inside").drag_to(page.locator("#beside"))
    assert heard(page) == []
    page.locator("#beside").drag_to(page.locator("#inside"))
    assert heard(page) == ["away"]


class Labelled(Menu):
    render = heex("""
    <main><p id="menu" phx-click-away="away"><label id="inside" for="box">x</label></p><input id="box" type="checkbox" /></main>
    """)


def test_the_click_that_a_label_makes_begins_at_its_control() -> None:
    """The press was on the label, whose own click is done."""  # CE-18
    page = Simulation().page(Labelled)
    page.locator("#inside").click()
    assert heard(page) == ["away"]
