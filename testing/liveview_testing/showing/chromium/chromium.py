"""The page of a test in a real browser: Playwright's own, at a served world.

Owns `ChromiumPage` and `ChromiumLocator`, thin wrappers that a test written for the simulation runs on, and `Together`, the two
clocks as one. Both stand still unless the test lets time pass; an act or an expectation that has to wait asks Playwright, and
between two questions both clocks go on to the next thing that is due on either side, up to the timeout in simulated milliseconds.

Law: nothing sleeps; after an act the browser and the world have said all that they had to say to each other. What has no meaning
for a real browser is refused, with the reason.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Any, NoReturn
from urllib.parse import urljoin

from liveview_testing.showing.chromium.synchronizing import Together, at_once
from liveview_testing.showing.connections.served import NotInChromium, ServedWorld
from liveview_testing.user.locators import options
from liveview_testing.user.locators.exceptions import Error
from liveview_testing.user.simulation import View
from liveview_testing.world.timers import microseconds, moment
from liveview_testing.world.world import HOST

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext

    from liveview_testing.showing.server import Server

__all__ = ["ChromiumLocator", "ChromiumPage"]

ONCE = 10_000
"""Real milliseconds that Playwright is given for an act on an element that can be acted on."""
FEW = 500
"""… for one look at a condition."""
LAST = 2_000
"""… and for the last one, whose text is what the test fails with."""


ACTS = frozenset(
    [
        "click",
        "dblclick",
        "fill",
        "clear",
        "check",
        "uncheck",
        "set_checked",
        "press",
        "press_sequentially",
        "type",
        "select_option",
        "hover",
        "focus",
        "blur",
        "tap",
    ]
)
"""What is done to an element, once it can be."""


class Wrapped:
    """What both wrappers do: pass on to Playwright, and wait in simulated time."""

    def __init__(self, together: Together, inner: Any) -> None:
        self._together = together
        self._inner = inner

    def _try(
        self, timeout: float, attempt: Callable[[float], Any], once: int = FEW, ready: Callable[[], bool] = at_once
    ) -> Any:
        """Ask, and let time pass until it is answered, up to `timeout` simulated milliseconds."""
        together = self._together
        crashes = len(together.world.crashes)
        left = microseconds(timeout / 1000)
        together.settle()
        while True:
            if left <= 0 or ready():
                try:
                    result = attempt(once if left > 0 else LAST)
                    break
                except Exception as error:
                    if left <= 0 or not _may_come(error):
                        raise
            due = together.next_due()
            if due is None or due > left:
                left = 0
                continue
            step = max(due, 1_000)
            together.world.pass_time(step)
            left -= step
        together.settle()
        self._raise_what_crashed(crashes)
        return result

    def _raise_what_crashed(self, before: int) -> None:
        """An error in a callback reaches the test, as in the simulation, unless the test contains crashes."""
        world = self._together.world
        if world.lenient:
            return
        for crash in list(world.crashes)[before:]:
            raise crash.error

    def _call(self, name: str, given: Any, args: Any, kwargs: Mapping[str, Any]) -> Any:
        arguments = [_bare(each) for each in args]
        named = {key: _bare(each) for key, each in kwargs.items()}
        if "timeout" not in inspect.signature(given).parameters:
            return self._wrap(given(*arguments, **named))
        timeout = options.milliseconds(named.pop("timeout", None), options.ACT_TIMEOUT)
        once, ready = (ONCE, self._ready) if name in ACTS else (FEW, at_once)
        return self._wrap(self._try(timeout, lambda real: given(*arguments, **named, timeout=real), once, ready))

    def _ready(self) -> bool:
        """Whether it can be acted on now, as far as that can be asked without waiting."""
        from playwright.sync_api import Error as Theirs

        inner = self._inner
        try:
            return bool(inner.count() > 1 or (inner.count() and inner.is_visible() and inner.is_enabled()))
        except Theirs:
            return True  # the act itself says what is wrong

    def _wrap(self, value: Any) -> Any:
        from playwright.sync_api import Locator

        if isinstance(value, Locator):
            return ChromiumLocator(self._together, value)
        if isinstance(value, list):
            return [self._wrap(each) for each in value]  # pyright: ignore[reportUnknownVariableType]
        return value

    def expected_of_it(self, message: str | None, timeout: float | None) -> Expected:
        """What `expect` gives for it."""
        return Expected(self, message, timeout)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        given: Any = getattr(self._inner, name)
        if not callable(given):
            return self._wrap(given)

        def called(*args: Any, **kwargs: Any) -> Any:
            return self._call(name, given, args, kwargs)

        return called


def _bare(value: Any) -> Any:
    return value._inner if isinstance(value, Wrapped) else value


def _may_come(error: Exception) -> bool:
    """Whether an error may be another in a while: what is waited for is not there yet."""
    from playwright.sync_api import TimeoutError as Late

    return isinstance(error, (Late, AssertionError))


class ChromiumLocator(Wrapped):
    """A locator on a page of a real browser."""

    def __repr__(self) -> str:
        return repr(self._inner)

    @property
    def playwright(self) -> Any:
        """Playwright's own."""
        return self._inner


