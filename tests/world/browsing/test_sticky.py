"""Sticky views: they stay when the page goes (RT-14)."""

from __future__ import annotations

from typing import Any

import pytest

from liveview_core import LiveSession, LiveView, Route, Router, heex
from liveview_testing import Redirected, Simulation, View, ViewGone, live
from liveview_testing.laws import hold
from liveview_testing.world.page_checks import PageError


class Player(LiveView):
    """Plays a song, whatever page is shown around it."""

    def mount(self, params: Any, session: Any, socket: Any) -> Any:
        return socket.assign(song=session["song"], playing=False, seconds=0).subscribe("songs")

    def handle_event(self, event: str, params: Any, socket: Any) -> Any:
        match event:
            case "play":
                return socket.assign(playing=True).send_interval("tick", 1, name="tick")
            case "rename":
                return socket.assign(song=params["song"])
            case "library":
                return socket.push_navigate("/library")
            case "boom":
                raise RuntimeError("boom")
            case _:
                return socket.redirect("/library")

    def handle_info(self, msg: Any, socket: Any) -> Any:
        return socket.update("seconds", lambda n: n + 1) if msg == "tick" else socket.assign(song=msg)

    render = heex("""
    <p id="now">{@song} {"plays" if @playing else "is silent"} {@seconds}</p>
    <button id="play" phx-click="play">play</button> <button id="library" phx-click="library">library</button>
    <.link id="home" navigate="/">home</.link> <button id="out" phx-click="out">out</button>
    <form id="rename" phx-change="rename"><input name="song" value={@song} /></form>
    """)


class Home(LiveView):
    """A page with the player."""

    def mount(self, params: Any, session: Any, socket: Any) -> Any:
        return socket.assign(clash=False)

    def handle_event(self, event: str, params: Any, socket: Any) -> Any:
        match event:
            case "guarded":
                return socket.push_navigate("/guarded")
            case "boom":
                raise RuntimeError("boom")
            case "clash":
                return socket.assign(clash=True)
            case _:
                return socket.assign(n=1)

    def handle_info(self, msg: Any, socket: Any) -> Any:
        return socket

    render = heex("""
    <h1>Home</h1><.link id="to-library" navigate="/library">library</.link>
    <.live_render view={Player} id="player" session={{"song": "Blue"}} sticky />
    <.live_render view={Player} id="plain" session={{"song": "Red"}} :if={False} /><i :if={@clash} id="now"></i>
    """)


class Library(LiveView):
    """Another one, with the player somewhere else."""

    render = heex("""
    <h1>Library</h1><.link id="to-quiet" navigate="/quiet">quiet</.link>
    <footer><.live_render view={Player} id="player" session={{"song": "Blue"}} sticky /></footer>
    """)


class Quiet(LiveView):
    """One without it."""

    render = heex("""<h1>Quiet</h1>""")


class Guarded(LiveView):
    """One that sends everybody on."""

    def mount(self, params: Any, session: Any, socket: Any) -> Any:
        return socket.push_navigate("/library") if socket.connected else socket

    render = heex("""<h1>Guarded</h1>""")


class Inner(LiveView):
    """A nested view that holds the player."""

    render = heex("""<.live_render view={Player} id="player" session={{"song": "Deep"}} sticky />""")


class Nesting(LiveView):
    """A page with that."""

    render = heex("""<h1>Nesting</h1><.live_render view={Inner} id="inner" />""")


class Clashing(LiveView):
    """A page with an id of the player's."""

    render = heex("""
    <p id="now">now</p><.live_render view={Player} id="player" session={{"song": "Blue"}} sticky />
    """)


class Plain(LiveView):
    """A page with another view in its place."""

    render = heex("""<.live_render view={Quiet} id="player" />""")


ROUTER = Router(
    [
        Route("/", Home),
        Route("/library", Library),
        Route("/quiet", Quiet),
        Route("/guarded", Guarded),
        Route("/nesting", Nesting),
        Route("/clashing", Clashing),
        Route("/plain", Plain),
        LiveSession("other", [Route("/other", Library)]),
    ]
)


def player(view: View) -> View:
    found = view.find_live_child("player")
    assert found is not None
    return found


def joins(view: View) -> int:
    return sum(frame.event == "phx_join" for frame in view.wire)


