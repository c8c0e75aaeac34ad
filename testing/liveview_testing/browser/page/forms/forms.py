"""Forms as a browser has them: which controls a form has, what they hold, and the text that is sent for them.

This module owns the HTML form algorithm, once: the controls of a form in document order, their defaults, and the
`application/x-www-form-urlencoded` text with its `_unused_` markers exactly as the official client writes it.

What a user typed is not in the page. It is an *overlay*: a plain mapping from a control's key to what was done to it. It is
passed in and never changed. Law: the cost of reading a form depends on the form alone.
"""  # FM-37, FM-31

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias, cast

from attrs import field

from liveview_core.values.declaring import frozen
from liveview_testing.browser.page.controls import (
    BUTTONS,
    CHECKABLE,
    CONTROLS,
    SUBMITTERS,
    disabled_by,
    fieldset_of,
    kind_of,
)
from liveview_testing.browser.page.finding.select import everywhere, find, sketch
from liveview_testing.browser.page.forms import form_data, values
from liveview_testing.browser.page.forms.form_data import Pairs
from liveview_testing.browser.page.node import Node
from liveview_testing.failures.exceptions import InvalidSubmitter, NotAForm, failure

Key: TypeAlias = "tuple[object, ...]"


@frozen
class Typed:
    """What a user did to one control. `None` means: as it is rendered."""

    value: str | None = None  # text-like controls
    checked: bool | None = None  # checkbox, radio
    selected: tuple[str, ...] | None = None  # select
    used: bool = False  # changed or submitted before: no `_unused_` marker (FM-31, FM-32)


Overlay: TypeAlias = "Mapping[Key, Typed]"
NOTHING: Overlay = {}
UNTOUCHED = Typed()


@frozen
class Option:
    value: str
    selected: bool
    disabled: bool


@frozen
class Control:
    """One control of a form: its element, its kind (`text`, `select-one`, …) and whether it takes part."""

    node: Node = field(repr=False)
    kind: str
    name: str
    disabled: bool
    key: Key = field(repr=False)

    @property
    def value(self) -> str:
        """What is rendered: the value attribute, or the text of a textarea, as the browser cleans it."""
        return rendered_value(self.node, self.kind)


def key(node: Node) -> Key:
    """What identifies a control between patches: its id if it has one (as in the morph), else its place and name."""
    id = node.get("id")
    return ("id", id) if id else ("at", node.path, node.get("name"))


# --- which controls ---------------------------------------------------------------------------------------------------------


def require_form(node: Node, selector: str, action: str) -> None:
    if node.tag != "form":
        near = form_of(node) if node.tag in CONTROLS else _ancestor(node, "form")
        raise failure(NotAForm(selector, sketch(node), action, None if near is None else sketch(near)))


def form_of(control: Node) -> Node | None:
    """The form that a control belongs to: the one its `form` attribute names, else the one around it."""
    owner = control.get("form")
    if owner is None:
        return _ancestor(control, "form")
    named = everywhere(control.page, f"form{_attribute('id', owner)}", limit=1)
    return named[0] if named else None


def controls(form: Node) -> tuple[Control, ...]:
    """The controls of a form in document order: those inside, and those elsewhere whose `form` attribute names it.

    Kept with the node: one submit asks half a dozen times.
    """  # FM-37
    found = form.memo.get("controls")
    if found is None:
        found = form.memo["controls"] = _controls(form)
    return cast("tuple[Control, ...]", found)


_OWNED = ", ".join(f"{tag}[form]" for tag in sorted(CONTROLS))


def _controls(form: Node) -> tuple[Control, ...]:
    id = form.get("id")
    inside: list[Control] = []
    _collect(form, id, fieldset_of(form) is not None, inside)
    if not id:
        return tuple(inside)
    # Elsewhere on the page: one question for all forms, remembered by subtree, so it costs nothing where the answer is no.
    own = {control.node.path for control in inside}
    elsewhere = {node.path: node for node in find(form.page, _OWNED) if node.get("form") == id and node.path not in own}
    if not elsewhere:
        return tuple(inside)
    before: list[Control] = []
    after: list[Control] = []
    into = before
    for node in find(form.page, f"{_attribute('form', id)}, form{_attribute('id', id)}"):
        if node.path == form.path:
            into = after
        elif node.path in elsewhere:
            into.append(_control(node, disabled_by(node) is not None))
    return (*before, *inside, *after)


