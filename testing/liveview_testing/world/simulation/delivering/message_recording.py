"""Recording: each message with the page before and after it, for whoever looks at the run later.

Owns `RecordingRun`, a run that puts down what a timeline shows beside the log, and who asks for it (`asked`: the pytest plugin).
Laws: a world that does not record pays nothing; recording changes nothing that a test could see; what raises is not in the world,
and is remembered beside it (`undone`).
"""

from __future__ import annotations

import sys
from collections import deque
from contextlib import contextmanager
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeAlias

from attrs import evolve

from liveview_core.tracebacks import ours
from liveview_testing.world import pubsub, tracebacks
from liveview_testing.world.log.message_records import RECORDED, Family, Kind, Record, Undone, recorded
from liveview_testing.world.simulation.crashing import CrashingRun
from liveview_testing.world.simulation.delivering.delivery import Run
from liveview_testing.world.simulation.delivering.in_flight import WaitingRun

if TYPE_CHECKING:
    from collections.abc import Callable, Generator
    from types import FrameType

    from liveview_core.process.step import Step
    from liveview_testing.browser.browser import Browser
    from liveview_testing.world.log.act_records import Recording
    from liveview_testing.world.timers import Agenda
    from liveview_testing.world.world import Line, Timer, World

__all__ = ["RUNS", "RecordingRun", "Runs", "asked", "first_record", "runs_of", "undone", "unrecorded"]

Opening: TypeAlias = "Callable[[World, Agenda, int], Run]"
Runs: TypeAlias = "tuple[Opening, Opening, Opening]"
"""The run of a world where errors reach the test, of one where they end processes, and of one whose messages wait."""

RUNS: Runs = (Run, CrashingRun, WaitingRun)

SHOWN = 8
"""So many of the messages that wait are put down."""


class Asked:
    """Whether worlds record that were not told to, as the pytest plugin wants it; and which ones did."""

    MANY = 20

    def __init__(self) -> None:
        self.record: bool = getattr(sys.modules.get("_liveview_pytest"), "recording", False)
        self.worlds: deque[Any] = deque(maxlen=self.MANY)
        """The last worlds that were made so."""
        self.explored: deque[tuple[Any, World, Any]] = deque(maxlen=self.MANY)
        """Those that were explored: the simulation, its world then, what was found."""

    @contextmanager
    def aside(self) -> Generator[None]:
        """Worlds that are made meanwhile are nobody's to look at: something is tried in them."""
        before = self.record, self.worlds
        self.record, self.worlds = False, deque(maxlen=1)
        try:
            yield
        finally:
            self.record, self.worlds = before

    def clear(self) -> None:
        """Another test begins."""
        self.worlds.clear()
        self.explored.clear()


asked = Asked()


