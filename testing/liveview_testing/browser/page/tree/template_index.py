"""Which templates a page is made of.

Templates are few and instances are many; what is true of every template on a page is true of the page, whatever its values are.
So an answer that follows from an index is kept with it, and holds for every version of the page that has the same one: a
message that brings rows of a kind that was there before, or text, changes no index.

It saves looks at the page: of a message of a chat, whose row can have nobody else's id, 7 of 59 µs (`may_name`); of a first look
for a tag that no template has 14 of 40 (`may_hold`).

Law: an index names every skeleton that an instance on the page may have. It only grows; a page that is joined begins a new one.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Protocol, TypeAlias, cast

from liveview_testing.browser.page.templates.skeleton import Skeleton, Spread
from liveview_testing.browser.page.tree.fast_patch import tells
from liveview_testing.browser.page.tree.instance import id_of, id_slots, named
from liveview_testing.browser.page.tree.merging.brought import Brought, Listed
from liveview_testing.browser.page.tree.tree import Row, Template

MOST = 2000  # facts that are kept at once


class _Reach(Protocol):
    candidates: tuple[int, ...]


class Sought(Protocol):
    """A test of elements: which ones of a template may pass it, in some instance."""

    @property
    def key(self) -> tuple[str, str]: ...

    def reach(self, shape: Skeleton, /) -> _Reach: ...


class TemplateIndex:
    """The skeletons of a page.

    `root` is the view's own template's, `others` are all the others'. `raw`: somewhere a value is html, which brings elements that
    no template knows. `naming`: how ids that depend on values begin and end, but for those of streams' items and of the view's own
    template, which shows them once. `mounting`: somewhere a value of whole attributes may bring `phx-mounted`. `memo` is what
    followed from it, `aims` what followed for selectors, by their text.
    """

    __slots__ = ("aims", "memo", "mounting", "naming", "others", "raw", "root", "updating")

    def __init__(
        self, root: Skeleton, others: frozenset[Skeleton], raw: bool, naming: Patterns, mounting: bool = False
    ) -> None:
        self.root = root
        self.others = others
        self.raw = raw
        self.naming = naming
        self.mounting = mounting
        self.updating = any(shape.updating for shape in (root, *others))  # else no template has a container
        self.memo: dict[object, Any] = {}
        self.aims: dict[str, Any] = {}

    @staticmethod
    def of(tree: Template, brought: Brought, before: TemplateIndex | None) -> TemplateIndex:
        """The index of a page that was sent whole; containers keep what they had on the page `before`."""
        others, raw, naming = frozenset[Skeleton](), tree.known_shape is not tree.skeleton, frozenset[tuple[str, str]]()
        mounting = False
        if before is not None:
            others, raw, naming = before.others | {before.root}, raw or before.raw, before.naming | {ANY}
            mounting = before.mounting
        return _shared(tree.skeleton, others, raw, naming, mounting).after(brought, tree)

    def may_hold(self, wanted: Sought) -> bool:
        """False: no element of such a page can match, whatever its values are."""
        found = self.memo.get(wanted.key)
        if found is None:
            shapes = (self.root, *self.others)
            found = self.memo[wanted.key] = self.raw or any(wanted.reach(shape).candidates for shape in shapes)
        return cast(bool, found)

    def may_name(self, dom_id: str) -> bool:
        """Whether the id of a stream's item may be another element's too, but for one whose id depends on a value in the view's own
        template: then it has to be looked for on the page.
        """
        ids = self.memo.get("ids")
        if ids is None:
            shapes = (self.root, *self.others)
            # Of a container that another template shows there may be two.
            containers = [_containers_in(shape) for shape in shapes]
            one = not self.raw and ANY not in self.naming and containers[0] == 1 and not any(containers[1:])
            ids = self.memo["ids"] = frozenset(each for shape in shapes for each in named(shape)[0]) if one else False
        if ids is False or dom_id in cast("frozenset[str]", ids):
            return True
        for start, end in self.naming:  # noqa: SIM110 - any() with a generator costs twice as much
            if dom_id.startswith(start) and dom_id.endswith(end):
                return True
        return False

    def own_ids(self, tree: Template) -> frozenset[str]:
        """The ids of the view's own template that depend on its values."""
        depends = named(self.root)[1]
        if not depends:
            return _NONE
        values = tuple(tree.slots[slot] for slot in id_slots(self.root))
        key = ("own ids", values)
        found = self.memo.get(key)
        if found is None:
            self.make_room()
            found = self.memo[key] = frozenset(id_of(tree, element) or "" for element in depends)
        return cast("frozenset[str]", found)

    def make_room(self) -> None:
        """Before something is kept that a test may ask by the thousand: ids, selectors."""
        for kept in (self.memo, self.aims):
            if len(kept) > MOST:
                kept.clear()

    def after(self, brought: Brought, tree: Template | None = None) -> TemplateIndex:
        """The index after a message; this very one if it brought nothing new. `tree` is the view's own instance, if that is new."""
        others, raw, naming, mounting = self.others, self.raw, self.naming, self.mounting
        for made in brought.made:
            if isinstance(made, Listed):
                others = others if made.values.shape in others else others | {made.values.shape}
                naming, mounting = _with_all(naming, made), mounting or made.mounting
                continue
            mounting = mounting or may_mount(made)
            if made is tree:
                continue
            if made.skeleton not in others:
                others |= {made.skeleton}
            if made.known_shape is not made.skeleton:
                raw = True
            naming = _with(naming, made)
        for kind in brought.kinds:
            if kind not in others:
                others |= {kind}
        for _, changed in brought.changed:
            mounting = mounting or may_mount(changed)
            if changed.known_shape is not changed.skeleton:
                raw = True
            if changed.skeleton is not self.root or self.root in others:
                naming = _with(naming, changed)
        if others is self.others and raw is self.raw and naming is self.naming and mounting is self.mounting:
            return self
        return _shared(self.root, others, raw, naming, mounting)


