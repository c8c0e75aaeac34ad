"""Uploads through the simulated browser: the frames of the client, what a test paces, and what is refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from liveview_core import LiveComponent, LiveView, Route, Router, heex, upload_errors
from liveview_testing import File, FileInput, Preflight, Redirected, Rejected, View, live
from liveview_testing.failures.exceptions import ElementDisabled
from liveview_testing.laws import hold, replay_law
from liveview_testing.world.page_state.files import NotAFile, NotSent, NoUpload

PAGE = """
<form id="f" phx-change="validate" phx-submit="save">
  <input type="text" name="title" />
  <.live_file_input upload={@uploads.avatar} />
  <p :for={e in @uploads.avatar.entries} id={f"e-{e.client_name}"}>{e.client_name} {e.progress}%
    <i :for={why in upload_errors(@uploads.avatar, e)}>{str(why)}</i>
    <button type="button" phx-click="cancel" phx-value-ref={e.ref}>x</button>
  </p>
  <em :for={why in upload_errors(@uploads.avatar)}>{str(why)}</em>
  <button>Save</button>
</form>
<b :for={each in @saved}>{each}</b>
<u>{@told}</u>
"""

__all__ = ["upload_errors"]  # the template uses it


class Gallery(LiveView):
    """Two files of at most twenty bytes, in chunks of four."""

    options: dict[str, Any] = {
        "accept": [".txt", ".png"],
        "max_entries": 2,
        "max_file_size": 20,
        "chunk_size": 4,
    }

    def mount(self, params: Any, session: Any, socket: Any) -> Any:
        return socket.assign(saved=[], told="").allow_upload("avatar", **{**self.options, **session})

    def handle_event(self, event: str, params: Any, socket: Any) -> Any:
        match event:
            case "cancel":
                return socket.cancel_upload("avatar", params["ref"])
            case "save":
                socket, saved = socket.consume_uploaded_entries("avatar", named)
                return socket.update("saved", lambda before: [*before, *saved])
            case _:
                return socket

    render = heex(PAGE)


def named(content: Any, entry: Any) -> str:
    return f"{entry.client_name}={content.decode() if isinstance(content, bytes) else content}"


def gallery(**options: Any) -> View:
    return live(Gallery, session=options)


def text(name: str, content: str) -> dict[str, Any]:
    return {"name": name, "content": content, "last_modified": 1}


def said(view: View, since: int = 0) -> list[tuple[str, str | None, Any]]:
    """What the client sent, and on which topic."""
    return [(each.event, each.topic, each.payload) for each in view.wire[since:] if each.direction == "client"]


# --- the frames


def test_the_frames_of_an_upload_are_those_of_the_client() -> None:
    """Change with the files, preflight, a channel, chunks, progress, then the submit (js-client.md 5, UP-10…28)."""
    view = gallery()
    before = len(view.wire)
    upload = view.file_input("#f", "avatar", [text("a.txt", "hello ")])
    assert "a.txt 66%" in upload.render_upload("a.txt", 60)  # 3.6 bytes of 6: four
    assert "a.txt 100%" in upload.render_upload("a.txt", 60)  # no more than all
    view.form("#f", {"title": "me"}).render_submit()
    ref = view.assigns.uploads.avatar.ref
    entry = {
        "last_modified": 1,
        "name": "a.txt",
        "relative_path": "",
        "size": 6,
        "type": "text/plain",
        "ref": "0",
    }
    assert said(view, before) == [
        (
            "event",
            None,
            {
                "type": "form",
                "event": "validate",
                "value": "_unused_title=&title=",
                "meta": {"_target": "avatar"},
                "uploads": {ref: [{"path": "avatar", **entry}]},
            },
        ),
        ("allow_upload", None, {"ref": ref, "entries": [entry]}),
        ("phx_join", "lvu:0", {"token": f"{ref}:0"}),
        ("chunk", "lvu:0", b"hell"),
        ("progress", None, {"event": None, "ref": ref, "entry_ref": "0", "progress": 66}),
        ("chunk", "lvu:0", b"o "),
        ("progress", None, {"event": None, "ref": ref, "entry_ref": "0", "progress": 100}),
        ("event", None, {"type": "form", "event": "save", "value": "title=me", "meta": {}}),
    ]
    assert [(each.topic, each.payload) for each in view.wire if each.topic and each.direction == "server"] == [
        ("lvu:0", {"status": "ok", "response": {}}),
        ("lvu:0", {"status": "ok", "response": {}}),
        ("lvu:0", {"status": "ok", "response": {}}),
    ]
    assert view.assigns.saved == ["a.txt=hello "]
    assert view.assigns.uploads.avatar.entries == ()
    hold(view.sim)


def test_chunks_have_their_bytes() -> None:
    """A chunk is bytes on the wire, counted as such; its text tells one from another."""
    view = gallery()
    view.file_input("#f", "avatar", [text("a.txt", "abcd")]).render_upload("a.txt")
    chunk = next(each for each in view.wire if each.event == "chunk")
    assert (chunk.bytes, chunk.text) == (4, "<4 bytes, crc32 ed82cd11>")
    assert b"crc32 ed82cd11" in view.sim.trace


def test_a_submit_sends_what_was_not_sent() -> None:
    """The client uploads when the form is submitted, and submits when that is done (UP-28)."""
    view = gallery()
    upload = view.file_input("#f", "avatar", [text("a.txt", "one"), text("b.txt", "two")])
    view.form("#f").render_change(upload)
    assert [each.client_name for each in view.assigns.uploads.avatar.entries] == ["a.txt", "b.txt"]
    view.element("#f button", "Save").render_click()
    assert view.assigns.saved == ["b.txt=two", "a.txt=one"]  # UP-30
    before = len(view.wire)
    view.form("#f").render_submit()
    assert [payload["event"] for _, _, payload in said(view, before)] == ["save"]  # nothing is left to send


def test_a_submit_waits_for_a_paced_upload() -> None:
    """What a test sent in part is sent whole before the submit (UP-28)."""
    view = gallery()
    upload = view.file_input("#f", "avatar", [text("a.txt", "abcdefgh")])
    upload.render_upload("a.txt", 50)
    view.form("#f").render_submit()
    assert view.assigns.saved == ["a.txt=abcdefgh"]


def test_a_submit_with_errors_is_not_sent() -> None:
    """An upload that shows errors keeps the client from submitting; the page says why (UP-12, UP-16)."""
    view = gallery()
    view.file_input("#f", "avatar", [text("big.txt", "x" * 30)]).render_change()
    before = len(view.wire)
    html = view.form("#f").render_submit()
    assert said(view, before) == []
    assert "too_large" in html


# --- what is refused


def test_what_the_server_refuses() -> None:
    """A refused file is a value with its reasons; the page is there to be read (UP-12…16, UP-39)."""
    view = gallery()
    big = view.file_input("#f", "avatar", [text("big.txt", "x" * 30)]).render_upload("big.txt")
    assert isinstance(big, Rejected)
    assert big.errors == (("big.txt", "too_large"),)
    assert "too_large" in big
    view.element("#e-big\\.txt button").render_click()
    wrong = view.file_input("#f", "avatar", [text("a.pdf", "x")]).render_upload("a.pdf")
    assert isinstance(wrong, Rejected)
    assert wrong.errors == (("a.pdf", "not_accepted"),)
    view.element("p button").render_click()
    many = view.file_input("#f", "avatar", [text(f"{n}.txt", "x") for n in range(3)]).render_upload("0.txt")
    assert isinstance(many, Rejected)
    assert many.errors == (("avatar", "too_many_files"),)


def test_a_preflight_is_a_value() -> None:
    """Asking alone: what the server would take, and why not (UP-16, UP-17)."""
    view = gallery()
    upload = view.file_input("#f", "avatar", [text("a.txt", "one")])
    answer = upload.preflight_upload()
    ref = view.assigns.uploads.avatar.ref
    config = {"max_file_size": 20, "max_entries": 2, "chunk_size": 4, "chunk_timeout": 10_000}
    assert answer == Preflight(ref, config, {"a.txt": f"{ref}:0"}, ())
    assert answer.ok
    with pytest.raises(NotSent) as again:
        upload.preflight_upload()
    assert str(again.value) == (
        "there is nothing to ask for: the server was asked for these files already\n"
        "  expected: files that were chosen, and neither preflighted nor sent\n"
        "  got: <FileInput 'avatar' of '#f' with a.txt>"
    )
    assert "100%" in upload.render_upload("a.txt")
    refused = view.file_input("#f", "avatar", [text("big.txt", "x" * 30)]).preflight_upload()
    assert refused.errors == (("big.txt", "too_large"),)
    assert not refused.ok


# --- other uploads


def test_one_place_is_taken_by_the_next_file() -> None:
    """Where there is one place, another file replaces the one before (UP-11)."""
    view = gallery(max_entries=1)
    first = view.file_input("#f", "avatar", [text("a.txt", "one")])
    first.render_upload("a.txt", 50)
    view.file_input("#f", "avatar", [text("b.txt", "two")]).render_upload("b.txt")
    assert [each.client_name for each in view.assigns.uploads.avatar.entries] == ["b.txt"]
    view.form("#f").render_submit()
    assert view.assigns.saved == ["b.txt=two"]


def test_several_inputs_add_up() -> None:
    """An input that takes several keeps those chosen before, and tells of them again (UP-10)."""
    view = gallery()
    view.file_input("#f", "avatar", [text("a.txt", "one")]).render_change()
    view.file_input("#f", "avatar", [text("b.txt", "two")]).render_change()
    uploads = view.wire[-2].payload["uploads"]
    assert [each["ref"] for each in uploads[view.assigns.uploads.avatar.ref]] == ["0", "1"]
    assert [each.client_name for each in view.assigns.uploads.avatar.entries] == ["a.txt", "b.txt"]


class Auto(Gallery):
    """Sends by itself, and hears of the progress."""

    def mount(self, params: Any, session: Any, socket: Any) -> Any:
        socket = super().mount(params, session, socket)
        return socket.allow_upload("avatar", **self.options, auto_upload=True, progress=self.heard)

    def heard(self, name: str, entry: Any, socket: Any) -> Any:
        if entry.client_name == "away.txt":
            return socket.put_flash("info", "got it").push_navigate("/there")
        socket = socket.assign(told=f"{entry.client_name} {entry.progress}")
        if entry.done:
            socket, value = socket.consume_uploaded_entry(entry, lambda content: content.decode())
            return socket.update("saved", lambda before: [*before, value])
        return socket


def test_auto_upload_sends_what_is_chosen() -> None:
    """Choosing is enough; the progress function consumes (UP-16, UP-27, UP-32)."""
    view = live(Auto)
    view.file_input("#f", "avatar", [text("a.txt", "hello"), text("big.txt", "x" * 30)]).render_change()
    assert view.assigns.saved == ["hello"]
    assert view.assigns.told == "a.txt 100"
    assert "too_large" in view.html


def test_auto_upload_in_the_test_s_own_pace() -> None:
    """`render_upload` is the pace of the test also where files are sent by themselves."""
    view = live(Auto)
    upload = view.file_input("#f", "avatar", [text("a.txt", "12345678")])
    upload.render_upload("a.txt", 50)
    assert (view.assigns.told, view.assigns.saved) == ("a.txt 50", [])
    upload.render_upload("a.txt", 0)
    assert view.assigns.told == "a.txt 50"
    upload.render_upload("a.txt", 50)
    assert view.assigns.saved == ["12345678"]
    rejected = view.file_input("#f", "avatar", [text("big.txt", "x" * 30)]).render_upload("big.txt")
    assert isinstance(rejected, Rejected)
    assert rejected.errors == (("big.txt", "too_large"),)


def test_a_progress_function_may_send_the_view_away() -> None:
    """The redirect comes back from the upload, and nothing more is sent (NV-19)."""
    router = Router([Route("/", Auto), Route("/there", Gallery)])
    view = live("/", router=router)
    gone = view.file_input("#f", "avatar", [text("away.txt", "12345678")]).render_upload("away.txt")
    assert gone == Redirected("/there", "live_redirect", {"info": "got it"})
    assert view.wire[-1].event == "live_redirect"
    assert [event for event, _, _ in said(view)].count("chunk") == 1
    there = view.follow_redirect("/there")
    there.file_input("#f", "avatar", [text("a.txt", "x")]).render_upload("a.txt")
    assert there.assigns.uploads.avatar.entries[0].ref == "1"  # refs are counted through the life of a browser's page


class Cloud(Gallery):
    """Files that go elsewhere."""

    def mount(self, params: Any, session: Any, socket: Any) -> Any:
        socket = super().mount(params, session, socket)
        return socket.allow_upload("avatar", **self.options, external=presign)


def presign(entry: Any, socket: Any) -> Any:
    if entry.client_name == "no.txt":
        return "error", {"reason": "full"}, socket
    return {"uploader": "S3", "url": f"https://files.example/{entry.client_name}"}, socket


def test_external_uploads_tell_their_progress_only() -> None:
    """No channel, no chunks: the metadata, and how far it is (UP-19, UP-34)."""
    view = live(Cloud)
    before = len(view.wire)
    upload = view.file_input("#f", "avatar", [text("a.txt", "hello")])
    assert "a.txt 40%" in upload.render_upload("a.txt", 40)
    view.form("#f").render_submit()
    assert [event for event, _, _ in said(view, before)] == ["event", "allow_upload", "progress", "progress", "event"]
    assert view.assigns.saved == ["a.txt={'uploader': 'S3', 'url': 'https://files.example/a.txt'}"]
    refused = view.file_input("#f", "avatar", [text("no.txt", "x")]).render_upload("no.txt")
    assert isinstance(refused, Rejected)
    assert refused.errors == (("no.txt", {"reason": "full"}),)


def test_a_client_s_uploader_may_fail() -> None:
    """What the client's uploader could not send is an error of the entry (UP-26)."""
    view = live(Cloud)
    upload = view.file_input("#f", "avatar", [text("a.txt", "hello")])
    with pytest.raises(NotSent) as early:
        upload.fail_upload("a.txt")
    assert str(early.value) == (
        "this file is not under way\n"
        "  expected: a file that the server accepted, and that is not done\n"
        "  got: nothing of it\n"
        '  cure: upload.render_upload("me.png", 50) first'
    )
    upload.render_upload("a.txt", 40)
    assert "external_client_failure" in upload.fail_upload("a.txt", "timeout")
    assert view.wire[-2].payload["progress"] == {"error": "timeout"}


