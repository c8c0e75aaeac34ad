"""What is drawn from a page: only what a user could do, and in words that a failing example can be read by."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.vendor.pretty import pretty

from liveview_core import LiveView, Socket, heex
from liveview_testing import View, live
from liveview_testing.strategies import TEXT, NothingToDo, PageEvent, events, form_params


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
        "<submit form#bare, sends h=1>",
        "<submit form#bid, sends nothing>",
        "<submit form#bid with {'sure': True}>",
        "<submit form#bid with {'sure': False}>",
        "<change form#bid, sends nothing>",
        "<change form#bid with {'sure': True}>",
        "<change form#bid with {'sure': False}>",
        "<submit form#two, sends nothing>",
        "<click button#close 'Close the auction, for good and for…'>",
        "<click b>",
    }
    assert repr(PageEvent("click", "b", 2)) == "<click b [2]>"
    assert found["<submit form#bare, sends h=1>"] == PageEvent("submit", "form[phx-submit]", 0)


def test_a_form_whose_buttons_are_disabled_is_not_submitted() -> None:
    """No button can be pressed, and the key Enter does nothing; what can be changed still is."""
    view = live(FormsLive)
    view.element("#close").render_click()
    found = drawn(view)
    assert not any(text.startswith("<submit form#bid") for text in found)
    assert any(text.startswith("<change form#bid") for text in found)


class RowsLive(LiveView):
    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        return socket

    render = heex("""
    <ul><li :for={n in (1, 2)} id={f"row-{n}"}><button phx-click="x" phx-value-n={n}>remove</button></li></ul>
    <p><button phx-click="y">remove</button></p>
    <form id="new" phx-submit="add"><input name="title" value="milk" /><input name="n" value="1" readonly /></form>
    """)


def test_draws_that_differ_are_told_apart() -> None:
    """Elements of the same name by what is around them, or by their number; what is sent untouched is said."""
    found = drawn(live(RowsLive))
    clicks = {text: event for text, event in found.items() if event.kind == "click"}
    assert set(clicks) == {
        "<click #row-1 button 'remove' (1 of 3)>",
        "<click #row-2 button 'remove' (2 of 3)>",
        "<click button 'remove' (3 of 3)>",
    }
    assert "<submit form#new, sends title=milk&n=1>" in found
    assert any("with {'title': ''}, sends title=&n=1>" in text for text in found)
    assert len(set(found.values())) == len(found)


def test_the_params_of_a_form() -> None:
    """By the handle that a test has of it, or by its node."""
    form = live(FormsLive).form("#bid")

    @settings(max_examples=20, database=None, derandomize=True)
    @given(form_params(form), form_params(form.node))
    def look(one: dict[str, Any], other: dict[str, Any]) -> None:
        assert {*one, *other} <= {"sure"}

    look()


class BareLive(LiveView):
    render = heex("""<main><h1>Nothing here</h1><button disabled phx-click="x">off</button></main>""")


def test_a_page_that_offers_nothing_says_so() -> None:
    """Where it is all there is to draw from; beside others it is left out."""
    bare, rows = live(BareLive), live(RowsLive)
    assert events(bare).is_empty
    assert not events(rows).is_empty

    @settings(max_examples=5, database=None)
    @given(st.data())
    def alone(data: st.DataObject) -> None:
        data.draw(events(bare))

    with pytest.raises(NothingToDo, match="offers nothing that a user could do") as caught:
        alone()
    assert caught.value.got == "only what cannot be used: button"

    @settings(max_examples=5, database=None)
    @given(events(bare))
    def decorated(event: PageEvent) -> None:
        event.perform(bare)

    with pytest.raises(NothingToDo):
        decorated()

    performed: list[PageEvent] = []

    @settings(max_examples=5, database=None)
    @given(events(bare) | events(rows))
    def together(event: PageEvent) -> None:
        event.perform(rows.fork())
        performed.append(event)

    together()
    assert performed


def test_text_needs_no_table_of_unicode(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its making in a new checkout fails the health check of the first draw."""

    def made() -> Any:
        raise AssertionError("the table of Unicode was asked for")

    monkeypatch.setattr("hypothesis.internal.charmap.charmap", made)

    @settings(max_examples=100, database=None, derandomize=True)
    @given(st.lists(TEXT, max_size=3))
    def look(texts: list[str]) -> None:
        for text in texts:
            assert text.isprintable() or not set(text) & set("\r\n\0")
            text.encode()

    look()
