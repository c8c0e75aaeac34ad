"""Golden `push_reply`: push_event at mount, from events and from messages; replies; a message without change is silent."""

# As recorded: an event without a clause is an error.
# pyright: reportMatchNotExhaustive=false

from __future__ import annotations

from typing import Any

from liveview_core import LiveView, Reply, heex


class PushReply(LiveView):
    def mount(self, params: Any, session: Any, socket: Any) -> Any:
        socket = socket.assign(n=0)
        return socket.push_event("mounted", {"ok": True}) if socket.connected else socket

    def handle_event(self, event: str, params: Any, socket: Any) -> Any:
        match event:
            case "reply":
                return Reply(socket, {"echo": params, "list": [1, "a", None]})
            case "reply_change":
                return Reply(socket.update("n", lambda n: n + 1), {"ok": True})
            case "push":
                return socket.push_event("highlight", {"id": params.get("id"), "nested": {"a": [1, 2]}})
            case "push_two":
                return socket.push_event("a", {"i": 1}).update("n", lambda n: n + 1).push_event("b", {"i": 2})
            case "push_reply":
                return Reply(socket.push_event("c", {}), {"r": 1})

    def handle_info(self, message: Any, socket: Any) -> Any:
        match message:
            case "tick":
                return socket.push_event("tick", {"n": socket.assigns.n})
            case "change":
                return socket.update("n", lambda n: n + 1)
            case "nothing":
                return socket

    render = heex(r"""
    <div id="h" phx-hook="Hook">{@n}</div>
    """)


view = PushReply
