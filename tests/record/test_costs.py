"""What each message cost and touched, from the log, and summed up."""

from __future__ import annotations

from typing import Any

import pytest

from liveview_core import Cont, LiveView, Socket, heex
from liveview_testing import Simulation, live
from liveview_testing.record.costs import Cost, costs
from tests.harness.views import CounterLive


class Hooked(LiveView):
    """Two hooks, one of which changes something."""

    def mount(self, params: Any, session: Any, socket: Any) -> Any:
        socket = socket.assign(n=0, seen=0, big="")
        socket = socket.attach_hook("idle", "handle_event", lambda e, p, s: Cont(s))
        return socket.attach_hook("count", "handle_event", lambda e, p, s: Cont(s.update("seen", lambda n: n + 1)))

    def handle_event(self, event: str, params: Any, socket: Any) -> Any:
        return socket.assign(big="x" * 1000) if event == "big" else socket.update("n", lambda n: n + 1)

    def handle_info(self, msg: Any, socket: Any) -> Any:
        return socket.assign(n=9)

    render = heex("<p>{@n}</p><p>{@seen}</p><p>{@big}</p>")


def test_each_step_says_what_it_cost() -> None:
    """Dynamics evaluated, assigns rendered, bytes sent, hooks and what they changed (TM-1, issue 4)."""
    view = live(Hooked)
    view.render_click("up")
    step = view.steps[-1]
    assert (step.origin, step.event, step.payload["event"]) == ("client", "event", "up")
    assert step.evaluated == 2
    assert sorted(step.changed) == ["n", "seen"]
    assert step.bytes == view.wire[-1].bytes
    assert step.facts.hooks == (("handle_event", "idle", False), ("handle_event", "count", True))
    assert step.facts.touched == (("count", ("seen",)),)
    assert view.sim.history[-1] is step


def test_the_most_expensive_events() -> None:
    """By bytes, by evaluations, by number; of a world or of one view."""
    sim = Simulation()
    view, other = sim.live(Hooked), sim.live(CounterLive)
    for _ in range(3):
        view.render_click("up")
    view.render_click("big")
    view.send(("tick", 1))
    other.render_click("increment")
    by_bytes = costs(sim)
    assert by_bytes[0] == Cost("Hooked", "event big", 1, 2, by_bytes[0].bytes, 2, by_bytes[0].bytes)
    assert by_bytes[0].bytes > 1000
    assert costs(sim, by="times")[0] == Cost("Hooked", "event up", 3, 6, 159, 2, 53)
    assert [(each.view, each.what) for each in costs(sim, by="evaluated")][:2] == [
        ("Hooked", "event up"),
        ("Hooked", "phx_join"),
    ]
    assert [each.what for each in costs(other)] == ["phx_join", "event increment"]
    assert "info tick" in [each.what for each in costs(view)]


def test_the_log_keeps_no_process() -> None:
    """What is kept of a step is plain: counts and names (measured: the log may keep it)."""
    view = live(Hooked)
    view.render_click("up")
    counted = view.steps[-1].counted
    assert counted == (
        2,
        counted[1],
        (),
        (("handle_event", "idle", False), ("handle_event", "count", True)),
        counted[4],
    )


@pytest.mark.parametrize("by", ["bytes", "evaluated", "times"])
def test_costs_are_sorted(by: Any) -> None:
    """The most expensive first."""
    view = live(CounterLive)
    for event in ("increment", "reset", "chart"):
        view.render_click(event)
    figures = [getattr(each, by) for each in costs(view, by=by)]
    assert figures == sorted(figures, reverse=True)


class Heard(LiveView):
    def handle_info(self, msg: Any, socket: Socket) -> Socket:
        return socket

    render = heex("<p>x</p>")


def test_messages_of_every_kind_have_a_name() -> None:
    """A text is its own; what has none is called by its kind."""
    view = live(Heard)
    view.send("bell")
    view.send(3)
    assert sorted(each.what for each in costs(view)) == ["info bell", "info int", "phx_join"]
