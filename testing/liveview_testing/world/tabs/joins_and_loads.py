"""The server's side of what a kept tab does: pages that it loads, views that it joins, connections that it loses.

Owns the lines of the world behind a tab: which process a join is for, which line the next page is on, what ends with a connection.
Nothing here knows what the tab makes of it.

Law: a process is joined by the frame that says so, and by nothing else; what was said to it before is nobody's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from attrs import evolve

from liveview_core.process.process import new_process
from liveview_core.protocol.messages import Stop
from liveview_core.protocol.tokens import flash_of, flash_token
from liveview_core.values.declaring import frozen
from liveview_core.views.view import as_view
from liveview_testing.browser.events.links import Load
from liveview_testing.world.browsing import incoming, navigation, visits
from liveview_testing.world.tabs import redirects
from liveview_testing.world.world import Left, Line, Tab, Visit, change_tab

if TYPE_CHECKING:
    from liveview_core.process.process import Process
    from liveview_testing.browser.events.links import Enter
    from liveview_testing.world.open_world import OpenWorld
    from liveview_testing.world.page_checks import Checks

CLOSED = ("shutdown", "closed")


@frozen
class Served:
    """A page as it came over HTTP: the line of its view, the HTML in its containers, by the ids of the views."""

    root: str
    inside: dict[str, str]
    opening: str
    fragment: str = ""
    """Where on the page the browser is, `#` and all: the server is never told."""


# --- joining ----------------------------------------------------------------------------------------------------------


def completed(run: OpenWorld, view: str, payload: dict[str, Any]) -> dict[str, Any]:
    """The frame of a join, with the tokens and parameters of its connection."""
    line = run.lines[view]
    process = line.process or line.tab.waiting
    if process is None:
        return payload
    framed = navigation.frame(line, process, {name: each for name, each in payload.items() if name != "params"})
    return {**framed, "params": {**framed["params"], **payload["params"]}}


def joining(run: OpenWorld, view: str) -> None:
    """A join has arrived: where no process waits for it, the one that its token stands for does."""
    line = run.lines[view]
    if line.process is not None and line.process.joined:  # a channel that is joined again is closed first
        process = line.process
        run.deliver(view, Stop(CLOSED), "exit", "closed", CLOSED)
        run.retab(view, waiting=fresh(line, process))
        line = run.lines[view]
    if line.process is None and line.tab.waiting is not None:
        line = line.copy()
        line.process = line.tab.waiting
        stayed = tuple(child for child in line.tab.children if run.alive(child) and run.lines[child].sticky)
        # The refs of files are those of the process that is gone.
        line.tab = change_tab(line.tab, waiting=None, files=(), children=stayed)
        run.lines[view] = line
        parent = line.tab.parent
        if parent is not None and parent in run.lines and view not in run.lines[parent].tab.children:
            run.retab(parent, children=(*run.lines[parent].tab.children, view))


def fresh(line: Line, process: Process) -> Process:
    """The process that the client's token stands for, before anything happened to it."""  # LC-13
    visit = line.tab.visit
    match = None
    if visit.match is not None and visit.router is not None:
        match = visit.router.match(visit.host + line.tab.url)
    return new_process(
        process.id,
        process.view,
        router=process.origin.router,
        match=match,
        session=process.origin.session,
        uri=process.uri,
        parent=process.origin.parent,
        root_view=process.origin.root_view,
        sticky=process.origin.sticky,
        nested=process.origin.nested,
        connection=process.origin.connection,
        info=process.origin.info,
        inherited=process.origin.inherited,
        dom_id=process.origin.dom_id,
        around=process.origin.around,
        callers=process.origin.callers,
    )


# --- losing -----------------------------------------------------------------------------------------------------------


def drop(run: OpenWorld, pid: str) -> None:
    """The connection of a page is lost: its processes end, and nobody tells its client."""  # LC-46
    line = run.lines[pid]
    if line.process is None:
        return
    process, children = line.process, line.tab.children
    run.deliver(pid, Stop(CLOSED), "exit", "closed", CLOSED)
    line = run.lines[pid].copy()
    line.tab = change_tab(line.tab, waiting=fresh(line, process), children=children)
    run.lines[pid] = line
    for child in children:  # the whole page is on one connection
        drop(run, child)


# --- loading ----------------------------------------------------------------------------------------------------------


