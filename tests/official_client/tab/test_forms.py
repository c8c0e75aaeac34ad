"""FI: what patches do to controls, submits, marks (browser.md 11, FI)."""

from __future__ import annotations

from typing import Any

import pytest

from tests.official_client.client import Judges
from tests.official_client.lockstep import Lockstep
from tests.official_client.tab.pages import Box, events, page

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
