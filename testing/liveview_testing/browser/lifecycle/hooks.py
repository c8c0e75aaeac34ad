"""Hooks at work: when the callbacks of an element's client hook are called, and what they may do.

Owns which elements have a hook, the order of their callbacks, and `HookElement`, the handle that
they are given. A hook's definition is given by the test; here it is only called.

Law: what a hook remembers is a value in the mark of its element, so it is forked, kept and lost with it. An element whose hook
nobody stands in for is noted once.
"""  # HK-1 … HK-3, HK-4 … HK-19

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Protocol, TypeVar

from attrs import evolve

from liveview_core.values.declaring import frozen
from liveview_testing.browser.browser import Awaited
from liveview_testing.browser.commands.running import Occasion, Stopped, perform, targets
from liveview_testing.browser.connection.flight import Taking, take_ref
from liveview_testing.browser.connection.targeting import connected, nearest_cid
from liveview_testing.browser.connection.targeting import targets as push_targets
from liveview_testing.browser.dom.following import followed, is_component_root, origin
from liveview_testing.browser.dom.node import SESSION, DomNode, container, in_order, root
from liveview_testing.browser.dom.patching import has_twin, outlasts
from liveview_testing.browser.dom.querying import find
from liveview_testing.browser.dom.visibility import is_visible
from liveview_testing.browser.dom.visiting import is_ignored, visited_attributes, visits
from liveview_testing.browser.dom.watched import HOOKS, watched
from liveview_testing.browser.events import top_layer
from liveview_testing.browser.page.node import Node
from liveview_testing.browser.page.page import Page
from liveview_testing.browser.page.place import Place
from liveview_testing.browser.reaction import DomEvent, Reaction
from liveview_testing.browser.uploads.files import inputs as upload_inputs

HOOKED = ", ".join(f"[{name}]" for name in HOOKS)


class Definition(Protocol):
    """A hook as a test defines it; see `liveview_testing.client_hooks.ClientHook`."""

    events: Any

    def mounted(self, el: HookElement) -> None: ...
    def before_update(self, el: HookElement) -> None: ...
    def updated(self, el: HookElement) -> None: ...
    def destroyed(self, el: HookElement) -> None: ...
    def disconnected(self, el: HookElement) -> None: ...
    def reconnected(self, el: HookElement) -> None: ...
    def handle_event(self, el: HookElement, event: str, payload: Any) -> None: ...
    def failed(self, el: HookElement, reason: Any) -> None: ...


@frozen
class Hooked:
    """The hook of one element: its name, in which order it was mounted, what it remembers, whether it was told of a loss."""

    name: str
    order: int
    state: Any = None
    disconnected: bool = False


def name_of(node: DomNode) -> str | None:
    """The name of the hook that an element asks for."""  # HK-1
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

    # --- changing the DOM as a script would -------------------------------------------------------------------------

    def set_attribute(self, name: str, value: str) -> None:
        """Set an attribute; the next patch that visits the element takes it away again."""
        self._reaction.write(self._number, name, value)

    def remove_attribute(self, name: str) -> None:
        """Take an attribute away; the next patch that visits the element brings it back."""
        self._reaction.write(self._number, name, None)

    def set_text(self, text: str) -> None:
        """Put a text into the element, in the place of what is inside."""
        self._reaction.set_mark(self._number, text=text)

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
        if isinstance(wanted, DomNode):
            found: list[tuple[str, DomNode | int]] = [(wanted.view, wanted)]
        else:
            found = list(push_targets(self._reaction, self.node.view, wanted, self.node))
        return sum(
            self._push(view, each if isinstance(each, int) else nearest_cid(each), name, payload, reply)
            for view, each in found
        )

    def _push(self, view: str, cid: int | None, name: str, payload: Any, reply: str | None) -> bool:
        reaction, number = self._reaction, self._number
        failed = Failed(number)
        if not connected(reaction, view):
            reaction.soon(FailedNow(number, "unable to push hook event. LiveView not connected"))
            return False
        ref = take_ref(reaction, view, [Taking(reaction.again(self.node))], "hook", name)
        sent: dict[str, Any] = {"type": "hook", "event": name, "value": {} if payload is None else payload}
        if cid is not None:
            sent["cid"] = cid
        then = None if reply is None else Replied(number, reply)
        reaction.push(view, "event", sent, Awaited(ref, name, then, failed))
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
        event = DomEvent("track-uploads", inputs[0], detail={"files": tuple(files)}, trusted=False)
        self._reaction.dispatch(event)

    @property
    def opened(self) -> tuple[Reaction, int]:
        """The step of the browser that is going on, and the number of the element: for the hooks that LiveView ships."""
        return self._reaction, self._number

    def js(self, command: str, args: Mapping[str, Any]) -> None:
        """Carry out a JS command on this element, as `this.js()` does."""
        node = self._reaction.again(self.node)
        occasion = Occasion("hook", node, node.view, bare=False, trusted=False)
        for target in targets(self._reaction, node, args.get("to")):
            try:
                perform(self._reaction, occasion, command, args, target)
            except Stopped as stopped:
                self._reaction.note("JC-2", f"a command of the hook of {node!r}: {stopped}", "see the hook")

    def __repr__(self) -> str:
        return f"<HookElement {self.node!r}>"


