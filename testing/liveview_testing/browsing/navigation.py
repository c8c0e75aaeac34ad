"""Entering and leaving pages, as a browser does.

Owns the way from a path to a joined view (disconnected mount, then join), patches and navigation that the user causes, and
the carrying out of what an event at an element comes to. Law: what happens here is what the official client does, in its
order; the server's answers are read by `incoming`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import urlencode, urljoin, urlsplit

from attrs import evolve, field

from liveview_core.errors import LiveViewError, shown
from liveview_core.process.mounting import mount_disconnected
from liveview_core.process.process import new_process
from liveview_core.protocol.messages import Stop
from liveview_core.protocol.tokens import flash_token, session_token, static_token
from liveview_core.values.declaring import frozen
from liveview_core.values.log import EMPTY
from liveview_core.views.router import Route, Router
from liveview_core.views.view import as_view
from liveview_testing.browser.connection.addresses import parsed, same_document
from liveview_testing.browser.events import actions, payloads
from liveview_testing.browser.forms.filling import fill, pairs_of, toggle
from liveview_testing.browser.forms.forms import NOTHING, all_used, form_of, reset
from liveview_testing.browser.page.controls import CONTROLS, disabled_by, hidden_by
from liveview_testing.browsing import dom_ids, incoming, uploader
from liveview_testing.failures import arguments
from liveview_testing.failures.exceptions import BindingNotFound, SelectorError
from liveview_testing.tab import input_values
from liveview_testing.tab.documents import document, tracked
from liveview_testing.tab.requests import Request, browsed, submitted
from liveview_testing.world.world import HOST, Left, Line, Tab, Visit

if TYPE_CHECKING:
    from liveview_core.process.mounting import Static
    from liveview_core.process.step import Process
    from liveview_core.views.view import LiveView
    from liveview_testing.browser.page.node import Node
    from liveview_testing.browser.page.page import Page
    from liveview_testing.tab.input_values import Memory
    from liveview_testing.world.open_world import OpenWorld
    from liveview_testing.world.page_checks import Checks


_NOTHING: Mapping[str, Any] = {}


class CannotOpen(LiveViewError, ValueError):
    """What was given to `live` is no page."""


@frozen
class Answer:
    """How a server answered a request that left a view: a redirect `to` a page, with what it put into session and flash."""

    to: str | None = None
    session: Mapping[str, Any] = field(factory=dict[str, Any])
    flash: Mapping[str, Any] = field(factory=dict[str, Any])


class Refused(LiveViewError, AssertionError):
    """The server did not let the client join."""


# --- which page -------------------------------------------------------------------------------------------------------


def resolve(
    wanted: Any,
    router: Router | None,
    params: Mapping[str, Any] | None,
    session: Mapping[str, Any],
    connect_params: Mapping[str, Any],
    connect_info: Mapping[str, Any],
    conn_assigns: Mapping[str, Any],
    host: str = HOST,
) -> Visit:
    """The page that a path, or a view alone, stands for."""
    try:
        query = urlencode(params, doseq=True) if params else ""
    except UnicodeEncodeError as error:
        raise CannotOpen(
            "params with text that no URL can have: half a surrogate pair",
            expected="whole characters",
            got=shown(params),
        ) from error
    if isinstance(wanted, str):
        if router is None:
            raise CannotOpen(
                f"cannot open the path {wanted!r}: there is no router",
                expected="a router that says which view is there",
                cure="live(path, router=ROUTER), Simulation(ROUTER), or the fixture liveview_router in a conftest",
            )
        arguments.path(wanted)
        url = wanted + (("&" if "?" in wanted else "?") + query if query else "")
    else:
        if not _is_view(wanted):
            raise CannotOpen(
                "live opens a path or a view", expected="a str, or a LiveView (class or object)", got=shown(wanted)
            )
        router = Router([Route("/", wanted)])
        url = f"/?{query}" if query else "/"
    match = router.resolve(host + url)
    return Visit(as_view(match.view), url, router, match, session, connect_params, connect_info, conn_assigns, host)


def isolated(
    view: Any,
    session: Mapping[str, Any],
    connect_params: Mapping[str, Any],
    connect_info: Mapping[str, Any],
    conn_assigns: Mapping[str, Any],
    host: str = HOST,
) -> Visit:
    """A view that is mounted at no router."""
    if not _is_view(view):
        raise CannotOpen("live_isolated mounts a view", expected="a LiveView (class or object)", got=shown(view))
    return Visit(as_view(view), "/", None, None, session, connect_params, connect_info, conn_assigns, host)


def _is_view(wanted: Any) -> bool:
    from liveview_core.views.view import LiveView

    return isinstance(wanted, LiveView) or (isinstance(wanted, type) and issubclass(wanted, LiveView))


def name(view: LiveView) -> str:
    """What a view is called."""
    return type(view).__name__


def described(line: Line) -> str:
    """A view, as a failure shows it."""
    return f"<View {line.id} of {name(line.tab.visit.view)} at {line.tab.url}>"


# --- opening ----------------------------------------------------------------------------------------------------------


def open_page(run: OpenWorld, visit: Visit, hold: bool, checks: Checks) -> str:
    """Open a page in a new browser; the id of its view."""
    run.hold = hold
    number = run.tabs = run.tabs + 1
    return load(run, f"phx-{number}", Tab(number, visit, visit.url, (visit.url,), checks=checks), {})


def load(run: OpenWorld, pid: str, tab: Tab, flash: Mapping[str, Any], before: Line | None = None) -> str:
    """Load a page over HTTP and join its view, unless its mount redirects. `before`: the line it was on until now."""  # LC-8
    line, static = fetched(run, pid, tab, flash, before)
    if static.redirect is not None:
        assert static.location is not None
        incoming.left(line, Left(static.location, "redirect", static.flash))
    else:
        line.tab = evolve(line.tab, statics=static.statics)
        for child, _ in static.outside:
            spawn(run, pid, child, outside=True)
        line.tab = run.lines[pid].tab
        join(run, line, static.process, {} if tab.visit.match is None else {"url": tab.visit.host + tab.visit.url})
    return pid


def fetched(
    run: OpenWorld, pid: str, tab: Tab, flash: Mapping[str, Any], before: Line | None = None
) -> tuple[Line, Static]:
    """A page over HTTP: its line, on which nothing was said, and what was served."""
    process = process_of(pid, tab, flash)
    visit = tab.visit
    static = mount_disconnected(
        process,
        url=visit.host + visit.url,
        match=visit.match,
        flash=flash,
        info=visit.connect_info,
        source=visit.conn_assigns,
        env=run.environment(),
    )
    tab = evolve(tab, tracked=tracked(static.document or static.html or "", visit.host + visit.url))
    if static.document is not None and static.html is not None:
        tab = evolve(tab, document=document(static.document, static.html, (html for _, html in static.outside)))
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
        uri=visit.host + visit.url,
        flash=flash,
    )


def blank(pid: str, tab: Tab) -> Line:
    """An open line on which nothing was said."""
    line = object.__new__(Line)
    line.id = pid
    line.process = None
    line.page = _BLANK
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
    run.send_client(line.id, "phx_join", sent)
    assert run.last is not None
    reply = run.last.sent[-1].payload
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
    tab = evolve(tab, statics=around.statics, checks=around.checks, outside=outside, tracked=around.tracked)
    line = blank(pid, tab)
    before = run.lines.get(pid)
    if before is not None:  # its log goes on
        line.last, line.notes = before.last, before.notes
        old = before.tab
        line.tab = tab = evolve(tab, asserted=old.asserted, joins=old.joins, failed=old.failed, forgotten=old.forgotten)
        if before.tab.parent == parent and (before.last is None or before.last.event != "phx_leave"):
            # The client did not let go of it: its forms are filled in again (FM-35).
            line.page, line.title = before.page, before.title
            line.tab = evolve(tab, typed=before.tab.typed)
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


class _Blank:
    """The page of a browser that has none yet."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):  # who only looks around (doctest, copy) is answered as Python answers
            raise AttributeError(name)
        raise LiveViewError("this browser has no page yet")


