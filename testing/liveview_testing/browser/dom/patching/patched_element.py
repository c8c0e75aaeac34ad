"""What a patch makes of one element that it comes to: its attributes, and the value of a control.

Owns `visits`, whether a patch comes to an element at all, and `visited`, what is known of it then: attributes are what was sent
plus what is sticky, and a control holds the server's value again, unless it has the focus.


Law: what a patch skips (an unchanged component or row, what is in an ignored element) keeps everything.
"""  # FI-8 … FI-13

from __future__ import annotations

import re
from collections.abc import Mapping

from liveview_testing.browser.dom.document import Document
from liveview_testing.browser.dom.mark import AT_THE_END, PLAIN, Key, Mark, change_mark, classes
from liveview_testing.browser.dom.node import at, is_portal
from liveview_testing.browser.dom.patching.node_matching import origin
from liveview_testing.browser.page.controls import CHECKABLE, kind_of
from liveview_testing.browser.page.forms.forms import rendered_value
from liveview_testing.browser.page.forms.values import cleaned
from liveview_testing.browser.page.node import Node
from liveview_testing.browser.page.place import Place
from liveview_testing.browser.page.tree.tree import Frozen, Root, Row

LOADING = tuple(
    f"phx-{kind}-loading" for kind in ("click", "change", "submit", "keydown", "keyup", "blur", "focus", "hook")
)
"""The loading classes that acks take off, and that patches carry over."""  # LK-9

REFS = ("data-phx-ref-loading", "data-phx-ref-lock", "data-phx-ref-src")

INFINITE_SCROLL = "Phoenix.InfiniteScroll"
"""The hook that the client gives to elements with viewport bindings."""

EDITABLE = frozenset(("select", "textarea"))
"""Beside inputs: the controls that a patch leaves alone while they have the focus."""  # FI-10


def is_in_ignored(node: Node) -> bool:
    """Whether what is around an element is ignored."""  # PA-12
    return any("ignore" in (each.get("phx-update"), each.get("data-phx-update")) for each in node.ancestors())


def visits(before: Node, after: Node, *, whole: bool) -> bool:
    """Whether the client's morph looks at an element: not where what is around it is skipped, or ignored."""  # PA-5, PA-12
    if is_in_ignored(before):
        return False
    old: Place = before.place
    new: Place = after.place
    while True:
        same = old.node is new.node
        if isinstance(old.node, Root):
            return not same
        if same and isinstance(old.node, Row):
            return False  # PA-25: a row that is not sent is not touched
        if old.node.rooted and same:
            return False
        if old.above is None or new.above is None:
            return whole or not same
        old, new = old.above, new.above


def is_ignored(node: Node) -> bool:
    """Whether the element keeps what it had (`phx-update="ignore"`)."""
    grafts = node.place.node.grafts
    return grafts is not None and isinstance(grafts.get(node.id or ""), Frozen)


def visited(mark: Mark, before: Node, after: Node, *, focused: bool, released: bool = False) -> Mark:
    """What is known of an element once a patch has visited it. `released`: what it visits it with was held back."""
    sent, had = after.attributes, mark.attributes(before.attributes)
    if "ignore" in (before.get("phx-update"), before.get("data-phx-update")):
        merged = dict(sent)
        for name in mark.ignored:
            _ignored(merged, had, name)
        return mark.with_attributes(sent, mark.sticky.over(_of_ignored(had, merged)))
    if mark.bad_input or is_portal(after):
        return mark.with_attributes(
            sent, had
        )  # FI-13: bad input is not touched at all; PA-30: nor is a portal's template
    wanted = visited_attributes(mark, before, after)
    asked = after.get("phx-patch-focused") is None
    changed = focused and is_single(after) and is_changed_select(mark, before, after, released=released)
    if focused and is_protected(after) and asked and not changed:
        return _protected(mark, before, after, wanted, had)
    inner = inner_text(mark, before, after, focused=False)
    value = None if inner is None else rendered_value(after, "textarea")
    option = None
    if focused and is_single(after) and _count(before) == _count(after):  # FI-12: patched, with the user's choice
        known = _options(after)
        chosen_now = mark.selected[0] if mark.selected else _value_of(mark, before)
        option = next((at for at, each in enumerate(known) if _option_value(each) == chosen_now), -2)
    elif is_single(after) and is_left_empty(before, after):
        option = -2
    checked, detached = _checked(mark, after, wanted, had)
    caret = mark.caret
    # who writes a value moves the caret behind it; an attribute that shows as long as nobody has leaves it where it is
    if after.tag == "textarea" or (after.tag == "input" and (mark.detached or mark.value is not None)):
        had_value = mark.value if mark.value is not None else _shown(before)
        caret = AT_THE_END if had_value != (value if value is not None else _shown(after)) else caret
    now = change_mark(
        mark,
        copied=mark.copied and released,
        value=value,
        checked=checked,
        selected=None,
        text=None,
        option=option,
        inner=inner,
        detached=detached,
        caret=caret,
    )
    return now.with_attributes(sent, wanted)


