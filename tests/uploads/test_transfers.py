"""`transfers` and `receiving`: what is asked for, sent and reported by the client, for views and components (UP-16…27)."""

from __future__ import annotations

from typing import Any

import pytest

from liveview_core import BadReturn, LiveComponent, LiveView, Socket, heex, upload_errors
from liveview_core.errors import NavigationError
from liveview_core.protocol.effects import CancelTimer, Deliver, DeliverAfter, Redirect, Send
from liveview_core.protocol.messages import (
    AllowUpload,
    Chunk,
    ChunkTimeout,
    CidsDestroyed,
    CidsWillDestroy,
    CloseUpload,
    Event,
    Forwarded,
    Leave,
    Progress,
    RegisterUpload,
    Stop,
)
from liveview_core.uploads.entries import UploadError, UploadWriter
from tests.harness.client import Client, joined
from tests.harness.uploader import REF, Disk, ask, choose, config, consume, do, file, sent, upload

# --- the preflight --------------------------------------------------------------------------------------------------------


def test_a_preflight() -> None:
    """UP-16, UP-17, UP-18: limits and a token for each entry that may be sent; any error, and none is."""
    client = upload(max_entries=2)
    limits = {"max_file_size": 20, "max_entries": 2, "chunk_size": 64_000, "chunk_timeout": 10_000}
    assert ask(client, file("0")) == {"ref": REF, "config": limits, "entries": {"0": f"{REF}:0"}, "errors": {}}
    assert [entry.preflighted for entry in config(client).entries] == [True]
    assert ask(client, file("0"), file("1"))["entries"] == {"1": f"{REF}:1"}  # only those that were not answered yet
    refused = ask(client, file("2", size=99))
    assert refused == {"ref": REF, "error": [["2", "too_large"], [REF, "too_many_files"]]}


def test_vx_40() -> None:
    """UP-16, UP-17, VX-40: with auto_upload never refused as a whole; those beyond the capacity are not answered."""
    client = upload(auto_upload=True)
    answer = ask(client, file("0"), file("1"))
    assert (answer["entries"], answer["errors"]) == ({"0": f"{REF}:0"}, {})
    assert [entry.preflighted for entry in config(client).entries] == [True, False]
    assert upload_errors(config(client)) == ["too_many_files"]
    client = upload(auto_upload=True, max_entries=3)
    answer = ask(client, file("0", size=99), file("1"))
    assert (answer["entries"], answer["errors"]) == ({"1": f"{REF}:1"}, {"0": ["too_large"]})


def to_cloud(entry: Any, socket: Socket) -> Any:
    if entry.ref == "2":
        return "error", {"why": "full"}, socket
    return {"uploader": "S3", "key": entry.client_name}, socket.assign(asked=entry.ref)


def test_vx_41() -> None:
    """UP-19, VX-41: an external upload that fails for one is refused, all asked for stay marked; consumed as kept metadata."""
    client = upload(max_entries=3, external=to_cloud)
    files = [file(str(number)) for number in (1, 2, 3)]
    assert ask(client, *files) == {"ref": REF, "error": [["2", {"why": "full"}]]}
    assert all(entry.preflighted for entry in config(client).entries)
    assert client.assigns.asked == "1"
    reason = ("external_metadata_failure", {"why": "full"})
    assert config(client).errors == (("2", reason),)


def test_external_uploads_that_upload_at_once() -> None:
    """UP-19, UP-34, VX-41: with auto_upload the others go on; what is postponed stays; the metadata is what is consumed."""
    client = upload(max_entries=3, external=to_cloud, auto_upload=True)
    answer = ask(client, file("1"), file("2"), file("3", size=99))
    assert answer["entries"] == {"1": {"uploader": "S3", "key": "a.txt"}}
    assert answer["errors"] == {"2": [["external_metadata_failure", {"why": "full"}]], "3": ["too_large"]}
    client.tell(do(lambda s: s.cancel_upload("docs", "3").cancel_upload("docs", "2")))
    for ref in "1":
        client.tell(Progress(REF, ref, 100))
    client.tell(do(consume))
    assert client.assigns.got == (("a.txt", {"uploader": "S3", "key": "a.txt"}),)


