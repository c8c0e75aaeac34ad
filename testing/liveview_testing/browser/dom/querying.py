"""Finding elements of the DOM by selector: `querySelectorAll`, over the borders of views and with what the client wrote.

Owns `find`, and document order (`in_order`, as `compareDocumentPosition` has it). Where the client changed nothing that the
selector asks about, the pages' own search answers, which costs what changed since it was last asked, and nothing is listed where
pages count; else the DOM is walked.

Law: both give the same elements, in document order; the walk is the meaning, the search is the speed.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Hashable, Iterator, Sequence
from itertools import islice
from string import ascii_letters
from typing import Any, cast

from liveview_testing.browser.dom.document import FRAME, Document
from liveview_testing.browser.dom.mark import Key
from liveview_testing.browser.dom.node import DomNode, at, container, portal_root, root
from liveview_testing.browser.page.finding.select import find as find_in_page
from liveview_testing.browser.page.finding.select import resembling, sketch_name
from liveview_testing.browser.page.finding.selector_reader import plan
from liveview_testing.browser.page.finding.selectors import Complex, Looking
from liveview_testing.browser.page.node import Node
from liveview_testing.browser.page.search import Sieve
from liveview_testing.browser.page.siblings import standing


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
    found = _in_pages(scope.document, selector, sieve, [scope] if scope.tag else None)
    if found is None:
        return list(islice(walk(scope, selector), limit))
    if scope.tag:
        found = [node for node in found if any(around.key == scope.key for around in node.ancestors())]
    return found[:limit]


def with_id(document: Document, dom_id: str | None) -> DomNode | None:
    """The first element with a DOM id (`document.getElementById`); None if there is none, or the id is empty."""
    if not dom_id:
        return None
    if "\\" in dom_id:  # no selector says it to the reader of selectors
        return next((each for each in root(document).iter() if each.id == dom_id), None)
    escaped = "".join(each if each in _LETTERS else f"\\{ord(each):x} " for each in dom_id)
    return next(iter(find(root(document), f"#{escaped}", limit=1)), None)


_LETTERS = frozenset(f"{ascii_letters}_")
"""What may stand anywhere in an id that is written without escapes."""


def body(document: Document) -> DomNode:
    """The body of a document; where none was sent, its root."""
    return next(iter(find(root(document), "body", limit=1)), root(document))


def asks_more(selector: str) -> bool:
    """Whether a selector asks for what a page alone does not say: places among siblings, states, the classes of containers."""
    return ":" in selector or ".phx-" in selector or "[class" in selector


_PLACES = frozenset(
    f"{place}-{kind}" for place in ("first", "last", "only", "nth", "nth-last") for kind in ("child", "of-type")
)
"""Pseudo-classes that ask where an element stands among its siblings, and nothing else."""


def _needs_a_walk(selector: str, document: Document) -> bool:
    """Whether the pages do not know what the last compounds ask.

    Siblings are of one page, in the order in which it has them, where nothing is kept, leaving or moved.
    """
    if not asks_more(selector):
        return False
    if document.rearranged or ".phx-" in selector or "[class" in selector or ":scope" in selector:
        return True
    last = " ".join(option.last.text for option in plan(selector).options)
    return " of " in last or not _PLACES.issuperset(re.findall(r":([^\s:(,.#\[]*)", last))


def _in_pages(
    document: Document, selector: str, sieve: Sieve | None, inside: list[DomNode] | None = None
) -> list[DomNode] | None:
    """What the pages' own searches find in the whole document; None where only a walk can tell.

    They are asked for the last compound alone, and what they find is looked at as the DOM has it: what is around an element may
    be of another page. Elements that the client wrote on are looked at each. `inside`: what is not in one of these may be missing.
    """
    if document.held or _needs_a_walk(selector, document) or (document.portals and "teleported" in selector):
        return None
    options = plan(selector).options
    wanted = ", ".join(dict.fromkeys(option.last.text for option in options))
    single = wanted == selector or all(len(option.compounds) == 1 for option in options)
    written: set[Key] = set()
    for key, mark in document.marks.items():
        if mark.text is not None:
            return None  # what is inside of it is not what was sent
        if mark.written:
            written.add(key)

    looking = Looking(cast(Any, root(document)))

    def has_around(node: DomNode) -> bool:
        """Whether what the whole selector says is so; where the page said that of the last compound, what stands before it."""
        each, said = cast(Any, node), len(options) == 1 and node.key not in written
        return any((said or option.last.matches(each, looking)) and option.reaches(each, looking) for option in options)

    anchors = _outermost(_anchors(document, options) if inside is None and len(options) == 1 else inside)
    found: dict[str, list[DomNode]] = {}
    moved: list[DomNode] = []
    for view in (FRAME, *document.views):
        found_there = _in_page(document, view, wanted, anchors, sieve)
        nodes = [DomNode(document, view, 0, node) for node in found_there]
        inside_portals = _in_templates(document, view, nodes) if document.portals else ()
        nodes = [node for node in nodes if (single and node.key not in written) or has_around(node)]
        if inside_portals:  # what they show stands elsewhere
            moved.extend(node for node in nodes if node.key in inside_portals and _is_attached(node))
            nodes = [node for node in nodes if node.key not in inside_portals]
        if nodes:
            found[view] = nodes
    known = {node.key for nodes in (moved, *found.values()) for node in nodes}
    more = [node for key in written - known if (node := at(document, key)) is not None and matches(node, selector)]
    return _in_order(document, found, [*moved, *more])


def _anchors(document: Document, options: Sequence[Complex]) -> list[DomNode] | None:
    """The elements that what is meant is inside of, where the selector names some; None where only a walk can tell."""
    (option,) = options
    for compound, combinator in zip(option.compounds[:-1], option.combinators[1:], strict=True):
        if combinator not in (" ", ">"):
            return None
        if compound.ids or compound.classes or compound.values:
            return _in_pages(document, compound.text, None)
    return None


def _outermost(nodes: list[DomNode] | None) -> list[DomNode] | None:
    """Those that are in no other of them, if they are few; None: all of the document."""
    if nodes is None or len(nodes) > FEW:
        return None
    keys = {node.key for node in nodes}
    return [node for node in nodes if not any(around.key in keys for around in node.ancestors())]


FEW = 8
"""How many elements are looked into one by one."""


def _in_page(
    document: Document, view: str, wanted: str, anchors: list[DomNode] | None, sieve: Sieve | None
) -> Iterator[Node]:
    """What the page of a view finds, or what it finds inside of some elements."""
    page = document.page(view)
    if anchors is None:
        yield from find_in_page(page, wanted, sieve=sieve)
        return
    if not page.inner and not page.templates.may_hold(plan(wanted).seek(None)):
        return
    if view != FRAME:
        around = container(document, view)
        outside = [] if around is None else [around.key, *(each.key for each in around.ancestors())]
        if any(anchor.key in outside for anchor in anchors):
            yield from find_in_page(page, wanted, sieve=sieve)
            return
    seen = set[Hashable]()
    for start in [
        *(anchor.node for anchor in anchors if anchor.view == view and not anchor.part),
        *_teleported(document, view),
    ]:
        for node in find_in_page(start, wanted, sieve=sieve):
            if node.path not in seen:
                seen.add(node.path)
                yield node
    for node in _teleported(document, view):
        if node.path not in seen and matches(DomNode(document, view, 0, node), wanted):
            yield node


def _teleported(document: Document, view: str) -> Iterator[Node]:
    """The elements of a view that portals have put elsewhere."""  # PA-30
    for number in document.teleported:
        key = document.numbers.get(number)
        template = None if key is None or key[0] != view or key[1] else document.page(view).node_at(key[2])
        node = None if template is None else portal_root(template)
        if node is not None:
            yield node


def _in_templates(document: Document, view: str, nodes: list[DomNode]) -> set[Key]:
    """The keys of those that are in the template of a portal."""
    templates = {node.path for node in find_in_page(document.page(view), "template[data-phx-portal]")}
    if not templates:
        return set()
    return {each.key for each in nodes if any(around.path in templates for around in each.node.ancestors())}


def _is_attached(node: DomNode) -> bool:
    """Whether an element is in the document: the content of a portal's template is, where it has been put somewhere."""
    while (around := node.parent) is not None:
        node = around
    return not node.tag


