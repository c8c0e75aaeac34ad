"""Simulated time.

Owns `Clock`, the handle a test turns; what a second is to the world, and which of two timers fires first, is `world.timers`'s
to say. Law: time passes only in `advance`; every due timer fires at its own
instant, in order of due time and then of creation, and the world settles after each; nothing sleeps.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from liveview_core.values.declaring import frozen
from liveview_testing.failures.misuse.handle_names import spelled_alike
from liveview_testing.failures.misuse.misused_handles import Named
from liveview_testing.world.log.act_records import recorded
from liveview_testing.world.log.happening import SECOND
from liveview_testing.world.timers import forward, moment

if TYPE_CHECKING:
    from liveview_testing.world.log.act_records import Asked
    from liveview_testing.world.simulation.acting import Acting


@frozen
class Pending:
    """A timer that waits: when it is due, in how many seconds, for whom, with what."""

    due: datetime
    seconds: float
    process: str
    message: Any
    name: Any = None
    every: float | None = None


class Clock(Named):
    """The clock of a simulation: `now`, `advance(seconds)`, `pending`."""

    __slots__ = ("_sim",)
    _names = spelled_alike(
        (
            "tick fast_forward travel sleep move forward shift run_for run_all wait advance_by set pass_time step move_to",
            "sim.clock.advance(seconds)",
        ),
        ("time today utcnow current", "sim.clock.now"),
        ("timers due next", "sim.clock.pending"),
        ("freeze install pause", "it stands still already: only advance(seconds) and what waits let it go on"),
    )
    _called = "sim.clock"

    def __init__(self, sim: Acting) -> None:
        self._sim = sim

    def _asked(self) -> tuple[Acting, Asked]:
        """What acts are done to."""
        return self._sim, ("world", "clock")

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

    @recorded
    def advance(self, seconds: float | timedelta) -> None:
        """Let time pass: every timer due on the way fires at its own instant, with a settle after each.

        Raises `BadOption` for a negative duration: time does not run backwards.
        """
        self._sim.pass_time(forward(seconds, self._sim.world.now))

    def __repr__(self) -> str:
        return f"Clock({self.now.isoformat()}, {len(self._sim.world.timers)} pending)"
