"""Golden `components`: three instances of one module, targets, messages to the parent, send_update, removal and return."""

# As recorded: an event without a clause is an error.
# pyright: reportMatchNotExhaustive=false

from __future__ import annotations

from typing import Any

from liveview_core import LiveView, heex
from tests.goldens.elixir import assign_all
from tests.goldens.views.counter_component import CounterComp


class Components(LiveView):
    def mount(self, params: Any, session: Any, socket: Any) -> Any:
        return socket.assign(label="L", show_b=True, last=None, clicks=0)

    def handle_event(self, event: str, params: Any, socket: Any) -> Any:
        match event:
            case "set":
                return assign_all(socket, params)

    def handle_info(self, message: Any, socket: Any) -> Any:
        match message:
            case ("from_comp", id, n):
                return socket.assign(last=f"{id}={n}")

    render = heex(r"""
    <div>
      <p>last: {@last}</p>
      <.live_component module={CounterComp} id="a" label={@label} />
      <.live_component :if={@show_b} module={CounterComp} id="b" label="fixed" />
      <.live_component module={CounterComp} id="c" label={@label + "c"} />
    </div>
    """)


view = Components
modules = {"CounterComp": CounterComp}
