"""Races over who listens, a task that fails, a process that dies, locks, nodes, slow messages.

Each is a view that is wrong, and right with `safe`; a world with people in it, what they do, and what should hold. To be explored
by `test_more_races`.
"""

from __future__ import annotations

from typing import Any

from liveview_core import AsyncExit, Socket, heex
from liveview_testing import Faults, Simulation, always, eventually, outcomes
from tests.properties.exploring.racing import Race, Racing

# --- switching rooms with a message of the old one in flight


class RoomsLive(Racing):
    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        if socket.connected:
            socket = socket.subscribe("tea")
        return socket.assign(room="tea", said=())

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        if event == "switch":
            return socket.unsubscribe("tea").subscribe("milk").assign(room="milk", said=())
        return socket.broadcast("tea", ("tea", "hello"))

    def handle_info(self, msg: Any, socket: Socket) -> Socket:
        if self.safe and msg[0] != socket.assigns.room:
            return socket
        return socket.assign(said=(*socket.assigns.said, msg))

    render = heex("""
        <h1>{@room}</h1>
        <params :for={result, t in @said}>{result} {t}</params>
        <button phx-click="switch">Switch</button>
        <button phx-click="say">Say</button>
    """)


def rooms(view: Any) -> Race:
    sim = Simulation()
    sim.store["x"] = 0
    ann, ben = sim.page(view(sim.store)), sim.page(view(sim.store))
    with sim.concurrently() as acts:
        ann.get_by_role("button", name="Switch").click()
        ben.get_by_role("button", name="Say").click()
    return (
        sim,
        acts,
        (
            always(
                lambda sim: (
                    not (
                        sim.view(ann).get_by_role("heading").text_content() == "milk"
                        and sim.view(ann).get_by_text("tea hello").count()
                    )
                ),
                "a room shows its own",
            ),
        ),
        {},
    )


# --- a task that fails leaves the spinner


class SpinLive(Racing):
    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(loading=False)

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        return socket.assign(loading=True).start_async("load", lambda: 1)

    def handle_async(self, name: Any, result: Any, socket: Socket) -> Socket:
        if isinstance(result, AsyncExit) and not self.safe:
            return socket
        return socket.assign(loading=False)

    render = heex("""<p :if={@loading}>loading</p><button phx-click="load">Load</button>""")


def spinner(view: Any) -> Race:
    sim = Simulation()
    sim.store["x"] = 0
    ann = sim.page(view(sim.store))
    with sim.concurrently() as acts:
        ann.get_by_role("button").click()
    return (
        sim,
        acts,
        (always(lambda sim: not sim.view(ann).view.assigns.loading, "it comes to rest", when="quiet"),),
        {"faults": Faults(tasks=1)},
    )


# --- a crash loses what only the process knew


class CartLive(Racing):
    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(cart=self.store["cart"] if self.safe else 0)

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        self.store["cart"] = self.store["cart"] + 1
        return socket.assign(cart=socket.assigns.cart + 1)

    render = heex("""<p>{@cart}</p><button phx-click="add">Add</button>""")


def cart(view: Any) -> Race:
    sim = Simulation()
    sim.store["cart"] = 0
    ann = sim.page(view(sim.store))
    with sim.concurrently() as acts:
        ann.get_by_role("button").click()
    return (
        sim,
        acts,
        (
            always(
                lambda sim: sim.view(ann).get_by_text(str(sim.store["cart"])).count() == 1,
                "the cart is what is kept",
                when="quiet",
            ),
        ),
        {"faults": Faults(crashes=1), "unfinished": "allow"},
    )


# --- order between nodes


class NodeLive(Racing):
    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        if socket.connected:
            socket = socket.subscribe("log")
        return socket.assign(seen=0)

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        return socket.broadcast_from("log", 1).broadcast_from("log", 2)

    def handle_info(self, msg: Any, socket: Socket) -> Socket:
        return socket.assign(seen=max(msg, socket.assigns.seen) if self.safe else msg)

    render = heex("""<p>{@seen}</p><button phx-click="write">Write</button>""")


def nodes(view: Any) -> Race:
    sim = Simulation()
    sim.store["x"] = 0
    ann, ben = sim.page(view(sim.store)), sim.page(view(sim.store))
    with sim.concurrently() as acts:
        ann.get_by_role("button").click()
    return (
        sim,
        acts,
        (outcomes([(2,)], lambda sim: (sim.view(ben).view.assigns.seen,), "Ben is up to date"),),
        {"order": "none"},
    )


