"""Ropes: long lists that share.

A list of rows as a value: a tree of leaves and branches (`leaves`), and behind it the rows that were appended since somebody asked
for the tree.

It saves the copy: to change one of 10,000 rows costs 4 µs and to append one 1 µs, where a tuple of them costs 75 and 60. A short
list pays for it: of 100 rows 2 µs, where a tuple costs 1.

Law: a rope is a list in every respect but the cost. Changing one row of ten thousand copies what changing one of ten does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Generic, TypeVar, cast

from immutables import Map

from liveview_testing.browser.page.tree.ropes.leaves import (
    Branch,
    Index,
    Leaf,
    Source,
    Tree,
    built,
    built_lazily,
    first_rows,
    positions,
    row_at,
    with_appended,
    with_inserted,
    with_row,
    without_first,
    without_row,
)

FEW = 16  # rows whose keys are taken out one by one; of more that go at once the keys are read anew, if anybody asks

T = TypeVar("T")
U = TypeVar("U")


class _Tail(Generic[T]):
    """Rows behind those of a tree. Ropes share the list, which only grows: of each the first `count` are its own.

    `keys`: where in the list the rows with a key begin, for the index that the rope keeps keys of.
    """

    __slots__ = ("count", "keys", "rows")

    def __init__(self, rows: list[T], keys: dict[object, int], count: int) -> None:
        self.rows = rows
        self.keys = keys
        self.count = count


class Rope(Generic[T]):
    """A persistent sequence. What is appended waits behind the tree until somebody asks for that: a chat that nobody looks into
    pays 0.5 µs a message instead of 3.

    >>> rope = Rope.of(range(100))
    >>> changed = rope.set(50, "fifty").delete(0).append("end")
    >>> len(rope), len(changed), changed.at(49), rope.at(50)
    (100, 100, 'fifty', 50)
    """

    __slots__ = ("_keys", "_tail", "_tree")

    def __init__(self, tree: Tree[T] | None = None) -> None:
        while isinstance(tree, Branch) and len(tree.children) == 1:
            tree = tree.children[0]
        self._tree: Tree[T] | None = tree
        self._keys: tuple[Index[T], Map[object, int]] | None = None  # key → how many rows of the tree have it
        self._tail: _Tail[T] | None = None

    @property
    def tree(self) -> Tree[T] | None:
        """All rows, in leaves under branches."""
        if self._tail is not None:
            self._settle(self._tail)
        return self._tree

    def _settle(self, tail: _Tail[T]) -> None:
        """Put what waits into the tree."""
        tree, keys = self._tree, self._keys
        for row in tail.rows[: tail.count]:
            grown = (Leaf((row,)),) if tree is None else with_appended(tree, row)
            tree = grown[0] if len(grown) == 1 else Branch(grown)
        self._tree, self._tail = tree, None
        if keys is not None:
            self._keep_keys(self, (), tail.rows[: tail.count])

    @staticmethod
    def of(rows: Iterable[U]) -> Rope[U]:
        """A rope of these rows; linear."""
        listed = list(rows)
        return Rope(built(listed) if listed else None)

    @staticmethod
    def lazily(source: Source[U], count: int) -> Rope[U]:
        """A rope of so many rows, at least one, that are made when they are looked at."""
        return Rope(built_lazily(source, count))

    def __len__(self) -> int:
        size = 0 if self._tree is None else self._tree.size
        return size if self._tail is None else size + self._tail.count

    def __iter__(self) -> Iterator[T]:
        for leaf in self.leaves():
            yield from leaf.rows

    def __eq__(self, other: object) -> bool:
        """Row by row; shape does not count."""
        if not isinstance(other, Rope):
            return NotImplemented
        return list(self) == list(cast("Rope[T]", other))

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        rows = [repr(row) for _, row in zip(range(4), self, strict=False)]
        return f"Rope({', '.join(rows)}{', …' if len(self) > 4 else ''} n={len(self)})"

    def leaves(self) -> Iterator[Leaf[T]]:
        """The leaves in order."""
        stack: list[Tree[T]] = [] if self.tree is None else [self.tree]
        while stack:
            tree = stack.pop()
            if isinstance(tree, Leaf):
                yield tree
            else:
                stack.extend(reversed(tree.children))

    def _check(self, i: int, size: int) -> None:
        if not 0 <= i < size:
            raise IndexError(f"row {i} of {len(self)}")

    def at(self, i: int) -> T:
        """Row i, counted from 0 (never from the end)."""
        self._check(i, len(self))
        assert self.tree is not None
        return row_at(self.tree, i)

    @property
    def last(self) -> T | None:
        """The last row, if there is one."""
        if self._tail is not None:
            return self._tail.rows[self._tail.count - 1]
        tree = self._tree
        while isinstance(tree, Branch):
            tree = tree.children[-1]
        return None if tree is None else tree.rows[-1]

    def set(self, i: int, row: T, alike: bool = False) -> Rope[T]:
        """With row i replaced; `alike`: by one that no index and no fold tells from it."""
        self._check(i, len(self))
        assert self.tree is not None
        new = Rope(with_row(self.tree, i, row, alike))
        if alike:
            new._keys = self._keys
        elif self._keys is not None:
            self._keep_keys(new, (row_at(self.tree, i),), (row,))
        return new

    def insert(self, i: int, row: T) -> Rope[T]:
        """With a row put in before row i; i may be the length."""
        self._check(i, len(self) + 1)
        if self.tree is None:
            return Rope(Leaf((row,)))
        grown = with_inserted(self.tree, i, row)
        new = Rope(grown[0] if len(grown) == 1 else Branch(grown))
        if self._keys is not None:
            self._keep_keys(new, (), (row,))
        return new

    def append(self, row: T, keys_of_row: Iterable[object] | None = None) -> Rope[T]:
        """With a row at the end; `keys_of_row` are those of the index that keys are kept of, if the caller knows them."""
        tail = self._tail
        rows: list[T]
        keys: dict[object, int]
        if tail is None:
            rows, keys, count = [], {}, 0
        else:
            rows, keys, count = tail.rows, tail.keys, tail.count
            if len(rows) > count:  # another rope went on from here before
                rows = rows[:count]
                keys = {key: at for key, at in keys.items() if at < count}
        rows.append(row)
        if self._keys is not None:
            for key in self._keys[0].keys(row) if keys_of_row is None else keys_of_row:
                keys.setdefault(key, count)
        new = cast("Rope[T]", object.__new__(Rope))
        new._tree, new._keys, new._tail = self._tree, self._keys, _Tail(rows, keys, count + 1)
        return new

    def extend(self, rows: Sequence[T]) -> Rope[T]:
        """With rows at the end."""
        if len(rows) * 4 > len(self):
            return Rope.of([*self, *rows])
        rope = self
        for row in rows:
            rope = rope.append(row)
        return rope

    def delete(self, i: int) -> Rope[T]:
        """Without row i."""
        self._check(i, len(self))
        assert self.tree is not None
        new = Rope(without_row(self.tree, i))
        if self._keys is not None:
            self._keep_keys(new, (row_at(self.tree, i),), ())
        return new

    def take(self, n: int) -> Rope[T]:
        """The first n rows, or all."""
        if n >= len(self):
            return self
        return self._part(first_rows(self.tree, n), n, len(self)) if n > 0 and self.tree is not None else Rope()

    def drop(self, n: int) -> Rope[T]:
        """Without the first n rows."""
        if n <= 0:
            return self
        return self._part(without_first(self.tree, n), 0, n) if n < len(self) and self.tree is not None else Rope()

    def _part(self, tree: Tree[T], start: int, stop: int) -> Rope[T]:
        """Without the rows from start to stop."""
        new = Rope(tree)
        if self._keys is not None and stop - start <= FEW:
            self._keep_keys(new, [self.at(i) for i in range(start, stop)], ())
        return new

    def _keep_keys(self, new: Rope[T], gone: Iterable[T], come: Iterable[T]) -> None:
        assert self._keys is not None
        index, counts = self._keys
        for row in gone:
            for key in index.keys(row):
                left = counts[key] - 1
                counts = counts.set(key, left) if left else counts.delete(key)
        for row in come:
            for key in index.keys(row):
                counts = counts.set(key, counts.get(key, 0) + 1)
        new._keys = (index, counts)

    def slice(self, start: int, stop: int) -> Rope[T]:
        """Rows start … stop-1."""
        return self.take(stop).drop(start)

    def holds(self, index: Index[T], key: object) -> bool:
        """Whether a row has this key. For one index the keys are kept and follow every change: the cost is the same in any rope."""
        if self._keys is None or self._keys[0] is not index:
            counts: dict[object, int] = {}
            for row in self:
                for each in index.keys(row):
                    counts[each] = counts.get(each, 0) + 1
            self._keys = (index, Map(counts))
        if key in self._keys[1]:
            return True
        tail = self._tail
        return tail is not None and tail.keys.get(key, tail.count) < tail.count

    def positions(self, index: Index[T], key: object) -> list[int]:
        """Where rows with this key stand, ascending."""
        out: list[int] = []
        if self.tree is not None:
            positions(self.tree, index, key, 0, out)
        return out
