"""What keys in texts are held to do is what this Chromium does: all of it on one page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.chromium.measuring import LISTEN, STATE
from tests.harness.caret_keys import LETTERS, letters, measured, play
from tests.harness.examples import THOROUGH
from tests.harness.number_keys import measured as numbers

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


def test_what_was_measured_of_numbers_still_holds(tab: Page) -> None:  # CE-41, FI-13
    tab.goto("about:blank")
    other: list[object] = []
    for known in numbers()[:: 1 if THOROUGH else 4]:
        tab.evaluate(
            "() => { document.body.innerHTML = '<input id=n type=number>'; document.getElementById('n').focus() }"
        )
        values: list[str] = []
        for key in known.keys:
            tab.keyboard.press(key)
            values.append(tab.evaluate("n.value + (n.validity.badInput ? '!' : '')"))
        tab.keyboard.press("Control+a")
        now = tab.evaluate("document.getSelection().toString()"), tuple(values)
        if now != (known.shown, known.values):
            other.append((known, now))
    assert other == []
