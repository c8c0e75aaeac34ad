"""What a recording world keeps of each message, beside the log: the page before and after it, and what else was so then.

Owns `Record`, one link of a chain that hangs in the world's store; so a fork shares it and goes on by itself, and an act that
fails leaves none. Law: a record holds references to values that are immutable; nothing is copied, and nothing is written out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from immutables import Map

if TYPE_CHECKING:
    from collections.abc import Mapping

    from liveview_core.protocol.effects import Effect
    from liveview_testing.browser.browser import Browser
    from liveview_testing.world.log.happening import Happening
    from liveview_testing.world.world import Line, Timer, Work

__all__ = ["CSS", "RECORDED", "Family", "Kind", "Record", "Undone", "chain", "recorded"]

RECORDED = "liveview_testing.recorded"
"""Under this name the store keeps the last record; whoever has it records."""

CSS = "liveview_testing.css"
"""Under this name the store keeps the style sheet of the pages, as text or as a path."""

Kind: TypeAlias = Literal["begin", "message", "page", "lost", "time"]
"""A message to a process; a change of the page by its browser alone; a message that was for nobody; time that passed."""

Family: TypeAlias = "tuple[tuple[str, tuple[str, ...]], ...]"
"""The views of a page: each with those in it."""


_NO_BROWSERS: Map[int, Browser] = Map()


class Record:
    """One thing that happened in a recording world; `earlier` is what was recorded before it.

    `act` counts the actions. `happening` is the message, if it is one,
    `before` and `after` are the line of its process. `process` is whom it concerned, `name` what came, if nobody got it.
    """

    __slots__ = (
        "act",
        "after",
        "before",
        "browser",
        "count",
        "done",
        "earlier",
        "effects",
        "family",
        "first",
        "happening",
        "kind",
        "name",
        "notes",
        "now",
        "number",
        "process",
        "seen",
        "tab",
        "tasks",
        "timers",
        "waiting",
    )

    def __init__(
        self,
        earlier: Record | None,
        kind: Kind,
        act: int,
        now: int,
        process: str | None = None,
        name: str = "",
    ) -> None:
        self.earlier = earlier
        self.number: int = 0 if earlier is None else earlier.number + 1
        self.first: int = 0 if earlier is None else earlier.first
        """The number of the oldest record that is still there."""
        self.kind: Kind = kind
        self.act = act
        self.now = now
        self.process = process
        self.name = name
        self.done: Any = None
        """The last act that was put down before this one's."""
        self.count: int = 0
        """How many messages had been delivered."""
        self.happening: Happening | None = None
        self.before: Line | None = None
        self.after: Line | None = None
        self.tab: int = 0
        self.seen: Map[int, Browser] = _NO_BROWSERS if earlier is None else earlier.seen
        self.browser: Browser | None = None
        self.effects: tuple[Effect, ...] = ()
        self.family: Family = ()
        self.timers: Map[int, Timer] | None = None
        self.tasks: Map[int, Work] | None = None
        self.waiting: tuple[tuple[str, ...], ...] = ()
        self.notes: tuple[tuple[str, str], ...] = ()

    def copy(self, earlier: Record | None) -> Record:
        """The same after another one."""
        new = object.__new__(Record)
        for name in Record.__slots__:
            setattr(new, name, getattr(self, name))
        new.earlier = earlier
        new.first = self.number if earlier is None else earlier.first
        return new

    def __repr__(self) -> str:
        return f"<{self.number} records>"


class Undone:
    """An act that failed: nothing of it is in the world. It came after `since`; `last` is what had happened when it failed."""

    __slots__ = ("act", "error", "last", "now", "since", "where")

    def __init__(
        self,
        act: int,
        where: tuple[str, int] | None,
        now: int,
        error: BaseException | None,
        since: Record | None,
        last: Record | None,
    ) -> None:
        self.act = act
        self.where = where
        self.now = now
        self.error = error
        self.since = since
        self.last = last


def recorded(store: Mapping[str, Any]) -> Record | None:
    """The last record of a world with this store; None if it does not record."""
    found: Record | None = store.get(RECORDED)
    return found


def chain(last: Record | None, since: int = 0) -> list[Record]:
    """What was recorded up to `last`, oldest first, without the first `since`."""
    found: list[Record] = []
    while last is not None and last.number > since:
        found.append(last)
        last = last.earlier
    found.reverse()
    return found
