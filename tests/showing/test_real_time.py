"""How the time of a served world passes: by itself, not at all, or as far as somebody says. The machine's clock is the test's."""

from __future__ import annotations

import asyncio
from typing import Any

from liveview_core import LiveView, Socket, heex
from liveview_core.views.router import Route, Router
from liveview_testing.showing.connections.real_time import Mode
from liveview_testing.showing.pages import Shape
from liveview_testing.showing.session.showroom import Showroom
from liveview_testing.showing.targets import Person, Shown
from tests.showing.test_served import Browser


class TickingLive(LiveView):
    """Counts the seconds."""

    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return (socket.send_after("tick", 1) if socket.connected else socket).assign(count=0)

    def handle_info(self, msg: Any, socket: Socket) -> Socket:
        return socket.update("count", lambda count: count + 1).send_after("tick", 1)

    render = heex("<h1>{@count}</h1>")


class Machine:
    """A clock in a test's hands."""

    now = 100.0


def opened(mode: Mode) -> tuple[Showroom, Machine]:
    machine = Machine()
    room = Showroom([Shown("test", "", Router([Route("/", TickingLive)]), (Person("Ann"),))], mode=mode)
    room.begin(lambda: machine.now)
    room.open("/", "a", {}, Shape("csrf"))
    Browser(room, "a").join()
    return room, machine


def count(room: Showroom) -> str:
    process = room.world.world.lines["phx-1"].process
    assert process is not None
    return str(process.socket.assigns.count)


def test_real_time_follows_the_machine() -> None:
    room, machine = opened("real")
    began = room.world.world.now
    machine.now += 2.5
    room.pacer.catch_up()
    assert (count(room), room.world.world.now - began) == ("2", 2_500_000)
    room.pacer.turn("paused")
    machine.now += 10
    room.pacer.catch_up()
    assert count(room) == "2"
    room.pacer.turn("real")  # what passed meanwhile has not passed in the world
    machine.now += 0.5
    room.pacer.catch_up()
    assert count(room) == "3"


def test_a_step_goes_to_what_is_due_next() -> None:
    room, _ = opened("paused")
    assert room.pacer.step()
    assert count(room) == "1"


def test_nothing_is_due_where_nothing_waits() -> None:
    room = Showroom([Shown("test", "", Router([Route("/", TickingLive)]), ())], mode="paused")
    room.begin(lambda: 0.0)
    assert not room.pacer.step()
    assert room.first_path == "/"


def test_the_pacer_sleeps_until_something_is_due(monkeypatch: Any) -> None:
    """Not longer, not shorter; paused it sleeps until it is woken."""
    room, machine = opened("real")
    slept: list[float | None] = []

    async def wait_for(woken: Any, timeout: float | None) -> None:
        woken.close()
        slept.append(timeout)
        if timeout is None:
            raise asyncio.CancelledError
        machine.now += timeout
        if len(slept) == 2:
            room.pacer.mode = "paused"
            return
        raise TimeoutError

    monkeypatch.setattr(asyncio, "wait_for", wait_for)
    try:
        asyncio.run(room.pacer.run())
    except asyncio.CancelledError:
        slept.append(-1)
    assert slept == [1.0, 1.0, None, -1]
    assert count(room) == "1"
