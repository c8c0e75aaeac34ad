"""Which events of forms and links the client takes, and what it leaves to the browser."""

from __future__ import annotations

import re
from typing import Any

import pytest

from liveview_core import JS, LiveView, Socket, heex
from liveview_core.views.router import Route, Router
from liveview_testing import ClientHook, Html, Page, Simulation


class Told(LiveView):
    """What it was told of, oldest first."""

    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(told=(), at="")

    def handle_params(self, params: Any, uri: str, socket: Socket) -> Socket:
        return socket.assign(at=uri.removeprefix("http://www.example.com"))

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        return socket.assign(told=(*socket.assigns.told, (event, params)))


class Inner(LiveView):
    render = heex("""<.link patch="/?inner">inner</.link>""")


class There(LiveView):
    render = heex("<h1>there</h1>")


def shown(body: str, *, hooks: dict[str, ClientHook] | None = None, **names: Any) -> Page:
    """A page with this in it, and `/there` to go to."""
    view = type("Shown", (Told,), {"render": heex(f"<main>{body}</main>", names=names)})
    return Simulation(Router([Route("/", view), Route("/there", There)]), hooks=hooks or {}).page("/")


def told(page: Page) -> list[str]:
    return [event for event, _ in page.view.assigns["told"]]


# --- changes and submits ----------------------------------------------------------------------------------------------


def test_a_control_is_heard_by_its_own_change_event_else_by_its_forms() -> None:
    """CE-39."""
    page = shown(
        '<form id="f" phx-change="form"><input id="a" name="a" phx-change="own"><input id="b" name="b"></form>'
    )
    page.locator("#a").fill("x")
    page.locator("#b").fill("y")
    assert told(page) == ["own", "form"]


def test_a_control_outside_of_any_form_without_an_event_of_its_own_is_not_heard() -> None:
    """CE-40."""
    page = shown('<input id="a" name="a">')
    page.locator("#a").fill("x")
    assert page.locator("#a").input_value() == "x"
    assert (told(page), page.network.in_flight) == ([], ())


def test_what_is_no_number_is_not_told() -> None:
    """CE-41, FI-13."""
    page = shown('<form id="f" phx-change="c"><input id="n" type="number" name="n"></form>')
    page.locator("#n").focus()
    page.keyboard.type("1e")
    assert [params["n"] for _, params in page.view.assigns["told"]] == ["1"]


def test_a_form_without_events_is_the_browsers() -> None:
    """CE-44: the page is left for what its action says."""
    page = shown('<form action="/there" id="f"><input name="q" value="1"><button id="go">go</button></form>')
    page.locator("#go").click()
    assert page.url == "http://www.example.com/there?q=1"


def test_a_form_that_is_not_valid_is_not_submitted() -> None:
    """CE-46, PF-18: no frame, the focus on the field, and a note."""
    page = shown(
        '<form id="f" phx-submit="s"><input id="q" name="q" required minlength="2"><button id="go">go</button></form>'
    )
    page.locator("#go").click()
    assert told(page) == []
    assert page.locator(":focus").get_attribute("id") == "q"
    assert page.notes
    page.locator("#q").fill("ok")
    page.locator("#go").click()
    assert told(page) == ["s"]


class Said(ClientHook):
    """A hook that says by itself what is wrong with a field."""

    dom_events = ("invalid",)

    def handle_dom_event(self, el: Any, event: Any) -> None:
        if el.id != "f":
            event.prevent_default()
        el.js("add_class", {"names": ["wrong"]})


def test_fields_hear_that_they_are_invalid() -> None:
    """CE-46: each of them, in order, and nothing around them; one that says so itself is not given the focus."""
    page = shown(
        """<form id="f" phx-submit="s" phx-hook="Said"><input id="a" required phx-hook="Said"><input id="b" value="x">
        <input id="c" type="email" value="x"><input id="d" required><button>go</button></form>""",
        hooks={"Said": Said()},
    )
    page.get_by_role("button").click()
    page.sim.clock.advance(seconds=0.1)
    assert [event.target.id for event in page.events if event.name == "invalid"] == ["a", "c", "d"]
    assert page.locator(":focus").get_attribute("id") == "c"
    assert [each.get_attribute("id") for each in page.locator(".wrong").all()] == ["a"]


def test_a_form_that_only_tells_of_changes_is_submitted_without_its_button() -> None:
    """CE-45: in the next frame, once a page; the page says what is lost."""
    page = shown(
        '<form id="f" action="/there" phx-change="c"><input name="q" value="1"><button name="by" value="x">go</button></form>'
    )
    page.get_by_role("button").click()
    assert page.url == "http://www.example.com/"
    assert page.get_by_role("button").is_disabled()
    assert "without its button" in page.notes[-1].text
    page.sim.clock.advance(seconds=0.02)
    assert page.url == "http://www.example.com/there?q=1"


# --- links ------------------------------------------------------------------------------------------------------------


