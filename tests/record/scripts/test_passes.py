"""The passes that make a script less, with acts that mean nothing: whatever fails, what is left fails, and nothing can go."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from liveview_testing.record.scripts.act import TEST, Act
from liveview_testing.record.scripts.script import Script
from liveview_testing.record.scripts.shrinking.passes import Passes, Ran, measure
from liveview_testing.record.scripts.targets import OnOrder, OnPage, OnWorld

Fails = Callable[[Sequence[str]], bool]


def done(name: str, who: str = "Ann") -> Act:
    """An act that is told by its name."""
    return Act(who, "page", OnPage("keyboard"), "press", (name,))


BEGIN, END = Act(TEST, "page", OnWorld(), "in_order"), Act(TEST, "page", OnOrder(), "end")
STEP = Act(TEST, "page", OnOrder(), "follow")


def least(acts: Sequence[Act], fails: Fails, runs: int = 1000) -> tuple[Script, int]:
    """What is left of acts that fail, and how many runs it took."""
    count = 0

    def run(some: list[Act]) -> Ran:
        nonlocal count
        count += 1
        return Ran(Script(tuple(some)), "failed" if fails([str(*each.args) for each in some if each.args]) else None)

    first = run(list(acts))
    assert first.failed is not None
    return Passes(first, run, lambda script, at: (), runs).least(), count


def names(script: Script) -> list[str]:
    return [str(each.args[0]) for each in script if each.args]


@settings(deadline=None)
@given(st.integers(1, 12).flatmap(lambda size: st.tuples(st.just(size), st.sets(st.integers(0, size - 1), min_size=1))))
def test_what_it_takes_is_left(case: tuple[int, set[int]]) -> None:
    size, needed = case
    acts = [done(f"{at}") for at in range(size)]
    script, _ = least(acts, lambda some: {str(each) for each in needed} <= {*some})
    assert names(script) == [f"{at}" for at in sorted(needed)]


@settings(deadline=None)
@given(st.lists(st.frozensets(st.integers(0, 6)), min_size=1, max_size=20))
def test_nothing_of_it_can_go(ways: list[frozenset[int]]) -> None:
    """Whatever sets of acts fail, and others that are larger do not."""
    failing = {frozenset(map(str, each)) for each in ways} | {frozenset(map(str, range(7)))}
    script, _ = least([done(f"{at}") for at in range(7)], lambda some: frozenset(some) in failing)
    left = frozenset(names(script))
    assert left in failing
    assert all(left - {each} not in failing for each in left)
    again, _ = least(list(script), lambda some: frozenset(some) in failing)
    assert measure(again) == measure(script)


def test_what_only_stands_in_the_way_of_one_another_goes() -> None:
    """Of three acts none can be left out alone; the last alone fails as well."""
    failing = ({"a", "b", "c"}, {"c"})
    script, _ = least([done(each) for each in "abc"], lambda some: {*some} in failing)
    assert names(script) == ["c"]
    failing = ({"a", "b", "c", "d", "e"}, {"b", "e"})
    script, _ = least([done(each) for each in "abcde"], lambda some: {*some} in failing)
    assert names(script) == ["b", "e"]


def test_an_order_that_it_does_not_take_goes_at_once() -> None:
    """Two runs: the first, and the one without what was chosen."""
    acts = [BEGIN, *(each for at in range(20) for each in (done(f"{at}"), STEP)), END]
    script, count = least(acts, lambda some: len(some) == 20, runs=1)
    assert names(script) == [f"{at}" for at in range(20)]
    assert not any(isinstance(each.on, OnOrder) for each in script)
    assert count == 2


def test_who_is_needed_by_nobody_goes_at_once() -> None:
    acts = [done(f"{at}", "Ann" if at % 2 else "Ben") for at in range(20)]
    script, count = least(acts, lambda some: {str(at) for at in range(1, 20, 2)} <= {*some}, runs=2)
    assert {each.who for each in script} == {"Ann"}
    assert count == 3, "as they come, both are tried"


def test_the_last_act_alone_is_tried() -> None:
    """However many stand in its way."""
    every = {f"{at}" for at in range(20)}
    script, _ = least([done(f"{at}") for at in range(20)], lambda some: {*some} in (every, {"19"}))
    assert names(script) == ["19"]
