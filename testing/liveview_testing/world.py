"""The state of a simulated world: one immutable value.

Owns `World` (what is true at this instant) and the values it is made of: browsers, links, timers, tasks, the log.
Law: nothing here is ever changed in place once it is published. An action copies the world's dozen references into a
`Draft`, works on that, and publishes it; an action that raises drops its draft, so that nothing happened. A fork is the
same `World` in another `Simulation`: it costs a reference, whatever the world holds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from attrs import field, frozen
from immutables import Map
from liveview_core.log import EMPTY, Log

if TYPE_CHECKING:
    from liveview_core.process import Process

    from liveview_testing.browser.page import Page
    from liveview_testing.pubsub import Topic

SECOND = 1_000_000
"""Time is integer microseconds everywhere inside."""


class Happening:
    """One message delivered to one process: what came in, and what the process sent to its client because of it.

    `origin` is "client" (then `event` and `payload` are the frame), or what else woke the process: "info", "timer",
    "task", "call", ... (then `payload` is the message). Frames are not built here: `wire.frames` reads them off.
    """

    __slots__ = ("at", "browser", "event", "facts", "origin", "payload", "process", "sender", "sent")

    at: int
    browser: int
    process: str
    origin: str
    event: str
    payload: Any
    sent: tuple[Any, ...]
    facts: Any
    sender: str | None

    def __repr__(self) -> str:
        sent = ", ".join(s.event for s in self.sent) or "nothing"
        return f"Happening({self.at / SECOND:g}s {self.process} {self.origin}:{self.event} -> {sent})"


@frozen
class Note:
    """Something a test may assert about later: a navigation, a pushed event, a reply.

    `kind`: "patch", "redirect", "live_redirect", "push_event", "reply".
    """

    kind: str
    name: str
    payload: Any = None
    how: str = "push"


@frozen
class Left:
    """Where a browser's view went: `kind` is "redirect" or "live_redirect"."""

    to: str
    kind: str
    flash: dict[str, Any] = field(factory=dict)
    token: str | None = None


@frozen
class Visit:
    """The cold half of a browser: how its page was reached. Rarely changes."""

    view: Any
    router: Any
    session: dict[str, Any]
    connect_params: dict[str, Any]
    connect_info: dict[str, Any]
    main: bool = True
    live_session: str | None = None
    mounts: int = 0


@frozen
class Timer:
    """A message that is due at `due` (microseconds); `every` repeats it."""

    seq: int
    due: int
    process: str
    message: Any
    name: Any = None
    every: int | None = None


@frozen
class Task:
    """Asynchronous work a view asked for and that has not been answered yet: run, resolved, failed or held by the test."""

    seq: int
    process: str
    ref: Any
    name: Any
    run: Any
    cid: int | None = None
    kind: str = "start"
    held: bool = False


class Link:
    """What the world knows of a process beside its value: whose it is, its subscriptions, timers and tasks. Immutable."""

    __slots__ = ("browser", "id", "router", "subscriptions", "tasks", "timers")

    def __init__(
        self,
        id: str,
        browser: int,
        router: Any,
        subscriptions: tuple[tuple[str, int], ...] = (),
        timers: Map[Any, int] | None = None,
        tasks: tuple[int, ...] = (),
    ) -> None:
        self.id = id
        self.browser = browser
        self.router = router
        self.subscriptions = subscriptions
        self.timers: Map[Any, int] = Map() if timers is None else timers
        self.tasks = tasks

    def with_subscriptions(self, subscriptions: tuple[tuple[str, int], ...]) -> Link:
        return Link(self.id, self.browser, self.router, subscriptions, self.timers, self.tasks)

    def with_timers(self, timers: Map[Any, int]) -> Link:
        return Link(self.id, self.browser, self.router, self.subscriptions, timers, self.tasks)

    def with_tasks(self, tasks: tuple[int, ...]) -> Link:
        return Link(self.id, self.browser, self.router, self.subscriptions, self.timers, tasks)


class Browser:
    """One browser tab: the page it has built from the wire, where it is, and what was said on its line. Immutable."""

    __slots__ = ("asserted", "history", "id", "left", "notes", "page", "process", "title", "url", "visit", "wire")

    id: int
    process: str
    page: Page
    wire: Log[Happening]
    notes: Log[Note]
    asserted: frozenset[int]
    url: str
    history: tuple[str, ...]
    title: str | None
    left: Left | None
    visit: Visit

    def copy(self) -> Browser:
        """A private copy to fill before it is published (the hot path's only copy)."""
        new = object.__new__(Browser)
        new.id = self.id
        new.process = self.process
        new.page = self.page
        new.wire = self.wire
        new.notes = self.notes
        new.asserted = self.asserted
        new.url = self.url
        new.history = self.history
        new.title = self.title
        new.left = self.left
        new.visit = self.visit
        return new

    def __repr__(self) -> str:
        return f"Browser({self.id}, {self.process!r}, {self.url!r})"


@frozen(weakref_slot=False, eq=False)
class World:
    """Everything a simulation holds at one instant. Compared by identity; forked by sharing."""

    now: int
    seed: int | str
    seq: int = 0
    processes: Map[str, Process] = field(factory=Map)
    links: Map[str, Link] = field(factory=Map)
    browsers: Map[int, Browser] = field(factory=Map)
    topics: Map[str, Topic] = field(factory=Map)
    timers: Map[int, Timer] = field(factory=Map)
    tasks: Map[int, Task] = field(factory=Map)
    hold: bool = False
    history: Log[Happening] = EMPTY
    store: Map[str, Any] = field(factory=Map)

    def __repr__(self) -> str:
        return f"World(now={self.now / SECOND:g}s, {len(self.processes)} processes, {len(self.history)} happenings)"


class Draft:
    """A world being worked on: the same slots as `World`, open. `publish` closes it into a real frozen `World`."""

    __slots__ = (
        "now",
        "seed",
        "seq",
        "processes",
        "links",
        "browsers",
        "topics",
        "timers",
        "tasks",
        "hold",
        "history",
        "store",
    )

    now: int
    seed: int | str
    seq: int
    processes: Map[str, Process]
    links: Map[str, Link]
    browsers: Map[int, Browser]
    topics: Map[str, Topic]
    timers: Map[int, Timer]
    tasks: Map[int, Task]
    hold: bool
    history: Log[Happening]
    store: Map[str, Any]


def draft(world: World) -> Draft:
    """An open copy of `world`."""
    new = object.__new__(Draft)
    new.now = world.now
    new.seed = world.seed
    new.seq = world.seq
    new.processes = world.processes
    new.links = world.links
    new.browsers = world.browsers
    new.topics = world.topics
    new.timers = world.timers
    new.tasks = world.tasks
    new.hold = world.hold
    new.history = world.history
    new.store = world.store
    return new


def publish(work: Draft) -> World:
    """Close a draft: from here on it is a frozen `World` (the object itself; the draft is gone)."""
    work.__class__ = World  # type: ignore[assignment]  # same slots: the cheapest correct copy there is
    return cast(World, work)
