"""The rows of a stream as values: those that stand in a container of a page, and the page in which others do.

Law: a page is never changed; one with other rows in a container shares all else with it.
"""  # ST-26

from __future__ import annotations

from typing import Any

from liveview_testing.browser.page.finding.select import find
from liveview_testing.browser.page.node import Node
from liveview_testing.browser.page.page import Page
from liveview_testing.browser.page.tree.ropes.rope import Rope
from liveview_testing.browser.page.tree.tree import Item, Keyed, Root, Row, Template

STREAMS = '[phx-update="stream"]'


def rows_of(container: Node) -> Rope[Item] | None:
    """The children of a container; None if it has none yet."""
    grafts = container.place.node.grafts
    graft = None if grafts is None else grafts.get(container.id or "")
    return graft if isinstance(graft, Rope) else None


def rows_in(root: Node) -> dict[str, Rope[Item]]:
    """The children of the containers inside an element, by their ids."""
    found: dict[str, Rope[Item]] = {}
    for node in find(root.page, STREAMS):
        rows = rows_of(node)
        if rows is not None and any(each.path == root.path for each in (node, *node.ancestors())):
            found[node.id or ""] = rows
    return found


def refs_of(container: Node) -> set[str]:
    """The refs of the streams in a container."""
    here = container.place
    slots = (here.node.slots[slot] for slot in here.shape.elements[container.number].inside)
    return {each.stream for each in slots if isinstance(each, Keyed) and each.stream is not None}


def is_row_root(node: Node) -> bool:
    """Whether an element is the root of a stream's row."""
    here = node.place.node
    return isinstance(here, Row) and node.id == here.key


def with_rows(page: Page, container: Node, rows: Rope[Item]) -> Page:
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
