"""What an element adds to what it pushes."""

from __future__ import annotations

from typing import Any

from liveview_core import LiveView, Socket, heex
from liveview_testing import Simulation


class Boxes(LiveView):
    """Remembers what it was sent."""

    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(sent=())

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        return socket.update("sent", lambda sent: (*sent, params))

    render = heex("""
    <input type="checkbox" id="on" phx-click="go" phx-value-value="seven" phx-value-k="1" checked />
    <input type="checkbox" id="off" phx-click="go" phx-value-value="seven" value="v" />
    <input type="text" id="text" name="t" phx-click="go" phx-value-value="seven" value="typed" />
    <b id="plain" phx-click="go" phx-value-value="seven">x</b>
    """)


def test_the_value_of_an_element() -> None:
    """CE-56, CE-57: its property stands before `phx-value-value`; a box that is not ticked has none at all."""
    page = Simulation().page(Boxes)
    for id in ("on", "off", "text", "plain"):
        page.locator(f"#{id}").click()
    assert page.view.assigns.sent == ({"k": "1"}, {"value": "v"}, {"value": "typed"}, {"value": "seven"})
