"""`router`: routes, live sessions, and where a URL, a patch or a link leads (RT, NV-12…14, NV-21)."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from liveview_core import Cont, LiveSession, LiveView, Route, Router, Socket
from liveview_core.errors import LiveViewError, NavigationError, NotMounted
from liveview_core.views.router import BadRoute, NoRoute, patch_target
from liveview_core.views.urls import full_uri, host_uri


class Home(LiveView):
    pass


class Chat(LiveView):
    pass


class Admin(LiveView):
    pass


def require_admin(params: Any, session: Any, socket: Socket) -> Cont:
    return Cont(socket)


def own(params: Any, session: Any, socket: Socket) -> Cont:
    return Cont(socket)


class Audit(LiveView):
    on_mount = (own,)


ROUTER = Router(
    [
        Route("/", Home),
        Route("/chat/new", Chat, action="new"),
        Route("/chat/:room", Chat, action="show"),
        Route("/files/*path", Home, action="files"),
        Route("/page-:number", Home, action="page"),
        LiveSession(
            "admin",
            [Route("/admin", Admin), Route("/admin/chat", Chat), Route("/admin/audit", Audit)],
            on_mount=[require_admin],
            session={"role": "admin"},
        ),
    ]
)
PAGE = "http://localhost:4000/chat/tea"


@pytest.mark.parametrize(
    ("url", "view", "action", "params"),
    [
        ("/", Home, None, {}),
        ("http://localhost", Home, None, {}),
        ("http://localhost/chat/tea", Chat, "show", {"room": "tea"}),
        ("/chat/new", Chat, "new", {}),
        ("/chat/tea/", Chat, "show", {"room": "tea"}),
        ("//x/chat//tea?room=no&a[b]=1#f", Chat, "show", {"room": "tea", "a": {"b": "1"}}),
        ("/chat/a%2Fb%20c+d", Chat, "show", {"room": "a/b c+d"}),
        ("/files", Home, "files", {"path": []}),
        ("/files/a/b%2Fc", Home, "files", {"path": ["a", "b/c"]}),
        ("/page-12", Home, "page", {"number": "12"}),
        ("/admin?x=1", Admin, None, {"x": "1"}),
    ],
)
def test_matching(url: str, view: type[LiveView], action: str | None, params: dict[str, Any]) -> None:
    """RT-1, NV-13: the first route that matches; path params win over the query; a fragment is no param."""
    match = ROUTER.match(url)
    assert match is not None
    assert (type(match.view), match.action, match.params, match.uri) == (view, action, params, url)


@pytest.mark.parametrize("url", ["/nope", "/chat", "/chat/a/b", "/page-", "/admin/x", "/chat/new/x"])
def test_no_match(url: str) -> None:
    """None from `match`; an error with the routes from `resolve`."""
    assert ROUTER.match(url) is None
    with pytest.raises(NoRoute) as caught:
        ROUTER.resolve(url)
    assert "/chat/:room" in str(caught.value.expected)


def test_live_sessions() -> None:
    """RT-6: the rest is `default`; LC-20: a session's hooks come before the view's own."""
    audit = ROUTER.resolve("/admin/audit")
    assert audit.live_session.name == "admin"
    assert audit.on_mount == (require_admin, own)
    assert ROUTER.resolve("/").live_session.name == "default"
    assert ROUTER.resolve("/").on_mount == ()
    assert audit.live_session.extra({"user": 1}) == {"role": "admin"}
    computed = LiveSession("s", [], session=lambda session: {"twice": session["n"] * 2})
    assert computed.extra({"n": 2}) == {"twice": 4}
    with pytest.raises(BadRoute, match="session of the live session"):
        LiveSession("s", [], session=lambda session: {1: 2}).extra({})  # type: ignore[dict-item]


def test_a_live_session_may_be_called_default() -> None:
    """As in Phoenix's own guide, `live_session :default, on_mount: …`; beside routes outside any, which are in it, it may not."""
    router = Router([LiveSession("default", [Route("/admin", Admin)], on_mount=[require_admin])])
    assert router.resolve("/admin").on_mount == (require_admin,)
    assert router.navigation_type("/admin", Home, "default") == "navigate"
    with pytest.raises(BadRoute) as caught:
        Router([Route("/", Home), LiveSession("default", [])])
    assert str(caught.value) == (
        "the live session 'default' is declared twice\n"
        "  expected: each live session once; 'default' is that of the routes outside any\n"
        "  cure: put all its routes into one LiveSession"
    )


