"""Races with the parts of a page: components, streams, what is shown once, client hooks, files.

Each is a view that is wrong, and right with `safe`; a world with people in it, what they do, and what should hold. To be explored
by `test_more_races`.
"""

from __future__ import annotations

from typing import Any, ClassVar

from liveview_core import LiveComponent, Reply, Route, Router, Socket, heex
from liveview_testing import ClientHook, Simulation, always, eventually, sometimes
from tests.properties.exploring.racing import Race, Racing

# --- a click for a component that is taken away and comes back


class LikeBox(LiveComponent):
    def mount(self, socket: Socket) -> Socket:
        return socket.assign(likes=0)

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        return socket.update("likes", lambda likes: likes + 1)

    render = heex("""
        <div id={@id}><b>{@likes}</b><button phx-click="like" phx-target={@myself}>Like</button></div>
    """)


class LikeHostLive(Racing):
    """Where it is right, likes are the page's, and the click is for the page."""

    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        if socket.connected:
            socket = socket.subscribe("box")
        return socket.assign(open=True, likes=0, safe=self.safe)

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        if event == "like":
            return socket.update("likes", lambda likes: likes + 1)
        return socket.broadcast_from("box", "close").broadcast_from("box", "open")

    def handle_info(self, msg: Any, socket: Socket) -> Socket:
        return socket.assign(open=msg == "open")

    render = heex("""
        <.live_component :if={@open and not @safe} module={LikeBox} id="likes" />
        <div :if={@open and @safe} id="likes"><b>{@likes}</b><button phx-click="like">Like</button></div>
        <button phx-click="again">Again</button>
    """)


def likes(view: Any) -> Race:
    sim = Simulation()
    ann, ben = sim.page(view(None)), sim.page(view(None))
    with sim.concurrently() as acts:
        ben.get_by_role("button", name="Again").click()
        ann.get_by_role("button", name="Like").click()
    return (
        sim,
        acts,
        (eventually(lambda sim: sim.view(ann).locator("#likes b").text_content() == "1", "a like counts"),),
        {},
    )


# --- work of a component that is taken away


class SaveRow(LiveComponent):
    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        return socket.send(("begun", 1)).start_async("save", lambda: "saved")

    def handle_async(self, name: Any, result: Any, socket: Socket) -> Socket:
        return socket.send(("done", 1))

    render = heex("""<p id={@id}><button phx-click="save" phx-target={@myself}>Save</button></p>""")


class RowsLive(Racing):
    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        if socket.connected:
            socket = socket.subscribe("rows")
        return socket.assign(rows=(1,), pending=0)

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        return socket.broadcast_from("rows", ("deleted", 1))

    def handle_info(self, msg: Any, socket: Socket) -> Socket:
        match msg[0]:
            case "deleted":
                return socket.assign(rows=(), pending=0) if self.safe else socket.assign(rows=())
            case "begun":
                return socket.update("pending", lambda pending: pending + 1) if socket.assigns.rows else socket
            case _:
                return socket.update("pending", lambda pending: max(0, pending - 1))

    render = heex("""
        <.live_component :for={row in @rows} module={SaveRow} id={f"row-{row}"} />
        <p :if={@pending} role="status">Saving</p>
        <button phx-click="delete">Delete</button>
    """)


def rows(view: Any) -> Race:
    sim = Simulation()
    ann, ben = sim.page(view(None)), sim.page(view(None))
    with sim.concurrently() as acts:
        ann.get_by_role("button", name="Save").click()
        ben.get_by_role("button", name="Delete").click()
    rests = always(
        lambda sim: sim.view(ann).get_by_role("status").count() == 0, "nothing is saved for ever", when="quiet"
    )
    return sim, acts, (rests,), {"patience": "now"}


# --- a stream that is begun anew with a filter, and a row that comes in


class MailLive(Racing):
    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        if socket.connected:
            socket = socket.subscribe("mail")
        return socket.assign(unread=False).stream("mail", self._mail(only_unread=False))

    def _mail(self, *, only_unread: bool) -> list[dict[str, Any]]:
        every: tuple[tuple[int, bool], ...] = self.store["mail"]
        return [{"id": number, "read": read} for number, read in every if not (only_unread and read)]

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        if event == "unread":
            return socket.assign(unread=True).stream("mail", self._mail(only_unread=True), reset=True)
        self.store["mail"] = (*self.store["mail"], (2, True))
        return socket.broadcast_from("mail", {"id": 2, "read": True})

    def handle_info(self, msg: Any, socket: Socket) -> Socket:
        if self.safe and socket.assigns.unread and msg["read"]:
            return socket
        return socket.stream_insert("mail", msg)

    render = heex("""
        <ul id="mail" phx-update="stream">
        <li :for={dom_id, each in @streams.mail} id={dom_id}>{each["id"]}</li></ul>
        <button phx-click="unread">Unread</button>
        <button phx-click="move">Move in</button>
    """)


def mail(view: Any) -> Race:
    sim = Simulation()
    sim.store["mail"] = ((1, False),)
    ann, ben = sim.page(view(sim.store)), sim.page(view(sim.store))
    with sim.concurrently() as acts:
        ben.get_by_role("button", name="Move in").click()
        ann.get_by_role("button", name="Unread").click()

    def unread(sim: Simulation) -> bool:
        shown = sim.view(ann)
        return not shown.view.assigns.unread or shown.get_by_role("listitem").count() == 1

    return sim, acts, (always(unread, "only what is unread is shown"),), {}


