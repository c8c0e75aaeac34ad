"""A browser's tab as a value: everything it knows, and what is still to come.

Owns `Browser`. It is what `react` takes and gives: the document with the client's marks, the client's side of each view (how many
pushes it has made, which of them wait for an answer, whether it is connected), timers, history, and what a test may ask about
later: the events that the page's own scripts would have heard, and notes on what was swallowed.

Law: everything in it is immutable, and nothing in it is a function: what waits for a reply or an instant is a value that says what
happens then (`Then`). So a browser is forked for nothing, compared and printed.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, Protocol, TypeAlias

from attrs import field
from immutables import Map

from liveview_core.values.declaring import frozen
from liveview_testing.browser.connection.history import History
from liveview_testing.browser.dom.document import Document
from liveview_testing.browser.ropes.rope import Rope
from liveview_testing.browser.uploads.state import NO_UPLOADS, Uploads

FRAME_MS = 16
"""One animation frame, in milliseconds."""  # MD-4

State: TypeAlias = Literal["joining", "joined", "error", "destroyed"]


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


@frozen
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


_NO_STATES: Map[str, ViewState] = Map()
_NOWHERE = History()
_NO_EVENTS: Rope[PageEvent] = Rope()
_NO_NOTES: Rope[PageNote] = Rope()
_ON_NO_CLOCK: Map[int, int] = Map()
_NO_TIMERS: Map[int, Later] = Map()


@frozen(eq=False)
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
    active_before: int | None = None
    """What had the focus as a form was submitted last: it gets it back with each answer to a submit."""  # FI-20
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
