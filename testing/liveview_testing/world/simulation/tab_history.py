"""Where a person goes in a tab: a first page, an address, back and forward.

Owns `open_tab`, `goto`, `navigate`, `reload`, `go_back` and `go_forward`. Everywhere else a tab goes by itself.

Law: a tab is opened where its page's redirects lead, or not at all; where it was is in its browser's history.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve

from liveview_testing.browser import stimuli
from liveview_testing.browser.connection.addresses import joined, same_document
from liveview_testing.browser.events import links
from liveview_testing.world.browsing import navigation
from liveview_testing.world.browsing.visits import CannotOpen
from liveview_testing.world.page_checks import Checks
from liveview_testing.world.tabs import redirects, tabs
from liveview_testing.world.world import Visit

if TYPE_CHECKING:
    from liveview_testing.world.open_world import OpenWorld
    from liveview_testing.world.simulation.delivering.delivery import Run


def open_tab(run: Run, visit: Visit, hold: bool, checks: Checks, number: int = 0) -> int:
    """Open a page in a new tab, which follows where its mount leads; the number of the tab.

    Where messages wait the page is loaded, and its join is under way. `number`: in this tab, in which nothing was opened yet.
    """
    if run.mailboxes is not None:
        if not number:
            number = run.tabs = run.tabs + 1
        if not tabs.begin(run, number, visit, checks):
            raise CannotOpen(f"cannot open {visit.url!r}: it leads away from the simulated host")
        return number
    root = arrive(run, navigation.open_page(run, visit, hold, checks))
    run.settle()  # views inside of it have joined, too: the tab begins with what there is
    return tabs.keep(run, arrive(run, root), opened=True)


def arrive(run: Run, root: str) -> str:
    """Follow redirects until a page stays; the id of its view."""
    seen: list[str] = []
    while True:
        left = run.lines[root].tab.left
        if left is None or (left.request is not None and left.request.method != "get"):
            return root
        seen.append(left.to)
        redirects.bounded(seen)
        root = navigation.follow(run, root)


# --- where a person goes ------------------------------------------------------------------------------------------------


def goto(run: OpenWorld, number: int, url: str) -> None:
    """An address is typed: its page is loaded, unless it is a place on the page that is there."""
    browser = run.browsers[number]
    there = joined(browser.url, url)
    if same_document(there, browser.url):
        run.browsers = run.browsers.set(number, evolve(browser, history=browser.history.fragment(there)))
    else:
        tabs.load(run, number, links.Load(url))


def reload(run: OpenWorld, number: int) -> None:
    """The page is loaded again."""
    tabs.load(run, number, links.Load(run.browsers[number].url, again=True))


def go_back(run: OpenWorld, number: int) -> bool:
    """One place back in the history; whether there was one."""
    return _go(run, number, -1)


def go_forward(run: OpenWorld, number: int) -> bool:
    """One place forward in the history; whether there was one."""
    return _go(run, number, 1)


def _go(run: OpenWorld, number: int, by: int) -> bool:
    browser = run.browsers[number]
    there = browser.history.moved(by)
    if there is None:
        return False
    if there.here.page == browser.history.here.page:
        tabs.react(run, number, stimuli.Went(by))
    else:  # another document: the browser loads it
        tabs.load(run, number, links.Load(there.here.url), there.loaded(there.here.url, "replace", here=True))
    return True
