"""Forms: what is sent by default, what a user can put in, and what is said when a user cannot (test-client.md 1.4, FM-37)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from time import process_time
from typing import Any
from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liveview_testing.browser.page.finding.select import one
from liveview_testing.browser.page.forms.filling import Filling, fill, flatten, pairs_of, toggle
from liveview_testing.browser.page.forms.form_data import unused_name, urlencode
from liveview_testing.browser.page.forms.forms import (
    NOTHING,
    Overlay,
    all_used,
    controls,
    entries,
    form_of,
    require_form,
    reset,
    serialize,
    submitter,
)
from liveview_testing.browser.page.page import Page
from liveview_testing.failures.exceptions import (
    FieldNotFound,
    FieldRefused,
    FormExpected,
    KitFailure,
    OptionNotFound,
    SubmitterRefused,
)
from tests.harness.places import TRACES
from tests.harness.timing import ratio

FORM = """<form id="f"><input name="a" value="1"><input name="dis" value="no" disabled><input type="hidden" name="h" value="hid">
<input type="checkbox" name="c[]" value="1" checked><input type="checkbox" name="c[]" value="2">
<input type="checkbox" name="c[]" value="3" checked>
<input type="radio" name="r" value="x"><input type="radio" name="r" value="y" checked>
<select name="s"><option value="1">1</option><option value="2" selected>2</option><option value="3" disabled>3</option></select>
<select name="m[]" multiple><option selected>1</option><option selected>2</option><option>3</option></select>
<textarea name="t">
text</textarea><input type="date" name="day" value="2020-01-02"><input name="deep[a][b]" value="dv">
<input name="deep[l][]" value="l1"><input name="deep[l][]" value="l2"><input type="number" name="n" value="7">
<fieldset disabled><legend><input name="inleg" value="L"></legend><input name="infs" value="no"></fieldset>
<input type="hidden" name="ok" value="false"><input type="checkbox" name="ok" value="true">
<input type="hidden" name="mix" value="0"><input name="mix" value="typed"><input name="ro" value="fixed" readonly>
<input type="file" name="doc"><input type="button" name="b1" value="x"><input type="reset" name="b2" value="x">
<select name="when[year]"><option>2020</option><option>2021</option></select><input name="when[month]" value="1">
<button name="go" value="yes">Go</button><button type="button" id="plain">plain</button><button id="nameless">nameless</button>
<button id="off" name="off" disabled>off</button></form>
<input name="out" value="o" form="f"><p id="p"></p><button id="stranger" name="z">z</button>"""


def form(html: str = FORM) -> Any:
    return one(Page.join({"s": [html]}).page, "form")


def filled(data: Mapping[str, object], overlay: Overlay = NOTHING) -> dict[str, list[str]]:
    """What is sent after filling: by name, in order."""
    node = form()
    return grouped(entries(controls(node), fill(node, data, overlay).over(overlay)))


def grouped(pairs: list[tuple[str, str]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, value in pairs:
        found.setdefault(name, []).append(value)
    return found


# --- defaults ---------------------------------------------------------------------------------------------------------------

DEFAULTS = [
    ("a", "1"), ("h", "hid"), ("c[]", "1"), ("c[]", "3"), ("r", "y"), ("s", "2"), ("m[]", "1"), ("m[]", "2"), ("t", "text"),
    ("day", "2020-01-02"), ("deep[a][b]", "dv"), ("deep[l][]", "l1"), ("deep[l][]", "l2"), ("n", "7"), ("inleg", "L"),
    ("ok", "false"), ("mix", "0"), ("mix", "typed"), ("ro", "fixed"), ("when[year]", "2020"), ("when[month]", "1"), ("out", "o"),
]  # fmt: skip


def test_defaults() -> None:
    """FM-37 by the browser's rules: document order, disabled fieldsets, no buttons, no files, `form=` from elsewhere."""
    assert entries(controls(form())) == DEFAULTS


EVENTS = json.loads((TRACES / "events.json").read_text())

DIFFER = {"infs": "a browser does not send what is in a disabled fieldset (test-client.md 4)"}


def golden_page() -> Page:
    rendered: dict[str, Any] = EVENTS["join"]["messages"][1]["payload"]["rendered"]
    return Page.join(rendered).page


