"""The world of a simulation as it is now, the action that is going on in it, and what was done so far.

Owns `Current`, all that changes when a test acts: begin, settle, publish, or drop. Law: an action that raises changes nothing;
there is one at a time.

It is no part of `Acting`, which a test holds: that one says what to write instead of a name that it has not (`__getattr__`), and
CPython looks up each attribute of such a class anew. An act asks for some thirty: of a click of the counter that was 1.1 µs.
"""

from __future__ import annotations

from collections.abc import Callable
from threading import local
from typing import TYPE_CHECKING, Any, TypeVar

from liveview_core.errors import LiveViewError
from liveview_testing.failures import recursion_depth
from liveview_testing.world.log.retention import kept
from liveview_testing.world.simulation import page_law
from liveview_testing.world.simulation.crashing import CONTAINED
from liveview_testing.world.simulation.delivering import message_recording
from liveview_testing.world.simulation.delivering.in_flight import WaitingRun
from liveview_testing.world.simulation.delivering.received import received
from liveview_testing.world.timers import Agenda
from liveview_testing.world.tracebacks import shorten

if TYPE_CHECKING:
    from liveview_core.protocol.messages import Message
    from liveview_testing.world.log.act_records import Entry
    from liveview_testing.world.log.message_records import Undone
    from liveview_testing.world.log.reads_and_writes import Noted
    from liveview_testing.world.open_world import OpenWorld
    from liveview_testing.world.simulation.delivering.delivery import Run
    from liveview_testing.world.world import World

T = TypeVar("T")


class InsideStep(LiveViewError, RuntimeError):
    """Something inside a callback acted on the world that is running the callback."""


class Running(local):
    """The action that is going on in a thread, whichever world's it is: what a fake inside a callback reads and writes."""

    run: OpenWorld | None = None


RUNNING = Running()


class Family:
    """What forks of one another share: the world in whose block acts are put down, and what one is told that acts elsewhere."""

    __slots__ = ("block",)

    def __init__(self) -> None:
        self.block: tuple[Current, Callable[[], Exception]] | None = None


class Current:
    """The world as it is now, and the actions that change it.

    `runs` are the kinds of its actions; `noted` is what is read and written, of a world that is searched; `each_act` says whether
    its pages are held to the law of patches after each act; `family` is what it shares with its forks, where it has any. The
    record of acts is `act_records`' own.
    """

    __slots__ = (
        "acted",
        "acts",
        "agenda",
        "before",
        "busy",
        "each_act",
        "failed",
        "family",
        "forgotten",
        "limit",
        "noted",
        "run",
        "runs",
        "sent_words",
        "told",
        "undone",
        "world",
    )

    def __init__(self, world: World, limit: int) -> None:
        self.world = world
        self.limit = limit
        self.each_act = False
        self.agenda = Agenda()
        self.run: Run | None = None
        self.runs = message_recording.RUNS
        self.noted: Noted | None = None
        self.acts: Entry | None = None
        self.before: World | None = None
        self.failed: Entry | None = None
        self.busy: Any = None
        self.told: dict[str, Any] | None = None
        self.acted = 0
        self.forgotten = 0
        self.undone: tuple[Undone, ...] = ()
        self.sent_words: Any = None
        self.family: Family | None = None

    def go_on_from(self, other: Current) -> None:
        """What was done in another world was done in this one, which is its fork."""
        self.each_act = other.each_act
        self.runs = other.runs if other.runs is message_recording.RUNS else message_recording.runs_of(self)
        self.acts, self.acted, self.forgotten = other.acts, other.acted, other.forgotten
        self.before, self.failed, self.undone = other.before, other.failed, other.undone

    def forked(self, other: Current) -> None:
        """Another is a fork of this one."""
        if self.family is None:
            self.family = Family()
        other.family = self.family

    def start(self) -> Run:
        """Begin an action. What starts must `finish` or `drop`; there is one at a time."""
        if self.family is not None and self.family.block is not None and self.family.block[0] is not self:
            raise self.family.block[1]()
        if self.run is not None:
            if RUNNING.run is None:
                raise InsideStep(
                    "this world is in the middle of an action, of another thread",
                    expected="one thread that acts on a world, as the order of acts would else be another in each run",
                    got="a second thread",
                    cure="a simulation for each thread; what happens at the same time: sim.concurrently(), and explore",
                )
            raise InsideStep(
                "this world is in the middle of an action",
                expected="callbacks that ask for things through their socket (send, broadcast, start_async, ...)",
                got="a callback that acted on the simulation itself",
                cure="use the socket's methods; state of fakes belongs into sim.store",
            )
        run = self.run = self.open()
        run.around = RUNNING.run
        RUNNING.run = run
        return run

    def open(self) -> Run:
        """The world, open, by the kind of action that it is in for."""
        world = self.world
        if world.mailboxes is not None:
            if self.noted is None:
                return self.runs[2](world, self.agenda, self.limit)
            return WaitingRun(world, self.agenda, self.limit, self.noted)
        kind = self.runs[1] if world.store and CONTAINED in world.store else self.runs[0]
        return kind(world, self.agenda, self.limit)

    def finish(self, run: Run) -> None:
        """The action went well: what it came to is the world now."""
        if self.each_act:
            self._finish_lawfully(run)
            return
        self.world = run.publish()
        self.run = None
        RUNNING.run = run.around

    def _finish_lawfully(self, run: Run) -> None:
        """As `finish`, where each page is held to the law of patches after each act."""
        before, world = self.world, run.publish()
        self.world = world
        self.run = None
        RUNNING.run = run.around
        try:
            page_law.after_act(world, kept(world, before.count))
        except BaseException:
            self.world = before
            self.agenda.forget()
            raise

    def drop(self) -> None:
        """The action failed: nothing happened."""
        run = self.run
        if run is not None:
            if self.runs is not message_recording.RUNS:
                self.undone = (*self.undone, *message_recording.undone(run))
            RUNNING.run = run.around
            self.run = None
        self.agenda.forget()

    def undo(self, error: BaseException) -> None:
        """The action failed with this error: nothing happened, and what is raised says what the author has to know."""
        if self.run is not None:
            self.run.abandon(self.world)
        self.drop()
        if isinstance(error, RecursionError) and (deep := recursion_depth.told(error)) is not None:
            raise deep from None
        shorten(error)

    def act(self, cause: Callable[[Run], T]) -> T:
        """One action: its cause, then everything that follows from it at this instant."""
        run = self.start()
        try:
            result = cause(run)
            run.settle()
            self.finish(run)
        except BaseException as error:
            self.undo(error)
            raise
        return result

    def client(self, process: str, event: str, payload: dict[str, Any], message: Message | None = None) -> None:
        """One frame from a process's browser, and everything that follows. The hot path: who knows the `message` says it."""
        run = self.start()
        try:
            if run.browsers or run.mailboxes is not None:
                run.send_client(process, event, payload)
            else:
                run.deliver(process, message or received(event, payload), "client", event, payload)
            if run.queue or run.answers or run.timers or run.tasks:
                run.settle()
            self.finish(run)
        except BaseException as error:
            self.undo(error)
            raise
