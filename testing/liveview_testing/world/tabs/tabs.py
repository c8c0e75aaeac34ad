"""Tabs that are more than the pages of their views: what moves between a browser's heart and the world.

Owns the carrying out of what `react` answers: frames go up the link, timers onto the clock, links and native submits to another
page; and the way back: what a process sends is a stimulus of its tab. Frames wait on the link where there is latency, or where it
is held.

Laws: a tab that nobody asked for costs nothing; frames of one direction never overtake each other.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Literal, TypeAlias
from urllib.parse import urljoin, urlsplit

from attrs import evolve
from immutables import Map

from liveview_core.protocol.tokens import flash_token
from liveview_core.values.declaring import frozen
from liveview_testing.browser.browser import Browser, Network, PageNote, Sent
from liveview_testing.browser.connection.history import Entry, History
from liveview_testing.browser.connection.losing import Closed
from liveview_testing.browser.connection.messages import Arrived
from liveview_testing.browser.dom.document import FRAME, Document, Shown
from liveview_testing.browser.dom.forms import entries
from liveview_testing.browser.events.links import Enter, Load
from liveview_testing.browser.events.pointer import Browse
from liveview_testing.browser.events.submission import NativeLink, NativeSubmit
from liveview_testing.browser.page.page import Page
from liveview_testing.browser.react import react as step
from liveview_testing.browser.stimuli import (
    Connected,
    Due,
    Entered,
    FileClosed,
    Held,
    Joined,
    Loaded,
    Lost,
    Offered,
    Stimulus,
    ViewEnded,
)
from liveview_testing.browser.uploads.state import FrameOfFile
from liveview_testing.world.browsing import dom_ids, incoming, navigation
from liveview_testing.world.page_state.requests import sent_by
from liveview_testing.world.tabs import journeys
from liveview_testing.world.tabs.tab_documents import (
    document_of,
    frame_of,
    history_of,
    offer_of,
    offers_of,
    surroundings,
)
from liveview_testing.world.world import Happening, Line, TabDue, Timer

if TYPE_CHECKING:
    from liveview_testing.world.open_world import OpenWorld
    from liveview_testing.world.page_checks import Checks
    from liveview_testing.world.world import Visit

BLANK = "about:blank"

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
        history = history_of(line.tab)
        browser = Browser(document_of(run, root), history=history, root=root, title=line.title, follows=follows)
        offers = {each.id: each for each in offers_of(run, root)} if follows else {}
        browser = evolve(browser, network=evolve(browser.network, offers=Map(offers)))
        run.browsers = run.browsers.set(number, browser)
        react(run, number, Joined(tuple(shown.id for shown in browser.document.ordered())))
    elif follows and not run.browsers[number].follows:
        browser = run.browsers[number]
        network = evolve(browser.network, offers=Map({each.id: each for each in offers_of(run, root)}))
        run.browsers = run.browsers.set(number, evolve(browser, follows=True, network=network))
    return number


def offer(run: OpenWorld, parent: str, pid: str, *, outside: bool) -> None:
    """The server has made a nested view, which the tab can join."""
    number = run.lines[pid].tab.number
    react(run, number, Offered(offer_of(run, parent, pid, outside=outside)))


# --- a step -------------------------------------------------------------------------------------------------------------


def react(run: OpenWorld, number: int, stimulus: Stimulus) -> None:
    """Something happens to a tab, and what it sends is on its way."""
    before = run.browsers[number]
    reacted = step(before, stimulus, surroundings(run))
    after = reacted.browser
    if after.timers is not before.timers:
        after = scheduled(run, number, before, after)
    run.browsers = run.browsers.set(number, after)
    if after.history is not before.history:
        _moved(run, after)
    for sent in reacted.sent:
        send_up(run, number, sent)
    for wanted in reacted.asked:
        _fulfil(run, number, wanted)


def _moved(run: OpenWorld, browser: Browser) -> None:
    """The line of the root view is where its tab is."""
    tab = run.lines[browser.root].tab
    url = navigation.local(browser.url, tab.visit.host)
    if tab.url != url:
        history = browser.history
        urls = tuple(navigation.local(each.url, tab.visit.host) for each in history.entries[: history.at + 1])
        run.retab(browser.root, url=url, history=urls)


def scheduled(run: OpenWorld, number: int, before: Browser, after: Browser) -> Browser:
    """The browser's timers are on the world's clock."""
    clock = after.clock
    for each in before.timers:
        if each not in after.timers and each in clock:
            run.timers = run.timers.delete(clock[each]) if clock[each] in run.timers else run.timers
            clock = clock.delete(each)
    for each, later in after.timers.items():
        if each not in clock:
            timer = Timer(
                run.next(), max(later.due, run.now), f"tab-{number}", TabDue(number, each), own=True, cause=run.cause
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
    of_file = isinstance(sent.payload, FrameOfFile)
    if sent.event == "phx_leave" and not of_file and not run.browsers[number].follows:
        return  # the world says it
    if sent.event == "phx_join" and not of_file:
        sent = evolve(sent, payload=journeys.completed(run, sent.view, dict(sent.payload)))
    if delayed(run, number):
        _fly(run, number, "client", sent.view, sent.event, sent.payload, sent.push)
        if run.browsers[number].holding:
            react(run, number, Held(True))  # its answer may stay away
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
    known = browser.uploads
    mine = [each for each in known.open if known.views.get(each.uploader) == line.id]
    if not mine or line.process is None:
        return []
    there = uploading(line)
    flying = {each.payload.entry for each in browser.flights if each.event == "phx_close"}
    return [
        FrameOfFile(each.upload, each.ref, {})
        for each in mine
        if (each.upload, each.ref) not in there and each.ref not in flying
    ]


def uploading(line: Line) -> set[tuple[str, str]]:
    """The files whose channels a view has: the refs of their uploads, and their own."""
    process = line.process
    if process is None:
        return set()
    sockets = (process.socket, *(instance.socket for instance in process.components))
    return {
        (config.ref, ref)
        for socket in sockets
        for config in socket.assigns.get("uploads") or ()
        for ref in config.channels
    }


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
        run.schedule(Timer(run.next(), due, f"tab-{tab}", landing, own=True, cause=run.cause))


def _land(run: OpenWorld, tab: int, number: int) -> None:
    """A frame has reached the other end."""
    browser = run.browsers[tab]
    flight = next((each for each in browser.flights if each.number == number), None)
    if flight is None:
        return
    run.browsers = run.browsers.set(tab, evolve(browser, flights=tuple(e for e in browser.flights if e is not flight)))
    if flight.direction == "server" and isinstance(flight.payload, FrameOfFile):
        react(run, tab, FileClosed(flight.payload.entry))
        return
    if flight.happening is None and flight.direction == "server":
        said(run, tab, flight.view, flight.event, flight.payload, flight.push)
        return
    if flight.direction == "client":
        run.push = flight.push
        run.arrive(flight.view, flight.event, _own(flight.payload))
        run.push = None
        return
    line = run.lines[flight.view].copy()
    part = _part_of(flight)
    incoming.hear(line, part, dom_ids.elsewhere(run, line.id, part.event), kept=True)
    run.lines[line.id] = line
    heard(run, line, part, flight.push)
    if part.event == "phx_join" and line.tab.parent is not None:
        dom_ids.joined(run, line.id)


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
    react(run, tab, Held(True))


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
            run.schedule(Timer(run.next(), run.now, f"tab-{tab}", landing, own=True, cause=each.cause))
    if flights is None:
        react(run, tab, Held(False))


# --- hearing ------------------------------------------------------------------------------------------------------------


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
        react(run, tab, Arrived(line.id, sent.event, sent.payload, number, page=page))
    for closed in _files_closed(run, line) if run.browsers[tab].uploads.entries else ():
        react(run, tab, FileClosed(closed.entry))


def tell(run: OpenWorld, tab: int, view: str, event: str, payload: Mapping[str, Any], push: int | None = None) -> None:
    """The server says something to a tab that no process says."""
    if delayed(run, tab):
        _fly(run, tab, "server", view, event, payload, push)
    else:
        said(run, tab, view, event, payload, push)


# --- tabs that only LiveViewTest's handles look at: the world goes and joins for them -------------------------------------


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
    react(run, tab, Arrived(line.id, sent.event, payload, push))


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
    react(run, tab, Joined((line.id,)))


def gone(run: OpenWorld, line: Line) -> None:
    """A view has ended: what was in its container is the tab's no more."""
    browser = run.browsers.get(line.tab.number)
    if browser is not None and not browser.follows and line.id in browser.document.views:
        react(run, line.tab.number, ViewEnded(line.id))


