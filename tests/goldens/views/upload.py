"""Golden `upload`: allow_upload, progress in chunks, consume, a file too large, a file not accepted."""

# ruff: noqa: E501 - the lines of the template are as recorded
# As recorded: an event without a clause is an error.
# pyright: reportMatchNotExhaustive=false

from __future__ import annotations

from typing import Any

from liveview_core import LiveView, heex, upload_errors
from tests.goldens.elixir import Atom, inspect


def error(reason: str) -> str:
    """Upload errors are atoms in Elixir."""
    return inspect(Atom(reason))


class Upload(LiveView):
    def mount(self, params: Any, session: Any, socket: Any) -> Any:
        return socket.assign(done=[]).allow_upload("avatar", accept=[".txt", ".png"], max_entries=2, max_file_size=20)

    def handle_event(self, event: str, params: Any, socket: Any) -> Any:
        match event:
            case "validate":
                return socket
            case "cancel":
                return socket.cancel_upload("avatar", params["ref"])
            case "save":
                socket, done = socket.consume_uploaded_entries("avatar", consume)
                return socket.update("done", lambda d: [*d, *done])

    render = heex(r"""
    <form id="f" phx-change="validate" phx-submit="save">
      <.live_file_input upload={@uploads.avatar} />
      <p :for={e in @uploads.avatar.entries} id={f"e-{e.client_name}"}>{e.client_name} {e.progress}% {e.done} <i :for={err in upload_errors(@uploads.avatar, e)}>{error(err)}</i></p>
      <p :for={err in upload_errors(@uploads.avatar)}>{error(err)}</p>
      <b :for={d in @done}>{d}</b>
    </form>
    """)


def consume(content: Any, entry: Any) -> str:
    return f"{entry.client_name}:{content.decode()}"


view = Upload
__all__ = ["error", "upload_errors", "view"]
