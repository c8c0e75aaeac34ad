"""JC: JS commands on the clock (browser.md 11, JC)."""

from __future__ import annotations

from typing import Any

import pytest

from liveview_core import JS
from tests.harness.counting_pages import events, page, routed
from tests.official_client.client import Judges
from tests.official_client.lockstep import Lockstep

T = ("run", "start", "end")


def commands(*each: Any, body: str = '<div id="d" class="a">d</div>', extra: str = "") -> type[Any]:
    """A page with a button for each command, and something that they are for."""
    state = {f"js{at}": command for at, command in enumerate(each)}
    buttons = "".join(f'<button id="b{at}" phx-click={{@js{at}}}>{at}</button>' for at in range(len(each)))
    return page(f"<p>{{@n}} {{@last}}</p>{buttons}{body}{extra}", state=state)


def frames(both: Lockstep, count: int, step: int = 16) -> None:
    for _ in range(count):
        both.advance(step)


def test_jc1_show_and_hide(judges: Judges) -> None:  # JC-5, JC-15…19, MD-11
    both = Lockstep.of(
        judges,
        commands(
            JS.hide(to="#d", transition=T, time=100),
            JS.show(to="#d", transition=T, time=100),
            JS.hide(to="#d"),
            JS.show(to="#d", display="flex"),
            JS.toggle(to="#d", in_=T, out=("o", "os", "oe"), time=50),
            JS.toggle(to="#d"),
            JS.show(to="tr, td, li"),
            body='<div id="d" class="a">d</div><table><tbody><tr hidden><td style="color: red; display: none">x</td></tr></tbody></table>',
        ),
    )
    for button in (0, 0, 1, 1, 2, 3, 4, 4, 5, 5, 6):
        both.click(f"#b{button}")
        frames(both, 9)
        both.tell({"last": f"after {button}"})


def test_jc2_within_one_frame(judges: Judges) -> None:  # JC-9, LO-10
    both = Lockstep.of(
        judges,
        commands(
            JS.toggle_class("x y", to="#d"),
            JS.hide(to="#d").show(to="#d"),
            JS.toggle(to="#d"),
            JS.add_class("x", to="#d").remove_class("x", to="#d"),
        ),
    )
    both.click("#b0").click("#b0")
    frames(both, 4)
    both.click("#b0")
    frames(both, 4)
    both.click("#b1")
    frames(both, 4)
    both.click("#b2").click("#b2")
    frames(both, 4)
    both.click("#b3")
    frames(both, 4)


def test_jc3_classes_against_the_server(judges: Judges) -> None:  # JC-6…8
    both = Lockstep.of(
        judges,
        commands(
            JS.add_class("x y", to="#d"),
            JS.remove_class("x a", to="#d"),
            JS.toggle_class("x z", to="#d"),
            body='<div id="d" class={@last}>d</div>',
        ),
    )
    for last, button in (("x", 0), ("y q", 1), ("a x", 0), ("", 1), ("z x", 2), ("z", 2), ("a", 0)):
        both.tell({"last": last}).click(f"#b{button}")
        frames(both, 3)
        both.tell({"last": ""}).tell({"last": "x z a"})


def test_jc4_attributes(judges: Judges) -> None:  # JC-10
    both = Lockstep.of(
        judges,
        commands(
            JS.set_attribute(("data-a", "1"), to="#d").set_attribute(("title", "t"), to="#d"),
            JS.remove_attribute("title", to="#d").remove_attribute("data-s", to="#d"),
            JS.toggle_attribute(("open", ""), to="#d"),
            JS.toggle_attribute(("aria-x", "true", "false"), to="#d"),
            JS.set_attribute(("disabled", ""), to="#i").set_attribute(("value", "v"), to="#i"),
            JS.set_attribute(("style", "color: red"), to="#d"),
            body='<div id="d" data-s={@last} title={@last}>d</div><input id="i">',
        ),
    )
    for button in (0, 2, 3, 1, 3, 0, 2, 4, 3, 5, 1):
        both.click(f"#b{button}").tell({"last": f"s{button}"})


def test_jc5_ignored_attributes(judges: Judges) -> None:  # JC-12, JC-14
    for names in ("data-x", "*", "data-*", ["open", "class"]):
        both = Lockstep.of(
            judges,
            commands(
                JS.ignore_attributes(names, to="#d"),
                JS.toggle_attribute(("data-x", "1"), to="#d")
                .toggle_attribute(("open", ""), to="#d")
                .add_class("k", to="#d"),
                body='<details id="d" data-x={@last} aria-data={@last} title={@last} class={@last}>d</details>',
            ),
        )
        both.click("#b0").tell({"last": "one"}).click("#b1").advance(16).tell({"last": "two"}).tell({"last": ""})


