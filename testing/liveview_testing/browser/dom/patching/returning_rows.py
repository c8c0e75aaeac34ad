"""Rows of streams that a message puts in again while they are leaving.

Owns `come_back`: such a row is patched where it still stands, and all that are leaving count as others do; and `taken_off`: they go
all the same, once their `phx-remove` is over, though the server believes some of them there.

Law: what is known of the row goes along both times; a page on which no row is leaving costs nothing.
"""  # PA-42, PA-25, HK-17

from __future__ import annotations

from collections.abc import Set

from attrs import evolve

from liveview_testing.browser.dom.document import Document, with_marks
from liveview_testing.browser.dom.mark import PLAIN, Key, Mark, cloned
from liveview_testing.browser.dom.node import DomNode, at
from liveview_testing.browser.dom.patching.node_matching import followed, is_in
from liveview_testing.browser.dom.stream_rows import is_row_root, refs_of, rows_of, with_rows
from liveview_testing.browser.page.node import Node
from liveview_testing.browser.page.page import Page
from liveview_testing.browser.page.tree.ropes.rope import Rope
from liveview_testing.browser.page.tree.tree import Item, Row


def come_back(document: Document, view: str, asked: Set[str]) -> tuple[Document, tuple[Node, ...]]:
    """The document in which rows of `view` that are leaving stand among the others again, and those rows: as a message says
    something of their stream, one of the refs `asked`, or makes a hidden clone of what is around it.
    """
    returned: list[Node] = []
    for key in list(document.leaving):
        container = at(document, key) if key[0] == view else None
        if container is None or not (refs_of(container.source) & asked or _waits(container)):
            continue
        document, rows = _back(document, container)
        returned += rows
    return document, tuple(returned)


def come_back_in(document: Document, owner: Key) -> Document:
    """The same for all rows in what is held back from an element, which is to be released."""
    part = document.mark(owner).held
    for key in [key for key in document.leaving if key == owner or key[:2] == (owner[0], part)]:
        container = at(document, key)
        if container is not None:
            document, _ = _back(document, container)
    return document


def _waits(container: DomNode) -> bool:
    return any(each.mark.lock is not None for each in (container, *container.ancestors()))


def _back(document: Document, container: DomNode) -> tuple[Document, list[Node]]:
    """The rows that are leaving in one container."""
    key, part, node = container.key, container.mark.held or container.part, container.source
    rows, page = rows_of(node), node.page
    if rows is None or not isinstance(page, Page):
        return document, []
    order: list[Item] = [*rows]
    stay: list[tuple[int, int]] = []
    back: list[tuple[int, Node]] = []
    for before, number in document.leaving[key]:
        there = document.held[number].node
        row = there.place.node
        if isinstance(row, Row) and is_row_root(there) and row not in order:
            order.insert(before + len(back), row)
            back.append((number, there))
        else:
            stay.append((before + len(back), number))
    page = with_rows(page, node, Rope.of(order))
    document = _showing(document, key[0], part, page)
    document = evolve(document, leaving=document.leaving.set(key, tuple(stay)))
    for number, there in back:
        document = _moved(document, (key[0], number), there, part, page)
    return document, [there for _, there in back]


def _showing(document: Document, view: str, part: int, page: Page) -> Document:
    """The document in which a part shows another page."""
    if not part:
        return evolve(document, views=document.views.set(view, evolve(document.views[view], page=page)))
    held = document.held[part]
    node = page.node_at(held.node.path)
    return document if node is None else evolve(document, held=document.held.set(part, evolve(held, node=node)))


def _moved(document: Document, was: tuple[str, int], node: Node, part: int, page: Page) -> Document:
    """The document in which a row that was leaving is one of its page."""
    moved: dict[Key, Key] = {}
    for key in (*document.marks, *(() if document.focus is None else (document.focus,))):
        had = node.page.node_at(key[2]) if key[:2] == was else None
        there = None if had is None else followed(had, page)
        if there is not None:
            moved[key] = (was[0], part, there.path)
    marks = {moved.get(key, key): mark for key, mark in document.marks.items()}
    root = next(iter(page.by_id(node.id or "")), None)
    if root is not None:
        top = (was[0], part, root.path)
        marks[top] = evolve(marks.get(top, PLAIN), leaving=True)
    held = document.held.delete(was[1])
    for number, each in held.items():
        if each.owner in moved:
            held = held.set(number, evolve(each, owner=moved[each.owner]))
    focus = None if document.focus is None else moved.get(document.focus, document.focus)
    return with_marks(document, marks, held, focus, document.parts)


def _copies(document: Document, row: DomNode) -> dict[Key, Mark]:
    """What is known of a row, and of what is in it, in the hidden clone of what is around it: as it was copied."""
    # LK-10, MD-2
    held, after = document.held[row.part], document.page(row.view)
    found: dict[Key, Mark] = {}
    for node in (row.node, *row.node.iter()):
        there = followed(node, after)
        if there is not None and there.place.node is node.place.node:
            hooked = node == row.node and node.get("phx-hook") is not None
            found[row.view, 0, there.path] = evolve(cloned(held.copied.get(node.path, PLAIN)), copied=hooked)
    return {key: mark for key, mark in found.items() if mark != PLAIN}


def taken_off(document: Document, node: DomNode) -> Document:
    """The document without a row that had come back, and its `phx-remove` is over."""
    view, part = node.view, node.part
    page = document.page(view) if not part else document.held[part].node.page
    container = node.node.parent
    rows = None if container is None else rows_of(container)
    if container is None or rows is None or not isinstance(page, Page):
        return document
    marks = {
        key: mark
        for key, mark in document.marks.items()
        if key[:2] != (view, part)
        or not ((had := page.node_at(key[2])) is not None and (had == node.node or is_in(had, node.node)))
    }
    focus = document.focus
    if focus is not None and focus not in marks and focus in document.marks:
        focus = None
    held = document.held
    for number, each in document.held.items():
        if each.owner is not None and each.owner not in marks:
            held = held.delete(number)
            marks = {key: mark for key, mark in marks.items() if key[1] != number}
    if part:
        marks = {**_copies(document, node), **marks}
    after = with_rows(page, container, Rope.of([item for item in rows if item.key != node.id]))
    return _showing(with_marks(document, marks, held, focus, document.parts), view, part, after)
