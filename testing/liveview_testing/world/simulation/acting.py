"""Acting on a world: begin, settle, publish, or drop.

Owns `Acting`, the thin shell around an immutable `World`, without anybody's view of it: it opens the world, lets something happen
to it and publishes what that came to; and `Store`, the values of a test's fakes. Law: an action that raises changes nothing; there
is one at a time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from liveview_core.errors import LiveViewError, add_note, nearest_names
from liveview_core.protocol.messages import Cast, Info, Message
from liveview_core.socket.socket_state import NO_REPLY
from liveview_core.tracebacks import shorten as shorten_any
from liveview_testing.failures import recursion_depth
from liveview_testing.failures.misuse import arguments
from liveview_testing.failures.misuse.misused_handles import missing
from liveview_testing.failures.pickling import refuse
from liveview_testing.world.log.act_records import Asked, Entry, recorded
from liveview_testing.world.log.happening import Happening
from liveview_testing.world.log.message_records import Undone
from liveview_testing.world.log.reads_and_writes import Noted
from liveview_testing.world.log.retention import Kept, digest, kept, text
from liveview_testing.world.open_world import OpenWorld
from liveview_testing.world.simulation import page_law
from liveview_testing.world.simulation.crashing import CONTAINED
from liveview_testing.world.simulation.delivering import message_recording
from liveview_testing.world.simulation.delivering.delivery import Run
from liveview_testing.world.simulation.delivering.in_flight import WaitingRun
from liveview_testing.world.simulation.delivering.received import received
from liveview_testing.world.timers import Agenda
from liveview_testing.world.tracebacks import shorten
from liveview_testing.world.world import Line, World

T = TypeVar("T")


class InsideStep(LiveViewError, RuntimeError):
    """Something inside a callback acted on the world that is running the callback."""


_THE_WORLD: Asked = ("world", "")

_RUNNING: ContextVar[OpenWorld | None] = ContextVar("running", default=None)
"""The action that is going on, whichever world's it is: what a fake inside a callback reads and writes."""


class Store:
    """Named values that belong to the world, so that forks do not share what they do to them. Keep the values immutable.

    A view or a fake may hold it: inside a callback it is the store of the world that runs the callback, a fork's too.
    """

    __slots__ = ("_sim",)

    def __init__(self, sim: Acting) -> None:
        self._sim = sim

    def __getitem__(self, name: str) -> Any:
        try:
            return self._sim.stored[name]
        except KeyError:
            known = sorted(str(each) for each in self._sim.stored)
            error = KeyError(name)
            add_note(error, "  got: " + (f"stored are {', '.join(known)}" if known else "nothing is stored at all"))
            add_note(error, f"  cure: sim.store[{name!r}] = … before it is read, or sim.store.get({name!r})")
            if near := nearest_names(name, known):
                add_note(error, f"  nearest: {', '.join(near)}")
            raise shorten_any(error) from None

    if not TYPE_CHECKING:  # where types are checked, a name that is not there stays an error

        def __getattr__(self, name: str) -> Any:
            missing(self, name, {name: f"sim.store[{name!r}]"}, "sim.store")

    def _asked(self) -> tuple[Acting, Asked]:
        """The store, as what acts are done to."""
        return self._sim, ("world", "store")

    def __setitem__(self, name: str, value: Any) -> None:
        if _RUNNING.get() is None:
            self._put(name, value)
        else:  # a fake, inside a callback
            self._sim.keep(name, value)

    @recorded
    def _put(self, name: str, value: Any) -> None:
        """As `store[name] = value`, of a test."""
        self._sim.keep(name, value)

    def __contains__(self, name: object) -> bool:
        return name in self._sim.stored

    def __iter__(self) -> Iterator[str]:
        """The names of what is stored."""
        return iter(sorted(self._sim.stored))

    def get(self, name: str, default: Any = None) -> Any:
        return self._sim.stored.get(name, default)

    def update(self, name: str, fn: Callable[[Any], Any]) -> None:
        """Replace a value by `fn(value)`."""
        self[name] = fn(self[name])

    def __repr__(self) -> str:
        names = sorted(self._sim.stored)
        return f"Store({', '.join(f'{name}={self[name]!r}' for name in names)})"


