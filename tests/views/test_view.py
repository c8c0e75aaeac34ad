"""`view`: only what is defined exists, a view is frozen, and the border where returns are checked."""

from __future__ import annotations

import pickle
from typing import Any

import attrs
import pytest
from attrs import frozen

from liveview_core import BadReturn, Cont, Halt, LiveView, Ok, Reply, Socket, heex
from liveview_core.errors import BadOption, FrozenError, NotMounted, UndefinedCallback
from liveview_core.rendering.rendered import Part, Rendered
from liveview_core.socket.hooks import UNSET
from liveview_core.socket.socket_state import NO_REPLY
from liveview_core.values.assigns import Assigns
from liveview_core.views.view import (
    CALLBACKS,
    apply_mount_result,
    as_view,
    callback,
    defines,
    expect_call_reply,
    expect_reply,
    expect_socket,
    on_mount_hooks,
    render_of,
)
from liveview_testing import live

PART = Part(("<p></p>",), 1, True)


def template(assigns: Assigns) -> Rendered:
    return Rendered(PART, lambda track: {})


class Empty(LiveView):
    pass


class Home(LiveView):
    def __init__(self, repo: str = "db") -> None:
        self.repo = repo

    def handle_event(self, event: str, params: Any, socket: Socket) -> Any:
        return socket

    render = template  # type: ignore[assignment]  # pyright: ignore[reportAssignmentType]


@frozen
class Configured(LiveView):
    repo: str
    size: int = 5


# --- the object -----------------------------------------------------------------------------------------------------------


def test_only_what_is_defined_exists() -> None:
    """The base class defines no callback (CB-6)."""
    assert [name for name in CALLBACKS if defines(Empty(), name)] == []
    assert defines(Home(), "handle_event")
    assert not hasattr(Home(), "handle_info")


@pytest.mark.parametrize(
    ("name", "signature"),
    [
        ("handle_params", "(self, params, uri, socket): return socket"),
        ("handle_event", "(self, event, params, socket): return socket"),
        ("handle_async", "(self, name, result, socket): return socket"),
        ("handle_cast", "(self, msg, socket): return socket"),
    ],
)
def test_a_missing_callback_says_what_to_add(name: str, signature: str) -> None:
    """CB-6, CB-7: the exact line."""
    with pytest.raises(UndefinedCallback) as caught:
        callback(Empty(), name, "is needed")
    assert caught.value.cure == f"add `def {name}{signature}`"
    assert callback(Home(), "handle_event", "…")("x", {}, Socket()) == Socket()


def test_a_misspelled_callback_is_found() -> None:
    """Nearest misses are the view's own methods."""

    class Typo(LiveView):
        def handel_event(self, event: str, params: Any, socket: Socket) -> Socket:
            return socket

    with pytest.raises(UndefinedCallback) as caught:
        callback(Typo(), "handle_event", "is needed")
    assert caught.value.nearest == ("handel_event",)


def test_a_view_is_a_frozen_value() -> None:
    """Fields are set in `__init__` and never again, plain class or attrs; equal by class and fields; it pickles."""
    plain, configured = Home("x"), Configured("x")
    with pytest.raises(FrozenError, match="a view holds no state"):
        plain.repo = "y"
    with pytest.raises(FrozenError):
        plain.count = 1
    with pytest.raises(FrozenError):
        del plain.repo
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        configured.size = 3  # type: ignore[misc]
    assert plain == Home("x") != Home("y")
    assert hash(plain) == hash(Home("x"))
    assert Empty() == Empty() != Home()
    assert configured == Configured("x") != Configured("y")
    assert (repr(plain), repr(Empty()), repr(configured)) == (
        "Home(repo='x')",
        "Empty()",
        "Configured(repo='x', size=5)",
    )
    for view in (plain, configured, Empty()):
        thawed = pickle.loads(pickle.dumps(view))
        assert thawed == view
        with pytest.raises(AttributeError):
            thawed.repo = "z"


