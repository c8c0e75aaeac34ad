"""Golden `nested_live`: children by live_render, each with its own topic and join; children added and removed."""

# As recorded: an event without a clause is an error.
# pyright: reportMatchNotExhaustive=false

from __future__ import annotations

from typing import Any

from liveview_core import LiveView, Ok, heex
from liveview_core.components import live_render

__all__ = ["live_render", "view"]


class ChildLive(LiveView):
    def mount(self, params: Any, session: Any, socket: Any) -> Any:
        return Ok(socket.assign(n=session.get("start") or 0, name=session["name"]), layout=False)

    def handle_event(self, event: str, params: Any, socket: Any) -> Any:
        match event:
            case "inc":
                return socket.update("n", lambda n: n + 1)
            case "tell":
                return socket.send(("child", socket.assigns.name, socket.assigns.n), to=socket.parent)

    def handle_info(self, message: Any, socket: Any) -> Any:
        match message:
            case "bump":
                return socket.update("n", lambda n: n + 10)

    render = heex(r"""
    <p>child {@name}: {@n}</p>
    <button class="inc" phx-click="inc">+</button>
    <button class="tell" phx-click="tell">t</button>
    """)


class NestedLive(LiveView):
    def mount(self, params: Any, session: Any, socket: Any) -> Any:
        return socket.assign(heard=None, kids=["k1", "k2"], n=0)

    def handle_event(self, event: str, params: Any, socket: Any) -> Any:
        match event:
            case "kids":
                return socket.assign(kids=params["kids"])
            case "n":
                return socket.update("n", lambda n: n + 1)

    def handle_info(self, message: Any, socket: Any) -> Any:
        match message:
            case ("child", name, n):
                return socket.assign(heard=f"{name}:{n}")

    render = heex(r"""
    <div>
      <b>{@n} {@heard}</b>
      <div :for={k in @kids} :key={k}>{live_render(@socket, ChildLive, id=k, session={"name": k, "start": 5})}</div>
      {live_render(@socket, ChildLive, id="fixed", session={"name": "f"}, container=("section", {"class": "c"}))}
    </div>
    """)


view = NestedLive
