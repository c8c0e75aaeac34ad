"""What is wrong with a page as such: ids that stand twice, components shown twice, forms that cannot be recovered (TK-1).

Only what a message brought is looked at: where the page before has the same object, nothing was done to it. Law: the cost is that
of the change; on a page that nobody looked at before (`before` is None) it is the page's.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Literal, TypeAlias, cast

from attrs import frozen

from liveview_testing.browser.element import Node
from liveview_testing.browser.instance import attribute, cids, id_slots, named, with_ids
from liveview_testing.browser.page import Page
from liveview_testing.browser.registry import all_ids
from liveview_testing.browser.rope import Branch, Rope
from liveview_testing.browser.select import find, sketch
from liveview_testing.browser.skeleton import Element
from liveview_testing.browser.tree import Keyed, Row, Template
from liveview_testing.failures import Sketch

Check: TypeAlias = Literal["duplicate id", "duplicate component", "form without id", "phx-update"]


@frozen
class Problem:
    """Something wrong on a page: which check says so, about what, and the elements as evidence."""

    check: Check
    about: str
    elements: tuple[Sketch, ...]


class _New:
    """What a message brought: DOM ids, components at places where they were not, forms, elements with `phx-update`."""

    __slots__ = ("cids", "ids", "marks")

    def __init__(self) -> None:
        self.ids: dict[str, int] = {}
        self.cids: dict[int, None] = {}
        self.marks: set[str] = set()


def problems(before: Page | None, after: Page, components: Mapping[str, Any] | None = None) -> Iterable[Problem]:
    """What is wrong with what is new on a page, in a fixed order. `components`: those that the message was about; None: all."""
    new = _New()
    _compare(None if before is None else before.tree, after.tree, new)
    if after.components and (components is None or components):
        touched = sorted(after.components) if components is None or before is None else sorted(map(int, components))
        for cid in touched:
            root = after.components.get(cid)
            if root is not None:
                _compare(None if before is None else before.components.get(cid), root, new)
    return _found(new, before, after) if new.ids or new.cids or new.marks else ()


def _found(new: _New, before: Page | None, after: Page) -> Iterator[Problem]:
    for dom_id in _suspicious(new, before, after):
        found = after.by_id(dom_id)
        if len(found) > 1:
            yield Problem("duplicate id", dom_id, tuple(map(sketch, found)))
    for cid in new.cids:
        if _places(after, cid) > 1:
            place = after.component(cid)
            yield Problem("duplicate component", str(cid), () if place is None else (sketch(place),))
    if "form" in new.marks:
        for form in find(after, "form[phx-change]:not([id]):not([phx-ignore-missing-id])"):
            if form.get("phx-auto-recover") != "ignore" and _is_new(before, form):
                yield Problem("form without id", form.get("phx-change") or "", (sketch(form),))
    if "phx-update" in new.marks:
        for node in find(after, "[phx-update]"):
            if node.get("phx-update") not in UPDATES:
                yield Problem("phx-update", node.get("phx-update") or "", (sketch(node),))


def _suspicious(new: _New, before: Page | None, after: Page) -> list[str]:
    """New ids that may be there more than once: all of them, if they are few; else those that a count of the page finds."""
    if before is None:  # all is new, and was counted
        return [dom_id for dom_id, times in new.ids.items() if times > 1]
    if len(new.ids) <= FEW:
        return list(new.ids)
    every = Counter(all_ids(after.tree))
    for root in after.components.values():
        every.update(all_ids(root))
    return [dom_id for dom_id in new.ids if every[dom_id] > 1]


FEW = 32  # new ids that are looked up one by one


def _is_new(before: Page | None, form: Node) -> bool:
    """Whether there was no form like it at its place: what was said once is not said with every message."""
    was = None if before is None else before.node_at(form.path)
    return was is None or was.tag != "form" or was.get("phx-change") != form.get("phx-change")


def _places(page: Page, cid: int) -> int:
    """At how many places a component stands."""
    owners = page.registry().owners.get(cid, ())
    return cids(page.tree).count(cid) + sum(cids(page.components[owner]).count(cid) for owner in owners)


# --- what is new ------------------------------------------------------------------------------------------------------------


def _compare(old: object, new: object, into: _New) -> None:
    """Put down what is in a subtree and was not in the one before it."""
    if new is old or isinstance(new, str):
        return
    if isinstance(new, int):
        if new != old or type(old) is not int:
            into.cids[new] = None
    elif isinstance(new, Template):
        _template(old if isinstance(old, Template) and old.shape is new.shape else None, new, into)
    elif isinstance(new, Keyed):
        _rows(old.rows if isinstance(old, Keyed) else None, new.rows, into)


def _template(old: Template | None, new: Template, into: _New) -> None:
    shape = new.shape
    if old is None:
        for element in with_ids(shape):
            _id(attribute(new, element, "id"), into)
        into.marks.update(_marks(new))
    elif any(new.slots[slot] != old.slots[slot] for slot in id_slots(shape)):
        for element in named(shape)[1]:  # an id that depends on the instance
            dom_id = attribute(new, element, "id")
            if dom_id != attribute(old, element, "id"):
                _id(dom_id, into)
    slots = new.slots
    before = (None,) * len(slots) if old is None else old.slots
    for hole in shape.holes:
        value, had = slots[hole.slot], before[hole.slot]
        if value is not had and type(value) is not str and not (isinstance(value, Keyed) and value.stream is not None):
            _compare(had, value, into)
    if new.grafts is not None:
        grafts = None if old is None else old.grafts
        for dom_id, graft in new.grafts.items():
            if isinstance(graft, Rope):  # what is ignored was there before
                was = None if grafts is None else grafts.get(dom_id)
                if was is not graft:
                    _rows(was if isinstance(was, Rope) else None, graft, into)


def _id(dom_id: str | None, into: _New) -> None:
    if dom_id:
        into.ids[dom_id] = into.ids.get(dom_id, 0) + 1


def _marks(new: Template) -> Iterator[str]:
    """What in a template asks for another look. Which elements may is a fact of the template, found out once."""
    shape = new.shape
    known = shape.memo.get("marks")
    if known is None:
        known = shape.memo["marks"] = tuple(
            (mark, element, name)
            for element in shape.elements
            for mark, name in (("form", "phx-change"), ("phx-update", "phx-update"))
            if (mark != "form" or element.tag == "form") and element.may_have(name)
        )
    for mark, element, name in cast("tuple[tuple[str, Element, str], ...]", known):
        value = attribute(new, element, name)
        if value is not None and (mark == "form" or value not in UPDATES):
            yield mark


UPDATES = ("stream", "ignore", "replace", "")


def _rows(old: Rope[Any] | None, new: Rope[Any], into: _New) -> None:
    """Rows that the list before did not have. In a list, only the leaves that are not shared are opened."""
    olds: Sequence[Any] = () if old is None or old.tree is None else (old.tree,)
    news: Sequence[Any] = () if new.tree is None else (new.tree,)
    while True:
        olds, news = _apart(olds, news)
        if not _has_branches(news) and not _has_branches(olds):
            break
        olds, news = _opened(olds), _opened(news)
    if not news:
        return
    before, after = _apart(_rows_of(olds), _rows_of(news))
    alike = len(before) == len(after)
    known = set[int]() if alike else {id(row) for row in before}
    for at, row in enumerate(after):
        if id(row) in known:
            continue
        had = before[at] if alike else None
        if isinstance(row, Row):  # in its container an id is there once: only what is inside of a row can clash
            _stream_row(had if isinstance(had, Row) else None, row, into)
        elif isinstance(row, Template):
            _compare(had, row, into)


def _rows_of(leaves: Sequence[Any]) -> Sequence[Any]:
    if len(leaves) == 1:
        rows: Sequence[Any] = leaves[0].rows
        return rows
    return [row for leaf in leaves for row in leaf.rows]


def _apart(olds: Sequence[Any], news: Sequence[Any]) -> tuple[Sequence[Any], Sequence[Any]]:
    """Two lists without the beginning and the end that they have in common."""
    start, most = 0, min(len(olds), len(news))
    while start < most and olds[start] is news[start]:
        start += 1
    end = 0
    while end < most - start and olds[-1 - end] is news[-1 - end]:
        end += 1
    return olds[start : len(olds) - end], news[start : len(news) - end]


def _has_branches(trees: Sequence[Any]) -> bool:
    return any(type(each) is Branch for each in trees)


def _opened(trees: Sequence[Any]) -> Sequence[Any]:
    opened: list[Any] = []
    for each in trees:
        opened.extend(getattr(each, "children", (each,)))  # a leaf has none
    return opened


def _stream_row(old: Row | None, new: Row, into: _New) -> None:
    if old is not None and old.shape is new.shape:
        _template(old, new, into)
    elif len(with_ids(new.shape)) > 1 or any(type(value) is not str for value in new.slots):
        _template(None, new, into)
    else:  # all that it can bring is its own id
        into.marks.update(_marks(new))
