"""What newcomers write in a view and in its template: each mistake names its cure."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from liveview_core import LiveView, Route, Router, Socket, attr, component, heex
from liveview_testing import Simulation

BUTTON = heex('<button phx-click="go">Go</button>')


def view(render: Any = BUTTON, mount: Any = None, event: Any = None) -> type[LiveView]:
    """A view of a template, a mount and a handler."""
    body = {
        "render": render,
        "mount": mount or (lambda self, params, session, socket: socket),
        "handle_event": lambda self, name, params, socket: event(socket),
    }
    return type("V", (LiveView,), body)


def said(act: Callable[[], object]) -> str:
    with pytest.raises(Exception) as caught:
        act()
    return "\n".join([str(caught.value), *getattr(caught.value, "__notes__", ())])


def clicked(event: Callable[[Socket], Any]) -> str:
    return said(lambda: Simulation().page(view(event=event)).get_by_role("button").click())


def stream(self: Any, params: Any, session: Any, socket: Socket) -> Socket:
    return socket.stream("rows", [{"id": 1}])


@pytest.mark.parametrize(
    ("template", "cure"),
    [
        (
            '<ul id="r" phx-update="stream"><li :for={id, each in @rows} id={id}></li></ul>',
            "it is a stream: @streams.rows",
        ),
        ('<ul id="r" phx-update="stream"><li :for={each in @streams.rows} id={each.id}></li></ul>', "gives pairs"),
        ("<.live_file_input upload={@uploads.doc} />", "socket.allow_upload("),
        ("<button phx-click={JS.hidde(to='#m')}>x</button>", "the nearest that JS has: hide"),
        ("<button phx-click={JS.show('#m')}>x</button>", 'JS.show(to="#menu")'),
    ],
)
def test_templates(template: str, cure: str) -> None:
    """Streams and uploads are not assigns; commands name their target."""
    assert cure in said(lambda: Simulation().page(view(heex(template), stream)))


def test_an_attribute_with_a_slip() -> None:
    """The nearest of ours comes before an attribute of the author's."""
    assert "write :if={…}" in said(lambda: heex("<p :iff={@on}>x</p>"))
    assert "an attribute has no colon: write title={…}" in said(lambda: heex("<p :title={@on}>x</p>"))


@pytest.mark.parametrize(
    ("event", "cure"),
    [
        (lambda socket: socket.assign("n", 0), "it is called so: socket.assign("),
        (lambda socket: ("reply", {"a": 1}, socket), "return Reply(socket, {…})"),
        (lambda socket: socket.reply({"a": 1}), "return Reply(socket, {'value': …})"),
        (lambda socket: socket.assign, "call it: `return socket.assign(…)`"),
        (lambda socket: socket.stream("new", [{"id": 1}], at="top"), "an int (-1 is the end)"),
        (lambda socket: socket.pipe(None), "socket.pipe(function, argument)"),
        (lambda socket: socket.assigns.__delitem__("n"), "socket.assign(n=None)"),
        (lambda socket: socket.assign_async("n", lambda x: x), "socket.assign_async('n', lambda: …)"),
        (lambda socket: socket.start_async("n", lambda *, x: x), "socket.start_async('n', lambda: …)"),
        (lambda socket: socket.attach_hook("a", "mount", print), "on_mount = (require_user,)"),
        (lambda socket: socket.attach_hook("handle_event", "a", print), "the id comes first"),
        (lambda socket: socket.put_flash("Saved"), "it is called so: socket.put_flash(kind, message)"),
        (lambda socket: socket.send_after(1, "x"), "the message comes first, then the seconds"),
        (lambda socket: socket.allow_upload("doc", accept=["txt"]), "an extension has its dot"),
    ],
)
def test_calls_of_the_socket(event: Callable[[Any], Any], cure: str) -> None:
    """Arguments that do not fit say what fits."""
    assert cure in clicked(event)


def test_routes() -> None:
    """The path comes first, and a router is a list."""
    path: Any = view()
    assert "the path comes first: Route('/x', V)" in said(lambda: Route(path, "/x"))
    table: Any = {"/x": view()}
    assert "Router([Route('/x', ChatLive)])" in said(lambda: Router(table))


@pytest.mark.parametrize(
    ("make", "text"),
    [
        (lambda: type("V", (LiveView,), {"layout": 3}), "V.layout cannot be called"),
        (lambda: type("V", (LiveView,), {"layout": "<p>"}), "V.layout cannot be called"),
        (lambda: type("V", (LiveView,), {"temporary_assigns": ["a"]}), "V.temporary_assigns is no mapping"),
        (lambda: component(attr("a", str))(3), "@component is for a function"),  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
        (lambda: heex("<p>{@a}</p>")(3), "a template is called with its assigns"),  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    ],
)
def test_options_that_would_fail_later(make: Callable[[], object], text: str) -> None:
    """Where they are given."""
    assert text in said(make)


def test_options_that_are_right() -> None:
    """Also those that are the same by another way."""
    given: list[dict[str, Any]] = [{"layout": False}, {"layout": BUTTON}, {"temporary_assigns": {"a": []}}, {}]
    for options in given:
        assert type("V", (LiveView,), {"render": BUTTON, **options})
