"""An action in a world whose messages wait: what is sent stays under way until somebody chooses it.

Owns `WaitingRun`: it puts what processes, browsers and tasks send into the world's mailboxes, delivers one message, ends one task,
fires one timer, and notes what it reads and writes meanwhile. Laws: nothing arrives by itself; following `usual` to the end is
exactly what `settle` does in a world whose messages do not wait.
"""

from __future__ import annotations

from collections.abc import Iterator
from types import CoroutineType
from typing import Any

from attrs import evolve
from immutables import Map

from liveview_core.process.step import Step
from liveview_core.protocol import messages
from liveview_core.protocol.async_result import AsyncExit, AsyncOk
from liveview_testing.world.log.reads_and_writes import Noted, NotedLines, NotedStore
from liveview_testing.world.mailboxes import NO_TRIPS, TEST, Box, Letter, Mailboxes, Receiver, Sender, arrivable
from liveview_testing.world.simulation.crashing import CONTAINED, CrashingRun
from liveview_testing.world.simulation.delivering.delivery import Run, unawaited
from liveview_testing.world.timers import Agenda
from liveview_testing.world.world import Line, TabDue, Timer, Work, World

AT_ONCE = frozenset(("live_patch", "allow_upload", "progress"))
"""Frames whose sender looks at the answer at once, where they are sent by the handle of a view."""


UNBORN = 0
"""The life of a process that begins when the frame that joins it arrives."""


