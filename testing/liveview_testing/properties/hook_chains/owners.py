"""A widget that lives in hooks, and what is whose in a socket that holds several.

Owns `widget_of`, which takes what a view calls to get a widget (a function over sockets, or what has one as `assign_component`),
and `Belongings`: the assigns, streams, hooks, private values and topics that became the widget's when it was put into a socket.

Law: a widget's own is what it made itself when it was attached, no more; of topics, also those of the same family, or of
a hook's or an assign's: by what stands before the first colon.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Hashable, Iterable, Iterator
from functools import partial
from typing import Any, Protocol, TypeAlias

from attrs import field

from liveview_core import Socket
from liveview_core.errors import BadOption, shown
from liveview_core.socket.socket_state import STAGES, Hook, Instant
from liveview_core.socket.streams import Prune
from liveview_core.values.declaring import frozen
from liveview_testing.properties.hook_chains.socket_changes import Change, changes
from liveview_testing.world.timers import START, instant

Attach: TypeAlias = Callable[[Socket], Socket]


class HasComponent(Protocol):
    """A module or object with the function that views call."""

    @property
    def assign_component(self) -> Callable[..., Socket]: ...


WidgetLike: TypeAlias = "Attach | HasComponent"
"""What a view calls in its mount to get the widget: `likes.assign_component`, a lambda that calls it, or the module it is in."""


@frozen
class Widget:
    """A widget by its name, and how it gets into a socket."""

    name: str
    attach: Attach = field(repr=False)


def widget_of(given: Any) -> Widget:
    """What was given, as a widget. Raises `BadOption`."""
    function = getattr(given, "assign_component", given)
    if not callable(function):
        raise BadOption(
            "a widget is what a view calls in its mount",
            expected="a function from a socket to a socket, or a module with such an assign_component",
            got=shown(given),
            cure='assert_isolated(lambda socket: chat.assign_component(socket, "left"))',
        )
    name = _called(given)
    return Widget(name, partial(_attach, name, _with_key(function, name)))


def _called(given: Any) -> str:
    while isinstance(given, partial):
        given = given.func  # pyright: ignore[reportUnknownVariableType, reportUnknownMemberType]
    name: Any = getattr(given, "__name__", None) or type(given).__name__
    if name in ("assign_component", "<lambda>"):
        module = str(getattr(given, "__module__", name)).rpartition(".")[2]
        return module if name == "assign_component" else "widget"
    return str(name).rpartition(".")[2]


def _with_key(function: Callable[..., Any], name: str) -> Callable[..., Any]:
    """One more argument that must be given is the key that the instance goes by: the widget's own name will do."""
    try:
        parameters = [*inspect.signature(function).parameters.values()]
    except (TypeError, ValueError):  # written in C
        return function
    needed = [each for each in parameters[1:] if each.default is each.empty and each.kind in _GIVEN]
    if not needed:
        return function
    if len(needed) == 1:
        return partial(function, **{needed[0].name: name})
    raise BadOption(
        f"the widget {name} needs more than a socket",
        expected="a function from a socket to a socket",
        got=f"one that also needs {', '.join(each.name for each in needed)}",
        cure=f"lambda socket: {name}.assign_component(socket, …)",
    )


_GIVEN = (inspect.Parameter.POSITIONAL_OR_KEYWORD, inspect.Parameter.KEYWORD_ONLY)


def _attach(name: str, function: Callable[..., Any], socket: Socket) -> Socket:
    after = function(socket)
    if not isinstance(after, Socket):
        raise BadOption(
            f"the widget {name} gave no socket",
            expected="the socket with its assigns and hooks",
            got=shown(after),
            cure="end its function with `return socket…`",
        )
    return after


def mounting() -> Socket:
    """A socket in which widgets are put, as in a view's mount: connected, with a clock and chance of its own."""
    return Socket(connected=True)


