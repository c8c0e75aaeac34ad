"""How the tests of scenarios play them.

Owns the list of scenarios, and `scenario`: a scenario's module, loaded as its script would be.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from types import ModuleType
from typing import Any

from liveview_testing import Simulation, Step, View
from liveview_testing.record.story import load, world_of
from tests.harness.places import SCENARIOS as FOLDER

SCENARIOS = sorted(FOLDER.glob("[!_]*.py"))


LOADED: dict[str, ModuleType] = {}
"""The scenarios that were loaded, by the names of their modules."""


@cache
def scenario(name: str) -> Any:
    """The module of a scenario; the same one each time, so that its classes are the same, too."""
    module: ModuleType = load(FOLDER / f"{name}.py")
    LOADED[module.__name__] = module
    return module


def world(module: Any, **options: Any) -> Simulation:
    """A fresh world at the scenario's router."""
    return world_of(module, **options)


def told(module: Any, sim: Simulation) -> Iterator[Step]:
    """The scenario's story, step by step."""
    yield from module.story(sim)


def listeners(sim: Simulation) -> dict[str, list[str]]:
    """Who listens to which topic, in order of subscription."""
    return {topic: list(members) for topic, members in sorted(sim.world.topics.items())}


def texts(view: View, selector: str) -> list[str]:
    """The texts of everything that matches, in the order of the page."""
    from liveview_testing.browser.page.finding.select import find

    return [node.text for node in find(view.dom, selector)]
