"""Two things at once, one inside the other: what generated sequences have found, each at its smallest."""

from __future__ import annotations

from typing import Any

import pytest

from liveview_core import JS, LiveView, attr, heex
from tests.harness.counting_pages import page
from tests.official_client.client import Judges
from tests.official_client.lockstep import Lockstep
from tests.official_client.tab.generated import CARD, Gadget

PHASES = ("run", "start", "end")


def item(at: int, n: int = 0) -> dict[str, int]:
    return {"id": at, "n": n}


def rows(*ids: int, reset: bool = False, at: int = -1) -> Any:
    return lambda socket: socket.stream("items", [item(each) for each in ids], reset=reset, at=at)


def delete(at: int) -> Any:
    return lambda socket: socket.stream_delete_by_dom_id("items", f"items-{at}")


def toggled(socket: Any) -> Any:
    return socket.update("on", lambda on: not on)


def released(both: Lockstep, count: int = 8) -> Lockstep:
    """What waits arrives, one frame after the other."""
    for _ in range(count):
        if both.browser.flights:
            both.release(1)
    return both.release()


# --- timers -----------------------------------------------------------------------------------------------------------


OVERLAPPING = [
    JS.transition(PHASES, to="#d", time=60).hide(to="#d", transition=PHASES, time=60),
    JS.hide(to="#d", transition=PHASES, time=60).transition(PHASES, to="#d", time=60),
    JS.toggle(to="#d", in_="i", out="o", time=50).add_class("x", to="#d", transition=PHASES, time=50),
    JS.toggle_class("x", to="#d", transition=PHASES, time=40).toggle_class("x y", to="#d"),
    JS.remove_class("a", to="#d", transition="t", time=30, blocking=False).add_class(
        "a", to="#d", transition="t", time=30
    ),
]


@pytest.mark.parametrize("command", OVERLAPPING)
def test_transitions_that_end_at_once(judges: Judges, command: Any) -> None:  # JC-20
    """Timers that are due at one instant fire in the order in which they were begun, however many there were."""
    both = Lockstep.of(
        judges, page("""<p id="d" class="a">d</p><b id="b" phx-click={@js}>b</b>""", state={"js": command})
    )
    for _ in range(3):
        both.click("#b").click("#b").advance(16).click("#b").advance(44).advance(16).advance(200)


# --- the middle of a patch --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("field", ['<input id="t" name="t"', '<select id="t" name="t"'])
def test_a_patch_that_moves_a_form(judges: Judges, field: str) -> None:  # PF-12, LK-10
    """What its field pushes as it is left holds the form back from the very patch that moves it."""
    end = "><option>1</option><option>2</option></select>" if "select" in field else ">"
    both = Lockstep.of(
        judges,
        page(
            f"""<section :if={{@on}} id="d"></section><form id="f" phx-change="c">{field} phx-debounce="blur"{end}<i>{{@last}}</i>
            </form>""",
            state={"on": False},
        ),
    )
    both.focus("#t")
    both = both.choose("#t", "2") if "select" in field else both.type("7")
    both.tell(toggled).tell(toggled).tell({"last": "x"})


def test_a_blur_in_the_middle_of_a_patch(judges: Judges) -> None:  # FI-12
    """A select that the patch changes is left in its middle: the fields before it hold what came, those after it what they held."""
    both = Lockstep.of(
        judges,
        page(
            """<form id="f" phx-change="c"><input id="a" name="a" value={@last}><select id="s" name="s" phx-debounce="">
            <option value="1">1</option><option value="2" selected={@on}>2</option></select><input id="z" name="z" value={@last}>
            <input type="checkbox" id="k" name="k" checked={@on}></form>""",
            state={"on": False},
        ),
    )
    both.focus("#s").choose("#s", "2").tell({"last": "x", "on": True}).tell({"on": False, "last": "y"})
    both.focus("#s").choose("#s", "1").tell({"last": "z"}).advance(400)


