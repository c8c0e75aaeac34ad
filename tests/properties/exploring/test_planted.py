"""Races that were put into scenarios on purpose: each is found with the fewest surprises there can be, and its repaired twin
is silent.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from attrs import frozen

from liveview_testing import Counterexample, Exploration, Simulation, always, eventually, explore
from liveview_testing.record.scripts.concurrent_acts import Together
from tests.harness.playing import scenario


@frozen
class Planted:
    """A race: the world, what people do, what does not hold, after how many deviations, within how many choices."""

    deviations: int
    choices: int
    make: Callable[[Any], tuple[Simulation, Together, Any]]
    broken: Any
    repaired: Any


def _tickets(view: Any) -> tuple[Simulation, Together, Any]:
    sim = Simulation()
    sim.store["left"], sim.store["sold"] = 1, 0
    ann, ben = sim.page(view(sim.store)), sim.page(view(sim.store))
    with sim.concurrently() as acts:
        ann.get_by_role("button", name="Buy").click()
        ben.get_by_role("button", name="Buy").click()
    return sim, acts, always(lambda sim: sim.store["sold"] <= 1, "no ticket is sold twice")


def _feed(view: Any) -> tuple[Simulation, Together, Any]:
    sim = Simulation()
    sim.store["items"] = ("old",)
    ann, ben = sim.page(view(sim.store)), sim.page(view(sim.store))
    with sim.concurrently() as acts:
        ann.get_by_role("button", name="Post").click()
        ben.get_by_role("button", name="Load").click()

    def shows(sim: Simulation) -> bool:
        return set(sim.view(ben).view.assigns.items) == set(sim.store["items"])

    return sim, acts, eventually(shows, "the page shows what is kept")


def _suggestions(view: Any) -> tuple[Simulation, Together, Any]:
    sim = Simulation()
    ann = sim.page(view)
    with sim.concurrently() as acts:
        ann.get_by_label("Search").fill("te")
        ann.get_by_label("Search").fill("tea")

    def last(sim: Simulation) -> bool:
        assigns = sim.view(ann).view.assigns
        return bool(assigns.of == assigns.text)

    return sim, acts, always(last, "what is found is what was asked for last", when="quiet")


def _orders(view: Any) -> tuple[Simulation, Together, Any]:
    sim = Simulation()
    sim.store["orders"] = 0
    ann = sim.page(view(sim.store))
    with sim.concurrently() as acts:
        ann.locator("#above").click()
        ann.locator("#below").click()
    return sim, acts, always(lambda sim: sim.store["orders"] <= 1, "nothing is ordered twice")


def _mailing_list(view: Any) -> tuple[Simulation, Together, Any]:
    sim = Simulation()
    ann, ben = sim.page(view), sim.page(view)
    with sim.concurrently() as acts:
        ann.get_by_role("button", name="Leave").click()
        ben.get_by_role("button", name="Write").click()
    return sim, acts, always(lambda sim: not sim.view(ann).view.assigns.after, "who has left hears nothing")


feed, tickets, orders = scenario("feed"), scenario("tickets"), scenario("orders")
suggestions, mailing_list = scenario("suggestions"), scenario("mailing_list")

PLANTED = {
    "tickets": Planted(1, 46, _tickets, tickets.TicketsLive, tickets.SafeTicketsLive),
    "feed": Planted(4, 110, _feed, feed.FeedLive, feed.CarefulFeedLive),
    "suggestions": Planted(2, 68, _suggestions, suggestions.SuggestionsLive, suggestions.LatestSuggestionsLive),
    "orders": Planted(1, 10, _orders, orders.OrderLive, orders.OnceLive),
    "mailing list": Planted(3, 58, _mailing_list, mailing_list.ListLive, mailing_list.GoneLive),
}


@pytest.mark.parametrize("name", PLANTED)
def test_a_planted_race_is_found(name: str) -> None:
    planted = PLANTED[name]
    sim, acts, wanted = planted.make(planted.broken)
    with pytest.raises(Counterexample) as raised:
        explore(sim, acts, wanted, unfinished="allow")
    found: Exploration = raised.value.exploration
    assert found.failure is not None
    assert found.failure.deviations <= planted.deviations
    assert found.choices <= planted.choices


@pytest.mark.parametrize("name", PLANTED)
def test_its_repaired_twin_is_silent(name: str) -> None:
    planted = PLANTED[name]
    sim, acts, wanted = planted.make(planted.repaired)
    found = explore(sim, acts, wanted, patience="now", raising=False)
    assert found.failure is None
    assert found.exhaustive
