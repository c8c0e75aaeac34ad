"""Our own scenarios with messages in every order and a lost connection anywhere."""

from __future__ import annotations

from typing import Any

from liveview_core import LiveView, Socket, heex
from liveview_testing import Faults, Simulation, eventually, explore
from tests.harness.playing import scenario


def test_the_chat_under_a_lost_connection() -> None:
    """What the other one said is heard, or was said before he was there again; the laws hold everywhere."""
    chat = scenario("room")
    sim = Simulation(chat.ROUTER)
    ann = sim.page("/rooms/tea", session={"name": "Ann"})
    ben = sim.page("/rooms/tea", session={"name": "Ben"})
    with sim.concurrently() as acts:
        ann.locator("#say input").fill("hello")
        ann.locator("#say input").press("Enter")
    found = explore(sim, acts, faults=Faults(drops=1, on=[ben]))
    assert found.failure is None
    assert found.exhaustive
    assert len(found.outcomes) == 2


def test_the_todos_of_two_people() -> None:
    """Two add at the same time: both lists show both, in whatever order."""
    todos = scenario("todos")
    sim = Simulation()
    shared = todos.Todos(sim.store, "home")
    ann, ben = sim.page(todos.TodosLive(shared)), sim.page(todos.TodosLive(shared))
    with sim.concurrently() as acts:
        for page, text in ((ann, "milk"), (ben, "bread")):
            page.locator("#new input").fill(text)
            page.locator("#new input").press("Enter")

    def both(sim: Simulation) -> bool:
        return all(sim.view(page).locator("#todos > li").count() == 2 for page in (ann, ben))

    found = explore(sim, acts, eventually(both, "both see both"), deviations=1)
    assert found.failure is None
    assert found.worlds > 50


class NoteLive(LiveView):
    """A form whose text is nowhere but in the browser until it is saved."""

    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(text="")

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        return socket.assign(text=params["text"])

    render = heex("""
    <form id="note" phx-change="change" phx-submit="change"><input name="text" value={@text} /></form>
    <p>{@text}</p>
    """)


class ForgetfulLive(NoteLive):
    """The same without an id: the client cannot fill it in again."""

    render = heex("""
    <form phx-change="change" phx-submit="change" phx-auto-recover="ignore" id="note">
      <input name="text" value={@text} />
    </form>
    <p>{@text}</p>
    """)


def _note(view: Any) -> Any:
    sim = Simulation()
    ann = sim.page(view)
    with sim.concurrently() as acts:
        ann.locator("#note input").fill("hello")
    kept = eventually(lambda sim: "<p>hello</p>" in sim.view(ann).content(), "the note arrives")
    return explore(sim, acts, kept, faults=Faults(drops=1), raising=False)


def test_a_form_is_kept_over_a_lost_connection() -> None:
    """Whenever the line drops, the text arrives: with the event, or as the form is filled in again."""
    found = _note(NoteLive)
    assert found.failure is None
    assert found.exhaustive
    assert _note(ForgetfulLive).failure is not None
