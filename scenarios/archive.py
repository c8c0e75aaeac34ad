"""An archive that goes on as one scrolls: `phx-viewport-bottom` asks for older letters when the last one is on view.

The letters are a stream: the view holds none of them and knows only how far it has come. While a page is on its way nothing more is
asked for, however much one scrolls; and at the end the binding is taken away, so that the last scroll asks for nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from liveview_core import LiveView, Route, Router, Socket, heex
from liveview_testing import Simulation, Step

LETTERS, PAGE = 50, 20


def letters(since: int) -> list[dict[str, Any]]:
    """The next page: the newest letter has the highest number."""
    return [{"id": LETTERS - at, "about": f"Letter {LETTERS - at}"} for at in range(since, min(since + PAGE, LETTERS))]


class ArchiveLive(LiveView):
    """Letters, the newest first."""

    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(shown=PAGE).stream("letters", letters(0))

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        if event != "older" or socket.assigns.shown >= LETTERS:
            return socket
        more = letters(socket.assigns.shown)
        return socket.update("shown", lambda shown: shown + len(more)).stream("letters", more)

    render = heex("""
    <main>
      <ul id="letters" phx-update="stream" phx-viewport-bottom={@shown < 50 and "older"}>
        <li :for={dom_id, letter in @streams.letters} id={dom_id} style="height: 120px">{letter["about"]}</li>
      </ul>
      <p id="end">{"That was all." if @shown == 50 else f"{@shown} of 50"}</p>
    </main>
    """)


ROUTER = Router([Route("/archive", ArchiveLive)])


def story(sim: Simulation) -> Iterator[Step]:
    """Ann scrolls to the end, twice."""
    page = sim.page("/archive")
    rows = page.get_by_role("listitem")
    rows.last.scroll_into_view_if_needed()
    sim.clock.advance(0.1)
    yield Step("The last of twenty is on view: twenty more are there, and nothing that was is sent again", Ann=page)
    assert (rows.count(), rows.last.text_content()) == (40, "Letter 11")

    sim.clock.advance(1)
    rows.last.scroll_into_view_if_needed()
    sim.clock.advance(1)
    yield Step("And the ten that are left", Ann=page)
    assert (rows.count(), page.locator("#end").text_content()) == (50, "That was all.")

    asked = len([frame for frame in page.view.wire if frame.event == "event"])
    rows.last.scroll_into_view_if_needed()
    sim.clock.advance(1)
    yield Step("At the end nothing is asked for any more", Ann=page)
    assert len([frame for frame in page.view.wire if frame.event == "event"]) == asked == 2


if __name__ == "__main__":
    from liveview_testing.command_line.main import tell

    tell(__file__)
