"""PA-7, CN: what the patch of a rejoin keeps: elements are known by their ids alone, all others by their order (browser.md 7.2)."""

from __future__ import annotations

import itertools
from typing import Any

import pytest

from liveview_core import JS, LiveView, attr, heex
from tests.harness.counting_pages import Box, page
from tests.official_client.client import Judges
from tests.official_client.lockstep import Lockstep
from tests.official_client.tab.generated import Inside


@pytest.mark.parametrize(
    "inside",
    [
        '<button phx-click="go">x</button>',
        '<button :for={r in (3, 5)} phx-click="go">{r}</button>',
        '<button :for={r in (3, 5)} :key={r} phx-click="go">{r}</button>',
        '<a href="#x">x</a><input type="checkbox">',
    ],
)
def test_pa7_what_has_the_focus_keeps_it(judges: Judges, inside: str) -> None:  # PA-7, FI-38
    """With or without an id, whichever template it is in."""
    both = Lockstep.of(judges, page(f'<main>{inside}<input id="i"><p id="n">{{@n}}</p></main>'))
    both.focus(2).drop().advance(100).restore().advance(1_000).press("Tab").press("Tab", "Shift")


def test_pa7_what_was_used_stays_used(judges: Judges) -> None:  # PA-7, FI-1, FI-4
    """The fields of a form without ids are the same fields."""
    template = """<main><form phx-change="c" id="f"><input name="a" phx-blur="out"><input name="b"></form><p :if={@on}>x</p>
    <input name="o" phx-blur="out"><p id="n">{@n}</p></main>"""
    both = Lockstep.of(judges, page(template, state={"on": False}), crashes="restart")
    both.fill("[name=a]", "x").focus("[name=b]").type("q").tell({"on": True}).drop().advance(100).restore()
    both.advance(1_000).fill("[name=b]", "z").focus("[name=o]").type("q").tell({"on": True})
    both.drop().advance(100).restore().advance(1_000).type("u")


def test_pf12_what_has_the_focus_and_is_not_there_any_more(judges: Judges) -> None:  # PF-12, PA-8
    """It is left in the middle of the patch; what is moved by its id loses the focus, too."""
    template = """<main><div :if={@on} id="d"><input id="a" name="a" phx-blur="out"></div>
    <p :for={r in @rows} id={f"r{r}"}><button>{r}</button></p><p id="n">{@n}</p></main>"""
    both = Lockstep.of(judges, page(template, state={"on": False, "rows": (1, 2, 3)}), crashes="restart")
    both.tell({"on": True}).focus("#a").type("x").drop().advance(100).restore().advance(1_000)
    for row in (2, 3):
        both.tell({"rows": (3, 2, 1)}).focus(f"#r{row} button").drop().advance(100).restore().advance(1_000)


def test_pa7_components_and_hooks(judges: Judges) -> None:  # PA-7, HK-19
    """A component is no key then; hooks have an id, and are told of both ends."""
    template = """<p>{@n}</p><.live_component :for={r in @rows} module={Box} id={r} /><i id="h" phx-hook="Log">{@n}</i>
    <section><input name="x"></section>"""
    both = Lockstep.of(judges, page(template, {"Box": Box}, state={"rows": (1, 2)}), crashes="restart")
    both.tell({"rows": (2, 1, 3)}).fill("[name=x]", "typed").drop().advance(100).restore().advance(1_000).tell({"n": 4})


CARD = heex("""<div class="card"><u>{@label}</u></div>""", attr("label", "any"))

WAITING = """<p id="p">{@n} {@last}</p><div id="h" phx-hook="Log"><.card :for={r in @rows} label={r} /></div><div id="s" phx-hook="Log">
<ul id="stream" phx-update="stream"><li :for={dom_id, item in @streams.items} id={dom_id}>{item["n"]}</li></ul></div>
<button id="b" phx-click={@js}>b</button><div :if={@on} id="d" phx-remove={@rm}>d</div><.live_render view={Inside} id="inside" />"""


def test_hk7_what_a_rejoin_changes(judges: Judges) -> None:  # HK-7, PA-24, CN-7
    """Templates that are sent again as they were are no change; rows are, because all of them were taken away before."""
    state = {"rows": (1, 2), "on": True, "rm": JS.hide(transition="out", time=200), "js": JS.push("go")}
    view = page(
        WAITING, {"card": CARD, "Inside": Inside}, state=state, begin=lambda s: s.stream("items", [{"id": 1, "n": 1}])
    )
    both = Lockstep.of(judges, view, crashes="restart", logs=("push", "Failed"))
    both.drop().advance(100).restore().advance(1_000).tell({"last": "x"}).drop().advance(5).restore().advance(1_000)


