"""What JS.set_attribute and remove_attribute did counts for what a user can use, and survives a patch of the page.

phoenixframework/phoenix_live_view#2511, #1868, and the flash group of Phoenix's core components, which is `hidden` until a command
removes that.
"""

from __future__ import annotations

from typing import Any

import pytest

from liveview_core import JS, LiveView, Socket, heex
from liveview_testing import View, live
from liveview_testing.failures.exceptions import ElementDisabled, ElementHidden


class Attributes(LiveView):
    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(n=0, heard=())

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        return socket.assign(heard=(*socket.assigns.heard, (event, params))).update("n", lambda n: n + 1)

    render = heex(
        """
    <div>
      <button id="arm" phx-click={JS.remove_attribute("disabled", to="#fire")}>arm</button>
      <button id="fire" disabled phx-click="fire">fire {@n}</button>
      <button id="lock" phx-click={JS.set_attribute(("disabled", ""), to="#other")}>lock</button>
      <button id="other" phx-click="other"><b id="in-other">other {@n}</b></button>
      <button id="fence" phx-click={JS.set_attribute(("disabled", ""), to="fieldset")}>fence</button>
      <fieldset><legend><button id="in-legend" phx-click="legend">l</button></legend>
        <button id="in-fieldset" phx-click="fieldset">f</button></fieldset>
      <div id="secret" hidden phx-mounted={JS.remove_attribute("hidden")}><button id="in" phx-click="in">{@n}</button></div>
      <div id="later" hidden><button id="in-later" phx-click="late">late</button></div>
      <button id="reveal" phx-click={JS.remove_attribute("hidden", to="#later")}>reveal</button>
      <button id="conceal" phx-click={JS.set_attribute(("hidden", ""), to="#later")}>conceal</button>
      <button id="aim" phx-click={JS.set_attribute(("phx-value-at", "9"), to="#other")}>aim</button>
    </div>
    """,
        names={"JS": JS},
    )


@pytest.fixture
def view() -> View:
    return live(Attributes)


def refused(view: View, selector: str) -> bool:
    try:
        view.fork().element(selector).render_click()
    except (ElementDisabled, ElementHidden):
        return True
    return False


def test_a_disabled_button(view: View) -> None:
    assert refused(view, "#fire")
    view.element("#arm").render_click()
    view.element("#fire").render_click()
    assert not refused(view, "#fire")  # the patch did not undo it
    view.element("#lock").render_click()
    assert refused(view, "#other")
    assert refused(view, "#in-other")


def test_a_disabled_fieldset(view: View) -> None:
    view.element("#fence").render_click()
    assert refused(view, "#in-fieldset")
    assert not refused(view, "#in-legend")


def test_a_hidden_element(view: View) -> None:
    assert not refused(view, "#in")
    assert refused(view, "#in-later")
    view.element("#reveal").render_click()
    assert "hidden" not in view.element("#later").attributes
    view.element("#in-later").render_click()
    assert not refused(view, "#in-later")
    view.element("#conceal").render_click()
    assert refused(view, "#in-later")
    assert "hidden" in view.element("#later").attributes


def test_what_an_element_brings(view: View) -> None:
    view.element("#aim").render_click()
    view.element("#other").render_click()
    assert view.assigns.heard[-1] == ("other", {"at": "9", "value": ""})
