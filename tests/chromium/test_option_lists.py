"""What selects are held to under keys and the mouse is what this Chromium does."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.chromium.measuring import LISTEN
from tests.harness.examples import THOROUGH
from tests.harness.option_lists import LETTERS, letters, measured, play

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

STEP = 1 if THOROUGH else 150
"""All of them take more than a minute."""


def test_what_was_measured_still_holds(tab: Page) -> None:
    tab.goto("about:blank")
    tab.evaluate(LISTEN, list(LETTERS))
    other: list[object] = []
    for name, known in list(measured().items())[::STEP]:
        now: object = None
        for _ in range(3):  # a browser that was busy is asked once more
            tab.keyboard.press("Escape")
            tab.evaluate("html => { document.body.innerHTML = html; __log.length = 0 }", known.html)
            chosen = play(tab, known.acts)
            now = chosen, letters(tab.evaluate("__log"))
            if now == (known.chosen, known.heard):
                break
        else:
            other.append((name, now, known))
    assert other == []