# --- locks in locks ---------------------------------------------------------------------------------------------------


NESTED = """<p>{@n}</p><div id="w" phx-click-away="away"></div><div id="o" phx-click="outer"><b id="h">h</b>
<form id="f" phx-change="c" phx-submit="s">{@last}<input id="i" name="i" phx-focus="in" phx-blur="out"><select id="s" name="s">
<option value="1">1</option><option value="2" selected={@on}>2</option></select><button id="b">b</button></form></div>"""


@pytest.mark.parametrize("act", ["choose", "fill", "submit", "both"])
def test_locks_in_locks(judges: Judges, act: str) -> None:  # LK-20, LK-21
    """A part that is held back inside of one that is held back is released by itself, once for each answer."""
    both = Lockstep.of(
        judges, page(NESTED, state={"on": True}, away=lambda s, _: toggled(s), outer=lambda s, _: toggled(s))
    )
    both.hold().click("#h")
    if act in ("choose", "both"):
        both.choose("#s", "1")
    if act in ("fill", "both"):
        both.fill("#i", "7")
    if act in ("submit", "both"):
        both.click("#b")
    both.tell({"last": "m"})
    released(both, 14).click("#h").tell({"last": "k"})


def test_an_answer_while_another_field_waits(judges: Judges) -> None:  # LK-14
    """What was patched in place, because it had the focus, is held back like all else once it has lost it."""
    both = Lockstep.of(
        judges,
        page(
            """{@n}<form id="f" phx-submit="s"><input id="i" phx-focus="in" phx-blur="out"><button id="b">b</button></form>"""
        ),
    )
    both.hold().click("#b").click("#i")
    released(both, 8).click("#b").click("#i").click("#b")


def test_a_component_in_an_element_that_waits(judges: Judges) -> None:  # LK-15
    """The answer for what is around it comes to all that is in it, also to components that nothing was sent for."""
    both = Lockstep.of(
        judges,
        page(
            """<div id="o" phx-click="go">{@last}<.live_component module={Gadget} id="k" js={@js} /></div>""",
            {"Gadget": Gadget},
            state={"js": JS.push("came")},
        ),
    )
    both.latency(5).tell({"last": "m"}).click("#gi-k").press("Backspace").advance(400)
    both.tell({"last": "k"}).click("#gb-k").advance(3).press("a").advance(400)


@pytest.mark.parametrize(
    "inside", ['<div id="ig" phx-update="ignore" class={@last}><input name="i"></div>', "<i>{@n}</i>"]
)
def test_a_hook_in_an_element_that_waits(judges: Judges, inside: str) -> None:  # HK-18
    """It is told of an answer if that changes something in it: what is ignored, and what a select has chosen, does not."""
    both = Lockstep.of(
        judges,
        page(
            f"""{{@n}}<div id="o" phx-click="go"><div id="h" phx-hook="Reply"><select id="s"><option>1</option></select>{inside}</div>
            </div>"""
        ),
    )
    both.hold().click("#h").tell(lambda s: s.push_event("told", {"n": 2}).update("n", lambda n: n + 2))
    released(both)


def test_a_text_that_was_reset_while_its_field_waits(judges: Judges) -> None:  # PF-5, LK-14
    both = Lockstep.of(
        judges,
        page(
            """<form id="f"><textarea id="t" phx-focus="in" phx-blur="out">{@last}</textarea><button id="r" type="reset">r</button>
            </form>"""
        ),
    )
    both.click("#t").hold().click("#r").click("#t")
    released(both).tell({"last": "x"})


# --- hooks ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("hook", ["Reply", "Push"])
def test_an_answer_for_a_hook_that_is_gone(judges: Judges, hook: str) -> None:  # HK-20
    """A hook hears the answer to its push, also once its element is gone."""
    both = Lockstep.of(
        judges,
        page(f"""<div :if={{@on}} id="o"><b id="h" phx-hook="{hook}">h</b></div>{{@n}}""", state={"on": False}),
    )
    both.hold().tell(toggled).tell(toggled)
    released(both)


