"""The values that controls hold: what a browser makes of the text that is put into one.

Owns the value sanitization of the HTML standard. Law: it depends on the text and the element's own attributes; what is clean stays.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Mapping
from datetime import date
from decimal import ROUND_FLOOR, Decimal
from typing import Protocol

from liveview_core.values.patterns import late_pattern

__all__ = ["NOUNS", "Attributed", "cleaned", "counted", "number", "step_of", "written"]


class Attributed(Protocol):
    """A control, as far as its value depends on it."""

    def get(self, name: str, /) -> str | None:
        """One attribute."""
        ...


_SPACE = "\t\n\f\r "  # what is whitespace to HTML
_LINES = ("text", "search", "tel", "password", "url", "email")

NOUNS = {
    "number": "number",
    "range": "number of the range",
    "color": "color (#rrggbb)",
    "date": "date (2026-01-31)",
    "time": "time (09:30)",
    "month": "month (2026-01)",
    "week": "week (2026-W05)",
    "datetime-local": "date and time (2026-01-31T09:30)",
}
"""What controls hold that hold not any text."""


def cleaned(value: str, kind: str, node: Attributed | None = None) -> str:
    r"""The value of a text-like input that is given this text.

    >>> (
    ...     cleaned(" a@b ", "email"),
    ...     cleaned("one\n\rtwo", "text"),
    ...     cleaned("RED", "color"),
    ...     cleaned("2026-02-30", "date"),
    ...     cleaned("2026-01-02 03:04", "datetime-local"),
    ... )
    ('a@b', 'onetwo', '#000000', '', '2026-01-02T03:04')
    """
    if kind in _LINES:
        if kind == "email" and node is not None and node.get("multiple") is not None:
            return ",".join(each.strip(_SPACE) for each in value.split(","))
        value = value.replace("\n", "").replace("\r", "")
        return value.strip(_SPACE) if kind in ("url", "email") else value
    if kind == "range":
        return _in_range(value, node)
    clean = _CLEAN.get(kind)
    return value if clean is None else clean(value)


# --- numbers ----------------------------------------------------------------------------------------------------------------

_NUMBER = late_pattern(r"-?([0-9]+(\.[0-9]+)?|\.[0-9]+)([eE][-+]?[0-9]+)?")
_LARGEST = Decimal("1.7976931348623157e308")


def number(text: str | None) -> Decimal | None:
    """A valid floating-point number; None for any other text, and for one that is too large for a browser."""
    if text is None or _NUMBER.fullmatch(text) is None or len(text) > 400:
        return None
    found = Decimal(text)
    return found if abs(found) <= _LARGEST else None


def written(number: Decimal) -> str:
    """A number as a browser writes it."""
    value = float(number)
    return str(int(value)) if value.is_integer() and abs(value) < 1e21 else repr(value)


def _in_range(text: str, node: Attributed | None) -> str:
    """A number between `min` and `max`, at one of the steps; the middle of the range for what is no number."""
    attribute: Callable[[str], str | None] = (lambda name: None) if node is None else node.get
    low, high = number(attribute("min")) or Decimal(0), number(attribute("max"))
    high = Decimal(100) if high is None else high
    wanted = number(text)
    clean = wanted
    if clean is None:
        clean = low if high < low else (low + high) / 2
    elif clean > high:
        clean = high
    clean = max(clean, low)
    steps = step_of(attribute)
    if steps is not None and low <= high:
        clean = _at_step(clean, low, high, *steps)
    return (
        written(clean)
        if wanted is None or clean != wanted
        else _spelled(wanted, stepped=steps is not None and steps[0] != clean)
    )


_DIGITS = 18  # of a browser's own decimals


def _spelled(number: Decimal, *, stepped: bool) -> str:
    """A number that a range holds as it was given: no zeros that say nothing, no exponent if it was counted in steps."""
    if stepped and number.adjusted() < _DIGITS and number == number.to_integral_value():
        return str(int(number))
    text = str(number).lower() if number else "0"
    return text.rstrip("0").rstrip(".") if "." in text and "e" not in text else text


def step_of(get: Callable[[str], str | None]) -> tuple[Decimal, Decimal] | None:
    """From where, and how far from each other, the numbers are that a control takes, given its attributes; None: it takes any."""
    if (get("step") or "").lower() == "any":
        return None
    given, step = number(get("min")), number(get("step"))
    base = given if given is not None else number(get("value")) or Decimal(0)
    return base, step if step is not None and step > 0 else Decimal(1)


def _at_step(number: Decimal, low: Decimal, high: Decimal, base: Decimal, step: Decimal) -> Decimal:
    """The step that is nearest, the higher of two; the number itself if the range has none."""
    if abs(number - base) / step > 10**20:
        return number
    steps = ((number - base) / step + Decimal("0.5")).to_integral_value(ROUND_FLOOR)
    nearest = base + steps * step
    if nearest > high:
        nearest -= step
    if nearest < low:
        nearest += step
    return nearest if low <= nearest <= high else number


# --- dates and times --------------------------------------------------------------------------------------------------------

_DATE = late_pattern(r"([0-9]{4,})-([0-9]{2})-([0-9]{2})")
_MONTH = late_pattern(r"([0-9]{4,})-([0-9]{2})")
_WEEK = late_pattern(r"([0-9]{4,})-W([0-9]{2})")
_TIME = late_pattern(r"([0-9]{2}):([0-9]{2})(?::([0-9]{2})(?:\.([0-9]{1,3}))?)?")
_LOCAL = late_pattern(r"([^T ]+)[T ]([^T ]+)")
_COLOR = late_pattern(r"#[0-9a-fA-F]{6}")


def _like(year: str) -> int:
    """A year in which the days are as in this one: the calendar repeats itself every 400 years; the standard's has no end."""
    rest = 0
    for digit in year:
        rest = (rest * 10 + int(digit)) % 400
    return rest + 2000


