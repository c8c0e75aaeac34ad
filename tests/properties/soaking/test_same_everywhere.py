"""One seed is one run, whoever runs it; and what would be another run the second time is found, at the place where it begins.

The canaries are worlds whose topics, tasks or timers depend on something that is no part of the world.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from liveview_testing import soak
from liveview_testing.properties.soaking.soaking import check

HERE = Path(__file__).parent
CHAT, TODOS = str(HERE / "chat_world.py"), str(HERE / "todos_world.py")

TELL = """
import sys
from liveview_testing import Simulation, explore, soak
from tests.properties.exploring.systems import system

for place in sys.argv[1:]:
    for seed, digest in soak(place, seeds=range(3), acts=15).digests.items():
        print(place, seed, digest)
for seed in (1, 4):
    given = system(seed)
    found = explore(given.sim, given.deeds, raising=False)
    print(found.worlds, found.schedules, found.choices, *map(str, found.races), sorted(map(repr, found.outcomes)))
"""


def test_other_hash_seeds_give_the_same_runs_and_the_same_reports() -> None:
    """In processes of their own, because that is where a hash seed is decided."""
    running: list[subprocess.Popen[str]] = []
    root = str(HERE.parents[2])
    for hash_seed in ("1", "4242"):
        environment = {**os.environ, "PYTHONHASHSEED": hash_seed, "PYTHONPATH": root}
        command = [sys.executable, "-c", TELL, CHAT, TODOS]
        running.append(subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True, cwd=root))
    one, other = (process.communicate()[0] for process in running)
    assert [process.returncode for process in running] == [0, 0]
    assert one == other
    here = [
        f"{place} {seed} {digest}"
        for place in (CHAT, TODOS)
        for seed, digest in soak(place, seeds=range(3), acts=15).digests.items()
    ]
    assert one.splitlines()[:6] == here


ODD = """
import itertools
from liveview_core import LiveView, heex

RUNS = itertools.count()


class OddLive(LiveView):
    def mount(self, params, session, socket):
        return socket.assign(heard=(), odd=next(RUNS) // 2 % 2)  # rendered, then joined: two a run

    def handle_event(self, event, params, socket):
        {0}

    def handle_info(self, msg, socket):
        return socket.assign(heard=(*socket.assigns.heard, msg))

    def handle_async(self, name, result, socket):
        return socket.assign(heard=(*socket.assigns.heard, name))

    render = heex('<button phx-click="go">{{str(@heard)}}</button>')


def world(sim):
    return sim.page(OddLive)
"""

PLANTED = {
    "topics": (
        'topic = "ab"[socket.assigns.odd]; return socket.subscribe(topic).broadcast("a", "hello")',
        ("phx-1 broadcast str 'hello' from phx-1", "phx-1 client event"),
    ),
    "tasks": (
        'first, second = ("a", "b") if socket.assigns.odd else ("b", "a");'
        " return socket.start_async(first, int).start_async(second, int)",
        ("phx-1 task a", "phx-1 task b"),
    ),
    "timers": (
        'return socket.send_after("later", 1 + socket.assigns.odd)',
        ("1735732801000000 phx-1 timer str 'later'", "1735732802000000 phx-1 timer str 'later'"),
    ),
}
"""How something odd is done, and what stands where the two runs part."""


@pytest.mark.parametrize("what", PLANTED)
def test_what_is_another_run_the_second_time_is_found_where_it_begins(what: str, tmp_path: Path) -> None:
    source, parting = PLANTED[what]
    place = tmp_path / f"odd_{what}_world.py"
    place.write_text(ODD.format(source))
    told = check(str(place), 0, acts=12)
    assert told is not None
    head, here, there = told.splitlines()[:3]
    assert head.startswith("two runs of seed 0 part at line")
    assert here != there
    for words in parting:
        assert words in here + there, told