def _shown(node: Node) -> str:
    return rendered_value(node, "textarea") if node.tag == "textarea" else node.get("value") or ""


def _checked(mark: Mark, after: Node, wanted: dict[str, str], had: Mapping[str, str]) -> tuple[bool | None, bool]:
    """Whether a box is ticked once a patch has come to it, where that is not what its attribute says; and whether that matters yet.

    What is ticked is asked of what was sent, before sticky results are put over that: what a command wrote there does not outlive a
    patch, unless the box was just as it was sent.
    """  # FI-8, JC-6
    sent, detached = "checked" in after.attributes, mark.detached or mark.dirty
    if sent == ("checked" in wanted) or after.tag != "input" or kind_of(after) not in CHECKABLE:
        return None, detached
    now = mark.checked if mark.checked is not None else "checked" in (had if mark.detached else wanted)
    if now == sent:
        return now, detached
    if sent:
        wanted["checked"] = after.attributes["checked"]
    else:
        del wanted["checked"]
    return None, True


def inner_text(mark: Mark, before: Node, after: Node, *, focused: bool) -> tuple[str, bool] | None:
    """What stands in a textarea once a patch has visited it: not always what was sent; see `Mark.inner`."""
    if after.tag != "textarea" or before.tag != "textarea":
        return None
    had, has_text = mark.inner or (before.content, before.content != "")
    now = had if focused or not has_text else after.content
    return None if now == after.content and has_text == (now != "") else (now, has_text)


def _of_ignored(had: Mapping[str, str], sent: Mapping[str, str]) -> dict[str, str]:
    """The attributes of an element that is ignored: what it had, but for the data-* ones."""  # PA-12
    kept = {name: value for name, value in had.items() if not name.startswith("data-") or name in sent or name in REFS}
    return {**kept, **{name: value for name, value in sent.items() if name.startswith("data-")}}


def _value_of(mark: Mark, select: Node) -> str | None:
    given, known = _given(mark, select), _options(select)
    return _option_value(known[given]) if 0 <= given < len(known) else None


def _option_value(option: Node) -> str:
    value = option.get("value")
    return option.text if value is None else value


def is_protected(node: Node) -> bool:
    """Whether a patch leaves a control alone while it has the focus."""  # FI-10
    return node.tag in EDITABLE or (node.tag == "input" and kind_of(node) not in ("button", "hidden"))


def put_back(document: Document, key: Key) -> Document:
    """The document once a control that was patched in place while it was locked is what it was before."""  # LK-14
    mark, node = document.mark(key), at(document, key)
    stale = mark.stale
    if stale is None or node is None:
        return document
    source = node.source
    wanted = {name: value for name, value in stale.attributes.items() if value is not None}
    wanted = mark.sticky.over(wanted)
    had = mark.attributes(source.attributes)
    _pending(wanted, had)
    if document.focus == key and is_protected(source):
        cloned = wanted.get("value", "") if stale.value is None else stale.value
        if wanted.get("value") != had.get("value") and cloned != node.value:
            wanted.pop("value", None)
            if "value" in had:
                wanted["value"] = had["value"]
        mark = change_mark(mark, value=node.value)
    else:
        mark = change_mark(mark, value=stale.value, checked=stale.checked)
    return document.marked(key, change_mark(mark, stale=None).with_attributes(source.attributes, wanted))


