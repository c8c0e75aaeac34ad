"""What is sent, what a click does besides, and what is said when nothing happens.

The payloads themselves are compared with the official client in tests/official_client/test_payloads.py; here are the goldens of
LiveViewTest, and what only a test kit has.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from liveview_testing.browser.bindings import payloads
from liveview_testing.browser.bindings.actions import (
    Actions,
    Browse,
    Command,
    LivePatch,
    LiveRedirect,
    ResetForm,
    Send,
    SubmitForm,
    Toggle,
)
from liveview_testing.browser.page.finding.select import one
from liveview_testing.browser.page.forms.filling import fill
from liveview_testing.browser.page.forms.forms import NOTHING
from liveview_testing.browser.page.node import Node
from liveview_testing.browser.page.page import Page
from liveview_testing.failures.exceptions import (
    BindingNotFound,
    CommandError,
    ElementDisabled,
    ElementHidden,
    FormExpected,
    KitFailure,
    TargetNotFound,
)
from tests.harness.places import TRACES


def page(html: str) -> Page:
    return Page.join({"s": [html]}).page


def node(html: str, selector: str = "#x") -> Node:
    return one(page(html), selector)


def sent(actions: Actions) -> list[Any]:
    return [action.payload for action in actions if isinstance(action, Send)]


# --- goldens ----------------------------------------------------------------------------------------------------------------


def joined(name: str) -> tuple[Page, list[dict[str, Any]]]:
    trace = json.loads((TRACES / f"{name}.json").read_text())
    rendered: dict[str, Any] = trace["join"]["messages"][1]["payload"]["rendered"]
    return Page.join(rendered).page, trace["steps"]


FIRE: dict[str, Callable[[Node, Any, str], Actions]] = {
    "click": lambda node, value, selector: payloads.click(node, selector, value),
    "keydown": lambda node, value, selector: payloads.key("keydown", node, selector, value),
    "keyup": lambda node, value, selector: payloads.key("keyup", node, selector, value),
    "focus": lambda node, value, selector: payloads.focus("focus", node, selector, value),
    "blur": lambda node, value, selector: payloads.focus("blur", node, selector, value),
}

# test-client.md 4: a button always has a value; `phx-key` keeps "a" out; key and focus look at window bindings too
BUTTON = {"#jsv": "", "#two": "", ".dup": ""}


@pytest.mark.parametrize(
    "step",
    [step for step in joined("events")[1] if step["step"]["op"] in FIRE],
    ids=lambda step: json.dumps(step["step"]),
)
def test_goldens_of_events(step: dict[str, Any]) -> None:
    """What LiveViewTest sends or refuses, but for the differences of test-client.md section 4."""
    does = step["step"]
    start, _ = joined("events")
    selector = does["selector"]

    def fire() -> Actions:
        return FIRE[does["op"]](one(start, selector, does.get("text")), does.get("value"), selector)

    theirs = [message["payload"] for message in step["messages"] if message["dir"] == "client"]
    if isinstance(step["result"], dict) and step["result"].get("raised") and selector != "#v":
        with pytest.raises(KitFailure):
            fire()
    elif isinstance(step["result"], dict) and "error" in step["result"]:
        assert fire() == (Browse("/elsewhere"),)
    elif does["op"] == "keyup":
        assert fire() == ()
    elif does["op"] == "keydown" and selector == "#v":
        assert [payload["event"] for payload in sent(fire())] == ["wkd"]
    elif not theirs:
        with pytest.raises(KitFailure):
            fire()
    else:
        for payload in theirs:
            if selector in BUTTON:
                payload["value"]["value"] = BUTTON[selector]
        assert sent(fire()) == theirs


@pytest.mark.parametrize("name", ["counter", "components", "component_nested", "chat"])
def test_goldens_of_clicks(name: str) -> None:
    """Clicks inside and outside of components, replayed over the recorded diffs: same event, same cid, same values."""
    at, steps = joined(name)
    clicks = 0
    for step in steps:
        does = step["step"]
        if does["op"] == "click":
            (theirs,) = (
                message["payload"]
                for message in step["messages"]
                if message["dir"] == "client" and message["event"] == "event"
            )
            ours = sent(payloads.click(one(at, does["selector"])))
            for payload in ours:
                payload["value"].pop("value")  # a button's own, see above
            assert ours == [theirs]
            clicks += 1
        for message in step["messages"]:
            diff = message["payload"].get("diff") if message["kind"] == "reply" else None
            diff = message["payload"] if message.get("event") == "diff" else diff
            if diff is not None:
                at = at.patch(diff).page
    assert clicks > 2


# --- what a click does ------------------------------------------------------------------------------------------------------

DOES: list[tuple[str, object]] = [
    ('<a id="x" href="/y">y</a>', Browse("/y")),
    ('<a href="/y"><b id="x">y</b></a>', Browse("/y")),
    ('<a id="x" href="#part">y</a>', Browse("#part", stays=True)),
    ('<a id="x" href="mailto:a@b">y</a>', Browse("mailto:a@b", stays=True)),
    ('<a id="x" href="https://a/" target="_blank">y</a>', Browse("https://a/", stays=True)),
    ('<a id="x" href="/f" download>y</a>', Browse("/f", stays=True)),
    ('<a id="x" href="/out" data-method="delete">y</a>', Browse("/out", "delete")),
    ('<a id="x" href="/p" data-phx-link="patch" data-phx-link-state="push">y</a>', LivePatch("/p")),
    (
        '<a href="/p" data-phx-link="redirect" data-phx-link-state="replace"><i id="x">y</i></a>',
        LiveRedirect("/p", "replace"),
    ),
    ("""<b id="x" phx-click='[["patch",{"href":"/p","replace":false}]]'>y</b>""", LivePatch("/p")),
    ("""<b id="x" phx-click='[["navigate",{"href":"/p","replace":true}]]'>y</b>""", LiveRedirect("/p", "replace")),
]


@pytest.mark.parametrize(("html", "action"), DOES)
def test_links_and_navigation(html: str, action: object) -> None:
    """Links by the browser's rules; patch and navigate commands as data."""
    assert payloads.click(node(html)) == (action,)


