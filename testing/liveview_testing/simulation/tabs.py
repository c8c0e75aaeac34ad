"""Tabs that are more than the pages of their views: what moves between a browser's heart and the world.

Owns the carrying out of what `react` answers: frames go up the link, timers onto the clock, links and native submits to another
page; and the way back: what a process sends is a stimulus of its tab. Frames wait on the link where there is latency, or where it
is held.

Laws: a tab that nobody asked for costs nothing; frames of one direction never overtake each other.
"""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import TYPE_CHECKING, Any, Literal, TypeAlias
from urllib.parse import urljoin, urlsplit

from attrs import evolve
from immutables import Map

from liveview_core.protocol.messages import Stop
from liveview_core.values.declaring import frozen
from liveview_testing.browser import stimuli
from liveview_testing.browser.browser import Browser, Sent
from liveview_testing.browser.client import CLIENT
from liveview_testing.browser.connection.history import Entry, History
from liveview_testing.browser.connection.messages import Arrived
from liveview_testing.browser.dom.document import FRAME, Document, Shown
from liveview_testing.browser.dom.forms import controls as in_form
from liveview_testing.browser.dom.forms import entries
from liveview_testing.browser.dom.mark import Key
from liveview_testing.browser.dom.node import at
from liveview_testing.browser.events.links import Load, Navigate, Unload
from liveview_testing.browser.events.pointer import Browse
from liveview_testing.browser.events.submission import NativeSubmit
from liveview_testing.browser.events.validation import problem
from liveview_testing.browser.finding.select import find
from liveview_testing.browser.forms.forms import controls
from liveview_testing.browser.page.controls import hidden_by
from liveview_testing.browser.page.page import Page
from liveview_testing.browser.react import react as step
from liveview_testing.browser.reaction import Reaction, Surroundings
from liveview_testing.browser.settling import settled
from liveview_testing.browser.stimuli import Due, FileClosed, Joined, Stimulus, ViewEnded
from liveview_testing.browser.uploads.state import NO_UPLOADS, FrameOfFile
from liveview_testing.browsing import dom_ids, incoming, navigation
from liveview_testing.client_hooks import BUILT_IN
from liveview_testing.simulation.sight import sight_of, typed_into
from liveview_testing.tab import input_values
from liveview_testing.tab.requests import sent_by
from liveview_testing.world.world import Happening, Line, TabDue, Timer, World

if TYPE_CHECKING:
    from liveview_testing.browser.events.actions import Command
    from liveview_testing.browser.events.payloads import Hider
    from liveview_testing.browser.forms.forms import Control, Overlay
    from liveview_testing.browser.page.node import Node
    from liveview_testing.browser.tree.template_index import TemplateIndex
    from liveview_testing.world.open_world import OpenWorld

Direction: TypeAlias = Literal["client", "server"]


@frozen(eq=False)
class Flight:
    """A frame on a link: in which direction, from or to which view, and what it is. `due` None: it is held."""

    number: int
    direction: Direction
    view: str
    event: str
    payload: Any
    push: int | None = None
    due: int | None = None
    happening: Happening | None = None
    """The step that sent it, if a process did."""
    cause: int = 0


# --- which tab ----------------------------------------------------------------------------------------------------------


def keep(run: OpenWorld, pid: str, *, follows: bool = True) -> int:
    """The tab of a view is kept from now on, as a browser with a state of its own; its number.

    `follows`: it goes where it is sent, as a person's does; else that is left to the handles of its views.
    """
    root = run.root(pid)
    line = run.lines[root]
    number = line.tab.number
    if number not in run.browsers:
        history = tuple(Entry(navigation.HOST + url) for url in line.tab.history)
        where = History(history, len(history) - 1)
        browser = Browser(document_of(run, root), history=where, root=root, follows=follows)
        run.browsers = run.browsers.set(number, browser)
        react(run, number, Joined(tuple(shown.id for shown in browser.document.ordered())))
    elif follows and not run.browsers[number].follows:
        run.browsers = run.browsers.set(number, evolve(run.browsers[number], follows=True))
    return number


def document_of(run: OpenWorld, root: str) -> Document:
    """The document of a tab, from the pages of its views."""
    return Document(frame_of(run.lines[root]), Map(_shown(run, root, FRAME)))


def frame_of(line: Line) -> Page:
    """What is around the container of the root view, as a page."""
    around = line.tab.document
    if around is not None:
        html = around.before + around.after
    else:
        dom_id = escape(line.dom_id, quote=True)
        html = (
            "<html><head><title></title></head><body>"
            f'<div data-phx-main="" data-phx-session="" data-phx-static="" id="{dom_id}"></div></body></html>'
        )
    return Page.join({"s": [html]}).page


