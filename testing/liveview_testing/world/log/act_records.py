"""Acts are put down while they are done: what was asked for, and where, and which messages it caused.

Owns the record of a world's acts, linked backwards as its log is, so that forks share it and a fork costs a reference; and
`recorded`, which makes a method of a handle an act. The room `record.scripts` makes values of the record when somebody asks.

Laws: an act made of acts counts once; one that raised is not in the record, as nothing happened; nothing is looked up here. What is
kept of a handle is what it names, never the handle, which would keep its world.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from functools import wraps
from types import CodeType, FrameType
from typing import TYPE_CHECKING, Any, Concatenate, NamedTuple, ParamSpec, Protocol, TypeAlias, TypeVar, cast

from liveview_core.errors import BadOption, add_note, shown
from liveview_core.tracebacks import is_of_the_call, ours
from liveview_core.tracebacks import shorten as shorten_call
from liveview_testing.failures.misuse.arguments import called_so
from liveview_testing.world.tracebacks import shorten

if TYPE_CHECKING:
    from liveview_testing.world.log.happening import Happening
    from liveview_testing.world.world import World

P = ParamSpec("P")
R = TypeVar("R")

Asked: TypeAlias = "tuple[Any, ...]"
"""What a handle names: its kind first, then what that kind needs."""


Entry: TypeAlias = "tuple[Any, ...]"
"""An act as it is put down, in the order of `Recorded`: nothing is as quickly made as a tuple."""


class Recording(Protocol):
    """What is remembered of the acts of a world: `Current`."""

    world: World
    acts: Entry | None
    before: World | None
    failed: Entry | None
    busy: Any
    told: dict[str, Any] | None
    acted: int
    forgotten: int


class Acted(Protocol):
    """A world that keeps a record of what is done in it: `Acting`."""

    @property
    def _current(self) -> Recording: ...


class Handle(Protocol):
    """Something that a test acts through."""

    def _asked(self) -> tuple[Acted, Asked]:
        """The world it acts on, and what it names there."""
        ...


H = TypeVar("H", bound=Handle)


class Recorded(NamedTuple):
    """An act that was done: when, by whose call, and the last messages before it and after it.

    `told` is what was found out meanwhile: what dialogs were answered, the tab that was opened.
    """

    before: Entry | None
    verb: str
    asked: Asked
    args: tuple[Any, ...]
    options: Mapping[str, Any]
    at: int
    last: Happening | None
    then: Happening | None
    code: CodeType
    offset: int
    told: Mapping[str, Any] | None


class Meant(NamedTuple):
    """A handle that was given to an act, by what it names."""

    asked: Asked


class Collector(Protocol):
    """Who takes acts instead of letting them be done."""

    def take(self, verb: str, asked: Asked, args: tuple[Any, ...], options: Mapping[str, Any], frame: FrameType) -> Any:
        """An act is asked for; what it answers is what the call answers."""
        ...


PLAIN: dict[str, Any] = {}
calling = sys._getframe
_kind: Callable[[Any], Any] = type


def recorded(act: Callable[Concatenate[H, P], R]) -> Callable[Concatenate[H, P], R]:
    """A method of a handle as an act, which is put down once it is done."""
    name = act.__name__.removeprefix("_any_")
    depth = 1 if name == act.__name__ else 2

    @wraps(act)
    def done(self: H, /, *args: P.args, **kwargs: P.kwargs) -> R:
        try:
            world, asked = self._asked()
        except AttributeError:
            if hasattr(type(self), "_asked"):
                raise
            raise shorten_call(_on_the_class(act.__qualname__, self)) from None
        current = world._current
        busy = current.busy
        if busy is not None:
            if busy is current:
                return act(self, *args, **kwargs)
            return cast("R", cast("Collector", busy).take(name, asked, kept(args), kept(kwargs), calling(depth)))
        before = current.world
        current.busy = current
        try:
            result = act(self, *args, **kwargs)
        except BaseException as error:
            current.busy = None
            tried(current, name, asked, args, kwargs, calling(depth))
            # the arguments do not fit: no line of ours is at fault
            if type(error) is TypeError and is_of_the_call(error):
                add_note(error, called_so(act))
                shorten_call(error)
            shorten(error)
            raise
        current.busy = None
        if current.world is not before:
            options = (
                PLAIN if not kwargs else kwargs if _ATOMS.issuperset(map(_kind, kwargs.values())) else kept(kwargs)
            )
            put(current, before, name, asked, kept(args) if args else args, options, calling(depth))
        return result

    return done


def _on_the_class(owner_and_name: str, given: object) -> BadOption:
    """An act was called on a class, with this in the place of a handle."""
    owner, _, name = owner_and_name.rpartition(".")
    return BadOption(
        f"{owner}.{name} is called on one of them, and not on the class",
        expected=f"an object of {owner}",
        got=shown(given),
        cure=f"Simulation().{name}(…), or the fixture: sim.{name}(…)" if owner == "Simulation" else None,
    )


def put(
    current: Recording,
    world: World,
    verb: str,
    asked: Asked,
    args: tuple[Any, ...],
    options: Mapping[str, Any],
    frame: FrameType,
) -> None:
    """An act was done: put it down. `world` is the one before it."""
    told, current.told = current.told, None
    code, offset, last = frame.f_code, frame.f_lasti, current.world.last
    current.acts = (current.acts, verb, asked, args, options, world.now, world.last, last, code, offset, told)
    current.before = world
    if world.kept:
        forget(current, world.kept)


def tried(
    current: Recording, verb: str, asked: Asked, args: tuple[Any, ...], options: Mapping[str, Any], frame: FrameType
) -> None:
    """An act was tried, and raised."""
    world, told = current.world, current.told
    current.told = None
    code, offset = frame.f_code, frame.f_lasti
    current.failed = (
        *(current.acts, verb, asked, kept(args), kept(options), world.now, world.last, world.last, code, offset, told),
    )


def note(current: Recording, world: World, verb: str, asked: Asked, args: tuple[Any, ...]) -> None:
    """Put down what was done by something that is no act itself: an expectation that let time pass, a block that ends."""
    put(current, world, verb, asked, args, PLAIN, author(calling(1)))


def author(frame: FrameType) -> FrameType:
    """The author's frame, behind those of ours; the end of a block of ours is called by the standard library's context manager."""
    at: FrameType | None = frame
    while at is not None and (ours(at) or at.f_globals.get("__name__") == "contextlib"):
        at = at.f_back
    return at or frame


def tell(current: Recording, **facts: Any) -> None:
    """What is found out while an act is done."""
    current.told = facts if current.told is None else {**current.told, **facts}


def forget(current: Recording, most: int) -> None:
    """Of a world that remembers its last messages only, the last acts are remembered."""
    if current.acted < 2 * most:
        current.acted += 1
        return
    every = chain(current.acts)
    stay = every[-most:]
    current.forgotten += len(every) - len(stay)
    current.acted = len(stay)
    current.acts = None
    for each in stay:
        current.acts = (current.acts, *each[1:])


_ATOMS = frozenset((str, int, bool, float, bytes, type, type(None)))


def kept(value: Any) -> Any:
    """A value as it is now, whatever is done to it later: containers are copied; of a handle what it names is kept."""
    kind = _kind(value)
    if kind is str or kind is int or kind is bool or value is None:
        return value
    try:
        return _copied(value, kind)
    except RecursionError:  # it contains itself, or nests too deep to be written down: whoever asks for it is told so
        return value


def _copied(value: Any, kind: Any) -> Any:
    if kind in _ATOMS:
        return value
    if kind is dict:
        if _ATOMS.issuperset(map(_kind, value.values())):
            return value.copy()
        return {key: _copied(each, _kind(each)) for key, each in value.items()}
    if kind is tuple or kind is list or kind is set:
        if kind is tuple and _ATOMS.issuperset(map(_kind, value)):
            return value
        return cast("Any", kind)(_copied(each, _kind(each)) for each in value)
    if hasattr(kind, "_asked"):
        return Meant(value._asked()[1])
    return value


def chain(last: Entry | None) -> list[Recorded]:
    """The acts up to `last`, oldest first."""
    found: list[Recorded] = []
    while last is not None:
        found.append(Recorded._make(last))
        last = last[0]
    found.reverse()
    return found


__all__ = [
    "PLAIN",
    "Asked",
    "Collector",
    "Entry",
    "Handle",
    "Meant",
    "Recorded",
    "calling",
    "chain",
    "forget",
    "kept",
    "note",
    "put",
    "recorded",
    "tell",
    "tried",
]