class Expected:
    """`expect(…)` of a page or locator in a real browser: Playwright's own assertions, in simulated time."""

    def __init__(self, wrapped: Wrapped, message: str | None, timeout: float | None) -> None:
        self._wrapped = wrapped
        self._message = message
        self._timeout = timeout

    def __getattr__(self, name: str) -> Any:
        from playwright.sync_api import expect

        if name.startswith("__"):
            raise AttributeError(name)
        wrapped = self._wrapped
        theirs: Any = expect
        given = getattr(theirs(wrapped._inner, self._message), name)

        def asserted(*args: Any, **kwargs: Any) -> None:
            limit = kwargs.pop("timeout", self._timeout)
            timeout = options.milliseconds(limit, options.EXPECT_TIMEOUT)
            arguments = [wrapped._served(each) if name.endswith("to_have_url") else _bare(each) for each in args]
            wrapped._try(timeout, lambda real: given(*arguments, **kwargs, timeout=real))

        return asserted


class ChromiumNetwork:
    """`page.network`, between the browser and the server."""

    def __init__(self, server: Server) -> None:
        self._server = server

    def latency(self, seconds: float | timedelta) -> None:
        """How long a frame takes from now on, in each direction."""
        self._server.room.links.latency = microseconds(seconds)

    def hold(self) -> None:
        """Frames of both directions wait from now on."""
        self._server.room.links.holding = True

    def release(self) -> None:
        """What waits arrives, in order, and the hold ends."""
        self._server.in_loop(self._server.room.links.release)

    @property
    def in_flight(self) -> tuple[Any, ...]:
        """The frames on their way: `.direction`, `.event`, `.payload`."""
        return tuple(self._server.room.links.flights)

    def drop(self) -> None:
        """The connection is lost until `restore`."""
        links = self._server.room.links

        def cut() -> None:
            links.offline = True
            for link in list(links.links):
                link.close()

        self._server.in_loop(cut)

    def restore(self) -> None:
        """The connection is there again; the client tries when its time has come."""
        self._server.room.links.offline = False


class ChromiumContext:
    """`page.context`."""

    def __init__(self, page: ChromiumPage) -> None:
        self._page = page

    @property
    def pages(self) -> list[ChromiumPage]:
        """The tabs."""
        return [self._page]

    def set_offline(self, offline: bool) -> None:
        """The network is gone, or there again."""
        (self._page.network.drop if offline else self._page.network.restore)()


