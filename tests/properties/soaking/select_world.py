"""A world in which everything that a soak seldom meets is: lists of options, tasks that fail, timers, and an error with options."""

from __future__ import annotations

from typing import Any

from liveview_core import LiveView, Route, Router, Socket, heex
from liveview_testing import Faults, Page, Simulation


class Order(LiveView):
    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(kind="", late=0, loaded=0, failed=0)

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        match event:
            case "choose":
                if params.get("kind") == "poison":
                    raise ValueError("nobody drinks that")
                return socket.assign(kind=params.get("kind", ""))
            case "later":
                return socket.send_after("late", 0.5)
            case _:
                return socket.start_async("load", lambda: 1)

    def handle_info(self, msg: Any, socket: Socket) -> Socket:
        return socket.update("late", lambda late: late + 1)

    def handle_async(self, name: Any, result: Any, socket: Socket) -> Socket:
        return socket.update("loaded", lambda loaded: loaded + 1)

    render = heex("""
    <form id="f" phx-change="choose">
      <select name="kind" id="kind"><option value="">none</option><option value="tea">tea</option>
        <option value="poison">poison</option></select>
      <select name="empty" id="empty"></select>
    </form>
    <button id="later" phx-click="later">later</button><button id="load" phx-click="load">load</button>
    <p>{@kind} {@late} {@loaded}</p>
    """)


ROUTER = Router([Route("/", Order)])
OPTIONS = {"checks": {"form without id": "ignore"}}
FAULTS = Faults(tasks=2, slow=2)


def world(sim: Simulation) -> tuple[Page, Page]:
    return sim.page("/"), sim.page("/")
