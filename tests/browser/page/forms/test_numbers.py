"""Numbers in attributes, as they were measured in Chromium."""

from __future__ import annotations

from typing import Any

import pytest

from liveview_testing.browser.page.forms.form_data import display_size
from liveview_testing.browser.page.forms.numbers import integer, natural
from liveview_testing.browser.page.forms.properties import value_property
from tests.harness.attribute_numbers import NUMBERS
from tests.harness.html_pages import shown


class Given:
    """An element, as far as it is read."""

    def __init__(self, tag: str, **attributes: str) -> None:
        self.tag = tag
        self.attributes = attributes

    def get(self, name: str) -> str | None:
        return self.attributes.get(name)


@pytest.mark.parametrize("row", NUMBERS, ids=lambda row: row[0][:20])
def test_numbers_in_attributes(row: tuple[Any, ...]) -> None:
    text, *measured = row
    of: Any = value_property
    size: Any = display_size
    ours = [
        of(Given("li", value=text)),
        of(Given("progress", max="1000", value=text)),
        of(Given("meter", min="-1000", max="1000", value=text)),
        size(Given("select", size=text)),
    ]
    assert ours == measured[:4]
    assert [type(each) for each in ours] == [type(each) for each in measured[:4]]
    for read, theirs in ((natural(text), measured[4]), (integer(text), measured[5])):
        assert (-1 if read is None else read) == theirs


def test_a_number_that_no_browser_holds() -> None:
    """LO-8, PF-18: it is none: a range is in its middle, nothing is too far or between two steps."""
    for text in ("1E400", "-1e400", "9" * 5000):
        page = shown(
            f"<form phx-submit=s><input type=range aria-label=r value='{text}'><input type=number aria-label=n value='{text}' "
            f"min='{text}' step='{text}'><input aria-label=t maxlength='{text[:1] * 5000}' tabindex='{text}'></form>"
        )
        assert page.locator("body").aria_snapshot() == '- slider "r": "50"\n- spinbutton "n"\n- textbox "t"'
        page.get_by_label("t").press_sequentially("ab")
        page.keyboard.press("Tab")
        assert page.get_by_label("t").input_value() == "ab"