def test_other_commands_are_data() -> None:
    """JS-21: what concerns the browser alone is handed on in its place, never an error and never dropped."""
    commands = '[["show",{"to":"#m"}],["push",{"event":"e"}],["dispatch",{"event":"d"}],["hide",{}]]'
    button = node(f"<p id=x phx-click='{commands}'></p>")
    assert payloads.click(button) == (
        Command("show", {"to": "#m"}, button, "click"),
        Send({"type": "click", "event": "e", "value": {}}),
        Command("dispatch", {"event": "d"}, button, "click"),
        Command("hide", {}, button, "click"),
    )


def test_a_push_runs_for_each_element_it_is_for() -> None:
    """JS-4: `to` says for how many elements; the values stay those of the source."""
    rows = '<ul><li class="r"></li><li class="r"></li></ul>'
    html = f'{rows}<p id="x" phx-value-a="1" phx-click=\'[["push",{{"event":"e","to":".r"}}]]\'></p>'
    assert sent(payloads.click(node(html))) == [{"type": "click", "event": "e", "value": {"a": "1"}}] * 2
    html = """<div class="c"><p id="x" phx-click='[["push",{"event":"e","to":{"closest":".c"}}]]'><b></b><b></b></p></div>"""
    assert len(payloads.click(node(html))) == 1
    assert len(payloads.click(node(html.replace('"closest":".c"', '"inner":"b"')))) == 2