def test_the_music_goes_on() -> None:
    """From page to page it is the same process, with its timers, its form and its line; without a place for it, it ends."""
    home = live("/", router=ROUTER)
    home.element("#play").render_click()
    home.sim.clock.advance(2)
    home.form("#rename", {"song": "Green"}).render_change()
    music = player(home)

    home.element("#to-library").render_click()
    home.sim.clock.advance(3)  # between the pages
    assert music.element("#now").text == "Green plays 5"
    library = home.follow_redirect("/library")
    assert player(library) == music
    assert library.has_element("footer #player #now", "Green plays 5")
    assert '<footer><div id="player"' in str(library.html)
    assert joins(music) == 1
    library.sim.clock.advance(1)
    assert library.has_element("footer #now", "Green plays 6")
    assert home.live_children() == []
    hold(library.sim)

    quiet = library.live_redirect("/quiet")
    assert quiet.live_children() == []
    assert music.wire[-2].event == "phx_leave"
    with pytest.raises(ViewGone):
        music.element("#now").render()
    assert not quiet.sim.clock.pending

    again = quiet.live_redirect("/")
    assert player(again).element("#now").text == "Blue is silent 0"


def test_it_sends_its_client_elsewhere_and_stays() -> None:
    """NV-9: the page goes, with a note for whoever asserts; the view can ask again. A redirect ends all."""
    home = live("/", router=ROUTER)
    music = player(home)
    assert home.element("#library").render_click() == Redirected("/library", "live_redirect")
    assert home.assert_redirect("/library").kind == "live_redirect"
    assert music.assert_redirect("/library").kind == "live_redirect"
    assert home.line.process is None
    library = home.follow_redirect()
    assert library.element("#home").render_click() == Redirected("/", "live_redirect")  # a link in it
    back = library.follow_redirect()
    assert player(back) == music
    assert joins(music) == 1
    assert back.element("#out").render_click() == Redirected("/library", "redirect")
    loaded = back.follow_redirect()
    assert player(loaded).element("#now").text == "Blue is silent 0"
    assert joins(player(loaded)) == 2


def test_it_asks_again_between_the_pages() -> None:
    """The browser goes where it was sent last."""
    home = live("/", router=ROUTER)
    music = player(home)
    home.render_click("guarded")
    music.render_click("library")
    assert [home.assert_redirect().to, home.assert_redirect().to] == ["/guarded", "/library"]
    assert player(home.follow_redirect("/library")) == music


def test_it_stays_through_a_page_that_sends_on() -> None:
    """A mount that navigates shows no page: the next one is for it."""
    home = live("/", router=ROUTER)
    music = player(home)
    home.render_click("guarded")
    guarded = home.follow_redirect()
    assert isinstance(guarded.render(), Redirected)
    assert player(guarded.follow_redirect("/library")) == music


def test_it_is_on_the_page_that_came_last() -> None:
    """There is one of it in a browser: where the same way is gone twice, the second page has it."""
    home = live("/", router=ROUTER)
    music = player(home)
    home.render_click("guarded")
    first = home.follow_redirect().follow_redirect()
    second = home.follow_redirect().follow_redirect()
    assert first.live_children() == []
    assert second.live_children() == [music]


def test_another_live_session_is_another_document() -> None:
    """RT-8: the page is loaded, and nothing of the old one stays."""
    home = live("/", router=ROUTER)
    music = player(home)
    other = home.live_redirect("/other")
    assert other.wire[-2].payload["url"].endswith("/other")
    assert player(other) == music  # as a handle; its process is a new one
    assert joins(player(other)) == 2
    assert player(other).element("#now").text == "Blue is silent 0"


def test_from_within_a_nested_view() -> None:
    """The client puts it into the new page's root view, wherever it was; only there it can stay."""
    nesting = live("/nesting", router=ROUTER)
    music = player(nesting)
    nesting.sim.broadcast("songs", "Deeper")
    library = nesting.live_redirect("/library")
    assert player(library) == music
    assert library.has_element("footer #now", "Deeper is silent 0")
    nested = library.live_redirect("/nesting")
    assert nested.has_element("#inner #now", "Deep is silent 0")
    assert joins(player(nested)) == 2


def test_its_ids_must_fit_the_new_page() -> None:
    """TK-1: as if it had joined there; and a view that is not sticky does not take its place."""
    home = live("/", router=ROUTER)
    with pytest.raises(PageError, match="2 elements have the id 'now'"):
        home.live_redirect("/clashing")
    plain = home.sim.live("/", router=ROUTER).live_redirect("/plain")
    assert plain.has_element("#player h1", "Quiet")
    assert [child.id for child in plain.live_children()] == [f"{plain.id}:player"]


def test_browsers_are_apart() -> None:
    """Each has its own, in forks too."""
    sim = Simulation(ROUTER)
    ann, ben = sim.live("/"), sim.live("/")
    ann.element("#play").render_click()
    assert player(ann) != player(ben)
    there = sim.fork()
    library = there.view(ann).live_redirect("/library")
    assert library.has_element("#now", "Blue plays 0")
    assert ben.has_element("#now", "Blue is silent 0")
    assert ann.has_element("h1", "Home")


