"""The world that is served: a simulation whose browsers are real ones.

Owns `ServedRun`, an action in it, and `ServedWorld`. What the simulated browser would send by itself (joins of children,
components that are gone, joining again) is only foretold: the real one sends it. An error in a callback ends its process, as
in production, and is kept to be shown.

Law: the same frames in the same order give the same world as in a test. The world may be asked by another thread than the
server's; one act at a time, and what it sent is handed on before the next begins.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from attrs import evolve

from liveview_core.errors import LiveViewError, shown
from liveview_core.process.step import Step
from liveview_testing.user.simulation import Simulation
from liveview_testing.world.log.happening import Happening
from liveview_testing.world.log.message_records import RECORDED
from liveview_testing.world.log.retention import kept
from liveview_testing.world.simulation.crashing import BACKOFF, CrashingRun, Rejoin
from liveview_testing.world.simulation.current import Current
from liveview_testing.world.simulation.delivering.delivery import Run
from liveview_testing.world.simulation.delivering.message_recording import RUNS, RecordingRun
from liveview_testing.world.timers import Agenda
from liveview_testing.world.world import HOST, Line, Timer, World

if TYPE_CHECKING:
    from liveview_core.protocol.messages import Message
    from liveview_core.views.router import Router

__all__ = ["REAL", "Foretold", "NotInChromium", "ServedRun", "ServedWorld", "real"]

REAL = "liveview_testing.real_tabs"
"""Under this name the store keeps the numbers of the tabs that real browsers show."""
NONE: frozenset[int] = frozenset()

Foretold = tuple[str, str, dict[str, Any]]
"""A frame that the simulated browser would have sent: from which view, which event, what."""


class ServedRun(CrashingRun):
    """An action in a world whose browsers are real ones."""

    number: int

    def __init__(self, world: World, agenda: Agenda, limit: int) -> None:
        super().__init__(world, agenda, limit)
        self.foretold: list[Foretold] = []

    def is_real(self, pid: str) -> bool:
        """Whether a real browser shows the view of a process; a simulated one may be in the same world."""
        return self.lines[pid].tab.number in self.store.get(REAL, NONE)

    def post_client(self, pid: str, event: str, payload: dict[str, Any]) -> None:
        """Not sent: the real browser will."""
        if self.is_real(pid):
            self.foretold.append((pid, event, payload))
        else:
            super().post_client(pid, event, payload)

    def schedule(self, timer: Timer) -> None:
        """All timers but those of real clients, which have their own."""
        if type(timer.message) is not Rejoin or not self.is_real(timer.process):
            super().schedule(timer)

    def refused(self, line: Line, error: Exception) -> None:
        """The client was told, and loads the page anew."""
        if not self.is_real(line.id):
            super().refused(line, error)

    def deliver(
        self, pid: str, message: Any, origin: str, event: str, payload: Any, sender: str | None = None
    ) -> Step | None:
        """One message to one process, which may not survive it, not even its first."""
        if pid in self.lines and not self.is_real(pid):
            return super().deliver(pid, message, origin, event, payload, sender)
        number = self.number
        try:
            return Run.deliver(self, pid, message, origin, event, payload, sender)
        except Exception as error:
            line = self.lines.get(pid)
            if self.number != number or line is None or line.process is None:  # not the callback's
                raise
            self._crashed(line.copy(), error, origin, event, payload, sender, None)
            return None


class RecordingServedRun(RecordingRun, ServedRun):
    """The same, where what happens is put down for the time-travel page."""


class NotInChromium(LiveViewError, NotImplementedError):
    """What a test asks for cannot be done where a real browser shows the page."""


class ServedCurrent(Current):
    """The world that is served as it is now. What an act came to is told before the next begins."""

    __slots__ = ("heard", "heard_of", "lock")

    def __init__(self, world: World, limit: int) -> None:
        super().__init__(world, limit)
        self.lock = threading.RLock()
        self.heard: Callable[[list[Happening], list[Foretold]], None] | None = None
        self.heard_of = 0

    def open(self) -> Run:
        if self.runs is RUNS:
            return ServedRun(self.world, self.agenda, self.limit)
        return RecordingServedRun(self.world, self.agenda, self.limit, self)

    def start(self) -> Run:
        """Begin an action; another thread's is waited for."""
        self.lock.acquire()
        try:
            return super().start()
        except BaseException:
            self.lock.release()
            raise

    def finish(self, run: Run) -> None:
        """The action went well: it is the world, and what it sent goes out."""
        super().finish(run)
        if self.heard is not None:
            happenings: list[Happening] = kept(self.world, self.heard_of) if self.world.count > self.heard_of else []
            self.heard_of = self.world.count
            self.heard(happenings, run.foretold if isinstance(run, ServedRun) else [])
        self.lock.release()

    def drop(self) -> None:
        """The action failed: nothing happened."""
        super().drop()
        self.lock.release()


