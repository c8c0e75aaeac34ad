"""Kept tabs whose connection is cut, silent or slow; pages that are loaded again; back and forward over documents."""

from __future__ import annotations

from typing import Any

import pytest

from liveview_core import JS, LiveSession, LiveView, Route, Router, heex
from liveview_testing import Simulation, View
from liveview_testing.browser import stimuli
from liveview_testing.browser.browser import Browser
from liveview_testing.browser.dom.node import root
from liveview_testing.browser.dom.querying import find
from liveview_testing.world.simulation import tab_history
from liveview_testing.world.tabs import network, tabs

FAILING: list[bool] = []


class Home(LiveView):
    def mount(self, params: Any, session: Any, socket: Any) -> Any:
        if FAILING and socket.connected:
            raise ValueError("no")
        return socket.assign(n=0, at="0", name="", page_title="Home")

    def handle_params(self, params: Any, uri: str, socket: Any) -> Any:
        return socket.assign(at=params.get("p", "0"))

    def handle_event(self, event: str, params: Any, socket: Any) -> Any:
        match event:
            case "bad":
                raise ValueError("bad")
            case "named":
                return socket.assign(name=params["name"])
            case "away":
                return socket.redirect(to="/admin")
            case _:
                return socket.update("n", lambda n: n + 1)

    render = heex(
        """<b id="at">{@at}</b><i id="n">{@n}</i><button id="go" phx-click="go">go</button>
        <button id="bad" phx-click="bad">x</button>
        <button id="away" phx-click="away">away</button><button id="slow" phx-click={JS.push("go", page_loading=True)}>s</button>
        <a :for={n in "12"} id={f"to-{n}"} data-phx-link="patch" data-phx-link-state="push" href={f"/?p={n}"}>{n}</a>
        <.link id="nav" navigate="/other">o</.link><.link id="admin" navigate="/admin">a</.link>
        <a id="plain" href="/other?x=1">p</a>
        <form id="f" phx-change="named"><input id="name" name="name" value={@name}></form>""",
        names={"JS": JS},
    )


class Other(LiveView):
    def mount(self, params: Any, session: Any, socket: Any) -> Any:
        return socket.assign(page_title="Other")

    render = heex("""<h1 id="other">other</h1><.link id="home" navigate="/?p=7">h</.link>""")


ROUTER = Router([Route("/", Home), Route("/other", Other), LiveSession("admin", [Route("/admin", Other)])])


class Tab:
    """A kept tab, in the words of these tests."""

    def __init__(self, view: View) -> None:
        self.sim = view.sim
        self.number = self.sim.act(lambda run: tabs.keep(run, view.id))

    @property
    def browser(self) -> Browser:
        return self.sim.world.browsers[self.number]

    @property
    def classes(self) -> str:
        (container,) = (each for each in root(self.browser.document).iter() if each.get("data-phx-main") is not None)
        return container.get("class") or ""

    def text(self, selector: str) -> str:
        (found,) = find(root(self.browser.document), selector)
        return found.text

    def click(self, selector: str) -> None:
        (found,) = find(root(self.browser.document), selector)
        self.do(lambda run: tabs.react(run, self.number, stimuli.Click(found.key)))

    def fill(self, selector: str, text: str) -> None:
        (found,) = find(root(self.browser.document), selector)
        self.do(lambda run: tabs.react(run, self.number, stimuli.Fill(found.key, text)))

    def do(self, act: Any) -> Any:
        return self.sim.act(act)

    def wait(self, seconds: float) -> None:
        self.sim.clock.advance(seconds)

    def heard(self, name: str) -> list[Any]:
        return [event.detail for event in self.browser.events if event.name == name]


@pytest.fixture
def tab() -> Tab:
    FAILING.clear()
    return Tab(Simulation(ROUTER, crashes="restart").live("/"))


def drop(tab: Tab) -> None:
    tab.do(lambda run: network.drop(run, tab.number))


def restore(tab: Tab) -> None:
    tab.do(lambda run: network.restore(run, tab.number))


def timers(tab: Tab) -> list[float]:
    return [round(each.seconds, 3) for each in tab.sim.clock.pending]


def test_a_whole_line_has_no_timers(tab: Tab) -> None:
    """LO-14."""
    tab.click("#go")
    tab.click("#to-1")
    assert timers(tab) == []
    assert tab.browser.network.heartbeat is None


def test_the_schedule_of_tries(tab: Tab) -> None:
    """CN-20: what fails is tried again later and later; the first try with a network goes well."""
    drop(tab)
    waits: list[float] = []
    for _ in range(12):
        before = tab.sim.world.now
        tries = tab.browser.network.tries
        while tab.browser.network.tries == tries:
            tab.wait(0.005)
        waits.append(round((tab.sim.world.now - before) / 1e6, 3))
    assert waits == [0.01, 0.05, 0.1, 0.15, 0.2, 0.25, 0.5, 1.0, 2.0, 5.0, 5.0, 5.0]
    restore(tab)
    assert not tab.browser.online
    tab.wait(5)
    assert tab.browser.online
    assert tab.classes == "phx-connected"
    assert tab.browser.network.tries == 0


