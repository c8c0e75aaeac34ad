"""A second widget, of another kind: a like button that shares a page with others and knows nothing of them."""

from __future__ import annotations

from typing import Any

from liveview_core import Cont, Halt, Socket, heex

__all__ = ["assign_component", "render"]


def assign_component(socket: Socket, likes: int = 0) -> Socket:
    """Put the like button into the view's assigns, as `likes`."""
    return socket.assign(likes=likes).attach_hook("likes", "handle_event", _hooked_event)


def _hooked_event(event: str, params: Any, socket: Socket) -> Cont | Halt:
    return Halt(socket.update("likes", lambda likes: likes + 1)) if event == "likes:add" else Cont(socket)


render = heex("""
<button id="likes" phx-click="likes:add">{@count} likes</button>
""")