def test_a_class_stands_for_its_only_configuration() -> None:
    """`Route("/", Home)`; a class that needs arguments is an error with the cure."""
    assert as_view(Home) == Home()
    view = Configured("x")
    assert as_view(view) is view
    with pytest.raises(BadOption, match=r"pass the object: Configured\(…\)"):
        as_view(Configured)


def test_on_mount_of_a_view() -> None:
    """HK-1: a tuple of functions; one function alone is understood; anything else is an error."""

    def hook(params: Any, session: Any, socket: Socket) -> Cont:
        return Cont(socket)

    class One(LiveView):
        on_mount = hook  # type: ignore[assignment]  # pyright: ignore[reportAssignmentType]

    class Wrong(LiveView):
        on_mount = ("require_user",)  # type: ignore[assignment]  # pyright: ignore[reportAssignmentType]

    class Number(LiveView):
        on_mount = 5  # type: ignore[assignment]  # pyright: ignore[reportAssignmentType]

    assert on_mount_hooks(Empty()) == ()
    assert on_mount_hooks(One()) == (hook,)
    for view in (Wrong(), Number()):
        with pytest.raises(BadOption, match="on_mount hook of"):
            on_mount_hooks(view)


# --- the border -----------------------------------------------------------------------------------------------------------

BARE = Socket(count=1)
SOCKET = BARE._with_facts(attrs.evolve(BARE._facts, view=Home()))


def test_legal_returns() -> None:
    """CB-1…5, LC-29."""
    assert expect_socket("x", SOCKET, SOCKET) is SOCKET
    assert expect_reply("x", SOCKET, SOCKET, "e").reply is NO_REPLY
    assert expect_reply("x", Reply(SOCKET, {"a": 1}), SOCKET, "e").reply == {"a": 1}
    assert expect_call_reply("x", SOCKET, SOCKET) == (SOCKET, UNSET)
    assert expect_call_reply("x", Reply(SOCKET, None), SOCKET) == (SOCKET, None)
    assert apply_mount_result("x", SOCKET, SOCKET) is SOCKET


def test_options_of_mount() -> None:
    """LC-31…33: temporary assigns where absent, a layout or none."""
    mounted = apply_mount_result("x", Ok(SOCKET, temporary_assigns={"count": 5, "new": []}, layout=template), SOCKET)
    assert (mounted.assigns.count, mounted.assigns.new) == (1, [])
    assert not mounted.has_changed()
    assert mounted._standing.layout is template
    assert apply_mount_result("x", Ok(SOCKET), SOCKET)._standing.layout is None
    for wrong in (Ok(SOCKET, layout="app"), Ok(SOCKET, temporary_assigns=["count"])):
        with pytest.raises(BadOption):
            apply_mount_result("Home.mount", wrong, SOCKET)


@pytest.mark.parametrize("result", [SOCKET.push_patch("/x"), Ok(SOCKET.push_patch("/x"))])
def test_no_patch_in_mount(result: Any) -> None:
    """LC-24."""
    with pytest.raises(NotMounted, match=r"Home\.mount attempted to live patch while mounting"):
        apply_mount_result("Home.mount", result, SOCKET)


class Forgetful(LiveView):
    """It returns a socket that it has made."""

    def handle_event(self, event: str, params: Any, socket: Socket) -> Any:
        return Reply(Socket(), {}) if event == "reply" else Socket(connected=True)

    def handle_info(self, msg: Any, socket: Socket) -> Any:
        return Socket()

    def handle_call(self, msg: Any, sender: Any, socket: Socket) -> Any:
        return Reply(Socket(), 1)

    def handle_params(self, params: Any, uri: str, socket: Socket) -> Any:
        return Socket() if params else socket

    render = heex("<p></p>")


