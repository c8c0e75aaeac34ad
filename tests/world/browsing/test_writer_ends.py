"""What a world does with the writers of files: whichever way their upload ends, each is closed once (UP-22…25, UP-37)."""

from __future__ import annotations

from typing import Any

import pytest

from liveview_core import LiveView, Route, Router, Socket, heex
from liveview_testing import Page, Simulation
from liveview_testing.laws import untouched_law

PAGE = """
<form id="f" phx-change="validate" phx-submit="save">
  <label>File <.live_file_input upload={@uploads.docs} /></label><button>Save</button>
  <i>{len(@uploads.docs.entries)}</i>
</form>
<.link navigate="/other">Other</.link> <.link href="/plain">Plain</.link>
"""


class Spool:
    """A writer that notes what it is asked."""

    def __init__(self) -> None:
        self.log: list[Any] = []
        self.written = b""

    def init(self, entry: Any) -> bytes:
        self.log.append("open")
        return b""

    def write_chunk(self, data: bytes, state: bytes) -> bytes:
        self.written = state + data
        return self.written

    def close(self, state: bytes, reason: Any) -> bytes:
        self.log.append((state, reason))
        return state

    def meta(self, state: bytes) -> bytes:
        return state


def uploading(spool: Spool, progress: Any = None) -> type[LiveView]:
    class Uploading(LiveView):
        def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
            return socket.allow_upload("docs", accept="any", chunk_size=4, writer=spool, progress=progress)

        def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
            return socket

        def handle_info(self, msg: Any, socket: Socket) -> Socket:
            raise ValueError(msg)

        render = heex(PAGE)

    return Uploading


class Other(LiveView):
    render = heex("<p>other</p>")


def failing_at(percent: int) -> Any:
    def progress(name: str, entry: Any, socket: Socket) -> Socket:
        if entry.progress == percent:
            raise ValueError("broken")
        return socket

    return progress


FILE = {"name": "a.txt", "content": "abcdefgh", "last_modified": 1}


@pytest.mark.parametrize(("percent", "end"), [(50, (b"abcd", "cancel")), (100, (b"abcdefgh", "done"))])
def test_an_act_that_fails_closes_what_it_opened(percent: int, end: Any) -> None:
    """The act has not happened, but its writer was opened: nobody else would close it."""
    spool = Spool()
    view = Simulation().live(uploading(spool, failing_at(percent)))
    upload = view.file_input("#f", "docs", [FILE])
    with pytest.raises(ValueError, match="broken"):
        upload.render_upload("a.txt")
    assert spool.log == ["open", end]
    view.drop()
    assert spool.log == ["open", end]


def test_an_act_that_fails_leaves_open_what_was_open() -> None:
    """The world goes on as it was before."""
    spool = Spool()
    view = Simulation().live(uploading(spool))
    upload = view.file_input("#f", "docs", [FILE])
    upload.render_upload("a.txt", 50)
    untouched_law(view, lambda view: view.send("message"))
    assert spool.log == ["open"]
    upload.render_upload("a.txt")
    assert spool.log == ["open", (b"abcdefgh", "done")]


def test_a_crash_while_a_file_is_sent() -> None:
    """Where an error ends its process, that is the end of its uploads."""
    spool = Spool()
    view = Simulation().live(uploading(spool, failing_at(50)), crashes="restart")
    upload = view.file_input("#f", "docs", [FILE])
    upload.render_upload("a.txt", 50)
    assert [str(crash.error) for crash in view.sim.crashes] == ["broken"]
    assert spool.log == ["open", (b"abcd", "cancel")]


def follow(page: Page, name: str) -> None:
    page.get_by_role("link", name=name).click()


WAYS: dict[str, Any] = {
    "a live link": lambda page: follow(page, "Other"),
    "a link": lambda page: follow(page, "Plain"),
    "an address": lambda page: page.goto("/other"),
    "a reload": lambda page: page.reload(),
    "back": lambda page: page.go_back(),
    "no network": lambda page: page.network.drop(),
    "no network, and again": lambda page: (page.network.drop(), page.network.restore()),
}


@pytest.mark.parametrize("way", WAYS)
def test_a_person_leaves_while_a_file_is_sent(way: str) -> None:
    spool = Spool()
    page = Simulation(Router([Route("/", uploading(spool)), Route("/other", Other), Route("/plain", Other)])).page(
        "/other"
    )
    page.goto("/")
    page.get_by_label("File").set_input_files([{"name": "a.txt", "mimeType": "text/plain", "buffer": b"abcdefgh"}])
    page.network.latency(0.1)
    page.get_by_role("button", name="Save").click()
    while spool.written != b"abcd":
        page.wait_for_timeout(50)
    page.network.latency(0)
    WAYS[way](page)
    page.wait_for_timeout(60_000)
    opened = spool.log.count("open")
    assert spool.log[:2] == ["open", (b"abcd", "cancel")]
    assert len(spool.log) == 2 * opened


class Around(LiveView):
    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(shown=True, child=session["child"])

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        return socket.assign(shown=False)

    render = heex("<div><p :if={@shown}>{live_render(@child, id='c')}</p></div>")


@pytest.mark.parametrize("end", ["hidden", "dropped"])
def test_a_nested_view_that_ends_while_a_file_is_sent(end: str) -> None:
    """Its parent shows it no more, or goes with it."""
    spool = Spool()
    view = Simulation().live(Around, session={"child": uploading(spool)})
    child = view.find_live_child("c")
    assert child is not None
    child.file_input("#f", "docs", [FILE]).render_upload("a.txt", 50)
    if end == "hidden":
        view.render_click("hide")
    else:
        view.drop()
    assert spool.log == ["open", (b"abcd", "cancel")]
