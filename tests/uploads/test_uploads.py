"""`uploads` and `allow_and_consume`: what is allowed, chosen, read, consumed and cancelled (UP-1…15, UP-30…39)."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liveview_core import Socket, upload_errors
from liveview_core.errors import BadOption, MissingAssign
from liveview_core.protocol.effects import CancelTimer, Deliver
from liveview_core.protocol.messages import AllowUpload, Chunk, CloseWriter, DropEntries, Event, RegisterUpload
from liveview_core.uploads.entries import MEMORY, Postpone, UploadConfig, UploadError, Uploads
from liveview_core.uploads.media_types import extensions, is_media_type, media_type_of
from tests.harness.client import Client
from tests.harness.uploader import REF, TEXT, Disk, ask, choose, config, consume, do, file, sent, upload

# --- allowing -------------------------------------------------------------------------------------------------------------


def test_a_config() -> None:
    """UP-1, UP-2, UP-7, SK-2: the defaults, and a reference that tells uploads apart and is the same in every replay."""
    socket = Socket().allow_upload("a", accept="any").allow_upload("b", accept=["image/*", ".txt", "text/csv"])
    a, b = socket.assigns.uploads
    assert (a.max_entries, a.max_file_size, a.chunk_size, a.chunk_timeout) == (1, 8_000_000, 64_000, 10_000)
    assert (a.auto_upload, a.max_entries_mode, a.external, a.progress, a.writer) == (
        False,
        "selected",
        None,
        None,
        MEMORY,
    )
    assert (a.ref, b.ref) == ("phx-upload-view-0", "phx-upload-view-1")
    assert (b.accept, b.accepted_types) == (("image/*", ".txt", "text/csv"), ("image/*", "text/plain", "text/csv"))
    assert b.accepted_extensions == (".txt",)
    again = socket.allow_upload("a", accept="any", max_entries=2)
    assert (again.assigns.uploads.a.ref, again.assigns.uploads.a.max_entries) == ("phx-upload-view-2", 2)
    assert socket.assigns.uploads.a == a
    assert pickle.loads(pickle.dumps(socket)).assigns.uploads == socket.assigns.uploads


def test_reading_uploads() -> None:
    """UP-5: by name, as an attribute or a key; a name that is not there names its neighbours."""
    uploads = Socket().allow_upload("avatar", accept="any").assigns.uploads
    assert uploads.avatar is uploads["avatar"]
    assert (uploads.get("x"), repr(uploads), uploads == 5) == (None, "Uploads(avatar)", False)
    text = (
        "there is no upload 'avatr'\n  got: the uploads are: avatar\n"
        "  cure: socket.allow_upload('avatr', accept=[…]), usually in mount\n  nearest: avatar"
    )
    reads: list[Callable[[], object]] = [lambda: uploads["avatr"], lambda: uploads.avatr]
    for read in reads:
        with pytest.raises(MissingAssign) as error:
            read()
        assert str(error.value) == text
    assert str(Uploads().by_ref("x")) == "None"


WRONG: list[tuple[dict[str, Any], str, str, str]] = [
    ({"accept": []}, "accept", "'any', or a list of '.ext', media types, 'image/*', 'audio/*' or 'video/*'", "[]"),
    ({"accept": ".txt"}, "accept", "'any', or a list of '.ext', media types, 'image/*', 'audio/*' or 'video/*'", "'.txt'"),
    ({"accept": [5]}, "accept", "'any', or a list of '.ext', media types, 'image/*', 'audio/*' or 'video/*'", "5"),
    ({"accept": ["text/*"]}, "accept", "'any', or a list of '.ext', media types, 'image/*', 'audio/*' or 'video/*'", "'text/*'"),
    ({"accept": [".JPG"]}, "accept", "an extension whose media type is known, in lower case",
     "'.JPG'\n  nearest: .jpg, .jpeg, .png"),
    ({"max_entries": 0}, "max_entries", "a positive int", "0"),
    ({"max_entries": True}, "max_entries", "a positive int", "True"),
    ({"max_file_size": "1"}, "max_file_size", "a positive int", "'1'"),
    ({"chunk_size": -1}, "chunk_size", "a positive int", "-1"),
    ({"chunk_timeout": 0.5}, "chunk_timeout", "a positive int", "0.5"),
    ({"max_entries_mode": "totl"}, "max_entries_mode", "'selected' or 'total'", "'totl'\n  nearest: total"),
    ({"external": 1}, "external", "a function", "1"),
    ({"progress": "x"}, "progress", "a function", "'x'"),
    ({"validator": []}, "validator", "a function", "[]"),
    ({"writer": object}, "writer", "an object with init, write_chunk, close and meta", "<class 'object'>"),
]  # fmt: skip


@pytest.mark.parametrize("case", WRONG, ids=lambda case: f"{case[1]} {case[3][:8]}")
def test_options_that_are_wrong(case: Any) -> None:
    """UP-2, UP-3, UP-21: each says what is accepted."""
    options, option, expected, got = case
    with pytest.raises(BadOption) as error:
        Socket().allow_upload("docs", **{**TEXT, **options})
    cure = {
        "accept": "accept=['.png', 'image/*']: an extension has its dot",
        "max_entries": "max_entries=3",
        "max_file_size": "max_file_size=8_000_000",
        "chunk_size": "chunk_size=64_000",
    }.get("" if "nearest" in got else option)
    assert str(error.value) == (
        f"the option {option} of allow_upload('docs', …) is wrong\n  expected: {expected}\n  got: {got}"
        + (f"\n  cure: {cure}" if cure else "")
    )


def test_a_name_is_text() -> None:
    """UP-1, UP-3: and what is accepted must be said."""
    with pytest.raises(BadOption) as error:
        Socket().allow_upload(5, accept="any")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    assert str(error.value) == "the name of an upload is a str\n  expected: allow_upload('avatar', …)\n  got: 5"
    with pytest.raises(TypeError):
        Socket().allow_upload("docs")  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]


def test_media_types_are_our_own() -> None:
    """UP-3: the table is lower case, and every extension has one type that is in it."""
    assert len(extensions()) == len(set(extensions())) > 80
    for extension in extensions():
        assert extension == extension.lower()
        assert is_media_type(media_type_of(extension) or "")
    assert not is_media_type("image/*")


def test_allowing_again() -> None:
    """UP-1, UP-4: not over entries; an upload without any may be replaced, or disallowed, after which it can still be read."""
    client = upload()
    choose(client, file("0"))
    assert client.refused(do(lambda s: s.allow_upload("docs", accept="any")), UploadError) == (
        "cannot allow_upload('docs') on an existing upload with active entries\n"
        "  expected: an upload without entries\n  got: 'a.txt'\n"
        "  cure: cancel them first: socket.cancel_upload(name, entry.ref)"
    )
    assert client.refused(do(lambda s: s.disallow_upload("docs")), UploadError) == (
        "unable to disallow the upload 'docs' with active entries\n"
        "  expected: an upload without entries\n  got: 'a.txt'\n"
        "  cure: cancel or consume them first"
    )
    assert "there is no upload 'other'" in client.refused(do(lambda s: s.disallow_upload("other")), MissingAssign)
    client.tell(do(lambda s: s.cancel_upload("docs", "0").disallow_upload("docs")))
    assert not config(client).allowed
    assert choose(client, file("1")) == [("ok", {})]
    assert client.refused(AllowUpload(REF, (file("1"),)), UploadError) == (
        f"no upload has the ref '{REF}'\n  expected: one of (there is none)\n  got: '{REF}'"
    )


# --- choosing -------------------------------------------------------------------------------------------------------------


def test_choosing() -> None:
    """UP-8, UP-10, CB-10: before the callback runs; known ones are skipped; uploads that nobody knows are ignored."""
    client = upload(max_entries=3)
    extra: dict[str, Any] = {"relative_path": "dir/a.txt", "last_modified": 9, "meta": {"x": 1}}
    choose(client, file("0", **extra), file(1), file("0", size=6), upload=REF)
    choose(client, file("9"), upload="another")
    first, second = config(client).entries
    assert (first.ref, first.client_name, first.client_size, first.client_type) == ("0", "a.txt", 5, "text/plain")
    assert (first.client_relative_path, first.client_last_modified, first.client_meta) == ("dir/a.txt", 9, {"x": 1})
    assert (first.upload_ref, first.upload_config, first.uuid) == (REF, "docs", f"{REF}-0")
    assert (first.progress, first.preflighted, first.valid, first.done, first.cancelled) == (
        0,
        False,
        True,
        False,
        False,
    )
    assert second.ref == "1"
    text = client.refused(Event("x", uploads={REF: [{"name": "a"}]}), UploadError)
    assert text == (
        "the client chose a file for 'docs' without a ref\n"
        "  expected: {'ref': …, 'name': …, 'size': …, 'type': …} for each file\n"
        "  got: {'name': 'a'}"
    )


def test_vx_38() -> None:
    """UP-11, UP-12, UP-14, VX-38: one place: a single new file takes it; too many are kept, and said."""
    client = upload()
    choose(client, file("1", size=30))
    (entry,) = config(client).entries
    assert (entry.valid, entry.uuid, upload_errors(config(client), entry)) == (False, None, ["too_large"])
    choose(client, file("2"))
    assert [each.ref for each in config(client).entries] == ["2"]
    assert config(client).errors == ()
    choose(client, file("2"), file("3"))
    assert [each.ref for each in config(client).entries] == ["2", "3"]
    assert upload_errors(config(client)) == ["too_many_files"]
    client.tell(do(lambda s: s.cancel_upload("docs", "3")))
    assert config(client).errors == ()


@pytest.mark.parametrize(
    ("accept", "name", "type", "accepted"),
    [
        (["image/*"], "a.png", "image/png", True),
        ([".jpg"], "a.JPG", "x/y", True),
        ([".jpg"], "a.txt", "image/jpeg", True),
        ([".jpg"], "a.gif", "image/gif", False),
        ([".jpg"], "jpg", "", False),
        (["text/csv"], "a.csv", "", False),
        (["audio/*", "video/*"], "a", "video/x-new", True),
        ("any", "", "", True),
    ],
)
def test_vx_39(accept: Any, name: str, type: str, accepted: bool) -> None:
    """UP-12, UP-13, VX-39: by group, by type, or by extension in any case."""
    client = upload(accept=accept)
    choose(client, file("0", name=name, type=type))
    (entry,) = config(client).entries
    assert upload_errors(config(client), entry) == ([] if accepted else ["not_accepted"])


@pytest.mark.parametrize(
    ("size", "answer", "reasons"),
    [
        (21, None, ["too_large"]),
        (None, None, ["too_large"]),
        (True, None, ["too_large"]),
        (20, ("error", "mine"), ["mine"]),
        (20, ("error", "a", "b"), []),
        (20, "no", []),
        (20, None, []),
    ],
)
def test_the_first_reason_only(size: Any, answer: Any, reasons: list[str]) -> None:
    """UP-12, UP-39, VX-39: size, then type, then the validator, of which only an error is one."""
    client = upload(validator=lambda entry: answer)
    choose(client, file("0", size=size, name="a.gif" if reasons == ["too_large"] else "a.txt"))
    (entry,) = config(client).entries
    assert upload_errors(config(client), entry) == reasons
    assert entry.valid == (not reasons)


def test_the_order_of_errors() -> None:
    """UP-15: new ones at the end, a repeated one moves there; an entry that leaves takes its own along."""
    errors = UploadConfig("a", "r", "any", errors=(("1", "x"), ("2", "y")))
    assert errors.with_error("1", "x").errors == (("2", "y"), ("1", "x"))
    assert errors.without(["1"]).errors == (("2", "y"),)


@given(st.lists(st.tuples(st.sampled_from("cdx"), st.integers(0, 4)), max_size=12), st.integers(1, 3))
def test_too_many_as_long_as_there_are_too_many(script: list[tuple[str, int]], most: int) -> None:
    """The law of `uploads`: the error stands exactly while there are more entries than may be (UP-14)."""
    made = UploadConfig("a", "r", "any", max_entries=most)
    for what, number in script:
        made = made.chosen([file(str(number))]) if what == "c" else made.without([str(number)])
        assert (("r", "too_many_files") in made.errors) == (len(made.entries) > most)
        assert len({entry.ref for entry in made.entries}) == len(made.entries)


# --- reading, consuming, cancelling ---------------------------------------------------------------------------------------


def three(**options: Any) -> Client:
    """Three files, all there."""
    client = upload(max_entries=3, **options)
    files = [file(str(number), name=f"f{number}.txt") for number in (1, 2, 3)]
    ask(client, *files)
    for number in (1, 2, 3):
        sent(client, str(number), b"12345")
    return client


def test_vx_36() -> None:
    """UP-30, UP-31, UP-35, VX-36: the last chosen first; they leave after the callback, by a message of the framework's own."""
    client = three()
    seen: list[int] = []

    def take(socket: Socket) -> Socket:
        done, under_way = socket.uploaded_entries("docs")
        assert ([entry.ref for entry in done], under_way) == (["3", "2", "1"], [])
        socket = consume(socket, lambda content, entry: entry.client_name)
        seen.append(len(socket.assigns.uploads.docs.entries))
        return socket

    client.tell(do(take))
    assert client.assigns.got == ("f3.txt", "f2.txt", "f1.txt")
    assert (seen, len(config(client).entries)) == ([3], 3)
    assert client.effects == [Deliver(DropEntries(REF, ("3", "2", "1")))]
    assert client.own() == [[("diff", {"0": ""})]]
    assert (config(client).entries, client.process.socket._standing.uploads) == ((), {})
    assert client.tell(DropEntries("unknown", ("1",))) == []


