"""What a selector says about one element by itself: its tag, its attributes, its state.

Owns the pairs of tests that compounds are made of: whether an element matches, and whether some instance of a template's element
may. Law: the second never denies what the first accepts.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from liveview_testing.browser.page.controls import CHECKABLE
from liveview_testing.browser.page.finding.selectors import Possible, Simple
from liveview_testing.browser.page.place import MARKS
from liveview_testing.browser.page.templates.skeleton import Attribute, Element, Spread


def tag_test(tag: str) -> tuple[Simple, Possible]:
    wanted = tag.lower()
    return lambda tag, _: tag == wanted or tag.lower() == wanted, lambda element: element.tag.lower() == wanted


def attribute_test(name: str, operator: str, value: str, fold: bool = False) -> tuple[Simple, Possible]:
    holds = _operator(operator, value, fold)

    def simple(_: str, attributes: Mapping[str, str]) -> bool:
        found = attributes.get(name)
        return found is not None and holds(found)

    def possible(element: Element) -> bool:
        if _may_be_ignored(element) or (name in MARKS and _is_first(element)):
            return True
        if element.fixed is not None:
            return simple(element.tag, element.fixed)
        for attribute in element.attributes:
            if isinstance(attribute, Spread):
                return True  # it may bring the attribute
            if attribute.name == name:
                return _may_hold(attribute, operator, value, fold, holds)
        return False

    return simple, possible


def _may_hold(attribute: Attribute, operator: str, value: str, fold: bool, holds: Callable[[str], bool]) -> bool:
    parts = attribute.value
    if isinstance(parts, str):
        return holds(parts)
    if operator != "=" or fold:
        return True
    # `id="row-{…}"` can be `row-7`, never `cell-7`.
    first, last = parts[0], parts[-1]
    return (not isinstance(first, str) or value.startswith(first)) and (
        not isinstance(last, str) or value.endswith(last)
    )


def _operator(operator: str, value: str, fold: bool) -> Callable[[str], bool]:
    if fold:
        plain = _operator(operator, value.lower(), False)
        return lambda found: plain(found.lower())
    match operator:
        case "exists":
            return lambda found: True
        case "=":
            return lambda found: found == value
        case "~=":
            if not value or value.split() != [value]:
                return lambda found: False
            return lambda found: found == value or (value in found and value in found.split())
        case "|=":
            return lambda found: found == value or found.startswith(f"{value}-")
        case "^=":
            return lambda found: bool(value) and found.startswith(value)
        case "$=":
            return lambda found: bool(value) and found.endswith(value)
        case _:  # "*="
            return lambda found: bool(value) and value in found


def _is_first(element: Element) -> bool:
    """Whether the browser marks it, in a component and in a stream's row."""
    return element.number == 0 and element.parent < 0


def _may_be_ignored(element: Element) -> bool:
    """Whether patches may pass it over: then its attributes are those of the template that was there before."""
    return element.may_have("phx-update") and element.static("phx-update") != "stream"


def may_be_given_others(element: Element) -> bool:
    """Whether an instance may have attributes that its template does not have."""
    return _is_first(element) or _may_be_ignored(element)


def _state(test: Callable[[str, Mapping[str, str]], bool]) -> tuple[Simple, Possible]:
    def possible(element: Element) -> bool:
        return element.fixed is None or _may_be_ignored(element) or test(element.tag, element.fixed)

    return test, possible


def _is_checked(tag: str, attributes: Mapping[str, str]) -> bool:
    if tag == "option":
        return "selected" in attributes
    return tag == "input" and attributes.get("type", "").lower() in CHECKABLE and "checked" in attributes


def _is_required(tag: str, attributes: Mapping[str, str]) -> bool:
    if "required" not in attributes:
        return False
    return tag in ("select", "textarea") or (
        tag == "input" and attributes.get("type", "").lower() not in _NEVER_REQUIRED
    )


_NEVER_REQUIRED = frozenset(("button", "color", "hidden", "image", "range", "reset", "submit"))


def _is_optional(tag: str, attributes: Mapping[str, str]) -> bool:
    return tag in ("button", "input", "select", "textarea") and not _is_required(tag, attributes)


def _is_link(tag: str, attributes: Mapping[str, str]) -> bool:
    return tag in ("a", "area") and "href" in attributes


STATES: dict[str, tuple[Simple, Possible]] = {
    "checked": _state(_is_checked),
    "required": _state(_is_required),
    "optional": _state(_is_optional),
    "link": _state(_is_link),
    "any-link": _state(_is_link),
}
