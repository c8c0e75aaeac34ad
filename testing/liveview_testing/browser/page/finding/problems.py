"""What is wrong with a page as such: ids that stand twice, components shown twice, forms that cannot be recovered.

Only what a message brought is looked at, as the merge tells it. Law: the cost is that of the change; of a page that was sent whole
(`before` is None) it is the page's.
"""  # TK-1

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Literal, TypeAlias, cast

from liveview_core.values.declaring import frozen
from liveview_testing.browser.page.finding.fast_ids import all_different
from liveview_testing.browser.page.finding.select import find, sketch
from liveview_testing.browser.page.node import Node
from liveview_testing.browser.page.page import Page
from liveview_testing.browser.page.templates.skeleton import Element, Skeleton
from liveview_testing.browser.page.tree.component_index import all_ids
from liveview_testing.browser.page.tree.instance import attribute, below, id_of, id_slots, named, with_ids
from liveview_testing.browser.page.tree.merging.brought import Brought, Listed
from liveview_testing.browser.page.tree.subtrees import cids
from liveview_testing.browser.page.tree.template_index import ANY, TemplateIndex
from liveview_testing.browser.page.tree.tree import Fixed, Frozen, Keyed, Row, Template
from liveview_testing.failures.exceptions import Sketch

Check: TypeAlias = Literal[
    "duplicate id", "duplicate component", "form without id", "phx-update", "stream id", "unheard message"
]


@frozen
class Problem:
    """Something wrong on a page: which check says so, about what, and the elements as evidence."""

    check: Check
    about: str
    elements: tuple[Sketch, ...]
    meant: str = ""


class _New:
    """What a message brought: DOM ids, components at places where they were not, forms, elements with `phx-update`."""

    __slots__ = ("cids", "elsewhere", "ids", "marks")

    def __init__(self, placed: Iterable[int], elsewhere: Elsewhere) -> None:
        self.ids: dict[str, int] = {}
        self.elsewhere = elsewhere
        self.cids = dict.fromkeys(placed)
        self.marks: set[str] = set()


Elsewhere: TypeAlias = "Callable[[str], Sequence[Sketch]]"
"""The elements with a DOM id in the rest of the document."""


def nowhere(dom_id: str) -> Sequence[Sketch]:
    """There is nothing but the page."""
    return ()


def problems(before: Page | None, after: Page, brought: Brought, elsewhere: Elsewhere = nowhere) -> Iterable[Problem]:
    """What is wrong with what a message brought to a page, in a fixed order."""
    if before is None and elsewhere is nowhere and _is_plain(brought):
        return ()
    new, templates = _New(brought.placed, elsewhere), after.templates
    if before is None and elsewhere is nowhere and all_different(brought.made):
        for made in brought.made:
            _listed(made, new) if isinstance(made, Listed) else _marked(made, new)
    else:
        for made in brought.made:
            if not isinstance(made, Listed):
                _made(made, new, templates)
            elif (ids := made.values.lone_ids()) is not None:
                _ids(ids, made.values.stands, new, templates)
                _listed(made, new)
            else:
                for row in made.rows:
                    _made(row, new, templates)
    for old, changed in brought.changed:
        _changed(old, changed, new, templates)
    for copied in brought.copied:
        _all_in(copied, new, templates)
    if before is not None and any(cid in before.components for cid in brought.placed):  # it was away, or moved
        for cid in sorted(after.present().difference(before.present()).intersection(before.components)):
            _all_in(after.components[cid], new, templates)
    found = _found(new, before, after) if new.ids or new.cids or new.marks else ()
    return (*found, *_strays(brought, after)) if brought.strays else found


def _is_plain(brought: Brought) -> bool:
    """Whether all that came is one instance that is right whatever its values are: its template has no id twice."""
    if len(brought.made) != 1 or brought.placed or brought.copied or brought.changed or brought.strays:
        return False
    (made,) = brought.made
    if isinstance(made, Listed):
        return False
    shape = made.known_shape
    if shape is not made.skeleton or shape is None:
        return False
    known = shape.memo.get("plain")
    if known is None:
        always, depends = named(shape)
        twice = any(len(elements) > 1 for elements in always.values())
        known = shape.memo["plain"] = not (twice or depends or _marks(shape))
    return cast(bool, known)


