"""FI: what patches do to controls, submits, marks (browser.md 11, FI)."""

from __future__ import annotations

from typing import Any

import pytest

from tests.harness.counting_pages import Box, events, page
from tests.official_client.client import Judges
from tests.official_client.lockstep import Lockstep

CONTROLS = """<form id="f" phx-submit="s"><input id="a" name="a" value={@v}><input id="free" name="free"><input id="n" type="number"
name="n" value={@n}><input id="x" type="checkbox" name="x" checked={@on}><input id="r1" type="radio" name="r" value="1"
checked={@on}><input id="r2" type="radio" name="r" value="2"><textarea id="t" name="t">{@v}</textarea><select id="s" name="s">
<option :for={o in @opts} value={o} selected={o == @sel}>{o}</option></select><select id="d" name="d"><option>1</option><option>2</option>
</select><select id="m" name="m[]" multiple><option :for={o in @opts} value={o} selected={o == @sel}>{o}</option></select>
<input id="ro" name="ro" readonly={@on}><input id="dis" name="dis" disabled={@on}><input id="h" type="hidden" name="h" value={@v}>
<button id="go">go</button></form><i>{@last}</i>"""

STATE = {"v": "v", "on": False, "opts": ("a", "b", "c"), "sel": None}

EDITS = [
    ("#a", "fill", "typed"),
    ("#free", "fill", "typed"),
    ("#n", "fill", "12"),
    ("#t", "fill", "typed\nmore"),
    ("#x", "click", ""),
    ("#r2", "click", ""),
    ("#s", "choose", "b"),
    ("#d", "choose", "2"),
    ("#m", "choose", "c"),
]

CHANGES = [
    {"last": "other"},
    {"v": "new"},
    {"on": True},
    {"opts": ("a", "b")},
    {"sel": "c"},
    {"v": "typed"},
    {"opts": ("b", "a", "c")},
]


def edit(both: Lockstep, selector: str, how: str, text: str) -> None:
    match how:
        case "fill":
            both.fill(selector, text)
        case "choose":
            both.choose(selector, text)
        case _:
            both.click(selector)


@pytest.mark.parametrize("change", CHANGES, ids=repr)
def test_fi1_unfocused_controls_follow_the_server(
    judges: Judges, change: dict[str, object]
) -> None:  # FI-8, FI-16, PF-13, MD-3
    both = Lockstep.of(judges, page(CONTROLS, state=STATE))
    for selector, how, text in EDITS:
        edit(both, selector, how, text)
    both.blur().tell(change).tell({"last": "again"}).tell({"on": False, "sel": None, "v": "x"})


@pytest.mark.parametrize("at", range(len(EDITS)))
def test_fi2_focused_controls(judges: Judges, at: int) -> None:  # FI-10…13
    selector, how, text = EDITS[at]
    for change in CHANGES:
        both = Lockstep.of(judges, page(CONTROLS, state=STATE))
        both.focus(selector)
        edit(both, selector, how, text)
        both.tell(change).tell({"last": "again"}).blur().tell({"last": "third"})
        both.close()


def test_fi3_a_focused_select(judges: Judges) -> None:
    for change in CHANGES:
        both = Lockstep.of(judges, page(CONTROLS, state=STATE))
        both.focus("#s").tell(change).tell({"last": "x"}).choose("#s", "b").tell({"last": "y"}).tell(change)
        both.focus("#d").tell(change).choose("#d", "2").tell({"last": "z"}).blur().tell({"last": "w"})
        both.close()


def test_fi1_in_a_component_nothing_is_visited(judges: Judges) -> None:  # PA-5
    both = Lockstep.of(
        judges,
        page(
            """<i>{@last}</i><form id="f" phx-change="c"><.live_component module={Box} id="one" /><input id="a" name="a"></form>
        <form id="g"><input id="b" name="b"></form>""",
            {"Box": Box},
        ),
    )
    both.fill("#b", "typed").fill("#a", "x").blur().tell({"last": "x"})


def test_fi4_reset(judges: Judges) -> None:
    both = Lockstep.of(
        judges,
        page("""<i>{@last}</i><form id="f" phx-change="c"><input id="a" name="a" value="v"><input id="b" name="b">
        <button id="r" type="reset" name="r" value="1">r</button></form>
        <form id="g" phx-change="c"><input id="c" name="c" value="v"><input id="d" name="d"><button id="q" type="reset">r</button></form>"""),
    )
    both.fill("#a", "x").click("#r").advance(16).fill("#b", "y").fill("#c", "z").click("#q").advance(16)


