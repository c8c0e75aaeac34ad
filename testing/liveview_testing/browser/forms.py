"""Forms as a browser has them: which controls a form has, what they hold, and the text that is sent for them.

This module owns the HTML form algorithm, once: the controls of a form in document order, their defaults (FM-37), what a user
can put into them (test-client.md 1.4e), and the `application/x-www-form-urlencoded` text with its `_unused_` markers exactly
as the official client writes it (js-client.md 6, FM-31).

What a user typed is not in the page. It is an *overlay*: a plain mapping from a control's key to what was done to it. It is
passed in and never changed; `fill` returns the entries to add. Law: the cost of reading a form depends on the form alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time
from typing import TypeAlias
from urllib.parse import quote_plus

from attrs import evolve, field, frozen

from liveview_testing.browser.controls import (
    BUTTONS,
    CHECKABLE,
    CONTROLS,
    SUBMITTERS,
    disabled_by,
    fieldset_of,
    kind_of,
)
from liveview_testing.browser.element import Node
from liveview_testing.browser.select import find, sketch
from liveview_testing.failures import (
    InvalidSubmitter,
    NotAForm,
    Unfillable,
    UnknownField,
    UnknownOption,
    failure,
)

Key: TypeAlias = "tuple[object, ...]"
Pairs: TypeAlias = "list[tuple[str, str]]"

LIMITED = frozenset(
    ("checkbox", "radio", "select-one", "select-multiple", "hidden")
)  # their values are known beforehand


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


@frozen
class Filling:
    """The result of `fill`: overlay entries to add, and the names that were filled in the order of the data."""

    changes: Mapping[Key, Typed]
    names: tuple[str, ...]

    def over(self, overlay: Overlay) -> Overlay:
        return {**overlay, **self.changes} if self.changes else overlay


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
    named = find(control.page, f"form{_attribute('id', owner)}", limit=1)
    return named[0] if named else None


def controls(form: Node) -> tuple[Control, ...]:
    """The controls of a form in document order: those inside, and those elsewhere whose `form` attribute names it (FM-37)."""
    id = form.get("id")
    inside: list[Control] = []
    _collect(form, id, fieldset_of(form) is not None, inside)
    if not id:
        return tuple(inside)
    # Elsewhere on the page: one question for all forms, remembered by subtree, so it costs nothing where the answer is no.
    own = {control.node.path for control in inside}
    elsewhere = {
        node.path: node
        for node in find(form.page, "[form]")
        if node.get("form") == id and node.tag in CONTROLS and node.path not in own
    }
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
        return "on" if kind in CHECKABLE else ""
    return cleaned(value, kind)


def cleaned(value: str, kind: str) -> str:
    """The value sanitization of the browser for text-like inputs: one line of text; a number or nothing."""
    if kind in ("text", "search", "tel", "password", "url", "email"):
        if "\n" in value or "\r" in value:
            value = value.replace("\n", "").replace("\r", "")
        return value.strip() if kind in ("url", "email") else value
    if kind == "number":
        return value if _NUMBER.fullmatch(value) else ""
    return value


_NUMBER = re.compile(r"-?(\d+(\.\d+)?|\.\d+)([eE][-+]?\d+)?")


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
    multiple = select.get("multiple") is not None
    if typed.selected is not None:
        found: list[Option] = []
        for option in known:
            if option.value in typed.selected and (multiple or not found):
                found.append(option)
        if found or multiple:
            return found  # a single select whose chosen option is gone falls back to its default
    marked = [option for option in known if option.selected]
    if multiple:
        return marked
    if marked:
        return marked[-1:]  # the last one wins
    if _display_size(select) > 1:
        return []
    return next(([option] for option in known if not option.disabled), [])


def _display_size(select: Node) -> int:
    size = select.get("size") or ""
    return int(size) if size.isdecimal() else 1


def is_checked(control: Control, group: Sequence[Control], overlay: Overlay) -> bool:
    """Whether a checkbox or radio is checked. Of the radios of one name only one can be: the last that is rendered so."""
    typed = overlay.get(control.key, UNTOUCHED)
    if typed.checked is not None:
        return typed.checked
    if control.node.get("checked") is None:
        return False
    if control.kind == "checkbox" or not control.name:
        return True
    rivals = [each for each in group if each.kind == "radio" and each.name == control.name]
    if any(overlay.get(each.key, UNTOUCHED).checked for each in rivals):
        return False
    rendered = [each for each in rivals if each.node.get("checked") is not None]
    return not rendered or rendered[-1].key == control.key


def current_value(control: Control, overlay: Overlay = NOTHING) -> str:
    """The `value` property of a control that has one piece of text."""
    typed = overlay.get(control.key, UNTOUCHED)
    if control.kind.startswith("select"):
        selected = chosen(control.node, typed)
        return selected[0].value if selected else ""
    if typed.value is not None and control.kind not in CHECKABLE:
        return typed.value
    return control.value


def entries(group: Sequence[Control], overlay: Overlay = NOTHING, submitter: Node | None = None) -> Pairs:
    """The entry list of the form: (name, value) in document order, as `new FormData(form)` has it, without files."""
    pairs: Pairs = []
    for control in group:
        name, kind = control.name, control.kind
        if kind in BUTTONS:
            # The client puts the submitter at its place in the document; no other button sends anything.
            if submitter is not None and name and control.node.path == submitter.path:
                pairs.append((name, control.node.get("value") or ""))
            continue
        if control.disabled or not name or kind == "file":
            continue
        if kind in CHECKABLE:
            if is_checked(control, group, overlay):
                pairs.append((name, control.value))
        elif kind.startswith("select"):
            selected = chosen(control.node, overlay.get(control.key, UNTOUCHED))
            pairs.extend((name, option.value) for option in selected if not option.disabled)
        else:
            typed = overlay.get(control.key)
            pairs.append((name, control.value if typed is None or typed.value is None else typed.value))
    return pairs


def defaults(form: Node) -> Pairs:
    """What the form would send if nobody touched it."""
    return entries(controls(form))


# --- the text that is sent --------------------------------------------------------------------------------------------------


def urlencode(pairs: Iterable[tuple[str, str]]) -> str:
    r"""`application/x-www-form-urlencoded`, byte for byte as `URLSearchParams` writes it.

    >>> urlencode([("u[name]", "a b~*\n"), ("é", "")])
    'u%5Bname%5D=a+b%7E*%0A&%C3%A9='
    """
    return "&".join(f"{_encoded(name)}={_encoded(value)}" for name, value in pairs)


def _encoded(text: str) -> str:
    # quote_plus never quotes "~", which URLSearchParams does; "*" it would quote, which URLSearchParams does not.
    return quote_plus(text, safe="*").replace("~", "%7E")


def unused_name(name: str) -> str:
    """The marker's name: `_unused_` goes before the last key of the name (FM-31).

    >>> unused_name("user[tags][]"), unused_name("user[name]"), unused_name("q")
    ('user[_unused_tags][]', 'user[_unused_name]', '_unused_q')
    """
    base = name.removesuffix("[]")
    return _LAST_KEY.sub(r"_unused_\1\2", base, count=1) + name[len(base) :]


_LAST_KEY = re.compile(r"([^\[\]]+)(\]?$)")


def unused_names(form: Node, group: Sequence[Control], overlay: Overlay) -> frozenset[str]:
    """The names that get a marker: none of their controls was used, and not all of them are hidden inputs."""
    if form.get("phx-no-unused-field") is not None:
        return frozenset()
    used: set[str] = set()
    seen: set[str] = set()
    for control in group:
        name = control.name
        if not name or control.kind == "image":
            continue
        if overlay.get(control.key, UNTOUCHED).used or control.node.get("phx-no-unused-field") is not None:
            used.add(name)
        if control.kind != "hidden":
            seen.add(name)
    return frozenset(seen - used)


def serialize(
    form: Node,
    overlay: Overlay = NOTHING,
    submitter: Node | None = None,
    only: str | None = None,
    extra: Iterable[tuple[str, str]] = (),
) -> str:
    """The `value` of a form event. `only`: the one name that is sent (FM-34). `extra`: pairs of the test, never refused.

    An extra pair replaces what the form has under that name (LiveViewTest merges its value argument so).
    """
    group = controls(form)
    unused = unused_names(form, group, overlay)
    own = submitter.get("name") if submitter is not None else None
    added = list(extra)
    replaced = {name for name, _ in added}
    pairs: Pairs = []
    for name, value in entries(group, overlay, submitter):
        if (only is not None and name != only) or name in replaced:
            continue
        if name in unused and name != own:
            pairs.append((unused_name(name), ""))
        pairs.append((name, value))
    return urlencode([*pairs, *added])


# --- filling in -------------------------------------------------------------------------------------------------------------


def flatten(data: Mapping[str, object], prefix: str = "") -> Iterator[tuple[str, object]]:
    """Nested data as names of controls: `{"user": {"tags": ["a"]}}` is `user[tags][]`, which has the list.

    >>> list(flatten({"user": {"name": "A", "tags": ["a", "b"]}}))
    [('user[name]', 'A'), ('user[tags][]', ['a', 'b'])]
    """
    for part, value in data.items():
        name = f"{prefix}[{part}]" if prefix else str(part)
        if isinstance(value, Mapping):
            yield from flatten(value, name)
        elif isinstance(value, (list, tuple)):
            yield name if name.endswith("[]") else f"{name}[]", list(value)
        else:
            yield name, value


def pairs_of(data: Mapping[str, object]) -> Pairs:
    """Data that is sent as it is, unchecked (the value argument of `render_change` and `render_submit`)."""
    pairs: Pairs = []
    for name, value in flatten(data):
        if isinstance(value, list):
            pairs.extend((name, as_text(each)) for each in value)
        else:
            pairs.append((name, as_text(value)))
    return pairs


def as_text(value: object) -> str:
    """A Python value as a user would type it, or a browser would send it.

    >>> as_text(True), as_text(None), as_text(1.5)
    ('true', '', '1.5')
    """
    match value:
        case str():
            return value
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case datetime() | date() | time():
            return value.isoformat()
        case _:
            return str(value)


_PARTS = ("year", "month", "day", "hour", "minute", "second")


def fill(form: Node, data: Mapping[str, object], overlay: Overlay = NOTHING) -> Filling:
    """Put data into the controls of a form as a user would, or say why a user could not (test-client.md 1.4e).

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
                    tuple((each.name, each.kind) for each in self.group if each.name and not each.disabled),
                    any(each.name == name for each in self.group),
                )
            )
        if any(control.kind == "file" for control in fillable):
            raise self._refused(fillable[0], "files are not typed", "file_input(...) and render_upload(...)")
        if isinstance(value, list):
            self._put_list(name, fillable, value)
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
        clean = cleaned(text, kind)
        if kind == "number" and text and not clean:
            why = f'"{text}" is no number, and the browser keeps such text to itself'
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


