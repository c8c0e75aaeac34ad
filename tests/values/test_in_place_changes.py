"""`in_place_changes`: whoever tries to change a value in place is told how another one is made."""

from __future__ import annotations

import copy
import pickle
from typing import Any

import attrs
import pytest

from liveview_core import (
    JS,
    AsyncOk,
    AsyncResult,
    Changeset,
    Cont,
    Halt,
    LiveView,
    Ok,
    Reply,
    Route,
    Router,
    Socket,
    to_form,
)
from liveview_core.errors import FrozenError
from liveview_core.heex import heex
from liveview_core.values.in_place_changes import FrozenValue
from liveview_testing import File, live


class Home(LiveView):
    """A view."""

    def mount(self, params: Any, session: Any, socket: Socket) -> Any:
        return socket

    def handle_event(self, event: Any, params: Any, socket: Any) -> Any:
        socket.count = 1
        return socket

    render = heex('<b phx-click="x">y</b>')


@attrs.frozen
class User:
    """What a changeset is about."""

    name: str = ""


SOCKET = Socket(count=0)


@pytest.mark.parametrize(
    ("value", "cure"),
    [
        (SOCKET, "return socket.assign(count=…)"),
        (AsyncResult(), "result.to_ok(value)"),
        (AsyncOk(1), "attrs.evolve"),
        (Changeset(User), 'changeset.put_change("count", …)'),
        (to_form({"a": 1}), "to_form"),
        (to_form({"a": 1})["a"], "to_form"),
        (JS.hide(to="#a"), "its methods make another"),
        (Reply(SOCKET, {}), "Reply(socket, …)"),
        (Ok(SOCKET), "Ok(socket, count=…)"),
        (Cont(SOCKET), "Cont(socket, count=…)"),
        (Halt(SOCKET), "Halt(socket, count=…)"),
        (Route("/", Home), "attrs.evolve"),
        (Router((Route("/", Home),)), "attrs.evolve"),
        (File("a", b""), "attrs.evolve"),
    ],
)
def test_values(value: Any, cure: str) -> None:
    """Set and deleted; both as ours and as attrs has it."""
    changes: list[Any] = [lambda: setattr(value, "count", 2), lambda: delattr(value, "count")]
    for change in changes:
        with pytest.raises(FrozenValue) as caught:
            change()
        assert isinstance(caught.value, FrozenError | attrs.exceptions.FrozenInstanceError)
        assert caught.value.cure is not None
        assert cure in caught.value.cure
    assert type(copy.copy(value)) is type(value)


def test_the_text() -> None:
    """Of the commonest one; it survives a pickle."""
    with pytest.raises(FrozenValue) as caught:
        SOCKET.count = 1  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue]
    text = (
        "a Socket is never changed (Socket.count = 1)\n"
        "  expected: another one, made of it\n"
        "  got: Socket.count = 1\n"
        "  cure: return socket.assign(count=…)"
    )
    assert str(caught.value) == text
    assert str(pickle.loads(pickle.dumps(caught.value))) == text


def test_in_a_callback() -> None:
    """The author's line is shown."""
    with pytest.raises(FrozenValue, match=r"socket\.assign\(count=…\)") as caught:
        live(Home).element("b").render_click()
    assert [frame.name for frame in caught.traceback][-1] == "handle_event"
