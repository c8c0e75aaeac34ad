"""What reached a served world, in order, so that it can happen again.

Owns `Entry` and `Journal`. An entry is a frame, a page that was opened or an act of the panel, with its instant; told as JSON.
Law: the same entries in a fresh world of the same code give the same world; bytes of files are kept as they came.
"""

from __future__ import annotations

from typing import Any

from liveview_core.values.declaring import frozen

__all__ = ["Entry", "Journal"]


@frozen
class Entry:
    """One thing that reached the world: when on its clock, what kind of thing, and its data."""

    at: int
    kind: str
    data: dict[str, Any]


class Journal:
    """The entries so far."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []

    def add(self, at: int, kind: str, **data: Any) -> None:
        """Something has reached the world."""
        self.entries.append(Entry(at, kind, data))
