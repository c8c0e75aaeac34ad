"""What an instance's elements say: attributes, DOM ids, and which components and skeletons are below.

Law: every answer is read from a skeleton and values. Answers about whole subtrees are kept on them, and never look into a
component, since a component changes without its surroundings.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, TypeAlias, TypeVar, cast

from liveview_testing.browser.page.tree.ropes.leaves import Branch, Fold, Index, Leaf, Tree
from liveview_testing.browser.page.tree.ropes.rope import Rope
from liveview_testing.browser.page.tree.skeleton import (
    Attribute,
    Comment,
    Element,
    Hole,
    Kid,
    Skeleton,
    Spread,
    decode_attribute,
    read_attributes,
    walk,
)
from liveview_testing.browser.page.tree.skeleton import Value as AttributeValue
from liveview_testing.browser.page.tree.tree import Fixed, Frozen, Graft, Item, Keyed, Root, Row, Template, Value

# --- attributes -------------------------------------------------------------------------------------------------------------


def flat(value: Value) -> str:
    """The wire text of a value, without components: what stands in an attribute or in a title."""
    if type(value) is str:
        return value
    if isinstance(value, Template):
        statics = value.skeleton.statics
        parts = [statics[0]]
        for slot, static in zip(value.slots, statics[1:], strict=True):
            parts.append(flat(slot))
            parts.append(static)
        return "".join(parts)
    if isinstance(value, Keyed):
        return "".join(flat(row) for row in value.rows)
    return str(value)


def _text(template: Template, value: AttributeValue) -> str:
    if isinstance(value, str):
        return value
    slots, text = template.slots, ""
    for part in value:
        if isinstance(part, str):
            text += part
        else:
            slot = slots[part]
            text += decode_attribute(slot if isinstance(slot, str) else flat(slot))
    return text


def attribute(template: Template, element: Element, name: str) -> str | None:
    """One attribute of an element, unescaped; a bare one is ""."""
    if element.fixed is not None:
        return element.fixed.get(name)
    for each in element.attributes:
        if isinstance(each, Attribute):
            if each.name == name:
                return _text(template, each.value)
        else:
            text = flat(template.slots[each.slot])
            if name in text.lower():
                for found, value in read_attributes(text):
                    if found == name:
                        return value
    return None


def attributes(template: Template, element: Element) -> Mapping[str, str]:
    """All attributes of an element; of two with one name the first counts."""  # AT-11
    if element.fixed is not None:
        return element.fixed
    found: dict[str, str] = {}
    for each in element.attributes:
        if isinstance(each, Attribute):
            found.setdefault(each.name, _text(template, each.value))
        else:
            for name, value in read_attributes(flat(template.slots[each.slot])):
                found.setdefault(name, value)
    return found


def root_id(template: Template, component: Callable[[int], Root | None]) -> str:
    """The DOM id of the template's first element, in a component or a nested template if that comes first; "" if none."""
    for kid in template.shape.kids:
        if isinstance(kid, Element):
            return attribute(template, kid, "id") or ""
        if isinstance(kid, Hole):
            value = template.slots[kid.slot]
            inner = component(value) if isinstance(value, int) else value
            if isinstance(inner, Keyed):
                inner = inner.rows.at(0) if len(inner.rows) else ""
            if isinstance(inner, Template):
                return root_id(inner, component)
    return ""


def element_by_id(template: Template, dom_id: str) -> Element | None:
    """The template's own element with this DOM id."""
    for element in with_ids(template.shape):
        if attribute(template, element, "id") == dom_id:
            return element
    return None


def with_ids(shape: Skeleton) -> tuple[Element, ...]:
    """The elements that may have a DOM id."""
    found = shape.memo.get("ids")
    if found is None:
        found = shape.memo["ids"] = tuple(e for e in shape.elements if e.may_have("id"))
    return cast("tuple[Element, ...]", found)


def may_update(shape: Skeleton) -> tuple[Element, ...]:
    """The elements that may have `phx-update`."""
    found = shape.memo.get("may update")
    if found is None:
        found = shape.memo["may update"] = tuple(e for e in shape.elements if e.may_have("phx-update"))
    return cast("tuple[Element, ...]", found)


def writes_id(element: Element) -> bool:
    """Whether the template writes an id on the element; a value may bring one besides."""
    return any(isinstance(each, Attribute) and each.name == "id" for each in element.attributes)


Named: TypeAlias = "tuple[dict[str, tuple[int, ...]], tuple[Element, ...]]"


def id_slots(shape: Skeleton) -> tuple[int, ...]:
    """The slots that an id of the template can come from: as long as they are the same, so are its ids."""
    found = shape.memo.get("id slots")
    if found is None:
        slots: list[int] = []
        for element in named(shape)[1]:
            for each in element.attributes:
                if isinstance(each, Spread):
                    slots.append(each.slot)
                elif each.name == "id" and not isinstance(each.value, str):
                    slots.extend(part for part in each.value if isinstance(part, int))
        found = shape.memo["id slots"] = tuple(slots)
    return cast("tuple[int, ...]", found)


