"""Crashes and lost connections as Phoenix has them, for a test that wants them.

Usually an error in a callback reaches the test and nothing has happened. With `crashes="restart"` it ends the process it happened
in, and that process alone with its children and tasks: its client hears `phx_error`, waits, and joins again, so that the view is
mounted anew, while its parent, its siblings and everybody else go on. A view that cannot be mounted again is loaded
anew, page and all, if it is the page's own; a nested one is given up after three tries. `drop` and `rejoin` are the same
without an error. Laws: what the crashed message would have done is not done at all; who waits how long is the clock's matter.
"""  # ER-3, ER-5, ER-2

from __future__ import annotations

from collections.abc import Mapping
from random import Random
from typing import Any

from attrs import evolve, field

from liveview_core.process.step import Process, Sent, Step, abandon
from liveview_core.values.declaring import frozen
from liveview_core.values.in_place_changes import unchanging
from liveview_testing.browser.connection.addresses import split_url
from liveview_testing.world.browsing import navigation, visits
from liveview_testing.world.log.happening import SECOND, Happening
from liveview_testing.world.simulation.delivering.delivery import Run
from liveview_testing.world.tabs import joins_and_loads, network, receiving
from liveview_testing.world.world import Line, Timer, change_tab

__all__ = [
    "BACKOFF",
    "CONTAINED",
    "Contained",
    "Crash",
    "CrashingRun",
    "Rejoin",
    "crashes",
    "cut",
    "drop",
    "kill",
    "latest",
    "rejoin",
]

CONTAINED = "liveview_testing.crashes"
"""Under this name the store keeps that errors are contained, and what has crashed."""

BACKOFF = (1.0, 2.0, 5.0, 10.0)
"""Seconds that the client waits before it joins again: after the first crash, the second, ...."""

RELOAD = (5 * SECOND, 10 * SECOND)
"""A page whose view cannot be joined is loaded again after a time between these."""

RELOADS = 10
RELOAD_SLOWLY = 30 * SECOND
"""After so many reloads one after the other, the client waits this long before each further one."""

AGAIN = 10_000
"""After so many microseconds a client whose connection was lost tries to connect again."""

TRIES = 3
"""How often the client tries to join a nested view."""


@unchanging("attrs.evolve(value, {name}=…) makes another")
@frozen
class Crash:
    """A process that ended by an error: which one, at which message, and why."""

    process: str
    view: str
    origin: str
    event: str
    error: Exception = field(eq=False)
    at: int = field(default=0, eq=False, repr=False)
    """When, in microseconds."""
    name: str = field(default="", eq=False, repr=False)
    """What the client's event was called."""

    @property
    def reason(self) -> Exception:
        """The error: the reason why the process stopped."""
        return self.error

    @property
    def what(self) -> str:
        """What the process was about when it crashed."""
        return f"{self.origin} {self.event}"


@frozen
class Rejoin:
    """The client's timer: it is time to join again, or to load the page again."""

    reload: bool = False


@frozen
class Contained:
    """Errors end processes: how long clients wait then, and what has crashed so far."""

    backoff: tuple[float, ...]
    crashes: tuple[Crash, ...] = ()


class CrashingRun(Run):
    """An action in a world where an error ends a process instead of the test."""

    __slots__ = ()

    def deliver(
        self, pid: str, message: Any, origin: str, event: str, payload: Any, sender: str | None = None
    ) -> Step | None:
        """One message to one process, which may not survive it."""
        number = self.number
        try:
            return super().deliver(pid, message, origin, event, payload, sender)
        except Exception as error:
            line = self.lines[pid]
            push, self.push = self.push, None
            kept = self.keeps(line.tab.number)
            opening = event == "phx_join" and line.last is None and line.tab.parent is None and not kept
            if self.number != number or opening:  # not the callback's, or there is no page yet to go on with
                raise
            self._crashed(line.copy(), error, origin, event, payload, sender, push)
            return None

    def refused(self, line: Line, error: Exception) -> None:
        """Errors end processes: the client goes on with the page that it has, if it has one."""
        if line.last is None and line.tab.parent is None and not self.keeps(line.tab.number):
            super().refused(line, error)

    def fire(self, timer: Timer) -> None:
        """The clients' own timers, beside those of processes."""
        if not isinstance(timer.message, Rejoin):
            super().fire(timer)
            return
        self.cause = timer.cause
        self.timers = self.timers.delete(timer.seq)
        try:
            (_reload if timer.message.reload else rejoin)(self, timer.process)
        except Exception as error:  # the page cannot even be loaded: an error page, and no live view (ER-1)
            line = self.lines[timer.process].copy()
            self._note(line, error, "http", "GET", line.tab.url, None)
            self.lines[timer.process] = line

    def _note(
        self, line: Line, error: Exception, origin: str, event: str, payload: Any, sender: str | None
    ) -> Contained:
        """Put a crash into the log, and among the crashes."""
        known: Contained = self.store[CONTAINED]
        name = str(payload.get("event", "")) if event == "event" and hasattr(payload, "get") else ""
        crash = Crash(line.id, visits.name(line.tab.visit.view), origin, event, error, self.now, name)
        known = evolve(known, crashes=(*known.crashes, crash))
        self.store = self.store.set(CONTAINED, known)
        self.number += 1
        self.last = line.last = Happening(
            at=self.now,
            number=self.number,
            process=line.id,
            origin=origin,
            event=event,
            payload=payload,
            sent=[Sent("phx_error", {})],
            counted=(0, (), [], [], ()),
            sender=sender,
            cause=self.cause,
            before=self.last,
            older=line.last,
        )
        self.cause = self.number
        return known

    def _crashed(
        self,
        line: Line,
        error: Exception,
        origin: str,
        event: str,
        payload: Any,
        sender: str | None,
        push: int | None,
    ) -> None:
        process = line.process
        assert process is not None
        known = self._note(line, error, origin, event, payload, sender)
        self.lines[line.id] = line
        failed = 0
        if event == "phx_join":
            failed = line.tab.failed + 1
            line.tab = change_tab(line.tab, failed=failed)
        abandon(process)
        _ended(self, line, process)
        if self.keeps(line.tab.number):
            receiving.crashed(self, line.tab.number, line.id, push if event == "phx_join" else None)
        elif failed and line.tab.parent is None:
            self._later(line.id, self._reload_after(line), Rejoin(reload=True))
        elif failed < TRIES:
            wait = known.backoff[min(failed, len(known.backoff) - 1)]
            if wait:
                self._later(line.id, round(wait * SECOND), Rejoin())
            else:
                rejoin(self, line.id)

    def _reload_after(self, line: Line) -> int:
        """How long the client waits before it loads its page again: a little, and after many tries at this path longer."""
        path = split_url(line.tab.url).path
        tries = line.tab.reloads.get(path, 0)
        self.retab(line.id, reloads={**line.tab.reloads, path: tries + 1})
        chance = Random(f"{self.seed}:{line.id}:{self.now}")
        return chance.randint(*RELOAD) if tries < RELOADS else RELOAD_SLOWLY

    def _later(self, pid: str, after: int, message: Rejoin) -> None:
        self.schedule(Timer(self.next(), self.now + after, pid, message, own=True, cause=self.cause))


