"""Pseudo-classes that ask for the state of an element: seen, ticked, disabled, focused, writable, valid, open.

Owns `in_state`. Law: a state is the browser's, as it is now; no attribute is asked where a property decides.
"""

from __future__ import annotations

from liveview_testing.browser.accessibility import DomElement, is_visible
from liveview_testing.browser.accessibility.roles import is_natively_disabled
from liveview_testing.browser.accessibility.served import type_of
from liveview_testing.browser.accessibility.states import checked, is_editing_host
from liveview_testing.browser.dom.top_layer import modal
from liveview_testing.user.locators.finding.reading import Reading, node_of

STATES = frozenset(
    (
        *("visible", "checked", "disabled", "enabled", "focus", "focus-within", "read-only", "read-write"),
        *("placeholder-shown", "valid", "invalid", "indeterminate", "modal", "popover-open", "open"),
    )
)


def in_state(element: DomElement, name: str, reading: Reading) -> bool:
    """Whether an element is in the state that a pseudo-class names."""
    match name:
        case "visible":
            return is_visible(element)
        case "checked":
            return element.document.state.selected(element) if element.tag == "option" else checked(element) is True
        case "disabled":
            return is_natively_disabled(element) or (element.tag == "fieldset" and element.has("disabled"))
        case "enabled":
            known = ("button", "input", "select", "textarea", "option", "optgroup", "fieldset")
            return element.tag in known and not in_state(element, "disabled", reading)
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
            if element.tag not in ("input", "select", "textarea", "button", "fieldset", "form"):
                return False
            fields = (each for each in element.iter() if each.tag in ("input", "select", "textarea"))
            within = fields if element.tag in ("fieldset", "form") else [element]
            wrong = any(element.document.state.invalid(each) and not _is_barred(each) for each in within)
            return wrong == (name == "invalid")
        case "indeterminate":
            return element.document.state.indeterminate(element)
        case "modal":
            shown = modal(reading.document)
            return shown is not None and node_of(element) == shown
        case "popover-open":
            return element.has("popover") and element.document.state.popped(element)
        case _:  # open
            return element.document.state.open(element)


def _is_barred(element: DomElement) -> bool:
    """Whether nobody asks if a field is valid."""
    return is_natively_disabled(element) or element.has("readonly")


def _is_text(element: DomElement) -> bool:
    kinds = ("text", "search", "url", "tel", "email", "password", "number")
    return element.tag == "textarea" or (element.tag == "input" and type_of(element) in kinds)


_DATES = ("date", "month", "week", "time", "datetime-local")


def _is_writable(element: DomElement) -> bool:
    if element.tag in ("input", "textarea"):
        written = _is_text(element) or (element.tag == "input" and type_of(element) in _DATES)
        return written and not element.has("readonly") and not is_natively_disabled(element)
    return any(is_editing_host(each) for each in element.chain())
