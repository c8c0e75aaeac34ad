"""Every recorded view of Phoenix LiveView 1.2.10, replayed: the same client frames, the same server frames, the same page."""

from __future__ import annotations

from functools import cache

import pytest

from tests.goldens.comparing import Difference
from tests.goldens.departures import DEPARTURES
from tests.goldens.replay import Replay, golden, traces

STEPS = [(name, index) for name in traces() for index in range(-1, len(golden(name)["steps"]))]


@cache
def played(name: str) -> dict[int, tuple[str, list[Difference]] | Exception]:
    """A golden is played once; a step that raises is the result of that step and of all later ones."""
    results: dict[int, tuple[str, list[Difference]] | Exception] = {}
    try:
        for index, done, differences in Replay.of(name).steps():
            results[index] = done, differences
    except Exception as error:
        for index in range(-1, len(golden(name)["steps"])):
            results.setdefault(index, error)
    return results


@pytest.mark.parametrize(("name", "index"), STEPS, ids=lambda value: str(value))
def test_step(name: str, index: int) -> None:
    """One step of one golden: the join is step -1."""
    result = played(name)[index]
    if isinstance(result, Exception):
        raise result
    done, differences = result
    unwanted = [d for d in differences if (name, d.what) not in DEPARTURES]
    assert not unwanted, "\n".join([f"{name} step {index}: {done}", *map(str, unwanted)])


@pytest.mark.parametrize(("name", "what"), DEPARTURES)
def test_departure_is_needed(name: str, what: str) -> None:
    """A departure on the list really differs somewhere; else it has to leave the list."""
    results = played(name).values()
    assert any(d.what == what for result in results if not isinstance(result, Exception) for d in result[1]), (
        f"{name}: {what} is as recorded in every step; take it off the list ({DEPARTURES[name, what]})"
    )
