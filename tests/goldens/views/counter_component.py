"""`CounterComp`, the LiveComponent of goldens `components` and `component_nested`."""

# As recorded: an event without a clause is an error.
# pyright: reportMatchNotExhaustive=false

from __future__ import annotations

from typing import Any

from liveview_core import LiveComponent, Reply, heex


class CounterComp(LiveComponent):
    def mount(self, socket: Any) -> Any:
        return socket.assign(clicks=0)

    def update(self, assigns: Any, socket: Any) -> Any:
        return socket.assign(assigns)

    def handle_event(self, event: str, params: Any, socket: Any) -> Any:
        match event:
            case "inc":
                return socket.update("clicks", lambda n: n + 1)
            case "notify":
                return socket.send(("from_comp", socket.assigns.id, socket.assigns.clicks))
            case "reply":
                return Reply(socket, {"got": params["x"], "id": socket.assigns.id})
            case "push":
                return socket.push_event("comp_event", {"id": socket.assigns.id})

    render = heex(r"""
    <div id={@id} class="comp">
      <span>{@label}: {@clicks}</span>
      <button class="inc" phx-click="inc" phx-target={@myself}>+</button>
      <button class="notify" phx-click="notify" phx-target={@myself}>n</button>
      <button class="push" phx-click="push" phx-target={@myself}>p</button>
    </div>
    """)
