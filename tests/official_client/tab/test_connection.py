"""CN, HK, FI: crashes, losses and recovery, ours and the official client's in lockstep (browser.md 11, CN)."""

from __future__ import annotations

from typing import Any

import pytest

from liveview_core import JS, LiveView, Route, Router, heex
from liveview_testing import Simulation
from tests.harness.counting_pages import Box, page
from tests.official_client.client import Judges
from tests.official_client.lockstep import Lockstep

PAGE = """<p id="p" phx-hook="Log">{@n} {@last}</p><button id="b" phx-click="go">go</button>
<button id="bad" phx-click="bad">x</button>
<i id="i" phx-connected={JS.add_class("on").remove_class("off")} phx-disconnected={JS.add_class("off").remove_class("on")}>i</i>"""


def fail(socket: Any, params: Any) -> Any:
    raise ValueError("bad")


def plain(judges: Judges, **options: Any) -> Lockstep:
    return Lockstep.of(judges, page(PAGE, {"JS": JS}, bad=fail), crashes="restart", **options)


def test_cn2_losses_of_several_lengths(judges: Judges) -> None:  # CN-8, CN-9, CN-21, CN-2
    """CN-10, CN-11, CN-20, HK-11, HK-12, HK-33, HK-34."""
    for milliseconds in (5, 10, 100, 160, 600, 3_000):
        both = plain(judges)
        both.click("#b").advance(20).drop().advance(milliseconds).restore().advance(20_000).click("#b").advance(100)


def test_cn2_a_loss_while_offline(judges: Judges) -> None:
    """CN-25, CE-63: nothing is queued."""
    both = plain(judges)
    both.drop().click("#b").advance(700).click("#b").restore().advance(2_000).click("#b").drop().restore().advance(100)
    assert [payload["event"] for _, payload in both.frames] == ["go"]


def test_cn1_a_crash(judges: Judges) -> None:  # CN-12
    """CN-12: one second, then it joins again."""
    both = plain(judges, logs=("view crashed",))
    both.click("#b").click("#bad").advance(999).click("#b").advance(1).click("#b").advance(600)
    both.click("#bad").advance(400).click("#bad").advance(2_000)


class Inner(LiveView):
    def mount(self, params: Any, session: Any, socket: Any) -> Any:
        return socket.assign(n=0, v="")

    def handle_event(self, event: str, params: Any, socket: Any) -> Any:
        if event == "bad":
            raise ValueError("bad")
        return socket.update("n", lambda n: n + 1).assign(v=params.get("v", ""))

    render = heex("""<u id="u" phx-hook="Log">{@n}</u><button id="ib" phx-click="go">go</button>
    <button id="ibad" phx-click="bad">x</button><form id="if" phx-change="c"><input id="iv" name="v" value={@v}></form>
    <s id="s" phx-connected={JS.add_class("on")} phx-disconnected={JS.add_class("off")}>s</s>""")


class Outer(LiveView):
    def mount(self, params: Any, session: Any, socket: Any) -> Any:
        return socket.assign(n=0, v="", shown=True)

    def handle_params(self, params: Any, uri: str, socket: Any) -> Any:
        return socket

    def handle_event(self, event: str, params: Any, socket: Any) -> Any:
        if event == "bad":
            raise ValueError("bad")
        if event == "toggle":
            return socket.update("shown", lambda shown: not shown)
        return socket.update("n", lambda n: n + 1).assign(v=params.get("v", ""))

    render = heex("""<p id="p" phx-hook="Log">{@n}</p><button id="ob" phx-click="go">go</button>
    <button id="t" phx-click="toggle">t</button>
    <button id="obad" phx-click="bad">x</button><form id="of" phx-change="c"><input id="ov" name="v" value={@v}></form>
    {live_render(@socket, Inner, id="kid") if @shown else None}<hr>""", names={"Inner": Inner})  # fmt: skip


def nested(judges: Judges, **options: Any) -> Lockstep:
    sim = Simulation(crashes="restart")
    return Lockstep.of(judges, sim.live(Outer), **options)


