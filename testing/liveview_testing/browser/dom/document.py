"""A document as a value: the pages of a tab's views, one inside the other, and what the client did to their elements.

Owns `Document`, and `Patch`, what a patch has made of one. The page named "" is what the root layout put around the views; a view's
container is an element of the page around it, and the view's own page is what is inside.

Law: everything here is immutable; a document without marks, focus and held parts is its pages and nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Literal, TypeAlias

from attrs import evolve, field
from immutables import Map

from liveview_core.values.declaring import frozen
from liveview_core.values.frozen import changer
from liveview_testing.browser.dom.mark import PLAIN, Key, Mark, Path
from liveview_testing.browser.page.finding.select import find
from liveview_testing.browser.page.node import Node, PageOfNodes
from liveview_testing.browser.page.page import Page

FRAME = ""
"""The name of the page that is around all views."""


@frozen
class Shown:
    """A view as it is on the document: its container's DOM id, the view around it, its page, and the container's classes."""

    # CN-8

    id: str
    dom_id: str
    around: str
    page: Page
    classes: tuple[str, ...] = ("phx-connected",)
    main: bool = False
    sticky: bool = False
    attributes: tuple[tuple[str, str], ...] | None = None
    """The attributes of its container, where a join brought others than the page around it has."""  # CN-57a
    dead: bool = False
    """Whether the client has let go of it: what it showed is still to be seen, and belongs to nobody."""  # MD-9


@frozen
class Held:
    """A part that is kept as it was while its element is locked: the element in the page of then, and the element now.

    Or an element that a patch took away and that is still there until its `phx-remove` is over: then it has no owner, and
    `around` is the element that it stands in, None if that has gone.
    """

    # LK-10, PA-42

    node: Node = field(repr=False)
    owner: Key | None
    around: Key | None = None
    copied: Mapping[Path, Mark] = field(factory=dict[Path, Mark], repr=False)
    """What was known of the elements inside as it was copied, by their paths: an unlock brings back what fields held where no patch
    came."""  # LK-20
    put_back: bool = False
    """Whether it is shown though nothing holds it back: an answer has put it there."""  # LK-29
    lost: bool = False
    """Whether what was held back is lost: what is around was released first, and its clone of this has what is shown."""  # LK-21


Layer: TypeAlias = 'Literal["modal", "dialog", "auto", "hint", "manual"]'
"""How something came above the page: as a modal dialog, a dialog beside the page, or a popover of one of three kinds."""


@frozen
class OnTop:
    """Something that is shown above the page: the number of its element, how, and what had the focus before."""  # AC-12

    number: int
    kind: Layer
    before: int | None = None


_NO_VIEWS: Map[str, Shown] = Map()
_NO_MARKS: Map[Key, Mark] = Map()
_NONE_HELD: Map[int, Held] = Map()
_NONE_LEAVING: Map[Key, tuple[tuple[int, int], ...]] = Map()
_NO_NUMBERS: Map[int, Key] = Map()

Portals: TypeAlias = "Map[int, tuple[int, ...]]"
_NO_PORTALS: Portals = Map()
_NONE_TELEPORTED: Map[int, int] = Map()


@frozen(eq=False, weakref_slot=False)
class Document:
    """What one tab shows."""

    frame: Page
    views: Map[str, Shown] = _NO_VIEWS
    marks: Map[Key, Mark] = _NO_MARKS
    held: Map[int, Held] = _NONE_HELD
    leaving: Map[Key, tuple[tuple[int, int], ...]] = _NONE_LEAVING
    """By the element that they stand in: elements that are still leaving, each as how many of its children are before it, and the
    number of the part that it is."""
    focus: Key | None = None
    numbers: Map[int, Key] = _NO_NUMBERS
    """Where the elements are that something that waits has named."""
    numbered: int = 0
    portals: Portals = _NO_PORTALS
    """By the number of an element: the numbers of the templates whose content stands in it, in order."""  # PA-30
    teleported: Map[int, int] = _NONE_TELEPORTED
    """The same from the other end: by the number of a template, that of the element."""
    parts: int = 0
    """How many parts were held so far: the number of the next one is one more."""
    midway: tuple[Key, Sequence[Any], Sequence[Any], Sequence[Any]] | None = None
    """In the middle of a patch: a form that it comes to, by its key, and the controls that are in it then: those that go stand
    between those that it has after the patch."""  # PF-12
    on_top: tuple[OnTop, ...] = ()
    """Dialogs and popovers that are shown, in the order in which they were."""

    @property
    def plain(self) -> bool:
        """Whether the client has done nothing to any element."""
        return not self.marks and self.focus is None

    @property
    def rearranged(self) -> bool:
        """Whether something stands where its page does not say: it is held back, leaving, or in a portal."""
        return bool(self.held or self.leaving or self.portals)

    def page(self, view: str) -> Page:
        """The page of a view; of "" what is around them."""
        return self.frame if view == FRAME else self.views[view].page

    def open_page(self, key: Key) -> PageOfNodes | None:
        """The page on which an element is, if patches come to it there; None: it is held back, or leaving."""
        if not key[1]:
            return self.page(key[0])
        held = self.held.get(key[1])
        if held is None or held.owner is None or self.open_page(held.owner) is None:
            return None
        around = self.mark(held.owner)
        return held.node.page if around.lock is None and around.again is None else None

    def mark(self, key: Key) -> Mark:
        """What is known of an element."""
        return self.marks.get(key, PLAIN)

    def marked(self, key: Key, mark: Mark) -> Document:
        """The document with another mark of an element."""
        if mark == PLAIN:
            return change_document(self, marks=self.marks.delete(key)) if key in self.marks else self
        return change_document(self, marks=self.marks.set(key, mark))

    def focused(self, key: Key | None) -> Document:
        """The document with the focus elsewhere."""
        return change_document(self, focus=key)

    def is_dead(self, view: str) -> bool:
        """Whether the client has let go of a view that is still to be seen."""
        shown = self.views.get(view)
        return shown is not None and shown.dead

    def inside(self, view: str, dom_id: str) -> Shown | None:
        """The view whose container is the element with this DOM id in the page of `view`."""
        for shown in self.views.values():
            if shown.dom_id == dom_id and shown.around == view:
                return shown
        return None

    def ordered(self) -> Iterator[Shown]:
        """The views, a view before those inside it, those beside each other by where they are on the page around them."""
        todo = [FRAME]
        while todo:
            around = todo.pop(0)
            for shown in self.within(around):
                yield shown
                todo.append(shown.id)

    def within(self, around: str) -> list[Shown]:
        """The views whose containers are on one page, in document order."""
        found = [shown for shown in self.views.values() if shown.around == around]
        if len(found) > 1:
            places = {node.id: at for at, node in enumerate(find(self.page(around), "[data-phx-session]"))}
            found.sort(key=lambda shown: (places.get(shown.dom_id, len(places)), shown.dom_id))
        return found


@frozen
class Patch:
    """A document after a patch, and which marked elements were taken away by it."""

    document: Document
    gone: tuple[Key, ...] = ()
    focus_lost: bool = False
    leaving: tuple[Key, ...] = ()
    """What stays until its `phx-remove` is over."""
    closed: tuple[str, ...] = ()
    """Nested views whose containers were taken away."""
    opened: tuple[Node, ...] = ()
    """What was shown of elements from which nothing is held back any more."""
    behind: tuple[str, ...] = ()
    """The `phx-remove` of what goes where all is held back: only the client's hidden clone has lost it."""
    moved: dict[Key, Key] = field(factory=dict[Key, Key])
    """Where marked elements stand now, of those whose key is another."""
    filled: tuple[Key, ...] = ()
    """Elements that a script had written a text over: all in them is new."""
    kept: frozenset[str] = frozenset()
    """The ids of rows of streams that were taken out and put in again, and patched as that was done."""