def test_what_is_no_route() -> None:
    """Told where it is declared, not when somebody goes there."""
    with pytest.raises(BadRoute) as caught:
        Route("/x", 5)
    assert str(caught.value) == (
        "the route '/x' shows no view\n  expected: a LiveView, class or object\n  got: 5\n  cure: Route('/x', ChatLive)"
    )
    with pytest.raises(BadRoute) as caught:
        Router(5)  # type: ignore[arg-type]
    assert str(caught.value) == (
        "a router takes routes\n  expected: a list of Route(…) and LiveSession(…)\n  got: 5\n  cure: Router([…])"
    )


@pytest.mark.parametrize("path", ["/x?y=1", "/x#y", "//x", "/x\\y", "x", "", 5, None])
def test_a_path_that_nobody_can_go_to(path: Any) -> None:
    """Told where it is declared: a route that no URL ever matches is a typing mistake."""
    with pytest.raises(BadRoute, match=r"no URL has the path|begins with '/'"):
        Route(path, Home)
    with pytest.raises(BadRoute, match="container"):
        Route("/x", Home, container=("di v", {}))


def test_a_view_object_is_a_view_too() -> None:
    """Configuration goes into the route; equal views are the same root (NV-12)."""

    class Configured(LiveView):
        def __init__(self, repo: str) -> None:
            self.repo = repo

    router = Router([Route("/a", Configured("x")), Route("/b", Configured("x")), Route("/c", Configured("y"))])
    view = router.resolve("/a").view
    assert patch_target(router, PAGE, "/b", view, "default").view == view
    with pytest.raises(NavigationError):
        patch_target(router, PAGE, "/c", view, "default")


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: Route("chat", Chat),
        lambda: Route("/:", Chat),
        lambda: Route("/:1a", Chat),
        lambda: Route("/*rest/more", Chat),
        lambda: Route("/:a/:a", Chat),
        lambda: Route("/a", Chat, action=5),  # type: ignore[arg-type]
        lambda: Route("/a", Chat, container="div"),  # type: ignore[arg-type]
        lambda: LiveSession("", []),
        lambda: LiveSession("a", [LiveSession("b", [])]),  # type: ignore[list-item]
        lambda: LiveSession("a", ["/x"]),  # type: ignore[list-item]
        lambda: LiveSession("a", [], session={1: 2}),  # type: ignore[dict-item]
        lambda: LiveSession("a", [], layout="app"),
        lambda: LiveSession("a", [], root_layout=None),
        lambda: LiveSession("a", [], on_mount=["x"]),  # type: ignore[list-item]
        lambda: Router([LiveSession("a", []), LiveSession("a", [])]),
        lambda: Router([Route("/", Home), LiveSession("default", [])]),
        lambda: Router(["/x"]),  # type: ignore[list-item]
    ],
)
def test_wrong_declarations(wrong: Any) -> None:
    """RT-2, RT-4, RT-5, HK-1: when the router is made, not when somebody comes by."""
    with pytest.raises(LiveViewError):
        wrong()


def test_unknown_options_are_type_errors() -> None:
    """Python's own check of keywords."""
    with pytest.raises(TypeError):
        Route("/", Home, acton="x")  # type: ignore[call-arg]


# --- URLs and patches -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("http://localhost:80/a", "http://localhost"),
        ("https://x.org:443", "https://x.org"),
        ("https://x.org:80/?a", "https://x.org:80"),
        ("http://[::1]:4000/", "http://[::1]:4000"),
    ],
)
def test_host_uri(url: str, host: str) -> None:
    """SK-7, NV-14: default ports are left out."""
    assert host_uri(url) == host
    assert full_uri(url, "/a?b#c") == host + "/a?b#c"


@pytest.mark.parametrize("url", ["/chat", "localhost", "", "http://"])
def test_a_url_without_a_host_is_an_error(url: str) -> None:
    """SK-7."""
    with pytest.raises(NavigationError, match="full URL"):
        host_uri(url)


