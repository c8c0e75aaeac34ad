"""A search whose results may come late, and a count of visitors that a lost connection counts twice."""

from __future__ import annotations

from functools import partial
from typing import Any

from liveview_core import LiveView, Socket, heex
from liveview_testing import Simulation, always, eventually


class SearchLive(LiveView):
    def __init__(self, store: Any) -> None:
        self.store = store

    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        if socket.connected:
            self.store["visits"] = self.store["visits"] + 1
        return socket.assign(asked=0, shown=0)

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        if event == "plain":
            return socket
        asked = socket.assigns.asked + 1
        return socket.assign(asked=asked).start_async(f"search {asked}", partial(int, asked))

    def handle_async(self, name: Any, result: Any, socket: Socket) -> Socket:
        if result.value < socket.assigns.shown:
            self.store["late"] = self.store["late"] + 1
        return socket.assign(shown=result.value)

    render = heex("""
    <button phx-click="search">Search</button>
    <button phx-click="plain">Nothing</button>
    <p>{@shown}</p>
    """)


INVARIANTS = [
    always(lambda sim: sim.store["late"] == 0, "no result comes late"),
    always(lambda sim: sim.store["visits"] <= 2, "a visitor is counted once"),
    eventually(lambda sim: all(view.assigns.shown == view.assigns.asked for view in sim.views), "the last is shown"),
]


def world(sim: Simulation) -> Any:
    sim.store["visits"] = sim.store["late"] = 0
    return sim.page(SearchLive(sim.store)), sim.page(SearchLive(sim.store))