def show(run: OpenWorld, tab: int, root: str) -> None:
    """The tab shows another root view."""
    browser, line = run.browsers[tab], run.lines[root]
    if browser.follows or root == browser.root or not line.joined:
        return
    _forget_timers(run, browser)
    fresh = Browser(
        document_of(run, root),
        root=root,
        history=history_of(line.tab),
        begun=browser.begun,
        events=browser.events,
        notes=browser.notes,
        title=line.title,
        follows=False,
    )
    run.browsers = run.browsers.set(tab, fresh)
    react(run, tab, Joined(tuple(shown.id for shown in fresh.document.ordered())))


# --- what no process says -----------------------------------------------------------------------------------------------


def said(run: OpenWorld, tab: int, view: str, event: str, payload: Mapping[str, Any], push: int | None) -> None:
    """What no process says has reached the tab."""
    react(run, tab, Arrived(view, event, payload, push))


def crashed(run: OpenWorld, tab: int, view: str, join: int | None) -> None:
    """The process of a view has crashed; `join`: the push that it was to be joined by."""
    if join is None:
        tell(run, tab, view, "phx_error", {})
    else:
        tell(run, tab, view, "phx_reply", {"status": "error", "response": {"reason": "join crashed"}}, join)


# --- the network --------------------------------------------------------------------------------------------------------