def test_entries_by_state() -> None:
    """UP-30: not done means under way, valid or not; an unknown name has none."""
    client = upload(max_entries=3, auto_upload=True)
    ask(client, file("1"), file("2", size=99), file("3"))
    sent(client, "1", b"12345")
    done, under_way = client.process.socket.uploaded_entries("docs")
    assert ([entry.ref for entry in done], [entry.ref for entry in under_way]) == (["1"], ["3", "2"])
    assert client.process.socket.uploaded_entries("nothing") == ([], [])


def test_consuming_too_early() -> None:
    """UP-31, UP-32: every entry must be done; an upload must be there; none is no error."""
    client = upload(max_entries=2, auto_upload=True)
    client.tell(do(consume))
    assert client.assigns.got == ()
    ask(client, file("0"), file("1", size=99, name="b.txt"))
    assert client.refused(do(consume), UploadError) == (
        "cannot consume the entries of 'docs' while some are still in progress\n"
        "  expected: every entry to be done\n"
        "  got: 'b.txt' at 0 %, 'a.txt' at 0 %\n"
        "  cure: wait until they are done, or cancel those that are not valid"
    )
    one = lambda s: s.consume_uploaded_entry(s.assigns.uploads.docs.entries[0], lambda content: 1)[0]
    assert client.refused(do(one), UploadError) == (
        "cannot consume 'a.txt' while it is still in progress\n"
        "  expected: an entry that is done\n  got: 0 %\n  cure: ask entry.done first"
    )
    other = lambda s: s.consume_uploaded_entries("dogs", lambda *args: 1)[0]
    assert client.refused(do(other), MissingAssign) == (
        "there is no upload 'dogs'\n  got: the uploads are: docs\n"
        "  cure: socket.allow_upload('dogs', accept=[…]), usually in mount\n  nearest: docs"
    )