class WaitingRun(CrashingRun):
    """An open world whose messages wait."""

    __slots__ = ("boxes", "contained", "lives", "noted", "put", "surely")

    mailboxes: Mailboxes
    lines: Any  # `NotedLines`, where it is noted who looks at them; and so is the store
    store: Any

    def __init__(self, world: World, agenda: Agenda, limit: int, noted: Noted | None = None) -> None:
        super().__init__(world, agenda, limit)
        mailboxes = world.mailboxes
        assert mailboxes is not None
        self.boxes = mailboxes.boxes
        self.put = mailboxes.put
        self.lives = mailboxes.lives
        self.noted = noted
        self.contained = bool(world.store) and CONTAINED in world.store
        self.surely: str | None = None  # a process of which it was just looked up that it is there
        if noted is not None:
            self.lines, self.store = NotedLines(self.lines, noted), NotedStore(world.store, noted)
            # Where the log is cut depends on the way, and is no state: it waits until the search is over.
            self.until = 0

    def publish(self) -> World:
        """The world as it is now, closed, with what is under way."""
        if self.queue or self.answers:
            self.keep()
        if self.noted is not None:
            self.lines, self.store = self.lines.lines, self.store.map
        before = self.mailboxes
        if self.boxes is not before.boxes or self.lives is not before.lives or self.trips is not before.trips:
            self.mailboxes = Mailboxes(self.boxes, self.put, self.lives, self.trips)
        return super().publish()

    # --- who is there -----------------------------------------------------------------------------------------------

    def _line(self, pid: str) -> Line | None:
        """A line, without a note that anybody looked."""
        line: Line | None = (self.lines if self.noted is None else self.lines.lines).get(pid)
        return line

    def every_line(self) -> Map[str, Line]:
        """All lines as they are now, closed."""
        if self.noted is None:
            return super().every_line()
        done: Map[str, Line] = self.lines.finish()
        return done

    def alive(self, pid: str) -> bool:
        """Whether there is such a process."""
        if self.noted is not None:
            self.noted.reads.add(("life", pid))
        line = self._line(pid)
        return line is not None and line.process is not None

    def root(self, pid: str) -> str:
        """The root view of the page a process is on."""
        while True:
            line = self._line(pid)
            assert line is not None
            if line.tab.parent is None:
                return pid
            pid = line.tab.parent

    def life(self, pid: str) -> Receiver | None:
        """The address of a process as it is now; None if there is none."""
        if self.noted is not None:
            self.noted.reads.add(("life", pid))
        line = self._line(pid)
        if line is None or line.process is None:
            return None
        origin, known = line.process.origin, self.lives.get(pid)
        if known is None:
            known = (origin, 1)
        elif known[0] is not origin:
            known = (origin, known[1] + 1)
        else:
            return pid, known[1]
        self.lives = self.lives.set(pid, known)
        return pid, known[1]

    # --- putting ----------------------------------------------------------------------------------------------------

    def settle(self) -> None:
        """Nothing arrives by itself: what was sent is under way now."""
        if self.queue or self.answers:
            self.keep()

    def keep(self) -> None:
        """What was sent is put into the mailboxes."""
        while self.queue:
            processes, message, origin, event, payload, sender, cause = self.queue.popleft()
            for pid in processes:
                self._post(pid, False, message, origin, event, payload, sender, cause, None)
        while self.answers:
            pid, event, frame, push, cause = self.answers.popleft()
            self._post(pid, True, None, "client", event, frame, None, cause, push)

    def _post(
        self,
        pid: str,
        frame: bool,
        message: Any,
        origin: str,
        event: str,
        payload: Any,
        sender: str | None,
        cause: int,
        push: int | None,
    ) -> None:
        receiver = self.life(pid)
        if receiver is None:
            if not frame or event != "phx_join" or self._line(pid) is None:
                return
            receiver = pid, UNBORN
        self._put(
            (self._from(pid, frame, message, origin, sender), receiver),
            Letter(self.put, self.seq, frame, message, origin, event, payload, sender, cause, push),
        )

    def _from(self, pid: str, frame: bool, message: Any, origin: str, sender: str | None) -> Sender:
        if frame:
            return ("link", pid)
        if origin == "task":
            return ("task", pid, message.task.ref)
        if origin == "exit":
            line = self._line(pid)
            parent = line.tab.parent if line is not None else None
            return ("exit", parent or "")
        if sender is None:
            return TEST
        there = self.lives.get(sender)
        return ("process", sender, str(there[1] if there else 1))

    def _put(self, box: Box, letter: Letter) -> None:
        noted = self.noted
        if noted is not None:
            # What a process writes to itself is not overtaken by what comes later: then it counts which came first.
            pid = box[1][0]
            own = box[0][:2] == ("process", pid)
            (noted.writes if own else noted.reads).add(("mail", pid))
        self.put += 1
        self.boxes = self.boxes.set(box, (*self.boxes.get(box, ()), letter))

    def send_client(self, pid: str, event: str, payload: dict[str, Any]) -> None:
        """A frame the user caused: it is under way, unless its answer is looked at at once."""
        if event in AT_ONCE:
            super().send_client(pid, event, payload)
        else:
            self.answers.append((pid, event, payload, None, self.cause))

    def broadcast(self, topic: str, message: Any, sender: str | None = None, but: str | None = None) -> None:
        """Into the mailbox of every subscriber."""
        if self.noted is not None:
            self.noted.reads.add(("topic", topic))
        super().broadcast(topic, message, sender, but)

    # --- choosing ---------------------------------------------------------------------------------------------------

    def deliver(
        self, pid: str, message: Any, origin: str, event: str, payload: Any, sender: str | None = None
    ) -> Step | None:
        """One message to one process, which may not survive it where errors are contained."""
        surely, self.surely = self.surely, None
        if pid != surely:
            self.life(pid)
        if self.contained:
            return super().deliver(pid, message, origin, event, payload, sender)
        return Run.deliver(self, pid, message, origin, event, payload, sender)

    def refused(self, line: Line, error: Exception) -> None:
        """A view could not be joined."""
        if self.contained:
            super().refused(line, error)
        else:
            Run.refused(self, line, error)

    def arrive_from(self, box: Box, nth: int = 0) -> None:
        """The first message of a box arrives, or a later one, if whom it was for is still there."""
        letters = self.boxes[box]
        letter = letters[nth]
        rest = letters[:nth] + letters[nth + 1 :]
        self.boxes = self.boxes.set(box, rest) if rest else self.boxes.delete(box)
        pid = box[1][0]
        if box[1][1] != UNBORN:
            if self.life(pid) != box[1]:
                return
            self.surely = pid
        self.cause = letter.cause
        self._go_on()
        if letter.frame:
            self.push = letter.push
            self.arrive(pid, letter.event, letter.payload)
        else:
            self.deliver(pid, letter.message, letter.origin, letter.event, letter.payload, letter.sender)

    def fire(self, timer: Timer) -> None:
        """A timer is due."""
        self._go_on()
        super().fire(timer)

    def _go_on(self) -> None:
        """What happens now goes on with what somebody began before: so do the trips of tabs."""
        if self.trips is NO_TRIPS:
            self.trips = self.mailboxes.trips

    def end_task(self, work: Work, result: AsyncOk | AsyncExit | None = None) -> None:
        """A task runs now, or ends with `result`; what came of it is under way."""
        if result is None:
            try:
                value = work.fn()
            except Exception as error:
                result = AsyncExit(error)
            else:
                if type(value) is CoroutineType:
                    raise unawaited(work, value)  # pyright: ignore[reportUnknownArgumentType]
                result = AsyncOk(value)  # pyright: ignore[reportUnknownArgumentType]
        self.tasks = self.tasks.delete(work.seq)
        done = messages.AsyncDone(work.task, result)
        self._post(work.process, False, done, "task", str(work.name), result, None, work.cause, None)

    def clean(self) -> None:
        """What is for nobody any more is not under way any more."""
        self.keep()
        for box in [box for box in self.boxes if box[1][1] != UNBORN and self.life(box[1][0]) != box[1]]:
            self.boxes = self.boxes.delete(box)

    def lose(self, pids: set[str]) -> None:
        """What browsers have sent to these processes is lost on its way."""
        for box in [box for box in self.boxes if box[0][0] == "link" and box[1][0] in pids]:
            self.boxes = self.boxes.delete(box)

    def pass_time(self, by: int) -> None:
        """Time passes, and what is under way stays so; timers due on the way fire."""
        until = self.now + by
        while (timer := self.agenda.due(self.timers, until)) is not None:
            if timer.due > self.now:
                self.now = timer.due
                self.env = None
            self.fire(timer)
            self.keep()
        self.now = until
        self.env = None

    def go_to(self, instant: int) -> None:
        """The clock stands at an instant; nothing fires by that."""
        self.now = max(self.now, instant)
        self.env = None

    def follow(self) -> None:
        """Everything that is due arrives, in the usual order, until nothing is."""
        while True:
            self.keep()
            step = next(usual(self.boxes, self.timers, self.tasks, self.now, self.hold), None)
            if step is None:
                return
            self.count()
            match step:
                case Timer():
                    self.fire(step)
                case Work():
                    self.end_task(step)
                case box:
                    self.arrive_from(box)