def test_lk18_an_answer_that_waited_while_the_line_was_lost(judges: Judges) -> None:  # LK-18, JC-25, PA-16a
    """It unlocks nothing any more; and nobody joins what is inside before the view around it has."""
    state = {"rows": (1, 2), "on": True, "rm": JS.hide(transition="out", time=200), "js": JS.push("go")}
    view = page(WAITING, {"card": CARD, "Inside": Inside}, state=state, begin=lambda s: s.stream("items", []))
    both = Lockstep.of(judges, view, crashes="restart", logs=("push", "Failed"))
    both.tell({"on": False}).click("#b").drop().advance(150)


def test_pf10_tab_goes_on_where_it_was(judges: Judges) -> None:  # PF-10
    template = """<p>{@n}</p><input id="a"><section><b>x</b><button>1</button></section><input id="z">"""
    both = Lockstep.of(judges, page(template), crashes="restart")
    both.click("b").tell({"n": 2}).press("Tab").blur().drop().advance(100).restore().advance(1_000).press("Tab")


def test_hk10_rows_go_before_all_else(judges: Judges) -> None:  # HK-10, PA-24
    """A join takes them away before it patches anything."""
    template = """<p>{@n}</p><b :if={@on} id="first" phx-hook="Log">b</b><ul id="l" phx-update="stream">
    <li :for={dom_id, item in @streams.items} id={dom_id} phx-hook="Log">{item["n"]}</li></ul>"""
    view = page(template, state={"on": False}, begin=lambda s: s.stream("items", [{"id": 1, "n": 1}]))
    both = Lockstep.of(judges, view, crashes="restart")
    both.tell({"on": True}).tell(lambda s: s.stream_insert("items", {"id": 2, "n": 2})).drop().advance(5).restore()
    both.advance(1_000)


# --- what was held back -------------------------------------------------------------------------------------------------


class Silent(LiveView):
    """A view that answers one of its events with nothing."""

    def mount(self, params: Any, session: Any, socket: Any) -> Any:
        return socket.assign(last="").stream("items", [{"id": 1}])

    def handle_event(self, event: str, params: Any, socket: Any) -> Any:
        return socket if event == "nothing" else socket.assign(last=event)

    def handle_info(self, message: Any, socket: Any) -> Any:
        return socket.assign(last=message)

    render = heex("""<div id="o" phx-click="nothing">{@last}<p><b id="h" phx-hook="Log">{@last}</b>
    <input id="i" name="i" value={@last} phx-keydown="nothing"><textarea id="t">{@last}</textarea></p>
    <i :if={@last == "m"} id="new" phx-hook="Log">new</i><i :if={@last == ""} id="old" phx-hook="Log" phx-remove="[]">old</i>
    <ul id="l" phx-update="stream"><li :for={id, _ in @streams.items} id={id} phx-hook="Log">r</li></ul></div>
    <u id="z" phx-click="k">z</u>""")


def lost_while_it_waits(judges: Judges) -> Lockstep:
    """The line was lost while an element waited for an answer, which had been patched meanwhile; and it is there again."""
    both = Lockstep.of(judges, Silent, crashes="restart", logs=("push", "Failed"))
    both.hold().click("#o").tell("m").release(1).release(1).focus("#i").type("x")
    both.discard().drop()._network(holding=False)  # pyright: ignore[reportPrivateUsage]
    return both.advance(100).restore().advance(1_000)


def test_lk28_what_was_held_back_goes_on_from_what_it_showed(judges: Judges) -> None:  # LK-28, FI-38, HK-19, PA-24
    """Its hooks are told of what the join changed, the field that has the focus keeps it and its text."""
    both = lost_while_it_waits(judges)
    assert '*<input id="i" name="i" phx-keydown="nothing" value=""> "x"' in both.dom()
    both.type("y").press("Tab").click("#z")


def test_lk29_an_answer_brings_a_stale_clone_back(judges: Judges) -> None:  # LK-29
    """The next answer that brings nothing shows what was held back before the loss, and the page says so."""
    both = lost_while_it_waits(judges)
    both.click("#o")
    assert '"m"' in both.dom() and 'id="new"' in both.dom()
    (note,) = [each for each in both.browser.notes if each.rule == "LK-29"]
    assert "<div#o> shows what it was before the connection was lost" in note.text
    both.click("#o").click("#z").click("#o").focus("#i").type("u").advance(500)
    assert '"k"' in both.dom()


@pytest.mark.parametrize("told", ["q", None])
def test_lk29_a_patch_in_between_brings_the_clone_up_to_date(judges: Judges, told: str | None) -> None:
    both = lost_while_it_waits(judges)
    if told:
        both.hold().click("#o").tell(told).release().advance(10)
    else:
        both.click("#z").click("#z")
    assert ('"q"' if told else '"k"') in both.dom()
    assert not [each for each in both.browser.notes if each.rule == "LK-29"]