def _collect(node: Node, form_id: str | None, disabled: bool, into: list[Control]) -> None:
    for child in node.elements():
        tag = child.tag
        if tag in CONTROLS:
            owner = child.get("form")
            if owner is None or owner == form_id:
                into.append(_control(child, disabled or child.get("disabled") is not None))
            if tag == "button":
                continue
        elif tag == "fieldset" and child.get("disabled") is not None and not disabled:
            legend = True
            for part in child.elements():
                # Controls in the first legend of a disabled fieldset stay enabled.
                is_legend = legend and part.tag == "legend"
                legend = legend and not is_legend
                _collect_one(part, form_id, not is_legend, into)
        elif tag not in ("template", "datalist"):
            _collect(child, form_id, disabled, into)


def _collect_one(node: Node, form_id: str | None, disabled: bool, into: list[Control]) -> None:
    if node.tag in CONTROLS:
        owner = node.get("form")
        if owner is None or owner == form_id:
            into.append(_control(node, disabled or node.get("disabled") is not None))
    elif node.tag not in ("template", "datalist"):
        _collect(node, form_id, disabled, into)


def control_of(node: Node, group: Sequence[Control]) -> Control:
    """The control of an element among those of its form; made for it if it has no form."""
    own = node.path
    found = next((control for control in group if control.node.path == own), None)
    return found if found is not None else _control(node, disabled_by(node) is not None)


def _control(node: Node, disabled: bool) -> Control:
    return Control(node, kind_of(node), node.get("name") or "", disabled, key(node))


def _ancestor(node: Node, tag: str) -> Node | None:
    return next((around for around in node.ancestors() if around.tag == tag), None)


def _attribute(name: str, value: str) -> str:
    """An attribute selector for any value."""
    escaped = re.sub(r'(["\\])', r"\\\1", value).replace("\n", "\\a ")
    return f'[{name}="{escaped}"]'


# --- what they hold ---------------------------------------------------------------------------------------------------------


def rendered_value(node: Node, kind: str) -> str:
    """The `value` property of a text-like control nobody has touched."""
    if kind == "textarea":
        return node.content.replace("\r\n", "\n").replace("\r", "\n")  # its first newline is no content (FM-37)
    value = node.get("value")
    if value is None:
        if kind in CHECKABLE:
            return "on"
        value = ""
    return values.cleaned(value, kind, node)


def options(select: Node) -> tuple[Option, ...]:
    """The options of a select, those of its groups included, in document order."""
    return tuple(_options(select, False))


def _options(node: Node, disabled: bool) -> Iterator[Option]:
    for child in node.elements():
        if child.tag == "option":
            value = child.get("value")
            yield Option(
                child.text if value is None else value,
                child.get("selected") is not None,
                disabled or child.get("disabled") is not None,
            )
        elif child.tag == "optgroup":
            yield from _options(child, disabled or child.get("disabled") is not None)


def chosen(select: Node, typed: Typed = UNTOUCHED) -> list[Option]:
    """The options of a select that are selected, disabled ones included (those are not sent)."""
    known = options(select)
    if typed.selected is not None:
        found = form_data.picked(select, known, lambda option: option.value, typed.selected)
        if found is not None:
            return found  # a single select whose chosen option is gone falls back to its default
    return form_data.chosen_by_default(select, known, lambda option: option.selected, lambda option: option.disabled)


def is_checked(control: Control, group: Sequence[Control], overlay: Overlay) -> bool:
    """Whether a checkbox or radio is checked. Of the radios of one name only one can be: the last that is rendered so."""
    checked = overlay.get(control.key, UNTOUCHED).checked
    if checked is not None:
        return checked
    if control.node.get("checked") is None:
        return False
    if control.kind != "radio" or not control.name:
        return True
    return form_data.is_checked(
        [
            (overlay.get(each.key, UNTOUCHED).checked, each.node.get("checked") is not None, each.key == control.key)
            for each in group
            if each.kind == "radio" and each.name == control.name
        ]
    )


def current_value(control: Control, overlay: Overlay = NOTHING) -> str:
    """The `value` property of a control that has one piece of text."""
    typed = overlay.get(control.key, UNTOUCHED)
    if control.kind.startswith("select"):
        selected = chosen(control.node, typed)
        return selected[0].value if selected else ""
    if typed.value is not None and control.kind not in CHECKABLE:
        return typed.value
    return control.value


