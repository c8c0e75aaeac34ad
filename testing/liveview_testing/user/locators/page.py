"""A tab as Playwright's users know it.

Owns `Tab`, of which `Page` is made: going somewhere, waiting, what the page says of itself, who listens to its dialogs. It is
thin: it names a tab in a world; everything it answers is read from the world when it is asked. `Tabs` is the little that it asks
of one.

Law: they say and do what Playwright's do, in simulated time; what it has and needs layout, or a script engine, is refused by name.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Literal, NoReturn, Protocol, Self, TypeVar, cast

from liveview_core.errors import BadOption, shown
from liveview_testing.browser import accessibility
from liveview_testing.browser.connection.addresses import joined, parsed, split_url
from liveview_testing.browser.dom import node as nodes
from liveview_testing.failures.misuse.misused_handles import DATA, NotAValue, unequal
from liveview_testing.failures.misuse.uncalled_methods import question
from liveview_testing.user.locators import failure_texts, last_acts, options, unsupported
from liveview_testing.user.locators.acting.keyboard import Keyboard
from liveview_testing.user.locators.exceptions import Error, TimeoutError
from liveview_testing.user.locators.finding import suggesting
from liveview_testing.user.locators.network import Network
from liveview_testing.user.locators.scene import Scene, Worlds
from liveview_testing.user.locators.urls import url_test
from liveview_testing.user.locators.waiting import Pending, Waiting
from liveview_testing.world.browsing import visits
from liveview_testing.world.log.act_records import recorded
from liveview_testing.world.log.retention import Kept
from liveview_testing.world.simulation import tab_history
from liveview_testing.world.tracebacks import shorten, shortened

if TYPE_CHECKING:
    from liveview_core.views.router import Router
    from liveview_core.views.view import LiveView
    from liveview_testing.browser.browser import PageEvent, PageNote
    from liveview_testing.user.locators.acting.dialogs import Dialog
    from liveview_testing.world.simulation.clock import Clock
    from liveview_testing.world.simulation.delivering.delivery import Run
    from liveview_testing.world.world import Visit

T = TypeVar("T")

BLANK = "about:blank"


class Tabs(Protocol):
    """A simulation, as far as going from page to page needs it."""

    router: Router | None

    @property
    def host(self) -> str: ...

    @property
    def clock(self) -> Clock: ...

    def fork(self) -> Worlds: ...

    def act(self, cause: Callable[[Run], T]) -> T: ...

    def open_tab(self, visit: Visit, number: int = 0) -> int: ...

    def remember(self, page: Any) -> None: ...


class Tab(Scene):
    """One tab."""

    __slots__ = ()

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> NoReturn:
            unsupported.name(self, name, unsupported.PAGE)

        def __contains__(self, part: object) -> NoReturn:
            raise shorten(
                NotAValue(
                    f"{self!r} holds no text itself",
                    got=f"{shown(part)} in the page",
                    cure=f"expect(page.get_by_text({shown(part)})).to_be_visible(), or {shown(part)} in page.content()",
                )
            )

        def __eq__(self, other: object) -> bool:
            if isinstance(other, DATA):
                raise shorten(unequal(self, other, "it is a tab that shows something", self._read_as(other)))
            return super().__eq__(other)

        __hash__ = Scene.__hash__

    def _read_as(self, other: object) -> str:
        if not isinstance(other, str):
            return "a number read from page.get_by_role(…).inner_text()"
        if other.startswith(("/", "http:", "https:")):
            return f"expect(page).to_have_url({other!r})"
        if other == self.name:
            return f"page.name == {other!r}"
        return (
            f"expect(page).to_have_title({shown(other)}), or expect(page.get_by_text({shown(other)})).to_be_visible()"
        )

    def __repr__(self) -> str:
        return f"<Page {self.name} at {self.url}>"

    def _test_id(self) -> str:
        return self._memory.test_id

    # --- where and who ------------------------------------------------------------------------------------------------

    @property
    def name(self) -> str:
        """Who sits at it."""
        return self._memory.name

    @property
    def url(self) -> str:
        """Where the tab is: the whole URL."""
        return self.state.url if self._tab else BLANK

    @question
    def title(self) -> str:
        """The title of the page."""
        if not self._tab:
            return ""
        title = self.state.title
        if title is not None:
            return " ".join(title.split())
        found = next((each for each in nodes.root(self.state.document).iter() if each.tag == "title"), None)
        return "" if found is None else found.text

    @question
    def content(self) -> str:
        """The whole document as the browser has it."""
        return f"<!DOCTYPE html>{nodes.root(self.state.document).html()}"

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
        """What the page's own scripts would have heard, in order; of a world with `history=n` the last n at least."""
        return Kept(self.state.events, self.state.gone[0], self._world.world.kept)

    @property
    def notes(self) -> list[PageNote]:
        """What the browser swallowed that somebody may have meant, in order."""
        return Kept(self.state.notes, self.state.gone[1], self._world.world.kept)

    def fork(self) -> Self:
        """This tab in a fork of its world."""
        return self.elsewhere(self._tabs.fork())

    @property
    def _tabs(self) -> Tabs:
        """The world, as whoever opens pages asks for it."""
        return cast("Tabs", self._world)

    # --- going --------------------------------------------------------------------------------------------------------

    @recorded
    def open(self, target: type[LiveView] | LiveView | str) -> None:
        """Open a path or a view in this tab, which shows nothing yet."""
        sim = self._tabs
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
        host = self._tabs.host
        whole = joined(host + "/", parsed(given))
        there = split_url(whole)
        if f"{there.scheme}://{there.netloc}" != host:
            raise Error(
                f"{given!r} leaves the simulated host",
                expected=f'a path such as "/", or {host}/…',
                got=shown(url),
            )
        path = whole.removeprefix(host)
        path = path if path.startswith("/") else f"/{path}"
        if not self._tab or not self.state.root:
            self.open(path)
            return
        self._online(joined(host, path))
        self._tabs.act(lambda run: tab_history.goto(run, self._tab, path))

    @recorded
    def reload(self, *, timeout: object = None, wait_until: str | None = None) -> None:
        """Load the page anew."""
        del timeout, wait_until
        self._online(self.state.url)
        self._tabs.act(lambda run: tab_history.reload(run, self._tab))

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
        self._tabs.act(lambda run: (tab_history.go_back if by < 0 else tab_history.go_forward)(run, self._tab))

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
            options.duration(timeout)
            self._tabs.clock.advance(timedelta(milliseconds=timeout))

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
                more="\n".join(
                    (
                        f"  {failure_texts.how_far(waiting)}",
                        *waiting.happened,
                        *failure_texts.notes(self),
                        *last_acts.last_acts(self),
                    )
                ),
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

    @question
    def aria_snapshot(self, *, depth: int | None = None, timeout: object = None) -> str:
        """The page as roles, names and texts, in Playwright's words."""
        del timeout
        if depth is not None and options.whole(depth, "a depth") < 0:
            raise BadOption("a depth is not below zero", expected="0 or more", got=shown(depth))
        return accessibility.aria_snapshot(self.reading.body, depth=depth)

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

    @shortened
    def _listen(self, event: object, f: object, once: bool) -> None:
        if event != "dialog":
            raise options.needs(
                f"the event {event!r}", "is not made here", 'page.on("dialog", …); page.events has the rest'
            )
        if not callable(f):
            raise BadOption("a listener is called with the dialog", expected="a function", got=shown(f))
        self._memory.listeners.setdefault("dialog", []).append((f, once))


def outline(page: Tab) -> str:
    """What is there, in words."""
    if not page.tab:
        return "nothing was opened in this tab"
    focused = page.reading.focused
    lines = [f"{page.name} at {page.url}: {page.title()!r}"]
    if focused is not None:
        lines.append(f"the focus is on {suggesting.suggestion(focused, page.reading).code}")
    return "\n".join((*lines, page.aria_snapshot(), *failure_texts.notes(page), *last_acts.last_acts(page)))
