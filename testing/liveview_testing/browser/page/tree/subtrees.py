"""What is anywhere below: the components and the skeletons of a whole subtree.

Owns the answers about whole subtrees, which are kept on them. Law: they never look into a component, since a component changes
without its surroundings.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias, TypeVar, cast

from liveview_testing.browser.page.templates.skeleton import Hole, Skeleton
from liveview_testing.browser.page.tree.instance import Below, Hung, below, is_flat, slots_in
from liveview_testing.browser.page.tree.ropes.leaves import Branch, Fold, Index, Leaf, Tree
from liveview_testing.browser.page.tree.ropes.rope import Rope
from liveview_testing.browser.page.tree.tree import Fixed, Frozen, Graft, Item, Keyed, Row, Template

S = TypeVar("S")


Subtree: TypeAlias = "Template | Keyed | Rope[Template] | Graft | Tree[Template] | Tree[Item] | Fixed"


def _fold(subtree: Subtree | int, fold: Fold[Any], of_template: Callable[[Template], S]) -> S:
    """A fact about a subtree from the facts about its parts, each kept with its part."""
    kept: Template | Tree[Any] | None
    if isinstance(subtree, Keyed):
        kept = subtree.rows.tree
    elif isinstance(subtree, Rope):
        kept = cast("Tree[Any] | None", subtree.tree)
    else:
        kept = None if isinstance(subtree, Fixed | Frozen | int) else subtree
    if kept is None:
        return cast(S, fold.join([]))
    memo = kept.memo
    found: Any = memo.get(fold)
    if found is None:  # no fact is None
        if isinstance(kept, Leaf):
            found = fold.join([fold.of(row) for row in kept.rows])
        elif isinstance(kept, Branch):
            found = fold.join([_fold(child, fold, of_template) for child in kept.children])
        else:
            found = of_template(kept)
        memo[fold] = found
    return cast(S, found)


_NONE: tuple[int, ...] = ()


def cids(subtree: Subtree | int) -> tuple[int, ...]:
    """The components that a subtree refers to directly, in document order."""
    if isinstance(subtree, int):
        return (subtree,)
    if isinstance(subtree, Template) and is_flat(subtree):
        return _NONE
    return _fold(subtree, _CIDS, _cids_of)


def _joined(parts: list[tuple[int, ...]]) -> tuple[int, ...]:
    full = [part for part in parts if part]
    return _NONE if not full else full[0] if len(full) == 1 else tuple(cid for part in full for cid in part)


_CIDS: Fold[Any] = Fold("components", cids, _joined)


def _cids_of(template: Template) -> tuple[int, ...]:
    return _joined([_cids_below(template, each) for _, each in below(template)])


def _cids_below(template: Template, each: Below) -> tuple[int, ...]:
    if isinstance(each, Frozen):
        return _joined([_cids_below(each.node, inner) for _, inner in inside(each.node, each.element)])
    if isinstance(each, Rope):
        return _joined([cids(each), *(_cids_fixed(template, item) for item in fixed_in(each))])
    return cids(each)


def _cids_fixed(template: Template, item: Fixed) -> tuple[int, ...]:
    node = template if item.node is None else item.node
    if isinstance(item.kid, Hole):
        value = node.slots[item.kid.slot]
        return _NONE if isinstance(value, str) else cids(value)
    return _joined([_cids_below(node, each) for _, each in inside(node, item.kid)])


FIXED: Index[Item] = Index("fixed", lambda item: (True,) if isinstance(item, Fixed) else (), few=True)


def fixed_in(rope: Rope[Item]) -> list[Fixed]:
    """The children of a container that are the template's own."""
    return [cast(Fixed, rope.at(i)) for i in rope.positions(FIXED, True)]


def inside(template: Template, number: int) -> list[Hung]:
    """The subtrees inside one element of a template."""
    element = template.shape.elements[number]
    slots = set(slots_in(element))
    return [
        hung
        for hung in below(template)
        if (hung[0].slot in slots if isinstance(hung[0], Hole) else number <= hung[0].number < element.end)
    ]


_Shapes: TypeAlias = "frozenset[Skeleton]"


def skeletons(subtree: Subtree | int) -> _Shapes:
    """The skeletons in a subtree, not looking into components: a search can skip it if none of them can match."""
    if isinstance(subtree, int):
        return frozenset()
    if isinstance(subtree, Template) and is_flat(subtree):
        return _alone(subtree.shape)
    return _fold(subtree, _SHAPES, _skeletons_of)


def _alone(shape: Skeleton) -> _Shapes:
    found = shape.memo.get("alone")
    if found is None:
        found = shape.memo["alone"] = frozenset([shape])
    return cast(_Shapes, found)


def _united(parts: list[_Shapes]) -> _Shapes:
    """All of them in one set; one of the parts themselves if it holds all, so that what was known stays the same object."""
    if len(parts) == 2 and parts[0] is parts[1]:
        return parts[0]
    largest: _Shapes = max(parts, key=len, default=frozenset[Skeleton]())
    if all(part <= largest for part in parts):
        return largest
    return largest.union(*parts)


_SHAPES: Fold[Any] = Fold("skeletons", skeletons, _united)


def _skeletons_of(template: Template) -> _Shapes:
    parts = [_alone(template.shape)]
    for _, each in below(template):
        if isinstance(each, Frozen):
            parts.append(skeletons(each.node))
        elif isinstance(each, Rope):
            parts.append(skeletons(each))
            parts.extend(skeletons(item.node) for item in fixed_in(each) if item.node is not None)
        else:
            parts.append(skeletons(each))
    return _united(parts)


def skeletons_inside(rows: Keyed | Rope[Item]) -> _Shapes:
    """The skeletons of what the rows of a list hold, the rows' own left out."""
    return _fold(rows, _INSIDE, _inside_of)


def _inside_of(row: Template | Fixed) -> _Shapes:
    if isinstance(row, Fixed) or is_flat(row):
        return frozenset()
    return _united([skeletons(each.node if isinstance(each, Frozen) else each) for _, each in below(row)])


_INSIDE: Fold[Any] = Fold("skeletons inside", _inside_of, _united)


def is_row(item: object) -> bool:
    """Whether it is a stream's item (and not another child of its container)."""
    return isinstance(item, Row) and item.ref is not None
