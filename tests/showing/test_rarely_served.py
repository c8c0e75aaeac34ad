"""What seldom comes over a connection: joins that fail, pages that go on, simulated pages beside real ones, acts inside of acts."""

from __future__ import annotations

from typing import Any

import pytest

from liveview_core import LiveComponent, LiveSession, LiveView, Socket, heex
from liveview_core.views.router import Route, Router
from liveview_testing.showing.connections.served import served_url
from liveview_testing.showing.session.showroom import Showroom
from liveview_testing.showing.targets import Person, Shown
from tests.showing.test_served import SHAPE, Browser, opened, pressed


class Cell(LiveComponent):
    render = heex("<b id={@id}>cell</b>")


class Player(LiveView):
    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(n=0)

    render = heex("<i>player {@n}</i>")


class Page(LiveView):
    """`session["crash"]`: its connected mount crashes."""

    def __init__(self, room: dict[str, Any]) -> None:
        self.room = room

    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        if socket.connected and self.room.get("crash"):
            raise ValueError("not today")
        return socket.assign(cells=(1, 2))

    def handle_params(self, params: Any, uri: str, socket: Socket) -> Socket:
        return socket

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        if event == "inside":
            self.room["world"].broadcast("all", 1)
        return socket.redirect("/two") if event == "away" else socket.assign(cells=socket.assigns.cells[:-1])

    render = heex("""<p :for={c in @cells}><.live_component module={Cell} id={f"c{c}"} /></p>
    <.live_render view={Player} id="player" sticky /><button phx-click="less">less</button>""")


LAYOUT = heex(
    '<html><head></head><body><nav>{live_render(@socket, Player, id="outside", sticky=True)}</nav>{@inner_content}</body></html>'
)


def served(layout: Any = None) -> tuple[Showroom, dict[str, Any]]:
    given: dict[str, Any] = {}
    page = Page(given)
    options = {} if layout is None else {"root_layout": layout}
    router = Router([LiveSession("main", [Route("/", page), Route("/two", page)], **options)])
    room = Showroom([Shown("test", "", router, (Person("Ann"), Person("Ben")))], mode="paused")
    room.begin(lambda: 0.0)
    given["world"] = room.world
    return room, given


def reason(answers: list[Any]) -> Any:
    return answers[0][4]["response"].get("reason")


# --- joins ------------------------------------------------------------------------------------------------------------


def test_a_join_that_crashes_is_answered_so() -> None:
    room, given = served()
    room.open("/", "a", {}, SHAPE)
    given["crash"] = True
    browser = Browser(room, "a")
    assert browser.join()[0][4] == {"status": "error", "response": {"reason": "join crashed"}}
    given["crash"] = False
    assert browser.join()[0][4]["status"] == "ok"


def test_a_connection_is_of_one_tab() -> None:
    room, ann = opened()
    ann.join()
    room.open("/", "b", {}, SHAPE)
    assert reason(ann.join("phx-2")) == "stale"
    assert reason(ann.join("inner")) == "stale"


def test_a_page_that_goes_on_is_joined_by_who_has_its_token() -> None:
    """Until the connection that it had is closed, a join is one as any other: the view begins anew."""
    room, first = opened()
    first.join()
    pressed(room, first)
    assert room.resume("a", SHAPE) is not None
    second = Browser(room, "a")
    assert second.join()[0][4]["response"]["rendered"]["0"] == "0"


def test_another_session_does_not_go_on() -> None:
    room, first = opened()
    first.join()
    room.resume("a", SHAPE)
    room.disconnect(first.link)
    assert reason(Browser(room, "a").join(session="session-of-another")) == "stale"


def test_views_in_the_layout_are_served_with_the_page() -> None:
    room, _ = served(LAYOUT)
    page = room.open("/", "a", {}, SHAPE)
    assert "player 0" in page.html
    browser = Browser(room, "a")
    browser.join()
    (joined,) = browser.join("outside")
    assert joined[4]["status"] == "ok"
    assert "player 0" in (room.resume("a", SHAPE) or "")


def test_a_sticky_view_stays_where_the_root_goes_on() -> None:
    """RT-14"""
    room, _ = served()
    room.open("/", "a", {}, SHAPE)
    browser = Browser(room, "a")
    browser.join()
    assert browser.join("player")[0][4]["status"] == "ok"
    *_, answer = browser.join(redirect="http://localhost:1/two", url=None)
    assert answer[4]["status"] == "ok"
    lines = room.world.world.lines
    assert [pid for pid, line in lines.items() if line.sticky and line.process is not None] == ["phx-1~player"]


# --- frames -----------------------------------------------------------------------------------------------------------


def test_what_the_simulated_browser_would_not_have_said_is_noted() -> None:
    room, browser = opened()
    browser.join()
    browser.send("lv:phx-1", "cids_will_destroy", {"cids": [1]})
    assert room.links.notes[-1] == (
        "the client said cids_will_destroy {'cids': [1]}; the simulated one would have said nothing"
    )


def test_a_patch_that_sends_the_view_away_is_no_patch() -> None:
    room, _ = served()
    room.open("/", "a", {}, SHAPE)
    browser = Browser(room, "a")
    browser.join()
    browser.send("lv:phx-1", "event", {"type": "click", "event": "away", "value": {}})
    browser.send("lv:phx-1", "live_patch", {"url": "http://localhost:1/?a=1"})
    assert room.world.world.lines["phx-1"].tab.url == "/"


def test_of_a_long_session_the_last_frames_are_kept() -> None:
    room, browser = opened()
    browser.join()
    pressed(room, browser, 250)
    assert 200 <= len(room.links.wire) <= 400
    assert room.links.total == 251


@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("http://www.example.com", "/"),
        ("http://www.example.com/a?b", "/a?b"),
        ("https://x.org/a", "https://x.org/a"),
        ("/a", "/a"),
    ],
)
def test_addresses_of_the_world_are_paths_of_the_server(url: str, path: str) -> None:
    assert served_url(url) == path


# --- simulated pages beside real ones ---------------------------------------------------------------------------------


def test_a_simulated_page_in_the_same_world_says_everything_itself() -> None:
    room, given = served()
    room.open("/", "a", {}, SHAPE)
    Browser(room, "a").join()
    view = room.world.live("/")
    view.element("button").render_click()
    assert [frame.event for frame in view.wire if frame.direction == "client"][-2:] == [
        "cids_will_destroy",
        "cids_destroyed",
    ]
    given["crash"] = True
    with pytest.raises(ValueError, match="not today"):
        room.world.live("/")


def test_an_act_inside_of_an_act_is_refused_and_the_next_one_is_not() -> None:
    room, _ = served()
    room.open("/", "a", {}, SHAPE)
    browser = Browser(room, "a")
    browser.join()
    assert browser.send("lv:phx-1", "event", {"type": "click", "event": "inside", "value": {}})[0][3] == "phx_error"
    assert "this world is in the middle of an action" in str(next(iter(room.world.crashes)).error)
    assert browser.join(params={"_mounts": 1})[0][4]["status"] == "ok"
