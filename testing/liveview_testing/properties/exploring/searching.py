"""The search: every world that can be reached, in the order of surprise.

Owns `Search`: a breadth-first search of the graph of distinct worlds, by how many choices were not the usual one. What it has
followed
is the graph itself: worlds by number, edges, who came from where, ends, failures. Laws: worlds come in order of their fewest
deviations, so what fails first fails with the fewest; where two choices are independent the second way to the world behind both is
known and not walked again, which changes how much is done and nothing of what is found.
"""

from __future__ import annotations

import time
from collections import OrderedDict, deque
from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from typing import Any, TypeAlias

from attrs import field

from liveview_core.socket.socket_state import Instant
from liveview_core.values.declaring import define
from liveview_testing.properties.exploring.choices import Choice, Do, Edge, Failed, Footprint, Node, Taken
from liveview_testing.properties.exploring.fingerprints import FRESH, Fingerprints, Known
from liveview_testing.properties.exploring.schedules import Astray
from liveview_testing.properties.exploring.transitions import Player, Situation
from liveview_testing.world.log.reads_and_writes import Name

Apart: TypeAlias = "Callable[[Footprint, Footprint], bool]"


class StepsSeen(Exception):
    """The code asked for randomness, which depends on how many messages a process had: worlds are told apart by that, too."""


AGAIN = 256
"""So many of the worlds that were made again are kept: those that come next have the most of their way in common with them."""


