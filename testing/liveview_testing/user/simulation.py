"""One simulated world, the pages and views in it, and the actions a test can take.

Owns `Simulation`, which opens pages and views, and the handles that lead to it and to one another: `View`, `Page`, `Locator`. Each
is thin: what they do is in the rooms `handles` and `locators`. Laws: what a user of the page cannot do fails with the reason,
and then nothing has happened; the same actions with the same seed give the same trace, byte for byte; a fork shares everything and
disturbs nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NoReturn, cast, overload

from liveview_core.errors import shown
from liveview_core.tracebacks import shorten, told_made
from liveview_testing.failures.misuse import arguments
from liveview_testing.failures.misuse.handle_names import SIMULATION, spelled_alike
from liveview_testing.failures.misuse.misused_handles import Named
from liveview_testing.failures.misuse.misused_handles import missing as missing_name
from liveview_testing.user.handles.view import ViewHandle
from liveview_testing.user.handles.view_page import ViewGone
from liveview_testing.user.locators import options
from liveview_testing.user.locators.finding import query as queries
from liveview_testing.user.locators.finding.get_by import Finds
from liveview_testing.user.locators.locator import TabLocator
from liveview_testing.user.locators.page import Tab
from liveview_testing.user.locators.scene import People, new_memory
from liveview_testing.user.made_world import EVERY_ACT, CrashMode, MadeWorld, TaskMode, held, restarted
from liveview_testing.world.browsing import navigation, visits
from liveview_testing.world.log.act_records import recorded, tell
from liveview_testing.world.page_checks import LAW, Given
from liveview_testing.world.page_checks import checks as policies
from liveview_testing.world.simulation import tab_history
from liveview_testing.world.simulation.acting import Acting
from liveview_testing.world.simulation.crashing import BACKOFF
from liveview_testing.world.simulation.template_checks import first_use
from liveview_testing.world.tabs import tabs
from liveview_testing.world.world import NOTHING, Visit, connected

if TYPE_CHECKING:
    from liveview_core.views.router import Router
    from liveview_core.views.view import LiveView
    from liveview_testing.record.scripts.script import Script
    from liveview_testing.user.locators.finding.query import LocatorStep, Query
    from liveview_testing.user.locators.scene import Memory
    from liveview_testing.world.log.act_records import Asked


class Locator(TabLocator, Finds["Locator"]):
    """What is looked for, described; looked up anew at each use."""

    __slots__ = ()

    def _made(self, *steps: LocatorStep) -> Locator:
        return self._narrowed(*steps)

    @property
    def page(self) -> Page:
        """The page on which it looks."""
        return cast("Page", self._scene)


class Context(Named):
    """`page.context`: the browser around the tab."""

    __slots__ = ("_page",)
    _names = spelled_alike(
        ("new_page open_page", "sim.page('/path'): another tab, of another person"),
        ("cookies add_cookies storage_state", "sim.page('/path', session={…}) is what a login leaves"),
        ("route unroute", "give the view its repository; sim.store holds what fakes answer"),
        ("close", "a world ends with its test"),
        ("clock", "page.sim.clock"),
        ("offline go_offline", "page.context.set_offline(True)"),
    )
    _called = "page.context"

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


class Page(Tab, Finds[Locator]):
    """One tab."""

    __slots__ = ()

    def _made(self, *steps: LocatorStep) -> Locator:
        return Locator(self, queries.Query(steps))

    def located(self, query: Query) -> Locator:
        """A locator of this page for a query that was made already."""
        return Locator(self, query)

    @property
    def sim(self) -> Simulation:
        """The world that the tab is in."""
        return cast("Simulation", self._world)

    @property
    def view(self) -> View:
        """The view that the tab shows now."""
        return View(self.sim, self.state.root)

    @property
    def context(self) -> Context:
        """The browser around the tab."""
        return Context(self)


class View(ViewHandle["Simulation"], Finds[Locator]):
    """One live view in one browser, made by `live`."""

    __slots__ = ()

    def fork(self) -> View:
        """This view in a fork of its world."""
        return self.sim.fork().view(self)

    @property
    def page(self) -> Page:
        """The tab that the view is in, as a person has it: with what was typed, opened and focused."""
        number = self.browser
        if number not in self.sim.world.browsers:
            root = self._root()
            self._keep(root)
        return self.sim.tab(number)

    @recorded
    def _keep(self, root: str) -> None:
        self.sim.act(lambda run: tabs.keep(run, root))

    def _made(self, *steps: LocatorStep) -> Locator:
        return self.page.located(queries.Query(steps, self.id))

    def _test_id(self) -> str:
        return self.page.memory.test_id

    def debug(self) -> None:
        """Print what is in the view: roles, names and texts."""
        from liveview_testing.browser.accessibility import aria_snapshot

        found = self.page.reading.view(self.id)
        print(f"{self!r}\n{'' if found is None else aria_snapshot(found)}")  # noqa: T201 - what it is for


@told_made
class Simulation(MadeWorld):
    """One world: its clock, mailboxes, timers, tasks, PubSub, browsers and the log of everything that happened.

    Single-threaded and deterministic. `router` is what paths are resolved with; `seed` feeds `socket.random`; `now` is
    when it begins; `tasks="hold"` leaves asynchronous work pending until the test answers it; `crashes="restart"` lets an
    error end its process, whose client joins again (`crashing`), where else it reaches the test; `checks` says for each check
    of pages (`checks.DEFAULT`) whether it raises, warns or is ignored, and `"patch law": "every act"` compares each page after
    each act with one rendered from scratch (else the pytest plugin does so at the end of a test); `limit` is how many deliveries
    at one instant are called a loop. `history` is how many of its messages the world remembers, the last ones: a run of a million
    needs no more memory then; by default all. `static` are the static files that the server has, by their digested names, for
    `socket.static_changed()`. `styles` say what classes and selectors of the style sheet do (`{"hidden": "hidden"}`), `hooks` are
    stand-ins for client hooks, by their names (`{"Chart": Chart}`): both are for pages as a person sees them. `uploaders` stand in
    for the app's own uploaders, by their names. `record=True` keeps each message with the page before and after it, for `timeline`;
    `css`, a text or a path, is the style sheet of its pages. `host` is where its URLs begin: `page.url` is absolute.
    """

    __slots__ = ()

    if not TYPE_CHECKING:  # where types are checked, a name that is not there stays an error

        def __getattr__(self, name: str) -> NoReturn:
            missing_name(self, name, SIMULATION)

    @property
    def script(self) -> Script:
        """What was done in this world so far, as a value: `str` shows it, `to_test()` writes it as a test."""
        from liveview_testing.record.scripts.reading import script_of

        return script_of(self, self._people, self._made, self._begun)

    def _handle_of(self, number: int) -> View | Page:
        """The handle on a tab: a page, if it is more than the pages of its views."""
        if number in self._current.world.browsers:
            return self.tab(number)
        lines = [
            line for line in self._current.world.lines.values() if line.tab.number == number and line.tab.parent is None
        ]
        return View(self, max(lines, key=lambda line: (line.process is not None, len(line.id), line.id)).id)

    # --- views ------------------------------------------------------------------------------------------------------

    @recorded
    def live(
        self,
        view_or_path: type[LiveView] | LiveView | str,
        *,
        router: Router | None = None,
        params: Mapping[str, Any] | None = None,
        session: Mapping[str, Any] | None = None,
        connect_params: Mapping[str, Any] | None = None,
        connect_info: Mapping[str, Any] | None = None,
        conn_assigns: Mapping[str, Any] | None = None,
        tasks: TaskMode | None = None,
        crashes: CrashMode | None = None,
        checks: Given = None,
    ) -> View:
        """Open a page in a new browser: the disconnected mount, then the join.

        A path is resolved by `router`, or by the simulation's. A view alone is mounted at a router of one route, `/`;
        `params` become its query; `conn_assigns` are the assigns of the connection, which plugs have made: what `assign_new` takes
        in the disconnected mount. If the mount redirects, the view that comes back has left: `assert_redirect`,
        `follow_redirect`. `tasks` sets, from here on, whether this world runs its tasks or holds them; `crashes="restart"` that
        errors end processes; `checks` is what this browser's pages are checked for. The first time that a view is opened, all
        its templates are verified: `TemplateWarning`s, and an error for a component that is not there.
        """  # N3.2
        arguments.routes(router)
        arguments.mappings(
            params=params,
            session=session,
            connect_params=connect_params,
            connect_info=connect_info,
            conn_assigns=conn_assigns,
        )
        contain = crashes is not None and restarted(crashes)
        hold = self._current.world.hold if tasks is None else held(tasks)
        visit = visits.resolve(
            view_or_path,
            router or self.router,
            params,
            session or NOTHING,
            connect_params or NOTHING,
            connect_info or NOTHING,
            conn_assigns or NOTHING,
            self.host,
        )
        first_use(type(visit.view))
        checked = policies(checks, self.checks)
        self._current.each_act = self._current.each_act or checked[LAW] == EVERY_ACT
        before = self._current.world
        try:
            if contain:
                self.crashes.contain(BACKOFF)
            view = View(self, self.act(lambda run: navigation.open_page(run, visit, hold, checked)))
            number = view.browser
            self._memory_of(number)
            tell(self._current, tab=number)
            return view
        except BaseException:
            self._current.world = before
            raise

    @recorded
    def live_isolated(
        self,
        view: type[LiveView] | LiveView,
        *,
        session: Mapping[str, Any] | None = None,
        connect_params: Mapping[str, Any] | None = None,
        connect_info: Mapping[str, Any] | None = None,
        conn_assigns: Mapping[str, Any] | None = None,
    ) -> View:
        """Mount a view without a router: no URL, no params, no patches."""  # LC-7
        arguments.mappings(
            session=session, connect_params=connect_params, connect_info=connect_info, conn_assigns=conn_assigns
        )
        given = (session or NOTHING, connect_params or NOTHING, connect_info or NOTHING, conn_assigns or NOTHING)
        visit = visits.isolated(view, *given, self.host)
        first_use(type(visit.view))
        opened = View(
            self, self.act(lambda run: navigation.open_page(run, visit, self._current.world.hold, self.checks))
        )
        self._memory_of(opened.browser)
        tell(self._current, tab=opened.browser)
        return opened

    @recorded
    def page(
        self,
        target: type[LiveView] | LiveView | str | None = None,
        *,
        session: Mapping[str, Any] | None = None,
        connect_params: Mapping[str, Any] | None = None,
        connect_info: Mapping[str, Any] | None = None,
        name: str | None = None,
    ) -> Page:
        """A new tab, as Playwright's users know it, at a path, a view or nothing yet. `name` is who sits at it: Ann, Ben, Cyd, …"""
        arguments.mappings(session=session, connect_params=connect_params, connect_info=connect_info)
        page = _new_page(self, name, session or NOTHING, connect_params or NOTHING, connect_info or NOTHING)
        if target is not None:
            page.open(target)
            tell(self._current, tab=page.tab)
        return page

    def open_tab(self, visit: Visit, number: int = 0) -> int:
        """Open a page in a new tab, which follows redirects as a browser does; its number. `number`: in a blank tab."""
        first_use(type(visit.view))
        return self.act(lambda run: tab_history.open_tab(run, visit, self._current.world.hold, self.checks, number))

    def tab(self, number: int) -> Page:
        """The tab of that number in this world."""
        found = self._pages.get(number)
        if found is None:
            found = self._pages[number] = Page(self, number, self._memory_of(number))
        return found

    def _page_of(self, page: Page) -> Page:
        """The same tab in this world; one in which nothing was opened where it is from may be open here."""
        if page.tab:
            return self.tab(page.tab)
        number = next((each.tab for each in self._people if each.name == page.name and each.tab), 0)
        return self.tab(number) if number else page.elsewhere(self)

    def handle_on(self, memory: Memory, *, page: bool) -> View | Page:
        """The handle on a tab that is not opened yet."""
        return Page(self, memory.tab, memory) if page else View(self, f"phx-{memory.tab}")

    def _memory_of(self, number: int) -> Memory:
        """What the test told about a tab; whoever sits at it has a name from now on."""
        memory = self._people.at(number)
        if memory is None:
            memory = new_memory(self._people, None)
            self._people.append(memory)
            self._people.seat(memory, number)
        return memory

    def remember(self, page: Page) -> None:
        """This is the handle of its tab."""
        self._people.seat(page.memory, page.tab)
        self._pages[page.tab] = page

    @property
    def pages(self) -> Mapping[int, Page]:
        """The tabs that were asked for, by their numbers."""
        return MappingProxyType(self._pages)

    @property
    def people(self) -> People:
        """What the test told about each tab of this world, in order of opening."""
        return self._people

    @property
    def views(self) -> list[View]:
        """Every view that is still connected, nested ones too, in the order they were opened."""
        return [View(self, line.id) for line in connected(self._current.world)]

    @overload
    def view(self, view: View) -> View: ...

    @overload
    def view(self, view: Page) -> Page: ...

    @overload
    def view(self, view: Locator) -> Locator: ...

    def view(self, view: View | Page | Locator) -> View | Page | Locator:
        """The same view, page or locator in this world: `other = sim.fork(); other.view(view)`. Raises `ViewGone` if it is
        not in it.
        """
        if isinstance(view, Page):
            return self._page_of(view)
        if isinstance(view, Locator):
            return self._page_of(view.page).located(view.query)
        if not isinstance(view, View) or view.id not in self.world.lines:  # pyright: ignore[reportUnnecessaryIsInstance]
            raise shorten(
                ViewGone(
                    f"{shown(getattr(view, 'id', view))} is not in this world",
                    expected="a view of this world, or of one that it was forked from",
                    got=f"one of another; here are {', '.join(sorted(self.world.lines)) or 'none'}",
                    cure="open it before the fork",
                )
            )
        return View(self, view.id)

    def __repr__(self) -> str:
        return f"Simulation({self._current.world!r})"


def _new_page(
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


def _simulation(options: Mapping[str, Any]) -> Simulation:
    return Simulation(**options)


Acting._maker = staticmethod(_simulation)