_NONE: frozenset[str] = frozenset()


def may_mount(node: Template) -> bool:
    """Whether a value of an instance may bring an element `phx-mounted`, raw html apart."""
    slots = node.slots
    for at in node.skeleton.spreads:
        value = slots[at]
        if type(value) is not str or "phx-mounted" in value.lower():
            return True
    return False


def _containers_in(shape: Skeleton) -> int:
    """How many elements of a template may be containers of streams."""
    return sum(1 for number in shape.updating if shape.elements[number].static("phx-update") != "ignore")


Patterns: TypeAlias = "frozenset[tuple[str, str]]"

ANY = ("", "")


def _with(naming: Patterns, node: Template) -> Patterns:
    """And how the ids of an instance begin and end that depend on its values; the very same if that was known."""
    if ANY in naming:
        return naming
    patterns, slots = _ids_of(node.skeleton, type(node) is Row)
    for at in slots:
        value = node.slots[at]
        if type(value) is not str or tells(value):
            patterns = frozenset((ANY,))
            break
    return naming if patterns <= naming else naming | patterns


def _with_all(naming: Patterns, listed: Listed) -> Patterns:
    """As `_with`, of rows that are all text."""
    if ANY in naming:
        return naming
    rows = listed.values
    patterns, slots = _ids_of(rows.shape, rows.kind is Row)
    if any(tells("\n".join(rows.column(at))) for at in slots):
        patterns = frozenset((ANY,))
    return naming if patterns <= naming else naming | patterns


def _ids_of(shape: Skeleton, item: bool) -> tuple[Patterns, tuple[int, ...]]:
    """What a template says about ids that depend on values, and the values that may bring one; a stream's item has its own."""
    found = shape.memo.get(("naming", item))
    if found is None:
        patterns: list[tuple[str, str]] = []
        slots: list[int] = []
        for element in named(shape)[1]:
            if item and element.number == 0:
                continue
            for each in element.attributes:
                if isinstance(each, Spread):
                    slots.append(each.slot)
                elif each.name == "id" and each.value:
                    parts = (each.value,) if isinstance(each.value, str) else each.value
                    first, last = parts[0], parts[-1]
                    patterns.append((first if isinstance(first, str) else "", last if isinstance(last, str) else ""))
        found = shape.memo["naming", item] = frozenset(patterns), tuple(slots)
    return cast("tuple[Patterns, tuple[int, ...]]", found)


_shared = lru_cache(1024)(TemplateIndex)
"""Pages of the same templates share one, and what was found out about it."""
