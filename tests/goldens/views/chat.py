"""Golden `chat`: two hooked function components on one page; hooks, PubSub, streams, the topic by URL parameters."""

# As recorded: an event without a clause is an error.
# pyright: reportMatchNotExhaustive=false

from __future__ import annotations

from typing import Any

from liveview_core import LiveView, heex
from tests.goldens.views import chat_widget
from tests.goldens.views.chat_widget import Line


class Chat(LiveView):
    def mount(self, params: Any, session: Any, socket: Any) -> Any:
        topic = params.get("topic") or "lobby"
        return (
            socket.assign(own=0)
            .pipe(chat_widget.init, "left", user="ann", topic=params.get("left_topic") or topic)
            .pipe(chat_widget.init, "right", user="bob", topic=params.get("right_topic") or topic)
        )

    def handle_params(self, params: Any, uri: str, socket: Any) -> Any:
        return socket

    def handle_event(self, event: str, params: Any, socket: Any) -> Any:
        match event:
            case "own":
                return socket.update("own", lambda n: n + 1)

    def handle_info(self, message: Any, socket: Any) -> Any:
        match message:
            case "tick":
                return socket.update("own", lambda n: n + 100)

    render = heex(r"""
    <main>
      <button id="own" phx-click="own">{@own}</button>
      <chat_widget.chat chat={@left} messages={@streams.left_messages} data-side="left">
        <:header :let={c}>Room {c.topic}</:header>
      </chat_widget.chat>
      <chat_widget.chat chat={@right} messages={@streams.right_messages}>
        <:header :let={c}><i>{c.user}</i> in {c.topic}</:header>
        <:message :let={m}><q>{m.text}</q> <em>{m.sender}</em></:message>
      </chat_widget.chat>
    </main>
    """)


def message(step: Any) -> Any:
    """An `info_chat` step: what another person's widget would broadcast."""
    match step:
        case {"kind": "typing", "id": id, "who": who}:
            return ("chat", id, ("typing", who))
        case {"kind": "message", "id": id, "topic": topic, "msg": msg}:
            return ("chat", id, ("message", topic, Line(msg["id"], msg["from"], msg["text"])))


view = Chat
