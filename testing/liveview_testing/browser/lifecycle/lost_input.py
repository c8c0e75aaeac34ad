"""What a patch takes of what a person has done: text that was typed, a tick, a choice, an event that waited.

Owns the notes on it. The client gives every field that a patch comes to the server's value, but the one with the focus, and makes
elements without an id anew where others come before them: what the server was never told is gone then, and no event says so.

Law: only what a person did counts, and only where nobody was told of it: by a change, a submit, a key, or a hook around it; or
where a change did tell of it, and the template has no place for what it told.
"""  # FI-8, FI-11, PA-11, DT-7, FI-30, FI-40

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence

from liveview_testing.browser.dom.document import Document
from liveview_testing.browser.dom.forms import form_of, is_checked, selected_options, value_of
from liveview_testing.browser.dom.mark import Key, Mark
from liveview_testing.browser.dom.node import DomNode, at
from liveview_testing.browser.dom.patching.node_matching import origin
from liveview_testing.browser.dom.querying import in_order
from liveview_testing.browser.events.debounce import Pace
from liveview_testing.browser.lifecycle.hook_element import Hooked
from liveview_testing.browser.page.controls import CHECKABLE, kind_of
from liveview_testing.browser.page.finding.select import find
from liveview_testing.browser.page.forms.forms import rendered_value
from liveview_testing.browser.page.node import Node
from liveview_testing.browser.page.page import Page
from liveview_testing.browser.reaction import Change, Reaction

TELLING = ("phx-keyup", "phx-keydown", "phx-click", "phx-blur", "phx-focus", "phx-change")
"""Bindings of a field of its own that may have told the server what is in it."""

RESET_CURE = 'phx-change on its form, so that the server knows it; or phx-update="ignore" around the field'
VALUE_CURE = 'value={…}, of what phx-change has sent; or phx-update="ignore" around the field'
ANEW_CURE = "an id for the field, or for what comes before it"


def after_patch(reaction: Reaction, change: Change) -> None:
    """What a patch has taken is noted."""
    gone = change.patch.gone
    for node in _marked(change.before, change.view, lambda mark: mark.dirty or mark.pace is not None):
        if node.key in gone:
            _gone(reaction, node, change)
        elif node.mark.dirty and (not _told(node) or (node.mark.used and not node.mark.submitted)):
            _reset(reaction, node, change.patch.moved.get(node.key, node.key))


def after_rejoin(
    reaction: Reaction,
    before: Document,
    view: str,
    moved: Mapping[Key, Key],
    *,
    alone: bool,
    recovered: Collection[str],
) -> None:
    """A view has joined again: what was typed in forms that were not filled in again is gone, or unknown to the server.

    `alone`: a nested view, whose root had no part in it. `recovered`: the ids of the forms that were.
    """
    noted = set[str]()
    for node in _marked(before, view, lambda mark: (mark.dirty or mark.used) and not mark.submitted):
        key, mark = node.key, node.mark
        if _is_watched(node) or not (mark.used or _is_own(node)):
            continue
        form = form_of(node)
        if form is not None and form.id in recovered and not node.get("phx-change"):
            continue
        now = at(reaction.document, moved.get(key, key))
        if alone and form is not None and form.get("phx-change") and form.id and mark.used:
            if form.id not in noted:
                noted.add(form.id)
                reaction.note(
                    "FI-40",
                    f"{form!r} was not filled in again: its nested view has joined again alone, and the client recovers the forms"
                    " of a nested view only with the view around it",
                    "keep what must survive where a crash does not take it, or the form in the view around",
                )
            continue
        if now is None or _held(now) != _held(node):
            reaction.note("FI-30", f"{_what(node)} is lost: its view has joined again, and {_why(form)}", _cure(form))


def with_nested(reaction: Reaction, view: str, recovered: Collection[str]) -> None:
    """A nested view makes room for one that joins anew in its place: forms that nobody remembers are gone."""  # PA-16a
    for node in _marked(reaction.document, view, lambda mark: (mark.dirty or mark.used) and not mark.submitted):
        if _is_watched(node) or not (node.mark.used or _is_own(node)):
            continue
        form = form_of(node)
        if form is None or form.id not in recovered:
            reaction.note(
                "PA-16a",
                f"{_what(node)} is lost: its nested view makes room for a new one, and {_why(form)}",
                _cure(form),
            )


def _why(form: DomNode | None) -> str:
    if form is None:
        return "only forms are filled in again"
    lacks = [name for name in ("id", "phx-change") if not form.get(name)]
    if form.get("phx-auto-recover") == "ignore":
        return f'{form!r} is not filled in again (phx-auto-recover="ignore")'
    return f"{form!r} is not filled in again" + (f": it has no {' and no '.join(lacks)}" if lacks else "")


def _cure(form: DomNode | None) -> str:
    return "a form with an id and phx-change around it" if form is None else "an id and phx-change on the form"