def drop(run: OpenWorld, number: int) -> None:
    """The connection of a tab is cut: what is on its way is lost, its processes end, and nothing comes through until `restore`."""
    browser = run.browsers[number]
    if browser.network.cut:
        return
    run.browsers = run.browsers.set(number, evolve(browser, network=evolve(browser.network, cut=True)))
    _end_connection(run, number)
    react(run, number, Lost())


def restore(run: OpenWorld, number: int) -> None:
    """The network is there again: the client's next try to connect goes well."""
    browser = run.browsers[number]
    failed = browser.network.failed
    run.browsers = run.browsers.set(number, evolve(browser, network=evolve(browser.network, cut=False, failed=None)))
    if failed is not None:
        load(run, number, Load(failed, "replace"))


def connect(run: OpenWorld, number: int) -> None:
    """The network is there, and the client connects at once."""
    restore(run, number)
    react(run, number, Connected())


def _end_connection(run: OpenWorld, number: int) -> None:
    """The connection is closed: frames on the link are lost, processes end."""
    browser = run.browsers[number]
    flown = {each.number for each in browser.flights}
    for seq, timer in list(run.timers.items()):
        message = timer.message
        if type(message) is TabDue and message.tab == number and message.frame and message.number in flown:
            run.timers = run.timers.delete(seq)
    run.browsers = run.browsers.set(number, evolve(browser, flights=()))
    mine = {view for view in (*browser.views, *browser.document.views) if view in run.lines}
    for frame in [each for each in run.answers if each[0] in mine]:
        run.answers.remove(frame)
    for view in sorted(mine, key=lambda view: (run.lines[view].tab.parent is not None, view)):
        journeys.drop(run, view)


