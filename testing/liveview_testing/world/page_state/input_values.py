"""What a user typed into the controls of a page, and how long it stays.

Owns the memory behind forms: a map of a control's key to what was done to it and what was rendered there at that moment.
Law: what was typed stays until the server renders something else into that control; that it was used stays for as long as
the control does.
"""  # FM-31, FM-32

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, TypeAlias, cast

from liveview_testing.browser.page.controls import CHECKABLE, SUBMITTERS
from liveview_testing.browser.page.forms.forms import NOTHING, Control, Key, Overlay, Typed, chosen, controls, key
from liveview_testing.browser.page.node import Node

if TYPE_CHECKING:
    from liveview_testing.browser.page.node import Path
    from liveview_testing.browser.page.page import Page

Memory: TypeAlias = "Mapping[Key, tuple[Typed, object]]"


def overlay(memory: Memory, form: Node) -> Overlay:
    """What holds for the controls of a form now. Costs what the form has; nothing if nothing was ever typed."""
    if not memory:
        return NOTHING
    found: dict[Key, Typed] = {}
    for control in controls(form):
        entry = memory.get(control.key)
        if entry is not None:
            typed, was = entry
            found[control.key] = typed if was == _rendered(control) else Typed(used=typed.used)
    return found


def remember(memory: Memory, form: Node, changes: Mapping[Key, Typed]) -> Memory:
    """The memory after `changes` to controls of a form."""
    if not changes:
        return memory
    new = dict(memory)
    for control in controls(form):
        change = changes.get(control.key)
        if change is not None:
            new[control.key] = (change, _rendered(control))
    return new


def submitted(memory: Memory, form: Node, submitter: Node | None, changes: Mapping[Key, Typed]) -> Memory:
    """The memory after a submit that the client sent: with `changes`, and by which button."""  # FI-22
    memory = remember(memory, form, changes)
    by = key(form)
    if submitter is not None:
        return {**memory, by: (Typed(used=True), key(submitter))}
    return {each: entry for each, entry in memory.items() if each != by} if by in memory else memory


def submitter_of(memory: Memory, form: Node) -> Node | None:
    """The button that a form was last submitted with, if it is still in it: the client sends it with `phx-trigger-action`."""
    entry = memory.get(key(form))
    if entry is None:
        return None
    return next((each.node for each in controls(form) if each.kind in SUBMITTERS and each.key == entry[1]), None)


def still_there(memory: Memory, page: Page) -> Memory:
    """The memory without controls that are gone: one that comes later under the same id is another one."""
    gone = [key for key in memory if not _is_there(page, key)]
    return {key: entry for key, entry in memory.items() if key not in gone} if gone else memory


def _is_there(page: Page, key: Key) -> bool:
    if key[0] == "id":
        return bool(page.by_id(str(key[1])))
    node = page.node_at(cast("Path", key[1]))
    return node is not None and node.get("name") == key[2]


def _rendered(control: Control) -> object:
    """What the server says the control holds."""
    node = control.node
    if control.kind in CHECKABLE:
        return node.get("checked") is not None
    if node.tag == "select":
        return tuple(option.value for option in chosen(node))
    return control.value
