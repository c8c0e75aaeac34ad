"""Entering and leaving pages, as a browser does.

Owns the way from a page that is asked for (`visits`) to a joined view (disconnected mount, then join), patches and navigation
that the user causes. Law: what happens here is what the official client does, in its order; `incoming` reads the answers.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from attrs import evolve, field

from liveview_core.errors import LiveViewError
from liveview_core.process.mounting import mount_disconnected
from liveview_core.process.process import JoinReply, new_process
from liveview_core.protocol.messages import Stop
from liveview_core.protocol.tokens import flash_token, session_token, static_token
from liveview_core.values.declaring import frozen
from liveview_core.values.log import EMPTY
from liveview_core.views.view import as_view
from liveview_testing.browser.connection.addresses import joined, parsed, split_url
from liveview_testing.failures import advice
from liveview_testing.world.browsing import dom_ids, incoming
from liveview_testing.world.browsing.no_page import BLANK
from liveview_testing.world.browsing.visits import CannotOpen, name
from liveview_testing.world.page_state.documents import document, outliving, tracked
from liveview_testing.world.page_state.requests import Request
from liveview_testing.world.world import Left, Line, Tab, Visit, change_tab, new_tab

if TYPE_CHECKING:
    from liveview_core.process.mounting import Static
    from liveview_core.process.step import Process
    from liveview_testing.browser.bindings.actions import Kind
    from liveview_testing.world.open_world import OpenWorld
    from liveview_testing.world.page_checks import Checks


@frozen
class Answer:
    """How a server answered a request that left a view: a redirect `to` a page, with what it put into session and flash."""

    to: str | None = None
    session: Mapping[str, Any] = field(factory=dict[str, Any])
    flash: Mapping[str, Any] = field(factory=dict[str, Any])


class Refused(LiveViewError, AssertionError):
    """The server did not let the client join."""


# --- opening ----------------------------------------------------------------------------------------------------------


def open_page(run: OpenWorld, visit: Visit, hold: bool, checks: Checks) -> str:
    """Open a page in a new browser; the id of its view."""
    run.hold = hold
    number = run.tabs = run.tabs + 1
    return load(run, f"phx-{number}", new_tab(number, visit, checks), {})


def load(run: OpenWorld, pid: str, tab: Tab, flash: Mapping[str, Any], before: Line | None = None) -> str:
    """Load a page over HTTP and join its view, unless its mount redirects. `before`: the line it was on until now."""  # LC-8
    line, static = fetched(run, pid, tab, flash, before)
    if static.redirect is not None:
        assert static.location is not None
        incoming.left(line, Left(static.location, "redirect", static.flash))
    else:
        served = outliving(static.html)
        if served is not None or static.statics != {pid: static_token(pid)}:  # else a client says the same by itself
            line.tab = change_tab(line.tab, statics=static.statics, served=served)
        for child, _ in static.outside:
            spawn(run, pid, child, outside=True)
        line.tab = run.lines[pid].tab
        join(run, line, static.process, {} if tab.visit.match is None else {"url": static.process.uri})
    return pid


def fetched(
    run: OpenWorld, pid: str, tab: Tab, flash: Mapping[str, Any], before: Line | None = None
) -> tuple[Line, Static]:
    """A page over HTTP: its line, on which nothing was said, and what was served."""
    process = process_of(pid, tab, flash)
    visit, address = tab.visit, process.uri
    try:
        static = mount_disconnected(
            process,
            url=address.partition("#")[0],
            match=visit.match,
            flash=flash,
            info=visit.connect_info,
            source=visit.conn_assigns,
            env=run.environment(),
        )
    except Exception as error:
        advice.annotate(error, f"in {pid} ({name(visit.view)}), in the first, disconnected mount at {visit.url}")
        raise
    watched = tracked(static.document or static.html or "", address)
    if watched != tab.tracked:
        tab = change_tab(tab, tracked=watched)
    if static.document is not None and static.html is not None:
        tab = change_tab(tab, document=document(static.document, static.html, (html for _, html in static.outside)))
    line = blank(pid, tab)
    if before is not None:
        line.last, line.notes = before.last, before.notes
    line.title = None if static.title is None else str(static.title)
    run.lines[pid] = line
    return line, static


def process_of(pid: str, tab: Tab, flash: Mapping[str, Any]) -> Process:
    visit = tab.visit
    return new_process(
        pid,
        visit.view,
        router=visit.router,
        match=visit.match,
        session={} if visit.match is None else visit.match.live_session.extra(visit.session),
        connection=visit.session,
        uri=visit.address,
        flash=flash,
        dom_id=tab.dom_id,
    )


def blank(pid: str, tab: Tab) -> Line:
    """An open line on which nothing was said."""
    line = Line()
    line.id = pid
    line.process = None
    line.page = BLANK
    line.last = None
    line.notes = EMPTY
    line.title = None
    line.tab = tab
    return line


def frame(line: Line, process: Process, payload: dict[str, Any]) -> dict[str, Any]:
    """What a client sends to join."""
    static = {"_track_static": list(line.tab.tracked)} if line.tab.tracked else {}
    return {
        **payload,
        "params": {**line.tab.visit.connect_params, **static, "_mounts": 0},
        "session": session_token(process.id),
        "static": line.tab.statics.get(process.id, None if line.tab.parent else static_token(process.id)),
    }


def join(run: OpenWorld, line: Line, process: Process, payload: dict[str, Any]) -> None:
    """The client joins its view: the first frame on the line."""
    sent = frame(line, process, payload)
    line.process = process
    run.lines[line.id] = line
    if run.mailboxes is not None:  # it is under way, as all that is sent
        run.post_client(line.id, "phx_join", sent)
        return
    run.send_client(line.id, "phx_join", sent)
    assert run.last is not None
    last = run.last.sent[-1]
    if type(last) is JoinReply:
        return
    reply = last.payload
    if reply.get("status") == "error" and "reason" in reply["response"]:
        raise Refused(
            f"the join of {name(process.view)} was refused: {reply['response']['reason']}",
            expected="a view that is mounted at this URL",
            got=f"{sent.get('url') or sent.get('redirect')}",
        )


def spawn(run: OpenWorld, parent: str, process: Process, *, outside: bool = False) -> None:
    """A child view stands on a page now: its client joins when its turn comes. One that is there already stays.

    `outside`: its container is in the root layout.
    """  # RT-13
    around = run.lines[parent].tab
    pid = pid_of(around, parent, process)
    if run.alive(pid):
        _adopt(run, pid, parent)
        if run.keeps(around.number):
            run.retab(pid, waiting=process)  # for a tab that lets go of it, and joins it again
            run.offer(parent, pid, outside=outside)
        return
    visit = evolve(around.visit, view=process.view, match=None)
    tab = Tab(around.number, visit, around.url, around.history, parent=parent, dom_id=process.id)
    tab = change_tab(tab, statics=around.statics, checks=around.checks, outside=outside, tracked=around.tracked)
    line = blank(pid, tab)
    before = run.lines.get(pid)
    if before is not None:  # its log goes on
        line.last, line.notes = before.last, before.notes
        old = before.tab
        line.tab = tab = change_tab(
            tab, asserted=old.asserted, joins=old.joins, failed=old.failed, forgotten=old.forgotten
        )
        if before.tab.parent == parent and (before.last is None or before.last.event != "phx_leave"):
            # The client did not let go of it: its forms are filled in again (FM-35).
            line.page, line.title = before.page, before.title
            line.tab = change_tab(tab, typed=before.tab.typed)
    line.process = process
    run.lines[pid] = line
    _nest(run, parent, pid)
    if run.keeps(around.number):
        run.offer(parent, pid, outside=outside)
    else:
        run.post_client(pid, "phx_join", frame(line, process, {}))


def pid_of(around: Tab, parent: str, process: Process) -> str:
    """The id of the process of a nested view."""
    # One that is sticky belongs to the browser: on the next page it is the same (RT-14).
    return f"phx-{around.number}~{process.id}" if process.origin.sticky else f"{parent}:{process.id}"


def _adopt(run: OpenWorld, pid: str, parent: str) -> None:
    """A view that is there already stands inside `parent` now; another place than before can only be a sticky one's."""
    before = run.lines[pid].tab.parent
    if before is None or before == parent:
        return
    run.retab(before, children=tuple(each for each in run.lines[before].tab.children if each != pid))
    run.retab(pid, parent=parent)
    _nest(run, parent, pid)


