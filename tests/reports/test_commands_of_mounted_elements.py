"""`phx-mounted` with a JS.push: sent once when the page is connected, and once for each element that a later message brings.

phoenixframework/phoenix_live_view#2854, #2882. Not again when the element is only patched.
"""

from __future__ import annotations

from typing import Any

from liveview_core import JS, LiveView, Socket, heex
from liveview_testing import Simulation, live


class Mounting(LiveView):
    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(log=(), rows=(), n=0, top=session.get("top", True))

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        return socket.update("log", lambda log: (*log, params["who"]))

    def handle_info(self, msg: Any, socket: Socket) -> Socket:
        return socket.assign(**msg)

    render = heex(
        """
    <main>
      <p :if={@top} id="top" phx-mounted={JS.push("seen", value={"who": "top"})}>{@n}</p>
      <ul><li :for={r in @rows} :key={r} id={f"r-{r}"} phx-mounted={JS.push("seen", value={"who": r})}>{r}{@n}</li></ul>
    </main>
    """,
        names={"JS": JS},
    )


class Plain(LiveView):
    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(n=0)

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        return socket.update("n", lambda n: n + 1)

    render = heex("""<button phx-click="go">{@n}</button>""")


def test_once_for_each_element_that_comes() -> None:
    view = live(Mounting)
    assert view.assigns.log == ("top",)
    view.send({"rows": ("a", "b")})
    assert view.assigns.log == ("top", "a", "b")
    view.send({"n": 1})
    assert view.assigns.log == ("top", "a", "b")
    view.send({"rows": ("b", "c")})
    assert view.assigns.log == ("top", "a", "b", "c")


def test_on_a_page_that_had_none_at_first() -> None:
    view = live(Mounting, session={"top": False})
    assert view.assigns.log == ()
    assert not view.sim.world.browsers
    view.send({"rows": ("a",)})
    view.send({"rows": ("a", "b")})
    assert view.assigns.log == ("a", "b")


def test_a_plain_page_has_no_state_of_its_own() -> None:
    sim = Simulation()
    view = sim.live(Plain)
    view.element("button").render_click()
    assert not sim.world.browsers
