"""A browser's tab as a value: everything it knows, and what is still to come.

Owns `Browser`. It is what `react` takes and gives: the document with the client's marks, the client's side of each view (how many
pushes it has made, which of them wait for an answer, whether it is connected), timers, history, and what a test may ask about
later: the events that the page's own scripts would have heard, and notes on what was swallowed.

Law: everything in it is immutable, and nothing in it is a function: what waits for a reply or an instant is a value that says what
happens then (`Then`). So a browser is forked for nothing, compared and printed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Literal, Protocol, TypeAlias

from attrs import field
from immutables import Map

from liveview_core.values.declaring import frozen
from liveview_core.values.frozen import changer
from liveview_testing.browser.connection.history import History
from liveview_testing.browser.dom.document import Document
from liveview_testing.browser.page.page import Page
from liveview_testing.browser.page.tree.ropes.rope import Rope
from liveview_testing.browser.uploads.state import NO_UPLOADS, Uploads

FRAME_MS = 16
"""One animation frame, in milliseconds."""  # MD-4

State: TypeAlias = Literal["joining", "joined", "error", "closed", "destroyed"]


class Then(Protocol):
    """What happens once an answer has come, or an instant: a frozen value that does it on an open `Reaction`.

    `Reaction` is written where this is implemented: a `Then` is called with the reaction, and the answer if there is one.
    """

    def __call__(self, reaction: Any, answer: Any = None, /) -> None: ...


@frozen
class Awaited:
    """A push that was sent and not yet answered: its ref, if elements wait for it, and what happens then."""

    ref: int | None = None
    event: str | None = None
    then: Then | None = None
    failed: Then | None = None
    loading: Any = None
    """The detail of the page-loading events around it, if it has them."""  # CE-64
    reader: Then | None = None
    """What reads the whole answer in place of the usual: of a join."""
    timer: int | None = None
    """When it counts as never answered; only where an answer can stay away."""  # CN-28


@frozen
class Channel:
    """The cold half of the client's side of a view: how it joins, and what waits for that."""

    pending: bool = False
    """Whether its page is not there yet: from the join until the patch that it brings is applied."""  # CN-24
    answered: bool = False
    """Whether the answer to its join is there, and waits for a transition."""  # JC-25
    parent: str | None = None
    order: int = 0
    url: str | None = None
    redirect: bool = False
    """Whether it was joined by live navigation."""
    referer: str | None = None
    flash: str | None = None
    attempts: int = 0
    """How many joins were sent since the last that went well."""  # CN-9
    tries: int = 0
    """How often it has waited to join again since then."""  # CN-12
    join: int | None = None
    """The push that its join is."""
    loader: int | None = None
    disconnected: int | None = None
    rejoin: int | None = None
    silence: int | None = None
    """Timers: until it looks busy, until `phx-disconnected` runs, until it joins again, until a join has failed by silence."""
    children: int = 0
    """How many of its nested views have yet to join before the page is shown."""  # CN-4
    operations: tuple[tuple[str, Then], ...] = ()
    """What waits until all views of the page have joined: for which view, and what."""
    commit: Then | None = None
    """What takes the place of the page before, of a view that was navigated to."""  # CN-51
    loading: Any = None
    """The detail of the page-loading events of its joins."""  # CN-2
    attributes: tuple[tuple[str, str], ...] | None = None
    """What its container gets, once it takes the place of the one before."""  # CN-57a
    recovery: Map[str, Any] = Map()
    """Of a root: the forms as they were when it joined again, by their ids."""  # FI-30
    recovering: frozenset[str] = frozenset()
    """The forms whose recovery was begun and not answered."""  # FI-31
    answers: Map[str, int] = Map()
    """Of those that several targets are told of: how many have answered."""


NO_CHANNEL = Channel()


