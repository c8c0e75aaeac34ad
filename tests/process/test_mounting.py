"""`mounting`: the disconnected and the connected mount, in order, with their options, layouts, containers and ways to fail."""

from __future__ import annotations

from collections.abc import Callable
from operator import methodcaller
from typing import Any

import pytest

from liveview_core import (
    BadReturn,
    Cont,
    Halt,
    LiveComponent,
    LiveSession,
    LiveView,
    LiveViewError,
    Ok,
    Route,
    Router,
    Socket,
    heex,
)
from liveview_core.errors import BadOption, NavigationError, NotMounted
from liveview_core.process.mounting import NOT_MOUNTED_AT_ROUTER, mount_disconnected
from liveview_core.process.process import container_json
from liveview_core.process.step import Env, new_process, step
from liveview_core.process.step_scratch import PatchLoop
from liveview_core.protocol.effects import Broadcast, Dropped, Subscribe
from liveview_core.protocol.messages import Event, Join
from liveview_core.protocol.tokens import flash_of, flash_token, session_token, static_token
from tests.harness.client import ENV, HOST, Client, joined

SHOWS = heex("<p>{@n}</p>")


class Logged(LiveView):
    """Writes down what happened to it, in `@log`."""

    def mount(self, params: Any, session: Any, socket: Socket) -> Any:
        return note(socket.assign(n=1), f"mount {socket.connected} {params!r} {session!r}")

    def handle_params(self, params: Any, uri: str, socket: Socket) -> Any:
        return note(socket, f"params {socket.connected} {params!r} {uri}")

    def handle_event(self, event: str, params: Any, socket: Socket) -> Any:
        return params["do"](socket)

    render = SHOWS


def note(socket: Socket, line: str) -> Socket:
    return socket.assign(log=(*socket.assigns.get("log", ()), line))


def noted(name: str) -> Any:
    def hook(params: Any, session: Any, socket: Socket) -> Any:
        return Cont(note(socket, f"hook {name}"))

    return hook


def mounting(fn: Any, **more: Any) -> Any:
    """A view whose mount is this function of a socket."""

    class Made(LiveView):
        def mount(self, params: Any, session: Any, socket: Socket) -> Any:
            return fn(socket)

        render = SHOWS

    for name, value in more.items():
        setattr(Made, name, value)
    return Made


# --- order and arguments --------------------------------------------------------------------------------------------------


def test_order_of_the_first_load() -> None:
    """LC-1, LC-2, LC-20, LC-21, VX-27: live session's hooks, the view's, mount, handle_params, render; twice, each from nothing."""

    class View(Logged):
        on_mount = (noted("own"),)

        def mount(self, params: Any, session: Any, socket: Socket) -> Any:
            after = socket.attach_hook("seen", "after_render", lambda s: note(s, f"after {s.changed('n')}"))
            return super().mount(params, session, after)

    router = Router([LiveSession("main", [Route("/a/:id", View)], on_mount=[noted("session")], session={"extra": 1})])
    client = Client(View, "/a/7?z=1", router=router, connection={"user": "ann", "extra": 0})
    assert client.html.startswith('<div id="phx-1" data-phx-main ')
    client.join()
    params = {"z": "1", "id": "7"}
    assert client.assigns.log == (
        "hook session",
        "hook own",
        f"mount True {params} {{'user': 'ann', 'extra': 1}}",  # LC-19: the signed session wins
        f"params True {params} {HOST}/a/7?z=1",
        "after True",  # HK-22: what changed can still be seen
    )