# --- the end of entries


def test_a_cancelled_entry_is_sent_no_further() -> None:
    """The entry leaves with its file; sending on is an error that says so (UP-36)."""
    view = gallery()
    upload = view.file_input("#f", "avatar", [text("a.txt", "abcdefgh")])
    upload.render_upload("a.txt", 50)
    view.element("p button").render_click()
    assert view.assigns.uploads.avatar.entries == ()
    with pytest.raises(NotSent) as gone:
        upload.render_upload("a.txt", 50)
    assert str(gone.value) == (
        "the entry of 'a.txt' is not on the page any more\n"
        "  expected: an entry that was neither cancelled nor dropped\n"
        "  got: 4 of 8 bytes sent before it left\n"
        "  cure: choose it again: upload.render_change()"
    )
    upload.render_change()
    assert "100%" in upload.render_upload("a.txt")


def test_the_next_chunk_is_waited_for_so_long() -> None:
    """No chunk within the time it may take: the entry is dropped, on the simulated clock (UP-23)."""
    view = gallery(chunk_timeout=3000)
    upload = view.file_input("#f", "avatar", [text("a.txt", "abcdefgh")])
    upload.render_upload("a.txt", 50)
    view.sim.clock.advance(2.9)
    assert view.has_element("p", "a.txt 50%")
    upload.render_upload("a.txt", 25)
    view.sim.clock.advance(2.9)
    assert view.has_element("p", "a.txt 75%")
    view.sim.clock.advance(0.2)
    assert not view.has_element("p")


