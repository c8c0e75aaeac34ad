"""Views that cannot be, and routes that are seldom written: what is said, and where."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest

from liveview_core import Cont, Halt, LiveComponent, LiveView, Route, Router, Socket, heex
from liveview_core.errors import BadOption
from liveview_core.rendering.rendered import rendered_to_text
from liveview_core.socket.tasks import _holds_socket
from liveview_core.values.assigns import Assigns
from liveview_testing import Simulation, live


@pytest.mark.parametrize(
    ("name", "value", "cure"),
    [
        ("handle_event", "x", "write a method: def handle_event(self, …)"),
        ("render", "<p></p>", "compile it: render = heex('<p></p>')"),
        ("render", heex("<p></p>")(Assigns({})), "give the template itself"),
        ("render", 1, 'write `render = heex("""…""")`'),
    ],
)
def test_a_callback_that_is_data(name: str, value: object, cure: str) -> None:
    with pytest.raises(BadOption) as raised:
        type("Wrong", (LiveView,), {name: value})
    assert f"Wrong.{name} is " in str(raised.value)
    assert cure in str(raised.value)


class Files(LiveView):
    def handle_params(self, params: Any, uri: str, socket: Socket) -> Socket:
        return socket.assign(rest=params["rest"])

    render = heex("<p>{'/'.join(@rest)}</p>")


def test_a_glob_behind_text() -> None:
    router = Router([Route("/files/v*rest", Files)])
    assert Simulation(router).live("/files/v1/a").element("p").text == "1/a"
    assert router.match("/files/1/a") is None
    assert router.match("/files") is None


class Child(LiveComponent):
    def mount(self, socket: Socket) -> Socket:
        return socket.assign(n=0).attach_hook("first", "handle_event", self.first)

    def first(self, event: str, params: Any, socket: Socket) -> Any:
        return Halt(socket.update("n", lambda n: n + 1)) if event == "stop" else Cont(socket)

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        return socket.update("n", lambda n: n + 10)

    render = heex(
        '<p id={@id}><b phx-click="stop" phx-target={@myself}>{@n}</b><i phx-click="go" phx-target={@myself}></i></p>'
    )


class Parent(LiveView):
    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(shows="component")

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        return socket.assign(shows=event)

    render = heex("""
    <main>
      <%= if @shows == "component": %><.live_component module={Child} id="c" /><% else: %><u>{@shows}</u><% end %>
    </main>
    """)


def test_a_hook_of_a_component_halts_its_event() -> None:
    view = live(Parent)
    view.element("#c b").render_click()
    assert view.element("#c b").text == "1"
    view.element("#c i").render_click()
    assert view.element("#c b").text == "11"


def test_options_of_cont_are_of_mount() -> None:
    class Wrong(Child):
        def first(self, event: str, params: Any, socket: Socket) -> Any:
            return Cont(socket, temporary_assigns={"n": 0})

    view = live(heex_view(Wrong))
    with pytest.raises(Exception, match="options of Cont are for on_mount hooks only"):
        view.element("#c b").render_click()


def heex_view(kind: type[LiveComponent]) -> type[LiveView]:
    """A view that shows one component."""

    class Shows(LiveView):
        render = heex('<main><.live_component module={kind} id="c" /></main>', names={"kind": kind})

    return Shows


def test_tags_give_way_to_a_component_and_come_back() -> None:
    view = live(Parent)
    for shows in ("tags", "component", "other"):
        view.render_hook(shows, {})
    assert view.element("u").text == "other"


def test_a_component_with_state_is_no_text() -> None:
    with pytest.raises(Exception, match="a live component cannot be converted to text"):
        rendered_to_text(heex('<.live_component module={Child} id="c" />')(Assigns({})))


def test_functions_that_carry_a_socket() -> None:
    socket = Socket()
    assert _holds_socket(partial(print, socket))
    assert not _holds_socket(partial(partial(partial(lambda: None))))

    def later() -> Any:
        return never

    if not socket:
        never = 1
    assert not _holds_socket(later)
