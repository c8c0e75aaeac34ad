"""What clients and servers said to each other in the simulation, and in Chromium: where that differs.

Owns `other_frame`: every frame of a view in both directions, payload by payload. Law: left out is only what no two runs have in
common: tokens, the numbers of processes, and how the served address begins.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any

APART = (
    "_mount_attempts",
    "_live_referer",
    "sticky",
    "last_modified",
    "session",
    "static",
    "_csrf_token",
    "_track_static",
    "token",
    "data-phx-session",
    "data-phx-static",
)
"""Keys of a payload that hold tokens."""
QUIET = ("phx_leave", "phx_close", "phx_error")
"""What is said of a connection, not of a page."""


def plain(payload: Any, served: str, host: str, alone: str | None) -> Any:
    """A payload without what no two runs have in common. `alone`: at which path a view is served that has none here."""
    text = json.dumps(payload, sort_keys=True, default=str)
    if alone is not None:
        text = text.replace(f'"{served}{alone}"', f'"{host}/"')
    text = text.replace(served, host)
    text = re.sub(r'data-phx-(session|static)=\\"[^"]*\\"', r"data-phx-\1", text)
    text = re.sub(r"\bphx-\d+\b", "phx-n", text)
    return _without(json.loads(text))


def _without(data: Any) -> Any:
    if isinstance(data, dict):
        return {name: _without(each) for name, each in data.items() if name not in APART}  # pyright: ignore[reportUnknownVariableType]
    if isinstance(data, list):
        return [_without(each) for each in data]  # pyright: ignore[reportUnknownVariableType]
    return data


Said = tuple[str, str, Any]


def since_join(said: list[Said]) -> list[Said]:
    """What was said since a view joined last: one that is navigated to has the topic of the one before it."""
    joins = [at for at, each in enumerate(said) if each[:2] == ("client", "phx_join")]
    return said[joins[-1] :] if joins else said


def other_frame(ours: Iterable[Said], theirs: Iterable[Said]) -> str | None:
    """The first frame that one side has and the other has not."""
    mine, others = list(ours), list(theirs)
    for at, (one, two) in enumerate(zip(mine, others, strict=False)):
        if one != two:
            return f"frame {at}\n  simulation: {_told(one)}\n  Chromium:   {_told(two)}"
    if len(mine) != len(others):
        more, side = (mine, "the simulation") if len(mine) > len(others) else (others, "Chromium")
        at = min(len(mine), len(others))
        return f"frame {at}\n  only in {side}: {_told(more[at])}"
    return None


def _told(frame: Said) -> str:
    return f"{frame[0]} {frame[1]} {json.dumps(frame[2])[:600]}"
