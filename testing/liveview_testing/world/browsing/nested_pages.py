"""The document that a view's page is part of: with the pages of the views around it and in it, as one DOM.

Law: a view alone costs nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from liveview_testing.browser.page.nested_views import frame
from liveview_testing.browser.page.page import Page

if TYPE_CHECKING:
    from liveview_testing.world.world import Line


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
