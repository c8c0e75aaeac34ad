"""What a message takes away from a page."""

from __future__ import annotations

from typing import Any

from liveview_core import LiveComponent, LiveView, Socket, heex
from liveview_testing import live


class Inner(LiveComponent):
    render = heex("<i id={@id}>inner</i>")


WITH = heex('<div id="outer"><.live_component module={Inner} id="inner" /></div>')
WITHOUT = heex('<div id="outer"><b>nothing</b></div>')


class Outer(LiveComponent):
    """Has another template when it is asked for it."""

    def mount(self, socket: Socket) -> Socket:
        return socket.assign(full=True)

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        return socket.assign(full=event == "fill")

    def render(self, assigns: Any) -> Any:
        return WITH(assigns) if assigns.full else WITHOUT(assigns)


class Page(LiveView):
    render = heex('<.live_component module={Outer} id="o" />')


def test_what_a_component_s_other_template_has_no_more_is_destroyed() -> None:
    """The browser tells the server of the component that was inside; one that comes again is another."""
    view = live(Page)
    outer = view.with_target("#outer")
    assert [each.cid for each in view.process.components] == [1, 2]
    outer.render_click("empty")
    assert [each.cid for each in view.process.components] == [1]
    assert [frame.payload for frame in view.wire if frame.event.startswith("cids")] == [{"cids": [2]}, {"cids": [2]}]
    outer.render_click("fill")
    assert [each.cid for each in view.process.components] == [1, 3]
    assert "inner" in view.render()