def test_fi5_submit_by_enter(judges: Judges) -> None:  # FI-20, FI-21, PF-4, PF-7, PF-9, CE-47
    both = Lockstep.of(
        judges,
        page("""<i>{@last} {@n}</i><form id="f" phx-change="c" phx-submit="s"><input id="a" name="a" phx-focus="in" phx-blur="out">
        <button id="b" name="b" value="1" phx-click="pressed">b</button></form>
        <form id="g" phx-submit="s"><input id="c" name="c"></form><form id="h" phx-submit="s"><input id="d" name="d"><input name="e"></form>
        <form id="k" phx-submit="s"><input id="l" name="d"><button disabled>x</button></form>"""),
    )
    both.focus("#a").type("x").press("Enter")
    assert events(both) == ["in", "c", "pressed", "out", "s", "in"]
    both.focus("#c").type("y").press("Enter").focus("#d").type("z").press("Enter").focus("#l").press("Enter")
    both.latency(30).focus("#a").type("z").press("Enter").advance(10).tell({"last": "m"}).advance(100)


def test_fi9_unused_markers(judges: Judges) -> None:  # FI-2, FI-3, PF-15, CE-51
    both = Lockstep.of(
        judges,
        page("""<i>{@n}</i><form id="f" phx-change="c" phx-submit="s"><input id="a" name="u[a]"><input id="b" name="u[b][c]">
        <input id="c" name="l[]"><input id="d" name="l[]"><input type="hidden" name="u[h]" value="h"><input id="e" name="e"
        phx-no-unused-field><input type="hidden" name="k" value="0"><input id="k" type="checkbox" name="k" value="1"><input id="r1"
        type="radio" name="r" value="1"><input id="r2" type="radio" name="r" value="2" checked><button name="go" value="x" id="go">g</button>
        <button name="no" value="x" type="button" id="no">g</button></form>"""),
    )
    both.fill("#a", "1").fill("#d", "2").click("#k").click("#r1").fill("#b", "3").click("#no").click("#go").fill(
        "#e", "4"
    )


def test_fi10_patch_focused_and_readonly(judges: Judges) -> None:
    both = Lockstep.of(
        judges,
        page(
            """<i>{@last}</i><form id="f"><input id="a" name="a" value={@v} phx-patch-focused={@pf} readonly={@ro} class={@last}>
        <textarea id="t" phx-patch-focused={@pf} readonly={@ro}>{@v}</textarea></form>""",
            state={"v": "v", "pf": False, "ro": False},
        ),
    )
    both.fill("#a", "typed").tell({"v": "w", "ro": True}).tell({"ro": False}).tell({"pf": True, "v": "u"}).tell(
        {"v": "z"}
    )
    both.tell({"pf": False}).fill("#t", "typed").tell({"v": "w", "ro": True}).tell({"ro": False}).tell(
        {"pf": True, "v": "u"}
    )


def test_values_that_become_equal(judges: Judges) -> None:
    both = Lockstep.of(
        judges,
        page(
            """<form id="f" phx-change="c"><input id="a" name="a" value={@form.get("a")}></form>""",
            c=lambda s, p: s.assign(form=p),
        ),
    )
    both.focus("#a").type("x").type("y").tell({"form": {"a": "xy"}}).tell({"form": {"a": "no"}}).tell({"form": {}})
    both.type("z").blur().tell({"form": {"a": ""}}).tell({"form": {}})


TRIGGERED = """<form id="f" method="post" action="/else" phx-submit="s" phx-change="c" phx-trigger-action={@on}>
<input id="a" name="a" value={@v}><input id="b" name="b"><button id="go">go</button></form><i phx-hook="Log" id="i">{@last}</i>"""


def asked(both: Lockstep) -> list[Any]:
    """What our tab has asked for over HTTP, as the judge tells it."""
    left = both.sim.world.lines[both.browser.root].tab.left
    assert left is not None and left.request is not None
    return ["submit", left.to, [list(pair) for pair in left.request.params.items()]]


def test_fi7_trigger_action_on_a_form_that_is_there(judges: Judges) -> None:  # FI-14, CN-31, PA-40
    """FI-23: after the patch, with the hooks told; what was typed is what is sent."""
    both = Lockstep.of(judges, page(TRIGGERED, state=STATE, s=lambda socket, params: socket.assign(on=True, v="new")))
    both.fill("#b", "typed").press("Enter")
    assert both.left == [asked(both)] == [["submit", "/else", [["a", "new"], ["b", "typed"]]]]


