"""What is wrong with a page that has joined again: all of it came, but for what outlived the join."""

from __future__ import annotations

from typing import Any

import pytest

from liveview_testing.browser.page.finding.problems import problems
from liveview_testing.browser.page.page import Page

IGNORED = '<div id="i" phx-update="ignore">'
BEFORE = Page.join({"s": [f'{IGNORED}<b id="kept"></b></div><p id="gone"></p>']}).page


def _rows(*ids: str) -> dict[str, Any]:
    """A list of rows with these ids, beside what is ignored."""
    rows = {str(at): {"0": each, "1": ""} for at, each in enumerate(ids)}
    listed = {"s": ['<p id="', '">', "</p>"], "k": {**rows, "kc": len(ids)}}
    return {"0": listed, "s": ["<main>", "</main>"]}


@pytest.mark.parametrize(
    ("diff", "twice"),
    [
        (_rows("gone", "a"), []),
        (_rows("a", "b", "a"), ["a"]),
        (_rows(*map(str, range(100)), "7"), ["7"]),
        ({"s": ['<p id="a"></p><i id="a"></i>']}, ["a"]),
        ({"s": [f'{IGNORED}</div><p id="kept"></p>']}, ["kept"]),
        ({"s": [f'{IGNORED}</div><p id="gone"></p>']}, []),
        ({**_rows("kept", "a"), "s": [f"{IGNORED}</div>", ""]}, ["kept"]),
    ],
)
def test_ids_that_stand_twice_after_a_join(diff: dict[str, Any], twice: list[str]) -> None:
    """Of what came, and of what stayed; the page of before has nothing else to say."""  # TK-1, PA-12
    page, *_, brought = Page.join(diff, BEFORE)
    assert [each.about for each in problems(BEFORE, page, brought) if each.check == "duplicate id"] == twice