def test_patches() -> None:
    """NV-12…14: the same view in the same session; the uri is told verbatim, with its fragment."""
    match = patch_target(ROUTER, PAGE, "/chat/milk?a=1&a=2#frag", Chat(), None)
    assert (match.params, match.uri) == ({"a": "2", "room": "milk"}, "http://localhost:4000/chat/milk?a=1&a=2#frag")
    assert patch_target(ROUTER, PAGE, "/chat/x#frag", Chat(), "default").params == {"frag": "", "room": "x"}  # NV-13
    assert patch_target(ROUTER, PAGE, "/chat/new", Chat(), "default").action == "new"


@pytest.mark.parametrize(
    ("to", "text"),
    [
        ("/", "does not point to the current root view"),
        ("/admin/chat", "does not point to the current root view"),
        ("/nope", "not defined in the router"),
    ],
)
def test_patches_elsewhere(to: str, text: str) -> None:
    """NV-12: another view, the same view in another session, no route."""
    with pytest.raises(NavigationError, match=text):
        patch_target(ROUTER, PAGE, to, Chat(), "default")


def test_patches_need_a_router() -> None:
    """Nested and isolated views are not at the router."""
    for router, page in ((None, PAGE), (ROUTER, None)):
        with pytest.raises(NotMounted, match="Chat is not mounted at the router"):
            patch_target(router, page, "/chat/x", Chat(), None)


@pytest.mark.parametrize(
    ("to", "kind"),
    [("/chat/a?b", "patch"), ("/", "navigate"), ("/admin", "href"), ("/admin/chat", "href"), ("/nope", "href")],
)
def test_navigation_type(to: str, kind: str) -> None:
    """NV-21: same view, same session, neither."""
    assert ROUTER.navigation_type(to, Chat(), "default") == kind


@given(st.text(min_size=1), st.dictionaries(st.sampled_from(["q", "page"]), st.text()))
@example("\ud800", {})
@example("a", {"q": "\ud800"})
def test_written_paths_are_read_back(room: str, query: dict[str, str]) -> None:
    """`path` and `match` are inverse, for any text in params and query; half a character is none."""
    if room == "new":
        return
    if any(0xD800 <= ord(char) < 0xE000 for text in (room, *query.values()) for char in text):
        with pytest.raises(NavigationError, match="half a surrogate pair"):
            ROUTER.path(Chat, "show", room=room, **query)
        return
    path = ROUTER.path(Chat, "show", room=room, **query)
    match = ROUTER.match(path)
    assert match is not None
    assert match.params == {"room": room, **query}


def test_written_paths() -> None:
    """Globs, prefixes, and what no route can say."""
    assert ROUTER.path(Home, "files", path=["a", "b/c"], x=1) == "/files/a/b%2Fc?x=1"
    assert ROUTER.path(Home, "page", number=3) == "/page-3"
    assert ROUTER.path(Home()) == "/"
    with pytest.raises(NoRoute, match="no route shows Chat"):
        ROUTER.path(Chat, "show")
    for wrong, cure in (("a/b", "path=['a', 'b']"), (5, "path=[5]")):
        with pytest.raises(NavigationError, match="is all that is left of it") as raised:
            ROUTER.path(Home, "files", path=wrong)
        assert raised.value.cure == cure


@pytest.mark.parametrize(
    "url", ["http://[", "//[::1", "http://h:x/", "http://h:99999/", "http://\u2100/", None, 5, b"/", ["/"]]
)
def test_what_is_no_url_is_an_error_of_ours(url: Any) -> None:
    """Whoever asks, for whatever."""
    for ask in (ROUTER.match, ROUTER.resolve, lambda url: ROUTER.navigation_type(url, Chat(), "default")):
        with pytest.raises(NavigationError, match="a URL that is none"):
            ask(url)


@pytest.mark.parametrize(
    ("path", "cure"),
    [
        ("/cart/{id}", "'/cart/:id'"),
        ("/cart/<id>/edit", "'/cart/:id/edit'"),
        ("/cart/<int:id>", "'/cart/:id'"),
        ("/cart/{id:int}", "'/cart/:id'"),
        ("/cart/[id]", "'/cart/:id'"),
        ("/cart/$id", "'/cart/:id'"),
    ],
)
def test_params_as_others_write_them(path: str, cure: str) -> None:
    """Flask, FastAPI, Django, Next: refused where the route is made, and not when somebody asks for a page."""
    with pytest.raises(BadRoute) as caught:
        Route(path, Chat)
    assert caught.value.cure == cure
