"""Places: templates hung into a page.

A template is the same object wherever it is shown; a place says where: below which place, in which element, by which step.

Law: making a place reads nothing but its neighbours, so walking a page costs what is walked.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Protocol, TypeAlias

from immutables import Map

from liveview_testing.browser.page.templates.skeleton import Element
from liveview_testing.browser.page.tree.component_index import Registry
from liveview_testing.browser.page.tree.instance import attributes, graft_at, id_of, root_id
from liveview_testing.browser.page.tree.markup import frozen_attributes
from liveview_testing.browser.page.tree.tree import Fixed, Frozen, Item, Keyed, Root, Row, Template

Step: TypeAlias = "int | tuple[int | str, int | str]"
"""A slot; or a comprehension's slot and the row (DOM id, else position); or a container's DOM id and the child's;
`("@", cid)` for a component, which is the same wherever it is on the page."""

Path: TypeAlias = "tuple[Step, ...]"

Found: TypeAlias = "tuple[Place, int]"
"""An element: its place and its number."""


class Content(Protocol):
    """What a place reads of its page: the view's own template, the components, and which of them holds which ids."""

    @property
    def tree(self) -> Template: ...

    @property
    def components(self) -> Map[int, Root]: ...

    def registry(self) -> Registry: ...


class Place:
    """A template hung into the page. `host` is the element of `above` that it is in (-1: top level), `floor` the element of its
    own template that counts as that parent, if only a part of it is shown.
    """

    __slots__ = ("above", "cid", "floor", "host", "node", "page", "shape", "step")

    def __init__(
        self, page: Content, node: Template, above: Place | None, host: int, step: Step, floor: int = -1
    ) -> None:
        self.page = page
        self.node = node
        self.shape = node.shape
        self.above = above
        self.host = host
        self.step = step
        self.floor = floor
        self.cid: int | None = node.cid if isinstance(node, Root) else None if above is None else above.cid

    def path(self) -> Path:
        """The steps from the root, or from the component it belongs to."""
        steps: list[Step] = []
        place = self
        while place.above is not None:
            steps.append(place.name())
            if isinstance(place.node, Root):
                break
            place = place.above
        return tuple(reversed(steps))

    def name(self) -> Step:
        """The last step; a comprehension's row is named only here, when somebody asks."""
        step = self.step
        if isinstance(step, tuple) and isinstance(step[0], int):
            return step[0], root_id(self.node, self.page.components.get) or step[1]
        return step


def top_place(page: Content) -> Place:
    """The place of the view's own template."""
    return Place(page, page.tree, None, -1, 0)


def hung(place: Place, slot: int, value: Template | Keyed | int, host: int) -> Iterator[Place]:
    """The templates that a slot holds."""
    if isinstance(value, Template):
        yield Place(place.page, value, place, host, slot)
    elif isinstance(value, Keyed):
        for at, row in enumerate(value.rows):
            yield row_place(place, slot, at, row, host)
    else:
        root = place.page.components.get(value)
        if root is not None:
            yield Place(place.page, root, place, host, ("@", value))


def row_place(place: Place, slot: int, at: int, row: Template, host: int) -> Place:
    return Place(place.page, row, place, host, (slot, at))


def frozen_place(place: Place, element: Element, graft: Frozen) -> Place:
    step = ("ignore", id_of(place.node, element) or "")
    return Place(place.page, graft.node, place, element.number, step, graft.element)


def item_place(place: Place, element: Element, item: Item) -> Place:
    if isinstance(item, Fixed):
        if item.node is None:
            return place
        step = (id_of(place.node, element) or "", item.key)
        return Place(place.page, item.node, place, element.number, step, item.floor)
    step = (id_of(place.node, element) or "", item.key)
    return Place(place.page, item, place, element.number, step)


MARKS = ("data-phx-component", "data-phx-stream")


def own_marks(node: Template) -> list[tuple[str, str]]:
    """What the browser puts on the first element of a component, or of a stream's row."""
    if isinstance(node, Root):
        return [(MARKS[0], str(node.cid))]
    if isinstance(node, Row) and node.ref is not None:
        return [(MARKS[1], node.ref)]
    return []


def attributes_of(node: Template, element: Element) -> Mapping[str, str]:
    """All attributes of an element as the browser has them."""
    found = attributes(node, element)
    if node.grafts is not None:
        graft = graft_at(node, element)
        if isinstance(graft, Frozen):
            return dict(frozen_attributes(node, element, graft))
    if element.number == 0 and element.parent < 0:
        marks = own_marks(node)
        if marks:
            return {**found, **dict(marks)}
    return found