class RecordingRun(Run):
    """An action in a world that records."""

    def __init__(self, world: World, agenda: Agenda, limit: int, acts_of: Recording | None = None) -> None:
        super().__init__(world, agenda, limit)
        self.done = None if acts_of is None else acts_of.acts
        before = recorded(world.store)
        self.opened = self.recorded = before
        self.act_number: int = 1 if before is None else before.act + 1
        tracebacks.noted.clear()

    # --- what is put down -------------------------------------------------------------------------------------------

    def deliver(
        self, pid: str, message: Any, origin: str, event: str, payload: Any, sender: str | None = None
    ) -> Step | None:
        before, number = self.lines.get(pid), self.number
        outcome = super().deliver(pid, message, origin, event, payload, sender)
        if self.number == number:
            if before is None or before.process is None:
                self.put_down("lost", pid, f"{origin} {event}")
            return outcome
        after = self.lines[pid]
        record = self.put_down("message", pid)
        record.before, record.after = before, after
        record.happening = after.last  # a delivery makes no other to the same process
        record.count = number + 1
        record.effects = () if outcome is None else tuple(outcome.effects)
        self._around(record, after)
        return outcome

    def broadcast(self, topic: str, message: Any, sender: str | None = None, but: str | None = None) -> None:
        super().broadcast(topic, message, sender, but)
        if all(each == but for each in pubsub.listeners(self.topics, topic)):
            self.put_down(
                "lost", sender, f"broadcast {type(message).__name__} to {topic!r}, which nobody else has subscribed to"
            )

    def fire(self, timer: Timer) -> None:
        browsers = self.browsers
        super().fire(timer)
        if self.browsers is not browsers:
            self._pages()

    def publish(self) -> World:
        self._pages()
        last = self.recorded
        if last is self.opened and last is not None and self.now > last.now:
            self.put_down("time", None)
        if self.recorded is not None and self.recorded is not self.opened:
            if self.kept:
                self.recorded = _cut(self.recorded, self.kept)
            self.store = self.store.set(RECORDED, self.recorded)
        return super().publish()

    def put_down(self, kind: Kind, pid: str | None, name: str = "") -> Record:
        """Another record, the last one now."""
        record = Record(self.recorded, kind, self.act_number, self.now, pid, name)
        record.count, record.done = self.number, self.done
        if pid is not None and (line := self.lines.get(pid)) is not None:
            record.tab = line.tab.number
        if tracebacks.noted:
            record.notes = tuple(tracebacks.noted)
            tracebacks.noted.clear()
        self.recorded = record
        return record

    def _around(self, record: Record, line: Line) -> None:
        record.timers, record.tasks = self.timers, self.tasks
        record.family = self._family(line)
        if self.browsers and (browser := self.browsers.get(line.tab.number)) is not None:
            record.browser = browser
            record.seen = record.seen.set(line.tab.number, browser)
        if self.queue:
            record.waiting = tuple((*each[0][:SHOWN], each[2], each[3]) for each in islice(self.queue, SHOWN))

    def _family(self, line: Line) -> Family:
        if line.tab.parent is None and not line.tab.children:
            return ()
        found: list[tuple[str, tuple[str, ...]]] = []
        todo = [self.root(line.id)]
        while todo:
            pid = todo.pop()
            each = self.lines.get(pid)
            if each is not None:
                found.append((pid, each.tab.children))
                todo.extend(each.tab.children)
        return tuple(found)

    def _pages(self) -> None:
        """What browsers have done to their pages since, without a message to a process."""
        for number, browser in self.browsers.items():
            root = self.lines.get(browser.root)
            seen = None if self.recorded is None else self.recorded.seen.get(number)
            if root is None or (seen is not None and _same(seen, browser)):
                continue
            record = self.put_down("page", browser.root)
            record.before = record.after = root
            self._around(record, root)


def _same(before: Browser, after: Browser) -> bool:
    return before is after or (
        before.document is after.document
        and before.events is after.events
        and before.notes is after.notes
        and before.history is after.history
    )


class RecordingCrashingRun(RecordingRun, CrashingRun):
    """An action in a world that records, and where an error ends a process."""


class RecordingWaitingRun(RecordingRun, WaitingRun):
    """An action in a world that records, and whose messages wait."""


def runs_of(current: Recording) -> Runs:
    """The runs of a world that records."""
    recording, crashing, waiting = RecordingRun, RecordingCrashingRun, RecordingWaitingRun
    return partial(recording, acts_of=current), partial(crashing, acts_of=current), partial(waiting, acts_of=current)


def unrecorded(world: World) -> World:
    """A world that does not record, as this one is: for whoever looks at many."""
    return evolve(world, store=world.store.delete(RECORDED)) if RECORDED in world.store else world


def first_record(now: int) -> Record:
    """What a world that records begins with."""
    return Record(None, "begin", 0, now)


def undone(run: Run) -> tuple[Undone, ...]:
    """What is remembered of an action that is dropped, if its world records."""
    if not isinstance(run, RecordingRun):
        return ()
    return (Undone(run.act_number, caller(), run.now, sys.exception(), run.opened, run.recorded),)


def caller() -> tuple[str, int] | None:
    """The file and the line that called us: the test's."""
    frame: FrameType | None = sys._getframe(1)
    while frame is not None and ours(frame):
        frame = frame.f_back
    return None if frame is None else (frame.f_code.co_filename, frame.f_lineno)


def _cut(last: Record, kept: int) -> Record:
    """Without what is older than the messages that are kept, now and then."""
    if last.number - last.first < 2 * kept + 64:
        return last
    stay: list[Record] = []
    messages, record = 0, last
    while record.earlier is not None and messages < kept:
        stay.append(record)
        messages += record.kind == "message"
        record = record.earlier
    made = Record(None, "begin", record.act, record.now)
    made.number = made.first = record.number
    for each in reversed(stay):
        made = each.copy(made)
    return made
