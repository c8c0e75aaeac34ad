"""LK: refs, locks and loading states, with messages held back and delivered one by one (browser.md 11, LK)."""

from __future__ import annotations

from typing import Any

import pytest

from liveview_core import JS, heex
from tests.harness.counting_pages import Box, events, page
from tests.official_client.client import Judges
from tests.official_client.lockstep import Lockstep

CLICK = """<p>{@n} {@last}</p><button id="b" phx-click="go" class={@last}>go {@n}</button><div id="d" phx-click="go"><i>{@n}</i>
<u>{@last}</u></div>"""


def test_lk1_diffs_while_locked(judges: Judges) -> None:  # LK-2, LK-3, LK-5, LK-17, LK-19, LK-6, MD-11
    both = Lockstep.of(judges, page(CLICK))
    both.hold().click("#b").tell({"last": "one"}).tell({"last": "two"}).release(1)
    both.release(1).release(1).release(1).release()
    both.hold().click("#d").tell({"last": "three"}).release(1).release(1).release(1).release()
    both.click("#b").click("#d")


def test_lk1_latency(judges: Judges) -> None:  # CE-13, LK-20, MD-6
    both = Lockstep.of(judges, page(CLICK))
    both.latency(50).click("#b").advance(10).click("#b").click("#d").advance(30).tell({"last": "x"}).advance(20)
    both.advance(50).advance(100).click("#d").advance(200)


FORM = """<p>{@n} {@last}</p><form id="f" phx-change="c" phx-submit="s"><input id="a" name="a" value={@last}><input id="b" name="b">
<span>{@last}</span></form>"""


def test_lk2_two_changes(judges: Judges) -> None:  # LK-16, LK-18, LK-21, FI-1
    both = Lockstep.of(judges, page(FORM))
    both.hold().focus("#a").type("x").focus("#b").type("y").tell({"last": "server"})
    for _ in range(6):
        both.release(1)
    both.release()
    both.focus("#a").type("z")


def test_lk3_a_focused_input_with_a_key(judges: Judges) -> None:  # LK-14, CE-35
    both = Lockstep.of(
        judges, page("""<p>{@n}</p><input id="a" phx-keydown="k" class={@last} value={@last}><b>{@last}</b>""")
    )
    both.hold().focus("#a").press("x").tell({"last": "one"}).release(1).release(1)
    both.tell({"last": "two"}).release(1).release(1).release(1).release()
    both.tell({"last": "three"})


COMPONENT = """<p>{@n} {@last}</p><form id="f" phx-change="c"><input id="a" name="a"><.live_component module={Box} id="one" />
<b>{@last}</b></form><button id="up" phx-click="up" phx-target="#box-one">up</button>"""


def test_lk4_a_component_in_a_locked_form(judges: Judges) -> None:  # LK-15, PA-2, PA-3
    both = Lockstep.of(judges, page(COMPONENT, {"Box": Box}))
    both.hold().focus("#a").type("x").click("#up")
    for _ in range(5):
        both.release(1)
    both.release()
    both.hold().focus("#a").type("y").tell({"last": "held"}).click("#up")
    for _ in range(6):
        both.release(1)
    both.release()


SUBMIT = """<p>{@n} {@last}</p><form id="f" phx-change="c" phx-submit="s"><input id="a" name="a" phx-disable-with="wait">
<textarea id="t" name="t"></textarea><select name="s" id="s"><option>1</option></select><input id="x" type="checkbox" name="x" readonly>
<button id="go" phx-disable-with="saving..." name="by" value="go">Save <b>it</b></button><button id="other" phx-disable-with="">Other</button>
<button id="dis" disabled>Dis</button><div phx-update="ignore" id="ig"><button id="igb">ig</button><input name="ign"></div>
<input type="submit" id="is" value="is" phx-disable-with="sending" name="by"></form><input id="out" form="f" name="out"><button id="outb" form="f">out</button>"""


def test_lk5_submit(judges: Judges) -> None:  # LK-7, LK-12, LK-13, LK-22…25, LK-27, PF-14, PF-19
    both = Lockstep.of(judges, page(SUBMIT))
    for button in ("#go", "#other", "#is", "#outb"):
        both.latency(50).click(button).advance(10).click(button).click("#other").advance(200)
    both.focus("#a").type("q").press("Enter").advance(30).focus("#out").type("o").advance(200)
    both.focus("#out").press("Enter").advance(30).tell({"last": "new"}).advance(300)
    both.click("#go").click("#go").advance(500)


def test_lk5_submit_while_a_change_waits(judges: Judges) -> None:  # LK-20, LK-26
    both = Lockstep.of(judges, page(SUBMIT))
    both.hold().focus("#a").type("q").press("Enter").tell({"last": "now"})
    for _ in range(7):
        both.release(1)
    both.release()


def test_lk8_disable_with_of_a_link(judges: Judges) -> None:  # LK-7, LK-8
    both = Lockstep.of(
        judges,
        page("""<p>{@last}</p><a id="a" href="#" phx-click="go" phx-disable-with="wait">go <b>on</b></a><div id="d" phx-click="go"
        phx-disable-with="wait">{@n}</div><button id="b" phx-click="go" phx-disable-with="wait" class="x">{@n}</button>"""),
    )
    both.latency(20).click("#a").advance(50).click("#d").advance(50).click("#b").advance(10).click("#b").advance(50)
    both.tell({"last": "y"}).advance(50)


