"""Which templates a page is made of.

Templates are few and instances are many; what is true of every template on a page is true of the page, whatever its values are.
So an answer that follows from a census is kept with it, and holds for every version of the page that has the same one: a
message that brings rows of a kind that was there before, or text, changes no census.

Law: a census names every skeleton that an instance on the page may have. It only grows; a page that is joined begins a new one.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, cast

from liveview_testing.browser.merge import Brought
from liveview_testing.browser.skeleton import Skeleton
from liveview_testing.browser.tree import Template

if TYPE_CHECKING:
    from liveview_testing.browser.search import Wanted


class Census:
    """The skeletons of a page: `root` is the view's own template's, `others` are all the others'. `raw`: somewhere a value is
    html, which brings elements that no template knows. `memo` is what followed from it.
    """

    __slots__ = ("memo", "others", "raw", "root")

    def __init__(self, root: Skeleton, others: frozenset[Skeleton], raw: bool) -> None:
        self.root = root
        self.others = others
        self.raw = raw
        self.memo: dict[object, Any] = {}

    @staticmethod
    def of(tree: Template, brought: Brought, before: Census | None) -> Census:
        """The census of a page that was sent whole; containers keep what they had on the page `before`."""
        others, raw = frozenset[Skeleton](), tree.known_shape is not tree.skeleton
        if before is not None:
            others, raw = before.others | {before.root}, raw or before.raw
        made = [each for each in brought.made if each is not tree]
        return _census(tree.skeleton, others, raw).after(brought._replace(made=made))

    def may_hold(self, wanted: Wanted) -> bool:
        """False: no element of such a page can match, whatever its values are."""
        found = self.memo.get(wanted.key)
        if found is None:
            shapes = (self.root, *self.others)
            found = self.memo[wanted.key] = self.raw or any(wanted.reach(shape).candidates for shape in shapes)
        return cast(bool, found)

    def after(self, brought: Brought) -> Census:
        """The census after a message; this very one if it brought nothing new."""
        others, raw = self.others, self.raw
        for made in brought.made:
            if made.skeleton not in others:
                others |= {made.skeleton}
            if made.known_shape is not made.skeleton:
                raw = True
        for kind in brought.kinds:
            if kind not in others:
                others |= {kind}
        for _, changed in brought.changed:
            if changed.known_shape is not changed.skeleton:
                raw = True
        return self if others is self.others and raw is self.raw else _census(self.root, others, raw)


_census = lru_cache(1024)(Census)
"""Pages of the same templates share one, and what was found out about it."""
