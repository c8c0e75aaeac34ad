"""Going elsewhere from a joined view: patches, live navigation, redirects, from views and components (NV-8…20, PE-5)."""

from __future__ import annotations

from typing import Any

import pytest

from liveview_core import Cont, Halt, LiveComponent, LiveSession, LiveView, Reply, Route, Router, Socket, heex
from liveview_core.errors import NavigationError, NotMounted, UndefinedCallback
from liveview_core.process.step import new_process, step
from liveview_core.process.step_scratch import PatchLoop
from liveview_core.protocol.effects import Deliver, Send
from liveview_core.protocol.messages import Event, Forwarded, Info, Join, LivePatch
from liveview_core.protocol.tokens import flash_of, flash_token
from liveview_core.views.router import NoRoute
from tests.harness.client import ENV, HOST, Client, joined


class Box(LiveComponent):
    def handle_event(self, event: str, params: Any, socket: Socket) -> Any:
        return params["do"](socket)

    def handle_async(self, name: Any, result: Any, socket: Socket) -> Any:
        return socket.put_flash("info", "done").push_navigate("/b")

    render = heex("<i>{@flash.get('info')}</i>")


class View(LiveView):
    """Shows its page number and its flash; does what events say; keeps what handle_params was told in `@seen`."""

    def mount(self, params: Any, session: Any, socket: Socket) -> Any:
        return socket.assign(page="0", seen=())

    def handle_params(self, params: Any, uri: str, socket: Socket) -> Any:
        seen = (params, uri, socket.assigns.live_action, socket.assigns.flash)
        socket = socket.assign(page=params.get("page", "0"), seen=(*socket.assigns.seen, seen))
        match params:
            case {"on": page}:
                return socket.put_flash("info", "again").push_patch(f"/?page={page}", replace=True)
            case {"loop": _}:
                return socket.push_patch("/?loop=1")
            case {"away": _}:
                return socket.push_navigate("/b")
            case _:
                return socket

    def handle_event(self, event: str, params: Any, socket: Socket) -> Any:
        return params["do"](socket)

    def handle_info(self, msg: Any, socket: Socket) -> Any:
        return msg(socket)

    render = heex("<p>{@page}{@flash.get('info')}<.live_component module={Box} id='box' /></p>")


class Other(LiveView):
    render = heex("<p></p>")


ROUTER = Router(
    [
        Route("/", View, action="index"),
        Route("/p/:page", View, action="paged"),
        Route("/b", Other),
        LiveSession("admin", [Route("/admin", View)]),
    ]
)


def client(path: str = "/", **options: Any) -> Client:
    return joined(View, path, router=ROUTER, **options)


def do(fn: Any, cid: int | None = None) -> Event:
    return Event("do", "click", {"do": fn}, cid)


# --- leaving --------------------------------------------------------------------------------------------------------------


def test_redirect() -> None:
    """NV-8, PE-5, VX-26: events first, as a diff of their own, also without any; then the answer; the view stops."""
    gone = client()
    go: Any = lambda s: s.push_event("e1", {}).put_flash("info", "bye").redirect("/b")
    options = {"to": "/b", "status": 302, "flash": flash_token({"info": "bye"})}
    assert gone.tell(do(go)) == [("diff", {"e": [["e1", {}]]}), ("ok", {"redirect": options})]
    assert gone.process.stopped == ("shutdown", ("redirect", options))
    away = {"to": "https://x.org", "status": 301}
    assert client().info(lambda s: s.redirect(external="https://x.org", status=301)) == [
        ("diff", {"e": []}),
        ("redirect", away),
    ]


def test_push_navigate() -> None:
    """NV-9, VX-26: the same with live_redirect, and how the history changes."""
    gone = client()
    assert gone.tell(do(lambda s: s.push_navigate("/b"))) == [
        ("diff", {"e": []}),
        ("ok", {"live_redirect": {"to": "/b", "kind": "push"}}),
    ]
    assert gone.process.stopped == ("shutdown", ("live_redirect", {"to": "/b", "kind": "push"}))
    assert client().info(lambda s: s.push_navigate("/b", replace=True))[1] == (
        "live_redirect",
        {"to": "/b", "kind": "replace"},
    )


