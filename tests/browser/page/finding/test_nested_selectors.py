"""What stands in parentheses is taken out of a selector before it is parsed."""

from __future__ import annotations

from unittest.mock import patch

from hypothesis import given
from hypothesis import strategies as st

from liveview_testing.browser.page.finding import nested_selectors
from liveview_testing.browser.page.finding.nested_selectors import taken_apart


@given(st.text("a#.: ()[]\"'\\/*,>~", max_size=8))
def test_a_selector_in_which_nothing_is_nested_is_not_walked_through(text: str) -> None:
    """The fast path gives what the walk gives."""
    with patch.object(nested_selectors, "_TAKING", frozenset(map(chr, range(128)))):
        slow = taken_apart(text)
    assert taken_apart(text) == slow


def test_what_is_taken_out() -> None:
    pieces, inner = taken_apart("a:not(.b, c), d")
    assert pieces == ["a:-inner-0", " d"]
    assert [each.selectors for each in inner.values()] == [".b, c"]
    assert taken_apart("#up") == (["#up"], {})