def first(run: OpenWorld, number: int, visit: Visit, checks: Checks) -> Served | None:
    """The first page of a tab is loaded, wherever its redirects lead; None where they leave this host. Nobody has joined it."""
    pid = f"phx-{number}"
    line, static = navigation.fetched(run, pid, Tab(number, visit, visit.url, (visit.url,), checks=checks), {})
    if static.redirect is None:
        return _served(run, line, static)
    assert static.location is not None
    incoming.left(line, Left(static.location, "redirect", static.flash))
    return load(run, pid, Load(static.location, flash=flash_token(static.flash) if static.flash else None))


def load(run: OpenWorld, root: str, wanted: Load) -> Served | None:
    """A page is loaded in the place of that of `root`, wherever its redirects lead; None where they leave this host."""  # LC-8
    flash = flash_of(wanted.flash) if isinstance(wanted.flash, str) else wanted.flash or {}
    url, how, fragment = wanted.href, wanted.how, ""
    while True:
        line = run.lines[root]
        if line.tab.left is None:
            line = line.copy()
            incoming.left(line, Left(url, "redirect", flash, how))
            run.lines[root] = line
        there = navigation.absolute(line, url)
        at = there.find("#")
        fragment = fragment if at < 0 else there[at:]  # a redirect without one keeps that of before
        url = navigation.local(there, line.tab.visit.host)
        if not url.startswith("/"):
            return None
        redirects.sent_on(run, line.tab.number, url)
        before = line.tab.visit
        if wanted.again and before.router is None:
            visit = before
        else:
            visit = _visit(before, url)
        number = line.tab.number
        tab = Tab(number, visit, url, (url,), checks=line.tab.checks, reloads=line.tab.reloads)
        pid = navigation.next_id(run, root)
        loaded, static = navigation.fetched(run, pid, tab, flash)
        if static.redirect is None:
            return _served(run, loaded, static, fragment)
        assert static.location is not None
        incoming.left(loaded, Left(static.location, "redirect", static.flash))
        root, url, flash, how = pid, static.location, static.flash, "push"


def _visit(before: Visit, url: str) -> Visit:
    """The same browser at another URL."""
    if before.router is None:
        raise visits.CannotOpen(
            f"cannot go to {url!r}: this view is isolated, it has no router",
            cure="mount it with live(path, router=ROUTER)",
        )
    match = before.router.resolve(before.host + url)
    return evolve(before, view=as_view(match.view), url=url, match=match)


def _served(run: OpenWorld, line: Line, static: Any, fragment: str = "") -> Served:
    line.tab = change_tab(line.tab, statics=static.statics)
    line.process = static.process
    run.lines[line.id] = line
    inside = {line.id: _inner(static.html)}
    for child, html in static.outside:
        navigation.spawn(run, line.id, child, outside=True)
        inside[navigation.pid_of(run.lines[line.id].tab, line.id, child)] = _inner(html)
    return Served(line.id, inside, _opening(static.html), fragment)


def _opening(html: str) -> str:
    return f"{html[: html.index('>') + 1]}{html[html.rindex('</') :]}"


def _inner(html: str) -> str:
    return html[html.index(">") + 1 : html.rindex("</")]


def enter(run: OpenWorld, root: str, wanted: Enter) -> str:
    """The line of a view that is navigated to, in the place of that of `root`; its join is still to come."""  # LC-16, RT-8
    line = run.lines[root]
    tab = line.tab
    url = navigation.local(navigation.absolute(line, wanted.url), line.tab.visit.host)
    redirects.sent_on(run, tab.number, url)
    if tab.left is None:
        line = line.copy()
        incoming.left(line, Left(url, "live_redirect", flash_of(wanted.flash) if wanted.flash else {}, wanted.how))
        run.lines[root] = line
    visit = _visit(tab.visit, url)
    stayed = tuple(run.sticky_in(tab.children))
    for child in stayed:
        around = run.lines[child].tab.parent
        if around is not None:
            run.retab(around, children=tuple(each for each in run.lines[around].tab.children if each != child))
    there = Tab(tab.number, visit, url, (*tab.history, url), checks=tab.checks, reloads=tab.reloads, dom_id=line.dom_id)
    there = change_tab(
        there, chosen=tab.chosen, document=tab.document, tracked=tab.tracked, children=stayed, nested=stayed
    )
    new = navigation.next_id(run, root)
    for child in stayed:
        run.retab(child, parent=new)
    before, match = tab.visit.match, visit.match
    same = before is not None and match is not None and before.live_session.name == match.live_session.name
    next_line = navigation.blank(new, there)
    # Of another live session it is the token of the page that is left, which the server does not take there.
    next_line.process = navigation.process_of(new, there if same else change_tab(there, visit=tab.visit), {})
    run.lines[new] = next_line
    return new