def test_the_disconnected_pass_alone() -> None:
    """LC-5, LC-10: not connected; no after_render hook of the view, nothing pruned, temporary assigns as assigned."""
    seen: list[str] = []

    def saw(what: str) -> Any:
        def hook(socket: Socket) -> Socket:
            seen.append(what)
            return socket

        return hook

    class View(LiveView):
        temporary_assigns = {"n": 0}

        def mount(self, params: Any, session: Any, socket: Socket) -> Any:
            assert (socket.connected, socket.get_connect_params()) == (False, None)
            socket = socket.attach_hook("x", "after_render", saw("view"))
            return socket.assign(n=5).stream("rows", [])

        render = heex("<p>{@n}<.live_component module={Inside} id='i' /></p>")

    class Inside(LiveComponent):
        def mount(self, socket: Socket) -> Any:
            return socket.attach_hook("x", "after_render", saw("component"))

        render = heex("<i></i>")

    globals().update(Inside=Inside)
    assert "<p>5<i></i></p>" in Client(View).html
    assert seen == ["component"]


def test_assigns_before_user_code() -> None:
    """LC-4: the live action and the connection's flash are there, and not marked changed."""
    router = Router([Route("/", mounting(check_first), action="show")])
    client = Client(None, router=router, flash={"info": "hi"})
    client.join()
    assert client.process.socket.assigns.n == 0


def check_first(socket: Socket) -> Socket:
    assert dict(socket.assigns) == {"live_action": "show", "flash": {"info": "hi"}}
    assert not socket.changed("live_action")
    assert not socket.changed("flash")
    return socket.assign(n=0)


def test_without_mount() -> None:
    """LC-30: a view without mount and hooks is as it came."""

    class View(LiveView):
        render = heex("<p>{@live_action}</p>")

    assert "<p></p>" in Client(View).html


def test_handle_params_is_skipped() -> None:
    """LC-6: after a redirect in mount; and where neither callback nor hook is there."""

    class View(Logged):
        def mount(self, params: Any, session: Any, socket: Socket) -> Any:
            return socket.redirect("/away")

        def handle_params(self, params: Any, uri: str, socket: Socket) -> Any:
            raise AssertionError("not called")

    static = Client(View).static
    assert (static.html, static.status, static.location) == (None, 302, "/away")

    class Hooked(Logged):
        handle_params = None  # type: ignore[assignment]

        def mount(self, params: Any, session: Any, socket: Socket) -> Any:
            hook = lambda params, uri, s: Cont(note(s, f"hook {uri}"))
            return socket.assign(n=0).attach_hook("p", "handle_params", hook)

    assert joined(Hooked).assigns.log == (f"hook {HOST}/",)


def test_session_keys_are_text() -> None:
    """LC-3: the extra session is a mapping with str keys."""
    with pytest.raises(BadOption) as error:
        new_process("phx-1", Logged, session={1: 2})  # type: ignore[dict-item]  # pyright: ignore[reportArgumentType]
    assert str(error.value) == (
        "the session of Logged is no mapping with str keys\n  expected: {'user_id': …}\n  got: {1: 2}"
    )


def test_a_url_needs_a_host() -> None:
    """SK-7: scheme and host of the page's URL are kept; without them there is none."""
    with pytest.raises(NavigationError) as error:
        joined(Logged, join={"url": "/only/a/path"}, router=Router([Route("/*all", Logged)]))
    assert str(error.value) == (
        "the client did not send a full URL\n"
        "  expected: a URL with scheme and host: 'http://localhost/path'\n"
        "  got: '/only/a/path'"
    )


# --- redirects on the way -------------------------------------------------------------------------------------------------

WAYS: dict[str, Any] = {
    "redirect": (lambda s: s.redirect("/b", status=301), 301, "/b"),
    "external": (lambda s: s.redirect(external="https://x.org/"), 302, "https://x.org/"),
    "navigate": (lambda s: s.push_navigate("/b"), 302, "/b"),
}


@pytest.mark.parametrize("way", WAYS)
def test_a_redirect_in_the_first_request(way: str) -> None:
    """LC-8: an HTTP redirect, with the whole flash; nothing is rendered."""
    go, status, location = WAYS[way]
    static = Client(mounting(lambda s: go(s.put_flash("error", "no"))), flash={"info": "old"}).static
    assert (static.html, static.status, static.location) == (None, status, location)
    assert static.flash == {"info": "old", "error": "no"}


