"""How large what is not text is by its attributes: pictures, drawings, controls, parts of other documents.

Law: a width and a height are yes or no; what only a load would tell counts as loaded. A number is one where Chromium reads one.
"""  # VI-2

from __future__ import annotations

from liveview_core.values.patterns import late_pattern
from liveview_testing.browser.accessibility.display import has_ink, hides_content, is_rendered_text, style
from liveview_testing.browser.accessibility.dom import DomElement
from liveview_testing.browser.accessibility.lines import REPLACED
from liveview_testing.browser.page.controls import input_type
from liveview_testing.browser.page.forms.numbers import dimension, natural

__all__ = ["foreign_size", "is_frameless", "replaced_size"]

_LENGTH = late_pattern(
    r"[-+]?(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:e[-+]?[0-9]+)?(px|em|rem|ex|ch|vh|vw|pt|pc|cm|mm|in|q|%)?"
)
_LEAST = 1 / 64
"""A browser's smallest length."""
_BARE = frozenset(("0", "0px", "none"))


def replaced_size(element: DomElement) -> tuple[bool, bool] | None:
    """Width and height of what is not text; None for what is."""
    tag = element.tag
    if tag in ("svg", "canvas", "video") and hides_content(element):
        return False, False
    match tag:
        case "canvas":
            return natural(element.get("width")) != 0, natural(element.get("height")) != 0
        case "svg":
            return not _is_nothing(element, "width"), not _is_nothing(element, "height")
        case "math":
            return (True, True) if any(map(_shows_ink, (element, *element.iter()))) else (False, False)
        case "object" if not element.has("data") and element.content:
            return True, True  # what is in it shows instead
        case "video" | "object" | "embed" | "iframe":
            return not _is_zero(element, "width"), not _is_zero(element, "height")
        case "img" | "input" if tag == "img" or input_type(element) == "image":
            return (False, False) if hides_content(element) else _image_size(element)
        case _:
            return (True, True) if tag in REPLACED else None


def _shows_ink(element: DomElement) -> bool:
    return is_rendered_text(element) and any(isinstance(kid, str) and has_ink(kid, False) for kid in element.children)


def foreign_size(element: DomElement) -> tuple[bool, bool]:
    """Width and height of html in a drawing: none but what it is given."""
    return _is_given(element, "width"), _is_given(element, "height")


def _image_size(element: DomElement) -> tuple[bool, bool]:
    alt = element.get("alt")
    if element.get("src") or (element.tag == "img" and (alt or (alt is None and element.get("title")))):
        return True, True
    width, height = dimension(element.get("width")), dimension(element.get("height"))
    return width is not None and width[0] > 0, height is not None and height[0] > 0 and not height[1]


def _is_zero(element: DomElement, side: str) -> bool:
    """Whether an attribute says that there is none; a part of a height that is open is no height."""
    found = dimension(element.get(side))
    return found is not None and found[0] == 0 and not (found[1] and side == "height")


def is_frameless(element: DomElement) -> bool:
    """Whether an iframe has no border."""
    frame = element.get("frameborder")
    if frame is not None and (frame.lower() == "no" or natural(frame) == 0):
        return True
    return style(element).get("border") in _BARE


def _length(text: str | None) -> tuple[float, str] | None:
    """A length of a drawing, which is written as in a style sheet."""
    text = (text or "").strip(" \t\n\r\f").lower()
    found = _LENGTH.fullmatch(text)
    return None if found is None else (float(text.removesuffix(found[1] or "")), found[1] or "")


def _is_nothing(element: DomElement, side: str) -> bool:
    found = _length(element.get(side))
    return found is not None and found[0] < _LEAST and (found[1] != "%" or (side == "width" and found[0] == 0))


def _is_given(element: DomElement, side: str) -> bool:
    found = _length(style(element).get(side)) or _length(element.get(side))
    return found is not None and found[0] >= _LEAST
