"""A todo item that is edited where it stands: the component keeps what is being edited, the parent keeps the todos.

The component holds no copy of its todo. It says what the user wants, the parent changes the one list there is, and the change
comes down as an attribute. So nothing is lost when an earlier item goes and the others move up; the items know each
other by `:key` and by the todo's own id, never by their place.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from attrs import evolve, frozen

from liveview_core import LiveComponent, LiveView, Socket, heex
from liveview_testing import Simulation, Step


@frozen
class Todo:
    """Something to do."""

    id: int
    title: str
    done: bool = False


@frozen
class Changed:
    """The user wants this todo to be like that."""

    todo: Todo


@frozen
class Removed:
    """The user wants this todo to go."""

    id: int


class TodoItem(LiveComponent):
    def mount(self, socket: Socket) -> Socket:
        return socket.assign(editing=False, error=None)

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        todo: Todo = socket.assigns.todo
        match event, params:
            case "toggle", _:
                return socket.send(Changed(evolve(todo, done=not todo.done)))
            case "remove", _:
                return socket.send(Removed(todo.id))
            case "edit", _:
                return socket.assign(editing=True, error=None)
            case "cancel", _:
                return socket.assign(editing=False)
            case "save", {"title": str(title)} if title.strip():
                return socket.assign(editing=False, error=None).send(Changed(evolve(todo, title=title.strip())))
            case "save", _:
                return socket.assign(error="a todo needs a title")
            case _:
                return socket

    render = heex("""
    <li id={f"todo-{@todo.id}"} class={["done" if @todo.done else None]}>
      <form :if={@editing} phx-submit="save" phx-target={@myself}>
        <input type="text" name="title" value={@todo.title} />
        <em :if={@error}>{@error}</em>
        <button>Save</button>
        <button type="button" name="cancel" phx-click="cancel" phx-target={@myself}>Cancel</button>
      </form>
      <span :if={not @editing} phx-click="edit" phx-target={@myself}>{@todo.title}</span>
      <button class="toggle" phx-click="toggle" phx-target={@myself}>{"again" if @todo.done else "done"}</button>
      <button class="remove" phx-click="remove" phx-target={@myself}>remove</button>
    </li>
    """)


class TodosLive(LiveView):
    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        titles = ("buy milk", "water the plants", "call Ben")
        return socket.assign(todos=tuple(Todo(id, title) for id, title in enumerate(titles, 1)))

    def handle_info(self, msg: Any, socket: Socket) -> Socket:
        match msg:
            case Changed(todo):
                return socket.update("todos", lambda todos: tuple(todo if t.id == todo.id else t for t in todos))
            case Removed(id):
                return socket.update("todos", lambda todos: tuple(t for t in todos if t.id != id))
            case _:
                return socket

    render = heex("""
    <ul>
      <.live_component :for={todo in @todos} :key={todo.id} module={TodoItem} id={todo.id} todo={todo} />
    </ul>
    """)


def story(sim: Simulation) -> Iterator[Step]:
    """Ann renames a todo, gets one wrong, ticks one off, and removes the first while another is being edited."""
    ann = sim.live(TodosLive)
    yield Step("Three todos", Ann=ann)

    ann.element("#todo-2 span").render_click()
    yield Step("Ann clicks on the second: its component alone goes into editing", Ann=ann.element("#todo-2"))

    ann.form("#todo-2 form", {"title": "  "}).render_submit()
    yield Step("A todo without a title is no todo", Ann=ann.element("#todo-2"))
    assert ann.has_element("#todo-2 em", "needs a title")

    ann.form("#todo-2 form", {"title": "water all the plants"}).render_submit()
    ann.element("#todo-3 .toggle").render_click()
    yield Step("A new title, and the third is done", Ann=ann)

    ann.element("#todo-3 span").render_click()
    ann.element("#todo-1 .remove").render_click()
    yield Step("The first goes: what the others are and were doing stays with them", Ann=ann)
    assert not ann.has_element("#todo-1")
    assert ann.has_element("#todo-2 span", "water all the plants")
    assert ann.has_element("#todo-3.done form input[value='call Ben']")

    ann.element("#todo-3 [name=cancel]").render_click()
    yield Step("Ann leaves the last one as it is", Ann=ann.element("#todo-3"))


if __name__ == "__main__":
    from liveview_testing.command_line.main import tell

    tell(__file__)
