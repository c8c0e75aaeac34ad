"""Pages that send a browser on and on, to each other or to themselves.

Owns how often a tab is sent on at one instant before that is an error. Law: what no browser would ever show is told at once, with
where it led last; nothing goes round for ever.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from liveview_core.errors import LiveViewError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from liveview_testing.world.open_world import OpenWorld

MOST = 20


class TooManyRedirects(LiveViewError, AssertionError):
    """One page sends the browser to the other, and that one back."""


def bounded(seen: Sequence[str]) -> None:
    """Refuse to be sent on more often than a browser lets itself be."""
    if len(seen) > MOST:
        raise TooManyRedirects(
            "ERR_TOO_MANY_REDIRECTS: the page redirects without end",
            expected="a page that stays",
            got=" -> ".join(seen[-4:]),
            cure="look at what these views redirect on",
        )


def sent_on(run: OpenWorld, tab: int, url: str) -> None:
    """A tab goes to a page: how often it does at this instant, since somebody did something to it."""
    at, seen = run.trips.get(tab, (run.now, ()))
    seen = (*seen, url) if at == run.now else (url,)
    bounded(seen)
    run.trips = run.trips.set(tab, (run.now, seen))
