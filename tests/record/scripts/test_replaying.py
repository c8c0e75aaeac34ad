"""What was done, done again: the same run, byte for byte."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType

import pytest

from liveview_testing import Simulation, replay
from liveview_testing.record.story import load, world_of
from tests.harness import places

SCENARIOS = sorted(places.SCENARIOS.glob("*.py"))


def played(scenario: ModuleType) -> Simulation:
    sim = world_of(scenario)
    for _ in scenario.story(sim):
        pass
    return sim


@pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: path.stem)
def test_a_story_is_replayed(path: Path) -> None:
    """Every scenario: its script gives its trace again, and itself."""
    sim = played(load(path))
    script = sim.script
    again: Simulation = replay(script)
    assert again.trace == sim.trace
    assert again.digest == sim.digest
    assert again.script == script
    assert str(again.script) == str(script)