@frozen(weakref_slot=False)
class ViewState:
    """The client's side of one view."""

    state: State = "joined"
    refs: int = 0
    """How many refs it has given to elements so far."""  # LK-1
    pushes: int = 0
    """How many frames it has sent that have an answer."""
    acked: int | None = None
    joins: int = 1
    awaited: Map[int, Awaited] = field(factory=Map[int, Awaited])
    """By the number of the push."""
    parked: tuple[Then, ...] = ()
    """Messages that wait until patches are applied again, in order of arrival."""  # CN-24, JC-25
    channel: Channel = NO_CHANNEL


@frozen
class Offer:
    """A nested view that the server is ready to be joined by: where its container is, once it is on a page."""

    id: str
    dom_id: str
    around: str
    sticky: bool = False
    html: str = ""


@frozen
class Network:
    """What a tab knows of its connection beside whether it is there."""

    cut: bool = False
    """Whether nothing comes through, whoever tries."""
    tries: int = 0
    """How often it has tried to connect since the connection was lost."""  # CN-20
    timer: int | None = None
    intended: bool = False
    """Whether the client closed the connection itself: then it does not try again."""
    opened: int = 0
    """When the connection was opened: heartbeats are counted from then."""
    heartbeat: int | None = None
    """When a line on which nothing comes through counts as lost."""  # CN-23
    reloads: Map[str, int] = Map()
    """How often in a row pages were loaded again, by their paths."""  # CN-15
    reload: int | None = None
    offers: Map[str, Offer] = Map()
    unloaded: bool = False
    channels: int = 0
    """How many views have been joined so far."""
    outgoing: str | None = None
    """The view that is left and still to be seen, until the next has joined."""  # CN-50
    queued: tuple[tuple[str, Mapping[str, Any]], ...] = ()
    """Joins that were asked for while the connection was gone: of which views, and what they say."""  # CN-20
    silenced: tuple[int, ...] = ()
    """Elements that are leaving: what happens there is not heard, but for clicks."""  # PA-46
    detached: Map[str, Page] = Map()
    """What views showed that are gone from the document, as long as something for them waits: it is patched out of sight."""
    failed: str | None = None
    """The page that could not be loaded: it is, as soon as there is a connection again."""


@frozen
class Later:
    """What happens at an instant, in microseconds."""

    due: int
    then: Then


@frozen
class PageEvent:
    """An event that scripts of the page would have heard: its name, its detail, when, and at which element (None: the window)."""

    name: str
    detail: Any
    at: float
    target: Any = None


@frozen
class PageNote:
    """Something that the browser swallowed, and that somebody may have meant: the rule in words, and the cure."""

    text: str
    cure: str
    at: float
    rule: str = field(default="", repr=False)


@frozen
class Sent:
    """A frame that leaves the browser: from which view, what, and the number of the push that its answer is for."""

    view: str
    event: str
    payload: Mapping[str, Any]
    push: int | None = None


NO_NETWORK = Network()
_NO_STATES: Map[str, ViewState] = Map()
_NOWHERE = History()
_NO_EVENTS: Rope[PageEvent] = Rope()
_NO_NOTES: Rope[PageNote] = Rope()
_ON_NO_CLOCK: Map[int, int] = Map()
_NO_TIMERS: Map[int, Later] = Map()


@frozen
class DatePart:
    """Where keys go in the date or time field that has the focus: its number, the part, what was typed into that, and when."""

    field: int
    part: int = 0
    typed: str = ""
    at: int = 0


@frozen
class OpenList:
    """The list of a select that is open over the page: the number of the select, and the row that is marked in it. Or the picker of
    a date field: its number, and no row.

    `moved`: by a key, so that it is chosen however the list is closed.
    """

    select: int
    at: int
    moved: bool = False


@frozen
class ListPlace:
    """Where keys and Shift go on from in a select that shows several options: row numbers."""

    anchor: int = -1
    end: int = -1
    kept: frozenset[int] = frozenset()
    """The rows that were chosen as the anchor was set: those outside of what Shift spans stay so."""
    spread: bool = False
    """Whether Control has moved the end away from what is chosen: Space chooses it then."""
    heard: bool = False
    """Whether the mouse or an arrow has chosen there: from then on letters are heard by both events."""
    rows: int = 0