class Acting:
    """A world, and the actions that change it."""

    __slots__ = (
        "_acted",
        "_acts",
        "_agenda",
        "_before",
        "_busy",
        "_each_act",
        "_failed",
        "_forgotten",
        "_limit",
        "_noted",
        "_run",
        "_runs",
        "_sent_words",
        "_told",
        "_undone",
        "_world",
    )

    _maker: ClassVar[Callable[[Mapping[str, Any]], Acting]]
    """Makes a whole simulation, which `user` has."""

    __reduce__ = refuse

    def _begin(self, world: World, limit: int) -> None:
        self._world = world
        self._limit = limit
        self._each_act = False
        self._agenda = Agenda()
        self._run: Run | None = None
        self._acts: Entry | None = None
        self._before: World | None = None
        self._failed: Entry | None = None
        self._busy: Any = None
        self._told: dict[str, Any] | None = None
        self._acted = 0
        self._forgotten = 0
        self._noted: Noted | None = None
        self._runs = message_recording.RUNS
        self._undone: tuple[Undone, ...] = ()
        self._sent_words: Any = None

    def _as_made(self) -> None:
        """What was done so far was done to make it: no act."""
        self._acts = None

    def _hear_from(self, other: Acting) -> None:
        """What was found out in a fork, in which an act was tried, was found out here."""
        self._told, other._told = other._told, None

    def _asked(self) -> tuple[Acting, Asked]:
        """The world, as what acts are done to."""
        return self, _THE_WORLD

    @property
    def world(self) -> World:
        """The state of this world at this instant: an immutable value."""
        return self._world

    @property
    def stored(self) -> Mapping[str, Any]:
        """What the store holds now; during an action, as far as it has come."""
        return (_RUNNING.get() or self._world).store

    def keep(self, name: str, value: Any) -> None:
        """Put a value into the store; allowed at any time, also by a fake inside a callback."""
        running = _RUNNING.get()
        if running is not None:
            running.store = running.store.set(name, value)
        else:
            run = self.start()
            run.store = run.store.set(name, value)
            self.finish(run)

    @property
    def undone(self) -> tuple[Undone, ...]:
        """The acts that failed, of a world that records."""
        return self._undone

    @property
    def history(self) -> Kept[Happening]:
        """Every message delivered so far, oldest first; with `history=n` the last n, and `history.gone` are not there any more."""
        return kept(self._world)

    @property
    def trace(self) -> bytes:
        """The history as text, one line a message: equal bytes mean an equal run. A first line says what is gone."""
        return text(self._world)

    @property
    def digest(self) -> str:
        """A digest of the whole trace, whatever is kept of it: equal digests mean an equal run."""
        return digest(self._world)

    def since(self, count: int) -> list[Happening]:
        """The history without its first `count` entries; costs what it returns. Raises `Forgotten` if some of it is gone."""
        return kept(self._world, count)

    # --- actions ----------------------------------------------------------------------------------------------------

    def start(self) -> Run:
        """Begin an action. What starts must `finish` or `drop`; there is one at a time."""
        if self._run is not None:
            raise InsideStep(
                "this world is in the middle of an action",
                expected="callbacks that ask for things through their socket (send, broadcast, start_async, ...)",
                got="a callback that acted on the simulation itself",
                cure="use the socket's methods; state of fakes belongs into sim.store",
            )
        run = self._run = self._open()
        run.around = _RUNNING.get()
        _RUNNING.set(run)
        return run

    def _open(self) -> Run:
        world = self._world
        if world.mailboxes is not None:
            if self._noted is None:
                return self._runs[2](world, self._agenda, self._limit)
            return WaitingRun(world, self._agenda, self._limit, self._noted)
        kind = self._runs[1] if world.store and CONTAINED in world.store else self._runs[0]
        return kind(world, self._agenda, self._limit)

    def finish(self, run: Run) -> None:
        """The action went well: what it came to is the world now."""
        if self._each_act:
            self._finish_lawfully(run)
            return
        self._world = run.publish()
        self._run = None
        _RUNNING.set(run.around)

    def _finish_lawfully(self, run: Run) -> None:
        """As `finish`, where each page is held to the law of patches after each act."""
        before, world = self._world, run.publish()
        self._world = world
        self._run = None
        _RUNNING.set(run.around)
        try:
            page_law.after_act(world, self.since(before.count))
        except BaseException:
            self._world = before
            self._agenda.forget()
            raise

    def drop(self) -> None:
        """The action failed: nothing happened."""
        if self._runs is not message_recording.RUNS and self._run is not None:
            self._undone = (*self._undone, *message_recording.undone(self._run))
        if self._run is not None:
            _RUNNING.set(self._run.around)
            self._run = None
        self._agenda.forget()

    def _undo(self, error: BaseException) -> None:
        """The action failed with this error: nothing happened, and what is raised says what the author has to know."""
        if self._run is not None:
            self._run.abandon(self._world)
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
            self._undo(error)
            raise
        return result

    @recorded
    def settle(self) -> None:
        """Deliver everything that is due now. Every action settles by itself; this is for what was left pending."""
        self.act(_follow if self._world.mailboxes is not None else _nothing)

    def pass_time(self, by: int) -> None:
        """What `clock.advance` does, in microseconds."""
        self.act(lambda run: run.pass_time(by))

    @recorded
    def broadcast(self, topic: str, message: Any) -> None:
        """A message to everyone subscribed to `topic`, as if from outside."""
        arguments.topic(topic)
        self.act(lambda run: run.broadcast(topic, message))

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
            self._undo(error)
            raise

    @recorded
    def tell(self, process: str, message: Any) -> None:
        """A message into one process's mailbox, as if from outside."""
        if self._world.mailboxes is not None:  # it is under way, behind what was told before
            self.act(lambda run: run.post(process, Info(message), "info", type(message).__name__, message))
            return
        self.act(lambda run: run.deliver(process, Info(message), "info", type(message).__name__, message))

    @recorded
    def call(self, process: str, message: Any) -> Any:
        """A call to one process, as if from outside: its `handle_call` answers. `NO_REPLY` if it gave no answer."""

        def ask(run: Run) -> Any:
            done = run.call(process, message)
            return NO_REPLY if done is None else done.answer

        return self.act(ask)

    @recorded
    def cast(self, process: str, message: Any) -> None:
        """A cast to one process, as if from outside, for its `handle_cast`."""
        self.act(lambda run: run.deliver(process, Cast(message), "cast", type(message).__name__, message))

    def replace(self, line: Line) -> None:
        """Set down what a test noted on a line (an assertion consumed); nothing is delivered."""
        run = self.start()
        run.lines[line.id] = line
        self.finish(run)


def _nothing(run: Run) -> None:
    """No cause but the world's own."""


def _follow(run: Run) -> None:
    """What waits arrives, in the usual order."""
    assert isinstance(run, WaitingRun)
    run.follow()