def all_used(form: Node, overlay: Overlay = NOTHING) -> Mapping[Key, Typed]:
    """Overlay entries that mark every control of the form as used: what a submit does (FM-32)."""
    return {control.key: evolve(overlay.get(control.key, UNTOUCHED), used=True) for control in controls(form)}


def reset(form: Node, overlay: Overlay = NOTHING) -> Overlay:
    """The overlay after a reset of the form: rendered values, and nothing is used (js-client.md 6)."""
    gone = {control.key for control in controls(form)}
    return {name: typed for name, typed in overlay.items() if name not in gone}


def toggle(control: Node, overlay: Overlay = NOTHING) -> Filling:
    """A click on a checkbox or radio: the overlay entries, and the name that changed."""
    form = form_of(control)
    group = controls(form) if form is not None else ()
    mine = control_of(control, group)
    filling = _Fill(form if form is not None else control, group, overlay)
    filling._check(mine, mine.kind == "radio" or not is_checked(mine, group, overlay))
    return Filling(filling.changes, (mine.name,))


# --- submitting -------------------------------------------------------------------------------------------------------------


def submitters(form: Node) -> tuple[Control, ...]:
    return tuple(control for control in controls(form) if control.kind in SUBMITTERS)


def submitter(form: Node, selector: str, text: str | None = None) -> Node:
    """The element that `put_submitter` means: one enabled, named submit button of this form (test-client.md 1.4b)."""
    known = controls(form)
    candidates = tuple(sketch(control.node) for control in known if control.kind in SUBMITTERS)
    own = {control.node.path: control for control in known}

    def refused(why: str) -> Exception:
        return failure(InvalidSubmitter(sketch(form), selector, why, candidates))

    matches = [node for node in find(form, selector, text) if node.path in own]
    if not matches:
        outside = find(form.page, selector, text)
        matches = [node for node in outside if node.path in own]
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
    if not control.name:
        raise refused("it has no name, so it would send nothing")
    return node


def default_target(group: Sequence[Control]) -> str | None:
    """The name that a change is about when nothing says so: the first control that a user can see (FM-35)."""
    for control in group:
        if control.name and control.kind != "hidden" and control.kind not in BUTTONS:
            return control.name
    return None
