"""Views inside views: their place in a template, their processes, what they inherit and what they may not (RT-10…14)."""

from __future__ import annotations

from typing import Any

import pytest

from liveview_core import Cont, LiveComponent, LiveSession, LiveView, Ok, Route, Router, Socket, heex
from liveview_core.errors import BadOption, NotMounted
from liveview_core.process.mounting import NOT_MOUNTED_AT_ROUTER
from liveview_core.process.step import Process, step
from liveview_core.protocol.messages import Event, Info, Join, Stop
from liveview_core.protocol.tokens import recorded_in, static_token
from liveview_testing import live
from tests.harness.client import ENV, Client, joined


class Kid(LiveView):
    """Shows what it was given; takes `user` from its parent, if it may."""

    container = ("section", {"class": "kid"})
    layout = heex("<main>{@inner_content}</main>")  # ignored where it is a child (LC-37)

    def mount(self, params: Any, session: Any, socket: Socket) -> Any:
        assert params is NOT_MOUNTED_AT_ROUTER
        socket = socket.assign_new("user", lambda: "own").assign_new("mine", lambda: 1)
        return socket.assign(n=session.get("n", 0), connection=session.get("who"))

    def handle_info(self, msg: Any, socket: Socket) -> Any:
        return socket.assign(n=msg)

    def handle_event(self, event: str, params: Any, socket: Socket) -> Any:
        return socket.send(("kid", socket.id), to=socket.parent)

    render = heex("<b>{@n}{@user}{@connection}</b>")


class Parent(LiveView):
    def mount(self, params: Any, session: Any, socket: Socket) -> Any:
        return socket.assign(user="ann", show=True, n=1)

    def handle_event(self, event: str, params: Any, socket: Socket) -> Any:
        return params["do"](socket)

    def handle_info(self, msg: Any, socket: Socket) -> Any:
        return socket.assign(n=msg)

    render = heex("<p>{@n}{@show and live_render(@socket, Kid, id='k', session={'n': 7})}</p>")


class Sticky(Parent):
    render = heex("<p>{live_render(@socket, Kid, id='k', container=('aside', {'class': 'x'}), sticky=True)}</p>")


def do(fn: Any) -> Event:
    return Event("do", "click", {"do": fn})


def kid_of(client: Client) -> Process:
    (spawn,) = client.spawned
    process: Process = spawn.process
    return process


# --- the first page -------------------------------------------------------------------------------------------------------


def test_a_child_in_the_first_page() -> None:
    """RT-12, AS-22, HK-2, LC-12, LC-37: mounted at once, no layout, its parent's assigns, an empty session, what was recorded."""
    client = Client(Parent, connection={"who": "w"})
    static = static_token("k", ["user", "mine"])
    assert client.html.endswith(
        f'<p>1<section id="k" data-phx-session="" data-phx-static="{static}" data-phx-parent-id="phx-1" class="kid">'
        "<b>7annw</b></section></p></div>"
    )
    assert recorded_in(static) == ("user", "mine")
    assert client.static.statics == {"phx-1": "static-phx-1", "k": static}


def test_a_sticky_child_in_the_first_page() -> None:
    """RT-12, RT-14: a session of its own, no parent; it may take its parent's assigns here, and here only (AS-22)."""
    client = Client(Sticky)
    static = static_token("k", ["user", "mine"])
    assert client.html.endswith(
        f'<p><aside id="k" data-phx-session="session-k" data-phx-static="{static}" data-phx-sticky class="x">'
        "<b>0ann</b></aside></p></div>"
    )
    ((_, response),) = client.join()
    assert response["rendered"]["0"] == (
        '<aside id="k" data-phx-session="session-k" data-phx-static="" data-phx-sticky class="x"></aside>'
    )
    process = kid_of(client)
    assert (process.origin.parent, process.origin.root_view, process.origin.sticky, process.origin.nested) == (
        None,
        Kid(),
        True,
        True,
    )
    done = step(process, Join(static=static), ENV)
    assert done.process.socket.assigns.user == "own"


# --- the connected parent -------------------------------------------------------------------------------------------------


