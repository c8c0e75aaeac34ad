"""What can be put into a field: values that fit its type and its limits, and hostile ones.

Owns `values_for`. Law: everything drawn is something that `fill` takes for that field: what a browser would never let into it is
not drawn.
"""

from __future__ import annotations

from typing import Final

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from liveview_testing.browser.accessibility import DomElement
from liveview_testing.browser.page.controls import input_type
from liveview_testing.properties.fields.texts import TEXT

HOSTILE: Final = (
    "<script>alert(1)</script>",
    "'; DROP TABLE users; --",
    "{@name} {{7*7}} #{1}",
    "\u202eright to left",
    "a\u2028b\u00a0c",
    "👩\u200d👩\u200d👧 é",
    "../../etc/passwd",
    "null",
    "-1",
    "9" * 30,
    "x" * 300,
)
"""Texts that break what is careless with them."""

DATES: Final = ("2024-02-29", "2025-01-01", "1970-01-01", "9999-12-31", "0001-01-01")
TIMES: Final = ("00:00", "12:30", "23:59")


def values_for(field: DomElement) -> SearchStrategy[str]:
    """Texts for a field that is written into."""
    if field.tag != "input":
        lines = st.sampled_from(["one\ntwo", "\n", "  \n  x"])
        return st.one_of(st.sampled_from(["", "hello"]), TEXT, lines, st.sampled_from(HOSTILE))
    match input_type(field):
        case "number" | "range":
            return _numbers(field)
        case "date":
            return st.sampled_from(DATES)
        case "time":
            return st.sampled_from(TIMES)
        case "datetime-local":
            return st.builds("{}T{}".format, st.sampled_from(DATES), st.sampled_from(TIMES))
        case "month":
            return st.sampled_from([date[:7] for date in DATES])
        case "week":
            return st.sampled_from(["2024-W01", "2020-W53"])
        case "color":
            return st.sampled_from(["#000000", "#ff8800", "#ffffff"])
        case "email":
            return st.sampled_from(["", "ann@example.com", "a+b@example.com", "ann", "@", "x" * 70 + "@example.com"])
        case "url":
            return st.sampled_from(["", "https://example.com/", "javascript:alert(1)", "example", "//x"])
        case "tel":
            return st.sampled_from(["", "+1 555 0100", "0", "abc"])
        case _:
            return st.one_of(st.sampled_from(["", "a", "hello"]), TEXT.map(_one_line), st.sampled_from(HOSTILE))


def _one_line(text: str) -> str:
    return text.replace("\r", "").replace("\n", "")


def _numbers(field: DomElement) -> SearchStrategy[str]:
    lowest, highest = _limit(field, "min"), _limit(field, "max")
    low = -100 if lowest is None else lowest
    high = max(low, 100 if highest is None else highest)
    within = st.integers(low, high).map(str)
    if input_type(field) == "range":
        return within
    outside = [str(low - 1), str(high + 1), "", "0.5", "-0", "1e3", "9" * 30]
    return st.one_of(within, st.sampled_from(outside))


def _limit(field: DomElement, name: str) -> int | None:
    try:
        return int(float(field.get(name) or ""))
    except (ValueError, OverflowError):
        return None
