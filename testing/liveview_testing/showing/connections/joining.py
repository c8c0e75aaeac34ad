"""How a real client joins a process of the world.

Owns the cases: a page that was just loaded, a view inside another, live navigation, joining again after a crash or a lost
connection, and going on with a process that is there (`resumed`: after the world was put back, or replayed).

Law: a join that cannot be is answered as Phoenix answers it, `stale` or `unauthorized`: the client loads the page anew.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import evolve

from liveview_core.process.mounting import Static
from liveview_core.protocol.messages import Stop
from liveview_core.protocol.tokens import session_token
from liveview_core.views.view import as_view
from liveview_testing.showing.connections.connection import Link
from liveview_testing.showing.connections.served import real
from liveview_testing.world.browsing import dom_ids, incoming, navigation
from liveview_testing.world.log.happening import conversation
from liveview_testing.world.page_checks import Checks
from liveview_testing.world.simulation import crashing
from liveview_testing.world.simulation.delivering.delivery import Run
from liveview_testing.world.simulation.delivering.received import received
from liveview_testing.world.world import HOST, Left, Line, Tab, Visit, World, change_tab

__all__ = [
    "CannotJoin",
    "closed",
    "join",
    "left",
    "navigate",
    "opened",
    "over",
    "patched",
    "process_for",
    "replayed",
]


class CannotJoin(Exception):
    """The reason, as the client is told it."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


# --- a page over HTTP ---------------------------------------------------------------------------------------------------


def opened(run: Run, visit: Visit, checks: Checks, flash: Mapping[str, Any]) -> tuple[str, Static]:
    """A page is loaded over HTTP: the disconnected mount; its client joins when it wants to. The id of its view."""
    number = run.tabs = run.tabs + 1
    pid = f"phx-{number}"
    real(run, number)
    tab = Tab(number, visit, visit.url, (visit.url,), checks=checks)
    line, static = navigation.fetched(run, pid, tab, flash)
    if static.redirect is not None:
        run.lines.pop(pid)
        return pid, static
    line.tab = change_tab(line.tab, statics=static.statics)
    line.process = static.process
    for child, _ in static.outside:
        navigation.spawn(run, pid, child, outside=True)
    return pid, static


# --- which process --------------------------------------------------------------------------------------------------------


def process_for(world: World, link: Link, dom_id: str) -> str:
    """The process that a join on a connection is for, by the DOM id of its container."""
    lines = world.lines
    if dom_id in lines and lines[dom_id].tab.parent is None:
        if link.tab not in (None, lines[dom_id].tab.number):
            raise CannotJoin("stale")
        link.tab = lines[dom_id].tab.number
        return dom_id
    if link.tab is None:
        raise CannotJoin("stale")
    tab = link.tab
    found = [
        pid
        for pid, line in lines.items()
        if line.tab.number == tab and line.tab.parent is not None and line.dom_id == dom_id
        if line.process is not None or line.tab.waiting is not None
    ]
    alive = [pid for pid in found if lines[pid].process is not None]
    if not found:
        raise CannotJoin("stale")
    return (alive or found)[-1]


# --- joining --------------------------------------------------------------------------------------------------------------


def join(run: Run, pid: str, payload: dict[str, Any]) -> None:
    """The client of a view joins it; again, if it has been there."""
    line = run.lines[pid]
    if line.process is not None and line.process.joined:  # its old connection was not heard to be lost
        crashing.drop(run, pid)
        line = run.lines[pid]
    if line.process is None:
        if line.tab.waiting is None:
            raise CannotJoin("stale")
        crashing.rejoin(run, pid)
        if run.lines[pid].process is None:
            raise CannotJoin("stale")
    run.deliver(pid, received("phx_join", payload), "client", "phx_join", payload)


def navigate(run: Run, pid: str, payload: dict[str, Any]) -> None:
    """The client of a root view goes on to another, without loading the page: the container stays, and with it the id."""  # LC-16
    before = run.lines[pid]
    visit = before.tab.visit
    url = navigation.local(payload["redirect"], HOST)
    if payload.get("session") != session_token(pid) or visit.router is None:
        raise CannotJoin("stale")
    match = visit.router.match(HOST + url)
    if (
        match is None
        or visit.match is None
        or not url.startswith("/")
        or match.live_session.name != visit.match.live_session.name  # RT-8
    ):
        raise CannotJoin("unauthorized")
    if before.process is not None:  # it has not left, which clients do first
        left(run, pid, url)
    tab = run.lines[pid].tab
    stayed = tab.children
    there = Tab(
        tab.number,
        evolve(visit, view=as_view(match.view), url=url, match=match),
        url,
        (*tab.history, url),
        checks=tab.checks,
        chosen=tab.chosen,
        document=tab.document,
        tracked=tab.tracked,
        children=stayed,
        nested=stayed,
        reloads=tab.reloads,
    )
    line = navigation.blank(pid, there)
    line.last, line.notes = before.last, before.notes
    line.process = navigation.process_of(pid, there, {})
    run.lines[pid] = line
    run.deliver(pid, received("phx_join", payload), "client", "phx_join", payload)
    for child in stayed if run.lines[pid].joined else ():
        if run.stands(child):
            dom_ids.joined(run, child)


def left(run: Run, pid: str, to: str | None = None) -> None:
    """The client of a view leaves. Of a root view it is not known yet where it goes: sticky views stay for it."""
    line = run.lines[pid]
    if line.tab.parent is None and line.tab.left is None:
        run.retab(pid, left=Left(to or line.tab.url, "live_redirect"))
    run.deliver(pid, received("phx_leave", {}), "client", "phx_leave", {})


def closed(run: Run, pid: str) -> None:
    """The connection of a view's client is gone; it may come back."""
    if run.alive(pid) and run.lines[pid].joined:
        crashing.drop(run, pid)


def over(run: Run, pid: str) -> None:
    """The page of a root view is gone for good."""
    if run.alive(pid):
        run.deliver(pid, Stop(("shutdown", "closed")), "exit", "closed", None)


def patched(run: Run, pid: str, url: str, before: int) -> None:
    """After a `live_patch` of the client: where the page is now."""
    line = run.lines[pid]
    last = line.last
    if last is None or last.number <= before or line.tab.left is not None:
        return
    replies: list[dict[str, Any]] = [
        each.payload.get("response") or {} for each in last.sent if each.event == "phx_reply"
    ]
    if any("link_redirect" in each for each in replies) or any(each.event == "live_patch" for each in last.sent):
        return
    line = line.copy()
    incoming.moved(line, navigation.local(url, HOST), "push")
    run.lines[pid] = line


# --- going on -------------------------------------------------------------------------------------------------------------


def replayed(line: Line) -> tuple[dict[str, Any], list[dict[str, Any]]] | None:
    """What a view has told its client since it joined last: the reply to that join, and the diffs since. None: it has not joined.

    A client that gets them has the page of a process that goes on.
    """
    log = conversation(line.last)
    diffs: list[dict[str, Any]] = []
    for happening in reversed(log):
        found: list[dict[str, Any]] = []
        for sent in happening.sent:
            response: Any = sent.payload.get("response") or {} if sent.event == "phx_reply" else {}
            if "rendered" in response:
                reply = dict(sent.payload)
                reply["response"] = {n: v for n, v in response.items() if n in ("rendered", "liveview_version")}
                diffs[:0] = found
                return reply, diffs
            diff = sent.payload if sent.event == "diff" else response.get("diff")
            if diff:
                found.append(dict(diff))
        diffs[:0] = found
    return None
