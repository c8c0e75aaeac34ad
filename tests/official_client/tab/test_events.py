"""CE: which bindings hear an event, and what they push (browser.md 11, CE)."""

from __future__ import annotations

from typing import Any

import pytest

from liveview_core import JS, LiveSession, LiveView, Route, Router, heex
from liveview_testing import live
from tests.harness.counting_pages import Box, events, page, routed
from tests.official_client.client import Judges
from tests.official_client.lockstep import Lockstep

AWAY = """<p>{@n} {@last}</p><div id="menu" phx-click-away="away"><button id="in" phx-click="in">in</button>
<span id="text">text</span></div><button id="out" phx-click="out">out</button><button id="gone" hidden>gone</button>
<div id="other" phx-click-away={@js} style="display: none">x</div><.link id="patch" patch="/b">to</.link>"""


def test_ce2_click_away(judges: Judges) -> None:  # CE-17, CE-18, CE-19, CE-21
    view = page(AWAY, state={"js": JS.push("hidden_away")})
    both = Lockstep.of(judges, routed(view))
    both.click("#text").click("#in").click("#out").click("#out", count=2)
    both.focus("#out").press("Enter").focus("#in").press("Enter").press(" ")
    both.dispatch("#out", "click")
    assert "hidden_away" not in events(both)  # CE-19


def test_ce3_a_live_link_keeps_the_click_from_click_away(judges: Judges) -> None:  # CE-9, CE-22, CE-25
    both = Lockstep.of(judges, routed(page(AWAY, state={"js": JS.push("hidden_away")})))
    both.click("#patch")
    assert events(both) == ["live_patch"]  # CE-10
    both.click("#out").click("#patch").advance(20)


LINKS = """<p>{@n} {@last}</p><.link id="list" patch="/b" phx-click={@js}>list</.link>
<.link id="inner" patch="/b?x"><b id="deep">deep</b></.link><.link id="blank" patch="/b?y" target="_blank"><b id="child">b</b></.link>
<a id="hash" href="#" phx-click="hash">#</a><a id="place" href="#x" phx-click="place">#x</a><a id="empty" href="#y" phx-click="">e</a>"""


def test_ce4_links_with_commands(judges: Judges) -> None:  # CE-11, CE-12, CE-15, CE-27, CE-30
    both = Lockstep.of(judges, routed(page(LINKS, state={"js": JS.push("pushed").add_class("hot")})))
    both.click("#list").advance(20).click("#deep").advance(20)
    assert events(both) == ["live_patch", "pushed", "live_patch"]  # CE-28
    both.click("#hash").click("#place").click("#empty")


def test_ce5_links_for_another_tab(judges: Judges) -> None:  # CE-24
    both = Lockstep.of(judges, routed(page(LINKS, state={"js": JS.push("pushed")})))
    both.click("#child").advance(20)
    assert events(both) == ["live_patch"]  # CE-24
    both.click("#inner", "Control").click("#blank").click("#inner", "Shift").click("#list", "Meta")
    assert events(both) == ["live_patch", "pushed"]


DISABLED = """<p>{@n} {@last}</p><div id="d" phx-click="outer"><button id="b" disabled phx-click="inner">b</button>
<button id="c" phx-click="inner"><i id="i">c</i></button><fieldset disabled><button id="f" phx-click="inner">f</button>
<span id="s">s</span></fieldset><button id="e" phx-click="">e</button></div>"""


def test_ce6_disabled_controls(judges: Judges) -> None:  # CE-6…8, CE-16
    both = Lockstep.of(judges, page(DISABLED))
    both.click("#b").click("#i").click("#f").click("#s").click("#e").click("#d")
    both.dispatch("#b", "click").dispatch("#f", "click")


KEYS = """<p>{@n} {@last}</p><div id="w1" phx-window-keydown="w1" phx-key="Escape"></div><div id="w2" phx-window-keydown="w2"
phx-window-keyup="up" phx-value-a="1"></div><input id="own" phx-keydown="own" phx-key="q"><div phx-keydown="around" id="a"
tabindex="0"><input id="inner"></div><input id="plain" phx-focus="f" phx-blur="l" value="v">"""


