"""Forms of the DOM: which controls a form has, what they hold now, and the text that is sent for them.

Owns the form algorithm over `DomNode`s: controls in tree order, those elsewhere whose `form` attribute names the form among them,
their live values, checkedness and selectedness, and `_unused_` markers. The text itself is written by
`liveview_testing.browser.page.forms`, for all readers the same.

Law: a form is read as it is at the moment of the question, the client's changes included: a field that a command disabled is
not sent.
"""  # PF-15, FI-2

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from liveview_testing.browser.dom.document import FRAME, Document
from liveview_testing.browser.dom.node import DomNode, is_option_disabled, options_of, root
from liveview_testing.browser.page.controls import BUTTONS, CHECKABLE, CONTROLS, SUBMITTERS
from liveview_testing.browser.page.finding.watched import watched
from liveview_testing.browser.page.forms.form_text import unused_name, urlencode
from liveview_testing.browser.page.forms.forms import Pairs


def kind_of(node: DomNode) -> str:
    """The `type` property of a control."""
    from liveview_testing.browser.page.controls import INPUT_TYPES

    if node.tag == "input":
        kind = (node.get("type") or "text").lower()
        return kind if kind in INPUT_TYPES else "text"
    if node.tag == "button":
        kind = (node.get("type") or "").lower()
        if kind in ("submit", "reset", "button"):
            return kind
        return "submit" if node.get("command") is None and node.get("commandfor") is None else "button"
    if node.tag == "select":
        return "select-multiple" if node.get("multiple") is not None else "select-one"
    return node.tag


def form_of(control: DomNode) -> DomNode | None:
    """The form that a control belongs to: the one that its `form` attribute names, else the one around it."""
    named = control.get("form")
    if named is None:
        return next((each for each in control.ancestors() if each.tag == "form"), None)
    return next((each for each in root(control.document).iter() if each.tag == "form" and each.id == named), None)


def controls(form: DomNode) -> list[DomNode]:
    """`form.elements`: the controls of a form in tree order."""
    dom_id = form.id
    inside = [each for each in form.iter() if each.tag in CONTROLS and form_of(each) == form]
    if not dom_id:
        return inside
    outside = [
        each
        for each in _with_form(form.document)
        if each.tag in CONTROLS and each.get("form") == dom_id and form not in each.ancestors()
    ]
    if not outside:
        return inside
    wanted = {*inside, *outside}
    return [each for each in root(form.document).iter() if each in wanted]


def _present(form: DomNode) -> Sequence[DomNode]:
    """The controls that are in a form now: in the middle of a patch not those that it has before, or after it."""
    midway = form.document.midway
    if midway is None or midway[0] != form.key:
        return controls(form)
    _, before, going, after = midway
    return [*before, *(DomNode(form.document, each.view, each.part, each.node) for each in going), *after]


def _with_form(document: Document) -> Iterator[DomNode]:
    """The elements with a `form` attribute, in no order; the pages' own search answers, where it can."""
    if document.held or any("form" in mark.written for mark in document.marks.values()):
        yield from (each for each in root(document).iter() if each.get("form") is not None)
        return
    for view in (FRAME, *document.views):
        for node in watched(document.page(view), "form"):
            yield DomNode(document, view, 0, node)


def is_disabled(node: DomNode) -> bool:
    """Whether a control is disabled: by itself, or by a fieldset around it (not inside the fieldset's first legend)."""
    if node.get("disabled") is not None and node.tag in (*CONTROLS, "fieldset", "option", "optgroup"):
        return True
    if node.tag not in CONTROLS:
        return False
    below = node
    for each in node.ancestors():
        if each.tag == "fieldset" and each.get("disabled") is not None:
            legend = next((part for part in each.elements() if part.tag == "legend"), None)
            if legend is None or legend != below:
                return True
        below = each
    return False


# --- what they hold ---------------------------------------------------------------------------------------------------


def is_checked(node: DomNode) -> bool:
    """Whether a checkbox or radio is checked now; of the radios of one name the last that is rendered so."""
    checked = node.mark.checked
    if checked is not None:
        return checked
    if node.get("checked") is None:
        return False
    name = node.get("name")
    if kind_of(node) != "radio" or not name:
        return True
    rivals = radios(node)
    if any(each.mark.checked for each in rivals):
        return False
    rendered = [each for each in rivals if each.get("checked") is not None]
    return not rendered or rendered[-1] == node


def radios(node: DomNode) -> list[DomNode]:
    """The radio buttons of a group: of the same name in the same form."""
    form = form_of(node)
    around = root(node.document).iter() if form is None else controls(form)
    name = node.get("name")
    return [
        each
        for each in around
        if each.tag == "input" and kind_of(each) == "radio" and each.get("name") == name and form_of(each) == form
    ]


def option_value(option: DomNode) -> str:
    """The `value` property of an option."""
    value = option.get("value")
    return option.text if value is None else value


