"""An optimistic toggle: shown at once, saved behind it, taken back if saving fails.

A task knows what is saved and what is wanted. A click changes what is wanted and starts saving it; a second click while that is
under way cancels it. When saving fails what is wanted falls back to what is saved, and the page says so. To fail, the
saving function *raises*: a returned error would be a success with an odd value.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from attrs import evolve, frozen

from liveview_core import AsyncExit, AsyncOk, LiveView, Socket, heex
from liveview_testing import Simulation, Step


@frozen
class Task:
    """Something that is done or not: as it is saved, and as it is wanted."""

    id: int
    title: str
    saved: bool = False
    wanted: bool = False


def save_nowhere(id: int, done: bool) -> bool:
    """What is saved in the end."""
    return done


class TasksLive(LiveView):
    """`save(id, done)` saves, and returns what is saved now; or raises."""

    def __init__(self, save: Callable[[int, bool], bool] = save_nowhere) -> None:
        self.save = save

    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(tasks={1: Task(1, "buy milk"), 2: Task(2, "call Ben")})

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        match event, params:
            case "toggle", {"id": str(id)} if id.isdecimal() and int(id) in socket.assigns.tasks:
                task: Task = socket.assigns.tasks[int(id)]
                if task.wanted != task.saved:  # being saved just now
                    socket = socket.cancel_async(("save", task.id))
                return self.start_saving(socket, evolve(task, wanted=not task.wanted))
            case _:
                return socket

    def start_saving(self, socket: Socket, task: Task) -> Socket:
        socket = put(socket.clear_flash(), task)
        if task.wanted == task.saved:
            return socket
        return socket.start_async(("save", task.id), lambda: self.save(task.id, task.wanted))

    def handle_async(self, name: Any, result: Any, socket: Socket) -> Socket:
        _, id = name
        task: Task = socket.assigns.tasks[id]
        match result:
            case AsyncOk(saved):
                return put(socket, evolve(task, saved=saved, wanted=saved))
            case AsyncExit(("shutdown", "cancel")):
                return socket
            case _:
                rolled_back = put(socket, evolve(task, wanted=task.saved))
                return rolled_back.put_flash("error", f"“{task.title}” could not be saved: {result}")

    render = heex("""
    <main>
      <p :if={@flash.get("error")} class="error">{@flash["error"]}</p>
      <ul>
        <li :for={task in @tasks.values()} :key={task.id} id={f"task-{task.id}"}>
          <button phx-click="toggle" phx-value-id={task.id} aria-pressed={str(task.wanted).lower()}>{task.title}</button>
          <i :if={task.wanted != task.saved}>saving</i>
        </li>
      </ul>
    </main>
    """)


def put(socket: Socket, task: Task) -> Socket:
    """The socket with one task as it is now."""
    return socket.update("tasks", lambda tasks: {**tasks, task.id: task})


def story(sim: Simulation) -> Iterator[Step]:
    """One is saved, one fails and rolls back, one is clicked twice."""
    sim.tasks.hold()
    ann = sim.live(TasksLive)
    milk, ben = ann.element("#task-1 button"), ann.element("#task-2 button")
    milk.render_click()
    yield Step("Done at once, saved behind it", Ann=ann)
    assert ann.has_element("#task-1 button[aria-pressed=true]")

    sim.tasks.run(("save", 1))
    yield Step("Saved: only the little word goes", Ann=ann.element("#task-1"))
    assert not ann.has_element("#task-1 i")

    ben.render_click()
    sim.tasks.fail(("save", 2), "no connection")
    yield Step("This one could not be saved: it is as it was, and the page says why", Ann=ann)
    assert ann.has_element("#task-2 button[aria-pressed=false]")
    assert ann.has_element(".error", "no connection")

    ben.render_click()
    ben.render_click()
    yield Step("Twice in a row is no change: the first save is cancelled, none is started", Ann=ann)
    assert ann.has_element("#task-2 button[aria-pressed=false]")
    assert not sim.tasks.pending


if __name__ == "__main__":
    from liveview_testing.command_line.main import tell

    tell(__file__)
