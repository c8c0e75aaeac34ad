"""Pages for scripts: forms, a question, keys, a list that comes late, another page, a nested view, an upload."""

from __future__ import annotations

from typing import Any

from liveview_core import LiveView, Route, Router, Socket, heex


class InnerLive(LiveView):
    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(pressed=0)

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        return socket.update("pressed", lambda pressed: pressed + 1)

    render = heex('<p>pressed {@pressed}</p><button phx-click="press">Press</button>')


class DeskLive(LiveView):
    """Two forms with a button of the same name, a row for each thing, and what takes its time."""

    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        socket = socket.allow_upload("picture", accept=[".png"], max_entries=2)
        return socket.subscribe("desk").assign(rows=("tea", "milk"), said="", late=False, keys="", loaded=None)

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        match event:
            case "say" | "note":
                return socket.assign(said=f"{event}: {params['text']}")
            case "drop":
                return socket.assign(rows=tuple(row for row in socket.assigns.rows if row != params["row"]))
            case "key":
                return socket.update("keys", lambda keys: keys + params["key"])
            case "later":
                return socket.send_after("late", 2).start_async("load", lambda: 42)
            case _:
                return socket

    def handle_info(self, msg: Any, socket: Socket) -> Socket:
        return socket.assign(late=True) if msg == "late" else socket.assign(said=str(msg))

    def handle_async(self, name: Any, result: Any, socket: Socket) -> Socket:
        return socket.assign(loaded=getattr(result, "value", None))

    render = heex("""
    <main phx-window-keydown="key">
      <h1>{@said}</h1>
      <form id="say" aria-label="Say" phx-submit="say" phx-change="typing">
        <input name="text" aria-label="Words" /><button>Send</button>
      </form>
      <form id="note" aria-label="Note" phx-submit="note">
        <input name="text" placeholder="a note" /><button>Send</button>
      </form>
      <ul>
        <li :for={row in @rows}>
          <span>{row}</span> <button phx-click="drop" phx-value-row={row} data-confirm="Sure?">x</button>
        </li>
      </ul>
      <button id="later" phx-click="later">Later</button>
      <p :if={@late} class="late"><button phx-click="say" phx-value-text="in time">Now</button></p>
      <p :if={@loaded}>loaded {@loaded}</p>
      <form id="files" phx-submit="save" phx-change="chosen"><.live_file_input upload={@uploads.picture} /></form>
      {live_render(@socket, InnerLive, id="inner")}
      <.link navigate="/away">Away</.link>
    </main>
    """)


class AwayLive(LiveView):
    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket

    render = heex('<h1>Away</h1><.link navigate="/">Back</.link>')


ROUTER = Router([Route("/", DeskLive), Route("/away", AwayLive)])


class AlikeLive(LiveView):
    """Elements that are alike, in places of all kinds."""

    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(heard=0)

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        return socket.update("heard", lambda heard: heard + 1)

    render = heex("""
    <div id="box"><p><b phx-click="a"></b><b phx-click="a"></b></p><u phx-click="a">x</u></div>
    <u phx-click="a">x</u>
    <ul><li phx-click="a"></li><li phx-click="a"></li></ul>
    <i phx-click="q" name="a]b">{@heard}</i>
    <s phx-click="r">it's "x"</s>
    <form><input name="a" phx-click="a" /></form>
    <em :if={@heard} phx-click="late"></em>
    """)
