"""One simulated world and the actions a test can take in it.

Owns `Simulation`, the thin shell around an immutable `World`: it starts actions, publishes what they came to, and hands
out views. Laws: an action that raises changes nothing; the same actions with the same seed give the same trace, byte for
byte; a fork shares everything and disturbs nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextvars import ContextVar
from datetime import datetime
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal, NoReturn, TypeAlias, TypeVar

from immutables import Map

from liveview_core.errors import BadOption, LiveViewError, shown
from liveview_core.protocol.messages import Cast, Info
from liveview_core.socket.socket_state import NO_REPLY
from liveview_testing.browsing import navigation
from liveview_testing.failures.tracebacks import shorten
from liveview_testing.simulation import page_law
from liveview_testing.simulation.clock import START, Agenda, Clock, instant
from liveview_testing.simulation.crashes import BACKOFF, Crashes, CrashingRun
from liveview_testing.simulation.delivery import LIMIT, Run, received
from liveview_testing.simulation.tabs import SAID
from liveview_testing.simulation.tasks import Tasks
from liveview_testing.simulation.template_checks import first_use
from liveview_testing.user import arguments
from liveview_testing.user.handles import SIMULATION
from liveview_testing.user.handles import missing as missing_name
from liveview_testing.user.view import View, ViewGone
from liveview_testing.world import depth, retention
from liveview_testing.world.page_checks import LAW, Given
from liveview_testing.world.page_checks import checks as policies
from liveview_testing.world.retention import Kept, digest, kept, text
from liveview_testing.world.world import STATIC, Happening, Line, Manifest, World

if TYPE_CHECKING:
    from liveview_core.views.router import Router
    from liveview_core.views.view import LiveView

T = TypeVar("T")

TaskMode: TypeAlias = Literal["run", "hold"]
CrashMode: TypeAlias = Literal["raise", "restart"]
Live: TypeAlias = Callable[..., View]


EVERY_ACT = "every act"


class InsideStep(LiveViewError, RuntimeError):
    """Something inside a callback acted on the world that is running the callback."""


_RUNNING: ContextVar[Run | None] = ContextVar("running", default=None)
"""The action that is going on, whichever world's it is: what a fake inside a callback reads and writes."""


class Store:
    """Named values that belong to the world, so that forks do not share what they do to them. Keep the values immutable.

    A view or a fake may hold it: inside a callback it is the store of the world that runs the callback, a fork's too.
    """

    __slots__ = ("_sim",)

    def __init__(self, sim: Simulation) -> None:
        self._sim = sim

    def __getitem__(self, name: str) -> Any:
        return self._sim.stored[name]

    def __setitem__(self, name: str, value: Any) -> None:
        self._sim.keep(name, value)

    def __contains__(self, name: object) -> bool:
        return name in self._sim.stored

    def get(self, name: str, default: Any = None) -> Any:
        return self._sim.stored.get(name, default)

    def update(self, name: str, fn: Callable[[Any], Any]) -> None:
        """Replace a value by `fn(value)`."""
        self[name] = fn(self[name])

    def __repr__(self) -> str:
        names = sorted(self._sim.stored)
        return f"Store({', '.join(f'{name}={self[name]!r}' for name in names)})"


