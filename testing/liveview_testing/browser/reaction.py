"""One step of a browser, while it is open: what the modules that do things in a tab work on.

Owns `Reaction`. It holds the browser as far as the step has come, the frames that were sent, the timers that were begun and called
off, and what the browser asks of the world (another page). All that happens in a tab is a function that takes a reaction.

Law: a reaction belongs to one step and to nobody after it; the browser that it began with is never changed. Microtasks run before
the step ends, in the order in which they were queued.
"""  # MD-4

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping
from typing import Any, Protocol, TypeAlias

from attrs import evolve, field

from liveview_core.values.declaring import frozen
from liveview_testing.browser.browser import (
    FRAME_MS,
    Awaited,
    Browser,
    Later,
    PageEvent,
    PageNote,
    Sent,
    Then,
    ViewState,
    change_browser,
    change_view_state,
)
from liveview_testing.browser.connection.history import Kind
from liveview_testing.browser.dom.document import Document, Patch, change_document
from liveview_testing.browser.dom.dom_event import DomEvent
from liveview_testing.browser.dom.mark import PLAIN, TAKING, Key, Mark, change_mark, classes
from liveview_testing.browser.dom.node import DomNode, at, is_of
from liveview_testing.browser.dom.patching.phx_remove import emptied
from liveview_testing.browser.dom.portals import teleport
from liveview_testing.browser.page.page import Page, Patched


@frozen
class Surroundings:
    """What a browser is told of the outside: the instant in microseconds, and what the test says about its page."""

    now: int
    styles: Mapping[str, str] = {}
    hooks: Mapping[str, Any] = {}
    seed: int | str = 0
    uploaders: Mapping[str, Any] = {}
    listened: frozenset[str] = frozenset()  # the events of the DOM that some hook listens to
    files: Callable[[Any], tuple[Any, ...]] = tuple  # what a script of the page gives to an input, as files


Named: TypeAlias = "Key | int"
"""An element: by its key, which holds until the next patch, or by its number, which holds until it is gone."""


SILENCED = frozenset(
    (
        *("keyup", "keydown", "focusin", "focusout", "focus", "blur", "mousedown"),
        *("dragover", "dragenter", "dragleave", "drop", "input", "change", "submit", "reset"),
    )
)
"""What elements that are leaving do not tell of; clicks they do."""  # PA-46


class Client(Protocol):
    """The client's own code, as a reaction calls it: what hears events, and what follows a patch."""

    def hear(self, reaction: Reaction, event: DomEvent) -> None:
        """An event of the DOM has reached the window."""
        ...

    def listened(self, reaction: Reaction, event: DomEvent) -> bool:
        """An event goes up from its element, past the hooks that listen to it; whether it reaches the window."""
        ...

    def patching(
        self, reaction: Reaction, view: str, old: Page, new: Page, *, whole: bool, diff: Mapping[str, Any]
    ) -> Any:
        """A patch is about to change a view's page; what comes back is given to `patched`."""
        ...

    def patched(self, reaction: Reaction, change: Change) -> None:
        """A view's page was patched: hooks, elements that came and went, components that are gone."""
        ...

    def unlocked(self, reaction: Reaction, view: str, number: int, ref: int) -> None:
        """An element is locked no more: what was held back from it is applied."""
        ...

    def told(self, reaction: Reaction, name: str, payload: Any) -> None:
        """An event of the server was heard on the window."""
        ...

    def nested(self, reaction: Reaction, view: str, *, sticky: bool = False) -> None:
        """Nested views that are new on a patched page are joined, once its events were heard; `sticky` ones as it is patched."""
        ...

    def join_answered(self, reaction: Reaction, view: str, message: Any) -> None:
        """The server has answered a join."""
        ...

    def crashed(self, reaction: Reaction, view: str) -> None:
        """The process of a view has crashed."""
        ...

    def ended(self, reaction: Reaction, view: str) -> None:
        """The process of a view has ended as it wanted."""
        ...

    def unload(self, reaction: Reaction) -> None:
        """The client leaves the page."""
        ...

    def replace_main(
        self, reaction: Reaction, url: str, flash: str | None, then: Then, number: int | None = None
    ) -> None:
        """The main view gives way to the one at a URL; `then` follows once that stands there. `number`: of the link."""
        ...


@frozen(eq=False)
class Change:
    """What a patch was: of which view, from which page to which, and what became of marked elements."""

    view: str
    before: Document
    old: Page | None
    result: Patched
    patch: Patch
    updating: Any = None
    whole: bool = True
    """Whether it was for all of the page, not for components alone."""
    taken: tuple[Document, Patch] | None = None
    """Rows of streams that were taken away before: the document that they were on, and what became of it."""
    rejoined: bool = False
    """Whether it was that of a view which had joined before."""
    diff: Mapping[str, Any] = field(factory=dict[str, Any])
    """The message."""


