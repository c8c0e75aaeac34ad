"""The search finds every outcome there is: compared with brute force on systems made at random (100 here, 5,000 in the thorough
run).

And it would not, if anything were left out of what choices share or of what worlds are told apart by.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any

import pytest
from attrs import evolve

from liveview_testing.properties.exploring.choices import Deliver, Footprint
from liveview_testing.properties.exploring.fingerprints import Fingerprints
from liveview_testing.properties.exploring.schedules import Astray
from liveview_testing.properties.exploring.searching import Search
from tests.harness.examples import THOROUGH
from tests.properties.exploring.systems import System, TooMany, every_schedule, outcome, system

MOST = 1_500 if THOROUGH else 80
TIMES = 50 if THOROUGH else 1
COUNTS = {"plain": 40 * TIMES, "guards": 20 * TIMES, "failing": 20 * TIMES, "both": 15 * TIMES, "drops": 5 * TIMES}
"""How many systems of each kind: 100, and fifty times as many in the thorough run."""


class Forgetful(Fingerprints):
    """Does not read what is under way."""

    def _mailboxes(self, world: Any, mailboxes: Any, out: Any) -> None:
        pass


def found(given: System, prints: Any = Fingerprints, **options: Any) -> tuple[set[Any], Search]:
    """The outcomes that the search finds."""
    player = given.player()
    ends: set[Any] = set()

    def look(number: int, here: Any, known: Any, end: bool, quiet: bool) -> list[Any]:
        if end:
            ends.add(outcome(here))
        return []

    search = Search(player, prints(ages=options.pop("ages", False)), look, lambda here: 0, **options)
    search.run(player.start(player.sim.world))
    return ends, search


def systems(count: int, **options: Any) -> Iterator[tuple[System, set[Any], int]]:
    """Systems that brute force gets through, with all their outcomes."""
    seed = taken = 0
    while taken < count:
        given = system(seed, **options)
        seed += 1
        try:
            every = list(every_schedule(given, MOST))
        except TooMany:
            continue
        taken += 1
        yield given, set(every), len(every)


KINDS: dict[str, dict[str, Any]] = {
    "plain": {},
    "guards": {"guards": 0.2},
    "failing": {"failing": True},
    "both": {"guards": 0.2, "failing": True},
    "drops": {"drops": 1},
}


@pytest.mark.parametrize("kind", KINDS)
def test_every_outcome_is_found(kind: str) -> None:
    """By the graph, and by the graph that does not walk the second way round."""
    for given, every, schedules in systems(COUNTS[kind], **KINDS[kind]):
        for options in ({"reduce": False}, {"reduce": True}, {"ages": True, "reduce": False}):
            ends, search = found(given, **options)
            assert ends == every
            assert search.whole
            assert search.schedules() == schedules


@pytest.mark.parametrize("kind", KINDS)
def test_worlds_that_are_not_kept_are_made_again(kind: str) -> None:
    """What is remembered of a world is how it was come to; what is found is the same."""
    replayed = 0
    for given, every, schedules in systems(COUNTS[kind] // 5, **KINDS[kind]):
        for options in ({"reduce": False}, {"reduce": True}, {"ages": True, "reduce": False}):
            whole, search = found(given, **options)
            ends, by_ways = found(given, alive=2, **options)
            assert ends == whole == every
            assert by_ways.schedules() == schedules
            assert by_ways.visited == search.visited
            assert by_ways.made == search.made
            assert by_ways.levels == search.levels
            replayed += by_ways.replayed
    assert replayed


def test_a_world_that_is_made_again_and_is_another_one_is_told() -> None:
    """The canary: code that does something else the second time."""
    given = system(10, **KINDS["plain"])
    player = given.player()
    search = Search(player, Fingerprints(), lambda *_: [], lambda here: 0, alive=1)
    make = player.make
    counted = itertools.count()

    def forgetful(here: Any, choice: Any, about: Any) -> Any:
        made = make(here, choice, about)
        if made is None or not isinstance(choice, Deliver):
            return made
        there = made[0]
        return there._replace(world=evolve(there.world, now=there.world.now + next(counted))), *made[1:]

    player.make = forgetful  # type: ignore[method-assign]
    with pytest.raises(Astray, match="a choice that is made again does not lead to where it led before"):
        search.run(player.start(player.sim.world))


def _without(kind: str) -> Any:
    """A relation that does not know of one kind of thing."""

    def apart(one: Footprint, two: Footprint) -> bool:
        def less(names: Any) -> frozenset[Any]:
            return frozenset(name for name in names if name[0] not in kind.split())

        return Footprint(less(one.reads), less(one.writes), everything=one.everything).apart(
            Footprint(less(two.reads), less(two.writes), everything=two.everything)
        )

    return apart


@pytest.mark.parametrize(("kind", "system_of"), [("process life", ("plain", 10)), ("store", ("guards", 0))])
def test_a_relation_that_forgets_something_is_found_out(kind: str, system_of: tuple[str, int]) -> None:
    """The canary: the test above fails for it."""
    given = system(system_of[1], **KINDS[system_of[0]])
    assert found(given, reduce=True, apart=_without(kind))[0] != set(every_schedule(given, 300))


def test_a_fingerprint_that_forgets_something_is_found_out() -> None:
    """The canary: worlds are taken for the same that are not."""
    given = system(32, **KINDS["plain"])
    assert found(given, Forgetful)[0] != set(every_schedule(given, 300))
