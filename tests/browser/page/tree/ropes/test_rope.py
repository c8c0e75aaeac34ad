"""Rope: a list in every respect but the cost."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liveview_testing.browser.page.tree.ropes.leaves import BRANCH, LEAF, Branch, Fold, Index, Leaf, Tree
from liveview_testing.browser.page.tree.ropes.rope import Rope

Row = tuple[str, int]

BY_NAME: Index[Row] = Index("name", lambda row: (row[0],))

OPERATIONS = st.lists(
    st.tuples(
        st.sampled_from(["set", "insert", "delete", "append", "append", "append", "take", "drop", "go back"]),
        st.integers(0, 400),
    ),
    max_size=60,
)


def check(tree: Tree[Row] | None) -> None:
    """The shape's law: no empty node, no overfull node, sizes right."""
    if tree is None:
        return
    if isinstance(tree, Leaf):
        assert 0 < len(tree.rows) <= LEAF
        return
    assert 0 < len(tree.children) <= BRANCH
    assert tree.ends == [sum(c.size for c in tree.children[: i + 1]) for i in range(len(tree.children))]
    for child in tree.children:
        check(child)


class Waiting:
    """Rows that are made when they are looked at, and how often they were."""

    def __init__(self, rows: list[Row]) -> None:
        self.rows = rows
        self.asked: list[int] = []

    def made(self, start: int, stop: int) -> tuple[Row, ...]:
        """For a leaf."""
        self.asked.extend(range(start, stop))
        return tuple(self.rows[start:stop])


@given(st.integers(0, 300), OPERATIONS, st.booleans())
def test_is_a_list(size: int, operations: list[tuple[str, int]], lazily: bool) -> None:
    """Whatever is done to a rope, the same done to a list gives the same rows; older versions stay. No row is made twice."""
    rows: list[Row] = [(f"r{i % 97}", i) for i in range(size)]
    source = Waiting(rows)
    rope = Rope.lazily(source, size) if lazily and rows else Rope.of(rows)
    versions = [(rope, list(rows))]
    for number, (operation, at) in enumerate(operations):
        row = (f"r{at % 97}", 1000 + number)
        if operation == "insert":
            at %= len(rows) + 1
            rope, rows = rope.insert(at, row), [*rows[:at], row, *rows[at:]]
        elif operation == "append":
            rope, rows = rope.append(row), [*rows, row]
        elif operation == "go back":
            rope, rows = versions[at % len(versions)]
        elif operation == "take" and at > 100:
            rope, rows = rope.take(at), rows[:at]
        elif operation == "drop" and at < 100:
            rope, rows = rope.drop(at), rows[at:]
        elif rows and operation == "set":
            at %= len(rows)
            rope, rows = rope.set(at, row), [*rows[:at], row, *rows[at + 1 :]]
        elif rows and operation == "delete":
            at %= len(rows)
            rope, rows = rope.delete(at), [*rows[:at], *rows[at + 1 :]]
        key = f"r{at % 97}"
        assert len(rope) == len(rows)
        assert at % 2 or rope.last == (rows[-1] if rows else None)
        assert at % 5 > 1 or rope.holds(BY_NAME, key) == any(r[0] == key for r in rows)
        assert at % 3 or rope.positions(BY_NAME, key) == [i for i, r in enumerate(rows) if r[0] == key]
        versions.append((rope, list(rows)))
    for rope, rows in versions:
        assert len(rope) == len(rows)
        assert [rope.holds(BY_NAME, f"r{i}") for i in range(97)] == [
            any(r[0] == f"r{i}" for r in rows) for i in range(97)
        ]
        assert list(rope) == rows
        check(rope.tree)
        assert [rope.at(i) for i in range(len(rows))] == rows
    assert len(set(source.asked)) == len(source.asked)


@given(st.integers(0, 5000), st.integers(0, 5000), st.integers(0, 5000))
def test_slices(size: int, start: int, stop: int) -> None:
    """A slice is a list's slice."""
    assert list(Rope.of(range(size)).slice(start, stop)) == list(range(size))[start:stop]


