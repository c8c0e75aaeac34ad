"""What is seldom asked of pages, locators, dialogs and files, each as Playwright's or LiveViewTest's users know it."""

from __future__ import annotations

from typing import Any

import pytest

from liveview_core import LiveView, Socket, heex
from liveview_testing import Page, Simulation


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