_NO_PLACES: Map[int, ListPlace] = Map()


@frozen(eq=False, weakref_slot=False)
class Browser:
    """One tab."""

    document: Document
    root: str = ""
    """The id of the root view."""
    views: Map[str, ViewState] = _NO_STATES
    timers: Map[int, Later] = _NO_TIMERS
    clock: Map[int, int] = _ON_NO_CLOCK
    """Where the world's clock has its timers."""
    latency: int = 0
    """How long a frame is on its way, in microseconds, in each direction."""
    holding: bool = False
    """Whether frames wait on the link until they are released."""
    flights: tuple[Any, ...] = ()
    """The frames on the link, in the order in which they were sent."""
    begun: int = 0
    """How many timers were begun so far."""
    events: Rope[PageEvent] = _NO_EVENTS
    notes: Rope[PageNote] = _NO_NOTES
    gone: tuple[int, int] = (0, 0)
    """How many events and notes came before, and are not kept: `Simulation(history=n)`."""
    counted: int = 0
    """How many change and input events the page has had."""  # FI-6
    pressed: int | None = None
    """Where the mouse went down last: the start point of the next click."""  # CE-18
    edited: bool = False
    """Whether the control that has the focus was edited since it has it."""  # CE-38
    entered: str | None = None
    """What that control held when it got the focus, or was last heard to have changed."""
    caret: tuple[int, int] | None = None
    """What is selected in the field that has the focus, from where to where; None: the caret stands at its end."""
    column: tuple[tuple[int, int], int] | None = None
    """The column that arrows up and down keep to, as long as this is what is selected."""
    sought: tuple[int, str, int] | None = None
    """What was typed into a select to find an option: the number of the select, the text so far, the instant of the last key."""
    open_list: OpenList | None = None
    """The list of a select that is open: keys go there, and the page hears none of them."""
    list_places: Map[int, ListPlace] = _NO_PLACES
    """By the numbers of selects that show several options, and in which somebody has chosen."""
    part: DatePart | None = None
    """Which part of a date or time field keys go to; None: its first one."""
    fading: int | None = None
    """The timer of the frame in which what has the focus loses it, because it cannot have it any more."""  # PF-12
    active_before: int | None = None
    """What had the focus as a form was submitted last: it gets it back with each answer to a submit."""  # FI-20
    stopped_at: tuple[int, ...] = ()
    """The radio buttons that had the focus, the last one last: in a group of which none is checked Tab stops there again."""
    tab_from: int | None = None
    """Where Tab goes on from while nothing has the focus: what was clicked last, or lost the focus; None: the start."""
    held_keys: frozenset[str] = frozenset()
    """The modifier keys that are held down."""
    focus_stack: tuple[int, ...] = ()
    blocking: tuple[int, ...] = ()
    """The blocking transitions that are running: no patch is applied meanwhile."""  # JC-23
    waiting: tuple[Then, ...] = ()
    """What waits for them, first in, first out."""  # JC-25
    online: bool = True
    """Whether the connection is there, as far as the browser knows."""
    history: History = _NOWHERE
    title: str | None = None
    link: str | None = None
    """The link that was followed and is not committed yet."""  # CN-40
    links: int = 0
    network: Network = NO_NETWORK
    external: bool = False
    """Whether a form that only tells of its changes was submitted on this page."""  # CE-45
    hooks: int = 0
    """How many hooks were mounted so far."""
    uploads: Uploads = NO_UPLOADS
    follows: bool = True
    """Whether the tab goes by itself where it is sent; one that has only handles of LiveViewTest waits for them."""

    @property
    def url(self) -> str:
        """Where the tab is: the absolute URL."""
        return self.history.here.url

    def view(self, id: str) -> ViewState:
        """The client's side of a view."""
        return self.views.get(id) or ViewState()


change_browser: Callable[..., Browser] = changer(Browser)
change_view_state: Callable[..., ViewState] = changer(ViewState)
"""The same browser, with other things in some of its fields: a click makes a dozen."""
