"""A chat room by route: `/rooms/:room` is the room, and another room is a patch away.

The room is a path parameter, so there is no room without one: `/rooms` is a route of its own that shows the list. Going to
another room leaves the old one: its topic, its messages, what was typed. The input is cleared by the form the server holds.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from attrs import frozen

from liveview_core import LiveView, Route, Router, Socket, heex, to_form
from liveview_testing import Simulation, Step

ROOMS = ("tea", "jazz")


@frozen
class Said:
    """Somebody said something in a room."""

    id: str
    author: str
    text: str


class RoomLive(LiveView):
    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(me=session["name"], room=None, form=to_form({"text": ""})).stream("messages", [])

    def handle_params(self, params: Any, uri: str, socket: Socket) -> Socket:
        room, before = params.get("room"), socket.assigns.room
        if room == before:
            return socket
        if room is not None and room not in ROOMS:
            return socket.put_flash("error", f"There is no room {room}.").push_patch("/rooms", replace=True)
        if before is not None:
            socket = socket.unsubscribe(f"room:{before}").stream("messages", [], reset=True)
        if room is not None:
            socket = socket.subscribe(f"room:{room}")
        return socket.assign(room=room, form=to_form({"text": ""}))

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        room = socket.assigns.room
        match event, params:
            case "typing", _:
                return socket.assign(form=to_form(params))
            case "say", {"text": str(text)} if room and text.strip():
                said = Said(f"{socket.random.getrandbits(32):08x}", socket.assigns.me, text.strip())
                return (
                    socket.assign(form=to_form({"text": ""}))
                    .stream_insert("messages", said)
                    .broadcast_from(f"room:{room}", said)
                )
            case _:
                return socket

    def handle_info(self, msg: Any, socket: Socket) -> Socket:
        match msg:
            case Said():
                return socket.stream_insert("messages", msg)
            case _:
                return socket

    render = heex("""
    <main>
      <p :for={kind, message in @flash.items()} class={kind}>{message}</p>
      <nav>
        <.link :for={room in ROOMS} id={room} patch={f"/rooms/{room}"}>{room}</.link>
      </nav>
      <p :if={@room is None}>Choose a room.</p>
      <section :if={@room} id="room">
        <h1>{@room}</h1>
        <ul id="messages" phx-update="stream">
          <li :for={dom_id, said in @streams.messages} id={dom_id}><b>{said.author}</b> {said.text}</li>
        </ul>
        <.form for={@form} id="say" phx-change="typing" phx-submit="say">
          <input type="text" name="text" value={@form["text"].value} />
        </.form>
      </section>
    </main>
    """)


ROUTER = Router([Route("/rooms", RoomLive, action="index"), Route("/rooms/:room", RoomLive, action="show")])


def story(sim: Simulation) -> Iterator[Step]:
    """Ann and Ben talk over tea; Ann goes to hear some jazz."""
    ann = sim.live("/rooms", session={"name": "Ann"})
    ben = sim.live("/rooms/tea", session={"name": "Ben"})
    yield Step("Ann has not chosen a room yet, Ben has", Ann=ann, Ben=ben)

    ann.element("#tea").render_click()
    ann.form("#say", {"text": "hel"}).render_change()
    ann.form("#say", {"text": "hello"}).render_submit()
    yield Step("Ann joins him and says hello: her input is empty again", Ann=ann, Ben=ben.element("#room"))
    assert ben.has_element("li", "hello")
    assert ann.element("#say input").attributes["value"] == ""

    ann.element("#jazz").render_click()
    ben.form("#say", {"text": "are you still there?"}).render_submit()
    yield Step("She goes to another room, and hears nothing more of the first", Ann=ann, Ben=ben.element("#room"))
    assert not ann.has_element("li")

    ann.render_patch("/rooms/chess")
    yield Step("There is no such room", Ann=ann)
    assert ann.url == "/rooms"
    assert ann.has_element(".error", "There is no room chess")


if __name__ == "__main__":
    from liveview_testing.command_line.main import tell

    tell(__file__)
