"""How a browser reads the numbers in attributes: whole ones, others, and sizes.

Law: it decides as Chromium does: only ASCII digits and white space count, what follows the number does not, and what its types
cannot hold is no number. It never raises, whatever the text.
"""

from __future__ import annotations

from liveview_core.values.patterns import late_pattern

__all__ = ["dimension", "floating", "integer", "natural"]

_SPACE = r"[\t\n\f\r ]*"
_INTEGER = late_pattern(rf"{_SPACE}([+-]?[0-9]+)")
_FLOATING = late_pattern(rf"{_SPACE}([+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)")
_DIMENSION = late_pattern(rf"{_SPACE}([0-9]+(?:\.[0-9]*)?)(%?)")
_DIGITS = 10
"""As many as the largest number that it holds has: a longer one, but for zeros at its front, is too large."""


def integer(text: str | None) -> int | None:
    """A whole number, as `tabindex` or the `value` of a `li` is.

    >>> integer(" 3px"), integer("-2"), integer("2147483648"), integer("٣"), integer("x")
    (3, -2, None, None, None)
    """
    match = _INTEGER.match(text or "")
    if match is None or len(match[1].lstrip("+-0")) > _DIGITS:
        return None
    number = int(match[1].lstrip("+-0") or "0") * (-1 if match[1][0] == "-" else 1)
    return number if -(2**31) <= number < 2**31 else None


def natural(text: str | None) -> int | None:
    """A whole number that is not negative, as `maxlength` or `size` is.

    >>> natural("7"), natural("-0"), natural("-1")
    (7, 0, None)
    """
    number = integer(text)
    return None if number is None or number < 0 else number


def floating(text: str | None) -> float | None:
    """A number of a `meter` or a `progress`.

    >>> floating("+.5x"), floating("3e2"), floating("1e"), floating("1e400"), floating("")
    (0.5, 300.0, 1.0, None, None)
    """
    match = _FLOATING.match(text or "")
    if match is None:
        return None
    number = float(match[1])
    return number if abs(number) != float("inf") else None


def dimension(text: str | None) -> tuple[float, bool] | None:
    """A `width` or a `height`, and whether it is a part of what is around.

    >>> dimension(" 0x10"), dimension("50%"), dimension("-1"), dimension(".5")
    ((0.0, False), (50.0, True), None, None)
    """
    match = _DIMENSION.match(text or "")
    return None if match is None else (float(match[1]), bool(match[2]))
