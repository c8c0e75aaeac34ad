"""What becomes of the focus at a patch: it stays, goes along, or is lost.

Owns the fate of the one element that has the focus. Law: it is decided before the patch, from the document as it is.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

from liveview_testing.browser.dom.document import Document
from liveview_testing.browser.dom.following import followed, moved_with
from liveview_testing.browser.dom.mark import Key, Mark
from liveview_testing.browser.dom.node import at, container
from liveview_testing.browser.dom.visiting import (
    is_changed_select,
    is_single,
    visits,
)
from liveview_testing.browser.page.node import Node, PageOfNodes
from liveview_testing.browser.page.page import Page

Fate: TypeAlias = 'Literal["stays", "moves", "changes", "goes"]'
"""What becomes of the focus in a patch: what has it is not touched; is taken out and put in again; is a select that is patched all
the same; is gone."""


def focus_fate(document: Document, view: str, after: Page, *, whole: bool) -> Fate:
    """What becomes of the focus as `view` shows the page `after`."""  # PF-12, FI-12
    key = document.focus
    while (
        key is not None and key[0] != view and key[0] in document.views
    ):  # in a view inside: what becomes of its container
        above = container(document, key[0])
        key = None if above is None else above.key
    if key is None or key[0] != view or key[1]:
        return "stays"
    return _fate(document, key, document.page(view).node_at(key[2]), after, whole=whole)


def lost_with(document: Document, view: str, after: Page) -> Node | None:
    """The element at which a patch of `view` takes the focus away: it has come to all that is around it and before it by then."""
    key = document.focus
    node = None if key is None or key[0] != view or key[1] else document.page(view).node_at(key[2])
    if node is None:
        return None
    there = followed(node, after)
    if there is not None:
        return moved_with(node, there) or node
    return next((each for each in reversed([node, *node.ancestors()]) if followed(each, after) is None), node)


def fate_at_unlock(document: Document, key: Key, ref: int) -> Fate:
    """The same as what was held back from an element is applied, because everything up to `ref` was answered."""  # LK-20
    owner, part, focus = at(document, key), document.mark(key).held, document.focus
    if owner is None or not part or focus is None or (focus != key and focus[1] != part):
        return "stays"
    if focus != key and has_twin(document.mark(focus)):
        return "stays"
    held = document.held[part].node
    node = held if focus == key else held.page.node_at(focus[2])
    return _fate(document, focus, node, owner.node.page, whole=True, ref=ref)


def has_twin(mark: Mark) -> bool:
    """Whether it was held back in a part that is held back, too: it is released by itself, after what is around it."""  # LK-21
    return mark.again is not None and mark.again.cloned


def outlasts(mark: Mark, ref: int) -> bool:
    """Whether an element is still locked once everything up to `ref` was answered."""
    return mark.lock is not None and mark.lock > ref


def _fate(
    document: Document,
    key: Key,
    node: Node | None,
    after: PageOfNodes,
    *,
    whole: bool,
    ref: int = -1,
) -> Fate:
    """What becomes of the element with the focus. `ref`: what is locked up to it is patched."""
    if node is None:
        return "stays"
    above = [node, *node.ancestors()]
    marks = [document.mark((key[0], key[1], each.path)) for each in above]
    if ref >= 0 and any(has_twin(mark) for mark in marks[1:]):
        return "stays"
    locked = [at for at, mark in enumerate(marks) if at and outlasts(mark, ref)]
    there = None if locked else followed(node, after)
    if there is None:  # what is held back stays (LK-10), if what is around it does
        gone = [each for each in above[locked[-1] if locked else 0 :] if followed(each, after) is None]
        return "goes" if gone and gone[-1].get("phx-remove") is None else "stays"
    if moved_with(node, there) is not None:
        return "moves"
    mark = document.mark(key)
    if visits(node, there, whole=whole) and is_single(node) and there.get("phx-patch-focused") is None:
        return "changes" if is_changed_select(mark, node, there, released=ref >= 0) else "stays"
    return "stays"
