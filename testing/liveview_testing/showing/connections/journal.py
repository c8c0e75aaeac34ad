"""What reached a served world, in order, so that it can happen again.

Owns `Entry` and `Journal`, and their form as text. An entry is a page that was opened, a connection, a frame, or an act of
the panel, with its instant on the world's clock. `base` is where the world began: at which step of the story, if not at its
beginning.

Law: the same entries in a fresh world of the same code give the same world; what is read back is what was written.
"""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from typing import Any

from liveview_core.values.declaring import frozen
from liveview_testing.showing.connections.serializer import Message

__all__ = ["Entry", "Journal"]


@frozen
class Entry:
    """One thing that reached the world: when on its clock, what kind of thing, and its data."""

    at: int
    kind: str
    data: dict[str, Any]


class Journal:
    """The entries so far."""

    def __init__(self, entries: list[Entry] | None = None, base: int | None = None) -> None:
        self.entries: list[Entry] = [] if entries is None else entries
        self.base = base

    def add(self, at: int, kind: str, **data: Any) -> None:
        """Something has reached the world."""
        self.entries.append(Entry(at, kind, data))

    def to_json(self) -> str:
        """The journal as text."""
        entries = [
            [each.at, each.kind, {name: _written(value) for name, value in each.data.items()}] for each in self.entries
        ]
        return json.dumps({"base": self.base, "entries": entries})

    @staticmethod
    def from_json(text: str) -> Journal:
        """The journal that was written so."""
        given = json.loads(text)
        entries = [
            Entry(at, kind, {name: _read(value) for name, value in data.items()}) for at, kind, data in given["entries"]
        ]
        return Journal(entries, given["base"])


def _written(value: Any) -> Any:
    if isinstance(value, Message):
        payload: Any = value.payload
        if isinstance(payload, bytes):
            payload = {"bytes": b64encode(payload).decode()}
            return {"binary": [value.join_ref, value.ref, value.topic, value.event, payload]}
        return {"message": [value.join_ref, value.ref, value.topic, value.event, payload]}
    return value


def _read(value: Any) -> Any:
    match value:
        case {"message": [join_ref, ref, topic, event, payload]}:
            return Message(join_ref, ref, topic, event, payload)
        case {"binary": [join_ref, ref, topic, event, {"bytes": str(text)}]}:
            return Message(join_ref, ref, topic, event, b64decode(text))
        case _:
            return value
