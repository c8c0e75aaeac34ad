"""What the panel can be told: a closed list.

Owns the commands, and `read_command`. Law: a command is a value of one of the kinds below, decoded by its shape; nothing that
comes from a page is a path, an expression or a name to import.
"""

from __future__ import annotations

import json
from typing import Any, TypeAlias

from attrs import fields

from liveview_core.errors import LiveViewError, nearest_names, shown
from liveview_core.values.declaring import frozen

__all__ = ["COMMANDS", "BadCommand", "Command", "read_command"]


class BadCommand(LiveViewError, ValueError):
    """What came is no command of the panel."""


@frozen
class SetMode:
    """Time passes by itself ("real"), or stands still ("paused")."""

    mode: str


@frozen
class Advance:
    """Some time passes."""

    seconds: float


@frozen
class StepOn:
    """Time passes until the next thing that is due has happened."""


@frozen
class HoldTasks:
    """Tasks wait from now on, or run by themselves again."""

    hold: bool


@frozen
class RunTask:
    """A task that waits runs."""

    seq: int


@frozen
class FailTask:
    """A task that waits fails."""

    seq: int
    reason: str


@frozen
class ResolveTask:
    """A task that waits is answered with a value, given as JSON."""

    seq: int
    value: str


@frozen
class Broadcast:
    """A message to everyone subscribed to a topic, given as JSON."""

    topic: str
    message: str


@frozen
class SetLatency:
    """How long frames take, in each direction."""

    seconds: float


@frozen
class SetOffline:
    """The network is gone, or there again."""

    offline: bool


@frozen
class GoBack:
    """The world is as it was after a moment."""

    number: int


@frozen
class Choose:
    """Another scenario."""

    name: str


@frozen
class BeginAt:
    """The scenario after a step of its story."""

    step: int


@frozen
class Acted:
    """Somebody did something in a page that is recorded: what, as JSON."""

    window: str
    data: str


@frozen
class Save:
    """What was recorded is written down as a test."""


@frozen
class DismissFailures:
    """The errors have been read."""


Command: TypeAlias = (
    SetMode
    | Advance
    | StepOn
    | HoldTasks
    | RunTask
    | FailTask
    | ResolveTask
    | Broadcast
    | SetLatency
    | SetOffline
    | GoBack
    | Choose
    | BeginAt
    | Acted
    | Save
    | DismissFailures
)

COMMANDS: dict[str, type[Any]] = {
    "mode": SetMode,
    "advance": Advance,
    "step": StepOn,
    "hold": HoldTasks,
    "run": RunTask,
    "fail": FailTask,
    "resolve": ResolveTask,
    "broadcast": Broadcast,
    "latency": SetLatency,
    "offline": SetOffline,
    "back": GoBack,
    "choose": Choose,
    "begin": BeginAt,
    "acted": Acted,
    "save": Save,
    "dismiss": DismissFailures,
}
REPEATED = (HoldTasks, RunTask, FailTask, ResolveTask, Broadcast)
"""What changes the world, beside time: it happens again when a session does."""
RECORDED = (*REPEATED, SetLatency, SetOffline)
"""What is an act of the test that is recorded."""
_KINDS: dict[Any, tuple[type, ...]] = {"str": (str,), "int": (int,), "float": (int, float), "bool": (bool,)}


def read_command(text: str) -> Command:
    """The command that a text is. Raises `BadCommand`."""
    try:
        given: Any = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise BadCommand("the command is no JSON", got=shown(text)) from error
    if not isinstance(given, dict):
        raise BadCommand("a command is an object", got=shown(given))
    data: dict[str, Any] = dict(given)  # pyright: ignore[reportUnknownArgumentType]
    name = data.pop("do", None)
    kind = COMMANDS.get(name) if isinstance(name, str) else None
    if kind is None:
        raise BadCommand(
            "there is no such command",
            expected=", ".join(COMMANDS),
            got=shown(name),
            nearest=nearest_names(name, COMMANDS) if isinstance(name, str) else (),
        )
    wanted = {each.name: str(each.type) for each in fields(kind)}
    fits = data.keys() == wanted.keys() and all(type(data[each]) in _KINDS[wanted[each]] for each in wanted)
    if not fits:
        raise BadCommand(f"the command {name!r} does not fit", expected=shown(wanted), got=shown(data))
    command: Command = kind(**data)
    return command