def test_nothing_is_rendered_on_the_way_out() -> None:
    """LC-42: what was assigned before a redirect is never shown; a reply given with it is lost."""
    shown = client().tell(do(lambda s: Reply(s.assign(page="9").redirect("/b"), {"a": 1})))
    assert shown == [("diff", {"e": []}), ("ok", {"redirect": {"to": "/b", "status": 302}})]


# --- patches --------------------------------------------------------------------------------------------------------------


def test_push_patch() -> None:
    """NV-10, NV-14, VX-26: announced before the diff, also where the diff is empty; params, action and URI are the new ones."""
    here = client()
    assert here.tell(do(lambda s: s.push_patch("/p/7?x=1#top"))) == [
        ("live_patch", {"to": "/p/7?x=1#top", "kind": "push"}),
        ("ok", {"diff": {"0": "7"}}),
    ]
    assert here.assigns.seen[-1] == ({"page": "7", "x": "1"}, f"{HOST}/p/7?x=1#top", "paged", {})

    class Quiet(View):
        def handle_params(self, params: Any, uri: str, socket: Socket) -> Any:
            return socket

    quiet = joined(Quiet)
    assert quiet.tell(do(lambda s: s.push_patch("/?a", replace=True))) == [
        ("live_patch", {"to": "/?a", "kind": "replace"}),
        ("ok", {}),
    ]
    assert quiet.info(lambda s: s.push_patch("/?b")) == [("live_patch", {"to": "/?b", "kind": "push"})]


def test_a_fragment_without_a_query() -> None:
    """NV-13: taken for the query, as upstream takes it."""
    here = client()
    here.tell(do(lambda s: s.push_patch("/#top")))
    assert here.assigns.seen[-1] == ({"top": ""}, f"{HOST}/#top", "index", {})


def test_handle_params_patches_on() -> None:
    """NV-10, PE-5: only the last patch is announced; events pushed on the way come with the diff."""
    here = client()
    frames = here.tell(do(lambda s: s.push_event("e", {}).push_patch("/?on=5")))
    assert frames == [
        ("live_patch", {"to": "/?page=5", "kind": "replace"}),
        ("ok", {"diff": {"0": "5", "1": "again", "e": [["e", {}]]}}),
    ]
    assert [params for params, *_ in here.assigns.seen] == [{}, {"on": "5"}, {"page": "5"}]


def test_handle_params_goes_away() -> None:
    """NV-10, NV-9: a patch that ends in live navigation is not announced."""
    assert client().tell(do(lambda s: s.push_patch("/?away=1"))) == [
        ("diff", {"e": []}),
        ("ok", {"live_redirect": {"to": "/b", "kind": "push"}}),
    ]


def test_a_patch_loop() -> None:
    """NV-15, VX-33: 20 times, then an error; nothing has happened."""
    here = client()
    assert here.refused(do(lambda s: s.push_patch("/?loop=1")), PatchLoop) == (
        "too many redirects for View on action 'index': handle_params ran 20 times without a render\n"
        "  expected: handle_params to settle on one URL\n"
        "  got: one more push_patch('/?loop=1')\n"
        "  cure: patch only where the URL is not yet the wanted one"
    )
    runs: list[str] = []

    class Counting(View):
        def handle_params(self, params: Any, uri: str, socket: Socket) -> Any:
            runs.append(uri)
            return socket.push_patch("/") if len(runs) > 2 else socket

    counted = joined(Counting)
    with pytest.raises(PatchLoop):
        counted.tell(do(lambda s: s.push_patch("/")))
    assert len(runs) == 2 + 20
    again = client()
    for page in range(30):  # the count begins anew with each render
        again.tell(do(lambda s, page=page: s.push_patch(f"/?page={page}")))
    assert again.assigns.page == "29"


