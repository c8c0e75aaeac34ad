"""A late join: somebody opens the page while something is being posted, and never sees it.

What is there is loaded by a task, and what comes meanwhile by a broadcast; the task was asked before the post was written, and its
answer comes after the broadcast and writes over it. `CarefulFeedLive` puts both together.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from liveview_core import LiveView, Socket, heex
from liveview_testing import Simulation, Step


class FeedLive(LiveView):
    """What was posted: `store["items"]`."""

    def __init__(self, store: Any) -> None:
        self.store = store

    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return (socket.subscribe("feed") if socket.connected else socket).assign(items=())

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        if event == "load":
            return socket.start_async("load", lambda: self.store["items"])
        items = (*self.store["items"], "new")
        self.store["items"] = items
        return socket.broadcast("feed", "new")

    def handle_info(self, msg: Any, socket: Socket) -> Socket:
        return socket.assign(items=(*socket.assigns.items, msg))

    def handle_async(self, name: Any, result: Any, socket: Socket) -> Socket:
        return self.loaded(result.value, socket)

    def loaded(self, items: tuple[str, ...], socket: Socket) -> Socket:
        return socket.assign(items=items)

    render = heex("""
    <button phx-click="load">Load</button>
    <button phx-click="post">Post</button>
    <p :for={item in @items}>{item}</p>
    """)


class CarefulFeedLive(FeedLive):
    """What came while it was loading is there as well, once."""

    def loaded(self, items: tuple[str, ...], socket: Socket) -> Socket:
        return socket.assign(items=tuple(dict.fromkeys((*items, *socket.assigns.items))))

    def handle_info(self, msg: Any, socket: Socket) -> Socket:
        return socket.assign(items=tuple(dict.fromkeys((*socket.assigns.items, msg))))


def story(sim: Simulation) -> Iterator[Step]:
    """Ann posts, Ben loads what there is."""
    sim.store["items"] = ("old",)
    ann, ben = sim.live(CarefulFeedLive(sim.store)), sim.live(CarefulFeedLive(sim.store))
    ben.element("button", "Load").render_click()
    yield Step("Ben loads what there is", Ben=ben)

    ann.element("button", "Post").render_click()
    yield Step("Ann posts, and both see it", Ann=ann, Ben=ben)
    assert ben.has_element("p", "new")


if __name__ == "__main__":
    from liveview_testing.command_line.main import tell

    tell(__file__)
