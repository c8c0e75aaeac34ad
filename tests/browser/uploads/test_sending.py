"""Uploads in the browser's heart: choosing, the preflight, chunks, submits (browser.md 9.1 to 9.4)."""

from __future__ import annotations

from typing import Any

from attrs import evolve

from liveview_core import LiveView, Route, Router, heex
from liveview_testing import Simulation
from tests.browser.uploads.component import Inside
from tests.harness.upload_tab import Broken, Docs, UploadTab, named, text

A, B, EMPTY = text("a.txt", "abcdefgh"), text("b.txt", "123456"), text("empty.txt", "")
BIG = text("big.txt", "x" * 101)
AUTO = {"auto_upload": True}
INPUT = "input[type=file]"

SENT_A = [
    ("allow_upload", "a.txt"),
    ("phx_join", "lvu:0"),
    ("chunk", "lvu:0", b"abcd"),
    ("progress", "0", 50),
    ("chunk", "lvu:0", b"efgh"),
    ("progress", "0", 100),
]


def test_files_are_told_at_the_choice_and_sent_at_the_submit() -> None:
    """All files at once, of each one chunk after the other; the submit is pushed when the last one is whole."""
    # UPL-3, UPL-11, UPL-15, UPL-16, UPL-17, UPL-20, UPL-22
    tab = UploadTab.of().choose(A, B)
    assert tab.frames() == [("event", "validate", "a.txt", "b.txt")]
    assert tab.node(INPUT).get("data-phx-active-refs") == "0,1"
    assert tab.node(INPUT).mark.files == ()  # several: the input's own value is emptied (UPL-2)
    tab.click("#save")
    assert tab.frames() == [
        ("allow_upload", "a.txt", "b.txt"),
        ("phx_join", "lvu:0"),
        ("phx_join", "lvu:1"),
        ("chunk", "lvu:0", b"abcd"),
        ("chunk", "lvu:1", b"1234"),
        ("progress", "0", 50),
        ("chunk", "lvu:0", b"efgh"),
        ("progress", "1", 66),
        ("chunk", "lvu:1", b"56"),
        ("progress", "0", 100),
        ("progress", "1", 100),
        ("event", "save"),
    ]
    assert tab.node(INPUT).mark.tracked == ()
    assert "a.txt=abcdefgh" in tab.node("#saved").text and "b.txt=123456" in tab.node("#saved").text


def test_what_is_chosen_later_is_added_where_the_input_takes_several() -> None:
    """The same file is the same; a file keeps its ref; a single input's list is replaced."""  # UPL-2
    tab = UploadTab.of().choose(A).choose(B, A)
    assert tab.frames() == [("event", "validate", "a.txt"), ("event", "validate", "a.txt", "b.txt")]
    tab = UploadTab.of(upload={"max_entries": 1}).choose(A).choose(B)
    assert tab.frames() == [("event", "validate", "a.txt"), ("event", "validate", "b.txt")]
    assert tab.node(INPUT).get("data-phx-active-refs") == "1"
    assert tab.node(INPUT).mark.files == (B,)


def test_an_empty_file_is_left_out_without_a_word() -> None:
    tab = UploadTab.of().choose(EMPTY)  # UPL-3
    assert tab.frames() == [("event", "validate")]
    assert tab.notes == ["UPL-3"]
    tab.choose(EMPTY, B)
    assert tab.frames() == [("event", "validate", "b.txt")]


def test_auto_upload_begins_with_the_answer_to_the_choice() -> None:
    tab = UploadTab.of(upload=AUTO).choose(A)  # UPL-10
    assert tab.frames() == [("event", "validate", "a.txt"), *SENT_A]
    assert tab.node("#e-0").text.startswith("a.txt 100%")
    assert tab.node("#f").get("data-phx-ref-src") is None
    assert tab.node(INPUT).get("data-phx-ref-lock") is None
    tab.click("#save")
    assert tab.frames() == [("event", "save")]


def test_under_latency_every_chunk_is_a_round_trip() -> None:
    """Join, then chunks one by one; meanwhile the form is disabled and says so."""  # UPL-15, UPL-16, LK-22
    tab = UploadTab.of().choose(A).latency(0.1)
    tab.frames()
    tab.click("#save")
    seen: list[tuple[int, Any]] = []
    for _ in range(12):
        before = round(tab.sim.world.now / 1000)
        seen.extend((before, frame) for frame in tab.frames())
        assert (tab.node("#save").get("disabled") is not None) == (tab.node("#saved").text == "")
        tab.sim.clock.advance(0.1)
    start = seen[0][0] - 100
    assert [frame for _, frame in seen] == [*SENT_A, ("event", "save")]
    assert [at - start for at, _ in seen] == [100, 300, 500, 700, 700, 900, 1100]
    assert tab.node("#save").text == "Save"
    assert tab.node("#saved").text == "a.txt=abcdefgh"


