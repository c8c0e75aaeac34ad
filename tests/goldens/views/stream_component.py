"""Golden `stream_component`: a stream inside a function component with slots, empty at mount, beside a non-stream sibling."""

# As recorded: an event without a clause is an error.
# pyright: reportMatchNotExhaustive=false

from __future__ import annotations

from typing import Any

from attrs import frozen

from liveview_core import LiveView, attr, heex, render_slot, slot

__all__ = ["render_slot", "view"]


@frozen
class Row:
    id: Any
    t: str


list_ = heex(
    r"""
    <section>
      <div id={@id} phx-update="stream">
        <p id={f"{@id}-empty"} class="only">{render_slot(@empty)}</p>
        <article :for={dom_id, row in @rows} id={dom_id}>{render_slot(@item, row)}</article>
      </div>
    </section>
    """,
    attr("id", str),
    attr("rows", "any"),
    slot("item"),
    slot("empty"),
)


class StreamComponent(LiveView):
    def mount(self, params: Any, session: Any, socket: Any) -> Any:
        return socket.assign(count=0).stream("rows", [])

    def handle_event(self, event: str, params: Any, socket: Any) -> Any:
        match event, params:
            case "add", {"id": id}:
                return socket.stream_insert("rows", Row(id, f"t{id}")).update("count", lambda n: n + 1)
            case "del", {"id": id}:
                return socket.stream_delete("rows", Row(id, "")).update("count", lambda n: n - 1)
            case "reset", _:
                return socket.stream("rows", [], reset=True).assign(count=0)

    render = heex(r"""
    <div>
      <.list_ id="rows" rows={@streams.rows}>
        <:item :let={r}><b>{r.id}</b> {r.t}</:item>
        <:empty>Nothing yet ({@count})</:empty>
      </.list_>
      <p :if={@count == 0} id="none">none</p>
    </div>
    """)


view = StreamComponent