def test_controls_do_what_they_do() -> None:
    """Submit and reset buttons, boxes, labels."""
    html = (
        '<form id="f"><button id="go">g</button><input type="reset" id="r"><input type="checkbox" id="c" name="c">'
        '<label id="l" for="c">c</label><label id="w">w <input name="w" type="radio"></label>'
        '</form><button form="f" id="o">o</button>'
    )
    start = page(html)
    form = one(start, "#f")
    assert payloads.click(one(start, "#go")) == (SubmitForm(form, one(start, "#go")),)
    assert payloads.click(one(start, "#o")) == (SubmitForm(form, one(start, "#o")),)
    assert payloads.click(one(start, "#r")) == (ResetForm(form, one(start, "#r")),)
    assert payloads.click(one(start, "#c")) == (Toggle(one(start, "#c")),)
    assert payloads.click(one(start, "#l")) == (Toggle(one(start, "#c")),)
    assert payloads.click(one(start, "#w")) == (Toggle(one(start, "[name=w]")),)


def test_values_of_the_test_win() -> None:
    """DOM values < the push's values < the test's; maps are merged, keys become text (test-client.md 1.3)."""
    html = """<p id="x" phx-value-a="1" phx-value-b="2" phx-click='[["push",{"event":"e","value":{"b":3,"m":{"y":[1]}}}]]'></p>"""
    value: dict[Any, Any] = {"b": 4, "m": {"w": 3}, 5: {6: None}}
    assert sent(payloads.click(node(html), value=value)) == [
        {"type": "click", "event": "e", "value": {"a": "1", "b": 4, "m": {"y": [1], "w": 3}, "5": {"6": None}}}
    ]


def test_click_away() -> None:
    """On the wire it is a click."""
    html = '<div id="x" phx-click-away="close" phx-value-a="1"></div>'
    assert sent(payloads.click_away(node(html))) == [{"type": "click", "event": "close", "value": {"a": "1"}}]


def test_keys() -> None:
    """The given key; without one the key that is waited for; one that is kept out sends nothing."""
    html = '<input id="x" phx-keydown="k" phx-key="Enter" value="v">'
    entered = {"type": "keydown", "event": "k", "value": {"key": "Enter", "value": "v"}}
    assert sent(payloads.key("keydown", node(html))) == [entered]
    assert sent(payloads.key("keydown", node(html), value={"key": "Enter"})) == [entered]
    assert payloads.key("keydown", node(html), value={"key": "a"}) == ()
    assert sent(payloads.key("keydown", node('<p id="x" phx-keydown="k"></p>'))) == [
        {"type": "keydown", "event": "k", "value": {}}
    ]


def test_hooks() -> None:
    """Exactly the given value, any event; phx-target decides where to (test-client.md 1.3)."""
    html = '<div id="x" phx-hook="H" phx-value-a="1"></div>'
    assert sent(payloads.hook(node(html), "e", {"v": [1, None]})) == [
        {"type": "hook", "event": "e", "value": {"v": [1, None]}}
    ]
    assert sent(payloads.hook(node('<ul id="x" phx-viewport-top="t"></ul>'), "t")) == [
        {"type": "hook", "event": "t", "value": {}}
    ]
    component = '<div><p id="x" phx-hook="H" phx-target="1"></p></div>'
    start = Page.join({"s": ["", ""], "0": 1, "c": {"1": {"s": [component], "r": 1}}}).page
    assert sent(payloads.hook(one(start, "#x"), "e")) == [{"type": "hook", "event": "e", "value": {}, "cid": 1}]


FORM = (
    '<form id="f" phx-change="ch" phx-submit="su" phx-value-v="1"><input name="a" value="1"><input name="b" phx-change="mine">'
    '<input type="hidden" name="h"><input type="file" name="doc"></form>'
)


def change(names: dict[str, str], selector: str = "#f", **more: Any) -> Any:
    start = page(FORM)
    filling = fill(one(start, "#f"), names)
    (payload,) = sent(payloads.change(one(start, selector), filling.names, overlay=filling.over(NOTHING), **more))
    return payload


