"""What the kit is held to on small pages is what this Chromium says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.chromium.measuring import measured, warm
from tests.person.measured import known

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser


def test_what_was_measured_still_holds(tab: Page) -> None:
    warm(tab)
    other: list[object] = []
    for case in known():
        now = measured(tab, case["html"], case["steps"])
        if any(now[part] != case[part] for part in now):  # a browser that was busy is asked once more
            now = measured(tab, case["html"], case["steps"])
        other.extend((case["id"], part, now[part], case[part]) for part in now if now[part] != case[part])
    assert other == []