def test_a_done_file_is_sent_no_more() -> None:
    """At a hundred percent there is nothing to send (test-client.md 1.6)."""
    view = gallery()
    upload = view.file_input("#f", "avatar", [text("a.txt", "one")])
    upload.render_upload("a.txt")
    before = len(view.wire)
    upload.render_upload("a.txt")
    assert len(view.wire) == before
    view.form("#f").render_submit()
    upload.render_upload("a.txt")
    assert view.assigns.saved == ["a.txt=one"]


class Slot(LiveComponent):
    """An upload of a component."""

    def mount(self, socket: Any) -> Any:
        return socket.assign(saved="").allow_upload("picture", accept="any", chunk_size=3)

    def handle_event(self, event: str, params: Any, socket: Any) -> Any:
        if event == "save":
            socket, saved = socket.consume_uploaded_entries("picture", named)
            return socket.assign(saved=",".join(saved))
        return socket

    render = heex("""
    <div><form id={f"form-{@id}"} phx-target={@myself} phx-change="validate" phx-submit="save">
      <.live_file_input upload={@uploads.picture} /><i :for={e in @uploads.picture.entries}>{e.progress}</i>
    </form><b>{@saved}</b></div>
    """)


class TwoSlots(LiveView):
    """Two components with an upload each."""

    render = heex("""<.live_component module={Slot} id="one" /><.live_component module={Slot} id="two" />""")


