"""The text of elements: what a reader sees, decoded.

Law: read from the tree alone. `components` gives the components inside; without it their places are left empty.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeAlias

from liveview_testing.browser.page.templates.skeleton import RAW, Comment, Element, Hole, Kid
from liveview_testing.browser.page.templates.statics_reader import decode
from liveview_testing.browser.page.tree.fast_text import leaf_text
from liveview_testing.browser.page.tree.instance import flat, graft_at
from liveview_testing.browser.page.tree.ropes.leaves import Branch, Tree
from liveview_testing.browser.page.tree.tree import Fixed, Frozen, Item, Keyed, Root, Template, Value

Components: TypeAlias = "Callable[[int], Root | None]"


def hole_text(hole: Hole, text: str) -> str:
    """The text that a slot's value stands for."""
    if hole.first and text.startswith("\n"):
        text = text[1:]
    return text if hole.plain in RAW else decode(text)


def words(node: Template, element: Element | None, components: Components, *, scripts: bool) -> str:
    """All text inside an element (None: the whole template), verbatim; with or without that of scripts and styles."""
    reader = TextReader(components, scripts)
    if element is None:
        reader.kids(node, node.shape.kids)
    else:
        reader.inside(node, element)
    return "".join(reader.out)


def text_of_row(row: Template) -> str:
    """All text of a row in which no components are, verbatim, without that of scripts and styles."""
    reader = TextReader(_no_component, scripts=False)
    reader.kids(row, row.shape.kids)
    return "".join(reader.out)


def _no_component(cid: int) -> None:  # pragma: no cover - in a row there is none
    return None


class TextReader:
    """Reads text pieces in document order into `out`; who reads more than text takes it further."""

    def __init__(self, components: Components, scripts: bool) -> None:
        self.components = components
        self.scripts = scripts
        self.out: list[str] = []

    def inside(self, node: Template, element: Element) -> None:
        graft = None if node.grafts is None else graft_at(node, element)
        if graft is None:
            self.kids(node, element.kids)
        elif isinstance(graft, Frozen):
            self.kids(graft.node, graft.node.shape.elements[graft.element].kids)
        else:
            self.rows(graft.tree, lambda item: self.item(node, item))

    def kids(self, node: Template, kids: Iterable[Kid]) -> None:
        for kid in kids:
            if isinstance(kid, str):
                self.out.append(kid)
            elif isinstance(kid, Hole):
                value = node.slots[kid.slot]
                if kid.plain or isinstance(value, str):
                    self.out.append(hole_text(kid, flat(value)))
                else:
                    self.value(value)
            elif not isinstance(kid, Comment) and (self.scripts or kid.tag not in RAW):
                self.inside(node, kid)

    def value(self, value: Value) -> None:
        if isinstance(value, Template):
            self.kids(value, value.shape.kids)
        elif isinstance(value, Keyed):
            self.rows(value.rows.tree, lambda row: self.kids(row, row.shape.kids))
        elif isinstance(value, int):
            root = self.components(value)
            if root is not None:
                self.kids(root, root.shape.kids)

    def rows(self, tree: Tree[Any] | None, read: Callable[[Any], None]) -> None:
        """The rows of a list; what is kept of a leaf is not read again."""
        if isinstance(tree, Branch):
            for child in tree.children:
                self.rows(child, read)
        elif tree is not None:
            text = None if self.scripts else leaf_text(tree, text_of_row)
            if text is not None:
                self.out.append(text)
                return
            for row in tree.rows:
                read(row)

    def item(self, node: Template, item: Item) -> None:
        if isinstance(item, Fixed):
            own = node if item.node is None else item.node
            self.kids(own, (own.shape.elements[item.kid] if isinstance(item.kid, int) else item.kid,))
        else:
            self.kids(item, item.shape.kids)
