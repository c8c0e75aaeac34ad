"""Properties as they are written where they were: what they use of their surroundings, and what cannot be written."""

from __future__ import annotations

import json
import operator
import os.path as paths
from typing import Any
from xml import sax

import pytest

import liveview_testing
from liveview_testing import NoLiteral, Simulation, always, outcomes, sometimes
from liveview_testing.properties.exploring.counterexamples.asking import asking
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


def test_lambdas_of_one_line_that_differ_in_a_sign_only() -> None:
    """They have the same names and constants: by where their code stands it is known which it is."""
    few, many = always(lambda sim: len(sim.views) < 2, "few"), always(lambda sim: len(sim.views) > 2, "many")
    assert asked(few)[1] == ['always(lambda sim: len(sim.views) < 2, "few").check(sim)']
    assert asked(many)[1] == ['always(lambda sim: len(sim.views) > 2, "many").check(sim)']
    one: Any
    two: Any
    one, two = [lambda: lambda sim: sim.a + 1, lambda: lambda sim: sim.a - 1]
    assert asked(always(one(), "one"))[1] == ['always(lambda sim: sim.a + 1, "one").check(sim)']
    assert asked(always(two(), "two"))[1] == ['always(lambda sim: sim.a - 1, "two").check(sim)']
    without: Any = few.holds
    without = type(without)(without.__code__.replace(co_linetable=b""), {})
    with pytest.raises(NoLiteral, match="the source of a lambda is not known"):
        asked(always(without, "nowhere"))
    without = eval(compile("lambda sim: sim", "nowhere.txt", "eval"), {})
    with pytest.raises(NoLiteral, match="the source of a lambda is not known"):
        asked(always(without, "nowhere"))


def test_a_lambda_with_a_comment_inside() -> None:
    """It comes on one line: without the comment."""
    commented = always(
        lambda sim: bool(
            sim.views  # all of them
        ),
        "there",
    )
    assert asked(commented)[1] == ['always(lambda sim: bool(sim.views), "there").check(sim)']


def test_what_is_no_function_is_a_value() -> None:
    assert asked(always(operator.truth, "x"))[1] == ['always(truth, "x").check(sim)']
    _, _, imports = asked(always(lambda sim: bool(sax), "x"))
    assert imports["xml"] == {"sax"}


def test_a_name_that_two_functions_use_means_one_thing() -> None:
    def made(limit: int) -> Any:
        def small(number: int) -> bool:
            return number < limit

        return small

    small, limit = made(5), 5
    before, _, _ = asked(always(lambda sim: small(limit), "small"))
    assert before.count("limit = 5") == 1
    limit = 6
    with pytest.raises(NoLiteral, match="limit means two things"):
        asked(always(lambda sim: small(limit), "small"))