def test_jc6_transitions_hold_patches(judges: Judges) -> None:  # JC-20, JC-21, JC-23…25
    both = Lockstep.of(
        judges,
        commands(
            JS.transition(T, to="#d", time=100),
            JS.push("go"),
            JS.transition("only", to="#d", time=60, blocking=False),
            JS.add_class("x", to="#d", transition=T, time=40),
            JS.remove_class("x a", to="#d", transition=T, time=40),
            JS.toggle_class("x", to="#d", transition=T, time=40),
        ),
    )
    both.click("#b0").tell({"last": "one"}).click("#b1").advance(50).click("#b3").tell({"last": "two"})
    frames(both, 8)
    both.click("#b2").tell({"last": "three"}).click("#b1")
    frames(both, 6)
    both.click("#b4")
    frames(both, 6)
    both.click("#b5").click("#b5")
    frames(both, 6)
    both.latency(30).click("#b0").click("#b1").advance(40).tell({"last": "four"})
    frames(both, 10)


def test_jc7_dispatch(judges: Judges) -> None:  # JC-26, PF-20, MD-5
    both = Lockstep.of(
        judges,
        commands(
            JS.dispatch("app:one", to="#d", detail={"a": 1}),
            JS.dispatch("click", to="#inner"),
            JS.dispatch("app:two", to="#d", bubbles=False),
            JS.dispatch("input", to="#i"),
            JS.dispatch("change", to="#i"),
            JS.dispatch("click", to="#x"),
            JS.dispatch("submit", to="#f"),
            JS.dispatch("click", to="#save"),
            body="""<div id="d">d</div><div phx-click="outer"><b id="inner">i</b></div><form id="f" phx-change="c" phx-submit="s">
            <input id="i" name="i"><input id="x" type="checkbox" name="x"><button id="save">s</button></form>""",
        ),
    )
    for button in range(8):
        both.click(f"#b{button}")


def test_jc8_focus(judges: Judges) -> None:  # JC-27…29, PF-11, JC-30
    both = Lockstep.of(
        judges,
        commands(
            JS.focus(to="#i"),
            JS.focus_first(to="#w"),
            JS.push_focus(to="#i"),
            JS.pop_focus(),
            JS.focus(to="#dis"),
            JS.focus(to="#plain"),
            JS.push_focus().focus(to="#j"),
            JS.focus_first(to="#only"),
            JS.show(to="#hid").focus(to="#hid"),
            JS.focus(to="#tab"),
            JS.focus(to="#link"),
            body="""<input id="i" phx-focus="in" phx-blur="out"><div id="w"><span>s</span><a id="nolink">n</a><b tabindex="-1">m</b>
            <input id="h" type="hidden"><button disabled>x</button><button id="first">f</button></div><button id="dis" disabled>d</button>
            <div id="plain">p</div><input :if={@last != "gone"} id="j"><div id="only"><b id="minus" tabindex="-1">b</b></div>
            <input id="hid" style="display: none"><p id="tab" tabindex="0">t</p><a id="link" href="/x">l</a>""",
        ),
    )
    for button in range(11):
        both.click(f"#b{button}")
        frames(both, 4)
    both.click("#b6")
    frames(both, 3)
    both.tell({"last": "gone"}).click("#b3")
    frames(both, 3)
    both.click("#b3")
    frames(both, 3)


def test_jc9_exec(judges: Judges) -> None:  # JC-2, JC-31
    both = Lockstep.of(
        judges,
        commands(
            JS.exec("data-do", to="#d"),
            JS.exec("data-none", to="#d").push("never"),
            JS.exec("data-do", to=("inner", "i")).push("after"),
            JS.hide(to=("closest", "#nowhere")).push("then"),
            body='<div id="d" data-do={@js3}>d</div>',
        ),
        logs=("expected data-none to contain JS command",),
    )
    for button in range(4):
        both.click(f"#b{button}")


def test_jc3_closest_and_inner(judges: Judges) -> None:  # JC-3
    both = Lockstep.of(
        judges,
        page(
            """<section id="s"><button id="b" phx-click={@js}><i>1</i><i>2</i></button></section><section id="t"><i>3</i></section>""",
            state={
                "js": JS.add_class("inner", to=("inner", "i"))
                .add_class("near", to=("closest", "section"))
                .add_class("me")
                .set_attribute(("data-all", "1"), to="i")
            },
        ),
    )
    both.click("#b")
    frames(both, 3)


def test_jc7_a_dispatch_that_blocks_for_ever(judges: Judges) -> None:  # JC-26
    """Nobody has called `done`: what is pushed is sent, and no patch with anything in it is applied."""
    both = Lockstep.of(judges, commands(JS.dispatch("app:stop", to="#d", blocking=True), JS.push("go")))
    both.click("#b0").tell({"last": "held"}).click("#b1").advance(40_000)


def test_jc10_navigate_in_the_middle_of_a_list(judges: Judges) -> None:  # JC-33, JC-32
    """What is pushed before it is sent, what comes after it finds no view; other commands go on."""
    js = JS.push("before").navigate("/b?there").push("after").toggle_attribute(("data-x", "1"), to="#d")
    patch = JS.push("before").patch("/b?patched").push("after").patch("/b?again", replace=True)
    both = Lockstep.of(judges, routed(commands(js, patch)))
    both.click("#b1").advance(40).click("#b0").advance(100)
    assert events(both) == ["before", "live_patch", "after", "live_patch", "before"]