def _shown(run: OpenWorld, pid: str, around: str) -> dict[str, Shown]:
    """A view that has joined, and those inside it."""
    line = run.lines[pid]
    if not line.joined and line.tab.waiting is None:
        return {}
    found = {pid: Shown(pid, line.dom_id, around, line.page)}
    for child in line.tab.children:
        if run.lines[child].joined:
            found.update(_shown(run, child, pid))
    return found


def wakes(line: Line) -> bool:
    """Whether the page of a view has something to do by itself in its tab: an element whose `phx-mounted` runs."""
    page = line.page
    if type(page) is not Page:
        return False  # nothing was sent yet
    memo = page.templates.memo
    found: bool | None = memo.get("wakes")
    if found is None:
        found = memo["wakes"] = _may_wake(page.templates)
    return found and line.joined and line.tab.left is None and bool(find(page, "[phx-mounted]", limit=1))


def _may_wake(templates: TemplateIndex) -> bool:
    """Whether a template of the page may write `phx-mounted`: its own, or with attributes that are known as they come."""
    shapes = (templates.root, *templates.others)
    return templates.raw or any(element.may_have("phx-mounted") for shape in shapes for element in shape.elements)


def surroundings(run: OpenWorld | World) -> Surroundings:
    """What a tab is told of the outside."""
    given: Mapping[str, Any] = run.store.get(SAID) or {}
    hooks: Mapping[str, Any] = given.get("hooks") or BUILT_IN
    return Surroundings(run.now, given.get("styles") or {}, hooks, run.seed, given.get("uploaders") or {})


SAID = "liveview_testing.page"
"""Under this name the store keeps what the test says of pages: styles, and stand-ins for hooks and uploaders."""


# --- a step -------------------------------------------------------------------------------------------------------------


def react(run: OpenWorld, number: int, stimulus: Stimulus) -> None:
    """Something happens to a tab, and what it sends is on its way."""
    before = run.browsers[number]
    reacted = step(before, stimulus, surroundings(run))
    after = reacted.browser
    if after.timers is not before.timers:
        after = _scheduled(run, number, before, after)
    run.browsers = run.browsers.set(number, after)
    for sent in reacted.sent:
        send_up(run, number, sent)
    for wanted in reacted.asked:
        _fulfil(run, number, wanted)


def _scheduled(run: OpenWorld, number: int, before: Browser, after: Browser) -> Browser:
    """The browser's timers are on the world's clock."""
    clock = after.clock
    for each in before.timers:
        if each not in after.timers and each in clock:
            run.timers = run.timers.delete(clock[each]) if clock[each] in run.timers else run.timers
            clock = clock.delete(each)
    for each, later in after.timers.items():
        if each not in clock:
            timer = Timer(
                run.next(), max(later.due, run.now), after.root, TabDue(number, each), own=True, cause=run.cause
            )
            run.schedule(timer)
            clock = clock.set(each, timer.seq)
    return evolve(after, clock=clock)


def due(run: OpenWorld, timer: TabDue) -> None:
    """An instant of a tab has come."""
    browser = run.browsers.get(timer.tab)
    if browser is None:
        return
    if timer.frame:
        _land(run, timer.tab, timer.number)
    elif timer.number in browser.timers:
        run.browsers = run.browsers.set(timer.tab, evolve(browser, clock=browser.clock.delete(timer.number)))
        react(run, timer.tab, Due(timer.number))


# --- acts of LiveViewTest's handles -------------------------------------------------------------------------------------


def sight(run: OpenWorld | World, pid: str) -> Hider:
    """What is hidden and disabled on the page of a view, as its tab has it; of most tabs, as it was sent."""
    if not run.browsers:
        return hidden_by
    return sight_of(run.browsers.get(run.lines[pid].tab.number), pid, surroundings(run)) or hidden_by


def named(run: OpenWorld, pid: str, commands: Mapping[int, Command]) -> dict[int, int]:
    """The tab is kept, what went on in it is over, and the elements whose commands are to be run have a name."""
    number = keep(run, pid, follows=False)
    browser = settled(run.browsers[number], surroundings(run))
    if browser is not run.browsers[number]:
        run.browsers = run.browsers.set(number, _scheduled(run, number, run.browsers[number], browser))
    found: dict[int, int] = {}
    open = Reaction(run.browsers[number], surroundings(run), CLIENT)
    for at_, each in commands.items():
        node = at(open.document, (each.source.page.owner or pid, 0, each.source.path))
        found[at_] = 0 if node is None else open.number(node)
    run.browsers = run.browsers.set(number, open.done())
    return found


