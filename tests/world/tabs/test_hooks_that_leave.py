"""Pages that a hook leaves: in a tab that only LiveViewTest's handles look at, where it goes they follow."""

from __future__ import annotations

from typing import Any

import pytest

from liveview_core import JS, LiveView, Route, Router, Socket, heex
from liveview_testing import ClientHook, Simulation
from liveview_testing.browser.lifecycle.hook_element import HookElement

LEAVES: dict[str, tuple[list[tuple[str, dict[str, Any]]], str]] = {
    "navigate": ([("navigate", {"href": "/b"})], "<Redirected by live_redirect to '/b'>"),
    "elsewhere": ([("navigate", {"href": "http://x.y/b"})], "<Redirected by live_redirect to 'http://x.y/b'>"),
    "an ordinary link": ([("dispatch", {"event": "click", "to": "#link"})], "<Redirected by redirect to '/b'>"),
    "a link with a method": ([("dispatch", {"event": "click", "to": "#delete"})], "<Redirected by redirect to '/b'>"),
    "a form": ([("dispatch", {"event": "click", "to": "#send"})], "<Redirected by redirect to '/b?a=1'>"),
    "two ways": (
        [("navigate", {"href": "/b"}), ("dispatch", {"event": "click", "to": "#link"})],
        "<Redirected by live_redirect to '/b'>",
    ),
}


class Leaving(ClientHook):
    dom_events = ("leave",)

    def handle_dom_event(self, el: HookElement, event: Any) -> None:
        for command, args in LEAVES[event.detail["how"]][0]:
            el.js(command, args)


class Page(LiveView):
    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(ways=tuple(LEAVES))

    render = heex(
        """<div id="hook" phx-hook="Leaving"></div><a id="link" href="/b">b</a><a id="mail" href="mailto:a@b.c">mail</a>
        <a id="delete" href="/b" data-method="delete" data-to="/b" data-csrf="x">delete</a>
        <form action="/b" method="get"><input name="a" value="1" /><button id="send">send</button></form>
        <button :for={how in @ways} class="way" phx-click={JS.dispatch("leave", to="#hook", detail={"how": how})}>{how}</button>""",
        names={"JS": JS},
    )


class Other(LiveView):
    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket

    render = heex("<p>other</p>")


ROUTER = Router([Route("/", Page), Route("/b", Other)])


@pytest.mark.parametrize("how", LEAVES)
def test_where_a_hook_goes_is_told_to_the_handle(how: str) -> None:
    view = Simulation(ROUTER, hooks={"Leaving": Leaving()}).live("/")
    left = view.element(".way", how).render_click()
    assert repr(left) == LEAVES[how][1]


def test_a_person_follows_a_link_to_a_program_of_another_kind_and_stays() -> None:
    page = Simulation(ROUTER, hooks={"Leaving": Leaving()}).page("/")
    page.locator("#mail").click()
    assert page.url == "http://www.example.com/"
    page.locator("#link").click()
    assert page.get_by_text("other").is_visible()
