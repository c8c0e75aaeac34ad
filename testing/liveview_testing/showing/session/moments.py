"""What a session can go back to.

Owns `Moment`. Law: a moment is a value, so keeping it costs nothing and what comes later does not change it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from liveview_core.values.declaring import frozen

if TYPE_CHECKING:
    from liveview_testing.world.log.happening import Happening
    from liveview_testing.world.world import World

__all__ = ["MOST_MOMENTS", "Moment", "title"]

MOST_MOMENTS = 1_000
"""How many are kept."""


@frozen(eq=False)
class Moment:
    """The world after something has happened, and how many entries the journal had."""

    world: World
    title: str
    who: str
    at: int
    entries: int


def title(happening: Happening) -> str:
    """What has happened, in a few words."""
    event = happening.event
    if happening.origin != "client":
        return f"{happening.origin}: {event}"
    payload: Any = happening.payload
    data: dict[str, Any] = {} if not isinstance(payload, dict) else dict(payload)  # pyright: ignore[reportUnknownArgumentType]
    if event == "event":
        value = data.get("value")
        return f"{data.get('event')}{f' {value}' if value not in ({}, None, '') else ''}"[:120]
    if event == "live_patch":
        return f"goes to {urlsplit(str(data.get('url'))).path}"
    return {"phx_join": "joins", "phx_leave": "leaves"}.get(event, event)