def golden_steps(operation: str) -> list[dict[str, Any]]:
    return [step for step in EVENTS["steps"] if step["step"]["op"] == operation and step["step"]["selector"] == "#f"]


@pytest.mark.parametrize(
    "step", [*golden_steps("change"), *golden_steps("submit")], ids=lambda step: json.dumps(step["step"])
)
def test_goldens(step: dict[str, Any]) -> None:
    """What LiveViewTest sends for each kind of input; but for order, `_unused_` and the rest of test-client.md 4."""
    node = one(golden_page(), "#f")
    does = step["step"]
    if not isinstance(step["result"], str):
        with pytest.raises(KitFailure):
            fill(node, does["form"])
        return
    data = does.get("form", {})
    overlay = {**fill(node, data).over(NOTHING), **all_used(node, fill(node, data).over(NOTHING))}
    pressed = submitter(node, does["submitter"]) if "submitter" in does else None
    text = serialize(node, overlay, pressed, extra=pairs_of(does.get("value", {})))
    (sent,) = (m["payload"]["value"] for m in step["messages"] if m["dir"] == "client" and m["event"] == "event")
    theirs = grouped(parse_qsl(sent, keep_blank_values=True))
    assert grouped(parse_qsl(text, keep_blank_values=True)) == {k: v for k, v in theirs.items() if k not in DIFFER}


def test_the_form_of_a_control() -> None:
    """The `form` attribute, else the form around it."""
    page = form().page
    for selector in ("[name=a]", "[name=out]"):
        found = form_of(one(page, selector))
        assert found is not None
        assert found.id == "f"
    assert form_of(one(page, "#stranger")) is None


def test_controls_from_elsewhere_keep_their_place() -> None:
    """Document order, before and after the form; a control inside may belong to another form."""
    html = '<i><input form="f" name="1"></i><form id="f"><input name="2"><input form="g" name="x"></form><input form="f" name="3">'
    assert [control.name for control in controls(form(html))] == ["1", "2", "3"]


@pytest.mark.parametrize("rows", [0, 20_000])
def test_controls_of_a_form_in_a_row_of_a_list(rows: int) -> None:
    """Law: reading a form costs the form, whatever is around it."""
    row = ["<li><b>", "</b></li>"]
    listed = {"s": row, "k": {**{str(at): {"0": str(at)} for at in range(rows)}, "kc": rows}}
    page = Page.join({"s": ["<ul>", f"</ul>{FORM}"], "0": listed}).page
    node = one(page, "#f")
    assert entries(controls(node)) == DEFAULTS  # and learnt

    def cost() -> float:
        start = process_time()
        entries(controls(node))
        return process_time() - start

    small = form()
    entries(controls(small))

    def yardstick() -> float:
        start = process_time()
        entries(controls(small))
        return process_time() - start

    assert ratio(cost, yardstick, 1.5, rounds=50) <= 1.5


# --- the text ---------------------------------------------------------------------------------------------------------------


@given(st.lists(st.tuples(st.text(max_size=6), st.text(max_size=6)), max_size=5))
def test_urlencoded_text_is_read_back(pairs: list[tuple[str, str]]) -> None:
    """Law: nothing is lost on the way, and only the characters of the standard stay bare."""
    text = urlencode(pairs)
    assert parse_qsl(text, keep_blank_values=True) == pairs
    allowed = set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789*-._+%&=")
    assert set(text) <= allowed


@pytest.mark.parametrize(
    ("name", "marker"),
    [
        ("a", "_unused_a"),
        ("u[a]", "u[_unused_a]"),
        ("u[a][]", "u[_unused_a][]"),
        ("u[a][b]", "u[a][_unused_b]"),
        ("a[]", "_unused_a[]"),
    ],
)
def test_unused_names(name: str, marker: str) -> None:
    """FM-31: the marker nests, an array stays one."""
    assert unused_name(name) == marker


def test_unused_markers() -> None:
    """Before their field; not for used, hidden-only, exempted names; gone after a submit, back after a reset (FM-32)."""
    html = (
        '<form id="f"><input name="a"><input type="hidden" name="h"><input name="q" phx-no-unused-field>'
        '<input type="hidden" name="ok" value="0"><input type="checkbox" name="ok"></form>'
    )
    node = form(html)
    assert serialize(node) == "_unused_a=&a=&h=&q=&_unused_ok=&ok=0"
    typed = fill(node, {"a": "x"}).over(NOTHING)
    assert serialize(node, typed) == "a=x&h=&q=&_unused_ok=&ok=0"
    submitted = {**typed, **all_used(node, typed)}
    assert serialize(node, submitted) == "a=x&h=&q=&ok=0"
    assert serialize(node, reset(node, submitted)) == "_unused_a=&a=&h=&q=&_unused_ok=&ok=0"
    assert serialize(form(html.replace('id="f"', 'id="f" phx-no-unused-field'))) == "a=&h=&q=&ok=0"


