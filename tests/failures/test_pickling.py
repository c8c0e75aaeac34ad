"""`pickling`: a world is no value to send about; what was done in it is."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable
from typing import Any

import pytest

from liveview_core import LiveView, Socket, heex
from liveview_core.errors import LiveViewError
from liveview_testing import Script, Simulation, replay
from liveview_testing.failures.pickling import NotPickled


class CountLive(LiveView):
    """Counts."""

    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(count=0)

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        return socket.assign(count=socket.assigns.count + 1)

    render = heex("<button phx-click='more'>{@count}</button>")


def lived(acts: int = 3) -> Simulation:
    sim = Simulation()
    view = sim.live(CountLive)
    for _ in range(acts):
        view.element("button").render_click()
    return sim


PARTS: dict[str, Callable[[Simulation], Any]] = {
    "simulation": lambda sim: sim,
    "fork": lambda sim: sim.fork(),
    "world": lambda sim: sim.world,
    "message": lambda sim: sim.world.last,
    "line": lambda sim: next(iter(sim.world.lines.values())),
    "view": lambda sim: sim.views[0],
    "page": lambda sim: sim.page(CountLive),
    "element": lambda sim: sim.views[0].element("button"),
    "locator": lambda sim: sim.page(CountLive).locator("button"),
    "clock": lambda sim: sim.clock,
    "tasks": lambda sim: sim.tasks,
}


@pytest.mark.parametrize("done", [pickle.dumps, copy.deepcopy])
@pytest.mark.parametrize("part", PARTS)
def test_a_world_says_what_to_send_instead(part: str, done: Callable[[Any], Any]) -> None:
    sim = lived()
    given = PARTS[part](sim)
    before = sim.digest
    with pytest.raises(NotPickled, match="neither pickled nor copied deeply") as caught:
        done([given])
    assert isinstance(caught.value, LiveViewError)
    assert "sim.script.to_json()" in str(caught.value)
    assert "sim.fork()" in str(caught.value)
    assert sim.digest == before


def test_a_long_world_is_told_the_same() -> None:
    sim = lived(1000)
    for given in (sim, sim.world, sim.world.last):
        with pytest.raises(NotPickled):
            pickle.dumps(given)


def test_a_simulation_is_forked_not_copied() -> None:
    sim = lived()
    with pytest.raises(NotPickled, match=r"sim\.fork\(\)"):
        copy.copy(sim)
    assert copy.copy(sim.world) is sim.world


def test_the_cures_are_true() -> None:
    sim = lived()
    sent = pickle.loads(pickle.dumps(sim.script.to_json()))
    assert replay(Script.from_json(sent)).digest == sim.digest
    assert sim.fork().digest == sim.digest


def test_a_script_is_pickled() -> None:
    script = lived().script
    again = pickle.loads(pickle.dumps(script))
    assert again == script
    assert replay(again).digest == lived().digest
    assert copy.deepcopy(script).acts[1].line == script.acts[1].line is not None
    assert again.acts[1].line is None