def test_hk5_the_loss_of_a_page_with_a_nested_view(judges: Judges) -> None:  # CN-6
    """HK-13, HK-34, PA-16a, CN-33, FI-39."""
    both = nested(judges)
    both.click("#ib").click("#ob").fill("#iv", "in").fill("#ov", "out").advance(20)
    both.drop().advance(600).restore().advance(1_000).click("#ib").advance(100)
    assert [payload["event"] for _, payload in both.frames][-4:] == ["c", "c", "c", "go"]


def test_hk5_a_crash_of_the_nested_view_alone(judges: Judges) -> None:
    """HK-13, FI-40."""
    both = nested(judges, logs=("view crashed",))
    both.click("#ib").fill("#iv", "in").click("#ibad").advance(700).click("#ob").advance(400).click("#ib").advance(100)
    both.click("#obad").advance(1_100).click("#ib").fill("#iv", "two").click("#ibad").advance(1_100)


def test_pa17_nested_views_that_come_and_go(judges: Judges) -> None:
    both = nested(judges)
    both.click("#t").advance(20).click("#t").advance(20).click("#ib").click("#t").click("#t").advance(20).click("#ib")


FORMS = """<p>{@n} {@last}</p><form id="a" phx-change="one" phx-value-k="1"><input id="h" type="hidden" name="h" value="1">
<input id="x" name="x"><input id="y" name="y" phx-change="own"></form>
<form id="b" phx-change="two" phx-auto-recover={JS.push("again", value={"z": 1})}>
<select id="c" name="c"><option>1</option><option>2</option></select></form>
<form id="e" phx-change="three" phx-auto-recover="ignore"><input id="z" name="z"></form>
<form id="d" phx-change="four"><input id="w" name="w" phx-change="own"></form>"""


def test_fi6_recovery(judges: Judges) -> None:
    """FI-30…FI-36, FI-38."""
    both = Lockstep.of(judges, page(FORMS, {"JS": JS}), crashes="restart")
    both.fill("#x", "ann").fill("#z", "no").choose("#c", "2").focus("#x").advance(20)
    both.drop().advance(100).restore().advance(1_000)
    assert [payload["event"] for _, payload in both.frames][-2:] == ["one", "again"]


def test_lk7_locked_while_the_connection_is_lost(judges: Judges) -> None:  # LK-28, LK-29
    """LK-28, LK-30, CN-29."""
    both = plain(judges, logs=("Failed to push event",))
    both.latency(50).click("#b").advance(20).drop().advance(5).restore().advance(1_000).click("#b").advance(40_000)


def test_cn9_push_timeout_under_a_crash(judges: Judges) -> None:
    both = plain(judges, logs=("view crashed", "push timeout", "Failed to push"))
    both.click("#bad").advance(29_000).advance(2_000)


# --- links --------------------------------------------------------------------------------------------------------------

LINKS = """<b id="at">{@at}</b><a :for={n in "123"} id={f"to-{n}"}
data-phx-link="patch" data-phx-link-state={"replace" if n == "2" else "push"} href={f"/?p={n}"}>{n}</a>
<.link id="nav" navigate="/other">o</.link><button id="go" phx-click="go">{@n}</button><p id="p" phx-hook="Log">p</p>
<div id="r" phx-remove={JS.hide(transition="fade", time=50)}><u id="rr" phx-remove={JS.add_class("x")}>r</u></div>
<form id="f" phx-change="c"><input id="v" name="v"></form>"""


class Home(LiveView):
    def mount(self, params: Any, session: Any, socket: Any) -> Any:
        return socket.assign(n=0, at="0", page_title="Home")

    def handle_params(self, params: Any, uri: str, socket: Any) -> Any:
        return socket.assign(at=params.get("p", "0"))

    def handle_event(self, event: str, params: Any, socket: Any) -> Any:
        if event == "away":
            return socket.push_navigate(to="/other")
        if event == "patch":
            return socket.push_patch(to="/?p=server")
        return socket.update("n", lambda n: n + 1)

    def handle_info(self, message: Any, socket: Any) -> Any:
        return socket.assign(at=message) if message[0] != "/" else socket.push_patch(to=message)

    render = heex(LINKS, names={"JS": JS})