def test_changes() -> None:
    """The event and the target are those of the last field; a field with its own binding sends itself alone (FM-33, FM-34)."""
    meta = {"v": "1"}
    assert change({"a": "x"}) == {
        "type": "form", "event": "ch", "value": "a=x&_unused_b=&b=&h=", "meta": {"_target": "a", **meta}, "uploads": {},
    }  # fmt: skip
    assert change({"b": "x"}) == {
        "type": "form", "event": "mine", "value": "b=x", "meta": {"_target": "b", **meta}, "uploads": {},
    }  # fmt: skip
    assert change({"a": "x", "b": "y"})["meta"]["_target"] == "a"  # the form's own event is about the form's fields
    assert change({})["meta"]["_target"] == "a"
    assert change({}, "[name=b]")["event"] == "mine"
    assert change({}, "[name=a]")["meta"]["_target"] == "a"
    assert change({"a": "x"}, value={"_target": ["a", "b"], "h": "changed", "new": {"x": [1]}}) == {
        "type": "form", "event": "ch", "value": "a=x&_unused_b=&b=&h=changed&new%5Bx%5D%5B%5D=1",
        "meta": {"_target": ["a", "b"], **meta}, "uploads": {},
    }  # fmt: skip
    assert change({"a": "x"}, uploads={"phx-1": []})["uploads"] == {"phx-1": []}


def test_submits() -> None:
    """No target, no uploads, no markers; given values are sent unchecked."""
    (payload,) = sent(payloads.submit(node(FORM, "#f"), value={"h": "changed", "_target": "a"}))
    assert payload == {"type": "form", "event": "su", "value": "a=1&b=&h=changed", "meta": {"v": "1"}}


# --- what a user cannot do --------------------------------------------------------------------------------------------------


def refused(kind: type[KitFailure], run: Callable[[], object]) -> str:
    with pytest.raises(kind) as caught:
        run()
    return str(caught.value)


def test_disabled_elements() -> None:
    """The element, a button around it, a fieldset around it; on other elements the attribute means nothing."""
    html = '<button id="x" phx-click="e" disabled><b id="in">x</b></button>'
    cure = (
        "  cure: enable it first, as the user would have to; "
        "view.render_click(event) and its kin send an event whatever the page has"
    )
    assert refused(ElementDisabled, lambda: payloads.click(node(html), "#x")) == (
        f'cannot click "#x": it is disabled\n  expected: an enabled element, as a user needs one\n  got: {html}\n{cure}'
    )
    assert refused(ElementDisabled, lambda: payloads.click(node(html, "#in"))) == (
        'cannot click "b#in": it is disabled by button#x around it\n'
        "  expected: an enabled element, as a user needs one\n"
        '  got: <b id="in">x</b>\n'
        f"  by: {html}\n{cure}"
    )
    legend = '<legend><button id="ok" phx-click="e"></button></legend>'
    html = f'<fieldset disabled>{legend}<button id="x" phx-click="e"></button></fieldset>'
    refused(ElementDisabled, lambda: payloads.click(node(html)))
    assert len(payloads.click(node(html, "#ok"))) == 1
    assert len(payloads.click(node('<p id="x" phx-click="e" disabled></p>'))) == 1
    html = '<div phx-click="outer"><button id="x" phx-click="e" disabled></button></div>'
    refused(ElementDisabled, lambda: payloads.click(node(html)))


def test_exec() -> None:
    """What `JS.exec` finds is run at the element that has it (JS-20); a form's event goes on at the form alone."""
    cancel = """data-cancel='[["hide",{}],["push",{"event":"cancel"}]]' phx-value-of="m\""""
    on_click = """phx-click='[["exec",{"attr":"data-cancel","to":"#m"}]]'"""
    html = f'<div id="m" {cancel}><b id="x" phx-value-of="x" {on_click}></b></div>'
    hide, push = payloads.click(node(html), value={"given": 1})
    assert isinstance(hide, Command)
    assert hide.source.id == "m"
    assert push == Send({"type": "click", "event": "cancel", "value": {"of": "m", "given": 1}})
    at_form = '[["exec",{"attr":"data-save"}],["exec",{"attr":"data-save","to":"#p"}]]'
    save = 'data-save=\'[["push",{"event":"save"}]]\''
    html = f'<p id="p" {save}></p><form id="x" phx-submit=\'{at_form}\' {save}><input name="a" value="1"></form>'
    assert sent(payloads.submit(node(html))) == [{"type": "form", "event": "save", "value": "a=1", "meta": {}}]


