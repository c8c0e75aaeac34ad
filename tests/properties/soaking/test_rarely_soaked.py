"""What a soak seldom meets: lists of options, targets of other kinds, executors that break, reports of runs that did not end."""

from __future__ import annotations

import sys
from concurrent.futures import Executor, Future
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from liveview_core.errors import BadOption
from liveview_testing import Page, Simulation, soak
from liveview_testing.laws import LawBroken
from liveview_testing.properties.soaking import batches, soaking
from liveview_testing.properties.soaking.batches import OtherCode, Spread, run_batch
from liveview_testing.properties.soaking.running import Sizes
from liveview_testing.properties.soaking.soaking import SoakReport, check
from liveview_testing.properties.soaking.target import load
from tests.properties.soaking import select_world

HERE = Path(__file__).parent
PLACE = "tests.properties.soaking.select_world"
SIZES = Sizes(1, 5, 100, None, True, True)


def test_an_option_is_chosen_and_what_it_comes_to_is_a_test() -> None:
    """Of a module by its name, with a router and options: its test imports them."""
    report = soak(PLACE, seeds=range(30), acts=40)
    (kind,) = report.kinds
    assert kind.signature[:1] == ("ValueError",)
    assert kind.test is not None
    assert f"from {PLACE} import OPTIONS, ROUTER, world" in kind.test
    assert "sim = Simulation(ROUTER, seed=" in kind.test
    assert "**OPTIONS)" in kind.test
    assert '.select_option("poison")' in kind.test
    names: dict[str, Any] = {}
    exec(compile(kind.test, "again.py", "exec"), names)
    with pytest.raises(ValueError, match="nobody drinks that"):
        next(each for name, each in names.items() if name.startswith("test_"))()


def test_a_function_is_a_target_too() -> None:
    def world(sim: Simulation) -> Page:
        return sim.page(select_world.Order())

    target = load(world)
    assert target.place.endswith("test_a_function_is_a_target_too.<locals>.world")
    assert soak(world, seeds=[3], acts=5, people=1).seeds == 1
    with pytest.raises(BadOption, match=r"^workers read the target by its place\n"):
        soak(world, seeds=[3], workers=2)


def test_the_scripts_of_a_report_are_those_of_its_seeds() -> None:
    report = soak(PLACE, seeds=[1, 2], acts=3, shrink=False)
    assert list(report.scripts) == [1, 2]
    assert len(report.scripts) == 2
    assert 3 not in report.scripts
    assert len(report.scripts[1]) > 0


def test_a_report_of_runs_that_did_not_end() -> None:
    report = SoakReport("a.py", 1, 5, (), {1: "x"}, {}, 1, (2, 3), 0.0)
    assert report.text() == "1 seed · 5 acts · 0 failures\nnot run, as the executor broke: seeds 2, 3"


# --- executors --------------------------------------------------------------------------------------------------------


class Here(Executor):
    """Runs in this process, at once; `fails`: what it does instead, by the number of the call."""

    def __init__(self, fails: dict[int, BaseException] | None = None, answer: Any = None) -> None:
        self.fails, self.answer, self.calls = fails or {}, answer, 0

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        self.calls += 1
        future: Future[Any] = Future()
        error = self.fails.get(self.calls)
        if isinstance(error, OSError):
            raise error
        if error is not None:
            future.set_exception(error)
        else:
            future.set_result(self.answer or fn(*args, **kwargs))
        return future


def test_other_code_in_a_worker_is_told() -> None:
    assert run_batch(PLACE, (1,), (1, 5, 100, None, True, True), (1, "other"))[0] == "other code"
    with pytest.raises(OtherCode) as told:
        Spread(PLACE, (1, 2), SIZES, Here(answer=("other code", (1, "a"), (1, "b")))).run()
    assert str(told.value).splitlines()[:3] == [
        f"a worker has another {PLACE}",
        "  expected: (1, 'a')",
        "  got: (1, 'b')",
    ]


def test_an_executor_that_takes_nothing_is_not_mended() -> None:
    """It is somebody else's; of our own a new one is made."""
    with pytest.raises(OSError, match="full"):
        Spread(PLACE, (1, 2), SIZES, Here({1: OSError("full")})).run()


def test_our_own_workers_are_made_again(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[Here] = []

    def pool(self: Spread) -> Here:
        made.append(Here({1: OSError("full")} if not made else {}))
        return made[-1]

    monkeypatch.setattr(Spread, "_pool", pool)
    spread = Spread(PLACE, (1, 2, 3), SIZES)
    assert [told[0] for told in spread.run()] == [1, 2, 3]
    assert len(made) == 2


def test_who_interrupts_a_soak_interrupts_it() -> None:
    with pytest.raises(KeyboardInterrupt):
        Spread(PLACE, (1, 2), SIZES, Here({1: KeyboardInterrupt()})).run()


# --- twice ------------------------------------------------------------------------------------------------------------


def test_a_difference_that_does_not_come_again_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    digests = iter(("a", "b"))
    same = SimpleNamespace(sim=SimpleNamespace(trace=b"one\ntwo\n"))
    monkeypatch.setattr(soaking, "run_seed", lambda *given: SimpleNamespace(digest=next(digests)))
    monkeypatch.setattr(soaking, "again", lambda *given: same)
    assert check(PLACE, 7) == (
        "two runs of seed 7 part, and not in two further ones: something outside of the world is asked"
    )
    assert batches.VERSION == 1
    assert PLACE in sys.modules


# --- laws -------------------------------------------------------------------------------------------------------------

MUTATING = """
from liveview_core import LiveView, heex


class ListLive(LiveView):
    def mount(self, params, session, socket):
        return socket.assign(items=[])

    def handle_event(self, event, params, socket):
        if event == "add":
            socket.assigns["items"].append(1)
        return socket

    render = heex('''<button phx-click="add">Add</button><button phx-click="other">Other</button>
    <i :for={i in @items}>{i}</i>''')


OPTIONS = {"checks": {"patch law": "ignore"}}  # at the end of the test around


def world(sim):
    return sim.page(ListLive)
"""


def test_a_law_that_is_broken_comes_down_to_a_test_that_holds_it(tmp_path: Path) -> None:
    place = tmp_path / "mutating_world.py"
    place.write_text(MUTATING)
    (kind,) = soak(str(place), seeds=range(3), acts=60).kinds
    assert kind.signature[0] == "LawBroken"
    assert kind.shrunk == 1
    assert kind.test is not None
    assert "from liveview_testing.laws import hold\n" in kind.test
    assert [line.strip() for line in kind.test.rstrip().splitlines()[-2:]] == [
        'ann.get_by_role("button", name="Add").click()',
        "hold(sim)",
    ]
    names: dict[str, Any] = {}
    exec(compile(kind.test, "again.py", "exec"), names)
    with pytest.raises(LawBroken, match=r"^the patch law is broken: "):
        next(each for name, each in names.items() if name.startswith("test_"))()
