"""The chat of the scenarios, for several people, to be soaked."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from liveview_testing import Faults, Simulation, sometimes

sys.path.append(str(Path(__file__).parents[3] / "scenarios"))
import chat

ROUTER = getattr(chat, "ROUTER", None)
FAULTS = Faults(drops=1, crashes=1)
INVARIANTS = [sometimes(lambda sim: any(view.has_element("li") for view in sim.views), "somebody has said something")]


def world(sim: Simulation, people: int) -> list[Any]:
    """All of them in the same rooms."""
    return [sim.page("/dashboard", session={"name": f"Person {number}"}) for number in range(people)]
