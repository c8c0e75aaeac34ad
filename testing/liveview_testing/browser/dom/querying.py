"""Finding elements of the DOM by selector: `querySelectorAll`, over the borders of views and with what the client wrote.

Owns `find`. Where the client changed nothing that the selector asks about, the pages' own search answers, which costs what changed
since it was last asked; else the DOM is walked.

Law: both give the same elements, in document order; the walk is the meaning, the search is the speed.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from liveview_testing.browser.dom.document import FRAME
from liveview_testing.browser.dom.node import DomNode
from liveview_testing.browser.finding.select import find as find_in_page
from liveview_testing.browser.finding.selectors import Looking, plan


def find(scope: DomNode, selector: str, limit: int | None = None) -> list[DomNode]:
    """The elements inside `scope` that match, in document order. Raises SelectorError."""
    if "selected" not in selector and _is_plain(scope):
        document, view, part = scope.document, scope.view, scope.part
        return [DomNode(document, view, part, node) for node in find_in_page(scope.source, selector, limit=limit)]
    return list(walk(scope, selector))[:limit]


def _is_plain(scope: DomNode) -> bool:
    """Whether the page of the scope's view answers: nothing was written, and no other view is inside."""
    document = scope.document
    if scope.view == FRAME or document.held:
        return False
    if any(shown.around == scope.view for shown in document.views.values()):
        return False
    return not any(key[0] == scope.view and (mark.written or mark.text) for key, mark in document.marks.items())


def walk(scope: DomNode, selector: str) -> Iterator[DomNode]:
    """As `find`, by looking at every element."""
    sought = plan(selector)
    looking = Looking(cast(Any, scope))
    for node in scope.iter():
        each = cast(Any, node)
        if any(option.last.matches(each, looking) and option.reaches(each, looking) for option in sought.options):
            yield node


def matches(node: DomNode, selector: str) -> bool:
    """Whether an element matches (`el.matches`)."""
    looking = Looking(cast(Any, node))
    each = cast(Any, node)
    return any(
        option.last.matches(each, looking) and option.reaches(each, looking) for option in plan(selector).options
    )


def closest(node: DomNode, selector: str) -> DomNode | None:
    """The nearest of the element and those around it that matches (`el.closest`)."""
    return next((each for each in (node, *node.ancestors()) if matches(each, selector)), None)
