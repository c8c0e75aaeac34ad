"""Schedules that hypothesis draws: one order of all that can happen, which it makes plainer towards the usual one.

Owns `schedules` and `Schedule`. Law: 0 is the usual choice wherever there is one, so that what is left
of a failure is its surprises.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from attrs import field
from hypothesis import strategies as st

from liveview_core.values.declaring import frozen
from liveview_testing.properties.exploring.choices import Choice, Crash, Drop, Fail
from liveview_testing.properties.exploring.counterexamples.describing import Words
from liveview_testing.properties.exploring.people import deeds_of, guests_of, names_of
from liveview_testing.properties.exploring.schedules import choices_of, in_vain
from liveview_testing.properties.exploring.simulations import glance, stage
from liveview_testing.properties.exploring.transitions import NONE, Faults, Player, Situation

if TYPE_CHECKING:
    from liveview_testing.user.simulation import Simulation

__all__ = ["Schedule", "schedules"]


@frozen(eq=False, repr=False)
class Schedule:
    """One order in which everything has happened: `places` are the indices of what was chosen, 0 the usual; `sim` is the world
    that it ends in, to be looked at (`schedule.sim.view(ann)`); `unfinished` is what was never possible.
    """

    sim: Any
    places: tuple[int, ...]
    told: tuple[str, ...] = field(repr=False)
    unfinished: tuple[str, ...] = ()

    @property
    def deviations(self) -> int:
        """How many choices were not the usual one."""
        return sum(1 for each in self.places if each)

    def __repr__(self) -> str:
        """What happens, step by step; what was not usual is marked."""
        if not any(self.places):
            return f"<Schedule: {len(self.places)} steps, as usual>"
        rows = [f"{'→' if place else ' '} {text}" for place, text in zip(self.places, self.told, strict=True)]
        return "<Schedule:\n  " + "\n  ".join(rows) + ">"


@st.composite
def schedules(
    draw: st.DrawFn, sim: Simulation, script: Any, *, faults: Faults | None = None, horizon: float | None = None
) -> Schedule:
    """An order in which all that is in `script` happens, what people do in `sim.concurrently()`, with all that follows from it.

    What shrinks shrinks towards the usual order. What a callback raises on the way is a failure of the test that draws.
    """
    deeds, guests = deeds_of(sim, script), guests_of(sim, script)
    made = stage(sim, guests)
    player = Player(made, deeds, faults or NONE, horizon=horizon, guests=guests)
    words = Words(names_of(sim, guests), made.world)
    here = player.start(made.world)
    places: list[int] = []
    told: list[str] = []
    while offered := _possible(player, here):
        place = draw(st.integers(0, len(offered) - 1)) if len(offered) > 1 else 0
        choice, about = offered[place]
        result = player.make(here, choice, about)
        assert result is not None
        here = result[0]
        places.append(place)
        told.append(words.event(choice, about))
    never = tuple(str(each) for each in player.unfinished(here))
    return Schedule(glance(sim, here.world, guests), tuple(places), tuple(told), never)


def _possible(player: Player, here: Situation) -> list[tuple[Choice, Any]]:
    """What can be done now; nothing, where nothing is left but faults, which need not happen."""
    offered = [each for each in choices_of(player, here) if not in_vain(player, here, *each)]
    return [] if all(isinstance(choice, (Crash, Drop, Fail)) for choice, _ in offered) else offered
