"""Streams in the client's hidden clones: what a message makes of their rows while an element around them waits for an answer.

Owns the message as a clone takes it (`as_cloned`), and the order of rows once a clone is released (`brought_forward`). The page of
a view is what its clones show, and from then on what is shown.

Law: rows are sought in the document, where no clone is: none is deleted from one, no limit counts its rows, and what came to it
stands at the end.
"""  # LK-10, PA-23, PA-25, PA-26, PA-28

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

from attrs import evolve

from liveview_core.values.declaring import frozen
from liveview_testing.browser.dom.document import Document
from liveview_testing.browser.dom.mark import Key
from liveview_testing.browser.dom.node import at
from liveview_testing.browser.page.finding.select import find
from liveview_testing.browser.page.node import Node
from liveview_testing.browser.page.page import Page
from liveview_testing.browser.page.tree.ropes.rope import Rope
from liveview_testing.browser.page.tree.stream_operations import Placing, placings
from liveview_testing.browser.page.tree.tree import Diff, Item, Keyed, Root, Row, Template
from liveview_testing.browser.reaction import Reaction

STREAMS = '[phx-update="stream"]'


@frozen
class Taken:
    """A message: as it comes to the page of its view, and as it comes to what is seen of that where nothing is held back yet."""

    page: Mapping[str, Any]
    seen: Mapping[str, Any]


def as_cloned(reaction: Reaction, view: str, diff: Mapping[str, Any]) -> Taken:
    """A message, without what never comes to rows that wait in a hidden clone."""
    asked, document = dict(placings(dict(diff))), reaction.document
    behind: dict[str, _Behind] = {}
    for node in find(document.page(view), STREAMS) if asked else ():
        refs = asked.keys() & set(_refs(node))
        above = [document.mark((view, 0, each.path)) for each in (node, *node.ancestors())] if refs else []
        if locks := sum(mark.lock is not None for mark in above):
            if locks > 1 or any(_is_in_doubt(asked[ref]) for ref in refs):
                _note(reaction, node)
            rows = _rows(node)
            leaving = frozenset(each.id or "" for each in node.elements() if each.get("phx-remove") is not None)
            known = () if rows is None else tuple(item for item in rows if isinstance(item, Row))
            behind.update(dict.fromkeys(refs, _Behind(any(mark.held for mark in above), known, leaving)))
    if not behind:
        return Taken(diff, diff)
    held = {ref: each for ref, each in behind.items() if each.held}
    return Taken(_as_cloned(diff, behind), _as_cloned(diff, held) if held else diff)


def _is_in_doubt(placing: Placing) -> bool:
    """Whether rows go to several places at once, or to some after all were taken out."""
    numbers = [at for at in placing.at.values() if at != -1]
    return len(numbers) > 1 or (placing.reset and bool(numbers))


def _note(reaction: Reaction, container: Node) -> None:
    reaction.note(
        "LK-10",
        f"rows came to <{container.tag}#{container.id}> while what is around it waits for an answer: the client's hidden copies may"
        " have them elsewhere, or bring deleted ones back; here they stand where they were put, and stay deleted",
        "rows after the answer, or no binding on what is around the stream",
        once=True,
    )


@frozen
class _Behind:
    """The rows of a stream that is held back, or is going to be; which there are, and which stay a while as they go."""

    held: bool
    rows: tuple[Row, ...]
    leaving: frozenset[str]

    def taken(self, ref: str, inserts: Sequence[Any], deletes: Sequence[str], *, reset: bool) -> list[str]:
        """Which rows are not in the clone: those that were gone as it was made, but for what was on its way out only."""
        if self.held:
            return []
        again = {insert[0] for insert in inserts}
        gone = [row.key for row in self.rows if row.ref == ref] if reset else []
        return [key for key in dict.fromkeys((*gone, *deletes)) if key in again or key not in self.leaving]


def _refs(container: Node) -> list[str]:
    """The refs of the streams in a container."""
    here = container.place
    slots = (here.node.slots[slot] for slot in here.shape.elements[container.number].inside)
    return [each.stream for each in slots if isinstance(each, Keyed) and each.stream is not None]


def _as_cloned(diff: Mapping[str, Any], behind: Mapping[str, _Behind]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in diff.items():
        stream: Any = value  # not narrowed, so that its parts stay `Any`
        if name == "stream" and isinstance(value, list) and stream[0] in behind:
            ref: str = stream[0]
            inserts: list[Any] = stream[1]
            unlimited = [[each[0], each[1], None, each[3]] for each in inserts]
            taken = behind[ref].taken(ref, inserts, stream[2], reset=len(stream) > 3 and bool(stream[3]))
            found[name] = [ref, unlimited, taken]
        else:
            found[name] = _as_cloned(cast("Diff", value), behind) if isinstance(value, Mapping) else value
    return found


def brought_forward(document: Document, key: Key) -> Document:
    """The document in which the rows that a hidden clone brings stand behind those that are seen, as it is released."""
    owner, part = at(document, key), document.mark(key).held
    if owner is None or not part or key[1]:
        return document
    before = page = document.page(key[0])
    held = document.held[part].node
    for node in find(held.page, STREAMS):
        if not any(each.path == held.path for each in (node, *node.ancestors())):
            continue
        now = next(iter(page.by_id(node.id or "")), None)
        seen, cloned = _rows(node), None if now is None else _rows(now)
        if now is None or seen is None or cloned is None:
            continue
        mine = {item.key: item for item in cloned}
        stay = [mine.get(item.key, item) for item in seen if item.key in mine or isinstance(item, Row)]
        places = document.leaving.get((key[0], part, node.path), ())
        known = {item.key for item in stay} | {document.held[each].node.id for _, each in places}
        order = [*stay, *(item for item in cloned if item.key not in known)]
        if [item.key for item in order] != [item.key for item in cloned]:
            page = _with_rows(page, now, Rope.of(order))
    if page is before:
        return document
    shown = evolve(document.views[key[0]], page=page)
    return evolve(document, views=document.views.set(key[0], shown))


def _rows(container: Node) -> Rope[Item] | None:
    grafts = container.place.node.grafts
    graft = None if grafts is None else grafts.get(container.id or "")
    return graft if isinstance(graft, Rope) else None


def _with_rows(page: Page, container: Node, rows: Rope[Item]) -> Page:
    """A page in which a container of streams has these children; the page itself where that is inside of another container."""
    place = container.place
    new = place.node.with_slots(place.node.slots, place.node.known_shape)
    new.grafts = {**(place.node.grafts or {}), container.id or "": rows}
    components = page.components
    while place.above is not None:
        above, step = place.above, place.step
        parent: Template = above.node
        slots = list(parent.slots)
        if isinstance(new, Root):
            components = components.set(new.cid, new)
            return _page(page, page.tree, components)
        if isinstance(step, int):
            slots[step] = new
        elif isinstance(step[0], int) and isinstance(had := slots[step[0]], Keyed):
            slots[step[0]] = Keyed(had.skeleton, had.rows.set(int(step[1]), new), had.stream)
        else:
            return page
        new = parent.with_slots(tuple(slots), parent.known_shape)
        place = above
    return _page(page, new, components)


def _page(page: Page, tree: Template, components: Any) -> Page:
    new = Page(tree, components, page.title, page.templates)
    new.merges = page.merges + 1
    return new
