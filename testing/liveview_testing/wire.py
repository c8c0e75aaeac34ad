"""What travels between a browser and its process.

Owns `Frame`, the public record of one message on the line, and the reading of frames off the world's log. Law: a frame's
payload is the data exactly as it would travel; bytes are counted from the frame when somebody asks, never before.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any
from zlib import crc32

from attrs import frozen

from liveview_testing.world import Happening

FILES = "lvu:"
"""How the topics of files' channels begin; of a message on one the topic is the origin."""


@frozen
class Frame:
    """One message on the line: `direction` is "client" (browser to process) or "server"; `payload` is plain JSON data.

    `topic` is that of a file's own channel, `lvu:0`; None for the view's. A chunk of a file is bytes.

    >>> Frame("server", "diff", {"0": "1"}).bytes
    9
    """

    direction: str
    event: str
    payload: Any
    topic: str | None = None

    @property
    def text(self) -> str:
        """The payload as JSON text, as compact as a socket would send it; of bytes their number, and a sum to tell them apart."""
        if type(self.payload) is _BYTES:
            return f"<{len(self.payload)} bytes, crc32 {crc32(self.payload):08x}>"
        return json.dumps(self.payload, ensure_ascii=False, separators=(",", ":"))

    @property
    def bytes(self) -> int:
        """The size of the payload on the line, in bytes."""
        return len(self.payload) if type(self.payload) is _BYTES else len(self.text.encode())


_BYTES = bytes  # inside the class the name is the property's


def frames(happenings: Iterable[Happening]) -> list[Frame]:
    """The frames of a log, in order: what the client sent, then what the server answered, message by message."""
    found: list[Frame] = []
    for happening in happenings:
        origin = happening.origin
        topic: str | None = origin if origin.startswith(FILES) else None
        if origin == "client" or topic is not None:
            found.append(Frame("client", happening.event, happening.payload, topic))
        for sent in happening.sent:
            found.append(Frame("server", sent.event, sent.payload, topic))
            topic = None  # what a file's channel is answered comes first; the rest is about the view
    return found
