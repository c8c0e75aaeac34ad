"""What is measured of every kit, and how: each script of this folder hands its apps to `report`, which prints one line of JSON.

A row is an `Act`, a number, or a sentence that says why this kit has no such row. Times are processor time: this machine may be
busy with other things, and a kit that sleeps gets `slept` beside its row instead. Only the standard library is needed here.

    python with_NAME.py times | memory
"""

from __future__ import annotations

import asyncio
import gc
import inspect
import json
import sys
import tracemalloc
from collections.abc import Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from statistics import median
from time import perf_counter, process_time
from typing import Any

ROWS, VIEWS = 1000, 100
"""How long the lists are, and how many views hear a broadcast."""
SECONDS, PATIENCE = 0.3, 20
"""How long a row is measured in one round, at least; and how long pages are opened for the memory of one, at most."""

MOUNT, MOUNT_CHAT = "mount a counter and read it", "mount a chat of 1,000 and read it"
CLICK, ROW = "click and read", "one row of 1,000"
BY_ID, BY_TEXT, WHOLE = "chat of 1,000: append, find by id", "the same, find by text", "the same, read the whole page"
BROADCAST = "broadcast to 100 views"
BYTES_CLICK, BYTES_ROW, BYTES_CHAT = "bytes: a click", "bytes: one row of 1,000", "bytes: an append to 1,000"
KEPT_COUNTER, KEPT_CHAT = "memory: a mounted counter", "memory: a chat of 1,000"


@dataclass
class Act:
    """Something done again and again with what *opened* gives: a context manager, an async one perhaps, as *act* may be.

    It is opened anew after *times* acts, so that a chat stays one of about 1,000; opening is not part of what is measured.
    """

    opened: Callable[[], Any]
    act: Callable[[Any], Any]
    times: int = 20


Row = Act | Callable[[], Any] | str


@dataclass
class Times:
    """The samples of one row, in seconds."""

    cpu: list[float]
    wall: list[float]

    def told(self) -> dict[str, float]:
        """The median of the least disturbed quarter, and what a sample sleeps at least."""
        cpu, wall = sorted(self.cpu), sorted(self.wall)
        quarter = max(1, len(cpu) // 4)
        return {"value": median(cpu[:quarter]), "slept": max(0.0, wall[0] - cpu[0])}


async def _entered(stack: AsyncExitStack, opened: Any) -> Any:
    if hasattr(opened, "__aenter__"):
        return await stack.enter_async_context(opened)
    return stack.enter_context(opened)


async def _done(made: Any) -> Any:
    return await made if inspect.isawaitable(made) else made


async def opening(opened: Callable[[], Any]) -> Times:
    """How long opening takes."""
    times = Times([], [])
    ends = perf_counter() + SECONDS
    while len(times.cpu) < 2 or perf_counter() < ends:
        async with AsyncExitStack() as stack:
            cpu, wall = process_time(), perf_counter()
            await _entered(stack, opened())
            times.cpu.append(process_time() - cpu)
            times.wall.append(perf_counter() - wall)
    return times


async def acting(row: Act) -> Times:
    """How long one act takes."""
    times = Times([], [])
    ends = perf_counter() + SECONDS
    while not times.cpu or perf_counter() < ends:
        async with AsyncExitStack() as stack:
            what = await _entered(stack, row.opened())
            first = row.act(what)  # what is learnt at first is no part of a repeated act
            if waits := inspect.isawaitable(first):
                await first
            act, turns = row.act, range(row.times)
            cpu, wall = process_time(), perf_counter()
            if waits:
                for _ in turns:
                    await act(what)
            else:
                for _ in turns:
                    act(what)
            times.cpu.append((process_time() - cpu) / row.times)
            times.wall.append((perf_counter() - wall) / row.times)
    return times


async def keeping(opened: Callable[[], Any], count: int) -> float:
    """Bytes of Python's heap for one of *count* that are open at once, fewer where opening is slow."""
    async with AsyncExitStack() as stack:
        first = await _entered(stack, opened())
        gc.collect()
        tracemalloc.start()
        held = [first]
        ends = perf_counter() + PATIENCE
        while len(held) <= count and (len(held) <= 3 or perf_counter() < ends):
            held.append(await _entered(stack, opened()))
        gc.collect()
        kept, _ = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return kept / (len(held) - 1)


async def _found(name: str, row: Row, what: str) -> dict[str, Any]:
    if isinstance(row, str):
        return {"why": row}
    gc.collect()
    try:
        if what == "memory":
            assert callable(row)
            return {"value": await keeping(row, 200 if name == KEPT_COUNTER else 10)}
        if isinstance(row, Act):
            return (await acting(row)).told()
        if name in (MOUNT, MOUNT_CHAT):
            return (await opening(row)).told()
        return {"value": await _done(row())}
    except Exception as error:  # a row that fails is told, and the others are measured all the same
        return {"why": f"failed: {type(error).__name__}: {str(error).splitlines()[0] if str(error) else ''}"}


async def _all(rows: dict[str, Row], what: str) -> dict[str, Any]:
    memory = {KEPT_COUNTER, KEPT_CHAT}
    return {name: await _found(name, row, what) for name, row in rows.items() if (name in memory) == (what == "memory")}


def report(rows: dict[str, Row]) -> None:
    """Measure what the command line asks for, and print it."""
    found = asyncio.run(_all(rows, sys.argv[1]))
    print(json.dumps(found))