def _protected(mark: Mark, before: Node, after: Node, wanted: dict[str, str], had: Mapping[str, str]) -> Mark:
    """A control that has the focus: the attributes follow, what the user sees in it stays."""  # FI-10, FI-12
    if after.tag == "select":
        return mark.with_attributes(after.attributes, had)  # FI-12: it is what was sent
    kind = kind_of(after)
    if "readonly" in wanted:
        wanted["readonly"] = "true"
        wanted = mark.sticky.over(wanted)
    if kind in CHECKABLE:  # FI-11: whether it is checked is read again
        if "value" in wanted and wanted["value"] != had.get("value", "on"):
            _keep_value(wanted, had)
        sent = "checked" in after.attributes
        now = change_mark(mark, value=None, checked=None if sent == ("checked" in wanted) else sent, detached=True)
        return now.with_attributes(after.attributes, wanted)
    value = _held(mark, before, kind)
    if after.tag == "input" and "value" in wanted and cleaned(wanted["value"], kind) != value:
        _keep_value(wanted, had)
    inner = inner_text(mark, before, after, focused=True)
    return change_mark(mark, value=value, inner=inner).with_attributes(after.attributes, wanted)


def _keep_value(wanted: dict[str, str], had: Mapping[str, str]) -> None:
    """The attribute `value` stays as it was."""  # FI-10
    if "value" in had:
        wanted["value"] = had["value"]
    else:
        del wanted["value"]


def _held(mark: Mark, before: Node, kind: str) -> str:
    """What a text field holds."""
    if mark.value is not None:
        return mark.value
    if "value" in mark.written and before.tag == "input":
        return cleaned(mark.written["value"] or "", kind)
    if mark.inner is not None:
        return mark.inner[0].replace("\r\n", "\n").replace("\r", "\n")
    return rendered_value(before, kind)


def _count(select: Node) -> int:
    return sum(1 for each in select.iter() if each.tag == "option")


def _pending(wanted: dict[str, str], had: Mapping[str, str]) -> None:
    """An element that waits for an answer keeps the signs of it."""  # LK-12
    attributes = dict(had)
    had_names = classes(attributes.get("class"))
    kept = [name for name in LOADING if name in had_names]
    if kept:
        wanted["class"] = " ".join(
            (*classes(wanted.get("class")), *(name for name in kept if name not in classes(wanted.get("class"))))
        )
    for name in REFS:
        if name in attributes:
            wanted[name] = attributes[name]


def _ignored(wanted: dict[str, str], had: Mapping[str, str], pattern: str) -> None:
    """Attributes that a patch leaves alone."""  # JC-12, JC-13
    for name in {*wanted, *had}:
        if is_ignored_attribute(pattern, name):
            if name in had:
                wanted[name] = had[name]
            else:
                wanted.pop(name, None)


def is_ignored_attribute(pattern: str, name: str) -> bool:
    """Whether a pattern of `JS.ignore_attributes` is for an attribute: with a `*` in it, it is a regular expression."""  # JC-13
    if pattern in ("*", name):
        return True
    try:
        return "*" in pattern and re.search(pattern, name) is not None
    except re.error:
        return False


# --- selects ------------------------------------------------------------


def visited_attributes(mark: Mark, before: Node, after: Node) -> dict[str, str]:
    """The attributes of the element that comes, as the client is about to merge them into the one that is there."""
    had = mark.attributes(before.attributes)
    wanted = dict(after.attributes)
    if "phx-viewport-top" in wanted or "phx-viewport-bottom" in wanted:
        wanted["data-phx-hook"] = INFINITE_SCROLL  # CE-49
    if mark.pending:
        _pending(wanted, had)
    wanted = mark.sticky.over(wanted)
    for name in mark.ignored:
        _ignored(wanted, had, name)
    return wanted


