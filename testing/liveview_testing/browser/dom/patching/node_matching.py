"""Which element of the next page an element is: the official client's matching of nodes, for the few elements it is asked for.

Owns `followed`. The client's morph keeps an element by its key (DOM id, else the mark of a component's or rooted template's root)
wherever it moves, and one without a key by its order among the siblings and its tag. Nothing is morphed here: only
the way from the top of the page to the one element is compared.

Law: the answer is the node that the official client would have kept, or None if it would have made a new one.
"""  # PA-7 … PA-11

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias, cast

from liveview_core.values.declaring import frozen
from liveview_testing.browser.page.difference import difference
from liveview_testing.browser.page.finding.select import find
from liveview_testing.browser.page.node import Node, PageOfNodes
from liveview_testing.browser.page.tree.tree import Root

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
    joins = is_of_a_join(after)
    if not joins and is_component_root(before):
        cid = before.place.cid
        node = None if cid is None else after.component(cid)
        return node if node is not None and node.tag == before.tag and not node.id else None
    parent = before.parent
    if parent is None:
        return None
    there = followed(parent, after)
    found = None if there is None else _among(before, parent, there, joins=joins)
    if found is None and not joins and before.number == 0 and before.place.node.rooted is not None:
        return _rooted(before, after)
    return found


def origin(after: Node, before: PageOfNodes) -> Node | None:
    """The element of `before` that is kept as `after`; None if that is a new one."""
    if after.number < 0:
        return before.root
    if after.page is before:
        return after
    dom_id = after.id
    if dom_id:
        return next((node for node in before.by_id(dom_id) if node.tag == after.tag), None)
    joins = is_of_a_join(after.page)
    if not joins and is_component_root(after):
        cid = after.place.cid
        node = None if cid is None else before.component(cid)
        return node if node is not None and node.tag == after.tag and not node.id else None
    rooted = after.place.node.rooted if after.number == 0 and not joins else None
    if rooted is not None:
        return None if rooted.since > before.merges else _rooted(after, before)
    parent = after.parent
    was = None if parent is None else origin(parent, before)
    if parent is None or was is None:
        return None
    if parent.place.node is was.place.node and parent.number == was.number:
        return before.node_at(after.path)
    old = was.children
    return next(
        (node for node in old if isinstance(node, Node) and _among(node, was, parent, joins=joins) == after), None
    )


def _rooted(node: Node, page: PageOfNodes) -> Node | None:
    """The element of another page with the magic id of a root, wherever it stands there."""
    key, same = node.place.node.rooted, page.node_at(node.path)
    if same is not None and same.number == 0 and same.place.node.rooted is key:
        return same if same.tag == node.tag else None
    for each in find(page, node.tag):
        if each.number == 0 and each.place.node.rooted is key:
            return each
    return None


def is_of_a_join(page: PageOfNodes) -> bool:
    """Whether a page is one that a join has brought: to its elements those before it are known by their DOM ids alone."""  # PA-7
    return page.merges == 1


def is_component_root(node: Node) -> bool:
    """Whether the element is the root of a component: it has a key, whatever its attributes are."""
    return node.number == 0 and isinstance(node.place.node, Root)


def is_stub(node: Node) -> bool:
    """Whether the root of a component, or of a rooted template, comes as a stub, if nothing in it has changed."""
    return is_component_root(node) or (node.number == 0 and node.place.node.rooted is not None)


def is_in(node: Node, root: Node) -> bool:
    """Whether an element is inside another of its page."""
    return any(each.path == root.path for each in node.ancestors())


def _among(before: Node, parent: Node, there: Node, *, joins: bool) -> Node | None:
    """The child of `there` that a child of `parent` without a DOM id is kept as."""
    same = there.page.node_at(before.path)
    if parent.place.node is there.place.node and parent.number == there.number:
        return same  # nothing changed at this level, or below
    old, new = parent.children, there.children
    key = None if joins else key_of(before)
    if key is not None:  # a rooted template: it is kept wherever it moves among its siblings
        return next(
            (kid for kid in new if isinstance(kid, Node) and kid.tag == before.tag and key_of(kid) == key), None
        )
    position = _position(old, before)
    if position is None:
        return None
    page = before.page
    found = kept_as(seen(old, joins=joins), seen(new, joins=joins), position, lambda key: _tag_of(page, key))
    kid = None if found is None else new[found]
    return kid if isinstance(kid, Node) else None


def _position(children: Sequence[Node | str], node: Node) -> int | None:
    path = node.path
    for at, each in enumerate(children):
        if isinstance(each, Node) and each.path == path:
            return at
    return None