def test_uploads_of_components() -> None:
    """Preflight, progress and submit carry the component's cid; the other one knows nothing of it (UP-18, CB-9)."""
    view = live(TwoSlots)
    before = len(view.wire)
    upload = view.file_input("#form-two", "picture", [text("a.txt", "abcd")])
    upload.render_upload("a.txt")
    view.form("#form-two").render_submit()
    events = [(event, payload.get("cid")) for event, topic, payload in said(view, before) if topic is None]
    assert events == [("event", 2), ("allow_upload", 2), ("progress", 2), ("progress", 2), ("event", 2)]
    assert view.element("b", "a.txt=abcd").exists
    assert not view.element("#form-one i").exists


# --- forks and replay


def test_forks_go_on_by_themselves() -> None:
    """How far a file is belongs to the world; the handle's files can go on in another one."""
    view = gallery()
    upload = view.file_input("#f", "avatar", [text("a.txt", "abcdefgh")])
    upload.render_upload("a.txt", 50)
    other = upload.on(view.fork())
    other.render_upload("a.txt", 50)
    assert view.has_element("p", "a.txt 50%")
    assert other.view.has_element("p", "a.txt 100%")
    upload.render_upload("a.txt", 25)
    assert view.has_element("p", "a.txt 75%")

    def act(there: View) -> None:
        there.file_input("#f", "avatar", [text("b.txt", "xyz")]).render_upload("b.txt")

    replay_law(view, act)


