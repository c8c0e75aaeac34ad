"""A served world without a network: frames in by hand, frames out as text."""

from __future__ import annotations

import json
from typing import Any

import pytest

from liveview_core import LiveSession, LiveView, Socket, heex
from liveview_core.views.router import Route, Router
from liveview_testing.showing.connections.connection import Link
from liveview_testing.showing.connections.journal import Journal
from liveview_testing.showing.connections.serializer import Message
from liveview_testing.showing.connections.served import NotInChromium, moved_payload
from liveview_testing.showing.pages import Shape
from liveview_testing.showing.panel import Panel
from liveview_testing.showing.session.showroom import Showroom
from liveview_testing.showing.targets import Person, Shown


class CounterLive(LiveView):
    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(count=0).subscribe("all")

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        if event == "break":
            raise ZeroDivisionError("broken on purpose")
        return socket.update("count", lambda count: count + 1)

    def handle_info(self, msg: Any, socket: Socket) -> Socket:
        return socket.assign(count=msg)

    render = heex("""<h1>{@count}</h1>""")


SHAPE = Shape("csrf")


class Browser:
    """A client in a test's hands."""

    def __init__(self, room: Showroom, window: str) -> None:
        self.room = room
        self.said: list[Any] = []
        self.link = Link(lambda text: self.said.append(json.loads(text)), window, ("http://localhost:1",))
        room.links.connect(self.link)
        self.ref = 0

    def send(self, topic: str, event: str, payload: Any, join_ref: str = "1") -> list[Any]:
        """A frame; what came back meanwhile."""
        self.ref += 1
        before = len(self.said)
        self.room.receive(self.link, Message(join_ref, str(self.ref), topic, event, payload))
        return self.said[before:]

    def join(self, pid: str = "phx-1", **more: Any) -> list[Any]:
        """As the client of a page joins."""
        payload = {
            "url": "http://localhost:1/",
            "params": {"_mounts": 0},
            "session": f"session-{pid}",
            "static": f"static-{pid}",
            **more,
        }
        return self.send(f"lv:{pid}", "phx_join", payload)


def opened() -> tuple[Showroom, Browser]:
    shown = Shown("test", "", Router([Route("/", CounterLive)]), (Person("Ann"), Person("Ben")))
    room = Showroom([shown], mode="paused")
    room.begin(lambda: 0.0)
    room.open("/", "a", {}, SHAPE)
    return room, Browser(room, "a")


def test_a_page_is_joined_and_clicked() -> None:
    _, browser = opened()
    (joined,) = browser.join()
    assert joined[:4] == ["1", "1", "lv:phx-1", "phx_reply"]
    assert joined[4]["response"]["rendered"]["0"] == "0"
    click = {"type": "click", "event": "inc", "value": {}}
    assert browser.send("lv:phx-1", "event", click) == [
        ["1", "2", "lv:phx-1", "phx_reply", {"status": "ok", "response": {"diff": {"0": "1"}}}]
    ]


def test_a_broadcast_goes_to_every_connection() -> None:
    room, ann = opened()
    ann.join()
    room.open("/", "b", {}, SHAPE)
    ben = Browser(room, "b")
    ben.join("phx-2")
    room.world.broadcast("all", 7)
    assert ann.said[-1] == ["1", None, "lv:phx-1", "diff", {"0": "7"}]
    assert ben.said[-1] == ["1", None, "lv:phx-2", "diff", {"0": "7"}]
    assert [seat.person.name for seat in room.seats.values()] == ["Ann", "Ben"]


def test_a_crash_is_told_and_the_client_joins_again() -> None:
    _, browser = opened()
    browser.join()
    assert browser.send("lv:phx-1", "event", {"type": "click", "event": "break", "value": {}}) == [
        ["1", "1", "lv:phx-1", "phx_error", {}]
    ]
    (again,) = browser.join(params={"_mounts": 1})
    assert again[4]["status"] == "ok"


