"""Editing: what a person puts into a control, as the platform lets it happen and be heard.

Owns typing, filling, choosing, ticking, and resetting forms. A text field is heard by `input` at each change, and by `change` when
it is left; a select and a box by both at once.

Law: a value that the control would not take is cleaned as the browser cleans it; what nobody can edit changes nothing.
"""  # CE-38, PF-2, PF-8

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, cast

from liveview_core.values.declaring import frozen
from liveview_testing.browser.dom.dom_event import DomEvent
from liveview_testing.browser.dom.forms import controls, form_of, is_checked, radios
from liveview_testing.browser.dom.mark import AT_THE_END, Key
from liveview_testing.browser.dom.node import DomNode
from liveview_testing.browser.page.controls import CHECKABLE, kind_of
from liveview_testing.browser.page.forms.number_text import read
from liveview_testing.browser.page.forms.values import NOUNS, cleaned, number
from liveview_testing.browser.reaction import Reaction
from liveview_testing.browser.uploads.files import is_upload

if TYPE_CHECKING:
    from liveview_testing.browser.page.node import Node

WRITTEN = frozenset(("input", "textarea"))
"""The tags of controls whose value is a text; what else is written into has its text as its content."""


def set_value(reaction: Reaction, node: DomNode, text: str) -> None:
    """A text field holds this now; nothing is heard."""
    kind = kind_of(node)
    if node.tag not in WRITTEN:
        reaction.write_text(node.key, text)
        return
    value = text.replace("\r\n", "\n") if kind == "textarea" else cleaned(text, kind, cast("Node", node))
    reaction.set_mark(node.key, value=value, caret=None, bad_input=False)


def enter(reaction: Reaction, node: DomNode, text: str) -> None:
    """A person makes a field hold this: it is heard as input, and counts as edited until the field is left."""
    kind = kind_of(node) if node.tag == "input" else None
    if kind == "url":  # only what a script or the server gives it loses the spaces around
        reaction.set_mark(node.key, value=cleaned(text, "text"), caret=None)
    elif kind == "number":
        value = read(text)
        reaction.set_mark(node.key, value=value, caret=None, bad_input=bool(text) and not value, shown=text)
    else:
        set_value(reaction, node, text)
        if kind == "email":
            reaction.set_mark(node.key, shown=text if text != text.strip() or "," in text else None)
    reaction.keep(edited=reaction.document.focus == node.key and node.tag in WRITTEN)
    reaction.dispatch(DomEvent("input", reaction.again(node)))


def set_to(reaction: Reaction, node: DomNode, value: str) -> None:
    """A control that is not written into is given a value: both events at once, as a script makes them."""
    set_value(reaction, node, value)
    _note_other(reaction, reaction.again(node), value)
    reaction.dispatch(DomEvent("input", reaction.again(node), trusted=False))
    reaction.dispatch(DomEvent("change", reaction.again(node), trusted=False))


def _note_other(reaction: Reaction, node: DomNode, given: str) -> None:
    """A control that does not take a value holds another, or none, and says nothing."""  # AC-3
    kind, held = kind_of(node), node.value
    lost = (number(given) != number(held)) if kind == "range" else held in ("", "#000000") and given.lower() != held
    if not lost:
        return
    noun, _, example = NOUNS[kind].partition(" (")
    if kind == "range" and number(given) is not None:
        why, cure = "it is out of range, or between two steps", "a number that min, max and step allow"
    else:
        why, cure = f"it is no {noun}", f"a {noun}{f', written as {example[:-1]}' if example else ''}"
    now = f"holds {held!r}" if held else "is empty"
    reaction.note("AC-3", f"{given!r} was filled into {node!r}, which {now} now: {why}", cure)


def attach(reaction: Reaction, node: DomNode, files: Sequence[Any]) -> None:
    """Files are chosen, or none: both events at once."""
    reaction.set_mark(node.key, files=tuple(files))
    reaction.dispatch(DomEvent("input", reaction.again(node), trusted=False))
    reaction.dispatch(DomEvent("change", reaction.again(node), trusted=False))
    now = reaction.node(node.key)
    if files and now is not None:
        _unsent(reaction, now)


def _unsent(reaction: Reaction, node: DomNode) -> None:
    """Files that no event will ever tell of are noted: the client says nothing."""  # UPL-1, UPL-4
    form = form_of(node)
    if form is None or not (form.get("phx-change") or form.get("phx-submit")) or form.get("phx-trigger-action"):
        return
    if not is_upload(node):
        text = f"the files of {node!r} are not sent: it is the input of no upload"
        cure = 'socket.allow_upload("name", accept=[…]), and <.live_file_input upload={@uploads.name} />'
    elif not form.get("phx-change") and not node.get("phx-change"):
        text = (
            f"the files of {node!r} are not sent: the client tells of them by the change of their form, which has none"
        )
        cure = 'phx-change="…" on the form, and a handle_event for it'
    else:
        return
    reaction.note("UPL-4", text, cure, once=True)


def choose(reaction: Reaction, node: DomNode, values: Sequence[str], *, trusted: bool = True) -> None:
    """A person picks options of a select."""
    reaction.set_mark(node.key, selected=tuple(values))
    reaction.dispatch(DomEvent("input", reaction.again(node), trusted=trusted))
    reaction.dispatch(DomEvent("change", reaction.again(node), trusted=trusted))


@frozen
class Ticked:
    """What a box, and the radios of its group, were before: a prevented click brings it back."""  # PF-2

    before: tuple[tuple[Key, bool | None], ...]
    changed: bool


def tick(reaction: Reaction, node: DomNode) -> Ticked:
    """A box changes, before anybody hears of the click."""
    if kind_of(node) == "radio":
        group = radios(node) if node.get("name") else [node]
        before = tuple((each.key, each.mark.checked) for each in group)
        changed = not is_checked(node)
        for each in group:
            reaction.set_mark(each.key, checked=each == node)
        return Ticked(before, changed)
    before = ((node.key, node.mark.checked),)
    reaction.set_mark(node.key, checked=not is_checked(node))
    return Ticked(before, True)


def untick(reaction: Reaction, ticked: Ticked) -> None:
    """The click was prevented: everything is as it was."""
    for key, checked in ticked.before:
        reaction.set_mark(key, checked=checked)


def is_box(node: DomNode) -> bool:
    """Whether the control is a checkbox or a radio."""
    return node.tag == "input" and kind_of(node) in CHECKABLE


# --- resetting --------------------------------------------------------------------------------------------------------


@frozen
class InputAfterReset:
    """The form's reset element is heard as if it had input, once the fields have their values again."""  # CE-48

    key: int

    def __call__(self, reaction: Reaction, _: Any = None, /) -> None:
        node = reaction.node(self.key)
        if node is not None:
            reaction.dispatch(DomEvent("input", node, trusted=False))


def reset(reaction: Reaction, form: DomNode) -> None:
    """A form is reset: it is heard first, then every control is as it was rendered."""  # PF-5
    if not reaction.dispatch(DomEvent("reset", form)):
        return
    for control in controls(reaction.again(form)):
        reaction.set_mark(
            control.key,
            value=None,
            checked=None,
            selected=None,
            files=(),
            bad_input=False,
            detached=False,
            caret=control.mark.caret if control.mark.value is None else AT_THE_END,
        )
