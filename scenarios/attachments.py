"""Attachments: files go up as they are chosen, piece by piece; one is taken back on its way, and sending waits for the rest.

With `auto_upload` the browser asks for each file when it is chosen and sends it in chunks; each answered chunk tells how far it is.
A form that is submitted meanwhile is not lost: the browser sends it once the last file is there. All of it takes time on a slow
line, so that every state in between can be looked at.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from liveview_core import LiveView, Route, Router, Socket, heex
from liveview_core.uploads import UploadEntry
from liveview_testing import Simulation, Step

REASONS = {"too_large": "is larger than 8 kB", "too_many_files": "Three files are enough."}


def reason(error: Any) -> str:
    """What is wrong, in words."""
    return REASONS.get(error, "could not be sent")


class AttachmentsLive(LiveView):
    """A letter with its files."""

    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(sent=()).allow_upload(
            "files", accept="any", max_entries=3, max_file_size=8_000, chunk_size=1_000, auto_upload=True
        )

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        match event, params:
            case "cancel", {"ref": str(ref)}:
                return socket.cancel_upload("files", ref)
            case "send", _:
                socket, names = socket.consume_uploaded_entries("files", name_and_size)
                return socket.assign(sent=(*socket.assigns.sent, *names))
            case _:  # a choice: the entries are checked by their upload
                return socket

    render = heex("""
    <main>
      <form id="letter" phx-change="choose" phx-submit="send">
        <label>Files <.live_file_input upload={@uploads.files} /></label>
        <p :for={error in upload_errors(@uploads.files)} class="error">{reason(error)}</p>
        <p :for={entry in @uploads.files.entries} :key={entry.ref} id={f"file-{entry.ref}"}>
          {entry.client_name}
          <progress value={entry.progress} max="100">{entry.progress}%</progress>
          <em :for={error in upload_errors(@uploads.files, entry)}>{reason(error)}</em>
          <button type="button" phx-click="cancel" phx-value-ref={entry.ref}>Remove {entry.client_name}</button>
        </p>
        <button phx-disable-with="Sending">Send</button>
      </form>
      <ul><li :for={name in @sent}>{name}</li></ul>
    </main>
    """)


def name_and_size(content: bytes, entry: UploadEntry) -> str:
    """What is kept of a file."""
    return f"{entry.client_name}, {len(content)} bytes"


ROUTER = Router([Route("/letter", AttachmentsLive)])

PLAN = {"name": "plan.pdf", "mimeType": "application/pdf", "buffer": b"p" * 7_000}
PHOTO = {"name": "photo.png", "mimeType": "image/png", "buffer": b"i" * 4_000}
FILM = {"name": "film.mp4", "mimeType": "video/mp4", "buffer": b"f" * 9_000}


def story(sim: Simulation) -> Iterator[Step]:
    """Ann attaches two files on a slow line, takes one back, and sends while the other is still on its way."""
    page = sim.page("/letter")
    page.network.latency(0.1)
    page.get_by_label("Files").set_input_files([PLAN, PHOTO])
    sim.clock.advance(1.05)
    yield Step("Both are on their way, each a piece at a time", Ann=page.view)
    assert page.locator("#file-0 progress").text_content() == "14%"

    page.get_by_role("button", name="Remove photo.png").click()
    sim.clock.advance(0.3)
    page.get_by_role("button", name="Send", exact=True).click()
    sim.clock.advance(0.1)
    yield Step("The photo is taken back; the letter waits for the plan", Ann=page.view)
    assert page.locator("li").count() == 0

    sim.clock.advance(3)
    yield Step("The plan is there, and the letter is sent", Ann=page.view)
    assert page.locator("li").all_text_contents() == ["plan.pdf, 7000 bytes"]

    page.get_by_label("Files").set_input_files([FILM])
    sim.clock.advance(1)
    yield Step("A film is too large: nothing of it is sent", Ann=page.view)
    assert page.locator("em").text_content() == "is larger than 8 kB"


if __name__ == "__main__":
    from liveview_testing.command_line.main import tell

    tell(__file__)