def _nest(run: OpenWorld, parent: str, pid: str) -> None:
    tab = run.lines[parent].tab
    nested = tab.nested if pid in tab.nested else (*tab.nested, pid)
    run.retab(parent, children=(*(each for each in tab.children if each != pid), pid), nested=nested)


# --- moving -----------------------------------------------------------------------------------------------------------


def absolute(line: Line, href: str) -> str:
    """A link's destination as a full URL, seen from where the browser is."""
    return joined(line.tab.visit.host + line.tab.url, href)


def local(url: str, host: str) -> str:
    """A URL of this host as path and query; another one as it is, which then begins with no slash."""
    split = split_url(url)
    if f"{split.scheme}://{split.netloc}" != host:
        return url
    query = f"?{split.query}" if "?" in url.partition("#")[0] else ""
    return (split.path or "/") + query


def is_local(line: Line, href: str) -> bool:
    """Whether an address, as seen from where the browser is, is one of its host."""
    return local(absolute(line, href), line.tab.visit.host).startswith("/")


def patch(run: OpenWorld, pid: str, href: str, how: Kind) -> None:
    """The user patches the URL, which is the root view's; if it leads to another view the client navigates there."""  # NV-16
    pid = run.root(pid)
    if run.keeps(number := run.lines[pid].tab.number):
        run.follow_link(number, "patch", href, how)
        return
    url = absolute(run.lines[pid], href)
    run.send_client(pid, "live_patch", {"url": url})
    assert run.last is not None
    sent = run.last.sent
    replies: list[dict[str, Any]] = [each.payload["response"] for each in sent if each.event == "phx_reply"]
    line = run.lines[pid]
    if any("link_redirect" in response for response in replies):
        leave(run, pid, href, "live_redirect", how)
    elif line.tab.left is None and not any(each.event == "live_patch" for each in sent):
        line = line.copy()
        incoming.moved(line, local(url, line.tab.visit.host), how)
        run.lines[pid] = line