@define
class Search:
    """One search. `look` is shown every world as it is come to, and says what is wrong with it; `seen` what is true of it
    so far. `alive`: of how many worlds that were not looked at yet the world itself is kept, by default a quarter of `worlds`;
    of the others it is how they were come to. `wanted`: which of the errors that are raised count.
    """

    player: Player
    prints: Fingerprints
    look: Callable[[int, Situation, Known, bool, bool], Sequence[Failed]]
    seen: Callable[[Situation], int]
    worlds: int = 20_000
    deviations: int | None = None
    seconds: float | None = None
    reduce: bool = True
    apart: Apart = Footprint.apart
    first_only: bool = True
    alive: int | None = None
    told: Callable[[Search], None] | None = None
    wanted: Callable[[Failed], bool] | None = None

    nodes: list[Node] = field(factory=list[Node], init=False)
    known: dict[bytes, int] = field(factory=dict[bytes, int], init=False)
    failures: list[Failed] = field(factory=list[Failed], init=False)
    levels: dict[int, int] = field(factory=dict[int, int], init=False)
    visited: int = field(default=0, init=False)
    made: int = field(default=0, init=False)
    saved: int = field(default=0, init=False)
    stopped: str | None = field(default=None, init=False)
    unfinished: set[int] = field(factory=set[int], init=False)
    begun: float = field(default=0.0, init=False)
    spent: float = field(default=0.0, init=False)
    replayed: int = field(default=0, init=False)
    _drawn: int = field(default=0, init=False)
    _alive: int = field(default=0, init=False)
    _begun: tuple[Situation, Known] = field(init=False)
    _open: dict[int, tuple[Situation, Known] | None] = field(factory=dict[int, Any], init=False)
    _again: OrderedDict[int, tuple[Situation, Known]] = field(factory=OrderedDict[int, Any], init=False)
    _footprints: dict[tuple[frozenset[Name], frozenset[Name], bool], Footprint] = field(
        factory=dict[Any, Any], init=False
    )
    _frontier: deque[tuple[int, int]] = field(factory=deque[Any], init=False)
    _waiting: dict[int, list[Failed]] = field(factory=dict[int, Any], init=False)
    _refused: set[tuple[str, int, bytes]] = field(factory=set[Any], init=False)

    @property
    def so_far(self) -> tuple[int, int, int]:
        """How many worlds were looked at, how many wait, after how many deviations they come."""
        return self.visited, len(self._open), max(self.levels, default=0)

    def run(self, start: Situation) -> None:
        """Follow everything, within the budget."""
        self.begun = time.perf_counter()
        self._drawn = Instant.drawn
        start = start._replace(seen=self.seen(start))
        print, known = self.prints.of(start.world, FRESH, start[1:])
        self._begun = start, known
        self._reach(print, start, known, -1, None, 0)
        try:
            self._follow()
        finally:
            self.spent = time.perf_counter() - self.begun

    def _follow(self) -> None:
        frontier, nodes = self._frontier, self.nodes
        while frontier:
            number, deviations = frontier.popleft()
            if number < 0:
                failed = self._waiting[-number].pop()
                self.failures.append(failed)
                if self.first_only:
                    return
                continue
            node = nodes[number]
            if node.edges is not None or node.deviations != deviations:
                continue
            if self.visited >= self.worlds:
                self.stopped = "worlds"
                return
            if self.seconds is not None and not self.visited % 64 and self._time() > self.seconds:
                self.stopped = "seconds"
                return
            self.visited += 1
            self.levels[deviations] = self.levels.get(deviations, 0) + 1
            if self._expand(number, node) and self.first_only:
                return
            if self.told is not None and not self.visited % 256:
                self.told(self)

    def _time(self) -> float:
        return time.perf_counter() - self.begun

    # --- one world --------------------------------------------------------------------------------------------------

    def _expand(self, number: int, node: Node) -> bool:
        """Look at a world and follow its choices; whether something is wrong with it."""
        here, known = self._taken(number)
        player = self.player
        edges: dict[Choice, Edge] = {}
        node.edges = edges
        index = alone = 0
        for choice, about in player.offers(here):
            if self._go(number, node, here, known, choice, about, index):
                index += 1
                alone += 1
        passing = player.passing(here, alone=not alone)
        if passing is not None and self._go(number, node, here, known, passing, None, index):
            index += 1
            alone += 1
        node.end = not alone
        for choice, about in player.faults(here):
            if self._go(number, node, here, known, choice, about, max(index, 1)):
                index = max(index, 1) + 1
        if node.end and not player.finished(here):
            self.unfinished.add(number)
        wrong = self.look(number, here, known, node.end, player.quiet(here))
        self.failures.extend(wrong)
        return bool(wrong)

    def _go(
        self, number: int, node: Node, here: Situation, known: Known, choice: Choice, about: Any, index: int
    ) -> bool:
        """Follow one choice; whether it could be made."""
        deviations = node.deviations + (index > 0)
        if self.deviations is not None and deviations > self.deviations and type(choice) is not Do:
            node.cut = True
            return True
        if self.reduce and node.parent >= 0:
            edge = self._square(number, node, choice, about, index)
            if edge is not None:
                assert node.edges is not None
                node.edges[choice] = edge
                self._closer(edge.to, deviations, number, Taken(choice, index))
                self.saved += 1
                return True
        refused = self._same_refusal(here, known, choice, about)
        if refused is not None and refused in self._refused:
            return False
        try:
            made = self.player.make(here, choice, about)
        except Exception as error:
            self._wrong(Failed(number, deviations, error, "raised", Taken(choice, index)), index)
            node.failed += 1
            return True
        if made is None:
            if refused is not None:
                self._refused.add(refused)
            return False
        if self.deviations is not None and deviations > self.deviations:
            node.cut = True
            return True
        self.made += 1
        if not self.prints.steps and Instant.drawn != self._drawn:
            raise StepsSeen
        there, footprint, _ = made
        there = there._replace(seen=here.seen | self.seen(there))
        print, parts = self.prints.of(there.world, known, there[1:])
        to = self._reach(print, there, parts, number, Taken(choice, index), deviations)
        assert node.edges is not None
        node.edges[choice] = Edge(to, self._shared(footprint), index, about)
        return True

    def _shared(self, footprint: Footprint) -> Footprint:
        """Many choices touch the same: they have one footprint."""
        key = frozenset(footprint.reads), frozenset(footprint.writes), footprint.everything
        return self._footprints.setdefault(key, footprint)

    # --- worlds that are not kept -----------------------------------------------------------------------------------

    def _taken(self, number: int) -> tuple[Situation, Known]:
        """A world that is looked at now: the world itself, or made again by the way on which it was come to."""
        kept = self._open.pop(number)
        if kept is not None:
            self._alive -= 1
            return kept
        return self._made_again(number)

    def _made_again(self, number: int) -> tuple[Situation, Known]:
        again, nodes = self._again, self.nodes
        way: list[int] = []
        at = number
        while at not in again and nodes[at].parent >= 0:
            way.append(at)
            at = nodes[at].parent
        here, known = again.get(at, self._begun)
        for at in reversed(way):
            by = nodes[at].by
            assert by is not None
            offered = chain(self.player.offers(here), self.player.faults(here))
            about = next((each for choice, each in offered if choice == by.choice), None)
            made = self.player.make(here, by.choice, about)
            self.replayed += 1
            there = None if made is None else made[0]
            if there is not None:
                there = there._replace(seen=here.seen | self.seen(there))
                print, parts = self.prints.of(there.world, known, there[1:])
                if self.known.get(print) == at:
                    here, known = there, parts
                    again[at] = here, known
                    if len(again) > AGAIN:
                        again.popitem(last=False)
                    continue
            raise Astray(
                f"a choice that is made again does not lead to where it led before: {by.choice}",
                expected="code that does the same each time",
                got="another world" if made is not None else "a choice that cannot be made",
                cure="laws.replay_law finds what differs",
            )
        return here, known

    def _same_refusal(self, here: Situation, known: Known, choice: Choice, about: Any) -> tuple[str, int, bytes] | None:
        """What an act that cannot be done now depends on: what its tab shows."""
        if type(choice) is not Do or not about.tab or self.player.impatient:
            return None
        number = about.tab
        parts = [print for line, print in known.lines.values() if line.tab.number == number]
        seen = known.tabs.get(number)
        place = here.done[self.player.people.index(choice.person)]
        return choice.person, place, b"".join([*parts, b"|" if seen is None else seen[1]])

    def _square(self, number: int, node: Node, choice: Choice, about: Any, index: int) -> Edge | None:
        """The other way round: the same two choices in the other order, if they are independent and were followed."""
        assert node.by is not None
        before = self.nodes[node.parent].edges
        if before is None:
            return None
        mine, other = before.get(node.by.choice), before.get(choice)
        if mine is None or other is None or mine.to != number or not self.apart(mine.footprint, other.footprint):
            return None
        behind = self.nodes[other.to].edges
        last = None if behind is None else behind.get(node.by.choice)
        return None if last is None else Edge(last.to, other.footprint, index, about)

    # --- reaching ---------------------------------------------------------------------------------------------------

    def _reach(
        self, print: bytes, there: Situation, known: Known, parent: int, by: Taken | None, deviations: int
    ) -> int:
        number = self.known.get(print)
        if number is None:
            number = self.known[print] = len(self.nodes)
            self.nodes.append(Node(parent, by, deviations))
            most = self.worlds // 4 if self.alive is None else self.alive
            if self._alive < most:
                self._open[number] = there, known
                self._alive += 1
            else:
                self._open[number] = None
            self._push(number, deviations, by)
        else:
            self._closer(number, deviations, parent, by)
        return number

    def _closer(self, number: int, deviations: int, parent: int, by: Taken | None) -> None:
        node = self.nodes[number]
        if deviations < node.deviations and node.edges is None:
            node.deviations, node.parent, node.by = deviations, parent, by
            self._push(number, deviations, by)

    def _push(self, number: int, deviations: int, by: Taken | None) -> None:
        if by is not None and by.place:
            self._frontier.append((number, deviations))
        else:
            self._frontier.appendleft((number, deviations))

    def _wrong(self, failed: Failed, index: int) -> None:
        if self.wanted is not None and not self.wanted(failed):
            return
        place = len(self._waiting) + 1
        self._waiting[place] = [failed]
        if index:
            self._frontier.append((-place, failed.deviations))
        else:
            self._frontier.appendleft((-place, failed.deviations))

    # --- what was found ---------------------------------------------------------------------------------------------

    @property
    def whole(self) -> bool:
        """Whether every choice of every world was followed."""
        return self.stopped is None and not self._open and not any(node.cut for node in self.nodes)

    def open_worlds(self) -> Iterator[int]:
        """The worlds that were reached and not looked at."""
        return iter(self._open)

    @property
    def ends(self) -> Iterator[int]:
        """The worlds in which nothing else can happen."""
        return (number for number, node in enumerate(self.nodes) if node.end)

    def path(self, number: int) -> list[Taken]:
        """How a world was come to, with the fewest deviations."""
        steps: list[Taken] = []
        while (by := self.nodes[number].by) is not None:
            steps.append(by)
            number = self.nodes[number].parent
        steps.reverse()
        return steps

    def schedules(self) -> int | None:
        """How many schedules there are: the paths of the graph. None if there is no end to them."""
        counts: dict[int, int] = {}
        active: set[int] = set()
        stack: list[int] = [0] if self.nodes else []
        while stack:
            number = stack[-1]
            node = self.nodes[number]
            targets = [edge.to for edge in (node.edges or {}).values()]
            if number not in active:
                active.add(number)
                todo = [each for each in targets if each not in counts]
                if any(each in active for each in todo):
                    return None
                stack.extend(todo)
                if todo:
                    continue
            stack.pop()
            if number in counts:
                continue
            active.discard(number)
            counts[number] = sum(counts[each] for each in targets) + (1 if node.end else 0) + node.failed
        return counts.get(0, 0)
