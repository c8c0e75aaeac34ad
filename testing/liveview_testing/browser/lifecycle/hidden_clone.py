"""Streams in the client's hidden clones: what a message makes of their rows while an element around them waits for an answer.

Owns the message as a clone takes it (`as_cloned`), the rows that are taken away from what is seen (`take_rows`), and the order of
rows once a clone is released (`brought_forward`). The page of a view is what its clones show, and from then on what is shown.

Law: rows are sought in the document, where no clone is: none is deleted from one, no limit counts its rows, and what came to it
stands at the end.
"""  # LK-10, PA-23, PA-25, PA-26, PA-28

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, cast

from attrs import evolve

from liveview_core.values.declaring import frozen
from liveview_testing.browser.dom.document import Document, Patch, with_marks
from liveview_testing.browser.dom.mark import PLAIN, Key, Mark
from liveview_testing.browser.dom.node import at
from liveview_testing.browser.dom.patching.focus_after_patch import outlasts
from liveview_testing.browser.dom.patching.node_matching import is_component_root
from liveview_testing.browser.dom.patching.returning_rows import come_back
from liveview_testing.browser.dom.patching.taken_rows import without_rows
from liveview_testing.browser.dom.stream_rows import STREAMS, is_row_root, refs_of, rows_of, with_rows
from liveview_testing.browser.events.focus import blur
from liveview_testing.browser.page.finding.select import find
from liveview_testing.browser.page.node import Node
from liveview_testing.browser.page.page import Page
from liveview_testing.browser.page.tree.ropes.rope import Rope
from liveview_testing.browser.page.tree.stream_operations import Placing, placings
from liveview_testing.browser.page.tree.tree import Diff, Item, Row
from liveview_testing.browser.reaction import Reaction


@frozen
class Taken:
    """A message: as it comes to the page of its view, and as it comes to what is seen of that where nothing is held back yet.

    `base`: the page that it comes to; `rows`: by the ids of containers, the rows that a clone begins with which is made now.
    """

    page: Mapping[str, Any]
    seen: Mapping[str, Any]
    base: Page
    rows: Mapping[str, Rope[Item]] = {}


def as_cloned(reaction: Reaction, view: str, diff: Mapping[str, Any]) -> Taken:
    """A message, without what never comes to rows that wait in a hidden clone."""
    asked, document = dict(placings(dict(diff))), reaction.document
    page = base = document.page(view)
    behind: dict[str, _Behind] = {}
    begin: dict[str, Rope[Item]] = {}
    for node in find(page, STREAMS):
        around = [(each, document.mark((view, 0, each.path))) for each in (node, *node.ancestors())]
        locked = [mark for _, mark in around if mark.lock is not None]
        if not locked or not _reached(page, node, around, diff):
            continue
        refs = asked.keys() & refs_of(node)
        if any(mark.held and not document.held[mark.held].put_back for mark in locked[-1:]):
            behind.update(dict.fromkeys(refs, _Behind(True, (), frozenset())))
            _note_deleted(reaction, node, [asked[ref] for ref in refs], rows_of(node) or ())
            continue
        inner = next((mark.held for mark in locked if mark.held), 0)  # its own clone is not what is cloned
        seen = None if not inner else next(iter(document.held[inner].node.page.by_id(node.id or "")), None)
        rows = rows_of(node) if seen is None else rows_of(seen)
        if rows is None:
            continue
        if rows is not rows_of(node):
            base = with_rows(base, next(iter(base.by_id(node.id or ""))), rows)
        leaving = frozenset(each.id or "" for each in node.elements() if each.get("phx-remove") is not None)
        known = tuple(item for item in rows if isinstance(item, Row))
        held = _Behind(False, known, leaving)
        behind.update(dict.fromkeys(refs, held))
        gone = {key for ref in refs for key in held.taken(ref, asked[ref])}
        _note_deleted(reaction, node, [asked[ref] for ref in refs], [row for row in known if row.key not in gone])
        begin[node.id or ""] = Rope.of([item for item in rows if item.key not in gone]) if gone else rows
    if not behind:
        return Taken(diff, diff, base, begin)
    there = {ref: each for ref, each in behind.items() if each.held}
    return Taken(_as_cloned(diff, asked, behind), _as_cloned(diff, asked, there) if there else diff, base, begin)


