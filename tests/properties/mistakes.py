"""Nine views with one mistake each, and the same without it: what a machine is to find."""

from __future__ import annotations

from typing import Any

from liveview_core import Cont, Halt, LiveView, Socket, heex
from liveview_core.protocol.async_result import AsyncOk
from liveview_testing import Page, Simulation, View
from liveview_testing.laws import recovery_law


class Shelf(LiveView):
    """Things by their kind; a kind is no key once there are two of it."""

    key = "name"

    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(key=self.key, things=[{"name": "apple", "kind": "fruit"}, {"name": "saw", "kind": "tool"}])

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        things = socket.assigns.things
        match event:
            case "turn":
                return socket.assign(things=things[::-1])
            case "more":
                return socket.assign(things=[{"name": f"pear {len(things)}", "kind": "fruit"}, *things])
            case _:
                return socket

    render = heex("""
    <main>
      <button phx-click="turn">Turn</button> <button phx-click="more">More</button>
      <ul><li :for={thing in @things} :key={thing[@key]}>{thing["name"]}</li></ul>
    </main>
    """)


class WrongKey(Shelf):
    key = "kind"


class Bell(LiveView):
    """Two hooks hear the bell; one that halts keeps it from the view."""

    verdict: type[Cont] | type[Halt] = Cont

    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        socket = socket.assign(rung=0, sent=0, quiet=False).subscribe("bell")
        return socket.attach_hook("quiet", "handle_info", self.hear)

    def hear(self, msg: Any, socket: Socket) -> Cont | Halt:
        socket = socket.update("sent", lambda sent: sent + 1)
        return self.verdict(socket) if socket.assigns.quiet else Cont(socket)

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        return socket.broadcast("bell", "ring") if event == "ring" else socket.update("quiet", lambda quiet: not quiet)

    def handle_info(self, msg: Any, socket: Socket) -> Socket:
        return socket.update("rung", lambda rung: rung + 1)

    render = heex("""
    <p>{@rung}</p> <button phx-click="ring">Ring</button> <button phx-click="hush">Hush</button>
    """)


class HaltingHook(Bell):
    verdict = Halt


def each_ring_is_heard(view: View) -> None:
    """What came is what the view heard."""
    assert view.assigns.rung == view.assigns.sent


class Pair(LiveView):
    """Two counters that are two."""

    leaks = False

    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(left=0, right=0, clicks=0)

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        socket = socket.update("clicks", lambda n: n + 1).update(event, lambda n: n + 1)
        if self.leaks and event == "right" and socket.assigns.right > 1:
            return socket.update("left", lambda n: n + 1)
        return socket

    render = heex("""
    <button id="left" phx-click="left">left {@left}</button> <button id="right" phx-click="right">right {@right}</button>
    """)


class Leaking(Pair):
    leaks = True


def each_click_counts_once(view: View) -> None:
    """What is counted left and right is what was clicked."""
    assert view.assigns.left + view.assigns.right == view.assigns.clicks


class Lines(LiveView):
    """A stream, handed on as it is."""

    keeps = False

    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(n=0, state={"title": "Lines"}).stream("lines", [])

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        n = socket.assigns.n + 1
        socket = socket.assign(n=n).stream_insert("lines", {"id": n})
        return socket.assign(state={"title": "Lines", "lines": socket.assigns.streams.lines}) if self.keeps else socket

    render = heex("""
    <h1>{@state["title"]}</h1> <button phx-click="add">Add</button>
    <ul id="lines" phx-update="stream"><li :for={dom_id, line in @streams.lines} id={dom_id}>{line["id"]}</li></ul>
    """)


class StaleStream(Lines):
    keeps = True


