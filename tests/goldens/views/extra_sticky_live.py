"""Golden `extra_sticky_live`: a sticky nested LiveView beside a plain one."""

# As recorded: an event without a clause is an error.
# pyright: reportMatchNotExhaustive=false

from __future__ import annotations

from typing import Any

from liveview_core import LiveView, Ok, heex
from liveview_core.components import live_render

__all__ = ["live_render", "view"]


class PlayerLive(LiveView):
    def mount(self, params: Any, session: Any, socket: Any) -> Any:
        return Ok(socket.assign(song=session["song"], playing=False), layout=False)

    def handle_event(self, event: str, params: Any, socket: Any) -> Any:
        match event:
            case "play":
                return socket.update("playing", lambda playing: not playing)

    render = heex(r"""
    <button id={f"play-{@song}"} phx-click="play">{"stop" if @playing else "play"} {@song}</button>
    """)


class StickyLive(LiveView):
    def mount(self, params: Any, session: Any, socket: Any) -> Any:
        return socket.assign(n=0)

    def handle_params(self, params: Any, uri: str, socket: Any) -> Any:
        return socket.assign(page=params.get("page"))

    def handle_event(self, event: str, params: Any, socket: Any) -> Any:
        match event:
            case "n":
                return socket.update("n", lambda n: n + 1)

    render = heex(r"""
    <main>
      <button id="n" phx-click="n">{@n} {@page}</button>
      {live_render(@socket, PlayerLive, id="player", session={"song": "Blue"}, sticky=True)}
      {live_render(@socket, PlayerLive, id="plain", session={"song": "Red"}, container=("aside", {"class": "x"}))}
    </main>
    """)


view = StickyLive
