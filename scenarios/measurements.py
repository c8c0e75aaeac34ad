"""Measurements in a chart that a client hook draws: it asks for what it shows, and gets replies.

The page holds no point. The hook asks for a range as it is mounted and whenever somebody zooms; `Reply` answers that one push, and
new points come as events to whoever draws. After a lost connection it asks again: what it has drawn is in its own element
(`phx-update="ignore"`), which stays, but nobody has told it of the points in between. `Chart` stands in for the script in
`measurements.js`, which does the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from liveview_core import JS, LiveView, Reply, Route, Router, Socket, heex
from liveview_testing import ClientHook, Simulation, Step

FIRST = (3, 5, 4, 6, 2)


class MeasurementsLive(LiveView):
    """Points that come in while one looks."""

    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(points=FIRST)

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket | Reply:
        match event, params:
            case "range", {"last": int(last)} if last > 0:
                return Reply(socket, {"points": socket.assigns.points[-last:]})
            case _:
                return socket

    def handle_info(self, msg: Any, socket: Socket) -> Socket:
        match msg:
            case int(point):
                return socket.update("points", lambda points: (*points, point)).push_event("point", {"point": point})
            case _:
                return socket

    render = heex(
        """
    <main>
      <p id="chart" phx-hook="Chart" phx-update="ignore"></p>
      <button :for={last in (3, 5)} phx-click={JS.dispatch("chart:zoom", to="#chart", detail={"last": last})}>Last {last}</button>
      <p id="count">{len(@points)} measured</p>
    </main>
    """,
        names={"JS": JS},
    )


class Chart(ClientHook):
    """Draws the points as a line of text: what it knows of one element is the range and the points."""

    events = ("point",)
    dom_events = ("chart:zoom",)

    def mounted(self, el: Any) -> None:
        self.ask(el, 3)

    def reconnected(self, el: Any) -> None:
        self.ask(el, el.state[0])

    def handle_dom_event(self, el: Any, event: Any) -> None:
        self.ask(el, event.detail["last"])

    def ask(self, el: Any, last: int) -> None:
        el.set_state((last, () if el.state is None else el.state[1]))
        el.push_event("range", {"last": last}, reply="draw")

    def draw(self, el: Any, reply: Any, ref: int) -> None:
        el.set_state((el.state[0], tuple(reply["points"])))
        el.set_text(" ".join(map(str, el.state[1])))

    def handle_event(self, el: Any, event: str, payload: Any) -> None:
        last, points = el.state
        el.set_state((last, (*points, payload["point"])[-last:]))
        el.set_text(" ".join(map(str, el.state[1])))


ROUTER = Router([Route("/measurements", MeasurementsLive)])
HOOKS = {"Chart": Chart}


def story(sim: Simulation) -> Iterator[Step]:
    """Ann looks at the last three, at more, and loses the line for a while."""
    page = sim.page("/measurements")
    chart = page.locator("#chart")
    yield Step("The chart has asked as it came, and was answered", Ann=page)
    assert chart.text_content() == "4 6 2"

    page.view.send(7)
    yield Step("A point comes as an event; the page itself shows a number", Ann=page)
    assert (chart.text_content(), page.locator("#count").text_content()) == ("6 2 7", "6 measured")

    page.get_by_role("button", name="Last 5").click()
    yield Step("The button is the script's: no event of the view's, but the question that follows", Ann=page)
    assert chart.text_content() == "5 4 6 2 7"

    page.network.drop()
    sim.clock.advance(0.1)
    page.network.restore()
    sim.clock.advance(1)
    yield Step("After a loss it asks again, and shows what the new view knows", Ann=page)
    assert chart.text_content() == "3 5 4 6 2"


if __name__ == "__main__":
    from liveview_testing.command_line.main import tell

    tell(__file__)
