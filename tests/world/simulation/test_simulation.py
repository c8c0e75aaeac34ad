"""The world: two people, PubSub, settling, forks, atomic actions, the log."""

from __future__ import annotations

from typing import Any

import pytest

from liveview_core import LiveView, heex
from liveview_testing import Frame, PageWarning, Restless, Simulation, live
from liveview_testing.user.simulation import View
from liveview_testing.world.simulation.current import InsideStep
from tests.harness.views import ROUTER, ClockLive, CounterLive


def room(sim: Simulation, name: str) -> View:
    return sim.live("/room/tea", session={"name": name})


def test_two_people_hear_each_other() -> None:
    """What one says through PubSub reaches both browsers, in the same action."""
    sim = Simulation(ROUTER)
    ann, ben = room(sim, "ann"), room(sim, "ben")
    html = ann.form("#say", {"text": "hello"}).render_submit()
    assert "hello" in html
    assert ann.has_element("li", "hello")
    assert ben.has_element("#messages li", "hello")
    assert ben.element("#seen").text == "1"


def test_topics_are_apart() -> None:
    """A broadcast reaches the subscribers of its topic and nobody else."""
    sim = Simulation(ROUTER)
    tea, milk = sim.live("/room/tea"), sim.live("/room/milk")
    sim.broadcast("room:milk", ("said", {"id": 1, "text": "moo"}))
    assert not tea.has_element("li")
    assert milk.has_element("li", "moo")


def test_broadcast_from_spares_the_sender() -> None:
    """broadcast_from reaches everybody else."""
    sim = Simulation(ROUTER)
    ann, ben = room(sim, "ann"), room(sim, "ben")
    ann.render_click("whisper", {"text": "psst"})
    assert not ann.has_element("li")
    assert ben.has_element("li", "psst")


def test_subscribing_twice_delivers_twice_and_unsubscribe_removes_all() -> None:
    """As in Phoenix: subscriptions add up, and all go at once."""
    sim = Simulation(ROUTER)
    ann = room(sim, "ann")
    ann.render_click("twice")
    sim.broadcast("room:tea", ("said", {"id": 1, "text": "a"}))
    assert ann.assigns.seen == 2
    ann.render_click("leave")
    sim.broadcast("room:tea", ("said", {"id": 2, "text": "b"}))
    assert ann.assigns.seen == 2
    assert not sim.world.topics


def test_a_view_that_left_hears_nothing() -> None:
    """A process that ended has no subscriptions, timers or tasks left."""
    sim = Simulation(ROUTER)
    ann = room(sim, "ann")
    assert len(sim.world.topics["room:tea"]) == 1
    ann.live_redirect("/login")
    assert not sim.world.topics
    assert sim.world.lines[ann.id].process is None


def test_an_action_that_raises_changes_nothing() -> None:
    """The untouched law, for the whole world: also what another view heard before is undone."""
    view = live(CounterLive)
    view.element("#up").render_click()
    before = view.sim.world
    with pytest.raises(RuntimeError, match="boom") as raised:
        view.element("#boom").render_click()
    assert view.sim.world is before
    assert raised.value.__notes__ == [
        "in phx-1 (CounterLive), handling client event: {'type': 'click', 'event': 'boom', 'value': {'value': ''}}"
    ]
    view.element("#up").render_click()
    assert view.assigns.count == 2


@pytest.mark.parametrize(
    ("read", "note"),
    [
        ("count", "count is an assign: socket.assigns.count"),
        ("assing", "the nearest that a socket has: assign, assigns, assign_new"),
        ("zzz", "assigns are read through socket.assigns"),
    ],
)
def test_what_a_socket_does_not_have(read: str, note: str) -> None:
    """A callback that asks its socket for it is told what to write."""

    class Misreading(LiveView):
        def mount(self, params: Any, session: Any, socket: Any) -> Any:
            return socket.assign(count=1)

        def handle_event(self, event: str, params: Any, socket: Any) -> Any:
            return getattr(socket, event)

        render = heex("<p>{@count}</p>")

    view = live(Misreading)
    with pytest.raises(AttributeError) as raised:
        view.render_click(read)
    assert raised.value.__notes__[1:] == [note]


def test_forks_do_not_disturb_each_other() -> None:
    """Both sides go on from the same world, and neither sees what the other does."""
    sim = Simulation(ROUTER)
    ann, ben = room(sim, "ann"), room(sim, "ben")
    ann.form("#say", {"text": "one"}).render_submit()
    other = sim.fork()
    ann2, ben2 = other.view(ann), other.view(ben)
    ann.form("#say", {"text": "left"}).render_submit()
    ann2.form("#say", {"text": "right"}).render_submit()
    assert ben.has_element("li", "left")
    assert not ben.has_element("li", "right")
    assert ben2.has_element("li", "right")
    assert not ben2.has_element("li", "left")
    assert ben2.has_element("li", "one")
    assert len(sim.history) == len(other.history)
    assert sim.trace != other.trace
    assert [frame.event for frame in ann.wire] == [frame.event for frame in ann2.wire]


def test_a_fork_has_its_own_timers() -> None:
    """Timers pending at the fork fire on both sides, once each."""
    view = live(ClockLive)
    view.render_click("start")
    other = view.fork()
    view.sim.clock.advance(3)
    assert (view.assigns.ticks, other.assigns.ticks) == (3, 0)
    other.sim.clock.advance(1)
    assert (view.assigns.ticks, other.assigns.ticks) == (3, 1)


