"""The crashes of a world, in the test's hands.

Owns `Crashes`: whether errors end processes, and which ones did. Law: asking changes nothing; what a crash does to client and world
is `crashing`'s.
"""

from __future__ import annotations

from collections.abc import Iterator

from liveview_testing.failures.misuse.misused_handles import Named
from liveview_testing.world.log.act_records import Asked, recorded
from liveview_testing.world.simulation.acting import Acting
from liveview_testing.world.simulation.crashing import CONTAINED, Contained, Crash, crashes


class Crashes(Named):
    """The crashes of a world so far, oldest first, once they are contained."""

    __slots__ = ("_sim",)
    _called = "sim.crashes"

    def __init__(self, sim: Acting) -> None:
        self._sim = sim

    def _asked(self) -> tuple[Acting, Asked]:
        """What acts are done to."""
        return self._sim, ("world", "crashes")

    @recorded
    def contain(self, backoff: tuple[float, ...] = (0.0,)) -> None:
        """From now on an error in a callback ends its process, and its client joins again.

        `backoff` is how many seconds it waits: after the first crash, the second, ...; by default it does not.
        """
        if not self.contained:
            self._sim.keep(CONTAINED, Contained(backoff))

    @property
    def contained(self) -> bool:
        """Whether errors end processes; else they reach the test."""
        return CONTAINED in self._sim.stored

    def __iter__(self) -> Iterator[Crash]:
        return iter(crashes(self._sim.stored))

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __repr__(self) -> str:
        return f"Crashes({list(self)!r})"
