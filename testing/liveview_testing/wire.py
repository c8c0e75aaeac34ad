"""What travels between a browser and its process.

Owns `Frame`, the public record of one message on the line, and the reading of frames off the world's log. Law: a frame's
payload is the data exactly as it would travel; bytes are counted from the frame when somebody asks, never before.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from attrs import frozen

from liveview_testing.world import Happening


@frozen
class Frame:
    """One message on the line: `direction` is "client" (browser to process) or "server"; `payload` is plain JSON data.

    >>> Frame("server", "diff", {"0": "1"}).bytes
    9
    """

    direction: str
    event: str
    payload: Any

    @property
    def text(self) -> str:
        """The payload as JSON text, as compact as a socket would send it."""
        return json.dumps(self.payload, ensure_ascii=False, separators=(",", ":"))

    @property
    def bytes(self) -> int:
        """The size of the payload on the line, in bytes."""
        return len(self.text.encode())


def frames(happenings: Iterable[Happening]) -> list[Frame]:
    """The frames of a log, in order: what the client sent, then what the server answered, message by message."""
    found: list[Frame] = []
    for happening in happenings:
        if happening.origin == "client":
            found.append(Frame("client", happening.event, happening.payload))
        found.extend(Frame("server", sent.event, sent.payload) for sent in happening.sent)
    return found
