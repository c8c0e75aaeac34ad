"""Visibility without layout: whether an element has a box of some width and some height, judged by its markup.

Owns what the markup says about sizes: which elements have a box though they are empty, what gives a block its height and an
inline element its width. Law: what only a style sheet knows is not guessed; a width and a height are yes or no, never a number.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from liveview_testing.accessibility.display import (
    INLINE,
    display,
    has_ink,
    is_rendered,
    is_rendered_text,
    is_shown,
    keeps_spaces,
    sheet,
    shows_text,
    style,
)
from liveview_testing.accessibility.dom import Element, remembered

SIZED = frozenset(
    (
        *("input", "button", "select", "textarea", "progress", "meter", "iframe", "canvas", "video", "audio", "object"),
        *("embed", "hr", "fieldset", "td", "th", "marquee", "math"),
    )
)
STUBBORN = frozenset(("table", "tbody", "thead", "tfoot", "tr", "td", "th", "select", "textarea", "button", "caption"))
SHRINKS = frozenset(("inline-block", "inline-flex", "inline-grid", "inline-table"))
PARTS = ("table-row-group", "table-header-group", "table-footer-group", "table-row", "table")


class Extent(NamedTuple):
    """Whether there is some width, and some height."""

    width: bool
    height: bool


NOTHING, ALL = Extent(False, False), Extent(True, True)


@remembered
def is_visible(element: Element) -> bool:
    """Whether a user can see it, as far as the markup tells."""
    if display(element) == "contents":
        return any(
            shows_text(element, kid) if isinstance(kid, str) else is_visible(kid) for kid in element.children
        )
    return is_shown(element) and extent(element) == ALL


def is_inline_box(element: Element) -> bool:
    """Whether it shows as a part of a line."""
    if display(element) != "contents":
        return display(element) == "inline" and is_shown(element)
    for kid in element.children:
        if isinstance(kid, str):
            if shows_text(element, kid):
                return True
        elif is_visible(kid):
            return False
    return False


@remembered
def extent(element: Element) -> Extent:
    """The size of the box of a rendered element."""
    if not is_rendered(element):
        return NOTHING
    tag, shown, given = element.tag, display(element), style(element)
    if tag in ("br", "wbr"):
        return Extent(False, tag == "br")
    if "sized" in sheet(element):
        return ALL
    across, down = _padding(given)
    if shown == "inline" and not _is_replaced(element):
        inside = _of_lines(element)
        return Extent(across or inside.width, inside.height or across)
    found = _natural(element)
    if tag not in STUBBORN:
        width, height = _length(given.get("width")), _length(given.get("height"))
        found = Extent(
            found.width if width is None else width, found.height if height is None else height
        )
    least = (_length(given.get("min-width")), _length(given.get("min-height")))
    return Extent(found.width or across or bool(least[0]), found.height or down or bool(least[1]))


def _is_replaced(element: Element) -> bool:
    return element.tag in SIZED or element.tag in ("img", "svg")


def _natural(element: Element) -> Extent:
    """The size that an element has without one being given to it."""
    tag, shown = element.tag, display(element)
    if tag == "svg":
        return Extent(element.get("width") != "0", element.get("height") != "0")
    if tag == "img":
        return _of_image(element)
    if tag in SIZED or (tag == "dialog" and element.document.state.open(element)) or shown == "table-cell":
        return ALL
    if element.has("popover"):
        return ALL
    if tag == "details":
        summaries = [each for each in element.elements() if each.tag == "summary"]
        return ALL if not summaries else _of_block(element)
    if shown == "list-item":
        return ALL
    if shown in PARTS:
        return _of_table(element)
    return _of_block(element)


def _of_image(element: Element) -> Extent:
    alt = element.get("alt")
    if element.get("src"):
        return ALL
    if alt or (alt is None and element.get("title")):
        return ALL
    return Extent(bool(_attribute_length(element, "width")), bool(_attribute_length(element, "height")))


def _attribute_length(element: Element, name: str) -> bool:
    return re.match(r"\s*0*[1-9]", element.get(name) or "") is not None


def _of_table(element: Element) -> Extent:
    """A part of a table shows where one of its cells or its caption does."""
    for each in element.elements():
        shown = display(each)
        if shown == "none":
            continue
        if shown in PARTS or shown == "contents":
            if _of_table(each) == ALL:
                return ALL
        elif shown.startswith("table-column"):
            continue
        elif extent(each).height:
            return ALL
    return NOTHING if not has_text(element) else ALL


def has_text(element: Element) -> bool:
    """Whether a text right in it takes room."""
    return any(isinstance(kid, str) and has_ink(kid, keeps_spaces(element)) for kid in element.children)


def _of_block(element: Element) -> Extent:
    inside = _flow(element)
    if not _shrinks(element):
        return Extent(True, inside.height)
    return inside


def _shrinks(element: Element) -> bool:
    """Whether it is as wide as what is in it."""
    given = style(element)
    if display(element) in SHRINKS or _is_afloat(element) or element.tag == "legend":
        return True
    return given.get("width") in ("min-content", "max-content", "fit-content")


def _is_afloat(element: Element) -> bool:
    given = style(element)
    return given.get("position") in ("absolute", "fixed") or given.get("float", "none") not in ("none", "initial")


def _flow(element: Element) -> Extent:
    """What the content of a block comes to: the width of its widest line, the height of its lines and blocks."""
    width = height = False
    rows = is_rendered_text(element)
    for kid in element.children:
        if isinstance(kid, str):
            found = ALL if rows and has_ink(kid, keeps_spaces(element)) else NOTHING
        else:
            found = _part(kid)
        width, height = width or found.width, height or found.height
    return Extent(width, height)


def _part(kid: Element) -> Extent:
    """What a child brings to the flow around it."""
    shown = display(kid)
    if shown == "contents":
        return _flow(kid)
    if not is_rendered(kid) or _is_out_of_flow(kid):
        return NOTHING
    own = extent(kid)
    if shown in INLINE:
        if shown == "inline" and not _is_replaced(kid):
            return own if own.width or _brings_line(kid) else NOTHING
        return Extent(own.width, True)  # a line is made for it
    if not _shrinks(kid) and not own.height:
        return NOTHING
    return Extent(own.width if _shrinks(kid) else _flow(kid).width or _has_width(kid), own.height)


def _has_width(kid: Element) -> bool:
    return kid.tag in SIZED or display(kid) in ("list-item",) or bool(_length(style(kid).get("width")))


def _brings_line(element: Element) -> bool:
    return any(
        (each.tag == "br" and is_rendered(each)) or (display(each) == "inline" and _brings_line(each))
        for each in element.elements()
    ) or element.tag == "br"


def _is_out_of_flow(kid: Element) -> bool:
    if _is_afloat(kid):
        return True
    state = kid.document.state
    return (kid.tag == "dialog" or kid.has("popover")) and state.open(kid)


def _of_lines(element: Element) -> Extent:
    """The size of an inline element: it has a width where something in it has."""
    if is_rendered_text(element):
        for kid in element.children:
            if isinstance(kid, str) and has_ink(kid, keeps_spaces(element)):
                return ALL
    for kid in element.elements():
        shown = display(kid)
        if shown == "contents":
            if _of_lines(kid).width:
                return ALL
        elif is_rendered(kid) and not _is_out_of_flow(kid):
            own = extent(kid)
            if shown in INLINE:
                if own.width:
                    return ALL
            elif own.height or not _shrinks(kid):
                return Extent(True, own.height)
    return Extent(False, True)


# --- lengths ------------------------------------------------------------------------------------------------------------------

_LENGTH = re.compile(r"([-+]?(?:\d+\.?\d*|\.\d+))(px|em|rem|%|vh|vw|pt|ch|cm|mm|in)?")


def _length(text: str | None) -> bool | None:
    """Whether a length is more than nothing; None where it is not a fixed one."""
    if text is None:
        return None
    match = _LENGTH.fullmatch(text)
    if match is None or match[2] == "%" or (match[2] is None and float(match[1]) != 0):
        return None
    return float(match[1]) > 0


def _padding(given: object) -> tuple[bool, bool]:
    """Whether padding or a border gives it a width, a height."""
    assert isinstance(given, dict)
    across = down = False
    for name, value in given.items():
        if name.startswith("padding"):
            some = _some(value)
            if name == "padding":
                sides = value.split()
                down = down or _some(sides[0]) or (len(sides) > 2 and _some(sides[2]))
                across = across or _some(sides[1] if len(sides) > 1 else sides[0]) or (len(sides) > 3 and _some(sides[3]))
            elif name in ("padding-left", "padding-right", "padding-inline"):
                across = across or some
            else:
                down = down or some
        elif name.startswith("border") and re.search(r"\b(solid|dashed|dotted|double|groove|ridge|inset|outset)\b", value):
            if re.search(r"(?<![\d.])0(px)?(?![\d.])", value) is None:
                across = across or name in ("border", "border-left", "border-right")
                down = down or name in ("border", "border-top", "border-bottom")
    return across, down


def _some(text: str) -> bool:
    match = _LENGTH.match(text)
    return match is not None and float(match[1]) > 0
