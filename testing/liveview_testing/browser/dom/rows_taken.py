"""Rows of streams that a message takes away before it patches anything.

Owns `without_rows`: a client takes them away wherever they stand, also inside of an element that waits for an answer, from which
all else of the message is held back.

Law: a document in which nothing waits costs a look at its marks; there the patch itself takes the rows away.
"""  # LK-10, ST-27

from __future__ import annotations

from attrs import evolve

from liveview_testing.browser.dom.document import Document, with_marks
from liveview_testing.browser.dom.following import followed
from liveview_testing.browser.dom.leaving import taken_away
from liveview_testing.browser.dom.mark import Mark
from liveview_testing.browser.dom.patch_work import Patch, Work, is_locked
from liveview_testing.browser.dom.stream_rows import put_in, removals
from liveview_testing.browser.page.node import Node
from liveview_testing.browser.page.page import Page
from liveview_testing.browser.page.tree.tree import Diff


def without_rows(document: Document, view: str, diff: Diff, last: Page) -> Patch | None:
    """The document once a message has taken rows of streams away from where all else is held back; None if there are none.

    What it shows then is a page of its own, between that before the message and `last`, that after it. A row that is put in again,
    but is held back, is not there meanwhile; what is known of it waits under its name in the page after.
    """  # LK-10, ST-27
    if not any(key[0] == view and mark.lock is not None for key, mark in document.marks.items()):
        return None
    before = document.views[view].page

    def vanishes(dom_id: str) -> bool:
        return any(is_locked(document, view, node) for node in before.by_id(dom_id))

    taken = removals(before, diff, vanishes)
    if taken is None:
        return None
    after = before.patch(taken).page
    again = put_in(diff)
    carried, document = _carried(document, view, 0, after, again)
    there = evolve(document, views=document.views.set(view, evolve(document.views[view], page=after)))
    done = _through(Work(document, there, view, before, after, whole=False), _taken_away(before, after, again))
    for part, held in sorted(document.held.items()):
        page = held.node.page
        if held.owner is None or held.owner[0] != view or part not in done.document.held or not isinstance(page, Page):
            continue
        taken = removals(page, diff, lambda _: True)
        after = page if taken is None else page.patch(taken).page
        owner = followed(held.node, after)
        if taken is None or owner is None:
            continue
        _, now = _carried(done.document, view, part, after, again)  # they come anew with the answer
        work = Work(now, now, view, page, after, whole=False, part=part, into=part)
        work.held = work.held.set(part, evolve(now.held[part], node=owner))
        inside = _through(work, _taken_away(page, after, again))
        gone = (*done.gone, *inside.gone)
        lost = done.focus_lost or inside.focus_lost
        done = evolve(inside, gone=gone, focus_lost=lost, leaving=(*done.leaving, *inside.leaving))
    now = done.document
    for node, mark in carried:
        new = followed(node, last)
        if new is not None:
            now = now.marked((view, 0, new.path), mark)
            now = evolve(now, numbers=now.numbers.set(mark.number, (view, 0, new.path))) if mark.number else now
    return evolve(done, document=now, focus_lost=done.focus_lost or (document.focus is not None and now.focus is None))


def _taken_away(before: Page, after: Page, again: frozenset[str]) -> list[tuple[Node, Node | None]]:
    """What leaves: not a row that is put in again, nor what is in one."""
    found = taken_away(before, after)
    return [each for each in found if not any(node.id in again for node in (each[0], *each[0].ancestors()))]


def _carried(
    document: Document, view: str, part: int, after: Page, again: frozenset[str]
) -> tuple[list[tuple[Node, Mark]], Document]:
    """What is known of rows that vanish and are put in again, with their elements; and the document without that."""
    page = document.page(view) if not part else document.held[part].node.page
    found: list[tuple[Node, Mark]] = []
    marks = dict(document.marks)
    for key in document.marks:
        node = page.node_at(key[2]) if key[0] == view and key[1] == part else None
        row = None if node is None else next((each for each in (node, *node.ancestors()) if each.id in again), None)
        if node is not None and row is not None and not after.by_id(row.id or ""):
            found.append((node, marks.pop(key)))
    if not found:
        return [], document
    return found, with_marks(document, marks, document.held, document.focus, document.parts)


def _through(work: Work, going: list[tuple[Node, Node | None]]) -> Patch:
    work.through = True
    work.leave(going)
    work.follow()
    return work.done()