def _strays(brought: Brought, after: Page) -> Iterator[Problem]:
    """One problem for each container; the rows are the evidence, and the id that one of them should have."""
    for container in dict.fromkeys(stray[0] for stray in brought.strays):
        mine = [stray for stray in brought.strays if stray[0] == container]
        rows = tuple(sketch(node) for _, dom_id, _ in mine[:FEW] for node in after.by_id(dom_id))
        yield Problem("stream id", container, rows, mine[0][2])


def _found(new: _New, before: Page | None, after: Page) -> Iterator[Problem]:
    for dom_id in _suspicious(new, before, after):
        found = after.by_id(dom_id)
        if len(found) > 1:
            yield Problem("duplicate id", dom_id, tuple(map(sketch, found)))
    if new.elsewhere is not nowhere:
        for dom_id in new.ids:
            others = new.elsewhere(dom_id)
            if others:
                yield Problem("duplicate id", dom_id, (*others, *map(sketch, after.by_id(dom_id))))
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
    # All is new, and was counted: of a page that has joined again that is so where nothing outlived the join.
    if before is None or (after.merges == 1 and ANY not in after.templates.naming):
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


def _made(new: Template, into: _New, templates: TemplateIndex) -> None:
    """The elements of an instance that was not there before, without those of the templates in it."""
    item = type(new) is Row
    for element in with_ids(new.shape):
        dom_id = id_of(new, element)
        if item and element.number == 0 and into.elsewhere is nowhere:
            if not (dom_id and (named(templates.root)[1] or templates.may_name(dom_id))):
                continue  # in its container an item is there once
        _id(dom_id, into)
    _marked(new, into)


def _ids(ids: list[str], items: bool, into: _New, templates: TemplateIndex) -> None:
    """As `_made`, of rows of text of which each has one id; `items`: it is that of a stream's item."""
    if items and into.elsewhere is nowhere and not named(templates.root)[1]:
        ids = [each for each in ids if templates.may_name(each)]  # in its container an item is there once
    for each in ids:
        _id(each, into)


def _listed(made: Listed, into: _New) -> None:
    """As `_marked`, of rows of text: none of them says `phx-update`."""
    if any(mark == "form" for mark, _, _ in _marks(made.values.shape)):
        for row in made.rows:
            _marked(row, into)


def _marked(new: Template, into: _New) -> None:
    for mark, element, name in _marks(new.shape):
        _mark(mark, attribute(new, element, name), into)


def _mark(mark: str, value: str | None, into: _New) -> None:
    if value is not None and (mark == "form" or value not in UPDATES):
        into.marks.add(mark)


def _changed(old: Template, new: Template, into: _New, templates: TemplateIndex) -> None:
    """What depends on values, where those changed; all of it, where raw html made another shape of it."""
    shape = new.shape
    if old.shape is not shape:
        _made(new, into, templates)
        return
    for mark, element, name in _marks(shape):
        if any(new.slots[slot] is not old.slots[slot] for slot in element.own):
            value = attribute(new, element, name)
            if value != attribute(old, element, name):
                _mark(mark, value, into)
    for slot in id_slots(shape):
        if new.slots[slot] != old.slots[slot]:
            break
    else:
        return
    for element in named(shape)[1]:
        dom_id = id_of(new, element)
        if dom_id != id_of(old, element):
            _id(dom_id, into)


def _all_in(new: Template, into: _New, templates: TemplateIndex) -> None:
    """All that is in a component, without those in it: of one that began as another, or comes back, not all of it was sent."""
    _made(new, into, templates)
    for _, value in below(new):
        if isinstance(value, int):
            into.cids[value] = None
        elif isinstance(value, Template):
            _all_in(value, into, templates)
        elif isinstance(value, Frozen):
            _all_in(value.node, into, templates)
        else:
            for row in value.rows if isinstance(value, Keyed) else value:
                node = row.node if isinstance(row, Fixed) else row
                if node is not None:
                    _all_in(node, into, templates)


def _id(dom_id: str | None, into: _New) -> None:
    if dom_id:
        into.ids[dom_id] = into.ids.get(dom_id, 0) + 1


def _marks(shape: Skeleton) -> tuple[tuple[str, Element, str], ...]:
    """What in a template asks for another look, as (mark, element, attribute): found out once."""
    found = shape.memo.get("marks")
    if found is None:
        found = shape.memo["marks"] = tuple(
            (mark, element, name)
            for element in shape.elements
            for mark, name in (("form", "phx-change"), ("phx-update", "phx-update"))
            if (mark != "form" or element.tag == "form") and element.may_have(name)
        )
    return cast("tuple[tuple[str, Element, str], ...]", found)


UPDATES = ("stream", "ignore", "replace", "")
