"""Counters as components: each keeps its own number, its parent hears of every click and can set them all back.

A LiveComponent is state of its own inside the view's process. Its events come to itself by `phx-target={@myself}`; upwards it
sends a message to the process they share; downwards the parent reaches it by `send_update`, wherever on the page it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from attrs import frozen

from liveview_core import LiveComponent, LiveView, Socket, heex
from liveview_testing import Simulation, Step


@frozen
class Counted:
    """A counter tells its parent what it shows now."""

    id: str
    count: int


class Counter(LiveComponent):
    def mount(self, socket: Socket) -> Socket:
        return socket.assign(count=0)

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        match event:
            case "add":
                socket = socket.update("count", lambda count: count + socket.assigns.step)
                return socket.send(Counted(socket.assigns.id, socket.assigns.count))
            case _:
                return socket

    render = heex("""
    <div id={@id} class="counter">
      <b>{@count}</b>
      <button phx-click="add" phx-target={@myself}>+{@step}</button>
    </div>
    """)


class CountersLive(LiveView):
    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(counts={}, steps={"apples": 1, "eggs": 6})

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        match event:
            case "reset":
                for id in socket.assigns.steps:
                    socket = socket.send_update(Counter, id=id, count=0)
                return socket.assign(counts={})
            case _:
                return socket

    def handle_info(self, msg: Any, socket: Socket) -> Socket:
        match msg:
            case Counted(id, count):
                return socket.update("counts", lambda counts: {**counts, id: count})
            case _:
                return socket

    render = heex("""
    <main>
      <.live_component :for={id, step in @steps.items()} :key={id} module={Counter} id={id} step={step} />
      <p id="total">{sum(@counts.values())} in all</p>
      <button id="reset" phx-click="reset">Set back</button>
    </main>
    """)


def story(sim: Simulation) -> Iterator[Step]:
    """Two counters count, the parent adds up, and sets both back."""
    ann = sim.live(CountersLive)
    yield Step("Two counters, one template on the wire", Ann=ann)

    ann.element("#apples button").render_click()
    ann.element("#eggs button").render_click()
    yield Step("Each click is answered by its counter alone; then the parent hears of it", Ann=ann)
    assert ann.has_element("#apples b", "1")
    assert ann.has_element("#eggs b", "6")
    assert ann.has_element("#total", "7 in all")

    ann.element("#reset").render_click()
    yield Step("The parent sets both back", Ann=ann)
    assert ann.has_element("#eggs b", "0")
    assert ann.has_element("#total", "0 in all")


if __name__ == "__main__":
    from liveview_testing.command_line.main import tell

    tell(__file__)
