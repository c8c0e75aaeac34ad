"""An avatar: a picture is chosen, looked at, sent in pieces, and kept where the profile is saved.

`allow_upload` says what is taken; what the client says of a file (its name, its type) is checked there and not believed later:
the kind of picture is read from its first bytes. A file that is not taken is told why and can be taken back; bytes are
consumed once, when the form is saved, and are never an assign.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from hashlib import sha256
from typing import Any

from liveview_core import LiveView, Route, Router, Socket, heex, upload_errors
from liveview_core.uploads import UploadConfig, UploadEntry
from liveview_testing import Simulation, Step

KINDS = {b"\x89PNG": "png", b"\xff\xd8\xff": "jpg"}
REASONS = {
    "too_large": "is larger than 1 kB",
    "not_accepted": "is no picture",
    "too_many_files": "One picture is enough.",
}


def kind_of(content: bytes) -> str | None:
    """What a file is by its first bytes; its name may say anything."""
    return next((kind for start, kind in KINDS.items() if content.startswith(start)), None)


def reasons(upload: UploadConfig, entry: UploadEntry | None = None) -> list[str]:
    """What is wrong with a file, or with the choice of files, in words."""
    return [REASONS.get(reason, "could not be sent") for reason in upload_errors(upload, entry)]


def keep_nowhere(name: str, content: bytes) -> str:
    """Where a picture is kept: its URL."""
    return f"/avatars/{name}"


class AvatarLive(LiveView):
    """`keep(name, content)` keeps a picture and returns its URL."""

    def __init__(self, keep: Callable[[str, bytes], str] = keep_nowhere) -> None:
        self.keep = keep

    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(url=None).allow_upload(
            "avatar", accept=[".png", ".jpg"], max_entries=1, max_file_size=1_000, chunk_size=400
        )

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        match event, params:
            case "validate", _:  # needed, though there is nothing to do: the entries are checked by their upload
                return socket
            case "cancel", {"ref": str(ref)}:
                return socket.cancel_upload("avatar", ref)
            case "save", _:
                socket, urls = socket.consume_uploaded_entries("avatar", self.kept)
                if not urls:
                    return socket
                if urls[0] is None:
                    return socket.put_flash("error", "This only calls itself a picture.")
                return socket.clear_flash().assign(url=urls[0])
            case _:
                return socket

    def kept(self, content: bytes, entry: UploadEntry) -> str | None:
        """Keep one file under a name that is ours; None for what is no picture."""
        kind = kind_of(content)
        return None if kind is None else self.keep(f"{sha256(content).hexdigest()[:8]}.{kind}", content)

    render = heex("""
    <main>
      <p :if={@flash.get("error")} class="error">{@flash["error"]}</p>
      <img :if={@url} src={@url} alt="me" />
      <form id="profile" phx-change="validate" phx-submit="save">
        <.live_file_input upload={@uploads.avatar} />
        <p :for={reason in reasons(@uploads.avatar)} class="error">{reason}</p>
        <figure :for={entry in @uploads.avatar.entries} :key={entry.ref}>
          <.live_img_preview entry={entry} width="64" />
          <figcaption>
            {entry.client_name}
            <em :for={reason in reasons(@uploads.avatar, entry)}>{reason}</em>
          </figcaption>
          <progress value={entry.progress} max="100">{entry.progress}%</progress>
          <button type="button" phx-click="cancel" phx-value-ref={entry.ref}>Take back</button>
        </figure>
        <button>Save</button>
      </form>
    </main>
    """)


ROUTER = Router([Route("/profile", AvatarLive)])

PICTURE = b"\x89PNG" + bytes(range(199)) * 4


def story(sim: Simulation) -> Iterator[Step]:
    """A text is refused, a picture is taken; something that only calls itself one is found out."""
    page = sim.page("/profile")
    chosen = page.locator("input[type=file]")
    chosen.set_input_files([{"name": "cv.txt", "mimeType": "text/plain", "buffer": b"I was born"}])
    yield Step("A text is no picture: Ann is told before anything is sent", Ann=page.view)
    assert page.locator("figure em").text_content() == "is no picture"

    page.get_by_role("button", name="Take back").click()
    chosen.set_input_files([{"name": "me.png", "mimeType": "image/png", "buffer": PICTURE}])
    page.network.latency(0.1)  # on a slow line every state in between is seen
    page.get_by_role("button", name="Save").click()
    sim.clock.advance(0.85)
    yield Step("A picture: half of it has come", Ann=page.view.element("#profile"))
    assert page.locator("progress").text_content() == "50%"

    sim.clock.advance(1)
    yield Step("All of it; saved, it is the avatar, under a name of ours", Ann=page.view)
    assert str(page.get_by_alt_text("me").get_attribute("src")).endswith(".png")
    assert page.locator("figure").count() == 0

    page.network.latency(0)
    chosen.set_input_files([{"name": "virus.png", "mimeType": "image/png", "buffer": b"MZ\x90\x00"}])
    page.get_by_role("button", name="Save").click()
    yield Step("What is no picture inside is not kept, whatever it is called", Ann=page.view)
    assert page.locator(".error").text_content() == "This only calls itself a picture."


if __name__ == "__main__":
    from liveview_testing.command_line.main import tell

    tell(__file__)