def test_a_patch_in_the_first_request() -> None:
    """LC-8, LC-9, VX-34: legal in handle_params, where it is an HTTP redirect; an error in mount (LC-24)."""

    class View(LiveView):
        def handle_params(self, params: Any, uri: str, socket: Socket) -> Any:
            return socket.push_patch("/?page=1")

        render = SHOWS

    static = Client(View).static
    assert (static.html, static.status, static.location) == (None, 302, "/?page=1")


@pytest.mark.parametrize("connected", [False, True])
def test_a_patch_in_mount(connected: bool) -> None:
    """LC-24, HK-9: a view cannot be patched before it is mounted; in neither mount, by neither mount nor hook."""
    text = (
        "{where} attempted to live patch while mounting\n"
        "  expected: push_navigate or redirect\n"
        "  got: push_patch('/x')\n"
        "  cure: a view cannot be patched before it is mounted: do it in handle_params, or socket.push_navigate(…)"
    )

    def patch(socket: Socket) -> Any:
        return socket.push_patch("/x") if socket.connected is connected else socket.assign(n=0)

    def halting(params: Any, session: Any, socket: Socket) -> Any:
        after = patch(socket)
        return Cont(after) if after.redirected is None else Halt(after)

    hooked = mounting(lambda s: s.assign(n=0), on_mount=(halting,))
    for view, where in ((mounting(patch), "mounting.<locals>.Made.mount"), (hooked, None)):
        where = where or f"the on_mount hook {halting.__qualname__} of mounting.<locals>.Made"
        with pytest.raises(NotMounted) as error:
            Client(view).join()
        assert str(error.value) == text.format(where=where)


def refused_by(go: Any, flash: Any = None) -> tuple[str, Any]:
    """The answer to a join whose connected mount does this."""
    client = Client(mounting(lambda s: go(s) if s.connected else s.assign(n=0)), flash=flash)
    (frame,) = client.join()
    assert client.process.stopped[0] == "shutdown"
    assert not client.process.joined
    return frame


def test_a_redirect_in_the_connected_mount() -> None:
    """LC-25, PE-6: an error reply with the events that were pushed, and the whole flash as a token."""
    assert refused_by(lambda s: s.redirect("/b")) == ("error", {"redirect": {"to": "/b", "status": 302}, "events": []})
    to = {"to": "/b", "kind": "replace"}
    assert refused_by(lambda s: s.push_navigate("/b", replace=True).push_event("a", {"x": 1})) == (
        "error",
        {"live_redirect": to, "events": [["a", {"x": 1}]]},
    )
    status, response = refused_by(lambda s: s.put_flash("error", "no").redirect("/b"), {"info": "old"})
    assert status == "error"
    assert flash_of(response["redirect"]["flash"]) == {"info": "old", "error": "no"}


def test_vx_35() -> None:
    """VX-35, HK-5: a halting hook with flash, event and an external redirect: no status, mount is not called."""

    def away(params: Any, session: Any, socket: Socket) -> Any:
        if not socket.connected:
            return Cont(socket.assign(n=0))
        after = socket.put_flash("info", "bye").push_event("e", {})
        return Halt(after.redirect(external="https://x.org", status=301))

    client = Client(mounting(lambda s: s if not s.connected else 1 / 0, on_mount=(away,)))
    ((status, response),) = client.join()
    assert status == "error"
    assert response == {
        "redirect": {"to": "https://x.org", "flash": flash_token({"info": "bye"})},
        "events": [["e", {}]],
    }


