"""The names that users import and call, each where it is said to be, with the parameters and defaults that it is said to have.

What is more than that may be there, if it need not be given.
"""

from __future__ import annotations

import inspect
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import _liveview_pytest
import liveview_testing
from liveview_core import LiveView, Socket, heex
from liveview_testing import (
    Act,
    ClientHook,
    Counterexample,
    Exploration,
    Faults,
    LiveViewMachine,
    Locator,
    Page,
    Script,
    Simulation,
    View,
    always,
    client_hooks,
    eventually,
    expect,
    explore,
    replay,
    soak,
    sometimes,
    strategies,
    styles,
)
from liveview_testing.browser.lifecycle.hook_element import HookElement
from liveview_testing.command_line.main import main
from tests.harness.playing import scenario

EXPORTED = """
    Page Locator expect Error TimeoutError ClientHook Script Act replay shrink explore soak always sometimes eventually outcomes
    Faults Counterexample Exploration LiveViewMachine run_hooks HookRun assert_isolated assert_never_halts assert_routes timeline
    read_timeline Simulation View live
"""

SOME = object()
"""A default that is not said."""

CALLS: dict[str, tuple[Any, str]] = {
    "explore": (
        liveview_testing,
        "sim, script, *properties, observe=None, faults=None, deviations=None, seconds=None, worlds=20_000, horizon=None, "
        "order='pairs', unfinished='fail', patience='until possible', laws=True, raising=True",
    ),
    "soak": (liveview_testing, "target, seeds=SOME, *, people=2, acts=200, faults=SOME, executor=None, shrink=True"),
    "replay": (liveview_testing, "script, sim=SOME"),
    "shrink": (liveview_testing, "script, fails=SOME"),
    "always": (liveview_testing, "holds, name=SOME, *, when=None"),
    "sometimes": (liveview_testing, "holds, name=SOME"),
    "eventually": (liveview_testing, "holds, name=SOME"),
    "outcomes": (liveview_testing, "expected"),
    "Faults": (liveview_testing, "drops=0, crashes=0, tasks=0, slow=0, on=None"),
    "run_hooks": (liveview_testing, "socket, stage, *arguments"),
    "timeline": (liveview_testing, "sim"),
    "read_timeline": (liveview_testing, "path"),
    "expect": (liveview_testing, "actual, message=None"),
    "for_view": (LiveViewMachine, "target, *, people=1, broadcasts=SOME, invariants=SOME"),
    "acts": (strategies, "page"),
    "events": (strategies, "view"),
    "schedules": (strategies, "sim, script"),
    "page": (
        Simulation,
        "self, target=None, *, session=None, connect_params=None, connect_info=None, name=None",
    ),
    "concurrently": (Simulation, "self"),
    "in_order": (Simulation, "self"),
    "broadcast": (Simulation, "self, topic, message"),
    "fork": (Simulation, "self"),
    "to_test": (Script, "self, *, name=SOME"),
    "to_json": (Script, "self"),
    "from_json": (Script, "text"),
    "assert_has": (View, "self, selector, text=None, count=None"),
    "refute_has": (View, "self, selector, text=None, count=None"),
    "wait_for_timeout": (Page, "self, timeout"),
    "on": (Page, "self, event, f"),
}

ATTRIBUTES: dict[str, tuple[Any, str]] = {
    "Page": (
        Page,
        "goto reload go_back go_forward url title content keyboard get_by_role get_by_label get_by_text get_by_placeholder "
        "get_by_title get_by_alt_text get_by_test_id locator context wait_for_timeout wait_for_url on aria_snapshot debug view sim "
        "notes network events name",
    ),
    "View": (
        View,
        "get_by_role get_by_label get_by_text get_by_placeholder get_by_title get_by_alt_text get_by_test_id locator debug page "
        "dom url html render element form has_element assert_has refute_has send drop rejoin fork",
    ),
    "Locator": (Locator, "role accessible_name accessible_description filter click fill press is_visible count"),
    "ClientHook": (
        ClientHook,
        "mounted before_update updated destroyed disconnected reconnected handle_event events",
    ),
    "Script": (Script, "to_test to_json from_json"),
    "Act": (Act, "file line code"),
    "Exploration": (
        Exploration,
        "exhaustive worlds schedules deviations outcomes races properties failure unfinished kept_apart seconds timeline",
    ),
    "HookElement": (
        HookElement,
        "push_event push_event_to js attributes dataset state set_state set_attribute remove_attribute set_text upload",
    ),
    "page.network": (type(Simulation().page().network), "latency hold release drop restore in_flight"),
    "page.context": (type(Simulation().page().context), "set_offline"),
    "the plugin": (
        _liveview_pytest,
        "sim live live_page html_snapshot diff_snapshot aria_snapshot state_snapshot script_snapshot",
    ),
    "client_hooks": (client_hooks, "InfiniteScroll FocusWrap LiveFileUpload LiveImgPreview"),
    "styles": (styles, "TAILWIND"),
    "Simulation": (
        Simulation,
        "page live concurrently in_order script store clock tasks crashes view fork host broadcast tell digest trace history",
    ),
}


def test_they_are_there() -> None:
    for name in EXPORTED.split():
        assert getattr(liveview_testing, name) is not None
        assert name in liveview_testing.__all__


