"""Exploring: every order in which what people do can happen, and what is wrong with any of them.

Owns `explore`, which puts a search together: the people and what they do, what is asked of each world, what is told in the end.
Laws:
the world that is explored is not touched; the answer depends on the world, the script and the properties, and on nothing else,
unless `seconds` is given.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Literal

from liveview_core.errors import BadOption, shown
from liveview_core.tracebacks import cause
from liveview_testing.failures.misuse.asked_functions import takes
from liveview_testing.properties.exploring.counterexamples.reports import (
    Counterexample,
    Exploration,
)
from liveview_testing.properties.exploring.fingerprints import Fingerprints
from liveview_testing.properties.exploring.people import deeds_of, guests_of
from liveview_testing.properties.exploring.properties import Property
from liveview_testing.properties.exploring.reporting import told
from liveview_testing.properties.exploring.searching import Search, StepsSeen
from liveview_testing.properties.exploring.simulations import stage
from liveview_testing.properties.exploring.transitions import NONE, Faults, Player
from liveview_testing.properties.exploring.world_checks import Asking
from liveview_testing.record.scripts.concurrent_acts import Together
from liveview_testing.world.page_checks import PageWarning
from liveview_testing.world.simulation import page_law
from liveview_testing.world.simulation.delivering import message_recording
from liveview_testing.world.tracebacks import shortened, warn

if TYPE_CHECKING:
    from liveview_testing.user.simulation import Simulation

WORLDS = 20_000
ALL = "all"


def _waits(sim: Simulation) -> bool:
    """Whether something can happen by itself: a timer, a task, a frame on its way, a message."""
    world = sim.world
    on_its_way = any(each.flights or each.timers for each in world.browsers.values())
    return bool(world.timers or world.tasks or world.mailboxes or on_its_way)


_EMPTY = """nothing was put down in sim.concurrently(): there is one world to explore, the one that is there
  expected: what people do, inside the block
  got: an empty block
  cure: page.get_by_role("button").click() inside the block is put down, not done"""


@shortened
def explore(
    sim: Simulation,
    script: Any,
    *properties: Property,
    observe: Callable[[Simulation], Any] | None = None,
    faults: Faults | None = None,
    deviations: int | Literal["all"] | None = None,
    seconds: float | None = None,
    worlds: int = WORLDS,
    horizon: float | None = None,
    order: Literal["pairs", "none"] = "pairs",
    unfinished: Literal["fail", "allow"] = "fail",
    patience: Literal["until possible", "now"] = "until possible",
    jitter: float = 0.0,
    laws: bool = True,
    raising: bool = True,
    shrink: bool = True,
    progress: Callable[[int, int, int], None] | None = None,
) -> Exploration:
    """Follow every order in which what people do, and all that follows from it, can happen; say what is wrong, and what races.

    `script` is what was done inside `sim.concurrently()`. `properties` are `always`, `sometimes`, `eventually`, `outcomes`; the
    laws
    are held as well (`laws=False`: they are not). `deviations`: only schedules with up to so many choices that are not the usual
    ones; `worlds` and `seconds` end it early, and the report says so. `observe(sim)` is what an outcome is; by default the pages,
    the store, and what was never possible. `faults` may happen besides. `horizon` is how many seconds after the last act are
    followed. `order="none"`: messages between processes in any order, as between several nodes. `unfinished="allow"`: an act that
    was
    never possible is no failure; `patience="now"`: who cannot do at once what he wants does it never. `jitter`: timers that are
    due within so many seconds of one another are due at one instant, and fire in any order. `progress` is told now and then how
    many worlds were looked at, how many wait, and after how many deviations they come. Raises `Counterexample` at
    the first failure; `raising=False` collects them. What is told of a failure are the acts that it takes, with plain values;
    `shrink=False`: all of them.
    """
    _check_options(deviations, worlds, seconds, order, unfinished, patience, jitter, progress, properties)
    if deviations is None:
        deviations = getattr(sys.modules.get("_liveview_pytest"), "deviations", None)  # --liveview-deviations
    bound = deviations if isinstance(deviations, int) else None
    deeds, guests = deeds_of(sim, script), guests_of(sim, script)
    if isinstance(script, Together) and not deeds and not _waits(sim):
        warn(_EMPTY, PageWarning)
    asked = Asking(sim, properties, observe, guests, hold=laws, unfinished=unfinished == "fail")
    faults = faults or NONE
    options: dict[str, Any] = {
        "horizon": horizon,
        "impatient": patience == "now",
        "bags": order == "none",
        "guests": guests,
        "jitter": jitter,
    }
    steps = False
    while True:
        made = stage(sim, guests)
        player = Player(made, deeds, faults, **options)
        prints = Fingerprints(steps=steps, ages=bound is not None, bags=options["bags"])
        asked.begin(player)
        search = Search(
            player,
            prints,
            asked.look,
            asked.seen,
            worlds,
            bound,
            seconds,
            reduce=not asked.eventually and bound is None,
            first_only=raising,
            told=None if progress is None else lambda search: progress(*search.so_far),
        )
        asked.search = search
        try:
            search.run(player.start(made.world))
        except StepsSeen:
            steps = True
            continue
        break
    page_law.store_law(sim.world)  # else the worlds were not apart
    with message_recording.asked.aside(), page_law.aside():
        exploration = told(sim, search, asked, faults, options, bound, worlds, seconds, shrink=shrink)
    if message_recording.asked.record:
        message_recording.asked.explored.append((sim, sim.world, exploration))
    if raising and exploration.failures:
        error = exploration.failures[0].error
        raise Counterexample(exploration) from cause(error) or error
    return exploration


def _check_options(
    deviations: Any,
    worlds: Any,
    seconds: Any,
    order: Any,
    unfinished: Any,
    patience: Any,
    jitter: Any,
    progress: Any,
    properties: Sequence[Any],
) -> None:
    for name, value, fits, expected in (
        (
            "deviations",
            deviations,
            deviations in (None, ALL) or (type(deviations) is int and deviations >= 0),
            'an int, "all" or None',
        ),
        ("worlds", worlds, type(worlds) is int and worlds > 0, "an int, 1 or more"),
        (
            "seconds",
            seconds,
            seconds is None or (isinstance(seconds, (int, float)) and seconds > 0),
            "a number, or None",
        ),
        ("order", order, order in ("pairs", "none"), '"pairs" or "none"'),
        ("unfinished", unfinished, unfinished in ("fail", "allow"), '"fail" or "allow"'),
        ("jitter", jitter, isinstance(jitter, (int, float)) and jitter >= 0, "a number of seconds"),
        (
            "progress",
            progress,
            progress is None or (callable(progress) and takes(progress, 3)),
            "a function of how many worlds were looked at, how many wait, and after how many deviations",
        ),
        ("patience", patience, patience in ("until possible", "now"), '"until possible" or "now"'),
    ):
        if not fits:
            raise BadOption(f"the option {name} of explore is wrong", expected=expected, got=shown(value))
    for each in properties:
        if not isinstance(each, Property):
            raise BadOption(
                "explore takes properties",
                expected="always(…), sometimes(…), eventually(…), outcomes(…)",
                got=shown(each),
                cure="always(lambda sim: …)",
            )


__all__ = ["explore"]