def command(run: OpenWorld, pid: str, source: int, wanted: Command) -> None:
    """A JS command is carried out; what was typed with LiveViewTest's handles is in the fields that it finds."""
    number = run.lines[pid].tab.number
    browser = run.browsers.get(number)
    if browser is None:
        return
    if wanted.name == "dispatch":
        document = browser.document
        for view in (shown.id for shown in document.ordered() if run.lines[shown.id].tab.typed):
            line = run.lines[view]
            for form in find(line.page, "form"):
                overlay = input_values.overlay(line.tab.typed, form)
                document = typed_into(document, view, form, overlay) if overlay else document
        if document is not browser.document:
            run.browsers = run.browsers.set(number, evolve(browser, document=document))
    react(run, number, stimuli.Command(source, wanted.event, wanted.name, wanted.args))


def held_back(run: OpenWorld, pid: str, form: Node, submitter: Node | None) -> bool:
    """Whether a person's submit is held back by the browser's own validation: then the page says so."""
    if form.get("novalidate") is not None or (submitter is not None and submitter.get("formnovalidate") is not None):
        return False
    return invalid(run, pid, form, aloud=True)


def invalid(run: OpenWorld, pid: str, form: Node, overlay: Overlay | None = None, *, aloud: bool) -> bool:
    """Whether the browser finds a form invalid, as it is filled in now; its tab is kept then, and has a note."""
    if not any(map(is_constrained, controls(form))):
        return False
    tab = run.lines[pid].tab
    browser = run.browsers.get(tab.number)
    document = document_of(run, run.root(pid)) if browser is None else browser.document
    filled = input_values.overlay(tab.typed, form) if overlay is None else overlay
    key: Key = (form.page.owner or pid, 0, form.path)
    there = at(typed_into(document, key[0], form, filled), key)
    if there is None or not any(problem(each) is not None for each in in_form(there)):
        return False
    number = keep(run, pid, follows=False)
    browser = run.browsers[number]
    document = typed_into(browser.document, key[0], form, filled)
    run.browsers = run.browsers.set(number, evolve(browser, document=document))
    react(run, number, stimuli.ReportValidity(key, aloud))
    return True


_CONSTRAINTS = ("required", "pattern", "min", "max", "step", "minlength", "maxlength")
_CHECKED_KINDS = frozenset(("email", "url", "number", "range"))


def is_constrained(control: Control) -> bool:
    """Whether a browser has something to check in a control."""
    node = control.node
    return control.kind in _CHECKED_KINDS or any(node.get(name) is not None for name in _CONSTRAINTS)


# --- the link -----------------------------------------------------------------------------------------------------------


def delayed(run: OpenWorld, number: int) -> bool:
    """Whether frames of a tab take time, or wait."""
    browser = run.browsers[number]
    return browser.latency > 0 or browser.holding or bool(browser.flights)


def sent_later(run: OpenWorld, pid: str, event: str, payload: dict[str, Any]) -> bool:
    """Whether a frame that is no answer of the tab itself has to wait on its link, and now does."""
    number = run.lines[pid].tab.number
    if number not in run.browsers or not delayed(run, number):
        return False
    _fly(run, number, "client", pid, event, payload)
    return True


def send_up(run: OpenWorld, number: int, sent: Sent) -> None:
    """A frame leaves the tab."""
    if delayed(run, number):
        _fly(run, number, "client", sent.view, sent.event, sent.payload, sent.push)
    else:
        run.answers.append((sent.view, sent.event, _own(sent.payload), sent.push, run.cause))


def _own(payload: Any) -> Any:
    """A frame's payload, to be changed by nobody else."""
    return payload if isinstance(payload, FrameOfFile) else dict(payload)


def send_down(run: OpenWorld, line: Line, happening: Happening, push: int | None) -> None:
    """What a process has sent is on its way to the tab."""
    for sent in happening.sent:
        number = push if sent.event == "phx_reply" else None
        _fly(run, line.tab.number, "server", line.id, sent.event, sent.payload, number, happening)
    for closed in _files_closed(run, line):
        _fly(run, line.tab.number, "server", line.id, "phx_close", closed)