_BLANK: Page = _Blank()  # type: ignore[assignment]


# --- moving -----------------------------------------------------------------------------------------------------------


def absolute(line: Line, href: str) -> str:
    """A link's destination as a full URL, seen from where the browser is."""
    return urljoin(line.tab.visit.host + line.tab.url, href)


def local(url: str, host: str) -> str:
    """A URL of this host as path and query; another one as it is."""
    split = urlsplit(url)
    if f"{split.scheme}://{split.netloc}" != host:
        return url
    return (split.path or "/") + (f"?{split.query}" if split.query else "")


def patch(run: OpenWorld, pid: str, href: str, how: str) -> None:
    """The user patches the URL, which is the root view's; if it leads to another view the client navigates there."""  # NV-16
    pid = run.root(pid)
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


def leave(run: OpenWorld, pid: str, href: str, kind: Literal["redirect", "live_redirect"], how: str = "push") -> None:
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
    if "://" in url:
        raise CannotOpen(
            f"cannot follow to {left.to!r}: it leaves the simulated host", cure="stop at assert_redirect()"
        )
    match = before.router.resolve(before.host + url)
    history = (*tab.history, url) if left.how == "push" else (*tab.history[:-1], url)
    there = Tab(
        tab.number, evolve(before, view=as_view(match.view), url=url, match=match), url, history, checks=tab.checks
    )
    there = evolve(there, reloads=tab.reloads, ahead=() if left.how == "push" else tab.ahead)
    new = f"phx-{tab.number}-{run.next()}"
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
    there = evolve(there, chosen=tab.chosen, document=tab.document, tracked=tab.tracked, children=stayed, nested=stayed)
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


