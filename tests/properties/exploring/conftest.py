"""What the tests of worlds have in common: what they print imports scenarios."""

from __future__ import annotations

import sys

import pytest

from tests.harness.playing import LOADED


@pytest.fixture(autouse=True)
def _scenarios_are_the_ones_we_loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Another test of the same process may have loaded a scenario anew, as `liveview run` does: its classes are others."""
    for name, module in LOADED.items():
        monkeypatch.setitem(sys.modules, name, module)
