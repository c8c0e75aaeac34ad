"""What a socket asks of processes: messages to views and components, timers, topics.

Law: nothing is sent here: each is an effect, in order, and happens after the callback. In a disconnected mount nobody lives to
receive an answer: such an effect is dropped, and noted as dropped.
"""

from __future__ import annotations

from typing import Any, Self

from liveview_core.errors import BadOption, expect_hashable, shown
from liveview_core.protocol.effects import (
    Broadcast,
    CancelTimer,
    Dropped,
    Effect,
    Every,
    Send,
    SendAfter,
    SendUpdate,
    Subscribe,
    Unsubscribe,
    expect_component,
)
from liveview_core.socket.parts import SocketParts

__all__ = ["MessageMethods"]


class MessageMethods(SocketParts):
    """The part of `Socket` that is about messages, timers and topics."""

    __slots__ = ()

    def send_update(
        self, module: Any, *, id: Any = None, cid: int | None = None, to: Any = None, **assigns: Any
    ) -> Self:
        """Update the component (*module*, *id*), or the one whose `@myself` is *cid*: of this view, or of the process *to*."""
        addressed = _addressed("send_update", module, id, cid, assigns)
        return self.effect(SendUpdate(module, *addressed, None, cid, None if to is None else _address(to)))

    def send_update_after(
        self, module: Any, *, after: float, id: Any = None, cid: int | None = None, to: Any = None, **assigns: Any
    ) -> Self:
        """As `send_update`, *after* seconds from now."""
        addressed = _addressed("send_update_after", module, id, cid, assigns)
        micros = _micros("after", after)
        return self._live_effect(SendUpdate(module, *addressed, micros, cid, None if to is None else _address(to)))

    def send(self, message: Any, to: Any = None) -> Self:
        """Send *message* to the process *to*; to this view's own `handle_info` where None."""
        return self._live_effect(Send(message)) if to is None else self.effect(Send(message, _process_id(message, to)))

    def send_after(self, message: Any, seconds: float, *, name: Any = None) -> Self:
        """Send *message* to this view in *seconds*; a *name* can be cancelled, and replaces the timer of that name."""
        expect_hashable(name, "the name of a timer")
        return self._live_effect(SendAfter(message, _micros("seconds", seconds), name))

    def send_interval(self, message: Any, seconds: float, *, name: Any = None) -> Self:
        """Send *message* to this view every so many *seconds*, the first time after one interval."""
        expect_hashable(name, "the name of a timer")
        micros = _micros("seconds", seconds)
        if not micros:
            raise BadOption(
                "an interval of no time would never let time pass",
                expected="a millionth of a second at least: nothing is shorter here",
                got=shown(seconds),
            )
        return self._live_effect(Every(message, micros, name))

    def cancel_timer(self, name: Any) -> Self:
        """Stop the timer of that name, if there is one."""
        expect_hashable(name, "the name of a timer")
        return self._live_effect(CancelTimer(name))

    def subscribe(self, topic: str) -> Self:
        """Have messages of *topic* delivered to `handle_info`; twice delivers twice, as in Phoenix."""
        return self._live_effect(Subscribe(_topic(topic)))

    def unsubscribe(self, topic: str) -> Self:
        """End all subscriptions of this view to *topic*."""
        return self._live_effect(Unsubscribe(_topic(topic)))

    def broadcast(self, topic: str, message: Any) -> Self:
        """Send *message* to all subscribers of *topic*, this view included if it is one."""
        return self.effect(Broadcast(_topic(topic), message))

    def broadcast_from(self, topic: str, message: Any) -> Self:
        """Send *message* to all subscribers of *topic* except this view."""
        return self.effect(Broadcast(_topic(topic), message, from_self=True))

    @property
    def effects(self) -> tuple[Effect, ...]:
        """What was asked of the outside and is still to happen, in order."""
        return self._effects.oldest_first()

    def _live_effect(self, effect: Effect) -> Self:
        # In a disconnected mount nobody lives to receive it: dropped, and noted.
        return self.effect(effect if self._facts.connected else Dropped(effect))


def _address(to: Any) -> Any:
    """A process is spoken of by its id, or by what has that as its `id`: a view, a socket."""
    if not isinstance(getattr(to, "id", to), str):
        raise BadOption("a message is sent to a process", expected="its id, such as socket.parent", got=shown(to))
    return to


def _topic(topic: Any) -> str:
    if not isinstance(topic, str):
        raise BadOption("a topic is a str", expected="a str such as 'chat:lobby'", got=shown(topic))
    return topic


def _process_id(message: Any, to: Any) -> Any:
    """Whom a message is for; `send(pid, message)`, as in Elixir, would send the pid to nobody."""
    if isinstance(to, str) or isinstance(getattr(to, "id", None), str):
        return to
    raise BadOption(
        "send takes the message first, and then whom it is for",
        expected="the id of a process, or what has one: send(message, to=view.id)",
        got=f"send({shown(message)}, {shown(to)})",
        cure=f"socket.send({shown(to)}, to={shown(message)})"
        if isinstance(message, str)
        else "socket.send(message, to=…); without `to` it is for this view itself",
    )


def _addressed(
    where: str, module: Any, id: Any, cid: int | None, assigns: dict[str, Any]
) -> tuple[Any, dict[str, Any]]:
    expect_component(module, where)
    if cid is not None and type(cid) is not int:
        raise BadOption("the cid of send_update is wrong", expected="the @myself of a component", got=shown(cid))
    if id is None and cid is None:  # CP-20
        name = getattr(module, "__qualname__", type(module).__qualname__)
        raise BadOption(
            f"missing required id in send_update({name}, …)",
            expected="the id of the component, or cid=… with its @myself",
            got=shown(assigns),
            cure=f'send_update({name}, id="…", …)',
        )
    expect_hashable(id, f"the id of {where}")
    return id, assigns


_NEVER = 250_000_000_000
"""Seconds after which no datetime is."""


def _micros(name: str, seconds: Any) -> int:
    if isinstance(seconds, (int, float)) and not isinstance(seconds, bool) and seconds >= _NEVER:
        raise BadOption(
            f"the argument {name} is longer than the calendar",
            expected="seconds, fewer than there are until the year 9999",
            got=shown(seconds),
            cure="what is never to come needs no timer",
        )
    if not isinstance(seconds, (int, float)) or isinstance(seconds, bool) or not seconds >= 0:
        raise BadOption(
            f"the argument {name} is no time",
            expected="seconds: a number, 0 or more",
            got=shown(seconds),
            cure=None
            if isinstance(seconds, (int, float))
            else "the message comes first, then the seconds: socket.send_after('tick', 1), socket.send_interval('tick', 0.5)",
        )
    return round(seconds * 1_000_000)
