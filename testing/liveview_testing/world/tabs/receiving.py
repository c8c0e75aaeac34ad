"""What reaches a tab: frames that have come to the end of their link, and what the server says that no process does.

Owns the way from the world to the tab. Law: a tab that goes where it is sent hears everything; of one that only LiveViewTest's
handles look at, the world goes and joins in its stead.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from attrs import evolve
from immutables import Map

from liveview_testing.browser.browser import Browser
from liveview_testing.browser.connection.messages import Arrived
from liveview_testing.browser.dom.document import FRAME, Shown
from liveview_testing.browser.stimuli import (
    Due,
    FileClosed,
    Joined,
    ViewEnded,
)
from liveview_testing.browser.uploads.frame_of_file import FrameOfFile
from liveview_testing.world.browsing import dom_ids, incoming
from liveview_testing.world.log.happening import Happening
from liveview_testing.world.page_state.documents import title_in
from liveview_testing.world.tabs import frames, tab_requests, tabs
from liveview_testing.world.tabs.tab_documents import (
    document_of,
    history_of,
)
from liveview_testing.world.world import Line, TabDue

if TYPE_CHECKING:
    from liveview_testing.world.open_world import OpenWorld


def due(run: OpenWorld, timer: TabDue) -> None:
    """An instant of a tab has come."""
    browser = run.browsers.get(timer.tab)
    if browser is None:
        return
    if timer.frame:
        _land(run, timer.tab, timer.number)
    elif timer.number in browser.timers:
        run.browsers = run.browsers.set(timer.tab, evolve(browser, clock=browser.clock.delete(timer.number)))
        tabs.react(run, timer.tab, Due(timer.number))


def _land(run: OpenWorld, tab: int, number: int) -> None:
    """A frame has reached the other end."""
    browser = run.browsers[tab]
    flight = next((each for each in browser.flights if each.number == number), None)
    if flight is None:
        return
    run.browsers = run.browsers.set(tab, evolve(browser, flights=tuple(e for e in browser.flights if e is not flight)))
    if flight.direction == "server" and isinstance(flight.payload, FrameOfFile):
        tabs.react(run, tab, FileClosed(flight.payload.entry))
        return
    if flight.happening is None and flight.direction == "server":
        said(run, tab, flight.view, flight.event, flight.payload, flight.push)
        return
    if flight.direction == "client":
        run.push = flight.push
        run.arrive(flight.view, flight.event, frames.own_payload(flight.payload))
        run.push = None
        return
    line = run.lines[flight.view].copy()
    part = frames.part_of(flight)
    incoming.hear(line, part, dom_ids.elsewhere(run, line.id, part.event), kept=True)
    run.lines[line.id] = line
    heard(run, line, part, flight.push)
    if part.event == "phx_join" and line.tab.parent is not None:
        dom_ids.joined(run, line.id)


def heard(run: OpenWorld, line: Line, happening: Happening, push: int | None) -> None:
    """What a process has sent has reached its tab."""
    tab = line.tab.number
    for sent in happening.sent:
        number = push if sent.event == "phx_reply" else None
        response: Mapping[str, Any] = sent.payload.get("response") or {} if sent.event == "phx_reply" else {}
        if not run.browsers[tab].follows:
            _overheard(run, tab, line, sent, number)
            continue
        page = line.page if "rendered" in response else None
        tabs.react(run, tab, Arrived(line.id, sent.event, sent.payload, number, page=page))
    for closed in frames.files_closed(run, line) if run.browsers[tab].uploads.entries else ():
        tabs.react(run, tab, FileClosed(closed.entry))


def tell(run: OpenWorld, tab: int, view: str, event: str, payload: Mapping[str, Any], push: int | None = None) -> None:
    """The server says something to a tab that no process says."""
    if frames.delayed(run, tab):
        frames.fly(run, tab, "server", view, event, payload, push)
    else:
        said(run, tab, view, event, payload, push)


def said(run: OpenWorld, tab: int, view: str, event: str, payload: Mapping[str, Any], push: int | None) -> None:
    """What no process says has reached the tab."""
    tabs.react(run, tab, Arrived(view, event, payload, push))


def crashed(run: OpenWorld, tab: int, view: str, join: int | None) -> None:
    """The process of a view has crashed; `join`: the push that it was to be joined by."""
    if join is None:
        tell(run, tab, view, "phx_error", {})
    else:
        tell(run, tab, view, "phx_reply", {"status": "error", "response": {"reason": "join crashed"}}, join)


def _overheard(run: OpenWorld, tab: int, line: Line, sent: Any, push: int | None) -> None:
    """What a process has sent, as far as the tab is concerned: its pages change, and where to it goes others decide."""
    payload: Mapping[str, Any] = sent.payload
    if sent.event == "phx_reply":
        response: Mapping[str, Any] = payload.get("response") or {}
        if "rendered" in response:
            _rejoined(run, tab, line)
            return
        if "redirect" in response or "live_redirect" in response:
            response = {name: each for name, each in response.items() if name not in ("redirect", "live_redirect")}
            payload = {**payload, "response": response}
    elif sent.event not in ("diff", "live_patch"):
        return
    tabs.react(run, tab, Arrived(line.id, sent.event, payload, push))


def _rejoined(run: OpenWorld, tab: int, line: Line) -> None:
    """A view has joined, for the first time or again: what it shows is what it was sent."""
    browser = run.browsers[tab]
    if line.tab.parent is None and line.id != browser.root:
        return  # the page that comes is put into the tab as a whole
    document = browser.document
    marks = Map((key, mark) for key, mark in document.marks.items() if key[0] != line.id)
    focus = None if document.focus is not None and document.focus[0] == line.id else document.focus
    around = FRAME if line.tab.parent is None or line.tab.outside else line.tab.parent
    main = line.tab.parent is None
    shown = Shown(line.id, line.dom_id, around, line.page, main=main, sticky=line.sticky)
    document = evolve(document, views=document.views.set(line.id, shown), marks=marks, focus=focus)
    states = browser.views.delete(line.id) if line.id in browser.views else browser.views
    run.browsers = run.browsers.set(tab, evolve(browser, document=document, views=states))
    tabs.react(run, tab, Joined((line.id,)))


def gone(run: OpenWorld, line: Line) -> None:
    """A view has ended: what was in its container is the tab's no more."""
    browser = run.browsers.get(line.tab.number)
    if browser is not None and not browser.follows and line.id in browser.document.views:
        tabs.react(run, line.tab.number, ViewEnded(line.id))


def show(run: OpenWorld, tab: int, root: str) -> None:
    """The tab shows another root view."""
    browser, line = run.browsers[tab], run.lines[root]
    if browser.follows or root == browser.root or not line.joined:
        return
    tab_requests.forget_timers(run, browser)
    fresh = Browser(
        document_of(run, root),
        root=root,
        history=history_of(line.tab),
        begun=browser.begun,
        events=browser.events,
        notes=browser.notes,
        gone=browser.gone,
        title=title_in(line.tab.document, line.title),
        follows=False,
    )
    run.browsers = run.browsers.set(tab, fresh)
    tabs.react(run, tab, Joined(tuple(shown.id for shown in fresh.document.ordered())))
