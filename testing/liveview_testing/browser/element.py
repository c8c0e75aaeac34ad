"""Nodes: cursors over the elements of a page.

A `Node` is a place (which template, where in the page) and an element number; it is made when somebody looks and holds no
text. Everything it answers is read from the skeleton and the dynamic values, never from parsed html.

Law: a node belongs to one version of a page and stays true to it. Its `path` addresses the same element in later versions:
`page.node_at(node.path)`. As in a browser, a list's row is the same if its DOM id is, and without one if its position is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, TypeAlias, cast

from liveview_testing.browser.containers import BY_KEY
from liveview_testing.browser.instance import (
    attribute,
    attributes,
    below,
    cids,
    fixed_in,
    flat,
    graft_at,
    grafted,
    hole_parents,
    inside,
    order,
    root_id,
    skeletons,
    spans,
    with_ids,
)
from liveview_testing.browser.markup import Writer, frozen_attributes, marked, spelled, write_element, write_inside
from liveview_testing.browser.rope import Branch, Index, Leaf, Rope, Tree
from liveview_testing.browser.skeleton import RAW, Element, Hole, Kid, Skeleton, decode
from liveview_testing.browser.tree import Fixed, Frozen, Graft, Item, Keyed, Root, Row, Template

if TYPE_CHECKING:
    from liveview_testing.browser.page import Page

Step: TypeAlias = "int | tuple[int | str, int | str]"
"""A slot; or a comprehension's slot and the row (DOM id, else position); or a container's DOM id and the child's;
`("@", cid)` for a component, which is the same wherever it is on the page."""

Path: TypeAlias = "tuple[Step, ...]"


class Place:
    """A template hung into the page. `host` is the element of `above` that it is in (-1: top level), `floor` the element of its
    own template that counts as that parent, if only a part of it is shown.
    """

    __slots__ = ("above", "cid", "floor", "host", "node", "page", "shape", "step")

    def __init__(self, page: Page, node: Template, above: Place | None, host: int, step: Step, floor: int = -1) -> None:
        self.page = page
        self.node = node
        self.shape = node.shape
        self.above = above
        self.host = host
        self.step = step
        self.floor = floor
        self.cid: int | None = node.cid if isinstance(node, Root) else None if above is None else above.cid

    def path(self) -> Path:
        """The steps from the root, or from the component it belongs to."""
        steps: list[Step] = []
        place = self
        while place.above is not None:
            steps.append(place.name())
            if isinstance(place.node, Root):
                break
            place = place.above
        return tuple(reversed(steps))

    def name(self) -> Step:
        """The last step; a comprehension's row is named only here, when somebody asks."""
        step = self.step
        if isinstance(step, tuple) and isinstance(step[0], int):
            return step[0], root_id(self.node, self.page.components.get) or step[1]
        return step

    def nodes(self) -> Iterator[Node]:
        """The top-level elements, through nested templates."""
        return (kid for kid in _kids(self, self.shape.kids, -1) if isinstance(kid, Node))


def _lifted(place: Place, number: int) -> Node:
    """The element that counts as parent: climbs out of templates without an element around."""
    while number < 0 or number == place.floor:
        above = place.above
        if above is None:
            return Node(place, -1)
        number, place = place.host, above
    return Node(place, number)


