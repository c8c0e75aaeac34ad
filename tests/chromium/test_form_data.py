"""What forms are held to hold is what this Chromium says: all of them on one page."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.harness.urls import NO_URLS, URLS

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

FILE = Path(__file__).parent.parent / "harness" / "form_data.jsonl"
ASK = """all => all.map(html => {
  document.body.innerHTML = html;
  return [...new FormData(document.getElementById("f"))].filter(([, value]) => typeof value === "string");
})"""


def test_what_was_measured_still_holds(tab: Page) -> None:
    """PF-15."""
    known = [json.loads(line) for line in FILE.read_text(encoding="utf-8").splitlines()]
    now = tab.evaluate(ASK, [each["html"] for each in known])
    assert [(each["html"], data) for each, data in zip(known, now, strict=True)] == [
        (each["html"], each["data"]) for each in known
    ]


def test_what_is_a_url(tab: Page) -> None:
    """What a `url` field is held to take."""
    tab.set_content("<form><input id=a type=url></form>")
    taken = tab.evaluate(
        "all => all.filter(each => { a.value = each; return !a.validity.typeMismatch; })", [*URLS, *NO_URLS]
    )
    assert taken == [*URLS]