def _is_month(year: str, month: str) -> bool:
    return bool(year.strip("0")) and 1 <= int(month) <= 12


def _is_date(text: str) -> bool:
    found = _DATE.fullmatch(text)
    if found is None or not _is_month(found[1], found[2]):
        return False
    return 1 <= int(found[3]) <= monthrange(_like(found[1]), int(found[2]))[1]


def _is_week(text: str) -> bool:
    found = _WEEK.fullmatch(text)
    if found is None or not found[1].strip("0"):
        return False
    return 1 <= int(found[2]) <= date(_like(found[1]), 12, 28).isocalendar().week  # that day is in the last week


def _time(text: str) -> str | None:
    """A time as short as it can be; None for any other text."""
    found = _TIME.fullmatch(text)
    if found is None or int(found[1]) > 23 or int(found[2]) > 59 or int(found[3] or 0) > 59:
        return None
    fraction = (found[4] or "").rstrip("0")
    seconds = f":{found[3]}.{fraction}" if fraction else f":{found[3]}" if found[3] and found[3] != "00" else ""
    return f"{found[1]}:{found[2]}{seconds}"


def _local(text: str) -> str:
    found = _LOCAL.fullmatch(text)
    time = None if found is None or not _is_date(found[1]) else _time(found[2])
    return "" if found is None or time is None else f"{found[1]}T{time}"


def _month(text: str) -> str:
    found = _MONTH.fullmatch(text)
    return text if found is not None and _is_month(found[1], found[2]) else ""


def counted(text: str, kind: str) -> Decimal | None:
    """A date or time as a number, of days, weeks, months or milliseconds since the first of 1970; None for any other text.

    >>> counted("1970-01-02", "date"), counted("1970-W02", "week"), counted("00:00:01", "time"), counted("x", "date")
    (Decimal('1'), Decimal('1'), Decimal('1000'), None)
    """
    text = cleaned(text, kind)
    if not text:
        return None
    day, _, time = (
        text.partition("T") if kind == "datetime-local" else (text, "", "") if kind != "time" else ("", "", text)
    )
    number = Decimal(0)
    if day:
        year, second, *third = day.split("-")
        if kind == "month":
            return Decimal((int(year) - 1970) * 12 + int(second) - 1)
        like = _like(year)
        if kind == "week":
            first = date.fromisocalendar(like, int(second[1:]), 1)
        else:
            first = date(like, int(second), int(third[0]))
        number = Decimal(first.toordinal() - _EPOCH + (int(year) - like) // 400 * 146_097)
        if kind == "week":
            return (number + 3) / 7
    if time:
        hour, minute, *seconds = time.split(":")
        passed = (int(hour) * 60 + int(minute)) * 60 + Decimal(seconds[0] if seconds else 0)
        return (number * 86_400 + passed) * 1_000
    return number


_EPOCH = date(1970, 1, 1).toordinal()


_CLEAN: Mapping[str, Callable[[str], str]] = {
    "number": lambda text: "" if number(text) is None else text,
    "color": lambda text: text.lower() if _COLOR.fullmatch(text) else "#000000",
    "date": lambda text: text if _is_date(text) else "",
    "time": lambda text: "" if _time(text) is None else text,
    "month": _month,
    "week": lambda text: text if _is_week(text) else "",
    "datetime-local": _local,
}
