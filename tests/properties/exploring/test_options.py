"""What `explore` and its properties refuse, and answers that explain themselves."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from liveview_core.errors import BadOption
from liveview_testing import Faults, Simulation, always, explore, outcomes
from liveview_testing.properties.exploring.properties import verdict
from tests.harness.views import CounterLive

REFUSED: dict[str, tuple[Callable[[], Any], str]] = {
    "when": (
        lambda: always(lambda sim: True, when="never"),  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
        "always(…, when=…) says when a property is asked",
    ),
    "outcomes": (lambda: outcomes([[1]], lambda sim: 1), "outcomes are compared as a set"),
    "properties": (lambda: explore(Simulation(), [], 3), "explore takes properties"),  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_refused(name: str) -> None:
    act, told = REFUSED[name]
    with pytest.raises(BadOption) as refused:
        act()
    assert str(refused.value).splitlines()[0] == told


def test_faults_happen_to_pages() -> None:
    sim = Simulation()
    view = sim.live(CounterLive)
    with sim.concurrently() as acts:
        view.render_click("increment")
    nobody: Any = 3
    with pytest.raises(BadOption, match=r"^Faults\(on=…\) names pages\n"):
        explore(sim, acts, always(lambda sim: True), faults=Faults(drops=1, on=[nobody]))


class Explains:
    def __bool__(self) -> bool:
        raise AssertionError("there is nobody")


def test_an_answer_that_explains_itself() -> None:
    error = verdict(always(lambda sim: Explains(), "somebody"), Simulation())
    assert isinstance(error, AssertionError)
    assert str(error) == "there is nobody"
