"""Dialogs and popovers: what opens and closes them, where the focus goes, and what a browser closes by itself.

Owns the platform's sequences: `showModal()`, `close()`, `requestClose()`, `showPopover()` and `hidePopover()`, the buttons that
ask for them (`command`, `popovertarget`), Escape, and the click beside them. Their events do not bubble, so the client hears none;
the page's own scripts would.

Law: what was opened last is closed first; a dialog that closes gives the focus back to what had it before.
"""  # AC-2, AC-11, AC-12, PF-20

from __future__ import annotations

from collections.abc import Mapping

from attrs import evolve

from liveview_testing.browser.dom.document import Layer, OnTop
from liveview_testing.browser.dom.dom_event import DomEvent
from liveview_testing.browser.dom.forms import form_of
from liveview_testing.browser.dom.node import DomNode, root
from liveview_testing.browser.dom.querying import find, with_id
from liveview_testing.browser.dom.top_layer import LIGHT, is_popover, kind_of_popover, modal, on_top
from liveview_testing.browser.dom.visibility import is_visible
from liveview_testing.browser.events.focus import blur, focus, is_focusable
from liveview_testing.browser.reaction import Reaction


def told(reaction: Reaction, name: str, node: DomNode, detail: Mapping[str, object] | None = None) -> bool:
    """The element hears an event that stays with it; whether nobody prevented it."""
    node = reaction.again(node)
    reaction.emit(name, dict(detail or {}), node)
    return reaction.dispatch(DomEvent(name, node, detail=detail, bubbles=False))


def _enter(reaction: Reaction, node: DomNode, kind: Layer) -> None:
    key = reaction.document.focus
    had = None if key is None else reaction.node(key)
    before = None if had is None else reaction.number(had)
    layer = OnTop(reaction.number(reaction.again(node)), kind, before)
    reaction.document = evolve(reaction.document, on_top=(*reaction.document.on_top, layer))


def _leave(reaction: Reaction, node: DomNode) -> OnTop | None:
    number = reaction.again(node).mark.number
    layers = reaction.document.on_top
    found = next((each for each in layers if each.number == number), None)
    if found is not None:
        reaction.document = evolve(reaction.document, on_top=tuple(each for each in layers if each is not found))
    return found


# --- dialogs ----------------------------------------------------------------------------------------------------------


def show_modal(reaction: Reaction, dialog: DomNode) -> None:
    """`dialog.showModal()`: nothing else on the page can be reached."""
    dialog = reaction.again(dialog)
    if dialog.get("open") is not None or is_popover(dialog):
        return
    _opened(reaction, dialog, "modal")


def show(reaction: Reaction, dialog: DomNode) -> None:
    """`dialog.show()`: the dialog is there beside the page."""
    dialog = reaction.again(dialog)
    if dialog.get("open") is None and not is_popover(dialog):
        _opened(reaction, dialog, "dialog")


def _opened(reaction: Reaction, dialog: DomNode, kind: Layer) -> None:
    number = reaction.number(dialog)
    told(reaction, "beforetoggle", dialog, {"oldState": "closed", "newState": "open"})
    hide_popovers(reaction, None, focuses=False)
    reaction.write(number, "open", "")
    _enter(reaction, reaction.again(dialog), kind)
    _focus_in(reaction, reaction.again(dialog))
    told(reaction, "toggle", dialog, {"oldState": "closed", "newState": "open"})


def _focus_in(reaction: Reaction, dialog: DomNode) -> None:
    """The focus goes to what asks for it inside, else to the first that takes it, else to the dialog itself."""
    inside = [each for each in dialog.iter() if is_focusable(each, reaction)]
    wanted = next((each for each in inside if each.get("autofocus") is not None), None)
    if wanted is None:
        wanted = next(iter(inside), None)
    if wanted is not None:
        focus(reaction, wanted)
    elif dialog.get("inert") is not None:
        blur(reaction)
    else:
        focus(reaction, dialog, anyway=True)


def request_close(reaction: Reaction, dialog: DomNode) -> bool:
    """A person, or a button, asks a dialog to close; whether it did: nobody prevented its `cancel`."""
    if reaction.again(dialog).get("open") is None or not told(reaction, "cancel", dialog):
        return False
    close(reaction, dialog)
    return True