def travel(run: OpenWorld, pid: str, by: Literal[-1, 1]) -> None:
    """The user goes back or forward: to another URL of the view, or to where another view is."""  # CN-47 … CN-49
    pid = run.root(pid)
    tab = run.lines[pid].tab
    places = tab.history[:-1] if by < 0 else tab.ahead
    if not places:
        where = "back" if by < 0 else "forward"
        raise CannotOpen(
            f"there is no place to go {where} to",
            expected="a URL that the browser was at before",
            got=f"a browser that was at {' > '.join((*tab.history, *tab.ahead))}, and is at {tab.url}",
        )
    if by < 0:
        url, history, ahead = places[-1], places, (tab.url, *tab.ahead)
    else:
        url, history, ahead = places[0], (*tab.history, places[0]), places[1:]
    match, visit = None if tab.visit.router is None else tab.visit.router.match(tab.visit.host + url), tab.visit
    if match is not None and visit.match is not None and as_view(match.view) != visit.view:
        run.retab(pid, history=history, ahead=ahead)
        leave(run, pid, url, "live_redirect", "replace")
        return
    run.send_client(pid, "live_patch", {"url": tab.visit.host + url})
    assert run.last is not None
    replies = [each.payload["response"] for each in run.last.sent if each.event == "phx_reply"]
    if any("link_redirect" in response for response in replies):
        run.retab(pid, history=history, ahead=ahead)
        leave(run, pid, url, "live_redirect", "replace")
    elif run.lines[pid].tab.left is None and not any(each.event == "live_patch" for each in run.last.sent):
        run.retab(pid, url=url, history=history, ahead=ahead)


def leave(run: OpenWorld, pid: str, href: str, kind: Literal["redirect", "live_redirect"], how: Kind = "push") -> None:
    """The user follows a link out of the page: the process of its root view is told, and ends."""
    pid = run.root(pid)
    line = run.lines[pid]
    _left(run, pid, Left(local(absolute(line, href), line.tab.visit.host), kind, {}, how))


def ask(run: OpenWorld, pid: str, request: Request) -> Request:
    """The browser asks the server for another page: this one is left. What it asked for, as the server hears it."""
    pid = run.root(pid)
    to = local(absolute(run.lines[pid], parsed(request.path)), run.lines[pid].tab.visit.host)
    request = evolve(request, path=to)
    _left(run, pid, Left(to, "redirect", {}, "push", request))
    return request


