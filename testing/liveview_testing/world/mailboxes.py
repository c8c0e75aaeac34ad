"""Messages under way: what was sent and has not arrived.

Owns `Mailboxes`, what a world holds of them while they wait to be chosen, `Letter`, one of them, and the addresses that they wait
between. Laws: of one sender to one receiver first in, first out; an address is one life of a process, so that what was on its way
to one that died never reaches its successor.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeAlias

from attrs import field
from immutables import Map

from liveview_core.values.declaring import frozen

Sender: TypeAlias = "tuple[str, ...]"
"""("process", id, life), ("link", id of the root view), ("task", id, ref) or ("test",)."""

Receiver: TypeAlias = "tuple[str, int]"
"""The id of a process, and the number of its life."""

Box: TypeAlias = "tuple[Sender, Receiver]"

TEST: Sender = ("test",)

Trips: TypeAlias = "Map[int, tuple[int, tuple[str, ...]]]"
"""Where each tab went at one instant, and when that was."""

NO_TRIPS: Trips = Map()


class Letter:
    """One message that waits. `age` is its place among all that were ever put; `seq` what the world had counted to then."""

    __slots__ = (
        "age",
        "by",
        "cause",
        "event",
        "frame",
        "message",
        "origin",
        "payload",
        "print",
        "push",
        "sender",
        "seq",
    )

    def __init__(
        self,
        age: int,
        seq: int,
        frame: bool,
        message: Any,
        origin: str,
        event: str,
        payload: Any,
        sender: str | None,
        cause: int,
        push: int | None = None,
    ) -> None:
        self.age = age
        self.seq = seq
        self.frame = frame
        self.message = message
        self.origin = origin
        self.event = event
        self.payload = payload
        self.sender = sender
        self.cause = cause
        self.push = push
        self.by: Any = None  # the act of a person that it is a frame of
        self.print: bytes | None = None  # what it is told from others by, once somebody asked


@frozen(eq=False)
class Mailboxes:
    """All that is under way. `put` counts what ever was; `lives` has of each process what it began as, and its number."""

    boxes: Map[Box, tuple[Letter, ...]] = field(factory=Map[Box, "tuple[Letter, ...]"])
    put: int = 0
    lives: Map[str, tuple[Any, int]] = field(factory=Map[str, "tuple[Any, int]"])
    trips: Trips = NO_TRIPS

    def __len__(self) -> int:
        return sum(len(letters) for letters in self.boxes.values())

    def __iter__(self) -> Iterator[Letter]:
        return iter(sorted((each for letters in self.boxes.values() for each in letters), key=lambda each: each.age))


def arrivable(boxes: Map[Box, tuple[Letter, ...]]) -> list[tuple[Box, Letter]]:
    """The messages of which each may be the next to arrive, oldest first.

    What a process has sent itself is overtaken by nothing that was put into its other boxes later.
    """
    heads = [(box, letters[0]) for box, letters in boxes.items()]
    if len(heads) < 2:
        return heads
    heads.sort(key=_age)
    own = {box[1]: letter.age for box, letter in heads if box[0][0] == "process" and _to_itself(box)}
    if not own:
        return heads
    return [head for head in heads if head[1].age <= own.get(head[0][1], head[1].age)]


def _to_itself(box: Box) -> bool:
    (_, pid, life), receiver = box
    return pid == receiver[0] and life == str(receiver[1])


def _age(head: tuple[Box, Letter]) -> int:
    return head[1].age
