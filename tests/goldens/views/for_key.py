"""Golden `for_key`: a comprehension with `:key`: append, prepend, swap, reverse, move and change, delete, empty, refill."""

# As recorded: an event without a clause is an error.
# pyright: reportMatchNotExhaustive=false

from __future__ import annotations

from typing import Any

from attrs import frozen

from liveview_core import LiveView, heex


@frozen
class Row:
    id: Any
    name: str


class ForKey(LiveView):
    def mount(self, params: Any, session: Any, socket: Any) -> Any:
        return socket.assign(rows=[Row(1, "one"), Row(2, "two")], sel=1)

    def handle_event(self, event: str, params: Any, socket: Any) -> Any:
        match event, params:
            case "rows", {"rows": rows}:
                return socket.assign(rows=[Row(id, name) for id, name in rows])
            case "sel", {"sel": sel}:
                return socket.assign(sel=sel)

    render = heex(r"""
    <ul>
      <li :for={row in @rows} :key={row.id} id={f"row-{row.id}"} class={[@sel == row.id and "selected"]}>
        <b>{row.id}</b> {row.name} <i :if={row.name == "star"}>*</i>
      </li>
    </ul>
    """)


view = ForKey