class ServedWorld(Simulation):
    """A simulation behind a server. `heard` is told what each act came to, before the next begins."""

    __slots__ = ("_passing", "lenient")

    _current: ServedCurrent

    def __init__(self, router: Router | None, *, checks: Any = None, **options: Any) -> None:
        super().__init__(router, crashes="restart", checks=checks or {"patch law": "ignore"}, **options)

    def _begin(self, world: World, limit: int) -> None:
        super()._begin(world, limit)
        self._current = ServedCurrent(world, limit)
        self.lenient = True
        """Whether an error in a callback is the page's matter alone, not a test's."""
        self._passing: Callable[[int], None] | None = None

    @classmethod
    def of(cls, world: World, router: Router | None, checks: Any, limit: int) -> ServedWorld:
        """A served world that goes on from a state of any."""
        new = cls(router, checks=checks, limit=limit, record=RECORDED in world.store)
        new.become(world)
        new.crashes.contain(BACKOFF)
        return new

    def listen(self, heard: Callable[[list[Happening], list[Foretold]], None]) -> None:
        """Who is told from now on."""
        current = self._current
        current.heard, current.heard_of = heard, current.world.count

    def bind(self, passing: Callable[[int], None] | None) -> None:
        """Time passes by this from now on: the browsers' clocks go with the world's."""
        self._passing = passing

    def pass_time(self, by: int) -> None:
        """What `clock.advance` does, in microseconds."""
        (self._passing or self.pass_alone)(by)

    def pass_alone(self, by: int) -> None:
        """Time passes in the world, and in no browser."""
        super().pass_time(by)

    def drift(self, by: int) -> None:
        """So much time passes in which nothing is due: that is no act."""
        with self._current.lock:
            self._current.world = evolve(self._current.world, now=self._current.world.now + by)

    def client(self, process: str, event: str, payload: dict[str, Any], message: Message | None = None) -> None:
        """One frame from a simulated browser; a real one sends its own."""
        line = self.world.lines.get(process)
        if line is not None and line.tab.number in self.world.store.get(REAL, NONE):
            raise NotInChromium(
                f"{event} cannot be sent for a page that a real browser shows",
                expected="an act on an element of the page, which the browser sends the frame of",
                got=shown(payload),
                cure='page.get_by_role("button", name="…").click()',
            )
        super().client(process, event, payload, message)

    def become(self, world: World) -> None:
        """The world is another one from now on: an earlier state of it, say. Nobody is told of what happened in it."""
        with self._current.lock:
            self._current.world = world
            self._current.agenda.forget()
            self._current.heard_of = world.count


def real(run: Run, tab: int) -> None:
    """A real browser shows a tab from now on."""
    run.store = run.store.set(REAL, run.store.get(REAL, NONE) | {tab})


def local_url(url: str, origins: tuple[str, ...]) -> str:
    """A URL of the server as one of the world, whose pages are all on its own host."""
    for origin in origins:
        if url == origin or url.startswith((f"{origin}/", f"{origin}?", f"{origin}#")):
            return HOST + (url[len(origin) :] or "/")
    return url


def served_url(url: str) -> str:
    """The other way: what leads to the world's host is a path on the server."""
    if url == HOST or url.startswith((f"{HOST}/", f"{HOST}?")):
        return url[len(HOST) :] or "/"
    return url


def moved_payload(payload: Any, change: Callable[[str], str], names: tuple[str, ...]) -> Any:
    """A payload whose addresses are changed."""
    if not isinstance(payload, Mapping):
        return payload
    given: dict[str, Any] = dict(payload)  # pyright: ignore[reportUnknownArgumentType]
    changed = {name: change(given[name]) for name in names if isinstance(given.get(name), str)}
    return {**given, **changed}
