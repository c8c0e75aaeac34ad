"""Same story, same seed: the same transcript, byte for byte, whatever the hash seed of the process.

Law: no order of a set, no `hash()`, no `id()`, no clock and no randomness but the world's own reaches a transcript. Each story is
played in processes of its own, because that is where the hash seed is decided.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

SCENARIOS = sorted((Path(__file__).parent.parent / "scenarios").glob("[!_]*.py"))

# Everything a run leaves behind: scenes (pages and frames), then the world's own trace.
PLAY = """
import sys
from pathlib import Path
from liveview_testing.record.story import load, play, world_of

for file in sys.argv[2:]:
    module = load(Path(file))
    sim = world_of(module, seed=int(sys.argv[1]))
    for scene in play(module, sim):
        print(scene.text())
    print(sim.trace)
    print(end="\\0")
"""


def transcripts(scenarios: list[Path], *, seed: int = 0) -> list[list[str]]:
    """What processes with two hash seeds print of the stories, one after the other."""
    found: list[list[str]] = []
    running: list[subprocess.Popen[bytes]] = []
    for hash_seed in ("1", "4242"):
        environment = {**os.environ, "PYTHONHASHSEED": hash_seed, "PYTHONIOENCODING": "utf-8"}
        command = [sys.executable, "-c", PLAY, str(seed), *map(str, scenarios)]
        running.append(subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE))
    for process in running:
        out, error = process.communicate()
        assert process.returncode == 0, error.decode()
        found.append(out.decode().split("\0")[:-1])
    return found


def test_same_stories_in_another_process() -> None:
    """Two hash seeds, one transcript of each scenario."""
    ours, theirs = transcripts(SCENARIOS)
    assert len(ours) == len(theirs) == len(SCENARIOS)
    assert [path.stem for path, a, b in zip(SCENARIOS, ours, theirs, strict=True) if a != b] == []
    assert [path.stem for path, each in zip(SCENARIOS, ours, strict=True) if len(each) <= 200] == []


def test_the_seed_reaches_the_story() -> None:
    """Another seed gives another chat (its user names are drawn), so equality above is not for want of randomness."""
    chat = [path for path in SCENARIOS if path.stem == "chat"]
    assert transcripts(chat, seed=0)[0] != transcripts(chat, seed=1)[0]


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
