"""JS.dispatch of the events that the client listens to: what a form, a link or a button does then is done."""

from __future__ import annotations

from typing import Any

import pytest

from liveview_core import JS, LiveView, Socket, heex
from liveview_testing import View, live


class LinesLive(LiveView):
    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(heard=())

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        return socket.update("heard", lambda heard: (*heard, (event, dict(params))))

    def handle_params(self, params: Any, uri: str, socket: Socket) -> Socket:
        return socket

    render = heex(
        """
    <form id="f" phx-change="changed" phx-submit="saved">
      <input type="text" name="q" value="a" />
      <button id="add" type="button" name="sort[]" value="new" phx-click={JS.dispatch("change")}>add</button>
      <button id="off" type="button" disabled phx-click="never">off</button>
    </form>
    <form id="plain" action="/elsewhere"><input id="n" type="text" name="n" phx-change="one" /></form>
    <b id="save" phx-click={JS.push("first").dispatch("submit", to="#f").dispatch("submit", to="#plain")}>save</b>
    <b id="other" phx-click={JS.dispatch("input", to="#n").dispatch("change", to="#plain")}>other</b>
    <b id="click" hidden phx-click="clicked">c</b>
    <b id="clicks" phx-click={JS.dispatch("click", to="#click, #off, #save, p")}>clicks</b>
    <b id="none" phx-click={JS.dispatch("mine", to="#f").dispatch("click", to="#click", bubbles=False)}>none</b>
    <b id="leave" phx-click={JS.dispatch("click", to="a, #click")}>leave</b>
    <p>p</p>
    <a href="/elsewhere">elsewhere</a>
    """,
        names={"JS": JS},
    )


@pytest.fixture
def view() -> View:
    return live(LinesLive)


def heard(view: View, selector: str) -> Any:
    view.element(selector).render_click()
    return view.assigns.heard


def test_a_change(view: View) -> None:
    """A button tells its form that it changed, as in "add another": with its own name and value, and what was typed."""
    view.form("#f", {"q": "typed"}).render_change()
    changed = {"q": "typed", "sort": ["new"], "_target": ["sort"]}
    assert heard(view, "#add")[1:] == (("changed", changed),)


def test_a_control_of_its_own_and_a_form(view: View) -> None:
    """What has no `phx-change` hears nothing; a form is no control."""
    assert heard(view, "#other") == (("one", {"_unused_n": "", "n": "", "_target": ["n"]}),)


def test_a_submit(view: View) -> None:
    """In its turn; a form that is the browser's stays where it is."""
    assert heard(view, "#save") == (("first", {}), ("saved", {"q": "a"}))


def test_clicks(view: View) -> None:
    """Of what is hidden too, not of what is disabled; what does nothing on a click does nothing."""
    assert [event for event, _ in heard(view, "#clicks")] == ["first", "saved", "clicked"]


def test_others_are_for_hooks(view: View) -> None:
    """An event of the user's own, and one that does not reach the client's ears."""
    assert heard(view, "#none") == ()


def test_what_is_left_hears_nothing_more(view: View) -> None:
    """A link that was clicked in this way is followed."""
    assert view.element("#leave").render_click().to == "/elsewhere"  # type: ignore[attr-defined]
    view.assert_redirect("/elsewhere")