EXTERNALS: list[tuple[Any, type[Exception], str]] = [
    (
        lambda entry, socket: ({"key": 1}, socket),
        UploadError,
        "the external function of upload 'docs' gave no uploader\n"
        "  expected: metadata with an 'uploader', the name of the client's function\n  got: {'key': 1}\n"
        "  cure: return {'uploader': 'S3', …}, socket",
    ),
    (
        lambda entry, socket: ({"uploader": "S3"}, None),
        BadReturn,
        "invalid return from the external function of upload 'docs'\n"
        "  expected: (meta, socket) or ('error', meta, socket)\n  got: ({'uploader': 'S3'}, None)\n"
        "  cure: return the metadata and the socket",
    ),
    (
        lambda entry, socket: ({"uploader": "S3"}, socket.redirect("/b")),
        NavigationError,
        "the external function of upload 'docs' attempted to redirect\n"
        "  expected: metadata for one file\n  got: redirect('/b')\n"
        "  cure: redirect in handle_event, before the client asks for the upload",
    ),
]


@pytest.mark.parametrize("case", EXTERNALS, ids=lambda case: case[1].__name__)
def test_an_external_function_that_is_wrong(case: Any) -> None:
    """UP-19: metadata with an uploader, and the socket."""
    fn, kind, text = case
    assert upload(external=fn).refused(AllowUpload(REF, (file("0"),)), kind) == text


# --- sending --------------------------------------------------------------------------------------------------------------


def timers(client: Client) -> list[Any]:
    return [effect for effect in client.effects if isinstance(effect, (DeliverAfter, CancelTimer))]


def test_a_file_arrives() -> None:
    """UP-20, UP-22, UP-26, UP-34: the channel, its chunks, its progress; consumed as its bytes."""
    client = upload()
    ask(client, file("0"))
    assert client.tell(RegisterUpload(f"{REF}:0"))[0] == ("ok", {})
    assert client.tell(Chunk(REF, "0", b"he")) == [("ok", {})]
    assert client.tell(Progress(REF, "0", 40)) == [("ok", {"diff": {"0": "0:40"}})]
    assert client.tell(Chunk(REF, "0", b"llo")) == [("ok", {})]
    assert client.tell(Progress(REF, "0", 100)) == [("ok", {"diff": {"0": "0:100!"}})]
    client.tell(do(consume))
    assert client.assigns.got == (("a.txt", b"hello"),)


def test_a_channel_that_is_refused() -> None:
    """UP-20: no token of ours; a second channel; an entry that is unknown, not valid, or was not asked for."""
    client = upload(max_entries=3, auto_upload=True)
    ask(client, file("0"), file("1", size=99))
    choose(client, file("2"))
    for token, reason in (("nonsense", "invalid_token"), ("x:0", "invalid_token"), (f"{REF}:9", "disallowed")):
        assert client.tell(RegisterUpload(token)) == [("error", {"reason": reason})]
    for ref in "12":
        assert client.tell(RegisterUpload(f"{REF}:{ref}")) == [("error", {"reason": "disallowed"})]
    client.tell(RegisterUpload(f"{REF}:0"))
    assert client.tell(RegisterUpload(f"{REF}:0")) == [("error", {"reason": "already_registered"})]
    assert client.tell(Chunk(REF, "1", b"x")) == [("error", {"reason": "disallowed"})]
    assert client.tell(Chunk("nonsense", "0", b"x")) == [("error", {"reason": "disallowed"})]


