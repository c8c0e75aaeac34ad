"""Whether a patch has changed an element, as `updated` of its hook asks it.

Owns the comparison of two versions of an element as the official client's morph makes it. Law: what was only moved, or is the same
in the DOM, is no change.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from liveview_testing.browser.dom.mark import PLAIN
from liveview_testing.browser.dom.node import SESSION, DomNode
from liveview_testing.browser.dom.options import options_of
from liveview_testing.browser.dom.patching.node_matching import is_of_a_join, is_stub, origin
from liveview_testing.browser.dom.patching.patched_element import (
    copied_attributes,
    given_in_clone,
    is_ignored,
    is_in_ignored,
    is_single,
    visited_attributes,
    visits,
)
from liveview_testing.browser.dom.stream_rows import is_row_root
from liveview_testing.browser.page.node import Node
from liveview_testing.browser.page.place import Place

T = TypeVar("T")


def changes(now: DomNode, old: Node, new: Node, *, whole: bool) -> bool:
    """Whether the client sees a difference between an element and the one that comes for it."""  # HK-7, HK-7a
    if not visits(old, new, whole=whole):
        return False
    if now.mark.copied:
        return True
    if is_ignored(old):
        return _data(old) != _data(new)
    if dict(now.attributes) != visited_attributes(now.mark, old, new) or not _is_same_inside(now, new):
        return True
    whole_page = is_of_a_join(new.page)  # which has no stubs
    return any(
        each.get(SESSION) is not None
        or (not whole_page and each.place.node is not new.place.node and _comes_as_stub(each, old))
        for each in new.iter()
    )


def changes_at_unlock(now: DomNode, old: Node, new: Node) -> bool:
    """The same where what comes is the hidden clone: all of it is there, and what is ignored as it was."""  # HK-18
    if is_in_ignored(old):
        return False
    if is_ignored(old):
        return _data(old) != _data(new)
    wanted: dict[str, str] | None
    if visits(old, new, whole=True):
        wanted = visited_attributes(now.mark, old, new)
    else:  # what no patch has come to is in the clone as it was copied
        held = now.document.held.get(now.mark.held or now.part)
        wanted = None if held is None else copied_attributes(now.mark, held.copied.get(old.path, PLAIN), old)
    if wanted is not None and dict(now.attributes) != wanted:
        return True
    return not _is_same_inside(now, new, clone=True)


def _comes_as_stub(node: Node, old: Node) -> bool:
    """Whether the root of a component, or of a rooted template, has not been rendered again."""  # HK-7a
    was = origin(node, old.page) if is_stub(node) else None
    return was is not None and was.place.node is node.place.node


def _is_same_inside(now: DomNode, new: Node, *, clone: bool = False) -> bool:
    """Whether what is in an element equals what is sent for it: in whichever order attributes are written."""
    mine, theirs = _merged(now.children), _merged(new.children)
    return len(mine) == len(theirs) and all(
        one == other if isinstance(one, str) or isinstance(other, str) else _is_same(one, other, clone=clone)
        for one, other in zip(mine, theirs, strict=True)
    )


def _is_same(now: DomNode, new: Node, *, clone: bool = False) -> bool:
    if now.tag != new.tag:
        return False
    twin = now.mark.again if clone else None
    if twin is not None:  # it was copied while it waited itself, and no patch has come to the copy
        return (twin.loading, twin.lock) == (now.mark.loading, now.mark.lock)
    if clone and not visits(now.node, new, whole=True):
        return _is_as_copied(now) and _is_same_inside(now, new, clone=True)
    if new.get("phx-update") == "stream" and not clone:
        same = not any(True for _ in new.elements()) if is_of_a_join(new.page) else _is_same_stream(now, new)  # PA-24
        return dict(now.attributes) == dict(new.attributes) and same
    sent = _as_sent(new) if is_ignored(new) and not clone else new
    mine, theirs = dict(now.attributes), dict(sent.attributes)
    if clone and new.tag == "option":  # which of them has the attribute is asked of the select
        mine.pop("selected", None)
        theirs.pop("selected", None)
    if clone and is_single(new) and _given(now) != given_in_clone(now.source, new):
        return False
    return mine == theirs and _is_same_inside(now, sent, clone=clone)


def _is_as_copied(now: DomNode) -> bool:
    """Whether the attributes of an element are those that its copy in the hidden clone has, to which no patch has come."""
    held = now.document.held.get(now.part)
    if held is None or now.tag == "option" or now.node.get(SESSION) is not None:
        return True
    return dict(now.attributes) == dict(held.copied.get(now.node.path, PLAIN).attributes(now.node.attributes))


def _given(select: DomNode) -> list[int]:
    """The numbers of the options that have the attribute `selected` now."""
    return [at for at, each in enumerate(options_of(select)) if each.get("selected") is not None]


def _is_same_stream(now: DomNode, new: Node) -> bool:
    """Rows that go are gone by then; rows that stay are not sent again, so that they differ from nothing; what is no row is."""
    # PA-23
    there = {each.id: each for each in new.elements()}
    for each in now.elements():
        sent = there.pop(each.id, None)
        stays = sent is not None and is_row_root(sent) and sent.place.node is each.node.place.node
        if sent is not None and (stays or not _is_same(each, sent)):
            return False
    return not there


def _as_sent(node: Node) -> Node:
    """An ignored element with what was sent for it, and is not shown."""
    place = node.place
    bare = place.node.with_slots(place.node.slots, place.node.known_shape)
    bare.grafts = {name: graft for name, graft in (bare.grafts or {}).items() if name != node.id}
    return Node(Place(place.page, bare, place.above, place.host, place.step, place.floor), node.number)


def _merged(children: Sequence[T | str]) -> list[T | str]:
    """Children with texts that stand side by side as one."""
    found: list[T | str] = []
    for each in children:
        if isinstance(each, str) and found and isinstance(found[-1], str):
            found[-1] += each
        elif each != "":
            found.append(each)
    return found


def _data(node: Node) -> dict[str, str]:
    return {name: value for name, value in node.attributes.items() if name.startswith("data-")}
