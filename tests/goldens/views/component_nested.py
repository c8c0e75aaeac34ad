"""Golden `component_nested`: components in components, a slot with :let passed to one, update_many, nested removal."""

# As recorded: an event without a clause is an error.
# pyright: reportMatchNotExhaustive=false

from __future__ import annotations

from typing import Any

from liveview_core import LiveComponent, LiveView, heex, render_slot
from tests.goldens.elixir import assign_all
from tests.goldens.views.counter_component import CounterComp

__all__ = ["CounterComp", "render_slot", "view"]


class InnerComp(LiveComponent):
    def update_many(self, pairs: Any) -> Any:
        return [socket.assign(assigns).assign(total=len(pairs)) for assigns, socket in pairs]

    render = heex(r"""
    <em id={@id}>{@n} of {@total}</em>
    """)


class OuterComp(LiveComponent):
    def mount(self, socket: Any) -> Any:
        return socket.assign(open=True, n=0)

    def handle_event(self, event: str, params: Any, socket: Any) -> Any:
        match event:
            case "toggle":
                return socket.update("open", lambda open: not open)
            case "n":
                return socket.update("n", lambda n: n + 1)

    render = heex(r"""
    <div id={f"outer-{@id}"}>
      <button class="toggle" phx-click="toggle" phx-target={@myself}>t</button>
      <button class="n" phx-click="n" phx-target={@myself}>n</button>
      <h3>{render_slot(@inner_block, @n)}</h3>
      <.live_component :if={@open} module={CounterComp} id={f"in-{@id}"} label={f"{@title} {@n}"} />
      <%= if @n > 1: %>
        <.live_component module={InnerComp} id={f"leaf-{@id}"} n={@n} />
      <% end %>
    </div>
    """)


class ComponentNested(LiveView):
    def mount(self, params: Any, session: Any, socket: Any) -> Any:
        return socket.assign(title="T", page=1, two=False)

    def handle_event(self, event: str, params: Any, socket: Any) -> Any:
        match event:
            case "set":
                return assign_all(socket, params)

    render = heex(r"""
    <div>
      <.live_component :let={n} module={OuterComp} id="one" title={@title}>slot {@page} {n}</.live_component>
      <.live_component :let={n} :if={@two} module={OuterComp} id="two" title="2">other {n}</.live_component>
      <.live_component module={InnerComp} id="l1" n={@page} />
      <.live_component module={InnerComp} id="l2" n={5} />
    </div>
    """)


view = ComponentNested
