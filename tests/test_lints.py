"""The lints where they have nothing to say, and what they read of values of other kinds."""

from __future__ import annotations

from typing import Any

import pytest

from liveview_core import LiveComponent, LiveView, Route, Router, Socket, heex
from liveview_testing import ClientHook, Simulation, View, lints
from liveview_testing.laws import LawBroken


class Item(LiveComponent):
    render = heex("""<li id={f"i{@id}"}>{@item["name"]}</li>""")


class Inner(LiveView):
    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(n=0)

    render = heex("<i>{@n}</i>")


class Page(LiveView):
    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        items = ({"id": 1, "name": "a"}, {"id": 2, "name": "b"})
        return socket.assign(shown=False, items=items, deep={"a": ((("b",),),)})

    def handle_params(self, params: Any, uri: str, socket: Socket) -> Socket:
        return socket.push_navigate("/away") if "away" in params else socket

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        match event:
            case "show":
                return socket.assign(shown=True)
            case "turn":
                return socket.assign(items=socket.assigns.items[::-1])
            case "grow":
                return socket.assign(deep={"a": (((*socket.assigns.deep["a"][0][0], "b"),),)})
            case _:
                return socket.push_navigate("/away")

    render = heex("""
    <ul><.live_component :for={at, item in enumerate(@items)} module={Item} id={at} item={item} /></ul>
    <div id="kept" phx-update="ignore">kept</div>
    <p :if={@shown}>{live_render(@socket, Inner, id="inner")}</p>
    """)


class Away(LiveView):
    render = heex("<p>away</p>")


ROUTER = Router([Route("/", Page), Route("/away", Away)])


@pytest.fixture
def view() -> View:
    return Simulation(ROUTER).live("/")


def test_a_url_that_leads_elsewhere_is_that_page_s_matter(view: View) -> None:
    lints.address(view, "/?away=1")


def test_an_act_that_leaves_shows_nothing_of_what_is_ignored(view: View) -> None:
    lints.ignored(view, lambda view: view.render_click("leave"))


def test_a_view_that_comes_with_an_act_has_set_nothing_back(view: View) -> None:
    lints.unseen(view, lambda view: view.render_click("show"))
    assert not view.has_element("i")  # it was tried in a fork


def test_items_that_are_mappings_have_ids_too(view: View) -> None:
    with pytest.raises(LawBroken, match="the component Item with id 0 was given another item"):
        lints.identity(view, lambda view: view.render_click("turn"))


def test_what_lies_deeper_than_two_levels_is_not_counted(view: View) -> None:
    lints.growth(view, lambda view: view.render_click("grow"))


class Hooked(LiveView):
    render = heex("""<div><%= raw("<p phx-hook=\\"Chart\\">x</p>") %></div>""")


def test_a_hook_on_what_has_no_id() -> None:
    view = Simulation(hooks={"Chart": ClientHook()}).live(Hooked)
    with pytest.raises(LawBroken) as broken:
        lints.hooked_elements(view)
    assert str(broken.value).splitlines() == [
        "the hooked law is broken: the hook Chart is on an element without an id",
        "  expected: an id, by which the client keeps the hook",
        "  got: '<p phx-hook=\"Chart\">x</p>'",
        "  cure: <p id=\"…\" phx-hook='Chart'>",
    ]
