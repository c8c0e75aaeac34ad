"""What a patch does to what the client knows of elements."""

from __future__ import annotations

from typing import Any

import pytest

from liveview_core import JS, LiveView, heex
from liveview_testing.browser.dom.forms import selected_options, value_of
from liveview_testing.browser.dom.patching.patched_element import is_ignored_attribute
from tests.browser.acting import Acting


class Fields(LiveView):
    def mount(self, params: Any, session: Any, socket: Any) -> Any:
        return socket.assign(v="v", on=False, opts=("a", "b"), last="", js=JS.push("came"))

    def handle_event(self, event: str, params: Any, socket: Any) -> Any:
        return socket

    def handle_info(self, message: Any, socket: Any) -> Any:
        return socket.assign(**message)

    render = heex(
        """<form id="f" phx-change="c" phx-submit="s"><input id="x" {{}} type="checkbox" checked={@on}><select id="s" name="s">
    <option :for={o in @opts} value={o}>{o}</option></select><select id="m" {{}} multiple>
    <option :for={o in @opts}>{o}</option></select><input id="a" name="a" value={@v} readonly={@on}>
    <b :if={@on} id="new" phx-mounted={@js}>n</b></form><i>{@last}</i>
    <select :if={@on} id="late"><option>1</option></select>"""
    )


@pytest.mark.parametrize(
    ("pattern", "name", "found"),
    [
        ("*", "id", True),
        ("data-*", "aria-data", True),
        ("data-x", "data-xy", False),
        ("*x", "x", False),
        ("class", "class", True),
    ],
)
def test_ignored_attributes_are_regular_expressions(pattern: str, name: str, found: bool) -> None:  # JC-13
    assert is_ignored_attribute(pattern, name) is found


def test_a_focused_box_follows_the_server_all_the_same() -> None:  # FI-11
    tab = Acting.on(Fields).click("#x")
    assert tab.focused == "x"
    assert tab.one("#x").mark.checked
    assert not tab.tell(last="y").one("#x").mark.checked


def test_selected_is_written_on_what_is_selected() -> None:  # FI-9
    tab = Acting.on(Fields)
    assert [option.get("selected") for option in tab.all("#s option")] == ["", None]
    tab.tell(on=True)
    assert tab.one("#late option").get("selected") is None  # no patch has visited it yet
    assert tab.tell(last="y").one("#late option").get("selected") == ""


def test_a_focused_multiple_select_keeps_its_options() -> None:  # FI-12
    tab = Acting.on(Fields).focus("#m").tell(opts=("a",))
    assert len(tab.all("#m option")) == 2
    assert [value_of(tab.one("#s")), selected_options(tab.one("#m"))] == ["a", []]
    tab.focus("#a").tell(last="y")
    assert len(tab.all("#m option")) == 1


def test_a_focused_field_is_readonly_as_the_client_writes_it() -> None:  # FI-10
    tab = Acting.on(Fields).focus("#a").tell(on=True)
    assert tab.one("#a").get("readonly") == "true"


def test_what_comes_while_the_form_is_locked_never_runs_its_mounted() -> None:  # LK-10
    tab = Acting.on(Fields).latency(50).fill("#a", "x").tell(on=True).advance(50)
    assert tab.all("#new") == []
    tab.advance(100)
    assert len(tab.all("#new")) == 1
    assert tab.events() == ["c"]
    assert tab.notes() == ["LK-10"]


def test_acks_undo_in_document_order() -> None:  # LK-18
    tab = Acting.on(Fields).fill("#a", "x")
    undone = [(event.name, event.target.id) for event in tab.browser.events if event.name.startswith("phx:undo-lock")]
    assert undone == [("phx:undo-lock:0", "f"), ("phx:undo-lock:0", "a")]