def test_a_form_survives_a_lost_connection(tab: Tab) -> None:
    """FI-30, FI-33, CN-7."""
    tab.fill("#name", "ann")
    drop(tab)
    assert tab.classes == "phx-loading phx-error phx-client-error"
    tab.fill("#name", "anna")  # CE-63: nobody hears that now
    restore(tab)
    tab.wait(0.01)
    assert tab.text("#n") == "0"
    (field,) = find(root(tab.browser.document), "#name")
    assert (field.get("value"), field.value) == ("anna", "anna")
    assert [note.rule for note in tab.browser.notes] == ["CE-63"]


def test_views_drop_and_rejoin_by_their_tab(tab: Tab) -> None:
    """What `view.drop()` and `view.rejoin()` do is seen by the tab of the view."""
    view = next(iter(tab.sim.views))
    view.drop()
    assert "phx-client-error" in tab.classes
    view.rejoin()
    assert tab.classes == "phx-connected"
    assert view.has_element("#n", "0")


def test_a_page_that_cannot_be_joined_is_loaded_again(tab: Tab) -> None:
    """CN-13, CN-15: between five and ten seconds later; the eleventh time in a row half a minute later."""
    FAILING.append(True)
    tab.click("#bad")
    tab.wait(1)
    assert "phx-server-error" in tab.classes
    waits: list[float] = []
    for _ in range(12):
        before, document = tab.sim.world.now, tab.browser.history.documents
        assert tab.browser.network.reload is not None
        due = tab.browser.timers[tab.browser.network.reload].due - before
        tab.wait(due / 1e6)
        assert tab.browser.history.documents == document + 1
        waits.append(due / 1e6)
    assert all(5 <= wait <= 10 for wait in waits[:10])
    assert waits[10:] == [30, 30]
    FAILING.clear()
    tab.wait(30)
    assert tab.classes == "phx-connected"
    assert not tab.browser.network.reloads


def test_the_jitter_is_the_seeds() -> None:
    def due(seed: int) -> list[float]:
        FAILING.clear()
        tab = Tab(Simulation(ROUTER, crashes="restart", seed=seed).live("/"))
        FAILING.append(True)
        tab.click("#bad")
        tab.wait(1)
        return timers(tab)

    assert due(1) == due(1) != due(2)


def test_a_held_line_is_given_up(tab: Tab) -> None:
    """CN-23, CN-28: no heartbeat comes back in time."""
    tab.wait(7)
    tab.do(lambda run: network.hold(run, tab.number))
    tab.click("#go")
    tab.wait(29)
    assert tab.browser.online
    assert len(tab.browser.flights) == 1
    tab.wait(1)  # the push was not answered for half a minute
    assert not tab.browser.online
    assert tab.browser.network.reload is not None
    assert any(note.rule == "CN-28" for note in tab.browser.notes)


def test_a_silent_line_without_pushes(tab: Tab) -> None:
    """CN-23: the next heartbeat at 30 seconds, and 30 more until it counts as lost."""
    tab.wait(7)
    tab.do(lambda run: network.hold(run, tab.number))
    tab.wait(52.999)
    assert tab.browser.online
    tab.wait(0.001)
    assert not tab.browser.online
    tab.do(lambda run: network.release(run, tab.number))
    tab.wait(0.02)
    assert tab.classes == "phx-connected"
    assert timers(tab) == []


def test_page_loading_ends_with_a_timeout(tab: Tab) -> None:
    """CN-28, CN-29: the push of before the crash fails half a minute later; nothing is loaded, because it has joined again."""
    tab.do(lambda run: tabs.react(run, tab.number, stimuli.Hover(find(root(tab.browser.document), "#n")[0].key)))
    before = tab.browser
    tab.do(lambda run: network.hold(run, tab.number))
    tab.click("#slow")
    assert tab.heard("phx:page-loading-start") == [{"kind": "element", "target": "slow"}]
    drop(tab)
    tab.do(lambda run: network.release(run, tab.number))
    restore(tab)
    tab.wait(1)
    assert tab.classes == "phx-connected"
    assert {"kind": "element", "target": "slow"} not in tab.heard("phx:page-loading-stop")
    tab.wait(29)
    assert {"kind": "element", "target": "slow"} in tab.heard("phx:page-loading-stop")
    assert tab.browser.online
    assert tab.browser.network.reload is None
    assert before.network.reload is None


