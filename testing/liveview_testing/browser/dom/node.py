"""A cursor over the DOM: an element as the browser has it, through the borders of views.

Owns `DomNode`. It answers what a page's own `Node` answers, with what the client wrote over it, the part that is held back
where the element is locked, and the page of a view inside its container. So whatever reads a page (selectors, forms, roles)
reads the DOM.

Law: a node belongs to one document. What the client did not touch is read from the page, never copied.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape
from typing import cast

from liveview_testing.browser.dom.document import FRAME, Document
from liveview_testing.browser.dom.mark import Key, Mark
from liveview_testing.browser.finding.node import Node
from liveview_testing.browser.finding.place import Place
from liveview_testing.browser.forms.controls import kind_of
from liveview_testing.browser.forms.forms import rendered_value
from liveview_testing.browser.page.skeleton import RAW, VOID

SESSION = "data-phx-session"


class DomNode:
    """One element of a document."""

    __slots__ = ("_mark", "document", "node", "part", "view")

    def __init__(self, document: Document, view: str, part: int, node: Node) -> None:
        self.document = document
        self.view = view
        self.part = part
        self.node = node
        self._mark: Mark | None = None

    def __eq__(self, other: object) -> bool:
        return isinstance(other, DomNode) and self.key == other.key

    def __hash__(self) -> int:
        return hash(self.key)

    def __repr__(self) -> str:
        return f"<{self.tag or 'document'}{'' if self.id is None else '#' + self.id}>"

    @property
    def key(self) -> Key:
        """What names the element in this document, and its mark."""
        return self.view, self.part, self.node.path

    @property
    def path(self) -> Key:
        """The same: what other readers of elements call it."""
        return self.key

    @property
    def mark(self) -> Mark:
        """What the client knows of the element."""
        if self._mark is None:
            self._mark = self.document.mark(self.key)
        return self._mark

    @property
    def place(self) -> Place:
        return self.source.place

    @property
    def number(self) -> int:
        return self.node.number

    @property
    def source(self) -> Node:
        """The element of the page that is shown: that of an older one, where it is held back."""
        held = self.mark.held if self.document.held else 0
        return self.document.held[held].node if held else self.node

    # --- what it is -------------------------------------------------------------------------------------------------

    @property
    def tag(self) -> str:
        """The tag in lower case; "" for the document itself."""
        return self.node.tag

    @property
    def attributes(self) -> Mapping[str, str]:
        """All attributes as the browser has them now."""
        found = self.mark.attributes(self.source.attributes)
        if self.view == FRAME or SESSION in found:
            shown = self.document.inside(self.view, found.get("id", ""))
            if shown is not None:
                return {**found, "class": " ".join((*found.get("class", "").split(), *shown.classes))}
        return found

    def get(self, name: str, default: str | None = None) -> str | None:
        """One attribute."""
        written = self.mark.written
        if name in written:
            value = written[name]
            return default if value is None else value
        if name == "class":
            return self.attributes.get(name, default)
        return self.source.get(name, default)

    @property
    def id(self) -> str | None:
        """The DOM id."""
        return self.get("id")

    @property
    def cid(self) -> int | None:
        """The component that the element is in."""
        return self.node.cid

    # --- around and inside ------------------------------------------------------------------------------------------

    @property
    def parent(self) -> DomNode | None:
        """The element around it, a container of a view too; the document for its top; None for the document."""
        document, part = self.document, self.part
        around = self.node.parent
        if around is None:
            return None
        if around.number < 0 and self.view != FRAME:
            return container(document, self.view)
        if part:
            held = document.held[part]
            if around.path == held.node.path:
                return at(document, held.owner)
        return DomNode(document, self.view, part, around)

    def ancestors(self) -> Iterator[DomNode]:
        """Parent, its parent, …; without the document."""
        node = self.parent
        while node is not None and node.tag:
            yield node
            node = node.parent

    @property
    def children(self) -> list[DomNode | str]:
        """Elements and text, in order."""
        mark = self.mark
        if mark.text is not None:
            return [mark.text]
        found: list[DomNode | str] = []
        document, view, part = self.document, self.view, mark.held or self.part
        source = self.source
        if source.get(SESSION) is not None:
            shown = document.inside(view, source.id or "")
            if shown is not None:
                source, view, part = shown.page.root, shown.id, 0
        for kid in source.children:
            found.append(kid if isinstance(kid, str) else DomNode(document, view, part, kid))
        return found

    def elements(self) -> Iterator[DomNode]:
        """The child elements, in order."""
        return (kid for kid in self.children if isinstance(kid, DomNode))

    def iter(self) -> Iterator[DomNode]:
        """All elements inside, in document order, not this one."""
        todo = list(reversed(list(self.elements())))
        while todo:
            node = todo.pop()
            yield node
            todo.extend(reversed(list(node.elements())))

    @property
    def text(self) -> str:
        """All text inside, whitespace collapsed, trimmed; without scripts and styles."""
        return " ".join(self._words(scripts=False).split())

    @property
    def content(self) -> str:
        """All text inside, verbatim."""
        return self._words(scripts=True)

    def _words(self, *, scripts: bool) -> str:
        if self.document.plain and not self.document.views:
            return self.source.content if scripts else self.source.text
        found: list[str] = []
        todo: list[DomNode | str] = [self]
        while todo:
            each = todo.pop()
            if isinstance(each, str):
                found.append(each)
            elif scripts or each.tag not in ("script", "style"):
                todo.extend(reversed(each.children))
        return "".join(found)

    # --- properties -------------------------------------------------------------------------------------------------

    @property
    def value(self) -> str:
        """The `value` property of a text-like control."""
        mark = self.mark
        if mark.value is not None:
            return mark.value
        node = cast("Node", self) if mark.written or mark.text is not None else self.source
        return rendered_value(node, kind_of(self.source))

    @property
    def focused(self) -> bool:
        """Whether the focus is on it."""
        return self.document.focus == self.key

    # --- as text ----------------------------------------------------------------------------------------------------

    def html(self) -> str:
        """The element as a browser writes it (`outerHTML`)."""
        found: list[str] = []
        todo: list[DomNode | str] = [self]
        while todo:
            each = todo.pop()
            if isinstance(each, str):
                found.append(each)
                continue
            if each.tag:
                found.append(f"<{each.tag}{''.join(map(_spelled, each.attributes.items()))}>")
            if each.tag in VOID:
                continue
            if each.tag:
                todo.append(f"</{each.tag}>")
            raw = each.tag in RAW
            for kid in reversed(each.children):
                todo.append(kid if raw or not isinstance(kid, str) else _text(kid))
        return "".join(found)

    def inner_html(self) -> str:
        """What is inside as text (`innerHTML`)."""
        return "".join(_text(kid) if isinstance(kid, str) else kid.html() for kid in self.children)


def _text(text: str) -> str:
    return escape(text, quote=False).replace("\xa0", "&nbsp;")


def _spelled(attribute: tuple[str, str]) -> str:
    name, value = attribute
    return f' {name}="{_text(value).replace(chr(34), "&quot;")}"'


def root(document: Document) -> DomNode:
    """The document itself, above its elements."""
    return DomNode(document, FRAME, 0, document.frame.root)


def at(document: Document, key: Key) -> DomNode | None:
    """The element that a key names; None if it is not there."""
    view, part, path = key
    if part:
        held = document.held.get(part)
        node = None if held is None else held.node.page.node_at(path)
    elif view == FRAME or view in document.views:
        node = document.page(view).node_at(path)
    else:
        node = None
    return None if node is None else DomNode(document, view, part, node)


def container(document: Document, view: str) -> DomNode | None:
    """The container of a view; None if it is not on the page around it."""
    shown = document.views[view]
    for node in document.page(shown.around).by_id(shown.dom_id):
        return DomNode(document, shown.around, 0, node)
    return None
