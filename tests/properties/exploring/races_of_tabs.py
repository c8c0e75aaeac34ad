"""Races between the tabs and the pages of people: who is here, what tabs keep, who has left, who has logged out.

Each is a view that is wrong, and right with `safe`; a world with people in it, what they do, and what should hold. To be explored
by `test_more_races`.
"""

from __future__ import annotations

from typing import Any

from liveview_core import Socket, heex
from liveview_testing import Simulation, always
from tests.properties.exploring.racing import Race, Racing

# --- who is here, with two tabs: one says bye while the other says hello


class PresentLive(Racing):
    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        if socket.connected:
            socket = socket.subscribe("presence")
        return socket.assign(me=session["name"], here=("Ann",))

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        me = socket.assigns.me
        self.store["tabs"] = self.store["tabs"] + (1 if event == "hello" else -1)
        return socket.broadcast("presence", (event, me))

    def handle_info(self, msg: Any, socket: Socket) -> Socket:
        event, who = msg
        if self.safe:  # what is told is only that something has changed
            return socket.assign(here=("Ann",) if self.store["tabs"] else ())
        return socket.assign(here=(who,) if event == "hello" else ())

    render = heex("""
        <p id="here">{", ".join(@here)}</p>
        <button phx-click="hello">Hello</button>
        <button phx-click="bye">Bye</button>
    """)


def present(view: Any) -> Race:
    sim = Simulation()
    sim.store["tabs"] = 1
    one, two = (sim.page(view(sim.store), session={"name": "Ann"}, name=f"Ann {at}") for at in (1, 2))
    ben = sim.page(view(sim.store), session={"name": "Ben"}, name="Ben")
    with sim.concurrently() as acts:
        one.get_by_role("button", name="Bye").click()
        two.get_by_role("button", name="Hello").click()

    def here(sim: Simulation) -> bool:
        shown = sim.view(ben).locator("#here").text_content()
        return shown == ("Ann" if sim.store["tabs"] else "")

    return sim, acts, (always(here, "Ben sees who is here", when="quiet"),), {}


# --- two tabs with one basket


class BasketLive(Racing):
    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        if socket.connected:
            socket = socket.subscribe("basket")
        return socket.assign(basket=self.store["basket"])

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        known = self.store["basket"] if self.safe else socket.assigns.basket
        self.store["basket"] = (*known, params["value"])
        self.store["put"] = self.store["put"] + 1
        return socket.assign(basket=self.store["basket"]).broadcast_from("basket", "changed")

    def handle_info(self, msg: Any, socket: Socket) -> Socket:
        return socket.assign(basket=self.store["basket"])

    render = heex("""
        <ul><li :for={each in @basket}>{each}</li></ul>
        <button phx-click="put" value="tea">Tea</button>
        <button phx-click="put" value="milk">Milk</button>
    """)


def basket(view: Any) -> Race:
    sim = Simulation()
    sim.store["basket"], sim.store["put"] = (), 0
    one, two = sim.page(view(sim.store), name="Ann 1"), sim.page(view(sim.store), name="Ann 2")
    with sim.concurrently() as acts:
        one.get_by_role("button", name="Tea").click()
        two.get_by_role("button", name="Milk").click()
    kept = always(lambda sim: len(sim.store["basket"]) == sim.store["put"], "what was put in is in the basket")
    return sim, acts, (kept,), {}


# --- a timer that ends a subscription, and a message at that instant


class WatchLive(Racing):
    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        if socket.connected:
            socket = socket.subscribe("prices").send_after("enough", 10, name="enough")
        return socket.assign(watching=True, price=0, after=False)

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        return socket.broadcast_from("prices", 7)

    def handle_info(self, msg: Any, socket: Socket) -> Socket:
        if msg == "enough":
            return socket.unsubscribe("prices").assign(watching=False)
        if self.safe and not socket.assigns.watching:
            return socket
        return socket.assign(price=msg, after=not socket.assigns.watching)

    render = heex("""<p>{@price}</p><button phx-click="price">Price</button>""")


def watching(view: Any) -> Race:
    sim = Simulation()
    ann, ben = sim.page(view(None)), sim.page(view(None))
    with sim.concurrently() as acts:
        sim.clock.advance(10)
        ben.get_by_role("button").click()
    late = always(lambda sim: not sim.view(ann).view.assigns.after, "who does not watch any more is told nothing")
    return sim, acts, (late,), {}


# --- two tabs of one person, who logs out in one of them


class AccountLive(Racing):
    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        if socket.connected:
            socket = socket.subscribe("account:ann")
        return socket.assign(user="ann")

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        if event == "out":
            self.store["in"] = False
            return socket.assign(user=None).broadcast_from("account:ann", "out")
        if socket.assigns.user is None or (self.safe and not self.store["in"]):
            return socket.assign(user=None)
        self.store["paid"] = ("in" if self.store["in"] else "out", *self.store["paid"])
        return socket

    def handle_info(self, msg: Any, socket: Socket) -> Socket:
        return socket.assign(user=None)

    render = heex("""
        <button phx-click="out">Log out</button>
        <button :if={@user} phx-click="pay">Pay</button>
    """)


def account(view: Any) -> Race:
    sim = Simulation()
    sim.store["in"], sim.store["paid"] = True, ()
    one, two = sim.page(view(sim.store), name="Ann 1"), sim.page(view(sim.store), name="Ann 2")
    with sim.concurrently() as acts:
        one.get_by_role("button", name="Log out").click()
        two.get_by_role("button", name="Pay").click()
    safe = always(lambda sim: "out" not in sim.store["paid"], "nobody pays who is logged out")
    return sim, acts, (safe,), {"patience": "now"}