class Reaction:
    """An open step of a browser, in which `client` hears what happens."""

    __slots__ = (
        *("asked", "browser", "client", "document", "doubted", "entering", "env", "found", "going", "microtasks"),
        "sent",
    )

    def __init__(self, browser: Browser, env: Surroundings, client: Client) -> None:
        self.browser = browser
        self.document: Document = browser.document
        self.env = env
        self.found: dict[Key, DomNode] = {}  # what was asked for: a click asks twenty times for its button
        self.sent: list[Sent] = []
        self.asked: list[Any] = []
        self.microtasks: deque[Then] = deque()
        self.client = client
        self.entering: int | None = None
        """Which of what is asked is a place for the view that is navigated to: what is done from then on comes after its join."""
        self.going: frozenset[int] = frozenset()
        """The parts that have been leaving and go right now: they tell of what happens again."""
        self.doubted = False  # whether something may have hidden or disabled what has the focus

    def done(self) -> Browser:
        """The browser after the step, once all microtasks have run."""
        self.run_microtasks()
        if self.microtasks and self.entering is not None:  # they come after the join of the view that is navigated to
            wanted = self.asked[self.entering]
            self.asked[self.entering] = evolve(wanted, soon=tuple(self.microtasks))
        return change_browser(self.browser, document=self.document)

    def run_microtasks(self) -> None:
        """What was queued happens now, and what that queues."""
        while self.microtasks and self.entering is None:
            self.microtasks.popleft()(self)

    def keep(self, **changes: Any) -> None:
        """Another value for some of the browser's fields."""
        self.browser = change_browser(self.browser, **changes)

    def dispatch(self, event: DomEvent) -> bool:
        """Let the page hear an event; whether the browser goes on to do what it does by itself."""
        if self.document.leaving and event.type in SILENCED and self._is_leaving(event.target):
            self.note_leaving(event)
            return False  # PA-46
        if event.type in self.env.listened and not self.client.listened(self, event):
            return not event.prevented
        if event.bubbles:  # else it never reaches the window, where the client listens
            self.client.hear(self, event)
        return not event.prevented

    def note_leaving(self, event: DomEvent) -> None:
        """What a person did to something that is leaving is heard by nobody; of submits that is noted."""
        if event.type == "submit":
            text = f"the submit of {event.target!r} sent nothing: it is leaving the page, and its phx-remove is still running"
            self.note("PA-46", text, "submit it before it is taken away")

    def _is_leaving(self, node: DomNode) -> bool:
        """Whether an element, or one around it, is leaving."""
        held, around = self.document.held, (node, *node.ancestors())
        parts = {each.part for each in around if each.part and each.part not in self.going}
        return any(held[part].owner is None for part in parts) or any(each.mark.leaving for each in around)

    def key(self, named: Named) -> Key | None:
        """Where an element is now; None if it is gone."""
        return self.document.numbers.get(named) if isinstance(named, int) else named

    def node(self, named: Named) -> DomNode | None:
        """The element that a key or a number names, as it is now; None if it is gone."""
        key = self.key(named)
        if key is None:
            return None
        found = self.found.get(key)
        if found is None or (found.document is not self.document and not is_of(self.document, found)):
            found = at(self.document, key)
        elif found.document is not self.document:
            found = self.again(found)
        if found is not None:
            self.found[key] = found
        return found

    def again(self, node: DomNode) -> DomNode:
        """The same element, as it is now: a node shows the document of the moment at which it was made."""
        return node if node.document is self.document else node.of(self.document)

    def number(self, node: DomNode) -> int:
        """What names an element wherever patches move it: for values that wait."""
        key = node.key
        mark = self.mark(key)
        if not mark.number:
            number = self.document.numbered + 1
            numbers = self.document.numbers.set(number, key)
            self.document = change_document(self.document, numbered=number, numbers=numbers)
            mark = change_mark(mark, number=number)
            self.document = self.document.marked(key, mark)
        return mark.number

    def mark(self, named: Named) -> Mark:
        """What is known of an element."""
        key = self.key(named)
        return PLAIN if key is None else self.document.mark(key)

    def set_mark(self, named: Named, **changes: Any) -> None:
        """Know something else of an element."""
        self.put_mark(named, change_mark(self.mark(named), **changes))

    def put_mark(self, named: Named, mark: Mark) -> None:
        """Know this of an element, and nothing else."""
        key = self.key(named)
        if key is not None:
            self.document = self.document.marked(key, mark)

    def write(self, key: Named, name: str, value: str | None) -> None:
        """Set an attribute of an element; None takes it away."""
        self.write_all(key, {name: value})

    def write_all(self, key: Named, values: Mapping[str, str | None], **changes: Any) -> None:
        """Set attributes of an element, those with None are taken away; and know something else of it, there or not."""
        node = self.node(key)
        if node is None:
            if changes:
                self.set_mark(key, **changes)
            return
        mark, source = node.mark, node.source
        written = dict(mark.written)
        for name, value in values.items():
            self.doubted = self.doubted or name in TAKING or (name == "class" and bool(self.env.styles))
            written.pop(name, None)
            if source.get(name) != value:
                written[name] = value
        self.put_mark(key, change_mark(mark, written=written, **changes))

    def write_text(self, named: Named, text: str) -> None:
        """Write a text over all that is in an element."""
        key = self.key(named)
        if key is not None:
            self.document = emptied(self.document, key)
            self.set_mark(key, text=text)

    def read(self, key: Named, name: str) -> str | None:
        """An attribute of an element as it is now."""
        node = self.node(key)
        return None if node is None else node.get(name)

    def add_class(self, key: Named, *names: str) -> None:
        """Put class names on an element."""
        had = classes(self.read(key, "class"))
        new = [name for name in names if name not in had]
        if new:
            self.write(key, "class", " ".join((*had, *new)))

    def remove_class(self, key: Named, *names: str, drop: bool = False) -> None:
        """Take class names off an element. `drop`: an attribute that is empty then goes too."""
        text = self.read(key, "class")
        had = classes(text)
        kept = [name for name in had if name not in names]
        if kept != had or (drop and text is not None and not kept):
            self.write(key, "class", None if drop and not kept else " ".join(kept))

    def teleport(self, view: str, before: Page | None, *, whole: bool) -> str | None:
        """What stands in the portals of a view that was patched goes where it belongs; what is wrong with one of them."""
        self.document, wrong = teleport(self.document, view, before, whole=whole)
        if wrong is not None:
            text = f"{wrong}: after such a patch the client tells no hook and no event"
            self.note("PA-30", text, "a target that is on the page before, one element with an id in the portal")
        return wrong

    # --- the wire ---------------------------------------------------------------------------------------------------

    def view(self, id: str) -> ViewState:
        """The client's side of a view."""
        return self.browser.view(id)

    def set_view(self, id: str, **changes: Any) -> None:
        """The client's side of a view is another."""
        self.keep(views=self.browser.views.set(id, change_view_state(self.view(id), **changes)))

    def push(self, view: str, event: str, payload: Mapping[str, Any], awaited: Awaited | None = None) -> None:
        """Send a frame, whose answer is for `awaited`."""
        state = self.view(view)
        number = state.pushes
        waits = state.awaited if awaited is None else state.awaited.set(number, awaited)
        self.set_view(view, pushes=number + 1, awaited=waits)
        self.sent.append(Sent(view, event, payload, number))

    # --- time -------------------------------------------------------------------------------------------------------

    def later(self, milliseconds: float, then: Then) -> int:
        """Let something happen after a time; what it is called off by."""
        number = self.browser.begun + 1
        due = self.env.now + round(milliseconds * 1000)
        self.keep(begun=number, timers=self.browser.timers.set(number, Later(due, then)))
        return number

    def next_frame(self, then: Then) -> int:
        """Let something happen in the next animation frame."""
        now = self.env.now
        frame = FRAME_MS * 1000
        return self.later((frame - now % frame) / 1000, then)

    def call_off(self, number: int | None) -> None:
        """A timer that is still to come will not."""
        if number is not None and number in self.browser.timers:
            self.keep(timers=self.browser.timers.delete(number))

    def soon(self, then: Then) -> None:
        """Let something happen before this step ends: a microtask."""
        self.microtasks.append(then)

    # --- what a test may ask ----------------------------------------------------------------------------------------

    def emit(self, name: str, detail: Any = None, target: DomNode | None = None) -> None:
        """An event that the page's own scripts would hear."""
        there = None if target is None else target.alone()
        event = PageEvent(name, {} if detail is None else detail, self.env.now / 1_000_000, there)
        self.keep(events=self.browser.events.append(event))

    def note(self, rule: str, text: str, cure: str, *, once: bool = False) -> None:
        """Say that something was swallowed that somebody may have meant; `once`: not again in the same words."""
        if once and any(each.rule == rule and each.text == text for each in self.browser.notes):
            return
        self.keep(notes=self.browser.notes.append(PageNote(text, cure, self.env.now / 1_000_000, rule)))

    def moved(self, url: str, how: str, kind: Kind, *, same: bool) -> None:
        """The address of the tab is another; `same`: it is written as it was, and that is only counted."""  # CN-42
        history = self.browser.history
        page = history.here.page
        if same:
            history = history.counted().written(back_kind=kind)
        else:
            history = history.pushed(url, kind, page) if how == "push" else history.replaced(url, kind, page)
        self.keep(history=history)

    def set_channel(self, view: str, **changes: Any) -> None:
        """The cold half of a view's state is another."""
        self.set_view(view, channel=evolve(self.view(view).channel, **changes))

    def set_network(self, **changes: Any) -> None:
        """What is known of the connection is another."""
        self.keep(network=evolve(self.browser.network, **changes))

    def enter(self, wanted: Any) -> None:
        """Ask for a place for the view that is navigated to."""
        self.entering = len(self.asked)
        self.asked.append(wanted)

    def once_joining(self, then: Then) -> None:
        """Do something once the view that is navigated to has been asked to join: now, if nobody navigates."""
        if self.entering is None:
            then(self)
        else:
            wanted = self.asked[self.entering]
            self.asked[self.entering] = evolve(wanted, after=(*wanted.after, then))

    def ask(self, wanted: Any) -> None:
        """Ask something of the world that a tab cannot do by itself: to load a page, to join a view."""
        self.asked.append(wanted)


__all__ = ["PLAIN", "DomEvent", "Reaction", "Surroundings"]
