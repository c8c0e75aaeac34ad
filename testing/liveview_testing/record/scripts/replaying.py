"""A script done again, in a world of its own or in one that is given.

Owns `replay`. Law: in a world made the same way the run is the same, byte for byte.
"""

from __future__ import annotations

from typing import Any, TypeVar, cast

from liveview_core.errors import add_note
from liveview_testing.record.scripts.player import Player
from liveview_testing.record.scripts.script import Script, a_script
from liveview_testing.world.simulation.acting import Acting
from liveview_testing.world.tracebacks import shortened

S = TypeVar("S", bound=Acting)


@shortened
def replay(script: Script, sim: S | None = None) -> S:
    """Do again what a script says, in `sim`, or in a fresh world made as the script's was; the world that comes of it.

    What an act raises is raised, with a note of which act it was. Who is not in the world yet comes by an act of the script.
    """
    a_script(script, "replay")._whole("replayed")
    world: Any = Acting._maker(script.world) if sim is None else sim
    player = Player(world)
    for number, act in enumerate(script.acts, 1):
        try:
            player.do(act)
        except Exception as error:
            add_note(error, f"in act {number} of {len(script)} of the script: {act}")
            raise
    return cast("S", world)
