"""Golden `stream_basic`: every stream operation, in place and mixed in one callback."""

# As recorded: an event without a clause is an error.
# pyright: reportMatchNotExhaustive=false

from __future__ import annotations

from typing import Any

from attrs import frozen

from liveview_core import LiveView, heex


@frozen
class Song:
    id: Any
    t: str


def at(params: Any) -> dict[str, Any]:
    return {"at": params["at"]} if "at" in params else {}


class StreamBasic(LiveView):
    def mount(self, params: Any, session: Any, socket: Any) -> Any:
        return socket.assign(n=0).stream("songs", [Song(1, "one"), Song(2, "two")])

    def handle_event(self, event: str, params: Any, socket: Any) -> Any:
        match event:
            case "insert":
                return socket.stream_insert("songs", Song(*params["song"]), **at(params))
            case "update_only":
                return socket.stream_insert("songs", Song(*params["song"]), update_only=True)
            case "many":
                return socket.stream("songs", [Song(*s) for s in params["songs"]], **at(params))
            case "delete":
                return socket.stream_delete("songs", Song(*params["song"]))
            case "delete_dom":
                return socket.stream_delete_by_dom_id("songs", params["dom_id"])
            case "reset":
                return socket.stream("songs", [Song(*s) for s in params["songs"]], reset=True)
            case "mixed":
                return (
                    socket.stream_delete_by_dom_id("songs", "songs-1")
                    .stream_insert("songs", Song(50, "fifty"), at=0)
                    .stream_insert("songs", Song(51, "fifty-one"))
                    .update("n", lambda n: n + 1)
                )
            case "ins_del":
                return socket.stream_insert("songs", Song(60, "sixty")).stream_delete_by_dom_id("songs", "songs-60")
            case "n":
                return socket.update("n", lambda n: n + 1)

    render = heex(r"""
    <div>
      <p>{@n}</p>
      <ul id="songs" phx-update="stream">
        <li :for={(dom_id, song) in @streams.songs} id={dom_id}>{song.id}: <b>{song.t}</b> <i :if={song.t == "star"}>*</i></li>
      </ul>
    </div>
    """)


view = StreamBasic
