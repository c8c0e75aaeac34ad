"""What may happen next in a world, as values; and what is remembered of those that were made.

Owns the kinds of choice, what two of them have in common (`Footprint`), and the graph that choices span (`Node`, `Edge`). Laws:
choices are told apart by what they are about, never by counters, so that the same choice is the same on every path; two are
independent only if neither touches what the other writes.
"""

from __future__ import annotations

from collections.abc import Set
from typing import Any, NamedTuple, TypeAlias

from attrs import field

from liveview_core.values.declaring import define, frozen
from liveview_testing.world.log.reads_and_writes import Name
from liveview_testing.world.mailboxes import Receiver, Sender


@frozen
class Deliver:
    """The first message from a sender to a process arrives; `nth` where their order does not count."""

    sender: Sender
    receiver: Receiver
    nth: int = 0


@frozen
class Finish:
    """A task runs, now; what came of it is under way then."""

    process: str
    ref: str
    name: Any = field(default=None, eq=False)


@frozen
class Fail:
    """A task fails."""

    process: str
    ref: str
    name: Any = field(default=None, eq=False)


@frozen
class Fire:
    """A timer that is due fires; `nth` of those that look alike."""

    process: str
    due: int
    what: str
    nth: int = 0


@frozen
class Do:
    """Somebody does what is next in his script."""

    person: str


@frozen
class Pass:
    """Nothing else can happen: the clock goes on to the next instant at which something is due. `slow` messages outlast it."""

    slow: int = 0


@frozen
class Drop:
    """The connection of a page is lost, with all that was on it; it comes back at once."""

    root: str


@frozen
class Crash:
    """A process dies, between two messages."""

    process: str


Choice: TypeAlias = "Deliver | Finish | Fail | Fire | Do | Pass | Drop | Crash"


class Footprint:
    """What a choice read and wrote. Of `everything` nothing is independent: the clock moved."""

    __slots__ = ("everything", "reads", "stored", "writes")

    def __init__(self, reads: Set[Name], writes: Set[Name], *, everything: bool = False) -> None:
        self.reads = reads
        self.writes = writes
        self.everything = everything
        self.stored = False
        for name in writes:
            if name[0] == "store":
                self.stored = True
                break

    def shared(self, other: Footprint) -> list[Name]:
        """What keeps two choices from being independent, in a fixed order."""
        if self.everything or other.everything:
            return [("clock",)]
        found = (self.writes & (other.writes | other.reads)) | (self.reads & other.writes)
        if (self.stored and ("store",) in other.reads) or (other.stored and ("store",) in self.reads):
            found |= {("store",)}
        return sorted(found, key=repr)

    def apart(self, other: Footprint) -> bool:
        """Whether two choices are independent."""
        if self.everything or other.everything:
            return False
        if not (
            self.writes.isdisjoint(other.writes)
            and self.writes.isdisjoint(other.reads)
            and self.reads.isdisjoint(other.writes)
        ):
            return False
        return not ((self.stored and ("store",) in other.reads) or (other.stored and ("store",) in self.reads))


class Edge(NamedTuple):
    """A choice that was followed: to which world, what it touched, its place among the choices there."""

    to: int
    footprint: Footprint
    place: int
    about: Any = None


class Taken(NamedTuple):
    """A choice on a path, and its place among those that there were: 0 is the usual one."""

    choice: Choice
    place: int


@define
class Failed:
    """Where something is wrong: in a world, or in a choice that could not be made there."""

    node: int
    deviations: int
    error: BaseException
    what: str
    last: Taken | None = None
    name: str | None = None


@define
class Node:
    """A world that was reached: from where, by what, after how many deviations. `edges` None: it was not looked at yet."""

    parent: int
    by: Taken | None
    deviations: int
    edges: dict[Choice, Edge] | None = None
    end: bool = False
    cut: bool = False
    failed: int = 0
