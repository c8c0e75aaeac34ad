"""DOM ids across the views of one page: each is to be there once, whichever view brought it.

Owns the look at the ids of a nested view when it has joined, and the question who else has an id that a message brings. Law: it
costs the ids that are new and how deep the view is, however many others there are: the tab of the root view knows who joined
with which ids, and which the root layout has.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from liveview_testing.browser.page.finding.problems import Elsewhere, Problem, nowhere
from liveview_testing.browser.page.finding.select import sketch
from liveview_testing.browser.page.tree.component_index import all_ids
from liveview_testing.failures.exceptions import Sketch
from liveview_testing.world.page_checks import judge, told

if TYPE_CHECKING:
    from liveview_testing.browser.page.page import Page
    from liveview_testing.world.open_world import OpenWorld

__all__ = ["elsewhere", "joined"]


def elsewhere(run: OpenWorld, pid: str, event: str) -> Elsewhere:
    """The elements with an id in the rest of a view's document."""
    if event == "phx_join" and run.lines[pid].tab.parent is not None:
        return nowhere  # `joined` looks at all of its ids

    def others(dom_id: str) -> Sequence[Sketch]:
        around = (pid, *_around(run, pid))
        return _others(run, pid, around, dom_id, run.lines[around[-1]].tab.brought.get(dom_id, ()))

    return others


def _others(run: OpenWorld, pid: str, around: Sequence[str], dom_id: str, brought: tuple[str, ...]) -> list[Sketch]:
    """The elements with an id in the root layout, in the views `around` (the last is the root) and those that joined with it."""
    document = run.lines[around[-1]].tab.document
    found = [
        sketch(node)
        for other in dict.fromkeys((*around, *brought))
        if other != pid and run.lines[other].joined
        for node in run.lines[other].page.by_id(dom_id)
    ]
    if document is not None and dom_id in document.ids:
        found.insert(0, Sketch(f"#{dom_id}", f'<… id="{dom_id}"> in the root layout'))
    return found


def joined(run: OpenWorld, pid: str) -> None:
    """A nested view has joined: none of its ids may be in a view around it, or in another one that has joined before."""
    line = run.lines[pid]
    if not line.joined or line.tab.checks["duplicate id"] == "ignore":
        return
    around = list(_around(run, pid))
    brought = known = run.lines[around[-1]].tab.brought
    for dom_id in _ids(line.page):
        others = brought.get(dom_id, ())
        there = _others(run, pid, around, dom_id, others)
        if there:
            found = (*there, *map(sketch, line.page.by_id(dom_id)))
            judge(line.tab.checks, told(Problem("duplicate id", dom_id, found), "@socket.id"))
        if pid not in others:
            brought = brought.set(dom_id, (*others, pid))
    if brought is not known:
        run.retab(around[-1], brought=brought)


def _around(run: OpenWorld, pid: str) -> Iterator[str]:
    """The views that a nested one is in, from the inside out."""
    parent = run.lines[pid].tab.parent
    while parent is not None:
        yield parent
        parent = run.lines[parent].tab.parent


def _ids(page: Page) -> Iterator[str]:
    """Every DOM id on a page, once."""
    every = (*all_ids(page.tree), *(each for cid in sorted(page.present()) for each in all_ids(page.components[cid])))
    return iter(dict.fromkeys(every))