def test_what_is_for_nobody_is_answered_and_changes_nothing() -> None:
    room, browser = opened()
    world = room.world.world
    (answer,) = browser.send("lv:nobody", "event", {"event": "x"})
    assert answer[4] == {"status": "error", "response": {"reason": "unmatched topic"}}
    (answer,) = browser.join("phx-9")
    assert answer[4] == {"status": "error", "response": {"reason": "stale"}}
    (answer,) = browser.join(session="session-of-another")
    assert answer[4] == {"status": "error", "response": {"reason": "stale"}}
    (answer,) = browser.send("phoenix", "heartbeat", {})
    assert answer[4] == {"status": "ok", "response": {}}
    assert world.lines["phx-1"] is not None


def test_a_session_happens_again() -> None:
    """The journal, through its text, in a fresh world of the same code gives the same run; who comes back is told all of it."""
    room, browser = opened()
    browser.join()
    for _ in range(3):
        browser.send("lv:phx-1", "event", {"type": "click", "event": "inc", "value": {}})
    room.world.broadcast("all", 41)
    journal = type(room.links.journal).from_json(room.links.journal.to_json())
    assert journal.entries == room.links.journal.entries
    other = Showroom(room.all, mode="paused")
    other.begin(lambda: 0.0)
    other.again(journal, SHAPE)
    assert other.stopped_at is None
    back = Browser(other, "a")
    joined, *diffs = back.join()
    assert joined[4]["response"]["rendered"]["0"] == "0"
    assert [diff[4] for diff in diffs] == [{"0": "1"}, {"0": "2"}, {"0": "3"}]
    click = {"type": "click", "event": "inc", "value": {}}
    assert back.send("lv:phx-1", "event", click)[0][4]["response"] == {"diff": {"0": "4"}}


def pressed(room: Showroom, browser: Browser, times: int = 1) -> None:
    for _ in range(times):
        browser.send("lv:phx-1", "event", {"type": "click", "event": "inc", "value": {}})


def test_everything_that_reaches_a_world_happens_again() -> None:
    """Who sat down, pages that were loaded again, connections that closed, what the panel did, time; and all of that once more."""
    room, browser = opened()
    panel = Panel(room)
    room.sit_down("frame-Ben", "Ben")
    browser.join()
    pressed(room, browser)
    assert room.resume("a", SHAPE) is not None
    room.disconnect(browser.link)
    again = Browser(room, "a")
    again.join()
    assert panel.command('{"do": "broadcast", "topic": "all", "message": "7"}') is None
    assert panel.command('{"do": "advance", "seconds": 2}') is None
    pressed(room, again)
    for _ in range(2):
        journal = Journal.from_json(room.links.journal.to_json())
        assert {entry.kind for entry in journal.entries} >= {
            "open",
            "connect",
            "frame",
            "disconnect",
            "sit",
            "resume",
            "panel",
        }
        before, room = room, Showroom(room.all, mode="paused")
        Panel(room)
        room.begin(lambda: 0.0)
        room.again(journal, SHAPE)
        assert room.stopped_at is None
        assert room.world.world.now == before.world.world.now
        (_, *diffs) = Browser(room, "a").join()
        assert [diff[4] for diff in diffs] == [{"0": "1"}, {"0": "7"}, {"0": "8"}]
        assert room.seats["frame-Ben"].person.name == "Ben"


def test_a_session_that_does_not_fit_any_more_ends_there_and_says_why() -> None:
    """After code has changed: an event that crashes now, and a thing that nobody knows."""
    room, browser = opened()
    browser.join()
    pressed(room, browser, 2)

    class BrokenLive(CounterLive):
        def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
            raise ZeroDivisionError("new code")

    other = Showroom([Shown("test", "", Router([Route("/", BrokenLive)]), (Person("Ann"),))], mode="paused")
    other.begin(lambda: 0.0)
    other.again(room.links.journal, SHAPE)
    assert other.stopped_at is not None
    assert other.stopped_at.startswith("3 of 5 things that had happened fit the code as it is now; this one does not:")
    assert "frame event {'type': 'click', 'event': 'inc', 'value': {}}" in other.stopped_at
    for kind, told in (("dance", "nobody knows what this is"), ("disconnect", "KeyError")):
        journal = Journal()
        journal.add(0, kind, link=3)
        third = Showroom(room.all, mode="paused")
        third.begin(lambda: 0.0)
        third.again(journal, SHAPE)
        assert third.stopped_at is not None
        assert told in third.stopped_at


