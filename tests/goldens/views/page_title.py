"""Golden `page_title`: in the document at the static render, `t` in the diff afterwards."""

# As recorded: an event without a clause is an error.
# pyright: reportMatchNotExhaustive=false

from __future__ import annotations

from typing import Any

from liveview_core import LiveView, heex


class PageTitle(LiveView):
    def mount(self, params: Any, session: Any, socket: Any) -> Any:
        return socket.assign(page_title="Home", n=0)

    def handle_event(self, event: str, params: Any, socket: Any) -> Any:
        match event:
            case "title":
                return socket.assign(page_title=params["t"])
            case "n":
                return socket.update("n", lambda n: n + 1)
            case "both":
                return socket.assign(page_title=params["t"]).update("n", lambda n: n + 1)

    render = heex(r"""
    <h1>{@n}</h1>
    """)


view = PageTitle