# --- what a user cannot do


def test_files_are_what_a_browser_would_say_of_them(tmp_path: Path) -> None:
    """Size and type by default from content and name; a path is read; given facts are kept (test-client.md 1.6)."""
    path = tmp_path / "me.PNG"
    path.write_bytes(b"png")
    view = gallery()
    entries: list[Any] = [
        path,
        {"name": "x.unknown", "content": b"", "meta": {"w": 1}, "relative_path": "d/x"},
        File("f", b"1"),
    ]
    files = view.file_input("#f", "avatar", entries).files
    assert [(each.name, each.size, each.type) for each in files] == [
        ("me.PNG", 3, "image/png"),
        ("x.unknown", 0, ""),
        ("f", 1, ""),
    ]
    assert files[1].told("7", 5_000) == {
        "last_modified": 5,
        "name": "x.unknown",
        "relative_path": "d/x",
        "size": 0,
        "type": "",
        "ref": "7",
        "meta": {"w": 1},
    }


@pytest.mark.parametrize(
    ("entries", "message"),
    [
        (
            [{"name": "a.txt"}],
            "a file without content\n"
            '  expected: at least "name" and "content"; also size, type, last_modified, relative_path, meta\n'
            "  got: {'name': 'a.txt'}",
        ),
        (
            [{"name": "a.txt", "content": "x", "typ": "y"}],
            "a file has no 'typ'\n"
            '  expected: at least "name" and "content"; also size, type, last_modified, relative_path, meta\n'
            "  got: {'name': 'a.txt', 'content': 'x', 'typ': 'y'}\n"
            "  nearest: type",
        ),
        (
            [{"name": "a.txt", "content": "abc", "size": 4}],
            "the size of 'a.txt' is not that of its content\n"
            "  expected: 3, or no size at all\n"
            "  got: 4\n"
            '  cure: to be too large it has to be: {"content": b"x" * size}',
        ),
        (
            [{"name": "", "content": 1}],
            "a file has a name and its bytes\n"
            "  expected: a str, and bytes (or the text of them)\n"
            "  got: {'name': '', 'content': 1}",
        ),
        (
            [3],
            'this is no file\n  expected: {"name": "me.png", "content": b"…"}, a path, or a File\n  got: 3',
        ),
        (
            {"name": "a.txt", "content": "abc"},
            "file_input takes a list of files\n"
            '  expected: [{"name": "me.png", "content": b"…"}]\n'
            "  got: {'name': 'a.txt', 'content': 'abc'}\n"
            "  cure: put it into a list",
        ),
    ],
)
def test_what_is_no_file(entries: Any, message: str) -> None:
    """Entries need name and content, and nothing that no file has (test-client.md 1.6)."""
    with pytest.raises(NotAFile) as raised:
        gallery().file_input("#f", "avatar", entries)
    assert str(raised.value) == message


