"""Scripts written down: as tests that pass, and as JSON that comes back."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from textwrap import dedent
from typing import Any

import lxml.etree
import pytest
from attrs import evolve

from liveview_core import LiveView, Socket, heex
from liveview_testing import Error, Script, Simulation, replay
from liveview_testing.record.scripts.literals import NoLiteral, where_is
from liveview_testing.record.scripts.player import NotReplayed
from liveview_testing.record.scripts.targets import OnElement
from liveview_testing.record.story import world_of
from tests.harness.places import SCENARIOS
from tests.harness.shop_router import ROUTER
from tests.record.scripts.rooms import AlikeLive

STEMS = [path.stem for path in sorted(SCENARIOS.glob("*.py"))]
HOLDING = {"feed", "orders", "tickets"}
UNNAMED = {"todos"}
"""Scenarios whose views are made by the story itself, and have no name in a module."""


@pytest.fixture(autouse=True)
def scenarios_on_the_path(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(SCENARIOS))


def played(stem: str) -> Simulation:
    scenario = importlib.import_module(f"scenarios.{stem}")
    sim = world_of(scenario)
    for _ in scenario.story(sim):
        pass
    return sim


def ran(text: str, **names: Any) -> Simulation:
    """The world that the written test leaves behind."""
    space: dict[str, Any] = dict(names)
    exec(compile(f"{text}    globals()['left'] = sim\n", "written", "exec"), space)
    next(each for name, each in space.items() if name.startswith("test_"))()
    left: Simulation = space["left"]
    return left


@pytest.mark.parametrize("stem", [stem for stem in STEMS if stem not in UNNAMED])
def test_a_story_is_written_as_a_test(stem: str) -> None:
    """The text runs, passes, and its run is that of the story, byte for byte; so does what comes back from JSON."""
    sim = played(stem)
    script = sim.script
    assert ran(script.to_test(name=f"test_{stem}")).trace == sim.trace
    if stem in HOLDING:  # a view that holds the store of its world: only that world has it
        with pytest.raises(NoLiteral, match="Store"):
            script.to_json()
        return
    again = Script.from_json(script.to_json())
    assert again == script
    assert again.to_json() == script.to_json()
    assert replay(again).trace == sim.trace


# --- what has no literal --------------------------------------------------------------------------------------------------


class Thing:
    """It has no literal."""


class HearingLive(LiveView):
    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(heard=0)

    def handle_info(self, msg: Any, socket: Socket) -> Socket:
        return socket.update("heard", lambda heard: heard + 1)

    render = heex("<p>{@heard}</p>")


def test_what_cannot_be_written_names_the_act() -> None:
    """Replaying in the process goes all the same."""
    sim = Simulation()
    view = sim.live(HearingLive)
    view.send("hello")
    view.send(Thing())
    with pytest.raises(NoLiteral, match="act 3 of the script cannot be written down") as raised:
        sim.script.to_test()
    assert raised.value.__notes__[0].startswith("the act is: ann.send(")
    with pytest.raises(NoLiteral, match="act 3 of the script cannot be written down"):
        sim.script.to_json()
    assert replay(sim.script).views[0].has_element("p", "2")


def test_an_object_is_written_by_the_name_that_is_given() -> None:
    """Then the text uses that name."""
    sim, thing = Simulation(), Thing()
    sim.live(HearingLive).send(thing)
    text = sim.script.to_test(names={"THING": thing})
    assert "    ann.send(THING)\n" in text
    assert ran(text, THING=thing).trace == sim.trace


class Kept:
    """Has no fields by which it could be made again."""


KEPT = Kept()


def test_an_object_is_imported_from_where_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    """The user's own modules first, though an installed one has it too; and that one, if it is nowhere else."""
    monkeypatch.setattr(lxml.etree, "KEPT", KEPT, raising=False)
    assert where_is(KEPT) == (__name__, "KEPT")
    other = Kept()
    monkeypatch.setattr(lxml.etree, "OTHER", other, raising=False)
    assert where_is(other) == ("lxml.etree", "OTHER")
    assert where_is(Kept()) is None
    assert where_is("text") is None


def test_a_local_class_names_the_cure() -> None:
    """A view that is made in a function cannot be imported."""

    class LocalLive(HearingLive):
        pass

    sim = Simulation()
    sim.live(LocalLive)
    with pytest.raises(NoLiteral, match=r"the class .*LocalLive cannot be imported") as raised:
        sim.script.to_test()
    assert "move it to the top of its module" in str(raised.value)


