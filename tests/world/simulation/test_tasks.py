"""Asynchronous work: run, held, resolved, failed."""

from __future__ import annotations

from typing import Any

import pytest

from liveview_core import LiveView, Socket, heex
from liveview_core.errors import BadOption, LiveViewError
from liveview_testing import Simulation, live, replay
from liveview_testing.world.simulation.tasks import NoSuchTask
from tests.harness.views import ClockLive


def test_tasks_run_after_the_loading_diff() -> None:
    """The loading state reaches the browser before the task starts, the result after it."""
    view = live(ClockLive)
    before = len(view.wire)
    view.render_click("load")
    assert [frame.payload for frame in view.wire[before + 1 :]] == [
        {"status": "ok", "response": {"diff": {"2": "loading"}}},
        {"2": "AsyncOk(value=42)"},
    ]
    assert view.sim.tasks.pending == []


def test_a_task_that_raises_is_an_exit() -> None:
    """The view survives its task's exception (AY-10)."""
    view = live(ClockLive)
    assert "AsyncExit" in view.render_click("fail")
    assert "ZeroDivisionError" in view.assigns.state


def test_held_tasks_are_the_test_s_to_answer() -> None:
    """Held work is resolved, failed or run by name; a result that nobody waits for is an error."""
    view = live(ClockLive, tasks="hold")
    tasks = view.sim.tasks
    assert "loading" in view.render_click("load")
    assert [work.name for work in tasks.pending] == ["load"]
    other = view.fork()
    tasks.resolve("load", 7)
    assert view.assigns.state == "AsyncOk(value=7)"
    other.sim.tasks.fail("load", "no network")
    assert other.assigns.state == "AsyncExit(reason='no network')"
    with pytest.raises(NoSuchTask) as raised:
        tasks.resolve("load", 8)
    assert str(raised.value) == (
        "no pending task is named 'load'\n"
        "  expected: a task that was started and not answered yet\n"
        "  got: none\n"
        '  cure: tasks run by themselves unless they are held: live(..., tasks="hold")'
    )
    view.render_click("load")
    with pytest.raises(NoSuchTask) as misspelt:
        tasks.run("laod")
    assert str(misspelt.value) == (
        "no pending task is named 'laod'\n"
        "  expected: a task that was started and not answered yet\n"
        "  got: 'load' of phx-1\n"
        "  nearest: load"
    )
    tasks.run("load")
    assert view.assigns.state == "AsyncOk(value=42)"


class PricesLive(LiveView):
    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign_async(["net", "gross"], lambda: {"net": 1, "gross": 2}).start_async("net", lambda: 0)

    def handle_async(self, name: Any, result: Any, socket: Socket) -> Socket:
        return socket

    render = heex("<p>{@gross.result}</p>")


def test_a_key_finds_its_task() -> None:
    """Each of several keys of an `assign_async` does, and the nearest names are keys."""
    view = live(PricesLive, tasks="hold")
    with pytest.raises(NoSuchTask) as misspelt:
        view.sim.tasks.run("gros")
    assert str(misspelt.value) == (
        "no pending task is named 'gros'\n"
        "  expected: a task that was started and not answered yet\n"
        "  got: ('net', 'gross') of phx-1, 'net' of phx-1\n"
        "  nearest: gross"
    )
    with pytest.raises(NoSuchTask, match="2 pending tasks are named 'net'"):
        view.sim.tasks.run("net")
    view.sim.tasks.resolve("gross", {"net": 3, "gross": 4})
    assert view.render() == "<p>4</p>"


async def fetched() -> int:
    return 1


class CoroutineLive(LiveView):
    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        return socket.start_async("load", fetched) if event == "load" else socket.assign_async("total", fetched)

    def handle_async(self, name: Any, result: Any, socket: Socket) -> Socket:
        return socket

    render = heex("<p></p>")


def test_nobody_awaits() -> None:
    """The function of a task returns its value; a coroutine is none, and it is told."""
    view = live(CoroutineLive)
    with pytest.raises(LiveViewError) as raised:
        view.render_click("load")
    assert str(raised.value) == (
        "the function of the task 'load' returned a coroutine, which nobody awaits\n"
        "  expected: a plain function, which returns its value\n"
        "  got: async def fetched\n"
        "  cure: lambda: asyncio.run(fetched())"
    )
    with pytest.raises(LiveViewError, match="which nobody awaits"):
        view.render_click("assign")
    assert view.sim.tasks.pending == []


def test_render_async_and_release() -> None:
    """render_async runs what a view has pending; release lets everything run again."""
    view = live(ClockLive, tasks="hold")
    view.render_click("load")
    assert "AsyncOk" in view.render_async()
    view.render_click("load")
    view.sim.tasks.release()
    assert view.assigns.state == "AsyncOk(value=42)"
    view.sim.tasks.hold()
    view.render_click("load")
    assert view.assigns.state == "loading"
    assert repr(view.sim.tasks) == "Tasks(['load'])"


def test_a_page_may_set_the_mode() -> None:
    """`sim.live(..., tasks="hold")` holds from there on."""
    sim = Simulation()
    view = sim.live(ClockLive, tasks="hold")
    view.render_click("load")
    assert view.assigns.state == "loading"
    other = sim.live(ClockLive)
    other.render_click("load")
    assert len(sim.tasks.pending) == 2
    with pytest.raises(NoSuchTask) as raised:
        sim.tasks.run("load")
    assert str(raised.value) == (
        "2 pending tasks are named 'load'\n"
        "  expected: one\n"
        "  got: 'load' of phx-1, 'load' of phx-2\n"
        "  cure: say whose: tasks.resolve(name, value, view=view), and which: nth=0 is the oldest"
    )
    sim.tasks.resolve("load", 1, view=other)
    assert (view.assigns.state, other.assigns.state) == ("loading", "AsyncOk(value=1)")


def test_of_several_tasks_of_one_name_one_is_said_by_its_number() -> None:
    """A view that begins a task anew has both: of the older one nobody hears."""
    sim = Simulation()
    view = sim.live(ClockLive, tasks="hold")
    view.render_click("load")
    view.render_click("load")
    with pytest.raises(NoSuchTask, match=r"^2 pending tasks are named 'load'\n"):
        sim.tasks.run("load", view=view)
    with pytest.raises(NoSuchTask) as raised:
        sim.tasks.resolve("load", 1, nth=2)
    assert str(raised.value).splitlines()[:2] == [
        "2 pending tasks are named 'load'",
        "  expected: one with the number 2; the oldest has the number 0",
    ]
    with pytest.raises(NoSuchTask, match=r"^2 tasks are pending\n"):
        sim.tasks.run(nth=2)
    sim.tasks.resolve("load", 2, view=view, nth=1)
    assert view.assigns.state == "AsyncOk(value=2)"
    with pytest.raises(NoSuchTask, match=r"^1 pending task is named 'load'\n"):
        sim.tasks.fail("load", nth=1)
    sim.tasks.fail("load", "late", nth=0)
    assert view.assigns.state == "AsyncOk(value=2)"
    assert replay(sim.script).trace == sim.trace


def test_the_mode_is_checked() -> None:
    """A mode that does not exist is refused."""
    with pytest.raises(BadOption) as caught:
        live(ClockLive, tasks="hodl")  # type: ignore[arg-type]
    assert str(caught.value) == (
        "the option tasks is wrong\n  expected: 'run' or 'hold'\n  got: 'hodl'\n  cure: tasks='run'\n  nearest: hold"
    )
