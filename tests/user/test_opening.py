"""What a page's connection brings: the assigns of plugs, sessions, static files, messages between processes."""

from __future__ import annotations

import functools
import warnings
from typing import Any

import pytest

from liveview_core import LiveComponent, LiveSession, LiveView, Route, Router, heex
from liveview_core.errors import BadOption
from liveview_core.socket.tasks import TaskWarning
from liveview_testing import Simulation, live, live_isolated


class Welcome(LiveView):
    asked: list[Any] = []

    def mount(self, params: Any, session: Any, socket: Any) -> Any:
        return socket.assign_new("user", functools.partial(self.fetch, socket.connected))

    def fetch(self, connected: bool) -> str:
        self.asked.append(connected)
        return "fetched"

    render = heex("<p>{@user}</p>")


def test_the_assigns_of_the_connection() -> None:
    """AS-22, AS-24: `assign_new` takes them in the disconnected mount; the connected one has no connection, and asks itself."""
    Welcome.asked.clear()
    view = live(Welcome, conn_assigns={"user": "ann"})
    assert Welcome.asked == [True]
    assert view.assigns.user == "fetched"
    Welcome.asked.clear()
    live(Welcome)
    live_isolated(Welcome, conn_assigns={"user": "ann"})
    assert Welcome.asked == [False, True, True]


@pytest.mark.parametrize("option", ["session", "connect_params", "connect_info", "conn_assigns"])
def test_names_are_text(option: str) -> None:
    """LC-3: of a session, and of whatever else a connection knows."""
    given: Any = {option: {1: 2}}
    for opened in (live, live_isolated, Simulation().live):
        with pytest.raises(BadOption, match=f"the option {option} has a key that is no text"):
            opened(Welcome, **given)


# --- static files -----------------------------------------------------------------------------------------------------


class Page(LiveView):
    def mount(self, params: Any, session: Any, socket: Any) -> Any:
        return socket.assign(stale=socket.static_changed())

    render = heex("<p>{@stale}</p>")


def around(assigns: Any) -> Any:
    return HEAD(assigns)


HEAD = heex(
    '<html><head><link phx-track-static rel="stylesheet" href="/assets/app-1.css?vsn=d">'
    '<script defer phx-track-static src="/assets/app-1.js"></script><script src="/other.js"></script></head>'
    "<body>{@inner_content}</body></html>"
)
ROUTER = Router([LiveSession("default", [Route("/", Page), Route("/b", Page)], root_layout=around)])
FIRST = {"assets/app.css": "assets/app-1.css", "assets/app.js": "assets/app-1.js"}
SECOND = {"assets/app.css": "assets/app-1.css", "assets/app.js": "assets/app-2.js"}


def test_static_files_that_changed() -> None:
    """NV-32, CN-32: the client says what its document names; a new version is deployed, and it joins again."""
    sim = Simulation(ROUTER, static=FIRST)
    view = sim.live("/")
    joined = next(each for each in view.wire if each.event == "phx_join")
    assert joined.payload["params"]["_track_static"] == [
        "http://www.example.com/assets/app-1.css?vsn=d",
        "http://www.example.com/assets/app-1.js",
    ]
    assert view.assigns.stale is False
    before = view.fork()
    sim.static = SECOND
    assert dict(sim.static or {}) == SECOND
    view.drop()
    assert "true" in view.rejoin()
    assert view.live_redirect("/b").assigns.stale is True  # the document is the one that was loaded
    before.drop()
    assert "false" in before.rejoin()
    assert Simulation(ROUTER).live("/").assigns.stale is False  # nobody knows
    assert live("/", router=ROUTER, static=SECOND).assigns.stale is True
    told = {"_track_static": ["http://localhost/app-1.js"]}
    assert live(Page, connect_params=told, static={"app.js": "app-2.js"}).assigns.stale is True
    with pytest.raises(BadOption):
        Simulation(static=["app.js"])  # type: ignore[arg-type]
    with pytest.raises(BadOption):
        sim.static = 5  # type: ignore[assignment]


