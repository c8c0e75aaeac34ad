"""Every recorded view of Phoenix LiveView 1.2.10, replayed: the same client frames, the same server frames, the same page."""

from __future__ import annotations

from functools import lru_cache

import pytest

from .comparing import Difference
from .departures import DEPARTURES
from .replay import Replay, golden, traces

STEPS = [(name, index) for name in traces() for index in range(-1, len(golden(name)["steps"]))]


@lru_cache(maxsize=None)
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
    reason = DEPARTURES.get((name, index))
    if reason is not None:
        assert differences, f"{name} step {index} is listed as a departure ({reason}), but is as recorded: take it off the list"
        return
    assert not differences, "\n".join([f"{name} step {index}: {done}", *map(str, differences)])


def test_departures_exist() -> None:
    """The list of departures names steps that there are."""
    assert set(DEPARTURES) <= set(STEPS)
