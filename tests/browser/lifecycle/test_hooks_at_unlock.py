"""Which hooks hear `updated` when what was held back of a locked element goes in: those in whose element something is otherwise."""

from __future__ import annotations

from typing import Any

import pytest

from liveview_core import LiveView, Socket, heex
from liveview_testing import ClientHook, Simulation
from liveview_testing.browser.lifecycle.hook_element import HookElement


class Counting(ClientHook):
    def mounted(self, el: HookElement) -> None:
        el.set_state(0)

    def updated(self, el: HookElement) -> None:
        el.set_state(el.state + 1)
        el.set_attribute("data-updated", str(el.state))


class Held(LiveView):
    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(on="")

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        return socket

    def handle_info(self, msg: Any, socket: Socket) -> Socket:
        return socket.assign(on=msg)

    render = heex("""
    <div phx-click="go">
      <b>Go</b>
      <p id="selected" phx-hook="Counting"><b selected={@on == "selected"}>x</b></p>
      <p id="title" phx-hook="Counting"><b title={@on == "title"}>x</b></p>
    </div>
    """)


@pytest.mark.parametrize("changed", ["selected", "title", "neither"])
def test_only_where_something_is_otherwise(changed: str) -> None:
    # HK-18
    page = Simulation(hooks={"Counting": Counting()}).page(Held)
    page.network.latency(0.1)
    page.get_by_text("Go").click()
    page.sim.clock.advance(seconds=0.05)
    page.view.send(changed)
    assert page.locator("b[selected], b[title]").count() == 0, "it is held back"
    page.sim.clock.advance(seconds=1)
    counted = {each: page.locator(f"#{each}").get_attribute("data-updated") for each in ("selected", "title")}
    assert counted == {each: "1" if each == changed else None for each in counted}
