"""What looking costs: by id, test id and role it does not grow with the page around."""

from __future__ import annotations

import sys
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liveview_testing.browser import accessibility
from liveview_testing.browser.accessibility.roles import BY_TAG, ROLES, tags_of
from tests.accessibility.trees import read_html
from tests.person.pages import shown


def calls(act: Any) -> int:
    """How many Python functions were called."""
    count = 0

    def profile(frame: Any, event: str, argument: Any) -> None:
        nonlocal count
        count += event == "call"

    sys.setprofile(profile)
    try:
        act()
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("find", ["locator('#b')", "get_by_test_id('t')", "get_by_role('heading', name='Here')"])
def test_a_look_up_does_not_walk_the_page(find: str) -> None:
    def cost(rows: int) -> int:
        row = "<tr><td>x</td><td><button>y</button></td></tr>"
        page = shown(f"<h1>Here</h1><p id=b data-testid=t>b</p><table>{row * rows}</table>")
        locator = eval(f"page.{find}", {"page": page})
        assert locator.count() == 1
        page.locator("#b").click()
        return calls(lambda: locator.is_visible())

    assert cost(300) <= 1.5 * cost(30)


ROLED = st.sampled_from(
    sorted({*BY_TAG, "a href=x", "input type=checkbox", "input", "td", "th", "select", "div role=tab"})
)


@given(st.lists(ROLED, max_size=6), st.sampled_from(sorted(ROLES)))
def test_the_tags_of_a_role_are_all_that_can_have_it(tags: list[str], role: str) -> None:
    html = "".join(f"<{tag}></{tag.split()[0]}>" for tag in tags)
    every = accessibility.by_role(read_html(html).root, role, include_hidden=True)
    known = tags_of(role)
    assert known is None or all(each.tag in known or each.has("role") for each in every)
