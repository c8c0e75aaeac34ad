"""The assigns of a socket survive pickling, with everything in them (issue 3): a page rendered from the copy is the same page."""

from __future__ import annotations

import pickle
from typing import Any

import pytest
from attrs import frozen

from liveview_core import (
    JS,
    AsyncResult,
    Changeset,
    LiveComponent,
    LiveView,
    Socket,
    heex,
    raw,
    to_form,
)
from liveview_core.rendering.rendered import ChildRef, ComponentRef, Rendered, rendered_to_text
from liveview_core.values.assigns import Assigns, same
from liveview_core.views.live_component import name_of
from liveview_testing import Simulation


@frozen
class User:
    name: str = ""
    age: int = 0


class Part(LiveComponent):
    def mount(self, socket: Socket) -> Socket:
        return socket.assign(n=1).stream("rows", [{"id": 1}])

    render = heex("""
    <div id={@id}>
      {@n}
      <ul id={f"{@id}-rows"} phx-update="stream"><li :for={(id, row) in @streams.rows} id={id}>{row["id"]}</li></ul>
    </div>
    """)


class Everything(LiveView):
    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        socket = socket.assign(
            text="<",
            number=1,
            user=User("ann", 3),
            table={"a": [1, (2, None)]},
            safe=raw("<hr>"),
            command=JS.push("save", value={"id": 1}).hide(),
            form=to_form({"name": "x", "age": "y"}, as_="user", errors=[("name", "is short")]),
            changeset=to_form(Changeset.cast(User(), {"name": "", "age": "old"}, ["name", "age"])),
            done=AsyncResult().to_ok([1, 2]),
            failed=AsyncResult().to_failed("why"),
            page_title="Everything",
        )
        socket = socket.put_flash("info", "hello")
        socket = socket.stream("items", [{"id": 1}, {"id": 2}], limit=-5).stream_delete("items", {"id": 1})
        return socket.allow_upload("avatar", accept=[".png"], max_entries=2)

    render = heex("""
    <div>{@text}{@number}{@user.name}{@table["a"][0]}{@safe}<p phx-click={@command}>{@flash["info"]}</p>
    <.form for={@form}><input name={@form["name"].name} value={@form["name"].value} />{@form["name"].errors[0]}</.form>
    <.form for={@changeset}><input name={@changeset["age"].name} value={@changeset["age"].value} /></.form>
    <.async_result :let={xs} assign={@done}>{len(xs)}</.async_result>
    <ul id="items" phx-update="stream"><li :for={(id, item) in @streams.items} id={id}>{item["id"]}</li></ul>
    <.live_file_input upload={@uploads.avatar} />
    <.live_component module={Part} id="part" />
    </div>
    """)


def copied(value: Any, protocol: int) -> Any:
    """Out and in again."""
    return pickle.loads(pickle.dumps(value, protocol))


@pytest.mark.parametrize("protocol", [2, pickle.HIGHEST_PROTOCOL])
def test_the_copy_is_the_same(protocol: int) -> None:
    """Every assign by itself, all of them together, and the socket; as they are after a render, and with what is pending."""
    view = Simulation().live(Everything)
    sockets = [view.socket, view.socket.assign(number=2).stream("items", [{"id": 3}]).put_flash("error", "no")]
    for socket in sockets:
        for name, value in socket.assigns:
            again = copied(value, protocol)
            assert type(again) is type(value)
            assert again == value, name
            if name not in ("streams", "uploads"):  # which have changed whenever they are other ones
                assert same(again, value), name
        assigns = copied(socket.assigns, protocol)
        assert isinstance(assigns, Assigns)
        assert [name for name, _ in assigns] == [name for name, _ in socket.assigns]
        assert copied(socket, protocol) == socket


@pytest.mark.parametrize("protocol", [2, pickle.HIGHEST_PROTOCOL])
def test_the_copy_renders_the_same_page(protocol: int) -> None:
    """Streams with what is pending in them, forms, uploads and all: the copy is shown as the original is."""
    socket = Simulation().live(Everything).socket.stream("items", [{"id": 3}]).stream_delete("items", {"id": 2})
    original = socket.rendering()
    page, again = (_page(assigns) for assigns in (original, copied(original, protocol)))
    assert page == again
    for shown in (
        "&lt;1ann1<hr>", ">hello</p>", 'name="user[name]" value="x"', "is short", 'name="user[age]" value="old"',
        "\n2\n<ul", '<li id="items-3">3</li>', 'data-phx-hook="Phoenix.LiveFileUpload"', "[Part part]",
    ):  # fmt: skip
        assert shown in page


def _page(assigns: Assigns) -> str:
    rendered = Everything.render(assigns)
    assert isinstance(rendered, Rendered)
    return rendered_to_text(rendered, _named)


def _named(ref: ComponentRef | ChildRef) -> str:
    assert isinstance(ref, ComponentRef)
    return f"[{name_of(ref.module)} {ref.id}]"