# --- components of other processes ------------------------------------------------------------------------------------


class Cart(LiveComponent):
    render = heex("<i>{@items}</i>")


class Shop(LiveView):
    def handle_event(self, event: str, params: Any, socket: Any) -> Any:
        send = socket.send_update if event == "now" else functools.partial(socket.send_update_after, after=5)
        return send(Cart, id="cart", items=params["items"], to=params["to"])

    render = heex("<div><.live_component module={Cart} id='cart' items={0} /></div>")


def test_a_component_of_another_process() -> None:
    """CP-15: it is told as one's own; nobody is told of a process that is gone."""
    sim = Simulation()
    ann, ben = sim.live(Shop), sim.live(Shop)
    ann.render_click("now", {"items": 3, "to": ben.id})
    assert (ann.element("i").text, ben.element("i").text) == ("0", "3")
    ann.render_click("later", {"items": 4, "to": ben.id})
    sim.clock.advance(5)
    assert (ann.element("i").text, ben.element("i").text) == ("0", "4")
    ben.drop()
    ann.render_click("now", {"items": 5, "to": ben.id})
    ann.render_click("later", {"items": 5, "to": ben.id})
    with pytest.raises(BadOption, match="a message is sent to a process"):
        ann.socket.send_update(Cart, id="cart", to=5)


# --- tasks that hold the socket ---------------------------------------------------------------------------------------


def wrapped(function: Any) -> Any:
    return lambda: function()


class Slow(LiveView):
    def mount(self, params: Any, session: Any, socket: Any) -> Any:
        return socket.assign(name="ann")

    def handle_event(self, event: str, params: Any, socket: Any) -> Any:
        name = socket.assigns.name

        def inner() -> Any:
            return socket.assigns.name

        match event:
            case "start":
                return socket.start_async("greet", lambda: socket.assigns.name)
            case "assign":
                return socket.assign_async("greeting", lambda: {"greeting": inner()})
            case "stream":
                return socket.stream_async("rows", functools.partial(list, socket))
            case "deep":
                task: Any = inner
                for _ in range(3):
                    task = wrapped(task)
                return socket.start_async("deep", task)
            case _:
                return socket.assign_async("greeting", lambda: {"greeting": name})

    def handle_async(self, name: str, result: Any, socket: Any) -> Any:
        return socket

    render = heex("<p>{@name}</p>")


@pytest.mark.parametrize("event", ["start", "assign", "stream"])
def test_a_task_that_holds_the_socket(event: str) -> None:
    """AY-3, AY-12, AY-23: it is told at the line that asks for the task, with what to do instead."""
    view = live(Slow, tasks="hold")
    with pytest.warns(TaskWarning, match="holds the socket") as caught:
        view.render_click(event)
    assert caught[0].filename == __file__
    view = live(Slow, tasks="hold")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        view.render_click("deep")  # what is further inside is not looked for
    view = live(Slow, tasks="hold")
    view.render_click("values")


class Named(LiveView):
    def mount(self, params: Any, session: Any, socket: Any) -> Any:
        params, info = socket.get_connect_params() or {}, socket.get_connect_info("peer_data")
        return socket.assign(said=(session.get("name"), params.get("tz"), info))

    render = heex("<p>{repr(@said)}</p>")


def test_what_an_isolated_view_is_given() -> None:
    """LC-7: the session and what is known of the connection; nothing, where the test gives nothing."""
    given: dict[str, Any] = {
        "session": {"name": "ann"},
        "connect_params": {"tz": "UTC"},
        "connect_info": {"peer_data": "here"},
    }
    assert Simulation().live_isolated(Named, **given).assigns.said == ("ann", "UTC", "here")
    assert Simulation().live_isolated(Named).assigns.said == (None, None, None)


@pytest.mark.parametrize("what", ["hiden", 3])
def test_a_style_that_nobody_knows(what: Any) -> None:
    """The nearest is named."""
    with pytest.raises(BadOption, match=r"the style '\.a' does nothing that is known"):
        Simulation(styles={".a": what})
