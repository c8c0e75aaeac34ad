"""Golden `stream_limit`: positive and negative limits, which the client enforces; a configured dom id."""

# As recorded: an event without a clause is an error.
# pyright: reportMatchNotExhaustive=false

from __future__ import annotations

from typing import Any

from attrs import frozen

from liveview_core import LiveView, heex


@frozen
class Item:
    id: Any


def items(ids: Any) -> list[Item]:
    return [Item(i) for i in ids]


class StreamLimit(LiveView):
    def mount(self, params: Any, session: Any, socket: Any) -> Any:
        return (
            socket.stream("pos", items(range(1, 6)), limit=3)
            .stream("neg", items(range(1, 6)), limit=-3)
            .stream_configure("custom", dom_id=lambda item: f"c-{item.id}")
            .stream("custom", items(range(1, 3)))
        )

    def handle_event(self, event: str, params: Any, socket: Any) -> Any:
        match event, params:
            case "pos", {"id": id, "at": at}:
                return socket.stream_insert("pos", Item(id), at=at, limit=3)
            case "neg", {"id": id, "at": at}:
                return socket.stream_insert("neg", Item(id), at=at, limit=-3)
            case "nolimit", {"id": id}:
                return socket.stream_insert("pos", Item(id))
            case "posmany", {"ids": ids, "at": at}:
                return socket.stream("pos", items(ids), at=at, limit=4)
            case "negmany", {"ids": ids, "at": at}:
                return socket.stream("neg", items(ids), at=at, limit=-4)
            case "custom", {"id": id}:
                return socket.stream_insert("custom", Item(id))

    render = heex(r"""
    <div>
      <ul id="pos" phx-update="stream"><li :for={d, i in @streams.pos} id={d}>{i.id}</li></ul>
      <ol id="neg" phx-update="stream"><li :for={d, i in @streams.neg} id={d}>{i.id}</li></ol>
      <div id="custom" phx-update="stream"><p :for={d, i in @streams.custom} id={d}>{i.id}</p></div>
    </div>
    """)


view = StreamLimit
