"""`log`: appending is linear, branches are isolated, and no operation recurses."""

from __future__ import annotations

import pickle

from hypothesis import given
from hypothesis import strategies as st

from liveview_core.values.log import EMPTY, Log


@given(st.lists(st.integers()), st.lists(st.integers()), st.lists(st.integers()))
def test_branches_never_see_each_other(trunk: list[int], left: list[int], right: list[int]) -> None:
    """However two logs branched, each holds its own items only."""
    one = other = Log.of(trunk)
    for a in left:
        one = one.append(a)
    for b in right:
        other = other.append(b)
    assert one.oldest_first() == (*trunk, *left)
    assert other.oldest_first() == (*trunk, *right)
    assert list(one) == [*trunk, *left][::-1]
    assert len(one) == len(trunk) + len(left)
    assert (one == other) == (left == right)


@given(st.lists(st.lists(st.integers())))
def test_several_at_once(parts: list[list[int]]) -> None:
    """What comes at once is there as if it had come one by one."""
    once = by_one = EMPTY
    for part in parts:
        once = once.extend(tuple(part)).append(0)
        for item in (*part, 0):
            by_one = by_one.append(item)
    assert once == by_one
    assert (repr(once), len(once), once.oldest_first()) == (repr(by_one), len(by_one), by_one.oldest_first())
    assert pickle.loads(pickle.dumps(once)) == by_one
    assert once.extend(()) is once


def test_long_logs_do_not_recurse() -> None:
    """100,000 cells: repr, equality, pickling and letting go work without recursion."""
    long = Log.of(range(100_000))
    assert repr(long).startswith("Log.of([0, 1, 2")
    assert pickle.loads(pickle.dumps(long)) == long
    del long


def test_the_empty_log() -> None:
    """There is one; it is false, and every way to it leads there."""
    assert not EMPTY
    assert Log.of([]) is EMPTY
    assert pickle.loads(pickle.dumps(EMPTY)) is EMPTY
    assert EMPTY != ()