class Rooms(LiveView):
    """Whoever goes to another room and comes back hears it again."""

    forgets = False

    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(room="tea", heard=(), said=()).subscribe("room:tea")

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        if event == "mute":
            return socket.unsubscribe("room:tea").assign(room=None)
        if event == "back" and socket.assigns.room is None:
            return socket.assign(room="tea") if self.forgets else socket.assign(room="tea").subscribe("room:tea")
        return socket

    def handle_info(self, msg: Any, socket: Socket) -> Socket:
        return socket.assign(heard=(*socket.assigns.heard, msg))

    render = heex("""
    <p>{len(@heard)}</p>
    <button :if={@room} phx-click="mute">Mute</button> <button :if={@room is None} phx-click="back">Back</button>
    """)


class LostSubscription(Rooms):
    forgets = True


def who_is_in_the_room_listens(sim: Simulation) -> None:
    """One subscription for each view that shows the room."""
    listening = set(sim.world.topics.get("room:tea", ()))
    for view in sim.views:
        assert (view.id in listening) == (view.assigns.room == "tea"), view


class Search(LiveView):
    """What is found belongs to what was asked last."""

    checks = True

    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(asked=0, found=None, waiting=False)

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        asked = socket.assigns.asked + 1
        return socket.assign(asked=asked, waiting=True).start_async(f"search {asked}", lambda: asked)

    def handle_async(self, name: str, result: Any, socket: Socket) -> Socket:
        match result:
            case AsyncOk(found) if not self.checks or found == socket.assigns.asked:
                return socket.assign(found=found, waiting=False)
            case _:
                return socket

    render = heex("""<button phx-click="search">Search</button> <p>{@found}</p>""")


class LateResult(Search):
    checks = False


def found_is_what_was_asked(view: View) -> None:
    """Where nothing is waited for, what is shown answers the last question."""
    assigns = view.assigns
    assert assigns.waiting or assigns.found in (None, assigns.asked), (assigns.found, assigns.asked)


class Order(LiveView):
    """One order, however often somebody clicks."""

    once = True

    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(orders=0, note="")

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        if event == "note" or (self.once and socket.assigns.orders):
            return socket
        return socket.update("orders", lambda n: n + 1)

    render = heex("""
    <form id="order" phx-change="note" phx-submit="order"><input name="note" value={@note} /><button>Order</button></form>
    <p>{@orders} ordered</p>
    """)


class DoubleSubmit(Order):
    once = False


def one_order(view: View) -> bool:
    """At most one."""
    orders: int = view.assigns.orders
    return orders <= 1


class Draft(LiveView):
    """What was typed is saved, be it at once or later."""

    reads_submit = True

    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(title="", saved=None)

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        if event == "typed":
            return socket.assign(title=params["title"])
        title = params["title"] if self.reads_submit else socket.assigns.title
        return socket.assign(title=title, saved=title, sent=params["title"])

    render = heex("""
    <form id="draft" phx-change="typed" phx-submit="save">
      <input name="title" value={@title} phx-debounce="1000" aria-label="Title" />
      <button>Save</button>
    </form>
    <p>{@saved}</p>
    """)


class LostChange(Draft):
    reads_submit = False


def what_was_sent_is_saved(view: View) -> None:
    """The submit says what the field held."""
    assert view.assigns.get("sent", view.assigns.saved) == view.assigns.saved


class Profile(LiveView):
    """A form that is there again after the connection was lost."""

    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(name="")

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        return socket.assign(name=params["name"])

    render = heex("""
    <form id="profile" phx-change="typed"><input name="name" value={@name} aria-label="Name" /></form>
    <p>Hello {@name}</p>
    """)


class NotRecovered(Profile):
    render = heex("""
    <form id="profile" phx-change="typed" phx-auto-recover="ignore"><input name="name" value={@name} aria-label="Name" /></form>
    <p>Hello {@name}</p>
    """)


def a_lost_connection_loses_nothing(view: View) -> None:
    """The page after it is the page before."""
    recovery_law(view)


def no_two_dialogs(page: Page) -> bool:
    """A plain one, of the page."""
    return page.locator("dialog").count() <= 1
