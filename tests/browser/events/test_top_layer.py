"""Dialogs and popovers in the life of a view: what patches, hooks and the page's own events make of them."""

from __future__ import annotations

from typing import Any

import pytest

from liveview_core import LiveView, Socket, heex
from liveview_core.views.router import Route, Router
from liveview_testing import ClientHook, Page, Simulation, TimeoutError, expect


class Opening(ClientHook):
    """A dialog that the server opens and closes by events."""

    events = ("open", "shut")

    def handle_event(self, el: Any, event: str, payload: Any) -> None:
        if event == "open":
            el.show_modal()
        else:
            el.close()


class Modal(LiveView):
    """A dialog that a button opens, with a form in it, and a count that the server keeps."""

    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(count=0, kept=bool(params and params.get("kept")), there=True)

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        match event:
            case "open" | "shut":
                return socket.push_event(event, {})
            case "gone":
                return socket.assign(there=False)
            case _:
                return socket.assign(count=socket.assigns.count + 1)

    render = heex("""
      <button commandfor="d" command="show-modal">Open</button>
      <button phx-click="open">Ask the server</button>
      <p>{@count}</p>
      <dialog :if={@there} id="d" aria-label="Really?" data-count={@count} phx-hook="Opening"
        phx-mounted={@kept and JS().ignore_attributes(["open"])}>
        <button phx-click="more">More</button>
        <button phx-click="shut">Server, close it</button>
        <button phx-click="gone">Away</button>
        <button commandfor="d" command="close">Close</button>
      </dialog>
    """)


def opened(path: str = "/") -> Page:
    page = Simulation(Router([Route("/", Modal)]), hooks={"Opening": Opening()}).page(path)
    page.get_by_role("button", name="Open").click()
    expect(page.get_by_role("dialog", name="Really?")).to_be_visible()
    return page


def test_a_patch_takes_open_away_and_the_page_stays_out_of_reach() -> None:
    """AC-12: measured in Chromium: the dialog is gone, what is behind it cannot be clicked, Escape does nothing."""
    page = opened()
    page.get_by_role("button", name="More").click()
    assert not page.get_by_role("dialog", include_hidden=True).is_visible()
    assert "open" in page.notes[-1].text and "ignore_attributes" in page.notes[-1].cure
    page.keyboard.press("Escape")
    with pytest.raises(TimeoutError, match="intercepts pointer events"):
        page.get_by_role("button", name="Ask the server").click(timeout=100)


def test_a_dialog_that_keeps_its_open_stays_through_patches() -> None:
    page = opened("/?kept=1")
    page.get_by_role("button", name="More").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    expect(page.get_by_role("paragraph")).to_have_text("1")
    expect(page.get_by_role("button", name="More")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(page.get_by_role("button", name="Open")).to_be_focused()


def test_a_dialog_that_is_taken_away_leaves_the_page_free() -> None:
    page = opened("/?kept=1")
    page.get_by_role("button", name="Away").click()
    page.get_by_role("button", name="Ask the server").click()
    assert [note.text for note in page.notes] == ["the server's event 'open' was heard by no hook of the page"]


def test_a_hook_opens_and_closes_what_the_server_says() -> None:
    page = opened("/?kept=1")
    page.get_by_role("button", name="Server, close it").click()
    expect(page.get_by_role("dialog")).to_be_hidden()
    page.get_by_role("button", name="Ask the server").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    expect(page.get_by_role("button", name="More")).to_be_focused()


def test_scripts_of_the_page_hear_what_does_not_bubble() -> None:
    page = opened("/?kept=1")
    page.get_by_role("button", name="Close", exact=True).click()
    heard = [event.name for event in page.events if event.name in ("command", "cancel", "close", "toggle")]
    assert heard == ["command", "toggle", "command", "close", "toggle"]


def test_a_fork_has_its_own_dialog() -> None:
    page = opened("/?kept=1")
    other = page.fork()
    other.keyboard.press("Escape")
    assert page.get_by_role("dialog").is_visible() and not other.get_by_role("dialog").is_visible()
