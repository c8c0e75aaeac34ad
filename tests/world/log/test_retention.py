"""The log of a world, as far as it is kept."""

from __future__ import annotations

import gc
from typing import Any

import pytest

from liveview_core import LiveView, Route, Router, Socket, heex
from liveview_core.errors import BadOption
from liveview_testing import Frame, Simulation, View, shrink
from liveview_testing.laws import LawBroken, replay_law
from liveview_testing.world.log.happening import Happening
from liveview_testing.world.log.retention import Forgotten, Kept
from liveview_testing.world.simulation.delivering.delivery import Restless


class Ticker(LiveView):
    """Counts, and may not come to rest."""

    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(n=0).subscribe("news")

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        return socket.send_interval("tick", 1)

    def handle_info(self, msg: Any, socket: Socket) -> Socket:
        if msg == "random":
            return socket.assign(n=chance())
        socket = socket.update("n", lambda n: n + 1)
        return socket.send("again") if msg == "again" else socket

    render = heex("""<p>{@n}</p>""")


ROUTER = Router([Route("/", Ticker)])
CHANCE = [0]


def chance() -> int:
    """What no two runs have in common."""
    CHANCE[0] += 1
    return CHANCE[0]


def run(history: int | None = None, ticks: int = 500) -> tuple[Simulation, View, View]:
    sim = Simulation(ROUTER, history=history)
    quiet, view = sim.live("/"), sim.live("/")
    view.render_click("start")
    for _ in range(ticks // 2):
        view.send("x")
    sim.clock.advance(ticks - ticks // 2)
    return sim, quiet, view


def test_the_last_messages_are_kept() -> None:
    """As many as were asked for, and what is gone is counted, for the world and for each view."""
    whole, _, every = run()
    sim, quiet, view = run(100)
    assert (len(sim.history), sim.history.gone) == (100, whole.world.count - 100)
    assert [each.number for each in sim.history] == [each.number for each in whole.history][-100:]
    assert (len(view.steps), view.steps.gone) == (100, len(every.steps) - 100)
    assert (list(quiet.steps), quiet.steps.gone) == ([], 1)
    assert view.wire == every.wire[-len(view.wire) :]
    assert repr(view.wire).startswith("<the first 402 are gone: history=100> [Frame(")
    first, _, rest = sim.trace.partition(b"\n")
    assert first == b"the first 403 are gone: history=100"
    assert whole.trace.endswith(rest)
    assert repr(whole.history).startswith("[Happening(")
    view.send("x")
    assert (len(sim.history), len(view.steps)) == (100, 100)
    assert view.steps.gone == len(every.steps) + 1 - 100
    quiet.send("x")
    assert [step.event for step in quiet.steps] == ["str"]
    assert quiet.steps.gone == 1


def test_the_digest_is_that_of_the_whole_run() -> None:
    """Whatever is kept; another run has another."""
    whole, _, _ = run()
    for history in (1, 64, 100, 501, 10_000):
        assert run(history)[0].digest == whole.digest, history
    assert run(100, 499)[0].digest != whole.digest
    assert Simulation().digest == Simulation(history=1).digest == ""


def test_what_is_gone_is_said_to_whoever_asks() -> None:
    """Not an answer with a hole in it."""
    sim, _, _ = run(100)
    assert len(sim.since(500)) == 3
    with pytest.raises(Forgotten) as raised:
        sim.since(10)
    assert str(raised.value) == (
        "the messages since number 10 are not all there: the first 403 are gone: history=100\n"
        "  expected: a number from 403 to 503\n"
        "  got: 10\n"
        "  cure: a larger Simulation(history=…)"
    )


def test_a_loop_tells_how_much_of_it_is_known() -> None:
    """The senders of the last messages, and that there were more."""
    sim = Simulation(ROUTER, limit=1000, history=100)
    view = sim.live("/")
    before = sim.world
    with pytest.raises(Restless, match=r"gone: history=100"):
        view.send("again")
    assert sim.world is before


def test_what_is_cut_off_is_freed() -> None:
    """In one long act too; the worlds before keep what they had."""
    sim, _, view = run(100, 10)
    fork = sim.fork()
    view.send("x")
    sim.clock.advance(3000)
    gc.collect()
    mine = {id(each) for each in gc.get_objects() if type(each) is Happening}
    assert sim.world.count > 3000
    held = 0
    happening = sim.world.last
    while happening is not None:
        assert id(happening) in mine or not gc.is_tracked(happening)
        held, happening = held + 1, happening.before
    assert held < 200
    assert [each.number for each in fork.history] == list(range(1, fork.world.count + 1))
    assert fork.history.gone == 0


def test_runs_that_part_in_what_is_gone_are_told_apart() -> None:
    """The traces that are left may be equal."""
    sim = Simulation(ROUTER, history=10)
    view = sim.live("/")

    def act(there: View) -> None:
        there.send("random")
        there.sim.broadcast("nobody", "x")
        for _ in range(200):
            there.sim.tell(there.id, 1)

    replay_law(view, lambda there: [there.send("x") for _ in range(100)])
    with pytest.raises(LawBroken):
        replay_law(view, act)


@pytest.mark.parametrize("history", [0, -1, 1.5, "10", True])
def test_a_bound_is_a_number(history: Any) -> None:
    """Of messages."""
    with pytest.raises(BadOption, match="the option history is wrong"):
        Simulation(history=history)


class HeardLive(LiveView):
    """A page whose scripts hear of each click."""

    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(n=0)

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        return socket.update("n", lambda n: n + 1).push_event("clicked", {"n": socket.assigns.n})

    render = heex("""<button phx-click="more">{@n}</button>""")


def test_a_tab_remembers_no_more_events_than_messages_are_kept() -> None:
    """Each event holds the document in which it happened: without a bound a long run would hold every page there ever was."""
    sim, whole = Simulation(history=10), Simulation()
    page, other = sim.page(HeardLive), whole.page(HeardLive)
    for _ in range(200):
        page.get_by_role("button").click()
        other.get_by_role("button").click()
    kept, every = page.events, other.events
    assert isinstance(kept, Kept)
    assert 10 <= len(kept) < len(every)
    assert len(kept) + kept.gone == len(every)
    assert [(each.name, each.detail) for each in kept] == [(each.name, each.detail) for each in every[kept.gone :]]
    assert f"the first {kept.gone:,} are gone: history=10" in repr(kept)
    assert not getattr(every, "gone", 0)


def test_places_and_absence_are_not_made_up() -> None:
    """Where the first are gone, `[0]` is not the first, and what is not there may have been."""
    sim = Simulation(history=10)
    view = sim.live(Ticker)
    for _ in range(300):
        view.send("tick")
    logs: list[Any] = [view.wire, view.steps, sim.history, sim.script]
    for log in logs:
        assert log[-1] is not None
        assert len(log[-3:]) == 3
        for at in (0, 5, slice(0, 2), slice(None, 2), slice(3, None), slice(-3, 2)):
            with pytest.raises(Forgotten, match="are gone, and this place was counted from them"):
                log[at]
    assert len(view.wire[:]) == len(view.wire)
    assert view.wire[-1] in view.wire
    with pytest.raises(Forgotten, match="nobody knows whether it was among them"):
        assert Frame("client", "phx_join", {}) not in view.wire
    with pytest.raises(Forgotten, match="cannot be made smaller"):
        shrink(sim.script)
    whole = Simulation().live(Ticker)
    assert whole.wire[0] == whole.wire[:2][0]
    assert Frame("client", "other", {}) not in whole.wire