def test_pieces_of_files_are_kept_as_they_are() -> None:
    """Bytes, through the text of a journal."""
    journal = Journal()
    journal.add(1, "frame", link=1, message=Message("1", "2", "lvu:0", "chunk", b"\x00\xff"))
    assert Journal.from_json(journal.to_json()).entries == journal.entries


def test_a_moment_before_a_page_was_opened() -> None:
    """The window has no page then: it begins anew."""
    room, ann = opened()
    ann.join()
    pressed(room, ann)
    room.open("/", "b", {}, SHAPE)
    Browser(room, "b").join("phx-2")
    assert room.seats["b"].root == "phx-2"
    room.go_back(1)
    assert {window: seat.root for window, seat in room.seats.items()} == {"a": "phx-1", "b": None}


def test_who_comes_when_everybody_has_a_seat_gets_another_name() -> None:
    room, _ = opened()
    names = [room.seated(f"w{number}").person.name for number in range(8)]
    assert names[:3] == ["Ann", "Ben", "Cara"] or len(set(names)) == 8
    assert len(set(names)) == 8


def test_an_answer_that_nobody_waits_for_is_none() -> None:
    """A frame without a ref; one of a channel that was left meanwhile; one on a connection that is closed."""
    room, browser = opened()
    browser.join()
    assert browser.send("lv:phx-1", "event", {"type": "click", "event": "inc", "value": {}}, join_ref="0") == []
    room.receive(browser.link, Message(None, None, "lv:nobody", "event", {}))
    payloads: list[Any] = [None, [1]]
    for payload in payloads:
        (answer,) = browser.send("lv:x", "phx_join", payload)
        assert answer[4] == {"status": "error", "response": {"reason": "unmatched topic"}}
    (answer,) = browser.send("other:1", "phx_join", {})
    assert answer[4] == {"status": "error", "response": {"reason": "unmatched topic"}}
    (answer,) = browser.send("lvu:1", "phx_join", {"token": "nothing"})
    assert answer[4] == {"status": "error", "response": {"reason": "invalid_token"}}
    browser.link.open = False
    assert browser.send("lv:phx-1", "event", {"type": "click", "event": "inc", "value": {}}) == []


def test_live_navigation_over_the_wire() -> None:
    """LC-16, RT-8: within a live session the root goes on; to another, to nowhere, or with a session of another it is refused."""
    home = LiveSession("site", [Route("/", CounterLive), Route("/two", CounterLive)])
    room = Showroom(
        [Shown("test", "", Router([home, LiveSession("admin", [Route("/admin", CounterLive)])]), (Person("Ann"),))],
        mode="paused",
    )
    room.begin(lambda: 0.0)
    room.open("/", "a", {}, SHAPE)
    browser = Browser(room, "a")
    browser.join()
    pressed(room, browser, 2)
    closed, answer = browser.join(redirect="http://localhost:1/two", url=None)  # without leaving first
    assert closed == ["1", "1", "lv:phx-1", "phx_close", {}]
    assert (answer[4]["status"], answer[4]["response"]["rendered"]["0"]) == ("ok", "0")
    for to in ("/admin", "/nowhere"):
        (answer,) = browser.join(redirect=f"http://localhost:1{to}")
        assert answer[4] == {"status": "error", "response": {"reason": "unauthorized"}}
    (answer,) = browser.join(redirect="http://localhost:1/two", session="session-of-another")
    assert answer[4] == {"status": "error", "response": {"reason": "stale"}}


def test_a_page_that_a_window_leaves_is_over() -> None:
    """Its process ends, as soon as the window has joined another."""
    room, first = opened()
    first.join()
    room.open("/", "a", {}, SHAPE)
    Browser(room, "a").join("phx-2")
    assert room.world.world.lines["phx-1"].process is None
    assert room.world.world.lines["phx-2"].process is not None