class Other(LiveView):
    def mount(self, params: Any, session: Any, socket: Any) -> Any:
        return socket.assign(n=0)

    def handle_event(self, event: str, params: Any, socket: Any) -> Any:
        return socket.update("n", lambda n: n + 1)

    render = heex("""<h1 id="o" phx-hook="Log">{@n}</h1><button id="go" phx-click="go">go</button>
    <i phx-mounted={JS.add_class("here")}>i</i><.link id="home" navigate="/?p=9">h</.link>""", names={"JS": JS})  # fmt: skip


ROUTER = Router([Route("/", Home), Route("/other", Other)])


def home(judges: Judges, **options: Any) -> Lockstep:
    return Lockstep.of(judges, Simulation(ROUTER, crashes="restart").live("/"), **options)


def test_cn7_patches_back_and_forward(judges: Judges) -> None:  # CN-40
    """CN-41, CN-42, CN-47…CN-49."""
    both = home(judges)
    for n in "1123":
        both.click(f"#to-{n}").advance(20)
    both.go(-1).advance(20).go(-1).advance(20).go(1).advance(20).go(1).advance(20).go(-1).advance(20).click(
        "#to-1"
    ).advance(20)
    assert both.browser.url.endswith("/?p=1")


def test_cn6_live_navigation(judges: Judges) -> None:
    """CN-50…CN-53, HK-14."""
    both = home(judges)
    both.click("#go").fill("#v", "typed").advance(20).click("#nav").advance(20).click("#r").advance(100).click("#go")
    both.advance(20).click("#home").advance(100).click("#go").go(-1).advance(100).go(-1).advance(200).click("#go")


def test_cn5_two_links_pending(judges: Judges) -> None:  # CN-46
    """CN-43, CN-44, CN-24."""
    both = home(judges)
    both.latency(50).click("#to-1").advance(20).click("#to-1").click("#to-3").tell("told").advance(60).advance(
        60
    ).advance(100)
    both.click("#to-1").advance(20).tell("/?p=server").advance(40).tell("later").advance(200)


def test_cn5_a_server_patches_and_navigates(judges: Judges) -> None:
    both = home(judges)
    both.tell("/?p=server").advance(20)
    both.go(-1).advance(20)


def test_cn6_navigating_twice_under_latency(judges: Judges) -> None:
    """CN-54."""
    both = home(judges)
    both.latency(50).click("#nav").advance(80).click("#go").advance(200).click("#home").advance(300)


def test_a_loss_while_a_link_is_pending(judges: Judges) -> None:
    """CN-18."""
    both = home(judges)
    both.latency(50).click("#to-1").advance(20).drop().advance(1_000)
    assert both.browser.network.reload is not None


def test_a_join_that_takes_time(judges: Judges) -> None:
    """CN-1, CN-3: pushes before the join are dropped; HK-34."""
    both = home(judges)
    both.latency(80).drop().advance(20).restore().advance(100).click("#go").advance(300).click("#go").advance(400)


# --- joins that fail ----------------------------------------------------------------------------------------------------

FAILING: dict[str, int] = {}


class Shaky(LiveView):
    """A view whose next mounts fail, as many as FAILING says."""

    def mount(self, params: Any, session: Any, socket: Any) -> Any:
        if socket.connected and FAILING.get(type(self).__name__, 0):
            FAILING[type(self).__name__] -= 1
            raise ValueError("no")
        return socket.assign(n=0)

    def handle_event(self, event: str, params: Any, socket: Any) -> Any:
        if event == "bad":
            raise ValueError("bad")
        return socket.update("n", lambda n: n + 1)

    render = heex("""<p id="p" phx-hook="Log">{@n}</p><button id="b" phx-click="go">go</button>
    <button id="bad" phx-click="bad">x</button>
    <s id="s" phx-disconnected={JS.add_class("off")}>s</s>""", names={"JS": JS})  # fmt: skip


