"""The worlds of a search as simulations: one to act in, one to look at.

Owns `Stage`, in which one world after another is set down and something is let happen to it, and `Glance`, a world that a property
is shown. Laws: on a stage nobody waits, what cannot be done now cannot be done; at a glance nothing can be done at all.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, cast

from attrs import evolve

from liveview_testing.record.scripts.concurrent_acts import Away, NotNow
from liveview_testing.user.simulation import Simulation
from liveview_testing.world.log.reads_and_writes import Noted
from liveview_testing.world.mailboxes import Box
from liveview_testing.world.simulation.current import Current
from liveview_testing.world.simulation.delivering.delivery import Run
from liveview_testing.world.simulation.delivering.in_flight import concurrent
from liveview_testing.world.simulation.delivering.message_recording import RUNS, runs_of, unrecorded
from liveview_testing.world.tabs.tab_requests import nothing_yet
from liveview_testing.world.world import World

if TYPE_CHECKING:
    from liveview_testing.user.locators.scene import Memory


class Stage(Simulation):
    """A simulation into which worlds are set."""

    __slots__ = ()

    def set(self, world: World) -> Noted:
        """This is the world now; what is read and written from here on is noted."""
        current = self._current
        current.world = world
        current.agenda.forget()
        current.run = current.busy = current.acts = None
        noted = current.noted = Noted()
        return noted

    def deliver(self, box: Box, nth: int) -> None:
        """A message arrives. This is the hot path of a search."""
        current = self._current
        run: Any = current.start()
        try:
            run.arrive_from(box, nth)
            run.settle()
            current.finish(run)
        except BaseException as error:
            current.undo(error)
            raise

    def next_due(self, until: int) -> int | None:
        """Nobody waits here."""
        return None


class Recorder(Stage):
    """A stage on which one schedule is followed, and all that happens is put down."""

    __slots__ = ()

    def set(self, world: World) -> Noted:
        """This is the world now; it goes on from there."""
        current = self._current
        current.world = world
        current.agenda.forget()
        current.run = current.busy = current.noted = None
        return Noted()


class Glimpsed(Current):
    """A world in which nothing can be done."""

    __slots__ = ()

    def start(self) -> Run:
        raise NotNow(
            "a property acted on the world that it is shown",
            expected="a property that only looks",
            got="an act in it",
            cure="let somebody do it inside sim.concurrently()",
        )


class Glance(Simulation):
    """A simulation that is only looked at."""

    __slots__ = ()

    def next_due(self, until: int) -> int | None:
        """What is asked is asked about now."""
        return None


def stage(sim: Simulation, guests: Sequence[Memory] = ()) -> Stage:
    """A stage that begins with the world of a simulation, whose messages wait from here on; `guests` have blank tabs in it."""
    return _begun(_like(sim, Stage), unrecorded(sim._current.world), guests)


def recording(sim: Simulation, guests: Sequence[Memory] = ()) -> Stage:
    """A stage that goes on recording, as the simulation does."""
    before = sim._current
    made = _like(sim, Recorder)
    current = made._current
    current.acts, current.each_act, current.runs = before.acts, before.each_act, runs_of(current)
    return _begun(made, before.world, guests)


def _begun(made: Stage, world: World, guests: Sequence[Memory]) -> Stage:
    world = concurrent(world)
    if guests:
        blank = {each.tab: nothing_yet() for each in guests if each.opening}  # a view's handle opens a tab of no person
        world = evolve(world, tabs=world.tabs + len(guests), browsers=world.browsers.update(blank))
        made._people += guests
    made._current.world = world
    return made


def glance(sim: Simulation, world: World, guests: Sequence[Memory] = ()) -> Glance:
    """A world, to be looked at."""
    made: Glance = _like(sim, Glance)
    made._people += guests
    current = made._current
    current.__class__ = Glimpsed
    current.world = world
    return made


def _like(sim: Simulation, kind: type[Any]) -> Any:
    made: Any = sim.ahead()
    made.__class__ = kind
    current: Current = made._current
    current.each_act = False
    current.runs = RUNS
    current.acts = current.failed = current.busy = None
    return made


@contextmanager
def hidden(sim: Simulation, error: NotNow) -> Generator[None]:
    """Meanwhile whoever asks a handle of this simulation gets an error."""
    current, away = sim._current, Away(error)
    world, current.world = current.world, cast("Any", away)
    try:
        yield
    finally:
        current.world = world


def another_world(name: str) -> NotNow:
    """What a property is told that asks a handle of the test's own world."""
    return NotNow(
        f"{name} looked at the world of the test, not at the one that it is shown",
        expected="the view, page or locator in that world: sim.view(ann)",
        got="a handle of the test's own",
        cure="lambda sim: sim.view(ann).has_element(…); of a page, sim.view(page).get_by_text(…).is_visible()",
    )