def test_each_message_has_all_its_patches() -> None:
    """NV-15: what one message has patched before its render is not held against the next one."""
    runs: list[str] = []

    class Countdown(View):
        def handle_params(self, params: Any, uri: str, socket: Socket) -> Any:
            runs.append(uri)
            left = int(params.get("left", "0"))
            return socket.push_patch(f"/?left={left - 1}") if left else socket

    here = joined(Countdown, router=Router([Route("/", Countdown, action="index")]))
    most: Any = lambda s: s.push_patch("/?left=19")
    too_many: Any = lambda s: s.push_patch("/?left=20")
    announced = ("live_patch", {"to": "/?left=0", "kind": "push"})
    for message in (do(most), Info(most)) * 3:
        runs.clear()
        assert here.tell(message)[0] == announced
        assert len(runs) == 20
    for message in (do(too_many), Info(too_many)) * 2:
        assert "handle_params ran 20 times without a render" in here.refused(message, PatchLoop)
    here.patch("/?left=20")  # the client's own patch is not one of the twenty
    assert here.assigns.live_action == "index"
    assert "handle_params ran 20 times" in here.refused(LivePatch(HOST + "/?left=21"), PatchLoop)
    assert here.info(most)[0] == announced


WRONG: dict[str, tuple[type[Exception], str]] = {
    "/b": (
        NavigationError,
        "cannot push_patch to '/b': the path does not point to the current root view\n"
        "  expected: a path of View\n  got: /b shows Other\n  cure: socket.push_navigate('/b')",
    ),
    "/admin": (
        NavigationError,
        "cannot push_patch to '/admin': the path does not point to the current root view\n"
        "  expected: a path of View in the live session 'default'\n"
        "  got: /admin shows View in the live session 'admin'\n"
        "  cure: socket.redirect('/admin')",
    ),
    "/nowhere": (
        NavigationError,
        "cannot invoke handle_params nor navigate/patch to '/nowhere': it is not defined in the router\n"
        "  expected: one of: /, /p/:page, /b, /admin\n  got: '/nowhere'\n  cure: add Route('/nowhere', …) to the router",
    ),
}


@pytest.mark.parametrize("to", WRONG)
def test_a_patch_to_elsewhere(to: str) -> None:
    """NV-12, VX-33: before handle_params runs."""
    kind, text = WRONG[to]
    assert client().refused(do(lambda s: s.push_patch(to)), kind) == text


def test_two_requests() -> None:
    """NV-6: on one socket."""
    assert client().refused(do(lambda s: s.redirect("/b").push_patch("/")), NavigationError) == (
        "the socket is already prepared to redirect with redirect('/b')\n"
        "  expected: one redirect in a callback\n"
        "  got: push_patch('/') on top of it\n"
        "  cure: decide before you call: return as soon as you redirect"
    )


# --- the client's own patches ---------------------------------------------------------------------------------------------


def test_a_client_patch() -> None:
    """NV-16, FL-4, NV-14: the flash is cleared, the URL is told as the client sent it, and nothing is announced."""
    here = client(flash={"info": "old"})
    assert here.patch("/p/3?x=%20#y") == [("ok", {"diff": {"0": "3", "1": ""}})]
    assert here.assigns.seen[-1] == ({"page": "3", "x": " "}, f"{HOST}/p/3?x=%20#y", "paged", {})


@pytest.mark.parametrize("to", ["/b", "/admin"])
def test_a_client_patch_to_another_view(to: str) -> None:
    """NV-16, VX-26: the client is told to navigate there, and nothing else happens."""
    here = client()
    before = here.assigns.seen
    assert here.patch(to) == [("ok", {"link_redirect": True})]
    assert here.assigns.seen == before


def test_a_client_patch_to_nowhere() -> None:
    """NV-16: a path that no route has; a view that has no router."""
    assert client().refused(LivePatch(f"{HOST}/nowhere"), NoRoute) == (
        "no route matches '/nowhere'\n"
        "  expected: one of: /, /p/:page, /b, /admin\n"
        f"  got: '{HOST}/nowhere'\n"
        "  cure: add Route('/nowhere', …) to the router"
    )
    isolated = Client(Other)
    isolated.process = new_process("phx-1", Other)
    isolated.tell(Join())
    assert isolated.refused(LivePatch(f"{HOST}/"), NotMounted) == (
        f"cannot patch Other to '{HOST}/': it is not mounted at the router\n"
        "  cure: mount it with a Route; only root views have a URL"
    )


