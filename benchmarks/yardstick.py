"""How the benchmarks measure: two things in turn, in one process, and the ratio of the medians of their least disturbed rounds.

Law: no figure here is a time. Machines differ and are noisy; a ratio to a jinja2 render of the same page, taken in the
same process in the same second, is what can be compared and kept. What is taken is processor time: others on the machine
cost a round its caches, but not its turn.
"""

from __future__ import annotations

import gc
from collections.abc import Callable
from statistics import median
from time import process_time

from attrs import frozen

__all__ = ["Measured", "Result", "measure"]


class Measured:
    """What one comparison gave: µs a call of each side, or bytes, and their ratio."""

    __slots__ = ("ours", "unit", "yardstick")

    def __init__(self, ours: float, yardstick: float, unit: str = "µs") -> None:
        self.ours = ours
        self.yardstick = yardstick
        self.unit = unit

    @property
    def ratio(self) -> float:
        """Ours as a multiple of the yardstick; below 1 is faster."""
        return self.ours / self.yardstick

    def __str__(self) -> str:
        return f"{self.ours:10.2f} {self.unit}  /  {self.yardstick:9.2f} {self.unit}  =  {self.ratio:7.4f}"


@frozen
class Result:
    """One line of a report: what was measured, and what it may cost: a goal, where there is one, and room for a noisy machine."""

    name: str
    measured: Measured
    limit: float
    goal: float | None = None

    @property
    def kept(self) -> bool:
        """Whether it stays within its limit."""
        return self.measured.ratio <= self.limit

    def __str__(self) -> str:
        missed = self.goal is not None and self.measured.ratio > self.goal
        goal = f"; the goal is {self.goal}" if missed else ""
        return f"{'ok  ' if self.kept else 'OVER'} {self.name:58} {self.measured}   (at most {self.limit}{goal})"


def _per_call(fn: Callable[[], object], calls: int) -> float:
    start = process_time()
    for _ in range(calls):
        fn()
    return (process_time() - start) / calls * 1e6


def measure(
    ours: Callable[[], object],
    yardstick: Callable[[], object],
    *,
    rounds: int = 240,
    seconds: float = 0.001,
    parts: tuple[int, int] = (1, 1),
) -> Measured:
    """Run both in turn, garbage collection held, and compare the medians of the least disturbed quarter of the rounds.

    A round is about *seconds* long on each side: short, so that a busy machine spoils whole rounds and leaves others alone,
    and long enough that the clock costs nothing. *parts*: what a call of each side consists of, to compare the cost of one.
    """
    for fn in (ours, yardstick):
        _per_call(fn, 3)  # what is learnt at first (memos of a page, caches) is no part of a repeated call
    calls = [max(1, int(seconds / max(_per_call(fn, 5) / 1e6, 1e-7))) for fn in (ours, yardstick)]
    held = gc.isenabled()
    gc.disable()
    try:
        mine: list[float] = []
        theirs: list[float] = []
        for number in range(rounds):
            mine.append(_per_call(ours, calls[0]) / parts[0])
            theirs.append(_per_call(yardstick, calls[1]) / parts[1])
            if number % 40 == 39:
                gc.collect()
    finally:
        if held:
            gc.enable()
    return Measured(_undisturbed(mine), _undisturbed(theirs))


def _undisturbed(times: list[float]) -> float:
    times.sort()
    return median(times[: max(1, len(times) // 4)])
