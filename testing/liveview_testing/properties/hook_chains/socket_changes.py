"""What lies between two sockets, one of which was made from the other: every difference that somebody could notice.

Owns `Change` and `changes`. Law: what is the same value is no change; a change says which part of the socket it is about, under
which name, what was there and what is there now; the order is that of the socket's parts, then of their names.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from typing import Any, Final, Literal, TypeAlias

from liveview_core import Socket
from liveview_core.errors import shown
from liveview_core.protocol.effects import (
    Broadcast,
    CancelAsync,
    CancelTimer,
    Dropped,
    Effect,
    Every,
    Send,
    SendAfter,
    SendUpdate,
    StartAsync,
    Subscribe,
    Unsubscribe,
)
from liveview_core.socket.socket_state import NO_REPLY, STAGES
from liveview_core.socket.streams import Prune
from liveview_core.values.assigns import same
from liveview_core.values.declaring import frozen
from liveview_core.values.streams import Stream, Streams

Part: TypeAlias = Literal[
    "assign", "stream", "upload", "flash", "hook", "private", "topic", "effect", "event", "reply", "redirect"
]


class _Absent:
    __slots__ = ()

    def __repr__(self) -> str:
        return "nothing"


ABSENT: Final[Any] = _Absent()
"""Where there was nothing, or is nothing any more."""

SHARED: Final = ("streams", "uploads", "flash")
"""Assigns that are told part by part."""


@frozen(repr=False)
class Change:
    """One difference. `part` is what it is about (`"assign"`, `"stream"`, `"topic"`, …), `name` which one of them."""

    part: Part
    name: Hashable
    was: object
    now: object
    told: str

    def __repr__(self) -> str:
        return self.told


def changes(before: Socket, after: Socket) -> tuple[Change, ...]:
    """What became different on the way from one socket to the next."""
    return () if before is after else tuple(_changes(before, after))


def _changes(before: Socket, after: Socket) -> Iterator[Change]:
    yield from _assigns(before, after)
    yield from _streams(before._assigns.get("streams"), after._assigns.get("streams"))
    yield from _named("upload", before._assigns.get("uploads"), after._assigns.get("uploads"))
    yield from _named("flash", before._assigns.get("flash"), after._assigns.get("flash"))
    yield from _hooks(before, after)
    yield from _named("private", before.private, after.private)
    yield from map(_effect, _newer(before.effects, after.effects))
    for name, *payload in _newer(tuple(before.pushed_events()), tuple(after.pushed_events())):
        yield Change("event", name, ABSENT, payload[0], f"pushed the event {name!r} {shown(payload[0])}")
    if after.reply is not NO_REPLY and after.reply is not before.reply:
        yield Change("reply", None, before.reply, after.reply, f"replied {shown(after.reply)}")
    if after.redirected is not None and after.redirected is not before.redirected:
        told = after.redirected.describe()
        yield Change("redirect", after.redirected.kind, before.redirected, after.redirected, told)


def _newer(before: tuple[Any, ...], after: tuple[Any, ...]) -> tuple[Any, ...]:
    """What was added at the end: nothing of what a message has gathered is ever taken away."""
    return after[len(before) :]


# --- assigns, streams -----------------------------------------------------------------------------------------------------


def _assigns(before: Socket, after: Socket) -> Iterator[Change]:
    was, now = before._assigns, after._assigns
    if was is now:
        return
    for name in {**was, **now}:
        if name not in SHARED:
            old, new = was.get(name, ABSENT), now.get(name, ABSENT)
            if not _alike(old, new):
                yield Change("assign", name, old, new, f"{name}: {shown(old)} -> {shown(new)}")


def _alike(old: Any, new: Any) -> bool:
    return old is new or (old is not ABSENT and new is not ABSENT and same(old, new))


def _streams(before: Streams | None, after: Streams | None) -> Iterator[Change]:
    if before is after:
        return
    for name in after or ():
        old = None if before is None else before.get(name)
        new = None if after is None else after.get(name)
        if new is not None and (old is None or not _alike(old, new)):
            yield Change("stream", name, ABSENT if old is None else old, new, f"streams.{name}: {_done(old, new)}")


def _done(old: Stream | None, new: Stream) -> str:
    said: list[str] = [] if old is not None else ["created"]
    if new.reset and not (old is not None and old.reset):
        said.append("reset")
    inserts = _newer(() if old is None else old.inserts.oldest_first(), new.inserts.oldest_first())
    said += [f"+ {insert[0]} {shown(insert[2])}" for insert in inserts]
    said += [
        f"- {each}" for each in _newer(() if old is None else old.deletes.oldest_first(), new.deletes.oldest_first())
    ]
    return ", ".join(said) or "pruned"


def _named(part: Part, before: Any, after: Any) -> Iterator[Change]:
    """The entries of a mapping."""
    if before is after:
        return
    was, now = _entries(before), _entries(after)
    for name in {**was, **now}:
        old, new = was.get(name, ABSENT), now.get(name, ABSENT)
        if not _alike(old, new):
            yield Change(part, name, old, new, f"{part} {name}: {shown(old)} -> {shown(new)}")


def _entries(given: Any) -> dict[Any, Any]:
    if given is None:
        return {}
    return dict(given) if isinstance(given, Mapping) else {name: given[name] for name in given}  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType]


# --- hooks ----------------------------------------------------------------------------------------------------------------


def _hooks(before: Socket, after: Socket) -> Iterator[Change]:
    if before._standing.hooks is after._standing.hooks:
        return
    for stage in STAGES:
        was = {hook.id: hook for hook in before.hooks_of(stage) if type(hook.fn) is not Prune}
        now = {hook.id: hook for hook in after.hooks_of(stage) if type(hook.fn) is not Prune}
        for id in {**was, **now}:
            old, new = was.get(id, ABSENT), now.get(id, ABSENT)
            if old is not new:
                verb = "attached" if old is ABSENT else "detached" if new is ABSENT else "replaced"
                yield Change("hook", (id, stage), old, new, f"{verb} the hook {id!r} on {stage}")


# --- effects --------------------------------------------------------------------------------------------------------------


def _effect(effect: Effect) -> Change:
    match effect:
        case Subscribe(topic):
            return Change("topic", topic, ABSENT, effect, f"subscribed to {topic!r}")
        case Unsubscribe(topic):
            return Change("topic", topic, effect, ABSENT, f"unsubscribed from {topic!r}")
        case Broadcast(topic, message):
            verb = "broadcast from itself" if effect.from_self else "broadcast"
            return Change("topic", topic, ABSENT, effect, f"{verb} to {topic!r}: {shown(message)}")
        case Dropped(inner):
            asked = _effect(inner)
            return Change(asked.part, asked.name, asked.was, asked.now, f"{asked.told} (dropped: it is not connected)")
        case Send(message, to):
            told = f"sent {'itself' if to is None else shown(to)} {shown(message)}"
        case SendAfter(message, after):
            told = f"sends itself {shown(message)} in {after / 1_000_000:g} s"
        case Every(message, interval):
            told = f"sends itself {shown(message)} every {interval / 1_000_000:g} s"
        case CancelTimer(name):
            told = f"cancelled the timer {name!r}"
        case StartAsync():
            told = f"started the task {effect.name!r}"
        case CancelAsync(task):
            told = f"cancelled the task {task.name!r}"
        case SendUpdate(module, id):
            told = f"updates the component {getattr(module, '__qualname__', module)} {id!r}"
        case _:
            told = shown(effect)
    return Change("effect", type(effect).__name__, ABSENT, effect, told)
