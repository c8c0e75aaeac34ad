"""The network between a tab and the server, in a test's hands: frames that wait, a connection that is cut.

Owns holding and releasing, dropping and restoring. Law: what is on its way when the connection is cut is lost, and its processes
end.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve

from liveview_testing.browser.events.links import Load
from liveview_testing.browser.stimuli import (
    Connected,
    Held,
)
from liveview_testing.world.tabs import tabs
from liveview_testing.world.tabs.frames import Flight
from liveview_testing.world.world import TabDue, Timer

if TYPE_CHECKING:
    from liveview_testing.world.open_world import OpenWorld


def hold(run: OpenWorld, tab: int) -> None:
    """Frames of both directions wait from now on."""
    run.browsers = run.browsers.set(tab, evolve(run.browsers[tab], holding=True))
    tabs.react(run, tab, Held(True))


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
        tabs.react(run, tab, Held(False))


def drop(run: OpenWorld, number: int) -> None:
    """The connection of a tab is cut: what is on its way is lost, its processes end, and nothing comes through until `restore`."""
    if not run.browsers[number].network.cut:
        tabs.lose(run, number)


def restore(run: OpenWorld, number: int) -> None:
    """The network is there again: the client's next try to connect goes well."""
    browser = run.browsers[number]
    failed = browser.network.failed
    run.browsers = run.browsers.set(number, evolve(browser, network=evolve(browser.network, cut=False, failed=None)))
    if failed is not None:
        tabs.load(run, number, Load(failed, "replace"))


def connect(run: OpenWorld, number: int) -> None:
    """The network is there, and the client connects at once."""
    restore(run, number)
    tabs.react(run, number, Connected())
