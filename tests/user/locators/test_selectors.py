"""Texts that `locator(…)` takes: engines, CSS of Playwright's, and what is said of those that cannot be read."""

from __future__ import annotations

import re
from typing import Any

import pytest

from liveview_core import LiveView, heex
from liveview_core.errors import BadOption, LiveViewError
from liveview_testing import Page, Simulation, expect
from liveview_testing.user.locators.exceptions import Error


class Page_(LiveView):
    render = heex("""
    <main id="main">
      <h2 class="title big">Prices</h2>
      <p id="save-1" data-test="row">Save <b>now</b></p>
      <button aria-expanded="true">Menu</button>
      <button disabled>Stop</button><button>Go</button>
      <label>Name <input id="name" name="name" value="Ann" /></label>
      <input id="n" type="number" min="1" max="5" value="9" />
      <div popover id="pop">tip</div><dialog id="dialog"><i>inside</i></dialog>
      <details><summary>More</summary><em>hidden away</em></details>
      <template><u>never</u></template>
      <ul><li>one</li><li>two</li><li>three</li></ul>
      <button style="display: none">Secret</button>
      <div aria-disabled="true"><button id="off">Off</button></div>
    </main>
    """)


@pytest.fixture
def page() -> Page:
    return Simulation().page(Page_)


@pytest.mark.parametrize(
    ("selector", "count"),
    [
        ("css=li", 3),
        ("text=save", 1),
        ('text="Save"', 1),
        ("text=/^t/", 3),
        ("'one'", 1),
        ("id=save-1", 1),
        ('data-test="row"', 1),
        ("li >> visible=true", 3),
        ("button >> visible=false", 1),
        ("li >> nth=-1", 1),
        ("b >> ..", 1),
        ("role=button", 4),
        ('role=button[name="go"]', 0),
        ('role=button[name="go" i]', 1),
        ("role=button[name=/^S/]", 1),
        ("role=button[expanded=true]", 1),
        ("role=button[expanded]", 1),
        ("role=button[disabled=false]", 2),
        ("role=heading[level=2]", 1),
        ("input:focus-within", 0),
        (":popover-open", 0),
        ("dialog:modal", 0),
        ("input:out-of-range", 1),
        (":nth-match(li, 2)", 1),
        ("li:text-is('two')", 1),
        ("li:has-text(two)", 1),
        ("p:has(b)", 1),
        ("main > ul > li", 3),
    ],
)
def test_what_a_selector_finds(page: Page, selector: str, count: int) -> None:
    assert page.locator(selector).count() == count


REFUSED = {
    "": 'Unexpected token "" while parsing css selector ""',
    "li >> ": 'Unexpected token "" while parsing css selector ""',
    "//li": "XPath is not evaluated",
    "xpath=//li": "XPath is not evaluated",
    "li >> nth=x": "nth takes a whole number, not 'x'",
    "role=": "selector cannot be empty",
    "role=button!": "is no role selector",
    "role=button[size=1]": 'Unknown attribute "size", must be one of "checked"',
    "role=button[name=/(/]": "cannot be read",
    "text=/(/": "cannot be read",
    "li:text-matches('(')": "cannot be read",
    "rol=button": 'Unknown engine "rol" while parsing selector rol=button',
    "li > > b": 'Unexpected token ">" while parsing css selector',
    "li >": 'Unexpected token "" while parsing css selector',
    "#1": "is not a valid selector",
    "1li": 'Error while parsing css selector "1li"',
    "'one' b": "Error while parsing css selector",
    "li::before": "what a pseudo-element shows is not in the document",
    "li:has(b": 'Unexpected token "" while parsing css selector',
    "li:near(b)": "needs layout, which is not computed",
    "a:visited": ":visited is not known",
    "li:has-text()": 'Unexpected token ")" while parsing css selector',
    "li:has()": 'Unexpected token ")" while parsing css selector',
    ":nth-match(li)": '"nth-match" engine expects non-empty selector list and an index argument',
    '[id="N" s]': "is not a valid selector",
}


