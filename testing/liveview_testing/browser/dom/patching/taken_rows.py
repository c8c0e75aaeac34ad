"""Rows of streams that a message takes away from where all else is held back.

Owns `without_rows`: a client takes rows away before it patches anything, wherever they are seen. What is known of a row that is put
in again at once goes along, into the hidden clone; one that is only out of sight is in the clone as it was copied (`cloned`).

Law: what is seen has lost the row, and nobody else has.
"""  # LK-10, ST-27, PA-23

from __future__ import annotations

from collections.abc import Iterator, Mapping

from attrs import evolve
from immutables import Map

from liveview_testing.browser.dom.document import Document, Patch, change_document, is_locked, with_marks
from liveview_testing.browser.dom.mark import PLAIN, Key, Mark, cloned
from liveview_testing.browser.dom.patching.node_matching import followed, is_in
from liveview_testing.browser.dom.patching.patch_steps import Work
from liveview_testing.browser.dom.patching.phx_remove import leaves
from liveview_testing.browser.dom.patching.sent_controls import rewritten, selects_sent
from liveview_testing.browser.dom.stream_rows import STREAMS, is_row_root, refs_of
from liveview_testing.browser.page.finding.select import find
from liveview_testing.browser.page.node import Node
from liveview_testing.browser.page.page import Page
from liveview_testing.browser.page.tree.stream_operations import put_in, removals
from liveview_testing.browser.page.tree.tree import Diff


def without_rows(document: Document, view: str, diff: Diff, asked: Diff, last: Page) -> Patch | None:
    """The document once a message has taken rows of streams away from where all else is held back; None if there are none.

    What it shows then is a page of its own, between that before the message and `last`, that after it. A row that is put in again,
    but is held back, is not there meanwhile; what is known of it waits under its name in the page after. `diff`: the message as it
    comes to what is not held back; `asked`: as it was sent, and comes to what is seen.
    """  # LK-10, ST-27
    before = document.views[view].page

    def vanishes(dom_id: str) -> bool:
        return any(is_locked(document, view, node) for node in before.by_id(dom_id))

    taken = removals(before.tree, before.components, diff, vanishes, _open(document, view, before))
    if taken is None and diff is asked:
        return None
    after = before if taken is None else before.patch(taken).page
    again = put_in(diff)
    copies = [(before, *_copies(document, view, 0, before, after, last, again))]
    carried, document = _carried(document, view, 0, after, again)
    there = change_document(document, views=document.views.set(view, evolve(document.views[view], page=after)))
    done = _through(
        Work(document, there, view, before, after, whole=False), _taken_away(document, view, 0, before, after, again)
    )
    for part, held in sorted(document.held.items()):
        page = held.node.page
        if held.owner is None or held.owner[0] != view or part not in done.document.held or not isinstance(page, Page):
            continue
        taken = removals(page.tree, page.components, asked, lambda _: True, _behind(document, view, part, page))
        after = page if taken is None else page.patch(taken).page
        owner = followed(held.node, after)
        if taken is None or owner is None:
            continue
        copies.append((page, *_copies(document, view, part, page, after, last, again)))
        _, now = _carried(done.document, view, part, after, again)  # they come anew with the answer
        work = Work(now, now, view, page, after, whole=False, part=part, into=part)
        work.held = work.held.set(part, evolve(now.held[part], node=owner))
        inside = _through(
            work, [each for each in _taken_away(now, view, part, page, after, again) if is_in(each[0], held.node)]
        )
        gone = (*done.gone, *inside.gone)
        lost = done.focus_lost or inside.focus_lost
        done = evolve(inside, gone=gone, focus_lost=lost, leaving=(*done.leaving, *inside.leaving))
    now = done.document
    lost = done.focus_lost or (document.focus is not None and now.focus is None)
    rows = frozenset(each for each in again if before.by_id(each) and not now.views[view].page.by_id(each))
    for page, marks, taken_out in copies:
        if marks:
            done = evolve(done, document=_in_clone(done.document, view, page, last, marks, taken_out).document)
    return evolve(_patched_rows(done, view, before, last, carried, rows), focus_lost=lost)


def _open(document: Document, view: str, page: Page) -> frozenset[str]:
    """The refs of streams around which nothing waits: their rows are taken away as the page is patched."""
    found: set[str] = set()
    for node in find(page, STREAMS):
        if all(document.mark((view, 0, each.path)).lock is None for each in (node, *node.ancestors())):
            found |= refs_of(node)
    return frozenset(found)


