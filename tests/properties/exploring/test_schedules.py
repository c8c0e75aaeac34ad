"""Schedules that are drawn: any order there is, and what fails comes down to the surprises that it takes."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, find, given, settings
from hypothesis import strategies as st

from liveview_testing import Faults, Simulation, explore
from liveview_testing.strategies import Schedule, schedules
from tests.properties.exploring.test_planted import PLANTED, tickets

ONE = settings(database=None, max_examples=1, phases=[Phase.generate])
"""The first that is drawn is the plainest."""


def sold_twice(schedule: Schedule) -> bool:
    return bool(schedule.sim.store["sold"] > 1)


def test_what_fails_comes_down_to_its_surprises() -> None:
    sim, acts, _ = PLANTED["tickets"].make(tickets.TicketsLive)
    least = find(schedules(sim, acts), sold_twice, settings=settings(database=None, max_examples=100))
    assert least.deviations == 1
    assert "→" in repr(least)
    assert least.unfinished == ()
    assert sim.store["sold"] == 0, "the world that is explored is not touched"


@settings(max_examples=12, deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_each_ends_where_the_search_has_been(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(("tickets", "mailing list")))
    schedule = data.draw(schedules(*make(name)))
    assert seen(schedule.sim) in ends(name)


def make(name: str) -> tuple[Simulation, Any]:
    sim, acts, _ = PLANTED[name].make(PLANTED[name].broken)
    return sim, acts


_ENDS: dict[str, Any] = {}


def ends(name: str) -> set[Any]:
    """All ends there are."""
    if name not in _ENDS:
        sim, acts = make(name)
        found = explore(sim, acts, observe=seen, laws=False)
        assert found.exhaustive
        _ENDS[name] = set(found.outcomes)
    return set(_ENDS[name])


def seen(sim: Any) -> Any:
    return tuple(str(view.html) for view in sim.views), tuple(sorted(sim.world.store.items()))


def test_a_task_that_may_fail_is_a_choice_too() -> None:
    """What a callback raises on the way is what the test fails by."""
    sim, acts = make("feed")
    drawn = schedules(sim, acts, faults=Faults(tasks=1))
    with pytest.raises(Exception, match="task failed"):
        find(drawn, lambda schedule: False, settings=settings(database=None, max_examples=100))


def test_the_usual_order_is_told_in_a_line() -> None:
    sim, acts = make("tickets")
    usual = find(schedules(sim, acts), lambda schedule: True, settings=ONE)
    assert repr(usual) == f"<Schedule: {len(usual.places)} steps, as usual>"


def test_a_schedule_is_looked_at_only() -> None:
    sim, acts = make("tickets")
    usual = find(schedules(sim, acts), lambda schedule: True, settings=ONE)
    with pytest.raises(AssertionError, match="acted on the world"):
        usual.sim.clock.advance(1)
