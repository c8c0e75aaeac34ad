"""Golden `flash`: put, replace, cleared by the client and by the view, kept by an event, across patch and navigate."""

# As recorded: an event without a clause is an error.
# pyright: reportMatchNotExhaustive=false

from __future__ import annotations

from typing import Any

from liveview_core import LiveView, heex


class Flash(LiveView):
    def mount(self, params: Any, session: Any, socket: Any) -> Any:
        return socket.assign(n=0)

    def handle_params(self, params: Any, uri: str, socket: Any) -> Any:
        return socket

    def handle_event(self, event: str, params: Any, socket: Any) -> Any:
        match event:
            case "put":
                return socket.put_flash(params["kind"], params["msg"])
            case "clear":
                return socket.clear_flash()
            case "clear_key":
                return socket.clear_flash(params["kind"])
            case "n":
                return socket.update("n", lambda n: n + 1)
            case "nav":
                return socket.put_flash("info", "moved").push_navigate("/counter")
            case "patch":
                return socket.put_flash("info", "patched").push_patch("/flash?x=1")

    render = heex(r"""
    <div>
      <p :if={@flash.get("info")} id="info" phx-click="lv:clear-flash" phx-value-key="info">{@flash.get("info")}</p>
      <p :if={@flash.get("error")} id="error" phx-click="lv:clear-flash">{@flash.get("error")}</p>
      <i>{@n}</i>
    </div>
    """)


view = Flash
