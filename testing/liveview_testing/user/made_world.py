"""How a world is made, what it is made of, and how it forks.

Owns `MadeWorld`, of which `Simulation` is made: the options, the clock, the tasks and the other parts that a test holds, forks, and
messages that wait. Law: the same options and the same acts give the same run; a fork shares everything and disturbs nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal, Self, TypeAlias, TypeVar

from immutables import Map

from liveview_testing.failures.misuse import arguments, world_options
from liveview_testing.user.locators.scene import People
from liveview_testing.world.log import retention
from liveview_testing.world.log.act_records import note, recorded
from liveview_testing.world.log.happening import SECOND
from liveview_testing.world.log.message_records import CSS, RECORDED
from liveview_testing.world.page_checks import LAW, Given
from liveview_testing.world.page_checks import checks as policies
from liveview_testing.world.simulation import page_law
from liveview_testing.world.simulation.acting import Acting, Store
from liveview_testing.world.simulation.clock import Clock
from liveview_testing.world.simulation.crashes import Crashes
from liveview_testing.world.simulation.crashing import BACKOFF
from liveview_testing.world.simulation.delivering import message_recording
from liveview_testing.world.simulation.delivering.delivery import LIMIT
from liveview_testing.world.simulation.tasks import Tasks
from liveview_testing.world.tabs import page_facts, tab_documents
from liveview_testing.world.timers import START, instant
from liveview_testing.world.world import HOST, STATIC, Manifest, World, new_world

if TYPE_CHECKING:
    from contextlib import AbstractContextManager
    from pathlib import Path

    from liveview_core.views.router import Router
    from liveview_testing.client_hooks import ClientHook, ExternalUploader
    from liveview_testing.record.scripts.concurrent_acts import Together
    from liveview_testing.record.scripts.ordering import Order
    from liveview_testing.user.locators.scene import Worlds

T = TypeVar("T")

TaskMode: TypeAlias = Literal["run", "hold"]
CrashMode: TypeAlias = Literal["raise", "restart"]
EVERY_ACT = "every act"
_PLAIN: dict[str, Any] = {
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
_SAYS_NOTHING = tuple(_PLAIN.values())


class MadeWorld(Acting):
    """A world with everything in it but its pages."""

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
        hooks: Mapping[str, ClientHook | type[ClientHook]] | None = None,
        uploaders: Mapping[str, ExternalUploader | type[ExternalUploader]] | None = None,
        record: bool | None = None,
        css: str | Path | None = None,
        host: str = HOST,
    ) -> None:
        arguments.routes(router)
        if host is not HOST:
            arguments.host(host)
        world_options.check(seed=seed, limit=limit, record=record, css=css, static=static)
        self.router = router
        self.checks = policies(checks)
        store = Map[str, Any]() if static is None else Map[str, Any]({STATIC: Manifest(dict(static))})
        if styles or hooks or uploaders:
            store = store.set(tab_documents.SAID, page_facts.told(styles, hooks, uploaders))
        given = router, seed, now, tasks, crashes, checks, limit, history, static, styles, hooks, uploaders, css, host
        self._made = {}
        if given != _SAYS_NOTHING:
            pairs = zip(_PLAIN.items(), given, strict=True)
            self._made = {name: each for (name, plain), each in pairs if each != plain}
        if css is not None:
            store = store.set(CSS, css)
        records = message_recording.asked.record if record is None else record
        if records:
            store = store.set(RECORDED, message_recording.first_record(instant(now)))
        self._begin(new_world(instant(now), seed, held(tasks), store, retention.bound(history)), limit)
        if records:
            self._current.runs = message_recording.runs_of(self._current)
            message_recording.asked.worlds.append(self)
        self._current.each_act = self.checks[LAW] == EVERY_ACT
        if page_law.current is not None:
            page_law.current.add(self)
        if restarted(crashes):
            self.crashes.contain(BACKOFF)
            self._as_made()

    def _begin(self, world: World, limit: int) -> None:
        super()._begin(world, limit)
        self._begun = world.now
        self._pages: dict[int, Any] = {}
        self._people = People()

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
        world_options.manifest(files)
        self._deploy(files)

    @recorded
    def _deploy(self, files: Mapping[str, str]) -> None:
        """As `sim.static = files`."""
        self.keep(STATIC, Manifest(dict(files)))

    # --- forks ----------------------------------------------------------------------------------------------------------

    def fork(self) -> Self:
        """An independent world that begins where this one is. Costs a few references; neither sees what the other does."""
        other = self.ahead()
        self._current.forked(other._current)
        if page_law.current is not None:
            page_law.current.add(other, fork=True)
        if self._current.runs is not message_recording.RUNS:
            message_recording.asked.worlds.append(other)
        return other

    def ahead(self) -> Self:
        """A fork to look ahead in, which is not held to anything by itself."""
        if self._current.run is not None:
            self._current.start()  # says why not
        other = object.__new__(type(self))
        other.router = self.router
        other.checks = self.checks
        other._begin(self._current.world, self._current.limit)
        other._current.go_on_from(self._current)
        if self._people:
            other._people = People(self._people)
        other._made, other._begun = self._made, self._begun
        return other

    def adopt(self, other: Worlds) -> None:
        """What a fork came to is this world now: its time has passed here."""
        if self._current.run is not None:
            self._current.start()  # says why not
        before = self._current.world
        self._current.world = other.world
        self._current.agenda.forget()
        if isinstance(other, MadeWorld):
            self._hear_from(other)
        if self._current.busy is None:
            passed = (self._current.world.now - before.now) / SECOND
            note(
                self._current,
                before,
                "advance",
                ("world", "clock"),
                (int(passed) if passed == int(passed) else passed,),
            )

    # --- messages that wait -----------------------------------------------------------------------------------------

    def concurrently(self) -> AbstractContextManager[Together]:
        """What is done inside the block may happen in any order between people: it is put down, for `explore`."""
        from liveview_testing.record.scripts.concurrent_acts import concurrently

        return concurrently(self)

    def in_order(self) -> AbstractContextManager[Order]:
        """Inside the block messages wait until the test chooses them: `with sim.in_order() as order: order.deliver(ann)`."""
        from liveview_testing.record.scripts.ordering import in_order

        return in_order(self)

    def next_due(self, until: int) -> int | None:
        """When the next timer is due, in microseconds, up to an instant; None if none is."""
        timer = self._current.agenda.due(self._current.world.timers, until)
        return None if timer is None else timer.due


def held(tasks: TaskMode) -> bool:
    arguments.choice("tasks", tasks, "run", "hold")
    return tasks == "hold"


def restarted(crashes: CrashMode) -> bool:
    arguments.choice("crashes", crashes, "raise", "restart")
    return crashes == "restart"
