"""Golden `temp_assigns`: temporary assigns are reset after each render; an untouched one sends nothing."""

# As recorded: an event without a clause is an error.
# pyright: reportMatchNotExhaustive=false

from __future__ import annotations

from typing import Any

from liveview_core import LiveView, Ok, heex


class TempAssigns(LiveView):
    def mount(self, params: Any, session: Any, socket: Any) -> Any:
        return Ok(socket.assign(msgs=["first"], count=1), temporary_assigns={"msgs": []})

    def handle_event(self, event: str, params: Any, socket: Any) -> Any:
        match event:
            case "msg":
                return socket.assign(msgs=params["m"]).update("count", lambda n: n + 1)
            case "count":
                return socket.update("count", lambda n: n + 1)

    render = heex(r"""
    <div>
      <p>{@count}</p>
      <ul><li :for={m in @msgs}>{m}</li></ul>
      <b>{len(@msgs)}</b>
    </div>
    """)


view = TempAssigns
