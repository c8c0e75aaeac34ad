"""The focus: which elements can have it, and what is heard when it moves.

Owns the platform's sequence: `change` on the field that is left, if it was edited since it had the focus, then blur,
focusout, focus, focusin. The focus is the document's, and goes with its element.

Law: focusing what has the focus, or what cannot have it, is heard by nobody.
"""  # CE-38, PF-11

from __future__ import annotations

from typing import Any

from liveview_core.values.declaring import frozen
from liveview_testing.browser.dom.document import Document
from liveview_testing.browser.dom.dom_event import DomEvent
from liveview_testing.browser.dom.forms import is_disabled, labelled
from liveview_testing.browser.dom.node import DomNode
from liveview_testing.browser.dom.patching.focus_after_patch import Fate, may_be_lost
from liveview_testing.browser.dom.top_layer import is_inert
from liveview_testing.browser.dom.visibility import is_drawn
from liveview_testing.browser.events.fields.caret import come, left
from liveview_testing.browser.events.fields.editing import WRITTEN
from liveview_testing.browser.events.fields.option_list import close
from liveview_testing.browser.page.controls import kind_of
from liveview_testing.browser.page.forms.numbers import integer
from liveview_testing.browser.reaction import Reaction

_FOCUSABLE = frozenset(("input", "select", "textarea", "button", "iframe"))
_WRITABLE = ("", "true", "plaintext-only")


def is_focusable(node: DomNode, reaction: Reaction) -> bool:
    """Whether the platform lets an element have the focus."""
    if is_disabled(node) or is_inert(node):
        return False
    takes = (
        (node.tag in _FOCUSABLE and not (node.tag == "input" and (node.get("type") or "").lower() == "hidden"))
        or (node.tag in ("a", "area") and node.get("href") is not None)
        or integer(node.get("tabindex")) is not None
        or node.get("contenteditable") in _WRITABLE
        or (node.tag == "summary" and is_summary(node))
        or (node.tag == "dialog" and node.get("open") is not None)
    )
    return takes and is_drawn(node, reaction.env.styles)


def is_summary(node: DomNode) -> bool:
    """Whether an element is what a details shows while it is closed: its first summary."""
    around = node.parent
    if around is None or around.tag != "details":
        return False
    return next((each for each in around.elements() if each.tag == "summary"), None) == node


def focus(reaction: Reaction, node: DomNode, *, anyway: bool = False) -> None:
    """Give an element the focus, as `el.focus()` does, a label's control instead of the label; `anyway`: whatever it is."""
    node = reaction.again(node)
    if node.tag == "label" and not is_focusable(node, reaction):
        node = labelled(node) or node
    if reaction.document.focus == node.key or not (anyway or is_focusable(node, reaction)):
        return
    had = None if reaction.document.focus is None else reaction.node(reaction.document.focus)
    blur(reaction)
    again = reaction.node(node.key)
    if again is None:
        return
    reaction.document = reaction.document.focused(again.key)
    reaction.keep(edited=False, entered=again.value if again.tag in WRITTEN else None, caret=come(again), part=None)
    if again.tag == "input" and kind_of(again) == "radio":
        number = reaction.number(again)
        reaction.keep(stopped_at=(*(each for each in reaction.browser.stopped_at if each != number), number))
        again = reaction.again(again)
    reaction.dispatch(DomEvent("focus", again, related=had))
    reaction.dispatch(DomEvent("focusin", again))


def blur(reaction: Reaction) -> None:
    """Take the focus from whatever has it."""
    key = reaction.document.focus
    node = None if key is None else reaction.node(key)
    if node is None:
        return
    if reaction.browser.open_list is not None:
        close(reaction)
        node = reaction.again(node)
    changed(reaction, node)
    left(reaction, reaction.again(node))
    node = reaction.again(node)
    reaction.document = reaction.document.focused(None)
    reaction.dispatch(DomEvent("blur", node))
    reaction.dispatch(DomEvent("focusout", node))


def changed(reaction: Reaction, node: DomNode) -> None:
    """The field is left, or Enter was pressed: it is heard to have changed, if it holds something else than before."""
    if reaction.browser.edited:
        had = reaction.browser.entered
        reaction.keep(edited=False, entered=node.value)
        if node.value != had:
            reaction.dispatch(DomEvent("change", node))


