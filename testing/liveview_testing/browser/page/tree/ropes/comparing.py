"""Two versions of a long list, side by side: which rows they do not share.

Law: the cost is that of what differs. A subtree that both have is not descended into, so of 10,000 rows of which one is another,
about a hundred nodes are looked at.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeAlias

from liveview_testing.browser.page.tree.ropes.leaves import Branch, Leaf, Tree

Placed: TypeAlias = "list[tuple[int, Any]]"
"""Rows with their positions, ascending."""

Pair: TypeAlias = "tuple[int, Any, Any]"
"""A position, and the rows there: before, and after."""


def exclusive(was: Tree[Any] | None, now: Tree[Any] | None) -> tuple[Placed, Placed]:
    """The rows of each that are not in the other, wherever they stand there."""
    old: list[tuple[int, Tree[Any]]] = [] if was is None else [(0, was)]
    new: list[tuple[int, Tree[Any]]] = [] if now is None else [(0, now)]
    while True:
        mine, theirs = {id(tree) for _, tree in old}, {id(tree) for _, tree in new}
        old = [each for each in old if id(each[1]) not in theirs]
        new = [each for each in new if id(each[1]) not in mine]
        if all(isinstance(tree, Leaf) for _, tree in (*old, *new)):
            break
        old, new = _opened(old), _opened(new)
    before = {id(row) for _, leaf in old for row in _rows(leaf)}
    after = {id(row) for _, leaf in new for row in _rows(leaf)}
    return _but(old, after), _but(new, before)


def _opened(parts: list[tuple[int, Tree[Any]]]) -> list[tuple[int, Tree[Any]]]:
    """What the branches among them are made of, with the positions at which that begins."""
    found: list[tuple[int, Tree[Any]]] = []
    for base, tree in parts:
        if isinstance(tree, Branch):
            found.extend(zip((base, *(base + end for end in tree.ends)), tree.children, strict=False))
        else:
            found.append((base, tree))
    return found


def _rows(leaf: Tree[Any]) -> Iterable[Any]:
    assert isinstance(leaf, Leaf)
    return leaf.rows


def _but(parts: list[tuple[int, Tree[Any]]], shared: set[int]) -> Placed:
    return [(base + at, row) for base, leaf in parts for at, row in enumerate(_rows(leaf)) if id(row) not in shared]


def pairs(was: Tree[Any] | None, now: Tree[Any] | None, shares: Callable[[Any, Any], bool]) -> list[Pair] | None:
    """The rows at one position that are not the same; None if there are more or fewer of them, or leaves are cut in another way.

    `shares` says whether two subtrees are one, with all that is in them.
    """
    found: list[Pair] = []
    if was is None or now is None:
        return found if was is now else None
    return found if _paired(was, now, 0, shares, found) else None


def _paired(one: Tree[Any], other: Tree[Any], base: int, shares: Callable[[Any, Any], bool], found: list[Pair]) -> bool:
    if shares(one, other):
        return True
    if isinstance(one, Branch) and isinstance(other, Branch) and one.ends == other.ends:
        starts = (base, *(base + end for end in one.ends))
        return all(
            _paired(child, its, start, shares, found)
            for start, child, its in zip(starts, one.children, other.children, strict=False)
        )
    if not isinstance(one, Leaf) or not isinstance(other, Leaf) or one.size != other.size:
        return False
    found.extend(
        (base + at, row, its)
        for at, (row, its) in enumerate(zip(one.rows, other.rows, strict=True))
        if not shares(row, its)
    )
    return True