def test_the_declared_size_is_the_limit() -> None:
    """UP-22, UP-25: not max_file_size; one byte more, or anything after the end, closes the channel and drops the entry."""
    limit = ("error", {"reason": "file_size_limit_exceeded", "limit": 5})
    for first, second in ((b"123", b"456"), (b"12345", b"6")):
        client = upload()
        ask(client, file("0"))
        client.tell(RegisterUpload(f"{REF}:0"))
        client.tell(Chunk(REF, "0", first))
        assert client.settle(Chunk(REF, "0", second)) == [limit, ("diff", {"0": ""})]
        assert config(client).entries == ()
        assert client.process.socket._standing.uploads == {}
        assert client.tell(Chunk(REF, "0", b"")) == [("error", {"reason": "disallowed"})]


def test_a_client_that_stops_sending() -> None:
    """UP-23: each chunk has its time; when it is over and nothing came, the entry leaves; a timer that is late does nothing."""
    client = upload(chunk_timeout=50)
    ask(client, file("0"))
    client.tell(RegisterUpload(f"{REF}:0"))
    name = ("upload", REF, "0")
    assert timers(client) == [DeliverAfter(ChunkTimeout(REF, "0", 0), 50_000, name)]
    first = timers(client)[-1].message
    client.tell(Chunk(REF, "0", b"12"))
    assert timers(client) == [DeliverAfter(ChunkTimeout(REF, "0", 2), 50_000, name)]
    second = client.effects[-1].message
    assert client.tell(first) == []
    assert client.settle(second) == [("diff", {"0": ""})]
    assert timers(client) == [CancelTimer(name)]
    assert client.tell(second) == []
    client = upload(chunk_timeout=50)
    ask(client, file("0"))
    sent(client, "0", b"12345")
    assert client.tell(ChunkTimeout(REF, "0", 5)) == []  # it is all there
    assert len(config(client).entries) == 1


def test_a_channel_that_closes() -> None:
    """UP-25: before consumption its entry is gone; afterwards there is nothing to lose."""
    client = upload()
    ask(client, file("0"))
    client.tell(RegisterUpload(f"{REF}:0"))
    assert client.settle(CloseUpload(REF, "0")) == [("ok", {}), ("diff", {"0": ""})]
    assert timers(client) == [CancelTimer(("upload", REF, "0"))]
    assert client.tell(CloseUpload(REF, "0")) == [("ok", {})]


@pytest.mark.parametrize("where", ["init", "write_chunk", "close"])
def test_a_writer_that_fails(where: str) -> None:
    """UP-24, UP-20, UP-25: the entry's error, not the view's; the progress function hears of it; it stays until cancelled."""
    heard: list[Any] = []

    def progress(name: str, entry: Any, socket: Socket) -> Socket:
        heard.append((name, entry.ref))
        return socket.assign(heard=len(heard))

    client = upload(writer=Disk(where, []), progress=progress)
    ask(client, file("0"))
    failed = ("error", {"reason": "writer_error"})
    answer = client.settle(RegisterUpload(f"{REF}:0"))
    if where != "init":
        assert answer[0] == ("ok", {})
        answer = client.settle(Chunk(REF, "0", b"12345"))
    assert answer[0] == failed
    assert heard == [("docs", "0")]
    (entry,) = config(client).entries
    assert upload_errors(config(client), entry) == [("writer_failure", "disk full")]
    assert client.tell(RegisterUpload(f"{REF}:0")) == [("error", {"reason": "disallowed"})]
    assert client.tell(Chunk(REF, "0", b"")) == [("error", {"reason": "disallowed"})]
    assert client.tell(CloseUpload(REF, "0")) == [("ok", {})]
    assert len(config(client).entries) == 1
    client.tell(do(lambda s: s.cancel_upload("docs", "0")))
    assert config(client).entries == ()


def test_a_writer_of_ones_own() -> None:
    """UP-21, UP-34: opened, written, closed when it is all there; consumers get its metadata."""
    disk = Disk("", [])
    assert isinstance(disk, UploadWriter)
    client = upload(writer=disk)
    ask(client, file("0"))
    sent(client, "0", b"12345")
    assert disk.log == [("init", "0"), ("write_chunk", b"12345"), ("close", "done")]
    client.tell(do(consume))
    assert client.assigns.got == (("a.txt", {"path": "spool/x", "after": "close"}),)


