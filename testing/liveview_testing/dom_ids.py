"""DOM ids across the views of one page: each is to be there once, whichever view brought it.

Owns the look at the ids of a nested view when it has joined. Law: it costs the ids of that view and how deep it is, however many
others there are: the tab of the root view knows who brought which ids. What a later patch brings is compared with its own page
alone (`reading`).
"""  # TK-1

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from liveview_testing.browser.problems import Problem
from liveview_testing.browser.registry import all_ids
from liveview_testing.browser.select import sketch
from liveview_testing.checks import judge, told

if TYPE_CHECKING:
    from liveview_testing.browser.page import Page
    from liveview_testing.delivery import Run

__all__ = ["joined"]


def joined(run: Run, pid: str) -> None:
    """A nested view has joined: none of its ids may be in a view around it, or in another one that has joined before."""
    line = run.lines[pid]
    if not line.joined or line.tab.checks["duplicate id"] == "ignore":
        return
    around = list(_around(run, pid))
    brought = known = run.lines[around[-1]].tab.brought
    for dom_id in _ids(line.page):
        others = brought.get(dom_id, ())
        elsewhere = [
            sketch(node)
            for other in dict.fromkeys((*around, *others))
            if other != pid and run.lines[other].joined
            for node in run.lines[other].page.by_id(dom_id)
        ]
        if elsewhere:
            found = (*elsewhere, *map(sketch, line.page.by_id(dom_id)))
            judge(line.tab.checks, told(Problem("duplicate id", dom_id, found), "@socket.id"))
        if pid not in others:
            brought = brought.set(dom_id, (*others, pid))
    if brought is not known:
        run.retab(around[-1], brought=brought)


def _around(run: Run, pid: str) -> Iterator[str]:
    """The views that a nested one is in, from the inside out."""
    parent = run.lines[pid].tab.parent
    while parent is not None:
        yield parent
        parent = run.lines[parent].tab.parent


def _ids(page: Page) -> Iterator[str]:
    """Every DOM id on a page, once."""
    every = (*all_ids(page.tree), *(each for cid in sorted(page.present()) for each in all_ids(page.components[cid])))
    return iter(dict.fromkeys(every))