class Around(LiveView):
    def mount(self, params: Any, session: Any, socket: Any) -> Any:
        return socket.assign(n=0)

    def handle_event(self, event: str, params: Any, socket: Any) -> Any:
        return socket.update("n", lambda n: n + 1)

    render = heex("""<h1 id="h" phx-hook="Log">{@n}</h1><button id="a" phx-click="go">go</button>
    {live_render(@socket, Shaky, id="kid")}<hr>""", names={"Shaky": Shaky})  # fmt: skip


def test_cn1_a_join_error_after_a_crash(judges: Judges) -> None:
    """CN-13, HK-34: one rejoin, then the page is loaded again."""
    FAILING.clear()
    both = Lockstep.of(judges, Simulation(crashes="restart").live(Shaky), logs=("view crashed", "unable to join"))
    FAILING["Shaky"] = 1
    both.click("#b").click("#bad").advance(999).advance(1).click("#b").advance(600).advance(3_000)
    assert both.browser.network.reload is not None


def test_cn4_a_nested_view_that_fails_three_times(judges: Judges) -> None:
    """CN-5, CN-17."""
    FAILING.clear()
    logs = ("view crashed", "unable to join", "giving up")
    both = Lockstep.of(judges, Simulation(crashes="restart").live(Around), logs=logs)
    FAILING["Shaky"] = 5
    both.click("#bad").advance(1_000).click("#a").advance(1_000).advance(2_000).click("#a").advance(600).click("#b")


def test_cn4_a_nested_view_that_recovers(judges: Judges) -> None:
    FAILING.clear()
    both = Lockstep.of(judges, Simulation(crashes="restart").live(Around), logs=("view crashed", "unable to join"))
    FAILING["Shaky"] = 1
    both.click("#bad").advance(1_000).click("#a").advance(2_100).click("#b").advance(600)


# --- more of recovery ---------------------------------------------------------------------------------------------------

TARGETS = """<p>{@n} {@last}</p><form :if={@on} id="a" phx-change="one" phx-target={@to}><input id="x" name="x">
<button id="k" name="k" value="1">k</button></form>
<form id="b" phx-change={JS.push("two", target="#box-1").add_class("was", to="#q")}>
<input id="y" name="y"><input id="ext" form="b" name="ext"></form><q id="q"></q><.live_component module={Box} id="1" />
<textarea form="b" id="out" name="out"></textarea>"""


@pytest.mark.parametrize("to", [None, "#box-1", "#nowhere", "1"])
def test_fi33_targets(judges: Judges, to: str | None) -> None:
    """FI-33, FI-37."""
    view = page(TARGETS, {"JS": JS, "Box": Box}, state={"to": to, "on": True})
    logs = ("nothing found matching", "no component found")
    both = Lockstep.of(judges, view, crashes="restart", logs=logs)
    both.fill("#y", "two").fill("#ext", "three").fill("#out", "four").focus("#x").type("a").advance(50)
    both.drop().advance(100).restore().advance(1_000).tell({"last": "told"}).advance(600)


def test_fi37_a_crash_while_a_form_is_recovered(judges: Judges) -> None:
    view = page(
        """<p>{@n} {@last}</p><form id="a" phx-change="one"><input id="x" name="x"></form>
        <form id="b" phx-change="two"><input id="y" name="y"></form>""",
        one=lambda socket, params: fail(socket, params) if params["x"] == "bad" else socket,
    )
    both = Lockstep.of(judges, view, crashes="restart", logs=("view crashed", "push timeout", "Failed to push"))
    both.fill("#y", "y").latency(10).fill("#x", "bad").advance(15).advance(1_200).advance(1_200).fill(
        "#y", "z"
    ).advance(100)


ROWS = """<ul id="l" phx-update="stream"><li :for={dom_id, row in @streams.rows} id={dom_id} phx-hook="Log">{row["t"]}</li></ul>
<p id="p" phx-mounted={JS.add_class("in")}>{@n}</p><button id="b" phx-click="go">go</button>"""


