"""Golden `extra_stream_async`: first load, options in the result, reset, error, exit, and an insert by hand in between."""

# As recorded: an event without a clause is an error.
# pyright: reportMatchNotExhaustive=false

from __future__ import annotations

from typing import Any

from attrs import frozen

from liveview_core import LiveView, heex
from tests.goldens.elixir import error, exit, inspect, slow

__all__ = ["inspect", "view"]


@frozen
class Post:
    id: int
    title: str


def posts(first: int, last: int) -> list[Post]:
    return [Post(i, f"post {i}") for i in range(first, last + 1)]


class StreamAsync(LiveView):
    def mount(self, params: Any, session: Any, socket: Any) -> Any:
        return socket.assign(n=0).stream_async("posts", slow(lambda: posts(1, 3)))

    def handle_event(self, event: str, params: Any, socket: Any) -> Any:
        match event:
            case "more":
                return socket.stream_async("posts", slow(lambda: (posts(4, 5), {"at": 0})))
            case "limit":
                return socket.stream_async("posts", slow(lambda: (posts(6, 7), {"limit": -3})))
            case "reset":
                return socket.stream_async("posts", slow(lambda: (posts(8, 9), {"reset": True})))
            case "reset_opt":
                return socket.stream_async("posts", slow(lambda: posts(10, 11)), reset=True)
            case "error":
                return socket.stream_async("posts", slow(lambda: error("no")))
            case "exit":
                return socket.stream_async("posts", slow(lambda: exit("gone")))
            case "insert":
                return socket.stream_insert("posts", Post(99, "by hand"), at=0)
            case "n":
                return socket.update("n", lambda n: n + 1)

    render = heex(r"""
    <div>
      <p>{@n} {inspect(@posts.loading)} {inspect(@posts.failed)} {@posts.ok}</p>
      <.async_result assign={@posts}>
        <:loading>loading</:loading>
        <:failed :let={reason}>failed {inspect(reason)}</:failed>
        <ul id="posts" phx-update="stream">
          <li :for={id, p in @streams.posts} id={id}>{p.title}</li>
        </ul>
      </.async_result>
    </div>
    """)


view = StreamAsync