def copied_attributes(mark: Mark, copied: Mark, node: Node) -> dict[str, str]:
    """The attributes of an element in a hidden clone to which no patch has come, as the client is about to merge them into it."""
    # LK-20, PA-13
    wanted = dict(copied.attributes(node.attributes))
    had = mark.attributes(node.attributes)
    if mark.pending:
        _pending(wanted, had)
    wanted = mark.sticky.over(wanted)
    for name in mark.ignored:
        _ignored(wanted, had, name)
    return wanted


def is_multiple(node: Node) -> bool:
    """Whether it is a select in which many options can be chosen."""
    return node.tag == "select" and node.get("multiple") is not None


def is_single(node: Node) -> bool:
    """Whether it is a select in which one option can be chosen."""
    return node.tag == "select" and node.get("multiple") is None


def is_changed_select(mark: Mark, before: Node, after: Node, *, released: bool = False) -> bool:
    """Whether a select that has the focus is patched all the same: what comes for it is not what it is. `released`: what comes is
    the client's clone, in which a patch has been already, so that one of its options has the attribute `selected`.
    """  # FI-12, FI-9
    if _count(before) != _count(after):
        return True
    if before.inner_html() != after.inner_html() and _unchosen(before) != _unchosen(after):
        return True
    sent = [at for at, each in enumerate(_options(after)) if each.get("selected") is not None]
    if released:
        sent = given_in_clone(before, after)
    if sent != [index for index in [_given(mark, before)] if index >= 0]:
        return True
    wanted = mark.sticky.over(after.attributes)
    had = dict(mark.attributes(before.attributes))
    if mark.pending:
        _pending(wanted, had)
    return wanted != had


def given_in_clone(before: Node, after: Node) -> list[int]:
    """The numbers of the options with the attribute `selected` in a select of the client's clone, which a patch has come to."""
    return [] if is_left_empty(before, after) else [index for index in [_given(PLAIN, after)] if index >= 0]


def _unchosen(select: Node) -> list[object]:
    """What is in a select, whichever option is selected."""
    return [
        (each.tag, {name: value for name, value in each.attributes.items() if name != "selected"}, each.content)
        for each in select.iter()
    ]


def _given(mark: Mark, select: Node) -> int:
    """The number of the option that has the attribute `selected` now, or a negative number."""  # FI-9
    if mark.option is not None:
        return mark.option
    known = _options(select)
    sent = [at for at, each in enumerate(known) if each.get("selected") is not None]
    if sent:
        return sent[-1]
    return next((at for at, each in enumerate(known) if not _is_disabled(each)), -1)


def _is_disabled(option: Node) -> bool:
    parent = option.parent
    return option.get("disabled") is not None or (
        parent is not None and parent.tag == "optgroup" and parent.get("disabled") is not None
    )


def _options(select: Node) -> list[Node]:
    return [each for each in select.iter() if each.tag == "option"]


def is_left_empty(before: Node, after: Node) -> bool:
    """Whether a patch leaves a select without a choice: none is sent as selected, and the one that would be is new in it."""
    # FI-9: a morph writes `selected` on options that it comes to, and an option that it puts in is none of those
    known = _options(after)
    default = _given(PLAIN, after)
    return default >= 0 and known[default].get("selected") is None and origin(known[default], before.page) is None


def retyped(mark: Mark, value: str | None, *, focused: bool) -> Mark:
    """What is known of a field that held `value` as its hidden clone was made, once that is released and no patch came to it."""
    if focused:
        return mark if mark.checked is None else change_mark(mark, checked=None, detached=True)  # FI-11
    option = None if mark.option == -1 else mark.option  # FI-9
    return change_mark(mark, value=value, checked=None, selected=None, option=option, bad_input=False)


def is_in_triggered(node: Node) -> bool:
    """Whether the form around a control is submitted by this patch."""  # FI-23
    form = next((each for each in node.ancestors() if each.tag == "form"), None)
    return form is not None and form.get("phx-trigger-action") is not None
