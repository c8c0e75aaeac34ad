"""What travels between a browser and its process.

Owns `Frame`, the public record of one message on the line, and the reading of frames off the world's log. Law: a frame's
payload is the data exactly as it would travel; bytes are counted from the frame when somebody asks, never before.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cached_property
from typing import Any
from zlib import crc32

from attrs import field

from liveview_core.values.copies import own
from liveview_core.values.declaring import frozen
from liveview_core.values.in_place_changes import unchanging
from liveview_testing.world.log.happening import Happening

FILES = "lvu:"
"""How the topics of files' channels begin; of a message on one the topic is the origin."""


@unchanging("attrs.evolve(value, {name}=…) makes another")
@frozen(repr=False)
class Frame:
    """One message on the line: `direction` is "client" (browser to process) or "server"; `payload` is plain JSON data.

    `topic` is that of a file's own channel, `lvu:0`; None for the view's. A chunk of a file is bytes. The payload is the
    reader's own: whatever is done to it, what was sent stays as it was sent.

    >>> Frame("server", "diff", {"0": "1"}).bytes
    9
    """

    __match_args__ = ("direction", "event", "payload", "topic")

    direction: str
    event: str
    _sent: Any = field(alias="payload")
    topic: str | None = None

    @cached_property
    def payload(self) -> Any:
        """What was sent, as a copy that is made when it is first read."""
        return own(self._sent)

    @property
    def text(self) -> str:
        """The payload as JSON text, as compact as a socket would send it; of bytes their number, and a sum to tell them apart."""
        if type(self._sent) is _BYTES:
            return f"<{len(self._sent)} bytes, crc32 {crc32(self._sent):08x}>"
        return json.dumps(self._sent, ensure_ascii=False, separators=(",", ":"))

    @property
    def bytes(self) -> int:
        """The size of the payload on the line, in bytes."""
        return len(self._sent) if type(self._sent) is _BYTES else len(self.text.encode(errors="surrogatepass"))

    def _repr_html_(self) -> str:
        """In a notebook: the payload, pretty; a long one is folded."""
        from liveview_testing.user.html.notebook_frame import told

        arrow = "→" if self.direction == "client" else "←"
        plain = type(self._sent) is _BYTES
        pretty = self.text if plain else json.dumps(self._sent, ensure_ascii=False, indent=1)
        return told(pretty, f"{arrow} {self.event} · {self.bytes:,} B")

    def __repr__(self) -> str:
        topic = "" if self.topic is None else f", topic={self.topic!r}"
        return f"Frame({self.direction!r}, {self.event!r}, {self._sent!r}{topic})"


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