def test_only_one_name_and_extra_pairs() -> None:
    """FM-34; and the value argument of an event, which replaces a name and is never refused."""
    node = form()
    overlay = all_used(node)
    assert serialize(node, overlay, only="c[]") == "c%5B%5D=1&c%5B%5D=3"
    assert serialize(node, overlay, only="h", extra=[("h", "changed"), ("new", "1")]) == "h=changed&new=1"


# --- filling in -------------------------------------------------------------------------------------------------------------

FILLED: list[tuple[dict[str, object], str, list[str]]] = [
    ({"a": "2"}, "a", ["2"]),
    ({"a": 2}, "a", ["2"]),
    ({"a": None}, "a", [""]),
    ({"a": "one\nline"}, "a", ["oneline"]),
    ({"c": ["2"]}, "c[]", ["2"]),
    ({"c": []}, "c[]", []),
    ({"c[]": ["3", "1"]}, "c[]", ["1", "3"]),
    ({"r": "x"}, "r", ["x"]),
    ({"s": 1}, "s", ["1"]),
    ({"m": ["3"]}, "m[]", ["3"]),
    ({"m": ("1", "3")}, "m[]", ["1", "3"]),
    ({"t": "a\r\nb"}, "t", ["a\nb"]),
    ({"day": date(2021, 2, 3)}, "day", ["2021-02-03"]),
    ({"deep": {"a": {"b": "q"}}}, "deep[a][b]", ["q"]),
    ({"deep": {"l": ["x", "y"]}}, "deep[l][]", ["x", "y"]),
    ({"deep[a][b]": "q"}, "deep[a][b]", ["q"]),
    ({"n": 1.5}, "n", ["1.5"]),
    ({"ok": "true"}, "ok", ["false", "true"]),
    ({"ok": True}, "ok", ["false", "true"]),
    ({"ok": False}, "ok", ["false"]),
    ({"ok": "false"}, "ok", ["false"]),
    ({"mix": "anything"}, "mix", ["0", "anything"]),
    ({"h": "hid"}, "h", ["hid"]),
    ({"ro": "fixed"}, "ro", ["fixed"]),
    ({"inleg": "x"}, "inleg", ["x"]),
    ({"out": "x"}, "out", ["x"]),
    ({"when": datetime(2021, 5, 6, tzinfo=UTC)}, "when[year]", ["2021"]),
    ({"when": date(2020, 5, 6)}, "when[month]", ["5"]),
]


@pytest.mark.parametrize(("data", "name", "values"), FILLED, ids=lambda value: repr(value))
def test_fill(data: dict[str, object], name: str, values: list[str]) -> None:
    """What each kind of control takes, and that nothing else changes (test-client.md 1.4e)."""
    found = filled(data)
    assert found.pop(name, []) == values
    before = grouped(DEFAULTS)
    before.pop(name)
    if name.startswith("when"):
        other = {"when[year]": "when[month]", "when[month]": "when[year]"}[name]
        found.pop(other)
        before.pop(other)
    assert found == before


def test_fill_changes_nothing_but_its_result() -> None:
    """The page and the overlay are values; the names come in the order of the data."""
    node = form()
    overlay: Overlay = fill(node, {"a": "first"}).over(NOTHING)
    kept = dict(overlay)
    filling = fill(node, {"t": "x", "r": "x"}, overlay)
    assert overlay == kept
    assert entries(controls(node)) == DEFAULTS
    assert isinstance(filling, Filling)
    assert filling.names == ("t", "r")
    assert entries(controls(node), filling.over(overlay))[0] == ("a", "first")


