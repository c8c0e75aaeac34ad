"""A double submit: who orders by the button above and by the one below, before the answer has come, orders twice.

The client swallows a second click on the same button; but there are two. The page takes both away with its answer, and until that
is there the other can be clicked. `OnceLive` looks whether it has ordered.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from liveview_core import LiveView, Socket, heex
from liveview_testing import Simulation, Step


class OrderLive(LiveView):
    """Two buttons, which order."""

    def __init__(self, store: Any) -> None:
        self.store = store

    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(ordered=False)

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        self.store["orders"] = self.store["orders"] + 1
        return socket.assign(ordered=True)

    render = heex("""
    <button :if={not @ordered} id="above" phx-click="order">Order</button>
    <button :if={not @ordered} id="below" phx-click="order">Order everything</button>
    <p :if={@ordered}>Thank you</p>
    """)


class OnceLive(OrderLive):
    """Orders once, however often it is asked."""

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        return socket if socket.assigns.ordered else super().handle_event(event, params, socket)


def story(sim: Simulation) -> Iterator[Step]:
    """Ann orders."""
    sim.store["orders"] = 0
    ann = sim.live(OnceLive(sim.store))
    yield Step("Ann may order", Ann=ann)
    ann.element("#above").render_click()
    yield Step("She has", Ann=ann)
    assert sim.store["orders"] == 1


if __name__ == "__main__":
    from liveview_testing.command_line.main import tell

    tell(__file__)
