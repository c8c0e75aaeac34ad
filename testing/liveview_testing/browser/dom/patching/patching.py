"""What a patch does to the marks of a document: who keeps his, which typed values go, what is held back.

Owns `patched`: a view's page is another now. Every element that the client knows something of is followed to the element it is
kept as (`node_matching`); if the patch *visits* it, its attributes are what was sent plus what is sticky, and its value is the
server's again, unless it has the focus. An element that waits for an answer is not visited: it stays as it is, with
all that is inside, until its ack (`released`); but rows of streams are taken away before all else (`taken_rows`).

Law: what was not marked costs nothing; a part of the page that the client skips (an unchanged component, an ignored element) keeps
everything.
"""  # FI-8 … FI-13, LK-10

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from attrs import evolve

from liveview_testing.browser.dom.document import Document, Held, Patch, change_document, is_locked
from liveview_testing.browser.dom.mark import PLAIN, Key
from liveview_testing.browser.dom.node import at
from liveview_testing.browser.dom.patching.node_matching import followed, is_in
from liveview_testing.browser.dom.patching.patch_steps import NO_DIFF, Work
from liveview_testing.browser.dom.patching.patched_element import (
    is_in_ignored,
    retyped,
    visited,
    visits,
)
from liveview_testing.browser.dom.patching.phx_remove import leaves, taken_away
from liveview_testing.browser.dom.patching.sent_controls import rewritten, selects_sent
from liveview_testing.browser.dom.patching.taken_rows import is_in_rows
from liveview_testing.browser.page.controls import CONTROLS
from liveview_testing.browser.page.node import Node, PageOfNodes
from liveview_testing.browser.page.page import Page
from liveview_testing.browser.page.tree.stream_operations import put_in
from liveview_testing.browser.page.tree.tree import Diff


def patched(
    document: Document,
    view: str,
    after: Page,
    *,
    whole: bool = False,
    since: int | None = None,
    spared: frozenset[Key] = frozenset(),
    diff: Diff = NO_DIFF,
    kept: frozenset[str] = frozenset(),
    leaving: Sequence[tuple[str, str, int]] = (),
    rows: Mapping[str, Any] = NO_DIFF,
) -> Patch:
    """The document once `view` shows the page `after`. `whole`: the message was for all of it, even if nothing changed.

    `diff` is the message. `kept`: rows that it has taken out before, and that were patched as they were put in again. `since`: refs
    from this one on were taken in the middle of the patch: they hold back none of `spared`, to which it had come before.
    `leaving`: where rows of streams stand that are leaving, where that is known. `rows`: those that hidden clones begin with, by
    the ids of their containers.
    """
    shown = document.views[view]
    before = shown.page
    views = document.views.set(view, evolve(shown, page=after))
    closed = () if before is after else tuple(_closed(document, view, before, after))
    if len(closed) > 1:
        closed = tuple(each.id for each in document.within(view) if each.id in closed)
    for child in document.views.values():
        if child.around == view and child.classes and _reaches(document, view, child.dom_id, before, after, whole):
            views = views.set(child.id, evolve(child, classes=()))  # PA-16
    there = change_document(document, views=views)
    if before is after and not whole:
        return Patch(there)
    taken = leaves(document, view, 0, before, after)
    if taken and diff:  # PA-28: what is put in, and is pushed out at once, is gone
        pushed_out = put_in(diff)
        taken = [each for each in taken if each[0].id not in pushed_out]
    going = [each for each in taken if not is_locked(document, view, each[0])]
    behind = tuple(each[0].get("phx-remove") or "" for each in taken if is_locked(document, view, each[0]))
    new, unchosen = selects_sent(before, after)
    known = document.marks if document.focus is None else {*document.marks, document.focus}
    texts = [(was, node) for was, node in rewritten(before, after) if (view, 0, was.path) not in known]
    empty = [(was, node) for was, node in unchosen if (view, 0, was.path) not in known]
    if document.plain and not going and not new and not texts and not empty:
        return Patch(there, closed=closed)
    work = Work(document, there, view, before, after, whole, since=since, spared=spared)
    work.diff, work.leaving, work.rows = diff, leaving, rows
    work.hold()
    work.reach()
    opened = work.opened()
    if opened:  # what is inside goes on from what it shows
        going = [each for each in going if not any(is_in(each[0], was) for was, _, _ in opened)]
        texts, new, empty = _opened(view, opened, after, known, (texts, new, empty))
    work.leave(going)
    work.follow()
    work.open(opened)
    work.write(texts)
    work.empty(empty)
    for node in new:
        if kept and is_in_rows(node, kept):
            continue
        key = (view, 0, node.path)
        work.marks[key] = evolve(work.marks.get(key, PLAIN), option=-1)
    return evolve(work.done(), closed=closed, behind=behind, opened=tuple(held for _, _, held in opened))


Pairs: TypeAlias = "list[tuple[Node, Node]]"