def test_radios_exclude_each_other() -> None:
    """Of one name one is checked: the rendered one, until another is picked; and picking back works."""
    node = form()
    picked = fill(node, {"r": "x"}).over(NOTHING)
    assert grouped(entries(controls(node), picked))["r"] == ["x"]
    back = fill(node, {"r": "y"}, picked).over(picked)
    assert grouped(entries(controls(node), back))["r"] == ["y"]
    clicked = toggle(one(node.page, "[name=r][value=x]"), back).over(back)
    assert grouped(entries(controls(node), clicked))["r"] == ["x"]


def test_toggle() -> None:
    """A click turns a box, and turns it back."""
    node = form()
    box = one(node.page, "[name=ok][type=checkbox]")
    on = toggle(box)
    assert on.names == ("ok",)
    assert grouped(entries(controls(node), on.changes))["ok"] == ["false", "true"]
    off = toggle(box, on.changes).over(on.changes)
    assert grouped(entries(controls(node), off))["ok"] == ["false"]


@given(st.dictionaries(st.sampled_from(["a", "t", "mix", "inleg", "out"]), st.text(alphabet="ab <&\n\r", max_size=5)))
def test_what_is_typed_is_sent(data: dict[str, str]) -> None:
    """Law: a text field sends what was typed (one line of it, outside of textareas)."""
    found = filled(data)
    for name, value in data.items():
        clean = (
            value.replace("\r\n", "\n").replace("\r", "\n")
            if name == "t"
            else value.replace("\n", "").replace("\r", "")
        )
        assert found[name][-1] == clean


@given(
    st.recursive(
        st.text(max_size=3), lambda inner: st.dictionaries(st.text("ab", min_size=1, max_size=2), inner, max_size=3)
    )
)
def test_flatten_names(data: object) -> None:
    """Law: each value of nested data has one name, spelled as a form spells it."""
    if not isinstance(data, dict):
        return
    for name, value in flatten(data):
        at: object = data
        for part in name.replace("]", "").split("["):
            assert isinstance(at, dict)
            at = at[part]
        assert at == value


# --- what a user cannot do --------------------------------------------------------------------------------------------------

CONTROLS = "\n    ".join(
    f'"{name}" ({kind})'
    for name, kind in [
        ("a", "text"), ("h", "hidden"), ("c[]", "checkbox"), ("r", "radio"), ("s", "select-one"), ("m[]", "select-multiple"),
        ("t", "textarea"), ("day", "date"), ("deep[a][b]", "text"), ("deep[l][]", "text"), ("n", "number"), ("inleg", "text"),
        ("ok", "hidden"), ("ok", "checkbox"), ("mix", "hidden"), ("mix", "text"), ("ro", "text"), ("doc", "file"),
        ("b1", "button"), ("b2", "reset"),
    ]
) + "\n    … and 4 more"  # fmt: skip

UNCHECKED = "to send it anyway, give it to render_submit or render_change"
ENABLE = f"\n  cure: enable it first, as the user would have to; {UNCHECKED}"
CHOOSE = f"\n  cure: take one that a user can choose; {UNCHECKED}"

