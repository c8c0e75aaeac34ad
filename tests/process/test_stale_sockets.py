"""A socket of an earlier message is refused wherever a socket is returned: it would take back what came since."""

from __future__ import annotations

from typing import Any

import pytest

from liveview_core import Cont, Halt, LiveComponent, LiveView, Ok, Reply, Route, Router, Socket, heex
from liveview_core.errors import BadReturn
from liveview_testing import live

KEPT: list[Socket] = []


class Keeping(LiveView):
    """Keeps its first socket of each life, and gives it back where it is told to."""

    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        stale = socket.assign(n=1)  # what a hook closes over by mistake

        def halting(event: str, params: Any, s: Socket) -> Halt | Cont:
            return Halt(stale.update("n", lambda n: n + 1)) if event == "halted" else Cont(s)

        def going_on(message: Any, s: Socket) -> Cont:
            return Cont(stale if message == "hook" else s)

        def after(s: Socket) -> Socket:
            return stale if s.assigns.n == "after" else s

        stage = stale.attach_hook("halting", "handle_event", halting)
        return stage.attach_hook("going", "handle_info", going_on).attach_hook("after", "after_render", after)

    def handle_params(self, params: Any, uri: str, socket: Socket) -> Socket:
        return KEPT[0] if "back" in params else socket

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket | Reply:
        if event == "keep":
            KEPT[:] = [socket]
            return socket
        if event == "after":
            return socket.assign(n="after")
        return Reply(KEPT[0], {}) if event == "reply" else KEPT[0].assign(n=5)

    def handle_info(self, message: Any, socket: Socket) -> Socket:
        return KEPT[0]

    def terminate(self, reason: Any, socket: Socket) -> Socket:
        return socket

    render = heex("<p>{@n}</p><.live_component module={Kept} id='kept' n={@n} />")


class Kept(LiveComponent):
    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        return KEPT[0]

    render = heex("<b phx-click='any' phx-target={@myself}>{@n}</b>")


@pytest.mark.parametrize(
    ("where", "act", "cure"),
    [
        (
            "hook 'halting' on handle_event",
            ("click", "halted"),
            "`def hook(event, params, socket): return Cont(socket.",
        ),
        ("hook 'going' on handle_info", ("send", "hook"), "`def hook(message, socket): return Cont(socket."),
        ("hook 'after' on after_render", ("click", "after"), "`def hook(socket): return socket.assign(…)`"),
        ("Keeping.handle_event", ("click", "event"), "`def handle_event(self, event, params, socket): return socket."),
        ("Keeping.handle_event", ("click", "reply"), "`def handle_event(self, event, params, socket): return socket."),
        ("Keeping.handle_info", ("send", "callback"), "`def handle_info(self, message, socket): return socket."),
        ("Keeping.handle_params", ("patch", "/?back=1"), "`def handle_params(self, params, uri, socket): return"),
        ("Kept.handle_event", ("component", ""), "`def handle_event(self, event, params, socket): return socket."),
    ],
)
def test_a_socket_of_an_earlier_message_is_refused(where: str, act: tuple[str, str], cure: str) -> None:
    """It is told as such, and the page is as it was: state and hooks are not lost."""
    view = live("/", router=Router([Route("/", Keeping)]))
    view.render_click("keep")
    before = view.html
    kind, what = act
    with pytest.raises(BadReturn) as caught:
        if kind == "click":
            view.render_click(what)
        elif kind == "send":
            view.send(what)
        elif kind == "patch":
            view.render_patch(what)
        else:
            view.element("b").render_click()
    assert caught.value.where == where
    assert str(caught.value.got).startswith("the socket of an earlier message: <Socket Keeping(")
    assert cure in str(caught.value.cure)
    assert caught.value.expected == "the socket that it was given, changed"
    assert view.html == before
    view.render_click("keep")  # it goes on, its hooks too


@pytest.mark.parametrize("returned", [lambda socket: socket, Ok])
def test_a_mount_that_returns_the_socket_of_the_first_one(returned: Any) -> None:
    """The connected mount begins from nothing."""
    first: list[Socket] = []

    class Twice(LiveView):
        def mount(self, params: Any, session: Any, socket: Socket) -> Any:
            first.append(socket)
            return returned(first[0])

        render = heex("<p></p>")

    with pytest.raises(BadReturn, match=r"return from .*Twice.mount\n.*\n  got: the socket of an earlier message"):
        live(Twice)


def test_a_socket_of_nobody_in_a_hook_is_told_as_such() -> None:
    """It is none of an earlier message."""

    class Bare(LiveView):
        def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
            return socket.attach_hook("bare", "handle_event", lambda *_: Halt(Socket(n=1)))

        render = heex("<p></p>")

    with pytest.raises(BadReturn, match=r"return from hook 'bare' on handle_event\n.*\n  got: <Socket\(connected"):
        live(Bare).render_click("x")


def test_a_component_knows_the_time_whenever_it_is_updated() -> None:
    """Its sockets are of the step like all others, not only in its mount; one that is kept is refused."""
    seen: list[Any] = []

    class Timed(LiveComponent):
        def mount(self, socket: Socket) -> Socket:
            return socket.attach_hook("after", "after_render", lambda s: s.assign(after=s.now))

        def update(self, assigns: Any, socket: Socket) -> Socket:
            seen.append(socket.assign(n=assigns["n"], at=socket.now))
            return seen[0] if assigns["n"] == 3 else seen[-1]  # type: ignore[no-any-return]

        render = heex("<b>{@n} {@at.year}</b>")

    class Page(LiveView):
        def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
            return socket.assign(n=1)

        def handle_info(self, n: Any, socket: Socket) -> Socket:
            return socket.assign(n=n)

        render = heex("<.live_component module={Timed} id='timed' n={@n} />", names={"Timed": Timed})

    view = live(Page)
    view.send(2)
    assert "2 2025</b>" in str(view.html)
    with pytest.raises(BadReturn, match=r"return from .*Timed.update\n.*\n  got: the socket of an earlier message"):
        view.send(3)