def test_ce7_keys(judges: Judges) -> None:  # CE-34, CE-36, PF-6, PF-10
    both = Lockstep.of(judges, page(KEYS))
    both.press("Escape").press("x")
    both.focus("#own").press("x").press("q").press("Q")  # CE-32, CE-33
    both.focus("#inner").press("x").focus("#a").press("x").focus("#plain").press("ESCAPE").press("Tab").press(
        "Tab", "Shift"
    )


TARGETS = """<p>{@n} {@last}</p><.live_component module={Box} id="one" /><.live_component module={Box} id="two" />
<button id="sel" phx-click="go" phx-target=".box, #box-one">s</button><button id="none" phx-click="go" phx-target="#no">n</button>
<button id="id" phx-click={@js}>p</button><form id="f" phx-change="c" phx-submit="s"><input id="i" name="i" phx-change="own"
phx-target="#box-two"><input id="j" name="j"><input id="k" name="k" phx-change={@push}></form>
<form id="g" phx-change="c" phx-submit={@save} phx-target="#box-one"><input id="m" name="m"><input id="o" name="o" phx-change="own"></form>
<button id="num" phx-click="go" phx-target="1">n</button><button id="miss" phx-click="go" phx-target="99">n</button>"""


def test_ce8_targets(judges: Judges) -> None:  # CE-59…62, CE-39
    state = {
        "js": JS.push("go", target="#box-one", value={"x": 1}),
        "push": JS.push("own", target="#box-two"),
        "save": JS.push("saved", target="#box-two"),
    }
    both = Lockstep.of(
        judges,
        page(TARGETS, {"Box": Box}, state=state),
        logs=("no component found matching", "nothing found matching"),
    )
    both.click("#sel").click("#none").click("#id").click("#num").click("#miss")
    both.focus("#i").type("x").focus("#j").type("y").focus("#k").type("z").press("Enter")
    both.focus("#m").type("a").focus("#o").type("b").press("Enter")


FORM = """<p>{@n} {@last}</p><form id="f" phx-change="c"><input id="a" name="a"><input id="b" name="b"><select id="s" name="s">
<option value="1">1</option><option value="2">2</option></select><textarea id="t" name="t"></textarea><input id="x" type="checkbox"
name="x"><input id="r1" type="radio" name="r" value="1"><input id="r2" type="radio" name="r" value="2"><input id="num" type="number"
name="num"><label id="l" for="x">label</label><label id="m">in <input type="checkbox" name="y" id="y"></label></form>"""


def test_ce9_sequences_of_events(judges: Judges) -> None:  # CE-38, PF-2, PF-3, PF-8, FI-5…7, CE-39, CE-43
    both = Lockstep.of(judges, page(FORM))
    both.focus("#a").type("xy").focus("#b").type("z").focus("#a").press("Tab")  # FI-6
    both.dispatch("#a", "input").dispatch("#a", "change").dispatch("#a", "change").dispatch("#b", "change")
    both.choose("#s", "2").click("#x").click("#r1").click("#r2").click("#r2").focus("#t").type("l\nm").press("Tab")
    both.focus("#num").type("12").click("#l").click("#m").click("#y").press(" ")


class Inner(LiveView):
    """A nested view with bindings of its own."""

    def mount(self, params: Any, session: Any, socket: Any) -> Any:
        return socket.assign(n=0)

    def handle_event(self, event: str, params: Any, socket: Any) -> Any:
        return socket.update("n", lambda n: n + 1)

    render = heex("""<b>{@n}</b><button id="up" phx-click="up">+</button><span id="span">s</span>
    <form id="nf" phx-change="typed"><input id="ni" name="ni"></form>""")


NESTED = """<p>{@n} {@last}</p><div id="around" phx-click="outer"><.live_render view={Inner} id="inner" /></div>
<button id="to" phx-click="up" phx-target="#up">t</button><button id="own" phx-click="own">o</button>"""


