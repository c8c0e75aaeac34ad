"""A tab of ours with an upload, what it does, and the frames that go over its link."""

from __future__ import annotations

from typing import Any

from attrs import define, evolve

from liveview_core import LiveComponent, LiveView, Socket, heex, upload_errors
from liveview_testing import File, Simulation, View
from liveview_testing.browser import stimuli
from liveview_testing.browser.browser import Browser
from liveview_testing.browser.dom.node import DomNode, root
from liveview_testing.browser.dom.querying import find
from liveview_testing.world.page_state.files import files as as_files
from liveview_testing.world.tabs import network, tabs

__all__ = ["LiveComponent", "upload_errors"]

PAGE = """
<main id="main">
<form id="f" phx-change={@change} phx-submit="save">
  <input type="text" name="title" />
  <.live_file_input upload={@uploads.docs} required={@required} />
  <p :for={e in @uploads.docs.entries} id={f"e-{e.ref}"}>{e.client_name} {e.progress}%
    <.live_img_preview entry={e} />
    <i :for={why in upload_errors(@uploads.docs, e)}>{str(why)}</i>
    <button id={f"x-{e.ref}"} type="button" phx-click="cancel" phx-value-ref={e.ref}>x</button>
  </p>
  <button id="save" phx-disable-with="Saving">Save</button>
</form>
<div id="zone" phx-drop-target={@uploads.docs.ref}><b id="in-zone">here</b><i id="too">too</i></div>
<button id="tick" phx-click="tick">{@n}</button>
<b id="saved">{",".join(@saved)}</b>
</main>
"""


class Docs(LiveView):
    """Three files in chunks of four bytes."""

    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        options = {"accept": "any", "max_entries": 3, "max_file_size": 100, "chunk_size": 4}
        given: dict[str, Any] = {**options, **session.get("upload", {})}
        change, required = session.get("change", "validate"), session.get("required", False)
        socket = socket.assign(saved=(), n=0, change=change, required=required)
        return socket.allow_upload("docs", **given)

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        match event:
            case "cancel":
                return socket.cancel_upload("docs", params["ref"])
            case "tick":
                return socket.update("n", lambda n: n + 1)
            case "save":
                socket, saved = socket.consume_uploaded_entries("docs", named)
                return socket.assign(saved=(*socket.assigns.saved, *saved))
            case _:
                return socket

    render = heex(PAGE)


def named(content: Any, entry: Any) -> str:
    return f"{entry.client_name}={content.decode() if isinstance(content, bytes) else content}"


def text(name: str, content: str) -> File:
    (file,) = as_files([{"name": name, "content": content, "last_modified": 1}])
    return file


@define
class UploadTab:
    """A tab, kept from its first moment."""

    sim: Simulation
    view: View
    number: int
    seen: int = 0

    @classmethod
    def of(cls, view: Any = Docs, *, sim: Simulation | None = None, **session: Any) -> UploadTab:
        sim = sim or Simulation()
        shown = sim.live(view, session=session)
        number = sim.act(lambda run: tabs.keep(run, shown.id))
        tab = cls(sim, shown, number)
        tab.frames()
        return tab

    @property
    def browser(self) -> Browser:
        return self.sim.world.browsers[self.number]

    @property
    def notes(self) -> list[str]:
        return [each.rule for each in self.browser.notes]

    def node(self, selector: str) -> DomNode:
        (found,) = find(root(self.browser.document), selector)
        return found

    def has(self, selector: str) -> bool:
        return bool(find(root(self.browser.document), selector))

    def react(self, stimulus: stimuli.Stimulus) -> UploadTab:
        self.sim.act(lambda run: tabs.react(run, self.number, stimulus))
        return self

    def choose(self, *files: File, selector: str = "input[type=file]") -> UploadTab:
        return self.react(stimuli.Attach(self.node(selector).key, files))

    def react_mark(self, node: DomNode, **changes: Any) -> UploadTab:
        """Know something else of an element, as a script of the page would have made it."""
        document = self.browser.document
        return self.network(document=document.marked(node.key, evolve(node.mark, **changes)))

    def click(self, selector: str) -> UploadTab:
        return self.react(stimuli.Click(self.node(selector).key))

    def drag(self, selector: str, phase: Any, *files: File, holds_files: bool = True) -> UploadTab:
        return self.react(stimuli.DragFiles(self.node(selector).key, phase, files, holds_files))

    def network(self, **changes: Any) -> UploadTab:
        def change(run: Any) -> None:
            run.browsers = run.browsers.set(self.number, evolve(run.browsers[self.number], **changes))

        self.sim.act(change)
        return self

    def latency(self, seconds: float) -> UploadTab:
        return self.network(latency=round(seconds * 1_000_000))

    def hold(self) -> UploadTab:
        return self.network(holding=True)

    def release(self, count: int | None = None) -> UploadTab:
        flights = None if count is None else self.browser.flights[:count]
        self.sim.act(lambda run: network.release(run, self.number, flights))
        return self

    def frames(self) -> list[tuple[Any, ...]]:
        """What reached the server since the last look: the event, what of it matters, and its channel."""
        wire = self.view.wire
        new, self.seen = wire[self.seen :], len(wire)
        return [told(each) for each in new if each.direction == "client"]


def told(frame: Any) -> tuple[Any, ...]:
    payload = frame.payload
    match frame.event:
        case "event":
            uploads = payload.get("uploads") or {}
            chosen = [entry["name"] for entries in uploads.values() for entry in entries]
            return ("event", payload["event"], *chosen)
        case "allow_upload":
            return ("allow_upload", *[entry["name"] for entry in payload["entries"]])
        case "progress":
            return ("progress", payload["entry_ref"], payload["progress"])
        case "chunk":
            return ("chunk", frame.topic, payload)
        case name:
            return (name, frame.topic)


class Broken:
    """A writer that fails at its second chunk."""

    def init(self, entry: Any) -> int:
        return 0

    def meta(self, state: int) -> Any:
        return state

    def write_chunk(self, data: bytes, state: int) -> int:
        if state:
            raise OSError("the disk is full")
        return state + 1

    def close(self, state: int, reason: Any) -> int:
        return state
