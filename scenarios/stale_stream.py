"""A stream in a widget's own struct, beside the right way: what goes stale, and when it shows.

`Copied` keeps the stream in its struct, refreshed after each insert. That works: each message arrives once. But only the stream in
`@streams` is emptied after a render; the copy keeps its last inserts for ever. Hide the widget and show it again, and the
template, which reads the copy, sends them a second time. `Separate` keeps the stream out of its struct and gets it as an
attribute of its own: nothing is left to send. (What was on the page before is gone in both: the client keeps a list only as
long as it is shown.) The stream law of the kit finds such a copy, and says where it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from attrs import evolve, frozen

from liveview_core import LiveView, Socket, attr, heex
from liveview_core.values.streams import Stream
from liveview_testing import Simulation, Step


@frozen
class Copied:
    """The usual form: the stream is a field."""

    title: str
    messages: Stream | None = None


@frozen
class Separate:
    """The right form: the stream stays where streams live."""

    title: str


def add(socket: Socket, text: str) -> Socket:
    """A message for both; `copied` is refreshed, or its struct would never show anything."""
    message = {"id": socket.assigns.count + 1, "text": text}
    socket = socket.stream_insert("copied", message).stream_insert("separate", message)
    refreshed = evolve(socket.assigns.copied, messages=socket.assigns.streams.copied)
    return socket.assign(copied=refreshed, count=message["id"])


panel = heex(
    """
<section id={@id}>
  <h2>{@title}</h2>
  <ul id={f"{@id}-list"} phx-update="stream">
    <li :for={dom_id, message in @messages} id={dom_id}>{message["text"]}</li>
  </ul>
</section>
""",
    attr("id", str, required=True),
    attr("title", str, required=True),
    attr("messages", Stream, required=True),
)


class BothLive(LiveView):
    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        socket = socket.stream("copied", []).stream("separate", [])
        copied = Copied("Copied", socket.assigns.streams.copied)
        return socket.assign(copied=copied, separate=Separate("Separate"), shown=True, count=0)

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        match event, params:
            case "say", {"text": str(text)}:
                return add(socket, text)
            case "toggle", _:
                return socket.update("shown", lambda shown: not shown)
            case "rename", _:
                return socket.update("copied", lambda copied: evolve(copied, title="Renamed"))
            case _:
                return socket

    render = heex("""
    <main>
      <form phx-submit="say"><input type="text" name="text" /></form>
      <button id="toggle" phx-click="toggle">Hide or show</button>
      <button id="rename" phx-click="rename">Rename</button>
      <.panel :if={@shown} id="copied" title={@copied.title} messages={@copied.messages} />
      <.panel :if={@shown} id="separate" title={@separate.title} messages={@streams.separate} />
    </main>
    """)


BREAKS = "stream"  # the law that this scenario is there to break


def story(sim: Simulation) -> Iterator[Step]:
    """Two messages, a new title, then both are hidden and shown again."""
    ann = sim.live(BothLive)
    ann.form("form", {"text": "one"}).render_submit()
    ann.form("form", {"text": "two"}).render_submit()
    yield Step("Two messages arrive in both", Ann=ann)
    assert ann.has_element("#copied li", "two")
    assert ann.has_element("#separate li", "two")

    ann.element("#rename").render_click()
    yield Step(
        "A new title sends no stale row: the list reads one field, the title another", Ann=ann.element("#copied")
    )

    ann.element("#toggle").render_click()
    yield Step("Hidden", Ann=ann)

    ann.element("#toggle").render_click()
    yield Step("Shown again: the copy sends its last message once more, the stream itself has nothing to send", Ann=ann)
    assert ann.has_element("#copied li", "two")
    assert not ann.has_element("#copied li", "one")
    assert not ann.has_element("#separate li")


if __name__ == "__main__":
    from liveview_testing.command_line.main import tell

    tell(__file__)
