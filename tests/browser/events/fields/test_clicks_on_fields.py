"""A click on a field that is written into: nothing of it changes, and nobody hears of a change."""

from __future__ import annotations

from typing import Any

import pytest

from liveview_core import LiveView, Socket, heex
from liveview_testing import Simulation

KINDS = str.split("text email number range date time color search tel url password week month")


class Fields(LiveView):
    """One field of each kind."""

    def mount(self, params: Any, session: Any, socket: Socket) -> Any:
        return socket.assign(heard=[], kinds=KINDS)

    def handle_event(self, event: str, params: Any, socket: Socket) -> Any:
        return socket.update("heard", lambda heard: [*heard, params["_target"]])

    render = heex("""
    <form id="f" phx-change="changed">
      <input :for={kind in @kinds} id={kind} name={kind} type={kind} />
      <input id="box" name="box" type="checkbox" />
    </form>
    """)


@pytest.mark.parametrize("kind", KINDS)
def test_a_click_changes_nothing(kind: str) -> None:
    page = Simulation().page(Fields)
    page.locator(f"#{kind}").click()
    assert page.view.assigns.heard == []
    page.locator("#box").click()
    assert page.view.assigns.heard == [["box"], ["box"]] or page.view.assigns.heard == [["box"]]
