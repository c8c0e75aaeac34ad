"""Races over what a page shows, the URL, a connection, an instant.

Each is a view that is wrong, and right with `safe`; a world with people in it, what they do, and what should hold. To be explored
by `test_more_races`.
"""

from __future__ import annotations

from typing import Any

from liveview_core import Cont, Halt, LiveComponent, Route, Router, Socket, heex
from liveview_testing import Faults, Simulation, always, eventually, sometimes
from tests.properties.exploring.racing import Race, Racing

# --- a hook that halts sometimes


def halting(safe: bool) -> Any:
    def hook(msg: Any, socket: Socket) -> Any:
        if msg == "tick" and socket.assigns.paused:
            return Halt(socket.assign(missed=socket.assigns.missed + 1) if safe else socket)
        return Cont(socket)

    return hook


class PausedLive(Racing):
    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        if socket.connected:
            socket = socket.subscribe("ticks")
        return socket.assign(paused=False, missed=0, seen=0).attach_hook("pause", "handle_info", halting(self.safe))

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        if event == "tick":
            return socket.broadcast("ticks", "tick")
        if event == "pause":
            return socket.assign(paused=True)
        return socket.assign(paused=False, seen=socket.assigns.seen + socket.assigns.missed, missed=0)

    def handle_info(self, msg: Any, socket: Socket) -> Socket:
        return socket.assign(seen=socket.assigns.seen + 1)

    render = heex("""
        <params>{@seen}</params>
        <button phx-click="tick">Tick</button>
        <button phx-click="pause">Pause</button>
        <button phx-click="go">Go</button>
    """)


def pausing(view: Any) -> Race:
    sim = Simulation()
    sim.store["x"] = 0
    ann, ben = sim.page(view(sim.store)), sim.page(view(sim.store))
    with sim.concurrently() as acts:
        ann.get_by_role("button", name="Pause").click()
        ann.get_by_role("button", name="Go").click()
        ben.get_by_role("button", name="Tick").click()
    return sim, acts, (eventually(lambda sim: sim.view(ann).get_by_text("1").is_visible(), "Ann has seen it"),), {}


# --- send_update to a removed component


class Box(LiveComponent):
    def mount(self, socket: Socket) -> Socket:
        return socket.assign(n=None)

    def update(self, assigns: Any, socket: Socket) -> Socket:
        socket = socket.assign(assigns)
        return socket.assign(n=socket.assigns.start) if socket.assigns.n is None else socket

    render = heex("""<p id={@id}>{@n}</p>""")


class BoxHostLive(Racing):
    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        if socket.connected:
            socket = socket.subscribe("n")
        return socket.assign(open=True, n=0)

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        if event == "more":
            self.store["n"] = self.store["n"] + 1
            return socket.broadcast("n", self.store["n"])
        return socket.assign(open=event == "open")

    def handle_info(self, msg: Any, socket: Socket) -> Socket:
        if self.safe:
            socket = socket.assign(n=msg)
        return socket.send_update(Box, id="box", n=msg)

    render = heex("""
        <.live_component :if={@open} module={Box} id="box" start={@n} />
        <button phx-click="more">More</button>
        <button phx-click="close">Close</button>
        <button phx-click="open">Open</button>
    """)


def box(view: Any) -> Race:
    sim = Simulation()
    sim.store["n"] = 0
    ann, ben = sim.live(view(sim.store)), sim.live(view(sim.store))
    with sim.concurrently() as acts:
        ann.element("button", "Close").render_click()
        ann.element("button", "Open").render_click()
        ben.element("button", "More").render_click()
    return sim, acts, (eventually(lambda sim: sim.view(ann).has_element("#box", "1"), "the box shows it"),), {}


# --- back with a patch in flight


class PagesLive(Racing):
    def handle_params(self, params: Any, uri: str, socket: Socket) -> Socket:
        return socket.assign(page=int(params.get("page", "1")))

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        if self.safe:
            return socket.push_patch(f"/list?page={socket.assigns.page + 1}")
        return socket.assign(page=socket.assigns.page + 1).send("url")

    def handle_info(self, msg: Any, socket: Socket) -> Socket:
        return socket.push_patch(f"/list?page={socket.assigns.page}")

    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(safe=self.safe)

    render = heex("""
        <params>{@page}</params>
        <button :if={not @safe} phx-click="next">Next</button>
        <.link :if={@safe} patch={f"/list?page={@page + 1}"}>Next</.link>
        <.link patch="/list?page=7">Seven</.link>
    """)


def pages(view: Any) -> Race:
    sim = Simulation(Router([Route("/list", view(None))]))
    ann = sim.page("/list?page=3")
    ann.get_by_role("link", name="Seven").click()
    with sim.concurrently() as acts:
        ann.get_by_text("Next").click()
        ann.go_back()
    return (
        sim,
        acts,
        (
            always(
                lambda sim: sim.view(ann).url.endswith(f"page={sim.view(ann).view.assigns.page}"),
                "the page is that of the URL",
                when="quiet",
            ),
            sometimes(lambda sim: sim.view(ann).url.endswith("page=8"), "Ann goes on"),
        ),
        {},
    )


# --- reconnect with form recovery racing a broadcast


class DocLive(Racing):
    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        if socket.connected:
            socket = socket.subscribe("doc")
        return socket.assign(text=self.store["doc"], closed=self.store["closed"] if self.safe else False)

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        if event == "close":
            self.store["closed"] = True
            return socket.broadcast("doc", "closed")
        if socket.assigns.closed or (self.safe and self.store["closed"]):
            return socket
        if self.store["closed"]:
            self.store["late"] = True
        self.store["doc"] = params["text"]
        return socket.assign(text=params["text"])

    def handle_info(self, msg: Any, socket: Socket) -> Socket:
        return socket.assign(closed=True)

    render = heex("""
        <form phx-change="typed" id="f"><input name="text" aria-label="Text" value={@text} /></form>
        <button phx-click="close">Close</button>
        <params>{str(@closed)}</params>
    """)


def document(view: Any) -> Race:
    sim = Simulation()
    sim.store["doc"] = ""
    sim.store["closed"] = False
    sim.store["late"] = False
    ann, ben = sim.page(view(sim.store)), sim.page(view(sim.store))
    ann.get_by_label("Text").fill("a")
    with sim.concurrently() as acts:
        ben.get_by_role("button").click()
    return (
        sim,
        acts,
        (always(lambda sim: not sim.store["late"], "nothing is written once it is closed"),),
        {"faults": Faults(drops=1, on=[ann])},
    )


# --- two timers at one instant


class SessionLive(Racing):
    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        if socket.connected:
            socket = socket.send_after("save", 10, name="save").send_after("expire", 10, name="expire")
        return socket.assign(draft="x", out=False)

    def handle_info(self, msg: Any, socket: Socket) -> Socket:
        if msg == "expire":
            if self.safe:
                self.store["saved"] = socket.assigns.draft
            return socket.assign(draft="", out=True)
        self.store["saved"] = socket.assigns.draft or self.store["saved"] if self.safe else socket.assigns.draft
        return socket

    render = heex("""<p>{@draft}</p><button phx-click="x">X</button>""")


def session(view: Any) -> Race:
    sim = Simulation()
    sim.store["saved"] = None
    ann = sim.page(view(sim.store))
    with sim.concurrently() as acts:
        ann.get_by_role("button").click()
        sim.clock.advance(10)
    return (
        sim,
        acts,
        (
            eventually(lambda sim: sim.store["saved"] == "x", "the draft is saved"),
            always(lambda sim: sim.store["saved"] in (None, "x"), "only the draft is saved"),
        ),
        {},
    )
