"""The second click of a double one, where the first has changed what the mouse is over."""

from __future__ import annotations

import pytest

from tests.harness.html_pages import logged, shown


@pytest.mark.parametrize(
    ("html", "second"),
    [
        ("<dialog id=d open><button id=x command=close commandfor=d>x</button></dialog>", "body"),
        ("<dialog id=d open><p id=p><button id=x command=close commandfor=d>x</button></p></dialog>", "body"),
        (
            "<div popover id=d><button id=x popovertarget=d>x</button></div><button id=o popovertarget=d>o</button>",
            "body",
        ),
        ("<details open id=d><summary id=s>s</summary><summary>not</summary><b id=x>x</b></details>", "#x"),
    ],
)
def test_the_second_click_of_a_double_one_misses_what_the_first_has_hidden(html: str, second: str) -> None:
    """As measured in Chromium, where what is not there any more is not clicked again: a dialog's own button closes it once."""
    page = shown(html)
    if "id=o" in html:
        page.locator("#o").click()
    with logged() as log:
        page.locator("#x").dblclick()
    assert [each for each in log.lines if "click" in each] == [
        "click #x detail=1",
        f"click {second} detail=2",
        f"dblclick {second} detail=2",
    ]
