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
from liveview_testing.world.log.act_records import PLAIN, Asked, author, calling, note, recorded, tried
from liveview_testing.world.log.trace import stable
from liveview_testing.world.mailboxes import Box, Letter, arrivable
from liveview_testing.world.simulation import crashing
from liveview_testing.world.simulation.delivering.in_flight import WaitingRun, concurrent, usual, usual_again
from liveview_testing.world.timers import forward
from liveview_testing.world.world import TabDue, Timer, Work


class NotUnderWay(LiveViewError, AssertionError):
    """Nothing like that is under way."""


class Unfinished(LiveViewError, AssertionError):
    """Somebody could never do what he wanted to."""

    asked = "everybody can do what he wants to"


class TaskFailed(LiveViewError):
    """The error of a task that was let fail."""


class Killed(LiveViewError):
    """The error of a process that was let die."""


class Finished:
    """A task that has run: `deliver()` brings its result."""

    def __init__(self, order: Order, name: Any, of: Any, work: Work) -> None:
        self._order = order
        self._given = name, of
        self._sender = ("task", work.process, work.task.ref)

    def deliver(self) -> None:
        """The result arrives."""
        found = self._order._results(*self._given)
        nth = next((at for at, (box, _) in enumerate(found) if box[0] == self._sender), len(found))
        which = {"nth": nth} if nth else {}
        self._order.deliver_result(*self._given, **which)


