"""Forms of the DOM: which controls a form has, what they hold now, and the text that is sent for them.

Owns the form algorithm over `DomNode`s: controls in tree order, those elsewhere whose `form` attribute names the form among them,
their live values, checkedness and selectedness. What follows from these, the entries and the text that is sent, is in
`browser.page.forms.form_data`, for all readers the same.

Law: a form is read as it is at the moment of the question, the client's changes included: a field that a command disabled is
not sent.
"""  # PF-15, FI-2

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from liveview_testing.browser.dom.document import FRAME, Document
from liveview_testing.browser.dom.node import DomNode, root
from liveview_testing.browser.dom.options import is_option_disabled, options_of
from liveview_testing.browser.dom.querying import find, in_order, with_id
from liveview_testing.browser.page.controls import CHECKABLE, CONTROLS, SUBMITTERS, disabled_in, kind_of
from liveview_testing.browser.page.finding.watched import watched
from liveview_testing.browser.page.forms import form_data
from liveview_testing.browser.page.forms.form_data import Pairs


def form_of(control: DomNode) -> DomNode | None:
    """The form that a control belongs to: the one that its `form` attribute names, else the one around it."""
    named = control.get("form")
    if named is None:
        return next((each for each in control.ancestors() if each.tag == "form"), None)
    found = with_id(control.document, named)
    return found if found is not None and found.tag == "form" else None


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
    return in_order([*inside, *outside])


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
        yield from find(root(document), "[form]")
        return
    for view in (FRAME, *document.views):
        for node in watched(document.page(view), "form"):
            yield DomNode(document, view, 0, node)


def is_disabled(node: DomNode) -> bool:
    """Whether a control is disabled: by itself, or by a fieldset around it (not inside the fieldset's first legend)."""
    return disabled_in((node, *node.ancestors())) is not None


# --- what they hold ---------------------------------------------------------------------------------------------------


def is_checked(node: DomNode) -> bool:
    """Whether a checkbox or radio is checked now; of the radios of one name the last that is rendered so."""
    checked = node.mark.checked
    if checked is not None:
        return checked
    if node.get("checked") is None:
        return False
    if kind_of(node) != "radio" or not node.get("name"):
        return True
    group = [(each.mark.checked, each.get("checked") is not None, each == node) for each in radios(node)]
    return form_data.is_checked(group)


def radios(node: DomNode) -> list[DomNode]:
    """The radio buttons of a group: of the same name in the same form."""
    form = form_of(node)
    around = find(root(node.document), "input[type=radio i]") if form is None else controls(form)
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
    values = select.mark.selected
    if values is not None:
        found = form_data.picked(select, known, option_value, values)
        if found is not None:
            return found
    if select.mark.option == -2 and select.get("multiple") is None:
        marked = [each for each in known if each.get("selected") is not None]
        return marked[-1:]  # nothing was chosen, and nothing is by default
    return form_data.chosen_by_default(select, known, lambda each: each.get("selected") is not None, is_option_disabled)


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


def _fields(form: DomNode) -> list[form_data.Field[DomNode]]:
    return [(each.get("name") or "", kind_of(each), each) for each in _present(form)]


class AsItIs:
    """A form as the client has it now: how `form_data` reads it."""

    __slots__ = ("_submitter",)

    def __init__(self, submitter: DomNode | None = None) -> None:
        self._submitter = submitter

    def element(self, control: DomNode) -> DomNode:
        return control

    def is_submitter(self, control: DomNode) -> bool:
        return self._submitter is not None and control == self._submitter

    def is_left_out(self, control: DomNode) -> bool:
        return is_disabled(control) or any(each.tag == "datalist" for each in control.ancestors())

    def is_checked(self, control: DomNode) -> bool:
        return is_checked(control)

    def is_used(self, control: DomNode) -> bool:
        return control.mark.used or control.mark.submitted

    def values(self, control: DomNode) -> Iterable[str]:
        if control.tag == "select":
            return [option_value(each) for each in selected_options(control) if not is_option_disabled(each)]
        return (control.value,)


def entries(form: DomNode, submitter: DomNode | None = None, *, native: bool = False) -> Pairs:
    """`new FormData(form)`, without files, as the client has it: with the submitter at its place."""
    return form_data.entries(AsItIs(submitter), _fields(form), native=native)


def serialize(
    form: DomNode, submitter: DomNode | None = None, only: str | None = None, extra: Iterable[tuple[str, str]] = ()
) -> str:
    """The `value` of a form event: urlencoded, with markers. `only`: the one name that is sent."""
    return form_data.serialize(AsItIs(submitter), form, _fields(form), submitter, only, extra)


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
        found = with_id(label.document, named)
        return found if found is not None and found.tag in (*CONTROLS, "meter", "output", "progress") else None
    return next((each for each in label.iter() if each.tag in CONTROLS and kind_of(each) != "hidden"), None)
