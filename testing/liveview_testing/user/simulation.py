"""One simulated world, the views in it, and the actions a test can take.

Owns `Simulation` (`Acting`, and views: it opens them) and `View`, the handle on one of them, which lead to one another. Laws: what
a user of the page cannot do fails with the reason, and then nothing has happened; the same actions with the same seed give the same
trace, byte for byte; a fork shares everything and disturbs nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal, NoReturn, TypeAlias, TypeVar, overload

from immutables import Map

from liveview_core.errors import BadOption, LiveViewError, shown
from liveview_core.errors import shown as shown_value
from liveview_core.socket.socket_state import NO_REPLY
from liveview_testing.browser.finding.select import sketch_name
from liveview_testing.browsing import navigation, visits
from liveview_testing.failures import arguments
from liveview_testing.failures.handles import SIMULATION
from liveview_testing.failures.handles import missing as missing_name
from liveview_testing.html.html import Html
from liveview_testing.person.finds import Finds
from liveview_testing.person.query import Query
from liveview_testing.person.scene import new_memory
from liveview_testing.simulation import crashing, page_facts, page_law, recording_run, tab_documents, tab_history, tabs
from liveview_testing.simulation.acting import Acting, Store
from liveview_testing.simulation.clock import Clock
from liveview_testing.simulation.crashes import Crashes
from liveview_testing.simulation.crashing import BACKOFF
from liveview_testing.simulation.delivery import LIMIT, Run
from liveview_testing.simulation.recording import note, recorded, tell
from liveview_testing.simulation.tasks import Tasks
from liveview_testing.simulation.template_checks import first_use
from liveview_testing.user.asserting import Asserting
from liveview_testing.user.element import Element
from liveview_testing.user.file_input import FileInput
from liveview_testing.user.going import Going
from liveview_testing.user.looking import TextFilter, ViewGone
from liveview_testing.user.targets import ByName, Kind, Targeted, Values, named
from liveview_testing.world import retention
from liveview_testing.world.agenda import START, instant
from liveview_testing.world.page_checks import LAW, Given
from liveview_testing.world.page_checks import checks as policies
from liveview_testing.world.recorded import CSS, RECORDED
from liveview_testing.world.world import HOST, SECOND, STATIC, Manifest, Visit, World, connected

if TYPE_CHECKING:
    from collections.abc import Iterable
    from contextlib import AbstractContextManager
    from pathlib import Path

    from liveview_core.views.router import Router
    from liveview_core.views.view import LiveView
    from liveview_testing.browser.page.node import Node
    from liveview_testing.browser.page.node import Path as Place
    from liveview_testing.client_hooks import ClientHook
    from liveview_testing.external_uploaders import ExternalUploader
    from liveview_testing.person.page import Locator, Page
    from liveview_testing.person.query import LocatorStep
    from liveview_testing.person.scene import Memory, Worlds
    from liveview_testing.scripts.ordering import Order
    from liveview_testing.scripts.script import Script
    from liveview_testing.scripts.together import Together
    from liveview_testing.tab.files import FileLike

T = TypeVar("T")

TaskMode: TypeAlias = Literal["run", "hold"]
CrashMode: TypeAlias = Literal["raise", "restart"]
Live: TypeAlias = "Callable[..., View]"


EVERY_ACT = "every act"
_PLAIN: Mapping[str, Any] = {
    "router": None,
    "seed": 0,
    "now": START,
    "tasks": "run",
    "crashes": "raise",
    "checks": None,
    "limit": LIMIT,
    "history": None,
    "static": None,
    "styles": None,
    "hooks": None,
    "uploaders": None,
    "css": None,
    "host": HOST,
}
"""The options of a world that says nothing."""


class NoAnswer(LiveViewError, AssertionError):
    """A call that was not answered."""


class View(Going["Simulation"], Asserting["Simulation"], ByName, Finds["Locator"]):
    """One live view in one browser, made by `live`."""

    __slots__ = ()

    def fork(self) -> View:
        """This view in a fork of its world."""
        return self.sim.fork().view(self)

    # --- as a person has it -----------------------------------------------------------------------------------------

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
        return self.page.located(Query(steps, self.id))

    def _test_id(self) -> str:
        return self.page.memory.test_id

    def debug(self) -> None:
        """Print what is in the view: roles, names and texts."""
        from liveview_testing.browser.accessibility import aria_snapshot

        found = self.page.reading.view(self.id)
        print(f"{self!r}\n{'' if found is None else aria_snapshot(found)}")  # noqa: T201 - what it is for

    # --- finding ----------------------------------------------------------------------------------------------------

    def element(self, selector: str, text: TextFilter = None) -> Element:
        """An element, described; it is looked up each time it is used, and must then be exactly one.

        It may be in a nested view: then that view gets what happens to it, as in a browser.
        """
        return Element(self, selector, text)

    def form(self, selector: str, data: Values = None) -> Element:
        """A form and what the user fills in; checked against the form's fields when it is used."""
        return Element(self, selector, None, data or {})

    def file_input(self, form_selector: str, name: str, entries: Iterable[FileLike]) -> FileInput:
        """The file input `name` of a form, and files for it: `{"name": "me.png", "content": b"…"}`, paths or `File`s.

        They are chosen when the handle is first used: `render_upload(file_name, percent=100)`, `form.render_change(upload)`.
        """
        return FileInput(self, form_selector, name, entries)

    def _described(
        self, selector: str, text: TextFilter, data: Values, submitter: str | Element | None, path: Place | None
    ) -> Element:
        """The element of a description that is all there: for whoever does acts again."""
        return Element(self, selector, text, data, submitter, path)

    def at(self, node: Node, data: Values = None) -> Element:
        """The element at a node of the page: for whoever walks the page itself, as the strategies do."""
        return Element(self, sketch_name(node), None, data, None, node.path)

    def with_target(self, selector: str) -> Targeted:
        """Events by name go to the components that own what `selector` matches, to the view if none does.

        It must match something when an event is sent.
        """  # CP-17
        return Targeted(self, selector)

    # --- acting by name ---------------------------------------------------------------------------------------------

    @recorded
    def event(self, kind: Kind, event: str, value: Values = None, cid: int | None = None) -> Html:
        """An event by its name, whatever the page has: no element is looked at."""
        self.here()
        self.sim.client(self.id, "event", named(kind, event, value, cid))
        return self.outcome()

    @recorded
    def send(self, message: Any) -> Html:
        """Put a message into the view's mailbox: its `handle_info` gets it."""
        self.here()
        self.sim.tell(self.id, message)
        return self.outcome()

    @recorded
    def call(self, message: Any) -> Any:
        """Call the view: its `handle_call` answers, and is rendered before. Raises `NoAnswer` if it gives none."""  # CB-4
        self.here()
        return self.sim.act(lambda run: self._ask(run, message))

    def _ask(self, run: Run, message: Any) -> Any:
        done = run.call(self.id, message)
        if done is not None and done.answer is not NO_REPLY:
            return done.answer
        asked = f"handle_call of {visits.name(self.line.tab.visit.view)}"
        if done is None:
            raise NoAnswer(
                f"{asked} crashed at {shown_value(message)}: who calls then crashes too",
                expected="Reply(socket, answer)",
                got=str(crashing.latest(run)),
                cure="cast or send what is to crash the view alone",
            )
        raise NoAnswer(
            f"{asked} gave no answer to {shown_value(message)}",
            expected="Reply(socket, answer)",
            got="a socket alone: the caller would wait until its time is over",
            cure="return Reply(socket, None) if there is nothing to say, or cast",
        )

    @recorded
    def cast(self, message: Any) -> Html:
        """Tell the view something that is for its `handle_cast`; nobody waits for an answer."""  # CB-5
        self.here()
        self.sim.cast(self.id, message)
        return self.outcome()

    @recorded
    def render_async(self) -> Html:
        """Run the tasks that this view has pending, held or not, oldest first; not those that their results start."""
        self.here()
        self.sim.act(lambda run: run.work_of(self.id))
        return self.outcome()