def _camel(name: str) -> str:
    first, *rest = name.split("-")
    return first + "".join(each.capitalize() for each in rest)


@frozen
class Replied:
    """The answer to a hook's push is for a method of it."""

    element: int
    method: str

    def __call__(self, reaction: Reaction, answer: Any = None, /) -> None:
        found = _definition(reaction, self.element)
        if found is not None:
            getattr(found, self.method)(HookElement(reaction, self.element), answer["reply"], answer["ref"])


@frozen
class Failed:
    """A hook's push was answered with an error."""

    element: int

    def __call__(self, reaction: Reaction, answer: Any = None, /) -> None:
        FailedNow(self.element, answer)(reaction)


@frozen
class FailedNow:
    """A hook's push has failed, and the hook is told."""

    element: int
    reason: Any

    def __call__(self, reaction: Reaction, _: Any = None, /) -> None:
        found = _definition(reaction, self.element)
        if found is not None:
            found.failed(HookElement(reaction, self.element), self.reason)


# --- calling ----------------------------------------------------------------------------------------------------------


def _definition(reaction: Reaction, number: int) -> Definition | None:
    hooked = reaction.mark(number).hook
    return reaction.env.hooks.get(hooked.name) if isinstance(hooked, Hooked) else None


def mount(reaction: Reaction, node: DomNode) -> None:
    """An element has come that asks for a hook."""
    now = reaction.node(node.key)
    if now is None or isinstance(now.mark.hook, Hooked) or is_behind(now):
        return
    name = name_of(now)
    if name is None:
        return
    if not now.id:
        reaction.note("HK-2", f"the hook {name} of {now!r} was not made: its element has no id", "give it an id")
        return
    definition: Definition | None = reaction.env.hooks.get(name)
    if definition is None:
        if not any(each.rule == f"HK-2 {name}" for each in reaction.browser.notes):
            reaction.note(
                f"HK-2 {name}",
                f"nobody stands in for the hook {name} of {now!r}: nothing happens there",
                f"Simulation(hooks={{{name!r}: …}}), a ClientHook",
            )
        return
    number = reaction.number(now)
    reaction.keep(hooks=reaction.browser.hooks + 1)
    reaction.set_mark(number, hook=Hooked(name, reaction.browser.hooks))
    definition.mounted(HookElement(reaction, number))


def hooked(reaction: Reaction, view: str | None = None) -> list[tuple[int, Hooked]]:
    """The elements that have a hook, in the order in which they were mounted."""
    found = [
        (mark.number, mark.hook)
        for key, mark in reaction.document.marks.items()
        if isinstance(mark.hook, Hooked) and view in (None, key[0])
    ]
    return sorted(found, key=lambda each: each[1].order)


def told(reaction: Reaction, name: str, payload: Any) -> None:
    """An event of the server: every hook of the page that listens to it, in order."""  # HK-23
    for number, mark in hooked(reaction):
        definition: Definition | None = reaction.env.hooks.get(mark.name)
        if definition is not None and name in definition.events and reaction.node(number) is not None:
            definition.handle_event(HookElement(reaction, number), name, payload)


