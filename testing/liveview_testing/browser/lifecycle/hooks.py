"""Hooks at work: when the callbacks of an element's client hook are called, and what they may do.

Owns which elements have a hook, the order of their callbacks, and `HookElement`, the handle that
they are given. A hook's definition is given by the test; here it is only called.

Law: what a hook remembers is a value in the mark of its element, so it is forked, kept and lost with it. An element whose hook
nobody stands in for is noted once.
"""  # HK-1 … HK-3, HK-4 … HK-19

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from typing import Any, TypeVar

from attrs import evolve

from liveview_core.errors import nearest_names
from liveview_core.values.declaring import frozen
from liveview_testing.browser.dom.dom_event import DomEvent
from liveview_testing.browser.dom.mark import Mark
from liveview_testing.browser.dom.node import DomNode
from liveview_testing.browser.dom.patching.focus_after_patch import has_twin, outlasts
from liveview_testing.browser.dom.patching.node_matching import followed, is_in, origin
from liveview_testing.browser.dom.patching.patched_element import INFINITE_SCROLL, is_ignored, visits
from liveview_testing.browser.dom.querying import in_order, is_behind
from liveview_testing.browser.lifecycle.hook_changes import changes, changes_at_unlock
from liveview_testing.browser.lifecycle.hook_element import (
    Definition,
    HeardEvent,
    Hooked,
    HookElement,
    call,
    name_in,
    name_of,
)
from liveview_testing.browser.lifecycle.patch_order import as_sent
from liveview_testing.browser.page.difference import difference
from liveview_testing.browser.page.finding.watched import HOOKS, watched
from liveview_testing.browser.page.node import Node
from liveview_testing.browser.page.page import Page
from liveview_testing.browser.page.tree.stream_operations import taken_out
from liveview_testing.browser.reaction import Reaction

ASKING = ("phx-hook", "data-phx-hook")
_NO_DIFF: Mapping[str, Any] = {}


# --- calling ----------------------------------------------------------------------------------------------------------


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
        known = f"nobody stands in for the hook {name} of "
        if not any(each.text.startswith(known) for each in reaction.browser.notes):
            reaction.note(
                "HK-2", f"{known}{now!r}: nothing happens there", f"Simulation(hooks={{{name!r}: …}}), a ClientHook"
            )
        return
    number = reaction.number(now)
    reaction.keep(hooks=reaction.browser.hooks + 1)
    reaction.set_mark(number, hook=Hooked(name, reaction.browser.hooks))
    if name == INFINITE_SCROLL:
        reaction.write(number, "data-phx-hook", name)  # CE-49
    call(definition, "mounted", HookElement(reaction, number))


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
    heard = False
    for number, mark in hooked(reaction):
        definition: Definition | None = reaction.env.hooks.get(mark.name)
        if definition is not None and name in definition.events and reaction.node(number) is not None:
            heard = True
            call(definition, "handle_event", HookElement(reaction, number), name, payload)
    if not heard:
        _unheard(reaction, name)


def _unheard(reaction: Reaction, name: str) -> None:
    """An event that no hook hears is noted, once; not where somebody asks for a hook that is not told of here: it may."""
    text = f"the server's event {name!r} was heard by no hook of the page"
    if any(each.text == text or each.text.startswith("nobody stands in for") for each in reaction.browser.notes):
        return
    standing = [(each, definition) for each, definition in reaction.env.hooks.items() if definition.events]
    absent = [each for each, definition in standing if name in definition.events]
    there = {mark.name for _, mark in hooked(reaction)}
    known = [event for each, definition in standing if each in there for event in definition.events]
    near = nearest_names(name, known)
    if absent:
        cure = f'phx-hook="{absent[0]}" on an element with an id: that hook hears it, and the page has none'
    elif near:
        cure = f"nearest: {', '.join(near)}"
    else:
        cure = "a hook with it among its events; who listens on the window reads page.events"
    reaction.note("HK-23", text, cure)


