"""Values that controls hold: steps of ranges, what cannot be typed. The rest is judged by the official client under node."""

from __future__ import annotations

import pytest

from liveview_testing.browser.page.finding.select import one
from liveview_testing.browser.page.forms.filling import fill
from liveview_testing.browser.page.forms.forms import controls, current_value
from liveview_testing.browser.page.page import Page
from liveview_testing.failures.exceptions import FieldRefused


def held(markup: str) -> str:
    """What a control of this markup holds."""
    form = one(Page.join({"s": [f"<form>{markup}</form>"]}).page, "form")
    return current_value(controls(form)[0])


@pytest.mark.parametrize(
    ("attributes", "value"),
    [
        ("", "50"),
        ('max="5"', "3"),
        ('min="-7" max="8"', "1"),
        ('max="1" step="0.1" value="0.26"', "0.26"),  # the steps are counted from the value
        ('min="0" max="1" step="0.1" value="0.26"', "0.3"),
        ('min="0" max="1" step="0.1" value="0.25"', "0.3"),
        ('min="1" max="10" step="4" value="10"', "9"),
        ('min="0" max="1" step="ANY" value="0.26"', "0.26"),
        ('min="0" step="-1" value="1.4"', "1"),
        ('min="10" max="5" value="7"', "10"),
        ('min="0" max="10" step="0" value="07"', "7"),  # spelled as Chromium 156 spells it
        ('value="1e2"', "1e+2"),
        ('value="1.5e1" max="20"', "15"),
        ('value="-0" min="-9"', "0"),
        ('value="007.50" min="0" step="0.25"', "7.5"),
        ('value=".5" step="any"', "0.5"),
        ('value="100e-1"', "10"),
        ('max="-5"', "0"),
        ('value="-3" step="10" max="5"', "0"),  # as Chromium 156: no step is in the range, and next the first that is
        ('value="-3" step="10" max="50"', "7"),
        ('value="-6" step="10" max="5"', "4"),
        ('min="1" max="2" step="10" value="2"', "1"),
        ('min="10" max="10.5" step="3" value="10.4"', "10"),
        ('min="0" max="1e30" step="1e-3" value="5e29"', "5e+29"),
    ],
)
def test_a_range_is_at_one_of_its_steps(attributes: str, value: str) -> None:
    """Between its ends, at the nearest step, of two the higher one; without a value in the middle."""
    assert held(f'<input type="range" name="a" {attributes}>') == value


@pytest.mark.parametrize(
    ("kind", "text", "noun"),
    [
        ("number", "x", "number"),
        ("date", "31.12.", "date"),
        ("time", "9:5", "time"),
        ("month", "2026-13", "month"),
        ("week", "2026-01", "week"),
        ("datetime-local", "2026-01-02", "date and time"),
        ("color", "red", "color"),
        ("range", "150", "number of the range"),
    ],
)
def test_what_a_user_cannot_type(kind: str, text: str, noun: str) -> None:
    """A browser keeps such text to itself; what it holds another way is held so."""
    form = one(Page.join({"s": [f'<form><input type="{kind}" name="a"></form>']}).page, "form")
    with pytest.raises(FieldRefused, match=f'"{text}" is no {noun}'):
        fill(form, {"a": text})
    (typed,) = fill(form, {"a": ""}).changes.values() if kind not in ("color", "range") else [None]
    assert typed is None or typed.value == ""


def test_what_is_typed_is_cleaned() -> None:
    """As what is rendered is."""
    form = one(
        Page.join({"s": ['<form><input type="color" name="a"><input type="datetime-local" name="b"></form>']}).page,
        "form",
    )
    values = [typed.value for typed in fill(form, {"a": "#ABCDEF", "b": "2026-01-02 03:04:00"}).changes.values()]
    assert values == ["#abcdef", "2026-01-02T03:04"]
