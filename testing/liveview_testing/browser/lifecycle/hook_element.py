"""What the callbacks of a client hook are given: its element, as a script would have it.

Owns `HookElement`, and what comes back to a hook that has pushed an event. Law: what a hook remembers is a value in the mark of its
element, so it is forked, kept and lost with it.
"""  # HK-1 … HK-3, HK-16

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from attrs import evolve

from liveview_core.errors import BadOption, shown
from liveview_core.values.declaring import frozen
from liveview_testing.browser.browser import Awaited
from liveview_testing.browser.commands.running import Occasion, Stopped, meant, perform
from liveview_testing.browser.connection.pushing.element_refs import Taking, take_ref
from liveview_testing.browser.connection.pushing.targeting import connected, nearest_cid
from liveview_testing.browser.connection.pushing.targeting import targets as push_targets
from liveview_testing.browser.dom.dom_event import DomEvent
from liveview_testing.browser.dom.node import DomNode, container, root
from liveview_testing.browser.dom.querying import find
from liveview_testing.browser.dom.visibility import is_visible
from liveview_testing.browser.events import top_layer
from liveview_testing.browser.page.node import Node
from liveview_testing.browser.reaction import Reaction
from liveview_testing.browser.uploads.files import inputs as upload_inputs
from liveview_testing.failures import stand_ins


class Definition(Protocol):
    """A hook as a test defines it; see `liveview_testing.client_hooks.ClientHook`."""

    events: Any
    dom_events: Any

    def mounted(self, el: HookElement) -> None: ...
    def before_update(self, el: HookElement) -> None: ...
    def updated(self, el: HookElement) -> None: ...
    def destroyed(self, el: HookElement) -> None: ...
    def disconnected(self, el: HookElement) -> None: ...
    def reconnected(self, el: HookElement) -> None: ...
    def handle_event(self, el: HookElement, event: str, payload: Any) -> None: ...
    def handle_dom_event(self, el: HookElement, event: HeardEvent) -> None: ...
    def failed(self, el: HookElement, reason: Any) -> None: ...


@frozen
class Hooked:
    """The hook of one element: its name, in which order it was mounted, what it remembers, whether it was told of a loss."""

    name: str
    order: int
    state: Any = None
    disconnected: bool = False


class HeardEvent:
    """An event of the DOM, as a hook hears it on its way up: what it is, at which element, and what came with it."""

    __slots__ = ("_event", "stopped")

    def __init__(self, event: DomEvent) -> None:
        self._event = event
        self.stopped = False

    @property
    def type(self) -> str:
        """Its name: "drop", "keydown", or what `JS.dispatch` was given."""
        return self._event.type

    @property
    def target(self) -> DomNode:
        """The element at which it happened: `.id`, `.get(name)`, `.text`."""
        return self._event.target

    @property
    def key(self) -> str | None:
        """Of a key's event: which one."""
        return self._event.key

    @property
    def detail(self) -> Any:
        """What a script has given it; of `JS.dispatch` also the `dispatcher`."""
        return self._event.detail

    def prevent_default(self) -> None:
        """The browser shall not do what it does by itself."""
        self._event.prevented = True

    def stop_propagation(self) -> None:
        """Nothing further up hears it: neither hooks around, nor the bindings of the page."""
        self.stopped = True

    def __repr__(self) -> str:
        return f"<HeardEvent {self.type} at {self.target!r}>"


@frozen
class Called:
    """A method of a hook is called, once its time has come, if its element has it still."""

    element: int
    name: str
    method: str
    arguments: tuple[Any, ...]

    def __call__(self, reaction: Reaction, _: Any = None, /) -> None:
        hooked = reaction.mark(self.element).hook
        definition = reaction.env.hooks.get(self.name)
        if definition is not None and isinstance(hooked, Hooked) and hooked.name == self.name:
            call(definition, self.method, HookElement(reaction, self.element), *self.arguments)


