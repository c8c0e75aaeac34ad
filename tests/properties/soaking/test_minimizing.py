"""What a soak finds in disorder, or by a fault, comes down to a test as anything else does."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from liveview_testing import Faults, Simulation, replay, soak
from liveview_testing.command_line.main import main
from liveview_testing.properties.exploring.counterexamples.signatures import signature
from liveview_testing.properties.soaking.running import Sizes, run_seed
from liveview_testing.properties.soaking.target import load

HERE = Path(__file__).parent
RACING = str(HERE / "racing_world.py")


def fails_as_printed(kind: Any) -> None:
    """As it is printed, without a word more, and with the signature of the run."""
    assert not kind.test.startswith("#"), kind.test
    names: dict[str, Any] = {}
    exec(kind.test, names)
    with pytest.raises((AssertionError, LookupError)) as raised:
        next(each for name, each in names.items() if name.startswith("test_soak_seed_"))()
    assert signature(raised.value) == kind.signature


@pytest.mark.parametrize("seed", [77, 78])
def test_a_race_comes_down_to_its_acts_and_their_order(seed: int) -> None:
    """Two searches, of which the second is answered first; nothing else."""
    report = soak(RACING, seeds=[seed], acts=25)
    (kind,) = report.kinds
    assert kind.signature == ("PropertyBroken", "no result comes late")
    assert not run_seed(load(RACING), seed, Sizes(2, 25, None)).orderly
    assert kind.shrunk == 2
    body = kind.test.partition(" = world(sim)\n")[2].splitlines()
    assert [line.strip().partition("(")[0] for line in body if "order." in line].count("order.deliver") <= 2
    assert 'order.deliver_result("search 1"' in body[-2] or 'order.finish("search 1"' in body[-2]
    assert body[-1].startswith("        INVARIANTS[0].check(sim)"), "before what still waits arrives"
    assert len(body) <= 10, kind.test
    fails_as_printed(kind)


def test_a_fault_comes_down_to_a_line() -> None:
    """In a run in the usual order, too."""
    report = soak(RACING, seeds=range(1, 12), acts=25, faults=Faults(drops=1))
    (kind,) = (each for each in report.kinds if each.signature[1] == "a visitor is counted once")
    assert kind.shrunk == 1
    assert kind.test.count("order.drop(") == 1
    fails_as_printed(kind)


LATE = """
from liveview_core import LiveView, heex


class DeskLive(LiveView):
    def mount(self, params, session, socket):
        return socket.assign(asked=0, shown=0)

    def handle_event(self, event, params, socket):
        asked = socket.assigns.asked + 1
        return socket.assign(asked=asked).start_async(f"answer {asked}", lambda: asked)

    def handle_async(self, name, result, socket):
        if result.value < socket.assigns.shown:
            raise LookupError("an older answer")
        return socket.assign(shown=result.value)

    render = heex('<button phx-click="ask">Ask</button>')


def world(sim):
    return sim.page(DeskLive), sim.page(DeskLive)


def acts(page, chance):
    return page.get_by_role("button").click
"""


def test_an_error_in_disorder_comes_down_to_a_test_that_raises_it(tmp_path: Path) -> None:
    """In the block, by what arrives last."""
    place = tmp_path / "desk_world.py"
    place.write_text(LATE)
    report = soak(str(place), seeds=[15], acts=15, laws=False)
    (kind,) = report.kinds
    assert kind.signature == ("LookupError", "desk_world.py", "DeskLive.handle_async")
    assert kind.shrunk == 2
    assert "with sim.in_order() as order:" in kind.test
    assert kind.test.splitlines()[-1].startswith("        order.")
    fails_as_printed(kind)


HEARD = """
from liveview_core import LiveView, heex
from liveview_testing import eventually


class MailLive(LiveView):
    def mount(self, params, session, socket):
        return socket.assign(heard=0).subscribe("mail")

    def handle_event(self, event, params, socket):
        return socket.broadcast("mail", "hello")

    def handle_info(self, msg, socket):
        return socket.assign(heard=1)

    render = heex('<button phx-click="write">{@heard}</button>')


def world(sim):
    return sim.page(MailLive), sim.page(MailLive)


def acts(page, chance):
    return page.get_by_role("button").click


INVARIANTS = [eventually(lambda sim: all(view.assigns.heard for view in sim.views), "everybody hears")]
"""


def test_what_should_come_about_is_not_shrunk_by_leaving_it_out(tmp_path: Path) -> None:
    """What is left fails only because of the fault: without it, what was done brings it about."""
    place = tmp_path / "mail_world.py"
    place.write_text(HEARD)
    report = soak(str(place), seeds=range(12), acts=3, faults=Faults(drops=1, crashes=1))
    (kind,) = report.kinds
    assert kind.shrunk is not None
    assert kind.shrunk >= 1
    assert "order.drop(" in kind.test or "order.crash(" in kind.test
    assert '.get_by_role("button"' in kind.test
    assert kind.test.splitlines()[-1].startswith("    INVARIANTS[0].check(sim)"), "once what still waits has arrived"
    fails_as_printed(kind)


def test_a_failure_of_which_nothing_can_be_left_out_is_told_by_its_seed(tmp_path: Path) -> None:
    """Nobody does anything in it that counts."""
    place = tmp_path / "silent_world.py"
    place.write_text(HEARD.replace('page.get_by_role("button").click', "None"))
    report = soak(str(place), seeds=range(2), acts=3)
    (kind,) = report.kinds
    assert (kind.shrunk, kind.test) == (None, "")
    assert "not made smaller: done again" in report.text()


def test_the_script_of_a_run_in_disorder_is_the_same_run() -> None:
    """What arrived, and when, is in it."""
    target = load(RACING)
    for seed in (77, 144):
        ran = run_seed(target, seed, Sizes(2, 25, None))
        assert not ran.orderly
        script = ran.sim.script
        again = Simulation(seed=seed)
        replay(script, again)
        assert again.trace == ran.sim.trace


NEVER = """
from liveview_core import LiveView, heex
from liveview_testing import sometimes


class StillLive(LiveView):
    render = heex("<p>Nothing</p>")


def world(sim):
    return sim.page(StillLive)


INVARIANTS = [sometimes(lambda sim: False, "something happens")]
"""


def test_what_many_seeds_should_have_seen_is_wrong_if_none_did(tmp_path: Path) -> None:
    place = tmp_path / "still_world.py"
    place.write_text(NEVER)
    for seeds, code in (("3", 0), ("100", 1)):
        run = CliRunner().invoke(main, ["soak", str(place), "--seeds", seeds, "--acts", "1"])
        assert (run.exit_code, "not seen: something happens" in run.output) == (code, True)
    assert soak(str(place), seeds=[1], acts=1).unseen == ("something happens",)
