"""Generated pages and acts, ours and the official client's in lockstep: five hundred runs in `make test`, thousands in `make thorough`."""

from __future__ import annotations

from random import Random

import pytest

from tests.harness.happenings import Choices
from tests.official_client.client import Judges
from tests.official_client.lockstep import Lockstep
from tests.official_client.tab.generated import made, play

RUNS, THOROUGH = 500, 20_000
"""How many sequences of acts, and how many with `--hypothesis-profile=thorough`."""

PLAYED, IN_A_ROW = 4, 2
"""On each page so many, of which so many begin where the one before has ended: to open a page costs as much as to play on it."""

FILES = 12
"""So many tests share them."""


@pytest.mark.parametrize("part", range(FILES))
def test_generated_tabs(judges: Judges, part: int, pytestconfig: pytest.Config) -> None:
    runs = THOROUGH if pytestconfig.getoption("--hypothesis-profile") == "thorough" else RUNS
    for seed in range(part, runs // PLAYED, FILES):
        random = Random(f"tab {seed}")
        choices = Choices(random.randrange)
        text, view = made(choices)
        both: Lockstep | None = None
        for turn in range(PLAYED):
            try:
                if both is None or turn % IN_A_ROW == 0:
                    both = Lockstep.of(judges, view)
                play(both, choices, 12)
            except AssertionError as error:
                error.add_note(f"seed {seed}, turn {turn}, of the page {text}")
                raise