def test_progress() -> None:
    """UP-26, VX-40: 100 is done, for good; an error counts for external uploads only, once; an unknown upload is an error."""
    client = upload()
    ask(client, file("0"))
    for percent, done in ((50, False), (100, True), (20, True)):
        client.tell(Progress(REF, "0", percent))
        (entry,) = config(client).entries
        assert (entry.progress, entry.done) == (percent, done)
    assert client.tell(Progress(REF, "0", {"error": "x"})) == [("ok", {})]
    assert client.tell(Progress(REF, "9", 50)) == [("ok", {})]
    assert client.refused(Progress("x", "0", 1), UploadError) == (
        f"no upload has the ref 'x'\n  expected: one of {REF}\n  got: 'x'"
    )
    for nonsense in (True, 101, -1, "50", None):
        assert client.refused(Progress(REF, "0", nonsense), UploadError) == (
            "the client reported a progress that is none\n"
            f"  expected: an int from 0 to 100, or {{'error': reason}}\n  got: {nonsense!r}"
        )
    client = upload(external=to_cloud)
    ask(client, file("0"))
    for _ in range(2):
        client.tell(Progress(REF, "0", {"error": "reason"}))
    assert config(client).errors == (("0", "external_client_failure"),)


def test_the_progress_function() -> None:
    """UP-27, NV-19: gives a socket; a redirect of it goes to the root view, with the flash; not for entries that are gone."""
    calls: list[Any] = []

    def progress(name: str, entry: Any, socket: Socket) -> Any:
        calls.append((name, entry.ref, entry.progress))
        return socket.put_flash("info", "x").push_navigate("/b") if entry.done else socket.assign(got=entry.progress)

    client = upload(progress=progress)
    ask(client, file("0"))
    assert client.tell(Progress(REF, "0", 7))[0][0] == "ok"
    assert client.assigns.got == 7
    client.tell(Progress(REF, "1", 7))
    client.tell(Progress(REF, "0", 100))
    assert calls == [("docs", "0", 7), ("docs", "0", 100)]
    assert client.process.socket.redirected is None
    (deliver,) = client.effects
    assert isinstance(deliver, Deliver)
    assert isinstance(deliver.message, Forwarded)
    ((_, (kind, options)),) = client.own()
    assert (kind, options["to"]) == ("live_redirect", "/b")
    assert "flash" in options
    wrong = upload(progress=lambda name, entry, socket: (socket,))
    ask(wrong, file("0"))
    text = wrong.refused(Progress(REF, "0", 1), BadReturn)
    assert text.startswith(
        "invalid return from the progress function of upload 'docs'\n  expected: a Socket\n  got: (<Socket"
    )


def test_a_childs_progress_function() -> None:
    """NV-19: of a child view, the root is asked."""
    client = upload(progress=lambda name, entry, socket: socket.push_patch("/x"))
    object.__setattr__(client.process.origin, "parent", "phx-0")
    ask(client, file("0"))
    client.tell(Progress(REF, "0", 1))
    (send,) = client.effects
    assert isinstance(send, Send)
    assert send.to == "root"


# --- of components --------------------------------------------------------------------------------------------------------


class Part(LiveComponent):
    def mount(self, socket: Socket) -> Any:
        return socket.allow_upload("docs", accept="any")

    def handle_event(self, event: str, params: Any, socket: Socket) -> Any:
        return params["do"](socket) if params else socket

    render = heex("<i>{len(@uploads.docs.entries)}</i>")


class Parts(LiveView):
    def mount(self, params: Any, session: Any, socket: Socket) -> Any:
        return socket.assign(show=True).allow_upload("docs", accept="any")

    def handle_event(self, event: str, params: Any, socket: Socket) -> Any:
        return socket.assign(show=False)

    render = heex("<p>{len(@uploads.docs.entries)}<.live_component :if={@show} module={Part} id='a' /></p>")


