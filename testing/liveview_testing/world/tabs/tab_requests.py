"""What a tab asks the world for: another page, another view, a native submit, the end of its connection.

Owns the carrying out of these. Law: each ends with what the tab then hears, a stimulus, or with nothing; who asked hands it on.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from attrs import evolve
from immutables import Map

from liveview_core.protocol.tokens import flash_token
from liveview_testing.browser.browser import Browser, Network, PageNote
from liveview_testing.browser.connection.addresses import is_here, joined, parsed, same_document, split_url
from liveview_testing.browser.connection.history import Entry, History
from liveview_testing.browser.connection.reconnecting import Closed
from liveview_testing.browser.dom.document import FRAME, Document, Shown
from liveview_testing.browser.dom.forms import entries
from liveview_testing.browser.events.links import Enter, Load
from liveview_testing.browser.events.pointer import Browse
from liveview_testing.browser.events.submission import NativeLink, NativeSubmit
from liveview_testing.browser.page.page import Page
from liveview_testing.browser.stimuli import (
    Entered,
    Loaded,
    Stimulus,
)
from liveview_testing.world.browsing import navigation
from liveview_testing.world.page_state.documents import title_in
from liveview_testing.world.page_state.requests import linked, sent_by
from liveview_testing.world.tabs import frames, joins_and_loads
from liveview_testing.world.tabs.tab_documents import (
    frame_of,
    offers_of,
)
from liveview_testing.world.world import TabDue

if TYPE_CHECKING:
    from liveview_testing.world.open_world import OpenWorld
    from liveview_testing.world.page_checks import Checks
    from liveview_testing.world.world import Visit

BLANK = "about:blank"


def fulfilled(run: OpenWorld, tab: int, wanted: Any) -> Stimulus | None:
    """What a tab asked for is done; what it hears then."""
    browser = run.browsers[tab]
    root = browser.root
    if type(wanted) is NativeSubmit and wanted.elsewhere:
        return None
    if not browser.follows:
        _leave(run, root, wanted)
        return None
    match wanted:
        case Enter() if not navigation.is_local(run.lines[root], wanted.url):  # the server refuses such a join: RT-8
            return load(run, tab, Load(wanted.url, wanted.how, wanted.flash))
        case Enter():
            view = joins_and_loads.enter(run, root, wanted)
            return Entered(view, wanted)
        case Load():
            return load(run, tab, wanted)
        case Browse():
            _hear_out(run, tab)
            return _browse(run, tab, wanted) if run.browsers[tab].root == root else None
        case NativeSubmit():
            _hear_out(run, tab)
            return _loaded_by_request(run, tab) if _leave_by(run, root, wanted) else None
        case NativeLink():
            _hear_out(run, tab)
            _ask_by_link(run, root, wanted)
            return _loaded_by_request(run, tab)
        case _:
            assert isinstance(wanted, Closed)
            _hear_out(run, tab)
            end_connection(run, tab)
            return None


def _hear_out(run: OpenWorld, tab: int, heard: Sequence[str] = ("event", "phx_leave")) -> None:
    """What the client has said to its views before it asks for another page, or closes the connection, comes before that: it went
    over the line already. What is held on it is lost.
    """  # CE-14
    if frames.delayed(run, tab):
        for flight in run.browsers[tab].flights:
            if flight.direction == "client" and flight.due is not None and flight.event in heard:
                frames.land(run, tab, flight)
        return
    views = run.browsers[tab].views
    for frame in [each for each in run.answers if each[1] in heard and each[0] in views]:
        if frame in run.answers:
            run.answers.remove(frame)
            run.push, run.cause = frame[3], frame[4]
            run.arrive(frame[0], frame[1], frame[2])


def _loaded_by_request(run: OpenWorld, tab: int) -> Stimulus | None:
    """What is asked for with GET is loaded; to what else is asked for the test gives the server's answer."""
    left = run.lines[run.browsers[tab].root].tab.left
    if left is not None and left.request is not None and left.request.method == "get":
        return load(run, tab, Load(left.to + left.request.fragment))
    return None


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
    navigation.ask(run, root, linked(wanted.fields, wanted.to, wanted.method, run.lines[root].tab.url))


def _stay(run: OpenWorld, tab: int, url: str) -> None:
    """Only the place on the page is another."""
    browser = run.browsers[tab]
    run.browsers = run.browsers.set(tab, evolve(browser, history=browser.history.fragment(url)))


def _leave_by(run: OpenWorld, pid: str, wanted: NativeSubmit) -> bool:
    """A form is submitted natively, as the tab has it: the page is left, if that asks for one."""
    form, submitter, here = wanted.form, wanted.submitter, run.browsers[run.lines[pid].tab.number].url
    request = sent_by(form, submitter, entries(form, submitter, native=True), here, scripted=wanted.scripted)
    if split_url(request.path).scheme not in ("http", "https"):
        return False  # a mail, a call, a script: no page is asked for
    if request.method == "get" and same_document(to := request.path + request.fragment, here):
        _stay(run, run.lines[pid].tab.number, to)
        return False
    navigation.ask(run, pid, request)
    return True