@pytest.mark.parametrize(
    ("attribute", "why"),
    [
        ("hidden", "the attribute hidden"),
        ('style="color: red; display : none"', "the style display : none"),
        ('style="visibility:hidden"', "the style visibility:hidden"),
    ],
)
def test_hidden_elements(attribute: str, why: str) -> None:
    """On itself or around it; what is hidden cannot be used, unless somebody knows better."""
    html = f'<div id="m" {attribute}><p id="x" phx-click="e" phx-keydown="k" phx-focus="f"></p></div>'
    assert refused(ElementHidden, lambda: payloads.click(node(html), "#x")) == (
        f'cannot click "#x": it is hidden ({why} on div#m around it)\n'
        "  expected: an element that a user can see\n"
        '  got: <p id="x" phx-click="e" phx-keydown="k" phx-focus="f"></p>\n'
        f"  by: {html}\n"
        "  cure: show it first, as the user would have to; view.render_click(event) and its kin send an event whatever the page has"
    )
    refused(ElementHidden, lambda: payloads.key("keydown", node(html)))
    refused(ElementHidden, lambda: payloads.focus("focus", node(html)))
    refused(ElementHidden, lambda: payloads.click(node(f'<p id="x" phx-click="e" {attribute}></p>')))
    assert len(payloads.click(node(html), hidden=lambda node: None)) == 1


def test_portals() -> None:
    """What is in a portal is shown elsewhere: nothing around it hides it, disables it or hears of it; another template hides."""
    html = """<div hidden phx-click="around"><fieldset disabled><template id="p" data-phx-portal="body">
      <div id="in"><button id="x" phx-click="e"></button><i id="y"></i><b hidden><u id="z" phx-click="e"></u></b></div>
    </template></fieldset></div>"""
    (send,) = sent(payloads.click(node(html)))
    assert send["event"] == "e"
    refused(BindingNotFound, lambda: payloads.click(node(html, "#y")))
    refused(ElementHidden, lambda: payloads.click(node(html, "#z")))
    other = '<template id="t"><b id="x" phx-click="e"></b></template>'
    assert "a <template> is not shown" in refused(ElementHidden, lambda: payloads.click(node(other)))


def test_no_binding() -> None:
    """What the element has, what is around it, and what inside of it would have answered."""
    button = '<button type="button" id="in" phx-click="go">x</button>'
    html = f'<form id="f" phx-submit="save"><div id="x" phx-focus="f">{button}</div></form>'
    assert refused(BindingNotFound, lambda: payloads.click(node(html), "#x")) == (
        'cannot click "#x": it does nothing on this event\n'
        "  expected: phx-click on the element\n"
        '  got: <div id="x" phx-focus="f"><button type="button" id="in" phx-click="go">x</button></div>\n'
        "  it has: phx-focus='f'\n"
        "  nearest: form#f: phx-submit='save'\n"
        "    button#in: phx-click='go'\n"
        "  cure: perhaps button#in inside of it is meant"
    )
    assert refused(BindingNotFound, lambda: payloads.key("keyup", node(html), "#x")).startswith(
        'cannot press a key on (keyup) "#x": it does nothing on this event\n'
        "  expected: phx-keyup or phx-window-keyup on the element\n"
    )
    assert refused(BindingNotFound, lambda: payloads.focus("blur", node(html), "#x")).startswith('cannot blur "#x"')
    assert refused(BindingNotFound, lambda: payloads.change(node(html, "#f"), selector="#f")) == (
        'cannot change "#f": it does nothing on this event\n'
        "  expected: phx-change on the element\n"
        f"  got: {html}\n"
        "  it has: phx-submit='save'\n"
        "  cure: act on the element that has it, or give it to this one"
    )
    assert refused(
        BindingNotFound, lambda: payloads.submit(node('<form id="x" action="/y"></form>'), selector="#x")
    ).endswith("  cure: submit_form() sends it over HTTP instead")
    assert refused(BindingNotFound, lambda: payloads.change(node('<input id="x" phx-change="c">'))).endswith(
        "  cure: the client needs a form around it: put it into a <form>"
    )
    assert refused(BindingNotFound, lambda: payloads.hook(node('<i id="x"></i>'), "e", selector="#x")) == (
        "cannot push 'e' from the hook of \"#x\": it does nothing on this event\n"
        "  expected: phx-hook (with an id) or phx-viewport-top or phx-viewport-bottom on the element\n"
        '  got: <i id="x"></i>\n'
        "  cure: act on the element that has it, or give it to this one"
    )
    assert refused(BindingNotFound, lambda: payloads.hook(node('<i class="x" phx-hook="H"></i>', ".x"), "e")).endswith(
        "  cure: a hook needs an id on its element"
    )
    refused(BindingNotFound, lambda: payloads.click_away(node('<i id="x"></i>')))