def test_what_is_appended_waits_until_it_is_asked_for() -> None:
    """Two ropes that go on from one share no rows, and neither does the one that they came from."""
    one = Rope.of([("a", 0)])
    assert one.holds(BY_NAME, "a")
    two = one.append(("b", 1))
    left, right = two.append(("left", 2)), two.append(("right", 2))
    assert one.tree is two._tree is left._tree is right._tree
    assert [rope.holds(BY_NAME, "left") for rope in (one, two, left, right)] == [False, False, True, False]
    assert [rope.last for rope in (one, two, left, right)] == [("a", 0), ("b", 1), ("left", 2), ("right", 2)]
    assert [[name for name, _ in rope] for rope in (one, two, left, right)] == [
        ["a"],
        ["a", "b"],
        ["a", "b", "left"],
        ["a", "b", "right"],
    ]


def test_deep_ropes_find_every_row() -> None:
    """Three levels: every index answers, and every key finds its row however often it is asked."""
    rope: Rope[Row] = Rope.of((f"k{i}", i) for i in range(5000))
    assert isinstance(rope.tree, Branch)
    for _ in range(5):
        for i in (0, 1, 63, 64, 2047, 2048, 4999):
            assert rope.positions(BY_NAME, f"k{i}") == [i]
            assert rope.at(i) == (f"k{i}", i)
    changed = rope.set(3000, ("new", 0))
    assert changed.positions(BY_NAME, "k3000") == []
    assert changed.positions(BY_NAME, "new") == [3000]
    assert rope.positions(BY_NAME, "k3000") == [3000]


def test_a_changed_row_copies_one_path() -> None:
    """Setting one row of ten thousand shares all leaves but one."""
    rope = Rope.of(range(10_000))
    before, after = list(rope.leaves()), list(rope.set(5_000, -1).leaves())
    assert sum(a is not b for a, b in zip(before, after, strict=True)) == 1


