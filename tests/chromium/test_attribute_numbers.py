"""The measured numbers and sizes of attributes are what this Chromium says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.chromium import oracle
from tests.harness.attribute_numbers import ELEMENTS, HIDDEN, NUMBERS, SIZES

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

READ = """([html, tag, name, texts]) => texts.map(text => {
  document.body.innerHTML = html;
  const element = document.querySelector(tag);
  element.setAttribute(name.toLowerCase(), text);
  return element[name];
})"""


def test_numbers(tab: Page) -> None:
    tab.set_content("<!doctype html>")
    texts = [row[0] for row in NUMBERS]
    for at, (html, tag, name) in enumerate(ELEMENTS):
        assert tab.evaluate(READ, [html.format(""), tag, name, texts]) == [row[at + 1] for row in NUMBERS], tag


@pytest.mark.parametrize(("html", "side"), HIDDEN)
def test_sizes(tab: Page, html: str, side: str) -> None:
    oracle.load(tab)
    hidden = [
        size
        for size in SIZES
        if not oracle.ask(tab, "<div>" + html.format(f'{side}="{size}"') + "</div>", [])["elements"][-1]["visible"]
    ]
    assert hidden == HIDDEN[html, side]
