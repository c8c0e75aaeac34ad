"""Golden `counter`: one dynamic; a no-op event replies with an empty map."""

# As recorded: an event without a clause is an error.
# pyright: reportMatchNotExhaustive=false

from __future__ import annotations

from typing import Any

from liveview_core import LiveView, heex


class Counter(LiveView):
    def mount(self, params: Any, session: Any, socket: Any) -> Any:
        return socket.assign(count=0, label="Count")

    def handle_event(self, event: str, params: Any, socket: Any) -> Any:
        match event, params:
            case "inc", _:
                return socket.update("count", lambda n: n + 1)
            case "add", {"by": by}:
                return socket.update("count", lambda n: n + int(by))
            case "noop", _:
                return socket
            case "same", _:
                return socket.assign(count=socket.assigns.count)

    render = heex(r"""
    <div id="counter">
      <p>{@label}: <b>{@count}</b></p>
      <button id="inc" phx-click="inc">+</button>
      <button id="add5" phx-click="add" phx-value-by="5">+5</button>
      <button id="noop" phx-click="noop">noop</button>
      <button id="same" phx-click="same">same</button>
    </div>
    """)


view = Counter