class Node:
    """One element of a page, or the virtual root above its top-level elements (`tag == ""`)."""

    __slots__ = ("number", "place")

    def __init__(self, place: Place, number: int) -> None:
        self.place = place
        self.number = number

    def __repr__(self) -> str:
        dom_id = self.id
        return f"<Node {self.tag or 'root'}{'#' + dom_id if dom_id else ''}>"

    def __eq__(self, other: object) -> bool:
        """The same element of the same version of a page."""
        if not isinstance(other, Node):
            return NotImplemented
        return self.number == other.number and self.page is other.page and self.path == other.path

    def __hash__(self) -> int:
        return hash(self.path)

    @property
    def page(self) -> Page:
        """The version of the page this node belongs to."""
        return self.place.page

    @property
    def element(self) -> Element:
        """The skeleton's element; not for the root."""
        return self.place.shape.elements[self.number]

    @property
    def tag(self) -> str:
        """The tag in lower case; "" for the root."""
        return "" if self.number < 0 else self.place.shape.elements[self.number].tag

    @property
    def attributes(self) -> Mapping[str, str]:
        """All attributes, values unescaped, a bare one as "". Includes `data-phx-component`, `data-phx-stream`."""
        return {} if self.number < 0 else attributes_of(self.place.node, self.element)

    def get(self, name: str, default: str | None = None) -> str | None:
        """One attribute; cheaper than `attributes`."""
        if self.number < 0:
            return default
        node = self.place.node
        if name.startswith("data-phx-") or (
            node.grafts is not None and isinstance(graft_at(node, self.element), Frozen)
        ):
            return self.attributes.get(name, default)
        found = attribute(node, self.element, name)
        return default if found is None else found

    @property
    def id(self) -> str | None:
        """The DOM id."""
        return self.get("id")

    @property
    def path(self) -> Path:
        """A stable, hashable address: the way through templates, and the element's number in the last."""
        return (*self.place.path(), self.number)

    @property
    def cid(self) -> int | None:
        """The component this element belongs to (nearest component root, itself included); None: the view."""
        return self.place.cid

    @property
    def parent(self) -> Node | None:
        """The parent element; the root for a top-level element; None for the root."""
        return None if self.number < 0 else _lifted(self.place, self.element.parent)

    def ancestors(self) -> Iterator[Node]:
        """Parent, its parent, …; without the root."""
        node = self.parent
        while node is not None and node.number >= 0:
            yield node
            node = node.parent

    @property
    def children(self) -> list[Node | str]:
        """Elements and decoded text, in order; neighbouring text is one piece."""
        found: list[Node | str] = []
        for kid in self._kids():
            if isinstance(kid, str) and found and isinstance(found[-1], str):
                found[-1] += kid
            else:
                found.append(kid)
        return found

    def elements(self) -> Iterator[Node]:
        """The child elements, in order."""
        return (kid for kid in self._kids() if isinstance(kid, Node))

    def iter(self) -> Iterator[Node]:
        """All descendant elements, in document order, not this one."""
        for kid in self.elements():
            yield kid
            yield from kid.iter()

    def _kids(self) -> Iterator[Node | str]:
        place = self.place
        if self.number < 0:
            return _kids(place, place.shape.kids, -1)
        element = self.element
        graft = None if place.node.grafts is None else graft_at(place.node, element)
        return _kids(place, element.kids, self.number) if graft is None else _grafted_kids(place, element, graft)

    @property
    def text(self) -> str:
        """All text inside, decoded, whitespace collapsed, trimmed; without scripts and styles."""
        out: list[str] = []
        _collect(self, out, scripts=False)
        return " ".join("".join(out).split())

    @property
    def content(self) -> str:
        """All text inside, decoded, verbatim (what a textarea holds)."""
        out: list[str] = []
        _collect(self, out, scripts=True)
        return "".join(out)

    def html(self) -> str:
        """The element as text; the root: the whole page."""
        page, place = self.place.page, self.place
        if self.number < 0:
            return page.html()
        writer = Writer()
        write_element(place.node, self.element, writer)
        pieces = writer.done()
        if self.number == 0 and self.element.parent < 0:
            for name, value in _own_marks(place.node):
                pieces = marked(pieces, f' {name}="{value}"')
        return spelled(pieces, page.components.get)

    def inner_html(self) -> str:
        """What is inside the element as text."""
        if self.number < 0:
            return self.page.html()
        writer = Writer()
        write_inside(self.place.node, self.element, writer)
        return spelled(writer.done(), self.page.components.get)

    def search(self, wanted: Wanted) -> Iterator[Node]:
        """Descendants (not this node) that `wanted` accepts, in document order, lazily.

        Whole subtrees that cannot hold one are skipped, and what was learnt about a subtree is kept with it, so that the
        next search with the same `wanted.key` costs what changed.
        """
        place = self.place
        if self.number < 0:
            return _scan(place, 0, len(order(place.shape)), wanted)
        graft = None if place.node.grafts is None else graft_at(place.node, self.element)
        if graft is not None:
            return _scan_graft(place, self.element, graft, wanted)
        start, stop = spans(place.shape)[self.number]
        return _scan(place, start + 1, stop, wanted)


