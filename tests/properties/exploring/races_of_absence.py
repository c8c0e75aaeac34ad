"""Races with somebody or something that is not there: cancelled work, a lost connection, a nested view, a page that leaves.

Each is a view that is wrong, and right with `safe`; a world with people in it, what they do, and what should hold. To be explored
by `test_more_races`.
"""

from __future__ import annotations

from typing import Any

from liveview_core import LiveView, Socket, heex
from liveview_testing import Faults, Simulation, always, eventually, outcomes
from tests.properties.exploring.racing import Race, Racing

# --- work that is given up, and its result


class ReportLive(Racing):
    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(state="idle")

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        if event == "make":
            return socket.assign(state="making").start_async("report", lambda: 1)
        if self.safe:
            socket = socket.cancel_async("report")
        return socket.assign(state="given up")

    def handle_async(self, name: Any, result: Any, socket: Socket) -> Socket:
        return socket if self.safe and socket.assigns.state == "given up" else socket.assign(state="made")

    render = heex("""
        <p>{@state}</p>
        <button phx-click="make">Make</button>
        <button :if={@state == "making"} phx-click="stop">Stop</button>
    """)


def giving_up(view: Any) -> Race:
    sim = Simulation()
    ann = sim.page(view(None))
    with sim.concurrently() as acts:
        ann.get_by_role("button", name="Make").click()
        ann.get_by_role("button", name="Stop").click()

    def stays(sim: Simulation) -> bool:
        stopped = any(each.event == "event" and each.payload["event"] == "stop" for each in sim.history)
        return not stopped or sim.view(ann).get_by_text("given up").is_visible()

    return sim, acts, (always(stays, "what was given up stays so", when="quiet"),), {"patience": "now"}


# --- a connection that comes back, and what was said meanwhile


class BoardLive(Racing):
    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        if socket.connected:
            socket = socket.subscribe("board")
        known = self.store["board"] if self.safe or not socket.connected or not self.store["seen"] else ()
        if socket.connected:
            self.store["seen"] = True
        return socket.assign(lines=known)

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        self.store["board"] = (*self.store["board"], "line")
        return socket.broadcast("board", "line")

    def handle_info(self, msg: Any, socket: Socket) -> Socket:
        return socket.assign(lines=self.store["board"] if self.safe else (*socket.assigns.lines, msg))

    render = heex("""<ul><li :for={line in @lines}>{line}</li></ul><button phx-click="write">Write</button>""")


def coming_back(view: Any) -> Race:
    sim = Simulation()
    sim.store["board"], sim.store["seen"] = (), False
    ann, ben = sim.page(view(sim.store)), sim.page(view(sim.store))
    with sim.concurrently() as acts:
        ben.get_by_role("button").click()

    def seen(sim: Simulation) -> tuple[int, int]:
        return sim.view(ann).get_by_role("listitem").count(), len(sim.store["board"])

    return sim, acts, (outcomes([(1, 1)], seen, "Ann sees the board"),), {"faults": Faults(drops=1, on=[ann])}


# --- a nested view that tells what is around it, which has closed it


class ChildLive(LiveView):
    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(parent=session["parent"])

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        return socket.broadcast("done", "done")

    render = heex("""<button phx-click="done">Done</button>""")


class ParentLive(Racing):
    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        if socket.connected:
            socket = socket.subscribe("done")
        return socket.assign(open=True, done=0, closed=False)

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        return socket.assign(open=False, closed=True)

    def handle_info(self, msg: Any, socket: Socket) -> Socket:
        if self.safe and socket.assigns.closed:
            return socket
        return socket.assign(done=socket.assigns.done + 1, open=socket.assigns.closed)

    render = heex("""
        <p>{@done}</p>
        <.live_render :if={@open} view={ChildLive} id="child" session={{"parent": "x"}} />
        <button phx-click="close">Close</button>
    """)


def nested(view: Any) -> Race:
    sim = Simulation()
    ann = sim.page(view(None))
    with sim.concurrently() as acts:
        ann.get_by_role("button", name="Done").click()
        ann.get_by_role("button", name="Close").click()

    def closed(sim: Simulation) -> bool:
        assigns = sim.view(ann).view.assigns
        return not (assigns.closed and assigns.open)

    return (
        sim,
        acts,
        (always(closed, "what was closed stays closed"), eventually(lambda sim: sim.view(ann).view.assigns.closed)),
        {},
    )
