"""What happened in a run of a machine: moves of people and of the world, in order, and the same as a test to paste.

Owns `Move`, `Opening` (how the world of a machine begins) and `StoryRun`. Law: a story is a value: played again from the same
opening it gives the same run; each move is one line of a test.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any, TypeAlias

from attrs import evolve, field

from liveview_core.errors import BadReturn, LiveViewError
from liveview_core.values.declaring import define, frozen
from liveview_testing.failures.misuse.misused_handles import NotAValue
from liveview_testing.properties.function_sources import FunctionSources
from liveview_testing.properties.invariants import Held, InvariantBroken, check
from liveview_testing.record.scripts.literals import NoLiteral, Spelling, defines, where_is
from liveview_testing.record.scripts.replaying import replay
from liveview_testing.record.scripts.script import Script
from liveview_testing.record.scripts.shrinking.shrinking import shrink_from
from liveview_testing.user.locators.scene import NAMES
from liveview_testing.user.simulation import Simulation

if TYPE_CHECKING:
    from liveview_core.views.view import LiveView
    from liveview_testing.properties.person_acts import PersonAct
    from liveview_testing.user.simulation import Page

People: TypeAlias = "Sequence[Page]"

MOST_MOVES = 1_500
"""So many moves are made again to make a story smaller; then the best so far is told."""

MOST_REPLAYS = 300
"""So many times at most a short story is played again to make what is done in it plainer."""


@frozen(repr=False)
class Move:
    """One thing that happened: an act of a person, or something of the world. Its code takes the names of the pages."""

    code: Callable[[Sequence[str]], str] = field(eq=False)
    do: Callable[[Simulation, People], Any] = field(eq=False)
    key: str = ""
    simpler: tuple[Callable[[], Move], ...] = field(default=(), eq=False)

    def __repr__(self) -> str:
        return self.key


def act_of(who: int, act: PersonAct) -> Move:
    """An act of one of the people."""
    return Move(
        lambda names: act.code(names[who]),
        lambda sim, people: act.do_at(people[who]),
        f"{who}: {act!r}",
        tuple(partial(_simpler, who, each) for each in act.simpler),
    )


def _simpler(who: int, plainer: Callable[[], PersonAct]) -> Move:
    return act_of(who, plainer())


def of_the_world(code: str, do: Callable[[Simulation], Any]) -> Move:
    """Something that no person does: a broadcast, an answer, time."""
    return Move(lambda names: code, lambda sim, people: do(sim), code)


@frozen(eq=False)
class Opening:
    """How the world of a machine begins: what is opened, by how many, with which options of the simulation."""

    target: type[LiveView] | LiveView | str
    people: int
    sessions: tuple[Mapping[str, Any], ...] = ()
    world: Mapping[str, Any] = field(factory=dict[str, Any])
    given: Mapping[str, Any] = field(factory=dict[str, Any])
    """Where the names of the target and of the options are looked up, for the test."""

    def open(self) -> tuple[Simulation, People]:
        """A fresh world, everybody at the page."""
        sim = Simulation(**self.world)
        return sim, [sim.page(self.target, session=self._session(number)) for number in range(self.people)]

    def _session(self, number: int) -> Mapping[str, Any] | None:
        return self.sessions[number % len(self.sessions)] if self.sessions else None

    def lines(self, names: Sequence[str], spelling: Spelling) -> Iterator[str]:
        """The same as code."""
        options = [f"{name}={self._named(value, spelling)}" for name, value in self.world.items() if value is not None]
        spelling.uses("liveview_testing", "Simulation")
        yield f"sim = Simulation({', '.join(options)})"
        for number, name in enumerate(names):
            session = self._session(number)
            more = "" if session is None else f", session={self._named(session, spelling)}"
            yield f"{name} = sim.page({self._named(self.target, spelling)}{more})"

    def _named(self, value: Any, spelling: Spelling) -> str:
        """A value by the name that it has where the machine was made, or by its own; else as it is made."""
        found = self.place(value)
        if found is None:
            return spelling.of(value)
        if found[0] != "__main__":
            spelling.uses(*found)
        return found[1]

    def place(self, value: Any) -> tuple[str, str] | None:
        """The module and the name of a value that can be imported."""
        if isinstance(value, (str, int, float, bool, bytes)) or value is None:
            return None
        module = str(self.given.get("__name__", "__main__"))
        for name, each in self.given.items():
            if each is value and name.isidentifier():
                home = None if module == "__main__" or defines(module, name) else where_is(value)
                return home if home is not None and home[1].isidentifier() else (module, name)
        own, place = getattr(value, "__qualname__", None), getattr(value, "__module__", None)
        return None if own is None or place is None or not own.isidentifier() else (place, own)


@define
class Budget:
    """How many moves may still be made again."""

    left: int = MOST_MOVES

    def has(self, moves: int) -> bool:
        """Whether so many may be made; they count, then."""
        if moves > self.left:
            return False
        self.left -= moves
        return True


@frozen(eq=False)
class StoryRun:
    """A story that came to an error: how it began, what happened, and what was held after each move."""

    opening: Opening
    moves: tuple[Move, ...]
    held: tuple[Held, ...]
    error: Exception
    script: Script | None = None
    """What was done, as little of it as comes to the error: what the test is written of; None before `smallest`."""

    def again(self, moves: Sequence[Move]) -> StoryRun | None:
        """Other moves from the same opening: the run, if it comes to the same error."""
        try:
            sim, people = self.opening.open()
        except Exception as error:
            return StoryRun(self.opening, (), self.held, error) if self._is_same(error) else None
        for number, move in enumerate((None, *moves)):
            try:
                if move is not None:
                    move.do(sim, people)
                check(sim, people, self.held)
            except Exception as error:
                return StoryRun(self.opening, tuple(moves[:number]), self.held, error) if self._is_same(error) else None
        return None

    def _is_same(self, error: Exception) -> bool:
        return type(error) is type(self.error) and _kind(error) == _kind(self.error)

    def shortest(self, budget: Budget | None = None) -> StoryRun:
        """The same error with as few moves as it takes, none of which can be left out; then with plainer values."""
        budget = budget or Budget()
        best = self.again(self.moves) or self
        size = max(1, len(best.moves) // 2)
        while size:
            at = 0
            while at < len(best.moves):
                moves = (*best.moves[:at], *best.moves[at + size :])
                shorter = best.again(moves) if budget.has(len(moves)) else None
                if shorter is None:
                    at += size
                else:
                    best = shorter
            size //= 2
        return best._plainer(budget)

    def _plainer(self, budget: Budget) -> StoryRun:
        """The same moves with plainer values, where that comes to the same error."""
        best = self
        for at in range(len(self.moves)):
            for plainer in self.moves[at].simpler:
                moves = (*best.moves[:at], plainer(), *best.moves[at + 1 :])
                found = best.again(moves) if budget.has(len(moves)) else None
                if found is not None and len(found.moves) == len(best.moves):
                    best = found
                    break
        return best

    def smallest(self) -> StoryRun:
        """The shortest story, and what is done in it made as small as any script is: plainer verbs and values, less time."""
        budget = Budget()
        found = self.shortest(budget)

        def begin() -> tuple[Simulation, int]:
            sim, _ = self.opening.open()
            return sim, len(sim.script)

        def fails(sim: Simulation) -> bool:
            try:
                check(sim, self._people_of(sim), self.held)
            except Exception as error:
                return self._is_same(error)
            return False

        done = found._as_script()
        if done is None:
            return found
        try:
            replays = min(MOST_REPLAYS, budget.left // max(1, len(found.moves)))
            script = shrink_from(begin, done, fails, replays).with_failed()
            for act in script:
                act.spelled(Spelling())
        except LiveViewError:  # something of it is no act that a script has, or has no literal
            return found
        error = self._error_of(script, found)
        return found if error is None else evolve(found, error=error, script=script)

    def _as_script(self) -> Script | None:
        """The moves as a script, without the opening; None where nobody can come in."""
        try:
            sim, people = self.opening.open()
        except Exception:
            return None
        begun = len(sim.script)
        with suppress(Exception):
            for move in self.moves:
                move.do(sim, people)
        script = sim.script
        return evolve(script, acts=script.acts[begun:])

    def _error_of(self, script: Script, found: StoryRun) -> Exception | None:
        """What a script raises, or what does not hold after it; None if that is another error."""
        sim, _ = self.opening.open()
        try:
            replay(script, sim)
            check(sim, self._people_of(sim), self.held)
        except Exception as error:
            for name in getattr(error, "__notes__", ()):
                if name.startswith("in act "):
                    error.__notes__.remove(name)
                    break
            return error if found._is_same(error) else None
        return None

    def _people_of(self, sim: Simulation) -> People:
        return [sim.pages[number] for number in sorted(sim.pages)][: self.opening.people]

    def to_test(self, name: str = "test_counterexample") -> str:
        """The story as a test to paste: it fails as long as the mistake is there."""
        names = self._names()
        spelling = Spelling(strict=False)
        done = self.script
        acts = [move.code(names) for move in self.moves] if done is None else [act.spelled(spelling) for act in done]
        body = [*self.opening.lines(names, spelling), *acts]
        sources = FunctionSources({}, spelling)
        with suppress(NoLiteral):
            for each in self.held:
                if each.name == self._broken:
                    asked = each.code(self._function(each.fn, sources), names[getattr(self.error, "person", 0)])
                    body.append(self._asserted(asked))
        body[:0] = sources.before
        happened = (str(self.error).splitlines() or [""])[0]
        why = f"    # {type(self.error).__name__}: {happened}".rstrip(" :")
        return "\n".join((*spelling.lines, "", "", f"def {name}():", *(f"    {line}" for line in body), why))

    def _asserted(self, asked: str) -> str:
        """The line that fails as the invariant did: by what it raises, or by what it answers."""
        match self.error:
            case BadReturn():
                return f"assert {asked} in (True, False)"
            case InvariantBroken() | NotAValue():
                return f"assert {asked}"
            case _:
                return asked

    def _function(self, fn: Any, sources: FunctionSources) -> str:
        """An invariant: by its name, or as it is written."""
        if (place := self.opening.place(fn)) is None:
            code = sources.code(fn)
            return f"({code})" if code.startswith("lambda") else code
        if place[0] != "__main__":
            sources.spelling.uses(*place)
        return place[1]

    @property
    def _broken(self) -> str | None:
        """What did not hold after the last move; None if that raised the error itself."""
        told: str | None = getattr(self.error, "invariant", None)
        return told

    def _names(self) -> list[str]:
        try:
            people = [page.name for page in self.opening.open()[1]]
        except Exception:  # what is told is that nobody can come in
            people = [NAMES[number % len(NAMES)] for number in range(self.opening.people)]
        return [name.lower().replace(" ", "_") for name in people]


def _kind(error: Exception) -> tuple[Any, Any]:
    return getattr(error, "law", None), getattr(error, "invariant", None)
