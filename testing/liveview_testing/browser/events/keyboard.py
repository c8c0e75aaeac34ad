"""The keyboard: what a key is, and what a browser does by itself with the element that has the focus.

Owns the platform's sequences: keydown, the key's own effect, keyup. Enter submits, Space and Enter press,
Tab moves the focus, arrows choose.

Law: keys go to the element with the focus, to the body if nothing has it; a prevented keydown has no effect of its own.
"""  # PF-6, PF-7, PF-9, PF-10

from __future__ import annotations

from liveview_testing.browser.dom.dom_event import DomEvent
from liveview_testing.browser.dom.forms import form_of, is_checked, is_disabled, radios
from liveview_testing.browser.dom.node import DomNode
from liveview_testing.browser.dom.querying import body
from liveview_testing.browser.events.fields.caret import COMMANDS, clear, is_text, replace, selection, step, write
from liveview_testing.browser.events.fields.date_parts import IN_PARTS, at_last, tabbed
from liveview_testing.browser.events.fields.editing import enter, is_box
from liveview_testing.browser.events.fields.option_list import in_open_list, is_menu, press_in_select
from liveview_testing.browser.events.focus import blur, changed, focus
from liveview_testing.browser.events.pointer import activate
from liveview_testing.browser.events.submission import implicit
from liveview_testing.browser.events.tab_order import next_stop
from liveview_testing.browser.events.top_layer import escape
from liveview_testing.browser.page.controls import kind_of
from liveview_testing.browser.reaction import Reaction

__all__ = ["MODIFIERS", "clear", "down", "hold", "insert", "is_text", "press", "tab", "target", "up"]

_NO_MODIFIERS: frozenset[str] = frozenset()
MODIFIERS = frozenset(("Shift", "Control", "Alt", "Meta"))


def target(reaction: Reaction) -> DomNode:
    """The element that keys go to."""
    key = reaction.document.focus
    node = None if key is None else reaction.node(key)
    if node is not None:
        return node
    return body(reaction.document)


def hold(reaction: Reaction, key: str, phase: str) -> None:
    """A modifier key goes down and stays there, or is let go."""
    if phase != "both":
        had = reaction.browser.held_keys
        reaction.keep(held_keys=had | {key} if phase == "down" else had - {key})


def press(reaction: Reaction, key: str, modifiers: frozenset[str] = _NO_MODIFIERS) -> None:
    """A key goes down and up."""
    down(reaction, key, modifiers)
    up(reaction, key, modifiers)


def down(reaction: Reaction, key: str, modifiers: frozenset[str] = _NO_MODIFIERS, *, refused: bool = False) -> None:
    """A key goes down, and does what it does by itself."""
    if reaction.browser.open_list is not None and in_open_list(reaction, key, modifiers):
        return
    node = target(reaction)
    if reaction.dispatch(DomEvent("keydown", node, key=key, modifiers=modifiers)) and not (refused and key == "Enter"):
        _effect(reaction, target(reaction), key, modifiers)


def up(reaction: Reaction, key: str, modifiers: frozenset[str] = _NO_MODIFIERS, *, refused: bool = False) -> None:
    """A key goes up: Space presses buttons and boxes now."""
    if reaction.browser.open_list is not None:
        return
    node = target(reaction)
    allowed = reaction.dispatch(DomEvent("keyup", node, key=key, modifiers=modifiers))
    if allowed and not refused and key in (" ", "Space") and _is_button(node):
        if kind_of(node) != "radio" or not is_box(node) or not is_checked(node):  # a checked radio stays as it is
            activate(reaction, node)


def insert(reaction: Reaction, text: str) -> None:
    """A text comes into the field that has the focus at once, without any key."""
    node = target(reaction)
    if is_text(node) and kind_of(node) not in IN_PARTS:
        start, end = selection(reaction, node)
        replace(reaction, node, text, start, end)


def _is_button(node: DomNode) -> bool:
    return node.tag in ("button", "summary") or is_box(node) or (node.tag == "input" and kind_of(node) in _PRESSED)


_PRESSED = frozenset(("button", "submit", "reset", "image", "file", "color"))
"""Inputs that Space and Enter press as a mouse does."""


def _effect(reaction: Reaction, node: DomNode, key: str, modifiers: frozenset[str]) -> None:
    if key == "Tab":
        tab(reaction, back="Shift" in modifiers)
    elif node.tag == "select" and key != "Escape" and (key not in ("Enter", "NumpadEnter") or is_menu(node)):
        press_in_select(reaction, node, key, modifiers)
    elif key in ("Enter", "NumpadEnter"):
        if not modifiers & COMMANDS:
            _enter(reaction, node)
    elif key == "Escape":
        _escape(reaction, node)
    elif (key != "ArrowDown" or "Alt" not in modifiers or kind_of(node) != "number") and step(reaction, node, key):
        return
    elif is_text(node):
        write(reaction, node, key, modifiers)
    elif not modifiers & COMMANDS:
        _choose(reaction, node, key)


def _enter(reaction: Reaction, node: DomNode) -> None:
    if node.tag == "textarea" or (is_text(node) and node.tag != "input"):
        if is_text(node):
            start, end = selection(reaction, node)
            replace(reaction, node, "\n", start, end)
        return
    if node.tag in ("button", "summary") or (
        (node.tag == "a" and node.get("href") is not None) or (node.tag == "input" and kind_of(node) in _PRESSED)
    ):
        activate(reaction, node)
        return
    if node.tag in ("input", "select"):
        changed(reaction, reaction.again(node))
        form = form_of(node)
        if form is not None:
            implicit(reaction, reaction.again(node), form, activate)


def _escape(reaction: Reaction, node: DomNode) -> None:
    """Escape empties a search, else it closes the dialog or popover that was shown last."""
    if node.tag == "input" and kind_of(node) == "search" and is_text(node) and node.value:
        enter(reaction, node, "")
        return
    escape(reaction)


def _choose(reaction: Reaction, node: DomNode, key: str) -> None:
    """Keys that choose a radio of its group."""
    if node.tag == "input" and kind_of(node) == "radio" and key.startswith("Arrow"):
        step = 1 if key in ("ArrowDown", "ArrowRight") else -1
        group = [each for each in radios(node) if not is_disabled(each)]
        if len(group) > 1:
            rival = group[(group.index(node) + step) % len(group)]
            focus(reaction, rival)
            activate(reaction, rival)


# --- Tab --------------------------------------------------------------------------------------------------------------


def tab(reaction: Reaction, *, back: bool = False) -> None:
    """The focus goes to the next element in tab order, or out of the page; in a field of several parts to the next of these."""
    # PF-10
    if reaction.document.focus is not None and tabbed(reaction, target(reaction), back=back):
        return
    begin = reaction.browser.tab_from
    key = reaction.document.focus or (None if begin is None else reaction.key(begin))
    there = next_stop(reaction, key, back=back)
    if there is not None:
        focus(reaction, there)
        there_now = reaction.again(there)
        if back:
            at_last(reaction, there_now)
        if is_text(there_now) and there_now.tag == "input":  # in a textarea the caret is where it was
            reaction.keep(caret=(0, len(there_now.value)))
    else:
        blur(reaction)
        if reaction.browser.tab_from is not None:
            reaction.keep(tab_from=None)
