"""A dashboard with two chat widgets, and two people who talk in its rooms.

The widgets plug into the view by hooks (`widgets/chat.py`); the view itself only counts what was said. Rooms come from
the URL: `?topic=chat:elixir` moves both widgets, and without a topic each goes back to its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from widgets import chat, likes

from liveview_core import LiveView, Route, Router, Socket, heex
from liveview_testing import Simulation, Step


class DashboardLive(LiveView):
    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        name = session.get("name")
        return (
            socket.assign(heard=0)
            .pipe(chat.assign_component, "chat_left", username=name)
            .pipe(chat.assign_component, "chat_right", username=name, topic="chat:python")
            .pipe(likes.assign_component)
        )

    def handle_params(self, params: Any, uri: str, socket: Socket) -> Socket:
        return socket

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        match event:
            case "close":
                return chat.detach_component(socket, "chat_right")
            case "open":
                return chat.assign_component(socket, "chat_right", username="me", topic="chat:python")
            case _:
                return socket

    def handle_info(self, msg: Any, socket: Socket) -> Socket:
        match msg:
            case chat.Posted():
                return socket.update("heard", lambda heard: heard + 1)
            case _:
                return socket

    render = heex("""
    <main>
      <nav>
        <.link patch="/dashboard">Home</.link>
        <.link patch="/dashboard?topic=chat:elixir">Elixir</.link>
        <button id="close" phx-click="close">Close the right one</button>
        <button id="open" phx-click="open">Open it</button>
        <span id="badge">{@heard} heard</span>
        <likes.render count={@likes} />
      </nav>
      <chat.render state={@chat_left} messages={@streams.chat_left} />
      <chat.render :if={@chat_right} state={@chat_right} messages={@streams.chat_right} />
    </main>
    """)


ROUTER = Router([Route("/dashboard", DashboardLive)])


def story(sim: Simulation) -> Iterator[Step]:
    """Ann and Ben meet, move to another room, and come back."""
    ann = sim.live("/dashboard", session={"name": "Ann"})
    ben = sim.live("/dashboard", session={"name": "Ben"})
    yield Step("Ann and Ben open the dashboard", Ann=ann, Ben=ben)

    ann.form("#chat_left-form", {"message": "hello, room"}).render_submit()
    yield Step("Ann says hello: her page is patched by the reply, Ben's by a broadcast", Ann=ann, Ben=ben)
    assert ben.has_element("#chat_left li", "hello, room")
    assert ben.has_element("#badge", "1 heard")
    assert not ben.has_element("#chat_right li")

    ben.form("#chat_right-form", {"message": "  "}).render_submit()
    yield Step("Ben sends nothing but blanks: the widget keeps it to itself", Ben=ben)

    ann.element("a", "Elixir").render_click()
    ben.element("a", "Elixir").render_click()
    ann.form("#chat_right-form", {"message": "same room, both panes"}).render_submit()
    yield Step("Both go to the room of the URL: one subscription, two panes", Ann=ann.element("#chat_right"), Ben=ben)
    assert ben.has_element("#chat_left li", "both panes")
    assert ben.has_element("#chat_right li", "both panes")

    ben.element("#likes").render_click()
    yield Step("The like button beside them has hooks of its own", Ben=ben.element("nav"))

    ben.element("#close").render_click()
    ann.element("a", "Home").render_click()
    ann.form("#chat_left-form", {"message": "anybody home?"}).render_submit()
    yield Step("Ben closes a pane; Ann goes home, and nobody hears her", Ann=ann, Ben=ben)
    assert not ben.has_element("#chat_right")
    assert ben.has_element("#badge", "2 heard")

    ben.render_patch("/dashboard")
    ben.element("#open").render_click()
    ann.form("#chat_left-form", {"message": "there you are"}).render_submit()
    yield Step("Ben comes home as well", Ann=ann.element("#chat_left"), Ben=ben)
    assert ben.has_element("#chat_left li", "there you are")


if __name__ == "__main__":
    from liveview_testing.command_line.main import tell

    tell(__file__)