def close(reaction: Reaction, dialog: DomNode) -> None:
    """`dialog.close()`: the focus goes back to what had it before the dialog was opened."""
    dialog = reaction.again(dialog)
    if dialog.get("open") is None:
        return
    number = reaction.number(dialog)
    told(reaction, "beforetoggle", dialog, {"oldState": "open", "newState": "closed"})
    reaction.write(number, "open", None)
    layer = _leave(reaction, dialog)
    if layer is not None and layer.before is not None and (layer.kind == "modal" or _has_focus(reaction, dialog)):
        before = reaction.node(layer.before)
        if before is not None:
            focus(reaction, before)
    told(reaction, "close", dialog)
    _give_up_focus(reaction, dialog)
    told(reaction, "toggle", dialog, {"oldState": "open", "newState": "closed"})


def _has_focus(reaction: Reaction, node: DomNode) -> bool:
    key = reaction.document.focus
    focused = None if key is None else reaction.node(key)
    return focused is not None and node in (focused, *focused.ancestors())


def _give_up_focus(reaction: Reaction, gone: DomNode) -> None:
    """What cannot be seen any more has not the focus either."""
    if _has_focus(reaction, gone) and not is_visible(reaction.again(gone), reaction.env.styles):
        blur(reaction)


# --- popovers ---------------------------------------------------------------------------------------------------------


def show_popover(reaction: Reaction, popover: DomNode, invoker: DomNode | None = None) -> None:
    """`popover.showPopover()`: those that a click elsewhere closes give way to it, unless it belongs to them."""
    popover = reaction.again(popover)
    if popover.get("popover") is None or popover.mark.popover or popover.get("open") is not None:
        return
    told(reaction, "beforetoggle", popover, {"oldState": "closed", "newState": "open"})
    kind = kind_of_popover(popover)
    layer: Layer = "hint" if kind == "hint" else "manual" if kind == "manual" else "auto"
    if layer in LIGHT:
        around = _open_around(reaction, popover) or (None if invoker is None else _open_around(reaction, invoker))
        hide_popovers(reaction, around, focuses=False, hints_only=layer == "hint")
    reaction.set_mark(popover.key, popover=True)
    _enter(reaction, popover, layer)
    popover = reaction.again(popover)
    if popover.tag == "dialog":
        _focus_in(reaction, popover)
    else:
        asks = (popover, *popover.iter())
        wanted = next(
            (each for each in asks if each.get("autofocus") is not None and is_focusable(each, reaction)), None
        )
        if wanted is not None:
            focus(reaction, wanted)
    told(reaction, "toggle", popover, {"oldState": "closed", "newState": "open"})


def hide_popover(reaction: Reaction, popover: DomNode, *, focuses: bool = True) -> None:
    """`popover.hidePopover()`: with all that was shown from inside of it."""
    popover = reaction.again(popover)
    if not is_popover(popover):
        return
    if kind_of_popover(popover) in LIGHT:
        hide_popovers(reaction, popover, focuses=focuses)
    told(reaction, "beforetoggle", popover, {"oldState": "open", "newState": "closed"})
    layer = _leave(reaction, popover)
    inside = _has_focus(reaction, popover)
    reaction.set_mark(reaction.again(popover).key, popover=False)
    if focuses and inside and layer is not None and layer.before is not None:
        before = reaction.node(layer.before)
        if before is not None:
            focus(reaction, before)
    told(reaction, "toggle", popover, {"oldState": "open", "newState": "closed"})
    _give_up_focus(reaction, popover)


def hide_popovers(reaction: Reaction, until: DomNode | None, *, focuses: bool, hints_only: bool = False) -> None:
    """Popovers that a click elsewhere closes are closed, down to `until`, which stays; what was shown last goes first."""
    for layer, node in list(on_top(reaction.document)):
        if until is not None and node == until:
            return
        if layer.kind == "hint" or (layer.kind == "auto" and not hints_only):
            hide_popover(reaction, node, focuses=focuses)


def _open_around(reaction: Reaction, node: DomNode) -> DomNode | None:
    """The popover that is shown and that an element is in: as a descendant, or as what its buttons open."""
    node = reaction.again(node)
    for each in (node, *node.ancestors()):
        if is_popover(each) and kind_of_popover(each) in LIGHT:
            return each
    return None


# --- buttons that open and close ----------------------------------------------------------------------------------------

COMMANDS = frozenset(
    ("show-modal", "close", "request-close", "show-popover", "hide-popover", "toggle-popover"),
)


def invoked(reaction: Reaction, button: DomNode) -> None:
    """What a button does that says `command`, or `popovertarget`."""
    said = button.get("command")
    if button.tag == "button" and said and button.get("commandfor"):
        target = _named(button, button.get("commandfor"))
        if target is not None:
            _command(reaction, button, target, said)
        return
    popover = _named(button, button.get("popovertarget"))
    if popover is None or popover.get("popover") is None:
        return
    action = (button.get("popovertargetaction") or "toggle").lower()
    shown = popover.mark.popover
    if shown and action != "show":
        hide_popover(reaction, popover)
    elif not shown and action != "hide":
        show_popover(reaction, popover, button)


