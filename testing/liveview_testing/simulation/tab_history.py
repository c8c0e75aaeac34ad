"""Where a tab is and goes: opening a page in it, loading another, going back and forward.

Owns the way of a tab that a person steers: `open_tab`, `load`, `travel`. Links and redirects lead it elsewhere by themselves.

Law: a tab keeps its number; what was ahead of it is forgotten when it goes somewhere new, and only then.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from attrs import evolve

from liveview_core.errors import LiveViewError
from liveview_testing.browser.connection.history import History
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
    return tabs.keep(run, root)


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


def load(run: Run, tab: int, href: str, how: str = "push") -> None:
    """The tab loads a page."""
    before = run.browsers[tab]
    root = before.root
    history = before.history
    run.retab(root, left=None)
    navigation.leave(run, root, href, "redirect", how)
    tabs.show(run, tab, arrive(run, root))
    _placed(run, tab, history, how)


def _placed(run: Run, tab: int, before: History, how: str) -> None:
    """The history of the tab goes on where it was: a load puts its place after it, or instead of it."""
    browser = run.browsers[tab]
    url = browser.history.here.url
    page = max((each.page for each in before.entries), default=0) + 1
    history = before.pushed(url, "load", page) if how == "push" else before.replaced(url, "load", page)
    run.browsers = run.browsers.set(tab, evolve(browser, history=history))


def travel(run: Run, tab: int, by: int) -> bool:
    """The tab goes back, or forward, to a place where it was; whether there is one."""
    browser = run.browsers[tab]
    there = browser.history.moved(by)
    if there is None:
        return False
    root, entry, here = browser.root, there.here, browser.history.here
    line = run.lines[root]
    crossed = here if by < 0 else entry
    href = navigation.local(entry.url)
    if crossed.kind == "patch" and entry.page == here.page and line.process is not None and line.tab.left is None:
        navigation.patch(run, root, href, "replace")
        run.settle()
        if run.lines[root].tab.left is not None:
            tabs.show(run, tab, arrive(run, root))
    else:
        run.retab(root, left=None)
        kind: Literal["redirect", "live_redirect"]
        kind = "live_redirect" if crossed.kind == "redirect" and entry.page == here.page else "redirect"
        navigation.leave(run, root, href, kind, "replace")
        tabs.show(run, tab, arrive(run, root))
    now = run.browsers[tab]
    landed = now.history.here.url
    entries = tuple(evolve(each, url=landed) if at == there.at else each for at, each in enumerate(there.entries))
    run.browsers = run.browsers.set(tab, evolve(now, history=History(entries, there.at)))
    return True
