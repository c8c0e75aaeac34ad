"""A router that other modules import: what is written down imports it from here."""

from __future__ import annotations

from typing import Any

from liveview_core import LiveView, Route, Router, Socket, heex


class CounterLive(LiveView):
    """Counts."""

    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(n=0)

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        return socket.update("n", lambda n: n + 1)

    render = heex("""<p>{@n}</p> <button phx-click="more">More</button>""")


ROUTER = Router([Route("/", CounterLive)])