class Simulation(Acting):
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

    __slots__ = (
        "_begun",
        "_made",
        "_pages",
        "_people",
        "checks",
        "router",
    )

    def __init__(
        self,
        router: Router | None = None,
        *,
        seed: int | str = 0,
        now: datetime = START,
        tasks: TaskMode = "run",
        crashes: CrashMode = "raise",
        checks: Given = None,
        limit: int = LIMIT,
        history: int | None = None,
        static: Mapping[str, str] | None = None,
        styles: Mapping[str, str] | None = None,
        hooks: Mapping[str, ClientHook] | None = None,
        uploaders: Mapping[str, ExternalUploader] | None = None,
        record: bool | None = None,
        css: str | Path | None = None,
        host: str = HOST,
    ) -> None:
        arguments.routes(router)
        arguments.host(host)
        arguments.mappings(static=static)
        self.router = router
        self.checks = policies(checks)
        store = Map[str, Any]() if static is None else Map[str, Any]({STATIC: Manifest(dict(static))})
        if styles or hooks or uploaders:
            store = store.set(tab_documents.SAID, page_facts.told(styles, hooks, uploaders))
        given = {
            "router": router,
            "seed": seed,
            "now": now,
            "tasks": tasks,
            "crashes": crashes,
            "checks": checks,
            "limit": limit,
            "history": history,
            "static": static,
            "styles": styles,
            "hooks": hooks,
            "uploaders": uploaders,
            "css": css,
            "host": host,
        }
        self._made = {name: each for name, each in given.items() if each != _PLAIN[name]}
        if css is not None:
            store = store.set(CSS, css)
        records = recording_run.asked.record if record is None else record
        if records:
            store = store.set(RECORDED, recording_run.first_record(instant(now)))
        self._begin(World(instant(now), seed, hold=_held(tasks), store=store, kept=retention.bound(history)), limit)
        if records:
            self._runs = recording_run.runs_of(self)
            recording_run.asked.worlds.append(self)
        self._each_act = self.checks[LAW] == EVERY_ACT
        if page_law.current is not None:
            page_law.current.add(self)
        if _restarted(crashes):
            self.crashes.contain(BACKOFF)
            self._as_made()

    def _begin(self, world: World, limit: int) -> None:
        super()._begin(world, limit)
        self._begun = world.now
        self._pages: dict[int, Page] = {}
        self._people: list[Memory] = []

    if not TYPE_CHECKING:  # where types are checked, a name that is not there stays an error

        def __getattr__(self, name: str) -> NoReturn:
            missing_name(self, name, SIMULATION)

    # --- what is true now -------------------------------------------------------------------------------------------

    @property
    def host(self) -> str:
        """Where the simulated server is: what every URL of it begins with."""
        return str(self._made.get("host", HOST))

    @property
    def clock(self) -> Clock:
        """The simulated clock."""
        return Clock(self)

    @property
    def tasks(self) -> Tasks:
        """The asynchronous work that is pending."""
        return Tasks(self)

    @property
    def crashes(self) -> Crashes:
        """The processes that ended by an error, once `crashes.contain()` lets them; else errors reach the test."""
        return Crashes(self)

    @property
    def store(self) -> Store:
        """Values of the test's fakes that must be forked with the world: `sim.store["orders"] = ()`."""
        return Store(self)

    @property
    def static(self) -> Mapping[str, str] | None:
        """The static files that the server has now: `{"app.js": "app-1a2b.js"}`; put others, and a new version is deployed."""
        manifest: Manifest | None = self.stored.get(STATIC)
        return None if manifest is None else MappingProxyType(dict(manifest.files))

    @static.setter
    def static(self, files: Mapping[str, str]) -> None:
        if not isinstance(files, Mapping):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise BadOption("the static files are no mapping", expected='{"app.js": "app-1a2b.js"}', got=shown(files))
        arguments.mappings(static=files)
        self._deploy(files)

    @recorded
    def _deploy(self, files: Mapping[str, str]) -> None:
        """As `sim.static = files`."""
        self.keep(STATIC, Manifest(dict(files)))

    @property
    def script(self) -> Script:
        """What was done in this world so far, as a value: `str` shows it, `to_test()` writes it as a test."""
        from liveview_testing.scripts.reading import script_of

        return script_of(self, self._people, self._made, self._begun)

    def _handle_of(self, number: int) -> View | Page:
        """The handle on a tab: a page, if it is more than the pages of its views."""
        if number in self._world.browsers:
            return self.tab(number)
        lines = [line for line in self._world.lines.values() if line.tab.number == number and line.tab.parent is None]
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
        contain = crashes is not None and _restarted(crashes)
        hold = self._world.hold if tasks is None else _held(tasks)
        visit = visits.resolve(
            view_or_path,
            router or self.router,
            params,
            session or {},
            connect_params or {},
            connect_info or {},
            conn_assigns or {},
            self.host,
        )
        first_use(type(visit.view))
        checked = policies(checks, self.checks)
        self._each_act = self._each_act or checked[LAW] == EVERY_ACT
        before = self._world
        try:
            if contain:
                self.crashes.contain(BACKOFF)
            view = View(self, self.act(lambda run: navigation.open_page(run, visit, hold, checked)))
            self._memory_of(view.browser)
            tell(self, tab=view.browser)
            return view
        except BaseException:
            self._world = before
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
        given = (session or {}, connect_params or {}, connect_info or {}, conn_assigns or {})
        visit = visits.isolated(view, *given, self.host)
        first_use(type(visit.view))
        opened = View(self, self.act(lambda run: navigation.open_page(run, visit, self._world.hold, self.checks)))
        self._memory_of(opened.browser)
        tell(self, tab=opened.browser)
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
        from liveview_testing.person.page import new_page

        arguments.mappings(session=session, connect_params=connect_params, connect_info=connect_info)
        page = new_page(self, name, session or {}, connect_params or {}, connect_info or {})
        if target is not None:
            page.open(target)
            tell(self, tab=page.tab)
        return page

    def open_tab(self, visit: Visit, number: int = 0) -> int:
        """Open a page in a new tab, which follows redirects as a browser does; its number. `number`: in a blank tab."""
        first_use(type(visit.view))
        return self.act(lambda run: tab_history.open_tab(run, visit, self._world.hold, self.checks, number))

    def tab(self, number: int) -> Page:
        """The tab of that number in this world."""
        from liveview_testing.person.page import Page

        found = self._pages.get(number)
        if found is None:
            found = self._pages[number] = Page(self, number, self._memory_of(number))
        return found

    def handle_on(self, memory: Memory, *, page: bool) -> View | Page:
        """The handle on a tab that is not opened yet."""
        from liveview_testing.person.page import Page

        return Page(self, memory.tab, memory) if page else View(self, f"phx-{memory.tab}")

    def _memory_of(self, number: int) -> Memory:
        """What the test told about a tab; whoever sits at it has a name from now on."""
        memory = next((each for each in self._people if each.tab == number), None)
        if memory is None:
            memory = new_memory(self._people, None)
            memory.tab = number
            self._people.append(memory)
        return memory

    def remember(self, page: Page) -> None:
        """This is the handle of its tab."""
        page.memory.tab = page.tab
        self._pages[page.tab] = page

    @property
    def pages(self) -> Mapping[int, Page]:
        """The tabs that were asked for, by their numbers."""
        return MappingProxyType(self._pages)

    @property
    def people(self) -> list[Memory]:
        """What the test told about each tab of this world, in order of opening."""
        return self._people

    @property
    def views(self) -> list[View]:
        """Every view that is still connected, nested ones too, in the order they were opened."""
        return [View(self, line.id) for line in connected(self._world)]

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
        from liveview_testing.person.page import Locator, Page

        if isinstance(view, Page):
            return self._page_of(view)
        if isinstance(view, Locator):
            return self._page_of(view.page).located(view.query)
        if not isinstance(view, View) or view.id not in self.world.lines:  # pyright: ignore[reportUnnecessaryIsInstance]
            raise ViewGone(
                f"{getattr(view, 'id', view)!r} is not in this world",
                expected="a view of this world, or of one that it was forked from",
                got=f"one of another; here are {', '.join(sorted(self.world.lines)) or 'none'}",
                cure="open it before the fork",
            )
        return View(self, view.id)

    def _page_of(self, page: Page) -> Page:
        """The same tab in this world; one in which nothing was opened where it is from may be open here."""
        if page.tab:
            return self.tab(page.tab)
        number = next((each.tab for each in self._people if each.name == page.name and each.tab), 0)
        return self.tab(number) if number else page.elsewhere(self)

    def fork(self) -> Simulation:
        """An independent world that begins where this one is. Costs a few references; neither sees what the other does."""
        other = self.ahead()
        if page_law.current is not None:
            page_law.current.add(other, fork=True)
        if self._runs is not recording_run.RUNS:
            recording_run.asked.worlds.append(other)
        return other

    def ahead(self) -> Simulation:
        """A fork to look ahead in, which is not held to anything by itself."""
        if self._run is not None:
            self.start()  # says why not
        other = object.__new__(Simulation)
        other.router = self.router
        other.checks = self.checks
        other._begin(self._world, self._limit)
        other._each_act = self._each_act
        other._runs = self._runs if self._runs is recording_run.RUNS else recording_run.runs_of(other)
        other._undone = self._undone
        other._people = self._people.copy()
        other._made, other._begun, other._forgotten = self._made, self._begun, self._forgotten
        other._acts, other._failed, other._acted = self._acts, self._failed, self._acted
        return other

    def adopt(self, other: Worlds) -> None:
        """What a fork came to is this world now: its time has passed here."""
        if self._run is not None:
            self.start()  # says why not
        before = self._world
        self._world = other.world
        self._agenda.forget()
        if isinstance(other, Simulation):
            self._hear_from(other)
        if self._busy is None:
            passed = (self._world.now - before.now) / SECOND
            note(self, before, "advance", ("world", "clock"), (int(passed) if passed == int(passed) else passed,))

    # --- messages that wait -----------------------------------------------------------------------------------------

    def concurrently(self) -> AbstractContextManager[Together]:
        """What is done inside the block may happen in any order between people: it is put down, for `explore`."""
        from liveview_testing.scripts.together import concurrently

        return concurrently(self)

    def in_order(self) -> AbstractContextManager[Order]:
        """Inside the block messages wait until the test chooses them: `with sim.in_order() as order: order.deliver(ann)`."""
        from liveview_testing.scripts.ordering import in_order

        return in_order(self)

    def next_due(self, until: int) -> int | None:
        """When the next timer is due, in microseconds, up to an instant; None if none is."""
        timer = self._agenda.due(self._world.timers, until)
        return None if timer is None else timer.due

    def __repr__(self) -> str:
        return f"Simulation({self._world!r})"