def focus_nearest(reaction: Reaction, node: DomNode) -> None:
    """What a pressed mouse button does: the nearest element around that can have the focus gets it, else nothing has it."""
    # PF-1
    for each in (node, *node.ancestors()):
        if is_focusable(each, reaction):
            focus(reaction, each)
            return
    blur(reaction)
    begin_at(reaction, node)


def begin_at(reaction: Reaction, node: DomNode) -> None:
    """While nothing has the focus, Tab goes on from here."""  # AC-11
    if reaction.document.focus is None:
        reaction.keep(tab_from=reaction.number(node))


# --- what is not drawn any more -----------------------------------------------------------------------------------------


def doubt(reaction: Reaction, view: str) -> None:
    """A view was patched: if that can have hidden or disabled what has the focus, it is looked at once the step is over."""
    if not reaction.doubted and (reaction.env.styles or may_be_lost(reaction.document, view)):
        reaction.doubted = True


def look(reaction: Reaction) -> None:
    """What has the focus, and cannot have it any more, loses it as the next frame is drawn; at once, by its own `hidden`."""
    # PF-12
    reaction.doubted = False
    key, fading = reaction.document.focus, reaction.browser.fading
    node = None if key is None else reaction.node(key)
    if node is None or is_focusable(node, reaction):
        if fading is not None:
            reaction.call_off(fading)
            reaction.keep(fading=None)
    elif _loses_at_once(node):
        drawn(reaction)
    elif fading is None:
        reaction.keep(fading=reaction.next_frame(Drawn()))


def _loses_at_once(node: DomNode) -> bool:
    """Whether Chromium does not wait for a frame: its own `hidden`, a fieldset, or it could have the focus by an attribute."""
    if node.get("hidden") is not None or (node.get("disabled") is None and is_disabled(node)):
        return True
    return node.tag not in (*_FOCUSABLE, "a", "area", "summary", "dialog") and not (
        integer(node.get("tabindex")) is not None or node.get("contenteditable") in _WRITABLE
    )


@frozen
class Drawn:
    """A frame is drawn."""

    def __call__(self, reaction: Reaction, _: Any = None, /) -> None:
        drawn(reaction)


def drawn(reaction: Reaction) -> None:
    """A frame is drawn, or somebody acts, who sees what is drawn by now: what cannot have the focus has it no more."""
    if reaction.browser.fading is not None:
        reaction.call_off(reaction.browser.fading)
        reaction.keep(fading=None)
    key = reaction.document.focus
    node = None if key is None else reaction.node(key)
    if node is not None and not is_focusable(node, reaction):
        blur(reaction)
        left = reaction.node(node.key)
        if left is not None:
            begin_at(reaction, left)


RESTORED = frozenset(
    (
        *("text", "textarea", "number", "email", "password", "search", "tel", "url", "date", "time"),
        *("datetime-local", "color", "range"),
    )
)


def takes_text(reaction: Reaction) -> bool:
    """Whether the client gives what has the focus its focus back after a patch."""  # PA-19
    key = reaction.document.focus
    node = None if key is None else reaction.node(key)
    return node is not None and (node.tag == "select" or kind_of(node) in RESTORED)


def lose(reaction: Reaction, fate: Fate) -> Document:
    """In the middle of a patch the focus is taken from what leaves, moves or is a select that is patched all the same: the document
    that is patched, in which what stays has it still.
    """  # PF-12, FI-12
    had = reaction.document.focus
    if fate == "stays" or had is None:
        return reaction.document
    mark = reaction.mark(had)
    blur(reaction)
    if fate == "changes":  # what comes for it was given its pending refs before: those taken now are overwritten
        reaction.set_mark(had, view=mark.view, loading=mark.loading, lock=mark.lock, written=mark.written)
    # it is patched as what has the focus, and has it again in the end, if it takes text
    if fate in ("moves", "changes"):
        reaction.document = reaction.document.focused(had)
    return reaction.document


def regain(reaction: Reaction, fate: Fate) -> None:
    """After the patch what was moved or changed has the focus again, if the client gives it back."""  # PA-19
    if fate not in ("moves", "changes"):
        return
    key = reaction.document.focus
    node = None if key is None else reaction.node(key)
    if node is None or not takes_text(reaction) or not is_focusable(node, reaction):
        reaction.document = reaction.document.focused(None)
