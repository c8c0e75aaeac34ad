"""Golden `for_nokey`: comprehensions keyed by index: grow, shrink, reorder, change; an outer assign used inside."""

# As recorded: an event without a clause is an error.
# pyright: reportMatchNotExhaustive=false

from __future__ import annotations

import warnings
from typing import Any

from attrs import frozen

from liveview_core import LiveView, heex
from liveview_core.heex.verification import TemplateWarning


@frozen
class Row:
    id: Any
    name: str


class ForNokey(LiveView):
    def mount(self, params: Any, session: Any, socket: Any) -> Any:
        return socket.assign(rows=[Row(1, "one"), Row(2, "two")], sel=1, title="T")

    def handle_event(self, event: str, params: Any, socket: Any) -> Any:
        match event, params:
            case "rows", {"rows": rows}:
                return socket.assign(rows=[Row(id, name) for id, name in rows])
            case "sel", {"sel": sel}:
                return socket.assign(sel=sel)
            case "title", {"title": title}:
                return socket.assign(title=title)

    with warnings.catch_warnings():
        # The recorded page has a <p> in a <table>, which we warn of: a browser moves it out.
        warnings.simplefilter("ignore", TemplateWarning)
        render = heex(r"""
        <table>
          <caption>{@title}</caption>
          <tr :for={row in @rows} id={f"row-{row.id}"} class={[@sel == row.id and "selected"]}>
            <td>{row.id}</td><td>{row.name}</td><td>static</td>
          </tr>
          <%= for row in @rows: %>
            <p>{row.name} {@title}</p>
          <% end %>
        </table>
        """)


view = ForNokey