def _simulation(options: Mapping[str, Any]) -> Simulation:
    return Simulation(**options)


Acting._maker = staticmethod(_simulation)


def _held(tasks: TaskMode) -> bool:
    arguments.choice("tasks", tasks, "run", "hold")
    return tasks == "hold"


def _restarted(crashes: CrashMode) -> bool:
    arguments.choice("crashes", crashes, "raise", "restart")
    return crashes == "restart"


def live(
    view_or_path: type[LiveView] | LiveView | str,
    *,
    router: Router | None = None,
    params: Mapping[str, Any] | None = None,
    session: Mapping[str, Any] | None = None,
    connect_params: Mapping[str, Any] | None = None,
    connect_info: Mapping[str, Any] | None = None,
    conn_assigns: Mapping[str, Any] | None = None,
    tasks: TaskMode = "run",
    crashes: CrashMode = "raise",
    checks: Given = None,
    seed: int | str = 0,
    now: datetime = START,
    static: Mapping[str, str] | None = None,
) -> View:
    """Open a view, or a path of `router`, in a world of its own (`view.sim`). See `Simulation.live`."""
    sim = Simulation(router, seed=seed, now=now, tasks=tasks, crashes=crashes, checks=checks, static=static)
    return sim.live(
        view_or_path,
        params=params,
        session=session,
        connect_params=connect_params,
        connect_info=connect_info,
        conn_assigns=conn_assigns,
    )


def live_isolated(
    view: type[LiveView] | LiveView,
    *,
    session: Mapping[str, Any] | None = None,
    connect_params: Mapping[str, Any] | None = None,
    connect_info: Mapping[str, Any] | None = None,
    conn_assigns: Mapping[str, Any] | None = None,
    tasks: TaskMode = "run",
) -> View:
    """Mount a view without a router, in a world of its own. See `Simulation.live_isolated`."""
    sim = Simulation(tasks=tasks)
    return sim.live_isolated(
        view,
        session=session,
        connect_params=connect_params,
        connect_info=connect_info,
        conn_assigns=conn_assigns,
    )
