"""Who speaks first: what processes send one another arrives before anything that a browser answers."""

from __future__ import annotations

from typing import Any

from liveview_core import LiveComponent, LiveView, Route, Router, Socket, heex
from liveview_testing import Simulation, View, live


class Box(LiveComponent):
    """Holds a number of its own."""

    def mount(self, socket: Socket) -> Socket:
        return socket.assign(n=0)

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        return socket.update("n", lambda n: n + 1)

    render = heex("""<b id={@id} phx-click="up" phx-target={@myself}>{@n}</b>""")


class Shelf(LiveView):
    """Takes its box away and puts it back, by messages to itself."""

    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(on=True)

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        match event:
            case "messages":
                return socket.send(False).send(True)
            case "one after the other":
                return socket.send("off, on")
            case "timers":
                return socket.send_after(False, 1).send_after(True, 1)
            case _:
                return socket.send_after(False, 1).send_after(True, 2)

    def handle_info(self, msg: Any, socket: Socket) -> Socket:
        if msg == "off, on":
            return socket.assign(on=False).send(True)
        return socket.assign(on=msg)

    render = heex("""<.live_component :if={@on} module={Box} id="box" />""")


def shelf() -> View:
    view = live(Shelf)
    view.element("#box").render_click()
    return view


def box(view: View) -> tuple[int, str]:
    (cid,) = view.process.components
    return cid.cid, view.element("#box").text


def test_a_component_that_is_shown_again_at_once_stays_what_it_was() -> None:
    """The client's `cids_will_destroy` finds it on the page again; nothing is destroyed (CP-23)."""
    for event in ("messages", "one after the other", "timers"):
        view = shelf()
        view.render_click(event)
        view.sim.clock.advance(1)
        assert box(view) == (1, "1"), event
        assert [frame.event for frame in view.wire if frame.event.startswith("cids")] == ["cids_will_destroy"]


def test_with_time_in_between_it_is_another_one() -> None:
    """A second is enough for the client to answer."""
    view = shelf()
    view.render_click("later")
    view.sim.clock.advance(2)
    assert box(view) == (2, "0")
    assert [frame.event for frame in view.wire if frame.event.startswith("cids")] == [
        "cids_will_destroy",
        "cids_destroyed",
    ]


class Child(LiveView):
    """Listens, and notes what it hears."""

    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(heard=()).subscribe("news")

    def handle_info(self, msg: Any, socket: Socket) -> Socket:
        return socket.update("heard", lambda heard: (*heard, msg))

    render = heex("""<i>{", ".join(@heard)}</i>""")


class Parent(LiveView):
    """Tells the news to whoever is there: to nobody, while its child is still to join."""

    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        socket = socket.assign(on=True)
        return socket.send("early") if socket.connected else socket

    def handle_info(self, msg: Any, socket: Socket) -> Socket:
        return socket.broadcast("news", msg)

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        return socket.broadcast("news", "last words").assign(on=False)

    render = heex("""<div :if={@on}>{live_render(@socket, Child, id="child")}</div>""")


def test_a_child_joins_when_its_parent_has_read_its_mailbox() -> None:
    """A client cannot have joined before a message that the parent sent itself while mounting."""
    view = live(Parent)
    assert view.element("i").text == ""
    view.send("late")
    assert view.element("i").text == "late"


def test_a_child_hears_what_was_sent_before_its_client_let_go() -> None:
    """The leave comes over the network, the message does not."""
    view = live(Parent)
    (child,) = view.live_children()
    view.render_click("away")
    assert [step.event for step in child.steps] == ["phx_join", "str", "phx_leave"]


class Fragile(LiveView):
    """Breaks in the middle of what it has to do."""

    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(heard=()).subscribe("news")

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        return socket.send("boom").send("after").send("after that")

    def handle_info(self, msg: Any, socket: Socket) -> Socket:
        if msg == "boom":
            raise ValueError("boom")
        return socket.update("heard", lambda heard: (*heard, msg))

    render = heex("""<i>{", ".join(@heard)}</i>""")


def test_messages_to_a_process_that_is_gone_do_not_reach_the_next() -> None:
    """One crash, one new mount, and nothing of what was in the mailbox."""
    sim = Simulation(Router([Route("/", Fragile)]))
    sim.crashes.contain()
    view = sim.live("/")
    view.render_click("go")
    assert [crash.what for crash in sim.crashes] == ["info str"]
    assert view.element("i").text == ""
    assert [frame.event for frame in view.wire if frame.direction == "client"] == ["phx_join", "event", "phx_join"]


def test_nor_do_broadcasts() -> None:
    """Two views break at one message; what was broadcast before they were mounted anew was for those before them."""
    sim = Simulation(Router([Route("/", Fragile)]))
    sim.crashes.contain()
    one, two = sim.live("/"), sim.live("/")

    def both(run: Any) -> None:
        run.broadcast("news", "boom")
        run.broadcast("news", "x")

    sim.act(both)
    assert len(sim.crashes) == 2
    assert (one.element("i").text, two.element("i").text) == ("", "")
    sim.broadcast("news", "y")
    assert (one.element("i").text, two.element("i").text) == ("y", "y")


class Ends(LiveView):
    """Goes away before its child could join."""

    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.send("go") if socket.connected else socket

    def handle_info(self, msg: Any, socket: Socket) -> Socket:
        return socket.redirect("/elsewhere")

    render = heex("""{live_render(@socket, Child, id="child")}""")


def test_a_child_whose_parent_has_ended_does_not_begin() -> None:
    """Its client is on its way to another page."""
    view = live(Ends)
    view.assert_redirect("/elsewhere")
    assert view.sim.views == []
    assert {step.process for step in view.sim.history} == {view.id}
