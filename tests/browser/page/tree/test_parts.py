"""`Page.parts`: what a page is made of is its text, and what a message left alone is the very same part."""

from __future__ import annotations

from liveview_testing.browser.page.page import Page
from liveview_testing.browser.page.tree.markup import Mark, pieces_of, spelled
from liveview_testing.browser.page.tree.parts import Part, Rows, parts_of
from liveview_testing.browser.page.tree.tree import Template

ROWS = {"k": {"0": {"0": "a"}, "1": {"0": "b"}, "2": {"0": "c"}, "kc": 3}, "s": ["<li>", "</li>"]}
JOINED = {
    "0": {"0": "first", "s": ["<h1>", "</h1>"]},
    "1": ROWS,
    "2": 1,
    "c": {"1": {"0": "within", "s": ["<p>", "</p>"], "r": 1}},
    "s": ["<main>", "<ul>", "</ul>", "</main>"],
}


def told(page: Page, parts: list[Part]) -> str:
    """Parts, and the parts of these, down to their text."""
    found: list[str] = []
    for part in parts:
        if isinstance(part, str):
            found.append(part)
        elif isinstance(part, Mark):
            found.append(spelled((part,), page.components.get))
        else:
            found.append(told(page, parts_of(part)))
    return "".join(found)


def test_they_are_the_text_of_the_page() -> None:
    page = Page.join(JOINED).page
    parts = page.parts()
    assert told(page, parts) == page.html() == spelled(pieces_of(page.tree), page.components.get)
    assert [type(part).__name__ for part in parts] == ["str", "Template", "str", "Rows", "str", "Mark", "str"]


def test_versions_share_them() -> None:
    before = Page.join(JOINED).page
    after = before.patch({"0": {"0": "second"}}).page
    (rows,), (same,) = ([part for part in page.parts() if isinstance(part, Rows)] for page in (before, after))
    assert rows.key == same.key
    (heading,), (other,) = ([part for part in page.parts() if isinstance(part, Template)] for page in (before, after))
    assert heading is not other
