"""Leaving while a message is on its way: it comes after one has left, and is shown all the same.

`unsubscribe` ends what is sent from then on; what was sent before is in the mailbox already. `GoneLive` looks whether it still
wants it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from liveview_core import LiveView, Socket, heex
from liveview_testing import Simulation, Step


class ListLive(LiveView):
    """A list that one can leave and write to."""

    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return (socket.subscribe("list") if socket.connected else socket).assign(member=True, after=0)

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        if event == "leave":
            return socket.unsubscribe("list").assign(member=False)
        return socket.broadcast("list", "hello")

    def handle_info(self, msg: Any, socket: Socket) -> Socket:
        return socket if socket.assigns.member else socket.update("after", lambda after: after + 1)

    render = heex("""
    <button phx-click="leave">Leave</button>
    <button phx-click="write">Write</button>
    <p :if={@after}>{@after} came after you had left</p>
    """)


class GoneLive(ListLive):
    """Who has left hears nothing."""

    def handle_info(self, msg: Any, socket: Socket) -> Socket:
        return socket


def story(sim: Simulation) -> Iterator[Step]:
    """Ann leaves, Ben writes."""
    ann, ben = sim.live(GoneLive), sim.live(GoneLive)
    ann.element("button", "Leave").render_click()
    yield Step("Ann leaves", Ann=ann)
    ben.element("button", "Write").render_click()
    yield Step("Ben writes, and Ann hears nothing", Ann=ann, Ben=ben)
    assert not ann.has_element("p")


if __name__ == "__main__":
    from liveview_testing.command_line.main import tell

    tell(__file__)
