"""Views inside views: their processes, their lines, their end."""

from __future__ import annotations

from typing import Any

from liveview_core import LiveView, heex
from liveview_testing import View, live
from liveview_testing.laws import hold


class Inner(LiveView):
    """A child with a state of its own."""

    def mount(self, params: Any, session: Any, socket: Any) -> Any:
        return socket.assign(n=session["from"]).subscribe("inner")

    def handle_event(self, event: str, params: Any, socket: Any) -> Any:
        return socket.update("n", lambda n: n + 1)

    def handle_info(self, msg: Any, socket: Any) -> Any:
        return socket.assign(n=msg)

    render = heex("""<b>{@n}</b><button phx-click="up">+</button>""")


class Outer(LiveView):
    """A parent that can show and hide it."""

    def mount(self, params: Any, session: Any, socket: Any) -> Any:
        return socket.assign(show=True, m=0)

    def handle_event(self, event: str, params: Any, socket: Any) -> Any:
        match event:
            case "hide":
                return socket.assign(show=False)
            case _:
                return socket.update("m", lambda m: m + 1)

    render = heex("""
    <p>{@m}</p><section :if={@show}><.live_render view={Inner} id="inner" session={{"from": 10}} /></section>
    """)


def child(view: View) -> View:
    found = view.find_live_child("inner")
    assert found is not None
    return found


def test_a_child_is_a_view_of_its_own() -> None:
    """It joins by itself, has its own line and state, and its html stands inside the parent's."""
    view = live(Outer)
    inner = child(view)
    assert view.live_children() == [inner]
    assert inner.wire[0].event == "phx_join"
    assert "url" not in inner.wire[0].payload
    inner.element("button").render_click()
    assert inner.assigns.n == 11
    assert view.has_element("b", "11")
    assert "<b>11</b>" in view.html
    hold(view.sim)
    view.render_click("more")
    assert (view.assigns.m, child(view).assigns.n) == (1, 11)
    assert view.find_live_child("other") is None


def test_children_of_two_pages_are_apart() -> None:
    """The same DOM id on two pages is two processes; PubSub reaches both."""
    view = live(Outer)
    other = view.sim.live(Outer)
    child(view).element("button").render_click()
    assert (child(view).assigns.n, child(other).assigns.n) == (11, 10)
    view.sim.broadcast("inner", 5)
    assert (child(view).assigns.n, child(other).assigns.n) == (5, 5)


def test_a_child_leaves_with_its_container_and_with_its_parent() -> None:
    """Hiding the container is a phx_leave; the end of the parent ends the child (LC-46)."""
    view = live(Outer)
    inner = child(view)
    view.render_click("hide")
    assert view.live_children() == []
    assert inner.line.process is None
    assert inner.wire[-2].event == "phx_leave"
    again = live(Outer)
    again.sim.act(lambda run: run.send_client(again.id, "phx_leave", {}))
    assert [line.process for line in again.sim.world.lines.values()] == [None, None]
    assert not again.sim.world.topics
