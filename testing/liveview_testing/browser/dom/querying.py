"""Finding elements of the DOM by selector: `querySelectorAll`, over the borders of views and with what the client wrote.

Owns `find`. Where the client changed nothing that the selector asks about, the pages' own search answers, which costs what changed
since it was last asked; else the DOM is walked.

Law: both give the same elements, in document order; the walk is the meaning, the search is the speed.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from liveview_testing.browser.dom.document import FRAME, Document
from liveview_testing.browser.dom.mark import Key
from liveview_testing.browser.dom.node import DomNode, at, root
from liveview_testing.browser.page.finding.select import find as find_in_page
from liveview_testing.browser.page.finding.select import resembling, sketch_name
from liveview_testing.browser.page.finding.selector_reader import plan
from liveview_testing.browser.page.finding.selectors import Looking
from liveview_testing.browser.page.search import Sieve


def find(scope: DomNode, selector: str, limit: int | None = None, sieve: Sieve | None = None) -> list[DomNode]:
    """The elements inside `scope` that match, in document order. Raises SelectorError.

    With a `sieve` those may be missing that stand in rows of lists which it denies.
    """
    found = _find(scope, selector, limit, sieve)
    if not found or not has_apart(scope.document) or not any(is_apart(node, scope) for node in found):
        return found
    every = found if limit is None else _find(scope, selector, None, sieve)
    return [node for node in every if not is_apart(node, scope)][:limit]


def _find(scope: DomNode, selector: str, limit: int | None, sieve: Sieve | None) -> list[DomNode]:
    if "selected" not in selector and _is_plain(scope):
        document, view, part = scope.document, scope.view, scope.part
        nodes = find_in_page(scope.source, selector, limit=limit, sieve=sieve)
        return [DomNode(document, view, part, node) for node in nodes]
    found = None if scope.tag or scope.view != FRAME else _in_pages(scope, selector, sieve)
    return (list(walk(scope, selector)) if found is None else found)[:limit]


def asks_more(selector: str) -> bool:
    """Whether a selector asks for what a page alone does not say: places among siblings, states, the classes of containers."""
    return ":" in selector or ".phx-" in selector or "[class" in selector


def _in_pages(scope: DomNode, selector: str, sieve: Sieve | None) -> list[DomNode] | None:
    """What the pages' own searches find in the whole document; None where only a walk can tell.

    They are asked for the last compound alone, and what they find is looked at as the DOM has it: what is around an element may
    be of another page. Elements that the client wrote on are looked at each.
    """
    document = scope.document
    if document.held or document.portals or asks_more(selector):
        return None
    wanted = ", ".join(dict.fromkeys(option.last.text for option in plan(selector).options))
    single = wanted == selector or all(len(option.compounds) == 1 for option in plan(selector).options)
    written: set[Key] = set()
    for key, mark in document.marks.items():
        if mark.text is not None:
            return None  # what is inside of it is not what was sent
        if mark.written:
            written.add(key)
    found: list[DomNode] = []
    pages = 0
    for view in (FRAME, *document.views):
        found_there = find_in_page(document.page(view), wanted, sieve=sieve)
        nodes = [DomNode(document, view, 0, node) for node in found_there]
        nodes = [node for node in nodes if (single and node.key not in written) or matches(node, selector)]
        pages += bool(nodes)
        found.extend(nodes)
    known = {node.key for node in found}
    more = [node for key in written - known if (node := at(document, key)) is not None and matches(node, selector)]
    if pages > 1 or (more and found):
        return None  # in which order they stand only a walk tells
    return [*found, *more] if len(more) < 2 else None


APART = ("template", "noscript")
"""What is in these is no part of the document."""


def has_apart(document: Document) -> bool:
    """Whether something on the page may be in a template or in a noscript."""
    wanted = plan(", ".join(APART)).seek(None)
    return any(document.page(view).templates.may_hold(wanted) for view in (FRAME, *document.views))


def is_apart(node: DomNode, scope: DomNode) -> bool:
    """Whether an element is in one of them, below the scope."""
    if scope.tag in APART:
        return True
    for around in node.ancestors():
        if around.key == scope.key:
            return False
        if around.tag in APART:
            return True
    return False


def _is_plain(scope: DomNode) -> bool:
    """Whether the page of the scope's view answers: nothing was written, and no other view is inside."""
    document = scope.document
    if scope.view == FRAME or document.held or document.portals:
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


def near(document: Document, selector: str) -> list[str]:
    """What a selector that matches nothing may have meant: elements that are there, by short selectors of theirs."""
    wanted = plan(selector).options[0].last
    bare = wanted.tag if wanted.text == wanted.tag else None
    if bare is not None:  # a name without its sign
        signs = (f"#{bare}", f".{bare}")
        named = [sign for sign in signs if find(root(document), sign, limit=1)]
        if named:
            return named
    return [sketch_name(each) for each in resembling(root(document).iter(), wanted)]
