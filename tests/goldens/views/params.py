"""Golden `params`: handle_params at mount and on every patch, push_patch, patch links, JS.patch, query decoding."""

# As recorded: an event without a clause is an error.
# pyright: reportMatchNotExhaustive=false

from __future__ import annotations

from typing import Any

from liveview_core import JS, LiveView, Route, Router, heex
from tests.goldens.elixir import inspect
from tests.goldens.views.counter import Counter


class Params(LiveView):
    def mount(self, params: Any, session: Any, socket: Any) -> Any:
        return socket.assign(mount_params=inspect(params), log=[])

    def handle_params(self, params: Any, uri: str, socket: Any) -> Any:
        return socket.assign(
            params=[f"{k}={inspect(params[k])}" for k in sorted(params)],
            uri=uri,
            action=socket.assigns.live_action,
            page=params.get("page") or "1",
        )

    def handle_event(self, event: str, params: Any, socket: Any) -> Any:
        match event:
            case "goto":
                return socket.push_patch(f"/params?page={params['page']}")
            case "replace":
                return socket.push_patch("/params/7?q=a+b&l[]=1&l[]=2&m[k]=v", replace=True)
            case "nav":
                return socket.push_navigate("/counter", replace=True)
            case "redir":
                return socket.redirect("/somewhere")

    render = heex(r"""
    <div>
      <p>{@page} {@action} {@uri}</p>
      <i :for={p in @params}>{p}</i>
      <small>{@mount_params}</small>
      <.link id="l3" patch={"/params?page=3"}>3</.link>
      <button id="js" phx-click={JS.patch("/params?page=4")}>4</button>
      <button id="jsnav" phx-click={JS.navigate("/counter", replace=True)}>n</button>
    </div>
    """)


view = Params
router = Router(
    [
        Route("/params", Params, action="index"),
        Route("/params/:id", Params, action="show"),
        Route("/counter", Counter, action="index"),
    ]
)
__all__ = ["JS", "router", "view"]  # besides `view`: what only the template reads
