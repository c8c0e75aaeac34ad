"""What can happen to a stream, drawn: inserts anywhere, deletes, resets; each with what it makes of a list of ids.

Law: the model is the page: a list of ids after an operation is the list that a browser shows after it.
"""

from __future__ import annotations

from typing import Literal

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from liveview_core import Socket
from liveview_core.values.declaring import frozen


@frozen
class StreamOp:
    """One operation on a stream of items that are `{"id": …, "n": …}`."""

    kind: Literal["insert", "delete", "reset"]
    id: int = 0
    at: int = -1
    n: int = 0

    def apply(self, socket: Socket, name: str) -> Socket:
        """The socket after it."""
        match self.kind:
            case "insert":
                return socket.stream_insert(name, {"id": self.id, "n": self.n}, at=self.at)
            case "delete":
                return socket.stream_delete(name, {"id": self.id, "n": 0})
            case "reset":
                return socket.stream(name, [], reset=True)

    def model(self, ids: list[int]) -> list[int]:
        """What a list of ids is after it: an item that is there stays where it is."""  # ST-29
        match self.kind:
            case "insert":
                if self.id in ids:
                    return ids
                at = len(ids) if self.at == -1 else min(self.at, len(ids))
                return [*ids[:at], self.id, *ids[at:]]
            case "delete":
                return [each for each in ids if each != self.id]
            case "reset":
                return []


def stream_scripts(ids: int = 6, max_size: int = 12) -> SearchStrategy[list[StreamOp]]:
    """Scripts of inserts (anywhere), deletes and resets over a few ids."""
    number = st.integers(0, ids - 1)
    insert = st.builds(StreamOp, st.just("insert"), number, st.integers(-1, 3), st.integers(0, 99))
    delete = st.builds(StreamOp, st.just("delete"), number)
    return st.lists(st.one_of(insert, insert, insert, delete, st.just(StreamOp("reset"))), max_size=max_size)
