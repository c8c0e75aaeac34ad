"""Waiting in simulated time: the clock goes on in a fork until it comes true.

Owns `Waiting`. The world is asked first as it is: then no time passes. Else a fork of it is played forward, from due event to due
event, and asked again after each that changed the tab; where it comes true the fork is the world.

Law: a wait that is in vain leaves the world as it was, its clock included; nothing sleeps, and a world in which nothing is to come
is not waited for.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Generic, TypeVar

from liveview_core.values.declaring import frozen
from liveview_testing.user.locators.scene import Scene
from liveview_testing.world.log.happening import Happening

if TYPE_CHECKING:
    from liveview_testing.browser.accessibility import DomElement

T = TypeVar("T")
S = TypeVar("S", bound=Scene)

MILLISECOND = 1000


@frozen(eq=False)
class Pending:
    """It is not true yet: why, in a line; about which element, if there is one."""

    state: str
    element: DomElement | None = None
    found: int = 0
    """How many elements there were."""


@frozen
class Stage:
    """From when on the answer was what, in milliseconds since the wait began."""

    at: float
    state: str


class Waiting(Generic[S]):
    """One wait, of a tab."""

    __slots__ = ("begun", "happened", "last", "log", "scene", "there", "timeout")

    def __init__(self, scene: S, timeout: float) -> None:
        self.scene = scene
        self.timeout = timeout
        self.begun = scene.now
        self.there: S = scene
        self.log: list[Stage] = []
        self.last: Pending | None = None
        self.happened: list[str] = []

    def until(self, look: Callable[[S], T | Pending]) -> T | Pending:
        """What `look` answers once it is not `Pending`; `there` is the scene in which it does. Else the last `Pending`."""
        scene = self.scene
        found = look(scene)
        if not isinstance(found, Pending):
            return found
        self._note(found)
        until = self.begun + round(self.timeout * MILLISECOND)
        if scene.world.next_due(until) is None:
            return found
        world = scene.world.ahead()
        there = scene.elsewhere(world)
        seen = there.state
        while (due := world.next_due(until)) is not None:
            before = world.world.last
            world.pass_time(max(0, due - world.world.now))
            self._heard(before, world.world.last, due)
            state = there.state
            if state is seen:
                continue
            seen = state
            found = look(there)
            if not isinstance(found, Pending):
                self.there = there
                return found
            self._note(found, world.world.now)
        self.there = there
        return found

    def adopt(self) -> None:
        """What was waited for is done: the world is the one in which it is."""
        if self.there is not self.scene:
            self.scene.world.adopt(self.there.world)

    @property
    def passed(self) -> float:
        """How far the clock went, in milliseconds."""
        return (self.there.now - self.begun) / MILLISECOND

    def _note(self, pending: Pending, now: int | None = None) -> None:
        self.last = pending
        if not self.log or self.log[-1].state != pending.state:
            self.log.append(Stage(((now or self.begun) - self.begun) / MILLISECOND, pending.state))

    def _heard(self, before: Happening | None, after: Happening | None, due: int) -> None:
        if len(self.happened) >= 12 or after is before or after is None:
            return
        said = f"{(due - self.begun) / MILLISECOND:.10g} ms: {after.origin} {after.event} to {after.process}"
        self.happened.append(said)
