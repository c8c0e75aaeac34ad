"""Tabs that are kept by themselves, and acts of LiveViewTest's handles in them."""

from __future__ import annotations

from typing import Any

from liveview_core import JS, LiveView, Route, Router, Socket, heex
from liveview_testing import Simulation, View, live


class Kid(LiveView):
    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(n=0)

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        return socket.update("n", lambda n: n + 1)

    render = heex(
        """<p id="note" hidden phx-mounted={JS.remove_attribute("hidden")}><button id="in" phx-click="in">{@n}</button></p>
        <button id="away" phx-click={JS.hide(to="#note")}>away</button>""",
        names={"JS": JS},
    )


class Page(LiveView):
    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(n=0, said=()).allow_upload("docs", accept="any", chunk_size=4)

    def handle_params(self, params: Any, uri: str, socket: Socket) -> Socket:
        return socket

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        match event:
            case "go":
                return socket.push_navigate("/other")
            case "crash":
                raise RuntimeError("crash")
            case "save":
                socket, names = socket.consume_uploaded_entries("docs", lambda content, entry: entry.client_name)
                return socket.assign(said=(*socket.assigns.said, *names))
            case _:
                return socket.update("said", lambda said: (*said, (event, params.get("t"))))

    render = heex(
        """<main><p id="seen" phx-mounted={JS.push("seen")}>{@n}</p>
        <form id="f" phx-change="typed" phx-submit="save"><input id="t" type="text" name="t" />
          <.live_file_input upload={@uploads.docs} /></form>
        <button id="go" phx-click="go">go</button><button id="crash" phx-click="crash">crash</button>
        <div id="box"><button id="in-box" phx-click="box">b</button></div>
        <button id="hide" phx-click={JS.hide(to="#box")}>hide</button>
        <.live_render view={Kid} id="kid" /></main>""",
        names={"JS": JS, "Kid": Kid},
    )


class Other(LiveView):
    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(n=0)

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        return socket.update("n", lambda n: n + 1)

    render = heex(
        """<b id="n">{@n}</b><div id="box" style="display: none"><button id="in-box" phx-click="x">x</button></div>
        <button id="show" phx-click={JS.show(to="#box")}>show</button>""",
        names={"JS": JS},
    )


ROUTER = Router([Route("/", Page), Route("/other", Other)])


def opened(**options: Any) -> View:
    return Simulation(ROUTER, **options).live("/")


def refused(view: View, selector: str) -> bool:
    from liveview_testing.failures.exceptions import ElementHidden

    try:
        view.fork().element(selector).render_click()
    except ElementHidden:
        return True
    return False


def test_nested_views_have_their_own_commands() -> None:
    view = opened()
    assert view.assigns.said == (("seen", None),)
    assert not refused(view, "#in")
    view.element("#in").render_click()
    assert view.element("#in").text == "1"
    view.element("#away").render_click()
    assert refused(view, "#in")
    assert not refused(view, "#in-box")


def test_the_next_page_of_the_tab_is_kept_too() -> None:
    view = opened()
    view.element("#hide").render_click()
    assert refused(view, "#in-box")
    view.element("#go").render_click()
    there = view.follow_redirect()
    assert refused(there, "#in-box")
    there.element("#show").render_click()
    there.element("#in-box").render_click()
    assert there.element("#n").text == "1"


def test_files_are_sent_by_the_handles() -> None:
    view = opened()
    upload = view.file_input("#f", "docs", [{"name": "a.txt", "content": "abcdef"}])
    upload.render_upload("a.txt")
    view.form("#f").render_submit()
    assert view.assigns.said[-1] == "a.txt"


def test_a_crash_brings_the_form_back_and_mounts_anew() -> None:
    view = opened(crashes="restart")
    view.form("#f", {"t": "kept"}).render_change()
    view.element("#hide").render_click()
    view.element("#crash").render_click()
    view.sim.clock.advance(5)
    assert ("typed", "kept") in view.assigns.said


def test_forks_and_what_is_plain() -> None:
    view = live(Other)
    assert not view.sim.world.browsers
    fork = view.fork()
    fork.element("#show").render_click()
    assert not refused(fork, "#in-box")
    assert refused(view, "#in-box")
    assert not view.sim.world.browsers