# --- elements that move -----------------------------------------------------------------------------------------------


def test_an_element_with_a_magic_id_changes_its_parent(judges: Judges) -> None:  # PA-7, PF-12
    """The root of a template is kept, with its focus and what was typed, wherever the patch puts it."""
    both = Lockstep.of(
        judges,
        page(
            """<div :if={@on}></div><div><.card :for={r in @rows} at={f"a{r}"} label={r} /></div><p>{@last}</p>""",
            {"card": CARD},
            state={"on": True, "rows": [1, 2, 3]},
        ),
    )
    both.focus('[name="carda2"]').type("x").tell(toggled).tell({"rows": [3, 2]}).tell(toggled).tell({"rows": [4, 2, 1]})
    both.tell({"rows": []}).tell({"rows": [2]})


# --- rows of streams --------------------------------------------------------------------------------------------------


LEAVING = """<ul id="u" phx-update="stream"><li :for={id, it in @streams.items} id={id} phx-remove={@rm}>{it["n"]}</li>{@tail}</ul>"""


@pytest.mark.parametrize("at", [-1, 0])
@pytest.mark.parametrize("reset", [True, False])
def test_rows_that_leave_while_others_come(judges: Judges, at: int, reset: bool) -> None:  # ST-27, PA-42
    """They stand where they stood among what was there: a reset takes the others out first, and puts them in again."""
    both = Lockstep.of(
        judges,
        page(
            LEAVING.replace("{@tail}", '<li id="tail">t</li>' if at else ""),
            state={"rm": JS.transition("fade", time=40)},
            begin=rows(1, 2, 3),
        ),
    )
    if reset:
        both.tell(rows(2, 4, reset=True, at=at)).advance(100).tell(rows(5, 4, reset=True, at=at)).advance(100)
        both.tell(rows(reset=True)).advance(100)
    else:
        both.tell(lambda s: rows(4, at=at)(delete(2)(s))).advance(100).tell(lambda s: rows(5, 6, at=at)(delete(1)(s)))
        both.advance(100)


WAITING = """<div id="o" phx-click="go">{@last}<ul id="u" phx-update="stream"><li :for={id, it in @streams.items} id={id}
phx-hook="Log" phx-remove={@rm}>{it["n"]}<input name={id}></li></ul></div>"""


def test_rows_that_are_taken_from_an_element_that_waits(judges: Judges) -> None:  # ST-27, LK-10
    """They go at once, whatever else is held back; what comes in their place comes with the answer."""
    both = Lockstep.of(judges, page(WAITING, state={"rm": None}, begin=rows(1, 2, 3)))
    both.hold().click("#o").tell(rows(4, 3, reset=True))
    released(both).advance(100)
    both.hold().focus('[name="items-3"]').click("#o").tell(delete(3))
    released(both).advance(100)


def test_rows_that_leave_an_element_that_waits(judges: Judges) -> None:  # ST-27, PA-42
    both = Lockstep.of(judges, page(WAITING, state={"rm": JS.transition("fade", time=40)}, begin=rows(1, 2, 3)))
    both.hold().click("#o").tell(rows(4, 3, reset=True)).release(1).release(1).advance(20)


# --- unlocks ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("after", [True, False])
def test_hk18_what_waits_inside_is_no_change(judges: Judges, after: bool) -> None:  # HK-18, LK-21
    """A hidden clone has what was inside as it waited when it was made: a hook around that is told of nothing."""
    template = (
        """<div id="o" phx-click="go"><div id="h" phx-hook="Log"><b id="b" phx-click="go">x</b></div>{@last}</div>"""
    )
    both = Lockstep.of(judges, page(template, state={"last": ""}, go=lambda s, _: s.assign(last="")))
    both.hold().click("#o")
    if after:
        both.tell({"last": "m"}).release(1).click("#b")
    else:
        both.click("#b").tell({"last": "m"}).release(1)
    released(both)