def answered(run: OpenWorld, number: int, answer: navigation.Answer) -> Stimulus | None:
    """The server has answered the request that the page of a tab was left with: the tab loads what that leads to."""
    root = run.browsers[number].root
    tab = run.lines[root].tab
    assert tab.left is not None
    run.retab(root, visit=evolve(tab.visit, session={**tab.visit.session, **answer.session}))
    to, asked = answer.to or tab.left.to, tab.left.request
    if asked is not None and "#" not in to:  # a redirect without a place on its page keeps that of before
        to += asked.fragment
    return load(run, number, Load(to, flash=flash_token(answer.flash) if answer.flash else None))


def _browse(run: OpenWorld, tab: int, wanted: Browse) -> Stimulus | None:
    """An ordinary link is followed: by this tab, unless it is for another, or leads to a place on this page."""
    link, href = wanted.link, wanted.href
    browser = run.browsers[tab]
    if not is_here(link.get("target")) or link.get("download") is not None:
        return None
    if split_url(href).scheme not in ("", "http", "https"):
        return None
    here = browser.url
    url = joined(here, parsed(href))
    if same_document(url, here):
        _stay(run, tab, url)
        return None
    return load(run, tab, Load(url))


def load(run: OpenWorld, tab: int, wanted: Load, history: History | None = None) -> Stimulus | None:
    """A page is loaded over HTTP, and its views are joined by the tab. `history`: where the tab is then, if that is known."""
    browser = run.browsers[tab]
    url = joined(browser.url, wanted.href)
    if browser.network.cut:
        end_connection(run, tab)
        run.browsers = run.browsers.set(tab, _emptied(run.browsers[tab], wanted, url, run.now))
        return None
    _hear_out(run, tab, ("event",))
    browser = run.browsers[tab]
    served = joins_and_loads.load(run, browser.root, wanted)
    if served is None:
        text = f"the tab leaves the simulated host for {_last(run, browser.root)}: the page before is shown still"
        note = PageNote(text, "view.assert_redirect(…) says where it was sent", run.now / 1_000_000, "RT-8")
        browser = run.browsers[tab]
        run.browsers = run.browsers.set(tab, evolve(browser, notes=browser.notes.append(note)))
        return None
    end_connection(run, tab)
    return _shows(run, tab, served, wanted, history)


def _last(run: OpenWorld, root: str) -> str:
    """Where the page that was to be loaded has led."""
    left = run.lines[root].tab.left
    return "another" if left is None else left.to


def begin(run: OpenWorld, tab: int, visit: Visit, checks: Checks) -> Stimulus | None:
    """The first page of a tab is loaded, and its views are joined by it; None where it leads away."""
    if tab not in run.browsers:
        run.browsers = run.browsers.set(tab, nothing_yet())
    served = joins_and_loads.first(run, tab, visit, checks)
    if served is None:
        return None
    line = run.lines[served.root]
    return _shows(run, tab, served, Load(line.tab.url), History((Entry(line.tab.visit.host + line.tab.url),)))


def nothing_yet() -> Browser:
    """A tab in which nothing was opened."""
    document = Document(Page.join({"s": ["<html><head></head><body></body></html>"]}).page)
    return Browser(document, history=History((Entry(BLANK),)))


def _shows(run: OpenWorld, tab: int, served: joins_and_loads.Served, wanted: Load, history: History | None) -> Stimulus:
    """The page that was served is what the tab shows."""
    browser = run.browsers[tab]
    line = run.lines[served.root]
    there = line.tab.visit.host + line.tab.url + served.fragment
    if history is None:
        same = wanted.again and there == browser.url
        how = "replace" if there == browser.url else wanted.how
        history = browser.history.loaded(there, how, here=same)
    forget_timers(run, browser)
    views: dict[str, Shown] = {}
    for view, html in served.inside.items():
        inner, page = run.lines[view], Page.join({"s": [html]}).page
        if "ignore" in html:
            run.retab(view, served=page)
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
        gone=browser.gone,
        title=title_in(line.tab.document, line.title),
        network=network,
    )
    run.browsers = run.browsers.set(tab, fresh)
    joins = [(shown.id, None if shown.sticky else there) for shown in document.within(FRAME)]
    return Loaded(tuple(joins))


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


def end_connection(run: OpenWorld, number: int) -> None:
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
        joins_and_loads.drop(run, view)


def forget_timers(run: OpenWorld, browser: Browser) -> None:
    """Nothing that the tab has waited for comes any more."""
    for seq in browser.clock.values():
        run.timers = run.timers.delete(seq) if seq in run.timers else run.timers
