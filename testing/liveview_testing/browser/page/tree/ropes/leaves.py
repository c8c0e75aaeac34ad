"""Leaves and branches: what ropes are made of, and what is remembered on them.

Rows in leaves of at most 64 under branches of at most 32. Every function gives a tree that shares with the one it was given all
that did not change: of one changed row it copies one leaf and the branches above it.

Law: a tree is a value; and *everything a query learns about a subtree is remembered on that subtree* (`memo`, `markup`), so
that after a change only the changed path is looked at again. Remembering never changes an answer.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Generic, Protocol, TypeAlias, TypeVar, cast

LEAF = 64
BRANCH = 32
ASKS = 3  # a branch asked this often for an index has stopped changing: then it pays to merge its children's tables

T = TypeVar("T")


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


T_co = TypeVar("T_co", covariant=True)


class Source(Protocol[T_co]):
    """What rows are made of, once somebody looks at them."""

    def made(self, start: int, stop: int) -> tuple[T_co, ...]:
        """The rows from start to stop."""
        ...


class LazyLeaf(Leaf[T]):
    """Rows that nobody has looked at: they are made when somebody does, once, and then it is a leaf like any other."""

    __slots__ = ("_source", "_start", "_stop")

    def __init__(self, source: Source[T], start: int, stop: int) -> None:
        self._source: Source[T] | None = source
        self._start = start
        self._stop = stop
        self.markup: object = None
        self._memo: dict[object, Any] | None = None

    def __getattr__(self, name: str) -> tuple[T, ...]:
        """`rows`, as long as nobody has asked for them: later they are found without this."""
        if name != "rows":
            raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}", name=name, obj=self)
        source = self._source
        if source is None:  # another thread was faster
            return cast("tuple[T, ...]", object.__getattribute__(self, name))
        self.rows = rows = source.made(self._start, self._stop)
        self._source = None
        return rows

    @property
    def size(self) -> int:
        """How many rows."""
        return self._stop - self._start


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


def positions(tree: Tree[T], index: Index[T], key: object, base: int, out: list[int]) -> None:
    """Put where rows with this key stand into `out`, ascending, counted from `base`."""
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
        positions(child, index, key, base + (ends[at - 1] if at else 0), out)


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


def row_at(tree: Tree[T], i: int) -> T:
    """Row i."""
    while isinstance(tree, Branch):
        ends = tree.ends
        at = bisect_right(ends, i)
        if at:
            i -= ends[at - 1]
        tree = tree.children[at]
    return tree.rows[i]


def with_row(tree: Tree[T], i: int, row: T, alike: bool) -> Tree[T]:
    """With row i replaced; `alike`: by one that no index and no fold tells from it."""
    if isinstance(tree, Leaf):
        return _set_row(tree, i, row, alike)
    ends = tree.ends
    at = bisect_right(ends, i)
    return tree.replaced(at, with_row(tree.children[at], i - ends[at - 1] if at else i, row, alike))


def with_inserted(tree: Tree[T], i: int, row: T) -> tuple[Tree[T], ...]:
    """With a row put in before row i, as one tree or two."""
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
    grown = with_inserted(tree.children[at], i - (tree.ends[at - 1] if at else 0), row)
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


def with_appended(tree: Tree[T], row: T) -> tuple[Tree[T], ...]:
    """With a row at the end, as one tree or two: what is full stays as it is."""
    if isinstance(tree, Leaf):
        rows = tree.rows
        if len(rows) == LEAF:
            return tree, Leaf((row,))
        leaf = Leaf((*rows, row))
        if tree._memo is not None:
            leaf._memo = _grown(tree._memo, row, len(rows))
        return (leaf,)
    children = tree.children
    grown = with_appended(children[-1], row)
    if len(grown) == 1:
        return (tree.replaced(len(children) - 1, grown[0], 1),)
    if len(children) == BRANCH:
        return tree, Branch((grown[1],))
    return (Branch((*children, grown[1])),)


def without_row(tree: Tree[T], i: int) -> Tree[T] | None:
    """Without row i; None if it was the only one."""
    if isinstance(tree, Leaf):
        rows = (*tree.rows[:i], *tree.rows[i + 1 :])
        return Leaf(rows) if rows else None
    at = bisect_right(tree.ends, i)
    child = without_row(tree.children[at], i - (tree.ends[at - 1] if at else 0))
    if child is None:
        children = (*tree.children[:at], *tree.children[at + 1 :])
        return Branch(children) if children else None
    if isinstance(child, Leaf) and len(child.rows) < LEAF // 4 and at + 1 < len(tree.children):
        beside = tree.children[at + 1]  # many deletes must not leave many tiny leaves
        if isinstance(beside, Leaf) and len(child.rows) + len(beside.rows) <= LEAF // 2:
            child = Leaf((*child.rows, *beside.rows))
            return Branch((*tree.children[:at], child, *tree.children[at + 2 :]))
    return Branch((*tree.children[:at], child, *tree.children[at + 1 :]))


def first_rows(tree: Tree[T], n: int) -> Tree[T]:
    """The first n rows, 0 < n < size."""
    if isinstance(tree, Leaf):
        return Leaf(tree.rows[:n])
    at = bisect_right(tree.ends, n)
    rest = n - (tree.ends[at - 1] if at else 0)
    kept = tree.children[:at]
    return Branch((*kept, first_rows(tree.children[at], rest)) if rest else kept)


def without_first(tree: Tree[T], n: int) -> Tree[T]:
    """Without the first n rows, 0 < n < size."""
    if isinstance(tree, Leaf):
        return Leaf(tree.rows[n:])
    at = bisect_right(tree.ends, n)
    rest = n - (tree.ends[at - 1] if at else 0)
    child = tree.children[at]
    return Branch((without_first(child, rest) if rest else child, *tree.children[at + 1 :]))


def built(rows: Sequence[T]) -> Tree[T]:
    """A tree of these rows, at least one."""
    return _above([Leaf(tuple(rows[i : i + LEAF])) for i in range(0, len(rows), LEAF)])


def built_lazily(source: Source[T], count: int) -> Tree[T]:
    """A tree of so many rows, at least one, that are made when they are looked at."""
    return _above([LazyLeaf(source, i, min(i + LEAF, count)) for i in range(0, count, LEAF)])


def _above(level: list[Tree[T]]) -> Tree[T]:
    """The tree above these leaves."""
    while len(level) > 1:
        level = [Branch(tuple(level[i : i + BRANCH])) for i in range(0, len(level), BRANCH)]
    return level[0]
