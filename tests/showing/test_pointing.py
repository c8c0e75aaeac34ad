"""What was pointed at in a page: the element, and how a test would call it."""

from __future__ import annotations

from typing import Any

import pytest

from liveview_core import LiveView, heex
from liveview_testing import Simulation
from liveview_testing.showing.recording.pointing import NotThere, Spot, all_like, text_of, without_text


def reading(markup: str) -> Any:
    """A page with this in it."""

    class View(LiveView):
        render = heex(markup)

    return Simulation().page(View).reading


@pytest.mark.parametrize(
    ("markup", "query"),
    [
        ("<ul id='a'><li>x</li><li id='at'>y</li></ul><ul><li>z</li></ul>", "#a"),
        ("<ul><li>x</li><li id='at'>y</li></ul><ul><li>z</li></ul>", ""),
        ("<ul id='a'><li id='at'>x</li></ul><ul><li>y</li></ul>", ""),  # the only one in what has the id
    ],
)
def test_what_is_like_an_element(markup: str, query: str) -> None:
    """In what is around it and has an id, if there are several; or in the page."""
    page = reading(markup)
    at = next(each for each in page.root.iter() if each.get("id") == "at")
    within = f'locator("{query}").' if query else ""
    assert all_like(at, page).code == f'{within}get_by_role("listitem")'


@pytest.mark.parametrize(
    ("markup", "code"),
    [
        ("<div id='a'><b>n</b><i>1</i></div>", 'locator("i:nth-child(2)")'),
        ("<div id='a'><b>n</b><i>1</i></div><div><b>n</b><i>1</i></div>", 'locator("#a > i:nth-child(2)")'),
        ("<div id='a'><p><i>1</i></p></div><div><p><i>1</i></p></div>", 'locator("#a > p > i")'),
    ],
)
def test_what_says_something_is_called_by_its_place(markup: str, code: str) -> None:
    """As shortly as there is one of it; from what is around it and has an id."""
    page = reading(markup)
    at = next(each for each in page.root.iter() if each.tag == "i")
    assert without_text(at, page, text_of(at)).code == code


def test_what_nothing_but_its_text_tells_from_others() -> None:
    page, other = reading("<p>1</p>"), reading("<p>1</p>")
    elsewhere = next(each for each in other.root.iter() if each.tag == "p")
    with pytest.raises(NotThere) as caught:
        without_text(elsewhere, page, "1")
    assert str(caught.value) == (
        "nothing but its text tells this element from others\n  expected: an id, or a role\n  got: '1'"
    )


def test_an_element_of_the_body() -> None:
    """A page whose place has neither an id nor a view."""
    page = reading("<p>1</p>")
    assert Spot("body", ()).find(page) is page.body
