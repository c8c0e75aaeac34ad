"""Loops that take their rows apart send the same whether the rows are tuples, whose identity says enough, or are not."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liveview_core import heex
from liveview_core.heex.runtime import tuples
from tests.harness.stage import Stage

KEYED = heex("<i :for={n, v in @rows} :key={n} id={f'r{n}'}>{v}</i>")
PLAIN = heex("<i :for={n, v in @rows}>{n}<b :if={v > 1}>{v}</b></i>")
UNUSED = heex("<i :for={n, _ in @rows}>{n}</i>")

ROWS = st.lists(st.tuples(st.integers(0, 6), st.integers(0, 3)), max_size=6, unique_by=lambda row: row[0])


@given(st.sampled_from([KEYED, PLAIN, UNUSED]), st.lists(ROWS, min_size=1, max_size=4))
def test_tuples_and_lists(template: Any, versions: list[list[tuple[int, int]]]) -> None:
    """Rows that stay are the very tuples that they were, as in a view; or are taken apart one by one."""
    known: dict[tuple[int, int], tuple[int, int]] = {}
    same = [tuple(known.setdefault(row, row) for row in rows) for rows in versions]
    tuples_of, lists_of = Stage(template, rows=same[0]), Stage(template, rows=[list(row) for row in same[0]])
    assert tuples_of.join == lists_of.join
    for rows in same[1:]:
        assert tuples_of.set(rows=rows) == lists_of.set(rows=[list(row) for row in rows])


def test_only_what_changed_is_looked_at() -> None:
    """One row of many: its dynamics are evaluated, and no others."""
    rows = tuple((n, 0) for n in range(100))
    stage = Stage(KEYED, rows=rows)
    assert stage.set(rows=(*rows[:50], (50, 7), *rows[51:])) == {"0": {"k": {"50": {"1": "7"}, "kc": 100}}}
    assert stage.evaluated <= 3


@pytest.mark.parametrize(
    ("items", "size", "same"),
    [
        (((1, 2), (3, 4)), 2, True),
        ([(1, 2)], 2, True),
        ([(1, 2), [3, 4]], 2, False),
        ([(1, 2), (3, 4, 5)], 2, False),
        ([(1, 2, 3)], 2, False),
        ([], 2, False),
    ],
)
def test_what_is_taken_as_it_is(items: Any, size: int, same: bool) -> None:
    """All items, if each is a tuple of that size; else they are taken apart, and what does not fit is an error."""
    assert (tuples(items, size) is items) is same


@pytest.mark.parametrize("rows", [((1, 2), (3,)), ((1, 2), 3), ((1, 2, 3),)])
def test_what_does_not_fit(rows: Any) -> None:
    """As in any other loop of Python."""
    with pytest.raises((ValueError, TypeError), match="unpack"):
        Stage(KEYED, rows=rows)
