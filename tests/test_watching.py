"""Steps watched: what an action costs and touches, in a fork, without a clock."""

from __future__ import annotations

import subprocess
import time
from typing import Any

import pytest

from liveview_core import Cont, LiveView, Route, Router, Socket, heex
from liveview_testing import Simulation, View
from liveview_testing.watching import watch


class Watched(LiveView):
    """Does a little of everything."""

    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return (
            socket.assign(n=0, other="x")
            .subscribe("news")
            .attach_hook("h", "handle_event", lambda event, params, socket: Cont(socket))
        )

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        match event:
            case "sleep":
                time.sleep(0.001)
            case "program":
                subprocess.run(["true"], check=True)
            case "task":
                return socket.start_async("t", lambda: time.sleep(0.001))
            case "fail":
                raise ValueError("no")
            case "tell":
                return socket.broadcast_from("news", "hi")
            case _:
                pass
        return socket.update("n", lambda n: n + 1)

    def handle_info(self, msg: Any, socket: Socket) -> Socket:
        return socket.assign(other=msg)

    def handle_async(self, name: Any, result: Any, socket: Socket) -> Socket:
        return socket

    render = heex("""<p>{@n}</p><p>{@other}</p><button phx-click="up">+</button>""")


@pytest.fixture
def view() -> View:
    """Somebody's view."""
    return Simulation(Router([Route("/", Watched)])).live("/")


def test_a_click_is_one_message_with_its_figures(view: View) -> None:
    """Evaluations, bytes, assigns and hooks are those of the step; the caller's world has not moved."""
    world = view.sim.world
    (seen,) = watch(view, lambda it: it.element("button").render_click())
    assert view.sim.world is world
    assert (seen.process, seen.origin, seen.event, seen.evaluated) == (view.id, "client", "event", 1)
    assert seen.facts.changed == ("n",)
    assert seen.facts.hooks == (("handle_event", "h", False),)
    view.element("button").render_click()
    assert seen.bytes == view.wire[-1].bytes
    assert seen.after.socket.assigns.n == 1


def test_what_others_do_because_of_it_is_seen_as_well(view: View) -> None:
    """In order; each with who caused it."""
    other = view.sim.live("/")
    first, second = watch(view, lambda it: it.render_click("tell"))
    assert (first.process, second.process, second.sender, second.origin) == (view.id, other.id, view.id, "broadcast")
    assert (second.evaluated, second.payload) == (1, "hi")


def test_callbacks_that_wait_are_seen_and_tasks_may(view: View) -> None:
    """A sleep and a program are noted in callbacks; a task is beside the view, and may take its time."""
    assert watch(view, lambda it: it.render_click("sleep"))[0].blocked == ("time.sleep",)
    assert "_posixsubprocess.fork_exec" in watch(view, lambda it: it.render_click("program"))[0].blocked
    assert [each.blocked for each in watch(view, lambda it: it.render_click("task"))] == [(), ()]


def test_an_error_is_the_action_s(view: View) -> None:
    """It reaches the caller, and nothing has happened."""
    world = view.sim.world
    with pytest.raises(ValueError, match="no"):
        watch(view, lambda it: it.render_click("fail"))
    assert view.sim.world is world


def test_a_watched_step_writes_once() -> None:
    """A step is done twice to be watched; what a fake writes meanwhile is written once, and in the fork."""
    sim = Simulation()
    sim.store["orders"] = ()

    class Shop(LiveView):
        def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
            return socket.assign(count=0)

        def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
            sim.store.update("orders", lambda orders: (*orders, event))
            return socket.assign(count=len(sim.store["orders"]))

        render = heex("<p>{@count}</p>")

    view = sim.live(Shop)
    (seen,) = watch(view, lambda it: it.render_click("tea"))
    assert seen.after.socket.assigns.count == 1
    assert sim.store["orders"] == ()
