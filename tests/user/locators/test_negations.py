"""Each expectation and its opposite: what holds fails as `not_to_…`, what does not hold passes there."""

from __future__ import annotations

from typing import Any

import pytest

from liveview_core.errors import LiveViewError
from liveview_testing import expect
from liveview_testing.user.locators.exceptions import ExpectationFailed
from liveview_testing.user.locators.expecting.locator_assertions import LocatorAssertions
from liveview_testing.user.locators.expecting.page_assertions import PageAssertions
from tests.harness.html_pages import shown

HTML = """
<title>Shop</title>
<input id="name" class="wide tall" aria-label="Name" aria-description="of a person" aria-invalid="true"
  aria-errormessage="wrong" value="Ann" />
<p id="wrong">too short</p>
<input id="off" type="checkbox" aria-label="Off" disabled checked />
<input id="on" type="checkbox" aria-label="On" />
<p id="text">one <b>two</b></p>
<p id="empty"></p><p id="gone" hidden>gone</p>
<select id="many" multiple><option selected>a</option><option selected>b</option><option>c</option></select>
"""

HOLD: dict[str, tuple[str, tuple[Any, ...]]] = {
    "be_attached": ("#empty", ()),
    "be_checked": ("#off", ()),
    "be_disabled": ("#off", ()),
    "be_editable": ("#name", ()),
    "be_empty": ("#empty", ()),
    "be_enabled": ("#name", ()),
    "be_focused": ("#name", ()),
    "be_hidden": ("#gone", ()),
    "be_visible": ("#name", ()),
    "contain_class": ("#name", ("tall",)),
    "contain_text": ("#text", ("two",)),
    "have_accessible_description": ("#name", ("of a person",)),
    "have_accessible_error_message": ("#name", ("too short",)),
    "have_accessible_name": ("#name", ("Name",)),
    "have_attribute": ("#name", ("value", "Ann")),
    "have_class": ("#name", ("wide tall",)),
    "have_count": ("#text", (1,)),
    "have_id": ("#name", ("name",)),
    "have_role": ("#name", ("textbox",)),
    "have_text": ("#text", ("one two",)),
    "have_value": ("#name", ("Ann",)),
    "have_values": ("#many", (["a", "b"],)),
    "match_aria_snapshot": ("#text", ("- paragraph: one two",)),
}
"""What is true of the page."""

FAIL: dict[str, tuple[str, tuple[Any, ...]]] = {
    "be_attached": ("#nowhere", ()),
    "be_checked": ("#on", ()),
    "be_disabled": ("#name", ()),
    "be_editable": ("#off", ()),
    "be_empty": ("#text", ()),
    "be_enabled": ("#off", ()),
    "be_focused": ("#many", ()),
    "be_hidden": ("#name", ()),
    "be_visible": ("#gone", ()),
    "contain_class": ("#name", ("small",)),
    "contain_text": ("#text", ("three",)),
    "have_accessible_description": ("#name", ("of a dog",)),
    "have_accessible_error_message": ("#name", ("too long",)),
    "have_accessible_name": ("#name", ("Age",)),
    "have_attribute": ("#name", ("value", "Ben")),
    "have_class": ("#name", ("wide",)),
    "have_count": ("#text", (2,)),
    "have_id": ("#name", ("age",)),
    "have_role": ("#name", ("button",)),
    "have_text": ("#text", ("one",)),
    "have_value": ("#name", ("Ben",)),
    "have_values": ("#many", (["a", "c"],)),
    "match_aria_snapshot": ("#text", ("- paragraph: three",)),
}
"""What is not true of it."""

REFUSED = {"be_in_viewport": (), "have_css": ("color", "red"), "have_js_property": ("checked", True)}
"""What asks for layout or for a script engine: refused by name, both ways."""


def names(kind: type) -> set[str]:
    """The expectations that a class has, each of them both ways."""
    plain = {name.removeprefix("to_") for name in dir(kind) if name.startswith("to_")}
    assert plain == {name.removeprefix("not_to_") for name in dir(kind) if name.startswith("not_to_")}
    return plain


def test_the_tables_are_complete() -> None:
    assert names(LocatorAssertions) == HOLD.keys() | REFUSED.keys()
    assert HOLD.keys() == FAIL.keys()
    assert names(PageAssertions) == {"have_title", "have_url", "match_aria_snapshot"}


@pytest.mark.parametrize("name", HOLD)
def test_what_holds_fails_the_other_way(name: str) -> None:
    selector, given = HOLD[name]
    page = shown(HTML)
    page.locator("#name").focus()
    that = expect(page.locator(selector))
    getattr(that, f"to_{name}")(*given)
    with pytest.raises(ExpectationFailed):
        getattr(that, f"not_to_{name}")(*given, timeout=0)


@pytest.mark.parametrize("name", FAIL)
def test_what_does_not_hold_passes_the_other_way(name: str) -> None:
    selector, given = FAIL[name]
    that = expect(shown(HTML).locator(selector))
    getattr(that, f"not_to_{name}")(*given)
    with pytest.raises(ExpectationFailed):
        getattr(that, f"to_{name}")(*given, timeout=0)


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_refused_is_refused_both_ways(name: str) -> None:
    that = expect(shown(HTML).locator("#name"))
    for verb in (f"to_{name}", f"not_to_{name}"):
        with pytest.raises(LiveViewError) as caught:
            getattr(that, verb)(*REFUSED[name])
        assert f"to_{name} needs" in str(caught.value)


def test_pages_both_ways() -> None:
    page = shown(HTML)
    expect(page).not_to_have_title("Other")
    expect(page).not_to_have_url("/elsewhere")
    expect(page).not_to_match_aria_snapshot("- heading")
    with pytest.raises(ExpectationFailed):
        expect(page).not_to_have_url(page.url, timeout=0)


def test_a_navigation_timeout_is_taken_and_a_wrong_one_refused() -> None:
    """Pages are loaded at once: it changes nothing."""
    page = shown(HTML)
    page.set_default_navigation_timeout(100)
    with pytest.raises(LiveViewError):
        page.set_default_navigation_timeout(-1)
