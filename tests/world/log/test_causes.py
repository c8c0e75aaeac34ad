"""What led to what: the number of the happening that sent a message, set a timer or started a task."""

from __future__ import annotations

from typing import Any

from liveview_core import LiveView, Socket, heex
from liveview_testing import Simulation, View


class Desk(LiveView):
    """Passes on what it is told, by every way there is."""

    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.subscribe("desk").assign(heard=())

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        match event:
            case "two":
                return socket.send("one").send("two")
            case "tell":
                return socket.broadcast("desk", "hello")
            case "later":
                return socket.send_after("late", 1).send_after("later", 2)
            case "every":
                return socket.send_interval("tick", 1)
            case "push":
                return socket.push_patch("/?at=2")
            case _:
                return socket.start_async("work", lambda: 1)

    def handle_params(self, params: Any, uri: str, socket: Socket) -> Socket:
        return socket

    def handle_info(self, msg: Any, socket: Socket) -> Socket:
        socket = socket.assign(heard=(*socket.assigns.heard, msg))
        return socket.send("after one") if msg == "one" else socket

    def handle_async(self, name: Any, result: Any, socket: Socket) -> Socket:
        return socket.send("done")

    render = heex("""<button phx-click="tell">Tell</button><p>{str(@heard)}</p>""")


def desk() -> View:
    return Simulation().live(Desk)


def test_what_the_test_does_follows_from_nothing() -> None:
    sim = Simulation()
    view = sim.live(Desk)
    view.send("a")
    sim.broadcast("desk", "b")
    view.render_click("none")
    assert [each.cause for each in sim.history[:4]] == [0, 0, 0, 0]


def test_messages_that_wait_at_once_are_told_apart() -> None:
    """By the sender alone they could not: both are the same process."""
    view = desk()
    view.render_click("two")
    told = [(each.number, each.cause) for each in view.sim.history]
    assert told == [(1, 0), (2, 0), (3, 2), (4, 2), (5, 3)]


def test_a_broadcast_follows_from_the_step_that_sent_it() -> None:
    sim = Simulation()
    ann, ben = sim.live(Desk), sim.live(Desk)
    ann.render_click("tell")
    ben.render_click("tell")
    first, second = [each.number for each in sim.history if each.event == "event"]
    heard = [each.cause for each in sim.history if each.origin == "broadcast"]
    assert heard == [first, first, second, second]


def test_timers_follow_from_the_step_that_set_them() -> None:
    view = desk()
    view.render_click("later")
    view.render_click("tell")
    view.sim.clock.advance(2.5)
    told = [(each.payload, each.cause) for each in view.sim.history if each.origin == "timer"]
    assert told == [("late", 2), ("later", 2)]
    again = desk()
    again.render_click("every")
    again.sim.clock.advance(2.5)
    assert [(each.origin, each.cause) for each in again.sim.history[2:]] == [("timer", 2), ("timer", 2)]


def test_tasks_follow_from_the_step_that_started_them_whoever_answers() -> None:
    for mode in ("run", "resolve", "fail"):
        sim = Simulation(tasks="hold")
        view = sim.live(Desk)
        view.render_click("work")
        view.render_click("tell")
        started = next(each.number for each in sim.history if each.event == "event")
        sim.tasks.run() if mode == "run" else getattr(sim.tasks, mode)("work")
        answered = next(each for each in sim.history if each.origin == "task")
        assert answered.cause == started
        assert sim.history[-1].cause == answered.number


def test_frames_of_a_tab_carry_it_over_the_link() -> None:
    """What a person does follows from nothing, however late it arrives; what a tab answers, from what it heard."""
    sim = Simulation()
    page = sim.page(Desk)
    page.network.latency(0.1)
    before = sim.world.count
    page.get_by_role("button", name="Tell").click()
    sim.clock.advance(1)
    clicked, heard = sim.since(before)
    assert (clicked.cause, heard.cause) == (0, clicked.number)


def test_a_crash_follows_from_its_message_and_what_comes_of_it_from_the_crash() -> None:
    class Fragile(Desk):
        def handle_info(self, msg: Any, socket: Socket) -> Socket:
            raise ValueError(msg)

    sim = Simulation(crashes="restart")
    view = sim.live(Fragile)
    view.render_click("tell")
    sim.clock.advance(5)
    _, clicked, crashed, joined = sim.history
    assert (crashed.cause, joined.cause) == (clicked.number, crashed.number)


def test_what_is_kept_of_the_log_keeps_it() -> None:
    sim, whole = Simulation(history=5), Simulation()
    for world in (sim, whole):
        view = world.live(Desk)
        for _ in range(60):
            view.render_click("two")
    assert [each.cause for each in sim.history] == [each.cause for each in whole.history[-5:]]
