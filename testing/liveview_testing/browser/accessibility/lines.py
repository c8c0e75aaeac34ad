"""What stands in the lines of a block: which elements are pieces of a line, and when nothing but a space is one.

Owns `is_line`, `is_in_line`, `is_replaced` and `is_gap`. Law: a space between two words of a line has a width, one at its end has
none; where lines end by themselves only a layout knows, and is not guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from liveview_testing.browser.accessibility.display import (
    INLINE,
    display,
    is_out_of_flow,
    is_rendered,
    is_rendered_text,
    keeps_spaces,
)
from liveview_testing.browser.accessibility.dom import DomElement

REPLACED = frozenset(
    (
        *("input", "button", "select", "textarea", "progress", "meter", "iframe", "canvas", "video", "audio", "object"),
        *("embed", "hr", "img", "svg", "math"),
    )
)


def is_line(element: DomElement) -> bool:
    """Whether it is laid out as a piece of a line, so that no size can be given to it."""
    return display(element) == "inline" and not is_replaced(element)


def is_in_line(element: DomElement) -> bool:
    return display(element) in INLINE


def is_replaced(element: DomElement) -> bool:
    return element.tag in REPLACED


def is_gap(element: DomElement) -> bool:
    """Whether it is nothing but the space between two words of a line."""
    if display(element) != "inline" or keeps_spaces(element) or not any(each in BLANKS for each in element.content):
        return False
    block = element.parent
    while block is not None and block.tag and display(block) in ("inline", "contents"):
        block = block.parent
    assert block is not None
    line = "".join(_line(block, element))
    if _HERE not in line:
        return False  # inside of what shows nothing, such as a `br`
    before, inside, after = line.split(_HERE)
    return any(
        (before + inside[:at])[-1:] not in ("", "\n", " ") and (inside[at:] + after).lstrip(" ")[:1] not in ("", "\n")
        for at, sign in enumerate(inside)
        if sign == " "
    )


_HERE, _BOX, BLANKS = "\0", "\1", " \t\n\r\f"


def _line(block: DomElement, mark: DomElement) -> Iterator[str]:
    """What stands in the lines of a block: words, a sign for a box, for the end of a line, and around the element `mark`."""
    for kid in block.children:
        if isinstance(kid, str):
            if is_rendered_text(block):
                yield re.sub(f"[{BLANKS}]+", " ", kid)
        elif kid is mark:
            yield _HERE
            yield from _line(kid, mark)
            yield _HERE
        elif not is_rendered(kid) or is_out_of_flow(kid) or kid.tag == "wbr":
            continue
        elif kid.tag == "br":
            yield "\n"
        elif display(kid) == "contents" or is_line(kid):
            yield from _line(kid, mark)
        else:
            yield _BOX if is_in_line(kid) else "\n"
