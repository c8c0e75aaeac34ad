"""A page with a view inside of a view: what the inner one shows is on the page however somebody came there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from liveview_core import LiveView, Route, Router, Socket, heex
from liveview_testing import Page, Simulation, expect


class Clock(LiveView):
    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        socket = socket.send_interval("tick", 1) if socket.connected else socket
        return socket.assign(seconds=0)

    def handle_info(self, message: Any, socket: Socket) -> Socket:
        return socket.update("seconds", lambda seconds: seconds + 1)

    render = heex("<time>{@seconds} s</time>")


class Around(LiveView):
    render = heex("""<main><h1>Around</h1>{live_render(@socket, Clock, id="clock")}</main>""")


class Before(LiveView):
    render = heex("""<main><.link navigate="/">There</.link></main>""")


ROUTER = Router([Route("/", Around), Route("/before", Before)])


def opened(sim: Simulation) -> Page:
    return sim.page("/")


def gone(sim: Simulation) -> Page:
    page = sim.page("/before")
    page.goto("/")
    return page


def navigated(sim: Simulation) -> Page:
    page = sim.page("/before")
    page.get_by_role("link").click()
    return page


def reloaded(sim: Simulation) -> Page:
    page = sim.page("/")
    page.reload()
    return page


def gone_back(sim: Simulation) -> Page:
    page = sim.page("/")
    page.goto("/before")
    page.go_back()
    return page


def restored(sim: Simulation) -> Page:
    page = sim.page("/")
    page.network.drop()
    page.network.restore()
    return page


@pytest.mark.parametrize("come", [opened, gone, navigated, reloaded, gone_back, restored])
def test_what_the_inner_view_shows_is_on_the_page(come: Callable[[Simulation], Page]) -> None:
    page = come(Simulation(ROUTER))
    expect(page.get_by_role("time")).to_be_visible()
    page.wait_for_timeout(1_500)
    seconds = int(page.get_by_role("time").inner_text().removesuffix(" s"))
    assert seconds >= 1
    page.wait_for_timeout(3_000)
    assert page.get_by_role("time").inner_text() == f"{seconds + 3} s"