def test_nested_views(judges: Judges) -> None:  # MD-9, CE-7, CE-60, LK-1
    both = Lockstep.of(judges, page(NESTED, {"Inner": Inner}))
    both.click("#up").click("#span").click("#to").click("#own").focus("#ni").type("x").click("#around")
    both.latency(20).click("#up").click("#to").advance(10).click("#own").advance(50)


VALUES = """<p>{@n} {@last}</p><button id="b" phx-click="go" phx-value-a="1" phx-value-value="2">b</button>
<button id="v" phx-click="go" phx-value-a="1" value="3">b</button><input id="c" type="checkbox" phx-click="go" phx-value-a="1"
phx-value-value="w"><li id="li" phx-click="go" value="7">l</li><div id="d" phx-click={@js} phx-value-a="1" value="9">d</div>
<progress id="p" value="0.5" max="2" phx-click="go"></progress><select id="s" phx-click="go"><option value="o">o</option></select>
<input id="k" phx-keyup="key" phx-value-key="mine" value="t">"""


def test_values(judges: Judges) -> None:  # CE-56, CE-57
    both = Lockstep.of(judges, page(VALUES, state={"js": JS.push("go", value={"a": 2, "b": [1]})}))
    for each in ("#b", "#v", "#c", "#c", "#li", "#d", "#p", "#s"):
        both.click(each)
    both.focus("#k").press("x")


def test_ce48_reset(judges: Judges) -> None:  # CE-48, PF-5, FI-4
    both = Lockstep.of(
        judges,
        page("""<p>{@n} {@last}</p><form id="f" phx-change="c" phx-submit="s"><input id="a" name="a" value="v">
        <input id="x" type="checkbox" name="x" checked><textarea id="t" name="t">t</textarea><select id="s" name="s"><option>1</option>
        <option selected>2</option></select><button id="r" type="reset">r</button></form>
        <form id="g" phx-change="c"><input id="b" name="b"></form>"""),
    )
    both.focus("#a").type("x").click("#x").focus("#t").type("y").choose("#s", "1").click("#r").advance(20)
    both.focus("#a").type("z")


def test_ce56_pushes_of_one_list_share_their_data(judges: Judges) -> None:  # CE-56, CE-58, JC-4
    js = JS.push("one", value={"a": 1}).push("two", value={"b": 2}).push("three")
    both = Lockstep.of(
        judges,
        page(
            """<p>{@n}</p><button id="b" phx-click={@js} phx-value-v="v">b</button><input id="k" phx-keydown={@js}>
        <div id="m" phx-mounted={@js} phx-click-away={@js}>m</div><input id="c" type="checkbox" phx-click={@js}>
        <form id="f" phx-change={@js} phx-submit={@js}><input id="i" name="i"></form>""",
            state={"js": js},
        ),
    )
    both.click("#b").focus("#k").press("x").click("#c").click("#c").fill("#i", "x").press("Enter")
    assert both.frames[6][1]["value"] == {"v": "v", "value": "", "a": 1}
    assert both.frames[8][1]["value"] == {"v": "v", "value": "", "a": 1, "b": 2}


def test_ce37_focus_and_blur_that_a_script_makes(judges: Judges) -> None:
    """CE-37: the window's own never come; those that bubble up to it from an element do."""
    both = Lockstep.of(
        judges,
        page(
            """<p>{@n} {@last}</p><div phx-window-focus="wf" phx-window-blur="wb">w</div><input id="a" phx-focus="f"><input id="b">"""
        ),
    )
    both.focus("#a").focus("#b").blur().dispatch("#b", "focus").dispatch("#b", "blur").dispatch("#a", "focus")


AROUND = heex("""<html><body><header><button id="out" phx-click="from-layout" phx-value-a="1">b</button>
<form id="f" phx-change="typed" phx-submit="sent"><input id="i" name="q"></form></header>{@inner_content}</body></html>""")


def test_ce3_what_is_around_the_views(judges: Judges) -> None:  # CE-3, MD-9
    """A click or a form in the root layout is the main view's."""
    routes = [
        LiveSession("default", [Route("/", page("<p>{@n} {@last}</p>"))], root_layout=lambda assigns: AROUND(assigns))
    ]
    both = Lockstep.of(judges, live("/", router=Router(routes)))
    both.click("#out").fill("#i", "x").press("Enter").latency(20).click("#out").tell({"last": "k"}).advance(100)
    assert events(both) == ["from-layout", "typed", "sent", "from-layout"]