def _marked(document: Document, view: str, asks: Callable[[Mark], bool]) -> list[DomNode]:
    """The elements of a view of which something is known that is asked for, in document order."""
    keys = [key for key, mark in document.marks.items() if key[0] == view and not key[1] and asks(mark)]
    return in_order([node for key in keys if (node := at(document, key)) is not None]) if keys else []


# --- what was done ----------------------------------------------------------------------------------------------------


def _told(node: DomNode) -> bool:
    """Whether the server may know what is in a field."""
    if node.mark.used or node.mark.submitted:
        return True
    return any(node.get(name) for name in TELLING) or _is_watched(node)


def _is_watched(node: DomNode) -> bool:
    """Whether a hook around an element may have told what is in it."""
    return any(isinstance(each.mark.hook, Hooked) for each in (node, *node.ancestors()))


def _held(node: DomNode) -> object:
    """What a person sees in a control."""
    if kind_of(node) in CHECKABLE:
        return is_checked(node)
    if node.tag == "select":
        return [value_of(node), *(each.text for each in selected_options(node))]
    return value_of(node)


def _what(node: DomNode) -> str:
    """What a person did to a control, in words."""
    if kind_of(node) in CHECKABLE:
        return f"the tick of {node!r}"
    return f"what was {'chosen in' if node.tag == 'select' else 'typed into'} {node!r}"


def _is_own(node: DomNode) -> bool:
    """Whether what a control holds is a person's: not what was sent, which a patch may have written there."""
    kind = kind_of(node)
    if kind in CHECKABLE:
        checked = is_checked(node)
        return checked != (node.get("checked") is not None) and (checked or kind == "checkbox")
    if node.tag == "select":
        return node.mark.selected is not None
    return value_of(node) != (rendered_value(node.source, kind) if node.tag == "textarea" else node.get("value") or "")


def _reset(reaction: Reaction, was: DomNode, now: Key) -> None:
    node = at(reaction.document, now)
    if node is None or not _is_own(was) or _held(was) == _held(node):
        return
    if _told(was):
        if not _is_watched(was) and _has_no_value(node):
            reaction.note(
                "FI-8", f"{was!r} is empty again: a patch came to it, and its template gives it no value", VALUE_CURE
            )
        return
    rule, why = "FI-8", "a patch came to it, and gives a field what the server says of it"
    if kind_of(was) in CHECKABLE and was.focused:
        rule, why = (
            "FI-11",
            "a patch came to it, and gives a box what the server says of it even while it has the focus",
        )
    reaction.note(rule, f"{_what(was)} is lost: {why}", RESET_CURE)


def _has_no_value(node: DomNode) -> bool:
    """Whether no template can say what is in a text field."""
    source = node.source
    if node.tag == "textarea":
        return not source.element.inside and not source.text
    return node.tag == "input" and kind_of(node) not in CHECKABLE and not source.element.may_have("value")


# --- what is gone -----------------------------------------------------------------------------------------------------


def _gone(reaction: Reaction, node: DomNode, change: Change) -> None:
    mark = node.mark
    if _waits(mark.pace):
        reaction.note(
            "DT-7",
            f"{mark.pace.described} was never sent: the element was taken away while it waited for its debounce",
            "keep the element until the event was sent, or a shorter debounce",
        )
    if mark.dirty and not mark.submitted and not _is_watched(node) and _is_own(node):
        twin = _twin(node, change.old, change.result.page)
        if twin is not None:
            there = DomNode(reaction.document, node.view, 0, twin)
            if _held(there) != _held(node):
                reaction.note(
                    "PA-11",
                    f"{_what(node)} is lost: a patch has made the field anew, because it has no id and others came before it",
                    ANEW_CURE,
                )


def _twin(node: DomNode, old: Page | None, new: Page) -> Node | None:
    """The field that a patch has made in the place of one without an id: of the same name, in the same form."""
    name, form = node.get("name"), form_of(node)
    if not name or node.id or old is None:
        return None
    for each in find(new, node.tag):
        around = next((one for one in each.ancestors() if one.tag == "form"), None)
        same = (each.get("name"), each.get("type"), each.id) == (name, node.get("type"), None)
        if same and (around and around.id) == (form and form.id) and origin(each, old) is None:
            return each
    return None


def destroyed(reaction: Reaction, view: str) -> None:
    """A view is let go: what waits for a debounce in it is never sent."""
    for described in _waiting(reaction.document, view):
        reaction.note(
            "DT-7",
            f"{described} was never sent: its view was left while it waited for its debounce",
            "leave the field before (phx-debounce ends then), or a shorter debounce",
        )


def _waiting(document: Document, view: str) -> Sequence[str]:
    return [each.mark.pace.described for each in _marked(document, view, lambda mark: _waits(mark.pace))]


def _waits(pace: object) -> bool:
    """Whether an event waits for the debounce of an element."""
    if not isinstance(pace, Pace) or not pace.leaves:
        return False
    return pace.on_blur is not None or (pace.pending is not None and not pace.throttles)
