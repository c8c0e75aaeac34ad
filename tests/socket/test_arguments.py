"""What is passed to the socket's functions: what cannot be used is refused where it is passed, by an error of ours, never later."""

from __future__ import annotations

import inspect
from functools import partial
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liveview_core import (
    Assigns,
    LiveComponent,
    LiveSession,
    LiveView,
    Route,
    Socket,
    assigns_to_attributes,
    component,
    embed_templates,
    heex,
    to_form,
    upload_errors,
    used_input,
)
from liveview_core.errors import BadOption, LiveViewError
from liveview_core.views.router import BadRoute
from tests.harness.client import joined
from tests.harness.examples import examples


class View(LiveView):
    def handle_event(self, event: str, params: Any, socket: Socket) -> Any:
        return params(socket)

    render = heex("<p>x</p>")


BASE = Socket(connected=True, count=0).stream("rows", [{"id": 1}]).allow_upload("docs", accept="any")
FUNCTIONS = [
    "allow_upload", "assign", "assign_async", "assign_new", "attach_hook", "broadcast", "broadcast_from", "cancel_async",
    "cancel_timer", "cancel_upload", "changed", "clear_flash", "consume_uploaded_entries", "consume_uploaded_entry",
    "detach_hook", "disallow_upload", "get_connect_info", "navigation_type", "push_event", "push_navigate", "push_patch",
    "put_flash", "put_private", "redirect", "render_with", "send", "send_after", "send_interval", "send_update",
    "send_update_after", "start_async", "stream", "stream_async", "stream_configure", "stream_delete",
    "stream_delete_by_dom_id", "stream_insert", "subscribe", "unsubscribe", "update", "uploaded_entries",
]  # fmt: skip
JUNK: list[Any] = [
    None, True, 5, -1, 1.5, float("nan"), float("inf"), "x", "", "count", "rows", "docs", b"x", [], ["a"], [1], {}, {"a": 1},
    {1: 2}, (), ("a",), set(), object(), "/x", "\ud800", 10**30,
]  # fmt: skip


@examples(300)
@given(st.sampled_from(FUNCTIONS), st.data())
def test_whatever_is_passed(name: str, data: st.DataObject) -> None:
    """A socket, or an error of ours; and a socket that the process can go on with."""
    function = getattr(BASE, name)
    positional: list[Any] = []
    named: dict[str, Any] = {}
    for each in inspect.signature(function).parameters.values():
        if each.kind in (each.VAR_POSITIONAL, each.VAR_KEYWORD):
            continue
        if each.default is not each.empty and not data.draw(st.booleans()):
            continue
        value = data.draw(st.sampled_from(JUNK))
        if each.kind is each.KEYWORD_ONLY or (each.default is not each.empty):
            named[each.name] = value
        else:
            positional.append(value)
    try:
        function(*positional, **named)
    except LiveViewError as error:
        text = str(error)
    else:
        text = "it went well"
    assert text


REFUSED: list[Any] = [
    lambda s: s.assign_new(5, lambda: 1),
    lambda s: s.assign_new("a", 5),
    lambda s: s.update(["a"], lambda v: v),
    lambda s: s.changed({}),
    lambda s: s.put_private([], 1),
    lambda s: s.stream(5, []),
    lambda s: s.stream_async([], list),
    lambda s: s.stream_insert([], 1),
    lambda s: s.stream_configure(5, dom_id=str),
    lambda s: s.cancel_async(set()),
    lambda s: s.cancel_timer([]),
    lambda s: s.send_after("m", 1, name=[]),
    lambda s: s.send_interval("m", 1, name={}),
    lambda s: s.send("m", to=5),
    lambda s: s.send_update(LiveComponent, id="x", cid=True),
    lambda s: s.send_update("Cart", id="x"),
    lambda s: s.send_update(View, id="x"),
    lambda s: s.send_update(View(), cid=1),
    lambda s: s.send_update(None, id="x", to="other"),
    lambda s: s.send_update_after("Cart", id="x", after=1),
    lambda s: s.send_update_after(5, cid=1, after=1),
    lambda s: s.cancel_upload([], "0"),
    lambda s: s.uploaded_entries({}),
    lambda s: s.disallow_upload(5),
    lambda s: s.consume_uploaded_entries("docs", 5),
    lambda s: s.consume_uploaded_entry("0", lambda content: content),
]


