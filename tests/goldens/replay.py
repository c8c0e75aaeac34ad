"""Replays a recorded trace: the client's frames go in, and the server's frames must come out, key for key.

Also compared: the HTML of the disconnected render, the page that the kit's browser builds from our frames (as text where the
trace has the text, as DOM where it was printed by LiveViewTest's client), which assigns changed at each render, and the
assigns after each step. What differs by accident has a name in `names.py`; what differs on purpose stands in
`departures.py`.
"""

from __future__ import annotations

import importlib
import json
from functools import lru_cache
from pathlib import Path
from typing import Any

import attrs
from attrs import define, field
from liveview_core import Route, Router
from liveview_core.errors import LiveViewError
from liveview_core.messages import Info, SendUpdate, from_wire
from liveview_core.process import Env, Joining, join, mount_disconnected
from liveview_testing.browser.page import Page

from . import dom, elixir
from .names import Names, canonical, canonical_message
from .transport import World

TRACES = Path(__file__).parent / "traces"
HOST = "http://www.example.com"


def traces() -> list[str]:
    """The names of all recorded views."""
    return sorted(path.stem for path in TRACES.glob("*.json") if not path.stem.startswith("_"))


@lru_cache(maxsize=None)
def golden(name: str) -> dict[str, Any]:
    return json.loads((TRACES / f"{name}.json").read_text(encoding="utf-8"))


@define
class Difference:
    """One thing that is not as recorded."""

    what: str
    expected: Any
    got: Any

    def __str__(self) -> str:
        lines = [f"--- {self.what}"]
        lines += _paths(self.expected, self.got) if _json(self.expected) and _json(self.got) else []
        lines += ["    recorded: " + _show(self.expected), "    ours:     " + _show(self.got)]
        return "\n".join(lines)
