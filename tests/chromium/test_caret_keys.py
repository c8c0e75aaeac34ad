"""What keys in texts are held to do is what this Chromium does: all of it on one page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.chromium.measuring import LISTEN, STATE
from tests.harness.caret_keys import LETTERS, letters, measured, play
from tests.harness.examples import THOROUGH

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

STEP = 1 if THOROUGH else 60


def test_what_was_measured_still_holds(tab: Page) -> None:
    tab.goto("about:blank")
    tab.evaluate(LISTEN, list(LETTERS))
    other: list[object] = []
    for known in measured()[::STEP]:
        tab.evaluate("html => { document.body.innerHTML = html; __log.length = 0 }", known["html"])
        play(tab, known)
        now = tab.evaluate(STATE)["values"], letters(tab.evaluate("__log"))
        if now != (known["values"], known["heard"]):
            other.append((known, now))
    assert other == []
