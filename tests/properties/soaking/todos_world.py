"""The todos of the scenarios, for several people, to be soaked."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from liveview_testing import Faults, Simulation, sometimes

sys.path.append(str(Path(__file__).parents[3] / "scenarios"))
import todos

ROUTER = getattr(todos, "ROUTER", None)
FAULTS = Faults(drops=1, crashes=1)
INVARIANTS = [sometimes(lambda sim: any(view.has_element("li") for view in sim.views), "there is something to do")]


def world(sim: Simulation, people: int) -> list[Any]:
    """A list for each."""
    shared = todos.Todos(sim.store, "home")
    return [sim.page(todos.TodosLive(shared)) for _ in range(people)]