def _note_deleted(reaction: Reaction, container: Node, asked: Sequence[Placing], copied: Iterable[Item]) -> None:
    """Rows that a message deletes, and that a hidden clone has still, come back."""
    for item in copied if any(placing.reset or placing.deletes for placing in asked) else ():
        gone = (placing.reset or item.key in placing.deletes for placing in asked if item.key not in placing.at)
        if isinstance(item, Row) and any(gone):
            reaction.note(
                "LK-10",
                f"#{item.key} was deleted from <{container.tag}#{container.id}> while what is around it waits for an answer: the"
                " client's hidden copy of that has it still, and brings it back with the answer",
                "delete it once the answer is there; or no binding on what is around the stream",
                once=True,
            )


def _reached(page: Page, node: Node, around: Sequence[tuple[Node, Mark]], diff: Mapping[str, Any]) -> bool:
    """Whether a message comes to the clone of what waits around a stream: one for components alone goes to what is seen, if the
    innermost that waits around the component has no clone yet.
    """  # LK-10
    if any(name not in ("c", "e", "r", "t") for name in diff) or "c" not in diff:
        return True
    roots = {each for each, _ in around}
    patched = [cid for cid in map(int, diff["c"]) if page.component(cid) in roots]
    if not patched:
        return False
    places = [at for at, (each, _) in enumerate(around) if each.place.cid in patched and is_component_root(each)]
    top = places[-1]
    if any(mark.lock is not None for _, mark in around[: top + 1]):
        return True
    outside = next((mark for _, mark in around[top + 1 :] if mark.lock is not None), None)
    return outside is not None and bool(outside.held)


def rows_return(reaction: Reaction, view: str, diff: Mapping[str, Any]) -> None:
    """Rows that a message puts in again while they are leaving are there again, until that is over."""  # PA-42
    asked = dict(placings(dict(diff)))
    reaction.document, rows = come_back(reaction.document, view, asked.keys())
    for each in (each for each in rows if any(each.id in placing.at for placing in asked.values())):
        reaction.note(
            "PA-42",
            f"<{each.tag}#{each.id}> came back while its phx-remove was still running: it is taken away with that, though the"
            " server believes it there",
            "a row with another id; or put it in once the transition is over",
        )


@frozen
class _Behind:
    """The rows of a stream that is held back, or is going to be; which there are, and which stay a while as they go."""

    held: bool
    rows: tuple[Row, ...]
    leaving: frozenset[str]

    def taken(self, ref: str, placing: Placing) -> list[str]:
        """Which rows are not in the clone: those that were gone as it was made, but for what was on its way out only."""
        if self.held:
            return []
        gone = [row.key for row in self.rows if row.ref == ref] if placing.reset else []
        return [key for key in dict.fromkeys((*gone, *placing.deletes)) if key in placing.at or key not in self.leaving]


