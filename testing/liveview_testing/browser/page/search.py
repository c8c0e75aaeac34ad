"""Search: elements that pass a test, in document order, lazily.

Law: what was learnt about a subtree is kept with it, by the test's key: which of its rows and elements match, and that it
holds none. So the second search with a test costs what changed since the first, and what it finds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Protocol, cast

from liveview_testing.browser.page.place import Found, Place, attributes_of, frozen_place, hung, item_place, row_place
from liveview_testing.browser.page.siblings import Spot, row_at_spot, row_in_container
from liveview_testing.browser.page.templates.skeleton import Element, Hole, Skeleton
from liveview_testing.browser.page.tree.component_index import HELD
from liveview_testing.browser.page.tree.instance import below, grafted, hole_parents, order, spans
from liveview_testing.browser.page.tree.ropes.leaves import Leaf, Spots, Tree
from liveview_testing.browser.page.tree.ropes.rope import Rope
from liveview_testing.browser.page.tree.subtrees import cids, skeletons, skeletons_inside
from liveview_testing.browser.page.tree.text import Components, words
from liveview_testing.browser.page.tree.tree import Fixed, Frozen, Graft, Item, Keyed, Row, Template


def _text(node: Template, element: Element, components: Components) -> str:
    return " ".join(words(node, element, components, scripts=False).split())


def _no_component(cid: int) -> None:  # pragma: no cover - in a row there is none
    return None


class Reach:
    """What a skeleton says about a test, once for all its instances.

    `candidates` may match in some instance; `settled` are those that match in every one (None: it depends on the instance).
    `marked`: one of them is the first element, which the browser marks in components and streams. `steps` are the candidates
    and the holes in document order, with their positions in `order`.
    """

    __slots__ = ("candidates", "marked", "settled", "steps")

    def __init__(
        self,
        shape: Skeleton,
        candidates: tuple[int, ...],
        accepts: Callable[[Element, Mapping[str, str]], bool],
        plain: bool,
    ) -> None:
        elements = [shape.elements[n] for n in candidates]
        self.candidates = candidates
        self.marked = any(e.number == 0 for e in elements)
        self.settled: frozenset[int] | None = None
        if plain and all(e.fixed is not None for e in elements):
            self.settled = frozenset(e.number for e in elements if e.fixed is not None and accepts(e, e.fixed))
        self.steps: tuple[tuple[int, Element | Hole], ...] = tuple(
            (at, item)
            for at, item in enumerate(order(shape))
            if (not item.plain if isinstance(item, Hole) else item.number in candidates)
        )


class Sieve(Protocol):
    """What is known of whole rows: False where no element in them can be meant. It never denies one that is."""

    @property
    def key(self) -> str:
        """Equal keys mean the same sieve."""
        ...

    def leaf(self, leaf: Leaf[Any]) -> bool:
        """Whether some row of a leaf may hold what is wanted."""
        ...

    def row(self, row: object) -> bool:
        """Whether a row may hold what is wanted."""
        ...


class Wanted:
    """What `search` looks for: a test of one element by itself (tag and attributes, no neighbours).

    * `key`: equal keys mean the same test (the compound selector's text, say);
    * `candidates(skeleton)`: the numbers of elements that may match in some instance, ascending. Asked once a skeleton;
    * `accepts(element, attributes)`: the test; `attributes` are those of the instance;
    * `spot`: where it must stand among its siblings, if that is all that is asked of them. The caller checks; it is known
      here so that of a list, whose rows are what is wanted, only the row at that place is looked at;
    * `sieve`: rows that it denies are passed over, whole leaves of them at once;
    * `denied`: says of rows at once that nothing in them can match; a first look at a leaf asks it;
    * `last_first`: rows of lists are looked at from the end, for whoever only asks whether there is one;
    * `text`: a test of the element's `text`, if there is one (`key` must tell it). Without components inside, its outcome
      belongs to the subtree and is kept with it: a text in one of 10,000 rows costs what changed, not the list.
    """

    __slots__ = ("_candidates", "_holds", "accepts", "denied", "key", "last_first", "sieve", "spot", "text")

    def __init__(
        self,
        key: str,
        candidates: Callable[[Skeleton], tuple[int, ...]],
        accepts: Callable[[Element, Mapping[str, str]], bool],
        text: Callable[[str], bool] | None = None,
        spot: Spot | None = None,
        sieve: Sieve | None = None,
        last_first: bool = False,
        denied: Callable[[Sequence[Any]], bool] | None = None,
    ) -> None:
        self.sieve = sieve
        self.denied = denied
        self.last_first = last_first
        self.key = ("wanted", key)
        self.spot = spot
        self._holds = ("holds", key)
        self._candidates = candidates
        self.accepts = accepts
        self.text = text

    def reach(self, shape: Skeleton) -> Reach:
        """What a skeleton says about the test."""
        found: Reach | None = shape.memo.get(self.key)
        if found is None:
            found = shape.memo[self.key] = Reach(shape, self._candidates(shape), self.accepts, self.text is None)
        return found

    def hits(self, node: Template) -> frozenset[int]:
        """Elements of an instance that do match, wherever they are in it; by all but their text if that is `open`."""
        reach = self.reach(node.shape)
        if not reach.candidates:
            return _NO_HITS
        settled = reach.settled
        if settled is not None and (node.grafts is None or not any(type(g) is Frozen for g in node.grafts.values())):
            if not reach.marked or type(node) is Template:
                return settled
        found: frozenset[int] | None = node.memo.get(self.key)
        if found is None:
            elements = node.shape.elements
            accepts = self.accepts
            matching = [n for n in reach.candidates if accepts(elements[n], attributes_of(node, elements[n]))]
            if self.text is not None and not self.open(node):
                matching = [n for n in matching if self.text(_text(node, elements[n], _no_component))]
            found = node.memo[self.key] = frozenset(matching) if matching else _NO_HITS
        return found

    def open(self, node: Template) -> bool:
        """Whether the text is to be asked of the node itself: there are components inside, which change by themselves."""
        return self.text is not None and bool(cids(node))

    def agrees(self, place: Place, number: int) -> bool:
        """The text test, on an element where it stands."""
        if self.text is None:
            return True
        return self.text(_text(place.node, place.shape.elements[number], place.page.components.get))

    def may_be_in(self, subtree: Template | Keyed | Graft | Tree[Template] | int) -> bool:
        """False: no element of the subtree matches."""
        if isinstance(subtree, int | Frozen):
            return True
        for shape in skeletons(subtree):
            reach = shape.memo.get(self.key)
            if (self.reach(shape) if reach is None else reach).candidates:
                return True
        return bool(cids(subtree))

    def is_row_of(self, rows: Keyed | Rope[Item]) -> bool:
        """Whether in a list only the rows' outermost elements can match."""
        inside = skeletons_inside(rows)
        if cids(rows) or any(self.reach(shape).candidates for shape in inside):
            return False
        own = skeletons(rows) - inside
        return not any(shape.elements[n].parent >= 0 for shape in own for n in self.reach(shape).candidates)

    def rows(
        self, tree: Tree[Template], base: int = 0, around: Place | None = None, host: int = -1
    ) -> Iterator[tuple[int, Template]]:
        """Rows that may hold a match, with their positions; `around` and `host` are where the whole list stands."""
        if isinstance(tree, Leaf):
            if self.sieve is None or self.sieve.leaf(tree):
                offsets = self._in_leaf(tree)
                for at in reversed(offsets) if self.last_first else offsets:
                    yield base + at, tree.rows[at]
            return
        empty: set[int] | None = tree.memo.get(self.key)
        if empty is None:
            empty = tree.memo[self.key] = set[int]()
        children = list(enumerate(tree.children))
        for at, child in reversed(children) if self.last_first else children:
            if at in empty:
                continue
            if self._known_empty(child):
                empty.add(at)
                continue
            first = base + (tree.ends[at - 1] if at else 0)
            some = False
            for pair in self.rows(child, first):
                some = True
                yield pair
            if not some:
                empty.add(at)

    def _in_leaf(self, leaf: Leaf[Template]) -> tuple[int, ...]:
        """Offsets of the rows that may hold a match; of a leaf that changed, only its new rows are asked."""
        found: Spots | None = leaf.memo.get(self.key)
        rows = leaf.rows
        if found is None:
            none = self.denied is not None and self.denied(rows)
            spots = () if none else tuple(at for at, row in enumerate(rows) if self._holds_match(row))
            found = leaf.memo[self.key] = Spots(spots)
        elif found.open:
            known = [at for at in found.known if at not in found.open]
            known.extend(at for at in found.open if self._holds_match(rows[at]))
            found = leaf.memo[self.key] = Spots(tuple(sorted(known)))
        return found.known

    def _holds_match(self, row: Template | Fixed) -> bool:
        if self.sieve is not None and not self.sieve.row(row):
            return False
        return isinstance(row, Fixed) or self._is_in(row)

    def _known_empty(self, tree: Tree[Template]) -> bool:
        """Whether it is known already that no row of a subtree can hold a match."""
        found: Any = None if tree._memo is None else tree._memo.get(self.key)
        if found is None:
            return False
        return not (found.known or found.open) if isinstance(tree, Leaf) else len(found) == len(tree.children)

    def _is_in(self, subtree: Template | Keyed | Graft | int) -> bool:
        """Whether an element in the subtree matches; True also if a component has to be asked."""
        if isinstance(subtree, int | Frozen):
            return True
        if not isinstance(subtree, Template):
            if isinstance(subtree, Rope) and subtree.holds(HELD, Fixed):
                return True  # children of the container that are the template's own, or components
            tree = cast("Tree[Template] | None", subtree.rows.tree if isinstance(subtree, Keyed) else subtree.tree)
            return tree is not None and self.may_be_in(tree) and next(self.rows(tree), None) is not None
        if self.hits(subtree):
            return True
        if not subtree.shape.holes and subtree.grafts is None:
            return False
        parts = below(subtree)
        if not parts:
            return False
        known = subtree.memo.get(self._holds)
        if known is None:
            known = subtree.memo[self._holds] = any(self._is_in(part) for _, part in parts)
        return cast(bool, known)


_NO_HITS: frozenset[int] = frozenset()


def scan(place: Place, start: int, stop: int, wanted: Wanted) -> Iterator[Found]:
    """Matches among a part of a template's elements and holes (positions in `order`), and below."""
    node, shape = place.node, place.shape
    hits = wanted.hits(node)
    if node.grafts is not None:
        yield from _scan_grafted(place, start, stop, wanted, hits)
        return
    if not hits and not shape.holes:
        return
    asked = wanted.text is not None and wanted.open(node)
    for at, item in wanted.reach(shape).steps:
        if at < start:
            continue
        if at >= stop:
            return
        if isinstance(item, Hole):
            value = node.slots[item.slot]
            if not isinstance(value, str) and wanted.may_be_in(value):
                yield from _scan_hung(place, item, value, wanted)
        elif item.number in hits and (not asked or wanted.agrees(place, item.number)):
            yield place, item.number


def _scan_grafted(place: Place, start: int, stop: int, wanted: Wanted, hits: frozenset[int]) -> Iterator[Found]:
    node, shape = place.node, place.shape
    asked = wanted.open(node)
    grafts = grafted(node)
    skip = start
    items = order(shape)
    for at in range(start, stop):
        if at < skip:
            continue
        item = items[at]
        if isinstance(item, Hole):
            if not item.plain:
                value = node.slots[item.slot]
                if not isinstance(value, str) and wanted.may_be_in(value):
                    yield from _scan_hung(place, item, value, wanted)
            continue
        if item.number in hits:
            if not asked or wanted.agrees(place, item.number):
                yield place, item.number
        if item.number in grafts:
            yield from scan_graft(place, item, grafts[item.number], wanted)
            skip = spans(shape)[item.number][1]


def _scan_all(place: Place, wanted: Wanted) -> Iterator[Found]:
    return scan(place, 0, len(order(place.shape)), wanted)


def _scan_hung(place: Place, hole: Hole, value: Template | Keyed | int, wanted: Wanted) -> Iterator[Found]:
    host = hole_parents(place.shape)[hole.slot]
    if isinstance(value, Keyed):
        rows = value.rows
        if rows.tree is None:
            return
        if wanted.spot is not None and wanted.is_row_of(value):
            only = row_at_spot(place, hole, host, rows.tree, wanted.spot)
            if only is not None:
                if only >= 0:
                    yield from _scan_all(row_place(place, hole.slot, only, rows.at(only), host), wanted)
                return
        for at, row in wanted.rows(rows.tree, 0, place, host):
            yield from _scan_all(row_place(place, hole.slot, at, row, host), wanted)
        return
    for each in hung(place, hole.slot, value, host):
        yield from _scan_all(each, wanted)


def scan_graft(place: Place, element: Element, graft: Graft, wanted: Wanted) -> Iterator[Found]:
    if isinstance(graft, Frozen):
        below = frozen_place(place, element, graft)
        start, stop = spans(below.shape)[graft.element]
        yield from scan(below, start + 1, stop, wanted)
        return
    if graft.tree is None or not (wanted.may_be_in(graft) or graft.holds(HELD, Fixed)):
        return
    if wanted.spot is not None and not graft.holds(HELD, Fixed) and wanted.is_row_of(graft):
        only = row_in_container(graft.tree, wanted.spot)
        if only >= 0:
            yield from _scan_all(item_place(place, element, graft.at(only)), wanted)
        return
    for _, row in wanted.rows(cast("Tree[Template]", graft.tree), 0, place, element.number):
        item = cast(Item, row)
        below = item_place(place, element, item)
        if isinstance(item, Row):
            yield from _scan_all(below, wanted)
        elif isinstance(item.kid, int):
            start, stop = spans(below.shape)[item.kid]
            yield from scan(below, start, stop, wanted)
        else:
            value = below.node.slots[item.kid.slot]
            if not isinstance(value, str):
                yield from _scan_hung(below, item.kid, value, wanted)