def test_an_invalid_file_holds_the_submit() -> None:
    """The entry is refused when it is told of: the submit sends nothing, and nothing shows."""  # UPL-20 a
    tab = UploadTab.of().choose(BIG)
    assert tab.frames() == [("event", "validate", "big.txt")]
    assert tab.node(INPUT).get("data-phx-error-refs") == "0"
    tab.click("#save")
    assert tab.frames() == []
    assert tab.notes == ["UPL-20"]
    assert tab.node("#f").get("class") is None
    tab.click("#x-0").choose(A)
    tab.frames()
    tab.click("#save")
    assert tab.frames()[-1] == ("event", "save")


def test_a_preflight_that_takes_one_of_two() -> None:
    """Without auto upload one refused file cancels all; with it only itself."""  # UPL-13
    tab = UploadTab.of(upload={"max_entries": 1}, change=None)
    field = tab.node(INPUT)
    tab.react_mark(field, tracked=(A, BIG))
    tab.click("#save")
    assert tab.frames() == [("allow_upload", "a.txt", "big.txt")]
    assert "UPL-13" in tab.notes
    assert tab.node("#save").get("disabled") is None

    tab = UploadTab.of(upload=AUTO).choose(A, BIG)
    assert tab.frames()[1:] == [("allow_upload", "a.txt", "big.txt"), *SENT_A[1:]]


def test_a_submit_while_an_auto_upload_runs_waits_for_it() -> None:
    """It is scheduled, once, and begins again when the files are there."""  # UPL-20 b, UPL-21
    tab = UploadTab.of(upload=AUTO).latency(0.1).choose(A)
    tab.sim.clock.advance(0.45)
    assert tab.node(INPUT).get("data-phx-preflighted-refs") == "0"
    tab.click("#save")
    assert tab.node("#save").text == "Saving"
    tab.click("#save").click("#save")
    tab.sim.clock.advance(5)
    frames = tab.frames()
    assert [each for each in frames if each[0] == "event"] == [("event", "validate", "a.txt"), ("event", "save")]
    assert frames[-1] == ("event", "save")
    assert tab.node("#saved").text == "a.txt=abcdefgh"
    assert tab.node("#save").text == "Save"


def test_a_cancelled_entry_counts_as_done() -> None:
    """Its chunks go on until the server closes its channel."""  # UPL-6
    tab = UploadTab.of(upload=AUTO).latency(0.1).choose(A, B)
    tab.sim.clock.advance(0.65)
    assert [each.channel for each in tab.browser.uploads.entries.values()] == ["joined", "joined"]
    tab.frames()
    tab.click("#x-0")
    tab.sim.clock.advance(0.3)
    assert not tab.has("#e-0")
    tab.sim.clock.advance(5)
    frames = tab.frames()
    assert ("progress", "1", 100) in frames
    assert ("progress", "0", 100) not in frames
    assert [each.file for each in tab.browser.uploads.entries.values() if each.cancelled] == [A]
    tab.click("#save")
    tab.sim.clock.advance(1)
    assert tab.node("#saved").text == "b.txt=123456"


def test_a_writer_that_fails_calls_the_scheduled_submit_off() -> None:
    """The server knows, so no progress tells it; the entry stays, and the submit is never sent."""  # UPL-19, UPL-21
    tab = UploadTab.of(upload={**AUTO, "writer": Broken()}).latency(0.1).choose(A)
    tab.sim.clock.advance(0.45)
    tab.click("#save")
    tab.sim.clock.advance(5)
    frames = tab.frames()
    assert ("progress", "0", {"error": "writer_error"}) not in frames
    assert ("event", "save") not in frames
    assert frames[-1] == ("phx_leave", "lvu:0")
    assert "UPL-21" in tab.notes
    assert tab.node("#save").text == "Save"


def test_a_chunk_that_is_refused_clears_the_input() -> None:
    """The server is told, the input has no files and no upload until it is rendered again; the form stays locked."""
    # UPL-19, UPL-19a
    tab = UploadTab.of().latency(0.1).choose(A)
    tab.sim.clock.advance(0.5)
    tab.click("#save")
    tab.sim.clock.advance(0.35)
    entry = next(iter(tab.browser.uploads.entries.values()))
    assert entry.channel == "joining"
    longer = evolve(A, content=A.content * 3)  # the file on the disk is another one now
    entries = tab.browser.uploads.entries.set(3, evolve(entry, file=longer, chunk_size=24))
    tab.network(uploads=evolve(tab.browser.uploads, entries=entries))
    tab.frames()
    tab.sim.clock.advance(2)
    frames = tab.frames()
    assert ("progress", "0", {"error": "file_size_limit_exceeded"}) in frames
    assert ("event", "save") not in frames
    assert tab.node(INPUT).mark.tracked == ()
    assert "UPL-19" in tab.notes
    assert tab.node("#f").get("class") == "phx-submit-loading"
    tab.click("#tick")
    tab.sim.clock.advance(1)
    assert tab.node("#save").text == "Save"  # LK-18: any later ack undoes it


def test_required_is_held_off_while_there_are_files() -> None:
    tab = UploadTab.of(required=True)  # UPL-5
    assert tab.node(INPUT).get("required") is not None
    tab.click("#save")
    assert tab.frames() == []  # the browser's own validation
    tab.choose(A)
    assert tab.node(INPUT).get("required") is None
    tab.frames()
    tab.click("#save")
    assert tab.frames()[-1] == ("event", "save")
    assert tab.node(INPUT).get("required") is not None


