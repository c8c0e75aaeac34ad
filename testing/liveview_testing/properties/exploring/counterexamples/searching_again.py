"""The same world searched again: for what fails as something did, with fewer acts or fewer surprises.

Owns `Again` and `fewest`. A search that merges worlds whatever is oldest in them counts the surprises of one way to each, and may
come to a failure by a way that takes more of them than it must. Law: no number of surprises is called the fewest unless every
schedule with fewer was followed.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from attrs import evolve, field

from liveview_core.values.declaring import define, frozen
from liveview_testing.properties.exploring.choices import Failed, Taken
from liveview_testing.properties.exploring.fingerprints import Fingerprints, Known
from liveview_testing.properties.exploring.properties import PropertyBroken, observed
from liveview_testing.properties.exploring.schedules import choices_of
from liveview_testing.properties.exploring.searching import Search, StepsSeen
from liveview_testing.properties.exploring.simulations import stage
from liveview_testing.properties.exploring.transitions import Deed, Faults, Player, Situation
from liveview_testing.properties.exploring.world_checks import Asking

if TYPE_CHECKING:
    from liveview_testing.user.simulation import Simulation

Wanted = Callable[[Failed], bool]


@frozen(eq=False)
class Found:
    """A schedule that fails: whose choices it is made of, its steps, what is wrong.

    `fewer` is how many worlds were looked at to know that no schedule with fewer surprises fails; None: that is not known.
    """

    player: Player
    steps: tuple[Taken, ...]
    failed: Failed
    fewer: int | None = None


@define
class Again:
    """What is searched again: the world that was explored, by the options of the exploration."""

    sim: Simulation
    asked: Asking
    faults: Faults
    options: Mapping[str, Any]
    until: float | None = None
    """After this instant nothing is searched any more."""
    looked_at: int = field(default=0, init=False)
    """So many worlds were looked at again."""

    @property
    def late(self) -> bool:
        """Whether there is no time any more."""
        return self.until is not None and time.perf_counter() > self.until

    def player(self, deeds: Sequence[Deed]) -> Player:
        """A player of other deeds in the same world."""
        return Player(stage(self.sim, self.options["guests"]), deeds, self.faults, **self.options)

    def asking(self, player: Player, *, unfinished: bool) -> Asking:
        """The same questions, with answers of their own."""
        asked = Asking(
            self.sim,
            self.asked.properties,
            self.asked.observe,
            self.asked.guests,
            hold=self.asked.hold,
            unfinished=unfinished,
        )
        asked.begin(player)
        return asked

    def search(
        self, deeds: Sequence[Deed], wanted: Wanted, worlds: int, most: int, *, exact: bool, unfinished: bool
    ) -> tuple[Search, Found | None]:
        """The first schedule that fails as it should, with so many surprises at most. `exact`: with the fewest there can be."""
        left = None if self.until is None else max(self.until - time.perf_counter(), 0.001)
        steps = False
        while True:
            player = self.player(deeds)
            asked = self.asking(player, unfinished=unfinished)
            search = Search(
                player,
                Fingerprints(steps=steps, ages=exact, bags=self.options["bags"]),
                _looking(asked, wanted, most),
                asked.seen,
                worlds,
                most if exact else None,
                left,
                reduce=not asked.eventually and not exact,
                wanted=wanted,
            )
            asked.search = search
            try:
                search.run(player.start(player.sim.world))
            except StepsSeen:
                steps = True
                continue
            except _Enough:
                pass
            break
        self.looked_at += search.visited
        failed = next((each for each in search.failures if each.deviations <= most), None)
        return search, None if failed is None else found_in(search, failed)


def found_in(search: Search, failed: Failed) -> Found:
    """How a search came to what failed."""
    steps = [*search.path(failed.node), *([] if failed.last is None else [failed.last])]
    return Found(search.player, tuple(steps), failed)


def fewest(again: Again, found: Found, wanted: Wanted, worlds: int) -> Found:
    """The same failure, or another one that counts, with the fewest surprises; and whether there are no fewer."""
    if found.failed.what == "missing":
        return found
    found = _counted(again, found)
    failed = found.failed
    if not failed.deviations or again.late or worlds < 1:
        return found
    search, fewer = again.search(
        found.player.deeds, wanted, worlds, failed.deviations - 1, exact=True, unfinished=again.asked.fails_unfinished
    )
    if fewer is None:
        return found if search.stopped is not None else Found(found.player, found.steps, failed, search.visited)
    return Found(fewer.player, fewer.steps, fewer.failed, search.visited if fewer.failed.deviations else None)


def _counted(again: Again, found: Found) -> Found:
    """The same schedule with its surprises counted as it goes, from the beginning."""
    player = again.player(found.player.deeds)
    here = player.start(player.sim.world)
    steps: list[Taken] = []
    for choice, _ in found.steps:
        place, faults = 0, {each for each, _ in player.faults(here)}
        made = None
        for each, about in choices_of(player, here):
            try:
                made = player.make(here, each, about)
            except Exception:
                if each == choice:
                    break
                place += 1
                continue
            if each == choice:
                break
            place += made is not None
        steps.append(Taken(choice, max(place, 1) if choice in faults else place))
        if made is None:
            break
        here = made[0]
    deviations = sum(1 for each in steps if each.place)
    if len(steps) != len(found.steps):
        return found
    last = None if found.failed.last is None else steps[-1]
    return Found(player, tuple(steps), evolve(found.failed, deviations=deviations, last=last))


def outcomes_of(asked: Asking, number: int, *, end: bool) -> Iterator[Failed]:
    """An outcome that is not expected."""
    for each in asked.properties if end else ():
        if each.kind == "outcomes" and each.expected is not None:
            seen = asked.special[each.name].get(number) if observed(each) is not None else asked.ends.get(number)
            if seen not in each.expected:
                error = PropertyBroken("the outcomes are others")
                yield Failed(number, asked.deviations_of(number), error, "outcomes", None, each.name)


def _looking(asked: Asking, wanted: Wanted, most: int) -> Callable[..., Sequence[Failed]]:
    """What is asked of each world of a search: only what failed counts, and only up to so many surprises."""

    def look(number: int, here: Situation, known: Known, end: bool, quiet: bool) -> Sequence[Failed]:
        if asked.deviations_of(number) > most:
            raise _Enough
        found = [*asked.look(number, here, known, end, quiet), *outcomes_of(asked, number, end=end)]
        return [each for each in found if wanted(each)]

    return look


class _Enough(Exception):
    """All that has few enough surprises was looked at."""


__all__ = ["Again", "Found", "fewest", "found_in", "outcomes_of"]
