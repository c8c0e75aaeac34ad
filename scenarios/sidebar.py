"""A chat beside a sidebar: the chat is a view inside the view, with a life of its own; the sidebar a component of the page.

A nested view has its own process. It subscribes, keeps its own state, and if one of its callbacks raises, it alone ends: its
client joins again and it is mounted anew, while the page, the sidebar and what was typed there go on. A component has no life
of its own: it is part of the page. So what may fail, or talks to the world, is a view; what only shows, with state, a component.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from attrs import frozen

from liveview_core import LiveComponent, LiveView, Route, Router, Socket, heex
from liveview_testing import Simulation, Step, View


@frozen
class Said:
    """Somebody said something."""

    id: str
    author: str
    text: str


class ChatLive(LiveView):
    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(me=session["me"], said=0).subscribe("chat").stream("messages", [])

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        match event, params:
            case "say", {"text": str(text)} if text.strip():
                if text.startswith("/roll"):
                    sides = int(text.removeprefix("/roll"))  # "/roll dice" is no number: this raises
                    text = f"rolls {socket.random.randrange(sides) + 1} of {sides}"
                return socket.broadcast("chat", Said(f"{socket.random.getrandbits(32):08x}", socket.assigns.me, text))
            case _:
                return socket

    def handle_info(self, msg: Any, socket: Socket) -> Socket:
        match msg:
            case Said():
                return socket.stream_insert("messages", msg).update("said", lambda said: said + 1)
            case _:
                return socket

    render = heex("""
    <ul id="messages" phx-update="stream">
      <li :for={dom_id, said in @streams.messages} id={dom_id}><b>{said.author}</b> {said.text}</li>
    </ul>
    <p>{@said} messages since you came</p>
    <form id="say" phx-submit="say"><input type="text" name="text" /></form>
    """)


class Sidebar(LiveComponent):
    def mount(self, socket: Socket) -> Socket:
        return socket.assign(open=())

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        match event, params:
            case "fold", {"title": str(title)}:
                return socket.update(
                    "open",
                    lambda open: tuple(each for each in open if each != title) if title in open else (*open, title),
                )
            case _:
                return socket

    render = heex("""
    <aside id={@id}>
      <section :for={title, text in @notes.items()} :key={title}>
        <h2 phx-click="fold" phx-value-title={title} phx-target={@myself}>{title}</h2>
        <p :if={title in @open}>{text}</p>
      </section>
    </aside>
    """)


class PageLive(LiveView):
    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        notes = {"Rules": "Be kind.", "Dice": "Say /roll 6."}
        return socket.assign(me=session["me"], notes=notes)

    render = heex("""
    <main>
      <.live_component module={Sidebar} id="sidebar" notes={@notes} />
      {live_render(@socket, ChatLive, id="chat", session={"me": @me})}
    </main>
    """)


ROUTER = Router([Route("/", PageLive)])


def chat_of(view: View) -> View:
    """The chat on a page."""
    found = view.find_live_child("chat")
    assert found is not None
    return found


def story(sim: Simulation) -> Iterator[Step]:
    """Ann and Ben chat; Ann's chat crashes, and only hers."""
    sim.crashes.contain()  # as in production; usually an error reaches the test
    ann, ben = (sim.live("/", session={"me": name}) for name in ("Ann", "Ben"))
    ann.element("#sidebar h2", "Dice").render_click()
    chat_of(ann).form("#say", {"text": "hello"}).render_submit()
    chat_of(ben).form("#say", {"text": "/roll 6"}).render_submit()
    yield Step("Ann reads how to roll dice, and Ben does", Ann=ann, Ben=ben)
    assert ann.has_element("li", "rolls")

    chat_of(ann).form("#say", {"text": "/roll dice"}).render_submit()
    yield Step("Ann's does not: her chat ends and comes back empty; her sidebar is as it was", Ann=ann, Ben=ben)
    (crash,) = sim.crashes
    assert (crash.view, type(crash.error)) == ("ChatLive", ValueError)
    assert not ann.has_element("li")
    assert ann.has_element("#sidebar p", "Say /roll 6.")
    assert ben.has_element("li", "hello")

    chat_of(ben).form("#say", {"text": "still there?"}).render_submit()
    yield Step("It has subscribed again, once", Ann=ann)
    assert ann.has_element("li", "still there?")
    assert ann.has_element("p", "1 messages since you came")


if __name__ == "__main__":
    from liveview_testing.command_line.main import tell

    tell(__file__)
