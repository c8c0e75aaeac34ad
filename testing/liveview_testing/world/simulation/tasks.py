"""Asynchronous work in the test's hands.

Owns `Tasks`: what is pending, and the choices a test has - run it, answer it, let it fail, leave it for ever. Law: each
task is answered once; what its view does with the answer is a step like any other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol, cast

from liveview_core.errors import LiveViewError, nearest_names, shown
from liveview_core.protocol.async_result import AsyncExit, AsyncOk
from liveview_testing.failures.misuse.handle_names import spelled_alike
from liveview_testing.failures.misuse.misused_handles import Named
from liveview_testing.world.log.act_records import recorded
from liveview_testing.world.tracebacks import shortened
from liveview_testing.world.world import Work

if TYPE_CHECKING:
    from liveview_testing.world.log.act_records import Asked
    from liveview_testing.world.simulation.acting import Acting
    from liveview_testing.world.simulation.delivering.delivery import Run


class NoSuchTask(LiveViewError, AssertionError):
    """No pending task has that name, or more than one has."""


class OfProcess(Protocol):
    """A view, as far as its tasks are concerned: the one whose process has this id."""

    @property
    def id(self) -> str: ...


class Tasks(Named):
    """The pending tasks of a world. They run at settle, oldest first, unless they are held."""

    __slots__ = ("_sim",)
    _names = spelled_alike(
        ("finish complete answer succeed set_result reply", "sim.tasks.resolve('name', value)"),
        ("reject error set_exception crash", "sim.tasks.fail('name', TimeoutError('too slow'))"),
        ("flush run_all execute start drain", "sim.tasks.run('name'), or run() for the first that waits"),
        ("all names waiting list held", "sim.tasks.pending"),
    )
    _called = "sim.tasks"

    def __init__(self, sim: Acting) -> None:
        self._sim = sim

    def _asked(self) -> tuple[Acting, Asked]:
        """What acts are done to."""
        return self._sim, ("world", "tasks")

    @property
    def pending(self) -> list[Work]:
        """Every task that has not been answered, oldest first."""
        tasks = self._sim.world.tasks
        return [tasks[seq] for seq in sorted(tasks)]

    @recorded
    def hold(self) -> None:
        """From now on tasks stay pending until the test answers them."""
        self._sim.act(_hold)

    @recorded
    def release(self) -> None:
        """Run everything pending, oldest first, and from now on run tasks as they are started."""
        self._sim.act(_release)

    @recorded
    def run(self, name: Any = None, *, view: OfProcess | None = None, nth: int | None = None) -> None:
        """Run one pending task now; without a name the oldest. `nth`: of several of that name, from 0 for the oldest."""
        work = self.find(name, view, nth)
        self._sim.act(lambda run: run.work(work))

    @recorded
    def resolve(
        self, name: Any = None, value: Any = None, *, view: OfProcess | None = None, nth: int | None = None
    ) -> None:
        """Answer a pending task with `value`, as if its function had returned it; the function is not run.

        Of an `assign_async` that is the mapping, also for a single key: `resolve("total", {"total": 42})`.
        """
        work = self.find(name, view, nth)
        self._sim.act(lambda run: run.answer(work, AsyncOk(value)))

    @recorded
    def fail(
        self, name: Any = None, reason: Any = "failed", *, view: OfProcess | None = None, nth: int | None = None
    ) -> None:
        """Let a pending task fail with `reason`, as if its function had raised it."""
        work = self.find(name, view, nth)
        self._sim.act(lambda run: run.answer(work, AsyncExit(reason)))

    @shortened
    def find(self, name: Any = None, view: OfProcess | None = None, nth: int | None = None) -> Work:
        """The pending task of that name (of that view); a key of an `assign_async` finds it too. `nth`: which of several.

        Raises `NoSuchTask`.
        """
        pending = [work for work in self.pending if view is None or work.process == view.id]
        if name is None:
            found = pending if nth is not None else pending[:1]
        else:
            keys: Any = tuple(name) if isinstance(name, list) else name  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType]
            found = [work for work in pending if work.name == keys or keys in work.task.keys]
        if nth is None and len(found) == 1:
            return found[0]
        if nth is not None and 0 <= nth < len(found):
            return found[nth]
        names = [f"{shown(work.name)} of {work.process}" for work in pending]
        if found:
            many = f"{len(found)} pending task{' is' if len(found) == 1 else 's are'} named {shown(cast(object, name))}"
            raise NoSuchTask(
                many if name is not None else f"{len(found)} tasks are pending",
                expected="one" if nth is None else f"one with the number {nth}; the oldest has the number 0",
                got=", ".join(f"{shown(work.name)} of {work.process}" for work in found),
                cure="say whose: tasks.resolve(name, value, view=view), and which: nth=0 is the oldest",
            )
        raise NoSuchTask(
            "no task is pending" if name is None else f"no pending task is named {shown(cast(object, name))}",
            expected="a task that was started and not answered yet",
            got=", ".join(names) or "none",
            nearest=nearest_names(
                cast(object, name), [each for work in pending for each in work.task.keys or (work.name,)]
            )
            if name is not None
            else (),
            cure='tasks run by themselves unless they are held: live(..., tasks="hold")' if not pending else None,
        )

    def __repr__(self) -> str:
        return f"Tasks({[work.name for work in self.pending]!r})"


def _hold(run: Run) -> None:
    run.hold = True


def _release(run: Run) -> None:
    run.hold = False