# --- two locks in opposite order


class LocksLive(Racing):
    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(first=session["first"], done=False, have=())

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        order = sorted(("x", "y")) if self.safe else (socket.assigns.first, "y" if socket.assigns.first == "x" else "x")
        return socket.assign(order=tuple(order)).send("take")

    def handle_info(self, msg: Any, socket: Socket) -> Socket:
        wanted = next((n for n in socket.assigns.order if n not in socket.assigns.have), None)
        if wanted is None:
            for n in socket.assigns.have:
                self.store[n] = None
            return socket.assign(done=True, have=())
        if self.store[wanted] is not None:
            return socket.send_after("take", 1)
        self.store[wanted] = socket.id
        return socket.assign(have=(*socket.assigns.have, wanted)).send("take")

    render = heex("""<button phx-click="go">Go</button><p>{str(@done)}</p>""")


def locks(view: Any) -> Race:
    sim = Simulation()
    sim.store["x"] = None
    sim.store["y"] = None
    ann, ben = sim.page(view(sim.store), session={"first": "x"}), sim.page(view(sim.store), session={"first": "y"})
    with sim.concurrently() as acts:
        ann.get_by_role("button").click()
        ben.get_by_role("button").click()
    return (
        sim,
        acts,
        (eventually(lambda sim: sim.view(ann).view.assigns.done and sim.view(ben).view.assigns.done, "both are done"),),
        {"horizon": 3},
    )


# --- an impatient click at a button that vanishes


class VanishLive(Racing):
    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        if socket.connected:
            socket = socket.subscribe("sold")
        return socket.assign(sold=False)

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        if self.store["buyer"]:
            if not self.safe:
                raise LookupError("sold already")
            return socket
        self.store["buyer"] = socket.id
        return socket.broadcast("sold", 1)

    def handle_info(self, msg: Any, socket: Socket) -> Socket:
        return socket.assign(sold=True)

    render = heex("""<button :if={not @sold} phx-click="buy">Buy</button>""")


def vanishing(view: Any) -> Race:
    sim = Simulation()
    sim.store["buyer"] = None
    ann, ben = sim.page(view(sim.store)), sim.page(view(sim.store))
    with sim.concurrently() as acts:
        ann.get_by_role("button").click()
        ben.get_by_role("button").click()
    return sim, acts, (), {"patience": "now"}


# --- a slow message outlasts a timeout


class TimeoutLive(Racing):
    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return (
            socket.assign(state="open").send_after("expire", 30, name="expire")
            if socket.connected
            else socket.assign(state="open")
        )

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        if self.safe and socket.assigns.state != "open":
            return socket
        self.store["paid"] = socket.assigns.state
        return socket.assign(state="paid").cancel_timer("expire")

    def handle_info(self, msg: Any, socket: Socket) -> Socket:
        return socket.assign(state="expired") if socket.assigns.state == "open" else socket

    render = heex("""<p>{@state}</p><button phx-click="pay">Pay</button>""")


def timeout(view: Any) -> Race:
    sim = Simulation()
    sim.store["paid"] = None
    ann = sim.page(view(sim.store))
    with sim.concurrently() as acts:
        ann.get_by_role("button").click()
    return (
        sim,
        acts,
        (always(lambda sim: sim.store["paid"] in (None, "open"), "who has expired does not pay"),),
        {"faults": Faults(slow=1)},
    )


# --- double submit under latency


class PayLive(Racing):
    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(done=0)

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        if self.safe and socket.assigns.done:
            return socket
        self.store["paid"] = self.store["paid"] + 1
        return socket.assign(done=socket.assigns.done + 1)

    render = heex("""
        <form phx-submit="pay"><input name="a"/>
        <button :if={not @done}>Pay</button></form>
        <button :if={not @done} phx-click="pay" id="quick">Quick</button>
    """)


def payment(view: Any) -> Race:
    sim = Simulation()
    sim.store["paid"] = 0
    ann = sim.page(view(sim.store))
    with sim.concurrently() as acts:
        ann.get_by_role("button", name="Pay").click()
        ann.get_by_role("button", name="Quick").click()
    return sim, acts, (always(lambda sim: sim.store["paid"] <= 1, "paid once"),), {"patience": "now"}
