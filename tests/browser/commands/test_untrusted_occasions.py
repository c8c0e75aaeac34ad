"""Commands that nobody's click runs: what they ask for leaves their element locked until the answer, but not looking busy."""

from __future__ import annotations

from typing import Any

import pytest

from liveview_core import JS, LiveView, Socket, heex
from liveview_core.views.router import Route, Router
from liveview_testing import Simulation


class Here(LiveView):
    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(rows=())

    def handle_params(self, params: Any, uri: str, socket: Socket) -> Socket:
        return socket

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        return socket.assign(rows=("mounted",))

    render = heex(
        """
    <button phx-click="come">come</button>
    <b :for={r in @rows} id={r} phx-mounted={JS.patch("/?p=1")}>{r}</b>
    <b id="clicked" phx-click={JS.patch("/?p=1")}>click</b>
    <b id="executed" phx-click={JS.exec("data-go")} data-go={JS.patch("/?p=1")}>exec</b>
    """,
        names={"JS": JS},
    )


@pytest.mark.parametrize(
    ("click", "waits", "busy"),
    [
        ("#clicked", "#clicked", True),
        ("#executed", "#executed", False),
        ("button", "#mounted", False),
    ],
)
def test_who_looks_busy_while_a_patch_is_awaited(click: str, waits: str, busy: bool) -> None:
    # LK-2, CN-40
    page = Simulation(Router([Route("/", Here)])).page("/")
    page.network.latency(0.1)
    page.locator(click).click()
    page.sim.clock.advance(seconds=0.15 if waits == click else 0.25)
    element = page.locator(waits)
    assert element.get_attribute("data-phx-ref-lock") is not None
    assert (element.get_attribute("data-phx-ref-loading") is not None) is busy
    assert ("phx-click-loading" in (element.get_attribute("class") or "")) is busy
