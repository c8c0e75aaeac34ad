"""What lies between two sockets, as it is told."""

from __future__ import annotations

from typing import Any

import pytest

from liveview_core import LiveComponent, Socket, heex
from liveview_testing.properties.hook_chains.socket_changes import changes


class Part(LiveComponent):
    render = heex("<i></i>")


CONNECTED = Socket(connected=True).assign(n=1).subscribe("room").stream("rows", []).start_async("sum", lambda: 1)

TOLD: list[tuple[Any, str]] = [
    (lambda s: s.assign(n=2), "n: 1 -> 2"),
    (lambda s: s.broadcast("room", "hi"), "broadcast to 'room': 'hi'"),
    (lambda s: s.unsubscribe("room"), "unsubscribed from 'room'"),
    (lambda s: s.cancel_async("sum"), "cancelled the task 'sum'"),
    (lambda s: s.start_async("more", lambda: 1), "started the task 'more'"),
    (lambda s: s.send_update(Part, id="one", n=1), "updates the component Part 'one'"),
    (lambda s: s.send("hello"), "sent itself 'hello'"),
    (lambda s: s.send_after("tick", 2, name="clock"), "'tick'"),
]


@pytest.mark.parametrize(("do", "told"), TOLD, ids=[told for _, told in TOLD])
def test_every_difference_has_its_words(do: Any, told: str) -> None:
    said = [str(each) for each in changes(CONNECTED, do(CONNECTED))]
    assert any(told in each for each in said), said


def test_what_a_disconnected_socket_asks_for_is_said_to_be_dropped() -> None:
    before = Socket()
    (change,) = changes(before, before.start_async("sum", lambda: 1))
    assert str(change).endswith("started the task 'sum' (dropped: it is not connected)")


def test_the_same_is_no_difference() -> None:
    assert not list(changes(CONNECTED, CONNECTED.assign(n=1)))
