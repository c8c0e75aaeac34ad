"""A counter: one number, two buttons. The smallest live view there is, and what a click costs on the wire."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from liveview_core import LiveView, Socket, heex
from liveview_testing import Simulation, Step


class CounterLive(LiveView):
    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(count=0)

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        match event:
            case "increment":
                return socket.update("count", lambda count: count + 1)
            case "reset":
                return socket.assign(count=0)
            case _:
                return socket

    render = heex("""
    <div class="counter">
      <h1>Count: {@count}</h1>
      <button phx-click="increment">+</button>
      <button phx-click="reset">Reset</button>
    </div>
    """)


def story(sim: Simulation) -> Iterator[Step]:
    """Two clicks, a reset, and a reset that changes nothing."""
    view = sim.live(CounterLive)
    yield Step("The page is there", Ann=view)

    view.element("button", "+").render_click()
    view.element("button", "+").render_click()
    yield Step("Two clicks: each sends the number and nothing else", Ann=view)
    assert view.has_element("h1", "Count: 2")

    view.element("button", "Reset").render_click()
    yield Step("Reset", Ann=view)
    assert view.has_element("h1", "Count: 0")

    view.element("button", "Reset").render_click()
    yield Step("Reset again: nothing changed, so the reply is empty", Ann=view)


if __name__ == "__main__":
    from liveview_testing.command_line.main import tell

    tell(__file__)