def _own_marks(node: Template) -> list[tuple[str, str]]:
    """What the browser puts on the first element of a component, or of a stream's row."""
    if isinstance(node, Root):
        return [("data-phx-component", str(node.cid))]
    if isinstance(node, Row) and node.ref is not None:
        return [("data-phx-stream", node.ref)]
    return []


def attributes_of(node: Template, element: Element) -> Mapping[str, str]:
    """All attributes of an element as the browser has them."""
    found = attributes(node, element)
    if node.grafts is not None:
        graft = graft_at(node, element)
        if isinstance(graft, Frozen):
            return dict(frozen_attributes(node, element, graft))
    if element.number == 0 and element.parent < 0:
        marks = _own_marks(node)
        if marks:
            return {**found, **dict(marks)}
    return found


# --- children ---------------------------------------------------------------------------------------------------------------


def _kids(place: Place, kids: tuple[Kid, ...], host: int) -> Iterator[Node | str]:
    for kid in kids:
        if isinstance(kid, str):
            yield kid
        elif isinstance(kid, Element):
            yield Node(place, kid.number)
        elif isinstance(kid, Hole):
            value = place.node.slots[kid.slot]
            if kid.plain or isinstance(value, str):
                text = _hole_text(kid, flat(value))
                if text:
                    yield text
            else:
                for below in _hung(place, kid.slot, value, host):
                    yield from _kids(below, below.shape.kids, -1)


def _hole_text(hole: Hole, text: str) -> str:
    if hole.first and text.startswith("\n"):
        text = text[1:]
    return text if hole.plain in RAW else decode(text)


def _hung(place: Place, slot: int, value: Template | Keyed | int, host: int) -> Iterator[Place]:
    """The templates that a slot holds."""
    if isinstance(value, Template):
        yield Place(place.page, value, place, host, slot)
    elif isinstance(value, Keyed):
        for at, row in enumerate(value.rows):
            yield _row_place(place, slot, at, row, host)
    else:
        root = place.page.components.get(value)
        if root is not None:
            yield Place(place.page, root, place, host, ("@", value))


def _row_place(place: Place, slot: int, at: int, row: Template, host: int) -> Place:
    return Place(place.page, row, place, host, (slot, at))


def _grafted_kids(place: Place, element: Element, graft: Graft) -> Iterator[Node | str]:
    if isinstance(graft, Frozen):
        below = _frozen_place(place, element, graft)
        yield from _kids(below, below.shape.elements[graft.element].kids, graft.element)
        return
    for item in graft:
        below = _item_place(place, element, item)
        if isinstance(item, Fixed):
            kid = below.shape.elements[item.kid] if isinstance(item.kid, int) else item.kid
            yield from _kids(below, (kid,), element.number if item.node is None else item.floor)
        else:
            yield from _kids(below, below.shape.kids, -1)


def _frozen_place(place: Place, element: Element, graft: Frozen) -> Place:
    step = ("ignore", attribute(place.node, element, "id") or "")
    return Place(place.page, graft.node, place, element.number, step, graft.element)


def _item_place(place: Place, element: Element, item: Item) -> Place:
    if isinstance(item, Fixed):
        if item.node is None:
            return place
        step = (attribute(place.node, element, "id") or "", item.key)
        return Place(place.page, item.node, place, element.number, step, item.floor)
    step = (attribute(place.node, element, "id") or "", item.key)
    return Place(place.page, item, place, element.number, step)


def _collect(node: Node, out: list[str], *, scripts: bool) -> None:
    for kid in node._kids():
        if isinstance(kid, str):
            out.append(kid)
        elif scripts or kid.tag not in RAW:
            _collect(kid, out, scripts=scripts)


def _text_in(node: Template, element: Element) -> str:
    """`Node.text` of an element without components inside, read from the tree alone."""
    out: list[str] = []
    _words_inside(node, element, out)
    return " ".join("".join(out).split())


