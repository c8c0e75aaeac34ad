"""Elements that stay until their `phx-remove` is over (PA-42 … PA-47)."""

from __future__ import annotations

from typing import Any

from liveview_core import JS, LiveView, heex
from liveview_testing.browser.dom.patching.node_matching import Child
from liveview_testing.browser.dom.patching.phx_remove import arranged
from tests.browser.acting import Acting


class Rows(LiveView):
    def mount(self, params: Any, session: Any, socket: Any) -> Any:
        return socket.assign(rows=[1, 2, 3], on=True, rm=JS.transition("fade", time=100).push("left"))

    def handle_event(self, event: str, params: Any, socket: Any) -> Any:
        return socket

    def handle_info(self, message: Any, socket: Any) -> Any:
        return socket.assign(**message)

    render = heex("""<p :for={r in @rows} id={f"r{r}"} phx-remove={@rm}><input id={f"i{r}"}></p><b :if={@on} id="in">
    <i phx-remove={@rm} id="inner">x</i></b>""")


def ids(tab: Acting) -> list[str | None]:
    return [node.id for node in tab.all("p, b")]


def test_they_stay_where_they_are_and_go_all_at_once() -> None:
    tab = Acting.on(Rows).tell(rows=[2])
    assert ids(tab) == ["r1", "r2", "r3", "in"]
    assert tab.events() == ["left", "left"]
    assert ids(tab.advance(99)) == ["r1", "r2", "r3", "in"]
    assert ids(tab.advance(1)) == ["r2", "in"]


def test_no_patch_comes_meanwhile() -> None:
    tab = Acting.on(Rows).tell(rows=[2]).tell(rows=[4])
    assert ids(tab) == ["r1", "r2", "r3", "in"]
    assert ids(tab.advance(100)) == ["r2", "r4", "in"]  # the next batch
    assert ids(tab.advance(100)) == ["r4", "in"]


def test_what_goes_with_what_is_around_does_not_stay() -> None:
    tab = Acting.on(Rows).tell(on=False)
    assert tab.all("#inner") == []
    assert tab.events() == []  # PA-44


def test_focus_stays_in_what_is_leaving() -> None:
    tab = Acting.on(Rows).focus("#i1").tell(rows=[2])
    assert tab.focused == "i1"
    assert tab.advance(100).focused is None


def test_arranged() -> None:
    a, b, c, text = Child("p", "a"), Child("p", "b"), Child("p", "c"), Child("#text")
    assert list(arranged([a, b, c], [b], frozenset((0, 2)))) == [(False, 0), (True, 0), (False, 2)]
    assert list(arranged([a, text, b], [text, c], frozenset((0, 2)))) == [(False, 0), (True, 0), (False, 2), (True, 1)]
