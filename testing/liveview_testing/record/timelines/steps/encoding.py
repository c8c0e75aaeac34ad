"""Pages as nodes: what versions of a page share in memory they share in the file.

Owns `Encoder`, the tables that a timeline is made of: strings, each once, and nodes, lists of parts. A node is a template instance,
or a piece of a long list; where two versions hold the same object they name the same node. Nothing is compared and nothing is
spelled out: a page of ten thousand rows costs what changed in it.

Laws: nodes are found by identity, so each object that was seen is kept; the order of nodes is the order of steps and of documents,
never that of hashes; nothing recurses, however deep a page is.
"""  # looking 2.2

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from liveview_testing.browser.page.page import Page
from liveview_testing.browser.page.tree.markup import Mark
from liveview_testing.browser.page.tree.parts import Part, Rows, Subtree, parts_of
from liveview_testing.browser.page.tree.tree import Template

if TYPE_CHECKING:
    from collections.abc import Mapping

    from liveview_testing.browser.page.templates.skeleton import Skeleton
    from liveview_testing.browser.page.tree.tree import Root

__all__ = ["Encoded", "Encoder", "Version"]

Encoded: TypeAlias = "int | list[int]"
"""A part: a string by its number, a node by its number's complement, a component as `[cid]` or `[cid, attributes]`."""

Version: TypeAlias = "list[Any]"
"""A version of a page: its root node, and the nodes of the components that are others than before; None for one that is gone."""


class Encoder:
    """The strings and nodes of one timeline."""

    def __init__(self) -> None:
        self.strings: list[str] = []
        self.nodes: list[list[Encoded]] = []
        self._numbers: dict[str, int] = {}
        self._known: dict[tuple[int, int], int] = {}
        self._kept: list[Subtree] = []  # an id names an object only as long as that is there
        self.shapes: set[Skeleton] = set()
        """The skeletons of all instances that were met."""
        self._latest: dict[str, tuple[object, Mapping[int, Root]]] = {}

    def text(self, text: str) -> int:
        """The number of a string."""
        number = self._numbers.get(text)
        if number is None:
            number = self._numbers[text] = len(self.strings)
            self.strings.append(text)
        return number

    def version(self, process: str, page: Page) -> Version | None:
        """A page as it is now; None where it is as it was when this process was last asked for."""
        before = self._latest.get(process)
        components = page.components
        if before is not None and before[0] is page.tree and before[1] is components:
            return None
        self._latest[process] = page.tree, components
        root = self.node(page.tree)
        old: Mapping[int, Root] = {} if before is None else before[1]
        changed: dict[str, int | None] = {}
        if components is not old:
            for cid in sorted(components):
                if old.get(cid) is not components[cid]:
                    changed[str(cid)] = self.node(components[cid])
            if len(old) + len(changed) > len(components):
                changed.update((str(cid), None) for cid in sorted(old) if cid not in components)
        return [root, changed]

    def node(self, subtree: Subtree) -> int:
        """The number of a subtree's node, with all that is below it."""
        waiting: list[tuple[int, Subtree]] = []
        number = self._number(subtree, waiting)
        while waiting:
            at, each = waiting.pop()
            if isinstance(each, Template):
                self.shapes.add(each.shape)
            self.nodes[at] = [self._part(part, waiting) for part in parts_of(each)]
        return number

    def _part(self, part: Part, waiting: list[tuple[int, Subtree]]) -> Encoded:
        if isinstance(part, str):
            return self.text(part)
        if isinstance(part, Mark):
            return [part.cid, self.text(part.attributes)] if part.attributes else [part.cid]
        return ~self._number(part, waiting)

    def _number(self, subtree: Subtree, waiting: list[tuple[int, Subtree]]) -> int:
        key = subtree.key if isinstance(subtree, Rows) else (id(subtree), -1)
        number = self._known.get(key)
        if number is None:
            number = self._known[key] = len(self.nodes)
            self.nodes.append([])
            self._kept.append(subtree)
            waiting.append((number, subtree))
        return number