def test_pa24_streams_after_a_rejoin(judges: Judges) -> None:
    """PA-24, HK-19: rows that the new join does not bring are gone; those that it brings keep their nodes."""

    def begin(socket: Any) -> Any:
        return socket.stream("rows", [{"id": 1, "t": "a"}, {"id": 2, "t": "b"}])

    def go(socket: Any, params: Any) -> Any:
        return socket.stream_insert("rows", {"id": 3, "t": "c"})

    both = Lockstep.of(judges, page(ROWS, {"JS": JS}, begin=begin, go=go), crashes="restart")
    both.click("#b").advance(20).drop().advance(5).restore().advance(100).click("#b").advance(100)


class Bar(LiveView):
    def mount(self, params: Any, session: Any, socket: Any) -> Any:
        return socket.assign(n=0)

    def handle_event(self, event: str, params: Any, socket: Any) -> Any:
        return socket.update("n", lambda n: n + 1)

    render = heex("""<b id="bar" phx-hook="Log">{@n}</b><input id="typed"><button id="bb" phx-click="go">go</button>
    <.link id="away" navigate="/two">two</.link>""")  # fmt: skip


class One(LiveView):
    def mount(self, params: Any, session: Any, socket: Any) -> Any:
        return socket.assign(n=0)

    render = heex("""<h1 id="one" phx-hook="Log">one</h1>{live_render(@socket, Bar, id="sb", sticky=True)}
    <.link id="to-two" navigate="/two">2</.link>
    <.link id="to-three" navigate="/three">3</.link>""", names={"Bar": Bar})  # fmt: skip


class Two(One):
    render = heex("""<h1 id="two" phx-hook="Log">two</h1><p>{live_render(@socket, Bar, id="sb", sticky=True)}</p>
    <.link id="to-one" navigate="/one">1</.link>
    <.link id="to-three" navigate="/three">3</.link>""", names={"Bar": Bar})  # fmt: skip


class Three(One):
    render = heex("""<h1 id="three" phx-hook="Log">three</h1><.link id="to-one" navigate="/one">1</.link>""")


STICKY = Router([Route("/one", One), Route("/two", Two), Route("/three", Three)])


def test_cn58_sticky_views(judges: Judges) -> None:
    """CN-58: they stay with their DOM, focus and hooks; where the next page has no place for them they are left."""
    both = Lockstep.of(judges, Simulation(STICKY, crashes="restart").live("/one"))
    both.click("#bb").fill("#typed", "kept").advance(20).click("#to-two").advance(50).click("#bb").advance(20)
    both.click("#away").advance(50).drop().advance(30).restore().advance(500).click("#bb").advance(20)
    both.click("#to-three").advance(50).click("#to-one").advance(50).click("#bb").advance(20)


@pytest.mark.parametrize(
    "acts",
    [
        "#ibad - 5 + 1000 #ib",
        "#ibad #obad 1100 #ib 400",
        "#obad #ibad 1100 #ib 400",
        "#ibad 900 #obad 400 #t 1000 #ib",
        "#ibad 600 #t 600 #t #ib",
        "#ibad 5 #t 5 #t 1100 #ib",
        "~30 #ibad 1000 #obad 40 2000 #ib 100",
        "~30 #ibad 990 - 20 + 30 2000 #ib 100",
        "#ibad 999 #t 1 #obad 1100 #ib",
    ],
)
def test_a_nested_view_whose_old_parent_is_gone_as_it_joins_again(judges: Judges, acts: str) -> None:
    """CN-12, HK-34, PA-17: it crashed, or the one around it did; the line is lost; its container has left the page."""
    both = nested(judges, logs=("view crashed", "push", "Failed", "join"))
    for word in acts.split():
        match word[0]:
            case "#":
                both.click(word)
            case "~":
                both.latency(int(word[1:]))
            case "-":
                both.drop()
            case "+":
                both.restore()
            case _:
                both.advance(int(word))
