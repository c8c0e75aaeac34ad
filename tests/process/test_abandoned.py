"""A process that is gone without a last message."""

from __future__ import annotations

from typing import Any

from liveview_core import LiveComponent, LiveView, Socket, heex
from liveview_core.process.step import abandon
from liveview_core.protocol.messages import AllowUpload, Chunk, RegisterUpload
from tests.harness.client import joined

FILE = {"ref": "0", "name": "a.txt", "size": 5, "type": "text/plain"}


class Noting:
    """A writer that notes how it was closed."""

    def __init__(self) -> None:
        self.closed: list[Any] = []

    def init(self, entry: Any) -> bytes:
        return b""

    def write_chunk(self, data: bytes, state: bytes) -> bytes:
        return state + data

    def close(self, state: bytes, reason: Any) -> bytes:
        self.closed.append((state, reason))
        return state

    def meta(self, state: bytes) -> bytes:
        return state


OWN, PART = Noting(), Noting()


class Part(LiveComponent):
    def mount(self, socket: Socket) -> Socket:
        return socket.allow_upload("part", accept="any", writer=PART)

    render = heex("<i>{len(@uploads.part.entries)}</i>")


class Page(LiveView):
    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.allow_upload("own", accept="any", writer=OWN)

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        return socket

    render = heex("<p>{len(@uploads.own.entries)}</p><.live_component module={Part} id='a' />")


def test_its_writers_are_closed() -> None:
    """Those of the view and those of its components, each once; one that is closed already is left alone."""
    client = joined(Page)
    for ref, cid in (("phx-upload-phx-1-0", None), ("phx-upload-phx-1-1-0", 1)):
        client.tell(AllowUpload(ref, (FILE,), cid))
        client.tell(RegisterUpload(f"{ref}:0"))
        client.tell(Chunk(ref, "0", b"ab"))
    assert OWN.closed == PART.closed == []
    abandon(client.process)
    assert OWN.closed == PART.closed == [(b"ab", "cancel")]
    client.tell(Chunk("phx-upload-phx-1-0", "0", b"cde"))
    assert OWN.closed[1:] == [(b"abcde", "done")]
    abandon(client.process)
    assert len(OWN.closed) == 2