def test_an_act_that_raised_stands_at_its_time() -> None:
    """Counted from the beginning of the script, as the others are."""
    sim = Simulation()
    page = sim.page(Uncounted)
    sim.clock.advance(2.5)
    with pytest.raises(Error):
        page.locator("#nothing").click(timeout=1)
    assert [line[:9].strip() for line in str(sim.script).splitlines()] == ["0.000", "0.000", "2.500"]
    assert str(sim.script).endswith("  # raised")


class Uncounted(LiveView):
    """It shows nothing."""

    render = heex("<p>x</p>")


def test_an_object_is_imported_from_the_module_that_defines_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not from one that has it from there, though its name comes first: a conftest is no module for others."""
    text = """
    from tests.harness.shop_router import ROUTER

    def fixture():
        ROUTER = None
        return ROUTER
    """
    (tmp_path / "a_conftest.py").write_text(dedent(text), encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.delitem(sys.modules, "a_conftest", raising=False)
    assert importlib.import_module("a_conftest").ROUTER is ROUTER
    assert where_is(ROUTER) == ("tests.harness.shop_router", "ROUTER")
    sim = Simulation(ROUTER)
    sim.page("/").get_by_role("button").click()
    assert "from tests.harness.shop_router import ROUTER\n" in sim.script.to_test()
    assert "a_conftest" not in sim.script.to_test()
    monkeypatch.delitem(sys.modules, "a_conftest")


def test_elements_that_were_meant_by_their_place_are_written_by_selectors() -> None:
    """Each by one that finds it alone: by its id, its text, an attribute, what is around it, its place in the page."""
    sim = Simulation()
    view = sim.live(AlikeLive)
    for number in range(10):
        nodes = [each for each in view.line.page.root.iter() if each.get("phx-click")]
        view.at(nodes[number]).render_click()
    text = sim.script.to_test()
    assert [line.strip() for line in text.splitlines() if "element(" in line] == [
        'ann.element("#box > p:nth-child(1) > b:nth-child(1)").render_click()',
        'ann.element("#box > p:nth-child(1) > b:nth-child(2)").render_click()',
        'ann.element("#box u[phx-click=\\"a\\"]").render_click()',
        'ann.element(":scope > u:nth-child(2)").render_click()',
        'ann.element("ul:nth-child(3) > li:nth-child(1)").render_click()',
        'ann.element("ul:nth-child(3) > li:nth-child(2)").render_click()',
        'ann.element("i", "6").render_click()',
        'ann.element("s", "it\'s \\"x\\"").render_click()',
        'ann.element("input[name=\\"a\\"]").render_click()',
        'ann.element("em[phx-click=\\"late\\"]").render_click()',
    ]
    assert ran(text).trace == sim.trace


@pytest.mark.parametrize("by", ["place", "locator"])
def test_an_act_that_cannot_be_done_again_says_so(by: str) -> None:
    """What it is done to is not there without the act before it: as the last one it raises, before others it is named."""
    sim = Simulation()
    view = sim.live(AlikeLive)
    view.element("s").render_click()
    if by == "place":
        (late,) = [each for each in view.line.page.root.iter() if each.tag == "em"]
        view.at(late).render_click()
    else:
        sim.view(view).page.locator("em").click(force=True)
    first, _, *others = sim.script.acts
    error = "ElementNotFound" if by == "place" else "TimeoutError"
    text = evolve(sim.script, acts=(first, *others)).to_test()
    assert text.splitlines()[-1].endswith(f"click({'force=True' if by == 'locator' else ''})  # raises {error}")
    with pytest.raises(AssertionError) as told:
        evolve(sim.script, acts=(first, *others, others[-1])).to_test()
    assert type(told.value).__name__ == error
    number = len(others) + 1
    assert any(note.startswith(f"in act {number} of {number + 1} of the script: ") for note in told.value.__notes__)


def test_an_act_in_a_view_that_is_not_there_is_named() -> None:
    sim = Simulation()
    view = sim.live(AlikeLive)
    (node,) = [each for each in view.line.page.root.iter() if each.tag == "s"]
    view.at(node).render_click()
    first, click = sim.script.acts
    assert isinstance(click.on, OnElement)
    script = evolve(sim.script, acts=(first, evolve(click, on=evolve(click.on, inside="inner"))))
    with pytest.raises(NotReplayed, match=r"^Ann has no nested view 'inner'\n") as told:
        script.to_test()
    assert told.value.__notes__[-1].startswith("in act 2 of 2 of the script: ")