def test_patches_while_joining() -> None:
    """LC-26, LC-23: handle_params runs again with the new params, action and URI; the reply tells the last patch."""

    class View(Logged):
        def handle_params(self, params: Any, uri: str, socket: Socket) -> Any:
            socket = note(socket, f"{socket.assigns.live_action} {params} {uri}")
            page = int(params.get("page", 0))
            return socket.push_patch(f"/b?page={page + 1}", replace=True) if page < 2 and socket.connected else socket

    router = Router([Route("/", View, action="first"), Route("/b", View, action="second")])
    client = Client(View, router=router)
    ((status, response),) = client.join()
    assert (status, response["live_patch"]) == ("ok", {"to": "/b?page=2", "kind": "replace"})
    assert client.assigns.log[-3:] == (
        f"first {{}} {HOST}/",
        f"second {{'page': '1'}} {HOST}/b?page=1",
        f"second {{'page': '2'}} {HOST}/b?page=2",
    )


def test_patches_while_joining_lead_somewhere() -> None:
    """LC-26, NV-12: only to the root view; and a loop has an end here as well (Phoenix would go on for ever)."""

    class Other(LiveView):
        render = SHOWS

    class View(LiveView):
        def handle_params(self, params: Any, uri: str, socket: Socket) -> Any:
            if not socket.connected:
                return socket.assign(n=0)
            return socket.push_patch(params.get("to", f"/?{len(uri)}"))

        render = SHOWS

    router = Router([Route("/", View), Route("/other", Other)])
    assert Client(View, "/?to=/other", router=router).refused(Join(url=f"{HOST}/?to=/other"), NavigationError) == (
        "cannot push_patch to '/other': the path does not point to the current root view\n"
        "  expected: a path of test_patches_while_joining_lead_somewhere.<locals>.View\n"
        "  got: /other shows test_patches_while_joining_lead_somewhere.<locals>.Other\n"
        "  cure: socket.push_navigate('/other')"
    )
    assert "handle_params ran 20 times without a render" in Client(View, router=router).refused(
        Join(url=f"{HOST}/"), PatchLoop
    )


# --- the join -------------------------------------------------------------------------------------------------------------


def test_the_reply() -> None:
    """LC-23: the whole page, the version; nothing else where nothing else happened."""
    assert Client(Logged).join() == [
        ("ok", {"rendered": {"0": "1", "s": 0, "r": 1, "p": {"0": ["<p>", "</p>"]}}, "liveview_version": "1.2.10"})
    ]


def test_stale_tokens() -> None:
    """LC-14, LC-15, LC-13: tokens of another view, or none where the wire wants one."""
    for stale in (
        {"session": "another"},
        {"session": ""},
        {"session": session_token("phx-2")},
        {"static": static_token("phx-2")},
    ):
        client = Client(Logged)
        assert client.join(**stale) == [("error", {"reason": "stale"})]
        assert client.process.stopped == ("shutdown", "stale")
    assert joined(Logged, join={"session": session_token("phx-1"), "static": static_token("phx-1", ["a b:c"])})


def test_a_url_that_leads_elsewhere() -> None:
    """LC-17: the same view and the same live session, else unauthorized."""
    other = LiveSession("other", [Route("/o", Logged)])
    router = Router([Route("/", Logged), Route("/b", mounting(lambda s: s)), other])
    for path in ("/b", "/o", "/nowhere"):
        client = Client(Logged, router=router)
        assert client.join(url=HOST + path) == [("error", {"reason": "unauthorized"})]


def test_live_navigation() -> None:
    """LC-16, LC-23, RT-8: inside the live session the route's view takes over, and its container is told."""

    class Second(Logged):
        container = ("section", {"class": ["a", None, ["b"]], "data-x": "1"})

    route = Route("/b", Second, container=("main", {"data-x": "2"}))
    router = Router([Route("/", Logged), route, LiveSession("other", [Route("/o", Logged)])])
    client = Client(Logged, router=router)
    ((status, response),) = client.join(url=f"{HOST}/b", redirect=True)
    assert (status, response["container"]) == ("ok", ["main", {"class": "a b", "data-x": "2"}])
    assert type(client.process.view) is Second
    assert client.process.origin.root_view is client.process.view
    assert client.patch("/b?x=1")[0][0] == "ok"  # and it may be patched
    for path in ("/o", "/nowhere"):
        assert Client(Logged, router=router).join(url=HOST + path, redirect=True) == [
            ("error", {"reason": "unauthorized"})
        ]
    assert container_json(Logged(), None) == ["div", {}]


