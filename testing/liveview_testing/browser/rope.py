"""Ropes: long lists that share.

A list of rows in leaves of at most 64 rows under branches of at most 32 children. Changing one row copies one leaf and the
branches above it; everything else is the same objects as before.

Law: a rope is a value; and *everything a query learns about a subtree is remembered on that subtree* (`memo`, `markup`), so
that after a change only the changed path is looked at again. Remembering never changes an answer.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Generic, TypeAlias, TypeVar, cast

from immutables import Map

LEAF = 64
BRANCH = 32
FEW = 16  # rows whose keys are taken out one by one; of more that go at once the keys are read anew, if anybody asks
ASKS = 3  # a branch asked this often for an index has stopped changing: then it pays to merge its children's tables

T = TypeVar("T")
U = TypeVar("U")


class Leaf(Generic[T]):
    """Up to 64 rows."""

    __slots__ = ("_memo", "markup", "rows")

    def __init__(self, rows: tuple[T, ...]) -> None:
        self.rows = rows
        self.markup: object = None
        self._memo: dict[object, Any] | None = None

    @property
    def size(self) -> int:
        """How many rows."""
        return len(self.rows)

    @property
    def memo(self) -> dict[object, Any]:
        """What was learnt about these rows; made when first asked for."""
        if self._memo is None:
            self._memo = {}
        return self._memo


class Branch(Generic[T]):
    """Up to 32 leaves or branches."""

    __slots__ = ("_memo", "children", "ends", "markup")

    def __init__(self, children: tuple[Tree[T], ...]) -> None:
        self.children = children
        end = 0
        self.ends = [end := end + child.size for child in children]
        self.markup: object = None
        self._memo: dict[object, Any] | None = None

    @property
    def size(self) -> int:
        """How many rows, all children together."""
        return self.ends[-1]

    @property
    def memo(self) -> dict[object, Any]:
        """What was learnt about these rows; made when first asked for."""
        if self._memo is None:
            self._memo = {}
        return self._memo

    def replaced(self, at: int, child: Tree[T], grown: int = 0) -> Branch[T]:
        """The same branch with another child, larger by `grown` rows."""
        ends, children = self.ends, self.children
        new = cast("Branch[T]", object.__new__(Branch))
        new.children = (*children[:at], child, *children[at + 1 :])
        if grown:
            ends = ends.copy()
            for after in range(at, len(ends)):
                ends[after] += grown
        new.ends = ends
        new.markup = None
        new._memo = None if self._memo is None else _still_true(self._memo, at, children[at], child)
        return new


Tree: TypeAlias = "Leaf[T] | Branch[T]"


class Index(Generic[T]):
    """A way to find rows by key: `keys(row)` are the keys a row is found under.

    Tables are kept by leaf, so a changed row costs its leaf. An index is known by identity: make one, at module level. `few`: few
    rows have a key at all, so branches keep tables too from the first question on.
    """

    __slots__ = ("few", "keys", "name")

    def __init__(self, name: str, keys: Callable[[T], Iterable[object]], few: bool = False) -> None:
        self.name = name
        self.keys = keys
        self.few = few

    def __repr__(self) -> str:
        return f"<Index {self.name}>"


class Fold(Generic[T]):
    """A fact about rows that follows from theirs: `of(row)`, joined in order.

    Kept by leaf and branch, known by identity. A row that says what the one before it said changes no fact; a row at the end is
    one more to join.
    """

    __slots__ = ("join", "name", "of")

    def __init__(self, name: str, of: Callable[[T], Any], join: Callable[[list[Any]], Any]) -> None:
        self.name = name
        self.of = of
        self.join = join

    def __repr__(self) -> str:
        return f"<Fold {self.name}>"


class Spots:
    """Offsets of the rows in a leaf that hold what somebody looked for; `open` are rows that came since and were not asked.

    (A branch keeps a set: its children that hold nothing.)
    """

    __slots__ = ("known", "open")

    def __init__(self, known: tuple[int, ...], open: tuple[int, ...] = ()) -> None:
        self.known = known
        self.open = open

    def after(self, at: int) -> Spots:
        """When the row at this offset is another."""
        return Spots(self.known, self.open if at in self.open else (*self.open, at))


KEPT = 40  # facts that a changed leaf or branch takes along; a long test may ask hundreds of questions

Table: TypeAlias = "dict[object, tuple[int, ...]]"


def _table(tree: Tree[T], index: Index[T]) -> Table:
    """key → offsets of rows (leaf) or of children (branch), ascending."""
    found = tree.memo.get(index)
    if type(found) is dict:
        return cast(Table, found)
    table: Table = {}
    if isinstance(tree, Leaf):
        for at, row in enumerate(tree.rows):
            for key in index.keys(row):
                had = table.get(key)
                table[key] = (at,) if had is None else had if had[-1] == at else (*had, at)
    else:
        for at, child in enumerate(tree.children):
            for key in _table(child, index):
                had = table.get(key)
                table[key] = (at,) if had is None else (*had, at)
    tree.memo[index] = table
    return table


def _positions(tree: Tree[T], index: Index[T], key: object, base: int, out: list[int]) -> None:
    if isinstance(tree, Leaf):
        for at in _table(tree, index).get(key, ()):
            out.append(base + at)
        return
    memo = tree.memo.get(index)
    children: Iterable[int]
    if type(memo) is dict:
        children = cast(Table, memo).get(key, ())
    else:
        asked = 1 if memo is None else cast(int, memo) + 1
        tree.memo[index] = asked
        if asked >= ASKS or index.few:
            children = _table(tree, index).get(key, ())
        else:
            children = range(len(tree.children))
    ends = tree.ends
    kids = tree.children
    for at in children:
        child = kids[at]
        known = child._memo
        if known is not None:
            table: Any = known.get(index)
            if type(table) is dict and key not in table:
                continue  # the usual case, without a call
        _positions(child, index, key, base + (ends[at - 1] if at else 0), out)


def _still_true(memo: dict[object, Any], at: int, before: Tree[T], after: Tree[T]) -> dict[object, Any] | None:
    """What a branch knows that holds although the child `at` is another: where that child says the same as before."""
    had, has = before._memo, after._memo
    kept: dict[object, Any] = {}
    for key, fact in memo.items():
        if type(fact) is set:  # children that hold nothing
            kept[key] = cast("set[int]", fact) - {at}
        elif had is None or has is None:
            continue
        elif type(key) is Index:
            if key in has and key in had and has[key] is had[key]:
                kept[key] = fact
        elif type(key) is Fold and key in has and key in had and has[key] == had[key]:
            kept[key] = fact
        if len(kept) == KEPT:
            break
    return kept or None


def _set_row(leaf: Leaf[T], i: int, row: T, alike: bool) -> Leaf[T]:
    """Another row; what is known stays where the new row says what the old one said."""
    rows = leaf.rows
    new = Leaf((*rows[:i], row, *rows[i + 1 :]))
    memo = leaf._memo
    if memo is not None:
        old = rows[i]
        kept: dict[object, Any] = {}
        for key, fact in memo.items():
            if alike and type(key) in (Index, Fold):
                kept[key] = fact
            elif type(key) is Index:
                keys = cast("Index[T]", key).keys
                if tuple(keys(old)) == tuple(keys(row)):
                    kept[key] = fact
            elif type(key) is Fold:
                of = cast("Fold[T]", key).of
                if of(old) == of(row):
                    kept[key] = fact
            elif type(fact) is Spots:
                kept[key] = fact.after(i)
            if len(kept) == KEPT:
                break
        new._memo = kept or None
    return new


def _grown(memo: dict[object, Any], row: object, at: int) -> dict[object, Any] | None:
    """What a leaf knows with one more row at its end."""
    kept: dict[object, Any] = {}
    for key, fact in memo.items():
        if type(key) is Index:
            table = cast(Table, fact)
            for each in cast("Index[object]", key).keys(row):
                had = table.get(each, ())
                if not had or had[-1] != at:
                    table = {**table, each: (*had, at)}
            kept[key] = table
        elif type(key) is Fold:
            fold = cast("Fold[object]", key)
            kept[key] = fold.join([fact, fold.of(row)])
        elif type(fact) is Spots:
            kept[key] = fact.after(at)
        if len(kept) == KEPT:
            break
    return kept or None


def _at(tree: Tree[T], i: int) -> T:
    while isinstance(tree, Branch):
        ends = tree.ends
        at = bisect_right(ends, i)
        if at:
            i -= ends[at - 1]
        tree = tree.children[at]
    return tree.rows[i]


def _set(tree: Tree[T], i: int, row: T, alike: bool) -> Tree[T]:
    if isinstance(tree, Leaf):
        return _set_row(tree, i, row, alike)
    ends = tree.ends
    at = bisect_right(ends, i)
    return tree.replaced(at, _set(tree.children[at], i - ends[at - 1] if at else i, row, alike))


def _insert(tree: Tree[T], i: int, row: T) -> tuple[Tree[T], ...]:
    """The tree with the row in it, as one tree or two."""
    if isinstance(tree, Leaf):
        rows = (*tree.rows[:i], row, *tree.rows[i:])
        if len(rows) <= LEAF:
            grown_leaf = Leaf(rows)
            if i == len(rows) - 1 and tree._memo is not None:
                grown_leaf._memo = _grown(tree._memo, row, i)
            return (grown_leaf,)
        if i == len(rows) - 1:  # growing at the end leaves full leaves behind, at the start likewise
            cut = LEAF
        elif i == 0:
            cut = 1
        else:
            cut = len(rows) // 2
        return Leaf(rows[:cut]), Leaf(rows[cut:])
    at = min(bisect_right(tree.ends, i), len(tree.children) - 1)
    grown = _insert(tree.children[at], i - (tree.ends[at - 1] if at else 0), row)
    if len(grown) == 1:
        return (tree.replaced(at, grown[0], 1),)
    children = (*tree.children[:at], *grown, *tree.children[at + 1 :])
    if len(children) <= BRANCH:
        return (Branch(children),)
    if at >= BRANCH - 1:
        cut = BRANCH
    elif at == 0:
        cut = 1
    else:
        cut = len(children) // 2
    return Branch(children[:cut]), Branch(children[cut:])


def _append(tree: Tree[T], row: T) -> tuple[Tree[T], ...]:
    """The tree with the row at its end, as one tree or two: what is full stays as it is."""
    if isinstance(tree, Leaf):
        rows = tree.rows
        if len(rows) == LEAF:
            return tree, Leaf((row,))
        leaf = Leaf((*rows, row))
        if tree._memo is not None:
            leaf._memo = _grown(tree._memo, row, len(rows))
        return (leaf,)
    children = tree.children
    grown = _append(children[-1], row)
    if len(grown) == 1:
        return (tree.replaced(len(children) - 1, grown[0], 1),)
    if len(children) == BRANCH:
        return tree, Branch((grown[1],))
    return (Branch((*children, grown[1])),)


def _delete(tree: Tree[T], i: int) -> Tree[T] | None:
    if isinstance(tree, Leaf):
        rows = (*tree.rows[:i], *tree.rows[i + 1 :])
        return Leaf(rows) if rows else None
    at = bisect_right(tree.ends, i)
    child = _delete(tree.children[at], i - (tree.ends[at - 1] if at else 0))
    if child is None:
        children = (*tree.children[:at], *tree.children[at + 1 :])
        return Branch(children) if children else None
    if isinstance(child, Leaf) and len(child.rows) < LEAF // 4 and at + 1 < len(tree.children):
        beside = tree.children[at + 1]  # many deletes must not leave many tiny leaves
        if isinstance(beside, Leaf) and len(child.rows) + len(beside.rows) <= LEAF // 2:
            child = Leaf((*child.rows, *beside.rows))
            return Branch((*tree.children[:at], child, *tree.children[at + 2 :]))
    return Branch((*tree.children[:at], child, *tree.children[at + 1 :]))


def _take(tree: Tree[T], n: int) -> Tree[T]:
    """The first n rows, 0 < n < size."""
    if isinstance(tree, Leaf):
        return Leaf(tree.rows[:n])
    at = bisect_right(tree.ends, n)
    rest = n - (tree.ends[at - 1] if at else 0)
    kept = tree.children[:at]
    return Branch((*kept, _take(tree.children[at], rest)) if rest else kept)


def _drop(tree: Tree[T], n: int) -> Tree[T]:
    """Without the first n rows, 0 < n < size."""
    if isinstance(tree, Leaf):
        return Leaf(tree.rows[n:])
    at = bisect_right(tree.ends, n)
    rest = n - (tree.ends[at - 1] if at else 0)
    child = tree.children[at]
    return Branch((_drop(child, rest) if rest else child, *tree.children[at + 1 :]))


def _build(rows: Sequence[T]) -> Tree[T]:
    level: list[Tree[T]] = [Leaf(tuple(rows[i : i + LEAF])) for i in range(0, len(rows), LEAF)]
    while len(level) > 1:
        level = [Branch(tuple(level[i : i + BRANCH])) for i in range(0, len(level), BRANCH)]
    return level[0]


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
            grown = (Leaf((row,)),) if tree is None else _append(tree, row)
            tree = grown[0] if len(grown) == 1 else Branch(grown)
        self._tree, self._tail = tree, None
        if keys is not None:
            self._keep_keys(self, (), tail.rows[: tail.count])

    @staticmethod
    def of(rows: Iterable[U]) -> Rope[U]:
        """A rope of these rows; linear."""
        listed = list(rows)
        return Rope(_build(listed) if listed else None)

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
        return _at(self.tree, i)

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
        new = Rope(_set(self.tree, i, row, alike))
        if alike:
            new._keys = self._keys
        elif self._keys is not None:
            self._keep_keys(new, (_at(self.tree, i),), (row,))
        return new

    def insert(self, i: int, row: T) -> Rope[T]:
        """With a row put in before row i; i may be the length."""
        self._check(i, len(self) + 1)
        if self.tree is None:
            return Rope(Leaf((row,)))
        grown = _insert(self.tree, i, row)
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
        new = Rope(_delete(self.tree, i))
        if self._keys is not None:
            self._keep_keys(new, (_at(self.tree, i),), ())
        return new

    def take(self, n: int) -> Rope[T]:
        """The first n rows, or all."""
        if n >= len(self):
            return self
        return self._part(_take(self.tree, n), n, len(self)) if n > 0 and self.tree is not None else Rope()

    def drop(self, n: int) -> Rope[T]:
        """Without the first n rows."""
        if n <= 0:
            return self
        return self._part(_drop(self.tree, n), 0, n) if n < len(self) and self.tree is not None else Rope()

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
            _positions(self.tree, index, key, 0, out)
        return out
