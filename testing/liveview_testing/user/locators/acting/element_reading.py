"""Reading an element: its texts, its html, its value, as Playwright's users ask for them.

Owns `inner_text` (the text as it shows, line by line) and `input_value`. Law: only what is rendered has an inner text; texts are
otherwise read as they are.
"""

from __future__ import annotations

import re

from liveview_testing.browser.accessibility import DomElement
from liveview_testing.browser.accessibility.display import display, is_rendered, keeps_spaces, visibility
from liveview_testing.browser.dom.forms import value_of
from liveview_testing.user.locators.acting.actionability import retargeted
from liveview_testing.user.locators.exceptions import Error
from liveview_testing.user.locators.finding.preview import preview
from liveview_testing.user.locators.finding.reading import node_of

_SILENT = frozenset(
    ("textarea", "input", "script", "style", "noscript", "template", "iframe", "canvas", "video", "audio")
)

_BOX = "\0"
"""A box in a line that has no text of its own: spaces beside it stay."""
_BOXES = frozenset(
    (
        "textarea",
        "input",
        "select",
        "img",
        "svg",
        "iframe",
        "canvas",
        "video",
        "audio",
        "progress",
        "meter",
        "object",
        "embed",
    )
)


def inner_text(element: DomElement) -> str:
    """The text as it shows: blocks on lines of their own, paragraphs with a blank line between, cells with tabs."""  # LC-4
    if not is_rendered(element):
        return element.content
    found: list[str | int] = []
    _say(element, found)
    lines: list[str] = []
    pending = 0
    for piece in found:
        if isinstance(piece, int):
            pending = max(pending, piece)
            continue
        if piece == "":
            continue
        if pending and any(each != _BOX for each in lines):
            lines.append("\n" * pending)
        pending = 0
        lines.append(piece)
    text = "".join(lines)
    text = (
        re.sub(r"[ ]+\n", "\n", re.sub(r"\n[ ]+", "\n", re.sub(r" {2,}", " ", text)))
        if not keeps_spaces(element)
        else text
    )
    text = text.strip(" ") if not keeps_spaces(element) else text
    return text.replace(_BOX, "")


def _say(element: DomElement, into: list[str | int]) -> None:
    if element.tag in _SILENT and element.parent is not None:
        if element.tag != "textarea" or into:
            return
    closed = element.tag == "details" and not element.document.state.open(element)
    kids = [
        each
        for each in element.children
        if (not closed if isinstance(each, str) else is_rendered(each) or each.tag == "option")
    ]
    for at, kid in enumerate(kids):
        if isinstance(kid, str):
            if visibility(element):
                into.append(kid if keeps_spaces(element) else re.sub(r"[ \t\n\r\f]+", " ", kid))
            continue
        if kid.tag == "br":
            into.append("\n")
            continue
        shown = display(kid)
        lines = 2 if kid.tag == "p" else 1 if _breaks(kid, shown) else 0
        if lines:
            _trim(into)
            into.append(lines)
        before = len(into)
        boxed = not lines and kid.tag in _BOXES
        if boxed:
            into.append(_BOX)
        _say(kid, into)
        inside = shown == "inline-block" and not boxed
        if inside:
            _trim_inside(into, before)
        if boxed or (inside and len(into) == before):
            into.append(_BOX)
        if lines:
            _trim(into)
            into.append(lines)
            if before == len(into) - 1:
                continue
        elif shown == "table-cell" and any(
            not isinstance(e, str) and display(e) == "table-cell" for e in kids[at + 1 :]
        ):
            into.append("\t")
    if element.tag == "select":
        return


def _breaks(element: DomElement, shown: str) -> bool:
    return shown in ("block", "flex", "grid", "list-item", "table", "table-row", "table-caption", "flow-root") or (
        element.tag == "option"
    )


def _trim(into: list[str | int]) -> None:
    if into and isinstance(into[-1], str) and into[-1] not in ("\n", "\t"):
        into[-1] = into[-1].rstrip(" ")


def _trim_inside(into: list[str | int], start: int) -> None:
    """What is in a box of its own has no spaces at its ends; where nothing is left it has no text at all."""
    for at, strip in ((start, str.lstrip), (-1, str.rstrip)):
        while len(into) > start and isinstance(text := into[at], str) and text not in (_BOX, "\n", "\t"):
            into[at] = strip(text, " ")
            if into[at]:
                break
            del into[at]


def input_value(element: DomElement) -> str:
    """What a field holds. Raises `Error` where it is none."""
    target = retargeted(element)
    if target.tag not in ("input", "textarea", "select"):
        raise Error("Node is not an <input>, <textarea> or <select> element", got=preview(target))
    if target.tag == "select":
        return value_of(node_of(target))
    return target.document.state.value(target)
