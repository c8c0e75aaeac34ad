"""Golden `slots`: slots through several components, default content, :let patterns, :for on a slot, spread attributes."""

# As recorded: an event without a clause is an error.
# pyright: reportMatchNotExhaustive=false

from __future__ import annotations

from typing import Any

from liveview_core import LiveView, attr, heex, render_slot, slot
from tests.goldens.elixir import assign_all

__all__ = ["render_slot", "view"]

tabs = heex(
    r"""
    <nav><a :for={t in @tab} class={[t.name == @active and "active"]}>{t.name}</a></nav>
    <%= for t in @tab if t.name == @active: %><div class="pane">{render_slot(t, {"upper": t.name.upper()})}</div><% end %>
    <p>{len(@tab)} {render_slot(@inner_block) or "default"}</p>
    """,
    slot("inner_block"),
    slot("tab", attr("name", str), attr("if_open", bool)),
    attr("active", str, default=None),
)

inner = heex(
    r"""
    <span>{render_slot(@inner_block)}</span>{render_slot(@tail)}
    """,
    slot("inner_block"),
    slot("tail"),
)

outer = heex(
    r"""
    <div class={f"l{@level}"}><.inner>[{render_slot(@inner_block, @level)}]<:tail>after {@level}</:tail></.inner></div>
    """,
    slot("inner_block", required=True),
    attr("level", int, default=1),
)

spread = heex("<i {@rest}>{@v}</i>", attr("rest", "global"), attr("v", "any"))

inner_fn = heex("<em>{@n}</em>")


class Slots(LiveView):
    def mount(self, params: Any, session: Any, socket: Any) -> Any:
        return socket.assign(active="one", n=0, level=1, extra=["x"], attrs={"v": 1, "title": "t", "data-z": "z"})

    def handle_event(self, event: str, params: Any, socket: Any) -> Any:
        match event:
            case "set":
                return assign_all(socket, params)

    render = heex(r"""
    <div>
      <.tabs active={@active}>
        <:tab :let={{"upper": u}} name="one">{u} {@n}</:tab>
        <:tab name="two">two static</:tab>
        <:tab :for={e in @extra} name={e}>extra {e} {@n}</:tab>
      </.tabs>
      <.tabs><:tab name="z">never</:tab>own {@n}</.tabs>
      <.outer :let={l} level={@level}>n={@n} l={l}<.outer level={9}>nested {@n}</.outer></.outer>
      <.spread {@attrs} id="sp" />
      {inner_fn({"n": @n})}
    </div>
    """)


view = Slots
