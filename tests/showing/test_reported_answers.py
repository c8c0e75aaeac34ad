"""An answer to a task that was given in the panel, as an act of the test."""

from __future__ import annotations

from typing import Any

import pytest

from liveview_core import LiveView, Socket, heex
from liveview_testing import Simulation
from liveview_testing.record.scripts.player import Player
from liveview_testing.showing.recording.reported_acts import NoAct, _answer


class Working(LiveView):
    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        return socket.start_async("work", lambda: 1)

    def handle_async(self, name: Any, result: Any, socket: Socket) -> Socket:
        return socket

    render = heex('<button phx-click="work">work</button>')


def test_a_task_is_called_by_whose_it_is_and_which() -> None:
    """As far as others have its name."""
    sim = Simulation(tasks="hold")
    ann, ben = sim.page(Working), sim.page(Working)

    def answer(whose: str, nth: int) -> str:
        told = {"whose": whose, "inside": None, "nth": nth, "task": "'work'"}
        return str(_answer(Player(sim), told, "resolve", 2))

    ann.get_by_role("button").click()
    assert answer("Ann", 0) == 'sim.tasks.resolve("work", 2)'
    ben.get_by_role("button").click()
    assert answer("Ann", 0) == 'sim.tasks.resolve("work", 2, view=ann.view)'
    ann.get_by_role("button").click()
    assert answer("Ann", 1) == 'sim.tasks.resolve("work", 2, view=ann.view, nth=1)'
    assert answer("Ben", 0) == 'sim.tasks.resolve("work", 2, view=ben.view)'
    with pytest.raises(NoAct) as told:
        answer("Ben", 1)
    assert str(told.value).splitlines()[0] == "the task 'work' does not wait in the test"
