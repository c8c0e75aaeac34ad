"""How much of a world's log is kept, and what is known of the rest.

Owns the bound of `Simulation(history=n)`: the cut, the digest of what was cut off, and `Kept`, what whoever asks for the log is
given. Laws: the digest of a run is the same whatever is kept; a cut copies what stays, so that worlds forked before keep what
they had; what is gone is said by everything that would have held it.
"""

from __future__ import annotations

from collections.abc import Iterable
from operator import index
from typing import TYPE_CHECKING, SupportsIndex, TypeVar, overload

from attrs import evolve
from immutables import Map

from liveview_core.errors import BadOption, LiveViewError, shown
from liveview_testing.browser.page.tree.ropes.rope import Rope
from liveview_testing.failures.misuse.misused_handles import NotAValue
from liveview_testing.world.log.happening import Happening, conversation, history
from liveview_testing.world.log.trace import transcript
from liveview_testing.world.tracebacks import shorten
from liveview_testing.world.world import Line, World

if TYPE_CHECKING:
    from liveview_testing.browser.browser import Browser

T = TypeVar("T")

__all__ = [
    "Forgotten",
    "Kept",
    "bound",
    "digest",
    "forgotten",
    "kept",
    "limit",
    "missing",
    "of_tabs",
    "rolled",
    "spoken",
    "text",
]


class Forgotten(LiveViewError, LookupError):
    """A part of the log was asked for that is not kept."""


class Kept(list[T]):
    """What is kept of a log, oldest first; `gone` is how many messages came before."""

    def __init__(self, items: Iterable[T], gone: int = 0, bound: int = 0) -> None:
        super().__init__(items)
        self.gone = gone
        self.bound = bound

    @overload
    def __getitem__(self, at: SupportsIndex) -> T: ...

    @overload
    def __getitem__(self, at: slice) -> list[T]: ...

    def __getitem__(self, at: SupportsIndex | slice) -> T | list[T]:
        if self.gone:
            counted_from_the_end(at, self.gone, "of the log")
        return super().__getitem__(at)

    def __contains__(self, item: object) -> bool:
        if isinstance(item, (str, bytes)):
            raise shorten(
                NotAValue(
                    "a log holds frames, messages or notes, and no texts",
                    got=f"{shown(item)} in it",
                    cure=f"{shown(item)} in [each.event for each in view.wire], or in [each.text for each in page.notes]",
                )
            )
        found = super().__contains__(item)
        if not found and self.gone:
            raise shorten(
                Forgotten(
                    f"{missing(self.gone, self.bound)}: nobody knows whether it was among them",
                    got=shown(item),
                    cure="ask sooner, or Simulation() without history=",
                )
            )
        return found

    def __repr__(self) -> str:
        return f"<{missing(self.gone, self.bound)}> {super().__repr__()}" if self.gone else super().__repr__()


def counted_from_the_end(at: SupportsIndex | slice, gone: int, what: str) -> None:
    """Where the first are gone, places count from the end. Raises `Forgotten`."""
    first = at.start if isinstance(at, slice) else at
    last = at.stop if isinstance(at, slice) else None
    if (first is None and isinstance(at, slice) and last is None) or (
        all(each is None or index(each) < 0 for each in (first, last)) and first is not None
    ):
        return
    raise shorten(
        Forgotten(
            f"the first {gone:,} {what} are gone, and this place was counted from them",
            expected="a place from the end: [-1], [-3:]",
            got=f"[{at.start}:{at.stop}]" if isinstance(at, slice) else f"[{index(at)}]",
            cure="Simulation() without history= keeps them all",
        )
    )


def missing(gone: int, bound: int) -> str:
    """What is said in place of what is gone."""
    return f"the first {gone:,} are gone: history={bound}"


def bound(given: object) -> int:
    """The option `history`: how many messages are kept; 0 for all of them. Raises `BadOption`."""
    if given is None:
        return 0
    if type(given) is not int or given < 1:
        raise BadOption(
            "the option history is wrong",
            expected="how many messages are kept, 1 or more; None for all of them",
            got=shown(given),
            cure="Simulation(history=10_000)",
        )
    return given


def limit(bound: int, cut: int) -> int:
    """The number of the message at which the log is cut next, now and then rather than each time; 0 where there is no bound."""
    return cut + bound + max(bound // 4, 64) if bound else 0


def forgotten(world: World) -> int:
    """How many of the world's messages are not kept."""
    return max(0, world.count - world.kept) if world.kept else 0


def kept(world: World, since: int | None = None) -> Kept[Happening]:
    """What is kept of a world's log; `since`: without its first ones. Raises `Forgotten` if of those that follow some are gone."""
    gone = forgotten(world)
    if since is not None and since < gone:
        raise Forgotten(
            f"the messages since number {since} are not all there: {missing(gone, world.kept)}",
            expected=f"a number from {gone} to {world.count}",
            got=str(since),
            cure="a larger Simulation(history=…)",
        )
    return Kept(history(world.last, gone if since is None else since), gone, world.kept)


def spoken(world: World, line: Line) -> Kept[Happening]:
    """What is kept of what happened to one process."""
    every, gone = conversation(line.last), forgotten(world)
    there = [each for each in every if each.number > gone]
    still = sum(1 for each in every if world.cut < each.number <= gone)
    return Kept(there, line.tab.forgotten + still, world.kept)


def of_tabs(browsers: Map[int, Browser], most: int) -> Map[int, Browser]:
    """Tabs that remember no more of what their pages heard: each event holds the document in which it happened."""
    for number, browser in list(browsers.items()):
        events, notes, gone = browser.events, browser.notes, browser.gone
        if len(events) > most or len(notes) > most:
            gone = gone[0] + max(0, len(events) - most), gone[1] + max(0, len(notes) - most)
            last, said = Rope.of(list(events)[-most:]), Rope.of(list(notes)[-most:])
            browsers = browsers.set(number, evolve(browser, events=last, notes=said, gone=gone))
    return browsers


def text(world: World) -> bytes:
    """The transcript of what is kept, under a line that says what is not."""
    found = kept(world)
    head = f"{missing(found.gone, found.bound)}\n".encode() if found.gone else b""
    return head + transcript(found)


def digest(world: World) -> str:
    """A digest of the whole transcript, also of what is not kept any more."""
    return rolled(world.digest, history(world.last)).hex()


def rolled(before: bytes, happenings: Iterable[Happening]) -> bytes:
    """The digest after further happenings."""
    from hashlib import blake2b  # rarely: it loads OpenSSL

    for each in happenings:
        before = blake2b(before + transcript((each,)), digest_size=16).digest()
    return before
