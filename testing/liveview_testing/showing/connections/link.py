"""One connection of a real browser, and what is joined and under way on it.

Owns these records. Law: they say what is; what happens on a connection is in `links`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any
from attrs import define, field
from liveview_core.errors import shown
from liveview_core.protocol.messages import BadFrame, Chunk, CloseUpload, RegisterUpload
from liveview_core.protocol.tokens import session_token
from liveview_testing.showing.connections import joining
from liveview_testing.showing.connections.codec import Message, encode
from liveview_testing.showing.connections.joining import CannotJoin
from liveview_testing.showing.connections.journal import Journal
from liveview_testing.showing.connections.served import Foretold, ServedWorld, local_url, moved_payload, served_url
from liveview_testing.world.log.wire import FILES
from liveview_testing.world.simulation.delivery import Run
from liveview_testing.world.simulation.received import received
from liveview_testing.world.world import Happening


@define(eq=False)
class Channel:
    """A topic of a connection: the process behind it. `upload`: it is a file's, with the refs of the upload and of the entry."""

    pid: str
    join_ref: str | None
    upload: tuple[str, str] | None = None


@define(eq=False)
class Flight:
    """A frame on its way, due at an instant of the world's clock; None: it is held."""

    due: int | None
    link: Link
    go: Callable[[], None]
    direction: str = "client"
    event: str = ""
    payload: Any = None


@define(eq=False)
class Link:
    """One connection. `send` takes the text of a frame; `window` is the name of the browser's window."""

    send: Callable[[str], None]
    window: str
    origins: tuple[str, ...] = ()
    tab: int | None = None
    channels: dict[str, Channel] = field(factory=dict[str, Channel])
    uploads: dict[str, str] = field(factory=dict[str, str])
    number: int = 0
    received: int = 0
    refused: str | None = None
    """What the last frame that did not fit was told."""
    open: bool = True
    close: Callable[[], None] = lambda: None


@define(eq=False)
class Sent:
    """What the panel shows of the wire: one frame, which way, whose, when on the clock."""

    at: int
    who: str
    up: bool
    event: str
    payload: Any
    topic: str