@pytest.mark.parametrize("selector", REFUSED)
def test_what_cannot_be_read(page: Page, selector: str) -> None:
    with pytest.raises(LiveViewError, match=re.escape(REFUSED[selector])):
        page.locator(selector).count()


MISSED: dict[str, tuple[Any, list[str]]] = {
    "a test id": (lambda page: page.locator("id=save-2"), ["id=save-2", "save-1"]),
    "a state": (lambda page: page.get_by_role("button", name="Go", disabled=True), ["disabled=True: ", "state"]),
    "another role": (lambda page: page.get_by_role("link", name="Go"), ["✗ role ✓ name"]),
    "what is hidden": (lambda page: page.get_by_role("button", name="Secret"), ["hidden"]),
    "one too many": (lambda page: page.get_by_role("listitem").nth(9), ["there are 3: 0 to 2"]),
    "a class": (lambda page: page.locator(".titel"), ["title big"]),
    "an attribute": (lambda page: page.locator("[data-test=rows]"), ["row"]),
    "both": (lambda page: page.locator("li").and_(page.get_by_text("none")), ["and_(get_by_text("]),
    "a filter": (lambda page: page.locator("li").filter(has=page.locator("b")), ["filter(has=locator(", "has=locator"]),
}


@pytest.mark.parametrize("what", MISSED)
def test_what_is_said_of_what_is_not_there(page: Page, what: str) -> None:
    locate, told = MISSED[what]
    with pytest.raises((AssertionError, LiveViewError)) as missed:
        locate(page).click(timeout=0.001)
    for each in told:
        assert each in str(missed.value)


# --- arguments that are none -------------------------------------------------------------------------------------------

WRONG: dict[str, Any] = {
    "an element is located by a selector, or by another locator": lambda page: page.locator(5),
    "the option has is a locator": lambda page: page.locator("li").filter(has="b"),
    "an element is dragged onto a locator": lambda page: page.locator("li").first.drag_to("b"),
    "a depth is not below zero": lambda page: page.locator("ul").aria_snapshot(depth=-1),
    "a state is one of four": lambda page: page.locator("ul").wait_for(state="gone"),
    '"role" argument in to_have_role must be a string': lambda page: expect(page.locator("ul")).to_have_role(5),
    "values are a list": lambda page: expect(page.locator("#name")).to_have_values("a"),
    '"expected" argument in to_contain_class cannot be a RegExp value': lambda page: expect(
        page.locator("h2")
    ).to_contain_class([re.compile("big")]),
    "Node is not an <input>, <textarea> or <select> element": lambda page: page.locator("h2").input_value(),
    "Node is not an HTMLInputElement": lambda page: page.locator("h2").set_input_files([]),
}


@pytest.mark.parametrize("told", WRONG)
def test_an_argument_of_another_kind(page: Page, told: str) -> None:
    with pytest.raises((BadOption, Error)) as wrong:
        WRONG[told](page)
    assert told in str(wrong.value)


@pytest.mark.parametrize("role", ["", "  "])
def test_an_empty_role(page: Page, role: str) -> None:
    """As Playwright has it: told when it is asked, and otherwise where a state stands beside it."""
    with pytest.raises(Error, match="selector cannot be empty"):
        page.get_by_role(role).count()
    with pytest.raises(Error, match="Role must not be empty"):
        page.get_by_role(role, name="Go").count()


@pytest.mark.parametrize(
    ("locate", "why"),
    [
        (lambda page: page.locator("em"), "inside the closed details"),
        (lambda page: page.locator("#pop"), "the closed popover"),
        (lambda page: page.locator("dialog"), "the missing `open`"),
        (lambda page: page.locator("button", has_text="Secret"), "display: none in the style"),
        (lambda page: page.locator("#off"), "aria-disabled of"),
    ],
)
def test_why_it_cannot_be_clicked(page: Page, locate: Any, why: str) -> None:
    with pytest.raises((AssertionError, LiveViewError)) as refused:
        locate(page).click(timeout=1)
    assert why in str(refused.value)
