"""What exploring costs: a fork, a choice without and with fingerprints, how many choices a small room takes, what is remembered of
a world.

Yardstick: the same deliveries through `sim.client`; for the room every schedule there is; for memory the room of a page.
"""

from __future__ import annotations

import gc
import tracemalloc
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from functools import partial
from time import process_time
from typing import Any

from attrs import evolve

from benchmarks.pages import CounterLive
from benchmarks.yardstick import Measured, Result, measure
from liveview_core import LiveView, Socket, heex, to_form
from liveview_testing import Exploration, Simulation, explore
from liveview_testing.properties.exploring.fingerprints import FRESH, Fingerprints
from liveview_testing.properties.exploring.people import deeds_of
from liveview_testing.properties.exploring.searching import Search
from liveview_testing.properties.exploring.simulations import stage
from liveview_testing.properties.exploring.transitions import Player, Situation

__all__ = ["RoomLive", "results"]

WORLD = 2_500
"""So many bytes are remembered of a world that was looked at: its digest, how it was come to, and what its choices touched."""

ALIVE = 20_000
"""So many bytes are kept of a world that waits: what it changed."""


class RoomLive(LiveView):
    """A room: who says something says it to all that are there."""

    def mount(self, params: object, session: Any, socket: Socket) -> Socket:
        return socket.subscribe("room").assign(me=session["name"], form=to_form({"text": ""})).stream("messages", [])

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        said = {"id": f"{socket.assigns.me}{params['text']}", "text": params["text"]}
        return socket.stream_insert("messages", said).broadcast_from("room", said)

    def handle_info(self, msg: Any, socket: Socket) -> Socket:
        return socket.stream_insert("messages", msg)

    render = heex("""
    <main>
      <h1>{@me}</h1>
      <ul id="messages" phx-update="stream"><li :for={id, said in @streams.messages} id={id}>{said["text"]}</li></ul>
      <.form for={@form} id="say" phx-submit="say"><input name="text" value={@form["text"].value} /></.form>
    </main>
    """)


class TodosLive(LiveView):
    """A list that two people share: it is in the store, and who changes it says so to all."""

    def __init__(self, store: Any) -> None:
        self.store = store

    def mount(self, params: object, session: object, socket: Socket) -> Socket:
        todos: dict[int, tuple[str, bool]] = self.store["todos"]
        return socket.subscribe("todos").stream("todos", [self._shown(each) for each in todos])

    def _shown(self, number: int) -> dict[str, Any]:
        title, done = self.store["todos"][number]
        return {"id": number, "title": title, "done": done}

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        number, todos = int(params["number"]), dict(self.store["todos"])
        if number not in todos:
            return socket
        title, done = todos[number]
        match event:
            case "toggle":
                todos[number] = title, not done
            case "rename":
                todos[number] = params["title"], done
            case _:
                del todos[number]
        self.store["todos"] = todos
        return socket.broadcast("todos", ("changed" if number in todos else "deleted", number))

    def handle_info(self, msg: Any, socket: Socket) -> Socket:
        kind, number = msg
        if kind == "deleted" or number not in self.store["todos"]:
            return socket.stream_delete("todos", {"id": number})
        return socket.stream_insert("todos", self._shown(number))

    render = heex("""
    <main>
      <ul id="todos" phx-update="stream">
        <li :for={id, todo in @streams.todos} id={id}>
          <b class={"done" if todo["done"] else "open"}>{todo["title"]}</b>
          <button class="toggle" phx-click="toggle" phx-value-number={todo["id"]}>toggle</button>
          <button class="delete" phx-click="delete" phx-value-number={todo["id"]}>delete</button>
          <form phx-submit="rename"><input type="hidden" name="number" value={todo["id"]} /><input name="title" /></form>
        </li>
      </ul>
    </main>
    """)


def _todos() -> tuple[Simulation, Any, Any]:
    """Two people do two things each to one list."""
    sim = Simulation()
    sim.store["todos"] = {1: ("milk", False), 2: ("bread", False), 3: ("tea", True)}
    ann, ben = sim.live(TodosLive(sim.store)), sim.live(TodosLive(sim.store))
    with sim.concurrently() as acts:
        ann.element("#todos-1 .toggle").render_click()
        ann.form("#todos-2 form", {"title": "rolls"}).render_submit()
        ben.form("#todos-1 form", {"title": "oat milk"}).render_submit()
        ben.element("#todos-3 .delete").render_click()
    return sim, ann, acts


def _room(people: int = 2) -> tuple[Simulation, list[Any]]:
    sim = Simulation()
    return sim, [sim.live(RoomLive, session={"name": name}) for name in ("Ann", "Ben", "Cyd")[:people]]


def _said(messages: int) -> tuple[Simulation, Any]:
    sim, people = _room()
    with sim.concurrently() as acts:
        for number in range(messages):
            for each in people:
                each.form("#say", {"text": f"hi {number}"}).render_submit()
    return sim, acts