def test_postponing() -> None:
    """UP-33, VX-41: it stays for another time; its value is among the results all the same."""
    client = three()
    keep = lambda content, entry: Postpone("later") if entry.ref == "2" else f"v{entry.ref}"
    client.tell(do(lambda s: consume(s, keep)))
    assert client.assigns.got == ("v3", "later", "v1")
    client.own()
    assert [entry.ref for entry in config(client).entries] == ["2"]
    one = lambda s: s.assign(got=s.consume_uploaded_entry(s.assigns.uploads.docs.entries[0], Postpone)[1])
    client.tell(do(one))
    assert client.assigns.got == b"12345"
    taken: list[Any] = []

    def take(socket: Socket) -> Socket:
        socket, value = socket.consume_uploaded_entry(socket.assigns.uploads.docs.entries[0], bytes.decode)
        taken.append(value)
        return socket

    client.tell(do(take))
    client.own()
    assert (taken, config(client).entries) == (["12345"], ())


def test_a_consumer_that_fails() -> None:
    """UP-33: the exception is the callback's; unlike Phoenix, nothing was consumed, as after every error."""
    client = three()
    client.refused(do(lambda s: consume(s, lambda content, entry: 1 / 0)), ZeroDivisionError)
    client.tell(do(consume))
    assert len(client.assigns.got) == 3


