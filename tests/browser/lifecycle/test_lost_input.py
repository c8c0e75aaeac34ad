"""What a patch takes of what was typed, where the server was told of it and the template has no place for it (FI-8)."""

from __future__ import annotations

import pytest

from liveview_testing import Page, Simulation
from tests.harness.counting_pages import page

PATCHED = "<p>{@n}</p>"  # so that each answer brings a diff of the form's template


def typed(field: str, *, on_form: str = 'phx-change="c"') -> Page:
    """A page on which something was typed into the field, and then another one has the focus."""
    view = page(
        f'{PATCHED}<form id="f" {on_form}>{field}</form><button id="go" phx-click="go">go</button>', state={"v": None}
    )
    there = Simulation().page(view)
    there.locator("#i").fill("x")
    there.locator("#go").click()
    return there


def notes(there: Page) -> list[tuple[str, str]]:
    return [(each.text, each.cure) for each in there.notes]


CURE = 'value={…}, of what phx-change has sent; or phx-update="ignore" around the field'


@pytest.mark.parametrize(
    ("field", "named"),
    [
        ('<input id="i" name="i">', "input"),
        ('<input id="i" name="i" type="password">', "input"),
        ('<textarea id="i" name="i"></textarea>', "textarea"),
        ('<textarea id="i" name="i" title={@n}></textarea>', "textarea"),
    ],
)
def test_a_field_without_a_value_is_emptied(field: str, named: str) -> None:
    there = typed(field)
    assert there.locator("#i").input_value() == ""
    assert notes(there) == [
        (f"<{named}#i> is empty again: a patch came to it, and its template gives it no value", CURE)
    ]


@pytest.mark.parametrize("field", ['<input id="i" name="i" value={@v}>', '<textarea id="i" name="i">{@v}</textarea>'])
def test_what_the_server_says_is_meant(field: str) -> None:
    """It was told, and says that there is nothing."""
    there = typed(field)
    assert (there.locator("#i").input_value(), notes(there)) == ("", [])


@pytest.mark.parametrize(
    "field",
    [
        '<span id="k" phx-update="ignore"><input id="i" name="i"></span>',
        '<input id="i" name="i"><input name="j" id="j">',
    ],
)
def test_what_is_kept(field: str) -> None:
    """By `phx-update="ignore"`; or because it has the focus."""
    view = page(f'{PATCHED}<form id="f" phx-change="c">{field}</form>')
    there = Simulation().page(view)
    there.locator("#i").fill("x")
    assert (there.locator("#i").input_value(), notes(there)) == ("x", [])


def test_what_was_submitted_may_go() -> None:
    """A form that is empty after it was sent is what is meant."""
    view = page(
        f'{PATCHED}<form id="f" phx-change="c" phx-submit="s"><input id="i" name="i"><button id="b">b</button></form>'
    )
    there = Simulation().page(view)
    there.locator("#i").fill("x")
    there.locator("#i").press("Enter")
    there.locator("#b").focus()
    there.view.send({"n": 7})
    assert (there.locator("#i").input_value(), notes(there)) == ("", [])


def test_a_field_that_told_nobody() -> None:
    there = typed('<input id="i" name="i">', on_form='phx-submit="s"')
    assert notes(there) == [
        (
            "what was typed into <input#i> is lost: a patch came to it, and gives a field what the server says of it",
            'phx-change on its form, so that the server knows it; or phx-update="ignore" around the field',
        )
    ]