class Wrong(LiveView):
    """File inputs that send nothing."""

    def mount(self, params: Any, session: Any, socket: Any) -> Any:
        return socket.allow_upload("avatar", accept="any").allow_upload("off", accept="any")

    render = heex("""
    <form id="silent" phx-submit="x" {{}}><.live_file_input upload={@uploads.avatar} /></form>
    <form id="plain" phx-change="x" {{}}><input type="file" name="plain" /></form>
    <form id="off" phx-change="x"><fieldset disabled><.live_file_input upload={@uploads.off} /></fieldset></form>
    <form id="none" phx-change="x"></form>
    """)


def test_inputs_that_send_nothing() -> None:
    """No such input, a plain one, one whose form has no phx-change, a disabled one: each says what is wrong."""
    view = live(Wrong)
    world = view.sim.world
    one = [text("a.txt", "x")]

    def failing(upload: FileInput) -> str:
        with pytest.raises(NoUpload) as raised:
            upload.render_change()
        return str(raised.value)

    assert failing(view.file_input("#silent", "avater", one)) == (
        "the form '#silent' has no file input 'avater'\n"
        "  expected: <.live_file_input upload={@uploads.avater} /> in it\n"
        "  got: file inputs: 'avatar'\n"
        "  nearest: avatar"
    )
    assert "  got: a form without file inputs" in failing(view.file_input("#none", "avatar", one))
    assert failing(view.file_input("#plain", "plain", one)) == (
        'the file input input[name="plain"] belongs to no upload\n'
        "  expected: <.live_file_input upload={@uploads.…} />, which the client can send files from\n"
        '  got: <input type="file" name="plain">\n'
        "  cure: a plain file input is for forms that are submitted over HTTP"
    )
    silent = failing(view.file_input("#silent", "avatar", one))
    assert silent.startswith("files chosen at input#")
    assert "go nowhere: its form has no phx-change" in silent
    assert silent.endswith('cure: phx-change="validate", with a handle_event that returns the socket')
    with pytest.raises(ElementDisabled):
        view.file_input("#off", "off", one).render_change()
    with pytest.raises(NoUpload) as elsewhere:
        view.form("#none").render_change(view.file_input("#off", "off", one))
    assert str(elsewhere.value) == (
        "the input 'off' is not in the form '#none'\n"
        "  expected: the files of an input of this form\n"
        "  got: <FileInput 'off' of '#off' with a.txt>"
    )
    assert view.sim.world is world


def test_files_that_are_not_sent() -> None:
    """A name that is not among them, an empty file, a percentage that is none: errors, and nothing happened."""
    view = gallery()
    world = view.sim.world
    upload = view.file_input("#f", "avatar", [text("a.txt", "x"), text("empty.txt", "")])
    with pytest.raises(NotSent) as unknown:
        upload.render_upload("b.txt")
    assert str(unknown.value) == (
        "there is no file 'b.txt' among the chosen ones\n"
        "  expected: the name of an entry given to file_input\n"
        "  got: 'a.txt', 'empty.txt'\n"
        "  nearest: a.txt"
    )
    with pytest.raises(NotSent) as empty:
        upload.render_upload("empty.txt")
    assert str(empty.value) == (
        "the file 'empty.txt' is empty, and a browser does not send empty files\n"
        "  expected: a file with content\n"
        '  cure: {"name": "empty.txt", "content": b"x"}'
    ).replace('"empty.txt"', "'empty.txt'")
    with pytest.raises(ValueError, match="percent is an int from 0 to 100, got 101"):
        upload.render_upload("a.txt", 101)
    assert view.sim.world is world


