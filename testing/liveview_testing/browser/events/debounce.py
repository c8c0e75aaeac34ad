"""Debounce and throttle: when an event of a binding is acted on.

Owns `paced` and the cycle that an element has for all kinds of its events (DT). A debounced event waits on the browser's clock,
or until the field is left; a throttled one closes a gate for a time. Leaving the field, and submitting its form, end the wait.

Law: what runs is the newest event's action, with the values of the moment at which it runs; a pending action whose
element has gone is dropped, and noted.
"""  # DT-6

from __future__ import annotations

import re
from typing import Any

from attrs import evolve

from liveview_core.values.declaring import frozen
from liveview_testing.browser.browser import Browser, Then
from liveview_testing.browser.dom.dom_event import DomEvent
from liveview_testing.browser.dom.forms import controls, entries
from liveview_testing.browser.dom.node import DomNode
from liveview_testing.browser.reaction import Reaction

DEFAULT = "300"

_NEVER = frozenset(("blur", "focusout"))


@frozen
class Pace:
    """The cycle of one element: what waits, the number of the newest event, and the gate of a throttle."""

    cycle: int = 0
    pending: Then | None = None
    """What the newest event does once it is let through; None: nothing waits."""
    on_blur: Then | None = None
    """What waits until the field is left, whatever the time (`phx-debounce="blur"`)."""
    gate: int | None = None
    """The number of the newest timer of a closed gate; None: it is open."""
    throttles: bool = False
    leaves: bool = False
    """Whether leaving the field ends the wait: it does from the first event on."""
    key: str | None = None
    described: str = ""
    """What waits, or closed the gate, in words."""
    kind: str = ""
    """The kind of the event that waits, or closed the gate."""


@frozen
class Trigger:
    """A timer of a cycle is due."""

    key: int
    cycle: int | None
    """Which event it belongs to: only the newest one's acts; None: whichever is newest (a gate)."""  # DT-6, DT-16

    def __call__(self, reaction: Reaction, _: Any = None, /) -> None:
        trigger(reaction, self.key, self.cycle)


def pace(reaction: Reaction, key: int) -> Pace:
    """The cycle of an element."""
    found = reaction.mark(key).pace
    return found if isinstance(found, Pace) else Pace()


def _set(reaction: Reaction, key: int, value: Pace) -> None:
    reaction.set_mark(key, pace=value)


def paced(reaction: Reaction, node: DomNode, event: DomEvent, action: Then) -> None:
    """Do `action`, for an event at `node`, when the element's debounce or throttle lets it through."""
    if event.type in _NEVER:
        action(reaction)
        return
    debounce, throttle = node.get("phx-debounce"), node.get("phx-throttle")
    debounce = DEFAULT if debounce == "" else debounce
    throttle = DEFAULT if throttle == "" else throttle
    value = debounce or throttle
    if value is None:
        action(reaction)
        return
    key = reaction.number(node)
    now = pace(reaction, key)
    described, kind = _described(event, node), _kind(event)
    if value == "blur":
        _overtaken(reaction, now, kind, now.on_blur)
        _set(reaction, key, evolve(now, on_blur=action, leaves=True, described=described, kind=kind))
        return
    time = _leading(value)
    cycle = now.cycle + 1
    if time is None:
        _set(reaction, key, evolve(now, cycle=cycle, pending=action))
        reaction.note(
            "DT-3",
            f"{described} is lost: {value!r} is no time for phx-debounce or phx-throttle",
            'a number of milliseconds, or phx-debounce="blur"',
        )
        return
    if throttle is not None:
        _throttled(reaction, node, event, action, time, evolve(now, cycle=cycle, throttles=True, leaves=True))
    else:
        _overtaken(reaction, now, kind, now.pending)
        now = evolve(now, cycle=cycle, pending=action, throttles=False, leaves=True, described=described, kind=kind)
        _set(reaction, key, now)
        reaction.later(time, Trigger(key, cycle))


def _kind(event: DomEvent) -> str:
    """What a binding hears an event as."""
    return {"input": "change", "focusin": "focus"}.get(event.type, event.type)


def _described(event: DomEvent, node: DomNode) -> str:
    return f"{'focus' if event.type == 'focusin' else event.type} of {node!r}"


def _overtaken(reaction: Reaction, now: Pace, kind: str, waits: Then | None) -> None:
    """What waits gives way to an event of another kind: an element has one cycle for all of them."""  # DT-5
    if waits is not None and now.kind != kind:
        reaction.note(
            "DT-5",
            f"{now.described} was never sent: {kind} came while it waited, and an element has one debounce for all its events",
            "phx-debounce on an element whose other events need not wait",
        )