def test_not_a_form() -> None:
    """Submit and change are for forms."""
    refused(FormExpected, lambda: payloads.submit(node('<p id="x"></p>')))
    refused(FormExpected, lambda: payloads.change(node('<p id="x"></p>')))


def test_missing_targets() -> None:
    """The client would log it and send nothing (CP-17); the nearest is named."""
    html = '<div id="chat"></div><p id="x" phx-click="e" phx-target="#chta"></p>'
    assert refused(TargetNotFound, lambda: payloads.click(node(html))) == (
        'the phx-target "#chta" of p#x is not on the page\n'
        "  expected: an element or a component: without one the client logs an error and sends nothing\n"
        '  got: <p id="x" phx-click="e" phx-target="#chta"></p>\n'
        '  nearest: div#chat  <div id="chat"></div>\n'
        "  cure: phx-target={@myself} in a component, or the selector of an element on the page"
    )
    refused(TargetNotFound, lambda: payloads.click(node('<p id="x" phx-click="e" phx-target="7"></p>')))


@pytest.mark.parametrize(
    ("attributes", "text"),
    [
        (
            "phx-click='[[\"push\"'",
            "the client cannot run phx-click of a#x: it starts like a JS command but is no JSON"
            " (Expecting ',' delimiter: line 1 column 9 (char 8))\n"
            '  got: [["push"\n  cure: an event name, or a command made by liveview_core.rendering.js',
        ),
        (
            "phx-click='[5]'",
            "the client cannot run phx-click of a#x: 5 is no [name, arguments]\n"
            "  got: [5]\n  cure: an event name, or a command made by liveview_core.rendering.js",
        ),
        (
            'data-phx-link="patch" data-phx-link-state="push" href="/" phx-click="e"',
            "the client cannot run phx-click of a#x: on a live link the client runs JS commands only, no plain event name\n"
            "  got: e\n  cure: JS.push(…) as its phx-click",
        ),
        (
            """phx-click='[["exec",{"attr":"data-cancel"}]]'""",
            "the client cannot run data-cancel of a#x: JS.exec, in phx-click of a#x, wants a JS command there\n"
            "  got: nothing\n"
            "  cure: data-cancel={JS.…} on that element, or in JS.exec the attribute and the `to` that have the command",
        ),
        (
            'data-phx-link="go" href="/"',
            'the client cannot run data-phx-link of a#x: it must be "patch" or "redirect"\n'
            "  got: go\n  cure: an event name, or a command made by liveview_core.rendering.js",
        ),
    ],
)
def test_broken_commands(attributes: str, text: str) -> None:
    """The client would throw."""
    assert refused(CommandError, lambda: payloads.click(node(f'<a id="x" {attributes}></a>'))) == text
