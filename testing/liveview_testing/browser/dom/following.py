"""Which element of the next page an element is: the official client's matching of nodes, for the few elements it is asked for.

Owns `followed`. The client's morph keeps an element by its key (DOM id, else the mark of a component's or rooted template's root)
wherever it moves, and one without a key by its order among the siblings and its tag. Nothing is morphed here: only
the way from the top of the page to the one element is compared.

Law: the answer is the node that the official client would have kept, or None if it would have made a new one.
"""  # PA-7 … PA-11

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from attrs import frozen

from liveview_testing.browser.page.node import Node, PageOfNodes
from liveview_testing.browser.tree.tree import Root

TEXT = "#text"


@frozen
class Child:
    """A child as the matching sees it: its tag ("#text" for text) and its key, if it has one."""

    tag: str
    key: object = None


Children: TypeAlias = "Sequence[Child]"


def followed(before: Node, after: PageOfNodes) -> Node | None:
    """The element of `after` that `before` is kept as; None if it is gone."""
    if before.number < 0:
        return after.root
    if before.page is after:
        return before
    dom_id = before.id
    if dom_id:
        return next((node for node in after.by_id(dom_id) if node.tag == before.tag), None)
    if is_component_root(before):
        cid = before.place.cid
        node = None if cid is None else after.component(cid)
        return node if node is not None and node.tag == before.tag and not node.id else None
    parent = before.parent
    if parent is None:
        return None
    there = followed(parent, after)
    if there is None:
        return None
    return _among(before, parent, there)


def is_component_root(node: Node) -> bool:
    """Whether the element is the root of a component: it has a key, whatever its attributes are."""
    return node.number == 0 and isinstance(node.place.node, Root)


def _among(before: Node, parent: Node, there: Node) -> Node | None:
    """The child of `there` that a keyless child of `parent` is kept as."""
    same = there.page.node_at(before.path)
    if parent.place.node is there.place.node and parent.number == there.number:
        return same  # nothing changed at this level, or below
    old, new = parent.children, there.children
    position = _position(old, before)
    if position is None:
        return None
    found = kept_as(_seen(old), _seen(new), position)
    kid = None if found is None else new[found]
    return kid if isinstance(kid, Node) else None


def _position(children: Sequence[Node | str], node: Node) -> int | None:
    path = node.path
    for at, each in enumerate(children):
        if isinstance(each, Node) and each.path == path:
            return at
    return None


def _seen(children: Sequence[Node | str]) -> Children:
    return [Child(TEXT) if isinstance(each, str) else Child(each.tag, _key(each)) for each in children]


def _key(node: Node) -> object:
    if node.id:
        return node.id
    return ("component", node.place.cid) if is_component_root(node) else None


def kept_as(old: Children, new: Children, wanted: int) -> int | None:
    """Which of the new children the old child number `wanted`, which has no key, is kept as.

    >>> p, li, text = Child("p"), Child("li"), Child("#text")
    >>> kept_as([p, li], [p, li], 1)
    1
    >>> kept_as([p, li], [li], 1)
    0
    >>> kept_as([p, li], [Child("b"), p, li], 1) is None
    True
    """  # PA-8 … PA-10
    keys = {child.key: at for at, child in enumerate(old) if child.key is not None}
    order = list(range(len(old)))  # the old children as they stand now: keyed ones move
    at = 0
    for number, child in enumerate(new):
        while at < len(order):
            index = order[at]
            other = old[index]
            matches = (other.tag == TEXT) == (child.tag == TEXT)
            if matches and child.tag != TEXT:
                if child.key is not None:
                    if child.key != other.key:
                        elsewhere = keys.get(child.key)
                        if elsewhere is None or order[at + 1 : at + 2] == [elsewhere]:
                            matches = False
                        else:  # that element is moved here, and this one is given up
                            if elsewhere in order:
                                order.remove(elsewhere)
                            at = order.index(index)
                            if index == wanted:
                                return None
                            order[at] = elsewhere
                            index, other = elsewhere, old[elsewhere]
                elif other.key is not None:
                    matches = False
                matches = matches and other.tag == child.tag
            at += 1
            if matches:
                if index == wanted:
                    return number
                break
            if index == wanted:
                return None  # given up: made anew, if it comes again
    return None
