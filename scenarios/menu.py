"""A menu whose own button cannot close it: the click on the button is a click away from the menu, too.

The client tells of what was clicked away before it tells of what was clicked. So the view hears "close", then "toggle", and opens
what it has just closed. No test that sends events by name sees that: a person's click is both. In `CarefulMenuLive` what is
clicked away from is the menu with its button.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from liveview_core import LiveView, Route, Router, Socket, heex
from liveview_testing import Simulation, Step


class MenuLive(LiveView):
    """A menu that opens and closes."""

    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(open=False, chosen=None)

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        match event, params:
            case "toggle", _:
                return socket.update("open", lambda open: not open)
            case "close", _:
                return socket.assign(open=False)
            case "choose", {"what": str(what)}:
                return socket.assign(open=False, chosen=what)
            case _:
                return socket

    render = heex("""
    <main>
      <h1>Mail</h1>
      <button id="more" aria-expanded={str(@open).lower()} phx-click="toggle">More</button>
      <div :if={@open} id="menu" role="menu" aria-label="More" phx-click-away="close">
        <button :for={what in ("Print", "Delete")} role="menuitem" phx-click="choose" phx-value-what={what}>{what}</button>
      </div>
      <p :if={@chosen}>{@chosen}</p>
    </main>
    """)


class CarefulMenuLive(MenuLive):
    """The same, whose button is no part of what is away."""

    render = heex("""
    <main>
      <h1>Mail</h1>
      <div phx-click-away={@open and "close"}>
        <button id="more" aria-expanded={str(@open).lower()} phx-click="toggle">More</button>
        <div :if={@open} id="menu" role="menu" aria-label="More">
          <button :for={what in ("Print", "Delete")} role="menuitem" phx-click="choose" phx-value-what={what}>{what}</button>
        </div>
      </div>
      <p :if={@chosen}>{@chosen}</p>
    </main>
    """)


ROUTER = Router([Route("/menu", MenuLive), Route("/careful", CarefulMenuLive)])


def story(sim: Simulation) -> Iterator[Step]:
    """Ann tries to close the menu by its button; Ben can."""
    ann = sim.page("/menu")
    more = ann.get_by_role("button", name="More")
    more.click()
    yield Step("The menu is open", Ann=ann)
    assert ann.get_by_role("menu").is_visible()

    more.click()
    yield Step("One click, two events: closed, and opened again", Ann=ann)
    assert ann.get_by_role("menu").is_visible()
    told = [frame.payload["event"] for frame in ann.view.wire if frame.event == "event"]
    assert told == ["toggle", "close", "toggle"]

    ann.get_by_role("heading").click()
    assert not ann.get_by_role("menu").is_visible()
    ben = sim.page("/careful")
    for _ in range(2):
        ben.get_by_role("button", name="More").click()
    yield Step("Where the button is no part of what is away, it closes", Ann=ann, Ben=ben)
    assert not ben.get_by_role("menu").is_visible()

    ben.get_by_role("button", name="More").click()
    ben.get_by_role("heading").click()
    ben.get_by_role("button", name="More").click()
    ben.get_by_role("menuitem", name="Print").click()
    yield Step("And so do a click beside it, and a choice", Ben=ben)
    assert not ben.get_by_role("menu").is_visible()
    assert ben.get_by_role("paragraph").text_content() == "Print"


if __name__ == "__main__":
    from liveview_testing.command_line.main import tell

    tell(__file__)