class Order:
    """What is under way, in the test's hands."""

    def __init__(self, sim: Any) -> None:
        self._sim = sim

    def _asked(self) -> tuple[Any, Asked]:
        """What waits, as what acts are done to."""
        return self._sim, ("order",)

    def _act(self, happen: Callable[[WaitingRun], None]) -> None:
        self._held()
        self._sim.act(happen)

    def _held(self) -> Any:
        """The world, in which messages wait. Raises `NotUnderWay` once the block has ended."""
        world = self._sim.world
        if world.mailboxes is None:
            raise NotUnderWay(
                "nothing waits any more",
                expected="an order that is chosen inside of its block",
                got="one whose block has ended",
                cure="with sim.in_order() as order: …",
            )
        return world

    # --- messages ---------------------------------------------------------------------------------------------------

    @property
    def waiting(self) -> list[str]:
        """What is under way, oldest first."""
        return [self._said(box, letter) for box, letter in self._boxes()]

    @recorded
    def deliver(self, of: Any, count: int = 1, *, to: Any = None, nth: int = 0) -> None:
        """The next frames of somebody's browser arrive; with `to` the next messages of his view to another. `of="test"`: the
        test's. `nth`: not the oldest of them, but the one so many places behind it.
        """
        what = f"a frame of {self._name(of)}"
        if to is not None:
            what = f"a message of {self._name(of)} to {self._name(to)}"
        before = self._sim._current.world
        try:
            for _ in range(count):
                self._arrive(self._letters(of, to), what, nth)
        except BaseException:
            self._sim._current.world = before
            self._sim._current.agenda.forget()
            raise

    def _letters(self, of: Any, to: Any) -> list[tuple[Box, int]]:
        here = set[str]() if type(of) is str and of == "test" else self._processes(of)
        there = set[str]() if to is None else self._processes(to)

        def wanted(box: Box, letter: Letter) -> bool:
            sender, (receiver, _) = box
            if to is None:
                return letter.frame and receiver in here
            if type(of) is str:
                return sender == ("test",) and receiver in there
            return sender[0] in ("process", "exit") and sender[1] in here and receiver in there

        return self._wanted(wanted)

    @recorded
    def deliver_result(self, name: Any, of: Any = None, *, nth: int = 0) -> None:
        """The result of a task that has run arrives."""
        self._arrive(self._results(name, of), f"the result of {name!r}", nth)

    def _results(self, name: Any, of: Any) -> list[tuple[Box, int]]:
        pids = None if of is None else self._processes(of)

        def wanted(box: Box, letter: Letter) -> bool:
            task: Any = getattr(letter.message, "task", None)
            named = task is not None and (name in (task.name, str(task.name)) or name in task.keys)
            return box[0][0] == "task" and (pids is None or box[1][0] in pids) and named

        return self._wanted(wanted)

    def _wanted(self, wanted: Callable[[Box, Letter], bool]) -> list[tuple[Box, int]]:
        """The letters that are meant: those that may arrive next, oldest first, then those behind them."""
        boxes: Map[Box, tuple[Letter, ...]] = self._held().mailboxes.boxes
        heads = [(box, letter) for box, letter in self._boxes() if wanted(box, letter)]
        behind = [
            (letter.age, box, nth)
            for box, letter in heads
            for nth, letter in enumerate(boxes[box])
            if nth and wanted(box, letter)
        ]
        return [*((box, 0) for box, _ in heads), *((box, nth) for _, box, nth in sorted(behind))]

    def _arrive(self, found: list[tuple[Box, int]], what: str, nth: int = 0) -> None:
        if len(found) <= nth:
            raise NotUnderWay(
                f"{what} is not under way",
                expected="something that was sent and has not arrived",
                got="; ".join(self.waiting) or "nothing is under way",
            )
        self._act(lambda run: run.arrive_from(*found[nth]))

    @contextmanager
    def possible(self) -> Generator[None]:
        """What is done inside can be done. Raises `Unfinished` if not."""
        try:
            yield
        except LiveViewError as error:
            if not isinstance(error, AssertionError):
                raise
            raise Unfinished(
                f"this was never possible: {str(error).splitlines()[0]}",
                expected="a world in which it can be done",
                got="an end at which somebody still waits",
            ) from error

    def _boxes(self) -> list[tuple[Box, Letter]]:
        mailboxes = self._sim.world.mailboxes
        return [] if mailboxes is None else arrivable(mailboxes.boxes)

    # --- tasks ------------------------------------------------------------------------------------------------------

    @recorded
    def finish(self, name: Any, of: Any = None, *, nth: int = 0) -> Finished:
        """A task runs, now; what came of it arrives by `.deliver()`, or at the end of the block. `nth` of those of that name."""
        work = self._task(name, of, nth)
        self._act(lambda run: run.end_task(work))
        return Finished(self, name, of, work)

    @recorded
    def fail(self, name: Any, of: Any = None, *, nth: int = 0) -> Finished:
        """A task fails."""
        work = self._task(name, of, nth)
        self._act(lambda run: run.end_task(work, AsyncExit(TaskFailed("the task failed"))))
        return Finished(self, name, of, work)

    def _task(self, name: Any, of: Any, nth: int) -> Work:
        found = self._tasks(name, of)
        if len(found) <= nth:
            tasks: Map[int, Work] = self._sim.world.tasks
            pending = [tasks[seq] for seq in sorted(tasks)]
            raise NotUnderWay(
                f"no pending task is named {name!r}",
                expected="a task that was started and has not run",
                got=", ".join(repr(each.name) for each in pending) or "none",
                nearest=nearest_names(name, [each.name for each in pending if isinstance(each.name, str)]),
            )
        return found[nth]

    def _tasks(self, name: Any, of: Any) -> list[Work]:
        pids = None if of is None else self._processes(of)
        tasks: Map[int, Work] = self._held().tasks
        pending = [tasks[seq] for seq in sorted(tasks)]
        return [each for each in pending if (pids is None or each.process in pids) and self._is_named(each, name)]

    def _is_named(self, work: Work, name: Any) -> bool:
        return bool(work.name == name or name in work.task.keys)

    # --- time and faults --------------------------------------------------------------------------------------------

    @recorded
    def fire(self, of: Any, what: Any = None, *, nth: int = 0) -> None:
        """A timer of somebody that is due fires: the one with this name or message, else the oldest; `nth` of those."""
        found = self._due(of, what)
        if len(found) <= nth:
            raise NotUnderWay(
                f"no timer of {self._name(of)} is due" + ("" if what is None else f" that is {what!r}"),
                expected="a timer whose instant has come",
                got=", ".join(self._what(each) for each in self._due(of, None)) or "none",
                cure="order.pass_time(), until something is due",
            )
        self._act(lambda run: run.fire(found[nth]))

    def _due(self, of: Any, what: Any) -> list[Timer]:
        world, pids = self._held(), self._processes(of)
        due = [
            step
            for step in usual(world.mailboxes.boxes, world.timers, world.tasks, world.now, True)
            if isinstance(step, Timer) and step.process in pids
        ]
        return [each for each in due if what is None or what in (each.name, each.message, self._what(each))]

    def _what(self, timer: Timer) -> str:
        return (
            "of the tab"
            if type(timer.message) is TabDue
            else stable(timer.message if timer.name is None else timer.name)
        )

    @recorded
    def pass_time(self, seconds: float | None = None) -> None:
        """Time passes, and what is under way stays so: up to the next instant at which a timer is due, or by so many seconds."""
        world = self._held()
        if seconds is not None:
            until = world.now + forward(seconds, world.now)
        else:
            until = min((timer.due for timer in world.timers.values() if timer.due > world.now), default=None)
            if until is None:
                raise NotUnderWay("no timer is set", expected="a timer that is due some time", got="none")
        self._act(lambda run: run.go_to(until))

    @recorded
    def drop(self, of: Any) -> None:
        """The connection of somebody's page is lost, with the frames on it, and comes back at once."""
        root = self._root(of)
        self._act(lambda run: lose(run, root))

    @recorded
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
        lines = self._sim.world.lines
        if hasattr(of, "id"):
            return str(of.id)
        number: Any = getattr(of, "tab", None) or getattr(of, "browser", None)
        browser = self._sim.world.browsers.get(number)
        if browser is not None:
            return str(browser.root)
        here = [line for line in lines.values() if line.tab.number == number and line.tab.parent is None]
        return str(max(here, key=lambda line: (line.process is not None, len(line.id), line.id)).id)

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
    pids = {pid for pid, line in run.every_line().items() if line.tab.number == number}
    run.keep()
    run.lose(pids)
    crashing.cut(run, root)
    run.clean()


