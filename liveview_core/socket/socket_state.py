"""What a socket holds beside its assigns: who it is, what stands across messages, and what one message gathers.

Law: three values by how often they change, so that the hot copy of a socket is short. `Facts` are given at mount; `Standing` is
what callbacks set up (hooks, private values, tasks); `Cycle` is emptied after every message.
"""  # SK-5

from __future__ import annotations

import datetime
from collections.abc import Callable, Hashable, Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Final, NoReturn

from attrs import field

from liveview_core.errors import BadOption
from liveview_core.protocol.effects import Task
from liveview_core.values import log
from liveview_core.values.declaring import frozen
from liveview_core.values.frozen import changer, maker
from liveview_core.values.log import Log

if TYPE_CHECKING:
    import random

__all__ = [
    "COMPONENT_STAGES",
    "NO_REPLY",
    "RESTING",
    "STAGES",
    "Cycle",
    "Facts",
    "Hook",
    "Instant",
    "Mounting",
    "PushEvent",
    "Standing",
]

STAGES: Final = ("handle_params", "handle_event", "handle_info", "handle_async", "after_render")
"""The stages a hook can be attached to."""  # HK-10

COMPONENT_STAGES: Final = ("handle_event", "handle_async", "after_render")
"""Those of a LiveComponent."""  # HK-19


class _NoReply:
    def __call__(self, *args: Any, **more: Any) -> NoReturn:
        """Somebody replies as in other places: `socket.reply({…})`."""
        raise BadOption(
            "socket.reply is the reply that was given, and cannot be called",
            expected="a callback that returns Reply(socket, {…})",
            cure="return Reply(socket, {'value': …})",
        )

    def __repr__(self) -> str:
        return "NO_REPLY"

    def __reduce__(self) -> str:
        return "NO_REPLY"


NO_REPLY: Any = _NoReply()
"""No reply was given; None would be one."""


@frozen
class Hook:
    """A function attached to a stage under an id."""  # HK-11

    id: Hashable
    fn: Callable[..., Any]


@frozen
class PushEvent:
    """An event for the client; *before* it patches the page, or after. Its payload is JSON data already."""  # PE-1

    event: str
    payload: Mapping[str, Any]
    before: bool = False

    def wire(self) -> list[Any]:
        """As it stands in a diff's `e`."""  # PE-2
        return [self.event, self.payload, True] if self.before else [self.event, self.payload]


@frozen(weakref_slot=False)
class Mounting:
    """What exists only while mounting: connect info, and where `assign_new` looks first.

    `params` are the connect params, None in a disconnected mount. `source` are the assigns that `assign_new` may take
    values from; `recorded` the names that went through it, for the child's token. `manifest` maps the paths of static files to
    their digested ones.
    """  # LC-22, AS-22, NV-30, NV-32

    params: Mapping[str, Any] | None = None
    info: Mapping[str, Any] = field(factory=dict[str, Any])
    source: Mapping[str, Any] = field(factory=dict[str, Any])
    recorded: tuple[str, ...] = ()
    manifest: Mapping[str, str] | None = None


make_mounting: Callable[..., Mounting] = maker(Mounting)


@frozen(weakref_slot=False)
class Facts:
    """Who a socket is.

    `routed` says whether the view is mounted at a router. A bare socket is, so that a widget that attaches
    `handle_params` hooks can be tested alone. `parent` is the address of the parent's process, None for a root view.
    """  # HK-18

    id: str | None = None
    view: Any = None
    connected: bool = False
    routed: bool = True
    router: Any = None
    uri: str | None = None
    live_session: str | None = None
    parent: Any = None
    cid: int | None = None
    mounting: Mounting | None = None


change_facts: Callable[..., Facts] = changer(Facts)
make_facts: Callable[..., Facts] = maker(Facts)


@frozen
class Standing:
    """What callbacks set up and what then stands, message after message."""

    hooks: dict[str, tuple[Hook, ...]] = field(factory=dict[str, tuple[Hook, ...]])
    private: dict[str, Any] = field(factory=dict[str, Any])
    render: Callable[[Any], Any] | None = None
    layout: Any = None  # None: nobody chose one; False: none, on purpose (LC-36)
    temporary: dict[str, Any] = field(factory=dict[str, Any])
    tasks: dict[Any, Task] = field(factory=dict[Any, Task])
    started: int = 0  # how many tasks there have been: the next one's reference
    uploads: dict[tuple[str, str], Any] = field(factory=dict[tuple[str, str], Any])  # by the refs of upload and entry


@frozen(weakref_slot=False)
class Cycle:
    """What one message gathers and the end of its step empties (`live_temp`)."""  # SK-5

    events: Log[PushEvent] = field(default=log.EMPTY)
    reply: Any = NO_REPLY
    flash: dict[str, Any] = field(factory=dict[str, Any])


make_cycle: Callable[..., Cycle] = maker(Cycle)

RESTING: Final = Cycle()
"""What a message has gathered that gathered nothing: the one that sockets begin with and come back to."""

EPOCH: Final = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)


class Instant:
    """The time and the randomness of one step: what `socket.now` and `socket.random` read.

    *micros* is integer microseconds since 1970; *seed* the parts of the seed, joined to `f"{seed}:{process}:{step}"`. All sockets
    of a step share one, so that two draws give two numbers. It belongs to the step: `close` it, and sockets that outlive the
    step refuse to answer. `drawn` counts how often anybody asked for randomness: who explores worlds wants to know whether the code
    can tell one step from another.
    """

    __slots__ = ("_random", "closed", "micros", "seed")

    drawn: ClassVar[int] = 0

    def __init__(self, micros: int, *seed: object) -> None:
        self.micros = micros
        self.seed = seed
        self.closed = False
        self._random: random.Random | None = None

    def close(self) -> None:
        """The step is over."""
        self.closed = True

    @property
    def now(self) -> datetime.datetime:
        """As an aware UTC datetime."""
        return EPOCH + datetime.timedelta(microseconds=self.micros)

    @property
    def random(self) -> random.Random:
        """Built on first use: seeding costs more than most callbacks."""
        if self._random is None:
            from random import Random  # rarely

            Instant.drawn += 1
            self._random = Random(":".join(map(str, self.seed)))  # a str seed goes through sha512, not hash()
        return self._random