def _files_closed(run: OpenWorld, line: Line) -> list[FrameOfFile]:
    """The channels of files that a process has ended, though the tab has them open."""
    browser = run.browsers[line.tab.number]
    known, process = browser.uploads, line.process
    mine = [each for each in known.open if known.views.get(each.uploader) == line.id]
    if not mine or process is None:
        return []
    sockets = (process.socket, *(instance.socket for instance in process.components))
    there = {
        (config.ref, ref)
        for socket in sockets
        for config in socket.assigns.get("uploads") or ()
        for ref in config.channels
    }
    flying = {each.payload.entry for each in browser.flights if each.event == "phx_close"}
    return [
        FrameOfFile(each.upload, each.ref, {})
        for each in mine
        if (each.upload, each.ref) not in there and each.ref not in flying
    ]


def _fly(
    run: OpenWorld,
    tab: int,
    direction: Direction,
    view: str,
    event: str,
    payload: Any,
    push: int | None = None,
    happening: Happening | None = None,
) -> None:
    browser = run.browsers[tab]
    due = None if browser.holding else run.now + browser.latency
    if due is not None:  # frames of one direction keep their order, whatever the latency was
        due = max(
            [due, *(each.due for each in browser.flights if each.direction == direction and each.due is not None)]
        )
    flight = Flight(run.next(), direction, view, event, payload, push, due, happening, run.cause)
    run.browsers = run.browsers.set(tab, evolve(browser, flights=(*browser.flights, flight)))
    if due is not None:
        landing = TabDue(tab, flight.number, True)
        run.schedule(Timer(run.next(), due, browser.root, landing, own=True, cause=run.cause))


def _land(run: OpenWorld, tab: int, number: int) -> None:
    """A frame has reached the other end."""
    browser = run.browsers[tab]
    flight = next((each for each in browser.flights if each.number == number), None)
    if flight is None:
        return
    run.browsers = run.browsers.set(tab, evolve(browser, flights=tuple(e for e in browser.flights if e is not flight)))
    if flight.direction == "client":
        run.push = flight.push
        run.arrive(flight.view, flight.event, _own(flight.payload))
        run.push = None
        return
    if isinstance(flight.payload, FrameOfFile):
        react(run, tab, FileClosed(flight.payload.entry))
        return
    line = run.lines[flight.view].copy()
    part = _part_of(flight)
    incoming.hear(line, part, dom_ids.elsewhere(run, line.id, part.event))
    run.lines[line.id] = line
    heard(run, line, part, flight.push)


def _part_of(flight: Flight) -> Happening:
    """The step that sent a frame, as if it had sent nothing else."""
    whole = flight.happening
    assert whole is not None
    part = Happening()
    for name in Happening.__slots__:
        setattr(part, name, getattr(whole, name))
    part.sent = [sent for sent in whole.sent if sent.payload is flight.payload]
    return part


def hold(run: OpenWorld, tab: int) -> None:
    """Frames of both directions wait from now on."""
    run.browsers = run.browsers.set(tab, evolve(run.browsers[tab], holding=True))


def release(run: OpenWorld, tab: int, flights: tuple[Flight, ...] | None = None) -> None:
    """What waited arrives, in order; of `flights` just these. Without them the hold ends."""
    browser = run.browsers[tab]
    freed = browser.flights if flights is None else flights
    numbers = {each.number for each in freed if each.due is None}
    waiting = tuple(evolve(each, due=run.now) if each.number in numbers else each for each in browser.flights)
    run.browsers = run.browsers.set(
        tab, evolve(browser, flights=waiting, holding=browser.holding and flights is not None)
    )
    for each in waiting:
        if each.number in numbers:
            landing = TabDue(tab, each.number, True)
            run.schedule(Timer(run.next(), run.now, browser.root, landing, own=True, cause=each.cause))


# --- hearing ------------------------------------------------------------------------------------------------------------


def heard(run: OpenWorld, line: Line, happening: Happening, push: int | None) -> None:
    """What a process has sent has reached its tab."""
    tab = line.tab.number
    for sent in happening.sent:
        number = push if sent.event == "phx_reply" else None
        response: Mapping[str, Any] = sent.payload.get("response") or {} if sent.event == "phx_reply" else {}
        if "rendered" in response:
            _joined(run, tab, line)
        else:
            react(run, tab, Arrived(line.id, sent.event, sent.payload, number))
    for closed in _files_closed(run, line) if run.browsers[tab].uploads.entries else ():
        react(run, tab, FileClosed(closed.entry))


def _joined(run: OpenWorld, tab: int, line: Line) -> None:
    """A view has joined, for the first time or again: what it shows is what it was sent."""
    browser = run.browsers[tab]
    if line.tab.parent is None and line.id != browser.root:
        return  # the page that comes is put into the tab as a whole
    around = line.tab.parent if line.tab.parent is not None else FRAME
    react(run, tab, Joined((line.id,), Shown(line.id, line.dom_id, around, line.page)))


