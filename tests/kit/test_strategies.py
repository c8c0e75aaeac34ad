"""What is drawn from a page: only what a user could do, and in words that a failing example can be read by."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis.vendor.pretty import pretty

from liveview_core import LiveView, Socket, heex
from liveview_testing import View, live
from liveview_testing.strategies import PageEvent, events


class FormsLive(LiveView):
    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(closed=False)

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        return socket.assign(closed=event == "close")

    render = heex("""
    <main>
      <form id="bare" phx-submit="a"><input type="hidden" name="h" value="1" /></form>
      <form id="bid" phx-submit="b" phx-change="c">
        <input type="checkbox" name="sure" /><button disabled={@closed}>Bid</button>
      </form>
      <form id="two" phx-submit="d"><button disabled>One</button><button name="two">Two</button></form>
      <button id="close" phx-click="close">Close the   auction, for good and for everybody in it</button>
      <b phx-click="icon"></b>
    </main>
    """)


def drawn(view: View) -> dict[str, PageEvent]:
    """Every event that some run draws, by its text."""
    found: dict[str, PageEvent] = {}

    @settings(max_examples=200, database=None, derandomize=True)
    @given(events(view))
    def look(event: PageEvent) -> None:
        found[pretty(event)] = event
        event.perform(view.fork())

    look()
    return found


def test_events_in_words() -> None:
    """The element, what is on it, and what was filled in; two that do the same are equal."""
    view = live(FormsLive)
    found = drawn(view)
    assert set(found) == {
        "<submit form#bare>",
        "<submit form#bid>",
        "<submit form#bid with {'sure': True}>",
        "<submit form#bid with {'sure': False}>",
        "<change form#bid>",
        "<change form#bid with {'sure': True}>",
        "<change form#bid with {'sure': False}>",
        "<submit form#two>",
        "<click button#close 'Close the auction, for good and for…'>",
        "<click b>",
    }
    assert repr(PageEvent("click", "b", 2)) == "<click b [2]>"
    assert found["<submit form#bare>"] == PageEvent("submit", "form[phx-submit]", 0)


def test_a_form_whose_buttons_are_disabled_is_not_submitted() -> None:
    """No button can be pressed, and the key Enter does nothing; what can be changed still is."""
    view = live(FormsLive)
    view.element("#close").render_click()
    found = drawn(view)
    assert not any(text.startswith("<submit form#bid") for text in found)
    assert any(text.startswith("<change form#bid") for text in found)
