"""The state of a simulated world: one immutable value.

Owns `World` (what is true at this instant) and the values it is made of: browsers, links, timers, tasks.
Law: nothing here is ever changed in place once it is published. An action copies the world's dozen references into a
`Run` (`delivery`), works on that, and publishes a new world; an action that raises drops its run, so that nothing
happened. A fork is the same `World` in another `Simulation`: it costs a reference, whatever the world holds.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Literal, cast

from attrs import field
from immutables import Map

from liveview_core.values.declaring import frozen
from liveview_core.values.frozen import changer, maker
from liveview_core.values.in_place_changes import unchanging
from liveview_testing.browser.page.page import Page
from liveview_testing.failures.pickling import refuse
from liveview_testing.world.log.happening import SECOND, Happening

if TYPE_CHECKING:
    from liveview_core.process.step import Process
    from liveview_core.protocol.effects import Task
    from liveview_core.values.log import Log
    from liveview_core.views.router import Match, Router
    from liveview_core.views.view import LiveView
    from liveview_testing.browser.browser import Browser
    from liveview_testing.world.mailboxes import Mailboxes
    from liveview_testing.world.page_checks import Checks, Policy
    from liveview_testing.world.page_state.documents import Document
    from liveview_testing.world.page_state.files import Chosen
    from liveview_testing.world.page_state.input_values import Memory
    from liveview_testing.world.page_state.requests import Request
    from liveview_testing.world.pubsub import Topic

_EMPTY: Map[Any, Any] = Map()

NOTHING: Mapping[str, Any] = {}
"""What most visits are given: everybody's, and nobody writes into it."""


@frozen
class Note:
    """Something a test may assert about later: a navigation, a pushed event, a reply.

    `kind`: "patch", "redirect", "live_redirect", "push_event", "reply". `number` is that of the happening it was read from.
    """

    kind: str
    name: str
    payload: Any = None
    how: str = "push"
    number: int = field(default=0, eq=False)


@frozen
class Left:
    """Where a browser went from a view, by "redirect" or "live_redirect"; `request` is what it asked of the server."""

    to: str
    kind: Literal["redirect", "live_redirect"]
    flash: Mapping[str, Any] = field(factory=dict[str, Any])
    how: str = "push"
    request: Request | None = None


HOST = "http://www.example.com"
"""Where the simulated server is, if the test says nothing else."""


@frozen(weakref_slot=False)
class Visit:
    """How a page is reached: which view, by which route, at which URL of which host, with whose session."""

    view: LiveView
    url: str
    router: Router | None
    match: Match | None
    session: Mapping[str, Any]
    connect_params: Mapping[str, Any]
    connect_info: Mapping[str, Any]
    conn_assigns: Mapping[str, Any] = field(factory=dict[str, Any])
    host: str = HOST

    @property
    def address(self) -> str:
        """The whole URL: the very text that the router was asked, if it was."""
        address, match = self.host + self.url, self.match
        return match.uri if match is not None and match.uri == address else address


make_visit: Callable[..., Visit] = maker(Visit)


@frozen(eq=False)
class Manifest:
    """The static files that the server has now, by their digested names; in a world's store, if a test gave them."""  # NV-32

    files: Mapping[str, str]


STATIC = "liveview_testing.static"
"""Where the store of a world keeps its `Manifest`."""


@frozen
class Timer:
    """A message that is due at `due` (microseconds); `every` repeats it. `own`: it is the framework's, not for handle_info.

    `cause` is the number of the happening that set it.
    """

    seq: int
    due: int
    process: str
    message: Any
    name: Any = None
    every: int | None = None
    own: bool = False
    cause: int = field(default=0, eq=False)


@frozen
class TabDue:
    """On the world's clock: a timer of a tab, or a frame on its link."""

    tab: int
    number: int
    frame: bool = False


@frozen
class Work:
    """Asynchronous work a view asked for and that has not been answered yet: run, resolved, failed or held by the test.

    `cause` is the number of the happening that started it.
    """

    seq: int
    process: str
    task: Task
    fn: Callable[[], Any] = field(eq=False, repr=False)
    cause: int = field(default=0, eq=False)

    @property
    def name(self) -> Any:
        """The name it was started under; of an `assign_async` the tuple of its keys."""  # AY-6
        return self.task.name


@frozen(weakref_slot=False, eq=False)
class Tab:
    """The cold half of a line: in which browser it is, where that is, and what its process has set up.
    `history` are the URLs up to here, `ahead` those that it has gone back from.

    `files` are those that its file inputs track; `chosen` counts those of the whole browser, in the tab of its root view.
    `document` is what a root layout put around the page, if there is one; `statics` the tokens of all views in the page's first
    HTML, by their ids; `tracked` the static files that it names with `phx-track-static`. `parent` is the view around a nested
    one, `dom_id` its container there (in the root layout, if it is `outside` of the page); `children` are those in this one,
    `nested` those that ever were. `brought` are the DOM ids that nested views had when they joined, in the tab of the root view.
    `joins` is how often its client has joined well since the page was loaded, `failed` how often in a row it has not; `reloads`
    how often in a row a path was loaded again for that, in the tab of the root view. `forgotten` is how many of its messages the
    log has lost. `served` is the page's first HTML until the view has joined, where something of it outlives that.
    """

    number: int
    visit: Visit
    url: str
    history: tuple[str, ...]
    ahead: tuple[str, ...] = ()
    left: Left | None = None
    typed: Memory = field(factory=dict[Any, Any])
    files: tuple[Chosen, ...] = ()
    chosen: int = 0
    document: Document | None = None
    waiting: Process | None = None
    checks: Checks = field(factory=dict[str, "Policy"])
    statics: dict[str, str] = field(factory=dict[str, str])
    asserted: frozenset[int] = frozenset()
    parent: str | None = None
    dom_id: str | None = None
    children: tuple[str, ...] = ()
    nested: tuple[str, ...] = ()
    outside: bool = False
    tracked: tuple[str, ...] = ()
    brought: Map[str, tuple[str, ...]] = _EMPTY
    subscriptions: tuple[tuple[str, int], ...] = ()
    timers: Map[Any, int] = _EMPTY
    joins: int = 0
    failed: int = 0
    reloads: dict[str, int] = field(factory=dict[str, int])
    forgotten: int = 0
    served: Page | None = None


