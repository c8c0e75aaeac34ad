"""Nodes: cursors over the elements of a page.

A `Node` is a place (which template, where in the page) and an element number; it is made when somebody looks and holds no
text. Everything it answers is read from the skeleton and the dynamic values, never from parsed html.

Law: a node belongs to one version of a page and stays true to it. Its `path` addresses the same element in later versions:
`page.node_at(node.path)`. As in a browser, a list's row is the same if its DOM id is, and without one if its position is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, ClassVar, Protocol, TypeAlias

from liveview_testing.browser.page.place import (
    MARKS,
    Content,
    Found,
    Path,
    Place,
    Step,
    attributes_of,
    frozen_place,
    hung,
    item_place,
    own_marks,
    row_place,
    top_place,
)
from liveview_testing.browser.page.search import Wanted, scan, scan_graft
from liveview_testing.browser.page.templates.skeleton import Element, Hole, Kid
from liveview_testing.browser.page.tree.instance import attribute, flat, graft_at, order, spans
from liveview_testing.browser.page.tree.markup import Writer, marked, spelled, write_element, write_inside
from liveview_testing.browser.page.tree.ropes.rope import Rope
from liveview_testing.browser.page.tree.subtrees import cids
from liveview_testing.browser.page.tree.template_index import TemplateIndex
from liveview_testing.browser.page.tree.text import hole_text, words
from liveview_testing.browser.page.tree.tree import Fixed, Frozen, Graft, Item, Keyed, Template

__all__ = ["Node", "PageOfNodes", "Path", "Same", "Step", "Wanted", "lifted", "same"]


class PageOfNodes(Content, Protocol):
    """What a node asks of the page that it is on, which may be one of several in a document."""

    @property
    def templates(self) -> TemplateIndex: ...

    @property
    def merges(self) -> int: ...

    @property
    def owner(self) -> str | None: ...

    @property
    def inner(self) -> Mapping[str, PageOfNodes]: ...

    @property
    def documents(self) -> Sequence[PageOfNodes]: ...

    @property
    def container(self) -> Node | None: ...

    @property
    def root(self) -> Node: ...

    def present(self) -> frozenset[int]: ...

    def node_at(self, path: Path) -> Node | None: ...

    def by_id(self, dom_id: str) -> list[Node]: ...

    def component(self, cid: int) -> Node | None: ...

    def in_container(self, node: Node) -> PageOfNodes | None: ...

    def holds_view(self, node: Node) -> bool: ...

    def search(self, node: Node, wanted: Wanted) -> Iterator[Node]: ...

    def words(self, node: Node, *, scripts: bool) -> str: ...

    def html(self) -> str: ...

    def filled(self, html: str, node: Node | None) -> str: ...


def lifted(place: Place, number: int) -> Node:
    """The element that counts as parent: climbs out of templates without an element around."""
    while number < 0 or number == place.floor:
        above = place.above
        if above is None:
            return Node(place, -1)
        number, place = place.host, above
    return Node(place, number)


class Node:
    """One element of a page, or the virtual root above its top-level elements (`tag == ""`)."""

    __slots__ = ("_memo", "_parent", "_path", "number", "place", "tag")
    rearranged: ClassVar[bool] = False
    """Whether others may stand beside it than its page has: never, in a page."""

    def __init__(self, place: Place, number: int) -> None:
        self.place = place
        self.number = number
        self.tag: str = "" if number < 0 else place.shape.elements[number].tag
        """The tag in lower case; "" for the root."""
        self._memo: dict[object, Any] | None = None
        self._parent: Node | None = None
        self._path: Path | None = None

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
    def memo(self) -> dict[object, Any]:
        """What was learnt about this element, for as long as somebody holds this very cursor; made when first asked for."""
        if self._memo is None:
            self._memo = {}
        return self._memo

    @property
    def page(self) -> PageOfNodes:
        """The version of the page this node belongs to."""
        known: Any = self.place.page  # whoever makes nodes has the whole page; to a place it is content
        page: PageOfNodes = known
        return page

    @property
    def element(self) -> Element:
        """The skeleton's element; not for the root."""
        return self.place.shape.elements[self.number]

    @property
    def attributes(self) -> Mapping[str, str]:
        """All attributes, values unescaped, a bare one as "". Includes `data-phx-component`, `data-phx-stream`."""
        return {} if self.number < 0 else attributes_of(self.place.node, self.element)

    def get(self, name: str, default: str | None = None) -> str | None:
        """One attribute; cheaper than `attributes`."""
        if self.number < 0:
            return default
        node, element = self.place.node, self.place.shape.elements[self.number]
        if name in MARKS or (node.grafts is not None and isinstance(graft_at(node, element), Frozen)):
            return self.attributes.get(name, default)
        found = attribute(node, element, name)
        return default if found is None else found

    @property
    def id(self) -> str | None:
        """The DOM id."""
        return self.get("id")

    @property
    def path(self) -> Path:
        """A stable, hashable address: the way through templates, and the element's number in the last."""
        path = self._path
        if path is None:
            path = self._path = (*self.place.path(), self.number)
        return path

    @property
    def cid(self) -> int | None:
        """The component this element belongs to (nearest component root, itself included); None: the view."""
        return self.place.cid

    @property
    def parent(self) -> Node | None:
        """The parent element; None for the root. A top-level element is in its view's container, else in the root."""
        found = self._parent
        if found is None and self.number >= 0:
            found = lifted(self.place, self.element.parent)
            if found.number < 0 and found.page.owner is not None:
                found = found.page.container or found
            self._parent = found
        return found

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
        for kid in self.kids():
            if isinstance(kid, str) and found and isinstance(found[-1], str):
                found[-1] += kid
            else:
                found.append(kid)
        return found

    def elements(self) -> Iterator[Node]:
        """The child elements, in order."""
        return (kid for kid in self.kids() if isinstance(kid, Node))

    def iter(self) -> Iterator[Node]:
        """All descendant elements, in document order, not this one."""
        for kid in self.elements():
            yield kid
            yield from kid.iter()

    def kids(self) -> Iterator[Node | str]:
        """Elements and pieces of decoded text, in order."""
        return _unrolled(self.segments())

    def segments(self) -> Iterator[Node | str | Rows]:
        """As `kids`, with each list as one: who looks for something need not look at every row."""
        page = self.page
        if page.inner:
            view = page.in_container(self)
            if view is not None:
                return view.root.segments()
        place = self.place
        if self.number < 0:
            return _segments(place, place.shape.kids, -1)
        element = self.element
        graft = None if place.node.grafts is None else graft_at(place.node, element)
        return _segments(place, element.kids, self.number) if graft is None else _grafted(place, element, graft)

    @property
    def text(self) -> str:
        """All text inside, decoded, whitespace collapsed, trimmed; without scripts and styles."""
        place = self.place
        if self.number < 0 or self.page.inner or cids(place.node):  # what is below may change by itself
            return " ".join(self._words(scripts=False).split())
        memo, key = place.node.memo, ("text", self.number)
        known: str | None = memo.get(key)
        if known is None:
            known = memo[key] = " ".join(self._words(scripts=False).split())
        return known

    @property
    def content(self) -> str:
        """All text inside, decoded, verbatim (what a textarea holds)."""
        return self._words(scripts=True)

    def _words(self, *, scripts: bool) -> str:
        place, page = self.place, self.page
        if page.inner and page.holds_view(self):
            return page.words(self, scripts=scripts)
        element = None if self.number < 0 else self.element
        return words(place.node, element, page.components.get, scripts=scripts)

    def html(self) -> str:
        """The element as text; the root: the whole page."""
        page = self.page
        return page.filled(self.own_html(), self) if page.inner and self.number >= 0 else self.own_html()

    def own_html(self) -> str:
        """The element as text, without what views nested in it show."""
        page, place = self.page, self.place
        if self.number < 0:
            return page.html()
        writer = Writer()
        write_element(place.node, self.element, writer)
        pieces = writer.done()
        if self.number == 0 and self.element.parent < 0:
            for name, value in own_marks(place.node):
                pieces = marked(pieces, f' {name}="{value}"')
        return spelled(pieces, page.components.get)

    def inner_html(self) -> str:
        """What is inside the element as text."""
        if self.number < 0:
            return self.page.html()
        page = self.page
        if page.inner:
            view = page.in_container(self)
            return page.filled(self.own_inner_html(), self) if view is None else view.html()
        return self.own_inner_html()

    def own_inner_html(self) -> str:
        """What is inside the element as text, without what views nested in it show."""
        writer = Writer()
        write_inside(self.place.node, self.element, writer)
        return spelled(writer.done(), self.page.components.get)

    def search(self, wanted: Wanted) -> Iterator[Node]:
        """Descendants (not this node) that `wanted` accepts, in document order, lazily.

        Whole subtrees that cannot hold one are skipped, and what was learnt about a subtree is kept with it, so that the
        next search with the same `wanted.key` costs what changed.
        """
        page = self.page
        return page.search(self, wanted) if page.inner else self.own_search(wanted)

    def own_search(self, wanted: Wanted) -> Iterator[Node]:
        """As `search`, without what views nested in it show."""
        place = self.place
        if self.number < 0:
            return _nodes(scan(place, 0, len(order(place.shape)), wanted))
        graft = None if place.node.grafts is None else graft_at(place.node, self.element)
        if graft is not None:
            return _nodes(scan_graft(place, self.element, graft, wanted))
        start, stop = spans(place.shape)[self.number]
        return _nodes(scan(place, start + 1, stop, wanted))