# --- what an event at an element comes to -------------------------------------------------------------------------------


def perform(run: OpenWorld, pid: str, steps: actions.Actions, memory: Memory | None) -> None:
    """Do what a browser would do, one after the other, until the view is left."""
    if memory is not None:
        _type(run, pid, memory)
    commands = {at: each for at, each in enumerate(steps) if isinstance(each, actions.Command)}
    named = run.named(pid, commands) if commands else {}
    for at, action in enumerate(steps):
        if run.lines[run.root(pid)].tab.left is not None:
            return
        match action:
            case actions.Send(payload, to):
                run.send_client(to or pid, "event", payload)
            case actions.LivePatch(href, kind):
                patch(run, pid, href, kind)
            case actions.LiveRedirect(href, kind):
                leave(run, pid, href, "live_redirect", kind)
            case actions.Browse(href, method, stays, csrf):
                line = run.lines[run.root(pid)]
                if not stays and not (
                    method == "get" and same_document(absolute(line, href), line.tab.visit.host + line.tab.url)
                ):
                    ask(run, pid, browsed(href, method, csrf))
            case actions.SubmitForm(form, submitter):
                _submit(run, form.page.owner or pid, form, submitter)
            case actions.ResetForm(form):
                _reset(run, form.page.owner or pid, form)
            case actions.Toggle(control):
                _toggle(run, pid, control)
            case actions.Command("dispatch") if run.sight(pid) is hidden_by and _dispatch(run, pid, action):
                pass
            case actions.Command():
                run.command(pid, named[at], action)


def _type(run: OpenWorld, pid: str, memory: Memory) -> None:
    run.retab(pid, typed=memory)


def _dispatch(run: OpenWorld, pid: str, command: actions.Command) -> bool:
    """An event that JS.dispatch makes: the client listens to some, whoever made them; others are for hooks (False)."""
    # JS-11, JS-21
    event = command.args.get("event")
    if command.args.get("bubbles") is False or event not in ("click", "change", "input", "submit"):
        return False
    for each in _targets(command):
        if disabled_by(each) is not None or run.lines[run.root(pid)].tab.left is not None:
            continue
        form = each if each.tag == "form" else form_of(each) if each.tag in CONTROLS else None
        view = each.page.owner or pid
        if event == "click":
            _click(run, view, each, form)
        elif event == "submit" and each.get("phx-submit"):  # by itself, the event makes no browser submit anything
            submit(run, view, each, None)
        elif event != "submit" and form is not None and each is not form:
            _change(run, view, each, form)
    return True


def _targets(command: actions.Command) -> Sequence[Node]:
    """The elements that a command is run for."""
    try:
        return payloads.selected(command.source, command.args.get("to"))
    except SelectorError:  # a browser knows more of them
        return ()


def _click(run: OpenWorld, pid: str, node: Node, form: Node | None) -> None:
    memory = run.lines[pid].tab.typed
    try:
        steps = payloads.click(
            node, overlay=NOTHING if form is None else input_values.overlay(memory, form), hidden=_nobody_looks
        )
    except BindingNotFound:
        return
    perform(run, pid, steps, None)


