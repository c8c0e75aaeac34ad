"""A machine that lets people do anything at any view, and holds every law after each move.

Owns `LiveViewMachine`. Law: whatever it does somebody could do; a run is told by its moves alone, so that what it finds is made as
short as it can be and printed as a test.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from inspect import signature
from typing import TYPE_CHECKING, Any, ClassVar, Final, TypeAlias, cast
from unittest import TestCase

import hypothesis
from hypothesis import HealthCheck, Phase
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule, run_state_machine_as_test
from hypothesis.strategies import SearchStrategy

from liveview_core.errors import BadOption, add_note, nearest_names, shown
from liveview_core.views.view import LiveView
from liveview_testing.properties.invariants import Held, Invariant, check, held
from liveview_testing.properties.moves import Move, Opening, StoryRun, act_of, of_the_world
from liveview_testing.properties.person_acts import acts
from liveview_testing.user.locators.exceptions import Error
from liveview_testing.user.simulation import Simulation
from liveview_testing.world.browsing.visits import CannotOpen
from liveview_testing.world.tracebacks import shorten

if TYPE_CHECKING:
    from liveview_core.views.router import Router

Broadcasts: TypeAlias = "Mapping[str, object] | Iterable[tuple[str, object]]"
"""What comes over PubSub: for each topic the messages, or a strategy for them; or pairs of a topic and a message."""


class _OwnTestCase:
    """`Machine.TestCase`, for pytest to collect."""

    def __get__(self, machine: LiveViewMachine | None, kind: type[LiveViewMachine]) -> type[MachineTestCase]:
        return _test_case(kind)


class LiveViewMachine(RuleBasedStateMachine):
    """People at a view, doing whatever its page lets them; `for_view` makes one for a view.

        TestTodos = LiveViewMachine.for_view("/todos", router=ROUTER, people=2).TestCase

    A subclass may have rules and invariants of its own, as any `RuleBasedStateMachine`: `self.sim` is the world, `self.people` are
    the pages.
    """

    _opening: ClassVar[Opening | None] = None
    _held: ClassVar[tuple[Held, ...]] = ()
    _broadcasts: ClassVar[SearchStrategy[tuple[str, Any]] | None] = None
    _acts: ClassVar[Mapping[str, bool]] = {}
    _failing: ClassVar[bool] = False
    story: ClassVar[StoryRun | None] = None
    """The last run that failed, as short as it can be; None where none did."""

    TestCase = _OwnTestCase()  # type: ignore[assignment]  # pyright: ignore[reportAssignmentType, reportIncompatibleUnannotatedOverride]

    @classmethod
    def for_view(
        cls,
        target: type[LiveView] | LiveView | str,
        *,
        people: int = 1,
        broadcasts: Broadcasts = (),
        invariants: Iterable[Invariant] = (),
        router: Router | None = None,
        session: Mapping[str, Any] | Sequence[Mapping[str, Any]] = (),
        offline: bool = True,
        time: bool = True,
        failing_tasks: bool = False,
        **world: Any,
    ) -> type[LiveViewMachine]:
        """A machine for a view, or a path of a router: it opens it for so many people, and lets them act.

        `broadcasts` are what comes from outside: `{"room:tea": ["hi"]}`. `invariants` are functions of a `page`, a `view`, its
        `assigns`, or the `sim`, told by the name of their parameter: true after every move. `session` is everybody's, or one for
        each. Tasks are held, and answered by their own functions in any order; with `failing_tasks` some fail. `offline` and
        `time` False keep the network and the clock as they are; what else is given is the simulation's (`hooks=`, `styles=`, …).
        """
        if not isinstance(target, (LiveView, str)) and not (isinstance(target, type) and issubclass(target, LiveView)):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise shorten(
                BadOption(
                    "a machine is for a view",
                    expected="a LiveView class, or a path of the router",
                    got=shown(target),
                    cure="LiveViewMachine.for_view(CounterLive)",
                )
            )
        if type(people) is not int or people < 1:
            raise shorten(BadOption("a machine is for one person or more", expected="people=2", got=shown(people)))
        known = signature(Simulation).parameters
        for option in world:
            if option not in known:
                raise shorten(
                    BadOption(
                        f"a machine has no option {option!r}",
                        expected="one of its own, or one of Simulation",
                        got=f"{option}={shown(world[option])}",
                        cure="people=2, invariants=[…], broadcasts={…}, session={…}, router=ROUTER, hooks={…}",
                        nearest=nearest_names(option, [*signature(cls.for_view).parameters, *known]),
                    )
                )
        options = {"router": router, "tasks": "hold", **world}
        try:
            sessions, asked, messages = _sessions(session), held(invariants), _messages(broadcasts)
        except BadOption as error:
            shorten(error)
            raise
        given = sys._getframe(1).f_globals
        body = {
            "_opening": Opening(target, people, sessions, options, given),
            "_held": asked,
            "_broadcasts": messages,
            "_acts": {"offline": offline, "time": time},
            "_failing": failing_tasks,
            "__module__": cls.__module__,
        }
        name = (
            target.strip("/").title() if isinstance(target, str) else getattr(target, "__name__", type(target).__name__)
        )
        made: type[LiveViewMachine] = type(cls).__call__(type(cls), f"{name}Machine", (cls,), body)
        return made

    def __init__(self) -> None:
        super().__init__()
        opening = type(self)._opening
        if opening is None:
            raise BadOption(
                "a LiveViewMachine is made for a view",
                expected="LiveViewMachine.for_view(CounterLive)",
                got=f"{type(self).__name__}()",
            )
        self.moves: list[Move] = []
        self._guarded(lambda: self._open(opening))

    def _open(self, opening: Opening) -> None:
        self.sim, self.people = opening.open()
        check(self.sim, self.people, self._held)

    # --- what happens -------------------------------------------------------------------------------------------------

    @rule(data=st.data())
    def somebody_acts(self, data: st.DataObject) -> None:
        """One of the people does something that the page offers."""
        who = data.draw(st.integers(0, len(self.people) - 1)) if len(self.people) > 1 else 0
        self.move(act_of(who, data.draw(acts(self.people[who], **self._acts))))

    @precondition(lambda self: self._broadcasts is not None)
    @rule(data=st.data())
    def something_is_broadcast(self, data: st.DataObject) -> None:
        """A message from outside."""
        assert self._broadcasts is not None
        topic, message = data.draw(self._broadcasts)
        self.move(of_the_world(f"sim.broadcast({topic!r}, {message!r})", lambda sim: sim.broadcast(topic, message)))

    @precondition(lambda self: bool(self.sim.world.tasks))
    @rule(data=st.data())
    def a_task_is_answered(self, data: st.DataObject) -> None:
        """One of the pending tasks ends, whichever was begun first."""
        at = data.draw(st.integers(0, len(self.sim.tasks.pending) - 1))
        work = self.sim.tasks.pending[at]
        verb = "fail" if self._failing and data.draw(st.booleans()) else "run"
        alike = [each for each in self.sim.tasks.pending if each.name == work.name]
        whose = self._whose(work.process) if len(alike) > 1 else None
        if whose is not None:
            alike = [each for each in alike if each.process == work.process]
        self.move(_answered(verb, work.name, whose, alike.index(work) if len(alike) > 1 else None))

    def _whose(self, process: str) -> int | None:
        return next((number for number, page in enumerate(self.people) if page.view.id == process), None)

    def move(self, move: Move) -> None:
        """Something happens, and everything is held after it; for rules of your own."""
        self.moves.append(move)
        self._guarded(lambda: self._happen(move))

    def _happen(self, move: Move) -> None:
        try:
            move.do(self.sim, self.people)
        except (CannotOpen, Error) as error:
            if isinstance(error, Error) and not error.happened.startswith("net::"):
                raise
            self.moves.pop()  # a page that is none of this router's, or cannot be loaded offline: nothing has happened
            return
        check(self.sim, self.people, self._held)

    def _guarded(self, do: Callable[[], None]) -> None:
        try:
            do()
        except Exception as error:
            opening = type(self)._opening
            assert opening is not None
            type(self).story = StoryRun(opening, tuple(self.moves), self._held, error)
            raise


def _answered(verb: str, name: Any, whose: int | None, nth: int | None) -> Move:
    """`nth`: of several tasks of one name."""
    more = "" if whose is None else ", view={}.view"
    which = {} if nth is None else {"nth": nth}
    last = "" if nth is None else f", nth={nth}"

    def do(sim: Simulation, people: Sequence[Any]) -> None:
        getattr(sim.tasks, verb)(name, **({} if whose is None else {"view": people[whose].view}), **which)

    return Move(
        lambda names: f"sim.tasks.{verb}({name!r}{more.format(names[whose or 0])}{last})",
        do,
        f"{verb} {name!r} of {whose}{last}",
    )


def _sessions(given: Any) -> tuple[Mapping[str, Any], ...]:
    several: list[Any] = [given] if isinstance(given, Mapping) or not isinstance(given, Iterable) else [*given]
    for each in several:
        if not isinstance(each, Mapping):
            raise BadOption(
                "the option session is no mapping",
                expected="everybody's, session={'user': 'ann'}, or one for each: [{'user': 'ann'}, {'user': 'ben'}]",
                got=shown(each),
            )
    return tuple(several)


def _messages(given: Any) -> SearchStrategy[tuple[str, Any]] | None:
    whole = given
    if isinstance(given, Mapping):
        found = [st.tuples(st.just(_topic(topic)), _drawn_from(topic, whole[topic])) for topic in whole]
        return st.one_of(found) if found else None
    if isinstance(given, (str, bytes)) or not isinstance(given, Iterable):
        raise _no_broadcasts(given)
    pairs: list[tuple[str, Any]] = []
    for each in whole:
        if not isinstance(each, (tuple, list)) or len(each) != 2:  # pyright: ignore[reportUnknownArgumentType]
            raise _no_broadcasts(each)
        pair: Any = each  # pyright: ignore[reportUnknownVariableType]
        pairs.append((_topic(pair[0]), pair[1]))
    return st.sampled_from(pairs) if pairs else None


def _topic(given: Any) -> str:
    if not isinstance(given, str):
        raise BadOption("a topic is a text", expected='broadcasts={"room:tea": ["hi"]}', got=shown(given))
    return given


def _no_broadcasts(given: Any) -> BadOption:
    return BadOption(
        "broadcasts say what is sent, and on which topic",
        expected='for each topic its messages, {"room:tea": ["hi", "bye"]}; or pairs, [("room:tea", "hi")]',
        got=shown(given),
        cure=f"broadcasts={{{given!r}: […]}}" if isinstance(given, str) else None,
    )


def _drawn_from(topic: str, given: Any) -> SearchStrategy[Any]:
    if isinstance(given, SearchStrategy):
        return given  # pyright: ignore[reportUnknownVariableType]
    if isinstance(given, (str, bytes)) or not isinstance(given, Iterable):
        raise BadOption(
            "the messages of a topic are a list, or a strategy for them",
            expected='broadcasts={"room:tea": ["hi", "bye"]}',
            got=shown(given),
        )
    messages: list[Any] = [*given]
    if not messages:
        raise BadOption(
            f"nothing is broadcast to {topic!r}",
            expected="one message or more, or a strategy for them",
            got=shown(given),  # pyright: ignore[reportUnknownArgumentType]
            cure="leave the topic out",
        )
    return st.sampled_from(messages)


# --- as a test --------------------------------------------------------------------------------------------------------


class MachineTestCase(TestCase):
    """A machine as a test, for pytest to collect; `settings` are hypothesis's, and a test may have its own."""

    settings: ClassVar[hypothesis.settings]
    _machine: ClassVar[type[LiveViewMachine]]

    def runTest(self) -> None:
        """Let the machine run: in a quarter of the examples nobody does more than a little, as what it takes little to find is told
        so at once; then as long as the settings say.
        """
        __tracebackhide__ = True
        machine, wanted = self._machine, self.settings
        machine.story = None
        short = wanted.max_examples // 4 if wanted.stateful_step_count > FEW_MOVES else 0
        try:
            if short:
                few = hypothesis.settings(wanted, max_examples=short, stateful_step_count=FEW_MOVES)
                run_state_machine_as_test(machine, settings=few)
            run_state_machine_as_test(
                machine, settings=hypothesis.settings(wanted, max_examples=wanted.max_examples - short)
            )
        except Exception as error:
            story = machine.story
            if story is None:  # of hypothesis itself
                raise
            found = machine.story = story.smallest()
            add_note(found.error, f"as a test:\n\n{found.to_test()}\n")
            raise shorten(found.error) from (error if type(error) is not type(found.error) else None)


FEW_MOVES: Final = 4
"""So much is a little."""


@cache
def _test_case(machine: type[LiveViewMachine]) -> type[MachineTestCase]:
    has_own = any(name for kind in machine.__mro__ for name, each in vars(kind).items() if _is_rule(kind, each))
    phases = [phase for phase in Phase if phase is not Phase.shrink or has_own]  # our own moves are made few below
    usual = hypothesis.settings(
        deadline=None,
        max_examples=100,
        stateful_step_count=15,
        phases=phases,
        suppress_health_check=cast("list[HealthCheck]", list(HealthCheck)),
    )
    name = f"{machine.__name__}.TestCase"
    body = {"settings": usual, "_machine": machine, "__module__": machine.__module__, "__qualname__": name}
    return type(name, (MachineTestCase,), body)


def _is_rule(kind: type[Any], each: Any) -> bool:
    return kind is not LiveViewMachine and hasattr(each, "hypothesis_stateful_rule")


__all__ = ["LiveViewMachine"]
