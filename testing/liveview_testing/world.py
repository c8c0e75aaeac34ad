"""The state of a simulated world: one immutable value.

Owns `World` (what is true at this instant) and the values it is made of: browsers, links, timers, tasks, the log.
Law: nothing here is ever changed in place once it is published. An action copies the world's dozen references into a
`Run` (`delivery`), works on that, and publishes a new world; an action that raises drops its run, so that nothing
happened. A fork is the same `World` in another `Simulation`: it costs a reference, whatever the world holds.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Literal

from attrs import field, frozen
from immutables import Map

from liveview_core.log import EMPTY, Log
from liveview_core.twin import maker

if TYPE_CHECKING:
    from liveview_core.effects import Task
    from liveview_core.process import Process, Sent
    from liveview_core.router import Match, Router
    from liveview_core.view import LiveView
    from liveview_testing.browser.page import Page
    from liveview_testing.pubsub import Topic
    from liveview_testing.typed import Memory

SECOND = 1_000_000
"""Time is integer microseconds everywhere inside."""


class Happening:
    """One message delivered to one process: what came in, and what the process sent to its client because of it.

    `origin` is "client" (then `event` and `payload` are the frame), or what else woke the process: "info", "timer",
    "task", "call", ... (then `payload` is the message). Frames are not built here: `wire.frames` reads them off.
    """

    __slots__ = ("at", "browser", "event", "origin", "payload", "process", "sender", "sent")

    at: int
    browser: int
    process: str
    origin: str
    event: str
    payload: Any
    sent: list[Sent]
    sender: str | None

    def __repr__(self) -> str:
        sent = ", ".join(s.event for s in self.sent) or "nothing"
        return f"Happening({self.at / SECOND:.3f}s {self.process} {self.origin}:{self.event} -> {sent})"


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
    kind: Literal["redirect", "live_redirect"]
    flash: Mapping[str, Any] = field(factory=dict[str, Any])
    how: str = "push"


@frozen
class Visit:
    """How a page is reached: which view, by which route, at which URL, with whose session. The cold half of a browser."""

    view: LiveView
    url: str
    router: Router | None
    match: Match | None
    session: Mapping[str, Any]
    connect_params: Mapping[str, Any]
    connect_info: Mapping[str, Any]


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
class Work:
    """Asynchronous work a view asked for and that has not been answered yet: run, resolved, failed or held by the test."""

    seq: int
    process: str
    task: Task
    fn: Callable[[], Any] = field(eq=False, repr=False)

    @property
    def name(self) -> Any:
        """The name it was started under; of an `assign_async` the tuple of its keys (AY-6)."""
        return self.task.name


@frozen(weakref_slot=False, eq=False)
class Link:
    """What the world knows of a process beside its value: whose it is, its subscriptions, named timers, child views."""

    id: str
    browser: int
    parent: str | None = None
    subscriptions: tuple[tuple[str, int], ...] = ()
    timers: Map[Any, int] = field(factory=Map[Any, int])
    children: tuple[str, ...] = ()


class Browser:
    """One browser tab, or a nested view in one: the page built from the wire, where it is, what was said on its line.

    Immutable once it is in a world.
    """

    __slots__ = (
        "asserted",
        "history",
        "id",
        "left",
        "notes",
        "page",
        "process",
        "title",
        "typed",
        "url",
        "visit",
        "wire",
    )

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
    typed: Memory
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
        new.typed = self.typed
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
    processes: Map[str, Process] = field(factory=Map[str, "Process"])
    links: Map[str, Link] = field(factory=Map[str, Link])
    browsers: Map[int, Browser] = field(factory=Map[int, Browser])
    topics: Map[str, Topic] = field(factory=Map[str, "Topic"])
    timers: Map[int, Timer] = field(factory=Map[int, Timer])
    tasks: Map[int, Work] = field(factory=Map[int, Work])
    hold: bool = False
    history: Log[Happening] = EMPTY
    store: Map[str, Any] = field(factory=Map[str, Any])

    def __repr__(self) -> str:
        return f"World(now={self.now / SECOND:.3f}s, {len(self.processes)} processes, {len(self.history)} happenings)"


make_world: Callable[..., World] = maker(World)
"""A world from all its fields, positionally, in the order of the class: the hot path's one copy."""
