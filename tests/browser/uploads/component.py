"""An upload that belongs to a component."""

from __future__ import annotations

from typing import Any

from liveview_core import LiveComponent, heex
from tests.harness.upload_tab import named


class Inside(LiveComponent):
    def mount(self, socket: Any) -> Any:
        return socket.assign(saved=()).allow_upload("docs", accept="any", chunk_size=4)

    def handle_event(self, event: str, params: Any, socket: Any) -> Any:
        if event != "save":
            return socket
        socket, saved = socket.consume_uploaded_entries("docs", named)
        return socket.assign(saved=(*socket.assigns.saved, *saved))

    render = heex("""
    <form id="f" phx-change="validate" phx-submit="save" phx-target={@myself}>
      <.live_file_input upload={@uploads.docs} />
      <button id="save">Save</button>
      <b id="saved">{",".join(@saved)}</b>
    </form>
    """)