@pytest.mark.parametrize("made", [Socket(), Ok(Socket())])
def test_a_socket_of_nobody(made: Any) -> None:
    """It would be a view that has lost all that it was; told wherever one comes back."""
    with pytest.raises(BadReturn, match=r"Home\.mount\n  expected: the socket that it was given"):
        apply_mount_result("Home.mount", made, SOCKET)
    view = live(Forgetful)
    hooked = live(
        type(
            "Hooked",
            (LiveView,),
            {
                "render": heex("<p></p>"),
                "mount": lambda self, params, session, socket: socket.attach_hook(
                    "h", "handle_info", lambda msg, socket: Halt(Socket())
                ),
            },
        )
    )
    for act in (
        lambda: view.render_click("x"),
        lambda: view.render_click("reply"),
        lambda: view.send("x"),
        lambda: view.call("x"),
        lambda: view.render_patch("/?a=1"),
        lambda: hooked.send("x"),
    ):
        with pytest.raises(BadReturn, match="the socket that it was given, changed"):
            act()


ILLEGAL: list[tuple[Any, str]] = [
    (None, "no case for event 'x'?"),
    ((SOCKET,), "no tuple is needed"),
    (("noreply", SOCKET), "no tuple is needed"),
    (SOCKET.assigns, "socket.assigns is read-only"),
    (Ok(SOCKET), "Ok(…) is for mount only"),
    (Cont(SOCKET), "Cont and Halt are for hooks"),
    (Halt(SOCKET), "Cont and Halt are for hooks"),
    (5, "return the socket"),
    (Socket, "return the socket"),
]


@pytest.mark.parametrize(("value", "cure"), ILLEGAL)
def test_illegal_returns_say_where_what_and_the_cure(value: Any, cure: str) -> None:
    """Every border refuses them in the same way."""
    for check, message in ((expect_socket, "event 'x'"), (expect_reply, "x"), (expect_call_reply, "event 'x'")):
        with pytest.raises(BadReturn) as caught:
            check("Home.handle_event", value, SOCKET, message)
        assert caught.value.where == "Home.handle_event"
        assert caught.value.value is value
        assert cure in str(caught.value.cure)
    if not isinstance(value, Ok):
        with pytest.raises(BadReturn):
            apply_mount_result("Home.mount", value, SOCKET)


def test_replies_where_none_may_be() -> None:
    """A reply from handle_info; a reply that is no mapping (CB-2, CB-3)."""
    with pytest.raises(BadReturn, match="only handle_event and handle_call may reply"):
        expect_socket("Home.handle_info", Reply(SOCKET, {}), SOCKET)
    with pytest.raises(BadReturn, match="a reply is a mapping"):
        expect_reply("Home.handle_event", Reply(SOCKET, 5), SOCKET, "e")
    with pytest.raises(BadReturn):
        expect_reply("Home.handle_event", Reply(None, {}), SOCKET, "e")  # type: ignore[arg-type]


def test_an_event_without_a_case_is_told_its_nearest() -> None:
    """What the callback's code compares with comes near what was sent; what is spelled right is not "near" itself."""

    class Home(LiveView):
        def handle_event(self, event: str, params: Any, socket: Socket) -> Any:
            match event:
                case "increment":
                    return socket.assign(count=1)
                case "reset":
                    return socket.assign(count=0)
                case _:
                    return None

    home = Home()
    for event, nearest in (("incremnt", ("increment",)), ("zzz", ()), ("reset", ())):
        with pytest.raises(BadReturn) as caught:
            expect_reply("Home.handle_event", None, SOCKET, event, home.handle_event)
        assert caught.value.nearest == nearest


def test_render_of() -> None:
    """`render_with` beats `render` (SK-10); neither is an error that names all ways (LC-40); N3.3."""

    class Method(LiveView):
        def render(self, assigns: Assigns) -> Any:
            return assigns.get("returned", template(assigns))

    assert render_of(Method(), SOCKET).part is PART
    other = Rendered(Part(("x",), 2), lambda track: {})
    assert render_of(Method(), SOCKET.render_with(lambda assigns: other)) is other
    assert render_of(Empty(), SOCKET.render_with(template)).part is PART
    with pytest.raises(UndefinedCallback, match="Empty has nothing to render"):
        render_of(Empty(), SOCKET)
    with pytest.raises(BadReturn, match="call it"):
        render_of(Method(), SOCKET.assign(returned=template))
    with pytest.raises(BadReturn, match="return a template called with the assigns"):
        render_of(Method(), SOCKET.assign(returned="<p></p>"))
