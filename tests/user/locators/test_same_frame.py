"""Locators that are put together are about one page of one world, as Playwright has it of frames."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from liveview_core import LiveView, heex
from liveview_testing import Simulation
from liveview_testing.user.locators.exceptions import Error


class Plain(LiveView):
    render = heex("<main><p>hello</p></main>")


TOGETHER: dict[str, tuple[Callable[[Any, Any], Any], str]] = {
    "filter has": (lambda a, b: a.get_by_role("main").filter(has=b.get_by_text("hello")), 'Inner "has" locator'),
    "filter has_not": (
        lambda a, b: a.get_by_role("main").filter(has_not=b.get_by_text("hello")),
        'Inner "has_not" locator',
    ),
    "locator has": (lambda a, b: a.locator("main", has=b.get_by_text("hello")), 'Inner "has" locator'),
    "locator has_not": (lambda a, b: a.locator("main", has_not=b.get_by_text("hello")), 'Inner "has_not" locator'),
    "locator of a page": (lambda a, b: a.locator(b.get_by_text("hello")), "Locators"),
    "locator of a locator": (lambda a, b: a.get_by_role("main").locator(b.get_by_text("hello")), "Locators"),
    "and_": (lambda a, b: a.locator("p").and_(b.get_by_text("hello")), "Locators"),
    "or_": (lambda a, b: a.locator("p").or_(b.get_by_text("hello")), "Locators"),
    "within": (lambda a, b: a.locator("p").within(b.get_by_role("main")), "Locators"),
}


@pytest.mark.parametrize("how", TOGETHER)
def test_they_are_of_one_page_of_one_world(how: str) -> None:
    put, words = TOGETHER[how]
    sim = Simulation()
    ann, ben = sim.page(Plain), sim.page(Plain)
    assert put(ann, ann.view) is not None  # of a view on the page, too
    assert put(ann.view, ann) is not None
    assert put(ann, sim.tab(ann.tab)) is not None
    with pytest.raises(Error) as caught:
        put(ann, ben)
    assert str(caught.value).startswith(
        f"{words} must belong to the same frame\n  expected: a locator of Ann's page\n  got: "
    )
    assert str(caught.value.got).endswith(" of Ben's page")
    with pytest.raises(Error, match=f"^{words} must belong to the same frame\n") as other:
        put(ann, sim.fork().view(ann))
    assert str(other.value.got).endswith(" of Ann's page, in another world")
    assert other.value.cure == "a page in another world is sim.view(page); what two pages show is asked of each"
