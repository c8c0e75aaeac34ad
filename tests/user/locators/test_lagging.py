"""A page that waits for the server is behind it, and that is no fault of the page."""

from __future__ import annotations

from typing import Any

import pytest

from liveview_core import LiveView, Socket, heex
from liveview_testing import LawBroken, Simulation


class Counter(LiveView):
    """A number and a button."""

    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(n=0)

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        return socket.assign(n=socket.assigns.n + 1)

    render = heex('<p>{@n}</p><button phx-click="more">More</button>')


class Broken(Counter):
    """Its number changes behind the back of its assigns."""

    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(n=0, many=[])

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        socket.assigns.many.append(1)
        return socket.assign(n=socket.assigns.n + 1)

    render = heex('<p>{@n}</p><i>{len(@many)}</i><button phx-click="more">More</button>')


def test_the_patch_law_waits_for_what_is_in_flight() -> None:
    """The server is ahead of a slow page: only what has arrived is compared."""
    sim = Simulation(checks={"patch law": "every act"})
    page = sim.page(Counter)
    page.network.latency(0.03)
    page.get_by_role("button").click()
    sim.clock.advance(seconds=0.04)  # the server has answered, the page has not heard it
    assert page.locator("p").text_content() == "0"
    assert page.view.assigns["n"] == 1
    sim.clock.advance(seconds=0.04)
    assert page.locator("p").text_content() == "1"


def test_the_patch_law_holds_once_all_has_arrived() -> None:
    """What came by a slow line is held to the law as well."""
    sim = Simulation(checks={"patch law": "every act"})
    page = sim.page(Broken)
    page.network.latency(0.03)
    page.get_by_role("button").click()
    with pytest.raises(LawBroken):
        sim.clock.advance(seconds=1)