# --- patches ----------------------------------------------------------------------------------------------------------


@frozen
class Updating:
    """Elements that a patch will change and that have a hook, or will be given one: their numbers, in document order."""

    numbers: tuple[int, ...] = ()


def before_patch(reaction: Reaction, view: str, old: Page, new: Page, *, whole: bool) -> Updating:
    """Hooks whose elements a patch will change are told before it."""  # HK-5, HK-7
    found: list[int] = []
    for key, mark in list(reaction.document.marks.items()):
        if key[0] != view or key[1] or not isinstance(mark.hook, Hooked):
            continue
        node = old.node_at(key[2])
        there = None if node is None else followed(node, new)
        now = reaction.node(key)
        if node is None or there is None or now is None or _is_held(reaction, key):
            continue
        if changes(now, node, there, whole=whole):
            found.append(mark.number)
    for node in watched(new, "phx-hook", "data-phx-hook") if old is not new else ():
        was = origin(node, old)
        now = None if was is None else reaction.node((view, 0, was.path))
        if was is None or now is None or isinstance(now.mark.hook, Hooked) or _is_held(reaction, now.key):
            continue
        if name_of(now) is None and visits(was, node, whole=whole):  # HK-8: an element is given a hook
            found.append(reaction.number(now))
    return _updating(reaction, found)


def before_unlock(reaction: Reaction, number: int, held: Node, after: Node, ref: int) -> Updating:
    """The same, for what was held back from an element: but for what is released by itself, later."""
    found: list[int] = []
    around = reaction.node(number)
    if around is not None and isinstance(around.mark.hook, Hooked) and changes(around, held, after, whole=True):
        found.append(number)
    page, new = held.page, after.page
    part = reaction.mark(number).held
    for inside, mark in list(reaction.document.marks.items()):
        if inside[1] != part or not isinstance(mark.hook, Hooked):
            continue
        node = page.node_at(inside[2])
        above = () if node is None else (node, *node.ancestors())
        its = (reaction.document.mark((inside[0], part, each.path)) for each in above)
        if any(has_twin(each) or outlasts(each, ref) for each in its):
            continue
        there = None if node is None else followed(node, new)
        now = reaction.node(inside)
        if now is not None and node is not None and there is not None and changes(now, node, there, whole=True):
            found.append(mark.number)
    return _updating(reaction, found)


def _updating(reaction: Reaction, found: list[int]) -> Updating:
    nodes = [node for number in found if (node := reaction.node(number)) is not None]
    numbers = [node.mark.number for node in in_order(nodes)]
    for number in numbers:
        definition = _definition(reaction, number)
        if definition is not None:
            definition.before_update(HookElement(reaction, number))
    return Updating(tuple(numbers))


def _is_held(reaction: Reaction, key: Any) -> bool:
    """Whether an element is in a part that patches do not reach: then its hook sees them at the unlock."""  # LK-11
    node = reaction.node(key)
    around = () if node is None else (node, *node.ancestors())
    return any(each.mark.lock is not None for each in around if each.view == key[0])  # a view patches what is inside it


def is_behind(node: DomNode) -> bool:
    """Whether an element of a page is not there yet: what is around it is held back."""  # LK-10
    return not node.part and any(node.document.mark((node.view, 0, each.path)).held for each in node.node.ancestors())


def changes(now: DomNode, old: Node, new: Node, *, whole: bool) -> bool:
    """Whether the client sees a difference between an element and the one that comes for it."""  # HK-7, HK-7a
    if not visits(old, new, whole=whole):
        return False
    if is_ignored(old):
        return _data(old) != _data(new)
    if dict(now.attributes) != visited_attributes(now.mark, old, new) or not _is_same_inside(now, new):
        return True
    return any(
        each.get(SESSION) is not None or (each.place.node is not new.place.node and _is_stub(each))
        for each in new.iter()
    )


def _is_same_inside(now: DomNode, new: Node) -> bool:
    """Whether what is in an element equals what is sent for it: in whichever order attributes are written."""
    mine, theirs = _merged(now.children), _merged(new.children)
    return len(mine) == len(theirs) and all(
        one == other if isinstance(one, str) or isinstance(other, str) else _is_same(one, other)
        for one, other in zip(mine, theirs, strict=True)
    )


