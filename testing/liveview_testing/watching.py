"""What an action costs and touches, step by step: the figures behind the lints, for anybody's own checks.

Owns `watch`: it plays an action in a fork of the world and returns a `Seen` for each message that was delivered because of it, in
order. Laws: the caller's world stays as it was; a step is a function, so watching one is doing it twice, and what fakes
write meanwhile is undone in between; no clock is read, so the same action always gives the same figures.

    seen = watch(view, lambda it: it.element("#save").render_click())
    assert sum(each.evaluated for each in seen) <= 2
    assert sum(each.bytes for each in seen) < 200
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

from attrs import field

from liveview_core.process.step import Process, Sent, Step, StepFacts, step
from liveview_core.protocol.effects import Effect
from liveview_core.values.declaring import frozen
from liveview_testing.user.simulation import Simulation, View
from liveview_testing.world.log.wire import Frame
from liveview_testing.world.simulation.current import Current
from liveview_testing.world.simulation.delivering.delivery import Run
from liveview_testing.world.tracebacks import shortened
from liveview_testing.world.world import World

__all__ = ["Seen", "watch"]

WAITING = {
    "sleep": "time.sleep",
    "connect": "socket.connect",
    "getaddrinfo": "_socket.getaddrinfo",
    "fork_exec": "_posixsubprocess.fork_exec",
    "system": "posix.system",
}
"""Functions of the interpreter that let a callback wait, by name: where a program sleeps, connects, or runs another."""


@frozen
class Seen:
    """One message, and what it did to its process.

    `origin` and `event` are as in the history; `sent` went to the client, `effects` is what was asked of the outside,
    `blocked` is what the callbacks waited for: a sleep, a connection, a program.
    """

    process: str
    origin: str
    event: str
    payload: Any
    sender: str | None
    before: Process = field(repr=False)
    after: Process = field(repr=False)
    sent: tuple[Sent, ...]
    effects: tuple[Effect, ...]
    facts: StepFacts
    blocked: tuple[str, ...] = ()

    @property
    def evaluated(self) -> int:
        """How many dynamics of templates were evaluated."""
        return self.facts.evaluated

    @property
    def bytes(self) -> int:
        """How many bytes went to the client."""
        return sum(Frame("server", sent.event, sent.payload).bytes for sent in self.sent)


@shortened
def watch(view: View, act: Callable[[View], Any]) -> list[Seen]:
    """Every message that `act` causes, in any process of the world, oldest first."""
    sim = _Watching(view.sim)
    act(sim.view(view))
    return sim.seen


class _Watching(Simulation):
    """A fork that notes what it does."""

    __slots__ = ("seen",)

    def __init__(self, of: Simulation) -> None:
        self.router = of.router
        self.checks = of.checks
        self._begin(of.world, of._current.limit)
        self._current = current = _WatchedCurrent(of.world, of._current.limit)
        self.seen = current.seen


class _WatchedCurrent(Current):
    __slots__ = ("seen",)

    def __init__(self, world: World, limit: int) -> None:
        super().__init__(world, limit)
        self.seen: list[Seen] = []

    def open(self) -> Run:
        return _WatchedRun(self)


class _WatchedRun(Run):
    __slots__ = ("seen",)

    def __init__(self, current: _WatchedCurrent) -> None:
        super().__init__(current.world, current.agenda, current.limit)
        self.seen = current.seen

    def deliver(
        self, pid: str, message: Any, origin: str, event: str, payload: Any, sender: str | None = None
    ) -> Step | None:
        """The step once for its facts, then in earnest."""
        line = self.lines.get(pid)
        if line is not None and line.process is not None:
            before, store = line.process, self.store
            try:
                with _Waiting() as waiting:
                    done = step(before, message, self.env or self.environment())
            finally:
                self.store = store
            sent, facts = tuple(done.sent), done.facts
            self.seen.append(
                Seen(
                    pid,
                    origin,
                    event,
                    payload,
                    sender,
                    before,
                    done.process,
                    sent,
                    done.effects,
                    facts,
                    tuple(waiting.calls),
                )
            )
        return super().deliver(pid, message, origin, event, payload, sender)


# --- what callbacks wait for ------------------------------------------------------------------------------------------------


class _Waiting:
    """Notes the calls of functions that wait, while a step runs. What has no C function behind it is not seen."""

    def __init__(self) -> None:
        self.calls: list[str] = []
        self._before: Any = None

    def __enter__(self) -> _Waiting:
        self._before = sys.getprofile()
        sys.setprofile(self._note)
        return self

    def __exit__(self, *_: object) -> None:
        sys.setprofile(self._before)

    def _note(
        self, frame: FrameType, event: str, function: Any
    ) -> None:  # pragma: no cover - nobody watches who watches
        if event == "c_call":
            wanted = WAITING.get(function.__name__)
            if wanted is not None and wanted == f"{_home(function)}.{function.__name__}":
                self.calls.append(wanted)


def _home(function: Any) -> str:  # pragma: no cover - nobody watches who watches
    """The module of a C function, or the class of a method's object."""
    return function.__module__ or type(function.__self__).__name__
