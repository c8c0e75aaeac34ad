"""The history of a tab: where it was, where it is, and what it knows of each place.

Owns `History`. Law: going somewhere forgets what was ahead; going back forgets nothing.
"""

from __future__ import annotations

from typing import Any, Literal, TypeAlias

from attrs import evolve

from liveview_core.values.declaring import frozen
from liveview_testing.browser.connection.addresses import split_url

Kind: TypeAlias = 'Literal["load", "patch", "redirect"]'


@frozen
class Entry:
    """A place: its URL, how the tab came there, and how it goes back from what came after."""  # CN-41

    url: str
    kind: Kind = "load"
    back_kind: Kind | None = None
    position: int = 0
    scroll: int | None = None
    page: int = 0
    """Which document of the tab it belongs to: a load begins a new one."""


@frozen
class History:
    """The places of a tab; `at` is where it is."""

    entries: tuple[Entry, ...] = (Entry("http://www.example.com/"),)
    at: int = 0
    position: int = 0
    """How many places the client has counted: it tells forward from backward by them."""  # CN-47
    documents: int = 0
    """How many documents the tab has loaded beside the first."""
    noted: str | None = None
    """The address that the client has noted, where that is not the one of here: it notes none that differs by its fragment only."""

    @property
    def here(self) -> Entry:
        return self.entries[self.at]

    @property
    def referer(self) -> str:
        """Where the tab was, as a view is told that takes the place of another."""  # CN-47, CN-50
        return self.here.url if self.noted is None else self.noted

    def pushed(self, url: str, kind: Kind, page: int = 0) -> History:
        """Somewhere else, with the way back kept."""
        before = self.entries[: self.at]
        left = evolve(self.here, back_kind=kind)
        new = Entry(url, kind, None, self.position + 1, None, page)
        return evolve(
            self, entries=(*before, left, new), at=self.at + 1, position=self.position + 1, noted=self._noted(url)
        )

    def replaced(self, url: str, kind: Kind, page: int = 0) -> History:
        """Somewhere else, instead of here: nothing is kept of how one went on from here."""
        new = Entry(url, kind, None, self.position + 1, None, page)
        entries = (*self.entries[: self.at], new, *self.entries[self.at + 1 :])
        return evolve(self, entries=entries, position=self.position + 1, noted=self._noted(url))

    def counted(self) -> History:
        """The same place, counted once more: what goes nowhere is counted all the same."""  # CN-42
        return evolve(self, position=self.position + 1)

    def loaded(self, url: str, how: str, *, here: bool = False) -> History:
        """Another document. `here`: the entry is the one of before, loaded again."""
        page = self.documents + 1
        if here:  # and so are all places that the document has had
            entries = tuple(evolve(e, page=page) if e.page == self.here.page else e for e in self.entries)
            return evolve(self, entries=entries, documents=page, noted=None)
        new = Entry(url, "load", None, 0, None, page)
        before = self.entries[: self.at + 1] if how == "push" else self.entries[: self.at]
        return evolve(self, entries=(*before, new), at=len(before), documents=page, noted=None)

    def fragment(self, url: str) -> History:
        """A place on the same page, by an ordinary link; where one is already is no further place."""
        if url == self.here.url:
            return self
        new = Entry(url, "load", None, 0, None, self.here.page)
        return evolve(self, entries=(*self.entries[: self.at + 1], new), at=self.at + 1, noted=self.referer)

    def written(self, **changes: Any) -> History:
        """The entry of here with other facts."""
        entries = (*self.entries[: self.at], evolve(self.here, **changes), *self.entries[self.at + 1 :])
        return evolve(self, entries=entries)

    def moved(self, by: int) -> History | None:
        """The same places, seen from another; None if there is none."""
        there = self.at + by
        if not 0 <= there < len(self.entries):
            return None
        return evolve(self, at=there, noted=self._noted(self.entries[there].url))

    def _noted(self, url: str) -> str | None:
        had, now = split_url(self.referer), split_url(url)
        return self.referer if (had.path, had.query) == (now.path, now.query) else None