def _behind(document: Document, view: str, part: int, page: Page) -> frozenset[str]:
    """The refs of streams that are held back in a part: what is seen of them is in another part."""  # LK-21
    if not any(key[1] == part and mark.held for key, mark in document.marks.items()):
        return frozenset()
    found: set[str] = set()
    for node in find(page, STREAMS):
        if any(document.mark((view, part, each.path)).held for each in (node, *node.ancestors())):
            found |= refs_of(node)
    return frozenset(found)


def _copies(
    document: Document, view: str, part: int, page: Page, after: Page, last: Page, again: frozenset[str]
) -> tuple[dict[Key, Mark], frozenset[str]]:
    """What is known of the elements of rows that vanish from a part, as they were copied into the hidden clone of that, by their
    names in the part; and those rows.
    """  # LK-10, MD-2
    held = document.held.get(part)
    mine = (
        {key[2]: mark for key, mark in document.marks.items() if key[:2] == (view, 0)} if held is None else held.copied
    )
    found: dict[Key, Mark] = {}
    rows: set[str] = set()

    def goes(row: Node) -> bool:
        if held is not None and not is_in(row, held.node):
            return False  # the page of a part is a whole one
        return (
            not after.by_id(row.id or "") and not (held is None and row.id in again) and followed(row, last) is not None
        )

    for path, mark in mine.items():
        node = page.node_at(path)
        row = None if node is None else next((each for each in (node, *node.ancestors()) if is_row_root(each)), None)
        if row is not None and goes(row):
            found[view, 0, path] = cloned(mark)
            rows.add(row.id or "")
    for row in _rows_of_streams(page):
        if row.get("phx-hook") is not None and goes(row):
            key = (view, 0, row.path)
            found[key] = evolve(found.get(key, PLAIN), copied=True)
            rows.add(row.id or "")
    return found, frozenset(rows)


def _rows_of_streams(page: Page) -> Iterator[Node]:
    """The roots of the rows of all streams of a page."""
    for container in find(page, STREAMS):
        yield from (each for each in container.elements() if is_row_root(each))


def _patched_rows(
    done: Patch, view: str, before: Page, last: Page, carried: Mapping[Key, Mark], rows: frozenset[str]
) -> Patch:
    """The document once rows that are put in again were patched: their very nodes are, and wait in the hidden clone."""
    if not rows:
        return done
    patched = _in_clone(done.document, view, before, last, carried, rows)
    return evolve(done, document=patched.document, gone=(*done.gone, *patched.gone), kept=rows)


def _in_clone(
    now: Document, view: str, before: Page, last: Page, marks: Mapping[Key, Mark], rows: frozenset[str]
) -> Patch:
    """The document with what is known of some rows of `before`, by their names in the page `last`, once that has come to them."""
    alone = with_marks(evolve(now, leaving=Map()), marks, now.held, None, now.parts)
    work = Work(alone, alone, view, before, last, whole=True)
    work.hold()
    work.reach()
    work.follow()
    inside = [each for each in rewritten(before, last) if is_in_rows(each[0], rows)]
    work.write([(was, node) for was, node in inside if (view, 0, was.path) not in marks])
    unchosen = [each for each in selects_sent(before, last)[1] if is_in_rows(each[0], rows)]
    work.empty([(was, node) for was, node in unchosen if (view, 0, was.path) not in marks])
    patched = work.done()
    both = {**now.marks, **patched.document.marks}
    document = with_marks(now, both, patched.document.held, now.focus, patched.document.parts)
    return evolve(patched, document=document)


def _taken_away(
    document: Document, view: str, part: int, before: Page, after: Page, again: frozenset[str]
) -> list[tuple[Node, Node | None]]:
    """What leaves: not a row that is put in again, nor what is in one."""
    return [each for each in leaves(document, view, part, before, after) if not is_in_rows(each[0], again)]


def _carried(
    document: Document, view: str, part: int, after: Page, again: frozenset[str]
) -> tuple[dict[Key, Mark], Document]:
    """What is known of rows that vanish and are put in again; and the document without that."""
    page = document.page(view) if not part else document.held[part].node.page
    found: dict[Key, Mark] = {}
    marks = dict(document.marks)
    for key in document.marks:
        node = page.node_at(key[2]) if key[0] == view and key[1] == part else None
        row = None if node is None else next((each for each in (node, *node.ancestors()) if each.id in again), None)
        if node is not None and row is not None and not after.by_id(row.id or ""):
            found[key] = marks.pop(key)
    if not found:
        return {}, document
    return found, with_marks(document, marks, document.held, document.focus, document.parts)


def _through(work: Work, going: list[tuple[Node, Node | None]]) -> Patch:
    work.through = True
    work.leave(going)
    work.follow()
    return work.done()


def is_in_rows(node: Node, rows: frozenset[str]) -> bool:
    return any(each.id in rows for each in (node, *node.ancestors()))