def _opened(
    view: str,
    opened: list[tuple[Node, int, Node]],
    after: Page,
    known: Container[Key],
    sent: tuple[Pairs, list[Node], Pairs],
) -> tuple[Pairs, list[Node], Pairs]:
    """The textareas that are written, the selects that come and those without a choice: inside of what is held back no more by what
    is to be seen there.
    """  # LK-28, FI-9
    tops = [was for was, _, _ in opened]
    texts, new, empty = sent
    texts, empty = (
        [each for each in pairs if not any(is_in(each[0], top) for top in tops)] for pairs in (texts, empty)
    )
    for _, part, held in opened:
        there = followed(held, after)
        if there is None:
            continue
        came, chosen = selects_sent(held.page, after)
        new = [each for each in new if not is_in(each, there)] + [each for each in came if is_in(each, there)]
        for pairs, more in ((texts, rewritten(held.page, after)), (empty, chosen)):
            inside = (each for each in more if is_in(each[0], held))
            pairs.extend(each for each in inside if (view, part, each[0].path) not in known)
    return texts, new, empty


def _closed(document: Document, view: str, before: Page, after: Page) -> Iterator[str]:
    """The nested views whose containers leave the page at once."""
    for child in document.views.values():
        if child.around != view:
            continue
        found = before.by_id(child.dom_id)
        if any(node.get("data-phx-sticky") is not None for node in found):
            continue
        if any(followed(node, after) is None and not is_locked(document, view, node) for node in found):
            yield child.id


def _reaches(document: Document, view: str, dom_id: str, before: PageOfNodes, after: PageOfNodes, whole: bool) -> bool:
    """Whether a patch comes to the container of a nested view."""
    for node in before.by_id(dom_id):
        new = followed(node, after)
        locked = (document.mark((view, 0, each.path)).lock is not None for each in node.ancestors())
        if new is not None and node.get("data-phx-sticky") is None and visits(node, new, whole=whole):
            return not any(locked)
    return False


def released(document: Document, key: Key, ref: int) -> Patch:
    """The document once an element is locked no more: what was held back is applied to what is there."""  # LK-20
    mark = document.mark(key)
    owner = at(document, key)
    if not mark.held or owner is None:
        return Patch(document)
    part, held, after = mark.held, document.held[mark.held], owner.node
    work = Work(
        document,
        document,
        key[0],
        held.node.page,
        after.page,
        whole=True,
        part=part,
        into=key[1],
        ref=ref,
    )
    work.held = work.held.delete(part)
    if visits(held.node, after, whole=True):
        if mark.text is not None:
            work.fill(after)
        mark = visited(evolve(mark, held=0), held.node, after, focused=document.focus == key, released=True)
    else:  # LK-21: held back with what is around it, and no patch has come to it there: its clone holds what it held
        mark = evolve(mark, held=0)
        if owner.tag in CONTROLS and not is_in_ignored(held.node):
            mark = retyped(mark, held.copied.get(held.node.path, PLAIN).value, focused=document.focus == key)
    work.marks[key] = mark
    work.hold()
    work.reach(document.parts)
    work.retype(held)
    work.leave(_inside(taken_away(held.node.page, after.page), held.node))
    work.follow()
    work.write(list(_unmarked(document, key, part, after, rewritten(held.node.page, after.page))))
    work.empty(list(_unmarked(document, key, part, after, selects_sent(held.node.page, after.page)[1])))
    return work.done()


def put_back(document: Document, key: Key, ref: int) -> Patch:
    """The document once an element shows what its hidden clone has had since the connection was lost, until a patch comes."""
    mark, owner = document.mark(key), at(document, key)
    if mark.clone is None or owner is None:
        return Patch(document)
    clone: Node = mark.clone.node
    before, inside, part = owner.node.page, document.parts + 1, document.parts + 2
    outer = Work(document, document, key[0], before, clone.page, whole=True, part=key[1], into=key[1], ref=ref)
    outer.parts = inside
    outer.take_along(owner.node, key)
    work = Work(document, outer.new, key[0], before, clone.page, whole=True, part=inside, into=part, ref=ref)
    work.marks, work.focus, work.moved, work.parts = outer.marks, outer.focus, outer.moved, part
    now = visited(evolve(mark, clone=None), owner.node, clone, focused=document.focus == key, released=True)
    work.marks[key] = evolve(now, held=part)
    work.held = outer.held.set(part, Held(clone, key, put_back=True))
    work.leave(_inside(taken_away(before, clone.page), owner.node))
    work.follow()
    # where no patch came to it, a field holds what it did as it was cloned
    for path, value in ((path, each.value) for path, each in mark.clone.copied.items()):
        was = None if value is None else mark.clone.first.page.node_at(path)
        there = None if was is None else followed(was, clone.page)
        if was is not None and there is not None and not visits(was, there, whole=True):
            inner = (key[0], part, there.path)
            if work.focus != inner:
                work.marks[inner] = evolve(work.marks.get(inner, PLAIN), value=value)
    for node, again in mark.clone.waiting:
        inner = (key[0], part, node.path)
        work.marks[inner] = evolve(work.marks.get(inner, PLAIN), again=again)
    return work.done()


def _unmarked(
    document: Document, key: Key, part: int, root: Node, found: Iterable[tuple[Node, Node]]
) -> Iterator[tuple[Node, Node]]:
    """Those pairs of elements inside one of which nothing is known."""
    for was, node in found:
        place = (key[0], part, was.path)
        inside = any(each.path == root.path for each in node.ancestors())
        if inside and place not in document.marks and place != document.focus:
            yield was, node


def _inside(gone: list[tuple[Node, Node | None]], root: Node) -> list[tuple[Node, Node | None]]:
    """Those of some elements that leave that are in one of their page."""
    return [each for each in gone if is_in(each[0], root)]