def _change(run: OpenWorld, pid: str, control: Node, form: Node) -> None:
    if control.get("phx-change") or form.get("phx-change"):
        overlay = input_values.overlay(run.lines[pid].tab.typed, form)
        perform(run, pid, payloads.change(control, (), None, None, overlay, hidden=_nobody_looks), None)


def _nobody_looks(node: Node) -> None:
    """What is hidden hears events as well."""


def _submit(run: OpenWorld, pid: str, form: Node, submitter: Node) -> None:
    if run.held_back(pid, form, submitter):  # the browser has found it invalid
        return
    if not form.get("phx-submit"):  # the browser's own submit: another page
        submit_natively(run, pid, form, submitter)
        return
    submit(run, pid, form, submitter)


def submit(
    run: OpenWorld,
    pid: str,
    form: Node,
    submitter: Node | None,
    selector: str | None = None,
    value: Mapping[str, Any] | None = None,
    data: Mapping[str, Any] = _NOTHING,
) -> None:
    """Fill in a form and submit it; its files are sent before. If they cannot be, the client does not submit."""  # UP-28
    tab = run.lines[pid].tab
    before = input_values.overlay(tab.typed, form)
    filling = fill(form, data, before)
    overlay = filling.over(before)
    steps = payloads.submit(form, submitter, selector, value, overlay, run.sight(pid))
    if tab.files and uploader.inputs_of(form):
        _type(run, pid, input_values.remember(tab.typed, form, filling.changes))
        if not uploader.finish(run, pid, form):
            return
        line = run.lines[pid]
        there = again(line.page, form)
        if there is None:
            return
        form, submitter = there, None if submitter is None else again(line.page, submitter)
        overlay = input_values.overlay(line.tab.typed, form)
        steps = payloads.submit(form, submitter, selector, value, overlay, run.sight(pid))
    perform(run, pid, steps, input_values.submitted(run.lines[pid].tab.typed, form, submitter, all_used(form, overlay)))


def submit_natively(
    run: OpenWorld,
    pid: str,
    form: Node,
    submitter: Node | None,
    value: Mapping[str, Any] | None = None,
    data: Mapping[str, Any] = _NOTHING,
    *,
    scripted: bool = False,
) -> Request:
    """Fill in a form and submit it as a browser does without any script: the view is left.

    `scripted`: a script calls the form's `submit()`, so that the submitter is sent, but neither says where nor how.
    """  # FI-23
    tab = run.lines[pid].tab
    before = input_values.overlay(tab.typed, form)
    overlay = fill(form, data, before).over(before)
    extra = pairs_of(value or {})
    return ask(run, pid, submitted(form, submitter, overlay, tab.url, extra, scripted=scripted))


def again(page: Page, node: Node) -> Node | None:
    """An element of an earlier page on this one: by its id, else by its place."""
    named = page.by_id(node.id) if node.id else []
    return named[0] if len(named) == 1 else page.node_at(node.path)


def _reset(run: OpenWorld, pid: str, form: Node) -> None:
    memory = run.lines[pid].tab.typed
    before = input_values.overlay(memory, form)
    after = reset(form, before)
    _type(run, pid, {key: entry for key, entry in memory.items() if key not in before or key in after})


def _toggle(run: OpenWorld, pid: str, control: Node) -> None:
    form = form_of(control)
    if form is None:
        return
    pid = form.page.owner or pid
    tab = run.lines[pid].tab
    memory = tab.typed
    overlay = input_values.overlay(memory, form)
    filling = toggle(control, overlay)
    memory = input_values.remember(memory, form, filling.changes)
    steps: actions.Actions = ()
    if form.get("phx-change") or control.get("phx-change"):
        steps = payloads.change(form, filling.names, None, None, filling.over(overlay), hidden=run.sight(pid))
    perform(run, pid, steps, memory)


# --- looking ------------------------------------------------------------------------------------------------------------


def show(text: str, open: Callable[[str], Any] | None) -> None:
    """Write a document to a temporary file and open it."""
    import tempfile  # few tests show a page to anybody
    import webbrowser

    with tempfile.NamedTemporaryFile("w", suffix=".html", delete=False, encoding="utf-8", errors="replace") as file:
        file.write(text)
    (open or webbrowser.open)(Path(file.name).as_uri())
