"""Whatever people do, the script of it is the same again: replayed, from JSON, and as a test."""

from __future__ import annotations

import sys
from collections.abc import Callable
from time import process_time
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from liveview_core.errors import LiveViewError
from liveview_testing import Script, Simulation, replay
from liveview_testing.record.scripts.literals import NoLiteral
from liveview_testing.record.scripts.transcript import NotAScript
from liveview_testing.strategies import acts
from liveview_testing.world.log.act_records import PLAIN, put
from tests.record.scripts.rooms import ROUTER, InnerLive
from tests.record.scripts.test_written import ran


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(st.data())
def test_a_random_session_is_the_same_again(data: st.DataObject) -> None:
    """Two people do what they could; what is refused is in no script."""
    sim = Simulation(ROUTER)
    pages = [sim.page("/"), sim.page("/")]
    for _ in range(data.draw(st.integers(1, 8))):
        page = data.draw(st.sampled_from(pages))
        drawn = data.draw(acts(page))
        before = sim.world
        try:
            drawn.perform(page)
        except LiveViewError:
            assert sim.world is before
    script = sim.script
    again: Simulation = replay(script)
    assert again.trace == sim.trace
    assert again.script == script
    assert str(again.script) == str(script)
    read = Script.from_json(script.to_json())
    assert read == script
    assert replay(read).digest == sim.digest
    assert ran(script.to_test()).digest == sim.digest


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"format": "liveview-script/1"}', '{"format": "liveview-script/2"}'])
def test_what_is_no_script_is_refused(text: str) -> None:
    """By name, whatever is wrong."""
    with pytest.raises(NotAScript):
        Script.from_json(text)


def test_a_script_does_not_call_what_makes_no_values() -> None:
    """JSON names classes of values only: nothing else is called."""
    sim = Simulation()
    sim.store["kept"] = 1
    text = sim.script.to_json().replace(
        '["kept", 1]', '["kept", {"$": "record", "in": ["subprocess", "Popen"], "of": {"args": "true"}}]'
    )
    assert "Popen" in text
    with pytest.raises(NotAScript, match="is no class of values"):
        Script.from_json(text)


def test_values_come_back_as_they_were() -> None:
    """Every kind that can be written, from JSON and from Python."""
    import datetime
    import re
    from decimal import Decimal

    values: list[Any] = [
        *(None, True, 3, 2.5, float("inf"), "té\n\"'", b"\0a", [1, (2,)], {"a": {1: 2}, "$": 3}, {1, 2}, frozenset()),
        datetime.datetime(2025, 1, 2, tzinfo=datetime.UTC),
        *(
            datetime.date(2025, 1, 2),
            datetime.timedelta(days=1, microseconds=3),
            Decimal("1.50"),
            re.compile("a|b", re.IGNORECASE),
        ),
    ]
    sim = Simulation()
    for number, value in enumerate(values):
        sim.store[f"v{number}"] = value
    for again in (replay(Script.from_json(sim.script.to_json())), ran(sim.script.to_test())):
        assert [again.store[f"v{number}"] for number in range(len(values))] == values
        assert [type(again.store[f"v{number}"]) for number in range(len(values))] == [type(each) for each in values]


def test_people_who_are_not_there_are_named() -> None:
    """A script of somebody who never came."""
    sim = Simulation(ROUTER)
    sim.live("/")
    sim.page("/").keyboard.press("a")
    with pytest.raises(LiveViewError, match="Ben is not in this world") as raised:
        replay(sim.script[2:], Simulation(ROUTER))
    assert raised.value.__notes__ == ['in act 1 of 1 of the script: ben.keyboard.press("a")']


def test_replaying_is_quick() -> None:
    """An act that is replayed costs at most three times the act itself."""
    sim = Simulation()
    view = sim.live(InnerLive)

    def done() -> None:
        for _ in range(300):
            view.element("button").render_click()

    def timed(what: Callable[[], object]) -> float:
        begun = process_time()
        what()
        return process_time() - begun

    once = timed(done)
    script = sim.script
    assert min(timed(lambda: replay(script)) for _ in range(3)) <= 3 * min(once, timed(done))


def test_an_unknown_name_is_told() -> None:
    """A test is a function of Python."""
    with pytest.raises(LiveViewError, match="a test has a name of Python"):
        Simulation().script.to_test(name="not a name")
    assert NoLiteral.__doc__


def test_recording_costs_little() -> None:
    """Putting an act down costs at most a twentieth of the click that it is."""
    sim = Simulation()
    view = sim.live(InnerLive)
    asked, frame, world = view.element("button")._asked()[1], sys._getframe(), sim.world

    def clicks() -> None:
        for _ in range(20):
            view.element("button").render_click()

    def records() -> None:
        for _ in range(20):
            put(sim._current, world, "render_click", asked, (), PLAIN, frame)

    def timed(what: Callable[[], object]) -> float:
        begun = process_time()
        what()
        return process_time() - begun

    clicks()
    both = [(timed(records), timed(clicks)) for _ in range(60)]
    assert min(each for each, _ in both) <= 0.05 * min(each for _, each in both)
