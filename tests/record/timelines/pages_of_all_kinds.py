"""Views whose pages have everything that a page can have, for whoever keeps pages and gives them back."""

from __future__ import annotations

from typing import Any

from liveview_core import LiveComponent, LiveView, Socket, heex
from liveview_core.components import dynamic_tag, live_render, portal

_ = dynamic_tag, live_render, portal  # templates call them by name


class Row(LiveComponent):
    """A component with a state of its own."""

    def mount(self, socket: Socket) -> Socket:
        return socket.assign(clicks=0)

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        return socket.update("clicks", lambda clicks: clicks + 1)

    render = heex("""
    <div class="row"><b phx-click="row" phx-target={@myself}>{@name} {@clicks}</b></div>
    """)


class Outer(LiveComponent):
    """A component in which a component is."""

    render = heex("""
    <div><.live_component module={Row} id={f"inner-{@id}"} name={@name} /></div>
    """)


class Child(LiveView):
    """A view in a view."""

    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(count=0)

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        return socket.update("count", lambda count: count + 1)

    render = heex("""
    <button phx-click="more">child {@count}</button>
    """)


item = heex("""
<.dynamic_tag tag_name={@tag} id={@id}>{@text}<.live_component :if={@component} module={Row} id={@id} name={@text} /></.dynamic_tag>
""")


def even(item: Any) -> bool:
    return int(item["id"]) % 2 == 0


class Everything(LiveView):
    """Streams with a limit, ignored elements, components, dynamic tags, raw html, portals, a nested view."""

    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        socket = socket.stream("items", []).stream("lasts", [])
        return socket.assign(n=0, rows=(), raw="<i>raw</i>", shown=True, tag="li", note="a & b")

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        n = socket.assigns.n + 1
        socket = socket.assign(n=n)
        match event:
            case "first" | "last":
                at = 0 if event == "first" else -1
                new = {"id": str(n), "text": f"<{n}>"}
                return socket.stream_insert("items", new, at=at).stream_insert("lasts", new, at=-1, limit=-3)
            case "again":
                return socket.stream_insert("items", {"id": str(max(1, n - 2)), "text": f"again {n}"})
            case "delete":
                return socket.stream_delete_by_dom_id("items", f"items-{n - 3}")
            case "reset":
                return socket.stream("items", [{"id": str(n), "text": "reset"}], reset=True)
            case "row":
                return socket.assign(rows=(*socket.assigns.rows[-4:], n))
            case "drop":
                return socket.assign(rows=socket.assigns.rows[1:])
            case "raw":
                return socket.assign(raw=f"<p>{n} <b>bold</b></p>", note=f"é < {n}")
            case "show":
                return socket.assign(shown=not socket.assigns.shown)
            case "tag":
                return socket.assign(tag="li" if socket.assigns.tag == "dd" else "dd")
            case _:
                return socket

    render = heex("""
    <main>
      <h1 class={f"n{@n}"}>{@n} {@note}</h1>
      <ul id="items" phx-update="stream">
        <li id="own" class={f"o{@n}"}>own {@n}</li>
        <.item :for={dom_id, each in @streams.items} id={dom_id} tag="li" text={each["text"]} component={even(each)} />
      </ul>
      <ol id="lasts" phx-update="stream"><li :for={dom_id, each in @streams.lasts} id={dom_id}><!-- c -->{each["text"]}</li></ol>
      <div id="kept" phx-update="ignore" data-n={@n}>kept {@n}</div>
      <section :if={@shown}>
        <.live_component :for={row in @rows} module={Row} id={row} name={f"row {row}"} />
        <.live_component :for={row in @rows} module={Outer} id={row} name={f"outer {row}"} />
      </section>
      {raw(@raw)}
      <.item tag={@tag} id="dynamic" text={@note} component={False} />
      <.portal id="to" target="body"><p>{@n}</p></.portal>
      {live_render(Child, id="child")}
      <table><tr :for={row in @rows}><td>{row}</td></tr></table>
    </main>
    """)


EVENTS = ("first", "last", "again", "delete", "reset", "row", "drop", "raw", "show", "tag")
