"""FI-33: of a form that is filled in again each control is sent once, wherever it stands."""

from __future__ import annotations

from typing import Any

from liveview_core import LiveView, Socket, heex
from liveview_testing import Simulation


class Apart(LiveView):
    """Its form has a control outside of it."""

    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(heard=())

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        return socket.assign(heard=(*socket.assigns.heard, params))

    render = heex("""
    <form id="f" phx-change="change"><input name="in" aria-label="in" /></form>
    <input name="out[]" form="f" aria-label="out" />
    """)


def test_a_control_outside_of_its_form() -> None:
    page = Simulation().page(Apart)
    page.get_by_label("in").fill("a")
    page.get_by_label("out").fill("b")
    page.network.drop()
    page.network.restore()
    page.wait_for_timeout(60_000)
    (told,) = page.view.assigns.heard
    assert {name: told[name] for name in ("in", "out")} == {"in": "a", "out": ["b"]}
