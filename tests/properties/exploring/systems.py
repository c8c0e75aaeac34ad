"""Tiny systems, made from a seed: two or three processes with tables of what they do at each message; and every schedule of one.

Law: a message leads to later ones only, so that every schedule ends.
"""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import Any

from attrs import frozen

from liveview_core import LiveView, Socket, heex
from liveview_testing import Simulation, View
from liveview_testing.properties.exploring.choices import Crash, Drop, Fail
from liveview_testing.properties.exploring.schedules import choices_of
from liveview_testing.properties.exploring.simulations import Stage, stage
from liveview_testing.properties.exploring.transitions import Faults, Player, Situation

LAYERS = 4

Rules = dict[str, tuple[tuple[str, ...], ...]]


class Table(LiveView):
    """Does what its table says, and remembers what it heard."""

    def __init__(self, store: Any, rules: Rules, topics: tuple[str, ...]) -> None:
        self.store = store
        self.rules = rules
        self.topics = topics

    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        if socket.connected:
            for topic in self.topics:
                socket = socket.subscribe(topic)
        return socket.assign(heard=())

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        return self.hear(event, socket)

    def handle_info(self, msg: Any, socket: Socket) -> Socket:
        return self.hear(msg, socket)

    def handle_async(self, name: Any, result: Any, socket: Socket) -> Socket:
        return self.hear(f"{name}={getattr(result, 'value', 'failed')}", socket)

    def hear(self, msg: str, socket: Socket) -> Socket:
        socket = socket.assign(heard=(*socket.assigns.heard, msg))
        for action in self.rules.get(msg, ()):
            socket = self.act(action, socket)
        return socket

    def act(self, action: tuple[str, ...], socket: Socket) -> Socket:
        match action:
            case ("send", to, msg):
                return socket.send(msg, to=to)
            case ("self", msg):
                return socket.send(msg)
            case ("broadcast", topic, msg):
                return socket.broadcast(topic, msg)
            case ("subscribe", topic):
                return socket.subscribe(topic)
            case ("unsubscribe", topic):
                return socket.unsubscribe(topic)
            case ("write", name, msg):
                self.store[name] = msg
                return socket
            case ("read", name):
                return socket.assign(heard=(*socket.assigns.heard, f"{name}:{self.store.get(name)}"))
            case ("async", name, key):
                return socket.start_async(name, lambda: self.store.get(key))
            case ("cancel", name):
                return socket.cancel_async(name)
            case ("timer", msg, after):
                return socket.send_after(msg, float(after))
            case _:
                raise AssertionError(action)

    render = heex("""
    <p :for={each in @heard}>{each}</p>
    <button :if={"go" in str(@heard)} id="go" phx-click="guarded">Go</button>
    """)


class Passing(Table):
    """Its button is there until something else is heard."""

    render = heex("""
    <p :for={each in @heard}>{each}</p>
    <button :if={@heard and @heard[-1] == "go"} id="go" phx-click="guarded">Go</button>
    """)


@frozen
class Sends:
    """Somebody's event, by its name; or a click on the button, which is not always there."""

    who: str
    view: View
    event: str
    at: int = 0

    @property
    def tab(self) -> int:
        return self.view.browser

    def do(self, sim: Stage) -> Sends:
        view = sim.view(self.view)
        if self.event == "click":
            view.element("#go").render_click()
        else:
            view.event("click", self.event)
        return self

    def __str__(self) -> str:
        return f"{self.who} {self.event}"


@frozen
class System:
    """A world, what people do in it, and which faults may happen."""

    sim: Simulation
    deeds: tuple[Sends, ...]
    faults: Faults

    def player(self) -> Player:
        return Player(stage(self.sim), self.deeds, self.faults)


def system(seed: int, *, guards: float = 0, failing: bool = False, drops: int = 0, kind: type[Table] = Table) -> System:
    """The system of a seed."""
    chance = Random(f"system:{seed}")
    sim = Simulation(limit=200)
    sim.store["x"] = sim.store["y"] = None
    count = chance.choice((2, 2, 3))
    views: list[View] = []
    for at in range(count):
        topics = tuple(topic for topic in ("s", "t") if chance.random() < 0.6)
        views.append(sim.live(kind(sim.store, rules(chance, at, count, guards), topics)))
    people = ("Ann", "Ben", "Cyd")
    deeds: list[Sends] = []
    for each in range(chance.choice((1, 2, 2, 3))):
        at = each % count
        deeds.append(Sends(people[at], views[at], chance.choice(("1a", "1b"))))
    if guards:
        at = chance.randrange(count)
        deeds.append(Sends(people[at], views[at], "click"))
    return System(sim, tuple(deeds), Faults(tasks=1 if failing else 0, drops=drops))


def rules(chance: Random, at: int, count: int, guards: float) -> Rules:
    """What one process does at each message; at a message of one layer it makes those of the next."""
    found: Rules = {}
    for layer in range(1, LAYERS):
        for letter in "ab":
            if chance.random() < (0.9 if layer == 1 else 0.45):
                size = chance.choice((1, 1, 2))
                found[f"{layer}{letter}"] = tuple(action(chance, layer, at, count, guards) for _ in range(size))
    found["guarded"] = (("write", "x", f"guarded {at}"),)
    return found


def action(chance: Random, layer: int, at: int, count: int, guards: float) -> tuple[str, ...]:
    """Something that a process does."""
    msg = f"{layer + 1}{chance.choice('ab')}"
    if guards and chance.random() < guards:
        msg = "go"
    kind = chance.choice(
        (
            "send",
            "send",
            "self",
            "broadcast",
            "broadcast",
            "subscribe",
            "unsubscribe",
            "write",
            "read",
            "async",
            "cancel",
            "timer",
        )
    )
    match kind:
        case "send":
            return kind, f"phx-{chance.choice([each for each in range(count) if each != at]) + 1}", msg
        case "self":
            return kind, msg
        case "broadcast":
            return kind, chance.choice("st"), msg
        case "subscribe" | "unsubscribe":
            return kind, chance.choice("st")
        case "write":
            return kind, chance.choice("xy"), f"{at}{msg}"
        case "read":
            return kind, chance.choice("xy")
        case "async":
            return kind, chance.choice(("w", "v")), chance.choice("xy")
        case "cancel":
            return kind, chance.choice(("w", "v"))
        case _:
            return "timer", msg, chance.choice("12")


def outcome(here: Situation) -> tuple[Any, ...]:
    """What can be told of an end."""
    world = here.world
    heard = tuple(
        None if line.process is None or not line.joined else line.process.socket.assigns.heard
        for _, line in sorted(world.lines.items())
    )
    return heard, world.store.get("x"), world.store.get("y"), here.done


FAULTS = (Drop, Crash, Fail)


class TooMany(Exception):
    """There are more schedules than anybody wants to go through."""


def every_schedule(given: System, most: int) -> Iterator[tuple[Any, ...]]:
    """The outcome of every schedule there is, one after the other, without any cleverness. Raises `TooMany`."""
    player = given.player()
    count = 0
    stack = [player.start(player.sim.world)]
    while stack:
        here = stack.pop()
        offered = choices_of(player, here)
        made = [(choice, player.make(here, choice, about)) for choice, about in offered]
        possible = [(choice, there[0]) for choice, there in made if there is not None]
        if all(isinstance(choice, FAULTS) for choice, _ in possible):  # none of them has to happen
            count += 1
            if count > most:
                raise TooMany
            yield outcome(here)
        stack.extend(there for _, there in possible)