def test_an_action_that_fails_keeps_the_timers() -> None:
    """Timers that fired in an action that failed are pending again."""

    class Fuse(LiveView):
        def mount(self, params: Any, session: Any, socket: Any) -> Any:
            return socket.assign(n=0).send_after("a", 1).send_after("bang", 2)

        def handle_info(self, msg: Any, socket: Any) -> Any:
            if msg == "bang" and not self_armed["safe"]:
                raise RuntimeError("bang")
            return socket.update("n", lambda n: n + 1)

        render = heex("<p>{@n}</p>")

    self_armed = {"safe": False}
    view = live(Fuse)
    with pytest.raises(RuntimeError, match="bang"):
        view.sim.clock.advance(5)
    assert view.assigns.n == 0
    assert [pending.message for pending in view.sim.clock.pending] == ["a", "bang"]
    self_armed["safe"] = True
    view.sim.clock.advance(5)
    assert view.assigns.n == 2
    assert view.sim.clock.pending == []


def test_a_loop_is_reported_with_its_senders() -> None:
    """A world that never becomes quiet says who keeps it busy, and nothing has happened."""
    sim = Simulation(ROUTER, limit=50)
    view = sim.live("/clock")
    before = sim.world
    with pytest.raises(Restless) as raised:
        view.render_click("loop")
    assert str(raised.value) == (
        "the world does not settle: 50 messages at the same instant, and more are waiting\n"
        "  expected: callbacks that end by sending nothing more at this instant\n"
        "  got: 50 x phx-1 -> phx-1: 'loop'\n"
        "  cure: send_after(message, seconds) if it should repeat in time; Simulation(limit=...) if it really is that much"
    )
    assert sim.world is before


def test_wire_holds_every_frame_in_order() -> None:
    """`view.wire` is the whole conversation; payloads are what travels."""
    view = live(CounterLive)
    view.element("#up").render_click()
    with pytest.warns(
        PageWarning, match="CounterLive got the message 'unknown', and has no handle_info: it is dropped"
    ):
        view.send("unknown")
    directions = [(frame.direction, frame.event) for frame in view.wire]
    assert directions == [("client", "phx_join"), ("server", "phx_reply"), ("client", "event"), ("server", "phx_reply")]
    assert view.wire[2] == Frame("client", "event", {"type": "click", "event": "increment", "value": {"value": ""}})
    assert view.wire[3] == Frame("server", "phx_reply", {"status": "ok", "response": {"diff": {"0": "1"}}})
    assert view.wire[3].bytes == len('{"status":"ok","response":{"diff":{"0":"1"}}}')


def test_the_trace_is_a_function_of_the_run() -> None:
    """The same actions in another world give the same bytes; other actions give others (replay law)."""

    def run(text: str) -> bytes:
        sim = Simulation(ROUTER)
        ann, _ = room(sim, "ann"), room(sim, "ben")
        ann.form("#say", {"text": text}).render_submit()
        return sim.trace

    assert run("a") == run("a")
    assert run("a") != run("b")
    assert b'client event\n  > event {"type":"form","event":"say","value":"text=a","meta":{}}' in run("a")


def test_the_store_is_forked_and_rolled_back() -> None:
    """What fakes keep in the store belongs to the world."""
    sim = Simulation()
    sim.store["orders"] = ()

    class Shop(LiveView):
        def mount(self, params: Any, session: Any, socket: Any) -> Any:
            return socket.assign(n=0)

        def handle_event(self, event: str, params: Any, socket: Any) -> Any:
            sim.store.update("orders", lambda orders: (*orders, event))
            if event == "bad":
                raise ValueError(event)
            return socket.update("n", lambda n: n + 1)

        render = heex("<p>{@n}</p>")

    view = sim.live(Shop)
    view.render_click("tea")
    with pytest.raises(ValueError, match="bad"):
        view.render_click("bad")
    assert sim.store["orders"] == ("tea",)
    other = sim.fork()
    other.store["orders"] = ()
    assert sim.store["orders"] == ("tea",)
    other.view(view).render_click("milk")  # the view holds the first world's store; in the fork it is the fork's
    assert (sim.store["orders"], other.store["orders"]) == (("tea",), ("milk",))
    assert repr(sim.store) == "Store(orders=('tea',))"
    assert sim.store.get("none", 1) == 1
    assert "orders" in sim.store


def test_a_callback_cannot_act_on_its_own_world() -> None:
    """A world in the middle of an action refuses another, and says what to use instead."""
    sim = Simulation()

    class Meddler(LiveView):
        def mount(self, params: Any, session: Any, socket: Any) -> Any:
            return socket.assign(n=0)

        def handle_event(self, event: str, params: Any, socket: Any) -> Any:
            sim.broadcast("x", 1)
            return socket

        render = heex("<p>{@n}</p>")

    view = sim.live(Meddler)
    with pytest.raises(InsideStep) as raised:
        view.render_click("x")
    assert str(raised.value) == (
        "this world is in the middle of an action\n"
        "  expected: callbacks that ask for things through their socket (send, broadcast, start_async, ...)\n"
        "  got: a callback that acted on the simulation itself\n"
        "  cure: use the socket's methods; state of fakes belongs into sim.store"
    )
    assert sim.views == [view]


def test_what_is_stored_can_be_gone_through() -> None:
    """By name, in their order."""
    sim = Simulation()
    sim.store["b"], sim.store["a"] = 1, 2
    assert list(sim.store) == ["a", "b"]
    assert {name: sim.store[name] for name in sim.store} == {"a": 2, "b": 1}
    assert sim.store
    assert not list(Simulation().store)
