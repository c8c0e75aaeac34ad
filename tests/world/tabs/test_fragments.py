"""Fragments: the place on a page, of which the browser knows and the server's pages over HTTP do not."""

from __future__ import annotations

from typing import Any

import pytest

from liveview_core import LiveView, Route, Router, Socket, heex
from liveview_testing import Page, Simulation


class Start(LiveView):
    """Ways to a place on another page."""

    def handle_event(self, event: str, params: Any, socket: Socket) -> Any:
        return socket.redirect("/page?by=event#place") if event == "redirect" else socket.push_navigate("/page#place")

    render = heex("""
    <main>
      <a id="plain" href="/page#place">plain</a>
      <a id="hop" href="/hop#place">over a redirect</a>
      <a id="aside" href="/aside#place">over a redirect that knows better</a>
      <.link id="live" navigate="/page#place">live</.link>
      <button id="redirect" phx-click="redirect">redirect</button>
      <button id="navigate" phx-click="navigate">navigate</button>
    </main>
    """)


class Place(LiveView):
    """The page, which tells how it was come to."""

    def handle_params(self, params: Any, uri: str, socket: Socket) -> Any:
        return socket.assign(uri=uri) if socket.connected else socket.assign(uri="", first=uri)

    render = heex("<p>{@uri}</p>")


class Hop(LiveView):
    """It sends on."""

    def mount(self, params: Any, session: Any, socket: Socket) -> Any:
        return socket.redirect("/page")

    render = heex("<p></p>")


class Aside(Hop):
    """It sends to another place."""

    def mount(self, params: Any, session: Any, socket: Socket) -> Any:
        return socket.redirect("/page#other")


ROUTER = Router([Route("/", Start), Route("/page", Place), Route("/hop", Hop), Route("/aside", Aside)])
HOST = "http://www.example.com"


def opened(path: str = "/") -> Page:
    return Simulation(ROUTER).page(path)


@pytest.mark.parametrize(
    ("link", "url"),
    [
        ("plain", "/page#place"),
        ("hop", "/page#place"),
        ("aside", "/page#other"),
        ("live", "/page#place"),
        ("redirect", "/page?by=event#place"),
        ("navigate", "/page#place"),
    ],
)
def test_it_is_kept_on_the_way(link: str, url: str) -> None:
    """However one comes there; the client tells it as it joins, the view's own URL is path and query."""
    page = opened()
    page.locator(f"#{link}").click()
    assert page.url == HOST + url
    assert page.view.url == url.partition("#")[0]
    assert page.locator("p").inner_text() == HOST + url
    page.reload()
    assert page.url == HOST + url
    page.go_back()
    assert page.url == f"{HOST}/"
    page.go_forward()
    assert page.url == HOST + url


def test_the_request_is_without() -> None:
    """A browser sends no fragment over HTTP."""
    view = Simulation(ROUTER).live("/page#place")
    assert (view.url, view.element("p").text) == ("/page", f"{HOST}/page#place")
    uris = [each.payload["url"] for each in view.wire if each.event == "phx_join"]
    assert uris == [f"{HOST}/page#place"]
    assert view.assigns.get("first") is None
    heard: list[str] = []

    class Listening(Place):
        def handle_params(self, params: Any, uri: str, socket: Socket) -> Any:
            heard.append(uri)
            return super().handle_params(params, uri, socket)

    Simulation(Router([Route("/page", Listening)])).live("/page#place")
    assert heard == [f"{HOST}/page", f"{HOST}/page#place"]


def test_going_to_a_place_on_the_page_loads_nothing() -> None:
    """By an address as by a link; to the page itself one goes anew."""
    page = opened("/page")
    count = len(page.sim.history)
    page.goto("/page#place")
    assert (page.url, len(page.sim.history)) == (f"{HOST}/page#place", count)
    page.go_back()
    assert (page.url, len(page.sim.history)) == (f"{HOST}/page", count)
    page.goto("/page")
    assert len(page.sim.history) > count
    page.goto("/page?q=1#place")
    assert page.url == f"{HOST}/page?q=1#place"