def test_lk29_what_was_inside_waits_in_the_clone(judges: Judges) -> None:  # LK-21, LK-29
    """What waited itself as the clone was made is answered once more, once the clone is shown."""
    both = Lockstep.of(judges, Silent, crashes="restart", logs=("push", "Failed"))
    both.hold().click("#o").focus("#i").press("a").tell("m").release(1).release(1).release(1)
    both.discard().drop()._network(holding=False)  # pyright: ignore[reportPrivateUsage]
    both.advance(100).restore().advance(1_000).click("#o").click("#o")


MOUNTS = itertools.count(1)


class Numbered(LiveView):
    """A view whose every mount says which it is."""

    def mount(self, params: Any, session: Any, socket: Any) -> Any:
        return socket.assign(n=next(MOUNTS), on=False)

    def handle_event(self, event: str, params: Any, socket: Any) -> Any:
        return socket.update("n", lambda n: n + 10).update("on", lambda on: not on)

    render = heex("""<b id="b" phx-click="go">{@n}</b>
    <div id="ig" phx-update="ignore" phx-hook="Log" class={@n} data-n={@n}>{@n}<i>{@n}</i><input name="field" value={@n}></div>
    <section :if={@on}><div id="later" phx-update="ignore" class={@n} data-n={@n}>{@n}</div></section>""")


def test_pa12_what_is_ignored_outlives_a_rejoin(judges: Judges) -> None:  # PA-12, HK-36
    """What an ignored element has it keeps, whatever the view says that joins again; its data follows."""
    both = Lockstep.of(judges, Numbered, crashes="restart")
    had = next(line for line in both.dom().splitlines() if 'id="ig"' in line)
    both.fill("[name=field]", "typed").click("#b").drop().advance(100).restore().advance(1_000)
    now = next(line for line in both.dom().splitlines() if 'id="ig"' in line)
    assert now != had and now.split()[1] == had.split()[1]
    both.click("#b").drop().advance(100).restore().advance(1_000).click("#b").click("#b").click("#b")


HELD = """<div id="o" phx-click="nothing"><p>{@last}</p><form id="f" phx-change="c"><input id="i" name="v" value={@last}>
<textarea id="t" name="t">{@last}</textarea></form><b :if={@new} id="new" phx-disconnected={@off} phx-connected={@on}>new</b>
<i :if={not @new} id="old" phx-disconnected={@off} phx-connected={@on}>old</i></div>"""


@pytest.mark.parametrize("typed", [False, True])
def test_a_loss_while_something_is_held_back(judges: Judges, typed: bool) -> None:  # FI-30, LK-10, LK-28, HK-33, HK-34
    """What is to be seen is recovered, and told of the loss: not what waits behind it."""
    state = {"new": False, "off": JS.add_class("off").push("off"), "on": JS.remove_class("off").push("on")}
    both = Lockstep.of(judges, page(HELD, state=state), crashes="restart", logs=("push", "Failed"))
    if typed:
        both.fill("#t", "typed").tell({"last": ""})
    both.hold().dispatch("#o", "click").tell({"new": True, "last": "m"}).release(1).release(1)
    assert 'id="old"' in both.dom() and 'id="new"' not in both.dom()
    both.discard().drop()._network(holding=False)  # pyright: ignore[reportPrivateUsage]
    both.advance(600)
    assert 'class="off" id="old"' in both.dom()
    both.restore().advance(1_000).tell({"new": True}).drop().advance(600).restore().advance(1_000)


ROOTED = heex("""<form id="f" phx-change="c"><input id="a" name="a" value="k"><input id="b" name="b"></form>""")


@pytest.mark.parametrize("field", ["#a", "#b"])
@pytest.mark.parametrize("told", ["x", None])
def test_lk29_what_was_typed_is_in_the_clone(
    judges: Judges, field: str, told: str | None
) -> None:  # LK-29, LK-21, PA-12
    """The form is left out by every patch: what its clone held as the line was lost comes back with the next answer."""
    view = page("<p>{@n} {@last}</p><.rooted />", {"rooted": ROOTED})
    both = Lockstep.of(judges, view, crashes="restart", logs=("push", "Failed"))
    both.fill(field, "8").latency(30).tell({"last": "o"}).type("3").advance(40).drop().restore().advance(700)
    both.click("#b" if field == "#a" else "#a").type("7")
    if told:
        both.tell({"n": 9})
    both.advance(50).advance(50).advance(400)


