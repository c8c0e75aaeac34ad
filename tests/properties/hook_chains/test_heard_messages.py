"""Where no hook gets through a message, it is said what stands in the way: the error that came most often."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from liveview_core import Cont, Halt, Socket
from liveview_core.errors import BadOption, BadReturn, MissingAssign
from liveview_core.process.signatures import BadSignature
from liveview_testing import LawBroken, assert_isolated, assert_never_halts, assert_routes

Law = Callable[[Any], None]


def routes(widget: Any) -> None:
    assert_routes(widget, ["save"])


def hooked(stage: Any, hook: Callable[..., Any]) -> Callable[[Socket], Socket]:
    def widget(socket: Socket) -> Socket:
        return socket.attach_hook("own", stage, hook)

    return widget


def forgets_cont(message: Any, socket: Socket) -> Any:
    return socket


def forgets_halt(event: str, params: Any, socket: Socket) -> Any:
    return socket if event == "save" else Cont(socket)


def takes_less(socket: Socket) -> Cont:
    return Cont(socket)


@pytest.mark.parametrize("law", [assert_never_halts, assert_isolated])
def test_a_hook_that_gives_a_socket(law: Law) -> None:
    """The error of the hook itself, with the message; nothing about messages that were not handled."""
    with pytest.raises(BadReturn) as caught:
        law(hooked("handle_info", forgets_cont))
    assert str(caught.value).startswith("invalid return from hook 'own' on handle_info\n")
    assert caught.value.cure is not None
    assert caught.value.cure.startswith("wrap it: Cont(socket)")
    assert caught.value.__notes__ == ["at run_hooks(socket, 'handle_info', 'tick')"]


@pytest.mark.parametrize("law", [routes, assert_isolated])
def test_a_hook_that_gives_a_socket_now_and_then(law: Law) -> None:
    with pytest.raises(BadReturn) as caught:
        law(hooked("handle_event", forgets_halt))
    assert caught.value.__notes__ == ["at run_hooks(socket, 'handle_event', 'save', {})"]


@pytest.mark.parametrize("law", [routes, assert_isolated])
def test_a_hook_that_takes_something_else(law: Law) -> None:
    with pytest.raises(BadSignature, match=r"^hook 'own' on handle_event does not take what it is called with"):
        law(hooked("handle_event", takes_less))


def reads_the_view(message: Any, socket: Socket) -> Cont:
    return Cont(socket.assign(seen=socket.assigns.room))


def test_a_hook_that_reads_what_is_not_there() -> None:
    """The error is quoted, with a message at which it comes, and it is the cause; the cure is a socket that has it."""
    with pytest.raises(BadOption) as caught:
        assert_never_halts(hooked("handle_info", reads_the_view))
    assert str(caught.value) == (
        "no message reached the hooks of the widget widget without an error\n"
        "  expected: some message that it handles\n"
        "  got: an error for each that was drawn, most often MissingAssign: there is no assign 'room', at run_hooks(socket,"
        " 'handle_info', 'tick')\n"
        "  cure: give it a view's socket that has what it reads: socket=Socket(connected=True).assign(…)"
    )
    assert isinstance(caught.value.__cause__, MissingAssign)
    assert_never_halts(hooked("handle_info", reads_the_view), socket=Socket(connected=True).assign(room="tea"))


def refuses(event: str, params: Any, socket: Socket) -> Cont | Halt:
    if event != "save":
        return Cont(socket)
    raise LookupError(params)


def test_an_own_event_that_always_raises() -> None:
    """The routing law, too."""
    with pytest.raises(LawBroken, match="the widget widget never took its event 'save'") as caught:
        routes(hooked("handle_event", refuses))
    assert caught.value.got is not None
    assert caught.value.got.startswith("an error for everything that was drawn, most often LookupError: ")
    assert isinstance(caught.value.__cause__, LookupError)