change_document: Callable[..., Document] = changer(Document)
"""The same document, with other things in some of its fields."""


def with_marks(
    document: Document, marks: Mapping[Key, Mark], held: Map[int, Held], focus: Key | None, parts: int
) -> Document:
    """The document with these marks, and no others; those that say nothing are left out."""
    known = {key: mark for key, mark in marks.items() if mark != PLAIN}
    numbers = Map((mark.number, key) for key, mark in known.items() if mark.number)
    return change_document(document, marks=Map(known), held=held, focus=focus, parts=parts, numbers=numbers)


def taken_over(document: Document, old: str, new: str, *, dead: bool) -> Document:
    """The document in which what a view showed is another's, with all that is known of it."""

    def key(had: Key) -> Key:
        part = document.held.get(had[1])
        stays = part is not None and part.owner is None and part.around is None  # out of sight
        return (new, had[1], had[2]) if had[0] == old and not stays else had

    views = document.views.delete(old).set(new, evolve(document.views[old], id=new, dead=dead))
    for each in document.within(old):
        views = views.set(each.id, evolve(each, around=new))
    held = Map(
        (part, evolve(each, owner=each.owner and key(each.owner), around=each.around and key(each.around)))
        for part, each in document.held.items()
    )
    return change_document(
        document,
        views=views,
        marks=Map((key(each), _taken_over(mark, old, new)) for each, mark in document.marks.items()),
        held=held,
        leaving=Map((key(each), places) for each, places in document.leaving.items()),
        numbers=Map((number, key(each)) for number, each in document.numbers.items()),
        focus=document.focus and key(document.focus),
    )


def _taken_over(mark: Mark, old: str, new: str) -> Mark:
    """What waits to be sent is lost with the view that was to send it."""
    lost = mark.pace is not None or mark.scheduled is not None
    if mark.view != old and not lost:
        return mark
    return evolve(mark, view=new if mark.view == old else mark.view, pace=None, scheduled=None)


def is_locked(document: Document, view: str, node: Node) -> bool:
    """Whether something around an element waits for an answer, so that patches are held back from it."""  # LK-10
    return any(document.mark((view, 0, each.path)).lock is not None for each in node.ancestors())
