"""The focus of what is hidden or disabled: lost as the next frame is drawn, with what is heard of that."""

from __future__ import annotations

from typing import Any

import pytest

from liveview_core import LiveView, Socket, heex
from liveview_testing import Page, Simulation, expect
from liveview_testing.browser.browser import FRAME_MS
from tests.harness.html_pages import logged
from tests.harness.lost_focus import CASES, Case


class Changing(LiveView):
    """Any html, then other."""

    def __init__(self, before: str, after: str) -> None:
        self.before, self.after = before, after

    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(html=self.before)

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        return socket.assign(html=self.after)

    render = heex("{raw(@html)}<input id='z'>")


@pytest.mark.parametrize("case", CASES, ids=[case.after for case in CASES])
def test_when_the_focus_is_lost(case: Case) -> None:
    """PF-12: by a patch."""
    sim = Simulation(checks={"duplicate id": "ignore"})
    page = sim.page(Changing(case.before, case.after))
    field = page.locator("#a")
    field.focus()
    with logged() as log:
        page.view.render_click("change")
        at_once = page.locator("#a:focus").count() == 0
        sim.clock.advance(FRAME_MS / 1000)
        lost = page.locator("#a:focus").count() == 0
    assert ("at once" if at_once else "next frame" if lost else "stays") == case.when
    heard = [line for line in log.lines if line.split(" ")[0] in ("blur", "focusout")]
    assert heard == ([] if case.when == "stays" else ["blur #a", "focusout #a"])


class Steps(LiveView):
    """A field that hides, and what hears that it was left."""

    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(shown=True, off=False, heard=[])

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        match event:
            case "hide":
                return socket.assign(shown=False)
            case "off":
                return socket.assign(off=True)
            case "show":
                return socket.assign(shown=True, off=False)
            case _:
                return socket.update("heard", lambda heard: [*heard, (event, params.get("a") or params.get("value"))])

    render = heex("""
    <form id="f" phx-change="changed">
      <input id="before" name="x" />
      <div hidden={not @shown}>
        <input id="a" name="a" phx-blur="left" phx-debounce="blur" disabled={@off} />
      </div>
      <button type="button" phx-click={JS.hide(to="#a")}>Hide</button>
      <input id="after" name="y" />
    </form>
    """)


def steps() -> Page:
    """A page of it, with something typed."""
    page = Simulation().page(Steps())
    page.locator("#a").press_sequentially("tea")
    return page


@pytest.mark.parametrize("how", ["hide", "off"])
def test_it_is_heard_that_the_field_was_left(how: str) -> None:
    """DT-9: what waits for the blur is sent, and the blur itself."""
    page = steps()
    page.view.render_click(how)
    assert page.view.assigns.heard == []
    expect(page.locator("#a")).not_to_be_focused()
    assert [event for event, _ in page.view.assigns.heard] == ["changed", "left"]


def test_what_can_have_the_focus_again_by_then_keeps_it() -> None:
    page = steps()
    page.view.render_click("off")
    page.view.render_click("show")
    page.wait_for_timeout(100)
    expect(page.locator("#a")).to_be_focused()
    assert page.view.assigns.heard == []


@pytest.mark.parametrize(("key", "there"), [("Tab", "button"), ("Shift+Tab", "#before")])
def test_tab_goes_on_from_where_it_was(key: str, there: str) -> None:
    """AC-11: who presses a key has seen that it is gone."""
    page = steps()
    page.view.render_click("hide")
    page.keyboard.press("x")
    expect(page.locator("#a")).to_have_value("tea")
    page.keyboard.press(key)
    expect(page.locator(there)).to_be_focused()


def test_a_command_that_hides_takes_the_focus() -> None:
    page = steps()
    page.get_by_role("button").dispatch_event("click")
    page.wait_for_timeout(1_000)
    expect(page.locator("#a")).not_to_be_focused()
    assert "left" in [event for event, _ in page.view.assigns.heard]
