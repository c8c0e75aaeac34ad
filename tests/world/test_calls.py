"""Calls and casts: messages from other processes, which a test plays."""

from __future__ import annotations

from typing import Any

import pytest

from liveview_core import LiveView, Reply, heex
from liveview_core.errors import UndefinedCallback
from liveview_testing import live
from liveview_testing.user.handles.view import NoAnswer
from tests.harness.views import CounterLive


class Clerk(LiveView):
    """Answers, and listens."""

    def mount(self, params: Any, session: Any, socket: Any) -> Any:
        return socket.assign(asked=0)

    def handle_call(self, message: Any, sender: Any, socket: Any) -> Any:
        match message:
            case "silent":
                return socket.assign(asked=-1)
            case "leave":
                return Reply(socket.redirect("/away"), "gone")
            case _:
                return Reply(socket.update("asked", lambda n: n + 1), (message, sender))

    def handle_cast(self, message: Any, socket: Any) -> Any:
        return socket.assign(asked=message)

    render = heex("""<p>{@asked}</p>""")


def test_a_call_is_answered() -> None:
    """The answer comes back; what it changed is on the page before (CB-4)."""
    view = live(Clerk)
    assert view.call("how many?") == ("how many?", "test")
    assert "<p>1</p>" in view.html
    assert [(step.origin, step.payload) for step in view.steps][1:] == [("call", "how many?")]
    assert view.call("leave") == "gone"
    assert view.assert_redirect("/away")


def test_a_cast_waits_for_nothing() -> None:
    """It is heard, and the page follows (CB-5)."""
    view = live(Clerk)
    assert "<p>7</p>" in view.cast(7)


def test_what_is_not_answered() -> None:
    """No answer, or no callback at all: errors that say what to do; without the callback nothing happened."""
    view = live(Clerk)
    with pytest.raises(NoAnswer) as raised:
        view.call("silent")
    assert str(raised.value) == (
        "handle_call of Clerk gave no answer to 'silent'\n"
        "  expected: Reply(socket, answer)\n"
        "  got: a socket alone: the caller would wait until its time is over\n"
        "  cure: return Reply(socket, None) if there is nothing to say, or cast"
    )
    counter = live(CounterLive)
    world = counter.sim.world
    with pytest.raises(UndefinedCallback):
        counter.call("x")
    with pytest.raises(UndefinedCallback):
        counter.cast("x")
    assert counter.sim.world is world
