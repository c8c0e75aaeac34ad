"""A view with one upload, and what a client does with it: the hands of `test_uploads` and `test_transfers`."""

from __future__ import annotations

from typing import Any

from attrs import frozen

from liveview_core import LiveView, Socket, heex
from liveview_core.protocol.messages import AllowUpload, Chunk, Event, Progress, RegisterUpload
from liveview_core.uploads.entries import UploadConfig
from tests.harness.client import Client, joined

REF = "phx-upload-phx-1-0"
TEXT: dict[str, Any] = {"accept": [".txt"], "max_file_size": 20}


def view(**options: Any) -> type[LiveView]:
    """A view with one upload, "docs"."""

    class View(LiveView):
        def mount(self, params: Any, session: Any, socket: Socket) -> Any:
            return socket.assign(got=()).allow_upload("docs", **{**TEXT, **options})

        def handle_event(self, event: str, params: Any, socket: Socket) -> Any:
            return params["do"](socket) if params else socket

        render = heex("<p>{shown(@uploads.docs)}</p>", names={"shown": shown})

    return View


def shown(config: UploadConfig) -> str:
    return " ".join(f"{each.ref}:{each.progress}{'!' * each.done}" for each in config.entries)


def upload(**options: Any) -> Client:
    return joined(view(**options))


def file(ref: Any, size: Any = 5, name: str = "a.txt", type: str = "text/plain", **more: Any) -> dict[str, Any]:
    return {"ref": ref, "name": name, "size": size, "type": type, **more}


def choose(client: Client, *files: dict[str, Any], upload: str = REF) -> list[tuple[str, Any]]:
    return client.tell(Event("validate", "form", "", None, None, {upload: list(files)}))


def ask(client: Client, *files: dict[str, Any], cid: int | None = None, upload: str = REF) -> dict[str, Any]:
    """The answer to a preflight."""
    ((status, response),) = client.tell(AllowUpload(upload, files, cid))
    assert status == "ok"
    response.pop("diff", None)
    answer: dict[str, Any] = response
    return answer


def sent(client: Client, ref: str, data: bytes, upload: str = REF) -> list[tuple[str, Any]]:
    """A whole file, in one piece, and its progress."""
    client.tell(RegisterUpload(f"{upload}:{ref}"))
    client.tell(Chunk(upload, ref, data))
    return client.tell(Progress(upload, ref, 100))


def config(client: Client) -> UploadConfig:
    found: UploadConfig = client.assigns.uploads.docs
    return found


def do(fn: Any) -> Event:
    return Event("do", "click", {"do": fn})


def consume(socket: Socket, fn: Any = lambda content, entry: (entry.client_name, content)) -> Socket:
    socket, got = socket.consume_uploaded_entries("docs", fn)
    return socket.assign(got=(*socket.assigns.got, *got))


@frozen
class Disk:
    """A writer that fails where it is told to, and writes down what happened."""

    fails: str
    log: list[Any]

    def _do(self, what: str, *details: Any) -> Any:
        self.log.append((what, *details))
        if what == self.fails:
            raise OSError("disk full")
        return what

    def init(self, entry: Any) -> Any:
        return self._do("init", entry.ref)

    def write_chunk(self, data: bytes, state: Any) -> Any:
        return self._do("write_chunk", data)

    def close(self, state: Any, reason: Any) -> Any:
        return self._do("close", reason)

    def meta(self, state: Any) -> Any:
        if self.fails == "meta":
            raise OSError("disk full")
        return {"path": "spool/x", "after": state}