def test_an_act_of_the_kit_is_refused_for_a_real_page() -> None:
    room, browser = opened()
    browser.join()
    with pytest.raises(NotInChromium, match="event cannot be sent for a page that a real browser shows"):
        room.world.client("phx-1", "event", {"type": "click", "event": "inc", "value": {}})


def test_a_moment_is_gone_back_to() -> None:
    room, browser = opened()
    browser.join()
    for _ in range(3):
        browser.send("lv:phx-1", "event", {"type": "click", "event": "inc", "value": {}})
    room.go_back(2)
    back = Browser(room, "a")
    _, *diffs = back.join()
    assert [diff[4] for diff in diffs] == [{"0": "1"}, {"0": "2"}]
    assert len(room.moments) == 3


def test_a_page_that_is_loaded_again_goes_on() -> None:
    """The connection that it had closes then, once, and ends nothing; the next one that closes does."""
    room, browser = opened()
    browser.join()
    browser.send("lv:phx-1", "event", {"type": "click", "event": "inc", "value": {}})
    assert "<h1>1</h1>" in (room.resume("a", SHAPE) or "")
    room.disconnect(browser.link)
    back = Browser(room, "a")
    _, diff = back.join()
    assert diff[4] == {"0": "1"}
    room.disconnect(back.link)
    assert room.world.world.lines["phx-1"].process is None
    assert room.resume("a", SHAPE) is None


def test_the_time_travel_page_of_a_session() -> None:
    room, browser = opened()
    browser.join()
    assert "liveview-timeline" in room.timeline() or len(room.timeline()) > 1000


def test_addresses_in_a_payload() -> None:
    """Those that are named, where they are texts; what is no mapping stays what it is."""
    assert moved_payload({"url": "/a", "redirect": None, "other": "/b"}, str.upper, ("url", "redirect")) == {
        "url": "/A",
        "redirect": None,
        "other": "/b",
    }
    for payload in (None, [1], "url"):
        assert moved_payload(payload, str.upper, ("url",)) == payload


class UploadLive(LiveView):
    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.allow_upload("up", accept="any")

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        return socket

    render = heex("""<form id="f" phx-change="c"><.live_file_input upload={@uploads.up} /></form>""")


JOINS: list[dict[str, Any]] = [
    {"url": True},
    {"url": 1.5},
    {"url": "http://["},
    {"redirect": ["x"]},
    {"redirect": {}},
    {"redirect": "http://["},
    {"params": []},
]


@pytest.mark.parametrize("fields", JOINS, ids=str)
def test_a_join_of_another_shape(fields: dict[str, Any]) -> None:
    """One refusal of ours, and nothing has happened: the page is joined afterwards."""
    room, browser = opened()
    world = room.links.world.world
    (answer,) = browser.join(**fields)
    assert answer[3:] == ["phx_error", {}]
    assert room.links.notes[-1].startswith("refused: the ")
    assert room.links.world.world is world
    assert browser.join()[0][4]["status"] == "ok"


def test_a_join_without_params() -> None:
    """As one with none."""
    given: list[Any] = [None, {}]
    for params in given:
        _, browser = opened()
        assert browser.join(params=params)[0][4]["status"] == "ok"


def test_pieces_of_a_file_that_are_none() -> None:
    """What is no data is refused on the file's channel."""
    shown = Shown("test", "", Router([Route("/", UploadLive)]), (Person("Ann"),))
    room = Showroom([shown], mode="paused")
    room.begin(lambda: 0.0)
    room.open("/", "a", {}, SHAPE)
    browser = Browser(room, "a")
    browser.join()
    ref, file = "phx-upload-phx-1-0", {"ref": "0", "name": "a", "size": 3, "type": ""}
    browser.send("lv:phx-1", "allow_upload", {"ref": ref, "entries": [file]})
    browser.send("lvu:0", "phx_join", {"token": f"{ref}:0"})
    pieces: list[Any] = ["x", None, {}, ["x"]]
    for piece in pieces:
        assert browser.send("lvu:0", "chunk", piece)[-1][3] == "phx_error"
    assert browser.send("lvu:0", "chunk", b"abc")[0][4] == {"status": "ok", "response": {}}
