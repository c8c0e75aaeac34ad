"""A world that kills the process that runs one of its seeds."""

from __future__ import annotations

import os
from typing import Any

from liveview_core import LiveView, Socket, heex
from liveview_testing import Simulation

DEADLY = 3


class CountLive(LiveView):
    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(count=0)

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        return socket.update("count", lambda count: count + 1)

    render = heex("""<button phx-click="count">Count {@count}</button>""")


def world(sim: Simulation) -> Any:
    if sim.world.seed == DEADLY:
        os._exit(7)
    return sim.page(CountLive)