class Broken:
    """A writer that cannot write."""

    def init(self, entry: Any) -> Any:
        return ()

    def write_chunk(self, data: bytes, state: Any) -> Any:
        raise OSError("disk full")

    def close(self, state: Any, reason: Any) -> Any:
        return state

    def meta(self, state: Any) -> Any:
        return state


def test_a_writer_that_fails() -> None:
    """The client stops, leaves the file's channel, and says nothing more; the entry shows the error (UP-24)."""
    view = gallery(writer=Broken())
    upload = view.file_input("#f", "avatar", [text("a.txt", "abcdefgh")])
    html = upload.render_upload("a.txt")
    assert "disk full" in html
    assert [event for event, _, _ in said(view)][-2:] == ["chunk", "phx_leave"]


class Spool:
    """A writer that writes down how it was closed."""

    def __init__(self, *, broken: bool = False) -> None:
        self.ends: list[Any] = []
        self.broken = broken

    def init(self, entry: Any) -> Any:
        return b""

    def write_chunk(self, data: bytes, state: Any) -> Any:
        return state + data

    def close(self, state: Any, reason: Any) -> Any:
        self.ends.append((state, reason))
        if self.broken:
            raise OSError("disk full")
        return state

    def meta(self, state: Any) -> Any:
        return state


class Travelling(Gallery):
    """It may leave, and crash."""

    def handle_event(self, event: str, params: Any, socket: Any) -> Any:
        match event:
            case "away":
                return socket.push_navigate("/other")
            case "out":
                return socket.redirect(external="https://example.org")
            case "crash":
                raise RuntimeError("broken")
            case _:
                return super().handle_event(event, params, socket)

    render = heex(PAGE)


class Other(LiveView):
    render = heex("<p>other</p>")


WAYS: dict[str, Any] = {
    "the connection is lost": lambda view: view.drop(),
    "live navigation of the server": lambda view: view.render_click("away"),
    "live navigation of the client": lambda view: view.live_redirect("/other"),
    "a redirect": lambda view: view.render_click("out"),
    "a crash": lambda view: view.render_click("crash"),
    "cancel": lambda view: view.element("button", "x").render_click(),
    "too late": lambda view: view.sim.clock.advance(11),
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("broken", [False, True])
def test_a_file_that_is_half_sent_when_it_ends(way: str, broken: bool) -> None:
    """Its writer is closed once, with what came; if that fails the view goes on all the same (UP-24, UP-25)."""
    spool = Spool(broken=broken)

    class Page(Travelling):
        options = {**Gallery.options, "writer": spool}
        render = heex(PAGE)

    router = Router([Route("/", Page), Route("/other", Other)])
    view = live("/", router=router, crashes="restart")
    upload = view.file_input("#f", "avatar", [text("a.txt", "abcdefgh")])
    upload.render_upload("a.txt", 50)
    assert spool.ends == []
    WAYS[way](view)
    assert spool.ends == [(b"abcd", "cancel")]
    assert len(view.sim.crashes) == (way == "a crash")
    view.sim.clock.advance(60)
    assert spool.ends == [(b"abcd", "cancel")]
    if broken and way in ("cancel", "too late"):
        assert "disk full" in view.html


def test_of_a_file_that_was_chosen_twice_the_last_choice_counts() -> None:
    """UP-36: the first one was sent whole, and consumed."""
    view = gallery()
    upload = view.file_input("#f", "avatar", [text("a.txt", "abcdefgh")])
    upload.render_upload("a.txt")
    view.form("#f").render_submit()
    upload.render_change()
    upload.render_upload("a.txt", 50)
    view.element("p button").render_click()
    with pytest.raises(NotSent, match="4 of 8 bytes sent before it left"):
        upload.render_upload("a.txt", 50)
