"""What soaking costs: an act, the memory of a long run, making a failure small, handing out batches.

Yardsticks: a click by hand in the same page; what there was before; half a second, which a batch takes.
"""

from __future__ import annotations

import gc
import tracemalloc
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

from benchmarks.yardstick import Measured, Result, measure
from liveview_core import LiveView, Route, Router, Socket, heex
from liveview_testing import Page, Script, Simulation, shrink
from liveview_testing.properties.soaking.batches import SECONDS, run_batch
from liveview_testing.properties.soaking.running import Ran, Sizes, run_seed
from liveview_testing.properties.soaking.target import Target
from liveview_testing.record.scripts.player import Player

__all__ = ["ListLive", "results"]

BATCH = """def world(sim):
    raise RuntimeError("a batch of no seeds makes no world")
"""


class ListLive(LiveView):
    """A list that several people change; it needs five acts in this order, and time, to break."""

    def mount(self, params: object, session: object, socket: Socket) -> Socket:
        socket = socket.subscribe("list").assign(items=("i1", "i2", "i3"), chosen=None, ready=False)
        return socket.assign(deleted=False, note="", title="")

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        assigns = socket.assigns
        match event:
            case "select":
                return socket.assign(chosen=params["id"]).send_after("ready", 10)
            case "delete":
                return socket.assign(deleted=assigns.ready and assigns.chosen == params["id"])
            case "note":
                return socket.assign(note=params["note"])
            case _:
                if assigns.deleted and assigns.note and len(params["title"]) > 3:
                    raise LookupError(params["title"])
                return socket.assign(title=params["title"]).broadcast_from("list", params["title"])

    def handle_info(self, msg: Any, socket: Socket) -> Socket:
        return socket.assign(ready=True) if msg == "ready" else socket.assign(title=msg)

    render = heex("""
    <main>
      <h1>{@title}</h1>
      <div :for={item in @items} id={item}>
        <button class="select" phx-click="select" phx-value-id={item}>select</button>
        <button class="delete" phx-click="delete" phx-value-id={item}>delete</button>
      </div>
      <form id="memo" phx-change="note"><input name="note" value={@note} /></form>
      <form id="rename" phx-submit="rename"><input name="title" /></form>
    </main>
    """)


ROUTER = Router([Route("/", ListLive)])


def _three(sim: Simulation) -> list[Page]:
    return [sim.page("/") for _ in range(3)]


CALM = Target("a list", _three, ROUTER)


def _calm(page: Any, chance: Random) -> Any:
    item = f"#i{chance.randrange(1, 4)}"
    match chance.randrange(3):
        case 0:
            return page.locator(f"{item} .select").click
        case 1:
            return page.locator(f"{item} .delete").click
        case _:
            return lambda: page.locator("#rename input").press("Enter")


def _seconds_an_act() -> float:
    begun = perf_counter()
    acts = run_seed(CALM, 3, Sizes(3, 60, 1000, swarm=False, hold=False)).acts
    return (perf_counter() - begun) / acts * 1e6


def _an_act() -> Result:
    """A soak's act: what to do is drawn, done, and heard by three people; the laws are not held."""
    sim = Simulation(ROUTER, history=1000)
    pages = [sim.page("/") for _ in range(3)]
    click = pages[0].locator("#i1 .select").click
    _seconds_an_act()
    mine: list[float] = []
    theirs: list[float] = []
    for _ in range(8):
        mine.append(_seconds_an_act())
        theirs.append(measure(click, click, rounds=4).ours)
    return Result("an act of a soak, beside a click by hand", Measured(sorted(mine)[2], sorted(theirs)[2]), 8)


def _memory() -> Result:
    """What a world holds after many acts, beside what it held after a part of them."""
    held: list[int] = []

    def each(ran: Ran) -> None:
        if ran.acts in (400, 1200):
            gc.collect()
            held.append(tracemalloc.get_traced_memory()[0])

    target = Target("a calm list", CALM.make, ROUTER, draw=_calm)
    run_seed(target, 0, Sizes(3, 50, 50, hold=False))
    tracemalloc.start()
    run_seed(target, 1, Sizes(3, 1200, 50, hold=False), each=each)
    tracemalloc.stop()
    return Result("soak, history=50: memory after 1,200 acts beside 400", Measured(held[1], held[0]), 1.2)


# --- shrinking ----------------------------------------------------------------------------------------------------------


def _failing(acts: int) -> Script:
    """What people did who do anything, until one of them found the mistake: so many acts."""
    for seed in range(1000):
        chance, sim = Random(f"shrink:{seed}"), Simulation(ROUTER)
        people = [sim.live("/") for _ in range(3)]
        try:
            while len(sim.script) < acts + 30:
                _anything(chance.choice(people), chance, sim)
        except LookupError:
            script = sim.script.with_failed()
            if acts - 12 <= len(script) <= acts + 12:
                return script
    raise AssertionError("nobody found the mistake")


def _anything(who: Any, chance: Random, sim: Simulation) -> None:
    match chance.randrange(6):
        case 0 | 1:
            kind = chance.choice(("select", "delete"))
            who.element(f"#i{chance.randrange(1, 4)} button.{kind}").render_click()
        case 2:
            who.form("#memo", {"note": chance.choice(("", "milk", "<b>&"))}).render_change()
        case 3:
            who.form("#rename", {"title": chance.choice(("abc", "abcde", "x" * 12))}).render_submit()
        case _:
            sim.clock.advance(chance.choice((1, 7, 30)))


def _shrinking() -> list[Result]:
    script = _failing(84)
    counts, less = [0, 0], script
    do, opened = Player.do, Player.__init__

    def counted(self: Player, act: Any) -> Any:
        counts[0] += 1
        return do(self, act)

    def begun(self: Player, sim: Any) -> None:
        counts[1] += 1
        opened(self, sim)

    Player.do, Player.__init__ = counted, begun  # type: ignore[method-assign]
    try:
        times: list[float] = []
        for _ in range(5):
            counts[:] = [0, 0]
            start = perf_counter()
            less = shrink(script)
            times.append(perf_counter() - start)
    finally:
        Player.do, Player.__init__ = do, opened  # type: ignore[method-assign]
    assert len(less.with_failed()) < 12
    each = min(times) / counts[0] * 1e6
    sim = Simulation(ROUTER)
    button = sim.live("/").element("#i1 button.select")
    click = measure(button.render_click, button.render_click, rounds=40).ours
    return [
        Result(f"shrinking {len(script)} acts to {len(less.with_failed())}: replays", Measured(counts[1], 84), 3.57),
        Result("an act replayed, beside a click by hand", Measured(each, click), 10),
    ]


# --- batches ------------------------------------------------------------------------------------------------------------


def _batches() -> Result:
    """A batch with nothing to run in it, handed to a worker of our own, beside what a batch takes."""
    with TemporaryDirectory() as folder:
        place = Path(folder) / "empty_world.py"
        place.write_text(BATCH)
        options, code = (2, 20, 1000, None, True, True), (0, "")
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
            pool.submit(run_batch, str(place), (), options, code).result()
            times: list[float] = []
            for _ in range(40):
                start = perf_counter()
                pool.submit(run_batch, str(place), (), options, code).result()
                times.append((perf_counter() - start) * 1e6)
    return Result("a batch: what it costs besides, of half a second", Measured(min(times), SECONDS * 1e6), 0.05)


def results() -> list[Result]:
    """Acts, memory, shrinking, batches."""
    return [_an_act(), _memory(), *_shrinking(), _batches()]