def test_a_crash_around_it() -> None:
    """ER-3: the page joins again around it; its own crash ends it as any other."""
    home = live("/", router=ROUTER, crashes="restart")
    home.element("#play").render_click()
    music = player(home)
    home.render_click("boom")
    home.sim.clock.advance(2)
    assert (joins(home), joins(music)) == (2, 1)
    assert player(home) == music
    assert home.element("#now").text == "Blue plays 2"
    music.render_click("boom")
    home.sim.clock.advance(2)
    assert home.element("#now").text == "Blue is silent 0"
    assert joins(music) == 2
    library = home.live_redirect("/library")
    assert player(library) == music
    assert joins(music) == 2


def test_a_lost_connection_ends_it_too() -> None:
    """LC-46: all processes of the page are on it."""
    home = live("/", router=ROUTER)
    home.element("#play").render_click()
    library = home.live_redirect("/library")
    library.drop()
    library.rejoin()
    assert library.has_element("footer #now", "Blue is silent 0")
    assert library.sim.clock.pending == []


# --- in the root layout


class Nav(LiveView):
    """Stands beside the pages."""

    def mount(self, params: Any, session: Any, socket: Any) -> Any:
        return socket.assign(n=0)

    def handle_event(self, event: str, params: Any, socket: Any) -> Any:
        return socket.push_navigate("/second") if event == "go" else socket.update("n", lambda n: n + 1)

    render = heex(
        """<b id="n">{@n}</b><button id="more" phx-click="more">+</button><button id="go" phx-click="go">go</button>"""
    )


class First(LiveView):
    """One page."""

    container = ("section", {"class": "a"})

    def handle_event(self, event: str, params: Any, socket: Any) -> Any:
        return socket.assign(extra=params["id"]) if event == "show" else socket.stream("rows", [params])

    def mount(self, params: Any, session: Any, socket: Any) -> Any:
        return socket.assign(extra=None).stream("rows", [], dom_id=lambda row: row["id"])

    render = heex("""
    <p>First</p><i :if={@extra} id={@extra}></i><button phx-click="more" phx-target="#n">+</button>
    <ul id="rows" phx-update="stream"><li :for={id, row in @streams.rows} id={id}>{row["id"]}</li></ul>
    """)


class Second(LiveView):
    """Another page."""

    container = ("article", {"class": "b", "data-x": "1"})

    render = heex("""<p>Second</p>""")


AROUND = heex("""
<html><head><title>t</title></head><body id="top"><.live_render view={Nav} id="nav" sticky />{@inner_content}</body></html>
""")

LAID_OUT = Router([LiveSession("main", [Route("/", First), Route("/second", Second)], root_layout=AROUND)])


def test_a_view_in_the_root_layout_joins() -> None:
    """It is one for all pages of the live session, and the document shows it; elements of the page may aim at it."""
    view = live("/", router=LAID_OUT)
    (nav,) = view.live_children()
    assert nav == view.find_live_child("nav")
    assert joins(nav) == 1
    assert "url" not in nav.wire[0].payload
    nav.element("#more").render_click()
    view.element("p + button").render_click()
    assert nav.assigns.n == 2
    assert '<b id="n">2</b>' in str(view.document)
    assert not view.has_element("#n")
    nav.element("#go").render_click()
    second = view.follow_redirect("/second")
    assert second.live_children() == [nav]
    assert joins(nav) == 1
    assert nav.element("#n").text == "2"
    assert '<b id="n">2</b>' in str(second.document)
    second.drop()
    second.rejoin()
    assert nav.element("#n").text == "0"
    hold(second.sim)


def test_the_container_follows() -> None:
    """LC-23: the tag and the attributes are the new view's, what the client knows the element by stays."""
    view = live("/", router=LAID_OUT)
    assert '<section id="phx-1" data-phx-main data-phx-session="session-phx-1"' in str(view.document)
    text = str(view.live_redirect("/second").document)
    assert (
        '<article id="phx-1" data-phx-main data-phx-session="session-phx-1" data-phx-static="static-phx-1" class="b" data-x="1">'
        "<p>Second</p></article>"
    ) in text
    assert "section" not in text


@pytest.mark.parametrize("dom_id", ["top", "nav", "n", "phx-1"])
def test_ids_of_the_root_layout(dom_id: str) -> None:
    """TK-1: the page, a patch, a stream's row, a nested view must not have one of them again."""
    view = live("/", router=LAID_OUT)
    for event in ("show", "row"):
        with pytest.raises(PageError, match=f"2 elements have the id '{dom_id}'"):
            view.render_click(event, {"id": dom_id})
    view.render_click("show", {"id": "other"})
    view.render_click("row", {"id": "free"})


def test_ids_of_other_views_in_a_later_patch() -> None:
    """What a message brings is compared with the views that joined before."""
    view = live("/", router=ROUTER)
    with pytest.raises(PageError, match="2 elements have the id 'now'"):
        view.render_click("clash")