def test_the_click_of_a_navigate_link_never_runs_and_the_page_says_so() -> None:
    """CE-29."""
    page = shown("""<.link id="l" navigate="/there" phx-click={JS.push("never")}>l</.link>""", JS=JS)
    page.locator("#l").click()
    assert page.url.endswith("/there")
    (note,) = page.notes
    assert "phx-click" in note.text and "navigate" in note.text


def test_a_live_link_in_a_nested_view_is_the_main_views() -> None:
    """CE-31."""
    page = shown('<i id="at">{@at}</i><.live_render view={Inner} id="inner" />', Inner=Inner)
    page.get_by_role("link", name="inner").click()
    assert page.locator("#at").text_content() == "/?inner"


def test_a_link_with_a_method_is_a_form() -> None:
    """PF-22: what apps load beside the client makes one of it."""
    page = shown('<a id="l" href="#" data-method="delete" data-to="/there" data-csrf="t"><b>delete</b></a>')
    view = page.view
    page.locator("b").click()
    assert (view.request.method, view.request.path) == ("delete", "/there")
    assert view.request.params["_csrf_token"] == "t"
    view.follow_request("/there")
    assert page.get_by_role("heading", name="there").count() == 1


def test_a_click_that_is_not_confirmed_is_heard_by_nobody() -> None:
    """PF-21: the question comes before the client, click-away included."""
    page = shown(
        """<i id="m" phx-click-away="away">m</i><button phx-click="sure" data-confirm="Sure?"><b id="in">x</b></button>"""
    )
    page.locator("#in").click()
    assert told(page) == []
    page.on("dialog", lambda dialog: dialog.accept())
    page.locator("#in").click()
    assert told(page) == ["away", "sure"]


def test_a_link_with_a_method_clicks_a_form_of_its_own() -> None:
    """PF-23: nothing is clicked away by that click, and the views are left before the request."""
    page = shown(
        """<i id="m" phx-click-away="away">m</i><p id="p">p</p>
        <a id="l" href="#" data-method="post" data-to="/there" data-csrf="t">l</a>"""
    )
    view = page.view
    page.locator("#p").click()
    assert told(page) == ["away"]
    page.locator("#l").click()
    assert view.request.path == "/there"
    sent = [frame.payload["event"] for frame in view.wire if frame.event == "event"]
    assert sent == ["away"]


def test_a_place_on_the_same_page_changes_nothing_but_the_address() -> None:
    """PF-17, CE-14: the view hears nothing, and is still there after going back."""
    page = shown('<a id="l" href="#x">x</a><p id="x">x</p><b id="n">{len(@told)}</b>', len=len)
    page.locator("#l").click()
    assert page.url == "http://www.example.com/#x"
    page.go_back()
    assert (page.url, told(page), page.view.process.joined) == ("http://www.example.com/", [], True)


def test_what_is_heard_before_a_link_is_followed() -> None:
    """CE-26, MD-11: the scripts of the page are asked."""
    page = shown('<.link id="l" patch="/?p">l</.link>')
    page.locator("#l").click()
    (before,) = [each for each in page.events if each.name == "phx:before-navigate"]
    assert before.detail == {"href": "http://www.example.com/?p", "patch": True, "pop": False, "direction": "forward"}


@pytest.mark.parametrize("latency", [0.0, 0.1])
def test_nothing_is_said_to_be_busy_but_by_classes(latency: float) -> None:
    """CE-65."""
    page = shown("""<button id="b" phx-click={JS.push("go", page_loading=True)}>b</button>""", JS=JS)
    page.network.latency(latency)
    page.locator("#b").click()
    assert "aria-busy" not in page.content() and "inert" not in page.content()
    assert ("phx-click-loading" in page.content()) == (latency > 0)


# --- the time of typing -----------------------------------------------------------------------------------------------


def test_a_debounce_runs_out_while_the_page_is_offline() -> None:
    """DT-18: what it has to say is lost, and the field counts as used."""
    page = shown('<form id="f" phx-change="c"><input id="a" name="a" phx-debounce="200"><input id="b" name="b"></form>')
    page.locator("#a").fill("x")
    page.network.drop()
    page.sim.clock.advance(seconds=0.3)
    assert any("not connected" in note.text for note in page.notes)
    page.network.restore()
    page.sim.clock.advance(seconds=6)
    page.locator("#b").fill("y")
    event, params = page.view.assigns["told"][-1]
    assert (event, params["a"], "_unused_a" in params) == ("c", "x", False)


# --- joining ----------------------------------------------------------------------------------------------------------


def test_a_page_with_a_nested_view_shows_all_at_once() -> None:
    """CN-4: what the root was told is to be seen once the nested view has joined too."""
    page = shown('<b id="t">{len(@told)}</b><.live_render view={Inner} id="inner" />', Inner=Inner, len=len)
    page.network.latency(0.1)
    page.reload()
    container = page.locator("[data-phx-main]")
    seen: list[str | None] = []
    for _ in range(5):
        page.sim.clock.advance(seconds=0.1)
        seen.append(container.get_attribute("class"))
    assert seen == ["phx-loading", "phx-loading", "phx-loading", "phx-connected", "phx-connected"]
    assert page.get_by_role("link", name="inner").count() == 1