def named(shape: Skeleton) -> Named:
    """The ids that every instance has, with their elements' numbers; and the elements whose id depends on the instance."""
    found = shape.memo.get("named")
    if found is None:
        always: dict[str, tuple[int, ...]] = {}
        depends: list[Element] = []
        for element in with_ids(shape):
            first = next(each for each in element.attributes if isinstance(each, Spread) or each.name == "id")
            if isinstance(first, Attribute) and isinstance(first.value, str):  # of two the first counts (AT-11)
                always[first.value] = (*always.get(first.value, ()), element.number)
            else:
                depends.append(element)
        found = shape.memo["named"] = (always, tuple(depends))
    return cast(Named, found)


# --- children ---------------------------------------------------------------------------------------------------------------

Below: TypeAlias = "Template | Keyed | Graft | int"
"""A subtree below a template: a nested template, a comprehension, the children of a container, a component."""

Hung: TypeAlias = "tuple[Hole | Element, Below]"
"""A subtree with the hole it stands in, or the element whose children it replaces."""


def order(shape: Skeleton) -> tuple[Element | Hole, ...]:
    """Elements and holes of a skeleton in document order."""
    found = shape.memo.get("order")
    if found is None:
        found = shape.memo["order"] = tuple(_order(shape.kids))
    return cast("tuple[Element | Hole, ...]", found)


def _order(kids: Iterable[Kid]) -> Iterator[Element | Hole]:
    for kid in kids:
        if isinstance(kid, Hole):
            yield kid
        elif not isinstance(kid, str | Comment):
            yield kid
            yield from _order(kid.kids)


def spans(shape: Skeleton) -> tuple[tuple[int, int], ...]:
    """Of each element: where in `order` it and its descendants stand."""
    found = shape.memo.get("spans")
    if found is None:
        starts = [0] * len(shape.elements)
        ends = [0] * len(shape.elements)

        def visit(kids: Iterable[Kid], at: int) -> int:
            for kid in kids:
                if isinstance(kid, Hole):
                    at += 1
                elif isinstance(kid, Element):
                    starts[kid.number] = at
                    at = ends[kid.number] = visit(kid.kids, at + 1)
            return at

        visit(shape.kids, 0)
        found = shape.memo["spans"] = tuple(zip(starts, ends, strict=True))
    return cast("tuple[tuple[int, int], ...]", found)


def hole_parents(shape: Skeleton) -> Mapping[int, int]:
    """slot → number of the element it stands in."""
    found = shape.memo.get("hole_parents")
    if found is None:
        parents = {kid.slot: -1 for kid in shape.kids if isinstance(kid, Hole)}
        for element in walk(shape.kids):
            for kid in element.kids:
                if isinstance(kid, Hole):
                    parents[kid.slot] = element.number
        found = shape.memo["hole_parents"] = parents
    return cast("Mapping[int, int]", found)


def graft_at(template: Template, element: Element) -> Graft | None:
    """What replaces the element's children, if anything does."""
    if template.grafts is None or not element.may_have("phx-update"):
        return None
    dom_id = attribute(template, element, "id")
    return None if dom_id is None else template.grafts.get(dom_id)


def grafted(template: Template) -> dict[int, Graft]:
    """Element number → graft, for the elements that have one."""
    grafts = template.grafts
    if grafts is None:
        return {}
    found: dict[int, Graft] = {}
    for element in may_update(template.shape):
        dom_id = attribute(template, element, "id")
        if dom_id is not None and dom_id in grafts:
            found[element.number] = grafts[dom_id]
    return found


def is_flat(template: Template) -> bool:
    """Whether nothing is below it: all its values are text."""
    if template.grafts is not None:
        return False
    slots = template.slots
    for hole in template.shape.holes:  # noqa: SIM110 - all() with a generator costs twice as much
        if type(slots[hole.slot]) is not str:
            return False
    return True


def below(template: Template) -> list[Hung]:
    """The subtrees of a template in document order; what a graft replaces is left out."""
    shape = template.shape
    slots = template.slots
    if template.grafts is None:
        if not shape.holes:
            return []
        return [
            (hole, cast("Template | Keyed | int", slots[hole.slot]))
            for hole in shape.holes
            if type(slots[hole.slot]) is not str
        ]
    grafts = grafted(template)
    found: list[Hung] = []
    skip = 0
    covered: set[int] = set()
    for item in order(shape):
        if isinstance(item, Element):
            if item.number >= skip and item.number in grafts:
                found.append((item, grafts[item.number]))
                skip = item.end
                covered.update(_slots_in(item))
        elif item.slot not in covered and not item.plain and type(slots[item.slot]) is not str:
            found.append((item, cast("Template | Keyed | int", slots[item.slot])))
    return found


def _slots_in(element: Element) -> Iterator[int]:
    for kid in _order(element.kids):
        if isinstance(kid, Hole):
            yield kid.slot


# --- facts about whole subtrees ---------------------------------------------------------------------------------------------

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
    slots = set(_slots_in(element))
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