# --- what a tab asks for ------------------------------------------------------------------------------------------------


def _fulfil(run: OpenWorld, tab: int, wanted: Any) -> None:
    browser = run.browsers[tab]
    root = browser.root
    if not browser.follows:
        _leave(run, root, wanted)
        return
    match wanted:
        case Enter():
            view = journeys.enter(run, root, wanted)
            react(run, tab, Entered(view, wanted))
        case Load():
            load(run, tab, wanted)
        case Browse():
            _browse(run, tab, wanted)
        case NativeSubmit():
            _leave_by(run, root, wanted)
            _loaded_by_request(run, tab)
        case NativeLink():
            _ask_by_link(run, root, wanted)
            _loaded_by_request(run, tab)
        case Closed():
            _take_leave(run, tab)
            _end_connection(run, tab)
        case _:
            raise TypeError(f"a tab asked for {wanted!r}")


def _take_leave(run: OpenWorld, tab: int) -> None:
    """What the client has said to its views before it closed the connection comes before their end."""
    if delayed(run, tab):
        return
    views = run.browsers[tab].views
    for frame in [each for each in run.answers if each[1] == "phx_leave" and each[0] in views]:
        run.answers.remove(frame)
        run.cause = frame[4]
        run.arrive(frame[0], frame[1], frame[2])


def _loaded_by_request(run: OpenWorld, tab: int) -> None:
    """What is asked for with GET is loaded; to what else is asked for the test gives the server's answer."""
    left = run.lines[run.browsers[tab].root].tab.left
    if left is not None and left.request is not None and left.request.method == "get":
        load(run, tab, Load(left.to))


def _leave(run: OpenWorld, root: str, wanted: Any) -> None:
    """A tab that only LiveViewTest's handles look at leaves its page: where it goes they follow."""
    if run.lines[root].tab.left is not None:
        return  # they know of it
    match wanted:
        case Enter():
            navigation.leave(run, root, wanted.url, "live_redirect", wanted.how)
        case Load() | Browse():
            navigation.leave(run, root, wanted.href, "redirect")
        case NativeSubmit():
            _leave_by(run, root, wanted)
        case NativeLink():
            _ask_by_link(run, root, wanted)
        case _:
            pass


def _ask_by_link(run: OpenWorld, root: str, wanted: NativeLink) -> None:
    """A link asks the server with a method of its own."""
    navigation.ask(run, root, sent_by(wanted.fields, wanted.to, wanted.method, run.lines[root].tab.url))


def _leave_by(run: OpenWorld, pid: str, wanted: NativeSubmit) -> None:
    """A form is submitted natively, as the tab has it: the page is left."""
    form, submitter = wanted.form, wanted.submitter
    action, method = form.get("action"), form.get("method")
    if submitter is not None and not wanted.scripted:
        action, method = submitter.get("formaction") or action, submitter.get("formmethod") or method
    navigation.ask(run, pid, sent_by(entries(form, submitter), action, method, run.lines[pid].tab.url))


def answered(run: OpenWorld, number: int, answer: navigation.Answer) -> None:
    """The server has answered the request that the page of a tab was left with: the tab loads what that leads to."""
    root = run.browsers[number].root
    tab = run.lines[root].tab
    assert tab.left is not None
    run.retab(root, visit=evolve(tab.visit, session={**tab.visit.session, **answer.session}))
    load(run, number, Load(answer.to or tab.left.to, flash=flash_token(answer.flash) if answer.flash else None))


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
        run.browsers = run.browsers.set(tab, evolve(browser, history=browser.history.fragment(url)))
        return
    load(run, tab, Load(url))


