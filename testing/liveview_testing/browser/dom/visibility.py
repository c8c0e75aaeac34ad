"""What is on view: which elements have a box, as far as the document says so.

Owns `is_visible`: an element is shown unless it or something around it is `display: none` by an inline style, the attribute
`hidden`, a closed `<details>` or `<dialog>`, a popover, a `<template>`, or a class or selector that the test calls hidden. Layout,
painting and stylesheets are not computed.

Law: the answer follows from the DOM as it is now, and from the test's own table of styles.
"""  # JC-5

from __future__ import annotations

import re
from collections.abc import Mapping

from liveview_core.values.patterns import late_pattern
from liveview_testing.browser.dom.node import DomNode
from liveview_testing.styles import is_selector

NEVER = frozenset(
    ("area", "base", "datalist", "head", "link", "meta", "noscript", "param", "script", "style", "template", "title")
)
_DISPLAY = late_pattern(r"(?:^|;)\s*display\s*:\s*([\w-]+)\s*(?:!important)?\s*(?=;|$)", re.IGNORECASE)

_VISIBILITY = late_pattern(r"(?:^|;)\s*visibility\s*:\s*([\w-]+)", re.IGNORECASE)


def display_of(node: DomNode, styles: Mapping[str, str]) -> str | None:
    """The `display` that the element itself is given: by its style, its attributes, or the test; None where nothing says so."""
    style = node.get("style")
    if style:
        found = _DISPLAY.findall(style)
        if found:
            return str(found[-1]).lower()
    for name, value in styles.items():
        if value in ("hidden", "block", "inline", "contents") and _has(node, name):
            return "none" if value == "hidden" else value
    if node.get("hidden") is not None or node.tag in NEVER:
        return "none"
    if node.get("popover") is not None and not node.mark.popover:
        return "none"
    if node.tag == "dialog" and node.get("open") is None and node.get("popover") is None:
        return "none"
    if node.tag == "input" and (node.get("type") or "").lower() == "hidden":
        return "none"
    return None


def _has(node: DomNode, name: str) -> bool:
    if not is_selector(name):
        return name in (node.get("class") or "").split()
    from liveview_testing.browser.dom.querying import matches

    return matches(node, name)


def hidden_by(node: DomNode, styles: Mapping[str, str], *, drawn: bool = False) -> DomNode | None:
    """The element that hides this one, or is it; None where it is on view. `drawn`: an inline `visibility` counts, too."""
    below: DomNode | None = None
    for each in (node, *node.ancestors()):
        if display_of(each, styles) == "none":
            return each
        if drawn and (style := each.get("style")) and (said := _VISIBILITY.findall(style)):
            drawn = False  # the nearest one counts
            if str(said[-1]).lower() in ("hidden", "collapse"):
                return each
        if each.tag == "details" and each.get("open") is None and below is not None:
            summary = next((part for part in each.elements() if part.tag == "summary"), None)
            if summary is None or summary != below:
                return each
        below = each
    return None


def is_visible(node: DomNode, styles: Mapping[str, str]) -> bool:
    """Whether the element has a box."""
    return hidden_by(node, styles) is None


def is_drawn(node: DomNode, styles: Mapping[str, str]) -> bool:
    """Whether the element has a box, and an inline `visibility` does not leave that empty: only then it can have the focus."""
    return hidden_by(node, styles, drawn=True) is None
