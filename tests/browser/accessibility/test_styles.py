"""Tables of style sheets: what Tailwind's classes do to what a person sees and hears."""  # VI-5

from __future__ import annotations

import pytest

from liveview_core.errors import LiveViewError
from liveview_testing import Simulation, expect
from liveview_testing.browser.accessibility.display import STYLES
from liveview_testing.styles import TAILWIND
from tests.harness.html_pages import Plain, shown


def test_every_entry_is_one_that_a_world_takes() -> None:
    assert set(TAILWIND.values()) <= set(STYLES)
    Simulation(styles=TAILWIND)


@pytest.mark.parametrize(
    ("html", "name"),
    [
        ('<button class="inline-flex"><span>Icon</span><span>Save</span></button>', "Icon Save"),
        ('<button>Next<span class="sr-only">page</span></button>', "Next page"),
        ('<button>Next<span class="hidden">page</span></button>', "Next"),
        ('<button>Next<span class="md:hidden">page</span></button>', "Nextpage"),
        ('<button class="a">Next<b class="block">page</b></button>', "Next page"),
    ],
)
def test_names_are_as_with_the_sheet(html: str, name: str) -> None:
    assert shown(html, styles=TAILWIND).get_by_role("button").accessible_name() == name


def test_what_is_seen_is_as_with_the_sheet() -> None:
    html = '<p id="a" class="hidden">a</p><p id="b" class="invisible">b</p><i id="c" class="size-4"></i>'
    html += '<p id="d" hidden class="flex">d</p>'
    page = shown(html, styles=TAILWIND)
    expect(page.locator("#a")).to_be_hidden()
    expect(page.locator("#b")).to_be_hidden()
    expect(page.locator("#c")).to_be_visible()
    expect(page.locator("#d")).to_be_visible()
    expect(shown(html).locator("#c")).to_be_hidden()


@pytest.mark.parametrize(
    ("key", "seen"),
    [
        ("li:first-child", ["two", "three", "four"]),
        ("li.x", ["one", "three", "four"]),
        ("li[class=x]", ["one", "three", "four"]),
        ("li:not(.x)", ["two"]),
        ("ul > li.x", ["one", "three", "four"]),
        ("x", ["one", "three", "four"]),
        ("md:hidden", ["one", "two", "four"]),
        ("h-0.5", ["one", "two", "three"]),
        ("li", ["one", "two", "three", "four"]),
    ],
)
def test_keys_are_classes_or_selectors(key: str, seen: list[str]) -> None:
    """A bare word, and what Tailwind writes, is a class; the name of a tag with more after it is a selector."""
    html = '<ul><li>one</li><li class="x">two</li><li class="md:hidden">three</li><li class="h-0.5">four</li></ul>'
    page = shown(html, styles={key: "hidden"})
    items = page.locator("li").all()
    assert [each.inner_text() for each in items if each.is_visible()] == seen


@pytest.mark.parametrize("key", ["", "a[", "li:hover", ".", "ul >"])
def test_a_selector_that_cannot_be_one(key: str) -> None:
    """It says so where it is given."""
    with pytest.raises(LiveViewError):
        Simulation(styles={key: "hidden"})


def test_the_last_entry_of_a_table_counts() -> None:
    page = Simulation(styles={"b": "hidden", "a": "block", "#x": "hidden"}).page(
        Plain('<p class="a b">1</p><p id="x" class="a">2</p>')
    )
    expect(page.get_by_text("1")).to_be_visible()
    expect(page.get_by_text("2")).to_be_hidden()