@pytest.mark.parametrize("number", range(len(REFUSED)))
def test_arguments_that_would_fail_later(number: int) -> None:
    """Refused at once."""
    with pytest.raises(BadOption):
        REFUSED[number](BASE)


def test_a_title_that_cannot_travel() -> None:
    """DF-28: a title is data, as all that is sent."""
    client = joined(View)
    text = client.refused(_event(lambda s: s.assign(page_title=object())))
    assert text.startswith("@page_title cannot travel as JSON")
    assert client.tell(_event(lambda s: s.assign(page_title="New"))) == [("ok", {"diff": {"t": "New"}})]


def _event(fn: Any) -> Any:
    from liveview_core.protocol.messages import Event

    return Event("x", "click", fn)


def test_other_functions() -> None:
    """The same of what stands outside of a socket."""
    for make in (
        lambda: Assigns(5),  # type: ignore[arg-type]
        lambda: assigns_to_attributes(5),  # type: ignore[arg-type]
        lambda: assigns_to_attributes({}, "label"),
        lambda: embed_templates([]),  # type: ignore[arg-type]
        lambda: heex("<p></p>", names="x"),  # type: ignore[arg-type]
        lambda: heex.using(global_prefixes=5),  # type: ignore[arg-type]
        lambda: to_form({}, errors=5),
        lambda: used_input("name"),  # type: ignore[arg-type]
    ):
        with pytest.raises(BadOption):
            make()
    with pytest.raises(LiveViewError, match="upload_errors takes an upload"):
        upload_errors("docs")  # type: ignore[arg-type]


def test_routes() -> None:
    """RT-2, RT-4: metadata is a mapping; a live session has a list of routes."""
    with pytest.raises(BadRoute) as caught:
        Route("/a", View, metadata="menu")  # type: ignore[arg-type]
    assert str(caught.value) == (
        "the metadata of the route '/a' is wrong\n  expected: a mapping\n  got: 'menu'\n"
        "  cure: Route('/a', …, metadata={'menu': …})"
    )
    assert Route("/a", View, metadata={"menu": 1}).metadata == {"menu": 1}
    with pytest.raises(BadRoute, match="a live session takes routes"):
        LiveSession("admin", 5)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("call", "text"),
    [
        (
            lambda s: s.start_async("job", lambda a, b=1, *, c: a),
            "start_async('job', …) takes a function without arguments",
        ),
        (
            lambda s: s.assign_async("job", View().handle_event),
            "assign_async('job', …) takes a function without arguments",
        ),
        (
            lambda s: s.stream_async("job", lambda url: [url]),
            "stream_async('job', …) takes a function without arguments",
        ),
        (
            lambda s: s.stream_async("job", list, reset={"at": 0}),
            "options of the stream are returned with the items",
        ),
        (lambda s: s.stream("new", [], at="0"), "the option `at` of a stream is a position"),
        (lambda s: s.clear_flash(["info"]), "the kind of a flash message is a str"),
        (lambda s: s.pipe("fn"), "pipe takes a function over a socket"),
        (lambda s: cast(Any, component())(5), "@component is for a function"),
    ],
)
def test_told_where_it_is_called(call: Any, text: str) -> None:
    """What would fail only when the task runs, the stream has rows, or never."""
    with pytest.raises(LiveViewError) as caught:
        call(BASE)
    assert text in str(caught.value)


def test_functions_that_need_nothing_are_tasks() -> None:
    """Defaults, stars, bound methods and what has no signature to read among them."""

    class Holder:
        def work(self, tries: int = 3) -> int:
            return tries

    for fn in (lambda a=1, *rest, c=2, **more: a, Holder().work, dict, partial(int, "5")):
        assert len(BASE.start_async("job", fn).effects) == len(BASE.effects) + 1
