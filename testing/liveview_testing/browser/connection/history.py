"""The history of a tab: where it was, where it is, and what it knows of each place.

Owns `History`. Law: going somewhere forgets what was ahead; going back forgets nothing.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

from attrs import evolve

from liveview_core.values.declaring import frozen

Kind: TypeAlias = 'Literal["load", "patch", "redirect"]'


@frozen
class Entry:
    """A place: its URL, how the tab came there, and how it goes back from what came after."""  # CN-41

    url: str
    kind: Kind = "load"
    back_kind: Kind | None = None
    position: int = 0
    scroll: int = 0
    page: int = 0
    """Which document of the tab it belongs to: a load begins a new one."""


@frozen
class History:
    """The places of a tab; `at` is where it is."""

    entries: tuple[Entry, ...] = (Entry("http://www.example.com/"),)
    at: int = 0

    @property
    def here(self) -> Entry:
        return self.entries[self.at]

    def pushed(self, url: str, kind: Kind, page: int = 0) -> History:
        """Somewhere else, with the way back kept."""
        before = self.entries[: self.at]
        left = evolve(self.here, back_kind=kind)
        new = Entry(url, kind, None, self.here.position + 1, 0, page)
        return History((*before, left, new), self.at + 1)

    def replaced(self, url: str, kind: Kind, page: int = 0) -> History:
        """Somewhere else, instead of here."""
        new = Entry(url, kind, self.here.back_kind, self.here.position + 1, 0, page)
        return History((*self.entries[: self.at], new, *self.entries[self.at + 1 :]), self.at)

    def moved(self, by: int) -> History | None:
        """The same places, seen from another; None if there is none."""
        there = self.at + by
        return History(self.entries, there) if 0 <= there < len(self.entries) else None
