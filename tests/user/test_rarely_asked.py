"""What is seldom asked of a world, a view and their html."""

from __future__ import annotations

from typing import Any

import pytest

from liveview_core import Assigns, LiveComponent, LiveView, Socket, heex
from liveview_core.components import live_component
from liveview_core.errors import LiveViewError
from liveview_testing import Simulation, expect, live, render_component
from liveview_testing.user.handles.assertion_failures import ANY
from liveview_testing.user.html.html import Html, Redirected
from liveview_testing.user.html.notebook_frame import MOST, told


class Part(LiveComponent):
    render = heex("<i>{@n}</i>")


class ShopLive(LiveView):
    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(n=0).allow_upload("docs", accept="any", max_entries=2)

    def handle_event(self, event: str, params: Any, socket: Socket) -> Any:
        match event:
            case "away":
                return socket.push_navigate(to="/b")
            case "many":
                for number in range(7):
                    socket = socket.push_event("ring", {"number": number})
                return socket
            case "leave on change":
                return socket.redirect(to="/b") if params.get("_target") == ["docs"] else socket
            case _:
                return socket.update("n", lambda n: n + 1)

    render = heex("""
    <h1 data-testid="title">{@n}</h1><button phx-click="more">more</button>
    <form id="f" phx-change="leave on change" phx-submit="more"><.live_file_input upload={@uploads.docs} /></form>
    """)


# --- pages, locators and their worlds ---------------------------------------------------------------------------------


def test_a_locator_knows_its_page_in_each_world() -> None:
    sim = Simulation()
    page = sim.page(ShopLive)
    button = page.get_by_role("button", name="more")
    assert button.page is page
    fork = sim.fork()
    there: Any = fork.view(button)
    there.click()
    expect(fork.view(page).locator("h1")).to_have_text("1")
    expect(page.locator("h1")).to_have_text("0")


def test_the_test_id_of_a_page_is_that_of_its_views() -> None:
    page = Simulation().page(ShopLive)
    assert page.view.get_by_test_id("title").text_content() == page.get_by_test_id("title").text_content() == "0"


def test_how_long_acts_wait_can_be_said_for_a_context() -> None:
    page = Simulation().page(ShopLive)
    page.context.set_default_timeout(3_000)
    with pytest.raises(AssertionError, match="Timeout 3000ms exceeded"):
        page.get_by_text("nobody").click()


def test_a_page_where_nothing_was_opened_is_found_by_its_name() -> None:
    """In a fork in which it has been opened meanwhile; elsewhere it is blank still."""
    sim = Simulation()
    blank = sim.page(name="Ann")
    fork = sim.fork()
    assert fork.view(blank).url == "about:blank"


# --- rendering --------------------------------------------------------------------------------------------------------


def test_a_function_that_gives_a_live_component_is_rendered_as_it_is() -> None:
    def part(assigns: Assigns) -> Any:
        return live_component(Assigns({"module": Part, "id": "one", "n": assigns.n}))

    assert render_component(part, n=3) == "<i>3</i>"


# --- html -------------------------------------------------------------------------------------------------------------


def test_html_and_redirects_compare_with_their_like() -> None:
    """Of anything else they say nothing, and so are another thing."""
    html, away = Html(lambda: "<p>a</p>"), Redirected("/b", "live_redirect", {"info": "x"})
    assert html == "<p>a</p>"
    assert html != 5
    assert away == Redirected("/b", "live_redirect", {"info": "x"}) != Redirected("/b", "live_redirect")
    assert away != 5
    for text in (html, "<p>a</p>"):
        with pytest.raises(LiveViewError, match="follow_redirect"):
            _ = away == text
        with pytest.raises(LiveViewError, match="follow_redirect"):
            _ = text == away


def test_a_very_long_text_in_a_notebook_is_cut() -> None:
    said = told("x" * (MOST + 1_234), "long")
    assert "… 1,234 more characters" in said
    assert len(said) < MOST + 1_000


# --- assertions -------------------------------------------------------------------------------------------------------


def test_anything_is_anything() -> None:
    """Where a value is hashed, too."""
    assert {ANY: 1}[ANY] == 1
    assert {"points": ANY} == {"points": [1, 2]}
    assert repr(ANY) == "ANY"


def test_what_was_sent_is_listed_from_its_end() -> None:
    view = live(ShopLive)
    view.render_click("many")
    with pytest.raises(AssertionError) as failed:
        view.assert_push_event("rung")
    assert "(2 earlier); push_event 'ring' {'number': 2}" in str(failed.value)


def test_a_view_that_was_sent_elsewhere_was_redirected() -> None:
    view = live(ShopLive, router=None)
    view.refute_redirected()
    view.render_click("away")
    with pytest.raises(AssertionError, match="/b"):
        view.refute_redirected("/b")
    view.refute_redirected("/c")


# --- handles ----------------------------------------------------------------------------------------------------------


def test_a_preflight_without_files_is_none() -> None:
    view = live(ShopLive)
    with pytest.raises(LiveViewError, match="there is nothing to ask for: no files"):
        view.file_input("#f", "docs", []).preflight_upload()


def test_a_view_that_leaves_as_files_are_chosen_asks_for_none() -> None:
    view = live(ShopLive)
    chosen = view.file_input("#f", "docs", [{"name": "a.txt", "content": b"x"}])
    with pytest.raises(LiveViewError, match="the view left its page as the files were chosen"):
        chosen.preflight_upload()