def call(definition: Definition, method: str, el: HookElement, *arguments: Any) -> None:
    """A callback of a hook, at one element."""
    try:
        getattr(definition, method)(el, *arguments)
    except Exception as error:
        stand_ins.happened_in(error, f"the hook {name_of(el.node) or type(definition).__name__} of #{el.id}", method)
        raise


def name_of(node: DomNode) -> str | None:
    """The name of the hook that an element asks for."""  # HK-1
    return name_in(node)


def name_in(node: DomNode | Node) -> str | None:
    """The same of an element as it was sent."""
    if node.get("phx-viewport-top") is not None or node.get("phx-viewport-bottom") is not None:
        return "Phoenix.InfiniteScroll"
    return node.get("data-phx-hook") or node.get("phx-hook") or None


class HookElement:
    """An element, as its hook sees it: what it is, what the hook remembers, and what it can do.

    Valid while the callback runs that it was given to.
    """

    __slots__ = ("_number", "_reaction", "_was")

    def __init__(self, reaction: Reaction, number: int, was: DomNode | None = None) -> None:
        self._reaction = reaction
        self._number = number
        self._was = was

    @property
    def node(self) -> DomNode:
        """The element, as it is now; as it was, once it is gone."""
        node = self._reaction.node(self._number) or self._was
        if node is None:
            raise LookupError("the element of this hook is gone")
        return node

    @property
    def id(self) -> str | None:
        """Its DOM id."""
        return self.node.id

    @property
    def attributes(self) -> Mapping[str, str]:
        """Its attributes."""
        return self.node.attributes

    @property
    def dataset(self) -> dict[str, str]:
        """Its `data-*` attributes, named as JavaScript names them."""
        return {
            _camel(name.removeprefix("data-")): value
            for name, value in self.node.attributes.items()
            if name.startswith("data-")
        }

    @property
    def text(self) -> str:
        """Its text."""
        return self.node.text

    @property
    def is_visible(self) -> bool:
        """Whether it is on view."""
        return is_visible(self.node, self._reaction.env.styles)

    @property
    def has_focus_inside(self) -> bool:
        """Whether it, or something inside, has the focus."""
        key = self._reaction.document.focus
        node = None if key is None else self._reaction.node(key)
        return node is not None and self.node in (node, *node.ancestors())

    # --- what the hook remembers ------------------------------------------------------------------------------------

    @property
    def state(self) -> Any:
        """What the hook remembers of this element; None at first."""
        hooked = self._reaction.mark(self._number).hook
        return hooked.state if isinstance(hooked, Hooked) else None

    def set_state(self, value: Any) -> None:
        """Remember a value: give an immutable one, because forks share it."""
        hooked = self._reaction.mark(self._number).hook
        if isinstance(hooked, Hooked):
            self._reaction.set_mark(self._number, hook=evolve(hooked, state=value))

    def after(self, milliseconds: float, method: str, *arguments: Any) -> None:
        """Call a method of the hook as `(el, *arguments)` once so much time has passed, if the hook is there still."""
        stand_ins.time(milliseconds, "el.after")
        hooked = self._reaction.mark(self._number).hook
        if isinstance(hooked, Hooked):
            stand_ins.method(self._reaction.env.hooks.get(hooked.name), method, "el.after")
            self._reaction.later(milliseconds, Called(self._number, hooked.name, method, arguments))

    def done(self, event: HeardEvent) -> None:
        """Say that what a blocking `JS.dispatch` has begun is over: patches are applied again."""
        if not isinstance(event, HeardEvent):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise BadOption(
                "el.done ends an event that the hook has heard",
                expected="the event that handle_dom_event(self, el, event) was given",
                got=shown(event),
                cure="el.done(event)",
            )
        detail: Any = event.detail
        done: Any = detail.get("done") if isinstance(event.detail, dict) else None
        if callable(done):
            done(self._reaction)

    # --- changing the DOM as a script would -------------------------------------------------------------------------

    def set_attribute(self, name: str, value: str) -> None:
        """Set an attribute; the next patch that visits the element takes it away again."""
        stand_ins.text(name, "el.set_attribute", "el.set_attribute('data-count', '5')")
        stand_ins.text(value, "el.set_attribute", f"el.set_attribute({name!r}, str(…))")
        self._reaction.write(self._number, name, value)

    def remove_attribute(self, name: str) -> None:
        """Take an attribute away; the next patch that visits the element brings it back."""
        stand_ins.text(name, "el.remove_attribute", "el.remove_attribute('title')")
        self._reaction.write(self._number, name, None)

    def set_text(self, text: str) -> None:
        """Put a text into the element, in the place of what is inside."""
        self._reaction.write_text(self._number, stand_ins.text(text, "el.set_text", "el.set_text(str(…))"))

    def show_modal(self) -> None:
        """Open the element, a dialog, as a modal one: the rest of the page is out of reach until it is closed."""
        top_layer.show_modal(self._reaction, self.node)

    def show(self) -> None:
        """Open the element, a dialog, beside the page."""
        top_layer.show(self._reaction, self.node)

    def close(self) -> None:
        """Close the element, a dialog: the focus goes back to what had it before."""
        top_layer.close(self._reaction, self.node)

    def show_popover(self) -> None:
        """Show the element, a popover."""
        top_layer.show_popover(self._reaction, self.node)

    def hide_popover(self) -> None:
        """Hide the element, a popover."""
        top_layer.hide_popover(self._reaction, self.node)

    def focus_first(self) -> None:
        """Give the focus to the first element inside that takes it."""
        self.js("focus_first", {})

    # --- telling the server -----------------------------------------------------------------------------------------

    def push_event(self, name: str, payload: Any = None, reply: str | None = None) -> bool:
        """Push an event to the view. `reply` names the method that is called with `(el, reply, ref)`.

        Whether it was sent: a view that is not connected gets nothing, and the hook's `failed` is called.
        """  # HK-20, HK-21
        view = self.node.view
        return self._push(view, None, name, payload, reply)

    def push_event_to(
        self, target: str | int | HookElement, name: str, payload: Any = None, reply: str | None = None
    ) -> int:
        """Push an event to what a selector, a component's number or an element means; how many were sent."""  # HK-22
        wanted = target.node if isinstance(target, HookElement) else target
        if isinstance(wanted, bool) or not isinstance(wanted, (str, int, DomNode)):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise BadOption(
                "el.push_event_to pushes to nothing that could be meant",
                expected="a selector, a component's number, or an element",
                got=shown(target),
                cure="el.push_event_to('#cart', 'added', {'id': 1})",
            )
        if isinstance(wanted, DomNode):
            found: list[tuple[str, DomNode | int]] = [(wanted.view, wanted)]
        else:
            found = list(push_targets(self._reaction, self.node.view, wanted, self.node))
        return sum(
            self._push(view, each if isinstance(each, int) else nearest_cid(each), name, payload, reply)
            for view, each in found
        )

    def _push(self, view: str, cid: int | None, name: str, payload: Any, reply: str | None) -> bool:
        reaction, node = self._reaction, self.node
        hooked = reaction.mark(self._number).hook
        stand_ins.text(name, "el.push_event", "el.push_event('chosen', {'id': 1})")
        if reply is not None and isinstance(hooked, Hooked):
            stand_ins.method(reaction.env.hooks.get(hooked.name), reply, "reply=")
        payload = {} if payload is None else stand_ins.data(payload, f"the payload of {name!r}")
        asking = Asking(self._number, hooked.name if isinstance(hooked, Hooked) else name_of(node) or "", node)
        if not connected(reaction, view):
            if reply is not None:
                reaction.note(
                    "HK-21",
                    f"{name!r} of the hook of {node!r} was not sent, and {reply!r} is never called: its view is not connected",
                    "push it again in reconnected(el)",
                )
            reaction.soon(FailedNow(asking, "unable to push hook event. LiveView not connected"))
            return False
        now = reaction.node(self._number)  # a hook whose element is gone pushes all the same
        ref = take_ref(reaction, view, [] if now is None else [Taking(now)], "hook", name)
        sent: dict[str, Any] = {"type": "hook", "event": name, "value": payload}
        if cid is not None:
            sent["cid"] = cid
        then = None if reply is None else Replied(asking, reply)
        reaction.push(view, "event", sent, Awaited(ref, name, then, Failed(asking)))
        return True

    def upload(self, name: str, files: Sequence[Any]) -> None:
        """Give files to the view's upload input of that name, as if they had been chosen."""  # UPL-32
        view = container(self._reaction.document, self.node.view)
        self._upload(view, name, files)

    def upload_to(self, target: str | HookElement, name: str, files: Sequence[Any]) -> None:
        """Give files to the upload input of that name inside of what a selector, or an element, means."""
        if isinstance(target, HookElement):
            self._upload(target.node, name, files)
            return
        for each in find(root(self._reaction.document), target):
            self._upload(each, name, files)

    def _upload(self, around: DomNode | None, name: str, files: Sequence[Any]) -> None:
        inputs = [] if around is None else [each for each in upload_inputs(around) if each.get("name") == name]
        if len(inputs) != 1:
            self._reaction.note(
                "UPL-32",
                f"the hook of {self.node!r} gave files to {len(inputs)} inputs named {name!r}: nothing was chosen",
                "the name of one <.live_file_input> there",
            )
            return
        event = DomEvent("track-uploads", inputs[0], detail={"files": files}, trusted=False)
        self._reaction.dispatch(event)

    @property
    def opened(self) -> tuple[Reaction, int]:
        """The step of the browser that is going on, and the number of the element: for the hooks that LiveView ships."""
        return self._reaction, self._number

    def js(self, command: str, args: Mapping[str, Any]) -> None:
        """Carry out a JS command on this element, as `this.js()` does."""
        node = self._reaction.again(self.node)
        occasion = Occasion("hook", node, node.view, bare=False, trusted=False)
        for target in meant(self._reaction, node, command, args):
            try:
                perform(self._reaction, occasion, command, args, target)
            except Stopped as stopped:
                self._reaction.note("JC-2", f"a command of the hook of {node!r}: {stopped}", stopped.cure)

    def __repr__(self) -> str:
        return f"<HookElement {self.node!r}>"


