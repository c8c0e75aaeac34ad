"""What travelled, as a test reads it: frames are values, and what a reader does to them stays with the reader."""

from __future__ import annotations

import json
import pickle
from typing import Any

import pytest
from attrs.exceptions import FrozenInstanceError

from liveview_core import LiveView, Socket, heex
from liveview_testing import Frame, live


class Counter(LiveView):
    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(count=0, rows=[{"id": 1}, {"id": 2}])

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        return socket.update("count", lambda count: count + 1).push_event("counted", {"by": [1]})

    render = heex("""<b>{@count}</b><i :for={row in @rows}>{row["id"]}</i>""")


def test_a_frame_is_a_value() -> None:
    """Made, compared, matched, printed and pickled by direction, event and payload; never changed."""
    frame = Frame("server", "diff", {"0": "1"})
    assert frame == Frame(direction="server", event="diff", payload={"0": "1"}) != Frame("client", "diff", {"0": "1"})
    assert repr(frame) == "Frame('server', 'diff', {'0': '1'})"
    assert repr(Frame("client", "chunk", b"x", "lvu:0")) == "Frame('client', 'chunk', b'x', topic='lvu:0')"
    assert pickle.loads(pickle.dumps(frame)) == frame
    match frame:
        case Frame("server", event, {"0": text}):
            assert (event, text) == ("diff", "1")
        case _:
            pytest.fail("a frame is matched by its parts")
    with pytest.raises(FrozenInstanceError):
        frame.event = "x"  # type: ignore[misc]


def test_the_wire_is_json() -> None:
    """Each payload goes through JSON text and back unchanged."""
    view = live(Counter)
    view.render_click("up", {"n": 1})
    for frame in view.wire:
        assert json.loads(frame.text) == frame.payload
        assert frame.bytes == len(frame.text.encode())


def test_what_a_reader_changes_stays_with_the_reader() -> None:
    """Payloads that a test has spoiled were sent as they were: to the page, to this world and to its forks."""
    view = live(Counter)
    view.render_click("up")
    there = view.fork()
    sent = [frame.text for frame in view.wire]
    page = str(view.html)
    for frame in view.wire:
        frame.payload.clear()
        assert frame.payload == {}
    assert [frame.text for frame in view.wire] == [frame.text for frame in there.wire] == sent
    assert str(view.html) == str(there.html) == page
    view.assert_push_event("counted", {"by": [1]})
