"""A schedule to look at: what else could have come next, with the worlds behind it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from liveview_testing import Counterexample, Exploration, Simulation, always, explore, read_timeline
from liveview_testing.record.timelines.run_timeline import Timeline
from tests.harness.timeline_schema import broken
from tests.properties.exploring.test_planted import PLANTED


def explored(name: str, which: str = "broken", **options: Any) -> Exploration:
    planted = PLANTED[name]
    sim, acts, wanted = planted.make(getattr(planted, which))
    return explore(sim, acts, wanted, unfinished="allow", raising=False, **options)


def choices(told: Timeline) -> list[list[tuple[str, bool, bool]]]:
    return [
        [(told.text(each["what"]), "taken" in each, "usual" in each) for each in choice["options"]]
        for choice in told.data["choices"]
    ]


@pytest.mark.parametrize("name", PLANTED)
def test_a_counterexample_has_what_else_could_have_come_next(name: str) -> None:
    found = explored(name)
    told = found.timeline()
    assert broken(told.data) == []
    failure = found.failure
    assert failure is not None
    every = choices(told)
    assert len(every) == len(failure.schedule)
    assert [sum(taken for _, taken, _ in each) for each in every] == [1] * len(every)
    surprises = sum(not usual for each in every for _, taken, usual in each if taken)
    assert surprises == failure.deviations
    steps = [choice["step"] for choice in told.data["choices"]]
    assert steps == sorted(steps)
    assert steps[-1] <= len(told.steps)


def test_the_worlds_behind_are_written_beside(tmp_path: Path) -> None:
    """Each is the other choice and then the usual order; it leads back; no link leads nowhere."""
    file = explored("tickets").timeline().write(tmp_path / "race.html")
    told = read_timeline(file)
    behind = [each["behind"] for choice in told.data["choices"] for each in choice["options"] if "behind" in each]
    folder = tmp_path / "race.worlds"
    assert told.data["behind"] == "race.worlds/"
    assert sorted(path.stem for path in folder.iterdir()) == sorted(behind) != []
    for choice in told.data["choices"]:
        for each in choice["options"]:
            if "behind" not in each:
                continue
            there = read_timeline(folder / f"{each['behind']}.html")
            assert there.data["up"] == "../race.html"
            number = int(each["behind"].partition("-")[0])
            taken = [text for options in choices(there) for text, taken, _ in options if taken]
            assert taken[number - 1] == told.text(each["what"])
            assert (
                taken[: number - 1]
                == [text for options in choices(told) for text, taken, _ in options if taken][: number - 1]
            )
            assert all(usual for options in choices(there)[number:] for _, taken, usual in options if taken)
    pages = {str(read_timeline(folder / f"{name}.html").page("phx-2", 99)) for name in behind}
    assert any("Sold out" in re.sub(r"\s+", " ", page) for page in pages) or len(pages) > 1


def test_where_nothing_fails_it_is_the_usual_order() -> None:
    told = explored("orders", "repaired").timeline()
    assert all(usual for options in choices(told) for _, taken, usual in options if taken)


def test_what_raises_is_the_last_step() -> None:
    sim, acts, _ = PLANTED["orders"].make(PLANTED["orders"].broken)

    def never(sim: Simulation) -> None:
        if sim.store["orders"]:
            raise AssertionError("an order")

    with pytest.raises(Counterexample) as raised:
        explore(sim, acts, always(never, "nothing is ordered"))
    told = raised.value.exploration.timeline()
    assert told.data["title"] == "nothing is ordered"
    assert told.data["choices"][-1]["step"] == len(told.steps)


def test_the_same_exploration_has_the_same_timeline() -> None:
    assert explored("feed").timeline().html() == explored("feed").timeline().html()