def test_a_child_of_a_connected_parent() -> None:
    """RT-13, AS-22: an empty container; its process waits for the client, and takes what was recorded in the first page."""
    client = Client(Parent, connection={"who": "w"})
    ((_, response),) = client.join()
    assert response["rendered"]["1"] == (
        '<section id="k" data-phx-session="session-k" data-phx-static="" data-phx-parent-id="phx-1" class="kid"></section>'
    )
    process = kid_of(client)
    assert (process.id, process.origin.parent, process.origin.root_view, process.origin.nested) == (
        "k",
        "phx-1",
        Parent(),
        True,
    )
    done = step(process, Join(session="session-k", static=static_token("k", ["user"])), ENV)
    socket = done.process.socket
    assert (socket.assigns.user, socket.assigns.mine, socket.assigns.n) == ("ann", 1, 7)
    assert (socket.id, socket.parent, socket.assigns.connection) == ("k", "phx-1", "w")
    fresh = step(process, Join(session="session-k"), ENV)  # it was not on the first page
    assert fresh.process.socket.assigns.user == "own"


def test_what_a_child_does_is_its_own() -> None:
    """RT-13, LC-46: messages and renders of its own; its parent hears what it sends; it ends with its parent."""
    client = joined(Parent)
    kid = step(kid_of(client), Join(), ENV).process
    done = step(kid, Info(3), ENV)
    assert [(sent.event, sent.payload) for sent in done.sent] == [("diff", {"0": "3"})]
    told = step(done.process, Event("tell"), ENV)
    (send,) = told.effects
    assert (send.to, send.message) == ("phx-1", ("kid", "k"))  # type: ignore[union-attr]  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType]
    ended = step(told.process, Stop(("shutdown", "parent_exited")), ENV)
    assert ended.process.stopped == ("shutdown", "parent_exited")


def test_a_child_comes_and_goes() -> None:
    """RT-13: each time its place is rendered anew, its process is offered; who runs it keeps the one that is there."""
    client = joined(Parent)
    client.tell(do(lambda s: s.assign(n=2)))
    assert client.spawned == []  # its place did not change
    client.tell(do(lambda s: s.assign(show=False)))
    client.tell(do(lambda s: s.assign(show=True, user="ben")))
    again = step(kid_of(client), Join(static=static_token("k", ["user"])), ENV)
    assert again.process.socket.assigns.user == "ben"  # the parent's present assigns


def test_children_in_components_and_of_children() -> None:
    """RT-11, RT-12: anywhere in the tree, by tag as well as by function."""

    class Holder(LiveComponent):
        render = heex("<i><.live_render view={Kid} id='inner' /></i>", names={"Kid": Kid})

    class Grand(LiveView):
        def mount(self, params: Any, session: Any, socket: Socket) -> Any:
            return socket.assign(user="gil")

        render = heex("<q>{live_render(@socket, Kid, id='grandkid')}</q>", names={"Kid": Kid})

    class Root(Parent):
        render = heex(
            "<p><.live_component module={Holder} id='h' />{live_render(@socket, Grand, id='grand')}</p>",
            names={"Holder": Holder, "Grand": Grand},
        )

    client = Client(Root)
    assert "<b>0ann</b>" in client.html
    assert "<b>0gil</b>" in client.html
    client.join()
    assert sorted(spawn.id for spawn in client.spawned) == ["grand", "inner"]


def test_hooks_of_children() -> None:
    """HK-2, LC-20: its own on_mount hooks, not its live session's; with options as any mount's (LC-37)."""
    ran: list[str] = []

    def hook(name: str) -> Any:
        def run(params: Any, session: Any, socket: Socket) -> Any:
            ran.append(f"{name} {type(socket.view).__name__}")
            return Cont(socket)

        return run

    class Hooked(Kid):
        on_mount = (hook("own"),)

        def mount(self, params: Any, session: Any, socket: Socket) -> Any:
            return Ok(super().mount(params, session, socket), layout=Kid.layout)

    class Root(Parent):
        render = heex("<p>{live_render(@socket, Hooked, id='k')}</p>", names={"Hooked": Hooked})

    router = Router([LiveSession("s", [Route("/", Root)], on_mount=hook("session"), layout=Kid.layout)])
    client = Client(Root, router=router)
    assert ran == ["session Root", "own Hooked"]
    assert "<main><b>0ann</b></main></section></p></main>" in client.html