def test_fi7_trigger_action_on_a_form_that_comes(judges: Judges) -> None:
    both = Lockstep.of(judges, page("<div :if={@on} id='w'>" + TRIGGERED + "</div><p>{@last}</p>", state=STATE))
    both.tell({"on": True})
    assert both.left == [asked(both)] == [["submit", "/else", [["a", "v"], ["b", ""]]]]


def test_fi7_trigger_action_in_a_skipped_component_does_not_fire(judges: Judges) -> None:
    """PA-5: what a patch does not visit is not asked."""
    both = Lockstep.of(judges, page(TRIGGERED + "<u>{@n}</u>", state=STATE))
    both.tell({"last": "x"}).click("#a")
    assert both.left == []


def test_fi8_a_form_with_changes_alone(judges: Judges) -> None:
    """CE-45: the first submit is made by a script in the next frame, the second by the browser."""
    both = Lockstep.of(
        judges,
        page("""<i>{@last}</i><form id="f" action="/else" method="post" phx-change="c"><input id="a" name="a" value="1">
        <button id="go" name="by" value="x">go</button><textarea name="t"></textarea></form>"""),
    )
    both.click("#go").advance(16)
    assert both.left == [asked(both)] == [["submit", "/else", [["a", "1"], ["t", ""]]]]


# --- controls in forms that are locked ------------------------------------------------------------------------------------

LOCKED = """<form id="f" phx-change="c" phx-submit="s"><input id="a" name="a"><select id="d" name="d" {extra}>
<option :for={{r in @rows}} value={{r}} selected={{r == @sel}}>{{r}}</option></select><b>{{@last}}</b></form><p>{{@n}}</p>"""


@pytest.mark.parametrize("extra", ["", 'phx-blur="out"', 'phx-focus="in"', 'phx-change="own"'])
def test_fi3_a_focused_select_that_an_unlock_changes(judges: Judges, extra: str) -> None:  # FI-12, LK-20, LK-21
    """It is blurred in the middle of that patch, as in any other; if it was locked itself, when that is undone."""
    for change in ({"rows": [1, 2]}, {"rows": [3, 2, 1]}, {"sel": 2}, {"last": "x"}):
        for first in ("field", "select", "both"):
            both = Lockstep.of(judges, page(LOCKED.format(extra=extra), state={"rows": [1, 2, 3], "sel": None}))
            both.hold()
            if first != "select":
                both.fill("#a", "x")
            both.focus("#d")
            if first != "field":
                both.choose("#d", "2")
            both.tell(change)
            for _ in range(7):
                both.release(1)
            both.tell({"last": "later"}).blur().tell({"last": "last"}).release()
            both.close()


HELD_BACK = TRIGGERED.replace('<i phx-hook="Log" id="i">{@last}</i>', "<i>{@last}</i>")


@pytest.mark.parametrize("then", ["", "more", "off", "focus"])
def test_fi7_a_trigger_that_a_lock_holds_back(judges: Judges, then: str) -> None:  # FI-14, FI-23, LK-10
    """It goes off once the form is unlocked, with what was typed; if it was taken back meanwhile, never."""
    both = Lockstep.of(judges, page(HELD_BACK, state=STATE)).hold().fill("#a", "typed").tell({"on": True})
    match then:
        case "more":
            both.fill("#b", "more")
        case "off":
            both.tell({"on": False})
        case "focus":
            both.focus("#b")
        case _:
            pass
    for _ in range(6):
        assert both.left == []
        both.release(1)
        if both.left:
            break
    if then == "off":
        assert both.left == []
    else:
        assert (
            both.left[0]
            == asked(both)
            == ["submit", "/else", [["a", "typed"], ["b", "more" if then == "more" else ""]]]
        )


@pytest.mark.parametrize("around", [False, True])
def test_fi7_a_trigger_in_what_is_locked_around_it(judges: Judges, around: bool) -> None:  # FI-23, LK-21
    form = f'<div :if={{@on}} id="w">{HELD_BACK}</div>' if around else HELD_BACK
    both = Lockstep.of(judges, page(f'<div id="d" phx-click="k"><u id="u">u</u>{form}</div>', state=STATE))
    both.hold().click("#u").tell({"on": True})
    for _ in range(5):
        both.release(1)
        if both.left:
            break
    assert both.left[0] == asked(both) == ["submit", "/else", [["a", "v"], ["b", ""]]]


RESET = """<p>{@n}</p><div id="h" phx-hook="Log"><form id="f"><textarea id="t" name="t">{@last}</textarea><select id="s" name="s">
<option>1</option><option>2</option></select><button type="reset" id="r">r</button></form></div>"""


