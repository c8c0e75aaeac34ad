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


# --- what outlives a join -----------------------------------------------------------------------------------------------


class Chart(LiveView):
    """A view that knows whether it is connected, with a part that a script would look after."""

    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(n="joined" if socket.connected else "first", rows=[1] if socket.connected else [])

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        return socket.assign(n="later")

    render = heex("""<p>{@n}</p><div id="chart" phx-update="ignore" class={@n} data-n={@n}>{@n}</div>
    <div :if={@rows} id="new" phx-update="ignore">{@n}</div><button phx-click="go">go</button>""")


KEPT = '<div id="chart" phx-update="ignore" class="first" data-n="joined">first</div>'


def test_what_is_ignored_keeps_what_was_served_first() -> None:  # PA-12, CH-5
    """An ignored element of the first HTML is there when the view joins: only its data follows; the rest of the page does."""
    page = Simulation(router=Router([Route("/chart", Chart)])).page("/chart")
    view = live("/chart", router=Router([Route("/chart", Chart)]))
    for text in (page.content(), page.view.html, view.html, view.page.content()):
        assert KEPT in text and "<p>joined</p>" in text and '<div id="new" phx-update="ignore">joined</div>' in text
    page.get_by_role("button").click()
    view.element("button").render_click()
    for text in (page.content(), page.view.html, view.html):
        assert KEPT.replace('data-n="joined"', 'data-n="later"') in text and "<p>later</p>" in text


def test_a_page_with_an_ignored_element_is_read_once() -> None:
    """What the tab shows and what LiveViewTest sees is one page, after every join."""
    page = Simulation(router=Router([Route("/chart", Chart)])).page("/chart")
    for _ in range(2):
        world = page.sim.world
        (browser,) = world.browsers.values()
        assert browser.document.page(browser.root) is world.lines[browser.root].page
        page.network.drop()
        page.network.restore()
        page.sim.clock.advance(2)
    assert KEPT in page.content()


class Posts(LiveView):
    def handle_params(self, params: Any, uri: str, socket: Socket) -> Socket:
        return socket.assign(sort=params.get("sort", "date"))

    render = heex(
        """<p>{@sort}</p><.link id="sort" patch="/posts?sort=title">title</.link>
        <.link id="replace" patch="/posts" replace>date</.link><.link id="other" navigate="/other">other</.link>"""
    )


def test_live_links_that_a_handle_clicks_are_followed_by_the_tab() -> None:
    """A person who looks at it is where the handle went: by the address, by the history, in the view that is there then."""
    sim = Simulation(Router([Route("/posts", Posts), Route("/other", Other)]))
    view = sim.live("/posts")
    page = view.page
    view.element("#sort").render_click()
    assert (page.url, view.url, view.element("p").text) == (
        "http://www.example.com/posts?sort=title",
        "/posts?sort=title",
        "title",
    )
    view.element("#replace").render_click()
    view.render_patch("/posts?sort=author")
    assert page.url.endswith("/posts?sort=author")
    page.go_back()
    assert (page.url, view.url) == ("http://www.example.com/posts", "/posts")  # "title" was replaced
    view.element("#other").render_click()
    assert view.assert_redirect() is not None
    other = view.follow_redirect("/other")
    other.element("#show").render_click()
    assert page.url == "http://www.example.com/other"
    page.locator("#box").wait_for()
    page.go_back()
    assert page.locator("p").inner_text() == "date"


def test_a_tab_that_is_looked_at_after_its_connection_was_lost() -> None:
    """CE-63: its client knows that it is not connected: what is done is noted, and nothing is sent."""

    class Counting(LiveView):
        def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
            return socket.assign(n=0)

        def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
            return socket.update("n", lambda n: n + 1)

        render = heex("<button phx-click='more'>{@n}</button>")

    view = Simulation().live(Counting)
    view.drop()
    page = view.page
    page.get_by_role("button").click()
    assert [each.text for each in page.notes] == [
        "'more' of <button> was not sent: its view is not connected, and the client queues nothing"
    ]
    view.rejoin()
    page.get_by_role("button").click()
    assert page.get_by_role("button").text_content() == "1"
