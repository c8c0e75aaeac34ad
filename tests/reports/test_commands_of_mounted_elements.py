"""`phx-mounted` with a JS.push: sent once when the page is connected, and once for each element that a later message brings.

phoenixframework/phoenix_live_view#2854, #2882. Not again when the element is only patched.
"""

from __future__ import annotations

from typing import Any

import pytest

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


class Brought(LiveView):
    """No template names `phx-mounted`: a value brings it, of a row that a message appends, or of one that was there."""

    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        rows = [{"id": n, "attrs": {}} for n in range(2)]
        return socket.assign(log=(), rows=tuple(rows)).stream("items", rows)

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        return socket.update("log", lambda log: (*log, params["who"]))

    def handle_info(self, msg: Any, socket: Socket) -> Socket:
        kind, row = msg
        if kind == "item":
            return socket.stream_insert("items", row)
        return socket.update("rows", lambda rows: (*rows, row))

    render = heex(
        """<ul id="items" phx-update="stream"><li :for={id, row in @streams.items} id={id} {row["attrs"]}>{row["id"]}</li></ul>
        <ol><li :for={row in @rows} {row["attrs"]}>{row["id"]}</li></ol>"""
    )


@pytest.mark.parametrize("kind", ["item", "row"])
def test_a_value_brings_it(kind: str) -> None:
    """After messages that brought nothing, also: small ones go in another way than others."""
    view = live(Brought)
    for n in (7, 8):
        view.send((kind, {"id": n, "attrs": {"class": "plain", "phx-value-id": n}}))
    assert not view.sim.world.browsers
    view.send((kind, {"id": 9, "attrs": {"phx-mounted": JS.push("seen", value={"who": "nine"})}}))
    assert view.assigns.log == ("nine",)
    view.send((kind, {"id": 10, "attrs": {}}))
    assert view.assigns.log == ("nine",)
