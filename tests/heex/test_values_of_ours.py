"""What is said of our own values where a template shows them as they are: how each is shown."""

from __future__ import annotations

from typing import Any

import pytest

from liveview_core import AsyncResult, LiveView, Socket, heex, to_form
from liveview_core.errors import LiveViewError
from liveview_core.rendering.html import NotText
from liveview_testing import live, render_component

FORM = to_form({"email": "ann@example.org"}, as_="user")


def card(assigns: Any) -> Any:
    return heex("<p>{@inner_block}</p>")(assigns)


@pytest.mark.parametrize(
    ("template", "cure"),
    [
        (
            "<.card>text</.card>",
            "show its content, `{render_slot(@inner_block)}`, or an attribute of it, `{entry.label}`",
        ),
        ('<p>{@form["email"]}</p>', 'show what it holds, `{@form["email"].value}`'),
        (
            "<form for={@form}></form>",
            'give it to `<.form for={@form}>`, with its dot, or show a field, `{@form["email"].value}`',
        ),
        (
            "<p>{@result}</p>",
            "show what it has, `{@name.result}`, or take `<.async_result :let={value} assign={@name}>`",
        ),
        ("<p>{@object}</p>", "show an attribute of it, convert it with `str(…)`, or give object a method `__html__`"),
    ],
)
def test_the_cure_is_how_it_is_shown(template: str, cure: str) -> None:
    shown = heex(template)
    with pytest.raises(NotText) as caught:
        render_component(lambda assigns: shown(assigns), form=FORM, result=AsyncResult.ok(1), object=object())
    assert caught.value.cure == cure


class Targeting(LiveView):
    """Takes a component's own id, which a view has not."""

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        return socket

    render = heex("<button phx-click='a' phx-target={@myself}>go</button>")


def test_a_view_has_no_myself() -> None:
    with pytest.raises(LiveViewError) as caught:
        live(Targeting)
    assert caught.value.cure == (
        "leave phx-target out: a view is the target of all that names none, and only a component has `@myself`"
    )


class Rows(LiveView):
    """Takes the rows of a stream as if they were its items."""

    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.stream("rows", [{"id": 1}])

    render = heex("<ul id='r' phx-update='stream'><li :for={r in @streams.rows} id={r['id']}></li></ul>")


def test_a_row_of_a_stream_is_a_pair() -> None:
    with pytest.raises(TypeError) as caught:
        live(Rows)
    assert caught.value.__notes__[0] == (
        "a stream gives pairs: `:for={dom_id, item in @streams.name} id={dom_id}`; the parts of a tuple are `[0]`, `[1]`"
    )