def test_growing_at_an_end_keeps_leaves_full() -> None:
    """Appends, and prepends, one by one make as few leaves as building at once."""
    back: Rope[int] = Rope()
    front: Rope[int] = Rope()
    for i in range(2000):
        back, front = back.append(i), front.insert(0, i)
    assert len(list(back.leaves())) == -(-2000 // LEAF)
    assert len(list(front.leaves())) <= 2 * -(-2000 // LEAF)
    assert list(front) == list(range(1999, -1, -1))


def test_a_rolling_window_stays_small() -> None:
    """A chat with a limit (append one, drop one) does not collect nodes."""
    rope = Rope.of(range(1000))
    for i in range(5000):
        rope = rope.append(1000 + i).drop(1)
    assert len(rope) == 1000
    assert len(list(rope.leaves())) <= 18


@pytest.mark.parametrize(
    "wrong",
    [lambda r: r.at(3), lambda r: r.at(-1), lambda r: r.set(3, 0), lambda r: r.insert(4, 0), lambda r: r.delete(3)],
)
def test_out_of_range(wrong: Callable[[Rope[int]], object]) -> None:
    """An index that is not there is an IndexError, never the row counted from the end."""
    with pytest.raises(IndexError, match="of 3"):
        wrong(Rope.of(range(3)))


def test_repr_and_equality() -> None:
    """A rope shows its first rows; equality looks at rows only."""
    assert repr(Rope.of(range(6))) == "Rope(0, 1, 2, 3, … n=6)"
    assert Rope.of(range(70)).delete(0) == Rope.of(range(1, 70))
    assert Rope.of([1]) != [1]


# --- facts ------------------------------------------------------------------------------------------------------------------

NAMES: Fold[Row] = Fold("names", lambda row: frozenset([row[0]]), lambda parts: frozenset[str]().union(*parts))


def names_in(tree: Tree[Row]) -> frozenset[str]:
    """The fold, asked as everybody asks: kept on each node."""
    if NAMES not in tree.memo:
        parts = [NAMES.of(row) for row in tree.rows] if isinstance(tree, Leaf) else list(map(names_in, tree.children))
        tree.memo[NAMES] = NAMES.join(parts)
    return cast("frozenset[str]", tree.memo[NAMES])


@given(st.integers(0, 300), OPERATIONS)
def test_kept_facts_stay_true(size: int, operations: list[tuple[str, int]]) -> None:
    """A fact that a changed rope took along is the fact of its rows."""
    rope = Rope.of([(f"r{i % 7}", i) for i in range(size)])
    for number, (operation, at) in enumerate(operations):
        row = (f"r{at % 9}", 1000 + number)
        if operation == "insert":
            rope = rope.insert(at % (len(rope) + 1), row)
        elif operation == "append":
            rope = rope.append(row)
        elif len(rope) and operation == "set":
            rope = rope.set(at % len(rope), row)
        elif len(rope) and operation == "delete":
            rope = rope.delete(at % len(rope))
        if rope.tree is not None and at % 3:  # asked now and then, so that some facts are carried over several changes
            assert names_in(rope.tree) == {row[0] for row in rope}


def test_a_row_at_the_end_keeps_what_is_known() -> None:
    """Appending to a long rope recomputes no fact of its leaves."""
    rope = Rope.of([(f"r{i % 7}", i) for i in range(300)])
    assert rope.tree is not None
    known = names_in(rope.tree)
    longer = rope.append(("r1", 300))
    assert longer.tree is not None and longer.tree.memo[NAMES] == known
    changed = rope.set(10, ("r3", 1))
    assert changed.tree is not None and changed.tree.memo[NAMES] == known


IN_ORDER: Fold[Row] = Fold(
    "in order", lambda row: (row[0],), lambda parts: tuple(name for part in parts for name in part)
)
SOME: Index[Row] = Index("some", lambda row: (row[0], "odd") if row[1] % 2 else ())
RARE: Index[Row] = Index("rare", lambda row: ("rare",) if row[1] % 17 == 0 else (), few=True)


def in_order(tree: Tree[Row]) -> tuple[str, ...]:
    """The names of all rows; kept on each node."""
    if IN_ORDER not in tree.memo:
        parts = (
            [IN_ORDER.of(row) for row in tree.rows] if isinstance(tree, Leaf) else list(map(in_order, tree.children))
        )
        tree.memo[IN_ORDER] = IN_ORDER.join(parts)
    return cast("tuple[str, ...]", tree.memo[IN_ORDER])


@given(st.randoms(use_true_random=True), st.sampled_from([0, 1, 63, 64, 65, 130, 2100]))
def test_any_version_goes_on_in_any_way(random: Random, size: int) -> None:
    """Several indexes and a fold in order, asked of any version, of which any other may have grown since."""

    def new() -> Row:
        return f"r{random.randrange(30)}", random.randrange(100)

    rows = [new() for _ in range(size)]
    versions = [(Rope.of(rows), rows)]
    for _ in range(40):
        rope, rows = random.choice(versions[-3:] if random.random() < 0.8 else versions)
        at, count, row = random.randint(0, len(rows)), len(rows), new()
        match random.choice(
            ("set", "alike", "insert", "delete", "append", "append", "append", "extend", "take", "drop", "ask")
        ):
            case "set" if at < count:
                rope, rows = rope.set(at, row), [*rows[:at], row, *rows[at + 1 :]]
            case "alike" if at < count:
                same = (rows[at][0], rows[at][1])
                rope, rows = rope.set(at, same, alike=True), [*rows[:at], same, *rows[at + 1 :]]
            case "insert":
                rope, rows = rope.insert(at, row), [*rows[:at], row, *rows[at:]]
            case "delete" if at < count:
                rope, rows = rope.delete(at), [*rows[:at], *rows[at + 1 :]]
            case "append":
                rope, rows = rope.append(row), [*rows, row]
            case "extend":
                more = [new() for _ in range(random.choice((0, 1, 3, 40)))]
                rope, rows = rope.extend(more), [*rows, *more]
            case "take":
                rope, rows = rope.take(at), rows[:at]
            case "drop":
                rope, rows = rope.drop(at), rows[at:]
            case _:
                assert rope.tree is None or in_order(rope.tree) == tuple(name for name, _ in rows)
        versions.append((rope, rows))
        rope, rows = random.choice(versions[-4:])
        index, key = random.choice((BY_NAME, BY_NAME, SOME, RARE)), random.choice((row[0], "odd", "rare"))
        places = [at for at, each in enumerate(rows) if key in index.keys(each)]
        assert random.random() < 0.5 or rope.holds(index, key) == bool(places)
        assert random.random() < 0.5 or rope.positions(index, key) == places
    for rope, rows in versions:
        assert list(rope) == rows
        check(rope.tree)
