"""The cyclic collector pauses while many messages are delivered, and runs as before afterwards."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from typing import Any

import pytest

from liveview_core import LiveView, Socket, heex
from liveview_testing import Simulation
from liveview_testing.world.simulation.collector import MANY


class HeardLive(LiveView):
    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return (socket.subscribe("all") if socket.connected else socket).assign(heard=None)

    def handle_info(self, msg: Any, socket: Socket) -> Socket:
        return socket.assign(heard=(msg, gc.isenabled()))

    render = heex("<p>{repr(@heard)}</p>")


@pytest.fixture
def collector() -> Iterator[None]:
    """It runs, as it does where nobody has turned it off."""
    was = gc.isenabled()
    gc.enable()
    yield
    (gc.enable if was else gc.disable)()


def crowd(number: int) -> Simulation:
    sim = Simulation()
    for _ in range(number):
        sim.live(HeardLive)
    return sim


@pytest.mark.parametrize(("frozen", "moved"), [(0, ["freeze", "unfreeze"]), (5, [])])
def test_it_pauses_for_many(frozen: int, moved: list[str], collector: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was made meanwhile is old at once; where somebody has frozen objects himself they stay so, and nothing is moved."""
    sim = crowd(MANY + 1)
    calls: list[str] = []
    monkeypatch.setattr(gc, "get_freeze_count", lambda: frozen)
    monkeypatch.setattr(gc, "freeze", lambda: calls.append("freeze"))
    monkeypatch.setattr(gc, "unfreeze", lambda: calls.append("unfreeze"))
    sim.broadcast("all", "hi")
    assert {line.process.socket.assigns.heard for line in sim.world.lines.values() if line.process} == {("hi", False)}
    assert gc.isenabled()
    assert calls == moved


def test_it_does_not_pause_for_few(collector: None) -> None:
    sim = crowd(3)
    sim.broadcast("all", "hi")
    assert {line.process.socket.assigns.heard for line in sim.world.lines.values() if line.process} == {("hi", True)}


def test_where_it_was_off_it_stays_off(collector: None) -> None:
    sim = crowd(MANY + 1)
    gc.disable()
    sim.broadcast("all", "hi")
    assert not gc.isenabled()