def load(run: OpenWorld, tab: int, wanted: Load, history: History | None = None) -> None:
    """A page is loaded over HTTP, and its views are joined by the tab. `history`: where the tab is then, if that is known."""
    browser = run.browsers[tab]
    url = urljoin(browser.url, wanted.href)
    if browser.network.cut:
        _end_connection(run, tab)
        run.browsers = run.browsers.set(tab, _emptied(run.browsers[tab], wanted, url, run.now))
        return
    served = journeys.load(run, browser.root, wanted)
    if served is None:
        return
    _end_connection(run, tab)
    _shows(run, tab, served, wanted, history)


def begin(run: OpenWorld, tab: int, visit: Visit, checks: Checks) -> bool:
    """The first page of a tab is loaded, and its views are joined by it; whether there is one."""
    if tab not in run.browsers:
        run.browsers = run.browsers.set(tab, nothing_yet())
    served = journeys.first(run, tab, visit, checks)
    if served is None:
        return False
    line = run.lines[served.root]
    _shows(run, tab, served, Load(line.tab.url), History((Entry(line.tab.visit.host + line.tab.url),)))
    return True


def nothing_yet() -> Browser:
    """A tab in which nothing was opened."""
    document = Document(Page.join({"s": ["<html><head></head><body></body></html>"]}).page)
    return Browser(document, history=History((Entry(BLANK),)))


def _shows(run: OpenWorld, tab: int, served: journeys.Served, wanted: Load, history: History | None) -> None:
    """The page that was served is what the tab shows."""
    browser = run.browsers[tab]
    line = run.lines[served.root]
    there = line.tab.visit.host + line.tab.url
    if history is None:
        same = wanted.again and there == browser.url
        how = "replace" if there == browser.url else wanted.how
        history = browser.history.loaded(there, how, here=same)
    _forget_timers(run, browser)
    views: dict[str, Shown] = {}
    for view, html in served.inside.items():
        inner, page = run.lines[view], Page.join({"s": [html]}).page
        views[view] = Shown(view, inner.dom_id, FRAME, page, (), main=view == served.root, sticky=inner.sticky)
    document = Document(frame_of(line, served.opening), Map(views))
    offers = {each.id: each for each in offers_of(run, served.root)}
    network = Network(reloads=browser.network.reloads, opened=run.now, offers=Map(offers))
    fresh = Browser(
        document,
        root=served.root,
        history=history,
        latency=browser.latency,
        holding=browser.holding,
        flights=run.browsers[tab].flights,
        begun=browser.begun,
        events=browser.events,
        notes=browser.notes,
        title=line.title,
        network=network,
    )
    run.browsers = run.browsers.set(tab, fresh)
    joins = [(shown.id, None if shown.sticky else there) for shown in document.within(FRAME)]
    react(run, tab, Loaded(tuple(joins)))


def _emptied(browser: Browser, wanted: Load, url: str, now: int) -> Browser:
    """The tab of a page that could not be loaded: nothing is to be seen, and it is loaded as soon as there is a network."""
    note = PageNote(
        f"{url} could not be loaded: there is no network",
        "page.network.restore(), and the browser loads it",
        now / 1_000_000,
        "CN-15",
    )
    history = browser.history if wanted.again else browser.history.loaded(url, wanted.how)
    document = nothing_yet().document
    network = evolve(browser.network, failed=url, offers=Map())
    return evolve(
        browser,
        document=document,
        views=Map(),
        timers=Map(),
        clock=Map(),
        history=history,
        network=network,
        notes=browser.notes.append(note),
        link=None,
    )


# --- the end ------------------------------------------------------------------------------------------------------------


def close(run: OpenWorld, tab: int) -> None:
    """The tab is closed: its views end."""
    browser = run.browsers[tab]
    _end_connection(run, tab)
    _forget_timers(run, browser)
    run.browsers = run.browsers.delete(tab)


def _forget_timers(run: OpenWorld, browser: Browser) -> None:
    """Nothing that the tab has waited for comes any more."""
    for seq in browser.clock.values():
        run.timers = run.timers.delete(seq) if seq in run.timers else run.timers