REFUSED: list[tuple[dict[str, object], type[KitFailure], str]] = [
    (
        {"deep": {"a": {"bb": "q"}}},
        FieldNotFound,
        'form#f has no field "deep[a][bb]"\n  expected: an enabled control with the name "deep[a][bb]"\n'
        f'  got: {CONTROLS}\n  nearest: "deep[a][b]"\n    "deep[l][]"\n'
        f"  cure: take a name that the form has; {UNCHECKED}",
    ),
    (
        {"dis": "x"},
        FieldNotFound,
        f'the field "dis" of form#f is disabled\n  expected: an enabled control with the name "dis"\n  got: {CONTROLS}{ENABLE}',
    ),
    (
        {"infs": "x"},
        FieldNotFound,
        'the field "infs" of form#f is disabled\n  expected: an enabled control with the name "infs"\n'
        f"  got: {CONTROLS}{ENABLE}",
    ),
    (
        {"r": "z"},
        OptionNotFound,
        f'the value "z" of radio "r" in form#f is not among the values\n  expected: "x"\n    "y"\n  got: "z"{CHOOSE}',
    ),
    (
        {"s": "9"},
        OptionNotFound,
        f'the value "9" of select "s" in form#f is not among the values\n  expected: "1"\n    "2"\n  got: "9"{CHOOSE}',
    ),
    (
        {"s": "3"},
        OptionNotFound,
        f'the value "3" of select "s" in form#f is disabled\n  expected: "1"\n    "2"\n  got: "3"{CHOOSE}',
    ),
    (
        {"m": ["1", "9"]},
        OptionNotFound,
        f'the value "9" of select "m[]" in form#f is not among the values\n  expected: "1"\n    "2"\n    "3"\n  got: "9"{CHOOSE}',
    ),
    (
        {"c": ["9"]},
        OptionNotFound,
        f'the value "9" of checkbox "c[]" in form#f is not among the values\n  expected: "1"\n    "2"\n    "3"\n  got: "9"{CHOOSE}',
    ),
    (
        {"ok": "yes"},
        OptionNotFound,
        'the value "yes" of checkbox "ok" in form#f is not among the values\n'
        f'  expected: "false"\n    "true"\n  got: "yes"{CHOOSE}',
    ),
    (
        {"h": "changed"},
        OptionNotFound,
        'the value "changed" of hidden "h" in form#f is not among the values\n  expected: "hid"\n  got: "changed"\n'
        "  cure: a user cannot change it; to send it anyway, give it to render_submit or render_change",
    ),
    (
        {"doc": "x"},
        FieldRefused,
        'cannot fill file "doc" in form#f: files are not typed\n  cure: file_input(...) and render_upload(...)',
    ),
    (
        {"go": "x"},
        FieldRefused,
        'cannot fill submit "go" in form#f: a button sends its value only when it submits\n'
        "  cure: put_submitter(...), then render_submit()",
    ),
    (
        {"ro": "x"},
        FieldRefused,
        'cannot fill text "ro" in form#f: it is read-only\n  cure: a user cannot change it; give it to the event as its value',
    ),
    (
        {"n": "many"},
        FieldRefused,
        'cannot fill number "n" in form#f: "many" is no number, and the browser keeps such text to itself\n'
        "  cure: to send it anyway, give it to the event as its value",
    ),
    (
        {"deep": {"l": ["x"]}},
        FieldRefused,
        'cannot fill text "deep[l][]" in form#f: 1 value for 2 fields of that name\n  cure: give 2, one for each field',
    ),
]


@pytest.mark.parametrize(
    ("data", "kind", "text"), REFUSED, ids=lambda value: repr(value) if isinstance(value, dict) else ""
)
def test_refused(data: dict[str, object], kind: type[KitFailure], text: str) -> None:
    """Every refusal in full: what exists, what is allowed, what comes near."""
    with pytest.raises(kind) as caught:
        fill(form(), data)
    assert str(caught.value) == text


SUBMITTERS = (
    '  expected: an enabled, named submit button of the form\n  got: <button name="go" value="yes">Go</button>\n'
    '    <button id="nameless">nameless</button>\n    <button id="off" name="off" disabled>off</button>\n'
    "  cure: put_submitter(selector of one of them)"
)


@pytest.mark.parametrize(
    ("selector", "why"),
    [
        ("#nothing", "no element matches"),
        ("button", "4 controls of the form match, one is needed"),
        ("#plain", "it is a button, not a submit button"),
        ("#off", "it is disabled"),
        ("#nameless", "it has no name, so it would send nothing"),
        ("#stranger", "it is not a control of this form"),
        ("[name=a]", "it is a text, not a submit button"),
    ],
)
def test_refused_submitters(selector: str, why: str) -> None:
    """test-client.md 1.4b."""
    with pytest.raises(SubmitterRefused) as caught:
        submitter(form(), selector)
    assert str(caught.value) == f'"{selector}" cannot submit form#f: {why}\n{SUBMITTERS}'


def test_not_a_form() -> None:
    """Form data on something else; a control names its form as the nearest."""
    page = form().page
    with pytest.raises(FormExpected) as caught:
        require_form(one(page, "[name=out]"), "[name=out]", "submit")
    lines = str(caught.value).splitlines()
    assert lines[0] == 'cannot submit "[name=out]": it is an input, not a form'
    assert lines[2] == '  got: <input name="out" value="o" form="f">'
    assert lines[3].startswith('  nearest: form#f  <form id="f">')
    with pytest.raises(FormExpected) as caught:
        require_form(one(page, "#p"), "#p", "fill in")
    assert str(caught.value) == (
        'cannot fill in "#p": it is a p, not a form\n  expected: a <form>\n  got: <p id="p"></p>\n  cure: select a form'
    )
