"""Visibility without layout: whether an element has a box of some width and some height, judged by its markup.

Owns what the markup says about sizes: which elements have a box though they are empty, what gives a block its height and an
inline element its width. Law: what only a style sheet knows is not guessed; a width and a height are yes or no, never a number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Literal

from liveview_core.values.patterns import late_pattern
from liveview_testing.browser.accessibility.display import (
    INLINE,
    display,
    has_ink,
    hides_content,
    is_foreign,
    is_out_of_flow,
    is_popover,
    is_rendered,
    is_rendered_text,
    is_shown,
    keeps_spaces,
    sheet,
    shows_text,
    style,
)
from liveview_testing.browser.accessibility.dom import DomElement, remembered
from liveview_testing.browser.accessibility.lines import is_gap, is_in_line, is_line, is_replaced
from liveview_testing.browser.accessibility.replaced import foreign_size, is_frameless, replaced_size
from liveview_testing.browser.accessibility.states import is_editing_host
from liveview_testing.browser.page.controls import input_type

TALL = frozenset(("td", "th", "dialog", "q", "option", "optgroup", "fieldset", "html"))  # though nothing is in them
PADDED = frozenset(("dialog", "fieldset", "td", "th", "iframe"))
STUBBORN = frozenset(("table", "tbody", "thead", "tfoot", "tr", "td", "th", "select", "textarea", "button", "caption"))
SHRINKS = frozenset(("inline-block", "inline-flex", "inline-grid", "inline-table"))
BARE = frozenset(("checkbox", "radio", "range", "image", "file", "hidden"))  # inputs without padding
INDENTED = frozenset(("ul", "ol", "menu"))  # their padding is a width
MARGINS = frozenset(("p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "menu", "dl", "pre", "blockquote", "figure"))
ROOTS = frozenset(
    ("inline-block", "flow-root", "flex", "inline-flex", "grid", "inline-grid", "table-cell", "table-caption")
)  # displays in which the margins of what is inside count
PARTS = ("table-row-group", "table-header-group", "table-footer-group", "table-row", "table")


@remembered
def is_visible(element: DomElement) -> bool:
    """Whether a user can see it, as far as the markup tells."""
    if display(element) == "contents":
        if element.tag == "option" and element.closest("select") is not None:
            return False
        return any(shows_text(element, kid) if isinstance(kid, str) else is_visible(kid) for kid in element.children)
    if not is_shown(element) or _is_scaled_away(element):
        return False
    return (is_tall(element) and is_wide(element)) or is_gap(element)


@remembered
def _is_scaled_away(element: DomElement) -> bool:
    given = style(element)
    if element.parent is not None and _is_scaled_away(element.parent):
        return True
    return given.get("scale") == "0" or re.search(r"\bscale[xy]?\(\s*0\s*[,)]", given.get("transform", "")) is not None


def is_inline_box(element: DomElement) -> bool:
    """Whether an element with nothing in it but a text shows as a part of a line."""
    if display(element) == "contents":
        return any(shows_text(element, kid) for kid in element.children if isinstance(kid, str))
    return display(element) == "inline" and is_shown(element)


# --- width --------------------------------------------------------------------------------------------------------------------


def is_wide(element: DomElement) -> bool:
    """Whether its box has a width."""
    if is_line(element):
        return has_width(element) or any(
            each.parent is not None and _room(each.parent) for each in _parts(element) if not is_in_line(each)
        )
    if _shrinks(element) or is_replaced(element) or display(element) in PARTS or element.tag in ("dialog", "math"):
        return has_width(element)
    if is_foreign(element):
        return foreign_size(element)[0]
    if _given(element, "width") is not None or element.parent is None:
        return has_width(element) or element.parent is None
    return _room(element.parent) or _has_edges(element)


@remembered
def _room(element: DomElement) -> bool:
    """Whether there is a width for the blocks in an element."""
    shown, parent = display(element), element.parent
    if parent is None or element.tag in ("html", "body") or shown in PARTS:
        return True
    if is_foreign(element):
        return foreign_size(element)[0]
    if shown != "contents" and not is_line(element):
        given = _length(style(element).get("width"))
        if given is not None and shown != "table-cell":
            return given
        if shown == "table-cell" or element.tag == "button" or _shrinks(element):
            return _has_wide_content(element)
        if element.tag == "fieldset" and _has_wide_content(element):
            return True  # never narrower than what is in it
    return _room(parent)


def _settled_size(element: DomElement, shown: str, axis: Literal["width", "height"]) -> bool | None:
    """Whether it has a width or a height as it is told, by its part in a table, or by what replaces it; else None."""
    given = _given(element, axis)
    if given is not None:
        return given
    if shown in PARTS:
        return _is_filled(element) or _is_sized_row(element)
    if shown.startswith("table-column"):
        table = next((each for each in element.ancestors() if display(each) in ("table", "inline-table")), None)
        if element.parent is not None and display(element.parent) not in (
            "table",
            "inline-table",
            "table-column-group",
        ):
            return False  # a column of nothing
        return table is not None and (has_width(table) if axis == "width" else is_tall(table))
    found = foreign_size(element) if is_foreign(element) else replaced_size(element)
    return None if found is None else found[axis == "height"]


@remembered
def has_width(element: DomElement) -> bool:
    """Whether what is in it, or what it is, has a width of its own."""
    tag, shown = element.tag, display(element)
    if not is_rendered(element) or tag in ("br", "wbr"):
        return False
    if _has_edges(element):
        return True
    settled = _settled_size(element, shown, "width")
    if settled is not None:
        return settled
    if shown == "list-item" and (tag == "summary" or is_out_of_flow(element)):
        return True  # by its marker
    return tag in ("q", "option") or _is_bare_details(element) or _has_wide_content(element)


def _is_bare_details(element: DomElement) -> bool:
    """Whether a browser writes "Details" on it."""
    return element.tag == "details" and all(each.tag != "summary" for each in element.elements())


def _is_padded(element: DomElement) -> bool:
    """Whether it has a border, or a padding, by what it is."""
    return element.tag in PADDED and not (element.tag == "iframe" and is_frameless(element))


def _has_edges(element: DomElement) -> bool:
    """Whether it has a width by its padding or border, or by what a style demands, however narrow the place."""
    if _is_padded(element) or element.tag in INDENTED or element.tag == "legend" or is_popover(element):
        return True
    across, _ = _padding(style(element))
    return across or "sized" in sheet(element) or bool(_length(style(element).get("min-width")))


def _has_wide_content(element: DomElement) -> bool:
    if not hides_content(element) and has_ink_of_its_own(element):
        return True
    return any(map(has_width, _parts(element)))


# --- height -------------------------------------------------------------------------------------------------------------------


def is_tall(element: DomElement) -> bool:
    """Whether its box has a height: of its own, or because it is as tall as what stands beside it."""
    if _is_tall_itself(element):
        return True
    parent = element.parent
    if parent is None or not is_rendered(element) or display(parent) not in ("flex", "inline-flex"):
        return False
    if is_line(element) or is_out_of_flow(element) or _given(element, "height") is not None:
        return False
    return bool(_given(parent, "height")) or any(map(_is_tall_itself, _parts(parent)))


@remembered
def _is_tall_itself(element: DomElement) -> bool:
    tag, shown = element.tag, display(element)
    if not is_rendered(element) or tag == "wbr":
        return False
    _, down = _padding(style(element))
    if (
        down
        or _is_padded(element)
        or is_popover(element)
        or "sized" in sheet(element)
        or _length(style(element).get("min-height"))
    ):
        return True
    if is_line(element):
        return has_width(element) or any(map(is_tall, _parts(element))) or tag == "br"
    settled = _settled_size(element, shown, "height")
    if settled is not None:
        return settled
    if (
        tag in TALL
        or (shown == "list-item" and not hides_content(element) and _has_marker(element))
        or _is_edited(element)
    ):
        return True
    if _is_bare_details(element):
        return True
    return _has_tall_content(element)


def _has_marker(element: DomElement) -> bool:
    """Whether a list item has a bullet or a number; no style of its own, or around it, says it has none."""
    for each in element.chain():
        given = style(each)
        said = given.get("list-style-type") or given.get("list-style")
        if said is not None:
            return "none" not in said.split()
    return True


def _has_tall_content(element: DomElement) -> bool:
    if hides_content(element):
        return False
    if has_ink_of_its_own(element) or any(map(_raises, _parts(element))):
        return True
    # Where margins do not fall together with those outside, they count.
    is_root = display(element) in ROOTS or is_out_of_flow(element)
    return is_root and any(map(_has_margin, element.elements()))


def _raises(kid: DomElement) -> bool:
    """Whether a child gives a block a height: an inline one by a line of its own."""
    if not is_line(kid):
        return is_in_line(kid) or is_tall(kid)
    return kid.tag in ("br", "wbr") or has_width(kid) or any(map(_raises, _parts(kid)))


def _has_margin(kid: DomElement) -> bool:
    """Whether a block takes room though it is empty, by its margins or by those of the blocks in it."""
    if not is_rendered(kid) or is_out_of_flow(kid) or display(kid) in INLINE:
        return False
    if kid.tag in MARGINS:
        return not (kid.tag in INDENTED and any(each.tag in INDENTED for each in kid.ancestors()))
    return display(kid) not in ROOTS and any(map(_has_margin, kid.elements()))


def _is_edited(element: DomElement) -> bool:
    """Whether it is the outermost element that can be edited: there is a line to write on."""
    if element.get("contenteditable") is None or not is_editing_host(element):
        return False
    if any(each.has("inert") for each in element.chain()):
        return False
    return element.parent is None or not is_editing_host(element.parent)


# --- kinds of boxes -----------------------------------------------------------------------------------------------------------


def _parts(element: DomElement) -> Iterator[DomElement]:
    """What is laid out in an element: its children, and those of children that have no box. A column is as large as its table."""
    for kid in element.elements():
        shown = display(kid)
        if shown == "contents":
            yield from _parts(kid)
        elif not shown.startswith("table-column") and is_rendered(kid) and not is_out_of_flow(kid):
            yield kid


def has_ink_of_its_own(element: DomElement) -> bool:
    """Whether a text right in it, or in children that have no box, takes room."""
    for kid in element.children:
        if isinstance(kid, str):
            if is_rendered_text(element) and has_ink(kid, keeps_spaces(element)):
                return True
        elif display(kid) == "contents" and has_ink_of_its_own(kid):
            return True
    return False


def _shrinks(element: DomElement) -> bool:
    """Whether it is as wide as what is in it."""
    if display(element) in SHRINKS or element.tag == "legend" or is_out_of_flow(element):
        return True
    if style(element).get("width") in ("min-content", "max-content", "fit-content"):
        return True
    return element.parent is not None and display(element.parent) in ("flex", "inline-flex")


def _is_filled(element: DomElement) -> bool:
    """Whether a part of a table has a cell, or a caption, that shows."""
    if has_ink_of_its_own(element):
        return True
    for each in _parts(element):
        shown = display(each)
        if shown in PARTS:
            if _is_sized_row(each) or _is_filled(each):
                return True
        elif not shown.startswith("table-column") and is_tall(each):
            return True
    return False


def _is_sized_row(element: DomElement) -> bool:
    given = style(element)
    return display(element) == "table-row" and bool(_length(given.get("width")) and _length(given.get("height")))


# --- lengths ------------------------------------------------------------------------------------------------------------------

_LENGTH = late_pattern(r"([-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+))(px|em|rem|%|vh|vw|pt|ch|cm|mm|in)?")


def _given(element: DomElement, side: str) -> bool | None:
    """Whether the width or height that its style gives is more than nothing; None where it gives none that is obeyed."""
    if element.tag in STUBBORN or (element.tag == "input" and input_type(element) not in BARE) or is_line(element):
        return None
    return _length(style(element).get(side))


def _length(text: str | None) -> bool | None:
    """Whether a length is more than nothing; None where it is not a fixed one."""
    if text is None:
        return None
    match = _LENGTH.fullmatch(text)
    if match is None or match[2] == "%" or (match[2] is None and float(match[1]) != 0):
        return None
    return float(match[1]) > 0


def _padding(given: Mapping[str, str]) -> tuple[bool, bool]:
    """Whether padding or a border gives it a width, a height."""
    across = down = False
    for name, value in given.items():
        if name.startswith("padding"):
            some = _some(value)
            if name == "padding":
                sides = value.split()
                down = down or _some(sides[0]) or (len(sides) > 2 and _some(sides[2]))
                across = (
                    across or _some(sides[1] if len(sides) > 1 else sides[0]) or (len(sides) > 3 and _some(sides[3]))
                )
            elif name in ("padding-left", "padding-right", "padding-inline"):
                across = across or some
            else:
                down = down or some
        elif name.startswith("border") and re.search(
            r"\b(solid|dashed|dotted|double|groove|ridge|inset|outset)\b", value
        ):
            if re.search(r"(?<![\d.])0(px)?(?![\d.])", value) is None:
                across = across or name in ("border", "border-left", "border-right")
                down = down or name in ("border", "border-top", "border-bottom")
    return across, down


def _some(text: str) -> bool:
    match = _LENGTH.match(text)
    return match is not None and float(match[1]) > 0
