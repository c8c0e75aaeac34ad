"""A tab that is sent on: by a view that ends with it, and by pages that send it round for ever."""

from __future__ import annotations

from typing import Any

import pytest

from liveview_core import LiveView, Route, Router, Socket, heex
from liveview_testing import Simulation, TooManyRedirects


class Home(LiveView):
    """It sends its client elsewhere, with a view in it that has to go along."""

    def handle_event(self, event: str, params: Any, socket: Socket) -> Any:
        return socket.push_navigate(params["to"]) if event == "go" else socket.redirect(params["to"])

    render = heex("""
    <main>
      <button :for={to in ["/there", "/dead", "/late"]} phx-click="send" phx-value-to={to}>send {to}</button>
      <button phx-click="go" phx-value-to="/late">go</button>
      <.link :for={to in ["/dead", "/late", "/params"]} navigate={to}>live {to}</.link>
      <a :for={to in ["/dead", "/late"]} href={to}>plain {to}</a>
      <.live_render view={There} id="inside" />
    </main>
    """)


class There(LiveView):
    """A place."""

    render = heex("<p>there</p>")


class Dead(LiveView):
    """It redirects to itself before anything is shown."""

    def mount(self, params: Any, session: Any, socket: Socket) -> Any:
        return socket.redirect("/dead")

    render = heex("<p></p>")


class Late(LiveView):
    """It redirects to itself once it is joined."""

    def mount(self, params: Any, session: Any, socket: Socket) -> Any:
        return socket.redirect("/late") if socket.connected else socket

    render = heex("<p></p>")


class Params(LiveView):
    """It navigates to itself."""

    def handle_params(self, params: Any, uri: str, socket: Socket) -> Any:
        return socket.push_navigate("/params") if socket.connected else socket

    render = heex("<p></p>")


ROUTER = Router(
    [Route("/", Home), Route("/there", There), Route("/dead", Dead), Route("/late", Late), Route("/params", Params)]
)


@pytest.mark.parametrize("latency", [0, 0.1])
def test_a_view_that_redirects_has_ended(latency: float) -> None:
    """LC-46, NV-8: its tab takes its leave of nobody there, and of the views inside of it."""
    sim = Simulation(ROUTER)
    page = sim.page("/")
    page.network.latency(latency)
    page.get_by_role("button", name="send /there").click()
    page.wait_for_url("**/there")
    assert page.get_by_text("there").count() == 1
    assert sim.world.lines["phx-1"].process is None
    assert not any(view.line.process for view in sim.views if view.id.startswith("phx-1:"))
    page.go_back()
    assert page.url == "http://www.example.com/"


@pytest.mark.parametrize(
    ("role", "name"),
    [
        ("button", "send /dead"),
        ("button", "send /late"),
        ("button", "go"),
        ("link", "live /dead"),
        ("link", "live /late"),
        ("link", "live /params"),
        ("link", "plain /dead"),
        ("link", "plain /late"),
    ],
)
def test_pages_that_never_stay(role: Any, name: str) -> None:
    """As a browser says it, at once, wherever it was led there from; and the tab is where it was."""
    sim = Simulation(ROUTER)
    page = sim.page("/")
    before = sim.world
    with pytest.raises(TooManyRedirects) as caught:
        page.get_by_role(role, name=name).click()
    assert "ERR_TOO_MANY_REDIRECTS" in str(caught.value)
    assert sim.world is before
    for path in ("/dead", "/late", "/params"):
        with pytest.raises(TooManyRedirects):
            page.goto(path)
        with pytest.raises(TooManyRedirects):
            sim.page(path)
    assert sim.world is before
