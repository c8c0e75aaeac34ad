"""Counting what is found in lists without looking at every row again.

Owns `Counted`, a search that keeps with each row how many of its elements were taken, and with each leaf and branch their sum, so
that the next one steps over what has not changed: of 1,000 rows `get_by_role("listitem").count()` made an element each (25 ms).

Law: who takes elements looks at each one alone and at what is around it, never at what is beside it. What is around a list is told
as a value (`surroundings`), and what was kept with another value does not count.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from liveview_testing.browser.page.place import Place
from liveview_testing.browser.page.search import Wanted
from liveview_testing.browser.page.tree.ropes.leaves import Leaf, Tree
from liveview_testing.browser.page.tree.subtrees import cids
from liveview_testing.browser.page.tree.tree import Template

SHORT = 16
"""Rows of a list that is not worth it."""


class Counted(Wanted):
    """A search whose user says what he takes: `seen` is the number of elements that were taken so far, or stepped over.

    `stop`: the number of the one element that is looked for (None: all are counted, none is looked at twice).
    """

    __slots__ = ("_about", "_surroundings", "seen", "stop")

    def __init__(
        self, like: Wanted, about: object, surroundings: Callable[[Place, int], object], stop: int | None = None
    ) -> None:
        super().__init__("", like._candidates, like.accepts)
        self.key, self._holds = like.key, like._holds  # what is known of rows without any is the same
        self.seen = 0
        self.stop = stop
        self._about = ("counted", about)
        self._surroundings = surroundings

    def rows(
        self, tree: Tree[Template], base: int = 0, around: Place | None = None, host: int = -1
    ) -> Iterator[tuple[int, Template]]:
        if around is None or tree.size < SHORT:
            yield from super().rows(tree, base, around, host)
        else:
            yield from self._counted(tree, base, self._surroundings(around, host))

    def _counted(self, tree: Tree[Template], base: int, surroundings: object) -> Iterator[tuple[int, Template]]:
        if self._steps_over(tree, surroundings):
            return
        before, about = self.seen, self._about
        known = True
        if isinstance(tree, Leaf):
            for at in self._in_leaf(tree):
                row: Any = tree.rows[at]
                if self._steps_over(row, surroundings):
                    continue
                start = self.seen
                yield base + at, row
                if isinstance(row, Template) and not cids(row):
                    row.memo[about] = surroundings, self.seen - start
                else:
                    known = False  # what is in it changes by itself
        else:
            for at, child in enumerate(tree.children):
                yield from self._counted(child, base + (tree.ends[at - 1] if at else 0), surroundings)
                kept = child.memo.get(about)
                known = known and kept is not None and kept[0] == surroundings
        if known:
            tree.memo[about] = surroundings, self.seen - before

    def _steps_over(self, part: Any, surroundings: object) -> bool:
        memo = getattr(part, "_memo", None)
        kept = None if memo is None else memo.get(self._about)
        if kept is None or kept[0] != surroundings or (self.stop is not None and self.seen + kept[1] > self.stop):
            return False
        self.seen += kept[1]
        return True
