"""One connection of a real browser, and what is on it.

Owns `Link`, a WebSocket as the world sees it: which topic is which process (a nested view's topic is the same in every tab); with
`Flight`, a frame on its way, and `Sent`, one that was seen on the wire. Law: what is known of a connection is in its link alone.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from attrs import field

from liveview_core.values.declaring import define

__all__ = ["Channel", "Flight", "Link", "Sent"]


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
