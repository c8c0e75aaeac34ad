"""Acting on a world: what a test can do to it from outside, without anybody's view of it.

Owns `Acting`, the thin shell around what changes (`current`), which is an immutable `World` at each instant; and `Store`, the
values of a test's fakes. Law: an action that raises changes nothing; there is one at a time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from liveview_core.errors import BadOption, add_note, nearest_names, shown
from liveview_core.protocol.messages import Cast, Info, Message
from liveview_core.socket.socket_state import NO_REPLY
from liveview_core.tracebacks import shorten as shorten_any
from liveview_core.values.copies import own
from liveview_testing.failures.misuse import arguments
from liveview_testing.failures.misuse.misused_handles import missing
from liveview_testing.failures.pickling import refuse
from liveview_testing.world.log.act_records import Asked, recorded
from liveview_testing.world.log.happening import Happening
from liveview_testing.world.log.message_records import Undone
from liveview_testing.world.log.retention import Kept, digest, kept, text
from liveview_testing.world.mutable_assigns import kept_in
from liveview_testing.world.simulation.current import RUNNING, Current
from liveview_testing.world.simulation.delivering.delivery import Run
from liveview_testing.world.simulation.delivering.in_flight import WaitingRun
from liveview_testing.world.world import Line, World

T = TypeVar("T")

_THE_WORLD: Asked = ("world", "")


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
            known = list(self)
            error = KeyError(name)
            add_note(error, "  got: " + (f"stored are {', '.join(known)}" if known else "nothing is stored at all"))
            add_note(error, f"  cure: sim.store[{name!r}] = … before it is read, or sim.store.get({name!r})")
            if near := nearest_names(name, known):
                add_note(error, f"  nearest: {', '.join(near)}")
            raise shorten_any(error) from None

    if not TYPE_CHECKING:  # where types are checked, a name that is not there stays an error

        def __getattr__(self, name: str) -> Any:
            of_a_dict = {each: _DICT.get(each, "list(sim.store) has the names") for each in dir(dict)}
            missing(self, name, {name: f"sim.store[{name!r}]", **of_a_dict}, "sim.store")

    def _asked(self) -> tuple[Acting, Asked]:
        """The store, as what acts are done to."""
        return self._sim, ("world", "store")

    def __setitem__(self, name: str, value: Any) -> None:
        if RUNNING.run is None:
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
        """The names of what is stored, but for those of the kit itself."""
        names = (str(each) for each in self._sim.stored)
        return iter(sorted(each for each in names if not each.startswith("liveview_testing.")))

    def get(self, name: str, default: Any = None) -> Any:
        return self._sim.stored.get(name, default)

    def update(self, name: str, fn: Callable[[Any], Any]) -> None:
        """Replace a value by `fn(value)`."""
        if not callable(fn):
            raise shorten_any(
                BadOption(
                    f"sim.store.update({name!r}, …) takes a function of the current value",
                    expected="a function",
                    got=shown(fn),
                    cure=f"a value is put: sim.store[{name!r}] = …",
                )
            )
        self[name] = fn(self[name])

    def __repr__(self) -> str:
        return f"Store({', '.join(f'{name}={self[name]!r}' for name in self)})"


_DICT = {
    "pop": "value = sim.store[name], then sim.store[name] = None: what is stored is replaced, and not taken out",
    "clear": "sim.store[name] = None for each: what is stored is replaced, and not taken out",
    "setdefault": "if name not in sim.store: sim.store[name] = …",
    "items": "[(name, sim.store[name]) for name in sim.store]",
    "values": "[sim.store[name] for name in sim.store]",
    "keys": "list(sim.store)",
    "copy": "{name: sim.store[name] for name in sim.store}; a fork has a store of its own: sim.fork()",
}
"""What does the same as a method of a dict."""


class Acting:
    """A world, and the actions that change it."""

    __slots__ = ("_current",)

    _maker: ClassVar[Callable[[Mapping[str, Any]], Acting]]
    """Makes a whole simulation, which `user` has."""

    __reduce__ = refuse

    def _begin(self, world: World, limit: int) -> None:
        self._current = Current(world, limit)

    def _as_made(self) -> None:
        """What was done so far was done to make it: no act."""
        self._current.acts = None

    def _hear_from(self, other: Acting) -> None:
        """What was found out in a fork, in which an act was tried, was found out here."""
        self._current.told, other._current.told = other._current.told, None

    def _asked(self) -> tuple[Acting, Asked]:
        """The world, as what acts are done to."""
        return self, _THE_WORLD

    @property
    def world(self) -> World:
        """The state of this world at this instant: an immutable value."""
        return self._current.world

    @property
    def stored(self) -> Mapping[str, Any]:
        """What the store holds now; during an action, as far as it has come."""
        return (RUNNING.run or self._current.world).store

    def keep(self, name: str, value: Any) -> None:
        """Put a value into the store; allowed at any time, also by a fake inside a callback."""
        running = RUNNING.run
        if running is not None:
            running.store = kept_in(running.store, name, value)
        else:
            run = self._current.start()
            run.store = kept_in(run.store, name, value)
            self._current.finish(run)

    @property
    def undone(self) -> tuple[Undone, ...]:
        """The acts that failed, of a world that records."""
        return self._current.undone

    @property
    def history(self) -> Kept[Happening]:
        """Every message delivered so far, oldest first; with `history=n` the last n, and `history.gone` are not there any more."""
        return kept(self._current.world)

    @property
    def trace(self) -> bytes:
        """The history as text, one line a message: equal bytes mean an equal run. A first line says what is gone."""
        return text(self._current.world)

    @property
    def digest(self) -> str:
        """A digest of the whole trace, whatever is kept of it: equal digests mean an equal run."""
        return digest(self._current.world)

    def since(self, count: int) -> list[Happening]:
        """The history without its first `count` entries; costs what it returns. Raises `Forgotten` if some of it is gone."""
        return kept(self._current.world, count)

    # --- actions ----------------------------------------------------------------------------------------------------

    def act(self, cause: Callable[[Run], T]) -> T:
        """One action: its cause, then everything that follows from it at this instant."""
        return self._current.act(cause)

    @recorded
    def settle(self) -> None:
        """Deliver everything that is due now. Every action settles by itself; this is for what was left pending."""
        self.act(_follow if self._current.world.mailboxes is not None else _nothing)

    def pass_time(self, by: int) -> None:
        """What `clock.advance` does, in microseconds."""
        self.act(lambda run: run.pass_time(by))

    @recorded
    def broadcast(self, topic: str, message: Any) -> None:
        """A message to everyone subscribed to `topic`, as if from outside."""
        arguments.topic(topic)
        message = own(message)
        self.act(lambda run: run.broadcast(topic, message))

    def client(self, process: str, event: str, payload: dict[str, Any], message: Message | None = None) -> None:
        """One frame from a process's browser, and everything that follows. Who knows the `message` says it."""
        self._current.client(process, event, payload, message)

    @recorded
    def tell(self, process: str, message: Any) -> None:
        """A message into one process's mailbox, as if from outside."""
        message = own(message)
        if self._current.world.mailboxes is not None:  # it is under way, behind what was told before
            self.act(lambda run: run.post(process, Info(message), "info", type(message).__name__, message))
            return
        self.act(lambda run: run.deliver(process, Info(message), "info", type(message).__name__, message))

    @recorded
    def call(self, process: str, message: Any) -> Any:
        """A call to one process, as if from outside: its `handle_call` answers. `NO_REPLY` if it gave no answer."""

        def ask(run: Run) -> Any:
            done = run.call(process, own(message))
            return NO_REPLY if done is None else done.answer

        return self.act(ask)

    @recorded
    def cast(self, process: str, message: Any) -> None:
        """A cast to one process, as if from outside, for its `handle_cast`."""
        message = own(message)
        self.act(lambda run: run.deliver(process, Cast(message), "cast", type(message).__name__, message))

    def replace(self, line: Line) -> None:
        """Set down what a test noted on a line (an assertion consumed); nothing is delivered."""
        run = self._current.start()
        run.lines[line.id] = line
        self._current.finish(run)


def _nothing(run: Run) -> None:
    """No cause but the world's own."""


def _follow(run: Run) -> None:
    """What waits arrives, in the usual order."""
    assert isinstance(run, WaitingRun)
    run.follow()
