"""Pseudo-classes that ask for the state of an element: seen, ticked, disabled, focused, writable, valid, open.

Owns `in_state`. Law: a state is the browser's, as it is now; no attribute is asked where a property decides.
"""

from __future__ import annotations

from liveview_testing.browser.accessibility import DomElement, is_visible
from liveview_testing.browser.accessibility.roles import is_in_disabled_fieldset, is_natively_disabled
from liveview_testing.browser.accessibility.states import checked, is_editing_host
from liveview_testing.browser.dom.forms import controls, default_button, form_of, is_checked, radios
from liveview_testing.browser.dom.top_layer import modal
from liveview_testing.browser.events.validation import is_asked, is_bad, within_limits
from liveview_testing.browser.page.controls import CHECKABLE, input_type
from liveview_testing.user.locators.finding.reading import Reading, node_of

STATES = frozenset(
    (
        *("visible", "checked", "disabled", "enabled", "focus", "focus-within", "read-only", "read-write"),
        *("placeholder-shown", "valid", "invalid", "indeterminate", "modal", "popover-open", "open"),
        *("root", "default", "in-range", "out-of-range"),
    )
)

NOT_KNOWN = {
    **dict.fromkeys(("hover", "active"), "where the pointer rests is not kept"),
    "focus-visible": "how something got the focus is not kept; :focus is",
    **dict.fromkeys(
        ("visited", "target", "autofill", "fullscreen", "picture-in-picture"), "a page has no such state here"
    ),
    **dict.fromkeys(("user-valid", "user-invalid"), "what was used is not asked for; :valid and :invalid are"),
    **dict.fromkeys(("lang", "dir", "defined"), "languages, directions and custom elements are not computed"),
    **dict.fromkeys(("host", "host-context", "slotted", "part"), "there are no shadow trees"),
    **dict.fromkeys(("playing", "paused", "muted", "seeking", "buffering", "stalled"), "nothing is played"),
}
"""Pseudo-classes that a browser knows and that are not evaluated here, and why."""


def in_state(element: DomElement, name: str, reading: Reading) -> bool:
    """Whether an element is in the state that a pseudo-class names."""
    match name:
        case "visible":
            return is_visible(element)
        case "checked":
            return element.document.state.selected(element) if element.tag == "option" else checked(element) is True
        case "disabled":
            return _is_disabled(element)
        case "enabled":
            known = ("button", "input", "select", "textarea", "option", "optgroup", "fieldset")
            return element.tag in known and not _is_disabled(element)
        case "focus":
            return element.document.state.focused(element)
        case "focus-within":
            focused = reading.focused
            return focused is not None and element.contains(focused)
        case "read-only" | "read-write":
            return _is_writable(element) == (name == "read-write")
        case "placeholder-shown":
            return bool(element.get("placeholder")) and _is_text(element) and not element.document.state.value(element)
        case "valid" | "invalid":
            node = node_of(element)
            if element.tag == "form":
                asked = controls(node)
            elif element.tag == "fieldset":
                asked = list(node.iter())
            elif is_asked(node):
                asked = [node]
            else:
                return False
            return any(is_asked(each) and is_bad(each) for each in asked) == (name == "invalid")
        case "indeterminate":
            return _is_indeterminate(element)
        case "root":
            return element.parent is not None and not element.parent.tag
        case "default":
            return _is_default(element)
        case "in-range" | "out-of-range":
            inside = _is_in_range(element)
            return inside is not None and inside == (name == "in-range")
        case "modal":
            shown = modal(reading.document)
            return shown is not None and node_of(element) == shown
        case "popover-open":
            return element.has("popover") and element.document.state.popped(element)
        case _:  # open
            return element.document.state.open(element)


def _is_disabled(element: DomElement) -> bool:
    """Chromium's: also a fieldset in one that is disabled, and the options of a select that is."""
    if element.tag == "fieldset":
        return element.has("disabled") or is_in_disabled_fieldset(element)
    if is_natively_disabled(element):
        return True
    select = element.closest("select") if element.tag in ("option", "optgroup") else None
    return select is not None and is_natively_disabled(select)


def _is_default(element: DomElement) -> bool:
    """Whether it is what a form begins with: ticked or chosen as it was sent, or the button that Enter presses."""
    if element.tag == "option":
        return element.has("selected")
    if element.tag == "input" and input_type(element) in CHECKABLE:
        return element.has("checked")
    if element.tag not in ("button", "input"):
        return False
    node = node_of(element)
    form = form_of(node)
    first = None if form is None else default_button(form)
    return first is not None and first.key == node.key


def _is_in_range(element: DomElement) -> bool | None:
    """Whether a value is one of those that a field takes; None of a field that has no limits, or is not asked."""
    node = node_of(element)
    if element.tag != "input" or not is_asked(node):
        return None
    return within_limits(node.get, input_type(element), node.value)


def _is_indeterminate(element: DomElement) -> bool:
    """Whether it is neither this nor that: a bar without a value, radio buttons of which none is chosen."""
    if element.tag == "progress":
        return not element.has("value")
    if element.tag == "input" and input_type(element) == "radio":
        node = node_of(element)
        return not any(map(is_checked, radios(node) if node.get("name") else [node]))
    return False  # that a box is neither ticked nor not, no markup can say


def _is_text(element: DomElement) -> bool:
    kinds = ("text", "search", "url", "tel", "email", "password", "number")
    return element.tag == "textarea" or (element.tag == "input" and input_type(element) in kinds)


_DATES = ("date", "month", "week", "time", "datetime-local")


def _is_writable(element: DomElement) -> bool:
    if element.tag in ("input", "textarea"):
        written = _is_text(element) or (element.tag == "input" and input_type(element) in _DATES)
        return written and not element.has("readonly") and not is_natively_disabled(element)
    return any(is_editing_host(each) for each in element.chain())
