"""One entry of the log: a message that was delivered, and what came of it.

Owns `Happening` and the walks along the log. Law: an entry never changes; it is linked backwards, so that a log costs nothing of
its own, and forks share it.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn, cast

from liveview_core.process.process import StepFacts
from liveview_testing.failures.pickling import refuse

if TYPE_CHECKING:
    from liveview_core.process.process import Counted
    from liveview_core.process.step import Sent

SECOND = 1_000_000
"""Time is integer microseconds everywhere inside."""


class Happening(NamedTuple):
    """One message delivered to one process: what came in, and what the process sent to its client because of it.

    `origin` is "client" (then `event` and `payload` are the frame), or what else woke the process: "info", "timer",
    "task", "broadcast", ... (then `payload` is the message). Frames are not built here: `wire.frames` reads them off.
    The log of the world and the log of each line are these, linked backwards: `before` is what happened before in the
    world, `older` what happened before to the same process. So a log costs nothing of its own, and forks share it.
    `cause` is the number of the happening that sent the message, set the timer or started the task; 0 if the test, or whoever sits
    at the page, did.
    """

    at: int
    number: int
    process: str
    origin: str
    event: str
    payload: Any
    sent: list[Sent]
    counted: Counted
    sender: str | None
    cause: int
    before: Happening | None
    older: Happening | None

    # The same message twice is two happenings; and a comparison of values would go all the way back.
    def __eq__(self, other: object) -> bool:
        return self is other

    def __ne__(self, other: object) -> bool:
        return self is not other

    def __hash__(self) -> int:
        return id(self)

    @property
    def facts(self) -> StepFacts:
        """What the step cost and touched: dynamics, assigns and components rendered, hooks and what they changed."""  # TM-1
        return StepFacts.of(self.counted)

    @property
    def evaluated(self) -> int:
        """How many dynamics of templates were evaluated."""
        return self.counted[0]

    @property
    def changed(self) -> tuple[str, ...]:
        """The view's assigns that had changed when it was rendered."""
        return self.counted[1]

    @property
    def bytes(self) -> int:
        """How many bytes went to the client; counted when somebody asks."""
        return sum(
            len(json.dumps(sent.payload, ensure_ascii=False, separators=(",", ":")).encode(errors="surrogatepass"))
            for sent in self.sent
        )

    def __reduce__(self) -> NoReturn:
        refuse(self)

    def __repr__(self) -> str:
        sent = ", ".join(s.event for s in self.sent) or "nothing"
        return f"Happening({self.at / SECOND:.3f}s {self.process} {self.origin}:{self.event} -> {sent})"


make_happening: Callable[[tuple[Any, ...]], Happening] = partial(cast("Any", tuple).__new__, Happening)
"""A happening from all its fields, in the order of the class: there is one for each message."""


def history(last: Happening | None, since: int = 0) -> list[Happening]:
    """What happened in the world up to `last`, oldest first, without the first `since`; costs what it returns."""
    found: list[Happening] = []
    while last is not None and last.number > since:
        found.append(last)
        last = last.before
    found.reverse()
    return found


def conversation(last: Happening | None) -> list[Happening]:
    """What happened to one process up to `last`, oldest first."""
    found: list[Happening] = []
    while last is not None:
        found.append(last)
        last = last.older
    found.reverse()
    return found
