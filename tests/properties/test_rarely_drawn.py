"""What is seldom drawn: fields of rare kinds, pages on which nothing can be done, questions that are answered; and who says so."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import find, given, settings
from hypothesis import strategies as st

from liveview_core import LiveView, Socket, heex
from liveview_testing import Simulation
from liveview_testing.properties.invariants import _held
from liveview_testing.properties.live_view_machine import _drawn_from
from liveview_testing.properties.person_acts import _is_key
from liveview_testing.strategies import PersonAct, acts, events


class Rare(LiveView):
    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(n=0)

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        return socket.update("n", lambda n: n + (10 if event == "drop" else 1))

    render = heex("""
    <p>{@n}</p>
    <form id="f" phx-change="change">
      <input type="number" name="count" /><input type="color" name="tint" />
      <select name="several" multiple><option>a</option><option>b</option></select>
    </form>
    <button phx-click="drop" data-confirm="Sure?">Drop</button>
    """)


class Empty(LiveView):
    render = heex("<p>nothing</p><button phx-click='x' disabled>x</button>")


def test_fields_of_rare_kinds() -> None:
    """Numbers are written; what has no values of its own (a colour, several of a list) is left alone."""
    view = Simulation().live(Rare)
    seen: set[str] = set()

    @settings(max_examples=60, database=None)
    @given(events(view))
    def draw(event: Any) -> None:
        seen.update(dict(event.params or {}))

    draw()
    assert seen == {"count"}
    assert repr(events(Simulation().live(Empty))) == "events(<View phx-1 of Empty at />)"


def test_a_question_is_answered_by_who_did_the_act() -> None:
    page = Simulation().page(Rare)
    drop = find(
        acts(page), lambda act: "dialog.accept()" in repr(act), settings=settings(max_examples=2_000, database=None)
    )
    assert isinstance(drop, PersonAct)
    drop.perform(page)
    assert page.locator("p").inner_text() == "10"


def test_several_options_of_a_list() -> None:
    page = Simulation().page(Rare)
    chosen = find(
        acts(page), lambda act: "select_option" in repr(act), settings=settings(max_examples=2_000, database=None)
    )
    chosen.perform(page)
    assert ".select_option(" in repr(chosen)


@pytest.mark.parametrize(
    ("name", "is_one"), [("Enter", True), ("a", True), ("Shift+Tab", True), ("Entr", False), ("é", False)]
)
def test_which_names_are_keys(name: str, is_one: bool) -> None:
    assert _is_key(name) is is_one


def test_an_invariant_without_a_signature_is_about_a_page() -> None:
    unsigned: Any = dict
    assert _held(unsigned).about == "page"


def test_broadcasts_are_drawn_from_what_was_given() -> None:
    strategy = st.just(3)
    assert _drawn_from("topic", strategy) is strategy
    assert find(_drawn_from("topic", [1, 2]), lambda each: each == 2) == 2