def kill(run: WaitingRun, process: str) -> None:
    """A process dies, between two messages."""
    crashing.kill(run, process, Killed("the process was killed"))
    run.clean()


def wait(sim: Any) -> Order:
    """From here on messages wait until they are chosen."""
    before = sim._current.world
    sim._current.world = concurrent(before)
    if before.mailboxes is None and sim._current.busy is None:
        note(sim._current, before, "in_order", ("world", ""), ())
    return Order(sim)


def settle(sim: Any) -> None:
    """What still waits arrives in the usual order, and nothing waits any more."""
    before, busy = sim._current.world, sim._current.busy
    sim._current.busy = sim._current  # it is one act
    try:
        sim.settle()
    except BaseException:
        tried(sim._current, "end", ("order",), (), PLAIN, author(calling(1)))
        raise
    finally:
        sim._current.busy = busy
    sim._current.world = usual_again(sim._current.world)
    if before.mailboxes is not None and busy is None:
        note(sim._current, before, "end", ("order",), ())


@contextmanager
def in_order(sim: Any) -> Generator[Order]:
    """Messages wait until they are chosen; what still waits in the end arrives in the usual order."""
    if sim._current.world.mailboxes is not None:
        raise LiveViewError(
            "sim.in_order() inside sim.in_order(): what waits is chosen already",
            expected="one block, whose end lets the rest arrive",
            got="a second one inside it, whose end would end the first",
            cure="the order of the block around it; or end that first",
        )
    try:
        yield wait(sim)
        settle(sim)
    finally:
        sim._current.world = usual_again(sim._current.world)
