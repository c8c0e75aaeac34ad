"""What JS commands have shown can be used; what they have not cannot."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings

from liveview_core import JS, LiveView, Socket, heex
from liveview_testing import View, live, strategies
from liveview_testing.failures.exceptions import BindingNotFound, ElementHidden


class DialogLive(LiveView):
    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(said=(), there=True)

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        match event:
            case "gone":
                return socket.update("there", lambda there: not there)
            case _:
                return socket.update("said", lambda said: (*said, event))

    render = heex(
        """
    <button id="open" phx-click={JS.show(to="#dialog").focus(to="#name")}>Open</button>
    <button id="menu" phx-click={JS.toggle(to="#items", time=100)}>Menu</button>
    <button id="bare" phx-click={JS.remove_attribute("hidden", to="#flash").show(to="::part(foo)")}>Bare</button>
    <button id="gone" phx-click="gone">Gone</button>
    <div :if={@there} id="dialog" style="display: none" data-cancel={JS.hide(to="#dialog").push("cancelled")}>
      <i phx-click-away={JS.exec("data-cancel", to="#dialog")}></i>
      <button id="close" phx-click={JS.exec("data-cancel", to="#dialog")}>x</button>
      <form id="f" phx-change="changed" phx-submit="saved">
        <input id="name" type="text" name="name" phx-focus="focused" phx-keyup="typed" />
        <input id="box" type="checkbox" name="box" />
        <button id="save">Save</button>
      </form>
    </div>
    <ul id="items" style="display:none"><li phx-click="picked">item</li></ul>
    <p id="flash" hidden phx-click={JS.push("cleared").set_attribute(("hidden", "hidden"))}>flash</p>
    <div style="display: none" phx-mounted={JS.exec("data-show", to="#late")}></div>
    <div id="late" style="display: none" data-show={JS.show()} phx-click={JS.push("later").hide()}>late</div>
    <b id="unseen" style="visibility: hidden" phx-click="unseen" phx-mounted={JS.show()}>b</b>
    <i id="said">{" ".join(@said)}</i>
    """,
        names={"JS": JS},
    )


@pytest.fixture
def view() -> View:
    return live(DialogLive)


def hidden(view: View, selector: str) -> bool:
    """Whether a click is refused as one at something hidden; played in a fork."""
    try:
        view.fork().element(selector).render_click()
    except ElementHidden:
        return True
    return False


def test_a_dialog(view: View) -> None:
    """JS.show opens it, for everything in it and across patches; JS.hide closes it (JS-13)."""
    assert hidden(view, "#close")
    before = view.fork()
    view.element("#open").render_click()
    assert hidden(before, "#close")
    view.form("#f", {"name": "Ann"}).render_change()
    view.element("#name").render_focus()
    view.element("#name").render_keyup({"key": "a"})
    view.element("#name").render_change({"name": "Ben"})
    view.element("#box").render_click()
    view.element("#save").render_click()
    view.form("#f").render_submit()
    view.element("#close").render_click()
    said = "changed focused typed changed changed saved saved cancelled"
    assert view.element("#said").text == said
    assert hidden(view, "#close")


def test_a_click_away(view: View) -> None:
    """Of what is on view; the rest hears none."""
    with pytest.raises(ElementHidden, match='cannot click away from "#dialog i": it is hidden'):
        view.element("#dialog i").render_click_away()
    view.element("#open").render_click()
    view.element("#dialog i").render_click_away()
    assert view.element("#said").text == "cancelled"
    with pytest.raises(BindingNotFound, match="cannot click away from"):
        view.element("#open").render_click_away()


def test_a_new_one_is_as_its_markup_says(view: View) -> None:
    """What left the page and comes again is another element."""
    view.element("#open").render_click()
    view.element("#gone").render_click()
    view.element("#gone").render_click()
    assert hidden(view, "#close")


def test_a_menu(view: View) -> None:
    """JS.toggle shows what is hidden and hides what is shown (JS-12)."""
    for shown in (False, True, False):
        assert hidden(view, "#items li") is not shown
        view.element("#menu").render_click()


def test_an_attribute(view: View) -> None:
    """JS.remove_attribute("hidden") shows, setting it hides (JS-16); a selector that is not ours to know is passed over."""
    assert hidden(view, "#flash")
    view.element("#bare").render_click()
    view.element("#flash").render_click()
    assert hidden(view, "#flash")


def test_shown_at_first(view: View) -> None:
    """`phx-mounted` shows it, until it is hidden; `visibility` is nothing that JS.show changes."""
    assert hidden(view, "#unseen")
    view.element("#late").render_click()
    assert hidden(view, "#late")
    assert view.element("#said").text == "later"


def test_strategies_see_it(view: View) -> None:
    """What is shown can be drawn, what is hidden cannot."""

    def drawn(view: View) -> bool:
        found: list[bool] = []

        @settings(max_examples=60, database=None, derandomize=True)
        @given(strategies.events(view))
        def look(event: strategies.PageEvent) -> None:
            found.append(event.kind == "submit")

        look()
        return any(found)

    assert not drawn(view)
    view.element("#open").render_click()
    assert drawn(view)