def seen(children: Sequence[Node | str], *, joins: bool = False) -> Children:
    """Children as the matching sees them; `joins`: in the patch of a join."""
    return [
        Child(TEXT) if isinstance(each, str) else Child(each.tag, (each.id or None) if joins else key_of(each))
        for each in children
    ]


def key_of(node: Node) -> object:
    """What the client knows an element by, wherever it is: its DOM id, else the magic id of a root; None if it has neither."""
    dom_id = node.id
    if dom_id:
        return dom_id
    if node.number != 0:
        return None
    here = node.place.node
    return ("component", here.cid) if isinstance(here, Root) else here.rooted


def _tag_of(page: PageOfNodes, key: object) -> str | None:
    """The tag of the element with this key, wherever it is on a page; None if there is none."""
    node: Node | None = None
    if isinstance(key, str):
        node = next(iter(page.by_id(key)), None)
    elif isinstance(key, tuple):
        node = page.component(cast("int", key[1]))
    return None if node is None else node.tag


def kept_as(
    old: Children, new: Children, wanted: int, elsewhere: Callable[[object], str | None] = lambda _: None
) -> int | None:
    """Which of the new children the old child number `wanted` is kept as.

    `elsewhere` gives the tag of what has a key on the rest of the old page.

    >>> p, li, text = Child("p"), Child("li"), Child("#text")
    >>> kept_as([p, li], [p, li], 1)
    1
    >>> kept_as([p, li], [li], 1)
    0
    >>> kept_as([p, li], [Child("b"), p, li], 1) is None
    True
    """  # PA-8 … PA-10
    found = placed_as(old, new, wanted, elsewhere)
    return None if found is None else found[0]


def placed_as(
    old: Children, new: Children, wanted: int, elsewhere: Callable[[object], str | None] = lambda _: None
) -> tuple[int, bool] | None:
    """As `kept_as`, with whether the child is taken out and put in again on the way: then it loses the focus."""  # PF-12
    keys = {child.key: at for at, child in enumerate(old) if child.key is not None}
    key = old[wanted].key
    used: set[object] = set()
    order = list(range(len(old)))  # the old children as they stand now: keyed ones move
    at = 0
    for number, child in enumerate(new):
        while at < len(order):
            index = order[at]
            other = old[index]
            matches = (other.tag == TEXT) == (child.tag == TEXT)
            tag = other.tag
            moved = False
            if matches and child.tag != TEXT:
                if child.key is not None:
                    if child.key != other.key:
                        here = None if child.key in used else keys.get(child.key)
                        far = None if here is not None or child.key in used else elsewhere(child.key)
                        if here is None and far is None:
                            matches = False
                        elif here is not None and order[at + 1 : at + 2] == [here]:
                            matches = False
                        else:  # that element is moved here, and this one is given up
                            if index == wanted and key is None:
                                return None
                            moved = True
                            if here is None:
                                index, tag = -1, far or ""
                            else:
                                if here in order:
                                    order.remove(here)
                                at = order.index(index)
                                index, tag = here, old[here].tag
                elif other.key is not None:
                    matches = False
                matches = matches and tag == child.tag
            at += 1
            if matches:
                if index == wanted:
                    return number, moved
                break
            if index == wanted and key is None:
                return None  # given up: made anew, if it comes again
        else:
            if key is not None and child.key == key and child.tag == old[wanted].tag:
                return number, True  # noted as given up, and put in again at the end
        if child.key is not None:
            used.add(child.key)
    return None


def moved_with(before: Node, after: Node, top: Node | None = None) -> Node | None:
    """What is taken out and put in again on the way, if an element that is kept is: that one, or the outermost around it.

    `top`: the element that is patched, which stays; None: all of the page is.
    """
    old, new = before, after
    page = old.page
    known = difference(page, new.page)
    if known is not None and known.steady:
        return None  # all elements stand where they stood: nobody has to look at siblings
    found: Node | None = None
    joins = is_of_a_join(new.page)
    while True:
        if top is not None and old.path == top.path:
            return found
        around, there = old.parent, new.parent
        key = (old.id or None) if joins else key_of(old)
        if around is None or there is None or (around.number < 0 and there.number < 0 and key is None):
            return found
        if key is not None and there.get("phx-update") != "stream":
            kept = followed(around, new.page)
            if kept is None or kept != there:
                return old
            if around.place.node is not there.place.node or around.number != there.number:
                position = _position(around.children, old)
                if position is None:
                    return old
                children = seen(around.children, joins=joins), seen(there.children, joins=joins)
                place = placed_as(*children, position, lambda key: _tag_of(page, key))
                if place is None or place[1]:
                    found = old
        if around.number < 0:
            return found
        old, new = around, there