class ChromiumPage(Wrapped):
    """The page of a test in Chromium; `.playwright` is Playwright's own."""

    def __init__(self, server: Server, context: BrowserContext, name: str = "Ann") -> None:
        page = context.new_page()
        super().__init__(Together(server, page), page)
        self._server = server
        self._opened = False
        self.name = name
        page.clock.pause_at(moment(self.sim.world.now))  # it never runs: what has passed is exact
        self.sim.bind(self._together.advance)

    def __repr__(self) -> str:
        return f"<Page {self.name} at {self.url}, in Chromium>"

    @property
    def playwright(self) -> Any:
        """Playwright's own page."""
        return self._inner

    @property
    def sim(self) -> ServedWorld:
        """The world that is served."""
        return self._server.room.world

    @property
    def view(self) -> View:
        """The view that the page shows now."""
        links = self._server.room.links
        roots = [root for link in links.links if (root := links.root_of(link)) is not None]
        if not roots:
            raise Error("nothing was opened in this tab", cure='page.goto("/")')
        return View(self.sim, roots[-1])

    @property
    def network(self) -> ChromiumNetwork:
        """The network between the page and the server."""
        return ChromiumNetwork(self._server)

    @property
    def context(self) -> ChromiumContext:
        """The browser around the page."""
        return ChromiumContext(self)

    @property
    def url(self) -> str:
        """Where the page is, as in the simulation."""
        return str(self._inner.url).replace(self._server.origin, HOST, 1)

    def _served(self, url: Any) -> Any:
        """A URL of the simulated host as one of the server."""
        if not isinstance(url, str):
            return url
        if url.startswith(HOST):
            return self._server.origin + url[len(HOST) :]
        return urljoin(f"{self._server.origin}/", url) if url.startswith("/") else url

    def goto(self, url: str, **options_: Any) -> None:
        """Load a page: a path, or a URL of the simulated host."""
        to = self._served(url if "://" in url else urljoin("/", url))
        if not to.startswith(f"{self._server.origin}/"):
            raise Error(f"{url!r} leaves the simulated host", expected='a path such as "/"', got=repr(url))
        crashes, failures = len(self.sim.crashes), len(self._server.room.errors)
        self._inner.goto(to, **options_)
        self._opened = True
        self._joined(crashes, failures)

    def reload(self, **options_: Any) -> None:
        """Load the page anew."""
        self._moved(lambda: self._inner.reload(**options_))

    def go_back(self, **options_: Any) -> None:
        """Go to where the page was before."""
        self._moved(lambda: self._inner.go_back(**options_))

    def go_forward(self, **options_: Any) -> None:
        """Go to where the page went from here before."""
        self._moved(lambda: self._inner.go_forward(**options_))

    def _moved(self, go: Callable[[], object]) -> None:
        crashes, failures = len(self.sim.crashes), len(self._server.room.errors)
        go()
        self._joined(crashes, failures)

    def _joined(self, crashes: int, failures: int) -> None:
        """Until the view of the page has joined."""
        for error in self._server.room.errors[failures:]:
            raise error
        if self._inner.locator("[data-phx-session]").count():
            self._inner.locator("[data-phx-main]:is(.phx-connected, .phx-error)").wait_for(
                state="attached", timeout=5_000
            )
        self._together.settle()
        self._raise_what_crashed(crashes)

    def wait_for_timeout(self, timeout: float) -> None:
        """Let simulated time pass, in milliseconds."""
        self.sim.clock.advance(timedelta(milliseconds=timeout))

    def wait_for_url(self, url: Any, **options_: Any) -> None:
        """Let time pass until the page is there."""
        timeout = options.milliseconds(options_.pop("timeout", None), options.ACT_TIMEOUT)
        self._try(timeout, lambda real: self._inner.wait_for_url(self._served(url), timeout=real))

    def locator(self, selector: str, **options_: Any) -> ChromiumLocator:
        """What a selector finds."""
        self._need_a_page()
        return ChromiumLocator(
            self._together, self._inner.locator(selector, **{k: _bare(v) for k, v in options_.items()})
        )

    def _need_a_page(self) -> None:
        if not self._opened:
            raise Error(
                "nothing was opened in this tab",
                expected="a tab that shows a page",
                cure='page.goto("/"), or sim.page("/")',
            )

    def fork(self) -> NoReturn:
        """Not here: a real browser cannot be in two worlds."""
        raise NotInChromium(
            "a page in a real browser cannot be forked: it is in one world only",
            expected="the simulation, where a fork costs a reference",
            got="--liveview-browser=chromium",
        )