def _as_cloned(diff: Mapping[str, Any], asked: Mapping[str, Placing], behind: Mapping[str, _Behind]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in diff.items():
        stream: Any = value  # not narrowed, so that its parts stay `Any`
        if name == "stream" and isinstance(value, list) and stream[0] in behind:
            ref: str = stream[0]
            inserts: list[Any] = stream[1]
            unlimited = [[each[0], each[1], None, each[3]] for each in inserts]
            found[name] = [ref, unlimited, behind[ref].taken(ref, asked[ref]), False, asked[ref].reset]
        else:
            found[name] = _as_cloned(cast("Diff", value), asked, behind) if isinstance(value, Mapping) else value
    return found


def brought_forward(document: Document, key: Key, ref: int) -> Document:
    """The document in which the rows that a hidden clone brings stand behind those that are seen, as it is released by `ref`."""
    owner, part = at(document, key), document.mark(key).held
    page = None if owner is None else owner.node.page
    if owner is None or not part or not isinstance(page, Page):
        return document
    before, held = page, document.held[part].node
    copies: set[str] = set()
    for node in find(held.page, STREAMS):
        around = (node, *node.ancestors())
        inside = next((at for at, each in enumerate(around) if each.path == held.path), None)
        now = next(iter(page.by_id(node.id or "")), None)
        cloned = None if now is None else rows_of(now)
        seen = rows_of(node)
        if inside is None or now is None or seen is None or cloned is None:
            continue
        lists, is_cut = [cloned], False
        for each in around[: inside + 1]:  # inner ones first
            mark = document.mark((key[0], part, each.path))
            if mark.held and not outlasts(mark, ref):
                shown = next(iter(document.held[mark.held].node.page.by_id(node.id or "")), None)
                seen = (None if shown is None else rows_of(shown)) or seen
            if mark.again is not None and mark.again.cloned and node.id in mark.again.rows:
                rows = mark.again.rows[node.id or ""]
                is_cut = outlasts(mark, ref)
                lists = [rows] if is_cut else [rows, *lists]
        mine = {item.key: item for rows in lists for item in rows}
        stay = [mine.get(item.key, item) for item in seen if item.key in mine or isinstance(item, Row)]
        places = document.leaving.get((key[0], part, node.path), ())
        known = {item.key for item in stay} | {document.held[each].node.id for _, each in places}
        order = [*stay]
        copies |= {item.key for item in lists[0] if is_cut and item.key not in known}
        for rows in lists:
            order += [mine[item.key] for item in rows if item.key not in known]
            known |= {item.key for item in rows}
        if order != [*cloned]:
            page = with_rows(page, now, Rope.of(order))
    if page is before:
        return document
    for row in [each for name in copies for each in page.by_id(name) if each.get("phx-hook") is not None]:
        there = (key[0], key[1], row.path)
        document = document.marked(there, evolve(document.mark(there), copied=True))
    if key[1]:
        outer = document.held[key[1]]
        inner = page.node_at(outer.node.path)
        parts = document.held if inner is None else document.held.set(key[1], evolve(outer, node=inner))
        return evolve(document, held=parts)
    return evolve(document, views=document.views.set(key[0], evolve(document.views[key[0]], page=page)))


def first_copied(document: Document, owner: Key, ref: int) -> tuple[Document, list[tuple[int, Page, Page]]]:
    """The document once an element was released by `ref`, and what waits in it, and is released next, shows the rows that its first
    copy has: the second, in the hidden clone of that, comes over them. With the parts, as they were and as they are.
    """  # LK-21
    found: list[tuple[int, Page, Page]] = []
    around = at(document, owner)
    for key, mark in list(document.marks.items()):
        again, part = mark.again, mark.held
        if (
            again is None
            or not again.cloned
            or not again.rows
            or not part
            or outlasts(mark, ref)
            or key[:2] != owner[:2]
        ):
            continue
        node = at(document, key)
        held = document.held[part]
        page = held.node.page
        if node is None or around is None or around not in node.ancestors() or not isinstance(page, Page):
            continue
        before = page
        marks, copied = dict(document.marks), dict(held.copied)
        for name, rows in again.rows.items():
            container = next(iter(page.by_id(name)), None)
            seen = None if container is None else rows_of(container)
            known = frozenset[str]() if seen is None else {item.key for item in seen}
            more = [item for item in rows if item.key not in known and isinstance(item, Row)]
            if container is None or seen is None or not more:
                continue
            page = with_rows(page, container, Rope.of([*seen, *more]))
            ids = {item.key for item in more}
            for each in [each for each in marks if each[:2] == key[:2]]:  # what is known of the copies goes with them
                row = node.node.page.node_at(each[2])
                if any(one.id in ids and is_row_root(one) for one in (() if row is None else (row, *row.ancestors()))):
                    copied[each[2]] = marks[each[0], part, each[2]] = marks.pop(each)
            for row in [one for item in more for one in page.by_id(item.key) if one.get("phx-hook") is not None]:
                there = (key[0], part, row.path)
                marks[there] = evolve(marks.get(there, PLAIN), copied=True)
        inner = page.node_at(held.node.path) if page is not before else None
        if inner is not None:
            parts = document.held.set(part, evolve(held, node=inner, copied=copied))
            document = with_marks(document, marks, parts, document.focus, document.parts)
            found.append((part, before, page))
    return document, found


def take_rows(
    reaction: Reaction, view: str, seen: Mapping[str, Any], asked: Mapping[str, Any], last: Page
) -> tuple[Document, Patch] | None:
    """Rows of streams are taken away before anything is patched, wherever they are; what they were on, and what became of it."""
    patch = without_rows(reaction.document, view, seen, asked, last)
    if patch is not None and patch.focus_lost:
        blur(reaction)
        patch = without_rows(reaction.document, view, seen, asked, last)
    if patch is None:
        return None
    before, reaction.document = reaction.document, patch.document
    return before, patch