def _is_same(now: DomNode, new: Node) -> bool:
    if now.tag != new.tag:
        return False
    if new.get("phx-update") == "stream":
        return dict(now.attributes) == dict(new.attributes) and _is_same_stream(now, new)
    sent = _as_sent(new) if is_ignored(new) else new
    return dict(now.attributes) == dict(sent.attributes) and _is_same_inside(now, sent)


def _is_same_stream(now: DomNode, new: Node) -> bool:
    """Rows that go are gone by then; rows that stay are not sent again, so that they differ from nothing."""  # PA-23
    there = {each.id: each for each in new.elements()}
    for each in now.elements():
        sent = there.pop(each.id, None)
        if sent is not None and (sent.place.node is each.node.place.node or not _is_same(each, sent)):
            return False
    return not there


def _as_sent(node: Node) -> Node:
    """An ignored element with what was sent for it, and is not shown."""
    place = node.place
    bare = place.node.with_slots(place.node.slots, place.node.known_shape)
    bare.grafts = {name: graft for name, graft in (bare.grafts or {}).items() if name != node.id}
    return Node(Place(place.page, bare, place.above, place.host, place.step, place.floor), node.number)


T = TypeVar("T")


def _merged(children: Sequence[T | str]) -> list[T | str]:
    """Children with texts that stand side by side as one."""
    found: list[T | str] = []
    for each in children:
        if isinstance(each, str) and found and isinstance(found[-1], str):
            found[-1] += each
        elif each != "":
            found.append(each)
    return found


def _is_stub(node: Node) -> bool:
    """Whether the root of a component, or of a rooted template, comes as a stub."""
    return is_component_root(node) or (node.number == 0 and node.place.node.rooted is not None)


def _data(node: Node) -> dict[str, str]:
    return {name: value for name, value in node.attributes.items() if name.startswith("data-")}


def after_patch(reaction: Reaction, updating: Updating) -> None:
    """Hooks whose elements were changed are told after it, parents before what is inside."""  # HK-6, HK-8
    for number in updating.numbers:
        node = reaction.node(number)
        mark = reaction.mark(number).hook
        if node is None:
            continue
        if not isinstance(mark, Hooked):
            mount(reaction, node)
            continue
        name = name_of(node)
        if name != mark.name:
            destroy(reaction, number, node)
            mount(reaction, reaction.again(node))
            continue
        definition: Definition | None = reaction.env.hooks.get(mark.name)
        if definition is not None:
            definition.updated(HookElement(reaction, number))


def destroy(reaction: Reaction, number: int, was: DomNode) -> None:
    """An element with a hook is gone: the hook is told, and forgotten."""
    mark = was.mark.hook
    if not isinstance(mark, Hooked):
        return
    definition: Definition | None = reaction.env.hooks.get(mark.name)
    if definition is not None:
        definition.destroyed(HookElement(reaction, number, was))
    if reaction.key(number) is not None:
        reaction.set_mark(number, hook=None)


def new_hooks(view: str, reaction: Reaction, page: Page) -> Iterator[DomNode]:
    """The elements of a page that ask for a hook and have none."""
    for node in watched(page, *HOOKS):
        found = DomNode(reaction.document, view, 0, node)
        if not isinstance(found.mark.hook, Hooked):
            yield found


# --- the connection ---------------------------------------------------------------------------------------------------


def disconnected(reaction: Reaction, view: str) -> None:
    """The view has lost its connection."""  # HK-11
    for number, mark in hooked(reaction, view):
        reaction.set_mark(number, hook=evolve(mark, disconnected=True))
        definition: Definition | None = reaction.env.hooks.get(mark.name)
        if definition is not None:
            definition.disconnected(HookElement(reaction, number))


def reconnected(reaction: Reaction, view: str) -> None:
    """The view has joined again: hooks that were told of the loss are told."""  # HK-12
    for number, mark in hooked(reaction, view):
        if not mark.disconnected:
            continue
        reaction.set_mark(number, hook=evolve(mark, disconnected=False))
        definition: Definition | None = reaction.env.hooks.get(mark.name)
        if definition is not None:
            definition.reconnected(HookElement(reaction, number))
