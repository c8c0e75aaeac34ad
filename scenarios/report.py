"""A report that takes a while: `start_async`, its success, its failure, and a change of mind.

Long work inside handle_event makes a page deaf until it is done; here the click is answered at once. The page says that it is
working, the button is off meanwhile (a second start under the same name would make the first result nobody's), and what an
earlier attempt left behind, report or error, goes when a new one begins.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from liveview_core import AsyncExit, AsyncOk, LiveView, Route, Router, Socket, heex
from liveview_testing import Simulation, Step


def add_up(month: str) -> str:
    """Minutes of work, in earnest."""
    return f"Sales of {month}: 1,280"


class ReportLive(LiveView):
    """`make` is what takes so long."""

    def __init__(self, make: Callable[[str], str] = add_up) -> None:
        self.make = make

    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(month="May", generating=False, report=None, error=None)

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        month = socket.assigns.month
        match event:
            case "generate" if not socket.assigns.generating:
                socket = socket.assign(generating=True, report=None, error=None)
                return socket.start_async("report", lambda: self.make(month))
            case "cancel":
                return socket.cancel_async("report")
            case _:
                return socket

    def handle_async(self, name: Any, result: Any, socket: Socket) -> Socket:
        socket = socket.assign(generating=False)
        match result:
            case AsyncOk(report):
                return socket.assign(report=report)
            case AsyncExit(("shutdown", "cancel")):
                return socket
            case _:
                return socket.assign(error=f"The report failed: {result}")

    render = heex("""
    <main>
      <button id="generate" phx-click="generate" disabled={@generating}>Generate</button>
      <button :if={@generating} id="cancel" phx-click="cancel">Never mind</button>
      <p :if={@generating} class="working">Adding up {@month} ...</p>
      <p :if={@error} class="error">{@error}</p>
      <pre :if={@report}>{@report}</pre>
    </main>
    """)


ROUTER = Router([Route("/report", ReportLive)])


def story(sim: Simulation) -> Iterator[Step]:
    """It fails, it is cancelled, it works."""
    sim.tasks.hold()
    ann = sim.live("/report")
    ann.element("#generate").render_click()
    yield Step("The click is answered at once: the page is working", Ann=ann)
    assert ann.has_element(".working")
    assert ann.has_element("#generate[disabled]")

    sim.tasks.fail("report", ZeroDivisionError("no sales in May"))
    yield Step("It failed, the view goes on", Ann=ann)
    assert ann.has_element(".error", "no sales in May")

    ann.element("#generate").render_click()
    yield Step("Once more: the old error is gone", Ann=ann)
    assert not ann.has_element(".error")

    ann.element("#cancel").render_click()
    yield Step("Ann changes her mind", Ann=ann)
    assert not ann.has_element(".working")
    assert not sim.tasks.pending

    ann.element("#generate").render_click()
    sim.tasks.run("report")
    yield Step("And gets her report in the end", Ann=ann)
    assert ann.has_element("pre", "Sales of May: 1,280")


if __name__ == "__main__":
    from liveview_testing.command_line.main import tell

    tell(__file__)