def test_a_patch_without_handle_params() -> None:
    """CB-7: tolerated at mount, not on a patch; unless a hook halts."""
    text = (
        "Other does not define handle_params, which a patch calls after its hooks let the message go on\n"
        "  expected: a method handle_params\n  got: none of that name\n"
        "  cure: add `def handle_params(self, params, uri, socket): return socket`"
    )
    assert joined(Other, "/b", router=ROUTER).refused(LivePatch(f"{HOST}/b?x=1"), UndefinedCallback) == text

    class Hooked(Other):
        def mount(self, params: Any, session: Any, socket: Socket) -> Any:
            halts = lambda params, uri, s: Halt(s.assign(n=uri)) if params else Cont(s)
            return socket.attach_hook("h", "handle_params", halts)

    hooked = joined(Hooked)
    hooked.patch("/?x=1")
    assert hooked.assigns.n == f"{HOST}/?x=1"
    assert hooked.refused(LivePatch(f"{HOST}/"), UndefinedCallback).startswith("test_a_patch_without")


# --- components, uploads, children ----------------------------------------------------------------------------------------


def test_a_component_redirects() -> None:
    """NV-17, FL-6, FL-7: its diff first, without the answer; then the redirect is the view's, with all of its flash."""
    here = client()
    here.tell(do(lambda s: s.put_flash("old", "1").assign(x=1), 1))
    frames = here.tell(do(lambda s: s.put_flash("info", "2").push_event("e", {}).redirect("/b"), 1))
    flash = flash_token({"old": "1", "info": "2"})
    assert frames == [
        ("diff", {"c": {"1": {"0": ""}}, "e": [["e", {}]]}),
        ("diff", {"e": []}),
        ("ok", {"redirect": {"to": "/b", "status": 302, "flash": flash}}),
    ]


def test_a_component_patches() -> None:
    """NV-17, FL-6, VX-26: its flash becomes the view's and leaves it; an empty diff of it is not sent."""
    here = client(flash={"old": "1"})
    frames = here.tell(do(lambda s: s.put_flash("info", "2").push_patch("/?page=4"), 1))
    assert frames == [
        ("diff", {"c": {"1": {"0": ""}}}),
        ("live_patch", {"to": "/?page=4", "kind": "push"}),
        ("ok", {"diff": {"0": "4", "1": "2"}}),
    ]
    assert here.assigns.flash == {"info": "2"}
    instance = here.process.components.get(1)
    assert instance is not None
    assert instance.socket.assigns.flash == {}
    assert here.tell(do(lambda s: s.push_patch("/?page=5"), 1)) == [
        ("live_patch", {"to": "/?page=5", "kind": "push"}),
        ("ok", {"diff": {"0": "5", "1": ""}}),
    ]


def test_a_component_redirects_from_a_task() -> None:
    """NV-17, AY-17: a result behaves like any callback, the flash included."""
    here = client()
    here.tell(do(lambda s: s.start_async("t", lambda: 1), 1))
    frames = here.done(1)
    assert frames[-1][0] == "live_redirect"
    assert flash_of(frames[-1][1]["flash"]) == {"info": "done"}


class Updating(LiveComponent):
    def update(self, assigns: Any, socket: Socket) -> Any:
        return socket.redirect("/b") if assigns.page == "9" else socket.assign(dict(assigns))

    render = heex("<i></i>")


class Mounting(LiveComponent):
    def mount(self, socket: Socket) -> Any:
        return socket.push_patch("/b")

    render = heex("<i></i>")


class Parents(View):
    render = heex(
        "<p><.live_component module={Updating} id='u' page={@page} />"
        "<.live_component :if={@page == '8'} module={Mounting} id='m' /></p>"
    )


def test_a_component_redirects_while_it_is_rendered() -> None:
    """NV-18: an error that says where to do it instead; a patch in a component's mount is that of any mount (LC-24)."""
    here = joined(Parents)
    text = here.refused(do(lambda s: s.assign(page="9")))
    assert text.startswith("cannot redirect socket on update: Updating.update ran for a page that is being rendered\n")
    assert here.refused(do(lambda s: s.assign(page="8")), NotMounted).startswith(
        "Mounting.mount attempted to live patch while mounting\n"
    )