# --- what is refused ------------------------------------------------------------------------------------------------------


def test_handle_params_is_for_root_views() -> None:
    """HK-25, LC-7, HK-18: neither the callback nor a hook, in neither mount."""

    class Params(Kid):
        def handle_params(self, params: Any, uri: str, socket: Socket) -> Any:
            return socket

    class Hooking(Kid):
        def mount(self, params: Any, session: Any, socket: Socket) -> Any:
            return socket.attach_hook("p", "handle_params", lambda params, uri, s: Cont(s))

    texts = {
        Params: "cannot invoke handle_params on test_handle_params_is_for_root_views.<locals>.Params, because it is not"
        " mounted at the router\n"
        "  expected: a view with handle_params to be the root view of a route\n"
        "  got: a nested or isolated view\n"
        "  cure: mount it with Route(…), or read the parent's params there and hand them down in the session",
        Hooking: "cannot attach the hook 'p' on handle_params: the view is not mounted at the router\n"
        "  cure: mount it with a Route, or attach the hook in the root view",
    }
    for kid, text in texts.items():
        template = heex("<p>{@connected and live_render(@socket, Kid, id='k')}</p>", names={"Kid": kid})

        class Root(Parent):
            first = True
            render = template

            def mount(self, params: Any, session: Any, socket: Socket) -> Any:
                return socket.assign(connected=socket.connected or self.first)

        with pytest.raises(NotMounted) as error:
            Client(Root)
        assert str(error.value) == text

        class Later(Root):
            first = False

        client = Client(Later)
        client.join()
        client.process = kid_of(client)
        assert client.refused(Join(), NotMounted) == text


def test_connect_params_in_a_child() -> None:
    """NV-30: after mount a child is told that only the root view has them."""

    class Asking(Kid):
        def handle_info(self, msg: Any, socket: Socket) -> Any:
            return socket.get_connect_params() and socket

    client = joined(Parent)
    client.process = step(kid_of(client), Join(params={"_mounts": 0}), ENV).process
    object.__setattr__(client.process.origin, "view", Asking())
    assert client.refused(Info(1), NotMounted) == (
        "get_connect_params was called on a child view\n"
        "  cure: only the root view has access: hand it down in the session"
    )


@pytest.mark.parametrize(
    ("call", "text"),
    [
        (
            "live_render(@socket, Kid)",
            "live_render of Kid needs an id\n"
            "  expected: a str that no other element of the page has\n  got: None\n"
            '  cure: live_render(@socket, Kid, id="…")',
        ),
        (
            "live_render(@socket, Part, id='k')",
            "live_render expects a live view\n"
            "  expected: a LiveView, its class or an object\n  got: a component\n"
            '  cure: live_render(@socket, ChatLive, id="chat"); a component stands in <.live_component …>',
        ),
        (
            "live_render(@socket, Kid, id='k', session={1: 2})",
            "the session of a child view has str keys\n  expected: {'room': …}\n  got: {1: 2}",
        ),
    ],
)
def test_a_place_that_is_wrong(call: str, text: str) -> None:
    """RT-11, LC-3: an id is needed, a view, a session with str keys."""

    class Part(LiveComponent):
        render = heex("<i></i>")

    class Root(Parent):
        render = heex("<p>{" + call + "}</p>", names={"Kid": Kid, "Part": Part})

    with pytest.raises(BadOption) as error:
        Client(Root)
    assert str(error.value) == text


def test_inheriting_through_the_kit() -> None:
    """AS-22: a child on the first page takes its parent's present assigns; one that comes later makes its own."""
    first = live(Parent).find_live_child("k")
    assert first is not None
    assert first.assigns.user == "ann"

    class Hidden(Parent):
        def mount(self, params: Any, session: Any, socket: Socket) -> Any:
            return super().mount(params, session, socket).assign(show=False)

        def handle_info(self, msg: Any, socket: Socket) -> Any:
            return socket.assign(show=True)

    view = live(Hidden)
    view.send("show the child")
    late = view.find_live_child("k")
    assert late is not None
    assert late.assigns.user == "own"