def _nodes(found: Iterable[Found]) -> Iterator[Node]:
    return (Node(place, number) for place, number in found)


Same: TypeAlias = "tuple[int, int]"


def same(node: Node) -> Same:
    """What two cursors over one element share. Not the path: rows with one id by mistake share that too."""
    return id(node.place.node), node.number


def root_node(page: Content) -> Node:
    """The virtual root of a page."""
    return Node(top_place(page), -1)


def first_node(place: Place) -> Node | None:
    """The first top-level element of a place, through nested templates."""
    for kid in _unrolled(_segments(place, place.shape.kids, -1)):
        if isinstance(kid, Node):
            return kid
    return None


# --- children ---------------------------------------------------------------------------------------------------------------


class Rows:
    """A list among the children of an element: its rows, and what is in one, given its position."""

    __slots__ = ("inside", "rope")

    def __init__(self, rope: Rope[Any], inside: Callable[[int, Any], Iterator[Node | str | Rows]]) -> None:
        self.rope = rope
        self.inside = inside

    def kids(self) -> Iterator[Node | str]:
        """The elements and texts of all rows, in order."""
        for at, row in enumerate(self.rope):
            yield from _unrolled(self.inside(at, row))


def _unrolled(segments: Iterator[Node | str | Rows]) -> Iterator[Node | str]:
    for each in segments:
        if isinstance(each, Rows):
            yield from each.kids()
        else:
            yield each