def _words_inside(node: Template, element: Element, out: list[str]) -> None:
    graft = None if node.grafts is None else graft_at(node, element)
    if graft is None:
        _words(node, element.kids, out)
    elif isinstance(graft, Frozen):
        _words(graft.node, graft.node.shape.elements[graft.element].kids, out)
    else:
        for item in graft:
            _words_of_item(node, item, out)


def _words(node: Template, kids: tuple[Kid, ...], out: list[str]) -> None:
    for kid in kids:
        if isinstance(kid, str):
            out.append(kid)
        elif isinstance(kid, Hole):
            value = node.slots[kid.slot]
            if kid.plain or isinstance(value, str):
                out.append(_hole_text(kid, flat(value)))
            elif isinstance(value, Template):
                _words(value, value.shape.kids, out)
            elif isinstance(value, Keyed):
                for row in value.rows:
                    _words(row, row.shape.kids, out)
        elif isinstance(kid, Element) and kid.tag not in RAW:
            _words_inside(node, kid, out)


def _words_of_item(node: Template, item: Item, out: list[str]) -> None:
    if isinstance(item, Row):
        _words(item, item.shape.kids, out)
    else:
        own = node if item.node is None else item.node
        _words(own, (own.shape.elements[item.kid] if isinstance(item.kid, int) else item.kid,), out)


# --- search -----------------------------------------------------------------------------------------------------------------


class Wanted:
    """What `search` looks for: a test of one element by itself (tag and attributes, no neighbours).

    * `key`: equal keys mean the same test (the compound selector's text, say);
    * `candidates(skeleton)`: the numbers of elements that may match in some instance, ascending. Asked once a skeleton;
    * `accepts(element, attributes)`: the test; `attributes` are those of the instance;
    * `text`: a test of the element's `text`, if there is one (`key` must tell it). Without components inside, its outcome
      belongs to the subtree and is kept with it: a text in one of 10,000 rows costs what changed, not the list.
    """

    __slots__ = ("_accepts", "_candidates", "_holds", "key", "text")

    def __init__(
        self,
        key: str,
        candidates: Callable[[Skeleton], tuple[int, ...]],
        accepts: Callable[[Element, Mapping[str, str]], bool],
        text: Callable[[str], bool] | None = None,
    ) -> None:
        self.key = ("wanted", key)
        self._holds = ("holds", key)
        self._candidates = candidates
        self._accepts = accepts
        self.text = text

    def candidates(self, shape: Skeleton) -> tuple[int, ...]:
        """Elements of a skeleton that may match."""
        found = shape.memo.get(self.key)
        if found is None:
            found = shape.memo[self.key] = self._candidates(shape)
        return cast("tuple[int, ...]", found)

    def hits(self, node: Template) -> frozenset[int]:
        """Elements of an instance that do match, wherever they are in it; by all but their text if that is `open`."""
        candidates = self.candidates(node.shape)
        if not candidates:
            return _NO_HITS
        found = node.memo.get(self.key)
        if found is None:
            elements = node.shape.elements
            found = frozenset(n for n in candidates if self._accepts(elements[n], attributes_of(node, elements[n])))
            if self.text is not None and not self.open(node):
                found = frozenset(n for n in found if self.text(_text_in(node, elements[n])))
            node.memo[self.key] = found
        return cast("frozenset[int]", found)

    def open(self, node: Template) -> bool:
        """Whether the text is to be asked of the node itself: there are components inside, which change by themselves."""
        return self.text is not None and bool(cids(node))

    def agrees(self, node: Node) -> bool:
        """The text test, on a node."""
        return self.text is None or self.text(node.text)

    def may_be_in(self, subtree: Template | Keyed | Graft | Tree[Template] | int) -> bool:
        """False: no element of the subtree matches."""
        if isinstance(subtree, int | Frozen):
            return True
        return any(self.candidates(shape) for shape in skeletons(subtree)) or bool(cids(subtree))

    def rows(self, tree: Tree[Template], base: int = 0) -> Iterator[tuple[int, Template]]:
        """Rows that may hold a match, with their positions."""
        if isinstance(tree, Leaf):
            found = tree.memo.get(self.key)
            if found is None:
                found = tree.memo[self.key] = tuple(
                    at for at, row in enumerate(tree.rows) if isinstance(row, Fixed) or self._is_in(row)
                )
            for at in cast("tuple[int, ...]", found):
                yield base + at, tree.rows[at]
            return
        assert isinstance(tree, Branch)
        known = tree.memo.get(self.key)
        empty: set[int] = cast("set[int]", known) if known is not None else set()
        if known is None:
            tree.memo[self.key] = empty
        for at, child in enumerate(tree.children):
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

    def _known_empty(self, tree: Tree[Template]) -> bool:
        """Whether it is known already that no row of a subtree can hold a match."""
        found = cast("tuple[int, ...] | set[int] | None", tree.memo.get(self.key))
        return found is not None and (not found if isinstance(tree, Leaf) else len(found) == len(tree.children))

    def _is_in(self, subtree: Template | Keyed | Graft | int) -> bool:
        """Whether an element in the subtree matches; True also if a component has to be asked."""
        if isinstance(subtree, int | Frozen):
            return True
        if not isinstance(subtree, Template):
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