def test_hk18_what_no_patch_came_to_is_in_the_clone_as_it_was(judges: Judges) -> None:  # HK-18, LK-9, LK-15, PA-5
    """A component in a locked element is patched at once, and a stub in the clone: the class of a push of its own stays in both."""
    template = """<div phx-click="e3"><.live_component module={Gadget} id="k" js={@js} />{@last}</div>"""
    names = {"Gadget": Gadget}
    both = Lockstep.of(judges, page(template, names, state={"js": JS.push("e0")}))
    both.hold().click("#gb-k").click(2).release(1).tell({"last": "m"}).release()


def test_pa42_rows_leave_once_whatever_else_is_held_back(judges: Judges) -> None:  # PA-42, ST-27
    """Rows that a reset takes away, while elements beside them wait, run their `phx-remove` once each."""
    template = """<p id="p" phx-click="go">p</p><b id="b" phx-click="go">b</b><i>{@n}</i><ul id="l" phx-update="stream">
    <li :for={id, item in @streams.items} id={id} phx-remove={@js}>{item["n"]}</li></ul>"""
    view = page(template, state={"js": JS.push("gone")}, begin=rows(1, 2))
    both = Lockstep.of(judges, view)
    both.hold().click("#p").click("#b").tell({"n": 5}).tell(rows(3, 4, reset=True))
    released(both)
    assert [payload["event"] for _, payload in both.frames].count("gone") == 2


# --- what only the hidden clone sees ------------------------------------------------------------------------------------


LEAVES = [
    JS.transition("fade", time=40),
    JS.hide(transition="out", time=40),
    JS.add_class("x", transition="t", time=40).hide(to="#p", transition="q", time=20),
    JS.push("gone").add_class("y", to="#p"),
]


@pytest.mark.parametrize("command", LEAVES)
def test_lk11_what_leaves_the_hidden_clone(judges: Judges, command: Any) -> None:  # LK-11, PA-42, JC-23
    """Its `phx-remove` runs on a node in no document: what is for others is done, its transition is waited for; and once more at the
    unlock, where it is seen.
    """
    template = (
        """<p id="p">{@n}</p><div id="o" phx-click="go"><i :if={@on} id="d" phx-remove={@js}>d</i>{@last}</div>"""
    )
    both = Lockstep.of(judges, page(template, state={"on": True, "js": command}, go=lambda s, _: s.assign(last="went")))
    both.hold().click("#o").tell(toggled).release(1).advance(10)
    both.release().advance(40).advance(40).advance(100).tell({"last": "z"}).advance(100)


@pytest.mark.parametrize("form", ["stub", "inside"])
def test_fi8_where_no_patch_came_to_the_clone(judges: Judges, form: str) -> None:  # FI-8, FI-9, LK-20, LK-21
    """A form that is a component comes as a stub into what is held back around it: the unlock visits all of it, all the same."""
    names = {"rooted": ROOTED}
    beside = "<.rooted />" if form == "inside" else ""
    template = (
        f"""<div id="o" phx-click="go"><b>{{@last}}</b>{beside}</div>{"" if beside else "<.rooted />"}<i>{{@n}}</i>"""
    )
    both = Lockstep.of(judges, page(template, names, state={"js": None}))
    both.click("#x").choose("#s", "2").latency(20).click("#x").fill("#a", "x").tell({"last": "m"}).choose("#s", "1")
    both.advance(30).fill("#b", "y").advance(100).tell({"last": "k"}).latency(0).click("#x")


ROOTED = heex("""<form id="f" phx-change="c"><input id="a" name="a"><input id="b" name="b"><input type="checkbox" id="x" name="x">
<select id="s" name="s"><option value="1">1</option><option value="2">2</option></select></form>""")


