"""Filling in forms: what a user types, picks and checks, as entries of the overlay.

Law: a value that a user could not give a control (no such option, disabled, hidden, read-only) is a failure that says so, and
nothing is changed; what `fill` returns is only what was filled.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time
from typing import cast

from attrs import evolve

from liveview_core.values.declaring import frozen
from liveview_testing.browser.page.controls import BUTTONS, CHECKABLE
from liveview_testing.browser.page.finding.select import sketch
from liveview_testing.browser.page.forms.form_data import Pairs
from liveview_testing.browser.page.forms.forms import (
    NOTHING,
    UNTOUCHED,
    Control,
    Key,
    Overlay,
    Typed,
    control_of,
    controls,
    current_value,
    form_of,
    is_checked,
    options,
)
from liveview_testing.browser.page.forms.values import NOUNS, cleaned
from liveview_testing.browser.page.node import Node
from liveview_testing.failures.exceptions import NoText, Unfillable, UnknownField, UnknownOption, failure, shown

LIMITED = frozenset(
    ("checkbox", "radio", "select-one", "select-multiple", "hidden")
)  # their values are known beforehand


@frozen
class Filling:
    """The result of `fill`: overlay entries to add, and the names that were filled in the order of the data."""

    changes: Mapping[Key, Typed]
    names: tuple[str, ...]

    def over(self, overlay: Overlay) -> Overlay:
        return {**overlay, **self.changes} if self.changes else overlay


def flatten(data: Mapping[str, object], prefix: str = "") -> Iterator[tuple[str, object]]:
    """Nested data as names of controls: `{"user": {"tags": ["a"]}}` is `user[tags][]`, which has the list.

    >>> list(flatten({"user": {"name": "A", "tags": ["a", "b"]}}))
    [('user[name]', 'A'), ('user[tags][]', ['a', 'b'])]
    """
    for part, value in data.items():
        name = f"{prefix}[{part}]" if prefix else str(part)
        if isinstance(value, Mapping):
            yield from flatten(cast("Mapping[str, object]", value), name)
        elif isinstance(value, list | tuple):
            yield name if name.endswith("[]") else f"{name}[]", list(cast("Sequence[object]", value))
        else:
            yield name, value


def pairs_of(data: Mapping[str, object]) -> Pairs:
    """Data that is sent as it is, unchecked (the value argument of `render_change` and `render_submit`)."""
    pairs: Pairs = []
    for name, value in flatten(data):
        if isinstance(value, list):
            pairs.extend((name, as_text(each)) for each in cast("list[object]", value))
        else:
            pairs.append((name, as_text(value)))
    return pairs


def as_text(value: object) -> str:
    """A Python value as a user would type it, or a browser would send it. Raises ValueRefused for what has no such text.

    >>> as_text(True), as_text(None), as_text(1.5)
    ('true', '', '1.5')
    """
    whole = value  # not narrowed
    match value:
        case str():
            return value
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case datetime() | date() | time():
            return value.isoformat()
        case int() | float():
            return str(value)
        case _ if type(whole).__str__ is object.__str__ or isinstance(value, bytes | Iterable):
            raise failure(NoText(type(whole).__name__, shown(whole)))  # its repr is nothing that a user types
        case _:
            return str(value)


_PARTS = ("year", "month", "day", "hour", "minute", "second")


def fill(form: Node, data: Mapping[str, object], overlay: Overlay = NOTHING) -> Filling:
    """Put data into the controls of a form as a user would, or say why a user could not.

    Raises FieldNotFound, OptionNotFound or FieldRefused. The page and the overlay stay as they are.
    """
    filling = _Fill(form, controls(form), overlay)
    names: list[str] = []
    for name, value in flatten(data):
        if isinstance(value, (date, time)) and not filling.named(name):
            parts = [f"{name}[{part}]" for part in _PARTS if hasattr(value, part)]
            known = [part for part in parts if filling.named(part)]
            for part in known:
                attribute = part[len(name) + 1 : -1]
                filling.put(part, getattr(value, attribute))
            if known:
                names.extend(known)
                continue
        filling.put(name, value)
        names.append(name)
    return Filling(filling.changes, tuple(names))


class _Fill:
    """One run of `fill`: the form, and the overlay entries so far."""

    def __init__(self, form: Node, group: Sequence[Control], overlay: Overlay) -> None:
        self.form = form
        self.group = group
        self.overlay = overlay
        self.changes: dict[Key, Typed] = {}

    def named(self, name: str) -> list[Control]:
        return [control for control in self.group if control.name == name and not control.disabled]

    def put(self, name: str, value: object) -> None:
        found = self.named(name)
        if not found and name.endswith("[]"):
            # A multiple select may be called `tags` instead of `tags[]`.
            plain = [each for each in self.named(name[:-2]) if each.kind == "select-multiple"]
            if plain:
                name, found = name[:-2], plain
        fillable = [control for control in found if control.kind not in BUTTONS]
        if not fillable:
            if found:
                why = "a button sends its value only when it submits"
                raise self._refused(found[0], why, "put_submitter(...), then render_submit()")
            raise failure(
                UnknownField(
                    sketch(self.form),
                    name,
                    tuple(
                        dict.fromkeys((each.name, each.kind) for each in self.group if each.name and not each.disabled)
                    ),
                    any(each.name == name for each in self.group),
                )
            )
        if any(control.kind == "file" for control in fillable):
            raise self._refused(fillable[0], "files are not typed", "file_input(...) and render_upload(...)")
        if isinstance(value, list):
            self._put_list(name, fillable, cast("list[object]", value))
        else:
            self._put_one(name, fillable, value)

    def _put_one(self, name: str, found: list[Control], value: object) -> None:
        text = as_text(value)
        free = [control for control in found if control.kind not in LIMITED]
        if free:  # any value can be typed; of several controls with the name the last one counts
            self._type(free[-1], text)
            return
        boxes = [control for control in found if control.kind == "checkbox"]
        if isinstance(value, bool) and len(boxes) == 1:
            self._check(boxes[0], value)
            return
        for control in found:
            if control.kind.startswith("select") and text in self._enabled_options(control):
                self._set(control, Typed(selected=(text,), used=True))
                return
        checkable = [control for control in found if control.kind in CHECKABLE]
        match = next((control for control in checkable if control.value == text), None)
        hidden = [control for control in found if control.kind == "hidden" and control.value == text]
        if match is None and not hidden:
            raise self._no_option(name, found, text)
        # The hidden companion's value stands for the unchecked box (test-client.md 1.4e).
        for control in checkable:
            self._check(control, control is match)

    def _put_list(self, name: str, found: list[Control], values: list[object]) -> None:
        texts = [as_text(value) for value in values]
        free = [control for control in found if control.kind not in LIMITED]
        if free:
            if len(free) != len(texts):
                why = f"{_count(len(texts), 'value')} for {_count(len(free), 'field')} of that name"
                raise self._refused(free[0], why, f"give {len(free)}, one for each field")
            for control, text in zip(free, texts, strict=True):
                self._type(control, text)
            return
        for control in found:
            if control.kind == "select-multiple":
                known = self._enabled_options(control)
                for text in texts:
                    if text not in known:
                        raise self._no_option(name, found, text)
                self._set(control, Typed(selected=tuple(texts), used=True))
                return
        checkable = [control for control in found if control.kind in CHECKABLE]
        known = [control.value for control in checkable]
        fixed = [control.value for control in found if control.kind == "hidden"]
        for text in texts:
            if text not in known and text not in fixed:
                raise self._no_option(name, found, text)
        if not checkable and texts != fixed:
            raise self._no_option(name, found, ", ".join(texts))
        for control in checkable:
            self._check(control, control.value in texts)

    def _type(self, control: Control, text: str) -> None:
        kind = control.kind
        now = current_value(control, self.overlay)
        if text == now:
            self._set(control, Typed(value=text, used=True))
            return
        if control.node.get("readonly") is not None:
            raise self._refused(
                control, "it is read-only", "a user cannot change it; give it to the event as its value"
            )
        if kind == "textarea":
            text = text.replace("\r\n", "\n").replace("\r", "\n")
        clean = cleaned(text, kind, control.node)
        if kind in NOUNS and text and (not clean or (kind in ("range", "color") and clean != text.lower())):
            why = f'"{text}" is no {NOUNS[kind]}, and the browser keeps such text to itself'
            raise self._refused(control, why, "to send it anyway, give it to the event as its value")
        self._set(control, Typed(value=clean, used=True))

    def _check(self, control: Control, checked: bool) -> None:
        self._set(control, Typed(checked=checked, used=True))
        if checked and control.kind == "radio":
            for rival in self.group:
                if rival.kind == "radio" and rival.name == control.name and rival.key != control.key:
                    old = self.changes.get(rival.key) or self.overlay.get(rival.key, UNTOUCHED)
                    self.changes[rival.key] = evolve(old, checked=False)

    def _set(self, control: Control, typed: Typed) -> None:
        self.changes[control.key] = typed

    def _enabled_options(self, control: Control) -> list[str]:
        return [option.value for option in options(control.node) if not option.disabled]

    def _no_option(self, name: str, found: list[Control], text: str) -> Exception:
        known: list[str] = []
        forbidden: list[str] = []
        for control in found:
            if control.kind.startswith("select"):
                for option in options(control.node):
                    (forbidden if option.disabled else known).append(option.value)
            else:
                known.append(control.value)
        kind = next((control.kind for control in found if control.kind != "hidden"), "hidden")
        kind = "select" if kind.startswith("select") else kind
        listed = tuple(dict.fromkeys(known))
        return failure(UnknownOption(sketch(self.form), name, kind, text, listed, text in forbidden))

    def _refused(self, control: Control, why: str, cure: str) -> Exception:
        return failure(Unfillable(sketch(self.form), control.name, control.kind, why, cure))


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def toggle(control: Node, overlay: Overlay = NOTHING) -> Filling:
    """A click on a checkbox or radio: the overlay entries, and the name that changed."""
    form = form_of(control)
    group = controls(form) if form is not None else ()
    mine = control_of(control, group)
    filling = _Fill(form if form is not None else control, group, overlay)
    filling._check(mine, mine.kind == "radio" or not is_checked(mine, group, overlay))
    return Filling(filling.changes, (mine.name,))