OWN = "phx-upload-phx-1-1-0"


def test_a_components_upload() -> None:
    """UP-1, UP-35: its reference tells whose it is, and its messages go there."""
    client = joined(Parts)
    client.tell(Event("x", "form", "", 1, None, {OWN: [file("0")]}))
    ask(client, file("0"), cid=1, upload=OWN)
    assert client.tell(RegisterUpload(f"{OWN}:0"))[0] == ("ok", {})
    assert client.tell(Chunk(OWN, "0", b"12345")) == [("ok", {})]
    assert client.tell(Progress(OWN, "0", 100, 1))[0][0] == "ok"
    got: list[Any] = []

    def take(socket: Socket) -> Socket:
        socket, taken = socket.consume_uploaded_entries("docs", lambda content, entry: content)
        got.extend(taken)
        return socket

    client.tell(Event("x", "click", {"do": take}, 1))
    assert client.own() == [[("diff", {"c": {"1": {"0": "0"}}})]]
    assert got == [b"12345"]


def test_one_name_at_a_time() -> None:
    """UP-6: the client could not tell two of one name apart."""
    client = joined(Parts)
    ask(client, file("0"))
    assert client.refused(AllowUpload(OWN, (file("1"),), 1), UploadError) == (
        "the existing upload 'docs' is already allowed in another component\n"
        "  expected: one upload of that name at a time in a view and its components\n"
        "  got: one under way in the view\n"
        "  cure: use a unique name for each"
    )
    client = joined(Parts)
    ask(client, file("0"), cid=1, upload=OWN)
    assert "got: one under way in the component 1" in client.refused(AllowUpload(REF, (file("1"),)), UploadError)


def test_a_component_that_is_deleted() -> None:
    """UP-37: its uploads are cancelled: nobody waits for their chunks, which are refused."""
    client = joined(Parts)
    ask(client, file("0"), cid=1, upload=OWN)
    client.tell(RegisterUpload(f"{OWN}:0"))
    client.event("hide")
    client.tell(CidsWillDestroy((1,)))
    assert client.tell(CidsDestroyed((1,))) == [("ok", {"cids": [1]})]
    assert client.effects == [CancelTimer(("upload", OWN, "0"))]
    assert client.tell(Chunk(OWN, "0", b"1")) == [("error", {"reason": "disallowed"})]
    assert client.tell(RegisterUpload(f"{OWN}:0")) == [("error", {"reason": "invalid_token"})]
    assert client.tell(ChunkTimeout(OWN, "0", 0)) == []


# --- what the server has not seen -------------------------------------------------------------------------------------------


def test_a_forged_progress_makes_no_file() -> None:
    """UP-31: what came through the channel counts: without one the entry is left out, half a file is refused, a refused one too."""
    client = upload(max_entries=3, auto_upload=True)
    ask(client, file("0"), file("1", size=99))
    for ref in "01":
        client.tell(Progress(REF, ref, 100))
    client.tell(do(consume))
    assert client.assigns.got == ()
    assert len(config(client).entries) == 2

    client = upload()
    ask(client, file("0"))
    client.tell(RegisterUpload(f"{REF}:0"))
    client.tell(Progress(REF, "0", 100))
    for received in (0, 2):
        client.tell(Chunk(REF, "0", b"x" * received))
        text = client.refused(do(consume), UploadError)
        assert text.startswith(
            "cannot consume 'a.txt': its file is still in progress\n  expected: a file that has come whole"
        )
        (entry,) = config(client).entries
        with pytest.raises(UploadError, match="its file is still in progress"):
            client.process.socket.consume_uploaded_entry(entry, lambda content: content)
    # Cancelled in the same callback, it is closed, and not whole for that.
    client.refused(do(lambda s: consume(s.cancel_upload("docs", "0"))), UploadError)
    client.tell(Chunk(REF, "0", b"xxx"))
    client.tell(do(consume))
    assert client.assigns.got == (("a.txt", b"xxxxx"),)


