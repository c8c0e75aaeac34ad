"""What the kit is held to on small pages is what this Chromium says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.chromium import oracle
from tests.chromium.differing import Difference, compare_page
from tests.chromium.measuring import measured, warm
from tests.harness.examples import THOROUGH
from tests.harness.measured import known

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser


CASES = known() if THOROUGH else known()[::12]
"""All of them take more than a minute."""


def test_what_was_measured_still_holds(tab: Page) -> None:
    warm(tab)
    other: list[object] = []
    for case in CASES:
        now = measured(tab, case["html"], case["steps"])
        for _ in range(3):
            if any(now[part] != case[part] for part in now):  # a browser that was busy is asked once more
                now = measured(tab, case["html"], case["steps"])
        other.extend((case["id"], part, now[part], case[part]) for part in now if now[part] != case[part])
    assert other == []


def test_all_that_is_said_of_these_pages(tab: Page) -> None:
    """RN, AS, VI: roles, names, descriptions, states, visibility and the snapshot, element by element, before anything is done."""
    oracle.load(tab)
    wrong: list[tuple[str, Difference]] = []
    for html in dict.fromkeys(case["html"] for case in known()):
        wrong.extend((html, each) for each in compare_page(tab, html).differences)
    assert wrong == []