def _in_order(document: Document, found: dict[str, list[DomNode]], more: list[DomNode]) -> list[DomNode]:
    """What was found in each page, and some others, as they stand in the document."""
    for node in more:
        _put_in(found.setdefault(_stands_in(node), []), node, [node])
    if len(found) > 1:
        for shown in reversed(list(document.ordered())):  # what is inside of others first
            inside, around = found.pop(shown.id, None), container(document, shown.id)
            if inside and around is not None:
                _put_in(found.setdefault(shown.around, []), around, inside)
    return [node for nodes in found.values() for node in nodes]


def _stands_in(node: DomNode) -> str:
    """The view in whose page an element stands: that of the target, where a portal has put it out of its own."""
    if node.template is None:
        return node.view
    return next((around.view for around in node.ancestors() if around.template is None), node.view)


def _put_in(among: list[DomNode], where: DomNode, nodes: list[DomNode]) -> None:
    """Put what stands at an element, or inside of it, among others."""
    at = bisect_right(among, place(where), key=place) if among else 0
    among[at:at] = nodes


# --- document order ---------------------------------------------------------------------------------------------------------


def in_order(nodes: Sequence[DomNode]) -> list[DomNode]:
    """Elements in document order."""
    return list(nodes) if len(nodes) < 2 else sorted(nodes, key=place)


def place(node: DomNode) -> tuple[int, ...]:
    """Where an element stands: how many are before it among its siblings, and before each that it is in, outermost first."""
    found: list[int] = []
    while (around := node.parent) is not None:
        counted = None if node.rearranged or node.number < 0 else standing(node.place, node.number)
        found.append(_listed(node, around) if counted is None else counted[0])
        node = around
    return tuple(reversed(found))


def _listed(node: DomNode, around: DomNode) -> int:
    key = node.key
    return next((at for at, each in enumerate(around.elements()) if each.key == key), -1)


# --- what is apart ----------------------------------------------------------------------------------------------------------

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


def inside_view(document: Document, view: str, selector: str) -> list[DomNode]:
    """What is to be seen in the container of a view and matches, in the views inside it too: of what is held back as it was."""
    around = container(document, view)
    return [] if around is None else find(around, selector)


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


def is_behind(node: DomNode) -> bool:
    """Whether an element of a page is not there yet: what is around it is held back."""  # LK-10
    document = node.document
    if node.part or not document.held:
        return False
    return any(document.mark((node.view, 0, each.path)).held for each in node.node.ancestors())
