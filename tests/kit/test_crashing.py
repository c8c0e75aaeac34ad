"""Crashes: an error ends the process it happened in, and that one alone; its client joins again."""

from __future__ import annotations

from typing import Any

import pytest

from liveview_core import LiveView, Route, Router, Socket, heex
from liveview_testing import Simulation, View, ViewGone
from liveview_testing.crashing import Crash
from liveview_testing.laws import hold


class Fragile(LiveView):
    """Counts, listens, ticks and works, until it is told to break."""

    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        if session.get("never"):
            raise RuntimeError("no mount")
        return socket.assign(n=0, page=None).subscribe("news").send_interval("tick", 60)

    def handle_params(self, params: Any, uri: str, socket: Socket) -> Socket:
        return socket.assign(page=params.get("page"))

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        match event:
            case "break":
                raise ValueError("broken")
            case "work":
                return socket.start_async("work", lambda: 1)
            case _:
                return socket.update("n", lambda n: n + 1)

    def handle_info(self, msg: Any, socket: Socket) -> Socket:
        return socket.update("n", lambda n: n + 10)

    render = heex("""<p>{@n} on {@page}</p><button phx-click="up">+</button>""")


ROUTER = Router([Route("/", Fragile)])


@pytest.fixture
def sim() -> Simulation:
    """A world that lets things crash."""
    sim = Simulation(ROUTER)
    sim.crashes.contain()
    return sim


def test_without_being_asked_an_error_reaches_the_test() -> None:
    """And nothing has happened."""
    sim = Simulation(ROUTER)
    view = sim.live("/")
    world = sim.world
    with pytest.raises(ValueError, match="broken"):
        view.render_click("break")
    assert sim.world is world
    assert (sim.crashes.contained, len(sim.crashes)) == (False, 0)


def test_a_view_that_crashes_is_mounted_anew(sim: Simulation) -> None:
    """The client hears phx_error and joins again, at the URL where it is now; the handle stays good."""
    view = sim.live("/")
    view.render_patch("/?page=2")
    view.element("button").render_click()
    view.render_click("break")
    assert [(frame.direction, frame.event) for frame in view.wire[-4:]] == [
        ("client", "event"),
        ("server", "phx_error"),
        ("client", "phx_join"),
        ("server", "phx_reply"),
    ]
    assert view.wire[-2].payload["url"] == "http://www.example.com/?page=2"
    assert view.wire[-2].payload["params"] == {"_mounts": 1}
    assert view.element("p").text == "0 on 2"
    view.element("button").render_click()
    assert view.assigns.n == 1
    hold(sim)
    (crash,) = sim.crashes
    assert crash == Crash(view.id, "Fragile", "client", "event", crash.error)
    assert str(crash.error) == "broken"


def test_what_it_had_set_up_ends_with_it(sim: Simulation) -> None:
    """One subscription and one timer afterwards, and no task: those of the view that was mounted anew."""
    view = sim.live("/")
    sim.tasks.hold()
    view.render_click("work")
    view.render_click("break")
    assert sim.tasks.pending == []
    assert len(sim.clock.pending) == 1
    sim.broadcast("news", "x")
    sim.clock.advance(60)
    assert view.assigns.n == 20


def test_nobody_else_notices(sim: Simulation) -> None:
    """Another view of the same world goes on as it was."""
    view, other = sim.live("/"), sim.live("/")
    other.element("button").render_click()
    frames = len(other.wire)
    view.render_click("break")
    assert (len(other.wire), other.assigns.n) == (frames, 1)


def test_a_page_that_cannot_be_opened_is_no_crash_to_contain(sim: Simulation) -> None:
    """There is nothing to go on with: the error reaches the test."""
    with pytest.raises(RuntimeError, match="no mount"):
        sim.live("/", session={"never": True})
    assert len(sim.crashes) == 0


class Outer(LiveView):
    """A page with a child."""

    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(n=0)

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        if event == "break":
            raise ValueError("outer")
        return socket.update("n", lambda n: n + 1)

    render = heex("""<b>{@n}</b>{live_render(@socket, Inner, id="inner")}""")


class Inner(LiveView):
    """The child."""

    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(n=0)

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        if event == "break":
            raise ValueError("inner")
        return socket.update("n", lambda n: n + 1)

    render = heex("""<i>{@n}</i>""")


def inner_of(view: View) -> View:
    """The child."""
    found = view.find_live_child("inner")
    assert found is not None
    return found


def test_a_child_crashes_alone() -> None:
    """Its parent keeps its state, says nothing, and has its child again."""
    sim = Simulation()
    sim.crashes.contain()
    view = sim.live(Outer)
    view.render_click("up")
    inner_of(view).render_click("up")
    before = view.process
    inner_of(view).render_click("break")
    assert view.process is before
    assert inner_of(view).assigns.n == 0
    assert view.has_element("b", "1")
    assert view.has_element("i", "0")
    assert [crash.view for crash in sim.crashes] == ["Inner"]
    hold(sim)


def test_a_parent_takes_its_child_along() -> None:
    """Both begin anew (LC-46)."""
    sim = Simulation()
    sim.crashes.contain()
    view = sim.live(Outer)
    for each in (view, inner_of(view)):
        each.render_click("up")
    view.render_click("break")
    assert (view.assigns.n, inner_of(view).assigns.n) == (0, 0)
    assert len(view.live_children()) == 1
    hold(sim)


def test_a_view_that_crashes_while_it_joins_again_stays_gone(sim: Simulation) -> None:
    """A client would try again later; the handle says that the process has ended."""
    healthy = Fragile.mount

    def once(self: Fragile, params: Any, session: Any, socket: Socket) -> Socket:
        if sim.store.get("sick"):
            raise RuntimeError("still sick")
        mounted: Socket = healthy(self, params, session, socket)
        return mounted

    class Sick(Fragile):
        mount = once

    view = sim.live(Sick)
    sim.store["sick"] = True
    with pytest.raises(ViewGone, match="has ended"):
        view.render_click("break")  # what it did is done; only there is no page to show any more
    assert [str(crash.error) for crash in sim.crashes] == ["broken", "still sick"]
    assert view.wire[-1].event == "phx_error"


def test_forks_crash_apart(sim: Simulation) -> None:
    """What crashed in a fork has not crashed here; whether crashes are contained is forked as well."""
    view = sim.live("/")
    there = view.fork()
    there.render_click("break")
    assert (len(sim.crashes), len(there.sim.crashes)) == (0, 1)
    assert repr(sim.crashes) == "Crashes([])"
