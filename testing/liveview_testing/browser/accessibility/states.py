"""States: checked, pressed, selected, expanded, level, disabled, invalid, read-only.

Law: a native state is the live one; an aria attribute counts only on the roles that have the state, and compares without case.
"""

from __future__ import annotations

from typing import Literal

from liveview_testing.browser.accessibility.dom import DomElement, remembered
from liveview_testing.browser.accessibility.roles import is_natively_disabled, role
from liveview_testing.browser.accessibility.text import TRIM, js_number
from liveview_testing.browser.page.controls import CHECKABLE, input_type

Mixed = Literal["mixed"]

CHECKED = frozenset(("checkbox", "menuitemcheckbox", "menuitemradio", "option", "radio", "switch", "treeitem"))
PRESSED = frozenset(("button",))
SELECTED = frozenset(("columnheader", "gridcell", "option", "row", "rowheader", "tab", "treeitem"))
EXPANDED = frozenset(
    (
        *("application", "button", "checkbox", "columnheader", "combobox", "gridcell", "link", "listbox", "menuitem"),
        *("menuitemcheckbox", "menuitemradio", "row", "rowheader", "switch", "tab", "treeitem"),
    )
)
LEVEL = frozenset(("heading", "listitem", "row", "treeitem"))
_DISABLED = (
    "application button composite gridcell group input link menuitem scrollbar separator tab checkbox "
    "columnheader combobox grid listbox menu menubar menuitemcheckbox menuitemradio option radio radiogroup "
    "row rowheader searchbox select slider spinbutton switch tablist textbox toolbar tree treegrid treeitem"
)
DISABLED = frozenset(_DISABLED.split(" "))
INVALID = frozenset(
    (
        *("application", "checkbox", "columnheader", "combobox", "gridcell", "listbox", "radiogroup", "rowheader"),
        *("searchbox", "slider", "spinbutton", "switch", "textbox", "tree"),
    )
)
READONLY = frozenset(
    (
        *("checkbox", "combobox", "grid", "gridcell", "listbox", "radiogroup", "slider", "spinbutton", "textbox"),
        *("columnheader", "rowheader", "searchbox", "switch", "treegrid"),
    )
)
LEVELS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}


def _is_true(text: str | None) -> bool:
    return text is not None and text.lower() == "true"


def checked(element: DomElement) -> bool | Mixed | None:
    """Checked, mixed or not; None where there is nothing to check."""
    tag, state = element.tag, element.document.state
    if tag == "input" and input_type(element) in CHECKABLE:  # that a box is neither, no markup can say
        return state.checked(element)
    if role(element) not in CHECKED:
        return None
    said = (element.get("aria-checked") or "").lower()
    return "mixed" if said == "mixed" else said == "true"


def pressed(element: DomElement) -> bool | Mixed:
    """Whether a toggle button is pressed."""
    if role(element) not in PRESSED:
        return False
    said = (element.get("aria-pressed") or "").lower()
    return "mixed" if said == "mixed" else said == "true"


def selected(element: DomElement) -> bool:
    """Whether an option, row, tab … is selected."""
    if element.tag == "option":
        return element.document.state.selected(element)
    return role(element) in SELECTED and _is_true(element.get("aria-selected"))


def expanded(element: DomElement) -> bool | None:
    """Expanded or collapsed; None where nothing says so."""
    if element.tag == "details":
        return element.document.state.open(element)
    said = element.get("aria-expanded")
    return None if said is None or role(element) not in EXPANDED else said.lower() == "true"


def level(element: DomElement) -> int:
    """The level of a heading, item or row; 0 if it has none."""
    native = LEVELS.get(element.tag)
    if native is not None:
        return native
    said = element.get("aria-level")
    if said is None or role(element) not in LEVEL:
        return 0
    number = js_number(said)
    whole = number is not None and 1 <= number < float("inf") and number.is_integer()
    return int(number) if number is not None and whole else 0


def disabled(element: DomElement) -> bool:
    """Whether it is disabled: as a control, or by `aria-disabled` of itself or the nearest around it that says."""
    return is_natively_disabled(element) or (role(element) in DISABLED and _is_said_disabled(element))


@remembered
def _is_said_disabled(element: DomElement) -> bool:
    for each in element.chain():
        said = (each.get("aria-disabled") or "").lower()
        if said in ("true", "false"):
            return said == "true"
    return False


def invalid(element: DomElement) -> bool | Literal["grammar", "spelling"]:
    """What `aria-invalid` says."""
    said = (element.get("aria-invalid") or "").lower()
    if said == "grammar":
        return "grammar"
    if said == "spelling":
        return "spelling"
    return said != "false" and bool(said.strip(TRIM))


def readonly(element: DomElement) -> bool | None:
    """Whether its value cannot be changed; None where there is none to change."""
    if element.tag in ("input", "select", "textarea"):
        return element.has("readonly")
    if role(element) in READONLY:
        return _is_true(element.get("aria-readonly"))
    return False if is_editing_host(element) else None


def is_editing_host(element: DomElement) -> bool:
    """Whether its content can be edited."""
    for each in element.chain():
        said = each.get("contenteditable")
        if said is not None and said.lower() in ("", "true", "plaintext-only", "false"):
            return said.lower() != "false"
    return False
