"""A cursor over the DOM: an element as the browser has it, through the borders of views.

Owns `DomNode`. It answers what a page's own `Node` answers, with what the client wrote over it, the part that is held back
where the element is locked, and the page of a view inside its container. So whatever reads a page (selectors, forms, roles)
reads the DOM.

Law: a node belongs to one document. What the client did not touch is read from the page, never copied.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape
from typing import Any

from liveview_testing.browser.dom.document import FRAME, Document
from liveview_testing.browser.dom.mark import Key, Mark
from liveview_testing.browser.dom.options import default_option, options_of
from liveview_testing.browser.page.controls import kind_of
from liveview_testing.browser.page.forms.form_data import display_size
from liveview_testing.browser.page.forms.forms import rendered_value
from liveview_testing.browser.page.forms.values import cleaned
from liveview_testing.browser.page.node import Node, PageOfNodes, Rows
from liveview_testing.browser.page.place import Place
from liveview_testing.browser.page.templates.skeleton import RAW, VOID
from liveview_testing.browser.page.tree.ropes.rope import Rope

SESSION = "data-phx-session"
TOP = (-1,)
"""The path of what is above the elements of a page."""
RETAINED = frozenset(("id", SESSION, "data-phx-static", "data-phx-main", "data-phx-root-id"))
"""What a container keeps whichever view is in it."""  # CN-57a


class DomNode:
    """One element of a document."""

    __slots__ = ("_mark", "_parent", "_parent_before", "document", "node", "part", "tag", "view")

    def __init__(self, document: Document, view: str, part: int, node: Node) -> None:
        self.document = document
        self.view = view
        self.part = part
        self.node = node
        self.tag = node.tag
        """The tag in lower case; "" for the document itself."""
        self._mark: Mark | None = None
        self._parent: DomNode | None = None
        self._parent_before: DomNode | None = None

    def of(self, document: Document) -> DomNode:
        """The same element of another version of its document, which has the page that it is on."""
        new, before = DomNode(document, self.view, self.part, self.node), self.document
        same = document.views is before.views and document.held is before.held and document.frame is before.frame
        if same and not document.portals:
            new._parent_before = self._parent or self._parent_before  # what is around it is what was
        return new

    def alone(self) -> DomNode:
        """The same, without what it has learnt of what is around it: for who keeps it."""
        return DomNode(self.document, self.view, self.part, Node(self.node.place, self.node.number))

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
    def rearranged(self) -> bool:
        return self.document.rearranged

    @property
    def source(self) -> Node:
        """The element of the page that is shown: that of an older one, where it is held back."""
        held = self.mark.held if self.document.held else 0
        return self.document.held[held].node if held else self.node

    # --- what it is -------------------------------------------------------------------------------------------------

    @property
    def attributes(self) -> Mapping[str, str]:
        """All attributes as the browser has them now."""
        found = self.mark.attributes(self.source.attributes)
        if self.view == FRAME or SESSION in found:
            shown = self.document.inside(self.view, found.get("id", ""))
            if shown is not None and shown.attributes is not None:
                found = {name: found[name] for name in found if name in RETAINED} | dict(shown.attributes)
            if shown is not None and shown.classes:
                return {**found, "class": " ".join((*found.get("class", "").split(), *shown.classes))}
        if self.document.portals and (teleported := self._written_by_portal()):
            return {**found, **teleported}
        if self.node.tag == "option":
            chosen = self._is_given_selected(found)
            if chosen != ("selected" in found):
                return {**found, "selected": ""} if chosen else {n: v for n, v in found.items() if n != "selected"}
        return found

    def _written_by_portal(self) -> dict[str, str] | None:
        """The attributes of what a portal has put elsewhere: whose it is, and by which template."""
        around = self.node.parent
        if around is None or not is_portal(around) or portal_root(around) != self.node:
            return None
        template = DomNode(self.document, self.view, self.part, around)
        if template.mark.number not in self.document.teleported:
            return None
        shown = self.document.views.get(self.view)
        return {
            "data-phx-teleported": self.view if shown is None else shown.dom_id,
            "data-phx-teleported-src": around.id or "",
        }

    def _is_given_selected(self, own: Mapping[str, str]) -> bool:
        """A patch that visits a select writes `selected` on the option that is selected, and on no other."""  # FI-9
        select = next((each for each in self.ancestors() if each.tag == "select"), None)
        here = "selected" in own
        if select is None or select.get("multiple") is not None:
            return here
        number = select.mark.option
        if number == -1:
            return here
        known = options_of(select)
        if number is None:
            number = default_option(known, listed=display_size(select) > 1)
        return 0 <= number < len(known) and known[number].key == self.key

    def get(self, name: str, default: str | None = None) -> str | None:
        """One attribute."""
        mark = self._mark
        if mark is None:
            mark = self.mark
        if name in mark.written:
            value = mark.written[name]
            return default if value is None else value
        if name == "class" or (name == "selected" and self.tag == "option"):
            return self.attributes.get(name, default)
        return (self.source if mark.held else self.node).get(name, default)

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
        if self._parent is None:
            had = self._parent_before
            self._parent = self._around() if had is None else had.of(self.document)
            self._parent_before = None
        return self._parent

    def _around(self) -> DomNode | None:
        document, part = self.document, self.part
        around = self.node.parent
        if part and document.held[part].owner is None and self.node.path == document.held[part].node.path:
            there = document.held[part].around
            if there is None:
                return None
            return container(document, there[0]) if there[2] == TOP and there[0] != FRAME else at(document, there)
        if around is None:
            return None
        if around.number < 0 and self.view != FRAME:
            return container(document, self.view)
        if document.portals and is_portal(around):
            return self._target(DomNode(document, self.view, part, around))
        if part:
            held = document.held[part]
            if held.owner is not None and around.path == held.node.path:
                return at(document, held.owner)
        return DomNode(document, self.view, part, around)

    def _target(self, template: DomNode) -> DomNode | None:
        """The element that a portal has put this one into."""  # PA-30
        number = self.document.teleported.get(template.mark.number)
        key = None if number is None else self.document.numbers.get(number)
        if key is None or portal_root(template.node) != self.node or self.document.is_dead(self.view):
            return None
        return at(self.document, key)

    @property
    def template(self) -> DomNode | None:
        """The template whose content this is, or is in, where a portal has put it elsewhere."""  # PA-33
        if not self.document.portals:
            return None
        node = self.node
        while (around := node.parent) is not None:
            if is_portal(around):
                return DomNode(self.document, self.view, self.part, around)
            node = around
        return None

    def _teleported(self) -> Iterator[DomNode]:
        """What portals have put into this element."""
        document = self.document
        for number in document.portals.get(self.mark.number, ()):
            key = document.numbers.get(number)
            template = None if key is None else at(document, key)
            node = None if template is None else portal_root(template.node)
            if template is not None and node is not None and not document.is_dead(template.view):
                yield DomNode(document, template.view, template.part, node)

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
        if mark.inner is not None:
            return [mark.inner[0]] if mark.inner[0] else []
        found: list[DomNode | str] = []
        document, view, part, source = self.document, *self._inside()
        for kid in source.children:
            found.append(kid if isinstance(kid, str) else DomNode(document, view, part, kid))
        if document.leaving:
            key = (view, part, source.path) if view != self.view else self.key
            for index, number in reversed(document.leaving.get(key, ())):
                found.insert(index, DomNode(document, view, number, document.held[number].node))
        if document.portals and self.mark.number:
            found.extend(self._teleported())
        return found

    def _inside(self) -> tuple[str, int, Node]:
        """Of which page, in which part, the element is whose children stand in this one."""
        document, view, part = self.document, self.view, self.mark.held or self.part
        source = self.source
        if source.get(SESSION) is not None:
            shown = document.inside(view, source.id or "")
            if shown is not None:
                return shown.id, 0, shown.page.root
        return view, part, source

    def segments(self) -> Iterator[DomNode | str | DomRows]:
        """As `children`, with each list as one. Not where something is leaving, or in a portal."""
        if self.mark.text is not None or self.mark.inner is not None:
            yield from (each for each in self.children if isinstance(each, str))
            return
        view, part, source = self._inside()
        yield from _segments(self.document, view, part, source.segments())

    def elements(self) -> Iterator[DomNode]:
        """The child elements, in order."""
        if self.node.tag == "template" and self.document.portals and is_portal(self.node):
            return iter(())  # what is in it is no part of the document
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
            elif each.tag != "template" and (scripts or each.tag not in ("script", "style")):
                todo.extend(reversed(each.children))
        return "".join(found)

    # --- properties -------------------------------------------------------------------------------------------------

    @property
    def value(self) -> str:
        """The `value` property of a text-like control."""
        mark = self.mark
        if mark.value is not None:
            return mark.value
        kind = kind_of(self.source)
        if "value" in mark.written and self.tag == "input":
            return cleaned(mark.written["value"] or "", kind)
        if mark.inner is not None:
            return mark.inner[0].replace("\r\n", "\n").replace("\r", "\n")
        return rendered_value(self.source, kind)

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


def is_portal(node: Node) -> bool:
    """Whether it is a template whose content is to stand elsewhere."""
    return node.tag == "template" and node.get("data-phx-portal") is not None


def portal_root(template: Node) -> Node | None:
    """The one element in a portal's template."""
    return next((each for each in template.children if isinstance(each, Node)), None)