def test_what_others_forward() -> None:
    """NV-11, NV-19: a child view or an upload asks the root to go elsewhere, with the flash that it put."""
    here = client(flash={"old": "1"})
    patch = Socket().push_patch("/?page=6").redirected
    assert patch is not None
    assert here.tell(Forwarded(patch, {"info": "from below"})) == [
        ("live_patch", {"to": "/?page=6", "kind": "push"}),
        ("diff", {"0": "6", "1": "from below"}),
    ]
    away = Socket().redirect("/b").redirected
    assert away is not None
    assert here.tell(Forwarded(away, {"info": "bye"}))[1] == (
        "redirect",
        {"to": "/b", "status": 302, "flash": flash_token({"info": "bye"})},
    )


class Kid(LiveView):
    def mount(self, params: Any, session: Any, socket: Socket) -> Any:
        return socket.assign(n=0)

    def handle_event(self, event: str, params: Any, socket: Socket) -> Any:
        return params["do"](socket)

    render = heex("<p>{@n}</p>")


def test_a_child_patches() -> None:
    """NV-11: the root view is asked, with the flash of the cycle; the child renders, and its request is gone."""
    kid = client()
    kid.process = new_process("kid", Kid, router=ROUTER, parent="phx-1", root_view=View, nested=True)
    kid.join(url=None)
    frames = kid.tell(do(lambda s: s.assign(n=1).put_flash("info", "x").push_patch("/?page=2")))
    assert frames == [("ok", {"diff": {"0": "1"}})]
    (forwarded,) = kid.effects
    assert isinstance(forwarded, Send)
    assert forwarded.to == "root"
    assert (forwarded.message.redirect.to, forwarded.message.flash) == ("/?page=2", {"info": "x"})
    assert kid.process.socket.redirected is None
    assert kid.process.stopped is None


def test_a_sticky_child_navigates() -> None:
    """NV-9, RT-14: the page goes, the sticky view stays, ready to ask again."""
    kid = client()
    kid.process = new_process("kid", Kid, router=ROUTER, sticky=True, nested=True)
    kid.join(url=None)
    for _ in range(2):
        assert kid.tell(do(lambda s: s.push_navigate("/b"))) == [
            ("diff", {"e": []}),
            ("ok", {"live_redirect": {"to": "/b", "kind": "push"}}),
        ]
        assert kid.process.stopped is None
    kid.tell(do(lambda s: s.redirect("/b")))
    assert kid.process.stopped is not None


def test_effects_survive_a_redirect() -> None:
    """What was asked of the world before leaving is still asked, once."""
    here = client()
    here.tell(do(lambda s: s.send("x", to="other").redirect("/b")))
    assert here.effects == [Send("x", "other")]
    assert not [effect for effect in here.effects if isinstance(effect, Deliver)]
    patched = client()
    patched.tell(do(lambda s: s.send("x", to="other").push_patch("/?on=2")))
    assert patched.effects == [Send("x", "other")]
    done = step(patched.process, Info(lambda s: s), ENV)
    assert done.effects == ()


def test_how_a_link_should_go() -> None:
    """NV-21: same view and session, same session, anything else; in the first request, and without a router, always href."""
    kinds = {"/p/3?x=1": "patch", "/b": "navigate", "/admin": "href", "/nowhere": "href"}
    seen: list[str] = []

    class Asking(View):
        def mount(self, params: Any, session: Any, socket: Socket) -> Any:
            seen.append(socket.navigation_type("/"))
            return super().mount(params, session, socket)

    here = client()
    assert {to: here.process.socket.navigation_type(to) for to in kinds} == kinds
    joined(Asking)
    assert seen == ["href", "patch"]
    assert Socket(connected=True).navigation_type("/") == "href"
    with pytest.raises(NavigationError) as error:
        here.process.socket.navigation_type("https://x.org")
    assert str(error.value) == (
        "the destination of navigation_type is not a path\n"
        "  expected: a str that begins with one '/' and not with '//'\n"
        "  got: 'https://x.org'\n"
        "  cure: for a URL of another host: redirect(external='https://x.org')"
    )
