"""A tab that is opened: its first page, which stands there at once.

Owns `open_tab`. Everywhere else a tab goes by itself, or by what `tabs` does to it.

Law: a tab is opened where its page's redirects lead, or not at all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from liveview_core.errors import LiveViewError
from liveview_testing.browsing import navigation
from liveview_testing.simulation import tabs
from liveview_testing.world.page_checks import Checks
from liveview_testing.world.world import Visit

if TYPE_CHECKING:
    from liveview_testing.simulation.delivery import Run

MOST_REDIRECTS = 20


class TooManyRedirects(LiveViewError, AssertionError):
    """One page sends the browser to the other, and that one back."""


def open_tab(run: Run, visit: Visit, hold: bool, checks: Checks) -> int:
    """Open a page in a new tab, which follows where its mount leads; the number of the tab."""
    root = arrive(run, navigation.open_page(run, visit, hold, checks))
    run.settle()  # views inside of it have joined, too: the tab begins with what there is
    return tabs.keep(run, arrive(run, root))


def arrive(run: Run, root: str) -> str:
    """Follow redirects until a page stays; the id of its view."""
    seen: list[str] = []
    while True:
        left = run.lines[root].tab.left
        if left is None or (left.request is not None and left.request.method != "get"):
            return root
        seen.append(left.to)
        if len(seen) > MOST_REDIRECTS:
            raise TooManyRedirects(
                "ERR_TOO_MANY_REDIRECTS: the page redirects without end",
                expected="a page that stays",
                got=" -> ".join(seen[-4:]),
                cure="look at what these views redirect on",
            )
        root = navigation.follow(run, root)
