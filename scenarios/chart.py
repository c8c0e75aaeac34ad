"""A chart that a client hook draws: its numbers go to the hook as events, never into the page.

The hook owns what is inside `phx-update="ignore"`: a patch leaves it alone. So nothing in there is worth rendering; data in
an attribute as well would travel twice, and be thrown away. The page itself shows one number, the last.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from liveview_core import LiveView, Route, Router, Socket, heex
from liveview_testing import Simulation, Step


class ChartLive(LiveView):
    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        points = (3, 5, 4)
        socket = socket.assign(last=points[-1], running=False)
        # The disconnected mount has no client to tell.
        return socket.push_event("chart:set", {"points": points}) if socket.connected else socket

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        match event, params:
            case "run", _ if not socket.assigns.running:
                return socket.assign(running=True).send_interval("tick", 1, name="tick")
            case "stop", _:
                return socket.assign(running=False).cancel_timer("tick")
            case "chart:picked", {"value": int(value)}:  # the hook says which point was clicked
                return socket.put_flash("info", f"That was {value}.")
            case _:
                return socket

    def handle_info(self, msg: Any, socket: Socket) -> Socket:
        match msg:
            case "tick":
                point = socket.random.randrange(10)
                return socket.assign(last=point).push_event("chart:add", {"point": point})
            case _:
                return socket

    render = heex("""
    <main>
      <p :for={kind, message in @flash.items()} class={kind}>{message}</p>
      <div id="chart" phx-hook="Chart" phx-update="ignore"></div>
      <p id="last">{@last}</p>
      <button :if={not @running} phx-click="run">Run</button>
      <button :if={@running} phx-click="stop">Stop</button>
    </main>
    """)


ROUTER = Router([Route("/chart", ChartLive)])


def story(sim: Simulation) -> Iterator[Step]:
    """The chart gets its points, runs for three seconds, and a point is clicked."""
    ann = sim.live("/chart")
    yield Step("The points come with the join, once", Ann=ann)
    assert ann.assert_push_event("chart:set") == {"points": [3, 5, 4]}

    ann.element("button", "Run").render_click()
    sim.clock.advance(3)
    yield Step("Three seconds, three points: an event and one number each", Ann=ann)
    points = [ann.assert_push_event("chart:add")["point"] for _ in range(3)]
    assert ann.has_element("#last", str(points[-1]))

    ann.element("button", "Stop").render_click()
    sim.clock.advance(10)
    yield Step("Stopped is stopped", Ann=ann)
    ann.refute_push_event("chart:add")

    ann.element("#chart").render_hook("chart:picked", {"value": points[0]})
    yield Step("The hook tells the view what was clicked", Ann=ann)
    assert ann.has_element(".info", f"That was {points[0]}.")


if __name__ == "__main__":
    from liveview_testing.command_line.main import tell

    tell(__file__)
