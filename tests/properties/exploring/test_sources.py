"""Properties as they are written where they were: what they use of their surroundings, and what cannot be written."""

from __future__ import annotations

import json
import os.path as paths
from typing import Any

import pytest

import liveview_testing
from liveview_testing import NoLiteral, Simulation, always, outcomes, sometimes
from liveview_testing.properties.exploring.counterexamples.sources import asking
from liveview_testing.record.scripts.literals import Spelling
from tests.harness.views import CounterLive

WANTED = 3


def asked(wanted: Any, **people: int) -> tuple[list[str], list[str], dict[str, set[str]]]:
    spelling = Spelling()
    found = asking(wanted, people, spelling)
    return found.before, found.lines, {name: set(names) for name, names in spelling.imports.items()}


def test_what_a_function_uses_is_written_before_it() -> None:
    limit = 5

    def small(number: int) -> bool:
        return number < limit

    before, lines, imports = asked(always(lambda sim: small(len(json.dumps(WANTED))) and paths.isabs("/"), "small"))
    assert lines == ['always(lambda sim: small(len(json.dumps(WANTED))) and paths.isabs("/"), "small").check(sim)']
    assert "WANTED = 3" in before
    assert "limit = 5" in before
    assert "import posixpath as paths" in before
    assert "def small(number: int) -> bool:" in before
    assert imports["json"] == set()
    _, _, imports = asked(always(lambda sim: bool(liveview_testing.__doc__), "x"))
    assert imports["liveview_testing"] >= {"always"}


def test_people_have_their_variables() -> None:
    sim = Simulation()
    me = sim.live(CounterLive)
    before, _, _ = asked(sometimes(lambda sim: bool(me.url), "here"), ann=1)
    assert before == ["me = ann"]
    with pytest.raises(NoLiteral, match="me is nobody of this world"):
        asked(sometimes(lambda sim: bool(me.url), "here"), ben=2)


def test_what_cannot_be_written_is_refused_with_its_name() -> None:
    with pytest.raises(NoLiteral, match="an outcome is what the search observes"):
        asked(outcomes([1]))
    names: dict[str, Any] = {}
    exec(compile("def hidden(sim):\n    assert sim\n", "nowhere.txt", "exec"), names)
    with pytest.raises(NoLiteral, match="the source of hidden is not known"):
        asked(always(names["hidden"], "hidden"))

    def late() -> Any:
        def holds(sim: Any) -> bool:
            return bool(value)

        refused = always(holds, "late")
        with pytest.raises(NoLiteral, match="value has no value yet"):
            asked(refused)
        value = 1
        return value

    assert late() == 1


def test_lambdas_of_one_line_are_told_apart() -> None:
    first, second = always(lambda sim: bool(sim.views), "a"), always(lambda sim: not sim.views, "b")
    assert asked(first)[1] == ['always(lambda sim: bool(sim.views), "a").check(sim)']
    assert asked(second)[1] == ['always(lambda sim: not sim.views, "b").check(sim)']
    same = always(lambda sim: bool(sim.views), "a"), always(lambda  sim: bool(sim.views), "b")  # fmt: skip
    assert asked(same[1])[1] == ['always(lambda sim: bool(sim.views), "b").check(sim)']
    one: Any = eval("lambda sim: bool(sim.views)")
    with pytest.raises(NoLiteral):
        asked(always(one, "nowhere"))
