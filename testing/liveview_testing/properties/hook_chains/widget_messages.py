"""What a widget can hear, drawn: the messages that its hooks are written for, and those that they are not.

Owns `widget_messages` and `widget_chains`. What a hook is written for is read from its code: the texts that it compares with (the
names of its events, the keys of its params) and the classes that it knows; what is in its own assigns is filled in.

Law: everything drawn can arrive: a client may send any name with any JSON, anybody may send any value. Most of what is drawn
means the widget, the rest means somebody else.
"""

from __future__ import annotations

import dataclasses
import typing
from collections.abc import Iterable, Iterator, Mapping
from itertools import product
from typing import Any, Final
from urllib.parse import urlencode

import attrs
from hypothesis import strategies as st
from hypothesis.errors import InvalidArgument, ResolutionFailed
from hypothesis.strategies import SearchStrategy

from liveview_core import Socket
from liveview_core.protocol.async_result import AsyncExit, AsyncOk
from liveview_core.socket.socket_state import Instant
from liveview_core.values.declaring import frozen
from liveview_core.values.patterns import late_pattern
from liveview_testing.properties.code_words import spoken
from liveview_testing.properties.hook_chains.hook_run import HookRun, Raised, attempt, run_hooks
from liveview_testing.properties.hook_chains.owners import (
    Belongings,
    WidgetLike,
    at_rest,
    hooks_of,
    mounting,
    put_in,
    widget_of,
)
from liveview_testing.world.timers import START, instant

MOST_WORDS: Final = 7
"""So many words are put together to names of two and three parts."""
MOST_NAMES: Final = 300
_PARTS: Final = late_pattern(r"([^A-Za-z0-9_]+)")
PEOPLE_TYPE: Final = ("", " ", "hello", "<b>&amp;</b>", '"quoted"', "a=b&c", "é ü ß", "x" * 100)
DEPTH: Final = 3  # how far a value is followed into its parts


@frozen(repr=False)
class HookMessage:
    """A message as the hooks of a stage get it. `run(socket)` runs them on it."""

    stage: str
    arguments: tuple[Any, ...]

    def run(self, socket: Socket) -> HookRun:
        """Run the socket's hooks on it."""
        return run_hooks(socket, self.stage, *self.arguments)

    def attempt(self, socket: Socket) -> HookRun | Raised:
        """The same, where an error is an answer, too."""
        return attempt(socket, self.stage, self.arguments, Instant(instant(START), 0))

    def __repr__(self) -> str:
        return f"run_hooks({', '.join(('socket', repr(self.stage), *map(repr, self.arguments)))})"

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:  # how hypothesis shows what was drawn
        printer.text(repr(self))


@frozen
class Vocabulary:
    """What a widget's hooks speak of, stage by stage: texts and classes.

    `events` are its words for them, `composed` those that it may put together, `names` those of its assigns, `held` texts that
    these hold.
    """

    texts: Mapping[str, tuple[str, ...]]
    classes: Mapping[str, tuple[type[Any], ...]]
    events: tuple[str, ...] = ()
    composed: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    held: tuple[str, ...] = ()

    @property
    def stages(self) -> tuple[str, ...]:
        """The stages that it has hooks on."""
        return tuple(self.texts)

    def keys(self, stage: str) -> list[str]:
        """What may be the key of a param."""
        return [text for text in self.texts.get(stage, ()) if text.replace("-", "_").isidentifier()]


def widget_messages(*widgets: WidgetLike, socket: Socket | None = None) -> SearchStrategy[HookMessage]:
    """Messages that the hooks of these widgets could get, together in one socket: their own, others', forged ones."""
    host = at_rest(mounting() if socket is None else socket, 0)
    words: list[Vocabulary] = []
    for each in widgets:
        host, belongings = put_in(widget_of(each), host)
        words.append(vocabulary(belongings, host))
    return messages_of(merged(words))


def widget_chains(*widgets: WidgetLike) -> SearchStrategy[Socket]:
    """Sockets that hold some of these widgets, at least one, attached in any order."""
    known = [widget_of(each) for each in widgets]

    def attached(order: list[int]) -> Socket:
        socket = at_rest(mounting(), 0)
        for number in order:
            socket = known[number].attach(socket)
        return at_rest(socket, 1)

    order = st.lists(st.sampled_from(range(len(known))), min_size=1, max_size=len(known), unique=True)
    return order.map(attached)


