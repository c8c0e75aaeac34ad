"""Tabs that are more than the pages of their views: what moves between a browser's heart and the world.

Owns the keeping of a tab, and one step of it: frames go onto the link (`frames`), timers onto the clock, links and native submits
to another page (`tab_requests`). What comes back is in `receiving`. Law: a tab that nobody asked for costs nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve
from immutables import Map

from liveview_testing.browser.browser import Browser, Sent
from liveview_testing.browser.connection.history import History
from liveview_testing.browser.events.links import Load
from liveview_testing.browser.react import react as step
from liveview_testing.browser.stimuli import (
    Held,
    Joined,
    Lost,
    Offered,
    Stimulus,
)
from liveview_testing.browser.uploads.frame_of_file import FrameOfFile
from liveview_testing.world.browsing import navigation
from liveview_testing.world.page_state.documents import title_in
from liveview_testing.world.tabs import frames, joins_and_loads, tab_requests
from liveview_testing.world.tabs.tab_documents import (
    document_of,
    history_of,
    offer_of,
    offers_of,
    rendered_of,
    surroundings,
)
from liveview_testing.world.world import TabDue, Timer

if TYPE_CHECKING:
    from liveview_testing.world.open_world import OpenWorld
    from liveview_testing.world.page_checks import Checks
    from liveview_testing.world.world import Visit


def keep(run: OpenWorld, pid: str, *, follows: bool = True, opened: bool = False) -> int:
    """The tab of a view is kept from now on, as a browser with a state of its own; its number.

    `follows`: it goes where it is sent, as a person's does; else that is left to the handles of its views. `opened`: just now.
    """
    root = run.root(pid)
    line = run.lines[root]
    number = line.tab.number
    if number not in run.browsers:
        history = history_of(line.tab)
        title = title_in(line.tab.document, line.title)
        browser = Browser(
            document_of(run, root),
            history=history,
            root=root,
            title=title,
            follows=follows,
        )
        offers = {each.id: each for each in offers_of(run, root)} if follows else {}
        browser = evolve(browser, network=evolve(browser.network, offers=Map(offers)))
        run.browsers = run.browsers.set(number, browser)
        views = tuple(shown.id for shown in browser.document.ordered())
        react(run, number, Joined(views, opened=opened, rendered=rendered_of(run, views)))
        if line.process is None and line.tab.waiting is not None:
            lose(run, number)  # its connection was lost before
    elif follows and not run.browsers[number].follows:
        browser = run.browsers[number]
        network = evolve(browser.network, offers=Map({each.id: each for each in offers_of(run, root)}))
        run.browsers = run.browsers.set(number, evolve(browser, follows=True, network=network))
    return number


def lose(run: OpenWorld, number: int) -> None:
    """The connection of a tab is cut, and its client hears of it."""
    browser = run.browsers[number]
    run.browsers = run.browsers.set(number, evolve(browser, network=evolve(browser.network, cut=True)))
    tab_requests.end_connection(run, number)
    react(run, number, Lost())


def offer(run: OpenWorld, parent: str, pid: str, *, outside: bool) -> None:
    """The server has made a nested view, which the tab can join."""
    number = run.lines[pid].tab.number
    react(run, number, Offered(offer_of(run, parent, pid, outside=outside)))


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
        _hand_on(run, number, tab_requests.fulfilled(run, number, wanted))


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
    # those of one instant: in the order of their making
    for each in sorted(new for new in after.timers if new not in clock):
        due = max(after.timers[each].due, run.now)
        timer = Timer(run.next(), due, f"tab-{number}", TabDue(number, each), own=True, cause=run.cause)
        run.schedule(timer)
        clock = clock.set(each, timer.seq)
    return evolve(after, clock=clock)


def send_up(run: OpenWorld, number: int, sent: Sent) -> None:
    """A frame leaves the tab."""
    of_file = isinstance(sent.payload, FrameOfFile)
    if sent.event == "phx_leave" and not of_file and not run.browsers[number].follows:
        return  # the world says it
    if sent.event == "phx_join" and not of_file:
        sent = evolve(sent, payload=joins_and_loads.completed(run, sent.view, dict(sent.payload)))
    if frames.delayed(run, number):
        frames.fly(run, number, "client", sent.view, sent.event, sent.payload, sent.push)
        if run.browsers[number].holding:
            react(run, number, Held(True))  # its answer may stay away
    else:
        run.answers.append((sent.view, sent.event, frames.own_payload(sent.payload), sent.push, run.cause))


def load(run: OpenWorld, number: int, wanted: Load, history: History | None = None) -> None:
    """A page is loaded over HTTP, and its views are joined by the tab."""
    _hand_on(run, number, tab_requests.load(run, number, wanted, history))


def begin(run: OpenWorld, number: int, visit: Visit, checks: Checks) -> bool:
    """The first page of a tab is loaded, and its views are joined by it; whether there is one."""
    stimulus = tab_requests.begin(run, number, visit, checks)
    _hand_on(run, number, stimulus)
    return stimulus is not None


def answered(run: OpenWorld, number: int, answer: navigation.Answer) -> None:
    """The server has answered the request that the page of a tab was left with."""
    _hand_on(run, number, tab_requests.answered(run, number, answer))


def _hand_on(run: OpenWorld, number: int, stimulus: Stimulus | None) -> None:
    if stimulus is not None:
        react(run, number, stimulus)
