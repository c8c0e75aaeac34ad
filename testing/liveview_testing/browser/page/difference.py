"""Where two versions of a page differ, found without looking at what they share.

Owns `difference`: a message shares with the page before it all that it does not change. Where the elements of both stand as they
stood, but for rows with ids that came and went, nobody has to ask each element of the page what became of it.

Law: it answers, or it does not know. If it answers, an element in none of the places that it names is kept as what it was, by the
official client as by us, and so is all that is said of it.
"""  # PA-7 … PA-11

from __future__ import annotations

from collections.abc import Hashable
from functools import lru_cache
from typing import Any, cast

from liveview_core.values.declaring import frozen
from liveview_testing.browser.page.node import PageOfNodes
from liveview_testing.browser.page.place import Place, item_place, row_place, top_place
from liveview_testing.browser.page.templates.skeleton import Comment, Element, Hole, Kid, Skeleton
from liveview_testing.browser.page.tree.instance import graft_at, hole_parents, id_of, id_slots, may_update
from liveview_testing.browser.page.tree.ropes.comparing import exclusive, pairs
from liveview_testing.browser.page.tree.ropes.rope import Rope
from liveview_testing.browser.page.tree.subtrees import cids
from liveview_testing.browser.page.tree.tree import Frozen, Keyed, Row, Template


@frozen(eq=False)
class Difference:
    """What two pages do not share: instances with other values, as (before, after); rows that came; rows that went.

    `steady`: in no list anything came, went or moved, so each element stands where it stood.
    """

    touched: tuple[tuple[Place, Place], ...]
    came: tuple[Place, ...]
    went: tuple[Place, ...]
    steady: bool


def difference(before: PageOfNodes, after: PageOfNodes) -> Difference | None:
    """Where they differ; None if it is not known where elements stand now."""
    return None if before.inner or after.inner else _remembered(cast("Hashable", before), cast("Hashable", after))


@lru_cache(maxsize=2)  # each patch asks a few times
def _remembered(before: Hashable, after: Hashable) -> Difference | None:
    return _difference(cast("PageOfNodes", before), cast("PageOfNodes", after))


def _difference(before: PageOfNodes, after: PageOfNodes) -> Difference | None:
    found = _Comparison(before.components is not after.components)
    if not found.instance(top_place(before), top_place(after)) or found.lists > 1:
        return None
    return Difference(tuple(found.touched), tuple(found.came), tuple(found.went), found.steady)


