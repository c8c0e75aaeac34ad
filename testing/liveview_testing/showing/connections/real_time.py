"""How the time of a served world passes.

Owns `Pacer`: in real time the world's clock follows the machine's, and sleeps until the next timer is due or something comes;
paused, it stands still; stepped, it goes to the next thing that is due, or as far as was said.

Law: no act where nothing is due; every timer, and every frame on a slow link, comes at its own instant.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from liveview_testing.showing.connections.connections import Links

__all__ = ["FOREVER", "Mode", "Pacer"]

Mode = Literal["real", "paused"]
FOREVER = 1 << 62


class Pacer:
    """The clock of a served world. `real()` gives the machine's time in seconds."""

    def __init__(self, links: Links, real: Callable[[], float], mode: Mode = "real") -> None:
        self.links = links
        self.mode: Mode = mode
        self._real = real
        self._seen = real()
        self._wake = asyncio.Event()

    def catch_up(self) -> None:
        """In real time: what has passed since the last look has passed in the world too."""
        now = self._real()
        passed, self._seen = round((now - self._seen) * 1_000_000), now
        if self.mode == "real" and passed > 0:
            self.advance(passed)

    def turn(self, mode: Mode) -> None:
        """Let time pass by itself, or not."""
        self.catch_up()
        self.mode = mode
        self.wake()

    def wake(self) -> None:
        """Something may be due earlier now."""
        self._wake.set()

    def next_due(self, until: int = FOREVER) -> int | None:
        """When something is due next."""
        found = [each for each in (self.links.world.next_due(until), self.links.next_due(until)) if each is not None]
        return min(found, default=None)

    def advance(self, by: int) -> None:
        """Let so many microseconds pass."""
        world = self.links.world
        until = world.world.now + by
        while (due := self.next_due(until)) is not None:
            wait = max(0, due - world.world.now)
            (world.drift if world.next_due(due) is None else world.pass_alone)(wait)
            self.links.land()
        world.drift(until - world.world.now)

    def step(self) -> bool:
        """Let time pass until the next thing that is due has happened; whether there was one."""
        due = self.next_due()
        if due is None:
            return False
        self.advance(max(0, due - self.links.world.world.now))
        return True

    async def run(self) -> None:
        """For as long as the server runs."""
        while True:
            self._wake.clear()
            self.catch_up()
            wait: float | None = None
            if self.mode == "real":
                due = self.next_due()
                if due is not None:
                    wait = max(0.0, (due - self.links.world.world.now) / 1_000_000)
            try:
                await asyncio.wait_for(self._wake.wait(), wait)
            except TimeoutError:
                continue
