"""The last ticket: two people buy it at the same time, and each of them is told that it is his.

What is bought is looked up when somebody clicks, and written when the payment has come back; in between somebody else can do the
same. No test that does one thing after the other sees it. `SafeTicketsLive` looks once more before it writes.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from liveview_core import LiveView, Socket, heex
from liveview_testing import Simulation, Step


class TicketsLive(LiveView):
    """Sells tickets: `store["left"]` are there, `store["sold"]` have been sold."""

    def __init__(self, store: Any) -> None:
        self.store = store

    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(said="")

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        left = self.store["left"]
        if not left:
            return socket.assign(said="Sold out")
        return socket.assign(said="Buying …").start_async("pay", lambda: self.pay(left))

    def pay(self, left: int) -> bool:
        self.store["left"] = left - 1
        self.store["sold"] = self.store["sold"] + 1
        return True

    def handle_async(self, name: Any, result: Any, socket: Socket) -> Socket:
        return socket.assign(said="Yours" if result.value else "Sold out")

    render = heex("""
    <button phx-click="buy">Buy</button>
    <p id="said">{@said}</p>
    """)


class SafeTicketsLive(TicketsLive):
    """Takes the ticket and looks whether there is one in the same moment."""

    def pay(self, left: int) -> bool:
        if not self.store["left"]:
            return False
        return super().pay(self.store["left"])


def story(sim: Simulation) -> Iterator[Step]:
    """Ann is first, and Ben is late."""
    sim.store["left"], sim.store["sold"] = 1, 0
    ann, ben = sim.live(SafeTicketsLive(sim.store)), sim.live(SafeTicketsLive(sim.store))
    yield Step("There is one ticket", Ann=ann, Ben=ben)

    ann.element("button").render_click()
    yield Step("Ann buys it", Ann=ann)
    assert ann.element("#said").text == "Yours"

    ben.element("button").render_click()
    yield Step("Ben is late", Ben=ben)
    assert ben.element("#said").text == "Sold out"


if __name__ == "__main__":
    from liveview_testing.command_line.main import tell

    tell(__file__)
