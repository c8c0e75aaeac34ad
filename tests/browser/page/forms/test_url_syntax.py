"""What a browser takes for a URL: each as measured, and that any text has an answer."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liveview_testing.browser.page.forms.url_syntax import is_url
from tests.harness.html_pages import shown
from tests.harness.urls import NO_URLS, URLS


@pytest.mark.parametrize("text", URLS)
def test_a_url(text: str) -> None:
    assert is_url(text)


@pytest.mark.parametrize("text", NO_URLS)
def test_no_url(text: str) -> None:
    assert not is_url(text)


@given(st.text("ahtp:/\\?#@[]%.0129x \t-é", max_size=20))
def test_any_text_is_one_or_none(text: str) -> None:
    """Also with digits that are none of ours, or more of them than a number has. Behind a scheme without a host anything goes."""
    assert is_url(text) in (True, False)
    assert is_url(f"mailto:x{text}")
    assert not is_url(f"http://a:{'9' * 5000}/{text}")
    assert not is_url(f"http://a:²/{text}")


def test_a_field_with_one_is_valid() -> None:
    """A person's spaces around it stay in the field, and count for nothing; alone they are no URL, and not nothing either."""
    page = shown("<form id=f phx-submit=s><input id=a type=url required><button>go</button></form>")
    for text, valid in (("  http://a.b/c d ", True), ("http://", False), (" ", False)):
        page.locator("#a").fill(text)
        assert page.locator("#a").input_value() == text
        assert (page.locator("#a:invalid").count() == 0) is valid
