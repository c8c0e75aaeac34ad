"""Controls that a patch brings or writes, of which nothing need be known before.

Owns the search for them: selects that are new, or left without a choice, and textareas for which another text is sent. Law: it
costs what the patch has touched.
"""  # FI-8, FI-9

from __future__ import annotations

from collections.abc import Iterator

from liveview_testing.browser.dom.patching.node_matching import origin
from liveview_testing.browser.dom.patching.patched_element import is_left_empty, is_single
from liveview_testing.browser.page.difference import difference
from liveview_testing.browser.page.finding.select import find, found_in
from liveview_testing.browser.page.node import Node, PageOfNodes
from liveview_testing.browser.page.templates.skeleton import Skeleton


def selects_sent(before: PageOfNodes, after: PageOfNodes) -> tuple[list[Node], list[tuple[Node, Node]]]:
    """The single selects that a patch brings, and those that it leaves without a choice, with those that they were.

    None has visited those that it brings yet.
    """  # FI-9
    new: list[Node] = []
    empty: list[tuple[Node, Node]] = []
    for was, node in _sent(before, after, "select"):
        if not is_single(node):
            continue
        if was is None:
            new.append(node)
        elif is_left_empty(was, node):
            empty.append((was, node))
    return new, empty


def rewritten(before: PageOfNodes, after: PageOfNodes) -> Iterator[tuple[Node, Node]]:
    """The textareas of a page with those that they were, where another text is sent for them."""
    for was, node in _sent(before, after, "textarea"):
        if was is not None and was.content != node.content:
            yield was, node


def _sent(before: PageOfNodes, after: PageOfNodes, tag: str) -> Iterator[tuple[Node | None, Node]]:
    """The elements of a page that a patch brings (None), or does not leave as they are, with those that they were."""
    if before is after:
        return
    known = difference(before, after)
    if known is not None:
        for old, new in known.touched:
            yield from ((Node(old, at), Node(new, at)) for at in _tagged(new.shape, tag))
        yield from ((origin(node, before), node) for node in found_in(known.came, tag))
        return
    for node in find(after, tag):
        was = origin(node, before)
        if was is None or was.place.node is not node.place.node:
            yield was, node


def _tagged(shape: Skeleton, tag: str) -> tuple[int, ...]:
    """The numbers of the elements of a template with a tag."""
    found: tuple[int, ...] | None = shape.memo.get(("tagged", tag))
    if found is None:
        found = shape.memo["tagged", tag] = tuple(each.number for each in shape.elements if each.tag == tag)
    return found
