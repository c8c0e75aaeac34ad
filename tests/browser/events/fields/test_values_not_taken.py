"""`fill` of what a control does not take: the value that Chromium holds then, and a note that says so (AC-3).

Playwright sets the value and asks no more (measured with 1.65 in Chromium 156: all of these, but the name of a colour).
"""

from __future__ import annotations

import pytest

from liveview_testing import Page, Simulation
from tests.harness.counting_pages import page


def filled(attributes: str, text: str) -> Page:
    there = Simulation().page(page(f'<form id="f" phx-change="c"><input id="i" name="i" {attributes}></form>'))
    there.locator("#i").fill(text)
    return there


@pytest.mark.parametrize(
    ("kind", "text", "cure"),
    [
        ("date", "31.12.2024", "a date, written as 2026-01-31"),
        ("date", "2024-02-30", "a date, written as 2026-01-31"),
        ("date", "2024-12-31T10:00", "a date, written as 2026-01-31"),
        ("time", "25:00", "a time, written as 09:30"),
        ("time", "10:00 AM", "a time, written as 09:30"),
        ("month", "2024-13", "a month, written as 2026-01"),
        ("week", "2024-W53", "a week, written as 2026-W05"),
        ("datetime-local", "2024-12-31", "a date and time, written as 2026-01-31T09:30"),
    ],
)
def test_what_is_no_date_or_time_leaves_the_field_empty(kind: str, text: str, cure: str) -> None:
    there = filled(f'type="{kind}" value="x"', text)
    noun = cure.partition(",")[0].removeprefix("a ")
    assert there.locator("#i").input_value() == ""
    assert [(each.text, each.cure) for each in there.notes] == [
        (f"{text!r} was filled into <input#i>, which is empty now: it is no {noun}", cure)
    ]


@pytest.mark.parametrize(
    ("attributes", "text", "held", "why", "cure"),
    [
        ("", "500", "100", "it is out of range, or between two steps", "a number that min, max and step allow"),
        ("", "-1", "0", "it is out of range, or between two steps", "a number that min, max and step allow"),
        ("", "50.5", "51", "it is out of range, or between two steps", "a number that min, max and step allow"),
        (
            'min="10" max="60" step="5"',
            "5e0",
            "10",
            "it is out of range, or between two steps",
            "a number that min, max and step allow",
        ),
        ("", "abc", "50", "it is no number of the range", "a number of the range"),
        ("", "+5", "50", "it is no number of the range", "a number of the range"),
    ],
)
def test_what_a_range_does_not_take(attributes: str, text: str, held: str, why: str, cure: str) -> None:
    there = filled(f'type="range" {attributes}', text)
    assert there.locator("#i").input_value() == held
    assert [(each.text, each.cure) for each in there.notes] == [
        (f"{text!r} was filled into <input#i>, which holds {held!r} now: {why}", cure)
    ]


def test_what_is_no_colour() -> None:
    """Here a colour is written as a form sends it (docs/departures.md)."""
    there = filled('type="color" value="#112233"', "red")
    assert there.locator("#i").input_value() == "#000000"
    assert [(each.text, each.cure) for each in there.notes] == [
        ("'red' was filled into <input#i>, which holds '#000000' now: it is no color", "a color, written as #rrggbb")
    ]


@pytest.mark.parametrize(
    ("kind", "text", "held"),
    [
        ("date", "2024-12-31", "2024-12-31"),
        ("date", " 2024-12-31 ", "2024-12-31"),
        ("date", "12024-01-01", "12024-01-01"),
        ("date", "", ""),
        ("time", "10:00:00.5", "10:00:00.5"),
        ("month", "2024-12", "2024-12"),
        ("week", "2020-W53", "2020-W53"),
        ("datetime-local", "2024-12-31 10:00", "2024-12-31T10:00"),
        ("datetime-local", "2024-12-31T10:00:00.000", "2024-12-31T10:00"),
        ("color", "#FF0000", "#ff0000"),
        ("color", "#000000", "#000000"),
        ("range", "50", "50"),
        ("range", "050", "50"),
        ("range", "1e1", "10"),
    ],
)
def test_what_is_taken(kind: str, text: str, held: str) -> None:
    there = filled(f'type="{kind}"', text)
    assert (there.locator("#i").input_value(), list(there.notes)) == (held, [])
