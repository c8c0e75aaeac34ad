"""Files whose sending fails, wherever that can be: asking for them, opening their channels, a chunk; and views that end."""

from __future__ import annotations

from typing import Any

import pytest

from liveview_core import LiveView, Socket, heex, upload_errors
from liveview_testing import Simulation, View

__all__ = ["upload_errors"]  # the template uses it


class Writer:
    """Fails where it is told to; `crash`: not by an answer, but by an error that ends the process."""

    def __init__(self, fails: str) -> None:
        self.fails = fails

    def init(self, entry: Any) -> Any:
        if self.fails == "init":
            raise OSError("no disk")
        return b""

    def write_chunk(self, data: bytes, state: Any) -> Any:
        if self.fails == "chunk":
            raise OSError("disk full")
        return state + data

    def close(self, state: Any, reason: Any) -> Any:
        return state

    def meta(self, state: Any) -> Any:
        return state


class Form(LiveView):
    def __init__(self, fails: str) -> None:
        self.fails = fails

    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        options: dict[str, Any] = {"writer": Writer(self.fails)}
        if self.fails == "asking":
            options = {"external": self.external}
        if self.fails == "progress":
            options["progress"] = self.progress
        return socket.assign(saved=()).allow_upload("docs", accept="any", chunk_size=1, **options)

    def external(self, entry: Any, socket: Socket) -> Any:
        raise RuntimeError("broken")

    def progress(self, name: str, entry: Any, socket: Socket) -> Socket:
        raise RuntimeError("broken")

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        if event == "crash":
            raise RuntimeError("broken")
        if event == "save":
            socket, saved = socket.consume_uploaded_entries("docs", lambda content, entry: content)
            return socket.assign(saved=tuple(saved))
        return socket

    render = heex("""
    <form id="f" phx-change="change" phx-submit="save">
      <.live_file_input upload={@uploads.docs} />
      <%= for entry in @uploads.docs.entries: %>
        <p>{entry.progress}<i :for={why in upload_errors(@uploads.docs, entry)}>{str(why)}</i></p>
      <% end %>
      <button>Save</button>
    </form>
    <b :for={each in @saved}>{len(each)}</b>
    """)


def form(fails: str) -> View:
    return Simulation(crashes="restart").live(Form(fails))


def said(view: View) -> list[str]:
    return [frame.event for frame in view.wire if frame.direction == "client"]


@pytest.mark.parametrize(
    ("fails", "last", "shows"),
    [
        ("init", ["allow_upload", "phx_join"], "no disk"),
        ("chunk", ["phx_join", "chunk", "phx_leave"], "disk full"),
    ],
)
def test_a_submit_that_is_held_back_because_a_file_was_not_sent(fails: str, last: list[str], shows: str) -> None:
    """UP-28: the client does not submit, and what the server has against the file is on the page."""
    view = form(fails)
    view.file_input("#f", "docs", [{"name": "a", "content": b"ab"}]).render_change()
    view.element("#f").render_submit()
    assert said(view)[-len(last) :] == last
    assert shows in view.html
    assert not view.has_element("b")


@pytest.mark.parametrize("fails", ["asking", "progress"])
def test_a_view_that_ends_while_a_file_is_sent(fails: str) -> None:
    """The file goes with it, and nothing more is said of it; the view that comes again knows of none."""
    view = form(fails)
    upload = view.file_input("#f", "docs", [{"name": "a", "content": b"abcd"}])
    upload.render_change()
    upload.render_upload("a")
    assert len(view.sim.crashes) == 1
    view.sim.clock.advance(5)
    assert not view.has_element("p")


def test_a_long_file_tells_its_progress_where_it_is_more() -> None:
    """UP-22: not with each of its chunks."""
    view = form("")
    view.file_input("#f", "docs", [{"name": "a", "content": b"x" * 250}]).render_upload("a")
    assert (said(view).count("chunk"), said(view).count("progress")) == (250, 101)
    view.element("#f").render_submit()
    assert view.element("b").text == "250"
