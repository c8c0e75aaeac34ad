"""Whatever fails around a file on its way, what was opened for it is closed once (UP-22…25, UP-36, UP-37).

A step that raises has opened and closed nothing, and a step that opens or closes does not raise: what may fail, as callbacks and
templates may, comes before it, or with a message of its own after it.
"""

from __future__ import annotations

from typing import Any

import pytest

from liveview_core import LiveComponent, LiveView, Socket, heex, upload_errors
from liveview_core.errors import BadOption
from liveview_core.process.step import abandon
from liveview_core.protocol.messages import (
    AllowUpload,
    Chunk,
    ChunkTimeout,
    CidsDestroyed,
    CidsWillDestroy,
    CloseUpload,
    Event,
    Leave,
    Message,
    Progress,
    RegisterUpload,
    Stop,
    WriterFailed,
)
from tests.harness.client import Client, joined
from tests.harness.uploader import REF, Disk, config, do, file, shown, upload

OWN = "phx-upload-phx-1-1-0"

ARMED: set[str] = set()
"""Where the views below fail from now on."""


def fail(where: str, value: Any = "") -> Any:
    if where in ARMED:
        raise ZeroDivisionError(where)
    return value


def progress(name: str, entry: Any, socket: Socket) -> Any:
    return fail("progress", socket)


def change(event: str, params: Any, socket: Socket) -> Any:
    return fail(
        "callback",
        {
            "cancel": lambda: socket.cancel_upload("docs", "0"),
            "go": lambda: socket.cancel_upload("docs", "0").redirect("/b") if params else socket.redirect("/b"),
            "other": lambda: socket.assign(other=True),
        }.get(event, lambda: socket)(),
    )


class Part(LiveComponent):
    writer: Any = None

    def mount(self, socket: Socket) -> Socket:
        options: dict[str, Any] = {"accept": "any", "writer": self.writer, "progress": progress}
        return socket.allow_upload("docs", **options)

    def handle_event(self, event: str, params: Any, socket: Socket) -> Any:
        return change(event, params, socket)

    render = heex("<i>{fail('template', shown(@uploads.docs))}</i>", names={"fail": fail, "shown": shown})


def page(writer: Any, *, component: bool) -> type[LiveView]:
    """A page with an upload, its own or a component's."""
    part = type("Part", (Part,), {"writer": writer})

    class Page(LiveView):
        def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
            socket = socket.assign(other=False).attach_hook("h", "after_render", lambda s: fail("hook", s))
            if component:
                return socket
            return socket.allow_upload("docs", accept="any", writer=writer, progress=progress)

        def handle_event(self, event: str, params: Any, socket: Socket) -> Any:
            return change(event, params, socket)

        def terminate(self, reason: Any, socket: Socket) -> None:
            fail("terminate")

        one = heex(
            "<p><.live_component module={part} id='a' /></p>"
            if component
            else "<p>{fail('template', shown(@uploads.docs))}</p>",
            names={"part": part, "fail": fail, "shown": shown},
        )
        two = heex("<b>other{fail('template')}</b>", names={"fail": fail})

        def render(self, assigns: Any) -> Any:
            return (self.two if assigns.other else self.one)(assigns)

    return Page


def messages(ref: str, cid: int | None) -> dict[str, Message]:
    return {
        "progress": Progress(ref, "0", 40, cid),
        "the rest": Chunk(ref, "0", b"345"),
        "too much": Chunk(ref, "0", b"3456"),
        "closed": CloseUpload(ref, "0"),
        "late": ChunkTimeout(ref, "0", 2),
        "cancelled": Event("cancel", "click", {}, cid),
        "replaced": Event("validate", "form", "", cid, None, {ref: [file("1")]}),
        "another page": Event("other", "click", {}),
        "redirected": Event("go", "click", {}, cid),
        "cancelled and redirected": Event("go", "click", {"first": "cancel"}, cid),
        "removed": CidsDestroyed((1,)),
        "left": Leave(),
        "stopped": Stop(),
    }


