"""What several people do at the same time: acts that are put down instead of being done.

Owns `Together`, what `sim.concurrently()` gives. Law: nothing happens inside the block, and nothing can be read there: what a page
shows then depends on the order, which is what is to be explored.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from types import FrameType
from typing import Any

from liveview_core.errors import BadOption, LiveViewError, shown
from liveview_core.values.declaring import frozen
from liveview_testing.record.scripts.act import OPENING, Act
from liveview_testing.record.scripts.reading import Reading
from liveview_testing.record.scripts.script import Script
from liveview_testing.user.locators.scene import Memory, People, new_memory
from liveview_testing.world.log.act_records import Asked, Entry, Recorded
from liveview_testing.world.simulation import page_law
from liveview_testing.world.timers import microseconds

GIVEN = ("session", "connect_params", "connect_info")


class NotNow(LiveViewError, AssertionError):
    """Something was asked for, or done, where it has no answer: inside `concurrently`, or in a property."""


@frozen(eq=False)
class When:
    """What somebody does depends on what he sees: asked each time he may act."""

    who: str
    page: Any
    choose: Callable[[Any], Any]
    at: int


class Together:
    """The acts of several people, in the order in which they were written: of each of them in order, between them in any.

    `guests` are those who come in the block: their tabs have numbers, and show nothing yet.
    """

    def __init__(self, sim: Any) -> None:
        self._sim = sim
        self.guests: list[Memory] = []
        self._world = sim.world
        self._passed = 0
        self._asked: list[tuple[Entry | When, int]] = []
        self._acts: tuple[Act | When, ...] | None = None

    def when(self, page: Any, choose: Callable[[Any], Any]) -> None:
        """What somebody does once it is his turn: `acts.when(ann, lambda page: page.get_by_role("button").click())`."""
        memory: Any = getattr(page, "memory", None)
        if not callable(choose):
            raise BadOption(
                "acts.when takes a page and what is done at it", expected="a function of the page", got=shown(choose)
            )
        if memory is None:
            raise BadOption("acts.when takes a page", expected="sim.page(…)", got=shown(page), cure="view.page")
        self._asked.append((When(memory.name, page, choose, self._passed), self._passed))

    def take(self, verb: str, asked: Asked, args: tuple[Any, ...], options: Mapping[str, Any], frame: FrameType) -> Any:
        """An act is asked for: it is put down."""
        if asked == ("world", "clock") and verb == "advance":
            seconds: float | timedelta = args[0] if args else options["seconds"]
            self._passed += microseconds(seconds)
            return None
        told: dict[str, Any] | None = None
        answer: Any = None
        if asked[0] == "world" and verb in OPENING:
            guest = new_memory(People([*self._sim.people, *self.guests]), options.get("name"))
            if verb == "page":
                guest.opening = {name: options.get(name) or {} for name in GIVEN}
            told, answer = {"tab": self._comes(guest)}, self._sim.handle_on(guest, page=verb == "page")
            if verb == "page" and not args and "target" not in options:
                return answer  # a blank tab: nothing happens by that
        elif asked[0] == "page" and not asked[1].tab and verb in ("goto", "open"):
            guest = asked[1].copy()
            told = {"tab": self._comes(guest)}
            asked = ("page", guest, "")
        entry = (
            None,
            verb,
            asked,
            args,
            options,
            self._world.now + self._passed,
            None,
            None,
            frame.f_code,
            frame.f_lasti,
            told,
        )
        self._asked.append((entry, self._passed))
        return answer

    def _comes(self, guest: Memory) -> int:
        """Somebody comes in the block: the number of his tab."""
        guest.tab = self._world.tabs + len(self.guests) + 1
        self.guests.append(guest)
        return guest.tab

    @property
    def acts(self) -> tuple[Act | When, ...]:
        """The acts, as values; each at the instant at which it may be done at the earliest."""
        if self._acts is None:
            sim: Any = self._sim
            reading = Reading(sim, [*sim.people, *self.guests]).later(sim, self.guests)
            made: list[Act | When] = []
            for entry, _ in self._asked:
                made.append(entry if isinstance(entry, When) else reading.act(Recorded._make(entry)))
            self._acts = tuple(made)
        return self._acts

    @property
    def script(self) -> Script:
        """The acts as a script. Those that depend on what somebody sees are not in it."""
        return Script(tuple(each for each in self.acts if isinstance(each, Act)), begun=self._world.now)

    @property
    def passed(self) -> int:
        """How much time passes in the block, in microseconds."""
        return self._passed

    def idle(self) -> str:
        """That nobody ever asked for the acts, so that nothing of the block has happened; empty if somebody did."""
        if self._acts is not None or not self._asked:
            return ""
        count = "1 act" if len(self._asked) == 1 else f"{len(self._asked)} acts"
        return str(
            LiveViewError(
                f"what was put down in sim.concurrently() was never done: {count}",
                expected="explore(sim, acts, …), which does them in every order",
                got="nothing that asked for them",
                cure="explore(sim, acts); or leave sim.concurrently() out: then each is done at once",
            )
        )

    def __len__(self) -> int:
        return len(self._asked)

    def __iter__(self) -> Iterator[Act | When]:
        return iter(self.acts)

    def __str__(self) -> str:
        return "\n".join(str(each) for each in self.acts)


@contextmanager
def concurrently(sim: Any) -> Generator[Together]:
    """Inside, what is done is put down; and whoever asks what a page shows is told that nobody knows."""
    together = Together(sim)
    world, busy = sim._current.world, sim._current.busy
    sim._current.busy = together
    sim._current.world = Away(
        NotNow(
            "a page was read inside sim.concurrently()",
            expected="acts alone: nothing has happened yet, and what is there then depends on the order",
            got="something that reads the world",
            cure="a property of explore: always(lambda sim: sim.view(ann).has_element(…)); of a page,"
            " sim.view(page).get_by_text(…).is_visible()",
        )
    )
    frame: FrameType | None = sys._getframe(1)
    while frame is not None and frame.f_globals.get("__name__") == "contextlib":
        frame = frame.f_back
    place = None if frame is None else (frame.f_code.co_filename, frame.f_lineno)
    family = sim._current.family
    around = None if family is None else family.block
    if family is not None:
        family.block = sim._current, elsewhere
    try:
        yield together
    finally:
        sim._current.world, sim._current.busy = world, busy
        if family is not None:
            family.block = around
    if page_law.current is not None and place is not None:
        page_law.current.idle[place] = together.idle


def elsewhere() -> NotNow:
    """What a fork is told that does things while what is done in another is put down."""
    return NotNow(
        "an act inside sim.concurrently(), in a fork of its world: it would be done at once, and there",
        expected="acts in the world whose block it is",
        got="a page, a view or a simulation of a fork",
        cure="the pages of that world: sim.page(…), sim.view(page).page; or the block of the fork: fork.concurrently()",
    )


class Away:
    """Stands where a world was, while nobody should ask for it."""

    def __init__(self, error: LiveViewError) -> None:
        self._error = error

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        raise self._error


__all__ = ["Away", "NotNow", "Together", "When", "concurrently"]
