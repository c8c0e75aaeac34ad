"""Level 2: the scenarios under the whole official client, in lockstep: same DOM after each step, same payloads."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

from liveview_core import LiveView, heex
from liveview_testing import Simulation

from tests.official_client.client import Judges, OfficialPage, canonical
from tests.official_client.twin import Twin

SCENARIOS = Path(__file__).parent.parent.parent / "scenarios"


def scenario(name: str) -> ModuleType:
    """The module of a scenario, loaded from its file: scenarios are no package."""
    spec = importlib.util.spec_from_file_location(f"_scenario_{name}", SCENARIOS / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
