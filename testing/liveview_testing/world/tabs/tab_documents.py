"""A tab's document, as the lines of its views have it: what a browser with a state of its own begins from.

Owns the document, its frame, its history and the nested views on it, and what a tab is told of the outside (`surroundings`). Law:
nothing happens here; the same world gives the same document.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import TYPE_CHECKING, Any

from attrs import evolve
from immutables import Map

from liveview_testing.browser.browser import Offer
from liveview_testing.browser.connection.history import Entry, History
from liveview_testing.browser.dom.document import FRAME, Document, Shown
from liveview_testing.browser.page.page import Page
from liveview_testing.browser.reaction import Surroundings
from liveview_testing.client_hooks import BUILT_IN
from liveview_testing.world.page_state.chosen_files import chosen_files
from liveview_testing.world.world import Line, Tab, World

if TYPE_CHECKING:
    from liveview_testing.world.open_world import OpenWorld


def document_of(run: OpenWorld, root: str) -> Document:
    """The document of a tab, from the pages of its views."""
    return Document(frame_of(run.lines[root]), Map(_shown(run, root, FRAME)))


def history_of(tab: Tab) -> History:
    """The history of a tab that was at its URLs, all of one document."""
    places = [Entry(tab.visit.host + url, "patch", "patch", at) for at, url in enumerate(tab.history)]
    places[-1] = evolve(places[-1], back_kind=None)
    return History(tuple(places), len(places) - 1, len(places) - 1)


def frame_of(line: Line, opening: str | None = None) -> Page:
    """What is around the containers of the page's outermost views, as a page. `opening`: the container as it was served."""
    around = line.tab.document
    if around is not None:
        html = around.filled("", None, {each.dom_id: "" for each in around.outside})
    else:
        dom_id = escape(line.dom_id, quote=True)
        main = opening or f'<div data-phx-main="" data-phx-session="" data-phx-static="" id="{dom_id}"></div>'
        html = f"<html><head><title></title></head><body>{main}</body></html>"
    return Page.join({"s": [html]}).page


def _shown(run: OpenWorld, pid: str, around: str) -> dict[str, Shown]:
    """A view that has joined, and those inside it."""
    line = run.lines[pid]
    if not line.joined and line.tab.waiting is None:
        return {}
    main = line.tab.parent is None
    found = {pid: Shown(pid, line.dom_id, around, line.page, main=main, sticky=line.sticky)}
    for child in line.tab.children:
        if run.lines[child].joined:
            found.update(_shown(run, child, FRAME if run.lines[child].tab.outside else pid))
    return found


def rendered_of(run: OpenWorld, views: Sequence[str]) -> dict[str, Mapping[str, Any]]:
    """By view: what its join has brought, of those that were sent nothing since."""
    found: dict[str, Mapping[str, Any]] = {}
    for view in views:
        last = run.lines[view].last
        for sent in last.sent if last is not None and last.event == "phx_join" else ():
            response: Any = sent.payload.get("response") if sent.event == "phx_reply" else None
            if response and "rendered" in response:
                found[view] = response["rendered"]
    return found


def offers_of(run: OpenWorld, pid: str) -> list[Offer]:
    """The nested views that a page has, whether they have joined or not."""
    found: list[Offer] = []
    for child in run.lines[pid].tab.children:
        found.append(offer_of(run, pid, child, outside=run.lines[child].tab.outside))
        found.extend(offers_of(run, child))
    return found


def offer_of(run: OpenWorld, parent: str, pid: str, *, outside: bool) -> Offer:
    line = run.lines[pid]
    return Offer(pid, line.dom_id, FRAME if outside else parent, line.sticky)


def surroundings(run: OpenWorld | World) -> Surroundings:
    """What a tab is told of the outside."""
    given: Mapping[str, Any] = run.store.get(SAID) or {}
    hooks: Mapping[str, Any] = given.get("hooks") or BUILT_IN
    listened: frozenset[str] = given.get("listened") or _NOTHING
    return Surroundings(
        run.now, given.get("styles") or {}, hooks, run.seed, given.get("uploaders") or {}, listened, chosen_files
    )


_NOTHING: frozenset[str] = frozenset()


SAID = "liveview_testing.page"
"""Under this name the store keeps what the test says of pages: styles, and stand-ins for hooks and uploaders."""
