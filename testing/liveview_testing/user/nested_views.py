"""The document that a view is part of: its page with those of the views around it and in it, as one DOM.

Law: what is found belongs to the view whose page it is on, and events at it go to that one, as in a browser (LiveViewTest differs
there). A view alone costs nothing.
"""  # TK-3, test-client.md 4

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from liveview_testing.browser.finding.select import find, missed
from liveview_testing.browser.page.frames import frame
from liveview_testing.browser.page.node import Node
from liveview_testing.browser.page.page import Page
from liveview_testing.failures.exceptions import KitFailure, TextFilter, failure

if TYPE_CHECKING:
    from liveview_testing.browser.page.page import Page
    from liveview_testing.user.view import View
    from liveview_testing.world.world import Line

__all__ = ["everywhere", "none", "on_page", "owner_of", "scene"]


def scene(view: View) -> Page:
    """The page of a view that is there, in its document."""
    return on_page(view.sim.world.lines, view.here().id)


def on_page(lines: Mapping[str, Line], pid: str) -> Page:
    """The page of a view, in the document that it is part of."""
    line = lines[pid]
    if line.tab.parent is None and not line.tab.children:
        return line.page
    while (parent := lines[pid].tab.parent) is not None:
        pid = parent
    return frame(_pages(lines, pid), line.id)


def _pages(lines: Mapping[str, Line], pid: str) -> Iterator[tuple[str, Page, str | None, str | None]]:
    line = lines[pid]
    if not isinstance(line.page, Page):  # pyright: ignore[reportUnnecessaryIsInstance] - its client has not joined yet
        return
    yield pid, line.page, line.tab.parent, None if line.tab.parent is None else line.dom_id
    for child in line.tab.children:
        yield from _pages(lines, child)


def owner_of(view: View, node: Node) -> View:
    """The view that an element belongs to: this one, or another of its document."""
    owner = node.page.owner
    return view if owner is None or owner == view.id else type(view)(view.sim, owner)


def everywhere(view: View, selector: str, text: TextFilter = None) -> Iterator[tuple[View, Node]]:
    """What matches in the view and in those nested in it, in document order, each with the view that owns it."""
    for node in find(scene(view), selector, text):
        yield owner_of(view, node), node


def none(view: View, selector: str, text: TextFilter = None) -> KitFailure:
    """Why nothing matches, to be raised."""
    return failure(missed(scene(view), selector, text))