PLAIN = """<p>{@n}</p><a id="plain" href="/b">p</a><a id="empty" href="/b" phx-click="">e</a>
<a id="bound" href="/b" phx-click="go">b</a><i id="i" phx-hook="Log"></i>"""


@pytest.mark.parametrize(("link", "unloads"), [("#plain", False), ("#bound", False), ("#empty", True)])
def test_ce1_plain_links(judges: Judges, link: str, unloads: bool) -> None:  # CE-14, CE-15, PF-17
    """Only an empty `phx-click` makes the client leave the page by itself, before the browser does."""
    both = Lockstep.of(judges, routed(page(PLAIN)))
    both.leave_by(link)
    assert both.left == ["link"]
    assert both.answer["hooked"] == [["destroyed", "i"]] * unloads == both.calls[:-1]
    assert both.calls[-1] == ["mounted", "i"], "our tab shows the next page"
    assert [call[2] for call in both.answer["calls"]] == ["phx_leave"] * unloads + ["event"] * (link == "#bound")
    assert both.browser.url == "http://www.example.com/b"


def test_ce2_where_a_click_begins_and_ends(judges: Judges) -> None:  # CE-18, CE-19
    """Away is where the mouse went down; what is clicked is what is around both ends."""
    template = """<p>{@n} {@last}</p><div id="box" phx-click="box"><div id="menu" phx-click-away="away"><b id="in">in</b></div>
    <b id="out">out</b></div><button id="by" phx-click={@js}>by</button><i id="gone" hidden phx-click="hidden">g</i>"""
    both = Lockstep.of(judges, page(template, state={"js": JS.dispatch("click", to="#gone")}))
    both.press_and_release("#in", "#out").press_and_release("#out", "#in").press_and_release("#in", "#in")
    assert events(both) == ["box", "away", "box", "box"]
    both.dispatch("#gone", "click").click("#by")  # what is hidden suppresses the clicking away
    assert events(both)[4:] == ["hidden", "away", "hidden"]


def test_ce4_names_and_navigate_links(judges: Judges) -> None:  # CE-28, CE-29
    template = """<p>{@n}</p><.link id="bare" patch="/b" phx-click="name">b</.link>
    <.link id="go" navigate="/b?x" phx-click={@js}>g</.link>"""
    view = page(template, state={"js": JS.push("never").add_class("x")})
    both = Lockstep.of(judges, routed(view), logs=("is not a function",))
    both.click("#bare").advance(20).click("#go").advance(40)
    assert events(both) == ["live_patch"]


def test_pf3_a_label_inside_of_what_is_clicked(judges: Judges) -> None:  # PF-3
    """Its commands run twice; a push is held back the second time."""
    template = """<p>{@n}</p><div id="d" phx-click={@js}><label id="l">x <input type="checkbox" id="x" phx-click="box"></label>
    <label id="m" for="y">y</label></div><input type="checkbox" id="y">"""
    both = Lockstep.of(judges, page(template, state={"js": JS.push("go").toggle_attribute(("data-on", "1"), to="p")}))
    both.click("#l").click("#x").click("#m").latency(20).click("#l").advance(50)


def test_what_is_filled_into_a_field_that_is_not_there(judges: Judges) -> None:  # PF-12, CE-38
    """It goes into the field that has the focus, whose `change` is heard as it is left."""
    template = """<p>{@n}</p><form id="f" phx-change="c"><input id="a" name="a" phx-debounce="blur">
    <input id="h" name="h" style="display: none"><input id="d" name="d" disabled></form><button id="b" type="button">b</button>"""
    both = Lockstep.of(judges, page(template))
    both.fill("#a", "x").fill("#h", "y").fill("#d", "z").focus("#b").advance(50).fill("#h", "y")
    assert [payload["value"] for _, payload in both.frames] == ["a=xyz&_unused_h=&h="]
