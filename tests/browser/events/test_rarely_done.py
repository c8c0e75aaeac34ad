"""What seldom happens to a page: events that a hook prevents, dialogs of forms, links while there is no line, styles that hide."""

from __future__ import annotations

from typing import Any

import pytest

from liveview_core import JS, LiveView, Route, Router, Socket, heex
from liveview_testing import ClientHook, Page, Simulation, expect
from liveview_testing.browser.lifecycle.hook_element import HookElement
from tests.harness.html_pages import shown

_ = JS


class Preventing(ClientHook):
    dom_events = ("reset", "click", "dragstart", "focusin")

    def handle_dom_event(self, el: HookElement, event: Any) -> None:
        if event.type == "focusin":
            el.push_event("focused")
        else:
            event.prevent_default()


class Entered(ClientHook):
    dom_events = ("dragenter",)

    def handle_dom_event(self, el: HookElement, event: Any) -> None:
        el.set_attribute("title", "entered")


class Hooked(LiveView):
    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(n=0, gone=False)

    def handle_params(self, params: Any, uri: str, socket: Socket) -> Socket:
        return socket.assign(n=len(params))

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        return socket.assign(gone=True) if event == "focused" else socket

    render = heex("""
    <div id="h" phx-hook="Preventing">
      <form id="f"><input id="text" name="text" value="was" /><button type="reset" id="r">reset</button></form>
      <label><input type="checkbox" id="box" /> box</label><label><input type="radio" name="one" id="radio" /> radio</label>
      <p id="dragged" draggable="true">drag</p>
    </div>
    <p id="there" phx-hook="Entered">drop</p><p id="free" draggable="true">drag me</p>
    <form id="g"><input id="other" value="was" /><button type="reset" id="rr">reset</button></form>
    <a id="mail" href="mailto:a@b.c" phx-click="">mail</a><.link id="patch" patch="/?a=1">patch</.link>
    <.link id="navigate" navigate="/other">navigate</.link><b>{@n}</b>
    """)


class Other(LiveView):
    render = heex("<p>other</p>")


@pytest.fixture
def page() -> Page:
    router = Router([Route("/", Hooked), Route("/other", Other)])
    return Simulation(router, hooks={"Preventing": Preventing(), "Entered": Entered()}).page("/")


def test_a_reset_that_is_prevented_resets_nothing(page: Page) -> None:
    """PF-5"""
    page.locator("#text").fill("now")
    page.locator("#r").dispatch_event("click")
    assert page.locator("#text").input_value() == "now"
    page.locator("#other").fill("now")
    page.locator("#rr").click()
    assert page.locator("#other").input_value() == "was"


def test_a_click_that_is_prevented_ticks_nothing(page: Page) -> None:
    for dom_id in ("box", "radio"):
        page.locator(f"#{dom_id}").click()
        assert not page.locator(f"#{dom_id}").is_checked()


def test_a_drag_that_is_prevented_does_not_begin(page: Page) -> None:
    page.locator("#free").drag_to(page.locator("#there"))
    assert page.locator("#there").get_attribute("title") == "entered"
    page.reload()
    page.locator("#dragged").drag_to(page.locator("#there"))
    assert page.locator("#there").get_attribute("title") is None


def test_a_link_to_another_program_stays(page: Page) -> None:
    """CE-15"""
    page.locator("#mail").click()
    assert page.url == "http://www.example.com/"
    assert page.view.live_children() == []


@pytest.mark.parametrize(("link", "url"), [("patch", "/?a=1"), ("navigate", "/other")])
def test_without_a_line_a_live_link_loads_its_page(page: Page, link: str, url: str) -> None:
    """CN-33: the client has nobody to ask."""
    page.network.drop()
    page.locator(f"#{link}").click()
    page.network.restore()
    page.sim.clock.advance(10)
    assert page.url == f"http://www.example.com{url}"


def test_a_form_of_a_dialog_closes_it() -> None:
    page = shown('<dialog id="d" open><form method="dialog"><button id="b">ok</button></form></dialog>')
    page.locator("#b").click()
    assert page.locator("#d").is_hidden()
    alone = shown('<form method="dialog"><button id="b">ok</button></form>')
    alone.locator("#b").click()
    assert alone.url == "http://www.example.com/"


class Styled(LiveView):
    render = heex("""
    <p id="a" class="hidden">a</p><p id="c">c</p><p id="e" class="md">e</p><input type="hidden" id="i" />
    <button phx-click={JS.toggle(to="#a").toggle(to="#c").toggle(to="#e").toggle(to="#i")}>toggle</button>
    """)


def test_what_the_styles_of_a_test_hide_is_toggled() -> None:
    """VI-5: by a class, or by a selector."""
    page = Simulation(styles={"hidden": "hidden", "p#c": "hidden", "md": "inline"}).page(Styled)
    assert [page.locator(f"#{each}").is_visible() for each in "ace"] == [False, False, True]
    page.get_by_role("button").click()
    page.sim.clock.advance(1)
    expect(page.locator("#a")).to_have_attribute("style", "display: block;")
    expect(page.locator("#c")).to_have_attribute("style", "display: block;")
    expect(page.locator("#e")).to_have_attribute("style", "display: none;")