def _scan(place: Place, start: int, stop: int, wanted: Wanted) -> Iterator[Node]:
    """Matches among a part of a template's elements and holes (positions in `order`), and below."""
    node, shape = place.node, place.shape
    hits = wanted.hits(node)
    asked = wanted.open(node)
    grafts = grafted(node)
    skip = start
    if not grafts and not hits and not shape.holes:
        return
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
            found = Node(place, item.number)
            if not asked or wanted.agrees(found):
                yield found
        if item.number in grafts:
            yield from _scan_graft(place, item, grafts[item.number], wanted)
            skip = spans(shape)[item.number][1]


def _scan_all(place: Place, wanted: Wanted) -> Iterator[Node]:
    return _scan(place, 0, len(order(place.shape)), wanted)


def _scan_hung(place: Place, hole: Hole, value: Template | Keyed | int, wanted: Wanted) -> Iterator[Node]:
    host = hole_parents(place.shape)[hole.slot]
    if isinstance(value, Keyed):
        if value.rows.tree is not None:
            for at, row in wanted.rows(value.rows.tree):
                yield from _scan_all(_row_place(place, hole.slot, at, row, host), wanted)
        return
    for below in _hung(place, hole.slot, value, host):
        yield from _scan_all(below, wanted)


def _scan_graft(place: Place, element: Element, graft: Graft, wanted: Wanted) -> Iterator[Node]:
    if isinstance(graft, Frozen):
        below = _frozen_place(place, element, graft)
        start, stop = spans(below.shape)[graft.element]
        yield from _scan(below, start + 1, stop, wanted)
        return
    if graft.tree is None:
        return
    for _, row in wanted.rows(cast("Tree[Template]", graft.tree)):
        item = cast(Item, row)
        below = _item_place(place, element, item)
        if isinstance(item, Row):
            yield from _scan_all(below, wanted)
        elif isinstance(item.kid, int):
            start, stop = spans(below.shape)[item.kid]
            yield from _scan(below, start, stop, wanted)
        else:
            value = below.node.slots[item.kid.slot]
            if not isinstance(value, str):
                yield from _scan_hung(below, item.kid, value, wanted)


# --- by id, by component, by path -------------------------------------------------------------------------------------------


def _all_ids(node: Template) -> Iterator[str]:
    """DOM ids in a subtree, components left out."""
    for element in with_ids(node.shape):
        dom_id = attribute(node, element, "id")
        if dom_id:
            yield dom_id
    for _, each in below(node):
        yield from _ids_below(each)


def _ids_below(each: Template | Keyed | Graft | int) -> Iterator[str]:
    if isinstance(each, Template):
        yield from _all_ids(each)
    elif isinstance(each, Keyed):
        for row in each.rows:
            yield from _all_ids(row)
    elif isinstance(each, Rope):
        for item in each:
            yield from _item_ids(item)
    elif isinstance(each, Frozen):
        yield from _all_ids(each.node)


