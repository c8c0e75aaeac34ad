"""The page as what it is made of: text, and the subtrees below, each the very object that other versions of the page share.

Owns `parts_of`, for whoever keeps many versions of a page and wants to share what they share. It is the walk that the page's text
is made by, with another writer: so the two cannot drift apart.

Law: the parts of a subtree, each spelled out and joined, are its text (`markup`); and nothing below is looked at.
"""

from __future__ import annotations

from typing import TypeAlias, cast

from liveview_testing.browser.page.tree.markup import (
    ROOT_TAG,
    Mark,
    Pieces,
    Writer,
    pieces_of,
    row_attributes,
    write_fixed,
    write_template,
)
from liveview_testing.browser.page.tree.ropes.leaves import Branch, Leaf, Tree, positions, row_at
from liveview_testing.browser.page.tree.ropes.rope import Rope
from liveview_testing.browser.page.tree.subtrees import FIXED
from liveview_testing.browser.page.tree.tree import Fixed, Item, Keyed, Template, Value

__all__ = ["Part", "Rows", "Subtree", "parts_of"]


class Rows:
    """A part of a list: a leaf or a branch of its rope.

    `holder` is the template whose container it is in, if a child is that template's own: then it changes with it.
    """

    __slots__ = ("holder", "tree")

    def __init__(self, tree: Tree[Template | Fixed], holder: Template | None) -> None:
        self.tree = tree
        self.holder = holder if holder is not None and _has_own(tree) else None

    @property
    def key(self) -> tuple[int, int]:
        """What tells it from others, as long as it is kept."""
        return id(self.tree), 0 if self.holder is None else id(self.holder)


def _has_own(tree: Tree[Template | Fixed]) -> bool:
    """Whether a child stands in it that is the container's template's own; remembered with the rows."""
    found: list[int] = []
    positions(cast("Tree[Item]", tree), FIXED, True, 0, found)
    return any(isinstance(row := row_at(tree, at), Fixed) and row.node is None for at in found)


Subtree: TypeAlias = "Template | Rows"

Part: TypeAlias = "str | Template | Rows | Mark"
"""Text, a subtree, or the place of a component."""


class Parts(Writer):
    """Collects parts: what is below stays what it is."""

    __slots__ = ("parts",)

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[Part] = []

    def text(self, text: str) -> None:
        if text:
            self.parts.append(text)

    def value(self, value: Value) -> None:
        if isinstance(value, Keyed):
            self.rows(value.rows, None)
        elif isinstance(value, int):
            self.parts.append(Mark(value))
        elif isinstance(value, Template):
            self.parts.append(value)
        else:
            self.text(value)

    def rows(self, rope: Rope[Template | Fixed] | Rope[Item] | Rope[Template], holder: Template | None) -> None:
        tree = cast("Tree[Template | Fixed] | None", rope.tree)
        if tree is not None:
            self.parts.append(Rows(tree, holder))

    def all(self, pieces: Pieces) -> None:
        self.parts.extend(piece for piece in pieces if piece != "")


def parts_of(subtree: Subtree) -> list[Part]:
    """What a subtree is made of, in order."""
    writer = Parts()
    if isinstance(subtree, Template):
        write_template(subtree, writer)
        attributes = row_attributes(subtree)
        return _marked(subtree, writer.parts, attributes) if attributes else writer.parts
    tree, holder = subtree.tree, subtree.holder
    if isinstance(tree, Branch):
        return [Rows(child, holder) for child in tree.children]
    assert isinstance(tree, Leaf)
    for row in tree.rows:
        if isinstance(row, Fixed):
            write_fixed(row, holder, writer)
        else:
            writer.parts.append(row)
    return writer.parts


def _marked(row: Template, parts: list[Part], attributes: str) -> list[Part]:
    """A row with attributes on its first tag; if another subtree has that tag, the row is told as text."""
    count = next((at for at, part in enumerate(parts) if not isinstance(part, str)), len(parts))
    head = "".join(cast("list[str]", parts[:count]))
    if ROOT_TAG.match(head) is None:
        return [piece for piece in pieces_of(row) if piece != ""]
    size = 0
    for at, part in enumerate(parts[:count]):  # the text up to the end of the tag's name, and no more, is joined
        assert isinstance(part, str)
        size += len(part)
        found = ROOT_TAG.match(head[:size])
        if found is not None and (found.end() < size or at == count - 1):
            return [f"{head[: found.end()]}{attributes}{head[found.end() : size]}", *parts[at + 1 :]]
    raise AssertionError(f"{row!r} has no first tag")  # it was found above
