"""What two versions of a long list do not share, found without looking at what they do."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from liveview_testing.browser.page.tree.ropes import comparing
from liveview_testing.browser.page.tree.ropes.comparing import exclusive, pairs
from liveview_testing.browser.page.tree.ropes.rope import Rope


class Item:
    """A row: known by identity."""


def changed(rope: Rope[Item], edits: list[tuple[str, int]]) -> Rope[Item]:
    for kind, at in edits:
        size = len(rope)
        if kind == "append":
            rope = rope.append(Item())
        elif kind == "insert":
            rope = rope.insert(at % (size + 1), Item())
        elif kind == "many":
            rope = rope.extend([Item() for _ in range(at % 90)])
        elif size and kind == "set":
            rope = rope.set(at % size, Item())
        elif size and kind == "delete":
            rope = rope.delete(at % size)
        elif size and kind == "again":  # a row moves to the end
            row = rope.at(at % size)
            rope = rope.delete(at % size).append(row)
        elif kind == "take":
            rope = rope.take(at)
        elif kind == "drop":
            rope = rope.drop(at % 100)
    return rope


EDITS = st.lists(
    st.tuples(
        st.sampled_from(["append", "insert", "set", "delete", "many", "again", "take", "drop"]), st.integers(0, 5_000)
    ),
    max_size=6,
)


def is_one(old: Any, new: Any) -> bool:
    return old is new


@given(st.sampled_from([0, 1, 63, 64, 65, 200, 2_100]), EDITS)
@example(2_048, [("append", 0)])  # the tree is one level higher
@example(200, [("take", 0)])
@example(0, [("many", 70)])
def test_versions(size: int, edits: list[tuple[str, int]]) -> None:
    """Each row that only one of them has, at its position; and pair by pair, where as many are there."""
    before = Rope[Item].of([Item() for _ in range(size)])
    after = changed(before, edits)
    old, new = list(before), list(after)
    went, came = exclusive(before.tree, after.tree)
    mine, theirs = {id(row) for row in old}, {id(row) for row in new}
    assert went == [(at, row) for at, row in enumerate(old) if id(row) not in theirs]
    assert came == [(at, row) for at, row in enumerate(new) if id(row) not in mine]
    found = pairs(before.tree, after.tree, is_one)
    if found is not None:
        expected = [(at, row, its) for at, (row, its) in enumerate(zip(old, new, strict=True)) if row is not its]
        assert found == expected
    elif all(kind == "set" for kind, _ in edits):
        pytest.fail("rows that are replaced stand where they stood")


def test_parts_that_are_not_one() -> None:
    """A subtree that both have is descended into all the same where `shares` says that something in it is another."""
    rope = Rope[Item].of([Item() for _ in range(200)])
    row = rope.at(70)
    found = pairs(rope.tree, rope.tree, lambda old, _: isinstance(old, Item) and old is not row)
    assert found == [(70, row, row)]


@pytest.mark.parametrize("edit", ["append", "set", "delete"])
def test_what_it_costs(edit: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a list that is ten times as long as many rows are looked at: those of the leaf that changed."""
    looked: list[int] = []
    rows = comparing._rows
    monkeypatch.setattr(comparing, "_rows", lambda leaf: looked.append(leaf.size) or rows(leaf))  # type: ignore[func-returns-value]
    costs: list[int] = []
    for size in (1_000, 10_000):
        before = Rope[Item].of([Item() for _ in range(size)])
        after = changed(before, [(edit, 500)])
        looked.clear()
        exclusive(before.tree, after.tree)
        costs.append(sum(looked))
    assert 0 < costs[1] <= costs[0] <= 4 * 64