def test_without_a_change_binding_nothing_is_told_and_nothing_sent() -> None:
    """The client never hears of the files: they are the input's own."""  # UPL-4
    tab = UploadTab.of(change=None).choose(A)
    assert tab.frames() == []
    tab.click("#save")
    assert tab.frames() == [("event", "save")]


def test_a_preview_shows_the_file_that_its_input_has() -> None:
    tab = UploadTab.of().choose(A)
    assert tab.node("#phx-preview-0").get("src") == "blob:http://www.example.com/0"


class Elsewhere(LiveView):
    """Another page."""

    render = heex('<p id="elsewhere">elsewhere</p>')


def test_a_view_that_goes_takes_its_uploads_along() -> None:
    sim = Simulation(Router([Route("/docs", Docs), Route("/elsewhere", Elsewhere)]))
    tab = UploadTab.of("/docs", sim=sim, upload=AUTO).latency(0.1).choose(A)  # UPL-24
    tab.sim.clock.advance(0.45)
    assert not any(each.done for each in tab.browser.uploads.entries.values())
    tab.latency(0)
    tab.sim.act(lambda run: run.follow_link(tab.number, "redirect", "/elsewhere", "push"))
    sim.clock.advance(1)
    assert tab.has("#elsewhere")
    assert all(each.done for each in tab.browser.uploads.entries.values())
    assert not tab.browser.uploads.uploaders


def test_a_fork_goes_on_differently() -> None:
    tab = UploadTab.of(upload=AUTO).latency(0.1).choose(A)
    tab.sim.clock.advance(0.45)
    other = tab.sim.fork()
    tab.sim.clock.advance(5)
    entry = next(iter(other.world.browsers[tab.number].uploads.entries.values()))
    assert not entry.done
    other.clock.advance(5)
    assert next(iter(other.world.browsers[tab.number].uploads.entries.values())).done


class Holder(LiveView):
    def mount(self, params: Any, session: Any, socket: Any) -> Any:
        return socket

    render = heex("""<.live_component module={Inside} id="inside" />""", names={"Inside": Inside})


def test_the_page_of_a_component() -> None:
    """The preflight and the progress are for the component that the form names."""  # UPL-12
    tab = UploadTab.of(Holder).choose(A)
    tab.click("#save")
    cids = [each.payload.get("cid") for each in tab.view.wire if each.event in ("allow_upload", "progress")]
    assert cids == [1, 1, 1]
    assert tab.frames()[-1] == ("event", "save")


class Plain(LiveView):
    """Beside the upload a file input of its own, a value that the client keeps, and a name for progress."""

    def mount(self, params: Any, session: Any, socket: Any) -> Any:
        return socket.assign(n=0, seen=()).allow_upload("docs", accept="any", chunk_size=4)

    def handle_event(self, event: str, params: Any, socket: Any) -> Any:
        if event == "save":
            socket, _ = socket.consume_uploaded_entries("docs", named)
        return socket.assign(seen=(*socket.assigns.seen, (event, params.get("t")))).update("n", lambda n: n + 1)

    render = heex("""
    <main><form id="f" phx-change="validate" phx-submit="save"><input id="t" name="t" />
      <input id="plain" type="file" name="plain" {{}} />
      <div id="around"><.live_file_input upload={@uploads.docs} /></div>
      <button id="save">{@n}</button></form></main>
    """)


def test_a_file_input_of_no_upload_is_never_sent() -> None:
    tab = UploadTab.of(Plain).choose(A, selector="#plain")  # UPL-1
    assert tab.frames() == [("event", "validate")]
    tab.click("#save")
    assert tab.frames() == [("event", "save")]


def test_the_input_keeps_what_the_client_has_as_its_value() -> None:
    tab = UploadTab.of(Plain)  # UPL-7
    node = tab.node("#around input")
    tab.react_mark(node, written={**node.mark.written, "value": "mine"})
    tab.choose(A, selector="#around input")
    assert tab.node("#around input").get("value") == "mine"


def test_the_submit_says_what_the_form_holds_once_the_files_are_there() -> None:
    """The fields are read-only meanwhile, which keeps a script from nothing."""  # UPL-23
    tab = UploadTab.of(Plain).latency(0.1).choose(A, selector="#around input")
    tab.sim.clock.advance(0.5)
    tab.click("#save")
    assert tab.node("#t").get("readonly") is not None
    tab.react_mark(tab.node("#t"), value="late")
    tab.sim.clock.advance(5)
    assert tab.view.assigns.seen[-1] == ("save", "late")


def test_progress_has_the_name_that_its_input_gives_it() -> None:
    tab = UploadTab.of(Plain)  # UPL-18
    node = tab.node("#around input")
    tab.choose(A, selector="#around input").click("#save")
    assert node.get("phx-progress") is None
    progress = [each.payload for each in tab.view.wire if each.event == "progress"]
    assert [each["event"] for each in progress] == [None, None]
    assert {each["ref"] for each in progress} == {node.get("data-phx-upload-ref")}
