"""`signatures`: what does not take what it is called with is named, with how it should begin; nothing is asked before."""

from __future__ import annotations

import functools
import warnings
from typing import Any

import pytest

from liveview_core import Cont, LiveComponent, LiveView, Socket, heex
from liveview_core.errors import BadReturn
from liveview_core.process.signatures import BadSignature
from liveview_core.process.step import mount_disconnected, new_process
from liveview_testing import View, live

TEMPLATE = heex('<form id="f" phx-change="c"><b phx-click="x">{@n}</b></form>')


class Base(LiveView):
    """What works."""

    def mount(self, params: Any, session: Any, socket: Socket) -> Any:
        return socket.assign(n=0)

    render = TEMPLATE


def test_mount() -> None:
    """With the place, and without frames of ours."""

    class Wrong(Base):
        def mount(self, socket: Socket) -> Any:  # type: ignore[override]  # pyright: ignore[reportIncompatibleMethodOverride]
            return socket

    with pytest.raises(BadSignature) as caught:
        live(Wrong)
    assert str(caught.value) == (
        "test_mount.<locals>.Wrong.mount does not take what it is called with\n"
        "  expected: def mount(self, params, session, socket)\n"
        f"  got: def mount(self, socket: 'Socket') -> 'Any', in {__file__}, line {Wrong.mount.__code__.co_firstlineno}\n"
        "  cure: write `def mount(self, params, session, socket)`; what it does not need it need not use"
    )
    with pytest.raises(TypeError):
        mount_disconnected(new_process("phx-1", Wrong()), url="http://x/")


def made(**callbacks: Any) -> type[LiveView]:
    """A view with these."""
    return type("Wrong", (Base,), callbacks)


@pytest.mark.parametrize(
    ("name", "function", "act", "begins"),
    [
        (
            "handle_event",
            lambda self, event: 1,
            lambda v: v.element("b").render_click(),
            "lambda event, params, socket: …",
        ),
        ("handle_info", lambda self: 1, lambda v: v.send(1), "lambda msg, socket: …"),
        ("handle_params", lambda self, a: 1, lambda v: v, "lambda params, uri, socket: …"),
        ("handle_cast", lambda self: 1, lambda v: v.sim.cast(v.id, 1), "lambda msg, socket: …"),
        ("handle_call", lambda self, m, s: 1, lambda v: v.sim.call(v.id, 1), "lambda msg, sender, socket: …"),
        ("terminate", lambda self, s: 1, lambda v: v.live_redirect("/"), "lambda reason, socket: …"),
        ("render", lambda self: 1, lambda v: v, "lambda assigns: …"),
    ],
)
def test_callbacks(name: str, function: Any, act: Any, begins: str) -> None:
    """Of a view."""
    with pytest.raises(BadSignature) as caught:
        act(live(made(**{name: function})))
    assert begins.replace("lambda ", "lambda self, ") in str(caught.value)


def on(do: Any) -> View:
    """A view that does it when it is mounted, connected."""

    def mount(self: Any, params: Any, session: Any, socket: Socket) -> Any:
        socket = socket.assign(n=0)
        return do(socket) if socket.connected else socket

    return live(
        made(mount=mount, handle_info=lambda self, msg, socket: msg(socket), handle_event=lambda self, e, p, s: s)
    )


def click(view: View) -> Any:
    return view.element("b").render_click()


@pytest.mark.parametrize(
    ("do", "act", "told"),
    [
        (lambda s: s.attach_hook("h", "handle_event", lambda e, s: s), click, "hook 'h' on handle_event"),
        (lambda s: s.attach_hook("h", "handle_info", lambda s: s), lambda v: v.send(1), "hook 'h' on handle_info"),
        (lambda s: s.attach_hook("h", "after_render", lambda a, s: s), click, "hook 'h' on after_render"),
        (lambda s: s.update("n", lambda: 1), click, "the function of update(…)"),
        (lambda s: s.assign_new("z", lambda a: 1), click, "the function of assign_new(…)"),
        (lambda s: s.stream("rows", [1], dom_id=lambda: "x"), click, "<lambda> does not take"),
    ],
)
def test_functions(do: Any, act: Any, told: str) -> None:
    """Hooks, and what methods of the socket are given."""
    with pytest.raises(BadSignature) as caught:
        act(on(do))
    assert told in str(caught.value)
    assert __file__ in str(caught.value)