def _item_ids(item: Item) -> Iterator[str]:
    if isinstance(item, Row):
        yield from _all_ids(item)
    elif item.node is not None:
        yield from _all_ids(item.node)


IDS: Index[Template] = Index("ids", _all_ids)
ITEM_IDS: Index[Item] = Index("ids of items", _item_ids)
CIDS: Index[Template] = Index("components", cids)
ITEM_CIDS: Index[Item] = Index("components of items", lambda item: cids(item) if isinstance(item, Row) else ())


def find_id(page: Page, dom_id: str) -> list[Node]:
    """All elements with a DOM id: in the view's own templates in document order, then in components by cid."""
    found = list(_with_id(Place(page, page.tree, None, -1, 0), dom_id))
    for cid in sorted(cid for cid, root in page.components.items() if _has_id(root, dom_id)):
        place = locate(page, cid)
        if place is not None:
            found.extend(_with_id(place, dom_id))
    return found


def _has_id(root: Root, dom_id: str) -> bool:
    if attribute(root, root.shape.elements[0], "id") == dom_id if root.shape.elements else False:
        return True
    small = root.memo.get("ids")
    if small is None:
        large = any(isinstance(each, Keyed | Rope) for _, each in below(root))
        small = root.memo["ids"] = False if large else frozenset(_all_ids(root))
    if small is False:
        return any(True for _ in _with_id(Place(cast("Page", None), root, None, -1, 0), dom_id))
    return dom_id in cast("frozenset[str]", small)


def _with_id(place: Place, dom_id: str) -> Iterator[Node]:
    """Elements with a DOM id in a template and below, not in components."""
    node, shape = place.node, place.shape
    grafts = grafted(node)
    hidden = [(n, shape.elements[n].end) for n in grafts]
    for element in with_ids(shape):
        if attribute(node, element, "id") == dom_id and not any(lo < element.number < hi for lo, hi in hidden):
            yield Node(place, element.number)
    for where, each in below(node):
        if isinstance(where, Element):
            yield from _with_id_in_graft(place, where, each, dom_id)
        elif isinstance(each, Template):
            yield from _with_id(Place(place.page, each, place, hole_parents(shape)[where.slot], where.slot), dom_id)
        elif isinstance(each, Keyed):
            for at in each.rows.positions(IDS, dom_id):
                host = hole_parents(shape)[where.slot]
                yield from _with_id(_row_place(place, where.slot, at, each.rows.at(at), host), dom_id)


def _with_id_in_graft(place: Place, element: Element, graft: object, dom_id: str) -> Iterator[Node]:
    if isinstance(graft, Frozen):
        below_ = _frozen_place(place, element, graft)
        range_ = range(graft.element + 1, below_.shape.elements[graft.element].end)
        yield from (node for node in _with_id(below_, dom_id) if node.place is not below_ or node.number in range_)
        return
    rope = cast("Rope[Item]", graft)
    for at in rope.positions(ITEM_IDS, dom_id):
        item = rope.at(at)
        below_ = _item_place(place, element, item)
        if isinstance(item, Row):
            yield from _with_id(below_, dom_id)
        elif isinstance(item.kid, int):
            yield from _with_id_in_kid(below_, item.kid, dom_id)
    for fixed in fixed_in(rope):
        if fixed.node is None and isinstance(fixed.kid, int):
            yield from _with_id_in_kid(place, fixed.kid, dom_id)


def _with_id_in_kid(place: Place, number: int, dom_id: str) -> Iterator[Node]:
    shape = place.shape
    for element in with_ids(shape):
        if number <= element.number < shape.elements[number].end and attribute(place.node, element, "id") == dom_id:
            yield Node(place, element.number)
    for where, each in inside(place.node, number):
        if isinstance(where, Hole) and isinstance(each, Template):
            yield from _with_id(Place(place.page, each, place, hole_parents(shape)[where.slot], where.slot), dom_id)


