"""The top layer: what is shown above the page, and what a modal dialog leaves out of reach.

Owns `modal`, the dialog that the page waits behind, and `is_inert`: whether nobody can reach an element, because it, or something
around it, says so, or because it is not in that dialog.

Law: what is on top is asked of the document; a page without anything on top answers without looking at its elements.
"""  # AC-10, AC-12

from __future__ import annotations

from collections.abc import Iterator

from liveview_testing.browser.dom.document import Document, OnTop
from liveview_testing.browser.dom.node import DomNode, at

POPOVERS = frozenset(("auto", "hint", "manual"))
LIGHT = frozenset(("auto", "hint"))
"""The kinds of popover that a click elsewhere closes."""


def on_top(document: Document) -> Iterator[tuple[OnTop, DomNode]]:
    """What is on top and still in the document, what was shown last first."""
    for layer in reversed(document.on_top):
        key = document.numbers.get(layer.number)
        node = None if key is None else at(document, key)
        if node is not None:
            yield layer, node


def modal(document: Document) -> DomNode | None:
    """The modal dialog that was opened last; also one whose `open` was taken away, which leaves the page out of reach."""
    if not document.on_top:
        return None
    return next((node for layer, node in on_top(document) if layer.kind == "modal"), None)


def is_inert(node: DomNode) -> bool:
    """Whether an element cannot be focused or pressed, whatever it is."""
    chain = (node, *node.ancestors())
    before = modal(node.document)
    if before is None:
        return any(each.get("inert") is not None for each in chain)
    for each in chain:
        if each.get("inert") is not None:
            return True
        if each == before:
            return False  # a modal dialog is taken out of what is around it
    return True


def is_popover(node: DomNode) -> bool:
    """Whether an element is a popover that is shown."""
    return node.get("popover") is not None and node.mark.popover


def kind_of_popover(node: DomNode) -> str:
    """How a popover is closed: by a click elsewhere (`auto`, `hint`), or only when it is told to."""
    said = (node.get("popover") or "auto").lower()
    return said if said in POPOVERS else "manual"