def carried_along(run: OpenWorld, root: str, to: Left) -> None:
    """A nested view sent its client elsewhere: the page goes, and the root view with it."""  # NV-8, NV-9
    line = run.lines[root].copy()
    if line.process is not None and line.tab.left is None:
        incoming.left(line, to)
        run.lines[root] = line
        run.post_client(root, "phx_leave", {})


def sent_on(run: OpenWorld, pid: str, to: Left) -> None:
    """A sticky view sent its client elsewhere: the page goes, the view stays, ready to ask again."""  # NV-9, RT-14
    run.retab(pid, left=None)
    root = run.root(pid)
    if run.alive(root):
        carried_along(run, root, to)
    else:  # the browser is on its way already: now to somewhere else
        line = run.lines[root].copy()
        incoming.left(line, to)
        run.lines[root] = line


def _left(run: OpenWorld, pid: str, to: Left) -> None:
    line = run.lines[pid].copy()
    incoming.left(line, to)
    run.lines[pid] = line
    run.send_client(pid, "phx_leave", {})


def next_id(run: OpenWorld, pid: str) -> str:
    """The id of the view of the next page of a tab, after that of this one: the same on every way that leads there."""
    tab, _, nth = run.root(pid).partition("-")[2].partition("-")
    number = int(nth or 0) + 1
    while f"phx-{tab}-{number}" in run.lines:  # the same way is gone again
        number += 1
    return f"phx-{tab}-{number}"


def follow(run: OpenWorld, pid: str, answer: Answer | None = None) -> str:
    """Go where the view was sent, or where the server's answer to its request leads; the id of the view that is there.

    Inside the live session by live navigation, else by loading the page.
    """  # LC-16, RT-8
    line = run.lines[pid]
    tab, before = line.tab, line.tab.visit
    left = tab.left
    assert left is not None
    flash = left.flash
    if answer is not None:
        before = evolve(before, session={**before.session, **answer.session})
        left, flash = evolve(left, to=answer.to or left.to), answer.flash
    url = local(absolute(line, left.to), before.host)
    if before.router is None:
        raise CannotOpen(
            f"cannot follow to {left.to!r}: this view is isolated, it has no router",
            cure="mount it with live(path, router=ROUTER), or stop at assert_redirect()",
        )
    if not url.startswith("/"):
        raise CannotOpen(
            f"cannot follow to {left.to!r}: it leaves the simulated host", cure="stop at assert_redirect()"
        )
    match = before.router.resolve(before.host + url)
    history = (*tab.history, url) if left.how == "push" else (*tab.history[:-1], url)
    there = Tab(
        tab.number, evolve(before, view=as_view(match.view), url=url, match=match), url, history, checks=tab.checks
    )
    there = change_tab(there, reloads=tab.reloads, ahead=() if left.how == "push" else tab.ahead)
    new = next_id(run, pid)
    stayed = tab.children
    run.retab(pid, children=())
    if left.kind == "redirect" or before.match is None or before.match.live_session.name != match.live_session.name:
        for child in stayed:  # the document is another one
            run.deliver(child, Stop(("shutdown", "closed")), "exit", "closed", None)
        load(run, new, there, flash)
        run.shown(tab.number, new)
        return new
    # The document stays, and with it what its scripts have counted, and the sticky views: they are put into the new page, and
    # leave if that has no place for them.
    there = change_tab(
        there, chosen=tab.chosen, document=tab.document, tracked=tab.tracked, children=stayed, nested=stayed
    )
    for child in stayed:
        run.retab(child, parent=new)
    payload: dict[str, Any] = {"redirect": before.host + url}
    if flash:
        payload["flash"] = flash_token(flash)
    join(run, blank(new, there), process_of(new, there, flash), payload)
    run.shown(tab.number, new)
    for child in stayed if run.lines[new].joined else ():
        if run.stands(child):
            dom_ids.joined(run, child)
    return new


# --- looking ------------------------------------------------------------------------------------------------------------


def show(text: str, open: Callable[[str], Any] | None) -> None:
    """Write a document to a temporary file and open it."""
    import tempfile  # few tests show a page to anybody
    import webbrowser

    with tempfile.NamedTemporaryFile("w", suffix=".html", delete=False, encoding="utf-8", errors="replace") as file:
        file.write(text)
    (open or webbrowser.open)(Path(file.name).as_uri())
