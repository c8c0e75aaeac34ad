"""What exploring costs: a fork, a choice without and with fingerprints, and how many choices a small room takes.

Yardstick: one delivery through `sim.client`, in the same world.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from benchmarks.pages import CounterLive
from benchmarks.yardstick import Measured, Result, measure
from liveview_testing import Simulation, explore
from liveview_testing.properties.exploring.fingerprints import FRESH, Fingerprints
from liveview_testing.properties.exploring.people import deeds_of
from liveview_testing.properties.exploring.playing import Player
from liveview_testing.properties.exploring.schedules import choices_of
from liveview_testing.properties.exploring.stages import stage

__all__ = ["results"]


def _counter() -> tuple[Simulation, Callable[[], object]]:
    sim = Simulation(history=100)
    view = sim.live(CounterLive)
    payload: dict[str, Any] = {"type": "click", "event": "inc", "value": {}}
    return sim, lambda: sim.client(view.id, "event", payload)


def results() -> list[Result]:
    """Forks and choices beside a delivery."""
    sim, deliver = _counter()
    view = sim.views[0]
    with sim.concurrently() as acts:
        view.render_click("inc")
    player = Player(stage(sim), deeds_of(sim, acts))
    begun = player.start(player.sim.world)
    made = player.make(begun, *choices_of(player, begun)[0])
    assert made is not None
    here = made[0]
    choice, about = choices_of(player, here)[0]
    prints = Fingerprints()
    _, known = prints.of(here.world, FRESH)

    def chosen() -> object:
        list(player.offers(here))
        return player.make(here, choice, about)

    def printed() -> object:
        there = player.make(here, choice, about)
        assert there is not None
        return prints.of(there[0].world, known)

    two = Simulation()
    pages = [two.live(CounterLive) for _ in range(2)]
    with two.concurrently() as both:
        for page in pages:
            page.render_click("inc")
            page.render_click("inc")
    found = explore(two, both)
    return [
        Result("a fork", measure(sim.fork, deliver), 0.1),
        Result("a delivery that is chosen", measure(chosen, deliver), 2.5),
        Result("the same, with its fingerprint", measure(printed, deliver), 4.5),
        Result(
            "two counters x 2 clicks: choices, of all schedules", Measured(found.choices, found.schedules or 1), 0.5
        ),
    ]
