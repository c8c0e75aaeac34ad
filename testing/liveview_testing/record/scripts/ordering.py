"""Messages in the order that a test wants: what waits, and what of it arrives next.

Owns `Order`, what `sim.in_order()` gives. Laws: inside the block nothing arrives by itself; what waits when it ends arrives in
the usual order; what is not there cannot be chosen, and says what is.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import Any

from immutables import Map

from liveview_core.errors import LiveViewError, nearest_names
from liveview_core.protocol.async_result import AsyncExit
from liveview_testing.world.log.trace import stable
from liveview_testing.world.mailboxes import Box, Letter, arrivable
from liveview_testing.world.simulation import crashing
from liveview_testing.world.simulation.in_flight import WaitingRun, concurrent, usual, usual_again
from liveview_testing.world.world import TabDue, Timer, Work


class NotUnderWay(LiveViewError, AssertionError):
    """Nothing like that is under way."""


class TaskFailed(LiveViewError):
    """The error of a task that was let fail."""


class Killed(LiveViewError):
    """The error of a process that was let die."""


class Finished:
    """A task that has run: `deliver()` brings its result."""

    def __init__(self, order: Order, process: str, ref: str) -> None:
        self._order = order
        self._process = process
        self._ref = ref

    def deliver(self) -> None:
        """The result arrives."""
        sender = ("task", self._process, self._ref)

        def wanted(box: Box, letter: Letter) -> bool:
            return box[0] == sender

        self._order._arrive(wanted, "the result of the task")


class Order:
    """What is under way, in the test's hands."""

    def __init__(self, sim: Any) -> None:
        self._sim = sim

    def _act(self, happen: Callable[[WaitingRun], None]) -> None:
        self._sim.act(happen)

    # --- messages ---------------------------------------------------------------------------------------------------

    @property
    def waiting(self) -> list[str]:
        """What is under way, oldest first."""
        return [self._said(box, letter) for box, letter in self._boxes()]

    def deliver(self, of: Any, count: int = 1, *, to: Any = None) -> None:
        """The next frames of somebody's browser arrive; with `to` the next messages of his view to another. `of="test"`: the
        test's.
        """
        what = f"a frame of {self._name(of)}"
        here = set[str]() if of == "test" else self._processes(of)
        there = set[str]() if to is None else self._processes(to)
        if to is not None:
            what = f"a message of {self._name(of)} to {self._name(to)}"

        def wanted(box: Box, letter: Letter) -> bool:
            sender, (receiver, _) = box
            if to is None:
                return letter.frame and receiver in here
            if of == "test":
                return sender == ("test",) and receiver in there
            return sender[0] in ("process", "exit") and sender[1] in here and receiver in there

        for _ in range(count):
            self._arrive(wanted, what)

    def deliver_result(self, name: Any, of: Any) -> None:
        """The result of a task that has run arrives."""
        pids = self._processes(of)

        def wanted(box: Box, letter: Letter) -> bool:
            task: Any = getattr(letter.message, "task", None)
            named = task is not None and (name in (task.name, str(task.name)) or name in task.keys)
            return box[0][0] == "task" and box[1][0] in pids and named

        self._arrive(wanted, f"the result of {name!r}")

    def _arrive(self, wanted: Any, what: str) -> None:
        found = next(((box, letter) for box, letter in self._boxes() if wanted(box, letter)), None)
        if found is None:
            raise NotUnderWay(
                f"{what} is not under way",
                expected="something that was sent and has not arrived",
                got="; ".join(self.waiting) or "nothing is under way",
            )
        self._act(lambda run: run.arrive_from(found[0]))

    def _boxes(self) -> list[tuple[Box, Letter]]:
        return arrivable(self._sim.world.mailboxes)

    # --- tasks ------------------------------------------------------------------------------------------------------

    def finish(self, name: Any, of: Any = None) -> Finished:
        """A task runs, now; what came of it arrives by `.deliver()`, or at the end of the block."""
        work = self._task(name, of)
        self._act(lambda run: run.end_task(work))
        return Finished(self, work.process, work.task.ref)

    def fail(self, name: Any, of: Any = None) -> Finished:
        """A task fails."""
        work = self._task(name, of)
        self._act(lambda run: run.end_task(work, AsyncExit(TaskFailed("the task failed"))))
        return Finished(self, work.process, work.task.ref)

    def _task(self, name: Any, of: Any) -> Work:
        pids = None if of is None else self._processes(of)
        tasks: Map[int, Work] = self._sim.world.tasks
        pending = [tasks[seq] for seq in sorted(tasks)]
        found = [each for each in pending if (pids is None or each.process in pids) and self._is_named(each, name)]
        if not found:
            raise NotUnderWay(
                f"no pending task is named {name!r}",
                expected="a task that was started and has not run",
                got=", ".join(repr(each.name) for each in pending) or "none",
                nearest=nearest_names(name, [each.name for each in pending if isinstance(each.name, str)]),
            )
        return found[0]

    def _is_named(self, work: Work, name: Any) -> bool:
        return bool(work.name == name or name in work.task.keys)

    # --- time and faults --------------------------------------------------------------------------------------------

    def fire(self, of: Any, what: Any = None) -> None:
        """A timer of somebody that is due fires: the one with this name or message, else the oldest."""
        world, pids = self._sim.world, self._processes(of)
        due = [
            step
            for step in usual(world.mailboxes.boxes, world.timers, world.tasks, world.now, True)
            if isinstance(step, Timer)
        ]
        mine = [each for each in due if each.process in pids]
        found = [each for each in mine if what is None or what in (each.name, each.message, self._what(each))]
        if not found:
            raise NotUnderWay(
                f"no timer of {self._name(of)} is due" + ("" if what is None else f" that is {what!r}"),
                expected="a timer whose instant has come",
                got=", ".join(self._what(each) for each in mine) or "none",
                cure="order.pass_time(), until something is due",
            )
        self._act(lambda run: run.fire(found[0]))

    def _what(self, timer: Timer) -> str:
        return (
            "of the tab"
            if type(timer.message) is TabDue
            else stable(timer.message if timer.name is None else timer.name)
        )

    def pass_time(self, seconds: float | None = None) -> None:
        """Time passes, and what is under way stays so: up to the next instant at which a timer is due, or by so many seconds."""
        world = self._sim.world
        if seconds is not None:
            until = world.now + round(seconds * 1_000_000)
        else:
            until = min((timer.due for timer in world.timers.values() if timer.due > world.now), default=None)
            if until is None:
                raise NotUnderWay("no timer is set", expected="a timer that is due some time", got="none")
        self._act(lambda run: run.go_to(until))

    def drop(self, of: Any) -> None:
        """The connection of somebody's page is lost, with the frames on it, and comes back at once."""
        root = self._root(of)
        self._act(lambda run: lose(run, root))

    def crash(self, of: Any) -> None:
        """The process of somebody's view dies."""
        root = self._root(of)
        self._act(lambda run: kill(run, root))

    def follow(self) -> None:
        """Everything that waits arrives, in the usual order."""
        self._sim.settle()

    # --- who --------------------------------------------------------------------------------------------------------

    def _processes(self, of: Any) -> set[str]:
        number: Any = getattr(of, "tab", None) or getattr(of, "browser", None)
        lines = self._sim.world.lines
        if hasattr(of, "id"):
            line = lines[of.id]
            if line.tab.parent is not None:
                return {of.id}
        return {f"tab-{number}", *(pid for pid, line in lines.items() if line.tab.number == number)}

    def _root(self, of: Any) -> str:
        pids = self._processes(of)
        lines = self._sim.world.lines
        return max(
            pid for pid in pids if pid in lines and lines[pid].tab.parent is None and lines[pid].process is not None
        )

    def _name(self, of: Any) -> str:
        memory = getattr(of, "memory", None)
        return str(memory.name if memory is not None else of)

    def _said(self, box: Box, letter: Letter) -> str:
        sender, receiver = box
        said = letter.event if letter.frame else stable(letter.payload)
        return f"{' '.join(sender[:2])} -> {receiver[0]}: {said}"


def lose(run: WaitingRun, root: str) -> None:
    """The connection of a page is cut, with what is on it, and comes back."""
    number = run.lines[root].tab.number
    pids = {pid for pid, line in run.lines.finish().items() if line.tab.number == number}
    run.keep()
    run.lose(pids)
    crashing.cut(run, root)
    run.clean()


def kill(run: WaitingRun, process: str) -> None:
    """A process dies, between two messages."""
    crashing.kill(run, process, Killed("the process was killed"))
    run.clean()


@contextmanager
def in_order(sim: Any) -> Generator[Order]:
    """Messages wait until they are chosen; what still waits in the end arrives in the usual order."""
    sim._world = concurrent(sim._world)
    order = Order(sim)
    try:
        yield order
        sim.settle()
    except BaseException:
        raise
    finally:
        sim._world = usual_again(sim._world)