def messages_of(words: Vocabulary, stages: Iterable[str] | None = None) -> SearchStrategy[HookMessage]:
    """Messages of the stages that a vocabulary has hooks on."""
    drawn: dict[str, SearchStrategy[tuple[Any, ...]]] = {
        "handle_event": st.tuples(event_names(words), event_params(words)),
        "handle_info": st.tuples(infos(words)),
        "handle_params": _params(words),
        "handle_async": st.tuples(_tasks(words), _results(words)),
        "after_render": st.just(()),
    }
    wanted = [stage for stage in drawn if stage in (words.stages if stages is None else stages)]
    return st.one_of([st.builds(HookMessage, st.just(stage), drawn[stage]) for stage in wanted])


def merged(words: Iterable[Vocabulary]) -> Vocabulary:
    """What several speak of."""
    known = [*words]

    def lists(name: str) -> tuple[Any, ...]:
        return tuple(dict.fromkeys(each for one in known for each in getattr(one, name)))

    def tables(name: str) -> dict[str, tuple[Any, ...]]:
        stages = dict.fromkeys(stage for one in known for stage in one.stages)
        return {
            stage: tuple(dict.fromkeys(each for one in known for each in getattr(one, name).get(stage, ())))
            for stage in stages
        }

    return Vocabulary(
        tables("texts"), tables("classes"), lists("events"), lists("composed"), lists("names"), lists("held")
    )


# --- what is drawn --------------------------------------------------------------------------------------------------------

FOREIGN: Final = ("save", "validate", "delete", "lv", "phx-click", "", " ")


def event_names(words: Vocabulary) -> SearchStrategy[str]:
    """Its own events, and others' that look like them."""
    own = words.events
    alike = [each for name in own for each in (f"{name}x", name[:-1], name.upper(), name.partition(":")[0], f"{name}:")]
    pools = (own, words.composed, [*FOREIGN, *alike])
    return st.one_of([st.sampled_from(pool) for pool in pools if pool])


def foreign_names(words: Vocabulary, own: Iterable[str]) -> SearchStrategy[str]:
    """Events of others."""
    mine = {*own}
    return st.one_of(event_names(words), texts(words)).filter(lambda name: name not in mine)


def near_names(words: Vocabulary, own: Iterable[str]) -> list[str]:
    """Events that a widget may have beside its own: what is written in its code, and its own with another word for one part."""
    mine = {*own}
    spoken = words.texts.get("handle_event", ())
    near = [*words.events, *(each for name in mine for each in _one_part_other(name, spoken))]
    return [*dict.fromkeys(each for each in sorted(near) if each not in mine)][:MOST_NAMES]


def event_params(words: Vocabulary, stage: str = "handle_event") -> SearchStrategy[dict[str, Any]]:
    """What comes with an event: the keys that the hooks ask for, most of the time, with values that may fit."""
    keys = words.keys(stage) or ["value"]
    return st.one_of(
        st.dictionaries(st.sampled_from(keys), texts(words), max_size=4),
        *2 * [st.fixed_dictionaries({key: texts(words) for key in keys})],
    )


def texts(words: Vocabulary) -> SearchStrategy[str]:
    """Texts of the widget's state, and what people type."""
    pools = (PEOPLE_TYPE, words.names, words.held)
    return st.one_of([st.sampled_from(pool) for pool in pools if pool])


def _params(words: Vocabulary) -> SearchStrategy[tuple[dict[str, Any], str]]:
    return event_params(words, "handle_params").map(
        lambda params: (params, f"http://www.example.com/?{urlencode(params)}")
    )


def infos(words: Vocabulary) -> SearchStrategy[Any]:
    """Values of the classes that the hooks know, what they compare with, and messages of others."""
    own = [built for kind in words.classes.get("handle_info", ()) if (built := instances(kind, words)) is not None]
    said = words.texts.get("handle_info", ())
    spoken = [st.sampled_from(said), st.tuples(st.sampled_from(said), texts(words))] if said else []
    return st.one_of([st.sampled_from(["tick", None, 0, ("tick", 1), {"id": "1"}]), *spoken, *own, *own])


def _tasks(words: Vocabulary) -> SearchStrategy[str]:
    return st.sampled_from(["job", *words.texts.get("handle_async", ())])