@pytest.mark.parametrize("last", ["", "first"])
def test_what_a_reset_brings_back_in_a_textarea(judges: Judges, last: str) -> None:  # PF-5, PF-13, FI-8
    """The text in it: a patch writes it there, but for a textarea that was empty at first, which stays so."""
    both = Lockstep.of(judges, page(RESET, state={"last": last}))
    both.tell({"last": "x"}).tell({"n": 3}).fill("#t", "mine").tell({"last": "y"}).blur().tell({"n": 5}).click("#r")
    both.choose("#s", "2").tell({"last": ""}).tell({"n": 6}).fill("#t", "q").click("#r").tell({"last": "k"}).click("#r")


@pytest.mark.parametrize("before", [[], [1], [1, 2]])
def test_fi9_options_that_come(judges: Judges, before: list[int]) -> None:  # FI-9
    """A patch chooses among the options that it comes to: where the first of all is new, none is chosen until the next one."""
    template = """<p>{@n}</p><select id="s"><option :for={r in @rows} value={r}>{r}</option></select>
    <select id="d"><option disabled>0</option><option :for={r in @rows} value={r}>{r}</option></select>"""
    both = Lockstep.of(judges, page(template, state={"rows": before}))
    both.tell({"rows": [3, 4]}).tell({"n": 1}).tell({"rows": []}).tell({"rows": [7]}).tell({"n": 2})


def test_letters_choose_an_option(judges: Judges) -> None:  # PF-8
    """As in Chromium: what is typed within a second is one text, the same letter again goes on to the next option."""
    template = """<p>{@n}</p><form id="f" phx-change="c"><select id="s" name="s"><option :for={o in @opts}>{o}</option></select></form>"""
    both = Lockstep.of(judges, page(template, state={"opts": ("apple", "banana", "blueberry", "bat", "11", "12")}))
    both.focus("#s").type("bl").advance(1_000).type("bb").advance(1_000).type("12").advance(999).type("b").type("x")


def test_fi7_the_button_goes_with_what_is_triggered(judges: Judges) -> None:  # FI-22, FI-23
    """At its place among the others."""
    template = TRIGGERED.replace(
        '<button id="go">go</button>', '<button id="go" name="by" value="me">go</button><input name="z">'
    )
    both = Lockstep.of(judges, page(template, state=STATE, s=lambda socket, params: socket.assign(on=True)))
    both.fill("#b", "typed")
    both.leave_by("#go")
    assert both.left == [asked(both)] == [["submit", "/else", [["a", "v"], ["b", "typed"], ["by", "me"], ["z", ""]]]]


@pytest.mark.parametrize("kind", ["checkbox", "radio"])
def test_fi10_the_value_of_a_box_that_has_the_focus(judges: Judges, kind: str) -> None:  # FI-10, FI-11
    """Its attribute `value` stays, as that of any focused input."""
    template = f"""<form id="f" phx-change="c"><input type="{kind}" id="a" name="a" value={{@v}} class={{@last}}></form><b>{{@n}}</b>"""
    both = Lockstep.of(judges, page(template, state={"v": "1"}))
    both.focus("#a").tell({"v": "2"}).tell({"last": "x"}).tell({"v": None}).tell({"v": "3"}).blur().tell({"v": "4"})


def test_lk23_a_button_that_is_an_image(judges: Judges) -> None:  # LK-22, LK-24, PF-15
    """`form.elements` has none: it is not disabled, and does not look busy, even if it was the one that submitted."""
    template = """<form id="f" phx-submit="s"><input name="a"><input type="image" id="im" name="im" phx-disable-with="x">
    <button id="b">b</button></form>"""
    both = Lockstep.of(judges, page(template)).latency(20)
    both.click("#im").advance(100).click("#b").advance(100)


def test_fi20_the_button_keeps_the_focus_as_its_form_is_unlocked(judges: Judges) -> None:  # FI-20, LK-20, PA-8
    """What comes before the form on the page moves nothing in it: an unlock patches the form alone."""
    template = """<p>{@n}</p><div id="o" :if={@on}>x</div><form id="f" phx-change="c" phx-submit="s"><p>{@last}</p>
    <input type="checkbox" id="c" name="c" phx-debounce="40" checked={@on}><button id="b" name="by" value="1">save</button></form>"""
    view = page(template, state={"on": False}, c=lambda s, _: s.assign(on=False))
    both = Lockstep.of(judges, view, crashes="restart")
    both.drop().restore().advance(200).hold().tell({"on": True}).click("#b").click("#c")
    for _ in range(5):
        both.release(1)
    assert '*<button id="b"' in both.dom()