@pytest.mark.parametrize(
    ("join", "flash"),
    [
        ({}, {"info": "served"}),
        ({"params": {"_mounts": 1}}, {}),
        ({"redirect": True}, {}),
        ({"redirect": True, "flash": flash_token({"a": "1"})}, {"a": "1"}),
        ({"params": {"_mounts": 3}, "flash": flash_token({"a": "1"})}, {"a": "1"}),
        ({"flash": "nonsense"}, {}),
    ],
)
def test_flash_of_the_connected_mount(join: dict[str, Any], flash: dict[str, str]) -> None:
    """LC-18: the token of a redirect, else what the page was served with the first time, else nothing."""
    assert joined(Logged, flash={"info": "served"}, join=join).assigns.flash == flash


class Forbidden(Exception):
    status = 403


class Broken(Exception):
    status = 500


def test_an_error_that_is_the_clients() -> None:
    """LC-28, ER-2: with a status 400…499 the client is told to load the page; any other is the view's crash."""

    def fails(error: type[Exception]) -> Any:
        def mount(socket: Socket) -> Socket:
            if socket.connected:
                raise error
            return socket.assign(n=0)

        return mounting(mount)

    client = Client(fails(Forbidden))
    assert client.join() == [("error", {"reason": "reload", "status": 403, "token": session_token("phx-1")})]
    assert client.process.stopped == ("shutdown", "reload")
    for kind in (Broken, ZeroDivisionError):
        Client(fails(kind)).refused(Join(url=f"{HOST}/"), kind)


def test_an_error_in_the_first_request() -> None:
    """ER-1: it reaches whoever asked for the page."""
    with pytest.raises(ZeroDivisionError):
        Client(mounting(lambda s: s.assign(n=1 / 0)))


def test_connect_info_and_manifest() -> None:
    """NV-30, NV-31, NV-32: what is known of the connection, in both mounts; and only while mounting (LC-22)."""
    seen: list[Any] = []

    def look(socket: Socket) -> Socket:
        seen.append((socket.get_connect_params(), socket.get_connect_info("user_agent"), socket.static_changed()))
        return socket.assign(n=0)

    class View(Logged):
        def mount(self, params: Any, session: Any, socket: Socket) -> Any:
            return look(socket)

    params = {"_mounts": 0, "_track_static": ["http://localhost/app-old.js"]}
    env = Env(manifest={"app.js": "app-new.js"})
    client = joined(View, info={"user_agent": "lynx"}, join={"params": params}, env=env)
    assert seen == [(None, "lynx", False), (params, "lynx", True)]
    for name in ("get_connect_params", "static_changed"):
        ask: Any = methodcaller(name)
        assert client.refused(Event("x", value={"do": ask}), NotMounted) == (
            f"{name} was called outside mount: what it reads exists only while mounting\n"
            "  cure: call it in mount (or an on_mount hook) and assign what you need"
        )


def test_effects_of_the_first_request() -> None:
    """Nobody lives to receive anything: subscriptions are dropped and noted; what goes to others goes out."""
    static = Client(mounting(lambda s: s.assign(n=0).subscribe("t").broadcast("t", 1))).static
    assert static.effects == (Dropped(Subscribe("t")), Broadcast("t", 1))


# --- results of mount, options --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("value", [None, 1, "ok", (), {"ok": 1}])
def test_an_invalid_result(value: Any) -> None:
    """LC-29: a socket, or Ok(socket, …)."""
    with pytest.raises(BadReturn) as error:
        Client(mounting(lambda s: value))
    cure = "end the function with `return socket`" if value is None else "return the socket"
    assert str(error.value) == (
        "invalid return from mounting.<locals>.Made.mount\n"
        "  expected: a Socket or Ok(socket, temporary_assigns={…}, layout=…)\n"
        f"  got: {value!r}\n  cure: {cure}"
    )