def test_back_and_forward(tab: Tab) -> None:
    """CN-47 … CN-49: patches, live navigation, documents."""
    tab.click("#to-1")
    tab.click("#nav")
    assert tab.browser.title == "Home"
    tab.wait(0.016)
    assert (tab.browser.title, tab.text("#other")) == ("Other", "other")  # PA-1
    tab.do(lambda run: tab_history.goto(run, tab.number, "/?p=9"))
    documents = tab.browser.history.documents
    places: list[str] = []
    while tab.do(lambda run: tab_history.go_back(run, tab.number)):
        places.append(tab.browser.url.removeprefix("http://www.example.com"))
    assert places == ["/other", "/?p=1", "/"]
    assert tab.text("#at") == "0"
    while tab.do(lambda run: tab_history.go_forward(run, tab.number)):
        places.append(tab.browser.url.removeprefix("http://www.example.com"))
    assert places[3:] == ["/?p=1", "/other", "/?p=9"]
    assert tab.text("#at") == "9"
    assert tab.browser.history.documents > documents
    kinds = [(detail["patch"], detail["direction"]) for detail in tab.heard("phx:navigate") if detail["pop"]]
    assert kinds == [(False, "backward"), (True, "backward"), (True, "forward"), (False, "forward")]


def test_loads(tab: Tab) -> None:
    """CN-55, CN-56: another live session is loaded; so is what a redirect or a plain link leads to."""
    tab.click("#admin")
    assert tab.browser.url.endswith("/admin")
    assert tab.browser.history.documents == 1
    tab.do(lambda run: tab_history.go_back(run, tab.number))
    tab.click("#away")
    assert (tab.text("#other"), tab.browser.history.documents) == ("other", 3)
    tab.do(lambda run: tab_history.go_back(run, tab.number))
    tab.click("#plain")
    assert tab.browser.url.endswith("/other?x=1")
    tab.do(lambda run: tab_history.reload(run, tab.number))
    assert tab.browser.url.endswith("/other?x=1")
    assert tab.classes == "phx-connected"
    assert len([line for line in tab.sim.world.lines.values() if line.joined]) == 1


def test_a_page_that_is_loaded_under_latency(tab: Tab) -> None:
    """CN-1, CN-3: first the page as it was served, and nothing that is clicked is heard."""
    tab.do(lambda run: tab_history.goto(run, tab.number, "/"))
    browser = tab.browser

    def slow(run: Any) -> None:
        from attrs import evolve

        run.browsers = run.browsers.set(tab.number, evolve(browser, latency=50_000))

    tab.do(slow)
    tab.do(lambda run: tab_history.goto(run, tab.number, "/?p=3"))
    assert (tab.text("#at"), tab.classes) == ("3", "")
    tab.wait(0.001)
    assert tab.classes == "phx-loading"
    tab.click("#go")
    tab.wait(0.099)
    assert (tab.classes, tab.text("#n")) == ("phx-connected", "0")
    tab.click("#go")
    tab.wait(0.1)
    assert tab.text("#n") == "1"


def test_without_a_network_no_page_is_loaded(tab: Tab) -> None:
    """The page comes as soon as there is one."""
    drop(tab)
    tab.do(lambda run: tab_history.goto(run, tab.number, "/?p=4"))
    assert find(root(tab.browser.document), "#at") == []
    restore(tab)
    assert (tab.text("#at"), tab.classes) == ("4", "phx-connected")


def test_forks_go_their_own_ways(tab: Tab) -> None:
    """A tab is a value: what waits for a reconnect waits in every fork."""
    drop(tab)
    world = tab.sim.world
    other = tab.sim.fork()
    restore(tab)
    tab.wait(0.01)
    assert tab.classes == "phx-connected"
    assert other.world.browsers[tab.number] is world.browsers[tab.number]
    other.act(lambda run: network.restore(run, tab.number))
    other.clock.advance(0.01)
    assert other.world.browsers[tab.number].online


def test_going_back_by_the_handle() -> None:
    """The browser's buttons, for a view without a tab: replaced entries are skipped, other views are navigated to."""
    view = Simulation(ROUTER).live("/")
    view.element("#to-1").render_click()
    view.element("#to-2").render_click()
    view.go_back()
    assert view.element("#at").text == "1"
    view.go_forward()
    assert view.element("#at").text == "2"
    with pytest.raises(ValueError, match="no place to go forward to"):
        view.go_forward()
    other = view.live_redirect("/other")
    other.go_back()
    back = other.follow_redirect()
    assert back.element("#at").text == "2"
    with pytest.raises(ValueError, match="no place to go back to"):
        Simulation(ROUTER).live("/").go_back()


def test_handles_of_a_kept_tab_follow_it(tab: Tab) -> None:
    """What a handle does to a view whose tab is kept, its tab does."""
    (view,) = tab.sim.views
    other = view.live_redirect("/other")
    assert (other.id, tab.text("#other")) == (tab.browser.root, "other")
    other.go_back()
    assert tab.text("#at") == "0"
    tab.click("#away")
    (here,) = tab.sim.views
    assert (here.id, here.has_element("#other")) == (tab.browser.root, True)
