"""What is seldom asked of pages, locators, dialogs and files, each as Playwright's or LiveViewTest's users know it."""

from __future__ import annotations

from typing import Any

import pytest

from liveview_core import LiveView, Socket, heex
from liveview_core.errors import BadOption
from liveview_testing import Page, Simulation, expect
from tests.harness.html_pages import shown


class Shop(LiveView):
    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(n=0).allow_upload("docs", accept="any")

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        return socket.update("n", lambda n: n + 1)

    render = heex("""
    <ul><li>one <i>1</i></li><li style="display: none">two</li></ul>
    <p aria-describedby="note">{@n}</p><span id="note">how many</span>
    <button phx-click="more" data-confirm="Sure?">more</button>
    <form id="f" phx-change="change"><label>Name <input name="name" /></label><.live_file_input upload={@uploads.docs} /></form>
    """)


@pytest.fixture
def page() -> Page:
    return Simulation().page(Shop)


def test_reading(page: Page) -> None:
    rows = page.locator("li")
    assert rows.all_inner_texts() == ["one 1", "two"]  # of what is not rendered: its text
    assert rows.first.inner_html() == "one <i>1</i>"
    assert rows.nth(1).is_hidden()
    assert page.locator("video").is_hidden()
    assert not rows.first.is_hidden()
    assert page.locator("p").accessible_description() == "how many"


def test_names_of_locators(page: Page) -> None:
    found = page.locator("button").describe("the button")
    assert found.description == "the button"
    assert str(page.locator("button").normalize()) == str(page.get_by_role("button", name="more"))
    assert page.get_by_text("1").within(page.locator("ul")).inner_text() == "1"


def test_typing(page: Page) -> None:
    page.get_by_label("Name").type("Ann")
    assert page.get_by_label("Name").input_value() == "Ann"


def test_dialogs_are_dismissed_and_listened_to_no_more(page: Page) -> None:
    heard: list[str] = []

    def answer(dialog: Any) -> None:
        heard.append(repr(dialog))
        dialog.dismiss()

    page.on("dialog", answer)
    page.get_by_role("button", name="more").click()
    assert heard == ["<Dialog type=confirm message='Sure?'>"]
    assert page.locator("p").inner_text() == "0"
    page.remove_listener("dialog", answer)
    page.get_by_role("button", name="more").click()
    assert len(heard) == 1


def test_what_shows_itself(page: Page, capsys: pytest.CaptureFixture[str]) -> None:
    assert repr(page.network) == "<Network 0 s, 0 in flight>"
    assert page.view is not None
    page.view.debug()
    assert "more" in capsys.readouterr().out
    files = page.view.file_input("#f", "docs", [])
    assert files.exists
    assert not page.view.file_input("#f", "other", []).exists


def test_the_depth_of_a_snapshot() -> None:
    """AS-1: none at all is a depth, less than that is not."""
    page = shown("<ul><li>a</li></ul>")
    assert page.aria_snapshot(depth=0) == page.aria_snapshot()
    for depth in (-1, -2):
        with pytest.raises(BadOption, match="a depth is not below zero"):
            page.aria_snapshot(depth=depth)


def test_how_long_expectations_wait() -> None:
    """EX-1: as long as was said last, or five seconds."""
    page = shown("<p>a</p>")
    try:
        for given, told in ((1_500, "1500ms"), (None, "5000ms")):
            expect.set_options(timeout=given)
            with pytest.raises(AssertionError, match=f"with timeout {told}"):
                expect(page.locator("p")).to_have_text("b")
    finally:
        expect.set_options(timeout=None)