def test_lk9_mounted_pushes(judges: Judges) -> None:  # LK-9, MD-12
    both = Lockstep.of(
        judges,
        page(
            """<p>{@n} {@last}</p><div :if={@on} id="m" phx-mounted={@js}>m</div><div phx-mounted={@js} class="c">n</div>
        <button id="b" phx-click={@cls}>b</button>""",
            state={
                "on": False,
                "js": JS.push("came").add_class("here"),
                "cls": JS.push("go").dispatch("app:x", to="#b"),
            },
        ),
    )
    both.latency(20).tell({"on": True}).advance(100).click("#b").advance(100).tell({"on": False}).advance(100)
    both.tell({"on": True}).advance(200)


def test_lk10_loading_and_page_loading(judges: Judges) -> None:  # LK-4, CE-64
    both = Lockstep.of(
        judges,
        page(
            """<p class="l">{@n}</p><div class="l">{@last}</div><button id="b" phx-click={@js}>b</button>
        <form id="f" phx-change={@ch} phx-submit={@ch}><input id="a" name="a"></form>""",
            state={
                "js": JS.push("go", loading=".l", page_loading=True),
                "ch": JS.push("typed", loading=".l", page_loading=True),
            },
        ),
    )
    both.latency(20).click("#b").advance(10).tell({"last": "one"}).advance(100)
    both.focus("#a").type("x").advance(100).press("Enter").advance(10).tell({"last": "two"}).advance(100)
    assert events(both) == ["go", "typed", "typed"]


def test_lk6_no_answer_then_another(judges: Judges) -> None:
    """Two elements, answered together: what came first is undone first."""
    both = Lockstep.of(
        judges,
        page(
            """<p>{@n}</p><button id="a" phx-click="go">a {@n}</button><button id="b" phx-click="go">b {@n}</button>
        <button id="c" phx-click={@js}>c {@n}</button>""",
            state={"js": JS.push("one").push("two")},
        ),
    )
    both.hold().click("#b").click("#a").click("#c")
    for _ in range(8):
        both.release(1)
    both.release()


def test_locked_subtree_with_a_list(judges: Judges) -> None:
    def more(socket: Any) -> Any:
        return socket.update("rows", lambda rows: [9, *rows[1:], 7])

    both = Lockstep.of(
        judges,
        page(
            """<div id="d" phx-click="go" class={@last}><p :for={r <- @rows}>{r}<input value={r}></p></div>""".replace(
                "{r <- @rows}", "{r in @rows}"
            ),
            state={"rows": [1, 2, 3]},
        ),
    )
    both.hold().click("#d").tell(more).tell(more).tell({"last": "k"})
    for _ in range(6):
        both.release(1)
    both.release()


def crash(socket: Any, params: Any) -> Any:
    raise ValueError("bad")


@pytest.mark.parametrize("focus", [False, True])
def test_lk28_what_was_held_back_from_a_button_shows_after_a_rejoin(judges: Judges, focus: bool) -> None:  # LK-28
    """Its view has crashed: with or without the focus it is as the join says, and busy no more."""
    tag = "button" if focus else "div"
    template = f"""<p>{{@n}}</p><i id="r" phx-click="k">r</i><{tag} id="bad" phx-click="bad">b {{@n}}</{tag}>"""
    both = Lockstep.of(judges, page(template, bad=crash), crashes="restart", logs=("push", "crashed", "Failed"))
    both.latency(20).click("#r").click("#bad").advance(100).advance(1_200).click("#r").advance(100)


# --- stubs that wait ----------------------------------------------------------------------------------------------------


ROOTED = heex("""<form id="f" phx-change="c" phx-submit="s"><input id="a" name="a"><input id="b" name="b"><input type="checkbox" id="x"
name="x"><textarea id="t" name="t"></textarea><select id="o" name="o"><option>1</option><option>2</option></select><p id="h"
phx-hook="Log">h</p><button id="s" phx-disable-with="saving">s</button></form>""")
BUTTON = heex("""<button id="q" phx-click="go" phx-disable-with="wait">q</button>""")


def with_rooted(judges: Judges) -> Lockstep:
    """A page on which a form and a button are the roots of components, and come as stubs with what changes beside them."""
    template = """<p>{@last}</p><.rooted /><.one />"""
    return Lockstep.of(judges, page(template, {"rooted": ROOTED, "one": BUTTON}, go=lambda s, _: s))


def test_pa12_a_stub_that_waits_is_cloned_too(judges: Judges) -> None:  # PA-12, LK-10, LK-20
    """A patch that only passes by makes its hidden clone all the same, and the answer goes over it."""
    both = with_rooted(judges).hold().click("#q").tell({"last": "k"})
    for _ in range(4):
        both.release(1)
    both.release().tell({"last": "z"})


@pytest.mark.parametrize("how", ["held", "slow", "focused", "submitted"])
def test_pa12_what_was_typed_since_is_lost_with_the_answer(judges: Judges, how: str) -> None:  # PA-12, FI-8, FI-10
    """Of fields without the focus; ticks and choices are as they were sent."""
    both = with_rooted(judges)
    if how == "slow":
        both.latency(50).fill("#a", "1").advance(20).tell({"last": "k"}).advance(60).fill("#b", "2").advance(200)
        return
    both.hold().fill("#a", "1").click("#x").tell({"last": "k"}).release(1)
    if how == "focused":
        both.focus("#b").type("typed")
    elif how == "submitted":
        both.fill("#t", "later").click("#s").choose("#o", "2")
    else:
        both.fill("#b", "2").fill("#t", "later").choose("#o", "2").click("#x")
    for _ in range(12):
        if both.browser.flights:
            both.release(1)
    both.release().tell({"last": "z"})