change_tab: Callable[..., Tab] = changer(Tab)
"""A tab in which some fields are others, by their names."""

_make_tab: Callable[..., Tab] = maker(Tab)
_SLOTS: tuple[str, ...] = vars(Tab)["__slots__"]
_BLANK, _AT = Tab(0, cast("Visit", None), "", ()), _SLOTS.index("checks")
_FIRST = tuple([getattr(_BLANK, name) for name in _SLOTS[4:_AT]])
_LAST = tuple([getattr(_BLANK, name) for name in _SLOTS[_AT + 1 :]])


def new_tab(number: int, visit: Visit, checks: Checks) -> Tab:
    """A tab at its first page, as `Tab` makes it: in an eighth of the time, and a mount has one."""
    return _make_tab(number, visit, visit.url, (visit.url,), *_FIRST, checks, *_LAST)


class Line:
    """One live view and its browser, from the join to the end: the process, the page built from the wire, the log.

    Immutable once it is in a world. It stays when the process has ended (`process` is None then), so that a test can ask
    what was said. `title` is what the browser shows; `notes` is what a test may assert.
    """

    __slots__ = ("id", "last", "notes", "page", "process", "tab", "title")

    id: str
    process: Process | None
    page: Page
    last: Happening | None
    notes: Log[Note]
    title: str | None
    tab: Tab

    @property
    def dom_id(self) -> str:
        """The DOM id of the view's container."""
        return self.tab.dom_id or self.id

    @property
    def joined(self) -> bool:
        """Whether there is a process, and a page that it sent and that has arrived."""
        return self.process is not None and self.process.joined and type(self.page) is Page

    @property
    def sticky(self) -> bool:
        """Whether the view stays when its page goes, also where its client is about to join again."""  # RT-14
        process = self.process or self.tab.waiting
        return process is not None and process.origin.sticky

    def then(self, last: Happening | None, process: Process | None) -> Line:
        """A private copy after a message, to be filled before it is put into a world (the hot path's only copy)."""
        new = Line()
        new.id = self.id
        new.process = process
        new.page = self.page
        new.last = last
        new.notes = self.notes
        new.title = self.title
        new.tab = self.tab
        return new

    def copy(self) -> Line:
        """A private copy, to be filled before it is put into a world."""
        return self.then(self.last, self.process)

    __reduce__ = refuse

    def __repr__(self) -> str:
        return f"Line({self.id!r}, browser {self.tab.number}, {self.tab.url!r})"


@unchanging("the methods of views and of the simulation make the next one")
@frozen(weakref_slot=False, eq=False)
class World:
    """Everything a simulation holds at one instant. Compared by identity; forked by sharing.

    `browsers` are the tabs that are more than the pages of their views: by the number of the tab.
    `mailboxes` has what is under way in a world whose messages wait to be chosen; None in any other, where nothing is between
    actions.
    Of the log the last `kept` messages are of interest (0: all); up to the number `cut` it was cut off, and has that `digest`.
    """

    now: int
    seed: int | str
    seq: int = 0
    tabs: int = 0
    lines: Map[str, Line] = _EMPTY
    topics: Map[str, Topic] = _EMPTY
    timers: Map[int, Timer] = _EMPTY
    tasks: Map[int, Work] = _EMPTY
    hold: bool = False
    last: Happening | None = None
    store: Map[str, Any] = _EMPTY
    kept: int = 0
    cut: int = 0
    digest: bytes = b""
    browsers: Map[int, Browser] = _EMPTY
    mailboxes: Mailboxes | None = None

    @property
    def count(self) -> int:
        """How many messages were delivered so far."""
        return 0 if self.last is None else self.last.number

    def __copy__(self) -> World:
        return self

    __reduce__ = __deepcopy__ = refuse

    def __repr__(self) -> str:
        return f"World(now={self.now / SECOND:.3f}s, {len(self.lines)} views, {self.count} happenings)"


make_world: Callable[..., World] = maker(World)
"""A world from all its fields, positionally, in the order of the class: the hot path's one copy."""


def new_world(now: int, seed: int | str, hold: bool, store: Map[str, Any], kept: int) -> World:
    """A world in which nothing has happened, as `World` makes it."""
    nothing = _EMPTY, _EMPTY, _EMPTY, _EMPTY
    return make_world(now, seed, 0, 0, *nothing, hold, None, store, kept, 0, b"", _EMPTY, None)


def connected(world: World) -> list[Line]:
    """The line of every view that has a process, nested ones too, in the order they were opened."""
    open = [line for line in world.lines.values() if line.process is not None]
    return sorted(open, key=lambda line: (line.tab.number, line.id))