def locate(page: Page, cid: int) -> Place | None:
    """Where a component is on the page."""
    if cid not in page.present():
        return None
    top = Place(page, page.tree, None, -1, 0)
    if cid in cids(page.tree):
        return _locate_in(top, cid)
    for owner in sorted(page.present()):
        if cid in cids(page.components[owner]) and owner != cid:
            place = locate(page, owner)
            if place is not None:
                return _locate_in(place, cid)
    return None


def _locate_in(place: Place, cid: int) -> Place | None:
    shape = place.shape
    for where, each in below(place.node):
        if isinstance(where, Element):
            found = _locate_in_graft(place, where, each, cid)
        else:
            found = _locate_in_hole(place, where, each, hole_parents(shape)[where.slot], cid)
        if found is not None:
            return found
    return None


def _locate_in_hole(place: Place, hole: Hole, value: object, host: int, cid: int) -> Place | None:
    if isinstance(value, int):
        return next(_hung(place, hole.slot, value, host), None) if value == cid else None
    if isinstance(value, Keyed):
        for at in value.rows.positions(CIDS, cid):
            return _locate_in(_row_place(place, hole.slot, at, value.rows.at(at), host), cid)
    if isinstance(value, Template) and cid in cids(value):
        return _locate_in(Place(place.page, value, place, host, hole.slot), cid)
    return None


def _locate_in_graft(place: Place, element: Element, graft: object, cid: int) -> Place | None:
    if isinstance(graft, Frozen):
        return _locate_in(_frozen_place(place, element, graft), cid)
    rope = cast("Rope[Item]", graft)
    for at in rope.positions(ITEM_CIDS, cid):
        return _locate_in(_item_place(place, element, rope.at(at)), cid)
    for fixed in fixed_in(rope):
        below_ = _item_place(place, element, fixed)
        host = element.number if fixed.node is None else fixed.floor
        if isinstance(fixed.kid, Hole):
            found = _locate_in_hole(below_, fixed.kid, below_.node.slots[fixed.kid.slot], host, cid)
            if found is not None:
                return found
        else:
            for where, each in inside(below_.node, fixed.kid):
                if isinstance(where, Hole):
                    found = _locate_in_hole(below_, where, each, hole_parents(below_.shape)[where.slot], cid)
                    if found is not None:
                        return found
    return None


def root_node(page: Page) -> Node:
    """The virtual root of a page."""
    return Node(Place(page, page.tree, None, -1, 0), -1)


def node_at(page: Page, path: Path) -> Node | None:
    """The element at a path, if this version of the page has that place."""
    *steps, number = path
    place: Place | None = Place(page, page.tree, None, -1, 0)
    for step in steps:
        if place is None:
            return None
        place = locate(page, cast(int, step[1])) if isinstance(step, tuple) and step[0] == "@" else _step(place, step)
    if place is None or not isinstance(number, int) or number >= len(place.shape.elements):
        return None
    return Node(place, number)


def _step(place: Place, step: Step) -> Place | None:
    node, shape = place.node, place.shape
    slot = step if isinstance(step, int) else step[0]
    if isinstance(slot, str):
        assert isinstance(step, tuple)
        return _graft_step(place, slot, step[1])
    host = hole_parents(shape).get(slot)
    if host is None or slot >= len(node.slots):
        return None
    value = node.slots[slot]
    if isinstance(step, int):
        return Place(place.page, value, place, host, slot) if isinstance(value, Template) else None
    key = step[1]
    if not isinstance(value, Keyed):
        return None
    if isinstance(key, str):
        for at in value.rows.positions(IDS, key):
            if root_id(value.rows.at(at), place.page.components.get) == key:
                return _row_place(place, slot, at, value.rows.at(at), host)
        return None
    return _row_place(place, slot, key, value.rows.at(key), host) if key < len(value.rows) else None


def _graft_step(place: Place, dom_id: str, key: int | str) -> Place | None:
    for number, graft in grafted(place.node).items():
        element = place.shape.elements[number]
        own = attribute(place.node, element, "id")
        if dom_id == "ignore" and isinstance(graft, Frozen) and own == key:
            return _frozen_place(place, element, graft)
        if isinstance(graft, Rope) and own == dom_id:
            for at in graft.positions(BY_KEY, key):
                return _item_place(place, element, graft.at(at))
    return None
