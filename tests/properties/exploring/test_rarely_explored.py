"""What is seldom explored: acts of the test itself, choices that choose nothing, laws, properties that are asked in no world."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

from liveview_core import LiveView, Route, Router, Socket, heex
from liveview_core.errors import BadOption
from liveview_testing import (
    Counterexample,
    Exploration,
    Page,
    Simulation,
    always,
    explore,
    outcomes,
    read_timeline,
)
from tests.harness.timeline_schema import broken

n = 3
"""Called like an assign of the view: the properties do not mean it."""


class Room(LiveView):
    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        socket = socket.subscribe("all") if socket.connected else socket
        return socket.assign(n=0, items=[], heard=())

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        match event:
            case "mutate":
                socket.assigns.items.append(1)
                return socket
            case "away":
                return socket.push_navigate("/other")
            case _:
                return socket.update("n", lambda n: n + 1)

    def handle_info(self, msg: Any, socket: Socket) -> Socket:
        return socket.update("heard", lambda heard: (*heard, msg))

    render = heex("""<p>{@n}</p><i :for={i in @items}>{i}</i><b>{len(@heard)}</b>
    <button :for={each in ("more", "mutate", "away")} id={each} phx-click={each}>{each}</button>""")


ROUTER = Router([Route("/", Room), Route("/other", Room)])


def world(**options: Any) -> tuple[Simulation, Page, Page]:
    sim = Simulation(ROUTER, **options)
    return sim, sim.page("/"), sim.page("/")


def test_acts_of_the_test_itself() -> None:
    sim, ann, _ = world()
    with sim.concurrently() as acts:
        sim.broadcast("all", 1)
        sim.broadcast("all", 2)
        ann.locator("#more").click()
    with pytest.raises(Counterexample) as found:
        explore(sim, acts, always(lambda sim: not any(len(view.assigns.heard) == 2 for view in sim.views), "one"))
    assert ' 1                        the test: sim.broadcast("all", 1)\n' in str(found.value)
    assert '        order.deliver("test", to=ann)\n' in str(found.value)


def test_somebody_who_chooses_nothing_was_never_able_to() -> None:
    """The test that is printed can be run."""
    sim, ann, _ = world()
    with sim.concurrently() as acts:
        acts.when(ann, lambda page: None)
    with pytest.raises(Counterexample) as found:
        explore(sim, acts)
    text = str(found.value)
    assert "this was never possible: Ann does what is to be done" in text
    assert "Error" not in text.partition("def test_unfinished")[2]
    compile(text[text.index("def world") :], "printed.py", "exec")


def test_a_list_of_acts_is_what_people_do_too() -> None:
    sim, ann, _ = world()
    with sim.concurrently() as acts:
        ann.locator("#more").click()
    assert explore(sim, list(acts), always(lambda sim: True, "fine")).worlds == explore(sim, acts).worlds


def test_who_is_not_there_does_nothing() -> None:
    sim, ann, _ = world()
    with sim.concurrently() as acts:
        ann.locator("#more").click()
    with pytest.raises(BadOption) as refused:
        explore(Simulation(ROUTER), acts.script)
    assert str(refused.value).splitlines()[:2] == ["Ann is not in this world", "  expected: somebody"]


def test_a_name_of_the_module_that_is_an_attribute_too_is_not_written() -> None:
    sim, ann, _ = world()
    with sim.concurrently() as acts:
        ann.locator("#more").click()
    with pytest.raises(Counterexample) as found:
        explore(sim, acts, always(lambda sim: not any(view.assigns.n for view in sim.views), "none"))
    assert "n = [3]" not in str(found.value)
    assert "n = 3" not in str(found.value)


def test_a_law_that_is_broken_on_the_way() -> None:
    sim, ann, _ = world(checks={"patch law": "ignore"})
    with sim.concurrently() as acts:
        ann.locator("#mutate").click()
    with pytest.raises(Counterexample) as found:
        explore(sim, acts)
    assert "the patch law is broken: " in str(found.value)
    assert str(found.value).endswith("\n        laws.hold(sim)")
    assert "from liveview_testing import Simulation, laws\n" in str(found.value)


def test_outcomes_are_what_the_search_observes() -> None:
    sim, ann, ben = world()
    with sim.concurrently() as acts:
        ann.locator("#more").click()
        ben.locator("#more").click()
    with pytest.raises(Counterexample) as found:
        explore(sim, acts, outcomes([1]), observe=lambda sim: sum(view.assigns.n for view in sim.views))
    assert "outcomes([1], lambda sim: sum(view.assigns.n for view in sim.views)" in str(found.value)


def test_a_search_that_is_ended_early_says_how_far_it_came() -> None:
    sim, ann, ben = world()
    with sim.concurrently() as acts:
        for _ in range(3):
            ann.locator("#more").click()
            ben.locator("#more").click()
    found = explore(sim, acts, always(lambda sim: True, "quietly", when="quiet"), worlds=3)
    assert "vacuous: it was asked in no world" in str(found) or "quietly" in str(found)
    assert not found.exhaustive


def test_pages_that_are_left_and_slow_lines() -> None:
    sim, ann, ben = world()
    ann.network.latency(0.1)
    with sim.concurrently() as acts:
        ann.locator("#more").click()
        ben.locator("#away").click()
    found = explore(sim, acts, always(lambda sim: True, "fine"))
    assert found.worlds > 10


class Said(LiveView):
    """Each button does what it is called."""

    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(last="").subscribe("all")

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        match event:
            case "value":
                raise ValueError(event)
            case "lookup":
                raise LookupError(event)
            case "ping":
                return socket.send("ping")
            case _:
                return socket.assign(last=event)

    def handle_info(self, msg: Any, socket: Socket) -> Socket:
        return socket.send(msg)

    render = heex("""<p>{@last}</p><button :for={each in ("value", "lookup", "ping", *"abcdefgh")} id={each} phx-click={each}>
    {each}</button>""")


SAID = Router([Route("/", Said)])


def saying(ann: str = "", ben: str = "", **options: Any) -> Exploration:
    sim = Simulation(SAID)
    pages = sim.page("/"), sim.page("/")
    with sim.concurrently() as acts:
        for page, words in zip(pages, (ann, ben), strict=True):
            for each in words.split():
                page.locator(f"#{each}").click()
    return explore(sim, acts, raising=False, **options)


def test_who_sends_to_itself_without_end() -> None:
    """The worlds are few: they come again."""
    found = saying("ping")
    assert found.schedules is None
    assert (found.exhaustive, found.worlds) == (True, 3)
    assert str(found).startswith("exhaustive: 3 worlds, endless schedules, 0 outcomes, ")


def test_two_errors_are_both_found_and_their_worlds_shown(tmp_path: Path) -> None:
    """The second comes by a surprise: what is usual there raises too."""
    found = saying("value", "lookup", shrink=False)
    assert [(each.signature[0], each.deviations, each.left) for each in found.failures] == [
        ("ValueError", 0, 2),
        ("LookupError", 1, 2),
    ]
    told = found.timeline()
    assert broken(told.data) == []
    assert [[told.text(each["what"]) for each in one["options"]] for one in told.data["choices"]] == [
        ["Ann clicks 'locator(\"#value\")'", "Ben clicks 'locator(\"#lookup\")'"],
        ["Ann's click 'locator(\"#value\")' arrives", "Ben clicks 'locator(\"#lookup\")'"],
    ]
    told.write(tmp_path / "x.html")
    behind = [read_timeline(each) for each in sorted((tmp_path / "x.worlds").iterdir())]
    assert len(behind) == 2
    assert all(broken(each.data) == [] for each in behind)


def test_how_far_a_search_came_that_was_ended_early() -> None:
    """Up to the deviations of the worlds that are still open."""
    assert saying("a a a", "a a a", deviations=5, worlds=60).deviations == 1
    found = saying("a a a", "a a a", deviations=5, worlds=1)
    assert found.deviations is None
    assert str(found).startswith("a part of the schedules: 1 world; stopped at 1 world; ")


def test_many_races_are_counted() -> None:
    sim, ann, ben = world()
    with sim.concurrently() as acts:
        for _ in range(3):
            ann.locator("#more").click()
            ben.locator("#more").click()
    found = explore(sim, acts, worlds=60, deviations=5)
    assert len(found.races) == 2
    told = str(evolve(found, races=found.races[:1] * 8))
    assert told.count("\nraces ") == 6
    assert "\n          … and 2 more: .races\n" in told
