"""Simulated time.

Owns the conversion between the tester's seconds and the world's integer microseconds, the order in which timers fire
(`Agenda`), and `Clock`, the handle a test turns. Law: time passes only in `advance`; every due timer fires at its own
instant, in order of due time and then of creation, and the world settles after each; nothing sleeps.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from heapq import heapify, heappop, heappush
from math import isfinite
from typing import TYPE_CHECKING, Any

from immutables import Map

from liveview_core.errors import BadOption, shown
from liveview_core.values.declaring import frozen
from liveview_testing.world.world import SECOND, Timer

if TYPE_CHECKING:
    from liveview_testing.simulation.simulation import Simulation

START = datetime(2025, 1, 1, 12, 0, tzinfo=UTC)
"""When every simulation begins unless told otherwise."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def microseconds(seconds: float | timedelta) -> int:
    """A duration as integer microseconds, rounded once.

    >>> microseconds(0.1), microseconds(timedelta(minutes=1))
    (100000, 60000000)
    """
    if isinstance(seconds, timedelta):
        return seconds // _MICROSECOND
    if not isinstance(seconds, (int, float)) or not isfinite(seconds):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise BadOption(
            "a duration is a number of seconds",
            expected="an int, a float or a timedelta",
            got=shown(seconds),
            cure="0.25",
        )
    return round(seconds * SECOND)


def instant(moment: datetime) -> int:
    """An aware datetime as microseconds since 1970; a naive one is refused, because it does not say when it is."""
    if not isinstance(moment, datetime):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise BadOption(
            "a simulation begins at a datetime",
            expected="an aware datetime",
            got=shown(moment),
            cure="datetime(…, tzinfo=UTC)",
        )
    if moment.tzinfo is None:
        raise BadOption(
            "a naive datetime does not say when it is",
            expected="an aware datetime",
            got=shown(moment),
            cure="add tzinfo=datetime.UTC",
        )
    return (moment - _EPOCH) // _MICROSECOND


def moment(at: int) -> datetime:
    """Microseconds since 1970 as an aware UTC datetime."""
    return _EPOCH + timedelta(microseconds=at)


class Agenda:
    """The due order of a map of timers: a heap beside the map, checked against it, rebuilt when it is stale.

    The map is the truth (it is in the world); this only finds its earliest entry quickly.
    """

    __slots__ = ("_heap",)

    def __init__(self) -> None:
        self._heap: list[tuple[int, int, Timer]] | None = None

    def forget(self) -> None:
        """The map was changed behind our back (a draft was dropped): build the heap anew when it is asked for."""
        self._heap = None

    def put(self, timer: Timer) -> None:
        if self._heap is not None:
            heappush(self._heap, (timer.due, timer.seq, timer))

    def due(self, timers: Map[int, Timer], until: int) -> Timer | None:
        """The earliest timer of the map that is due at or before `until`; None when there is none."""
        heap = self._heap
        if heap is None:
            if not timers:
                return None
            heap = self._heap = [(timer.due, timer.seq, timer) for timer in timers.values()]
            heapify(heap)
        while heap:
            due, seq, timer = heap[0]
            if due > until:
                return None
            if timers.get(seq) is timer:
                return timer
            heappop(heap)
        return None


@frozen
class Pending:
    """A timer that waits: when it is due, in how many seconds, for whom, with what."""

    due: datetime
    seconds: float
    process: str
    message: Any
    name: Any = None
    every: float | None = None


class Clock:
    """The clock of a simulation: `now`, `advance(seconds)`, `pending`."""

    __slots__ = ("_sim",)

    def __init__(self, sim: Simulation) -> None:
        self._sim = sim

    @property
    def now(self) -> datetime:
        """The simulated time, an aware UTC datetime."""
        return moment(self._sim.world.now)

    @property
    def pending(self) -> list[Pending]:
        """Every timer that has not fired yet, in the order in which they will."""
        world = self._sim.world
        return [
            Pending(
                moment(timer.due),
                (timer.due - world.now) / SECOND,
                timer.process,
                timer.message,
                timer.name,
                None if timer.every is None else timer.every / SECOND,
            )
            for timer in sorted(world.timers.values(), key=lambda timer: (timer.due, timer.seq))
        ]

    def advance(self, seconds: float | timedelta) -> None:
        """Let time pass: every timer due on the way fires at its own instant, with a settle after each.

        Raises `BadOption` for a negative duration: time does not run backwards.
        """
        by = microseconds(seconds)
        if by < 0:
            raise BadOption(
                "time goes forward only",
                expected="0 seconds or more",
                got=shown(seconds),
                cure="view.fork() before the time has passed, to be there again",
            )
        self._sim.pass_time(by)

    def __repr__(self) -> str:
        return f"Clock({self.now.isoformat()}, {len(self._sim.world.timers)} pending)"
