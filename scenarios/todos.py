"""A todo list for several people at once: a stream of components, and PubSub.

The list is on the pages, not in the sockets: each view streams what it gets and keeps a number. An item is a component, because
only it knows that somebody is editing it. Everybody, the author too, learns of a change in one way: the topic of *this* list
says which todo is how now. So a page is right whoever changed what, and a list that nobody looks at wakes nobody.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from attrs import evolve, frozen

from liveview_core import LiveComponent, LiveView, Socket, heex, to_form
from liveview_testing import Simulation, Step
from liveview_testing.world.simulation.acting import Store


@frozen
class Todo:
    """Something to do."""

    id: int
    title: str
    done: bool = False


@frozen
class Saved:
    """This todo is like that now."""

    todo: Todo


@frozen
class Deleted:
    """This todo is gone."""

    todo: Todo


class Todos:
    """The list where it is kept: `store` stands for a database."""

    def __init__(self, store: Store, name: str) -> None:
        self.store = store
        self.topic = f"todos:{name}"

    def all(self) -> tuple[Todo, ...]:
        """Every todo, oldest first."""
        return tuple(self.store.get(self.topic, {}).values())

    def open(self) -> int:
        """How many are still to be done."""
        return sum(not todo.done for todo in self.all())

    def create(self, title: str) -> Todo:
        """A new todo."""
        todos = self.store.get(self.topic, {})
        return self.save(Todo(max(todos, default=0) + 1, title))

    def save(self, todo: Todo) -> Todo:
        """This todo is like that now."""
        self.store[self.topic] = {**self.store.get(self.topic, {}), todo.id: todo}
        return todo

    def delete(self, todo: Todo) -> None:
        """This todo goes; nothing happens if it is gone."""
        self.store[self.topic] = {id: each for id, each in self.store[self.topic].items() if id != todo.id}


class TodoItem(LiveComponent):
    def mount(self, socket: Socket) -> Socket:
        return socket.assign(editing=False)

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        todos: Todos = socket.assigns.todos
        todo: Todo = socket.assigns.todo
        match event, params:
            case "edit", _:
                return socket.assign(editing=True)
            case "rename", {"title": str(title)} if title.strip():
                socket = socket.assign(editing=False)
                return socket.broadcast(todos.topic, Saved(todos.save(evolve(todo, title=title.strip()))))
            case "toggle", _:
                return socket.broadcast(todos.topic, Saved(todos.save(evolve(todo, done=not todo.done))))
            case "delete", _:
                todos.delete(todo)
                return socket.broadcast(todos.topic, Deleted(todo))
            case _:
                return socket

    render = heex("""
    <div class={["todo", "done" if @todo.done else None]}>
      <input type="checkbox" name="done" checked={@todo.done} phx-click="toggle" phx-target={@myself} />
      <span :if={not @editing} phx-click="edit" phx-target={@myself}>{@todo.title}</span>
      <form :if={@editing} phx-submit="rename" phx-target={@myself}>
        <input type="text" name="title" value={@todo.title} />
      </form>
      <button phx-click="delete" phx-target={@myself}>x</button>
    </div>
    """)


class TodosLive(LiveView):
    """`todos` is the list it shows."""

    def __init__(self, todos: Todos) -> None:
        self.todos = todos

    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        todos = self.todos
        return (
            socket.subscribe(todos.topic)
            .assign(todos=todos, open=todos.open(), form=to_form({"title": ""}))
            .stream("todos", todos.all())
        )

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        match event, params:
            case "change", _:
                return socket.assign(form=to_form(params))
            case "add", {"title": str(title)} if title.strip():
                todo = self.todos.create(title.strip())
                return socket.assign(form=to_form({"title": ""})).broadcast(self.todos.topic, Saved(todo))
            case "add", _:
                return socket.assign(form=to_form(params, errors={"title": "say what there is to do"}))
            case _:
                return socket

    def handle_info(self, msg: Any, socket: Socket) -> Socket:
        match msg:
            case Saved(todo):
                return socket.stream_insert("todos", todo).assign(open=self.todos.open())
            case Deleted(todo):
                return socket.stream_delete("todos", todo).assign(open=self.todos.open())
            case _:
                return socket

    render = heex("""
    <main>
      <.form for={@form} id="new" phx-change="change" phx-submit="add">
        <input type="text" name="title" value={@form["title"].value} placeholder="What is there to do?" />
        <em :for={error in @form["title"].errors}>{error}</em>
      </.form>
      <ul id="todos" phx-update="stream">
        <li :for={dom_id, todo in @streams.todos} id={dom_id}>
          <.live_component module={TodoItem} id={todo.id} todo={todo} todos={@todos} />
        </li>
      </ul>
      <p id="open">{@open} to do</p>
    </main>
    """)


def story(sim: Simulation) -> Iterator[Step]:
    """Ann and Ben share a list; Ben renames a todo while Ann ticks it off."""
    view = TodosLive(Todos(sim.store, "home"))
    ann, ben = sim.live(view), sim.live(view)
    ann.form("#new", {"title": "buy milk"}).render_submit()
    ben.form("#new", {"title": "water the plants"}).render_submit()
    yield Step("Each adds a todo: both pages have both", Ann=ann, Ben=ben)
    assert ann.has_element("#todos-2", "water the plants")
    assert ann.element("#new input").attributes["value"] == ""

    ann.form("#new", {"title": " "}).render_submit()
    yield Step("A todo without a title is Ann's own problem", Ann=ann.element("#new"), Ben=ben.element("#open"))
    assert ann.has_element("#new em")

    ben.element("#todos-1 span").render_click()
    ann.element("#todos-1 input[type=checkbox]").render_click()
    yield Step("Ben edits the first while Ann ticks it off: he goes on editing", Ann=ann, Ben=ben.element("#todos-1"))
    assert ben.has_element("#todos-1 .done form")
    assert ben.has_element("#open", "1 to do")

    ben.form("#todos-1 form", {"title": "buy oat milk"}).render_submit()
    yield Step("His new title is on both pages, and it is still done", Ann=ann.element("#todos-1"), Ben=ben)
    assert ann.has_element("#todos-1 .done", "buy oat milk")

    ann.element("#todos-1 button").render_click()
    cem = sim.live(view)
    yield Step("Ann deletes it; Cem comes later and finds what is left", Ben=ben.element("#todos"), Cem=cem)
    assert not ben.has_element("#todos-1")
    assert cem.has_element("#todos-2", "water the plants")


if __name__ == "__main__":
    from liveview_testing.command_line.main import tell

    tell(__file__)