def _segments(place: Place, kids: tuple[Kid, ...], host: int) -> Iterator[Node | str | Rows]:
    for kid in kids:
        if isinstance(kid, str):
            yield kid
        elif isinstance(kid, Element):
            yield Node(place, kid.number)
        elif isinstance(kid, Hole):
            value = place.node.slots[kid.slot]
            if kid.plain or isinstance(value, str):
                text = hole_text(kid, flat(value))
                if text:
                    yield text
            elif isinstance(value, Keyed):
                yield Rows(value.rows, _in_row(place, kid.slot, host))
            else:
                for below in hung(place, kid.slot, value, host):
                    yield from _segments(below, below.shape.kids, -1)


def _in_row(place: Place, slot: int, host: int) -> Callable[[int, Template], Iterator[Node | str | Rows]]:
    def segments(at: int, row: Template) -> Iterator[Node | str | Rows]:
        below = row_place(place, slot, at, row, host)
        return _segments(below, below.shape.kids, -1)

    return segments


def _grafted(place: Place, element: Element, graft: Graft) -> Iterator[Node | str | Rows]:
    if isinstance(graft, Frozen):
        below = frozen_place(place, element, graft)
        yield from _segments(below, below.shape.elements[graft.element].kids, graft.element)
    else:
        yield Rows(graft, _in_item(place, element))


def _in_item(place: Place, element: Element) -> Callable[[int, Item], Iterator[Node | str | Rows]]:
    def segments(at: int, item: Item) -> Iterator[Node | str | Rows]:
        below = item_place(place, element, item)
        if not isinstance(item, Fixed):
            return _segments(below, below.shape.kids, -1)
        kid = below.shape.elements[item.kid] if isinstance(item.kid, int) else item.kid
        return _segments(below, (kid,), element.number if item.node is None else item.floor)

    return segments