@pytest.mark.parametrize("component", [False, True])
@pytest.mark.parametrize("where", ["", "progress", "callback", "template", "hook", "terminate"])
@pytest.mark.parametrize("fails", ["", "write_chunk", "close"])
@pytest.mark.parametrize("what", messages("", None))
def test_whatever_fails_it_is_closed_once(what: str, fails: str, where: str, component: bool) -> None:
    """UP-24: also where the view crashes after its writer was asked to close, or before."""
    log: list[Any] = []
    disk = Disk("", log)
    ref, cid = (OWN, 1) if component else (REF, None)
    client = joined(page(disk, component=component))
    client.tell(AllowUpload(ref, (file("0"),), cid))
    client.settle(RegisterUpload(f"{ref}:0"))
    client.settle(Chunk(ref, "0", b"12"))
    if what == "removed":
        client.tell(CidsWillDestroy((1,)))
    object.__setattr__(disk, "fails", fails)
    crashed = played(client, messages(ref, cid)[what], where)
    closed = [entry[1] for entry in log if entry[0] == "close"]
    assert len(closed) <= 1
    if not crashed and client.process.stopped is None:
        client.settle(Leave())
    elif crashed:
        abandon(client.process)
    closed = [entry[1] for entry in log if entry[0] == "close"]
    assert len(closed) == 1
    if what == "the rest":
        assert closed == [("error", "disk full") if fails == "write_chunk" else "done"]
    else:
        assert closed == ["cancel"]


def played(client: Client, message: Message, where: str) -> bool:
    """Whether it crashed; then the process is as it was before the step that did."""
    ARMED.add(where)
    try:
        client.settle(message)
    except ZeroDivisionError:
        return True
    finally:
        ARMED.clear()
    return False


@pytest.mark.parametrize("component", [False, True])
def test_a_crash_while_a_writer_opens(component: bool) -> None:
    """UP-20: the page that shows its channel comes before it: nothing was opened."""
    log: list[Any] = []
    ref, cid = (OWN, 1) if component else (REF, None)
    client = joined(page(Disk("", log), component=component))
    client.tell(AllowUpload(ref, (file("0"),), cid))
    assert played(client, RegisterUpload(f"{ref}:0"), "template")
    abandon(client.process)
    assert log == []


def test_what_is_told_of_a_failure() -> None:
    """UP-24: the progress function hears of each, once, after the error is there; of an entry that has left, nobody does."""
    heard: list[Any] = []

    def hear(name: str, entry: Any, socket: Socket) -> Socket:
        heard.append(upload_errors(socket.assigns.uploads.docs, entry))
        return socket

    for message in (Chunk(REF, "0", b"12345"), CloseUpload(REF, "0"), do(lambda s: s.cancel_upload("docs", "0"))):
        client = upload(writer=Disk("close", []), progress=hear)
        client.tell(AllowUpload(REF, (file("0"),)))
        client.settle(RegisterUpload(f"{REF}:0"))
        client.settle(message)
        assert heard == [[("writer_failure", "disk full")]]
        heard.clear()
        client.settle(do(lambda s: s.cancel_upload("docs", "0")))
        assert config(client).entries == ()
        client.settle(WriterFailed(REF, "0", "disk full"))
        assert (config(client).entries, heard) == ((), [])


class Later(Disk):
    """Its methods are not what a writer's are."""

    async def write_chunk(self, data: bytes, state: Any) -> Any:
        return state


def test_a_writer_that_would_have_to_be_awaited() -> None:
    """UP-21: nobody awaits here, so nothing would be written."""
    with pytest.raises(BadOption) as caught:
        upload(writer=Later("", []))
    assert str(caught.value) == (
        "the option writer of allow_upload('docs', …) is wrong\n"
        "  expected: plain methods, which nobody has to await\n  got: async def Later.write_chunk"
    )