def test_a_forged_progress_of_an_external_upload() -> None:
    """UP-31, UP-34: what its function was never asked for, or refused, is nowhere; and it has no channel of ours."""
    client = upload(external=to_cloud, auto_upload=True, max_entries=2)
    choose(client, file("1"))
    client.tell(Progress(REF, "1", 100))
    client.refused(do(consume), UploadError)
    ask(client, file("1"))
    assert client.tell(RegisterUpload(f"{REF}:1")) == [("error", {"reason": "invalid_token"})]
    client.tell(do(consume))
    assert client.assigns.got == (("a.txt", {"uploader": "S3", "key": "a.txt"}),)


def test_an_entry_is_consumed_once() -> None:
    """UP-31, UP-32: the second time in one callback there is nothing; an entry that somebody kept, or made up, is none."""
    client = upload()
    ask(client, file("0"))
    sent(client, "0", b"12345")
    (entry,) = config(client).entries
    client.tell(do(lambda s: consume(consume(s))))
    assert client.assigns.got == (("a.txt", b"12345"),)
    assert client.tell(Chunk(REF, "0", b"")) == [("error", {"reason": "disallowed"})]
    client.own()
    with pytest.raises(UploadError, match="still in progress"):
        client.process.socket.consume_uploaded_entry(entry, lambda content: content)


def test_a_file_under_the_uploads_own_ref() -> None:
    """UP-15: its errors would be the upload's."""
    client = upload()
    client.refused(AllowUpload(REF, (file(REF),)), UploadError)


# --- every end of a writer --------------------------------------------------------------------------------------------------


def ended(log: list[Any]) -> list[Any]:
    """With which reasons the writer was closed."""
    return [entry[1] for entry in log if entry[0] == "close"]


def started(fails: str = "", **options: Any) -> tuple[Client, list[Any]]:
    """A file that is half sent, and the log of its writer."""
    log: list[Any] = []
    client = upload(writer=Disk(fails, log), **options)
    ask(client, file("0"))
    client.tell(RegisterUpload(f"{REF}:0"))
    client.tell(Chunk(REF, "0", b"12"))
    return client, log


ENDS: list[tuple[Any, Any]] = [
    (Chunk(REF, "0", b"345"), "done"),
    (Chunk(REF, "0", b"3456"), "cancel"),  # too much: the channel ends
    (CloseUpload(REF, "0"), "cancel"),
    (ChunkTimeout(REF, "0", 2), "cancel"),
    (do(lambda s: s.cancel_upload("docs", "0")), "cancel"),
    (Event("validate", "form", "", None, None, {REF: [file("1")]}), "cancel"),
]
STOPS: list[Any] = [
    Leave(),
    Stop(),
    do(lambda s: s.push_navigate("/b")),
    do(lambda s: s.redirect("/b")),
    Forwarded(Redirect("redirect", "/b")),
]


@pytest.mark.parametrize("case", ENDS, ids=lambda case: f"{type(case[0]).__name__}-{case[1]}")
@pytest.mark.parametrize("fails", ["", "close"])
def test_a_transfer_that_ends(case: Any, fails: str) -> None:
    """UP-22…25, UP-36: its writer is closed once, with the reason; if that fails it is the entry's error, and the view goes on."""
    message, reason = case
    client, log = started(fails)
    client.settle(message)
    assert ended(log) == [reason]
    assert CancelTimer(("upload", REF, "0")) in client.effects
    replaced = isinstance(message, Event) and message.uploads
    if fails and not replaced:
        (entry,) = config(client).entries
        assert upload_errors(config(client), entry) == [("writer_failure", "disk full")]
        assert not entry.cancelled
    else:
        assert [entry.ref for entry in config(client).entries] == (["1"] if replaced else ["0"] * (reason == "done"))
    client.tell(ChunkTimeout(REF, "0", 2))
    client.tell(CloseUpload(REF, "0"))
    for entry in config(client).entries:
        client.tell(do(lambda s, ref=entry.ref: s.cancel_upload("docs", ref)))
    client.tell(Leave())
    assert ended(log) == [reason]