def test_what_is_written_where_something_was_held_back(judges: Judges) -> None:  # LK-28, FI-9, FI-10, PF-13
    """A join writes over what is to be seen, not over what waited behind it."""
    template = """<div id="o" phx-click="none"><p>{@last}</p><form id="f" phx-change="c"><textarea id="t" name="t">{@last}</textarea>
    <textarea id="u" name="u">{@last}</textarea><select id="s" name="s"><option :for={r in @rows} value={r}>{r}</option></select>
    <textarea :if={@last} id="w" name="w">{@last}</textarea></form></div>"""
    for focus in ("#t", "#u", "#s"):
        both = Lockstep.of(judges, page(template, state={"rows": (1, 2)}), crashes="restart", logs=("push", "Failed"))
        both.fill("#t", "typed").choose("#s", "2").focus(focus).hold().dispatch("#o", "click")
        both.tell({"last": "m", "rows": (3, 2)}).release(1).release(1)
        both.discard().drop()._network(holding=False)  # pyright: ignore[reportPrivateUsage]
        both.advance(100).restore().advance(1_000).tell({"last": "z", "rows": (2, 3)}).advance(20)


INSIDE = """<p>{@n} {@last}</p><button id="h" phx-click={@hide}>h</button><div id="x">x</div><div :if={@on} id="w" class={@last}>
<.live_render view={Inside} id="inside" /></div><.live_component module={Box} id="1" /><button id="k" phx-click={@kick}>k</button>"""


@pytest.mark.parametrize("first", [True, False])
@pytest.mark.parametrize("told", [{"on": True}, {"on": False}, {"last": "z"}, {"n": 7}, None])
def test_a_nested_view_and_a_diff_that_waited_as_the_line_was_lost(
    judges: Judges, told: dict[str, Any] | None, first: bool
) -> None:  # CN-20, JC-25, PA-16a, PA-17
    """Where the diff comes to its container that is made anew, and joined at once, though the line is down; else it waits."""
    state = {
        "on": first,
        "hide": JS.hide(to="#x", transition="o", time=40),
        "kick": JS.push("x", target="#box-1"),
    }
    for after in ((100,), (5, 100), ()):
        both = Lockstep.of(
            judges,
            page(INSIDE, {"Inside": Inside, "Box": Box}, state=state),
            crashes="restart",
            logs=("push", "Failed"),
        )
        both.click("#h").advance(3)
        if told is None:
            both.click("#k")
        else:
            both.tell(told)
        both.drop()
        for milliseconds in after:
            both.advance(milliseconds)
        both.restore().advance(100).advance(1_000)


LOST_AGAIN = """<p>{@n} {@last}</p><form id="f" phx-change="c"><input id="i" name="v" value={@last}></form><b id="b"
phx-click={@js}>b</b>"""


def test_ce63_the_line_is_lost_again_before_forms_are_recovered(judges: Judges) -> None:  # CE-63, FI-36, FI-37, JC-25
    """A join that waits for a transition recovers nothing where nobody hears it, and the next one does not try again."""
    js = JS.transition("t", time=60)
    both = Lockstep.of(
        judges, page(LOST_AGAIN, state={"js": js}), crashes="restart", logs=("push", "Failed", "no connection")
    )
    both.fill("#i", "typed").drop().click("#b").restore().advance(10).drop().advance(100)
    (note,) = [each for each in both.browser.notes if each.rule == "FI-37"]
    assert "the line is lost again" in note.text
    both.restore().advance(1_000).fill("#i", "again").advance(20)


class Plain(LiveView):
    """A nested view that shows what it heard."""

    def mount(self, params: Any, session: Any, socket: Any) -> Any:
        return socket.assign(n=0)

    def handle_event(self, event: str, params: Any, socket: Any) -> Any:
        return socket.update("n", lambda n: n + 1)

    render = heex("""<b>{@n}</b><button id="up" phx-click="up">+</button>""")


@pytest.mark.parametrize("after", [5, 100, 600])
@pytest.mark.parametrize("last", ["push", "transition"])
def test_pa17_an_answer_for_a_nested_view_that_is_joined_anew(judges: Judges, after: int, last: str) -> None:
    # PA-17, JC-25, CN-20
    """It waited for a transition, behind a diff that makes its container anew: it is not shown in the view that has joined since."""
    template = """<p>{@n} {@last}</p><div><.live_render view={Plain} id="kid" /></div><div id="w" phx-click-away={@away}>x</div>"""
    away = JS.push("e", page_loading=last == "push").transition("a", time=40)
    both = Lockstep.of(
        judges, page(template, {"Plain": Plain}, state={"away": away}), crashes="restart", logs=("push", "Failed")
    )
    both.click("#up").drop().advance(after).restore().advance(1_000)
    assert "<b>" in both.dom() and '"1"' not in both.dom()
    both.click("#up").advance(100)