def test_hk7a_a_component_that_is_rendered_again_is_no_stub(judges: Judges) -> None:  # HK-7a
    """One that comes as it was, but whole, is no change of the hook around it."""
    names = {"one": heex("""<b class={@on}>b</b>""", attr("on", "any"))}
    both = Lockstep.of(
        judges, page("""<div id="h" phx-hook="Log"><.one on={@on} /></div>""", names, state={"on": False})
    )
    both.tell(toggled).tell(toggled).tell({"on": "x"})


def test_pa42_rows_that_leave_while_something_waits_stand_still(judges: Judges) -> None:  # PA-42, ST-27
    """A reset takes the others out, and puts them behind."""
    template = """<form id="f" phx-change="c"><input id="a" name="a"></form><ul id="l" phx-update="stream">
    <li :for={id, item in @streams.items} id={id} phx-remove={@js}>{item["n"]}</li></ul>"""
    view = page(template, state={"js": JS.hide(transition="out", time=40)}, begin=rows(1, 2))
    both = Lockstep.of(judges, view)
    both.hold().tell(rows(3, 1, reset=True)).fill("#a", "x").release().advance(100)


# --- one wait inside the other ------------------------------------------------------------------------------------------


class Quiet(LiveView):
    """A view whose events change nothing."""

    def mount(self, params: Any, session: Any, socket: Any) -> Any:
        return socket.assign(last="")

    def handle_event(self, event: str, params: Any, socket: Any) -> Any:
        return socket

    def handle_info(self, message: Any, socket: Any) -> Any:
        return socket.assign(last=message)

    render = heex("""<div id="o" phx-click="none"><p>{@last}</p><div id="q" phx-click="none"><b phx-hook="Log" id="h">{@last}</b>
    <input id="a" name="a" value={@last}><i :if={@last} id="new" phx-hook="Log">x</i></div></div>""")


@pytest.mark.parametrize(
    "order", ["o q m 3 z", "o m 3 q z", "o 3 q z m", "m o 3 q z", "3 m o z q", "q o m 3 z", "m q 3 o z", "q 3 m z o"]
)
def test_answers_without_a_change_to_one_wait_inside_the_other(
    judges: Judges, order: str
) -> None:  # LK-10, LK-20, LK-21
    """Where what is around waits for less, what came for the inside is lost with its clone, until a patch comes to it."""
    both = Lockstep.of(judges, Quiet).latency(20)
    for word in order.split():
        if word.isdecimal():
            both.advance(int(word))
        elif word in "oq":
            both.dispatch(f"#{word}", "click")
        else:
            both.tell(word)
    both.advance(100)
    lost = order.index("o") < order.index("q")
    assert ('>\n        "z"' in both.dom()) is not lost
    assert any(each.rule == "LK-21" for each in both.browser.notes) is lost
    both.tell("end").advance(100)
    assert both.dom().count('"end"') == 4


@pytest.mark.parametrize("rows", [True, False])
@pytest.mark.parametrize("order", ["q i", "i q"])
def test_a_field_in_a_wait_inside_another(judges: Judges, order: str, rows: bool) -> None:  # LK-21, PA-25
    """It is in a clone of its own only where a patch has come to it in the clone around it: to rows none comes."""
    listed = """<ul id="l" phx-update="stream"><li :for={id, item in @streams.items} id={id}><input id={f"{id}i"} name={id}></li></ul>"""
    plain = """<ul id="l"><li id="items-1">{@last}<input id="items-1i" name="x"></li></ul>"""
    template = f"""<form id="f" phx-change="c"><p>{{@last}}</p><div id="q" phx-click="k">{listed if rows else plain}</div></form>"""
    both = Lockstep.of(judges, page(template, begin=lambda s: s.stream("items", [item(1), item(2)]) if rows else s))
    both.latency(20)
    for each in order.split():
        if each == "q":
            both.dispatch("#q", "click").tell({"last": "z"})
        else:
            both.fill("#items-1i", "y").advance(7)
    both.tell({"last": "later"}).advance(100)
