"""The state of a page that nobody has touched: values, ticks, choices and what is open, as the markup gives them.

Owns `AsServed` and the rules by which a browser makes a property of an attribute: which of several radios is checked, which
option is chosen, which text a date or a number takes.

Law: an attribute is where a property begins, not where it stands. Every other rule of this room asks the state, and only this
module reads `value`, `checked`, `selected` and `open` from the markup.
"""

from __future__ import annotations

from collections.abc import Iterator

from liveview_testing.browser.accessibility.dom import DomElement, remembered
from liveview_testing.browser.events.validation import value_problems
from liveview_testing.browser.page.controls import CHECKABLE, input_type
from liveview_testing.browser.page.forms.form_data import chosen_by_default, display_size
from liveview_testing.browser.page.forms.values import cleaned


class AsServed:
    """The state of a page as it came: nothing typed, nothing ticked, nothing opened."""

    def value(self, control: DomElement) -> str:
        """What the markup gives, as the type of the control takes it."""
        if control.tag == "textarea":
            return control.content.replace("\r\n", "\n").replace("\r", "\n")
        return sanitized(control)

    def checked(self, control: DomElement) -> bool:
        """The attribute; of radios that go together the last that has it."""
        if not control.has("checked"):
            return False
        if input_type(control) != "radio" or not control.get("name"):
            return True
        return _group(control)[-1] is control

    def selected(self, option: DomElement) -> bool:
        """The attribute; where one option must be chosen, the last that has it, else the first that can be."""
        select = _select_of(option)
        if select is None:
            return option.has("selected")
        return option in chosen(select)

    def disabled(self, control: DomElement) -> bool:
        """The attribute."""
        return control.has("disabled")

    def invalid(self, control: DomElement) -> bool:
        """Whether a required field is empty, or what it came with is nothing that it takes."""
        tag = control.tag
        if tag not in ("input", "select", "textarea"):
            return False
        if tag == "input" and input_type(control) not in CHECKABLE and self.value(control):
            wrong = value_problems(control.get, input_type(control), self.value(control), typed=False)
            return next(wrong, None) is not None
        if not control.has("required") or self.disabled(control):
            return False
        if tag == "select":
            return not any(option.get("value") != "" and option.content.strip() for option in chosen(control))
        kind = input_type(control) if tag == "input" else ""
        if kind in CHECKABLE:
            return not self.checked(control)
        return kind not in ("hidden", "submit", "button", "reset", "image") and not self.value(control)

    def open(self, element: DomElement) -> bool:
        """The attribute."""
        return element.tag in ("details", "dialog") and element.has("open")

    def popped(self, element: DomElement) -> bool:
        """No markup shows a popover."""
        return False

    def focused(self, element: DomElement) -> bool:
        """Nothing is."""
        return False

    def display(self, element: DomElement) -> str | None:
        """As the markup says."""
        return None


AS_SERVED = AsServed()


# --- choices ------------------------------------------------------------------------------------------------------------------


def _group(radio: DomElement) -> list[DomElement]:
    """The checked radios of its name, in its form."""
    form, name = _form_of(radio), radio.get("name")
    return [
        each
        for each in radio.document.root.iter()
        if each.tag == "input"
        and each.has("checked")
        and each.get("name") == name
        and input_type(each) == "radio"
        and _form_of(each) is form
    ]


def _form_of(control: DomElement) -> DomElement | None:
    named = control.get("form")
    if named is not None:
        form = control.document.by_id(named)
        return form if form is not None and form.tag == "form" else None
    return control.closest("form")


def _select_of(option: DomElement) -> DomElement | None:
    return option.closest("select")


def options(select: DomElement) -> Iterator[DomElement]:
    """The options of a select, in document order."""
    return (each for each in select.iter() if each.tag == "option")


def is_listbox(select: DomElement) -> bool:
    """Whether a select shows several options at once."""
    return select.has("multiple") or display_size(select) > 1


def shows_options(select: DomElement) -> bool:
    """Whether the options of a select are on the page: one of several choices that asks for a single line drops down."""
    size = display_size(select)
    return size > 1 or (select.has("multiple") and size != 1)


@remembered
def chosen(select: DomElement) -> list[DomElement]:
    """The options of a select that are selected as it is served."""
    return chosen_by_default(select, list(options(select)), lambda option: option.has("selected"), _is_off)


def chosen_now(select: DomElement) -> list[DomElement]:
    """The options of a select that are selected."""
    state = select.document.state
    return [option for option in options(select) if state.selected(option)]


def _is_off(option: DomElement) -> bool:
    group = option.parent
    return option.has("disabled") or (group is not None and group.tag == "optgroup" and group.has("disabled"))


# --- values -------------------------------------------------------------------------------------------------------------------


def sanitized(control: DomElement) -> str:
    """The value that an input has from its markup, as its type takes it."""
    kind, value = input_type(control), control.get("value")
    if value is None:
        value = "on" if kind in CHECKABLE else ""
    return "" if kind == "file" else cleaned(value, kind, control)
