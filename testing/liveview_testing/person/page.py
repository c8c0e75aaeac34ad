"""A tab as Playwright's users know it, and the locators on it.

Owns `Page` and `Locator`, the two names that tests are written with. Both are thin: a page names a tab in a world, a locator a page
and a query; everything they answer is read from the world when they are asked.

Law: they say and do what Playwright's do, in simulated time; what it has and needs layout, or a script engine, is refused by name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Literal, NoReturn, cast
from urllib.parse import urljoin, urlsplit

from liveview_core.errors import BadOption, shown
from liveview_testing.browser.accessibility import aria_snapshot
from liveview_testing.browser.browser import PageEvent, PageNote
from liveview_testing.browser.dom.node import root
from liveview_testing.browsing import visits
from liveview_testing.failures.handles import NotAValue
from liveview_testing.person import options, refused
from liveview_testing.person.acts import Acts
from liveview_testing.person.dialogs import Dialog
from liveview_testing.person.exceptions import Error, TimeoutError
from liveview_testing.person.finds import Finds, filters, query_in
from liveview_testing.person.keyboard import Keyboard
from liveview_testing.person.network import Network
from liveview_testing.person.query import Both, Either, Filtered, Inside, LocatorStep, Nth, Query
from liveview_testing.person.reads import Reads
from liveview_testing.person.scene import Scene, new_memory
from liveview_testing.person.suggesting import suggestion
from liveview_testing.person.telling import how_far, last_acts, notes
from liveview_testing.person.urls import url_test
from liveview_testing.person.waiting import Pending, Waiting
from liveview_testing.simulation import tab_history
from liveview_testing.simulation.recording import Asked, recorded

if TYPE_CHECKING:
    from liveview_core.views.view import LiveView
    from liveview_testing.simulation.acting import Acting
    from liveview_testing.user.simulation import Simulation, View

BLANK = "about:blank"


class Locator(Finds["Locator"], Acts, Reads):
    """What is looked for, described; looked up anew at each use."""

    __slots__ = ("_said",)

    def __init__(self, page: Page, query: Query, said: str | None = None) -> None:
        super().__init__(page, query)
        self._said = said

    if not TYPE_CHECKING:  # where types are checked, a name that is not there stays an error

        def __getattr__(self, name: str) -> NoReturn:
            refused.name(self, name, refused.LOCATOR)

        def __bool__(self) -> bool:
            raise NotAValue(
                f"{self!r} is neither true nor false: it describes elements, there or not",
                cure="expect(locator).to_be_visible(), locator.is_visible(), locator.count()",
            )

        def __iter__(self) -> NoReturn:
            raise NotAValue(f"{self!r} is no list", cure="locator.all(), locator.nth(0), locator.count()")

    def __repr__(self) -> str:
        return self._said or self._query.code

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Locator):
            return NotImplemented  # a snapshot on the other side knows how to compare
        return (self._scene, self._query) == (other._scene, other._query)

    def __hash__(self) -> int:
        return hash(self._query.code)

    def _made(self, *steps: LocatorStep) -> Locator:
        return Locator(self.page, Query((*self._query.steps, *steps), self._query.view))

    def _test_id(self) -> str:
        return self._scene.memory.test_id

    @property
    def page(self) -> Page:
        """The page on which it looks."""
        return cast("Page", self._scene)

    @property
    def description(self) -> str | None:
        """What `describe` called it."""
        return self._said

    def describe(self, description: str) -> Locator:
        """The same under a name of its own, which failures print."""
        return Locator(self.page, self._query, options.text(description, "a description"))

    def normalize(self) -> Locator:
        """The locator that a person would write for the one element that is meant."""
        code = self.reading_once("Locator.normalize", None, lambda each: suggestion(each, self._scene.reading))
        return Locator(self.page, code)

    def filter(
        self,
        *,
        has: Locator | None = None,
        has_not: Locator | None = None,
        has_not_text: str | re.Pattern[str] | None = None,
        has_text: str | re.Pattern[str] | None = None,
        visible: bool | None = None,
    ) -> Locator:
        """Those of the elements that have a text, or something inside; or have not; or can be seen."""
        return self._made(*filters(has, has_not, has_not_text, has_text, visible))

    def nth(self, index: int) -> Locator:
        """One of the elements, from 0; from the end below that."""
        return self._made(Nth(options.whole(index, "an index")))

    @property
    def first(self) -> Locator:
        """The first of the elements."""
        return self._made(Nth(0))

    @property
    def last(self) -> Locator:
        """The last of the elements."""
        return self._made(Nth(-1))

    @property
    def visible(self) -> Locator:
        """Those of the elements that can be seen."""
        return self._made(Filtered(visible=True))

    def all(self) -> list[Locator]:
        """A locator for each of the elements that are there now."""
        return [self.nth(at) for at in range(self.count())]

    def and_(self, locator: Locator) -> Locator:
        """The elements that another locator means too."""
        return self._made(Both(self._other("and_", locator)))

    def or_(self, locator: Locator) -> Locator:
        """The elements of both, as they stand on the page."""
        return self._made(Either(self._other("or_", locator)))

    def within(self, locator: Locator) -> Locator:
        """The same, looked for inside of another locator's elements."""
        other = self._other("within", locator)
        return Locator(self.page, Query((*other.steps, Inside(self._query)), other.view))

    def _other(self, verb: str, given: object) -> Query:
        found = query_in(given)
        if found is None:
            raise BadOption(f"{verb} takes a locator", expected="a Locator", got=shown(given))
        return found