class AsTyped:
    """A form as it was sent, with what was typed over it: how `form_data` reads it."""

    __slots__ = ("_group", "_overlay", "_submitter")

    def __init__(self, group: Sequence[Control], overlay: Overlay, submitter: Node | None = None) -> None:
        self._group = group
        self._overlay = overlay
        self._submitter = submitter

    def element(self, control: Control) -> Node:
        return control.node

    def is_submitter(self, control: Control) -> bool:
        return self._submitter is not None and control.node.path == self._submitter.path

    def is_left_out(self, control: Control) -> bool:
        return control.disabled

    def is_checked(self, control: Control) -> bool:
        return is_checked(control, self._group, self._overlay)

    def is_used(self, control: Control) -> bool:
        return self._overlay.get(control.key, UNTOUCHED).used

    def values(self, control: Control) -> Iterable[str]:
        typed = self._overlay.get(control.key, UNTOUCHED)
        if control.kind.startswith("select"):
            return [option.value for option in chosen(control.node, typed) if not option.disabled]
        return (control.value if typed.value is None else typed.value,)


def entries(
    group: Sequence[Control], overlay: Overlay = NOTHING, submitter: Node | None = None, *, native: bool = False
) -> Pairs:
    """The entry list of the form: (name, value) in document order, as `new FormData(form)` has it, without files."""
    return form_data.entries(AsTyped(group, overlay, submitter), _fields(group), native=native)


def _fields(group: Sequence[Control]) -> list[form_data.Field[Control]]:
    return [(control.name, control.kind, control) for control in group]


def serialize(
    form: Node,
    overlay: Overlay = NOTHING,
    submitter: Node | None = None,
    only: str | None = None,
    extra: Iterable[tuple[str, str]] = (),
) -> str:
    """The `value` of a form event. `only`: the one name that is sent. `extra`: pairs of the test, never refused.

    An extra pair replaces what the form has under that name (LiveViewTest merges its value argument so).
    """  # FM-34
    group = controls(form)
    return form_data.serialize(AsTyped(group, overlay, submitter), form, _fields(group), submitter, only, extra)


# --- marks -----------------------------------------------------------------------------------------------------------------


def all_used(form: Node, overlay: Overlay = NOTHING) -> Mapping[Key, Typed]:
    """Overlay entries that mark every control of the form as used: what a submit does."""  # FM-32
    return {control.key: _used(overlay.get(control.key, UNTOUCHED)) for control in controls(form)}


def _used(typed: Typed) -> Typed:
    return typed if typed.used else Typed(typed.value, typed.checked, typed.selected, True)


def reset(form: Node, overlay: Overlay = NOTHING) -> Overlay:
    """The overlay after a reset of the form: rendered values, and nothing is used."""
    gone = {control.key for control in controls(form)}
    return {name: typed for name, typed in overlay.items() if name not in gone}


# --- submitting -------------------------------------------------------------------------------------------------------------


SAID_BY_BUTTONS = ("formaction", "formmethod", "formtarget", "formenctype", "formnovalidate")
"""What a button says of how its form is submitted."""


def submitter(form: Node, selector: str, found: Node | None = None) -> Node:
    """The element that `put_submitter` means: one enabled submit button of this form, which has a name, or says where to submit.

    `found` is it where it was looked up already.
    """
    known = controls(form)
    candidates = tuple(sketch(control.node) for control in known if control.kind in SUBMITTERS)
    own = {control.node.path: control for control in known}

    def refused(why: str) -> Exception:
        return failure(InvalidSubmitter(sketch(form), selector, why, candidates))

    named = find(form, selector) if found is None else [found] if found.page is form.page else []
    matches = [node for node in named if node.path in own]
    if not matches:
        outside = find(form.page, selector) if found is None else [found]
        matches = [node for node in outside if node.page is form.page and node.path in own]
        if not matches:
            raise refused("it is not a control of this form" if outside else "no element matches")
    if len(matches) > 1:
        raise refused(f"{len(matches)} controls of the form match, one is needed")
    node = matches[0]
    control = own[node.path]
    if control.kind not in SUBMITTERS:
        raise refused(f"it is a {control.kind}, not a submit button")
    if control.disabled:
        raise refused("it is disabled")
    if not control.name and not any(node.get(each) is not None for each in SAID_BY_BUTTONS):
        raise refused("it has no name, so it would send nothing")
    return node


def default_target(group: Sequence[Control]) -> str | None:
    """The name that a change is about when nothing says so: the first control that a user can see."""  # FM-35
    for control in group:
        if control.name and control.kind != "hidden" and control.kind not in BUTTONS:
            return control.name
    return None