def test_temporary_assigns() -> None:
    """LC-33, LC-34, LC-35, VX-28: a default where nothing was assigned; reset after each render, which is no change."""

    class View(Logged):
        temporary_assigns = {"n": "class", "m": "class"}

        def mount(self, params: Any, session: Any, socket: Socket) -> Any:
            return Ok(socket.assign(n="init"), temporary_assigns={"n": "default"})

        handle_params = None  # type: ignore[assignment]
        render = heex("<p>{@n}{@m}{@live_action}</p>")

    client = Client(View)
    assert "<p>initclass</p>" in client.html
    client.join()
    assert (client.assigns.n, client.assigns.m) == ("default", "class")  # mount's word is the last
    same = lambda s: s.assign(n="default")
    assert client.event("x", {"do": same}) == [("ok", {})]
    assert client.event("x", {"do": lambda s: s.assign(n="other")}) == [("ok", {"diff": {"0": "other"}})]
    assert client.event("x", {"do": lambda s: s.assign(other=1)}) == [("ok", {})]
    assert client.assigns.n == "default"


def test_options_that_are_wrong() -> None:
    """LC-31, LC-32: of mount and of hooks."""
    layout = (
        "the option layout of mounting.<locals>.Made.mount is wrong\n"
        "  expected: a template (heex(…) with {@inner_content}), or False for none\n  got: 5"
    )
    with pytest.raises(BadOption) as error:
        Client(mounting(lambda s: Ok(s, layout=5)))
    assert str(error.value) == layout
    with pytest.raises(BadOption) as error:
        Client(mounting(lambda s: Ok(s, temporary_assigns=["n"])))
    assert str(error.value) == (
        "the option temporary_assigns of mounting.<locals>.Made.mount is wrong\n"
        "  expected: a mapping from assigns to their values after each render\n"
        "  got: ['n']\n"
        "  cure: temporary_assigns={'messages': []}"
    )


# --- layouts and containers -----------------------------------------------------------------------------------------------

LAYOUT = heex("<main>{@inner_content}<b>{@n}</b></main>")
SESSION_LAYOUT = heex("<nav>{@inner_content}</nav>")


def in_layout(view: Any, **session: Any) -> str:
    router = Router([LiveSession("s", [Route("/", view)], **session)])
    html = Client(view, router=router).html
    return html[html.index(">") + 1 : -len("</div>")]


def test_which_layout() -> None:
    """LC-32, LC-36, LC-41: mount's option, else a hook's, else the live session's, else the view's; False is none."""
    one: Any = lambda s: s.assign(n=1)
    assert in_layout(mounting(one)) == "<p>1</p>"
    assert in_layout(mounting(one, layout=LAYOUT)) == "<main><p>1</p><b>1</b></main>"
    assert in_layout(mounting(one, layout=LAYOUT), layout=SESSION_LAYOUT) == "<nav><p>1</p></nav>"
    assert in_layout(mounting(one, layout=LAYOUT), layout=False) == "<p>1</p>"
    options = mounting(lambda s: Ok(one(s), layout=LAYOUT))
    assert in_layout(options, layout=SESSION_LAYOUT) == "<main><p>1</p><b>1</b></main>"
    assert in_layout(mounting(lambda s: Ok(one(s), layout=False), layout=LAYOUT)) == "<p>1</p>"
    hook = lambda params, session, socket: Cont(socket, layout=LAYOUT)
    assert in_layout(mounting(one, on_mount=hook), layout=SESSION_LAYOUT) == "<main><p>1</p><b>1</b></main>"


