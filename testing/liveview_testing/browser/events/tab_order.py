"""Tab order: which element the Tab key goes to.

Owns `tab_order`, the whole of it, and `next_stop`, which looks at the elements from the one with the focus on until one takes it:
of a table with 1,000 buttons Tab asks one, in 4 ms instead of 150.

Law: the next stop is the one that the whole order has.
"""  # PF-10

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping

from liveview_testing.browser.dom.forms import form_of, is_checked, radios
from liveview_testing.browser.dom.mark import Key
from liveview_testing.browser.dom.node import DomNode, root
from liveview_testing.browser.dom.querying import find, place
from liveview_testing.browser.dom.visibility import is_visible
from liveview_testing.browser.events.focus import is_focusable, is_summary
from liveview_testing.browser.page.controls import kind_of
from liveview_testing.browser.page.forms.numbers import integer
from liveview_testing.browser.reaction import Reaction

MAY_TAKE = (
    "input, select, textarea, button, iframe, a[href], area[href], [tabindex], [contenteditable], summary, dialog[open]"
)
"""What may have the focus: each element of which `is_focusable` is true is one."""


def next_stop(reaction: Reaction, key: Key | None, *, back: bool = False) -> DomNode | None:
    """Where Tab goes from the element with this key, or Shift+Tab; from nowhere to the first or the last. None: out of the page."""
    page = root(reaction.document)
    if find(page, "details", limit=1) or any(_index(each) > 0 for each in find(page, "[tabindex]")):
        return _after(reaction, tab_order(reaction, back=back), key, back=back)
    every = find(page, MAY_TAKE)
    at = None if key is None else next((at for at, each in enumerate(every) if each.key == key), None)
    if at is None:
        node = None if key is None else reaction.node(key)
        if node is None:
            at = len(every) if back else -1
        else:
            at = bisect_left(every, place(node), key=place)
            at = at if back else at - 1
    ahead = reversed(every[:at]) if back else every[at + 1 :]
    return next((each for each in ahead if _is_stop(reaction, each, back=back)), None)


def _is_stop(reaction: Reaction, node: DomNode, *, back: bool) -> bool:
    """Whether an element is in the order, where nothing but its place in the document says where."""
    if not _is_in(reaction, node):
        return False
    if not _is_one_of_many(node):
        return True
    return node == _stop_of(reaction, [each for each in radios(node) if _is_in(reaction, each)], back=back)


def _is_in(reaction: Reaction, node: DomNode) -> bool:
    return _takes_part(node) and is_focusable(node, reaction) and is_visible(node, reaction.env.styles)


def _after(reaction: Reaction, order: list[DomNode], key: Key | None, *, back: bool) -> DomNode | None:
    """The element after the one with this key in tab order, or before."""
    here = next((at for at, each in enumerate(order) if each.key == key), None)
    if here is not None:
        there = here + (-1 if back else 1)
    elif key is None:
        there = len(order) - 1 if back else 0
    else:
        there = _beside(reaction, order, key, back=back)
    return order[there] if 0 <= there < len(order) else None


def _beside(reaction: Reaction, order: list[DomNode], key: Key, *, back: bool) -> int:
    """The place in tab order of the nearest element after one that is not in it, or before; -1: there is none."""
    places = {each: at for at, each in enumerate(order)}
    before, passed = -1, False
    for each in root(reaction.document).iter():
        if each.key == key:
            if back:
                return before
            passed = True
        elif each in places:
            if passed:
                return places[each]
            before = places[each]
    return -1 if passed else (len(order) - 1 if back else 0)


def tab_order(reaction: Reaction, *, back: bool = False) -> list[DomNode]:
    """The elements that Tab goes through: positive tabindexes first, by number, then the rest, each in document order.

    A details is an order of its own, in which its summary comes first. Of a group of radios there is one: the checked one, else
    that which had the focus last, else the first, or the last where Tab comes from behind.
    """
    found: list[tuple[tuple[int, ...], DomNode]] = []
    details: dict[object, int] = {}
    for at, each in enumerate(root(reaction.document).iter()):
        if each.tag == "details":
            details[each.key] = at
        if not is_focusable(each, reaction) or not is_visible(each, reaction.env.styles):
            continue
        if not _takes_part(each):
            continue
        index = _index(each)
        own = (index if index > 0 else _NO_INDEX, at)
        found.append(((*_scopes(each, details), *own) if details else own, each))
    order = [each for _, each in sorted(found, key=lambda entry: entry[0])]
    groups: dict[object, list[DomNode]] = {}
    for each in order:
        if _is_one_of_many(each):
            form = form_of(each)
            groups.setdefault((None if form is None else form.key, each.get("name")), []).append(each)
    passed = {each.key for group in groups.values() for each in group if each != _stop_of(reaction, group, back=back)}
    return [each for each in order if each.key not in passed]


_NO_INDEX = 1 << 30


def _scopes(node: DomNode, details: Mapping[object, int]) -> tuple[int, ...]:
    """Where the details stand that an element is in, the outermost first, and whether it is in their summary."""
    found: tuple[int, ...] = ()
    below = node
    for each in node.ancestors():
        if each.tag == "details":
            found = (_NO_INDEX, details[each.key], int(not (below.tag == "summary" and is_summary(below))), *found)
        below = each
    return found


def _index(node: DomNode) -> int:
    return integer(node.get("tabindex")) or 0


def _takes_part(node: DomNode) -> bool:
    return _index(node) >= 0 and not (node.tag == "dialog" and node.get("tabindex") is None)


def _is_one_of_many(node: DomNode) -> bool:
    """Whether an element is a radio button of a group, which Tab stops at once."""
    return node.tag == "input" and kind_of(node) == "radio" and bool(node.get("name"))


def _stop_of(reaction: Reaction, group: list[DomNode], *, back: bool) -> DomNode:
    """The radio button of a group that Tab stops at."""
    checked = next((each for each in group if is_checked(each)), None)
    if checked is not None:
        return checked
    had = {each.mark.number: each for each in group if each.mark.number}
    stopped = next((had[each] for each in reversed(reaction.browser.stopped_at) if each in had), None)
    return group[-1 if back else 0] if stopped is None else stopped
