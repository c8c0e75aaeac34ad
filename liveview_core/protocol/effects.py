"""Effects: what a callback asks of the outside world, as inert values, in order.

Law: nothing here does anything. A step returns its effects once, in the order they were asked for (the effect law); the
test kit interprets them, and a real transport could as well. Times are integer microseconds.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal, TypeAlias

from attrs import field

from liveview_core.errors import BadOption, shown
from liveview_core.values.declaring import frozen

__all__ = [
    "Broadcast",
    "CancelAsync",
    "CancelTimer",
    "Deliver",
    "DeliverAfter",
    "Dropped",
    "Effect",
    "Every",
    "Redirect",
    "Send",
    "SendAfter",
    "SendUpdate",
    "Spawn",
    "StartAsync",
    "Subscribe",
    "Task",
    "TaskKind",
    "Unsubscribe",
    "Updated",
    "expect_component",
]

TaskKind: TypeAlias = Literal["start", "assign", "stream"]


@frozen
class Send:
    """Deliver *message* to the process *to*; to the sender itself where None."""

    message: Any
    to: Any = None


@frozen
class SendAfter:
    """Deliver *message* to the process itself, *after* µs from now; a *name* can be cancelled, and replaces its like."""

    message: Any
    after: int
    name: Any = None


@frozen
class Every:
    """Deliver *message* to the process itself every *interval* µs, the first time after one interval."""

    message: Any
    interval: int
    name: Any = None


@frozen
class CancelTimer:
    """Stop the timer *name*, if it is still to fire."""

    name: Any


@frozen
class Subscribe:
    """Have the messages of *topic* delivered; twice means twice, as in Phoenix."""

    topic: str


@frozen
class Unsubscribe:
    """End all subscriptions of the process to *topic*."""

    topic: str


@frozen
class Broadcast:
    """Deliver *message* to all subscribers of *topic*; not to the sender itself where *from_self*."""

    topic: str
    message: Any
    from_self: bool = False


@frozen
class Task:
    """An async task as the socket knows it: under which name, by which reference its result is recognised.

    `kind` says whose it is: `start` (→ `handle_async`), `assign` (→ the *keys* become results), `stream`. `name` of an
    assign task is the tuple of its keys.
    """  # AY-15, AY-6

    name: Any
    ref: str
    kind: TaskKind
    keys: tuple[str, ...] = ()
    cid: int | None = None


@frozen
class StartAsync:
    """Run *fn* for *task*, and send the process an `AsyncDone` when it ended."""  # AY-12

    task: Task
    fn: Callable[[], Any] = field(eq=False)  # a closure made anew by every replay: the same work all the same

    @property
    def name(self) -> Any:
        """The name that the task is registered under."""
        return self.task.name

    @property
    def ref(self) -> str:
        """The reference that its result carries."""
        return self.task.ref


@frozen
class CancelAsync:
    """Stop *task*; its result arrives as `AsyncExit(reason)`."""  # AY-20

    task: Task
    reason: Any


class Updated:
    """What `send_update` reaches: a LiveComponent, which stands above this room."""

    __slots__ = ()


def expect_component(given: object, where: str) -> None:
    """Anything but a LiveComponent is a slip that nobody would ever hear of."""  # CP-21
    kind: type[Any] = given if isinstance(given, type) else type(given)
    if not issubclass(kind, Updated):
        raise BadOption(
            f"{where} takes the module of a component",
            expected="a LiveComponent, its class or an object of it",
            got=shown(given),
            cure=f'{where}(Cart, id="cart", …), with what stands in module={{…}}',
        )


@frozen
class SendUpdate:
    """Update the component (*module*, *id*), or the one with *cid*, with *assigns*; *after* µs, or at once.

    Of the process *to*; of the sender itself where None.
    """  # CP-15

    module: Any
    id: Any
    assigns: dict[str, Any]
    after: int | None = None
    cid: int | None = None
    to: Any = None


@frozen
class Dropped:
    """An effect asked for in a disconnected mount, where nobody lives to see it happen: noted, not done."""

    effect: Effect


@frozen
class Redirect:
    """Where a socket wants to go: *kind* `redirect`, `navigate` or `patch`; *to* a path, or *external* a URL."""  # SK-6

    kind: Literal["redirect", "navigate", "patch"]
    to: str | None = None
    external: str | None = None
    status: int = 302
    replace: bool = False

    @property
    def history(self) -> Literal["push", "replace"]:
        """How the client's history changes, as the wire calls it."""
        return "replace" if self.replace else "push"

    def describe(self) -> str:
        """As somebody would write it."""
        match self.kind:
            case "redirect":
                what = f"{self.to!r}" if self.to is not None else f"external={self.external!r}"
                return f"redirect({what})"
            case "navigate":
                return f"push_navigate({self.to!r})"
            case "patch":
                return f"push_patch({self.to!r})"


@frozen
class Spawn:
    """A child view stands on the page now: *process* waits for its client to join under the child's id."""  # RT-13

    id: str
    process: Any = field(repr=False)


@frozen
class Deliver:
    """Deliver a message of the framework's own to the process itself, after what it has got already."""  # UP-35

    message: Any


@frozen
class DeliverAfter:
    """As `Deliver`, *after* µs from now; the timer *name* can be cancelled, and replaces its like."""  # UP-23

    message: Any
    after: int
    name: Any


Effect: TypeAlias = (
    Send
    | SendAfter
    | Every
    | CancelTimer
    | Subscribe
    | Unsubscribe
    | Broadcast
    | StartAsync
    | CancelAsync
    | SendUpdate
    | Dropped
    | Spawn
    | Deliver
    | DeliverAfter
)
"""The closed sum of all effects."""