def test_the_layout_is_the_root() -> None:
    """LC-38: it is the root of the tree, and its inner content always counts as changed."""

    class View(Logged):
        layout = heex("<main>{@inner_content}</main>")
        render = heex("<p>{@n}</p>")

    client = Client(View)
    ((_, response),) = client.join()
    tree = {"0": {"0": "1", "s": 0, "r": 1}, "s": 1, "r": 1, "p": {"0": ["<p>", "</p>"], "1": ["<main>", "</main>"]}}
    assert response["rendered"] == tree
    assert client.event("x", {"do": lambda s: s.assign(n=2)}) == [("ok", {"diff": {"0": {"0": "2"}}})]


def test_a_layout_gives_a_template() -> None:
    """LC-40: as every render does; a plain function is a layout as well as a template."""
    assert in_layout(mounting(lambda s: s.assign(n=1), layout=lambda assigns: LAYOUT(assigns))).startswith("<main>")
    view = mounting(lambda s: s.assign(n=1), layout=lambda assigns: "<p></p>")
    with pytest.raises(BadReturn) as error:
        Client(view)
    assert str(error.value) == (
        "invalid return from the layout of mounting.<locals>.Made\n"
        "  expected: a Rendered\n"
        "  got: '<p></p>'\n"
        "  cure: return a template called with the assigns: `return TEMPLATE(assigns)`"
    )


def test_the_root_layout() -> None:
    """LC-39, LC-41: made once, by whoever serves the page, with the view's assigns; the client's tree does not know it."""
    root = heex(
        "<html><head><.live_title default='none' suffix=' - S'>{@page_title}</.live_title></head>"
        "<body>{@inner_content}{@n}</body></html>"
    )
    view = mounting(lambda s: s.assign(n=1, page_title="T<"))
    router = Router([LiveSession("s", [Route("/", view)], root_layout=root), LiveSession("t", [Route("/t", view)])])
    client = Client(view, router=router)
    assert client.static.title == "T<"
    assert client.static.document == (
        '<html><head><title data-default="none" data-suffix=" - S">T&lt; - S</title></head>'
        f"<body>{client.html}1</body></html>"
    )
    assert client.join()[0][1]["rendered"]["p"] == {"0": ["<p>", "</p>"]}
    assert Client(view, "/t", router=router).static.document is None


def test_a_root_layout_is_not_live() -> None:
    """LC-39, RT-10: no LiveComponents; a sticky child view may stand there, but not redirect."""
    one = mounting(lambda s: s.assign(n=1))
    child = mounting(lambda s: s.assign(n=9))
    away = mounting(lambda s: s.redirect("/"))

    class Part(LiveComponent):
        render = heex("<i></i>")

    def document(root: Any) -> str | None:
        return Client(one, router=Router([LiveSession("s", [Route("/", one)], root_layout=root)])).static.document

    globals().update(Child=child, Away=away, Part=Part)
    shown = document(heex("{live_render(@socket, Child, id='c', sticky=True)}{@inner_content}"))
    assert shown is not None
    assert shown.startswith(
        '<div id="c" data-phx-session="session-c" data-phx-static="static-c" data-phx-sticky><p>9</p>'
    )
    with pytest.raises(NavigationError) as error:
        document(heex("{live_render(@socket, Away, id='c', sticky=True)}{@inner_content}"))
    assert str(error.value) == (
        "cannot redirect from a child view of the root layout of the live session 's'\n"
        "  expected: mounting.<locals>.Made to mount\n"
        "  got: redirect('/')\n"
        "  cure: redirect in the page's own view, before the page is made"
    )
    with pytest.raises(BadOption) as refused:
        document(heex("<.live_component module={Part} id='p' />{@inner_content}"))
    assert str(refused.value) == (
        "the root layout of the live session 's' shows a LiveComponent\n"
        "  expected: function components, and live_render with sticky=True\n"
        "  got: test_a_root_layout_is_not_live.<locals>.Part\n"
        "  cure: put it into the view or its layout: a root layout is rendered once, outside of any live view"
    )


