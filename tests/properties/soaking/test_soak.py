"""Seeds: the same run each time, whoever runs it; what is wrong is found, made small and told; lost workers lose nothing."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from liveview_core.errors import LiveViewError
from liveview_testing import Faults, replay, soak
from liveview_testing.command_line.main import main
from liveview_testing.properties.exploring.counterexamples.signatures import signature
from liveview_testing.properties.soaking.running import Sizes, run_seed
from liveview_testing.properties.soaking.soaking import check
from liveview_testing.properties.soaking.target import load

HERE = Path(__file__).parent
BROKEN, TODOS, CHAT, KILLING = (str(HERE / f"{name}_world.py") for name in ("broken", "todos", "chat", "killing"))


def test_a_failure_is_found_and_comes_down_to_what_shows_it() -> None:
    report = soak(BROKEN, seeds=range(6), acts=40)
    (kind,) = report.kinds
    assert kind.signature == ("LookupError", "broken_world.py", "BrokenLive.handle_event")
    assert kind.seeds == (0, 1, 2, 4)
    assert kind.shrunk == 3
    assert report.failures == 4
    text = report.text()
    assert (
        "LookupError in BrokenLive.handle_event (broken_world.py), seeds 0, 1, 2, 4; shrunk from 18 acts to 3:" in text
    )
    assert f"again: liveview soak {BROKEN} --seed 0" in text


def test_what_it_comes_down_to_runs_and_fails_the_same_way() -> None:
    """As it is printed, without a word more."""
    report = soak(BROKEN, seeds=[2], acts=40)
    (kind,) = report.kinds
    names: dict[str, Any] = {}
    exec(kind.test, names)
    with pytest.raises(LookupError, match="nothing to fire at") as raised:
        names["test_soak_seed_2"]()
    assert signature(raised.value) == kind.signature


def test_an_invariant_that_does_not_hold_comes_down_to_a_test_that_asks_it() -> None:
    """What was done is made smaller as any script is: fewer acts, plainer values."""
    report = soak(str(HERE / "crowded_world.py"), seeds=range(3), acts=60)
    (kind,) = report.kinds
    assert kind.signature[1] == "nobody has a long name"
    assert kind.shrunk == 1
    assert "always(INVARIANTS[0]).check(sim)  # nobody has a long name" in kind.test
    assert "world(sim, 2)" in kind.test
    assert '.fill("aaa")' in kind.test
    names: dict[str, Any] = {}
    exec(kind.test, names)
    with pytest.raises(AssertionError) as raised:
        next(each for name, each in names.items() if name.startswith("test_soak_seed_"))()
    assert signature(raised.value) == kind.signature


@pytest.mark.parametrize("place", [TODOS, CHAT])
def test_our_own_scenarios_hold(place: str) -> None:
    """With lost connections and dead processes, and messages in any order in some runs."""
    report = soak(place, seeds=range(4), acts=40)
    assert report.text().splitlines() == [f"4 seeds · {report.acts:,} acts · 0 failures · sometimes: 1 of 1 seen"]


def test_a_seed_is_the_same_run_each_time() -> None:
    target, sizes = load(TODOS), Sizes(2, 30, None)
    first, second = run_seed(target, 5, sizes), run_seed(target, 5, sizes)
    assert first.sim.trace == second.sim.trace
    assert first.digest == run_seed(target, 5, Sizes(2, 30, 50)).digest, "whatever is remembered"
    assert check(TODOS, 5, acts=30) is None


def test_faults_change_nothing_of_what_people_do() -> None:
    """Each concern has a stream of chance of its own."""
    target = load(BROKEN)
    plain = run_seed(target, 7, Sizes(2, 12, None)).sim.script
    faulty = run_seed(target, 7, Sizes(2, 12, None, Faults(drops=5))).sim.script
    assert [act.verb for act in plain][:6] == [act.verb for act in faulty][:6]


def test_the_script_of_a_seed_is_the_same_run() -> None:
    report = soak(TODOS, seeds=[1], acts=20, faults=Faults(), shrink=False)
    script = report.scripts[1]
    assert replay(script).world.now > 0


def test_a_code_that_asks_something_outside_is_found_out(tmp_path: Path) -> None:
    place = tmp_path / "random_world.py"
    place.write_text(
        "import itertools\n"
        "from liveview_core import LiveView, heex\n"
        "NUMBERS = itertools.count()\n"
        "class Odd(LiveView):\n"
        "    def mount(self, params, session, socket):\n"
        "        return socket.assign(n=next(NUMBERS))\n"
        "    def handle_event(self, event, params, socket):\n"
        "        return socket.assign(n=next(NUMBERS))\n"
        "    render = heex('<button phx-click=\"go\">{@n}</button>')\n"
        "def world(sim):\n"
        "    return sim.page(Odd)\n"
    )
    told = check(str(place), 0, acts=5)
    assert told is not None
    assert told.startswith("two runs of seed 0 part at line")


def test_workers_give_the_same_report_and_a_seed_that_kills_them_is_a_failure() -> None:
    """The others of its batch are run all the same."""
    report = soak(KILLING, seeds=range(8), acts=5, workers=2)
    (kind,) = report.kinds
    assert kind.signature == ("killed its worker",)
    assert kind.seeds == (3,)
    alone = soak(KILLING, seeds=[seed for seed in range(8) if seed != 3], acts=5)
    assert {**report.digests, 3: None} == {**alone.digests, 3: None}
    assert report.lost >= 2


def test_what_is_no_target_is_told() -> None:
    with pytest.raises(LiveViewError, match="there is no file nowhere"):
        soak("nowhere.py")
    with pytest.raises(LiveViewError, match="has no function world") as raised:
        soak(str(HERE / "test_soak.py"))
    assert "expected: def world(sim): … return the pages\n  got: " in str(raised.value)
    assert "__name__" not in str(raised.value)
    with pytest.raises(LiveViewError, match="the option acts of soak is wrong"):
        soak(BROKEN, acts=0)


def test_the_command() -> None:
    run = CliRunner().invoke(main, ["soak", BROKEN, "--seeds", "3", "--acts", "40"])
    assert run.exit_code == 1
    assert "shrunk from" in run.output
    again = CliRunner().invoke(main, ["soak", BROKEN, "--seed", "3", "--acts", "5", "--check"])
    assert (again.exit_code, again.output) == (0, "equal, byte for byte\n")


def test_a_program_from_standard_input_cannot_have_workers() -> None:
    """Its processes would look for a file that is not there, for ever."""
    program = f"from liveview_testing import soak\nsoak({TODOS!r}, seeds=range(2), workers=2)\n"
    ended = subprocess.run([sys.executable, "-"], input=program, capture_output=True, text=True, check=False)
    assert "worker processes cannot import the program that soaks" in ended.stderr


TASKS = """
from liveview_core import LiveView, heex


class HopefulLive(LiveView):
    def mount(self, params, session, socket):
        return socket.assign(total=0)

    def handle_event(self, event, params, socket):
        return socket.start_async("count", lambda: 1)

    def handle_async(self, name, result, socket):
        return socket.assign(total=socket.assigns.total + result.value)

    render = heex('<button phx-click="count">{@total}</button>')


def world(sim):
    return sim.page(HopefulLive)
"""


def test_tasks_fail_where_faults_say_so(tmp_path: Path) -> None:
    """In runs in the usual order, where the failure is an act like any other, and in others."""
    place = tmp_path / "hopeful_world.py"
    place.write_text(TASKS)
    assert soak(str(place), seeds=range(20), acts=30).failures == 0
    report = soak(str(place), seeds=range(20), acts=30, faults=Faults(tasks=2))
    (kind,) = report.kinds
    assert kind.signature == ("AttributeError", "hopeful_world.py", "HopefulLive.handle_async")
    orderly = {run_seed(load(str(place)), seed, Sizes(1, 30, None, Faults(tasks=2))).orderly for seed in kind.seeds}
    assert orderly == {True, False}
    assert kind.shrunk is not None
    assert kind.shrunk <= 5
    assert "sim.tasks.fail()" in kind.test
