"""Rules of the client that are quickly said, each on a page of its own: ours and the official client's in lockstep.

A row is a page, what is done there, and the events that the server has heard in the end.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from liveview_core import JS, LiveView, heex
from liveview_core.components import portal
from tests.harness.counting_pages import Box, events, page, routed
from tests.official_client.client import Judges
from tests.official_client.lockstep import Lockstep

Act = Callable[[Lockstep], object]

DISABLED = """<p>{@n}</p><div id="around" phx-click="around"><button id="off" phx-click="off" disabled>x</button>
<span id="says" phx-click="span" disabled>s</span><fieldset disabled><b id="in" phx-click="in">b</b></fieldset></div>"""
FIELDS = """<p>{@n} {@last}</p><form id="f" phx-change="c" phx-submit="s"><input id="a" name="a" value={@last}><input id="b" name="b">
<input id="x" type="checkbox" name="x"><input id="r1" type="radio" name="r" value="1"><input id="r2" type="radio" name="r" value="2">
<textarea id="t" name="t">{@last}</textarea><select id="o" name="o"><option>1</option><option>2</option></select>
<button id="go" name="by" value="go">go</button></form>"""
TARGETS = """<p>{@n}</p><.live_component module={Box} id="1" /><button id="cid" phx-click="go" phx-target="1">c</button>
<button id="by" phx-click="go" phx-target="#box-1">s</button><button id="all" phx-click="go" phx-target="p, #box-1">a</button>
<button id="none" phx-click="go">n</button><form id="f" phx-change="c" phx-submit={@js} phx-target="#box-1"><input id="i" name="i">
</form><form id="g" phx-submit={@js}><input id="j" name="j" phx-change="own" phx-target="#box-1"></form>"""
SHOWN = """<p>{@n}</p><div id="d" class={@last} style="color: red">x</div><button id="b" phx-click={@js}>b</button>
<button id="c" phx-click={@other}>c</button>"""
FOCUS = """<p>{@n}</p><input id="i"><input id="j"><div id="k"><b>b</b><input id="l"></div><button id="b" phx-click={@js}>b</button>
<button id="c" phx-click={@other}>c</button>"""
HOOKS = """<p>{@n}</p><div id="d" :if={@on} phx-hook="Log" class={@last}><b id="e" phx-hook="Listen" class={@last}>{@last}
<i id="i" phx-hook="Log">{@last}</i></b></div>"""
LIST = """<ul><li :for={r in @rows} id={f"r{r}"} class={@last}>{r}<input name={f"i{r}"}><b id={f"b{r}"} phx-hook="Log">b</b></li></ul>
<div id="there">{@rows[:1]}</div>"""
STREAM = """<ul id="s" phx-update="stream"><li :for={id, item in @streams.items} id={id} phx-hook="Log">{item["n"]}<input name={id}></li>
</ul>"""
PORTALS = """<p>{@n}</p><div :if={@on}><.portal id="p" target="body"><b id="in" phx-hook="Log" phx-click="in" class={@last}>{@last}</b>
</.portal></div>"""
LINKS = """<p>{@n}</p><a id="hash" href="#" phx-click="hash">h</a><a id="bare" phx-click="bare">b</a><b id="empty" phx-click="">e</b>
<div phx-click="around"><b id="none">n</b><.link id="patch" patch="/a?x" phx-click={@js}>p</.link></div>"""
SAVING = """<p>{@n} {@last}</p><form id="f" phx-change="c" phx-submit="s" class={@last}><input id="a" name="a" value={@last}>
<textarea id="t" name="t"></textarea><input id="x" type="checkbox" name="x"><input id="u" type="submit" value="u">
<select id="o" name="o"><option>1</option><option>2</option></select><b>{@last}</b>
<button id="go" phx-disable-with="saving">go</button><button id="no" type="button" disabled>no</button></form><i id="z">{@last}</i>"""


def item(at: int, n: int = 0) -> dict[str, int]:
    return {"id": at, "n": n}


def told(s: Any) -> Any:
    return s.push_event("told", {"n": s.assigns.n})


ROWS: dict[str, tuple[str, dict[str, Any], Act, list[str]]] = {
    # --- events ---------------------------------------------------------------------------------------------------------
    "CE-8 a disabled element is passed over": (
        DISABLED,
        {},
        lambda b: b.click("#off").click("#says").click("#in").dispatch("#off", "click"),
        ["span", "in", "around"],
    ),
    "CE-7 CE-11 the nearest binding, and none": (
        LINKS,
        {"js": JS.push("p")},
        lambda b: b.click("#none").click("#empty").click("p").click("#bare"),
        ["around", "bare"],
    ),
    "CE-12 a bare hash": (LINKS, {"js": JS.push("p")}, lambda b: b.click("#hash").click("#hash"), ["hash", "hash"]),
    "CE-40 what is no control": (
        FIELDS,
        {},
        lambda b: b.dispatch("p", "change").dispatch("#f", "input").dispatch("#a", "input"),
        ["c"],
    ),
    "CE-43 FI-6 input and then change": (
        FIELDS,
        {},
        lambda b: b.fill("#a", "1").blur().fill("#a", "2").fill("#b", "3").focus("#a").blur().click("#x"),
        ["c", "c", "c", "c"],
    ),
    "CE-44 CE-47 PF-7 a submit by Enter": (
        FIELDS,
        {},
        lambda b: b.fill("#a", "1").press("Enter").focus("#x").press("Enter").focus("#t").press("Enter"),
        ["c", "s", "s", "c"],
    ),
    "CE-60 CE-61 CE-62 targets": (
        TARGETS,
        {"js": JS.push("save", target="#box-1")},
        lambda b: b.click("#cid").click("#by").click("#all").click("#none").fill("#i", "x").press("Enter")
        .fill("#j", "y").press("Enter"),
        ["go", "go", "go", "go", "go", "c", "save", "own", "save"],
    ),
    "CE-60 a target that is not there": (
        '<p>{@n}</p><button id="a" phx-click="x" phx-target="7">a</button><button id="b" phx-click="x" phx-target="#no">b</button>'
        '<button id="c" phx-click="x" phx-target="p">c</button>',
        {},
        lambda b: b.click("#a").click("#b").click("#c"),
        ["x"],
    ),
    "CE-34 keys that do not match": (
        '<p>{@n}</p><input id="i" phx-keydown="down" phx-key="a" phx-debounce="20"><input id="j" phx-keyup="up" phx-throttle="50" '
        'phx-key="Enter"><b phx-window-keydown="win" phx-key="Escape">w</b>',
        {},
        lambda b: b.focus("#i").type("ab").advance(30).type("a").advance(30).focus("#j").press("b").press("Enter").advance(60)
        .press("Enter").blur().press("Escape").press("a"),
        ["down", "up", "win"],
    ),
    "CE-36 focus and blur": (
        '<p>{@n}</p><div phx-focus="around" phx-blur="around"><input id="i" phx-focus="f" phx-blur="b" phx-debounce="30"></div>'
        '<input id="j">',
        {},
        lambda b: b.focus("#i").advance(10).focus("#j").advance(50).focus("#i").advance(50).blur(),
        ["f", "b", "f", "b"],
    ),
    "CE-17 CE-21 clicking away": (
        '<p>{@n}</p><div id="a" phx-click-away="a"><b id="in">i</b></div><div id="b" phx-click-away={@js}>b</div><b id="out">o</b>',
        {"js": JS.push("b").add_class("x")},
        lambda b: b.latency(20).click("#in").click("#out").click("#out").advance(100),
        ["b", "a", "b", "a", "b"],
    ),
    "CE-30 CE-27 the click of a live link": (
        LINKS,
        {"js": JS.push("p").transition("t", time=30).push("q")},
        lambda b: b.click("#patch").click("#patch").advance(100),
        ["live_patch", "p", "q"],
    ),
    "PF-2 boxes and radios": (
        FIELDS,
        {},
        lambda b: b.click("#x").click("#x").click("#r1").click("#r1").click("#r2").focus("#x").press(" "),
        ["c", "c", "c", "c", "c", "c"],
    ),
    "PF-4 a submit button that is disabled by its click": (
        '<p>{@n}</p><form id="f" phx-submit="s"><input name="a"><button id="go" phx-click="click" phx-disable-with="w">go</button>'
        '<button id="by" phx-click="too">by</button></form>',
        {},
        lambda b: b.latency(10).click("#go").advance(50).click("#by").advance(50),
        ["click", "too", "s"],
    ),
    "PF-9 keys that press": (
        '<p>{@n}</p><button id="b" phx-click="b">b</button><input id="x" type="checkbox" phx-click="x"><a id="a" href="#" phx-click="a">a</a>'
        '<div id="d" tabindex="0" phx-click="d">d</div>',
        {},
        lambda b: b.focus("#b").press("Enter").press(" ").focus("#x").press(" ").press("Enter").focus("#a").press("Enter")
        .press(" ").focus("#d").press("Enter").press(" "),
        ["b", "b", "x", "a"],
    ),
    "PF-14 read-only": (
        '<p>{@n}</p><form id="f" phx-change="c"><input id="a" name="a" readonly value="r"><textarea id="t" name="t" readonly></textarea>'
        '<input id="x" type="checkbox" name="x" readonly></form>',
        {},
        lambda b: b.focus("#a").type("x").focus("#t").type("y").press("Enter").click("#x").click("#x"),
        ["c", "c"],
    ),
    # --- flight ---------------------------------------------------------------------------------------------------------
    "LK-1 LK-2 LK-3 refs": (
        FIELDS,
        {},
        lambda b: b.latency(20).fill("#a", "1").advance(5).fill("#a", "2").advance(5).click("#x").advance(50).press("Enter")
        .advance(50).drop().advance(50).restore().advance(1_000).fill("#b", "3").advance(50),
        ["c", "c", "c", "s", "c", "c"],
    ),
    "LK-5 LK-6 LK-17 what is told of a push": (
        '<div id="o" phx-click="o"><p>{@n}</p><button id="b" phx-click={@js} phx-disable-with="w">b</button></div><i id="i">{@last}</i>',
        {"js": JS.push("b", loading="#i").push("c", page_loading=True)},
        lambda b: b.latency(10).click("#b").advance(5).tell({"last": "x"}).advance(50).click("p").tell({"last": "y"}).advance(50),
        ["b", "c", "o"],
    ),
    "LK-12 PF-14 LK-23 a form that is saving": (
        SAVING,
        {},
        lambda b: b.fill("#a", "1").latency(20).click("#go").advance(5).tell({"last": "m"}).click("#x").choose("#o", "2")
        .focus("#t").type("no").advance(100),
        ["c", "s", "c", "c"],
    ),
    "LK-25 PF-19 a second submit": (
        SAVING,
        {},
        lambda b: b.latency(20).focus("#a").press("Enter").press("Enter").click("#u").advance(100).click("#u").advance(100),
        ["s", "s"],
    ),
    "LK-16 writing goes on": (
        FIELDS,
        {},
        lambda b: b.latency(30).focus("#a").type("a").advance(10).type("b").advance(25).type("c").advance(100),
        ["c", "c", "c"],
    ),
    "LK-19 the order in an answer": (
        '<p>{@n} {@last}</p><div id="l" phx-hook="Listen">{@n}</div><button id="b" phx-click={@js}>b</button>',
        {"js": JS.push("both", page_loading=True)},
        lambda b: b.latency(10).click("#b").advance(50),
        ["both"],
    ),
    "FI-20 FI-21 LK-27 the focus of a submit": (
        SAVING.replace('id="a" name="a"', 'id="a" name="a" phx-focus="f" phx-blur="b" phx-debounce="200"'),
        {},
        lambda b: b.latency(20).focus("#a").type("x").press("Enter").advance(100).blur().advance(100),
        ["b", "s", "f", "b"],
    ),
    # --- forms ----------------------------------------------------------------------------------------------------------
    "FI-5 no name": (
        '<p>{@n}</p><form id="f" phx-change="c"><input id="a" name={@none}><input id="b" name="b[c][]"></form>',
        {"none": None},
        lambda b: b.fill("#a", "1").fill("#b", "2"),
        ["c", "c"],
    ),
    "FI-2 FI-7 what is unused": (
        '<p>{@n}</p><form id="f" phx-change="c" phx-submit="s"><input name="a[b][c]" id="a"><input name="d[]" id="d"><input name="e" id="e" '
        'phx-no-unused-field><input type="hidden" name="h" value="1"><input type="radio" name="r" value="1" '
        'id="r" checked><input type="radio" name="r" value="2"><button id="go" name="by" value="1">go</button></form>',
        {},
        lambda b: b.fill("#d", "1").fill("#a", "2").click("#go").fill("#e", "3"),
        ["c", "c", "s", "c"],
    ),
    "FI-16 clean and edited": (
        FIELDS,
        {},
        lambda b: b.tell({"last": "x"}).fill("#a", "mine").fill("#t", "mine").blur().tell({"last": "y"}).tell({"last": ""}),
        ["c", "c"],
    ),
    "FI-32 FI-39 what is not recovered": (
        '<p>{@n}</p><form id="f" phx-change="c"><input id="a" phx-change="own" name="a"></form><form id="g" phx-change="c"><input id="b" '
        'name="b"></form><form id="h" phx-change="c" phx-auto-recover="ignore"><input id="d" name="d"></form>',
        {},
        lambda b: b.fill("#a", "1").fill("#b", "2").fill("#d", "3").drop().advance(50).restore().advance(1_000),
        ["own", "c", "c", "c"],
    ),
    # --- commands -------------------------------------------------------------------------------------------------------
    "JC-18 hiding, frame by frame": (
        SHOWN,
        {"js": JS.hide(to="#d", transition=("r", "s", "e"), time=100), "other": JS.push("x")},
        lambda b: [b.click("#b"), *(b.advance(8) for _ in range(20)), b.tell({"last": "x"})],
        [],
    ),
    "JC-19 showing, frame by frame": (
        SHOWN,
        {"js": JS.hide(to="#d"), "other": JS.show(to="#d", transition=("r", "s", "e"), time=60, display="flex")},
        lambda b: [b.click("#b").advance(40).click("#c"), *(b.advance(8) for _ in range(14)), b.tell({"last": "x"})],
        [],
    ),
    "JC-24 several that block": (
        SHOWN,
        {"js": JS.transition("a", to="#d", time=50), "other": JS.hide(to="#d", transition="b", time=80).push("x")},
        lambda b: b.click("#b").advance(10).click("#c").tell({"last": "m"}).advance(45).tell({"last": "n"}).advance(20).advance(50),
        ["x"],
    ),
    "JC-7 classes that are there already": (
        SHOWN,
        {"last": "k", "js": JS.add_class("k new", to="#d"), "other": JS.remove_class("k gone new", to="#d")},
        lambda b: b.click("#b").advance(20).tell({"last": "other"}).click("#c").advance(20).tell({"last": "k gone"}),
        [],
    ),
    "JC-8 classes that come and go": (
        SHOWN,
        {"js": JS.add_class("a b", to="#d"), "other": JS.remove_class("a b", to="#d")},
        lambda b: b.click("#b").advance(20).click("#c").advance(20).tell({"last": "a"}).click("#c").advance(20).tell({"last": "b"})
        .click("#b").advance(20).tell({"last": ""}),
        [],
    ),
    "JC-29 the stack of focus": (
        FOCUS,
        {"js": JS.push_focus(to="#i").push_focus().focus_first(to="#k"), "other": JS.pop_focus()},
        lambda b: b.click("#b").advance(40).click("#c").advance(40).click("#c").advance(40).click("#c").advance(40),
        [],
    ),
    "JC-1 a name, and commands": (
        '<p>{@n}</p><button id="a" phx-click="[no">a</button><button id="b" phx-click={@js} phx-value-x="1" value="v">b</button>',
        {"js": JS.push("b", value={"y": 2}).push("c")},
        lambda b: b.click("#b"),
        ["b", "c"],
    ),
    # --- hooks ----------------------------------------------------------------------------------------------------------
    "HK-6 HK-24 parents first, and events after": (
        HOOKS,
        {"on": True},
        lambda b: b.tell({"last": "x"}).tell(lambda s: told(s.assign(on=False))).tell(lambda s: told(s.assign(on=True)))
        .tell(lambda s: told(s.assign(last="y"))),
        [],
    ),
    "HK-3 HK-9 one hook an element": (
        '<div id="d" phx-hook={@hook} class={@last}>d</div>',
        {"hook": "Log"},
        lambda b: b.tell({"last": "x"}).tell({"hook": "Other"}).tell({"hook": None}).tell({"hook": "Log"}),
        [],
    ),
    # --- patching -------------------------------------------------------------------------------------------------------
    "PA-10 nodes that move far": (
        LIST.replace("{@rows[:1]}", '<b id="b1" :if={@on}>there</b>').replace('id={f"b{r}"}', 'id={f"b{r + 1}"}'),
        {"rows": [1, 2, 3], "on": False},
        lambda b: b.fill('[name="i2"]', "two").tell({"rows": [3, 1, 2]}).tell({"on": True}).tell({"rows": [2]}).tell({"rows": [4, 2, 5]}),
        [],
    ),
    "PA-20 what had the focus is gone": (
        '<div :if={@on}><input id="i" name="i" phx-blur="b"></div><input id="j"><p>{@n}</p>',
        {"on": True},
        lambda b: b.focus("#i").type("x").tell({"on": False}).tell({"on": True}).press("Tab"),
        ["b"],
    ),
    "PA-27 rows that are known": (
        STREAM,
        {},
        lambda b: b.fill('[name="items-2"]', "two").tell(lambda s: s.stream_insert("items", item(2, 5), at=0))
        .tell(lambda s: s.stream("items", [item(3), item(2, 6), item(1)], reset=True))
        .tell(lambda s: s.stream_insert("items", item(9), at=1)),
        [],
    ),
    "PA-32 a portal goes with its template": (
        PORTALS,
        {"on": True},
        lambda b: b.click("#in").tell({"last": "x"}).tell({"on": False}).tell({"on": True}).click("#in").drop().advance(50).restore()
        .advance(1_000),
        ["in", "in"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("rule", ROWS)
def test_rule(judges: Judges, rule: str) -> None:
    # CE-7, CE-8, CE-11, CE-12, CE-17, CE-21, CE-27, CE-30, CE-34, CE-36, CE-40, CE-43, CE-44, CE-47, CE-60, CE-61, CE-62
    # PF-2, PF-4, PF-7, PF-9, PF-14, PF-19, LK-1, LK-2, LK-3, LK-5, LK-6, LK-12, LK-16, LK-17, LK-19, LK-23, LK-25, LK-27
    # FI-2, FI-5, FI-6, FI-7, FI-16, FI-20, FI-21, FI-32, FI-39, JC-1, JC-7, JC-8, JC-18, JC-19, JC-24, JC-29
    # HK-3, HK-6, HK-9, HK-24, PA-10, PA-20, PA-27, PA-32
    template, state, act, heard = ROWS[rule]
    streams = "@streams" in template
    view = page(
        template,
        {"Box": Box, "portal": portal, "JS": JS},
        state={"on": True, "rows": [], **state},
        begin=(lambda s: s.stream("items", [item(1), item(2)])) if streams else None,
        both=lambda s, _: told(s.assign(last="told")).push_patch("/a?both"),
    )
    shown = routed(view) if "both" in str(state.get("js")) or "patch=" in template else view
    both = Lockstep.of(judges, shown, crashes="restart", logs=("push", "Failed", "target", "found"))
    act(both)
    assert events(both) == heard


class Inner(LiveView):
    def mount(self, params: Any, session: Any, socket: Any) -> Any:
        return socket.assign(n=0)

    def handle_event(self, event: str, params: Any, socket: Any) -> Any:
        return socket.update("n", lambda n: n + 1)

    render = heex(
        """<b id="inner" phx-hook="Log" phx-mounted={JS.push("up")} phx-click="up">{@n}</b>""", names={"JS": JS}
    )


@pytest.mark.parametrize("latency", [0, 20])
def test_nested_views_join_before_their_page_is_shown(judges: Judges, latency: int) -> None:  # CN-4, CN-33, PA-17
    template = """<p id="p" phx-hook="Log">{@n}</p><div :if={@on}><.live_render view={Inner} id="in" /></div>"""
    both = Lockstep.of(judges, page(template, {"Inner": Inner}, state={"on": True}), crashes="restart").latency(latency)
    both.click("#inner").advance(100).tell({"on": False}).advance(100).tell({"on": True}).advance(200).click("#inner")
    both.advance(50).drop().advance(50).restore().advance(1_000)
    assert events(both).count("up") >= 3