def crashes(store: Mapping[str, Any]) -> tuple[Crash, ...]:
    """The crashes that a world's store tells of, oldest first."""
    known: Contained | None = store.get(CONTAINED)
    return () if known is None else known.crashes


def latest(run: Run) -> Exception | None:
    """The error of the last crash so far."""
    known: Contained | None = run.store.get(CONTAINED)
    return known.crashes[-1].error if known is not None and known.crashes else None


# --- the client's part ------------------------------------------------------------------------------------------------


def drop(run: Run, pid: str) -> None:
    """The connection of a page is lost: its processes end, and nobody tells its client."""  # LC-46
    number = run.lines[pid].tab.number
    if run.keeps(number):
        network.drop(run, number)
    else:
        joins_and_loads.drop(run, pid)


def kill(run: CrashingRun, pid: str, error: Exception) -> None:
    """A process dies between two messages; its client hears it, and joins again as after a crash."""
    line = run.lines[pid].copy()
    process = line.process
    assert process is not None
    if CONTAINED in run.store:
        run._note(line, error, "exit", "killed", None, None)
    run.lines[pid] = line
    abandon(process)
    _ended(run, line, process)
    if run.keeps(line.tab.number):
        receiving.crashed(run, line.tab.number, pid, None)
    else:
        run._later(pid, round(BACKOFF[0] * SECOND), Rejoin())


def cut(run: CrashingRun, pid: str) -> None:
    """The connection of a page is lost and there again at once: its client joins again when its own timers say so."""
    number = run.lines[pid].tab.number
    drop(run, pid)
    if run.keeps(number):
        network.restore(run, number)
    else:
        run._later(pid, AGAIN, Rejoin())


def rejoin(run: Run, pid: str) -> None:
    """The client joins again where its process is gone; what was typed into forms is sent again."""  # ER-5, FM-35
    number = run.lines[pid].tab.number
    if run.keeps(number):
        network.connect(run, number)
        return
    line = run.lines[pid].copy()
    process, tab = line.tab.waiting, line.tab
    if line.process is not None or process is None:
        return
    if tab.parent is not None:
        around = run.lines.get(tab.parent)
        if around is None or around.process is None or not (tab.outside or around.page.by_id(process.id)):
            return  # its container is gone
        if pid not in around.tab.children:
            run.retab(tab.parent, children=(*around.tab.children, pid))
    line.process = process
    stayed = tuple(child for child in tab.children if run.alive(child) and run.lines[child].sticky)
    # The refs of files are those of the process that is gone.
    line.tab = change_tab(tab, waiting=None, files=(), children=stayed)
    run.lines[pid] = line
    url: dict[str, Any] = {} if tab.visit.match is None else {"url": tab.visit.host + tab.url}
    frame = navigation.frame(line, process, url)
    run.post_client(pid, "phx_join", {**frame, "params": {**frame["params"], "_mounts": line.tab.joins}})
    for child in tab.children:
        if run.lines[child].tab.outside:  # no page of another view makes its client join
            rejoin(run, child)


def _reload(run: Run, pid: str) -> None:
    """The browser loads the page again over HTTP: nothing of the client is left but its address."""  # ER-2
    before = run.lines[pid]
    navigation.load(run, pid, change_tab(before.tab, waiting=None, files=(), typed={}, document=None), {}, before)


def _ended(run: Run, line: Line, process: Process) -> None:
    """The process of an open line is gone, and its client knows how to join again."""
    again, children, parent = joins_and_loads.fresh(line, process), line.tab.children, line.tab.parent
    run.end(line, crashed=True)
    line.tab = change_tab(line.tab, waiting=again, children=children)  # what they show stays on the page
    run.lines[line.id] = line
    if parent is not None and run.alive(parent):
        run.retab(parent, children=(*run.lines[parent].tab.children, line.id))