class _Chosen:
    """Deliveries in the usual order, each chosen from what there is."""

    def __init__(self, sim: Simulation, acts: Any) -> None:
        self.player = Player(stage(sim), deeds_of(sim, acts))
        begun = self.player.start(self.player.sim.world)
        first = next(self.player.offers(begun))
        made = self.player.make(begun, *first)
        assert made is not None
        self.here: Situation = made[0]
        self.prints = Fingerprints()
        self.known = self.prints.of(self.here.world, FRESH, self.here[1:])[1]

    def follow(self) -> None:
        here = self.here
        while offered := list(self.player.offers(here)):
            made = self.player.make(here, *offered[0])
            assert made is not None
            here = made[0]

    def printed(self) -> None:
        here, known = self.here, self.known
        while offered := list(self.player.offers(here)):
            made = self.player.make(here, *offered[0])
            assert made is not None
            here = made[0]
            known = self.prints.of(here.world, known, here[1:])[1]


def _plainly(sim: Simulation, chosen: _Chosen) -> Callable[[], object]:
    """The same deliveries in the same world, none of which is chosen."""
    assert chosen.here.world.mailboxes is not None
    (frame,) = chosen.here.world.mailboxes
    ((_, (view, _)),) = chosen.here.world.mailboxes.boxes
    begun = evolve(chosen.here.world, mailboxes=None)

    def deliver() -> None:
        sim._current.world = begun
        sim.client(view, frame.event, frame.payload)

    return deliver


def _choosing() -> Iterator[Result]:
    sim = Simulation()
    view = sim.live(CounterLive)
    with sim.concurrently() as acts:
        view.render_click("inc")
    chosen = _Chosen(sim, acts)
    deliver = _plainly(sim, chosen)
    yield Result("a fork, beside a click on the counter", measure(sim.fork, deliver), 0.12)
    yield Result("a click on the counter that is chosen", measure(chosen.follow, deliver), 2.7)

    sim, (ann, _) = _room()
    with sim.concurrently() as acts:
        ann.form("#say", {"text": "hi"}).render_submit()
    chosen = _Chosen(sim, acts)
    deliver = _plainly(sim, chosen)
    yield Result("room: deliveries that are chosen", measure(chosen.follow, deliver, seconds=0.004), 1.5)
    yield Result("the same, with their fingerprints", measure(chosen.printed, deliver, seconds=0.004), 2.5)


# --- a whole search -----------------------------------------------------------------------------------------------------


@contextmanager
def _searches() -> Generator[list[Search]]:
    """The searches that run meanwhile."""
    found: list[Search] = []
    run = Search.run

    def kept(self: Search, start: Situation) -> None:
        found.append(self)
        run(self, start)

    Search.run = kept  # type: ignore[method-assign]
    try:
        yield found
    finally:
        Search.run = run  # type: ignore[method-assign]


def _exploring() -> Iterator[Result]:
    sim, acts = _said(2)
    found: Exploration = explore(sim, acts)
    yield Result("room, 2 people x 2: choices, of all schedules", Measured(found.choices, found.schedules or 1), 0.02)
    yield _all_todos()
    yield from _remembering()


def _all_todos() -> Result:
    """Every world of two people at one list: what a way from one to the next costs, beside a delivery."""
    sim, ann, acts = _todos()
    deliver = partial(sim.client, ann.id, "event", {"type": "click", "event": "toggle", "value": {"number": "1"}})
    times: list[float] = []
    for _ in range(2):
        with _searches() as searches:
            begun = process_time()
            found = explore(sim, acts, laws=False)
            spent = (process_time() - begun) * 1e6
        assert found.exhaustive
        assert found.worlds > 1_000
        times.append(spent / (searches[0].made + searches[0].saved))
    each = measure(deliver, deliver, rounds=40).ours / 3  # the click, and the two who hear of it
    return Result("todos, 2 people x 2, every world: a way, beside a delivery", Measured(min(times), each), 6.7, 2.8)


def _remembering() -> Iterator[Result]:
    """Memory, traced: of worlds that were looked at, and of those that wait, above a quarter of the budget and below."""
    sim, acts = _said(2)
    explore(sim, acts)  # what is learnt at first
    with _searches() as searches:
        gc.collect()
        tracemalloc.start()
        explore(sim, acts)
        gc.collect()
        (search,) = searches
        held = tracemalloc.get_traced_memory()[0]
        tracemalloc.stop()
    yield Result("memory of a world that was looked at", Measured(held / search.visited, WORLD), 1)
    sim, acts = _said(3)
    peaks: list[tuple[float, int]] = []
    for worlds in (400, 800):
        with _searches() as searches:
            gc.collect()
            tracemalloc.start()
            explore(sim, acts, worlds=worlds)
            peak = tracemalloc.get_traced_memory()[1]
            tracemalloc.stop()
            peaks.append((peak, len(searches[0].nodes)))
    (small, few), (large, many) = peaks
    yield Result("memory at its most, per world that was come to", Measured(large / many, ALIVE), 1)
    yield Result("twice the budget: memory, beside", Measured(large / many, small / few), 1.2)


def results() -> list[Result]:
    """Forks, choices, worlds."""
    return [*_choosing(), *_exploring()]
