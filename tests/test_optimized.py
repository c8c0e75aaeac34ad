"""The same under `python -O`, and under other hash seeds: tests of the kit pass, and a story leaves the same trace.

Law: what is refused is refused by an error that is raised, not by an assertion that an option of Python takes away.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from liveview_testing import Simulation
from liveview_testing.record.story import load, play

ROOT = Path(__file__).parent.parent
STORY = ROOT / "scenarios" / "todos.py"
TESTS = ("tests/world/simulation/test_clock.py", "tests/failures/test_pickling.py")
WAYS = {"-O, hash seed 1": (["-O"], "1"), "hash seed 4242": ([], "4242")}

RUN = """
import sys
from pathlib import Path
from liveview_testing import Simulation
from liveview_testing.record.story import load, play

module = load(Path(sys.argv[1]))
sim = Simulation(getattr(module, "ROUTER", None))
scenes = sum(1 for scene in play(module, sim))
print("story", scenes, sim.digest, sys.flags.optimize, hash("a"), flush=True)

import pytest
options = ["-q", "-W", "ignore::pytest.PytestConfigWarning"]
for plugin in ("cacheprovider", "randomly", "xdist"):
    options += ["-p", f"no:{plugin}"]
sys.exit(pytest.main([*options, *sys.argv[2:]]))
"""


@pytest.fixture(scope="module")
def runs() -> Iterator[dict[str, subprocess.Popen[str]]]:
    """All at once, as each mostly imports."""
    started = {
        way: subprocess.Popen(
            [sys.executable, *options, "-c", RUN, str(STORY), *TESTS],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONIOENCODING": "utf-8"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        for way, (options, seed) in WAYS.items()
    }
    yield started
    for each in started.values():
        each.kill()
        each.wait()


@pytest.fixture(scope="module")
def told(runs: dict[str, subprocess.Popen[str]]) -> dict[str, tuple[int | None, str]]:
    """What each of them said in the end."""
    said = {way: each.communicate()[0] for way, each in runs.items()}
    return {way: (runs[way].returncode, text) for way, text in said.items()}


@pytest.mark.parametrize("way", WAYS)
def test_tests_of_the_kit_pass(way: str, told: dict[str, tuple[int | None, str]]) -> None:
    code, text = told[way]
    assert code == 0, text
    assert " passed" in text
    assert " failed" not in text


def test_a_story_leaves_the_same_trace(told: dict[str, tuple[int | None, str]]) -> None:
    stories = {way: text.split()[:5] for way, (_, text) in told.items()}
    assert {way: story[0] for way, story in stories.items()} == dict.fromkeys(WAYS, "story")
    scenes, digests, optimized, hashes = ({way: story[at] for way, story in stories.items()} for at in (1, 2, 3, 4))
    module = load(STORY)
    sim = Simulation(getattr(module, "ROUTER", None))
    ours = sum(1 for _ in play(module, sim))
    assert set(digests.values()) == {sim.digest}
    assert set(scenes.values()) == {str(ours)}
    assert ours > 3
    assert list(optimized.values()) == ["1", "0"]
    assert len({*hashes.values(), str(hash("a"))}) >= 2, "the hash seeds do differ"