class Hook:
    """Called as a function is."""

    def __call__(self, event: str) -> Any:
        return event


def test_objects_that_are_called_and_functions_of_python() -> None:
    """An object is told by its `__call__`; of what is written in C nobody has the lines, so Python's own words stay."""
    with pytest.raises(BadSignature) as caught:
        click(on(lambda s: s.attach_hook("h", "handle_event", Hook())))
    assert "def __call__(self, event, params, socket)" in str(caught.value)
    with pytest.raises(TypeError, match="takes exactly one argument") as plain:
        click(on(lambda s: s.attach_hook("h", "handle_event", "".join)))
    assert type(plain.value) is TypeError


def test_on_mount_and_partial() -> None:
    """Hooks of mounting; what is bound by a partial is not asked for again."""

    def require(role: str, params: Any, socket: Socket) -> Any:
        return Cont(socket)

    with pytest.raises(BadSignature, match="the on_mount hook") as caught:
        live(made(on_mount=(functools.partial(require, "admin"),)))
    assert "def require(params, session, socket)" in str(caught.value)


class Part(LiveComponent):
    """A component, whose callbacks are put in by the test."""

    render = heex('<i phx-click="x" phx-target={@myself}>c</i>')


@pytest.mark.parametrize(
    ("name", "function", "takes"),
    [
        ("mount", lambda self, params, session, socket: socket, "lambda self, socket: …"),
        ("update", lambda self, socket: socket, "lambda self, assigns, socket: …"),
        ("update_many", lambda self, a, b: a, "lambda self, assigns_sockets: …"),
        ("handle_event", lambda self, event: event, "lambda self, event, params, socket: …"),
    ],
)
def test_components(name: str, function: Any, takes: str) -> None:
    """Those of a component are others."""
    part = type("Part", (Part,), {name: function})
    view = made(render=heex('<div><.live_component module={part} id="p" /></div>', names={"part": part}))
    with pytest.raises(BadSignature) as caught:
        live(view).element("i").render_click()
    assert takes in str(caught.value)


def test_a_mistake_inside_is_the_author_s() -> None:
    """A call in a callback that does not fit is Python's error, at its line."""

    def helper(a: int) -> int:
        return a

    with pytest.raises(TypeError, match="helper") as caught:
        live(made(handle_event=lambda self, e, p, s: helper())).element("b").render_click()  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    assert type(caught.value) is TypeError


async def later(*arguments: Any) -> Any:
    """What nobody awaits."""


@pytest.mark.parametrize(
    ("do", "act"),
    [
        (lambda s: s.attach_hook("h", "handle_event", later), click),
        (lambda s: s.attach_hook("h", "after_render", later), click),
        (lambda s: s.update("n", later), click),
        (lambda s: s.assign_new("z", later), click),
    ],
)
def test_async_functions(do: Any, act: Any) -> None:
    """Told, and nothing is left that was never awaited."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with pytest.raises(BadReturn, match="a callback is a plain function"):
            act(on(do))


@pytest.mark.parametrize(
    ("name", "act"),
    [
        ("mount", lambda v: v),
        ("render", lambda v: v),
        ("handle_event", click),
        ("handle_info", lambda v: v.send(1)),
        ("handle_call", lambda v: v.sim.call(v.id, 1)),
        ("terminate", lambda v: v.live_redirect("/")),
    ],
)
def test_async_callbacks(name: str, act: Any) -> None:
    """`terminate` too, whose value nobody uses."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with pytest.raises(BadReturn, match="a callback is a plain function"):
            act(live(made(**{name: later})))


@pytest.mark.parametrize("name", ["mount", "update", "update_many", "render", "handle_event"])
def test_async_components(name: str) -> None:
    """Those of components."""
    part = type("Part", (Part,), {name: later})
    view = made(render=heex('<div><.live_component module={part} id="p" /></div>', names={"part": part}))
    with pytest.raises(BadReturn, match="a callback is a plain function"):
        live(view).element("i").render_click()
