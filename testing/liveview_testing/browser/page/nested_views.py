"""Pages that hang in one another: the DOM of a nested view is inside the container that its parent shows.

Owns `Framed`, a page that knows what stands around it and inside it, and the walks that cross the borders. A page by itself knows
nothing of other views; it is framed when somebody looks, which costs what there are views. Law: a node of a framed page answers as
the element of one document would, whichever view brought it; `page.owner` says which did.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from html import unescape

from liveview_core.values.patterns import late_pattern
from liveview_testing.browser.page.node import Node, same
from liveview_testing.browser.page.page import Page
from liveview_testing.browser.page.search import Wanted
from liveview_testing.browser.page.templates.skeleton import RAW, Element, Skeleton

__all__ = ["Framed", "filled", "frame"]

_MARK = "data-phx-session"  # every container has it
_CONTAINER = late_pattern(
    rf"<[a-zA-Z][^<>]*\s{_MARK}\b[^<>]*>"
)  # the server writes it, and escapes what is in its attributes
_ID = late_pattern(r'\sid="([^"]*)"')


class Framed(Page):
    """A page in its document: `owner` is its view, `above` the page around it, `dom_id` its container there.

    `inner` are the pages of nested views, by their containers' ids; `beside` are those that stand in the same document, outside.
    """

    __slots__ = ("above", "beside", "dom_id", "inner", "owner")

    def __init__(self, page: Page, owner: str, dom_id: str | None = None) -> None:
        super().__init__(page.tree, page.components, page.title, page.templates)
        self._present, self._registry = page._present, page._registry
        self.owner = owner
        self.dom_id = dom_id
        self.above: Framed | None = None
        self.inner: Mapping[str, Page] = {}
        self.beside: list[Framed] = []

    def put(self, inner: Framed) -> None:
        """A nested view's page hangs in its container."""
        inner.above = self
        self.inner = {**self.inner, inner.dom_id or "": inner}

    @property
    def outermost(self) -> Framed:
        """The page that this one hangs in, or itself."""
        page = self
        while page.above is not None:
            page = page.above
        return page

    @property
    def documents(self) -> Sequence[Page]:
        """The outermost pages of the document: the one that this page is in first."""
        outermost = self.outermost
        return (outermost, *outermost.beside)

    @property
    def container(self) -> Node | None:
        """The element that the page hangs in, if that is on another page."""
        if self.above is None or self.dom_id is None:
            return None
        found = Page.by_id(self.above, self.dom_id)
        return found[0] if found else None

    def html(self) -> str:
        """The page with what nested views show."""
        return self.filled(super().html(), None)

    def by_id(self, dom_id: str) -> list[Node]:
        """All elements with a DOM id, in this page and in those inside."""
        found = super().by_id(dom_id)
        for inner in self.inner.values():
            found = [*found, *inner.by_id(dom_id)]
        return found

    # --- across the borders -----------------------------------------------------------------------------------------

    def in_container(self, node: Node) -> Page | None:
        """The page of the view whose container this element is."""
        if not self.inner or node.number < 0 or not node.element.may_have(_MARK):
            return None
        return self.inner.get(node.get("id") or "")

    def holds_view(self, node: Node) -> bool:
        """Whether a nested view's page hangs in an element."""
        return bool(self._hanging_in(node))

    def _hanging_in(self, node: Node | None) -> Mapping[str, Page]:
        if node is None or node.number < 0:
            return self.inner
        found: dict[str, Page] = {}
        for dom_id, inner in self.inner.items():
            container = inner.container
            if container is not None and _is_in(container, node):
                found[dom_id] = inner
        return found

    def filled(self, html: str, node: Node | None) -> str:
        """The text of an element (None: of the page), with what the views in it show."""
        hanging = self._hanging_in(node)
        return filled(html, {dom_id: inner.html for dom_id, inner in hanging.items()}) if hanging else html

    def search(self, node: Node, wanted: Wanted) -> Iterator[Node]:
        """What is wanted, in an element and in the views in it, in document order."""
        own = self.in_container(node)
        if own is not None:
            yield from own.root.search(wanted)
            return
        for each in node.own_search(_or_container(wanted)):
            element = each.element
            if wanted.accepts(element, each.attributes) and (wanted.text is None or wanted.text(each.text)):
                yield each
            inner = self.in_container(each)
            if inner is not None:
                yield from inner.root.search(wanted)

    def words(self, node: Node, *, scripts: bool) -> str:
        """All text in an element and in the views in it."""
        out: list[str] = []
        _read(node, scripts, out)
        return "".join(out)


def filled(html: str, inside: Mapping[str, Callable[[], str] | str]) -> str:
    """The text of a page with more text inside the containers of nested views, by their DOM ids."""

    def opened(tag: re.Match[str]) -> str:
        named = _ID.search(tag[0])
        inner = None if named is None else inside.get(unescape(named[1]))
        return tag[0] if inner is None else tag[0] + (inner if isinstance(inner, str) else inner())

    return _CONTAINER.sub(opened, html)


def _is_in(node: Node, around: Node) -> bool:
    return same(node) == same(around) or any(same(each) == same(around) for each in node.ancestors())


def _read(node: Node, scripts: bool, out: list[str]) -> None:
    for kid in node.kids():
        if isinstance(kid, str):
            out.append(kid)
        elif scripts or kid.tag not in RAW:
            _read(kid, scripts, out)


def _or_container(wanted: Wanted) -> Wanted:
    def candidates(shape: Skeleton) -> tuple[int, ...]:
        own = wanted.reach(shape).candidates
        views = (element.number for element in shape.elements if element.may_have(_MARK))
        return tuple(sorted({*own, *views}))

    def accepts(element: Element, attributes: Mapping[str, str]) -> bool:
        return _MARK in attributes or wanted.accepts(element, attributes)

    return Wanted(f"{wanted.key[1]} or a view", candidates, accepts)


def frame(pages: Iterable[tuple[str, Page, str | None, str | None]], owner: str) -> Framed:
    """The page of a view, in the document that it is part of.

    `pages` are all of it, outer ones first, each as (its view, the page, the view around it, the id of its container there).
    """
    framed: dict[str, Framed] = {}
    for pid, page, around, dom_id in pages:
        one = framed[pid] = Framed(page, pid, dom_id)
        above = None if around is None else framed.get(around)
        if above is None:
            continue
        if dom_id is None or not Page.by_id(above, dom_id):
            first, *others = above.outermost.documents  # every page knows the others
            for each in (first, *others):
                assert isinstance(each, Framed)
                each.beside.append(one)
                one.beside.append(each)
        else:
            above.put(one)
    return framed[owner]
