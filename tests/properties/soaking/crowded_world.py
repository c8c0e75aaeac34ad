"""A name that somebody types, which is not to be long."""

from __future__ import annotations

from typing import Any

from liveview_core import LiveView, Socket, heex
from liveview_testing import Simulation


class NameLive(LiveView):
    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(name="")

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        return socket.assign(name=params["name"])

    render = heex("""
    <form id="f" phx-change="named"><input name="name" aria-label="Name" value={@name} /></form>
    <p>{@name}</p>
    """)


def nobody_has_a_long_name(sim: Simulation) -> bool:
    return all(len(view.assigns.name) < 3 for view in sim.views)


INVARIANTS = [nobody_has_a_long_name]


def world(sim: Simulation, people: int) -> list[Any]:
    return [sim.page(NameLive) for _ in range(people)]