# --- what is shown once: put back by itself on the server, and never on the page


class NoticeLive(Racing):
    temporary_assigns: ClassVar[Any] = {"notice": None}

    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        if socket.connected:
            socket = socket.subscribe("notices")
        return socket.assign(notice=None, kept=None, safe=self.safe, cleared=False)

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        if event == "clear":  # `notice` is None already, as far as the server knows: nothing changes
            return socket.assign(notice=None, kept=None, cleared=True)
        return socket.broadcast_from("notices", "hello")

    def handle_info(self, msg: Any, socket: Socket) -> Socket:
        return socket.assign(kept=msg, cleared=False) if self.safe else socket.assign(notice=msg, cleared=False)

    render = heex("""
        <p :if={not @safe} id="notice">{@notice}</p>
        <p :if={@safe} id="notice">{@kept}</p>
        <button phx-click="clear">Clear</button>
        <button phx-click="tell">Tell</button>
    """)


def notice(view: Any) -> Race:
    sim = Simulation()
    ann, ben = sim.page(view(None)), sim.page(view(None))
    with sim.concurrently() as acts:
        ann.get_by_role("button", name="Clear").click()
        ben.get_by_role("button", name="Tell").click()

    def clear(sim: Simulation) -> bool:
        shown = sim.view(ann)
        return not shown.view.assigns.cleared or shown.locator("#notice").text_content() == ""

    return sim, acts, (always(clear, "what was cleared is gone"),), {}


# --- a client hook that asks, and hears of something newer before it is answered


class Fetching(ClientHook):
    """Fetches what changed; meanwhile it is deaf."""

    events = ("changed",)

    def handle_event(self, el: Any, event: str, payload: Any) -> None:
        if el.state == "busy":
            return
        el.set_state("busy")
        el.push_event("fetch", {"version": payload["version"]}, reply="fetched")

    def fetched(self, el: Any, reply: Any, ref: Any) -> None:
        el.set_state(None)
        el.set_text(str(reply["version"]))


class Attentive(Fetching):
    """Remembers that it has to fetch once more."""

    def handle_event(self, el: Any, event: str, payload: Any) -> None:
        if el.state is not None:
            el.set_state(payload["version"])
            return
        el.set_state("busy")
        el.push_event("fetch", {"version": payload["version"]}, reply="fetched")

    def fetched(self, el: Any, reply: Any, ref: Any) -> None:
        again = el.state
        el.set_state(None)
        el.set_text(str(reply["version"]))
        if again not in (None, "busy"):
            self.handle_event(el, "changed", {"version": again})


class DrawingLive(Racing):
    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        if socket.connected:
            socket = socket.subscribe("drawing")
        return socket.assign(hook="Attentive" if self.safe else "Fetching")

    def handle_event(self, event: str, params: Any, socket: Socket) -> Any:
        if event == "fetch":
            return Reply(socket, {"version": params["version"]})
        self.store["version"] = self.store["version"] + 1
        return socket.broadcast_from("drawing", self.store["version"])

    def handle_info(self, msg: Any, socket: Socket) -> Socket:
        return socket.push_event("changed", {"version": msg})

    render = heex("""
        <p id="drawing" phx-hook={@hook} phx-update="ignore"></p>
        <button phx-click="draw">Draw</button>
    """)


def drawing(view: Any) -> Race:
    sim = Simulation(hooks={"Fetching": Fetching(), "Attentive": Attentive()})
    sim.store["version"] = 0
    ann, ben, cyd = (sim.page(view(sim.store)) for _ in range(3))
    with sim.concurrently() as acts:
        ben.get_by_role("button", name="Draw").click()
        cyd.get_by_role("button", name="Draw").click()
    seen = eventually(lambda sim: sim.view(ann).locator("#drawing").text_content() == "2", "Ann sees the last drawing")
    return sim, acts, (seen,), {}


# --- a file that comes in while somebody goes on


class AlbumLive(Racing):
    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        socket = socket.assign(album="1", chosen="1", photos=())
        return socket.allow_upload("photo", accept="any", auto_upload=True, progress=self.progress)

    def handle_params(self, params: Any, uri: str, socket: Socket) -> Socket:
        return socket.assign(album=params["album"])

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        return socket.assign(chosen=params["album"])

    def progress(self, name: str, entry: Any, socket: Socket) -> Socket:
        if not entry.done:
            return socket
        album = socket.assigns.chosen if self.safe else socket.assigns.album
        socket, _ = socket.consume_uploaded_entries("photo", lambda content, entry: content)
        return socket.assign(photos=(*socket.assigns.photos, album))

    render = heex("""
        <h1>{@album}</h1>
        <form id="photos" phx-change="choose">
          <input type="hidden" name="album" value={@album} />
          <.live_file_input upload={@uploads.photo} aria-label="Photo" />
        </form>
        <.link patch="/albums/2">Next album</.link>
    """)


def album(view: Any) -> Race:
    sim = Simulation(Router([Route("/albums/:album", view(None))]))
    ann = sim.page("/albums/1")
    with sim.concurrently() as acts:
        ann.get_by_label("Photo").set_input_files([{"name": "a.txt", "mimeType": "text/plain", "buffer": b"a"}])
        ann.get_by_role("link", name="Next album").click()
    here = always(lambda sim: "2" not in sim.view(ann).view.assigns.photos, "a photo is where it was put")
    return sim, acts, (here, sometimes(lambda sim: bool(sim.view(ann).view.assigns.photos), "a photo comes in")), {}