@pytest.mark.parametrize("name", ATTRIBUTES)
def test_they_have_what_is_said(name: str) -> None:
    owner, attributes = ATTRIBUTES[name]
    fields = {each.name for each in getattr(owner, "__attrs_attrs__", ())}
    assert [each for each in attributes.split() if not hasattr(owner, each) and each not in fields] == []


@pytest.mark.parametrize("name", CALLS)
def test_they_take_what_is_said(name: str) -> None:
    """In this order, by these names, with these defaults; what else there is has one."""
    owner, said = CALLS[name]
    wanted = inspect.signature(eval(f"lambda {said}: None", {"SOME": SOME})).parameters
    given = inspect.signature(getattr(owner, name)).parameters
    positional = [each.name for each in wanted.values() if each.kind is each.POSITIONAL_OR_KEYWORD]
    assert list(given)[: len(positional)] == positional
    for each in wanted.values():
        mine = given[each.name]
        if each.kind in (each.VAR_POSITIONAL, each.VAR_KEYWORD):
            assert mine.kind is each.kind
        elif each.default is SOME:
            assert mine.default is not mine.empty
        else:
            assert mine.default == each.default
    for each in given.values():
        if each.name not in wanted and each.kind not in (each.VAR_POSITIONAL, each.VAR_KEYWORD):
            assert each.default is not each.empty, f"{name} needs {each.name}"


# --- the examples -------------------------------------------------------------------------------------------------------


class BuyLive(LiveView):
    """A ticket that is bought in one step; who is late is told."""

    def __init__(self, store: Any) -> None:
        self.store = store

    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(told="")

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        if not self.store["left"]:
            return socket.assign(told="Sold out")
        self.store["left"] = self.store["left"] - 1
        return socket.assign(told="Yours")

    render = heex("""<button phx-click="buy">Buy</button><p>{@told}</p>""")


def buying() -> tuple[Simulation, Any, Any, Any]:
    sim = Simulation()
    sim.store["left"] = 1
    ann, ben = sim.page(BuyLive(sim.store)), sim.page(BuyLive(sim.store))
    with sim.concurrently() as acts:
        ann.get_by_role("button", name="Buy").click()
        ben.get_by_role("button", name="Buy").click()
    return sim, ann, ben, acts


def test_the_only_race_is_who_is_first() -> None:
    sim, _, _, acts = buying()
    found = explore(sim, acts, always(lambda sim: sim.store["left"] >= 0, "no ticket is sold twice"))
    assert found.exhaustive
    assert [str(race) for race in found.races if race.visible] == [
        "Ann's click 'Buy' and Ben's click 'Buy', over store['left']"
    ]


def test_the_three_words_together() -> None:
    sim, ann, ben, acts = buying()
    found = explore(
        sim,
        acts,
        always(lambda sim: sim.store["left"] in (0, 1), "at most one winner", when="quiet"),
        sometimes(lambda sim: "Sold out" in sim.view(ben).content(), "Ben may be late"),
        eventually(
            lambda sim: expect(
                sim.view(ann).get_by_text("Yours").or_(sim.view(ann).get_by_text("Sold out"))
            ).to_be_visible(),
            "told",
        ),
        faults=Faults(),
    )
    assert [each.holds for each in found.properties] == [True, True, True]


def test_a_failure_is_an_assertion_error_with_all_that_was_found() -> None:
    sim, _, _, acts = buying()
    with pytest.raises(AssertionError) as raised:
        explore(sim, acts, always(lambda sim: sim.store["left"] == 1, "nobody buys"), deviations=3)
    assert isinstance(raised.value, Counterexample)
    assert raised.value.exploration.failure is raised.value.failure
    assert explore(sim, acts, always(lambda sim: sim.store["left"] == 1), raising=False).failures


class HeldSearchLive(LiveView):
    """Shows whatever is answered last."""

    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(text="", shown="")

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        text = params["q"]
        return socket.assign(text=text).start_async(f"search:{text}", lambda: {"te": "Tent", "tea": "Tea pot"}[text])

    def handle_async(self, name: Any, result: Any, socket: Socket) -> Socket:
        return socket.assign(shown=result.value)

    render = heex("""
    <form id="f" phx-change="typed"><input type="search" name="q" value={@text} /></form>
    <p>{@shown}</p>
    """)


def test_the_second_result_is_late() -> None:
    """What explore prints, by hand."""
    sim = Simulation(tasks="hold")
    ann = sim.page(HeldSearchLive)
    with sim.in_order() as order:
        ann.get_by_role("searchbox").fill("te")
        ann.get_by_role("searchbox").fill("tea")
        order.deliver(ann, 2)
        order.finish("search:tea").deliver()
        order.finish("search:te").deliver()
    with pytest.raises(AssertionError):
        expect(ann.get_by_text("Tea pot")).to_be_visible()


SOAKED = str(Path(__file__).parent / "properties" / "soaking" / "todos_world.py")


def test_a_seed_has_a_script_for_ever() -> None:
    todos = scenario("todos")
    script = soak(SOAKED, seeds=[7], acts=10).scripts[7]
    assert replay(script, Simulation(getattr(todos, "ROUTER", None), seed=7)).world.now > 0


def test_the_command_takes_what_is_said() -> None:
    run = CliRunner().invoke(main, ["soak", SOAKED, "--seeds", "2", "--people", "2", "--acts", "4", "--workers", "1"])
    assert run.exit_code == 0, run.output
    again = CliRunner().invoke(main, ["soak", SOAKED, "--seed", "7", "--acts", "4", "--check"])
    assert again.exit_code == 0, again.output
