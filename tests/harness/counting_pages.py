"""Pages for the judge: views that take every event, and show what they were told."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from liveview_core import LiveComponent, LiveView, Route, Router, heex
from liveview_testing import View, live

State = dict[str, Any]


class Box(LiveComponent):
    """A component that counts its events."""

    def mount(self, socket: Any) -> Any:
        return socket.assign(n=0, last="")

    def handle_event(self, event: str, params: Any, socket: Any) -> Any:
        return socket.update("n", lambda n: n + 1).assign(last=event)

    render = heex("""<div id={f'box-{@id}'}><i>{@n} {@last}</i></div>""")


def page(template: str, names: State | None = None, *, state: State | None = None, **handlers: Any) -> type[LiveView]:
    """A view that counts events, and does what `handlers` say for an event of their name: `(socket, params) -> socket`."""
    given: State = {"n": 0, "last": "", "form": {}, **(state or {})}

    class Counting(LiveView):
        def mount(self, params: Any, session: Any, socket: Any) -> Any:
            socket = socket.assign(**given)
            begin: Callable[[Any], Any] | None = handlers.get("begin")
            return socket if begin is None else begin(socket)

        def handle_params(self, params: Any, uri: str, socket: Any) -> Any:
            return socket

        def handle_event(self, event: str, params: Any, socket: Any) -> Any:
            socket = socket.update("n", lambda n: n + 1).assign(last=event)
            handler = handlers.get(event)
            return socket if handler is None else handler(socket, params)

        def handle_info(self, message: Any, socket: Any) -> Any:
            """A message is a change of the state: a mapping, or a function of the socket."""
            return message(socket) if callable(message) else socket.assign(**message)

        render = heex(template, names=names) if names else heex(template)

    return Counting


def events(both: Any) -> list[str]:
    """The names of the events that both clients have sent."""
    return [payload.get("event", name) for name, payload in both.frames]


def routed(view: type[LiveView]) -> View:
    """The view at /a, where it can patch its address."""
    return live("/a", router=Router([Route("/a", view), Route("/b", view)]))
