"""Commands that lead elsewhere, in the middle of a list."""

from __future__ import annotations

from typing import Any

import pytest

from liveview_core import JS, LiveView, Socket, heex
from liveview_core.views.router import Route, Router
from liveview_testing import Page, Simulation


class Here(LiveView):
    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(n=0, p="")

    def handle_params(self, params: Any, uri: str, socket: Socket) -> Socket:
        return socket.assign(p=params.get("p", ""))

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        return socket.assign(n=socket.assigns.n + 1)

    render = heex(
        """<b id="n">{@n}</b><i id="p">{@p}</i><p id="mark"></p>
        <button id="patch" phx-click={JS.push("before").patch("/?p=1").push("after")}>patch</button>
        <button id="same" phx-click={JS.patch("/")}>same</button>
        <button id="nav" phx-click={JS.push("before").navigate("/there").push("lost").add_class("on", to="body")}>nav</button>
        <button id="only" phx-click={JS.add_class("a", to="#mark").patch("/?p=2", replace=True)}>only</button>""",
        names={"JS": JS},
    )


class There(LiveView):
    render = heex("<h1>there</h1>")


def opened() -> Page:
    return Simulation(Router([Route("/", Here), Route("/there", There)])).page("/")


def frames(page: Page) -> list[str]:
    return [each.payload.get("event", each.event) for each in page.network.in_flight if each.direction == "client"]


def test_a_patch_goes_in_its_place_among_the_pushes() -> None:
    """JC-32, JC-2."""
    page = opened()
    page.network.latency(0.1)
    page.locator("#patch").click()
    assert frames(page) == ["before", "live_patch", "after"]
    assert "phx-click-loading" in (page.locator("#patch").get_attribute("class") or "")
    page.sim.clock.advance(seconds=1)
    assert (page.url, page.locator("#n").text_content(), page.locator("#p").text_content()) == (
        "http://www.example.com/?p=1",
        "2",
        "1",
    )


def test_a_patch_to_the_same_address_is_asked_for_and_not_written_down() -> None:
    """JC-32, CN-42."""
    page = opened()
    page.locator("#same").click()
    assert any(each.name == "phx:navigate" for each in page.events)
    page.go_back()
    assert page.url == "http://www.example.com/"


def test_a_replaced_place_is_none_to_go_back_to() -> None:
    """JC-32, CN-41."""
    page = opened()
    page.locator("#only").click()
    page.sim.clock.advance(seconds=0.02)
    assert page.locator("#mark").get_attribute("class") == "a"
    page.go_back()
    assert page.url == "http://www.example.com/?p=2"


def test_after_navigate_pushes_find_no_view_and_the_other_commands_run() -> None:
    """JC-33, CE-63."""
    page = opened()
    page.network.latency(0.1)
    page.locator("#nav").click()
    assert "lost" not in frames(page) and frames(page)[0] == "before"
    page.sim.clock.advance(seconds=1)
    assert page.url == "http://www.example.com/there"
    assert page.locator("body").get_attribute("class") == "on"


class Left(LiveView):
    render = heex(
        """<p id="mark"></p>
        <button phx-click={JS.dispatch("app:a", to="#mark").navigate("/there").dispatch("app:b", to="#mark")}>go</button>""",
        names={"JS": JS},
    )


def test_what_follows_a_navigate_happens_once_the_next_view_is_asked_to_join() -> None:
    """JC-33: what stands before it, at once."""
    page = Simulation(Router([Route("/", Left), Route("/there", There)])).page("/")
    page.network.latency(0.1)
    page.get_by_role("button").click()
    assert [each.name for each in page.events] == [
        "app:a",
        "phx:page-loading-start",
        "phx:page-loading-start",
        "app:b",
    ]


class Linked(Here):
    render = heex(
        """<i id="p">{@p}</i><.link id="link" patch="/?p=1">1</.link><b id="js" phx-click={JS.patch("/?p=1")}>1</b>"""
    )


@pytest.mark.parametrize("clicked", ["#link", "#js"])
def test_a_patch_while_the_view_joins_again_loads_the_page_anew(clicked: str) -> None:
    """CN-40: the connection is there, the view is not; nothing is asked of it, and the address is the one that was."""
    page = Simulation(Router([Route("/", Linked)])).page("/")
    page.network.drop()
    page.network.latency(0.1)
    page.network.restore()
    page.sim.clock.advance(seconds=0.05)
    assert frames(page) == ["phx_join"]
    page.locator(clicked).click()
    assert page.view.id == "phx-1-1"
    page.sim.clock.advance(seconds=30)
    assert (page.url, page.locator("#p").text_content()) == ("http://www.example.com/", "")
    assert [each.event for each in page.view.wire if each.direction == "client"] == ["phx_join"]