def listened(reaction: Reaction, event: DomEvent) -> bool:
    """The hooks around an element hear an event of the DOM, inner ones first; whether it goes on to the window."""
    target = reaction.again(event.target)
    for each in (target, *target.ancestors()) if event.bubbles else (target,):
        mark = reaction.mark(each.key).hook
        definition: Definition | None = reaction.env.hooks.get(mark.name) if isinstance(mark, Hooked) else None
        if definition is None or event.type not in definition.dom_events:
            continue
        heard = HeardEvent(event)
        call(definition, "handle_dom_event", HookElement(reaction, reaction.number(each)), heard)
        if heard.stopped:
            return False
    return True


# --- patches ----------------------------------------------------------------------------------------------------------


@frozen
class Updating:
    """Elements that a patch will change and that have a hook, or will be given one: their numbers, in document order."""

    numbers: tuple[int, ...] = ()


def before_patch(
    reaction: Reaction, view: str, old: Page, new: Page, *, whole: bool, diff: Mapping[str, Any]
) -> Updating:
    """Hooks whose elements a patch will change are told before it."""  # HK-5, HK-7
    found: list[int] = []
    renamed = set[int]()
    for key, mark in list(reaction.document.marks.items()):
        if key[0] != view or not isinstance(mark.hook, Hooked):
            continue
        page = reaction.document.open_page(key) if key[1] else old
        now = reaction.node(key)
        node = None if page is None or now is None else now.source if mark.held else page.node_at(key[2])
        there = None if node is None else followed(node, new)
        if node is None or there is None or now is None:
            continue
        if _is_held(reaction, key) and not _is_taken_out(now, diff) and not _is_in_clone(now):
            continue
        if changes(now, node, there, whole=whole):
            found.append(mark.number)
            if _is_renamed(mark.hook, node, there):
                renamed.add(mark.number)
    left = reaction.view(view).state == "destroyed"  # CN-50: its hooks are gone, and come again with a late answer
    for node in watched(new, *ASKING) if left else _may_be_given_hooks(reaction, view, old, new):
        was = origin(node, old)
        now = None if was is None else reaction.node((view, 0, was.path))
        if was is None or now is None or isinstance(now.mark.hook, Hooked) or _is_held(reaction, now.key):
            continue
        if (left or name_of(now) is None) and visits(was, node, whole=whole):  # HK-8: an element is given a hook
            found.append(reaction.number(now))
    return _updating(reaction, found, renamed, diff)


def _may_be_given_hooks(reaction: Reaction, view: str, old: Page, new: Page) -> Iterator[Node]:
    """The elements that ask for a hook as they are sent, and may not have done so before."""
    known = difference(old, new)
    if known is None:
        yield from watched(new, *ASKING) if old is not new else ()
        return
    found = {
        (id(now.node), each.number): Node(now, each.number) for _, now in known.touched for each in now.shape.elements
    }
    for key, mark in reaction.document.marks.items():  # what was taken away by a command comes back
        node = old.node_at(key[2]) if key[0] == view and not key[1] and mark.written else None
        there = None if node is None else followed(node, new)
        if there is not None:
            found.setdefault((id(there.place.node), there.number), there)
    yield from (node for node in found.values() if any(node.get(name) is not None for name in ASKING))


def before_unlock(reaction: Reaction, number: int, held: Node, after: Node, ref: int) -> Updating:
    """The same, for what was held back from an element, or is put back: but for what is released by itself, later."""
    found: list[int] = []
    renamed = set[int]()
    around = reaction.node(number)
    if around is not None and isinstance(around.mark.hook, Hooked) and changes_at_unlock(around, held, after):
        found.append(number)
        if _is_renamed(around.mark.hook, held, after):
            renamed.add(number)
    page, new = held.page, after.page
    released = reaction.mark(number).held
    part = released if released or around is None else around.part
    for inside, mark in list(reaction.document.marks.items()):
        if inside[1] != part or not isinstance(mark.hook, Hooked):
            continue
        node = page.node_at(inside[2])
        if not released and (around is None or inside[0] != around.view or node is None or not is_in(node, held)):
            continue
        above = () if node is None else (node, *node.ancestors())
        its = [reaction.document.mark((inside[0], part, each.path)) for each in above]
        if any(has_twin(each) or outlasts(each, ref) for each in its):
            if _waits_behind(mark) and all(each.view is None for each in its[1:]):
                found.append(mark.number)
                assert mark.again is not None
                reaction.set_mark(mark.number, again=evolve(mark.again, told=True))
            continue
        there = None if node is None else followed(node, new)
        now = reaction.node(inside)
        if now is not None and node is not None and there is not None and changes_at_unlock(now, node, there):
            found.append(mark.number)
            if _is_renamed(mark.hook, node, there):
                renamed.add(mark.number)
    return _updating(reaction, found, renamed)