def test_vx_42() -> None:
    """UP-14, UP-35, VX-42: in total mode what was consumed still counts."""
    client = upload(max_entries=2, max_entries_mode="total", auto_upload=True)
    ask(client, file("0"), file("1"))
    sent(client, "0", b"12345")
    client.tell(do(lambda s: s.cancel_upload("docs", "1")))
    client.tell(do(consume))
    client.own()
    assert (config(client).consumed_entries, config(client).capacity) == (1, 1)
    choose(client, file("2"))
    assert config(client).errors == ()
    choose(client, file("2"), file("3"))
    assert upload_errors(config(client)) == ["too_many_files"]
    assert ask(client, file("2"), file("3"))["entries"] == {"2": f"{REF}:2"}


def test_cancelling() -> None:
    """UP-36: at once, unless its channel is open: then it is marked, its writer closed, and it leaves when that is through."""
    disk = Disk("", [])
    client = upload(max_entries=2, writer=disk)
    ask(client, file("0"), file("1"))
    client.tell(do(lambda s: s.cancel_upload("docs", "1")))
    assert [entry.ref for entry in config(client).entries] == ["0"]
    client.tell(RegisterUpload(f"{REF}:0"))
    client.tell(do(lambda s: s.cancel_upload("docs", "0").cancel_upload("docs", "0")))
    (entry,) = config(client).entries
    assert (entry.cancelled, disk.log[-1]) == (True, ("init", "0"))
    assert client.effects == [Deliver(CloseWriter(REF, "0"))]
    client.own()
    assert disk.log[-1] == ("close", "cancel")
    assert client.effects == [CancelTimer(("upload", REF, "0")), Deliver(DropEntries(REF, ("0",)))]
    assert client.tell(Chunk(REF, "0", b"1"))[0] == ("error", {"reason": "disallowed"})
    assert client.tell(RegisterUpload(f"{REF}:0"))[0] == ("error", {"reason": "disallowed"})
    client.tell(DropEntries(REF, ("0",)))
    assert config(client).entries == ()
    assert client.refused(do(lambda s: s.cancel_upload("docs", "7")), UploadError) == (
        "no entry in upload 'docs' with ref '7'\n"
        "  expected: one of (it has no entries)\n  got: '7'\n"
        "  cure: take the ref from the entry: phx-value-ref={entry.ref}"
    )
    assert "there is no upload 'x'" in client.refused(do(lambda s: s.cancel_upload("x", "7")), MissingAssign)


def test_a_new_file_takes_the_place_of_one_under_way() -> None:
    """UP-11, UP-36: the writer of the old one is closed."""
    disk = Disk("", [])
    client = upload(writer=disk)
    ask(client, file("0"))
    client.tell(RegisterUpload(f"{REF}:0"))
    client.settle(Event("validate", "form", "", None, None, {REF: [file("1")]}))
    assert disk.log[-1] == ("close", "cancel")
    assert [entry.ref for entry in config(client).entries] == ["1"]
    assert config(client).errors == ()
    assert ask(client, file("1"))["entries"] == {"1": f"{REF}:1"}