def test_jc9_a_command_that_nobody_knows(judges: Judges) -> None:  # JC-2
    both = Lockstep.of(
        judges,
        commands('[["push",{"event":"one"}],["fly",{}],["push",{"event":"two"}]]', JS.push("three")),
        logs=("is not a function",),
    )
    both.click("#b0").click("#b1")
    assert events(both) == ["one", "three"]


def test_jc5_a_pattern_that_is_none(judges: Judges) -> None:  # JC-13
    """A pattern with a `*` is a regular expression."""
    both = Lockstep.of(
        judges,
        commands(
            JS.ignore_attributes(["data-x*", "aria-.*"], to="#d"),
            JS.set_attribute(("data-xx", "1"), to="#d").set_attribute(("aria-a", "2"), to="#d"),
            body='<div id="d" data-xx={@last} aria-a={@last} title={@last}>d</div>',
        ),
    )
    both.click("#b0").tell({"last": "one"}).click("#b1").tell({"last": "two"}).tell({"last": ""})


def test_jc16_a_style_that_has_it_already(judges: Judges) -> None:  # JC-6, JC-16
    """It stays as it is written, as Chromium leaves it: `display: none` without a semicolon."""
    body = '<div id="d" style="display: none">{@last}</div><div id="e" style="color: red; display:none ;">{@last}</div>'
    both = Lockstep.of(judges, commands(JS.toggle(to="#d").toggle(to="#e"), JS.hide(to="#d"), body=body))
    for button in (0, 0, 1, 0):
        both.click(f"#b{button}")
        frames(both, 3)
        both.tell({"last": f"after {button}"})


# --- what a command wrote, and what a control holds ---------------------------------------------------------------------


WRITTEN = [
    JS.set_attribute(("value", "v"), to="#a"),
    JS.remove_attribute("value", to="#a"),
    JS.toggle_attribute(("checked", ""), to="#cb"),
    JS.set_attribute(("checked", ""), to="#cb"),
    JS.remove_attribute("checked", to="#cb"),
    JS.ignore_attributes(["checked", "value"], to="#cb").ignore_attributes("value", to="#a"),
    JS.set_attribute(("disabled", ""), to="#a").set_attribute(("readonly", ""), to="#cb"),
]


@pytest.mark.parametrize("on", [True, False])
@pytest.mark.parametrize("command", WRITTEN)
def test_pf13_an_attribute_shows_until_the_property_is_set(judges: Judges, command: JS, on: bool) -> None:
    """PF-13, FI-8, FI-11, JC-6: what a command writes on a field that was written into, or that a patch has ticked, does not show;
    a sticky `checked` does not outlive a patch.
    """
    template = """<form id="f" phx-change="c"><input id="a" name="a" value={@v}><input type="checkbox" id="cb" name="cb" checked={@on}>
    <button type="reset" id="rs">r</button></form><b id="b" phx-click={@js}>b</b><i>{@last}</i>"""
    both = Lockstep.of(judges, page(template, state={"js": command, "on": on, "v": "s"}))
    both.click("#b").fill("#a", "1").click("#b").blur().tell({"last": "z"}).click("#b").tell({"v": "2"})
    both.click("#cb").click("#b").tell({"last": "q"}).click("#b").tell({"last": "p"}).click("#rs").advance(20)
    both.click("#b").tell({"on": not on}).click("#b").tell({"v": None})


def test_jc10_a_radio_that_is_checked_takes_the_choice(judges: Judges) -> None:  # JC-10, PF-13
    template = """<form id="f" phx-change="c"><input type="radio" id="r1" name="r" value="1"><input type="radio" id="r2" name="r"
    value="2" checked><input id="a" name="a"></form><b id="b" phx-click={@js}>b</b>"""
    both = Lockstep.of(judges, page(template, state={"js": JS.set_attribute(("checked", ""), to="#r1")}))
    both.click("#b").click("#r2")


def test_jc16_display_is_written_where_it_was(judges: Judges) -> None:  # JC-16, JC-17
    template = """<p id="d" style="display: none; color: red">x</p><p id="e" style="color: red; display: none; top: 0px">y</p>
    <b id="b" phx-click={@js}>b</b>"""
    both = Lockstep.of(judges, page(template, state={"js": JS.toggle(to="#d").toggle(to="#e")}))
    both.click("#b").advance(16).click("#b").advance(16).click("#b").advance(16)


def test_jc27_what_tab_stops_at_can_have_the_focus(judges: Judges) -> None:  # JC-27, JC-28
    """A link with `rel="ignore"` too, if it leads somewhere."""
    template = """<div id="box"><a id="a0">no</a><a id="a1" href="/x" rel="ignore">i</a><button id="b1">b</button></div>
    <b id="b" phx-click={@js}>b</b><b id="c" phx-click={@other}>c</b>"""
    state = {"js": JS.focus_first(to="#box"), "other": JS.focus(to="#b1").focus(to="#a0").focus(to="#a1")}
    both = Lockstep.of(judges, page(template, state=state))
    both.click("#b").advance(40).blur().click("#c").advance(40)
