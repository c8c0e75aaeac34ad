"""Instants and durations, and what is due when.

Owns the conversion between the tester's seconds and the world's integer microseconds, and the order in which timers fire
(`Agenda`). Law: a duration is rounded once; due order is by due time and then by creation.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from heapq import heapify, heappop, heappush

from immutables import Map

from liveview_core.errors import BadOption, shown
from liveview_testing.world.log.happening import SECOND
from liveview_testing.world.world import Timer

START = datetime(2025, 1, 1, 12, 0, tzinfo=UTC)
"""When every simulation begins unless told otherwise."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_LAST = (datetime.max.replace(tzinfo=UTC) - _EPOCH) // _MICROSECOND
_ENDLESS = 250_000_000_000  # seconds: the calendar ends in the year 9999


def microseconds(seconds: float | timedelta) -> int:
    """A duration as integer microseconds, rounded once.

    >>> microseconds(0.1), microseconds(timedelta(minutes=1))
    (100000, 60000000)
    """
    if isinstance(seconds, timedelta):
        return seconds // _MICROSECOND
    if isinstance(seconds, (int, float)) and abs(seconds) >= _ENDLESS:  # pyright: ignore[reportUnnecessaryIsInstance]
        raise BadOption(
            "a duration is shorter than the calendar",
            expected="seconds, fewer than there are until the year 9999",
            got=shown(seconds),
        )
    if not isinstance(seconds, (int, float)) or seconds != seconds:  # pyright: ignore[reportUnnecessaryIsInstance]
        raise BadOption(
            "a duration is a number of seconds",
            expected="an int, a float or a timedelta",
            got=shown(seconds),
            cure="0.25",
        )
    return round(seconds * SECOND)


def forward(seconds: float | timedelta, now: int) -> int:
    """A duration that passes from now on, as microseconds: time does not run backwards, nor out of the calendar."""
    by = microseconds(seconds)
    if by < 0:
        raise BadOption(
            "time goes forward only",
            expected="0 seconds or more",
            got=shown(seconds),
            cure="view.fork() before the time has passed, to be there again",
        )
    if now + by > _LAST:
        raise BadOption(
            "the calendar ends before so much time has passed",
            expected=f"seconds, fewer than there are from {moment(now):%Y} until the year 9999",
            got=shown(seconds),
        )
    return by


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
    """Microseconds since 1970 as an aware UTC datetime; what comes after the calendar, as its end."""
    return _EPOCH + timedelta(microseconds=min(at, _LAST))


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
