"""Simulated time: conversions, the order of timers, advancing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from immutables import Map

from liveview_core import LiveView, heex
from liveview_core.errors import BadOption
from liveview_testing import Simulation, live
from liveview_testing.world.timers import START, Agenda, instant, microseconds, moment
from liveview_testing.world.world import Timer
from tests.harness.views import ClockLive


def test_time_stands_still() -> None:
    """Nothing but advance moves the clock."""
    view = live(ClockLive)
    view.render_click("start")
    view.sim.settle()
    assert view.sim.clock.now == START
    assert view.assigns.ticks == 0


def test_every_tick_is_rendered_at_its_own_instant() -> None:
    """advance(3) with a timer a second is three messages, three diffs, three times - not one jump."""
    view = live(ClockLive)
    view.render_click("start")
    before = len(view.wire)
    view.sim.clock.advance(3.5)
    assert [frame.payload for frame in view.wire[before:]] == [
        {"0": "1", "1": "2025-01-01T12:00:01+00:00"},
        {"0": "2", "1": "2025-01-01T12:00:02+00:00"},
        {"0": "3", "1": "2025-01-01T12:00:03+00:00"},
    ]
    assert view.sim.clock.now == START + timedelta(seconds=3.5)
    view.render_click("stop")
    view.sim.clock.advance(10)
    assert view.assigns.ticks == 3


def test_pending_says_what_waits() -> None:
    """`clock.pending` lists timers in the order they will fire."""
    view = live(ClockLive)
    view.render_click("start")
    view.render_click("later")
    late, tick = view.sim.clock.pending
    assert (late.message, late.seconds, late.name, late.every) == ("late", 0.5, None, None)
    assert (tick.message, tick.seconds, tick.name, tick.every) == ("tick", 1.0, "tick", 1.0)
    assert tick.due == START + timedelta(seconds=1)
    assert tick.process == view.id
    view.sim.clock.advance(timedelta(milliseconds=500))
    assert view.assigns.state == "late"


def test_a_named_timer_replaces_its_like() -> None:
    """Starting the same interval twice leaves one."""
    view = live(ClockLive)
    view.render_click("start")
    view.render_click("start")
    view.sim.clock.advance(1)
    assert view.assigns.ticks == 1


def test_timers_of_one_instant_fire_in_order_of_creation() -> None:
    """Equal due times keep the order in which they were asked for."""

    class Order(LiveView):
        def mount(self, params: Any, session: Any, socket: Any) -> Any:
            socket = socket.assign(seen=())
            for name in "cab":
                socket = socket.send_after(name, 1)
            return socket

        def handle_info(self, msg: Any, socket: Any) -> Any:
            return socket.update("seen", lambda seen: (*seen, msg))

        render = heex("<p>{len(@seen)}</p>")

    view = live(Order)
    view.sim.clock.advance(1)
    assert view.assigns.seen == ("c", "a", "b")


def test_time_does_not_run_backwards() -> None:
    """A negative advance is an error; a naive start is one too."""
    sim = Simulation()
    with pytest.raises(BadOption) as caught:
        sim.clock.advance(-1)
    assert str(caught.value) == (
        "time goes forward only\n"
        "  expected: 0 seconds or more\n"
        "  got: -1\n"
        "  cure: view.fork() before the time has passed, to be there again"
    )
    with pytest.raises(BadOption) as caught:
        Simulation(now=datetime(2025, 1, 1))  # noqa: DTZ001
    assert str(caught.value) == (
        "a naive datetime does not say when it is\n"
        "  expected: an aware datetime\n"
        "  got: datetime.datetime(2025, 1, 1, 0, 0)\n"
        "  cure: add tzinfo=datetime.UTC"
    )
    for endless in (float("inf"), 1e20, 2**63):
        with pytest.raises(
            BadOption, match="a duration is shorter than the calendar\n  expected: seconds, fewer than there"
        ):
            sim.clock.advance(endless)
    for wrong in ("5", None, float("nan")):
        with pytest.raises(BadOption, match="a duration is a number of seconds"):
            sim.clock.advance(wrong)  # type: ignore[arg-type]
    assert sim.clock.now == START


def test_the_start_is_the_test_s_choice() -> None:
    """`now` is where the clock and every socket begin."""
    began = datetime(2031, 5, 6, 7, 8, 9, 10, tzinfo=UTC)
    view = live(ClockLive, now=began)
    assert view.sim.clock.now == began
    assert view.assigns.now == began.isoformat()
    assert repr(view.sim.clock) == "Clock(2031-05-06T07:08:09.000010+00:00, 0 pending)"


@given(st.datetimes(timezones=st.just(UTC)))
def test_instants_round_trip(when: datetime) -> None:
    """Microseconds hold every datetime exactly."""
    assert moment(instant(when)) == when


@given(st.integers(0, 10**12))
def test_seconds_are_rounded_once(micros: int) -> None:
    """A duration given as float or as timedelta is the same integer."""
    assert microseconds(timedelta(microseconds=micros)) == micros
    assert microseconds(micros / 1_000_000) == micros


@given(st.lists(st.tuples(st.integers(0, 5), st.sampled_from(["put", "cancel", "forget"]))))
def test_the_agenda_agrees_with_the_map(script: list[tuple[int, str]]) -> None:
    """However timers come and go, the earliest that is found is the earliest of the map."""
    agenda, timers = Agenda(), Map[int, Timer]()
    for seq, (due, what) in enumerate(script):
        if what == "put":
            timer = Timer(seq, due, "p", seq)
            timers = timers.set(seq, timer)
            agenda.put(timer)
        elif what == "cancel" and timers:
            timers = timers.delete(min(timers))
        elif what == "forget":
            agenda.forget()
        expected = min(timers.values(), key=lambda timer: (timer.due, timer.seq), default=None)
        assert agenda.due(timers, 10) is expected


def test_time_does_not_leave_the_calendar() -> None:
    """Not in several steps either; what is due later is shown at its end."""

    class Late(LiveView):
        def mount(self, params: Any, session: Any, socket: Any) -> Any:
            return socket.send_after("late", 200_000_000_000)

        render = heex("<p>.</p>")

    sim = Simulation()
    sim.clock.advance(200_000_000_000)
    sim.live(Late)
    assert [each.due.year for each in sim.clock.pending] == [9999]
    with pytest.raises(BadOption) as caught:
        sim.clock.advance(200_000_000_000)
    assert str(caught.value) == (
        "the calendar ends before so much time has passed\n"
        "  expected: seconds, fewer than there are from 8362 until the year 9999\n"
        "  got: 200000000000"
    )
    with pytest.raises(BadOption, match=r"^time goes forward only\n"), sim.in_order() as order:
        order.pass_time(-1)
