"""Seeds in batches, on any executor.

Owns `run_batch`, which a worker runs, and `Spread`, which hands out batches and answers for those that are lost. Laws: what goes
to a
worker and what comes back is plain data; a batch may be run again; a seed that kills its worker each time is a failure of that
seed.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from multiprocessing import get_context
from typing import Any, TypeAlias

from attrs import field

from liveview_core.errors import LiveViewError
from liveview_core.values.declaring import define
from liveview_testing.properties.exploring.transitions import Faults
from liveview_testing.properties.soaking.running import Sizes, run_seed
from liveview_testing.properties.soaking.target import load

Told: TypeAlias = "tuple[int, int, str, tuple[str, ...] | None, tuple[str, ...], bool]"

VERSION = 1
FIRST = 5
"""So many seeds are in the first batch, which is timed."""

SECONDS = 0.5
"""A batch is to take so long."""

KILLED = ("killed its worker",)


class OtherCode(LiveViewError):
    """A worker has other code than we have."""


def run_batch(place: str, seeds: tuple[int, ...], options: tuple[Any, ...], code: tuple[int, str]) -> Any:
    """The runs of some seeds, in a worker: ("ran", seconds, told of each), or ("other code", theirs, ours)."""
    target = load(place)
    if (VERSION, target.code) != code:
        return "other code", code, (VERSION, target.code)
    people, acts, history, faults, swarm, hold = options
    sizes = Sizes(people, acts, history, None if faults is None else Faults(*faults), swarm, hold)
    begun = time.perf_counter()
    told = tuple(run_seed(target, seed, sizes).told for seed in seeds)
    return "ran", time.perf_counter() - begun, told


def plain(sizes: Sizes) -> tuple[Any, ...]:
    """The sizes as plain data."""
    faults = sizes.faults
    flat = None if faults is None else (faults.drops, faults.crashes, faults.tasks, faults.slow)
    return sizes.people, sizes.acts, sizes.history, flat, sizes.swarm, sizes.hold


@define
class Spread:
    """Runs seeds on an executor; `executor` None: on `workers` processes of our own."""

    place: str
    seeds: tuple[int, ...]
    sizes: Sizes
    executor: Any = None
    workers: int = 1
    told: Callable[[Told], None] | None = None
    lost: int = field(default=0, init=False)
    unfinished: list[int] = field(factory=list[int], init=False)
    _suspects: list[tuple[int, ...]] = field(factory=list["tuple[int, ...]"], init=False)
    _failed: dict[tuple[int, ...], int] = field(factory=dict[Any, int], init=False)

    def run(self) -> list[Told]:
        """What is told of each seed, in the order of seeds."""
        found: dict[int, Told] = {}
        todo = [self.seeds[:FIRST]] if self.seeds else []
        rest = list(self.seeds[FIRST:])
        own = self.executor is None
        pool = self._pool() if own else self.executor
        running: dict[Future[Any], tuple[int, ...]] = {}
        size = 1
        try:
            while todo or running or rest or self._suspects:
                if not todo and not running and not rest:
                    todo.append(self._suspects.pop())  # alone, so that it kills nobody else's
                if not todo and rest and len(running) < 2 * self.workers:
                    todo.append(tuple(rest[:size]))
                    del rest[:size]
                broken = False
                while todo:
                    batch = todo.pop()
                    try:
                        running[self._submit(pool, batch)] = batch
                    except Exception:
                        if not own:
                            raise
                        todo.append(batch)
                        broken = True
                        break
                if rest and len(running) < 2 * self.workers and size > 1 and not broken:
                    continue
                if running:
                    done, _ = wait(list(running), return_when=FIRST_COMPLETED)
                    for future in done:
                        batch = running.pop(future)
                        answer, gone = self._answer(future)
                        broken = broken or gone
                        if answer is None:
                            todo.extend(self._again(batch, found))
                            continue
                        size = self._size(answer[1], len(batch))
                        for each in answer[2]:
                            found[each[0]] = each
                            if self.told is not None:
                                self.told(each)
                if broken and own:
                    todo.extend(running.values())
                    running.clear()
                    pool.shutdown(wait=False, cancel_futures=True)
                    pool = self._pool()
        except KeyboardInterrupt:
            for future in running:
                future.cancel()
            raise
        finally:
            if own:
                pool.shutdown(wait=False, cancel_futures=True)
        self.unfinished = [seed for seed in self.seeds if seed not in found]
        return [found[seed] for seed in self.seeds if seed in found]

    def _pool(self) -> Any:
        return ProcessPoolExecutor(self.workers, mp_context=get_context("spawn"))

    def _submit(self, pool: Any, batch: tuple[int, ...]) -> Future[Any]:
        future: Future[Any] = pool.submit(
            run_batch, self.place, batch, plain(self.sizes), (VERSION, load(self.place).code)
        )
        return future

    def _answer(self, future: Future[Any]) -> tuple[Any, bool]:
        answer: Any
        try:
            answer = future.result()
        except (KeyboardInterrupt, SystemExit):
            raise
        except BaseException:
            self.lost += 1
            return None, True
        if answer[0] == "other code":
            raise OtherCode(
                f"a worker has another {self.place}",
                expected=str(answer[1]),
                got=str(answer[2]),
                cure="the same code on each worker, and workers that were started after the last change",
            )
        return answer, False

    def _again(self, batch: tuple[int, ...], found: dict[int, Told]) -> Iterator[tuple[int, ...]]:
        """A batch was lost: its halves once more; a seed alone twice, then it is a failure of that seed."""
        if len(batch) > 1:
            middle = len(batch) // 2
            yield batch[:middle]
            yield batch[middle:]
            return
        self._failed[batch] = self._failed.get(batch, 0) + 1
        if self._failed[batch] < 2:
            self._suspects.append(batch)
            return
        seed = next(iter(batch))
        found[seed] = each = (seed, 0, "", KILLED, (), True)
        if self.told is not None:
            self.told(each)

    def _size(self, seconds: float, count: int) -> int:
        """As many seeds as take half a second; and enough batches for all workers."""
        size = max(1, round(SECONDS / max(seconds / count, 1e-6)))
        return max(1, min(size, len(self.seeds) // (8 * self.workers) or 1))


__all__ = ["FIRST", "KILLED", "OtherCode", "Spread", "Told", "plain", "run_batch"]
