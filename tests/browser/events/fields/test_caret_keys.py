"""Keys in texts: words and lines at once, what is selected, cut and stepped; as Chromium does."""

from __future__ import annotations

from typing import Any

import pytest

from tests.harness.caret_keys import letters, measured, play
from tests.harness.html_pages import logged, shown

MEASURED = measured()


@pytest.mark.parametrize("known", MEASURED, ids=[f"{at} {' '.join(each['keys'])}" for at, each in enumerate(MEASURED)])
def test_what_was_measured(known: dict[str, Any]) -> None:
    """AC-6, AC-9, PF-6."""
    page = shown(known["html"])
    with logged() as log:
        play(page, known)
    for name, value in known["values"]:
        field = page.locator(name)
        assert (field.is_checked() if isinstance(value, bool) else field.input_value()) == value
    assert letters(log.lines) == known["heard"]
    if "focus" in known:
        focus = page.locator(":focus")
        assert (f"#{focus.get_attribute('id')}" if focus.count() else None) == known["focus"]


RADIOS = "<input id=y>" + "".join(f"<input type=radio name=r id=r{at}>" for at in (1, 2, 3)) + "<input id=z>"


@pytest.mark.parametrize(
    ("acts", "there"),
    [
        ("z Shift+Tab", "r3"),
        ("y Tab", "r1"),
        ("r2 z Shift+Tab", "r2"),
        ("r2 y Tab", "r2"),
        ("y Tab Tab Shift+Tab", "r1"),
        ("r3 Shift+Tab", "y"),
        ("z Shift+Tab Shift+Tab Tab", "r3"),
    ],
)
def test_where_tab_stops_in_a_group_of_which_none_is_checked(acts: str, there: str) -> None:
    """AC-11: as measured."""
    page = shown(RADIOS)
    for act in acts.split(" "):
        if "Tab" in act:
            page.keyboard.press(act)
        else:
            page.locator(f"#{act}").focus()
    assert page.locator(":focus").get_attribute("id") == there
