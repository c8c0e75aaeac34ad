"""Selects under keys and the mouse: closed, open over the page, and those that show several options."""

from __future__ import annotations

from typing import Any

import pytest

from liveview_core import LiveView, Socket, heex
from liveview_testing import Page, Simulation, expect
from tests.harness.html_pages import logged, shown
from tests.harness.option_lists import Measured, letters, measured, play


@pytest.mark.parametrize("known", [pytest.param(each, id=name) for name, each in measured().items()])
def test_what_was_measured(known: Measured) -> None:
    """AC-2, AC-5, PF-8."""
    page = shown(known.html)
    with logged() as log:
        chosen = play(page, known.acts)
    assert (chosen, letters(log.lines)) == (known.chosen, known.heard)


class Colours(LiveView):
    """A form with two selects, whose second follows the first; it notes what it hears."""

    def mount(self, params: Any, session: Any, socket: Socket) -> Any:
        return socket.assign(heard=[], keys=[], options=["Red", "Green", "Blue"], shown=True, quiet=False)

    def handle_event(self, event: str, params: Any, socket: Socket) -> Any:
        match event:
            case "key":
                return socket.update("keys", lambda keys: [*keys, params["key"]])
            case "fewer":
                return socket.assign(options=["Green", "Blue"])
            case "hide":
                return socket.assign(shown=False)
            case _:
                return socket.update("heard", lambda heard: [*heard, params.get("colour")])

    render = heex("""
    <div phx-window-keydown="key">
      <form id="f" phx-change="changed">
        <label :if={@shown}>Colour <select name="colour"><option :for={each in @options}>{each}</option></select></label>
        <input name="other" aria-label="Other" />
      </form>
    </div>
    """)


def colours() -> Page:
    """A page of it, with the list of the select open and its second row marked."""
    page = Simulation().page(Colours())
    page.get_by_label("Colour").click()
    page.keyboard.press("ArrowDown")
    return page


def test_the_view_hears_of_what_is_marked_once_the_list_closes() -> None:
    page = colours()
    assert page.view.assigns.heard == []
    expect(page.get_by_label("Colour")).to_have_value("Red")
    page.keyboard.press("Enter")
    assert set(page.view.assigns.heard) == {"Green"}
    assert page.view.assigns.keys == []  # the page hears no key while a list is open
    page.keyboard.press("ArrowDown")
    assert page.view.assigns.keys == ["ArrowDown"]


def test_what_takes_the_focus_closes_the_list() -> None:
    page = colours()
    page.get_by_label("Other").fill("x")
    assert page.view.assigns.heard[0] == "Green"
    assert page.view.assigns.keys == []


def test_the_client_takes_the_focus_from_a_select_that_is_patched() -> None:
    """FI-12: so its list closes, and what was marked is chosen while it is still there."""
    page = colours()
    page.view.render_click("fewer")
    assert page.view.assigns.heard[0] == "Green"
    expect(page.get_by_label("Colour")).to_have_value("Green")


def test_a_select_that_leaves_takes_its_list_along() -> None:
    page = colours()
    page.view.render_click("hide")
    page.keyboard.press("x")
    assert page.view.assigns.keys == ["x"]
