"""Looking across the views of one page: the DOM of nested views is inside their parent's.

Owns the search for a selector in a view and in the views nested in it: each has a page of its own, which hangs in its container.
What stands before a space in a selector may be outside of the container, so that `#sidebar button` finds a button of the view in
the sidebar. Law: what is found belongs to the view whose page it is on, and events at it go to that one, as in a browser,
also where LiveViewTest differs.
"""  # TK-3

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING

from liveview_testing.browser.element import Node
from liveview_testing.browser.select import search, sketch
from liveview_testing.browser.selectors import Complex, Looking, Plan, plan, same
from liveview_testing.failures import KitFailure, ManyMatches, TextFilter, failure
from liveview_testing.presence import missing

if TYPE_CHECKING:
    from liveview_testing.browser.page import Page
    from liveview_testing.view import View

__all__ = ["everywhere", "found", "none", "one", "pages", "within"]


def everywhere(view: View, selector: str, text: TextFilter = None) -> Iterator[tuple[View, Node]]:
    """What matches in the view, then in the views nested in it, each with the view that owns it."""
    wanted = plan(selector)
    yield from _within(view, wanted, wanted.options, text)


def found(view: View, selector: str, text: TextFilter = None) -> bool:
    """Whether anything matches."""
    return next(everywhere(view, selector, text), None) is not None


def one(view: View, selector: str, text: TextFilter = None) -> tuple[View, Node]:
    """The one element that matches, with its owner; else a failure of the kind that a single page gives."""  # TK-2
    matches = list(islice(everywhere(view, selector, text), 2))
    if len(matches) == 1:
        return matches[0]
    if matches:
        every = list(everywhere(view, selector, text))
        total = len(list(everywhere(view, selector))) if text is not None else None
        shown = tuple(sketch(node) for _, node in every[:5])
        raise failure(ManyMatches(selector, len(every), shown, text, total))
    raise none(view, selector, text)


def none(view: View, selector: str, text: TextFilter = None) -> KitFailure:
    """Why nothing matches, to be raised: the page that comes nearest speaks."""
    return failure(missing(pages(view), selector, text))


def pages(view: View) -> list[Page]:
    """The page of a view, then those of the views nested in it, as they are now."""
    return [view.page, *(child.page for child in _descendants(view))]


def within(view: View, owner: View, scope: Node, selector: str, text: TextFilter = None) -> list[Node]:
    """What matches inside an element that `view` shows and `owner` has, nested views there included; as `querySelectorAll`."""
    return [node for its, node in everywhere(view, selector, text) if _is_inside(its, node, owner, scope)]


def _is_inside(its: View, node: Node, owner: View, scope: Node) -> bool:
    around = node.ancestors()
    while its != owner:
        parent = its.line.tab.parent
        if parent is None:
            return False
        container, its = its.process.id, type(its)(its.sim, parent)
        hung = its.page.by_id(container)
        if not hung:
            return False
        around = iter((hung[0], *hung[0].ancestors()))
    return any(same(each) == same(scope) for each in around)


def _descendants(view: View) -> Iterator[View]:
    for child in view.live_children():
        if child.line.joined:
            yield child
            yield from _descendants(child)


def _within(view: View, wanted: Plan, options: tuple[Complex, ...], text: TextFilter) -> Iterator[tuple[View, Node]]:
    """`options` are what is left of the selector inside this view: all of it, or its end after what matched outside."""
    page = view.page
    inside = wanted if options is wanted.options else Plan(wanted.selector, options)
    yield from ((view, node) for node in search(page.root, inside, text))
    looking: Looking | None = None
    for child in view.live_children():
        line = child.line
        if not line.joined:
            continue
        containers = page.by_id(child.process.id)
        looking = looking or Looking(page.root)
        ends = tuple(end for option in options for end in _ends(option, containers, looking))
        # All of it may be inside as well; an end that is there already is not tried twice.
        own = options if not ends else tuple(dict.fromkeys((*options, *ends)))
        yield from _within(child, wanted, own, text)


def _ends(option: Complex, containers: list[Node], looking: Looking) -> Iterator[Complex]:
    """What may follow inside of a container, after a beginning of the option that matched it or something around it."""
    for at in range(1, len(option.compounds)):
        if option.combinators[at] not in (" ", ">"):
            continue
        around = [
            each
            for node in containers
            for each in ((node, *node.ancestors()) if option.combinators[at] == " " else (node,))
        ]
        if any(
            option.compounds[at - 1].matches(each, looking) and option.reaches(each, looking, at - 1) for each in around
        ):
            yield Complex(option.compounds[at:], ("", *option.combinators[at + 1 :]))