class Context:
    """`page.context`: the browser around the tab."""

    __slots__ = ("_page",)

    def __init__(self, page: Page) -> None:
        self._page = page

    def _asked(self) -> tuple[Acting, Asked]:
        """What acts are done to."""
        return self._page.sim, ("page", self._page.memory, "context")

    @property
    def pages(self) -> list[Page]:
        """The tabs of this world."""
        sim = self._page.sim
        return [sim.tab(each.tab) for each in sim.people if each.tab in sim.world.browsers]  # a fork's too

    @recorded
    def set_offline(self, offline: bool) -> None:
        """The network is gone for all tabs, or there again."""
        gone = options.flag(offline, "offline")
        for page in self.pages:
            if gone:
                page.network.drop()
            else:
                page.network.restore()

    def set_default_timeout(self, timeout: float) -> None:
        """How long acts wait on this page from now on, in milliseconds."""
        self._page.set_default_timeout(timeout)


class Page(Scene, Finds[Locator]):
    """One tab."""

    __slots__ = ()

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> NoReturn:
            refused.name(self, name, refused.PAGE)

    def __repr__(self) -> str:
        return f"<Page {self.name} at {self.url}>"

    def _made(self, *steps: LocatorStep) -> Locator:
        return Locator(self, Query(steps))

    def _test_id(self) -> str:
        return self._memory.test_id

    def located(self, query: Query) -> Locator:
        """A locator of this page for a query that was made already."""
        return Locator(self, query)

    # --- where and who ------------------------------------------------------------------------------------------------

    @property
    def sim(self) -> Simulation:
        """The world that the tab is in."""
        return cast("Simulation", self._world)

    @property
    def name(self) -> str:
        """Who sits at it."""
        return self._memory.name

    @property
    def view(self) -> View:
        """The view that the tab shows now."""
        from liveview_testing.user.simulation import View

        return View(self.sim, self.state.root)

    @property
    def url(self) -> str:
        """Where the tab is: the whole URL."""
        return self.state.url if self._tab else BLANK

    def title(self) -> str:
        """The title of the page."""
        if not self._tab:
            return ""
        title = self.state.title
        around = self.view.line.tab.document
        if around is not None and around.title is not None:
            return " ".join(around.title.becomes(title).split())
        if title is not None:
            return " ".join(title.split())
        found = next((each for each in root(self.state.document).iter() if each.tag == "title"), None)
        return "" if found is None else found.text

    def content(self) -> str:
        """The whole document as the browser has it."""
        return f"<!DOCTYPE html>{root(self.state.document).html()}"

    @property
    def context(self) -> Context:
        """The browser around the tab."""
        return Context(self)

    @property
    def keyboard(self) -> Keyboard:
        """The keyboard: keys go to what has the focus."""
        return Keyboard(self)

    @property
    def network(self) -> Network:
        """The network between the tab and the server."""
        return Network(self)

    @property
    def events(self) -> list[PageEvent]:
        """What the page's own scripts would have heard, in order."""
        return list(self.state.events)

    @property
    def notes(self) -> list[PageNote]:
        """What the browser swallowed that somebody may have meant, in order."""
        return list(self.state.notes)

    def fork(self) -> Page:
        """This tab in a fork of its world."""
        return self.elsewhere(self.sim.fork())

    # --- going --------------------------------------------------------------------------------------------------------

    @recorded
    def open(self, target: type[LiveView] | LiveView | str) -> None:
        """Open a path or a view in this tab, which shows nothing yet."""
        sim = self.sim
        if isinstance(target, str):  # what `page.url` says can be opened
            target = target.removeprefix(sim.host) or "/"
        visit = visits.resolve(target, sim.router, None, **self._memory.opening, conn_assigns={}, host=sim.host)
        self._tab = sim.open_tab(visit, self._tab)
        sim.remember(self)

    @recorded
    def goto(
        self, url: str, *, timeout: object = None, wait_until: str | None = None, referer: str | None = None
    ) -> None:
        """Load a page: a path, or a URL of the simulated host."""
        del timeout, wait_until, referer
        given = options.text(url, "a URL")
        host = self.sim.host
        there = urlsplit(urljoin(host + "/", given))
        if f"{there.scheme}://{there.netloc}" != host:
            raise Error(
                f"{given!r} leaves the simulated host",
                expected=f'a path such as "/", or {host}/…',
                got=shown(url),
            )
        path = (there.path or "/") + (f"?{there.query}" if there.query else "")
        if not self._tab or not self.state.root:
            self.open(path)
            return
        self._online(urljoin(host, path))
        self.sim.act(lambda run: tab_history.goto(run, self._tab, path))

    @recorded
    def reload(self, *, timeout: object = None, wait_until: str | None = None) -> None:
        """Load the page anew."""
        del timeout, wait_until
        self._online(self.state.url)
        self.sim.act(lambda run: tab_history.reload(run, self._tab))

    @recorded
    def go_back(self, *, timeout: object = None, wait_until: str | None = None) -> None:
        """Go to where the tab was before; nothing happens if it was nowhere."""
        del timeout, wait_until
        self._travel(-1)

    @recorded
    def go_forward(self, *, timeout: object = None, wait_until: str | None = None) -> None:
        """Go to where the tab went from here before."""
        del timeout, wait_until
        self._travel(1)

    def _travel(self, by: Literal[-1, 1]) -> None:
        history = self.state.history
        there = history.moved(by)
        if there is not None and there.here.page != history.here.page:
            self._online(there.here.url)
        self.sim.act(lambda run: (tab_history.go_back if by < 0 else tab_history.go_forward)(run, self._tab))

    def _online(self, url: str) -> None:
        """A page can be loaded."""
        if self.state.network.cut:
            raise Error(
                f"net::ERR_INTERNET_DISCONNECTED at {url}",
                expected="a network to load the page by",
                got="a tab whose connection was cut",
                cure="page.network.restore(), or page.context.set_offline(False)",
            )

    # --- time ---------------------------------------------------------------------------------------------------------

    @recorded
    def wait_for_timeout(self, timeout: float) -> None:
        """Let simulated time pass, in milliseconds."""
        if timeout != 0:
            options.milliseconds(timeout, 0)
            self.sim.clock.advance(timedelta(milliseconds=timeout))

    @recorded
    def wait_for_url(
        self,
        url: str | re.Pattern[str] | Callable[[str], bool],
        *,
        timeout: object = None,
        wait_until: str | None = None,
    ) -> None:
        """Let time pass until the tab is there: a URL with `*` and `**`, a pattern, or a test of it."""
        del wait_until
        fits = url_test(url, self.url)
        default = self._memory.acts
        waiting = Waiting(self, options.milliseconds(timeout, options.ACT_TIMEOUT if default is None else default))
        found = waiting.until(lambda page: True if fits(page.url) else Pending(f"the page is at {page.url}"))
        if isinstance(found, Pending):
            raise TimeoutError(
                f"Page.wait_for_url: Timeout {waiting.timeout:.10g}ms exceeded.",
                expected=shown(url),
                got=waiting.there.url,
                more="\n".join((f"  {how_far(waiting)}", *waiting.happened, *notes(self), *last_acts(self))),
            )
        waiting.adopt()

    def wait_for_load_state(self, state: str | None = None, *, timeout: object = None) -> None:
        """Nothing: pages are loaded at once."""
        del state, timeout

    def set_default_timeout(self, timeout: float) -> None:
        """How long acts wait on this page from now on, in milliseconds."""
        self._memory.acts = options.milliseconds(timeout, 0)

    def set_default_navigation_timeout(self, timeout: float) -> None:
        """Nothing: pages are loaded at once."""
        options.milliseconds(timeout, 0)

    # --- looking ------------------------------------------------------------------------------------------------------

    def aria_snapshot(self, *, depth: int | None = None, timeout: object = None) -> str:
        """The page as roles, names and texts, in Playwright's words."""
        del timeout
        if depth is not None and options.whole(depth, "a depth") < 0:
            raise BadOption("a depth is not below zero", expected="0 or more", got=shown(depth))
        return aria_snapshot(self.reading.body, depth=depth)

    def debug(self) -> None:
        """Print what is there: the outline of the page, where the focus is, what the page has noted, what was done last."""
        print(outline(self))  # noqa: T201 - what it is for

    # --- dialogs ------------------------------------------------------------------------------------------------------

    def on(self, event: Literal["dialog"], f: Callable[[Dialog], None]) -> None:
        """Listen to the dialogs of the page; each must be accepted or dismissed."""
        self._listen(event, f, False)

    def once(self, event: Literal["dialog"], f: Callable[[Dialog], None]) -> None:
        """Listen to the next dialog of the page."""
        self._listen(event, f, True)

    def remove_listener(self, event: Literal["dialog"], f: Callable[[Dialog], None]) -> None:
        """Listen no more."""
        known = self._memory.listeners.get(event, [])
        self._memory.listeners[event] = [each for each in known if each[0] is not f and each[0] != f]

    def _listen(self, event: object, f: object, once: bool) -> None:
        if event != "dialog":
            raise options.needs(
                f"the event {event!r}", "is not made here", 'page.on("dialog", …); page.events has the rest'
            )
        if not callable(f):
            raise BadOption("a listener is called with the dialog", expected="a function", got=shown(f))
        self._memory.listeners.setdefault("dialog", []).append((f, once))


def outline(page: Page) -> str:
    """What is there, in words."""
    if not page.tab:
        return "nothing was opened in this tab"
    focused = page.reading.focused
    lines = [f"{page.name} at {page.url}: {page.title()!r}"]
    if focused is not None:
        lines.append(f"the focus is on {suggestion(focused, page.reading).code}")
    return "\n".join((*lines, page.aria_snapshot(), *notes(page), *last_acts(page)))


# --- making pages -----------------------------------------------------------------------------------------------------


def new_page(
    sim: Simulation,
    name: str | None,
    session: Mapping[str, Any],
    connect_params: Mapping[str, Any],
    connect_info: Mapping[str, Any],
) -> Page:
    """A tab in which nothing is yet."""
    memory = new_memory(sim.people, name)
    memory.opening = {"session": session, "connect_params": connect_params, "connect_info": connect_info}
    sim.people.append(memory)
    return Page(sim, 0, memory)