def selected_options(select: DomNode) -> list[DomNode]:
    """The options of a select that are selected now."""
    known = options_of(select)
    multiple = select.get("multiple") is not None
    chosen = select.mark.selected
    if chosen is not None:
        found: list[DomNode] = []
        for each in known:
            if option_value(each) in chosen and (multiple or not found):
                found.append(each)
        if found or multiple or not chosen:
            return found
    marked = [each for each in known if each.get("selected") is not None]
    if multiple:
        return marked
    if marked:
        return marked[-1:]
    if select.mark.option == -2:
        return []
    size = select.get("size") or ""
    if size.isdecimal() and int(size) > 1:
        return []
    return [each for each in known if not is_option_disabled(each)][:1]


def value_of(node: DomNode) -> str:
    """The `value` property of a control."""
    kind = kind_of(node)
    if node.tag == "select":
        chosen = selected_options(node)
        return option_value(chosen[0]) if chosen else ""
    if node.tag == "button":
        return node.get("value") or ""
    if kind in CHECKABLE:
        value = node.get("value")
        return "on" if value is None else value
    return node.value


def clicked_at(name: str) -> Pairs:
    """What the browser sends of a picture that submits: where it was clicked, which nobody knows without a layout."""
    return [(f"{name}.{axis}" if name else axis, "0") for axis in "xy"]


def entries(form: DomNode, submitter: DomNode | None = None, *, native: bool = False) -> Pairs:
    """`new FormData(form)`, without files, as the client has it: with the submitter at its place.

    `native`: as the browser sends it by itself: a submit without a value says what it shows.
    """  # PF-15, AC-7
    pairs: Pairs = []
    files: set[str] = set()
    for control in _present(form):
        name, kind = control.get("name") or "", kind_of(control)
        if kind in BUTTONS:
            if native and kind == "image" and control == submitter:
                pairs.extend(clicked_at(name))
            elif submitter is not None and name and control == submitter:
                shows = "Submit" if native and control.tag == "input" and kind == "submit" else ""
                value = control.get("value")
                pairs.append((name, shows if value is None else value))
            continue
        if not name or is_disabled(control) or any(each.tag == "datalist" for each in control.ancestors()):
            continue
        if kind == "file":
            files.add(name)
        elif kind in CHECKABLE:
            if is_checked(control):
                pairs.append((name, value_of(control)))
        elif control.tag == "select":
            pairs.extend(
                (name, option_value(each)) for each in selected_options(control) if not is_option_disabled(each)
            )
        else:
            pairs.append((name, control.value))
    return [pair for pair in pairs if pair[0] not in files] if files else pairs


# --- the text that is sent --------------------------------------------------------------------------------------------


def unused_names(form: DomNode) -> frozenset[str]:
    """The names that get a marker: none of their controls was used, and not all of them are hidden inputs."""  # FI-2
    if form.get("phx-no-unused-field") is not None:
        return frozenset()
    used: set[str] = set()
    seen: set[str] = set()
    for control in _present(form):
        name, kind = control.get("name") or "", kind_of(control)
        if not name or kind == "image":
            continue
        mark = control.mark
        if mark.used or mark.submitted or control.get("phx-no-unused-field") is not None:
            used.add(name)
        if kind != "hidden":
            seen.add(name)
    return frozenset(seen - used)


def serialize(
    form: DomNode, submitter: DomNode | None = None, only: str | None = None, extra: Iterable[tuple[str, str]] = ()
) -> str:
    """The `value` of a form event: urlencoded, with markers. `only`: the one name that is sent."""
    unused = unused_names(form)
    own = submitter.get("name") if submitter is not None else None
    added = list(extra)
    replaced = {name for name, _ in added}
    pairs: Pairs = []
    for name, value in entries(form, submitter):
        if (only is not None and name != only) or name in replaced:
            continue
        if name in unused and name != own:
            pairs.append((unused_name(name), ""))
        pairs.append((name, value))
    return urlencode([*pairs, *added])


def default_button(form: DomNode) -> DomNode | None:
    """The first submit button of a form, enabled or not."""  # PF-7
    return next((each for each in controls(form) if kind_of(each) in SUBMITTERS), None)


BLOCKING = frozenset(("text", "search", "tel", "url", "email", "password", "number"))
"""Inputs of which a form without a button has one at most, if Enter is to submit it: Chromium counts no dates."""  # PF-7

TEXT_LIKE = BLOCKING | {"date", "month", "week", "time", "datetime-local"}
"""Inputs that keys write into."""


def text_fields(form: DomNode) -> Sequence[DomNode]:
    """The fields of a form that block its implicit submission where it has no button."""
    return [each for each in controls(form) if each.tag == "input" and kind_of(each) in BLOCKING]


def labelled(label: DomNode) -> DomNode | None:
    """The control of a label: the one that it names, else the first inside."""
    named = label.get("for")
    if named is not None:
        found = next((each for each in root(label.document).iter() if each.id == named), None)
        return found if found is not None and found.tag in (*CONTROLS, "meter", "output", "progress") else None
    return next((each for each in label.iter() if each.tag in CONTROLS and kind_of(each) != "hidden"), None)