def _results(words: Vocabulary) -> SearchStrategy[Any]:
    return st.one_of(st.builds(AsyncOk, st.sampled_from([None, 1, *words.held])), st.just(AsyncExit(ValueError("no"))))


def instances(kind: type[Any], words: Vocabulary, depth: int = DEPTH) -> SearchStrategy[Any] | None:
    """Values of a class, its texts those of the widget's state more often than not; None where nobody knows how to make one."""
    if kind is str:
        return texts(words)
    names: list[str] = []
    if attrs.has(kind):
        names = [each.alias for each in attrs.fields(kind) if each.init]
    elif dataclasses.is_dataclass(kind):
        names = [each.name for each in dataclasses.fields(kind) if each.init]
    if names and depth:
        try:
            hints = typing.get_type_hints(kind)
        except Exception:  # a name that is only there for type checkers
            return None
        parts = {name: instances(hints.get(name, hints.get(f"_{name}", str)), words, depth - 1) for name in names}
        known = {name: part for name, part in parts.items() if part is not None}
        return st.builds(kind, **known) if len(known) == len(parts) else None
    try:
        found = st.from_type(kind)
        found.validate()
    except (InvalidArgument, ResolutionFailed, TypeError, ValueError):
        return None
    return found


# --- reading what hooks are written for -----------------------------------------------------------------------------------


def vocabulary(belongings: Belongings, socket: Socket) -> Vocabulary:
    """What the hooks of a widget speak of, and the texts in its state."""
    texts: dict[str, dict[str, None]] = {}
    classes: dict[str, dict[type[Any], None]] = {}
    for stage, hook in hooks_of(belongings, socket):
        words, kinds = texts.setdefault(stage, {}), classes.setdefault(stage, {})
        for found in spoken(hook.fn):
            if isinstance(found, str):
                words[found] = None
            else:
                kinds[found] = None
    held = dict.fromkeys(each for name in belongings.assigns for each in _texts_in(socket.assigns.get(name), DEPTH))
    names = [text for text in texts.get("handle_event", ()) if text and not any(each.isspace() for each in text)]
    whole = [name for name in names if any(each.isalnum() for each in name) and not _is_part(name)]
    events = [name for name in whole if not name.isidentifier()] or whole  # if possible one with a mark in it
    return Vocabulary(
        {stage: tuple(found) for stage, found in texts.items()},
        {stage: tuple(found) for stage, found in classes.items()},
        tuple(events),
        tuple(_composed(names)),
        belongings.assigns,
        tuple(held),
    )


def _is_part(name: str) -> bool:
    """Whether it begins or ends as no name does: `bell:`."""
    return len(name) > 1 and not (name[0].isalnum() and name[-1].isalnum())


def _composed(names: list[str]) -> Iterator[str]:
    """Names that a hook may take apart: what it splits at, and what it takes off, between and before the words that it knows."""
    marks = [name for name in names if not any(each.isalnum() for each in name)]
    words = [name for name in names if name.isidentifier()][:MOST_WORDS]
    for mark in marks:
        for size in (2, 3):
            yield from (mark.join(parts) for parts in product(words, repeat=size))
    for part in names:
        if part not in marks and _is_part(part):
            yield from (f"{part}{word}" if part[0].isalnum() else f"{word}{part}" for word in words)


def _one_part_other(name: str, words: Iterable[str]) -> Iterator[str]:
    """The name with another word for one of its parts."""
    pieces = _PARTS.split(name)  # every other one is a mark
    for at in range(0, len(pieces), 2):
        yield from ("".join((*pieces[:at], word, *pieces[at + 1 :])) for word in words if word.isidentifier())


def _texts_in(value: Any, depth: int) -> Iterator[str]:
    whole: Any = value  # not narrowed, so that the parts stay `Any`
    if isinstance(value, str):
        yield value
        if ":" in value:
            yield value.partition(":")[2]
    elif not depth:
        return
    elif isinstance(value, Mapping):
        for key in whole:
            yield from _texts_in(key, 0)
            yield from _texts_in(whole[key], depth - 1)
    elif isinstance(value, (tuple, list)):
        for part in whole:
            yield from _texts_in(part, depth - 1)
    else:
        for each in getattr(whole.__class__, "__attrs_attrs__", ()):
            yield from _texts_in(getattr(whole, each.name), depth - 1)


__all__ = ["HookMessage", "widget_chains", "widget_messages"]
