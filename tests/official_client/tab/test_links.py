"""Links upon links: followed while a page leaves by a transition, while answers are on their way, while the line is down."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any

import pytest

from liveview_core import JS, LiveView, Route, Router, heex
from liveview_testing import Simulation
from liveview_testing.browser.dom.node import root
from liveview_testing.browser.dom.querying import find
from tests.harness.happenings import Choices
from tests.official_client.client import Judges
from tests.official_client.lockstep import Lockstep, asleep


class Counting(LiveView):
    """It counts its events, and shows what a field was told last."""

    def mount(self, params: Any, session: Any, socket: Any) -> Any:
        return socket.assign(at="", n=0, last="", more=False, page_title="t")

    def handle_params(self, params: Any, uri: str, socket: Any) -> Any:
        socket = socket.assign(at=uri, page_title=f"T {uri[-5:]}")
        return socket.push_patch("/one?landed") if "jump" in params else socket

    def handle_event(self, event: str, params: Any, socket: Any) -> Any:
        socket = socket.update("n", lambda n: n + 1)
        match event:
            case "patch":
                return socket.push_patch(f"/one?sp={socket.assigns.n}", replace=bool(socket.assigns.n % 2))
            case "navigate":
                return socket.push_navigate("/two?sn")
            case "more":
                return socket.update("more", lambda more: not more)
            case _:
                last = params.get("v", "") if isinstance(params, dict) else ""
                return socket.assign(last=last).push_event("told", {"n": socket.assigns.n})

    def handle_info(self, message: Any, socket: Any) -> Any:
        return message(socket)

    render = heex("<p>{@n}</p>")


class Inside(Counting):
    """A view inside: it has no title of its own, and no address."""

    handle_params = None  # type: ignore[assignment]

    def mount(self, params: Any, session: Any, socket: Any) -> Any:
        return socket.assign(n=0, last="")


class Bar(Inside):
    render = heex(
        """<b id="bar" phx-hook="Log" phx-mounted={JS.push("m")}>{@n}</b>
        <.link id="bar-patch" patch="/two?bar" phx-click={JS.push("linked")}>p</.link>
        <.link id="bar-go" navigate="/one" phx-click={JS.push("went").add_class("x")}>g</.link>
        <form id="barf" phx-change="c"><input id="bari" name="b"></form>""",
        names={"JS": JS},
    )


class Kid(Inside):
    render = heex(
        """<i id="kid" phx-hook="Log">{@n}</i><.link id="kid-patch" patch="/one?k">kp</.link><button id="kb" phx-click="k">k</button>
        <form id="kf" phx-change="kc"><input id="ki" name="v" value={@last}></form>"""
    )


class One(Counting):
    render = heex(
        """<h1 id="one" phx-hook="Log">{@at}</h1><div id="rm" phx-remove={JS.hide(transition="out", time=40)}>x</div>
        {live_render(@socket, Bar, id="sb", sticky=True)}<div :if={@more}><.live_render view={Kid} id="kidv" /></div>
        <.link id="to-two" navigate="/two">2</.link><.link id="to-one" navigate="/one?again" replace>1</.link>
        <.link id="pa" patch="/one?a=1" phx-click={JS.push("pc").hide(to="#rm", time=30, transition="q")}>a</.link>
        <.link id="pb" patch="/one?b#foo" replace>b</.link><.link id="pj" patch="/one?jump">j</.link>
        <button id="sp" phx-click="patch">sp</button><button id="sn" phx-click="navigate">sn</button>
        <button id="tog" phx-click="more">t</button>
        <button id="jsn" phx-click={JS.push("z").navigate("/two?js").push("y")}>j</button>
        <button id="jsp" phx-click={JS.patch("/one?jsp").push("y")}>j</button>
        <form id="f" phx-change="c" phx-submit="s"><input id="i" name="v" value={@last} phx-debounce="30"><button id="sub">s</button></form>
        <p id="foo" phx-connected={JS.push("conn")} phx-disconnected={JS.add_class("dis")}>{@n}</p><div id="li" phx-hook="Listen"></div>
        """,
        names={"JS": JS, "Bar": Bar, "Kid": Kid},
    )


class Two(Counting):
    render = heex(
        """<h2 id="two" phx-hook="Log">{@at}</h2>{live_render(@socket, Bar, id="sb", sticky=True)}
        <.link id="to-one" navigate="/one" replace>1</.link><.link id="to-three" navigate="/three">3</.link>
        <.link id="pa" patch="/two?a=1">a</.link><form id="f2" phx-change="c"><input id="i2" name="v" value={@last}></form>
        <button id="sp2" phx-click="x">{@n}</button>""",
        names={"Bar": Bar},
    )


class Three(Counting):
    render = heex(
        """<h3 id="three">{@at}</h3><.link id="to-one" navigate="/one">1</.link><.link id="to-two" navigate="/two">2</.link>
        <button id="b3" phx-click="x">{@n}</button><div phx-remove={JS.push("late").transition("z", time=30)} id="r3">r</div>""",
        names={"JS": JS},
    )


ROUTER = Router([Route("/one", One), Route("/two", Two), Route("/three", Three)])
LOGS = ("push", "Failed", "timeout", "view", "error", "lost")


def opened(judges: Judges) -> Lockstep:
    with asleep():
        view = Simulation(ROUTER, crashes="restart").live("/one")
    return Lockstep.of(judges, view, logs=LOGS)


ROUTES = {
    "a patch whose link is gone by then takes its ref": "#bar-go 30 #pb 10 #sp 100",
    "an answer for a view that was left is nobody's": "~10 #sn #bar-go 30 100",
    "links in a row, each on the page that is there then": "#to-one #bar-go #pb 100",
    "a page that was left before it was there is shown for a moment": "#to-one #bar-go #bar-go 30 40 100",
    "two links behind a join": "~10 #sn 50 #to-two #to-one 10 100",
    "a patch and one that leads elsewhere": "#to-two #pb #pa 100",
    "a patch, one of a sticky view, one that jumps": "#pa #bar-patch #pj 50 100",
    "a late page": "~10 #jsn #bar-go 50 100",
    "the stop of a patch comes after the links that waited with it": "#pa #to-one #to-two 30 100",
    "a patch that is left is answered to nobody": "#pa #pj #to-one 600",
    "a late answer for a page that is still to be seen": "#pa #to-two #sp 100",
    "the server's own patch, behind a link": "~30 #bar-patch #sp 100",
    "the server's own patch, for a view that was left": "~10 #sp #to-one 600",
    "a debounce on a page that is leaving": "~10 #to-one 10 #pa #i=a 600",
    "back, while a patch waits": "#pj #sn <1 #pb 100",
    "back, and forward again before it is there": "#to-two 200 ~30 <1 10 >1 20 300",
    "twice back, and forward again": "#pb 50 #to-two 200 ~30 <1 35 <1 20 >1 300",
    "a nested view comes along": "#tog ~10 #pa #kid-patch #ki=x #to-two 200 #to-one 200",
    "back while the line is down: that join is sent before all others": "#sn 100 - + <1 3 30 1000",
    "back while the line is down, and forward again": "#sn 100 - + <1 >1 3 30 1000",
    "back while the line is down, and no try to connect goes well": "#sn 100 - 30 <1 15 + 100 1000",
    "back while the line is down, and it is lost once more": "#sn 100 ~7 - + <1 3 30 - 3 + 1000",
    "answers for a page that is gone are applied out of sight": "#pa #jsn 600 #to-three 100 #to-one 100",
    "several answers for a page that is gone": "#pa #jsp #jsn 600 #to-one 100",
    "a sticky view that tries to join while the line is down": "#to-two 50 #to-three #to-two - 600 + 1000",
    "a nested view that tries to join while the line is down": "#to-one !2 - 100 600",
    "a nested view that comes, while a link is under way": "#pa !2 - 100 + 1000",
    "a view that was navigated to joins again, and its forms are recovered": "#sn 100 ~30 - + 100 1000",
    "the line is lost, and comes again, in a row": "~10 #sp 15 - 5 + 12 - 100 + 1000 #pa 100",
}


@pytest.mark.parametrize("route", ROUTES.values(), ids=ROUTES)
def test_links_in_a_row(
    judges: Judges, route: str
) -> None:  # CN-43, CN-44, CN-50, CN-51, CN-54, CE-29, JC-25, CN-20, HK-15
    both = opened(judges)
    for word in route.split():
        match word[0], word[1:]:
            case "#", _ if "=" in word:
                selector, _, text = word.partition("=")
                both.fill(selector, text)
            case "#", _:
                both.click(word)
            case "~", latency:
                both.latency(int(latency))
            case "<", steps:
                both.go(-int(steps))
            case ">", steps:
                both.go(int(steps))
            case "!", which:
                both.tell(TOLD[int(which)], both.browser.root)
            case "-", _:
                both.drop()
            case "+", _:
                both.restore()
            case _:
                both.advance(int(word))


def test_a_nested_view_names_the_container_that_it_is_in(judges: Judges) -> None:  # NV-12, CN-57a
    """A view that was navigated to stands in the container of the one before, and is known by that."""
    both = opened(judges).click("#to-two").advance(100).click("#to-one").advance(100).click("#tog").click("#kb")
    (kid,) = find(root(both.browser.document), "#kidv")
    assert kid.get("data-phx-parent-id") == "phx-1"


LIKED = (
    *("#to-two", "#to-one", "#to-three", "#pa", "#pb", "#pj", "#sp", "#sn", "#tog", "#jsp", "#bar-patch", "#bar-go"),
    *("#kid-patch", "#kb", "#sub", "#sp2", "#b3"),
)
TOLD: tuple[Callable[[Any], Any], ...] = (
    lambda s: s.update("n", lambda n: n + 1),
    lambda s: s.push_event("told", {}),
    lambda s: s.update("more", lambda more: not more),
)


def walk(both: Lockstep, choices: Choices) -> None:
    """One act of somebody who is in a hurry."""

    def some(selectors: tuple[str, ...]) -> str | None:
        document = root(both.browser.document)
        there = [each for each in selectors if len(find(document, each)) == 1]
        return choices.pick(there) if there else None

    match choices.below(11):
        case 0 | 1 | 2 | 3 | 4:
            if link := some(LIKED):
                both.click(link)
        case 5:
            if field := some(("#i", "#i2", "#bari", "#ki")):
                both.fill(field, choices.pick(("a", "bb", "")))
        case 6 | 7:
            both.advance(choices.pick((0, 10, 30, 50, 100, 600)))
        case 8:
            both.go(-1)
        case 9:
            if not both.browser.flights:
                both.latency(choices.pick((0, 10, 30)))
        case _:
            if both.browser.root in {view.id for view in both.sim.views}:
                both.tell(choices.pick(TOLD), both.browser.root)


@pytest.mark.parametrize("seed", [1, 2, *range(4, 10), *range(12, 16)])
def test_somebody_in_a_hurry(judges: Judges, seed: int) -> None:  # CN-24, CN-47, CN-53, CN-58
    both, choices = opened(judges), Choices(Random(f"hurry {seed}").randrange)
    for _ in range(20):
        walk(both, choices)


# --- places that ordinary links make -----------------------------------------------------------------------------------


class Places(Counting):
    """Links to places on the page, to another address of the view, and to another view."""

    render = heex("""<h1 id="top">{@at}</h1><a id="hash" href="#end">end</a><.link id="patch" patch="/places?p">p</.link>
    <.link id="away" navigate="/more">m</.link><.link id="gone" patch="/more?g">g</.link><p id="end"></p>""")


class More(Counting):
    """The same, and what joins by itself, and what speaks as it is mounted."""

    render = heex(
        """<i id="speaks" phx-hook="Push">{@at}</i><a id="hash" href="#end">end</a><.link id="patch" patch="/more?p">p</.link>
        <.link id="away" navigate="/places">m</.link><p id="end"></p>{live_render(@socket, Bar, id="sb", sticky=True)}""",
        names={"Bar": Bar},
    )


PLACES = Router([Route("/places", Places), Route("/more", More)])


@pytest.mark.parametrize("first", ["#patch", "#away", "#gone", "#hash"])
@pytest.mark.parametrize("then", ["#patch", "#away", "#hash"])
def test_places_that_ordinary_links_make(judges: Judges, first: str, then: str) -> None:  # CN-41, CN-47, CN-50, PA-17
    """The client notes no address that differs by its fragment only, and knows no view of the place that such a link has made:
    back there the page is asked for by a join. A sticky view is joined before any hook has spoken.
    """
    with asleep():
        view = Simulation(PLACES, crashes="restart").live("/places")
    both = Lockstep.of(judges, view, logs=LOGS).click("#hash").click(first).advance(20).click("#hash").click(then)
    for by in (-1, -1, 1, -1, -1, 1, 1):
        both.advance(20).go(by)
    both.advance(20).click("#hash").drop().advance(5).restore().advance(1_000).click("#away").advance(20).go(-1)


class Hurry(LiveView):
    render = heex("""<button id="away" phx-click={JS.navigate("/three")}>a</button>""", names={"JS": JS})


class Leaving(LiveView):
    """What leaves by a transition, with a sticky view that leads elsewhere meanwhile."""

    render = heex(
        """<p id="p" phx-remove={JS.transition("fade", time=40)}>p</p>{live_render(@socket, Hurry, id="sb", sticky=True)}
        <.link id="to-nest" navigate="/nest">n</.link>""",
        names={"JS": JS, "Hurry": Hurry},
    )


class Nest(LiveView):
    render = heex("<h2>nest</h2><.live_render view={Kid} id='kidv' />", names={"Kid": Kid})


def test_a_page_with_nested_views_that_is_left_before_it_is_there() -> None:  # CN-54
    """The client's own code stops there; here it goes on, and says so."""
    there = Simulation(Router([Route("/", Leaving), Route("/nest", Nest), Route("/three", Three)])).page("/")
    there.locator("#to-nest").click()
    there.locator("#away").click()
    there.wait_for_timeout(500)
    assert there.url == "http://www.example.com/three"
    (note,) = [each for each in there.notes if each.rule == "CN-54"]
    assert "'http://www.example.com/nest', which has nested views, was left before it was there" in note.text


class Start(Counting):
    render = heex(
        """<p>{@at} {@n}</p><.link id="gone" patch="/nest">g</.link>
        <button id="stays" phx-click={JS.push("z").patch("/start?stays")}>s</button>""",
        names={"JS": JS},
    )


def test_what_waits_on_a_page_that_is_left_and_stays(judges: Judges) -> None:  # LK-28, CN-54
    """The page that comes in its place has its id, so that its join ends all waits, though it is not shown."""
    with asleep():
        view = Simulation(Router([Route("/start", Start), Route("/nest", Nest)]), crashes="restart").live("/start")
    both = Lockstep.of(judges, view, logs=LOGS).latency(5).click("#gone").click("#stays").advance(100)
    assert "data-phx-ref" not in both.dom()