class DomRows:
    """A list among the children of an element: its rows, and what is in one, given its position."""

    __slots__ = ("_document", "_part", "_rows", "_view")

    def __init__(self, document: Document, view: str, part: int, rows: Rows) -> None:
        self._document = document
        self._view = view
        self._part = part
        self._rows = rows

    @property
    def rope(self) -> Rope[Any]:
        """The rows."""
        return self._rows.rope

    def inside(self, at: int, row: object) -> Iterator[DomNode | str | DomRows]:
        """What is in one of them."""
        return _segments(self._document, self._view, self._part, self._rows.inside(at, row))


def _segments(
    document: Document, view: str, part: int, found: Iterator[Node | str | Rows]
) -> Iterator[DomNode | str | DomRows]:
    for each in found:
        if isinstance(each, Node):
            yield DomNode(document, view, part, each)
        elif isinstance(each, Rows):
            yield DomRows(document, view, part, each)
        else:
            yield each


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
    page = _page_of(document, view, part)
    node = None if page is None else page.node_at(path)
    return None if node is None else DomNode(document, view, part, node)


def is_of(document: Document, node: DomNode) -> bool:
    """Whether a document has the page that an element of another one is on: then its key names the same there."""
    return node.node.page is _page_of(document, node.view, node.part)


def _page_of(document: Document, view: str, part: int) -> PageOfNodes | None:
    if part:
        held = document.held.get(part)
        return None if held is None else held.node.page
    return document.page(view) if view == FRAME or view in document.views else None


def container(document: Document, view: str) -> DomNode | None:
    """The container of a view; None if it is not on the page around it."""
    shown = document.views[view]
    for node in document.page(shown.around).by_id(shown.dom_id):
        return DomNode(document, shown.around, 0, node)
    return None