def _waits_behind(mark: Mark) -> bool:
    """Whether an element waits in the hidden clone only, whose refs make it another than what is shown: that is told once."""
    # HK-18, LK-21
    return mark.view is None and mark.again is not None and mark.again.cloned and not mark.again.told


def _is_renamed(hook: Hooked, old: Node, new: Node) -> bool:
    """Whether the element that comes asks for another hook, or for none: then the one that is there goes at once."""  # HK-8
    return not is_ignored(old) and name_in(new) != hook.name


def _updating(reaction: Reaction, found: list[int], renamed: Set[int], diff: Mapping[str, Any] = _NO_DIFF) -> Updating:
    nodes = [node for number in found if (node := reaction.node(number)) is not None]
    numbers = [node.mark.number for node in as_sent(list(in_order(nodes)), diff)]
    for number in numbers:
        definition = _definition(reaction, number)
        if definition is not None:
            call(definition, "before_update", HookElement(reaction, number))
        node = reaction.node(number) if number in renamed else None
        if node is not None:
            destroy(reaction, number, node)
    return Updating(tuple(numbers))


def _definition(reaction: Reaction, number: int) -> Definition | None:
    hooked = reaction.mark(number).hook
    return reaction.env.hooks.get(hooked.name) if isinstance(hooked, Hooked) else None


def _is_held(reaction: Reaction, key: Any) -> bool:
    """Whether an element is in a part that patches do not reach: then its hook sees them at the unlock."""  # LK-11
    node = reaction.node(key)
    if node is None:
        return False
    ignored = "ignore" in (node.get("phx-update"), node.get("data-phx-update"))
    around = node.ancestors() if ignored else (node, *node.ancestors())  # LK-13
    return any(each.mark.lock is not None for each in around if each.view == key[0])  # a view patches what is inside it


def _is_taken_out(node: DomNode, diff: Mapping[str, Any]) -> bool:
    """Whether an element is in a row that a message takes out and puts in again, and that does not wait itself: the row's very node
    is patched, though all around it is held back.
    """  # LK-10, PA-23
    again = frozenset[str]() if node.part else taken_out(dict(diff))
    if not again:
        return False
    for each in (node, *node.ancestors()):
        if each.mark.lock is not None:
            return False
        if each.id in again:
            return True
    return False


def _is_in_clone(node: DomNode) -> bool:
    """Whether an element waits in a hidden clone, as the rows do that were put into it, and is not held back by itself."""
    for each in () if node.part or not node.document.held else node.ancestors():
        if each.mark.held:
            return node.mark.lock is None
        if each.mark.lock is not None:
            return False
    return False


T = TypeVar("T")


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
            call(definition, "updated", HookElement(reaction, number))


def destroy(reaction: Reaction, number: int, was: DomNode) -> None:
    """An element with a hook is gone: the hook is told, and forgotten."""
    mark = was.mark.hook
    if not isinstance(mark, Hooked):
        return
    definition: Definition | None = reaction.env.hooks.get(mark.name)
    if definition is not None:
        call(definition, "destroyed", HookElement(reaction, number, was))
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
            call(definition, "disconnected", HookElement(reaction, number))


def reconnected(reaction: Reaction, view: str) -> None:
    """The view has joined again: hooks that were told of the loss are told."""  # HK-12
    for number, mark in hooked(reaction, view):
        if not mark.disconnected:
            continue
        reaction.set_mark(number, hook=evolve(mark, disconnected=False))
        definition: Definition | None = reaction.env.hooks.get(mark.name)
        if definition is not None:
            call(definition, "reconnected", HookElement(reaction, number))
