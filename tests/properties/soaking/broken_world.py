"""A list with a mistake in it, which takes three acts to show."""

from __future__ import annotations

from typing import Any

from liveview_core import LiveView, Socket, heex
from liveview_testing import Simulation


class BrokenLive(LiveView):
    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(armed=False, loaded=False, count=0)

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        match event:
            case "arm":
                return socket.assign(armed=True)
            case "load":
                return socket.assign(loaded=True)
            case "fire" if socket.assigns.armed and socket.assigns.loaded:
                raise LookupError("there is nothing to fire at")
            case _:
                return socket.update("count", lambda count: count + 1)

    render = heex("""
    <button phx-click="arm">Arm</button>
    <button phx-click="load">Load</button>
    <button phx-click="fire">Fire</button>
    <button phx-click="count">Count {@count}</button>
    """)


def world(sim: Simulation) -> Any:
    return sim.page(BrokenLive), sim.page(BrokenLive)
