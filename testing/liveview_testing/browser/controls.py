"""The state an element is in for a user: what kind of control it is, what disables it, what hides it.

Law: an answer depends on the element, its ancestors and, for a fieldset, its legend; never on the rest of the page.
"""

from __future__ import annotations

import re

from liveview_testing.browser.element import Node

INPUT_TYPES = frozenset(
    (
        *("hidden", "text", "search", "tel", "url", "email", "password", "date", "month", "week", "time"),
        *(
            "datetime-local",
            "number",
            "range",
            "color",
            "checkbox",
            "radio",
            "file",
            "submit",
            "image",
            "reset",
            "button",
        ),
    )
)
BUTTONS = frozenset(("submit", "image", "reset", "button"))
SUBMITTERS = frozenset(("submit", "image"))
CHECKABLE = frozenset(("checkbox", "radio"))
CONTROLS = frozenset(("input", "select", "textarea", "button"))
CAN_BE_DISABLED = CONTROLS | {"fieldset", "option", "optgroup"}


def kind_of(node: Node) -> str:
    """The `type` property of a control, by the browser's rules: an unknown type of input is `text`, of button `submit`."""
    tag = node.tag
    if tag == "input":
        kind = (node.get("type") or "text").lower()
        return kind if kind in INPUT_TYPES else "text"
    if tag == "button":
        kind = (node.get("type") or "submit").lower()
        return kind if kind in ("submit", "reset", "button") else "submit"
    if tag == "select":
        return "select-multiple" if node.get("multiple") is not None else "select-one"
    return tag


def disabled_by(node: Node) -> Node | None:
    """What disables an element: itself, or a disabled fieldset around it (not around its first legend).

    Only form controls can be disabled; on any other element the attribute means nothing to a browser.
    """
    tag = node.tag
    if tag in CAN_BE_DISABLED and node.get("disabled") is not None:
        return node
    if tag not in CONTROLS:
        return None
    return fieldset_of(node)


def fieldset_of(node: Node) -> Node | None:
    """The nearest disabled fieldset that reaches this element."""
    inside = node
    for around in node.ancestors():
        if around.tag == "fieldset" and around.get("disabled") is not None:
            legend = next((part for part in around.elements() if part.tag == "legend"), None)
            if legend is None or legend.path != inside.path:
                return around
        inside = around
    return None


def hidden_by(node: Node) -> tuple[Node, str] | None:
    """The element that hides this one (itself, or one around it), and how; None when a user can see it.

    No geometry is guessed, no stylesheet is read: the `hidden` attribute, `<template>`, and `display: none` or
    `visibility: hidden` in a style attribute.
    """
    found = _hides(node)
    if found is not None:
        return node, found
    for around in node.ancestors():
        found = _hides(around)
        if found is not None:
            return around, found
    return None


def _hides(node: Node) -> str | None:
    if node.tag == "template":
        return "a <template> is not shown"
    if node.get("hidden") is not None:
        return "the attribute hidden"
    style = node.get("style")
    if style:
        match = _NOT_SHOWN.search(style)
        if match is not None:
            return f"the style {' '.join(match.group(1).split())}"
    return None


_NOT_SHOWN = re.compile(r"(?:^|;)\s*(display\s*:\s*none|visibility\s*:\s*hidden)\b", re.IGNORECASE)