def gone(run: OpenWorld, line: Line) -> None:
    """A view has ended: what was in its container is the tab's no more."""
    tab = line.tab.number
    browser = run.browsers.get(tab)
    if browser is None or line.id not in browser.document.views:
        return
    if browser.uploads.uploaders:
        react(run, tab, ViewEnded(line.id))
        browser = run.browsers[tab]
    if line.id == browser.root or browser.waiting:
        return  # of what waits for a transition the patch that takes the container away is one
    document = browser.document
    marks = Map((key, mark) for key, mark in document.marks.items() if key[0] != line.id)
    focus = None if document.focus is not None and document.focus[0] == line.id else document.focus
    document = evolve(document, views=document.views.delete(line.id), marks=marks, focus=focus)
    run.browsers = run.browsers.set(tab, evolve(browser, document=document))


# --- what a tab asks for ------------------------------------------------------------------------------------------------


def _fulfil(run: OpenWorld, tab: int, wanted: Any) -> None:
    browser = run.browsers[tab]
    root = browser.root
    if not browser.follows and run.lines[root].tab.left is not None:
        return  # its handles know of it
    match wanted:
        case Navigate(href, how, _):
            if run.lines[root].tab.left is None:  # else its process has sent it away, and ends
                navigation.leave(run, root, href, "live_redirect", how)
            follow(run, tab)
        case Load(href):
            if run.lines[root].tab.left is None:
                navigation.leave(run, root, href, "redirect")
            follow(run, tab)
        case Browse():
            _browse(run, tab, wanted)
        case NativeSubmit():
            _leave_by(run, root, wanted)
            follow(run, tab)
        case Unload():
            run.send_client(root, "phx_leave", {})
        case _:
            raise TypeError(f"a tab asked for {wanted!r}")


def _leave_by(run: OpenWorld, pid: str, wanted: NativeSubmit) -> None:
    """A form is submitted natively, as the tab has it: the page is left."""
    form, submitter = wanted.form, wanted.submitter
    action, method = form.get("action"), form.get("method")
    if submitter is not None:
        action, method = submitter.get("formaction") or action, submitter.get("formmethod") or method
    navigation.ask(run, pid, sent_by(entries(form, submitter), action, method, run.lines[pid].tab.url))


def _browse(run: OpenWorld, tab: int, wanted: Browse) -> None:
    """An ordinary link is followed: by this tab, unless it is for another, or leads to a place on this page."""
    link, href = wanted.link, wanted.href
    browser = run.browsers[tab]
    named = link.get("target") or "_self"
    if named not in ("_self", "_top", "_parent") or link.get("download") is not None:
        return
    if urlsplit(href).scheme not in ("", "http", "https"):
        return
    here = browser.url
    url = urljoin(here, href)
    if url.partition("#")[0] == here.partition("#")[0] and "#" in url:
        run.browsers = run.browsers.set(tab, evolve(browser, history=browser.history.pushed(url, "load")))
        return
    navigation.leave(run, browser.root, href, "redirect")
    follow(run, tab)


def follow(run: OpenWorld, tab: int) -> None:
    """The tab goes where its view was sent, and is at another page then."""
    browser = run.browsers[tab]
    if not browser.follows:
        return
    root = browser.root
    while True:
        left = run.lines[root].tab.left
        if left is None or (left.request is not None and left.request.method != "get") or "://" in left.to:
            break
        root = navigation.follow(run, root)  # which shows it
    if root == browser.root:
        show(run, tab, root)


def show(run: OpenWorld, tab: int, root: str) -> None:
    """The tab shows another root view."""
    browser = run.browsers[tab]
    line = run.lines[root]
    history = tuple(Entry(navigation.HOST + url) for url in line.tab.history)
    live = root != browser.root and line.joined
    fresh = evolve(
        browser,
        document=document_of(run, root) if live else browser.document,
        root=root,
        views=Map(),
        history=History(history, len(history) - 1),
        link=None,
        blocking=(),
        waiting=(),
        pressed=None,
        edited=False,
        focus_stack=(),
        title=line.title,
        uploads=browser.uploads if live else NO_UPLOADS,
    )
    run.browsers = run.browsers.set(tab, fresh)
    if live:
        react(run, tab, Joined(tuple(shown.id for shown in fresh.document.ordered())))


def close(run: OpenWorld, tab: int) -> None:
    """The tab is closed: its views end."""
    browser = run.browsers[tab]
    run.deliver(browser.root, Stop(("shutdown", "closed")), "exit", "closed", None)
    run.browsers = run.browsers.delete(tab)
