"""What JS.hide or JS.toggle hides cannot be used, also after a patch, until it is shown again.

phoenixframework/phoenix_live_view#3675, #2114.
"""

from __future__ import annotations

from typing import Any

import pytest

from liveview_core import JS, LiveView, Socket, heex
from liveview_testing import View, live
from liveview_testing.failures.exceptions import ElementHidden


class Hiding(LiveView):
    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(n=0)

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        return socket.update("n", lambda n: n + 1)

    render = heex(
        """
    <main><button id="tick" phx-click="tick">{@n}</button>
      <section id="box"><p><button id="in" phx-click="in">in {@n}</button></p></section>
      <button id="hide" phx-click={JS.hide(to="#box")}>h</button><button id="show" phx-click={JS.show(to="#box")}>s</button>
      <button id="toggle" phx-click={JS.toggle(to="#box")}>t</button>
      <button id="slow" phx-click={JS.hide(to="#box", transition=("fade", "from", "to"), time=500)}>slowly</button>
      <ul><li :for={i in (1, 2)} id={f"li-{i}"}><button class="x" phx-click={JS.hide(to=("closest", "li"))}>x</button>
        <button class="buy" phx-click="buy">buy</button></li></ul>
      <button id="self" phx-click={JS.push("self").hide()}>once</button>
    </main>
    """,
        names={"JS": JS},
    )


@pytest.fixture
def view() -> View:
    return live(Hiding)


def can(view: View, selector: str) -> bool:
    try:
        view.fork().element(selector).render_click()
    except ElementHidden:
        return False
    return True


def test_what_is_hidden_cannot_be_used_until_it_is_shown(view: View) -> None:
    assert can(view, "#in")
    view.element("#hide").render_click()
    assert not can(view, "#in")
    view.element("#tick").render_click()
    assert not can(view, "#in")
    view.element("#show").render_click()
    assert can(view, "#in")
    for shown in (False, True):
        view.element("#toggle").render_click()
        assert can(view, "#in") is shown


def test_only_what_the_command_was_for(view: View) -> None:
    view.element("#li-1 .x").render_click()
    assert not can(view, "#li-1 .buy")
    assert can(view, "#li-2 .buy")
    view.element("#self").render_click()
    assert view.assigns.n == 1
    assert not can(view, "#self")


def test_a_transition_is_over_for_who_lets_no_time_pass(view: View) -> None:
    view.element("#slow").render_click()
    assert not can(view, "#in")
    view.element("#show").render_click()
    assert can(view, "#in")
