"""What a number field shows while somebody types, which need not be a number.

Owns which characters it takes, and what number a text is read as. As Chromium does it, which was measured: a field that shows `1e`
has no value, one that shows `1.` has the value `1`.
"""  # CE-41, FI-13

from __future__ import annotations

import re
from math import isfinite

from liveview_core.values.patterns import late_pattern

_SIGNS = ("+", "-")
_E = ("e", "E")
_PLAIN = late_pattern(r"\+[0-9.]*")
_NUMBER = late_pattern(r"-?(\d+(\.\d*)?|\.\d+)([eE][-+]?\d+)?", re.ASCII)
_SIGN_OF_NUMBER = late_pattern(r"(?<![eE])[-+]")


def taken(left: str, right: str, character: str) -> bool:
    """Whether a character can be typed between two parts of a text."""
    if character == ".":
        return "." not in left + right and not _has_e(left) and _SIGN_OF_NUMBER.search(right) is None
    if character in _E:
        return not _has_e(left + right) and "." not in right
    if character in _SIGNS:
        if right.startswith(_SIGNS) or sum(each in _SIGNS for each in left + right) > 1:
            return False
        return not _has_e(left + right) or left.endswith(_E) or (not left and character == "-")
    if character.isascii() and character.isdecimal():
        return not right.startswith(_SIGNS) or not (not left or left.endswith(_E))
    return False


def read(text: str) -> str:
    """The value of a field that shows this; nothing where it is no number.

    >>> [read(each) for each in ("1", "1.", "+1", "-2.e1", "1e", "+1e2", "1e999", "")]
    ['1', '1', '1', '-2.e1', '', '', '', '']
    """
    if _PLAIN.fullmatch(text):
        text = text[1:]
    text = text.removesuffix(".")
    return text if _NUMBER.fullmatch(text) and isfinite(float(text)) else ""


def _has_e(text: str) -> bool:
    return "e" in text or "E" in text
