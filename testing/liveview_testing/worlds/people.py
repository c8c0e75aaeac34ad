"""Who does what: the acts of a script as what people do in a search.

Owns `deeds_of` and `names_of`. Law: what somebody does is a value, so that it can be done in any world, as often as wanted.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from liveview_testing.user.simulation import Simulation
    from liveview_testing.worlds.playing import Deed


def deeds_of(script: Iterable[Deed]) -> list[Deed]:
    """What people do, in the order in which it was written."""
    return list(script)


def names_of(sim: Simulation) -> dict[int, str]:
    """Who sits at which tab."""
    return {memory.tab: memory.name for memory in sim.people if memory.tab}
