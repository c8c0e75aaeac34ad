"""Same story, same seed: the same transcript, byte for byte, whatever the hash seed of the process.

Law: no order of a set, no `hash()`, no `id()`, no clock and no randomness but the world's own reaches a transcript. Each story is
played in processes of its own, because that is where the hash seed is decided.
"""

from __future__ import annotations

import os
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

SCENARIOS = sorted((Path(__file__).parent.parent / "scenarios").glob("[!_]*.py"))

# Everything a run leaves behind: scenes (pages and frames), then the world's own trace.
PLAY = """
import sys
from pathlib import Path
from liveview_testing import Simulation
from liveview_testing.record.story import load, play

module = load(Path(sys.argv[1]))
sim = Simulation(getattr(module, "ROUTER", None), seed=int(sys.argv[2]))
for scene in play(module, sim):
    print(scene.text())
print(sim.trace)
"""


@cache
def transcript(scenario: Path, *, seed: int, hash_seed: str) -> bytes:
    """What a process with this hash seed prints of the story."""
    environment = {**os.environ, "PYTHONHASHSEED": hash_seed, "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-c", PLAY, str(scenario), str(seed)]
    ran = subprocess.run(command, env=environment, capture_output=True, check=False)
    assert ran.returncode == 0, ran.stderr.decode()
    return ran.stdout


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda path: path.stem)
def test_same_story_in_another_process(scenario: Path) -> None:
    """Two hash seeds, one transcript."""
    ours, theirs = (transcript(scenario, seed=0, hash_seed=hash_seed) for hash_seed in ("1", "4242"))
    assert ours == theirs
    assert len(ours) > 200


def test_the_seed_reaches_the_story() -> None:
    """Another seed gives another chat (its user names are drawn), so equality above is not for want of randomness."""
    (chat,) = (path for path in SCENARIOS if path.stem == "chat")
    assert transcript(chat, seed=0, hash_seed="1") != transcript(chat, seed=1, hash_seed="1")


def test_hash_seeds_do_differ() -> None:
    """The canary: two such processes order a set of strings differently, so a leak of that order would show."""
    orders = set[str]()
    for hash_seed in ("1", "4242"):
        code = "print(list({str(n) for n in range(50)}))"
        environment = {**os.environ, "PYTHONHASHSEED": hash_seed}
        orders.add(
            subprocess.run(
                [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True
            ).stdout
        )
    assert len(orders) == 2
