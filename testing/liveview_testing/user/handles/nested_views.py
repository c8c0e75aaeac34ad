"""Elements of the whole document that a view is part of, each with the view that it belongs to.

Law: what is found belongs to the view whose page it is on, and events at it go to that one, as in a browser (LiveViewTest differs
there). A view alone costs nothing.
"""  # TK-3, test-client.md 4

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeVar

from liveview_testing.browser.page.finding.select import find, missed
from liveview_testing.browser.page.node import Node
from liveview_testing.browser.page.page import Page
from liveview_testing.failures.exceptions import KitFailure, TextFilter, failure
from liveview_testing.user.handles.view_page import Looking
from liveview_testing.world.browsing.nested_pages import on_page

V = TypeVar("V", bound=Looking[Any])

__all__ = ["everywhere", "none", "owner_of", "scene"]


def scene(view: Looking[Any]) -> Page:
    """The page of a view that is there, in its document."""
    return on_page(view.sim.world.lines, view.here().id)


def owner_of(view: V, node: Node) -> V:
    """The view that an element belongs to: this one, or another of its document."""
    owner = node.page.owner
    return view if owner is None or owner == view.id else type(view)(view.sim, owner)


def everywhere(view: V, selector: str, text: TextFilter = None) -> Iterator[tuple[V, Node]]:
    """What matches in the view and in those nested in it, in document order, each with the view that owns it."""
    for node in find(scene(view), selector, text):
        yield owner_of(view, node), node


def none(view: Looking[Any], selector: str, text: TextFilter = None) -> KitFailure:
    """Why nothing matches, to be raised."""
    return failure(missed(scene(view), selector, text))