class Simulation:
    """One world: its clock, mailboxes, timers, tasks, PubSub, browsers and the log of everything that happened.

    Single-threaded and deterministic. `router` is what paths are resolved with; `seed` feeds `socket.random`; `now` is
    when it begins; `tasks="hold"` leaves asynchronous work pending until the test answers it; `crashes="restart"` lets an
    error end its process, whose client joins again (`crashing`), where else it reaches the test; `checks` says for each check
    of pages (`checks.DEFAULT`) whether it raises, warns or is ignored, and `"patch law": "every act"` compares each page after
    each act with one rendered from scratch (else the pytest plugin does so at the end of a test); `limit` is how many deliveries
    at one instant are called a loop. `history` is how many of its messages the world remembers, the last ones: a run of a million
    needs no more memory then; by default all. `static` are the static files that the server has, by their digested names, for
    `socket.static_changed()`. `hooks` are stand-ins for the page's client hooks, `uploaders` for its own uploaders, by their names.
    """

    __slots__ = (
        "_agenda",
        "_around",
        "_clock",
        "_crashes",
        "_each_act",
        "_limit",
        "_run",
        "_store",
        "_tasks",
        "_world",
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
        hooks: Mapping[str, Any] | None = None,
        uploaders: Mapping[str, Any] | None = None,
    ) -> None:
        arguments.routes(router)
        arguments.mappings(static=static, hooks=hooks, uploaders=uploaders)
        self.router = router
        self.checks = policies(checks)
        store = Map[str, Any]() if static is None else Map[str, Any]({STATIC: Manifest(dict(static))})
        said = {name: dict(each) for name, each in (("hooks", hooks), ("uploaders", uploaders)) if each}
        if said:
            store = store.set(SAID, said)
        self._begin(World(instant(now), seed, hold=_held(tasks), store=store, kept=retention.bound(history)), limit)
        self._each_act = self.checks[LAW] == EVERY_ACT
        if page_law.current is not None:
            page_law.current.add(self)
        if _restarted(crashes):
            self.crashes.contain(BACKOFF)

    def _begin(self, world: World, limit: int) -> None:
        self._world = world
        self._limit = limit
        self._each_act = False
        self._agenda = Agenda()
        self._run: Run | None = None
        self._around: Run | None = None
        self._clock = Clock(self)
        self._tasks = Tasks(self)
        self._crashes = Crashes(self)
        self._store = Store(self)

    if not TYPE_CHECKING:  # where types are checked, a name that is not there stays an error

        def __getattr__(self, name: str) -> NoReturn:
            missing_name(self, name, SIMULATION)

    # --- what is true now -------------------------------------------------------------------------------------------

    @property
    def world(self) -> World:
        """The state of this world at this instant: an immutable value."""
        return self._world

    @property
    def clock(self) -> Clock:
        """The simulated clock."""
        return self._clock

    @property
    def tasks(self) -> Tasks:
        """The asynchronous work that is pending."""
        return self._tasks

    @property
    def crashes(self) -> Crashes:
        """The processes that ended by an error, once `crashes.contain()` lets them; else errors reach the test."""
        return self._crashes

    @property
    def store(self) -> Store:
        """Values of the test's fakes that must be forked with the world: `sim.store["orders"] = ()`."""
        return self._store

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
        self.keep(STATIC, Manifest(dict(files)))

    @property
    def stored(self) -> Mapping[str, Any]:
        """What the store holds now; during an action, as far as it has come."""
        return (_RUNNING.get() or self._world).store

    def keep(self, name: str, value: Any) -> None:
        """Put a value into the store; allowed at any time, also by a fake inside a callback."""
        running = _RUNNING.get()
        if running is not None:
            running.store = running.store.set(name, value)
        else:
            run = self.start()
            run.store = run.store.set(name, value)
            self.finish(run)

    @property
    def history(self) -> Kept[Happening]:
        """Every message delivered so far, oldest first; with `history=n` the last n, and `history.gone` are not there any more."""
        return kept(self._world)

    @property
    def trace(self) -> bytes:
        """The history as text, one line a message: equal bytes mean an equal run. A first line says what is gone."""
        return text(self._world)

    @property
    def digest(self) -> str:
        """A digest of the whole trace, whatever is kept of it: equal digests mean an equal run."""
        return digest(self._world)

    def since(self, count: int) -> list[Happening]:
        """The history without its first `count` entries; costs what it returns. Raises `Forgotten` if some of it is gone."""
        return kept(self._world, count)

    # --- actions ----------------------------------------------------------------------------------------------------

    def start(self) -> Run:
        """Begin an action. What starts must `finish` or `drop`; there is one at a time."""
        if self._run is not None:
            raise InsideStep(
                "this world is in the middle of an action",
                expected="callbacks that ask for things through their socket (send, broadcast, start_async, ...)",
                got="a callback that acted on the simulation itself",
                cure="use the socket's methods; state of fakes belongs into sim.store",
            )
        run = self._run = self._open()
        self._around = _RUNNING.get()
        _RUNNING.set(run)
        return run

    def _open(self) -> Run:
        world = self._world
        kind = CrashingRun if world.store and self._crashes.contained else Run
        return kind(world, self._agenda, self._limit)

    def finish(self, run: Run) -> None:
        """The action went well: what it came to is the world now."""
        before = self._world
        self._world = run.publish()
        self._run = None
        _RUNNING.set(self._around)
        if self._each_act:
            try:
                page_law.after_act(self.views, self.since(before.count))
            except BaseException:
                self._world = before
                self._agenda.forget()
                raise

    def drop(self) -> None:
        """The action failed: nothing happened."""
        self._run = None
        _RUNNING.set(self._around)
        self._agenda.forget()

    def act(self, cause: Callable[[Run], T]) -> T:
        """One action: its cause, then everything that follows from it at this instant."""
        run = self.start()
        try:
            result = cause(run)
            run.settle()
            self.finish(run)
        except BaseException as error:
            self.drop()
            if isinstance(error, RecursionError) and (deep := depth.told(error)) is not None:
                raise deep from None
            shorten(error)
            raise
        return result

    def settle(self) -> None:
        """Deliver everything that is due now. Every action settles by itself; this is for what was left pending."""
        self.act(_nothing)

    def pass_time(self, by: int) -> None:
        """What `clock.advance` does, in microseconds."""
        self.act(lambda run: run.pass_time(by))

    def broadcast(self, topic: str, message: Any) -> None:
        """A message to everyone subscribed to `topic`, as if from outside."""
        self.act(lambda run: run.broadcast(topic, message))

    def client(self, process: str, event: str, payload: dict[str, Any]) -> None:
        """One frame from a process's browser, and everything that follows. This is the hot path."""
        run = self.start()
        try:
            if run.browsers:
                run.send_client(process, event, payload)
            else:
                run.deliver(process, received(event, payload), "client", event, payload)
            if run.queue or run.answers or run.timers or run.tasks:
                run.settle()
            self.finish(run)
        except BaseException as error:
            self.drop()
            if isinstance(error, RecursionError) and (deep := depth.told(error)) is not None:
                raise deep from None
            shorten(error)
            raise

    def tell(self, process: str, message: Any) -> None:
        """A message into one process's mailbox, as if from outside."""
        self.act(lambda run: run.deliver(process, Info(message), "info", type(message).__name__, message))

    def call(self, process: str, message: Any) -> Any:
        """A call to one process, as if from outside: its `handle_call` answers. `NO_REPLY` if it gave no answer."""

        def ask(run: Run) -> Any:
            done = run.call(process, message)
            return NO_REPLY if done is None else done.answer

        return self.act(ask)

    def cast(self, process: str, message: Any) -> None:
        """A cast to one process, as if from outside, for its `handle_cast`."""
        self.act(lambda run: run.deliver(process, Cast(message), "cast", type(message).__name__, message))

    def replace(self, line: Line) -> None:
        """Set down what a test noted on a line (an assertion consumed); nothing is delivered."""
        run = self.start()
        run.lines[line.id] = line
        self.finish(run)

    # --- views ------------------------------------------------------------------------------------------------------

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
        visit = navigation.resolve(
            view_or_path,
            router or self.router,
            params,
            session or {},
            connect_params or {},
            connect_info or {},
            conn_assigns or {},
        )
        first_use(type(visit.view))
        checked = policies(checks, self.checks)
        self._each_act = self._each_act or checked[LAW] == EVERY_ACT
        before = self._world
        try:
            if contain:
                self.crashes.contain(BACKOFF)
            return View(self, self.act(lambda run: navigation.open_page(run, visit, hold, checked)))
        except BaseException:
            self._world = before
            raise

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
        visit = navigation.isolated(view, session or {}, connect_params or {}, connect_info or {}, conn_assigns or {})
        first_use(type(visit.view))
        return View(self, self.act(lambda run: navigation.open_page(run, visit, self._world.hold, self.checks)))

    @property
    def views(self) -> list[View]:
        """Every view that is still connected, nested ones too, in the order they were opened."""
        open = [line for line in self._world.lines.values() if line.process is not None]
        return [View(self, line.id) for line in sorted(open, key=lambda line: (line.tab.number, line.id))]

    def view(self, view: View) -> View:
        """The same browser, in this world: `other = sim.fork(); other.view(view)`. Raises `ViewGone` if it is not in it."""
        if not isinstance(view, View) or view.id not in self.world.lines:  # pyright: ignore[reportUnnecessaryIsInstance]
            raise ViewGone(
                f"{getattr(view, 'id', view)!r} is not in this world",
                expected="a view of this world, or of one that it was forked from",
                got=f"one of another; here are {', '.join(sorted(self.world.lines)) or 'none'}",
                cure="open it before the fork",
            )
        return View(self, view.id)

    def fork(self) -> Simulation:
        """An independent world that begins where this one is. Costs a few references; neither sees what the other does."""
        if self._run is not None:
            self.start()  # says why not
        other = object.__new__(Simulation)
        other.router = self.router
        other.checks = self.checks
        other._begin(self._world, self._limit)
        other._each_act = self._each_act
        if page_law.current is not None:
            page_law.current.add(other, fork=True)
        return other

    def __repr__(self) -> str:
        return f"Simulation({self._world!r})"


def _held(tasks: TaskMode) -> bool:
    arguments.choice("tasks", tasks, "run", "hold")
    return tasks == "hold"


def _restarted(crashes: CrashMode) -> bool:
    arguments.choice("crashes", crashes, "raise", "restart")
    return crashes == "restart"


def _nothing(run: Run) -> None:
    """No cause but the world's own."""


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
