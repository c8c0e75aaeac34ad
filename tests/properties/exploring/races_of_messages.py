"""Races over the store, a topic, a task, a timer, a page that is opened.

Each is a view that is wrong, and right with `safe`; a world with people in it, what they do, and what should hold. To be explored
by `test_more_races`.
"""

from __future__ import annotations

from typing import Any

from liveview_core import AsyncExit, Route, Router, Socket, heex
from liveview_testing import Simulation, always, eventually
from tests.properties.exploring.racing import Race, Racing

# --- lost update over store


class CounterLive(Racing):
    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        if self.safe:
            self.store["n"] = self.store["n"] + 1
            return socket
        return socket.send(("write", self.store["n"] + 1))

    def handle_info(self, msg: Any, socket: Socket) -> Socket:
        self.store["n"] = msg[1]
        return socket

    render = heex("""<button phx-click="add">Add</button>""")


def counter(view: Any) -> Race:
    sim = Simulation()
    sim.store["n"] = 0
    ann, ben = sim.page(view(sim.store)), sim.page(view(sim.store))
    with sim.concurrently() as acts:
        ann.get_by_role("button").click()
        ben.get_by_role("button").click()
    return sim, acts, (eventually(lambda sim: sim.store["n"] == 2, "both count"),), {}


# --- TOCTOU over pubsub


class ClaimLive(Racing):
    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        if socket.connected:
            socket = socket.subscribe("claims")
        return socket.assign(owner=None, me=session["name"])

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        owner = self.store["owners"] if self.safe else socket.assigns.owner
        if owner:
            return socket
        self.store["owners"] = (*self.store["owners"], socket.assigns.me)
        return socket.broadcast("claims", socket.assigns.me)

    def handle_info(self, msg: Any, socket: Socket) -> Socket:
        return socket.assign(owner=msg)

    render = heex("""<button phx-click="claim">Claim</button><p>{@owner}</p>""")


def claim(view: Any) -> Race:
    sim = Simulation()
    sim.store["owners"] = ()
    ann, ben = sim.page(view(sim.store), session={"name": "Ann"}), sim.page(view(sim.store), session={"name": "Ben"})
    with sim.concurrently() as acts:
        ann.get_by_role("button").click()
        ben.get_by_role("button").click()
    return sim, acts, (always(lambda sim: len(sim.store["owners"]) <= 1, "one owner"),), {}


# --- late async result after a patch


class ItemLive(Racing):
    def handle_params(self, params: Any, uri: str, socket: Socket) -> Socket:
        i = params.get("id", "1")
        return socket.assign(id=i, data=None).start_async("load" if self.safe else f"load-{i}", lambda: i)

    def handle_async(self, name: Any, result: Any, socket: Socket) -> Socket:
        return socket.assign(data=getattr(result, "value", None) or socket.assigns.data)

    render = heex("""
        <.link patch="/item?id=2">Two</.link>
        <.link patch="/item?id=3">Three</.link>
        <params>{@id}:{@data}</params>
    """)


def item(view: Any) -> Race:
    sim = Simulation(Router([Route("/item", view(None))]))
    sim.store["x"] = 0
    ann = sim.page("/item?id=1")
    with sim.concurrently() as acts:
        ann.get_by_role("link", name="Two").click()
        ann.get_by_role("link", name="Three").click()
    return (
        sim,
        acts,
        (
            always(
                lambda sim: sim.view(ann).view.assigns.data in (None, sim.view(ann).view.assigns.id),
                "the data is of the item",
                when="quiet",
            ),
        ),
        {},
    )


# --- stale stream item


class StreamLive(Racing):
    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        if socket.connected:
            socket = socket.subscribe("items")
        return socket.stream("items", [{"id": i} for i in self.store["items"]])

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        if event == "delete":
            self.store["items"] = ()
            return socket.broadcast("items", ("deleted", 1))
        return socket.broadcast("items", ("touched", 1)) if 1 in self.store["items"] else socket

    def handle_info(self, msg: Any, socket: Socket) -> Socket:
        kind, i = msg
        if kind == "deleted":
            return socket.stream_delete("items", {"id": i})
        if self.safe and i not in self.store["items"]:
            return socket
        return socket.stream_insert("items", {"id": i})

    render = heex("""
        <ul id="items" phx-update="stream">
        <li :for={dom_id, i in @streams.items} id={dom_id}>{i["id"]}</li></ul>
        <button phx-click="delete">Delete</button>
        <button phx-click="touch">Touch</button>
    """)


def stream(view: Any) -> Race:
    sim = Simulation()
    sim.store["items"] = (1,)
    ann, ben = sim.page(view(sim.store)), sim.page(view(sim.store))
    with sim.concurrently() as acts:
        ann.get_by_role("button", name="Delete").click()
        ben.get_by_role("button", name="Touch").click()
    return (
        sim,
        acts,
        (
            always(
                lambda sim: all(
                    sim.view(p).get_by_role("listitem").count() == len(sim.store["items"]) for p in (ann, ben)
                ),
                "lists show what there is",
                when="quiet",
            ),
        ),
        {},
    )


