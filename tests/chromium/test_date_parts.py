"""What date and time fields are held to under keys is what this Chromium does: all of them on one page."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

FILE = Path(__file__).parent.parent / "harness" / "date_parts.txt"
STEP = 1 if settings.get_current_profile_name() == "thorough" else 40
SAYS = """() => {
  const { value, validity } = document.getElementById("d"), active = document.activeElement;
  return `${value || "-"}${validity.valid ? "" : "!"}@${active.id}`;
}"""


def test_what_was_measured_still_holds(tab: Page) -> None:
    """AC-9: of fields that got the focus by a script; the year was 2026."""
    tab.goto("about:blank")
    known = [line for line in FILE.read_text().splitlines() if " focus  " in line and "-@d ArrowUp" not in line]
    other: list[tuple[str, str]] = []
    for line in known[::STEP]:
        spec, keys = line.split(" focus  ")
        first, *more = spec.split(" ")
        kind, _, value = first.partition("=")
        attributes = " ".join([f"type={kind}", *([f"value={value}"] if value else []), *more])
        tab.evaluate("html => { document.body.innerHTML = html }", f"<input id=a><input id=d {attributes}><input id=z>")
        tab.locator("#d").focus()
        found: list[str] = []
        for each in keys.split(" "):
            key = each.partition(">")[0]
            tab.keyboard.press(key)
            found.append(f"{key}>{tab.evaluate(SAYS)}")
        if " ".join(found) != keys:
            other.append((line, " ".join(found)))
    assert other == []