def _named(button: DomNode, wanted: str | None) -> DomNode | None:
    return with_id(button.document, wanted)


def _command(reaction: Reaction, button: DomNode, target: DomNode, said: str) -> None:
    own = said.startswith("--")
    command = said if own else said.lower()
    of_dialogs = command in ("show-modal", "close", "request-close")
    if not own and (command not in COMMANDS or (of_dialogs and target.tag != "dialog")):
        return
    if not told(reaction, "command", target, {"command": command}) or own:
        return
    target = reaction.again(target)
    match command:
        case "show-modal":
            show_modal(reaction, target)
        case "close":
            close(reaction, target)
        case "request-close":
            request_close(reaction, target)
        case _:
            shown = target.mark.popover
            if shown and command != "show-popover":
                hide_popover(reaction, target)
            elif not shown and command != "hide-popover":
                show_popover(reaction, target, button)


def does_nothing_in_a_form(button: DomNode) -> bool:
    """Whether a button is in a form and does not say what it does there: then it neither submits nor commands."""
    said = (button.get("type") or "").lower()
    return button.tag == "button" and said not in ("button", "reset", "submit") and form_of(button) is not None


# --- what a browser closes by itself ------------------------------------------------------------------------------------


def escape(reaction: Reaction) -> bool:
    """Escape closes what was shown last of all that it can close; whether there was such."""
    for layer, node in on_top(reaction.document):
        if layer.kind in LIGHT:
            hide_popover(reaction, node)
            return True
        if (
            layer.kind in ("modal", "dialog")
            and node.get("open") is not None
            and _closed_by(node, layer.kind) != "none"
        ):
            request_close(reaction, node)
            return True
    shown = find(root(reaction.document), "dialog[open]")
    closable = (each for each in reversed(shown) if _closed_by(each, "dialog") != "none" and not _is_on_top(each))
    dialog = next(closable, None)
    return dialog is not None and (request_close(reaction, dialog) or True)


def _is_on_top(dialog: DomNode) -> bool:
    number = dialog.mark.number
    return bool(number) and any(each.number == number for each in dialog.document.on_top)


def _closed_by(dialog: DomNode, kind: str) -> str:
    """What a person can close a dialog by: `any` (a click beside it, and Escape), `closerequest` (Escape), `none`."""
    said = (dialog.get("closedby") or "").lower()
    if said in ("any", "closerequest", "none"):
        return said
    return "closerequest" if kind == "modal" else "none"


def under_pointer(node: DomNode) -> DomNode:
    """What the mouse is really over, where an element is wanted that is behind a modal dialog: the dialog, whose backdrop it is."""
    before = modal(node.document)
    return node if before is None or before in (node, *node.ancestors()) else before


def dismiss(reaction: Reaction, node: DomNode, *, beside: bool = False) -> bool:
    """The mouse was pressed somewhere: what a click elsewhere closes is closed. `beside`: on the backdrop of a dialog.

    Whether what was pressed is still there to be clicked.
    """
    for layer, shown in list(on_top(reaction.document)):
        if layer.kind in ("modal", "dialog"):
            inside = shown in (node, *node.ancestors()) and not (beside and shown == node)
            if inside:
                break
            if _closed_by(shown, layer.kind) == "any" and shown.get("open") is not None:
                request_close(reaction, shown)
            elif layer.kind == "modal":
                break
    pressed = reaction.node(node.key)
    if pressed is None:
        return False
    keep = _open_around(reaction, pressed)
    for each in (pressed, *pressed.ancestors()):
        if keep is not None:
            break
        target = _named(each, each.get("popovertarget") or (each.get("commandfor") if each.tag == "button" else None))
        if target is not None and is_popover(target):
            keep = target
    hide_popovers(reaction, keep, focuses=False)
    return not beside or reaction.again(pressed).get("open") is not None


def after_patch(reaction: Reaction) -> None:
    """What is gone is not on top any more; a modal dialog whose `open` a patch took leaves the page out of reach."""
    document = reaction.document
    there = tuple(layer for layer in document.on_top if layer.number in document.numbers)
    if there != document.on_top:
        reaction.document = evolve(document, on_top=there)
    before = modal(reaction.document)
    if before is not None and before.get("open") is None:
        _give_up_focus(reaction, before)
        reaction.note(
            "AC-12",
            f"a patch took `open` from {before!r}, which was shown as a modal dialog: it is not seen any more, and"
            " everything else on the page is still out of reach, as in a browser",
            'phx-mounted={JS.ignore_attributes(["open"])} on the dialog',
        )