def usual(
    boxes: Map[Box, tuple[Letter, ...]], timers: Map[int, Timer], tasks: Map[int, Work], now: int, hold: bool
) -> Iterator[Box | Timer | Work]:
    """What may happen at this instant, the usual first: messages, due timers, what browsers say, tasks."""
    there = arrivable(boxes) if boxes else []
    for box, letter in there:
        if not letter.frame:
            yield box
    if timers:
        for timer in sorted(timers.values(), key=lambda each: (each.due, each.seq)):
            if timer.due > now:
                break
            if type(timer.message) is TabDue or not _behind(boxes, timer):
                yield timer
    for box, letter in there:
        if letter.frame:
            yield box
    if not hold:
        for seq in sorted(tasks):
            yield tasks[seq]


def _behind(boxes: Map[Box, tuple[Letter, ...]], timer: Timer) -> bool:
    """Whether a timer was set after its process had sent itself a message that is still there: that comes first."""
    for (sender, receiver), letters in boxes.items():
        if sender[:2] == ("process", receiver[0]) == ("process", timer.process) and letters[0].seq < timer.seq:
            return True
    return False


def concurrent(world: World) -> World:
    """A world whose messages wait from now on."""
    return world if world.mailboxes is not None else evolve(world, mailboxes=Mailboxes())


def usual_again(world: World) -> World:
    """A world whose messages do not wait any more. There must be none under way."""
    return evolve(world, mailboxes=None)