@pytest.mark.parametrize("message", STOPS, ids=lambda message: type(message).__name__)
@pytest.mark.parametrize("fails", ["", "close"])
def test_a_view_that_ends(message: Any, fails: str) -> None:
    """LC-46: so do its uploads; one that was done is closed already."""
    client, log = started(fails, max_entries=2)
    client.tell(message)
    assert client.process.stopped is not None
    assert ended(log) == ["cancel"]
    client, log = started()
    client.tell(Chunk(REF, "0", b"345"))
    client.tell(message)
    assert ended(log) == ["done"]


def test_a_chunk_that_is_not_written() -> None:
    """UP-24: the writer is closed with the reason; what it raises then besides is not told."""
    log: list[Any] = []

    class Broken(Disk):
        def close(self, state: Any, reason: Any) -> Any:
            super().close(state, reason)
            raise OSError("and again")

    for kind in (Disk, Broken):
        client = upload(writer=kind("write_chunk", log))
        ask(client, file("0"))
        client.tell(RegisterUpload(f"{REF}:0"))
        assert client.settle(Chunk(REF, "0", b"12"))[0] == ("error", {"reason": "writer_error"})
        client.tell(Leave())
        assert ended(log) == [("error", "disk full")]
        (entry,) = config(client).entries
        assert upload_errors(config(client), entry) == [("writer_failure", "disk full")]
        log.clear()


def test_a_writer_that_does_not_open() -> None:
    """UP-24: there is nothing to close."""
    log: list[Any] = []
    client = upload(writer=Disk("init", log))
    ask(client, file("0"))
    client.tell(RegisterUpload(f"{REF}:0"))
    client.tell(Leave())
    assert ended(log) == []


def test_a_writer_that_cannot_say_what_it_wrote() -> None:
    """UP-24, UP-34: the entry's error too; it is not consumed, and stays."""
    client = upload(writer=Disk("meta", []))
    ask(client, file("0"))
    sent(client, "0", b"12345")
    client.tell(do(consume))
    assert client.assigns.got == ()
    (entry,) = config(client).entries
    assert upload_errors(config(client), entry) == [("writer_failure", "disk full")]
    client = upload(writer=Disk("meta", []))
    ask(client, file("0"))
    sent(client, "0", b"12345")
    socket, value = client.process.socket.consume_uploaded_entry(config(client).entries[0], lambda content: content)
    assert value is None
    assert upload_errors(socket.assigns.uploads.docs, entry) == [("writer_failure", "disk full")]


def test_the_writers_of_components() -> None:
    """UP-37, CP-27: closed when the component is deleted, when a new root template leaves nothing of it, and with the view."""
    log: list[Any] = []

    class Holder(LiveComponent):
        def mount(self, socket: Socket) -> Any:
            return socket.allow_upload("docs", accept="any", writer=Disk("", log))

        render = heex("<i>{len(@uploads.docs.entries)}</i>")

    class Page(LiveView):
        def mount(self, params: Any, session: Any, socket: Socket) -> Any:
            return socket.assign(other=False)

        def handle_event(self, event: str, params: Any, socket: Socket) -> Any:
            return socket.assign(other=True)

        one = heex("<p><.live_component module={Holder} id='a' /></p>", names={"Holder": Holder})
        two = heex("<b>other</b>")

        def render(self, assigns: Any) -> Any:
            return (self.two if assigns.other else self.one)(assigns)

    for message in (Event("switch"), Leave(), Stop()):
        log.clear()
        client = joined(Page)
        ask(client, file("0"), cid=1, upload=OWN)
        client.tell(RegisterUpload(f"{OWN}:0"))
        client.tell(message)
        assert ended(log) == ["cancel"]
        if not isinstance(message, Event):
            continue
        assert client.effects == [CancelTimer(("upload", OWN, "0"))]
        client.tell(Leave())
        assert ended(log) == ["cancel"]