# --- message to a dead process


class GiftLive(Racing):
    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        if socket.connected:
            self.store["ben" if session["name"] == "Ben" else "ann"] = socket.id
            if self.safe:
                socket = socket.subscribe("gifts")
        return socket.assign(got=self.store["gifts"] if self.safe else 0)

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        if self.safe:
            self.store["gifts"] = self.store["gifts"] + 1
            return socket.broadcast("gifts", "gift")
        return socket.send("gift", to=self.store["ben"])

    def handle_info(self, msg: Any, socket: Socket) -> Socket:
        return socket.assign(got=self.store["gifts"] if self.safe else socket.assigns.got + 1)

    render = heex("""<button phx-click="give">Give</button><p>{@got}</p>""")


def gift(view: Any) -> Race:
    sim = Simulation()
    sim.store["gifts"] = 0
    ann, ben = sim.page(view(sim.store), session={"name": "Ann"}), sim.page(view(sim.store), session={"name": "Ben"})
    with sim.concurrently() as acts:
        ann.get_by_role("button").click()
        ben.reload()
    return (
        sim,
        acts,
        (eventually(lambda sim: sim.view(ben).get_by_text("1").is_visible(), "Ben gets it"),),
        {"patience": "now"},
    )


# --- timer against click


class UndoLive(Racing):
    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(state="there")

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        if event == "delete":
            return socket.assign(state="going").send_after("purge", 5, name="purge")
        if socket.assigns.state == "going":
            socket = socket.assign(state="there")
            self.store["undone"] = True
            return socket.cancel_timer("purge") if self.safe else socket
        return socket

    def handle_info(self, msg: Any, socket: Socket) -> Socket:
        if self.safe and socket.assigns.state != "going":
            return socket
        self.store["purged"] = True
        return socket.assign(state="gone")

    render = heex("""
        <params>{@state}</params>
        <button :if={@state == "there"} phx-click="delete">Delete</button>
        <button :if={@state == "going"} phx-click="undo">Undo</button>
    """)


def undo(view: Any) -> Race:
    sim = Simulation()
    sim.store["purged"] = False
    sim.store["undone"] = False
    ann = sim.page(view(sim.store))
    with sim.concurrently() as acts:
        ann.get_by_role("button", name="Delete").click()
        sim.clock.advance(5)
        ann.get_by_role("button", name="Undo").click()
    return (
        sim,
        acts,
        (always(lambda sim: not (sim.store["undone"] and sim.store["purged"]), "what is there is not purged"),),
        {"patience": "now"},
    )


# --- task result against cancel


class ImportLive(Racing):
    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(state="idle")

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        if event == "start":
            return socket.assign(state="running").start_async("import", lambda: "rows")
        self.store["cancelled"] = True
        socket = socket.assign(state="cancelled")
        return socket.cancel_async("import") if self.safe else socket

    def handle_async(self, name: Any, result: Any, socket: Socket) -> Socket:
        if self.safe and socket.assigns.state == "cancelled":
            return socket
        return socket if isinstance(result, AsyncExit) else socket.assign(state="done")

    render = heex("""
        <params>{@state}</params>
        <button phx-click="start">Start</button>
        <button :if={@state == "running"} phx-click="cancel">Cancel</button>
    """)


def importing(view: Any) -> Race:
    sim = Simulation()
    sim.store["cancelled"] = False
    ann = sim.page(view(sim.store))
    with sim.concurrently() as acts:
        ann.get_by_role("button", name="Start").click()
        ann.get_by_role("button", name="Cancel").click()
    return (
        sim,
        acts,
        (
            always(
                lambda sim: not (sim.store["cancelled"] and sim.view(ann).view.assigns.state == "done"),
                "cancelled stays cancelled",
            ),
        ),
        {"patience": "now"},
    )


# --- presence diff against join (pages opened in the block)


class HereLive(Racing):
    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        if not socket.connected:
            return socket.assign(who=())
        me = session["name"]
        self.store["here"] = (*self.store["here"], me)
        socket = socket.broadcast("presence", me)
        if self.safe:
            return socket.subscribe("presence").assign(who=self.store["here"])
        return socket.assign(who=self.store["here"]).send("subscribe")

    def handle_info(self, msg: Any, socket: Socket) -> Socket:
        if msg == "subscribe":
            return socket.subscribe("presence")
        return socket if msg in socket.assigns.who else socket.assign(who=(*socket.assigns.who, msg))

    render = heex("""<p :for={w in @who}>{w}</p>""")


def presence(view: Any) -> Race:
    sim = Simulation()
    sim.store["here"] = ()
    shown = view(sim.store)
    with sim.concurrently() as acts:
        ann, ben = sim.page(shown, session={"name": "Ann"}), sim.page(shown, session={"name": "Ben"})
    return (
        sim,
        acts,
        (
            eventually(
                lambda sim: (
                    sim.view(ann).get_by_text("Ben").count() == 1 and sim.view(ben).get_by_text("Ann").count() == 1
                ),
                "both see both",
            ),
        ),
        {},
    )
