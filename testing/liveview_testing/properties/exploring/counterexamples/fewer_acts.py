"""A counterexample with only those acts that it takes.

Owns `reduced`: what people do is made less by the shrinker of scripts, and each candidate is followed again, by the schedule that
failed as far as it goes, or searched where that leads nowhere. Laws: what is left fails with the same signature, after no more
surprises; if the usual order was right with all acts, it is right with those that are left: what should come about is not made to
fail by leaving out what brings it about.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from attrs import field

from liveview_core.values.declaring import define
from liveview_testing.properties.exploring.choices import Choice, Do, Failed, Node, Taken
from liveview_testing.properties.exploring.counterexamples.searching_again import Again, Found, outcomes_of
from liveview_testing.properties.exploring.counterexamples.searching_again import fewest as fewest_of
from liveview_testing.properties.exploring.counterexamples.signatures import signature
from liveview_testing.properties.exploring.fingerprints import FRESH, Fingerprints
from liveview_testing.properties.exploring.people import ActDeed
from liveview_testing.properties.exploring.schedules import choices_of, follow
from liveview_testing.properties.exploring.transitions import Player
from liveview_testing.properties.exploring.world_checks import Asking
from liveview_testing.record.scripts.act import TEST, Act
from liveview_testing.record.scripts.script import Script
from liveview_testing.record.scripts.shrinking.passes import Passes, Ran, seconds_of, whole
from liveview_testing.record.scripts.targets import OnWorld
from liveview_testing.world.log.happening import SECOND
from liveview_testing.world.timers import microseconds

MOST_TRIED = 300
"""So many candidates are followed."""

LONGEST = 2_000
"""No schedule that is followed is longer."""

LIVENESS = ("eventually", "outcomes", "unfinished")
"""What fails because something does not come about."""


@define
class Reducing:
    """Makes a counterexample of one exploration less."""

    again: Again
    worlds: int
    """So many worlds may be looked at besides."""
    choices: int
    """So many choices may be made in schedules that are followed."""
    _wanted: tuple[str, ...] = field(init=False, default=())
    _first: Found = field(init=False)
    _given: list[Act] = field(init=False, factory=list[Act])
    _passes: Passes | None = field(init=False, default=None)
    _found: dict[int, tuple[Script, Found]] = field(init=False, factory=dict[int, Any])

    def reduced(self, found: Found) -> Found:
        """The least that is left of a counterexample; itself, where nothing can go."""
        acts = self._as_acts(found)
        if acts is None:
            return found
        self._wanted = signature(found.failed.error, found.failed.name)
        self._first, self._given, self._passes = found, acts, None
        first = self._run(acts)
        if first.failed is None:
            return found
        passes = self._passes = Passes(first, self._run, self._due, MOST_TRIED)
        least = passes.least()
        _, fewest = self._found[id(least)]
        return fewest_of(self.again, fewest, self._is_wanted, max(self.worlds, 1))

    # --- acts and deeds ---------------------------------------------------------------------------------------------

    def _as_acts(self, found: Found) -> list[Act] | None:
        """What people do, with the time that passes between; what somebody chose on the spot is the act he chose."""
        deviations, what = found.failed.deviations, found.failed.what
        if what == "missing" or (not deviations and what in LIVENESS):
            return None
        try:
            followed = follow(self.again.sim, found.player, found.steps)
        except Exception:
            return None
        chosen = {id(each.about): each.done for each in followed if isinstance(each.choice, Do)}
        acts: list[Act] = []
        passed = 0
        for deed in found.player.deeds:
            done: Any = deed if isinstance(deed, ActDeed) else chosen.get(id(deed))
            if not isinstance(done, ActDeed) or (isinstance(done.act.on, OnWorld) and done.act.on.part == "clock"):
                if isinstance(deed, ActDeed) or what == "unfinished":
                    return None
                continue
            if deed.at > passed:
                acts.append(_waiting((deed.at - passed) / SECOND))
                passed = deed.at
            acts.append(done.act)
        return acts

    def _deeds(self, acts: Sequence[Act]) -> list[ActDeed]:
        passed, found = 0, list[ActDeed]()
        tabs = {name: number for number, name in self.again.asked.names.items()}
        for act in acts:
            if _waits(act):
                passed += microseconds(seconds_of(act))
            else:
                found.append(ActDeed(act, passed, tabs.get(act.who, 0)))
        return found

    # --- a candidate ------------------------------------------------------------------------------------------------

    def _run(self, acts: list[Act]) -> Ran:
        """What comes of some acts: whether some order of them fails as it should."""
        found = self._tried(acts)
        if found is None:
            return Ran(Script(tuple(acts)), None)
        left, found = self._done(acts, found)
        script = Script(tuple(left))
        self._found[id(script)] = script, found
        return Ran(script, self._wanted)

    @property
    def _best(self) -> tuple[Sequence[Act], Found]:
        """The least so far: its acts, and how they fail."""
        if self._passes is None:
            return self._given, self._first
        script, found = self._found[id(self._passes.best)]
        return script.acts, found

    def _tried(self, acts: list[Act]) -> Found | None:
        most = self._first.failed.deviations
        if self.again.late or self.choices <= 0:
            return None
        if most and self._walked(acts, ()) is not None:
            return None  # it fails without a surprise, which it did not
        found = self._walked(acts, self._way(acts) if most else ())
        if found is not None and found.failed.deviations <= most:
            return found
        return self._searched(acts, most) if most and len(acts) < len(self._best[0]) else None

    def _done(self, acts: list[Act], found: Found) -> tuple[list[Act], Found]:
        """The acts that were done; those that come after the failure go, if it fails as well where nobody waits to do them."""
        if found.failed.what == "unfinished":
            return acts, found
        done: dict[str, int] = {}
        for step in found.steps:
            if isinstance(step.choice, Do):
                done[step.choice.person] = done.get(step.choice.person, 0) + 1
        kept: list[Act] = []
        for act in acts:
            if not _waits(act):
                done[act.who] = done.get(act.who, 0) - 1
            if _waits(act) or done[act.who] >= 0:
                kept.append(act)
        if len(kept) == len(acts):
            return acts, found
        again = self._walked(kept, [step.choice for step in found.steps])
        if again is None or again.failed.deviations > found.failed.deviations:
            return acts, found
        if found.failed.deviations and self._walked(kept, ()) is not None:
            return acts, found
        return kept, again

    # --- followed ---------------------------------------------------------------------------------------------------

    def _way(self, acts: Sequence[Act]) -> list[Choice]:
        """The choices of the best so far, without those of acts that are not there any more."""
        were, best = self._best
        before = [each for each in were if not _waits(each)]
        now = {id(each) for each in acts}
        same = len(acts) == len(were)
        queues: dict[str, list[bool]] = {}
        for each in before:
            queues.setdefault(each.who, []).append(same or id(each) in now)
        way: list[Choice] = []
        for step in best.steps:
            if isinstance(step.choice, Do):
                queue = queues.get(step.choice.person, [])
                if not (queue.pop(0) if queue else True):
                    continue
            way.append(step.choice)
        return way

    def _walked(self, acts: Sequence[Act], way: Sequence[Choice]) -> Found | None:
        """The schedule that makes these choices where it can, and then the usual ones; None if it does not fail as it should."""
        player = self.again.player(self._deeds(acts))
        walk = _Walk(player, self._asking(player), self.again.options["bags"])
        asked = -1
        for choice in [*way, *[None] * LONGEST]:
            if len(walk.steps) != asked:
                asked = len(walk.steps)
                if (wrong := walk.wrong(self._is_wanted)) is not None:
                    return Found(player, tuple(walk.steps), wrong)
            if walk.end and choice is None:
                return None
            self.choices -= 1
            if (wrong := walk.go(choice)) is not None:
                steps = tuple(walk.steps)
                return Found(player, steps, wrong) if self._is_wanted(wrong) else None
        return None

    def _asking(self, player: Player) -> Asking:
        return self.again.asking(player, unfinished=self._first.failed.what == "unfinished")

    def _is_wanted(self, failed: Failed) -> bool:
        return signature(failed.error, failed.name) == self._wanted

    # --- searched ---------------------------------------------------------------------------------------------------

    def _searched(self, acts: list[Act], most: int) -> Found | None:
        """The first schedule of these acts that fails as it should, with so many surprises at most."""
        if self.worlds <= 0:
            return None
        unfinished = self._first.failed.what == "unfinished"
        search, found = self.again.search(
            self._deeds(acts), self._is_wanted, self.worlds, most, exact=False, unfinished=unfinished
        )
        self.worlds -= search.visited
        return found

    def _due(self, script: Script, at: int) -> Iterator[float]:
        """How long it may be, where time passes: to what is due then in the usual order; then whole seconds."""
        begun = sum(microseconds(seconds_of(each)) for each in script.acts[:at] if _waits(each))
        passed = seconds_of(script[at])
        player = self.again.player(self._deeds([each for each in script if not _waits(each)]))
        walk = _Walk(player, self._asking(player), self.again.options["bags"])
        due: set[int] = set()
        while not walk.end and len(walk.steps) < LONGEST:
            due |= {timer.due for timer in walk.here.world.timers.values()}
            if walk.go(None) is not None:
                break
        after = sorted((each - player.begin - begun) / SECOND for each in due)
        yield from (each for each in after if 0 <= each < passed)
        yield 0.0
        yield from whole(passed)


class _Walk:
    """One schedule, followed from the beginning, and what is asked of each of its worlds."""

    def __init__(self, player: Player, asked: Asking, bags: bool) -> None:
        self.player = player
        self.asked = asked
        self.nodes = [Node(-1, None, 0)]
        self.steps: list[Taken] = []
        self.prints = Fingerprints(steps=True, bags=bags)
        here = player.start(player.sim.world)
        asked.search = self  # type: ignore[assignment]  # pyright: ignore[reportAttributeAccessIssue]  # it is asked for `nodes`
        self.here = here._replace(seen=asked.seen(here))
        _, self.known = self.prints.of(here.world, FRESH, here[1:])
        self._possible: list[tuple[Choice, Any]] | None = None

    @property
    def possible(self) -> list[tuple[Choice, Any]]:
        """What can be done now, the usual first; the faults last."""
        if self._possible is None:
            self._possible = [each for each in choices_of(self.player, self.here) if self._can(*each)]
        return self._possible

    def _can(self, choice: Choice, about: Any) -> bool:
        if not isinstance(choice, Do):
            return True
        try:
            return self.player.make(self.here, choice, about) is not None
        except Exception:
            return True

    @property
    def end(self) -> bool:
        """Whether nothing can happen but faults."""
        faults = {choice for choice, _ in self.player.faults(self.here)}
        return all(choice in faults for choice, _ in self.possible)

    def wrong(self, is_wanted: Callable[[Failed], bool]) -> Failed | None:
        """What is wrong here, of what is wanted."""
        number, end = len(self.nodes) - 1, self.end
        found = self.asked.look(number, self.here, self.known, end, self.player.quiet(self.here))
        return next((each for each in [*found, *outcomes_of(self.asked, number, end=end)] if is_wanted(each)), None)

    def go(self, choice: Choice | None) -> Failed | None:
        """Make a choice, or the usual one (None); where the choice cannot be made nothing happens. What it raised."""
        options = self.possible
        faults = {each for each, _ in self.player.faults(self.here)}
        if choice is None:
            place = 0
        else:
            place = next((at for at, (each, _) in enumerate(options) if each == choice), -1)
            if place < 0:
                return None
        taken, about = options[place]
        if taken in faults:
            place = max(place, 1)
        step = Taken(taken, place)
        deviations = self.nodes[-1].deviations + (place > 0)
        number = len(self.nodes) - 1
        try:
            made = self.player.make(self.here, taken, about)
        except Exception as error:
            self.steps.append(step)
            return Failed(number, deviations, error, "raised", step)
        assert made is not None
        there = made[0]
        self.here = there._replace(seen=self.here.seen | self.asked.seen(there))
        _, self.known = self.prints.of(there.world, self.known, there[1:])
        self.steps.append(step)
        self.nodes.append(Node(number, step, deviations))
        self._possible = None
        return None


def _waiting(seconds: float) -> Act:
    return Act(TEST, "page", OnWorld("clock"), "advance", (int(seconds) if seconds == int(seconds) else seconds,))


def _waits(act: Act) -> bool:
    return act.verb == "advance" and isinstance(act.on, OnWorld)


__all__ = ["Reducing"]