def _throttled(reaction: Reaction, node: DomNode, event: DomEvent, action: Then, time: int, now: Pace) -> None:
    """Through an open gate at once; another key than the last one passes a closed one."""  # DT-14 … DT-16
    key = reaction.number(node)
    another = False
    if event.type == "keydown":
        another = now.key != event.key
        now = evolve(now, key=event.key)
    kind = _kind(event)
    _set(reaction, key, now)
    if now.gate is not None and not another:
        _shut_out(reaction, node, event, now, kind)
        return
    action(reaction)
    number = reaction.later(time, Trigger(key, None))
    _set(reaction, key, evolve(pace(reaction, key), gate=number, kind=kind, described=_described(event, node)))


def _shut_out(reaction: Reaction, node: DomNode, event: DomEvent, now: Pace, kind: str) -> None:
    """An event comes to a closed gate: that is what a throttle is for, but where something else has closed it."""
    if now.kind != kind:
        reaction.note(
            "DT-5",
            f"{_described(event, node)} was never sent: {now.described} had closed the element's one phx-throttle",
            "phx-throttle on an element whose other events need not be kept back",
            once=True,
        )
    elif node.get("phx-debounce") is not None:
        reaction.note(
            "DT-2",
            f"{_described(event, node)} was never sent: with phx-debounce and phx-throttle both, the time of phx-debounce"
            " is that of a throttle, which drops what comes too early",
            "one of the two: phx-debounce sends the last event",
            once=True,
        )


def _leading(text: str) -> int | None:
    found = re.match(r"\s*([-+]?)(?:0[xX]([0-9a-fA-F]+)|(\d+))", text)  # as `parseInt` reads it
    if found is None:
        return None
    sign, hexadecimal, decimal = found.groups()
    return 0 if sign == "-" else int(hexadecimal, 16) if hexadecimal else int(decimal)


def trigger(reaction: Reaction, key: int, cycle: int | None) -> None:
    """The wait is over, for the event of this cycle, or the newest (None)."""
    now = pace(reaction, key)
    if reaction.node(key) is None or (cycle is not None and cycle != now.cycle):
        return
    if now.throttles:
        _set(reaction, key, evolve(now, cycle=now.cycle + 1, gate=None))
        return
    if now.pending is not None:
        _set(reaction, key, evolve(now, cycle=now.cycle + 1, pending=None))
        now.pending(reaction)


def waiting(browser: Browser) -> list[tuple[str, int | None]]:
    """The events that wait, in words, and when each is due; None: once the field is left."""
    due = {each.then: each.due for each in browser.timers.values() if isinstance(each.then, Trigger)}
    found: list[tuple[str, int | None]] = []
    for mark in sorted(browser.document.marks.values(), key=lambda mark: mark.number):
        now = mark.pace
        if not isinstance(now, Pace):
            continue
        if now.on_blur is not None:
            found.append((now.described, None))
        elif (
            now.pending is not None
            and not now.throttles
            and (at := due.get(Trigger(mark.number, now.cycle))) is not None
        ):
            found.append((now.described, at))
    return found


def left(reaction: Reaction, key: int) -> None:
    """The field lost the focus: what waits happens now."""  # DT-8, DT-9, DT-17
    now = pace(reaction, key)
    if not now.leaves:
        return
    if now.on_blur is not None:
        _set(reaction, key, evolve(now, on_blur=None))
        now.on_blur(reaction)
        now = pace(reaction, key)
    reaction.call_off(now.gate)
    trigger(reaction, key, None)


def submitting(reaction: Reaction, form: DomNode) -> None:
    """A form is submitted: what waits for its fields is discarded, and their gates open."""  # DT-10, DT-11
    group = controls(form)
    if not any(isinstance(each.mark.pace, Pace) and each.mark.pace.cycle for each in group):
        return
    names = dict.fromkeys(name for name, _ in entries(form))
    for name in names:
        first = next((each for each in group if each.get("name") == name or each.id == name), None)
        if first is None:
            continue
        now = pace(reaction, reaction.number(first))
        if now.pending is not None and not now.throttles:
            reaction.note(
                "DT-11",
                f"{now.described} was never sent: the form was submitted while it waited for its debounce",
                "read the field from the submit, or leave the field before (a click on the button does)",
            )
        if now != Pace():
            _set(reaction, reaction.number(first), evolve(now, cycle=now.cycle + 1, pending=None, gate=None))
