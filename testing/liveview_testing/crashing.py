"""Crashes as Phoenix has them, for a test that wants them.

Usually an error in a callback reaches the test and nothing has happened. After `sim.crashes.contain()` it ends the process it
happened in, and that process alone: its client hears `phx_error` and joins again, so that the view is mounted anew, while
its parent, its siblings and everybody else go on. Laws: what the crashed message would have done is not done at all; a
view that crashes while it is joining stays gone (a client would try again later, for ever).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from attrs import field, frozen

from liveview_core.process import Process, Sent, new_process
from liveview_testing import entering
from liveview_testing.delivery import Run
from liveview_testing.world import Happening, Line

if TYPE_CHECKING:
    from liveview_testing.simulation import Simulation

__all__ = ["Crash", "Crashes", "CrashingRun"]

_KEY = "liveview_testing.crashes"


@frozen
class Crash:
    """A process that ended by an error: which one, at which message, and why."""

    process: str
    view: str
    origin: str
    event: str
    error: Exception = field(eq=False)


class Crashes:
    """The crashes of a world so far, oldest first, once they are contained."""

    __slots__ = ("_sim",)

    def __init__(self, sim: Simulation) -> None:
        self._sim = sim

    def contain(self) -> None:
        """From now on an error in a callback ends its process, and its client joins again."""
        if not self.contained:
            self._sim.keep(_KEY, ())

    @property
    def contained(self) -> bool:
        """Whether errors end processes; else they reach the test."""
        return _KEY in self._sim.stored

    def __iter__(self) -> Iterator[Crash]:
        found: tuple[Crash, ...] = self._sim.stored.get(_KEY, ())
        return iter(found)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __repr__(self) -> str:
        return f"Crashes({list(self)!r})"


class CrashingRun(Run):
    """An action in a world where an error ends a process instead of the test."""

    __slots__ = ()

    def deliver(self, pid: str, message: Any, origin: str, event: str, payload: Any, sender: str | None = None) -> None:
        """One message to one process, which may not survive it."""
        number = self.number
        try:
            super().deliver(pid, message, origin, event, payload, sender)
        except Exception as error:
            line = self.lines[pid]
            opening = event == "phx_join" and line.last is None and line.tab.parent is None
            if self.number != number or opening:  # not the callback's, or there is no page yet to go on with
                raise
            self._crashed(line.copy(), error, origin, event, payload, sender)

    def _crashed(self, line: Line, error: Exception, origin: str, event: str, payload: Any, sender: str | None) -> None:
        pid, tab, process = line.id, line.tab, line.process
        assert process is not None
        crash = Crash(pid, type(process.view).__name__, origin, event, error)
        self.store = self.store.set(_KEY, (*self.store[_KEY], crash))
        self.number += 1
        happening = Happening()
        happening.at = self.now
        happening.number = self.number
        happening.process = pid
        happening.origin = origin
        happening.event = event
        happening.payload = payload
        happening.sent = [Sent("phx_error", {})]
        happening.counted = (0, (), [], [], ())
        happening.sender = sender
        happening.before = self.last
        happening.older = line.last
        self.last = line.last = happening
        self.lines[pid] = line
        self.end(line)
        if event == "phx_join":
            return
        line.process = fresh = _again(line, process)
        if tab.parent is not None:
            self.retab(tab.parent, children=(*self.lines[tab.parent].tab.children, pid))
        url: dict[str, Any] = {} if tab.visit.match is None else {"url": entering.HOST + tab.url}
        frame = entering._frame(line, fresh, url)
        mounts = sum(each.process == pid for each in self.store[_KEY])
        self.post_client(pid, "phx_join", {**frame, "params": {**frame["params"], "_mounts": mounts}})


def _again(line: Line, process: Process) -> Process:
    """The process that the client's token stands for, before anything happened to it (LC-13)."""
    visit = line.tab.visit
    match = None
    if visit.match is not None and visit.router is not None:
        match = visit.router.match(entering.HOST + line.tab.url)
    return new_process(
        process.id,
        process.view,
        router=process.router,
        match=match,
        session=process.session,
        uri=process.uri,
        parent=process.parent,
        root_view=process.root_view,
        sticky=process.sticky,
        nested=process.nested,
        connection=process.connection,
        inherited=process.inherited,
    )