class _Comparison:
    """One descent into both pages, side by side."""

    def __init__(self, components: bool) -> None:
        self.components = components
        """Whether some component has changed."""
        self.touched: list[tuple[Place, Place]] = []
        self.came: list[Place] = []
        self.went: list[Place] = []
        self.steady = True
        self.lists = 0
        """In how many lists rows came or went: in document order they are those of one."""

    def shares(self, old: Any, new: Any) -> bool:
        """Whether two subtrees are one, with all that is in them."""
        return old is new and not (self.components and not isinstance(new, str) and cids(new))

    def instance(self, old: Place, new: Place) -> bool:
        """Two versions of an instance; whether all elements stand where they stood."""
        was, now = old.node, new.node
        if old.shape is not new.shape or was.rooted is not now.rooted or type(was) is not type(now):
            return False
        if was is not now:
            if not _same_names(was, now):
                return False
            self.touched.append((old, new))
        covered = set[int]()
        for element in may_update(new.shape) if was.grafts is not None or now.grafts is not None else ():
            before, after = graft_at(was, element), graft_at(now, element)
            if before is None and after is None:
                continue
            covered.update(element.inside)
            if isinstance(before, Frozen) or isinstance(after, Frozen):
                if before is not after:
                    return False
            elif before is None or after is None or not self.container(old, new, element, before, after):
                return False
        parents = hole_parents(new.shape)
        for at, (value, other) in enumerate(zip(was.slots, now.slots, strict=True)):
            if at in covered or self.shares(value, other):
                continue
            if isinstance(value, str) and isinstance(other, str):
                if at in parents and not (value.strip() and other.strip()) and not _holds_text(now, parents[at]):
                    return False  # a text that comes or goes is a child more or less
                continue
            if at not in parents or not self.value(old, new, at, value, other):
                return False
        return True

    def value(self, old: Place, new: Place, slot: int, value: Any, other: Any) -> bool:
        host = hole_parents(new.shape)[slot]
        if isinstance(value, Template) and isinstance(other, Template):
            return self.instance(Place(old.page, value, old, host, slot), Place(new.page, other, new, host, slot))
        if type(value) is int and type(other) is int:
            was, now = old.page.components.get(value), new.page.components.get(other)
            if value != other or was is None or now is None:
                return False
            step = ("@", value)
            return self.instance(Place(old.page, was, old, host, step), Place(new.page, now, new, host, step))
        if isinstance(value, Keyed) and isinstance(other, Keyed) and value.stream is None and other.stream is None:
            return self.rows(old, new, slot, host, value.rows, other.rows)
        return False

    def rows(self, old: Place, new: Place, slot: int, host: int, was: Rope[Template], now: Rope[Template]) -> bool:
        """The rows of a list."""
        paired, known = pairs(was.tree, now.tree, self.shares), len(self.touched)
        if paired is not None and all(
            self.instance(row_place(old, slot, at, one, host), row_place(new, slot, at, other, host))
            for at, one, other in paired
        ):
            return True
        del self.touched[known:]
        self.steady = False
        if not _ends_with(new.shape, host, slot) or (host < 0 and new.above is not None) or self.components:
            return False
        before, after = list(was), list(now)
        shorter = min(len(before), len(after))
        if all(one is other for one, other in zip(before, after, strict=False)):  # at the end some came, or some went
            self.lists += 1
            self.went.extend(row_place(old, slot, shorter + at, row, host) for at, row in enumerate(before[shorter:]))
            self.came.extend(row_place(new, slot, shorter + at, row, host) for at, row in enumerate(after[shorter:]))
            return True
        if not all(_root_id(row) for row in (*before, *after)):
            return False
        went, came = exclusive(was.tree, now.tree)
        return self.exchanged(
            [(row, row_place(old, slot, at, row, host)) for at, row in went],
            [(row, row_place(new, slot, at, row, host)) for at, row in came],
        )

    def container(self, old: Place, new: Place, element: Element, was: Rope[Any], now: Rope[Any]) -> bool:
        """The children of a stream's container."""
        if self.shares(was, now):
            return True
        self.steady = False
        if self.components and (cids(was) or cids(now)):
            return False
        went, came = exclusive(was.tree, now.tree)
        if not all(isinstance(row, Row) for _, row in (*went, *came)):
            return False
        return self.exchanged(
            [(row, item_place(old, element, row)) for _, row in went],
            [(row, item_place(new, element, row)) for _, row in came],
        )

    def exchanged(self, went: list[tuple[Template, Place]], came: list[tuple[Template, Place]]) -> bool:
        """Rows with ids: those with one that is on both sides are versions of one row."""
        self.lists += bool(went or came)
        known: dict[str, Place] = {}
        for row, place in went:
            dom_id = _root_id(row)
            if not dom_id or dom_id in known:
                return False
            known[dom_id] = place
        for row, place in came:
            dom_id = _root_id(row)
            if not dom_id:
                return False
            before = known.pop(dom_id, None)
            if before is None:
                self.came.append(place)
            elif not self.instance(before, place):
                return False
        self.went.extend(known.values())
        return True


def _same_names(was: Template, now: Template) -> bool:
    """Whether no element has another id, or is updated in another way."""
    old, new, shape = was.slots, now.slots, now.shape
    slots = [*id_slots(shape), *(at for element in may_update(shape) for at in element.own)]
    return all(old[at] is new[at] or (isinstance(old[at], str) and old[at] == new[at]) for at in slots)


def _root_id(row: Template) -> str | None:
    """The id of the one element that a row is; None if it is not one, or has none."""
    kids = [kid for kid in row.shape.kids if not isinstance(kid, str | Comment)]
    if len(kids) != 1 or not isinstance(kids[0], Element):
        return None
    return id_of(row, kids[0])


def _holds_text(template: Template, host: int) -> bool:
    """Whether there is nothing but text in an element."""
    if host < 0:
        return False
    kids = template.shape.elements[host].kids
    return all(
        isinstance(kid, str) or (isinstance(kid, Hole) and isinstance(template.slots[kid.slot], str)) for kid in kids
    )


def _ends_with(shape: Skeleton, host: int, slot: int) -> bool:
    """Whether nothing but text follows a list among the children of what is around it."""
    kids: tuple[Kid, ...] = shape.kids if host < 0 else shape.elements[host].kids
    last = [kid for kid in kids if not isinstance(kid, str | Comment)][-1]
    return isinstance(last, Hole) and last.slot == slot