@pytest.mark.parametrize("href", ["#", "/#", "http://www.example.com/#", "#top"])
def test_the_top_of_the_page_is_a_place_on_it(href: str) -> None:
    """`#` alone is a fragment as any other: nothing is loaded, the view is the one that was there."""
    page = shown(f'<a id="l" href="{href}">x</a><a id="m" href="{href}" phx-click="heard">y</a>')
    view, count = page.view, len(page.sim.history)
    page.locator("#l").click()
    assert page.url == f"http://www.example.com/#{href.partition('#')[2]}"
    assert (page.view, len(page.sim.history)) == (view, count)
    page.locator("#m").click()
    assert told(page) == ["heard"]
    page.go_back()
    assert page.url == "http://www.example.com/"
    assert len(page.sim.history) == count + 1


@pytest.mark.parametrize(
    "body",
    [
        '<form action="/there" target="_blank"><button id="b">x</button></form>',
        '<form action="/there" target="win"><button id="b">x</button></form>',
        '<form action="/there"><button id="b" formtarget="_BLANK">x</button></form>',
        '<form action="/there" target="_top"><button id="b" formtarget="other">x</button></form>',
        '<a id="b" href="/there" target="win">x</a>',
    ],
)
def test_what_is_for_another_tab_leaves_this_one(body: str) -> None:
    """Forms as links; from a page as from a view."""
    page = shown(body)
    page.locator("#b").click()
    assert page.url == "http://www.example.com/"
    view = shown(body).view
    assert isinstance(view.element("#b").render_click(), Html)
    view.refute_redirected()


@pytest.mark.parametrize(
    "body",
    [
        '<form action="/there" target="_SELF"><button id="b">x</button></form>',
        '<form action="/there" target="win"><button id="b" formtarget="_self">x</button></form>',
        '<form action="/there" target="_blank"><button id="b" formtarget="">x</button></form>',
        '<a id="b" href="/there" target="_Top">x</a>',
    ],
)
def test_names_of_this_tab(body: str) -> None:
    """In any case; the button's counts before the form's."""
    page = shown(body)
    page.locator("#b").click()
    assert page.get_by_role("heading", name="there").count() == 1
    view = shown(body).view
    view.element("#b").render_click()
    view.assert_redirect()


@pytest.mark.parametrize(
    "body",
    [
        '<a id="b" href="/there" phx-click="said">x</a>',
        '<a href="/there"><b id="b" phx-click="said">x</b></a>',
        '<form action="/there"><button id="b" phx-click="said">x</button></form>',
        '<form id="f" phx-change="typed" action="/there"><button id="b" phx-click="said">x</button></form>',
    ],
)
def test_what_a_click_says_before_it_leaves_is_heard(body: str) -> None:
    """CE-12, CE-14: the frame is on the line before the browser asks for the other page."""
    page = shown(body)
    view = page.view
    page.locator("#b").click()
    page.wait_for_url(re.compile("/there"))
    heard = [frame.payload["event"] for frame in view.wire if (frame.direction, frame.event) == ("client", "event")]
    assert heard == ["said"]
    assert [each.event for each in page.sim.history if each.process == view.id].count("event") == 1


def test_a_host_that_is_not_simulated() -> None:
    """The page notes where the tab would be."""
    page = shown('<a id="l" href="http://other.example/x">x</a>')
    page.locator("#l").click()
    assert page.url == "http://www.example.com/"
    assert [note.text for note in page.notes] == [
        "the tab leaves the simulated host for http://other.example/x: the page before is shown still"
    ]


def test_a_form_that_is_triggered_as_the_page_opens() -> None:
    """FI-23: the join is a patch as any other; by an address as in a new tab. LiveViewTest's handles follow when they are told."""

    class Triggering(LiveView):
        render = heex('<form action="/there" phx-trigger-action><input name="q" value="1" /></form>')

    router = Router([Route("/", Triggering), Route("/there", There)])
    page = Simulation(router).page("/")
    assert page.url == "http://www.example.com/there?q=1"
    page = Simulation(router).page("/there")
    page.goto("/")
    assert page.url == "http://www.example.com/there?q=1"
    view = Simulation(router).live("/")
    assert view.page.url == "http://www.example.com/"
    assert view.element("form").follow_trigger_action().path == "/there?q=1"


@pytest.mark.parametrize(
    ("limits", "inside"),
    [('max="9"', True), ('max="4"', False), ('min="4"', True), ('min="9"', False), ('min="1" max="9"', True)],
)
def test_a_range_that_is_open_on_one_side(limits: str, inside: bool) -> None:
    """`:in-range` and `:out-of-range` of a field that only says one of its limits."""
    page = shown(f'<input id="b" name="b" type="number" value="5" {limits}>')
    assert page.locator("#b:in-range").count() == inside
    assert page.locator("#b:out-of-range").count() == (not inside)
