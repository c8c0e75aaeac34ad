"""What can happen to a tab: the closed list of what its heart reacts to.

Owns the stimuli: what a person does, what arrives, what is due, the network going and coming. Law: a stimulus is a frozen value
that says everything the reaction needs beside the browser; elements are named by their keys.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, TypeAlias

from liveview_core.values.declaring import frozen
from liveview_testing.browser.browser import Offer
from liveview_testing.browser.connection.messages import Arrived
from liveview_testing.browser.dom.document import Shown
from liveview_testing.browser.dom.mark import Key
from liveview_testing.browser.events.links import Enter, How

_NONE: frozenset[str] = frozenset()


@frozen
class Click:
    """A person clicks an element; `count` 2 is the second click of a double one.

    `refused`: the dialog that it opened was dismissed.
    """

    target: Key
    count: int = 1
    modifiers: frozenset[str] = _NONE
    button: Literal["left", "middle", "right"] = "left"
    refused: bool = False


@frozen
class Unanswered:
    """A question of the page, `data-confirm`, was dismissed because nobody answers dialogs."""

    question: str


@frozen
class Press:
    """A key on whatever has the focus. `refused`: the dialog that it opened was dismissed, so it presses nothing."""

    key: str
    phase: Literal["both", "down", "up"] = "both"
    modifiers: frozenset[str] = _NONE
    refused: bool = False


@frozen
class Fill:
    """A field is given another text, as one input: the focus goes to it first."""

    target: Key
    text: str


@frozen
class Clear:
    """A field is emptied: all in it is selected, and deleted."""

    target: Key


@frozen
class SetTo:
    """A control that is not written into (a date, a colour, a range) is given another value."""

    target: Key
    value: str


@frozen
class Attach:
    """Files are chosen for a file input; none clears it."""

    target: Key
    files: tuple[Any, ...]


@frozen
class Drag:
    """An element is dragged onto another, and dropped there."""

    source: Key
    target: Key


@frozen
class Select:
    """The text of the field that has the focus is selected, from where to where; None: the caret goes to its end."""

    caret: tuple[int, int] | None


@frozen
class Type:
    """A text is typed key by key into whatever has the focus. `keys` False: at once, without any key."""

    text: str
    keys: bool = True


@frozen
class Choose:
    """Options of a select are picked, by their values."""

    target: Key
    values: tuple[str, ...]


@frozen
class DragFiles:
    """Something is dragged over an element, out of it, or let go on it; `holds_files`: files, or what may be none."""

    target: Key
    phase: Literal["enter", "leave", "drop"]
    files: tuple[Any, ...] = ()
    holds_files: bool = True


@frozen
class FileClosed:
    """The server has closed the channel of a file."""

    entry: str


@frozen
class ViewEnded:
    """A view is gone from the tab."""

    view: str


@frozen
class Focus:
    """An element is given the focus. `start`: the caret goes to the start of its text, if it did not have the focus."""

    target: Key
    start: bool = False


@frozen
class Blur:
    """The focus is taken from whatever has it."""


@frozen
class Hover:
    """The mouse moves over an element."""

    target: Key


@frozen
class Scroll:
    """A person scrolls until an element is in view."""

    target: Key


@frozen
class Dispatch:
    """A script dispatches an event at an element."""

    target: Key
    event: str
    detail: object = None


@frozen
class Command:
    """A JS command is carried out, for the elements that it is for, as a binding of `source` has it."""

    source: int
    kind: str | None
    name: str
    args: Mapping[str, Any]


@frozen
class ReportValidity:
    """A person submits a form that the browser finds invalid; `aloud`: it holds the submit back, and shows why."""

    form: Key
    aloud: bool = True


@frozen
class Joined:
    """Views have joined, and their pages are there: hooks, `phx-mounted`. `shown`: what the tab saw being filled by the join.

    `opened`: just now, in a new tab; else the tab has been there for a while, and only its client was not simulated. `rendered`: by
    view, what its join has brought, of those that were sent nothing since.
    """

    views: tuple[str, ...]
    shown: Shown | None = None
    opened: bool = False
    rendered: Mapping[str, Mapping[str, Any]] = {}


@frozen
class Loaded:
    """A page has been loaded: its client connects, and joins these views, each with the URL that it sends, if it sends one."""

    views: tuple[tuple[str, str | None], ...]


@frozen
class Entered:
    """There is a place for the view that the tab wanted to go to by live navigation."""

    view: str
    wanted: Enter


@frozen
class Offered:
    """The server is ready to be joined by a nested view."""

    offer: Offer


@frozen
class Lost:
    """The connection breaks."""


@frozen
class Connected:
    """The client tries to connect at once, without waiting for its next try."""


@frozen
class Held:
    """Nothing comes through the line any more, though it is whole; or it does again."""

    holding: bool


@frozen
class Went:
    """The browser has gone back or forward on the same document."""

    by: int


@frozen
class Navigated:
    """A script, or a test, navigates to a URL, as by a navigate link."""

    href: str
    how: How = "push"


@frozen
class Patched:
    """A script, or a test, patches the URL, as by a patch link."""

    href: str
    how: How = "push"


@frozen
class Due:
    """A timer of the tab is due."""

    number: int


Stimulus: TypeAlias = (
    Click
    | Unanswered
    | Press
    | Fill
    | Clear
    | SetTo
    | Attach
    | Drag
    | DragFiles
    | Select
    | Type
    | Choose
    | Focus
    | Blur
    | Hover
    | Scroll
    | Dispatch
    | Command
    | ReportValidity
    | Joined
    | Loaded
    | Entered
    | Offered
    | Lost
    | Connected
    | Held
    | Went
    | Navigated
    | Patched
    | Due
    | Arrived
    | FileClosed
    | ViewEnded
)
