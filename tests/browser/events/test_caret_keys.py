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