def at_rest(socket: Socket, number: int) -> Socket:
    """As a view's socket is before its next message: rendered, with nothing pending."""
    for hook in socket.hooks_of("after_render"):
        if type(hook.fn) is Prune:
            socket = hook.fn(socket)
    return socket.without_redirect().settled().at(Instant(instant(START), number))


# --- what is whose --------------------------------------------------------------------------------------------------------


@frozen
class Belongings:
    """What is a widget's own."""

    name: str
    assigns: tuple[str, ...] = ()
    streams: tuple[str, ...] = ()
    hooks: tuple[Hashable, ...] = ()
    private: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()

    def has(self, change: Change) -> bool:
        """Whether a change is about something of its own; what is nobody's (an event, a reply) is as good as its own."""
        name: Any = change.name
        match change.part:
            case "assign":
                return name in self.assigns
            case "stream":
                return name in self.streams
            case "hook":
                return name[0] in self.hooks
            case "private":
                return name in self.private
            case "topic":
                named = _family(name).removesuffix(":…")
                return named in (*self.hooks, *self.assigns) or any(
                    _family(name) == _family(each) for each in self.topics
                )
            case "flash" | "upload":
                return change.part in self.assigns or name in self.assigns
            case _:
                return True

    def and_those(self, others: Belongings) -> Belongings:
        """Those of another instance of the same widget too."""
        return Belongings(
            self.name,
            (*self.assigns, *others.assigns),
            (*self.streams, *others.streams),
            (*self.hooks, *others.hooks),
            (*self.private, *others.private),
            (*self.topics, *others.topics),
        )

    def told(self) -> str:
        """In words, for an expectation."""
        parts = (
            ("assigns", self.assigns),
            ("streams", self.streams),
            ("hooks", tuple(map(repr, self.hooks))),
            ("private values", self.private),
            ("topics", tuple(dict.fromkeys(map(_family, self.topics)))),
        )
        return "; ".join(f"{what}: {', '.join(map(str, names))}" for what, names in parts if names) or "nothing"


def _family(topic: str) -> str:
    before, colon, _ = topic.partition(":")
    return f"{before}:…" if colon else topic


def put_in(widget: Widget, socket: Socket, owns: Iterable[str] = ()) -> tuple[Socket, Belongings]:
    """The socket with the widget in it, and what became its own; `owns` names more that it may touch."""
    after = widget.attach(socket)
    made: dict[str, list[Any]] = {}
    for change in changes(socket, after):
        made.setdefault(change.part, []).append(change.name)
    more = tuple(owns)
    return after, Belongings(
        widget.name,
        (*made.get("assign", ()), *made.get("upload", ()), *more),
        (*made.get("stream", ()), *more),
        (*dict.fromkeys(id for id, _ in made.get("hook", ())), *more),
        (*made.get("private", ()), *more),
        (*made.get("topic", ()), *more),
    )


def owner_of(change: Change, others: Iterable[Belongings], host: Socket) -> str:
    """Whose it is that a change is about, in words."""
    for other in others:
        if other.has(change) and change.part not in ("effect", "event", "reply", "redirect"):
            return f"belongs to the widget {other.name}"
    match change.part:
        case "assign" if change.name in host.assigns:
            return "belongs to the view"
        case "stream" if change.name in (host.assigns.get("streams") or ()):
            return "belongs to the view"
        case "flash":
            return "belongs to the view: there is one for the whole page"
        case "assign" | "stream" | "private":
            return "was not there when the widget was attached"
        case "topic":
            return "is none that it subscribed to when it was attached, nor of their family"
        case _:
            return "is not its own"


def hooks_of(belongings: Belongings, socket: Socket) -> Iterator[tuple[str, Hook]]:
    """The widget's own hooks, with their stages."""
    for stage in STAGES:
        for hook in socket.hooks_of(stage):
            if hook.id in belongings.hooks and type(hook.fn) is not Prune:
                yield stage, hook