def test_containers() -> None:
    """LC-11, LC-12: the view's own, the route's over it; tokens before the attributes; no `main` for an isolated view."""

    class View(Logged):
        container = ("section", {"class": ["a", "b"], "hidden": True, "title": None})
        handle_params = None  # type: ignore[assignment]

    tokens = 'data-phx-session="session-phx-1" data-phx-static="static-phx-1"'
    assert Client(View).html == (f'<section id="phx-1" data-phx-main {tokens} class="a b" hidden><p>1</p></section>')
    router = Router([Route("/", View, container=("main", {"class": "c"}))])
    assert Client(View, router=router).html == (
        f'<main id="phx-1" data-phx-main {tokens} class="c" hidden><p>1</p></main>'
    )
    isolated = mount_disconnected(new_process("phx-1", View), url=f"{HOST}/")
    assert isolated.html == f'<section id="phx-1" {tokens} class="a b" hidden><p>1</p></section>'


def test_an_isolated_view() -> None:
    """LC-2, LC-7, LC-17, LC-27, RT-10: no params; handle_params would never be called, so that it is an error."""
    seen: list[Any] = []

    class View(LiveView):
        def mount(self, params: Any, session: Any, socket: Socket) -> Any:
            seen.append((params, session))
            return socket.assign(n=0)

        render = SHOWS

    process = new_process("phx-1", View, session={"a": 1}, connection={"a": 0, "b": 2})
    mount_disconnected(process, url=f"{HOST}/")
    step(process, Join(), ENV)
    assert seen == [(NOT_MOUNTED_AT_ROUTER, {"a": 1, "b": 2})] * 2
    runs: list[Callable[[], object]] = [
        lambda: mount_disconnected(new_process("phx-1", Logged), url=f"{HOST}/"),
        lambda: step(new_process("phx-1", Logged), Join(), ENV),
    ]
    for run in runs:
        with pytest.raises(NotMounted) as error:
            run()
        assert str(error.value) == (
            "cannot invoke handle_params on Logged, because it is not mounted at the router\n"
            "  expected: a view with handle_params to be the root view of a route\n"
            "  got: a nested or isolated view\n"
            "  cure: mount it with Route(…), or read the parent's params there and hand them down in the session"
        )


def test_assign_new_of_a_root() -> None:
    """AS-22, AS-24: the request's assigns first, in the first request; connected it has nothing to take."""
    view = mounting(lambda s: s.assign_new("n", lambda: "made"))
    process = new_process("phx-1", view)
    static = mount_disconnected(process, url=f"{HOST}/", source={"n": "of the request"})
    assert static.html is not None
    assert "<p>of the request</p>" in static.html
    done = step(static.process, Join(static=static_token("phx-1", ["n"])), ENV)
    assert done.process.socket.assigns.n == "made"


def test_mounted_is_over() -> None:
    """LC-22, SK-5, AS-23: nothing of mounting is left: marks, flash of the cycle, events, where assign_new looks."""
    client = joined(mounting(lambda s: s.assign(n=0).put_flash("a", "b").push_event("e", {})))
    socket = client.process.socket
    assert (socket.has_changed(), socket.cycle_flash, socket.pushed_events(), socket.effects) == (False, {}, [], ())
    assert socket._facts.mounting is None
    assert client.step is not None
    assert client.step.sent[0].payload["response"]["rendered"]["e"] == [["e", {}]]  # PE-6


def test_render_with() -> None:
    """SK-10: replaces `render` in both mounts; LC-40: nothing to render names what there is."""
    other = heex("<q>{@n}</q>")
    assert "<q>1</q>" in Client(mounting(lambda s: s.assign(n=1).render_with(other))).html

    class Nothing(LiveView):
        pass

    with pytest.raises(LiveViewError) as error:
        Client(Nothing)
    assert str(error.value) == (
        "test_render_with.<locals>.Nothing has nothing to render\n"
        "  expected: one of: render = heex(…), a method render(self, assigns), socket.render_with(template)\n"
        "  got: none of them\n"
        '  cure: add `render = heex("""…""")`'
    )
