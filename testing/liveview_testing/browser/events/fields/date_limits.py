"""How far the parts of a date or time field turn: what `min`, `max` and `step` leave of each.

Owns `LIMITS`, what a part can hold at all; `limits_of`, through what arrows turn it; and how fine the parts of a time are.
Law: who types a part is held to `LIMITS` alone; `min` and `max` narrow a part only where all that is larger is settled by them.
"""  # AC-9

from __future__ import annotations

from decimal import ROUND_FLOOR, Decimal

from liveview_core.values.declaring import frozen
from liveview_testing.browser.page.forms.values import Attributed, cleaned, number

LIMITS = {
    "month": (1, 12),
    "name": (1, 12),
    "day": (1, 31),
    "year": (1, 275_760),
    "week": (1, 53),
    "hour": (1, 12),
    "minute": (0, 59),
    "second": (0, 59),
    "milli": (0, 999),
    "half": (0, 1),
}
_SIZES = {
    "hour": (3_600_000, 43_200_000),
    "minute": (60_000, 3_600_000),
    "second": (1_000, 60_000),
    "milli": (1, 1_000),
}
"""Of what is turned by `step`: how many milliseconds one is, and how many all are."""
_MINUTE = Decimal(60_000)


def parts_of(text: str, kind: str) -> dict[str, int]:
    """The parts of a value; none of an empty one."""
    if not text:
        return {}
    date, _, time = text.partition("T") if kind == "datetime-local" else (text, "", text if kind == "time" else "")
    found: dict[str, int] = {}
    if kind != "time":
        first, second, *third = date.split("-")
        found["year"] = int(first)
        if kind == "week":
            found["week"] = int(second.removeprefix("W"))
        else:
            found["month"] = found["name"] = int(second)
            if third:
                found["day"] = int(third[0])
    if time:
        hour, minute, *more = time.split(":")
        seconds, _, fraction = more[0].partition(".") if more else ("0", "", "")
        found.update(hour=int(hour) % 12 or 12, half=int(hour) // 12, minute=int(minute), second=int(seconds))
        found["milli"] = int(fraction.ljust(3, "0")) if fraction else 0
    return found


def _given(node: Attributed, name: str, kind: str) -> dict[str, int]:
    """The parts of what an attribute says, if that is such a value."""
    return parts_of(cleaned(node.get(name) or "", kind), kind)


def _of_day(parts: dict[str, int]) -> int:
    """The time of day in milliseconds."""
    hour = parts.get("hour", 0) % 12 + 12 * parts.get("half", 0)
    return ((hour * 60 + parts.get("minute", 0)) * 60 + parts.get("second", 0)) * 1_000 + parts.get("milli", 0)


def _step(node: Attributed) -> Decimal:
    step = number(node.get("step"))
    return step * 1_000 if step is not None and step > 0 else _MINUTE


def fine(node: Attributed, kind: str) -> int:
    """How fine the parts of a time are: 0 to minutes, 1 to seconds, 2 to milliseconds."""
    has, least, step = parts_of(getattr(node, "value", ""), kind), _given(node, "min", kind), _step(node)
    if has.get("milli") or least.get("milli") or step % 1_000:
        return 2
    return 1 if has.get("second") or least.get("second") or step % _MINUTE else 0


@frozen
class Limits:
    """Through what a part turns: from where to where, in steps counted from a base; which ends are said by nobody."""

    low: int
    high: int
    step: int = 1
    base: int = 0
    open_below: bool = False
    open_above: bool = False

    def turned(self, held: int | None, by: int, year: int) -> int:
        """One step up or down from what a part holds, or from nothing; beyond an end it goes on at the other one."""
        if by > 0:
            there = self._up(held + 1 if held is not None else year if self.open_below else self.low)
        else:
            there = self._down(held - 1 if held is not None else year if self.open_above else self.high)
        if self.low <= there <= self.high:
            return there
        return self._up(self.low) if by > 0 else self._down(self.high)

    def _up(self, number: int) -> int:
        return self.base - (self.base - number) // self.step * self.step

    def _down(self, number: int) -> int:
        return self.base + (number - self.base) // self.step * self.step


def limits_of(node: Attributed, kind: str, name: str) -> Limits:
    """Through what arrows turn a part of a field."""
    low, high = LIMITS[name]
    least, most = _given(node, "min", kind), _given(node, "max", kind)
    if name == "year":
        first, last = sorted((least.get("year", low), most.get("year", high)))
        return Limits(first, last, open_below=not least, open_above=not most)
    step, base = _stepping(node, kind, name)
    if least and most and _is_settled(least, most, kind, name):
        if name != "hour" or (least["half"] == most["half"] and (least["hour"] % 12 or most["hour"] == 12)):
            low, high = sorted((least.get(name, low), most.get(name, high)))
    return Limits(low, high, step, base)


_LARGER = {
    "month": ("year",),
    "name": ("year",),
    "week": ("year",),
    "day": ("year", "month"),
    "hour": ("year", "month", "day"),
    "minute": ("year", "month", "day", "hour", "half"),
    "second": ("year", "month", "day", "hour", "half", "minute"),
    "milli": ("year", "month", "day", "hour", "half", "minute", "second"),
    "half": ("none",),
}


def _is_settled(least: dict[str, int], most: dict[str, int], kind: str, name: str) -> bool:
    """Whether all parts that are larger can be but one."""
    return name != "half" and all(least.get(each) == most.get(each) for each in _LARGER[name])


def _stepping(node: Attributed, kind: str, name: str) -> tuple[int, int]:
    """How wide a step of a part is, and where it begins."""
    sizes = _SIZES.get(name)
    if sizes is None:
        return 1, 0
    unit, size = sizes
    step = _step(node)
    if step % size == 0:
        step = Decimal(size)
    if size % step or step % unit:
        return 1, 0
    begins = _given(node, "min", kind) or _given(node, "value", kind)
    whole = (Decimal(_of_day(begins)) / unit).to_integral_value(ROUND_FLOOR)
    return int(step / unit), int(whole) % (size // unit)
