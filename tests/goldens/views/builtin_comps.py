"""Golden `builtin_comps`: dynamic_tag, link, intersperse, focus_wrap, live_title, portal."""

# As recorded: an event without a clause is an error.
# pyright: reportMatchNotExhaustive=false

from __future__ import annotations

from typing import Any

from liveview_core import LiveView, heex
from tests.goldens.elixir import assign_all


class BuiltinComps(LiveView):
    def mount(self, params: Any, session: Any, socket: Any) -> Any:
        return socket.assign(tag="h1", to="/counter", n=1, items=["a", "b"], page_title="Start")

    def handle_event(self, event: str, params: Any, socket: Any) -> Any:
        match event:
            case "set":
                return assign_all(socket, params)

    def handle_params(self, params: Any, uri: str, socket: Any) -> Any:
        return socket

    render = heex(r"""
    <div>
      <.dynamic_tag tag_name={@tag} class="dt" id="dt">body {@n}</.dynamic_tag>
      <.dynamic_tag tag_name="br" />
      <.link href={@to}>href</.link>
      <.link patch={@to} class="p">patch</.link>
      <.link navigate={@to} replace>nav</.link>
      <.link href="#" phx-click="set">hash</.link>
      <.link href={@to} method="delete">delete</.link>
      <.link>none</.link>
      <.intersperse :let={i} enum={@items}><:separator>, </:separator><b>{i}</b></.intersperse>
      <.focus_wrap id="fw"><input name="x" /></.focus_wrap>
      <.live_title prefix="A">{@page_title}</.live_title>
      <.portal id="po" target="body">ported {@n}</.portal>
    </div>
    """)


view = BuiltinComps