def _camel(name: str) -> str:
    first, *rest = name.split("-")
    return first + "".join(each.capitalize() for each in rest)


@frozen
class Asking:
    """A hook that has pushed something: it hears of that, even once its element is gone."""  # HK-20

    element: int
    name: str
    was: DomNode
    """The element as the hook pushed."""

    def told(self, reaction: Reaction, method: str, *arguments: Any) -> None:
        """A method of the hook is called."""
        hooked = reaction.mark(self.element).hook
        definition = reaction.env.hooks.get(hooked.name if isinstance(hooked, Hooked) else self.name)
        if definition is not None:
            call(definition, method, HookElement(reaction, self.element, self.was), *arguments)


@frozen
class Replied:
    """The answer to a hook's push is for a method of it."""

    asking: Asking
    method: str

    def __call__(self, reaction: Reaction, answer: Any = None, /) -> None:
        self.asking.told(reaction, self.method, answer["reply"], answer["ref"])


@frozen
class Failed:
    """A hook's push was answered with an error."""

    asking: Asking

    def __call__(self, reaction: Reaction, answer: Any = None, /) -> None:
        self.asking.told(reaction, "failed", answer)


@frozen
class FailedNow:
    """A hook's push has failed, and the hook is told."""

    asking: Asking
    reason: Any

    def __call__(self, reaction: Reaction, _: Any = None, /) -> None:
        self.asking.told(reaction, "failed", self.reason)
