"""Every failure of the kit, in full: what happened, what was expected, what was got, what comes nearest, what to do."""

from __future__ import annotations

import pickle
import re
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liveview_core import JS
from liveview_core.errors import LiveViewError
from liveview_testing.failures import exceptions
from liveview_testing.failures.exceptions import (
    BadCommand,
    BadSelector,
    Disabled,
    Failure,
    Hidden,
    InvalidSubmitter,
    KitFailure,
    LeftPage,
    ManyMatches,
    NoBinding,
    NoMatch,
    NotAForm,
    NoTarget,
    NoText,
    NoTextMatch,
    Sketch,
    Unfillable,
    UnknownField,
    UnknownOption,
    Unwanted,
    WrongCount,
    failure,
    nearest,
)
from liveview_testing.failures.wording import excerpt, explain

SAVE = Sketch("button#save", '<button id="save" phx-click="save">Save</button>')
ONE = Sketch("li.row", '<li class="row">one</li>')
TWO = Sketch("li.row", '<li class="row">two</li>')
FORM = Sketch("form#f", '<form id="f"></form>')

TEXTS: list[tuple[str, Failure, str]] = [
    # the six lookup errors (TK-2, test-client.md 1.2)
    (
        "1: nothing matches",
        NoMatch("#sav", near=(SAVE,)),
        'no element matches "#sav"\n'
        "  expected: one element in the page\n"
        "  got: none\n"
        '  nearest: button#save  <button id="save" phx-click="save">Save</button>\n'
        "  cure: take the nearest, or look at the page: print(view.render())",
    ),
    (
        "1: nothing matches, a part does",
        NoMatch("#f .x", reached="#f", where="div#chat"),
        'no element matches "#f .x"\n'
        "  expected: one element in div#chat\n"
        '  got: none: "#f" matches, the rest of the selector does not\n'
        "  cure: look at the page: print(view.render()), or view.open_browser()",
    ),
    (
        "2: several match",
        ManyMatches("li", 2, (ONE, TWO)),
        '2 elements match "li", one was meant\n'
        "  expected: exactly one element\n"
        '  got: <li class="row">one</li>\n'
        '    <li class="row">two</li>\n'
        "  cure: a narrower selector (an id, a parent), or a text that only one of them has",
    ),
    (
        "2: very many match",
        ManyMatches("li", 900, (ONE,) * 9),
        '900 elements match "li", one was meant\n'
        "  expected: exactly one element\n"
        '  got: <li class="row">one</li>\n'
        '    <li class="row">one</li>\n'
        '    <li class="row">one</li>\n'
        '    <li class="row">one</li>\n'
        '    <li class="row">one</li>\n'
        "    … and 895 more\n"
        "  cure: a narrower selector (an id, a parent), or a text that only one of them has",
    ),
    (
        "3: nothing matches the selector of a text",
        NoMatch("p", "hi"),
        'no element matches "p"\n'
        '  expected: one element in the page, to have the text "hi"\n'
        "  got: none\n"
        "  cure: look at the page: print(view.render()), or view.open_browser()",
    ),
    (
        "4: one matches, its text does not",
        NoTextMatch("li", "three", 1, (ONE,)),
        'the element "li" does not have the text "three"\n'
        '  expected: the text "three" (whitespace collapsed, descendants included)\n'
        '  got: <li class="row">one</li>\n'
        "  cure: look at the page: print(view.render()), or view.open_browser()",
    ),
    (
        "5: several match, none has the text",
        NoTextMatch("li", re.compile("^tw$"), 2, (ONE, TWO), ("two",)),
        'none of the 2 elements "li" has a text matching /^tw$/\n'
        "  expected: a text matching /^tw$/ (whitespace collapsed, descendants included)\n"
        '  got: <li class="row">one</li>\n'
        '    <li class="row">two</li>\n'
        '  nearest: "two"\n'
        "  cure: look at the page: print(view.render()), or view.open_browser()",
    ),
    (
        "6: several have the text",
        ManyMatches("li", 2, (ONE, TWO), "o", 3),
        '2 elements match "li" with the text "o", one was meant\n'
        "  expected: exactly one element\n"
        "  got: 2 of the 3 that match the selector\n"
        '    <li class="row">one</li>\n'
        '    <li class="row">two</li>\n'
        "  cure: a narrower selector (an id, a parent), or a text that only one of them has",
    ),
    (
        "an unreadable selector",
        BadSelector("[a=1]", "Expected string or ident", "put it in quotes"),
        'cannot use the selector "[a=1]": Expected string or ident\n  cure: put it in quotes',
    ),
    # what a user could not do
    (
        "not a form",
        NotAForm("#save", SAVE, "submit", FORM),
        'cannot submit "#save": it is a button, not a form\n'
        "  expected: a <form>\n"
        '  got: <button id="save" phx-click="save">Save</button>\n'
        '  nearest: form#f  <form id="f"></form>\n'
        "  cure: select the form it belongs to",
    ),
    (
        "disabled",
        Disabled("#save", SAVE, "click"),
        'cannot click "#save": it is disabled\n'
        "  expected: an enabled element, as a user needs one\n"
        '  got: <button id="save" phx-click="save">Save</button>\n'
        "  cure: enable it first, as the user would have to; "
        "view.render_click(event) and its kin send an event whatever the page has",
    ),
    (
        "disabled by a fieldset",
        Disabled("#save", SAVE, "click", Sketch("fieldset", "<fieldset disabled></fieldset>")),
        'cannot click "#save": it is disabled by fieldset around it\n'
        "  expected: an enabled element, as a user needs one\n"
        '  got: <button id="save" phx-click="save">Save</button>\n'
        "  by: <fieldset disabled></fieldset>\n"
        "  cure: enable it first, as the user would have to; "
        "view.render_click(event) and its kin send an event whatever the page has",
    ),
    (
        "hidden",
        Hidden("#save", SAVE, "click", "the attribute hidden"),
        'cannot click "#save": it is hidden (the attribute hidden)\n'
        "  expected: an element that a user can see\n"
        '  got: <button id="save" phx-click="save">Save</button>\n'
        "  cure: show it first, as the user would have to; "
        "view.render_click(event) and its kin send an event whatever the page has",
    ),
    (
        "hidden by what is around it",
        Hidden("#save", SAVE, "click", "the style display:none", Sketch("div#m", '<div id="m"></div>')),
        'cannot click "#save": it is hidden (the style display:none on div#m around it)\n'
        "  expected: an element that a user can see\n"
        '  got: <button id="save" phx-click="save">Save</button>\n'
        '  by: <div id="m"></div>\n'
        "  cure: show it first, as the user would have to; "
        "view.render_click(event) and its kin send an event whatever the page has",
    ),
    (
        "no binding",
        NoBinding(
            "#save",
            SAVE,
            "press a key on (keydown)",
            ("phx-keydown", "phx-window-keydown"),
            (("phx-click", "save"),),
            ((FORM, (("phx-change", "c"), ("phx-submit", "s"))),),
            "perhaps the form is meant",
        ),
        'cannot press a key on (keydown) "#save": it does nothing on this event\n'
        "  expected: phx-keydown or phx-window-keydown on the element\n"
        '  got: <button id="save" phx-click="save">Save</button>\n'
        "  it has: phx-click='save'\n"
        "  nearest: form#f: phx-change='c', phx-submit='s'\n"
        "  cure: perhaps the form is meant",
    ),
    (
        "no binding, and no idea why",
        NoBinding("#save", SAVE, "click", ("phx-click",)),
        'cannot click "#save": it does nothing on this event\n'
        "  expected: phx-click on the element\n"
        '  got: <button id="save" phx-click="save">Save</button>\n'
        "  cure: act on the element that has it, or give it to this one",
    ),
    (
        "not a form, and none around it",
        NotAForm("#save", SAVE, "submit"),
        'cannot submit "#save": it is a button, not a form\n'
        "  expected: a <form>\n"
        '  got: <button id="save" phx-click="save">Save</button>\n'
        "  cure: select a form",
    ),
    (
        "no target",
        NoTarget(SAVE, "#chta", (Sketch("div#chat", '<div id="chat"></div>'),)),
        'the phx-target "#chta" of button#save is not on the page\n'
        "  expected: an element or a component: without one the client logs an error and sends nothing\n"
        '  got: <button id="save" phx-click="save">Save</button>\n'
        '  nearest: div#chat  <div id="chat"></div>\n'
        "  cure: phx-target={@myself} in a component, or the selector of an element on the page",
    ),
    (
        "a broken command",
        BadCommand(SAVE, "phx-click", "[[", "it is no JSON", "write JSON"),
        "the client cannot run phx-click of button#save: it is no JSON\n  got: [[\n  cure: write JSON",
    ),
    (
        "a left page",
        LeftPage("/x", "redirect"),
        'the view has left the page: there is no text to read (redirect to "/x")\n'
        "  expected: the html of the page after the event\n"
        '  got: a redirect to "/x"\n'
        "  cure: assert_redirect() to check where it went, follow_redirect() to go there and read on",
    ),
    # forms (test-client.md 1.4)
    (
        "no such field",
        UnknownField(FORM, "user[nmae]", (("user[name]", "text"), ("user[bio]", "textarea"))),
        'form#f has no field "user[nmae]"\n'
        '  expected: an enabled control with the name "user[nmae]"\n'
        '  got: "user[name]" (text)\n'
        '    "user[bio]" (textarea)\n'
        '  nearest: "user[name]"\n'
        "  cure: take a name that the form has; to send it anyway, give it to render_submit or render_change",
    ),
    (
        "a group is no field",
        UnknownField(FORM, "user", (("user[name]", "text"), ("user[bio]", "textarea"), ("q", "text"))),
        'form#f has no field "user"\n'
        '  expected: an enabled control with the name "user"\n'
        '  got: "user[name]" (text)\n'
        '    "user[bio]" (textarea)\n'
        '    "q" (text)\n'
        '  nearest: "user[name]"\n'
        '    "user[bio]"\n'
        "  cure: fill in what is inside: {'user': {...}}",
    ),
    (
        "a field of a group",
        UnknownField(FORM, "name", (("user[name]", "text"), ("user[bio]", "textarea"))),
        'form#f has no field "name"\n'
        '  expected: an enabled control with the name "name"\n'
        '  got: "user[name]" (text)\n'
        '    "user[bio]" (textarea)\n'
        '  nearest: "user[name]"\n'
        "  cure: say what it is in: {'user': {'name': ...}}; to send it anyway, give it to render_submit or render_change",
    ),
    (
        "a list of a group in a group",
        UnknownField(FORM, "tags", (("post[meta][tags][]", "checkbox"),)),
        'form#f has no field "tags"\n'
        '  expected: an enabled control with the name "tags"\n'
        '  got: "post[meta][tags][]" (checkbox)\n'
        '  nearest: "post[meta][tags][]"\n'
        "  cure: say what it is in: {'post': {'meta': {'tags': [...]}}}; "
        "to send it anyway, give it to render_submit or render_change",
    ),
    (
        "a list is no field",
        UnknownField(FORM, "tags", (("tags[]", "checkbox"),)),
        'form#f has no field "tags"\n'
        '  expected: an enabled control with the name "tags"\n'
        '  got: "tags[]" (checkbox)\n'
        '  nearest: "tags[]"\n'
        "  cure: fill in what is inside: {'tags': [...]}",
    ),
    (
        "no fields at all",
        UnknownField(FORM, "a", ()),
        'form#f has no field "a"\n'
        '  expected: an enabled control with the name "a"\n'
        "  got: a form without named controls\n"
        "  cure: take a name that the form has; to send it anyway, give it to render_submit or render_change",
    ),
    (
        "a disabled field",
        UnknownField(FORM, "a", (("b", "text"),), disabled=True),
        'the field "a" of form#f is disabled\n  expected: an enabled control with the name "a"\n  got: "b" (text)\n'
        "  cure: enable it first, as the user would have to; to send it anyway, give it to render_submit or render_change",
    ),
    (
        "no such option",
        UnknownOption(FORM, "role", "select", "admni", ("admin", "user")),
        'the value "admni" of select "role" in form#f is not among the values\n'
        '  expected: "admin"\n'
        '    "user"\n'
        '  got: "admni"\n'
        '  nearest: "admin"\n'
        "  cure: take one that a user can choose; to send it anyway, give it to render_submit or render_change",
    ),
    (
        "no options at all",
        UnknownOption(FORM, "role", "select", "a", ()),
        'the value "a" of select "role" in form#f is not among the values\n'
        "  expected: nothing: it has no options\n"
        '  got: "a"\n'
        "  cure: take one that a user can choose; to send it anyway, give it to render_submit or render_change",
    ),
    (
        "a disabled option",
        UnknownOption(FORM, "role", "select", "a", ("b",), disabled=True),
        'the value "a" of select "role" in form#f is disabled\n  expected: "b"\n  got: "a"\n'
        "  cure: take one that a user can choose; to send it anyway, give it to render_submit or render_change",
    ),
    (
        "a hidden field",
        UnknownOption(FORM, "h", "hidden", "changed", ("hid",)),
        'the value "changed" of hidden "h" in form#f is not among the values\n'
        '  expected: "hid"\n'
        '  got: "changed"\n'
        "  cure: a user cannot change it; to send it anyway, give it to render_submit or render_change",
    ),
    (
        "another number of elements",
        WrongCount("li", 3, 1, (SAVE,), "milk"),
        '1 element matches "li" with the text "milk", 3 were to\n'
        "  expected: 3 in the page\n"
        '  got: <button id="save" phx-click="save">Save</button>\n'
        "  cure: look at the page: print(view.render()), or view.open_browser()",
    ),
    (
        "an element that was not to be",
        Unwanted("button", 1, (SAVE,), None, None, "form#f"),
        '1 element matches "button", there was to be none\n'
        "  expected: no such element in form#f\n"
        '  got: <button id="save" phx-click="save">Save</button>\n'
        "  cure: a narrower selector, or a text that only the unwanted one has; else the page is wrong",
    ),
    (
        "a number of elements that was not to be",
        Unwanted("button", 2, (SAVE, SAVE), None, 2),
        '2 elements match "button", there were not to be 2\n'
        "  expected: any number but 2 in the page\n"
        '  got: <button id="save" phx-click="save">Save</button>\n'
        '    <button id="save" phx-click="save">Save</button>\n'
        "  cure: a narrower selector, or a text that only the unwanted one has; else the page is wrong",
    ),
    (
        "a field that cannot be filled",
        Unfillable(FORM, "doc", "file", "files are not typed", "file_input(...)"),
        'cannot fill file "doc" in form#f: files are not typed\n  cure: file_input(...)',
    ),
    (
        "a value without a text",
        NoText("object", "<object object>"),
        "a value of type object cannot be put into a field\n"
        "  expected: text, a number, True, False, None, a date or time, or what has a text of its own; lists of them\n"
        "  got: <object object>\n"
        "  cure: give its text, or, for fields inside, a mapping: {'user': {'name': 'Ann'}}",
    ),
    (
        "an invalid submitter",
        InvalidSubmitter(FORM, "#x", "it is disabled", (SAVE,)),
        '"#x" cannot submit form#f: it is disabled\n'
        "  expected: an enabled, named submit button of the form\n"
        '  got: <button id="save" phx-click="save">Save</button>\n'
        "  cure: put_submitter(selector of one of them)",
    ),
    (
        "a form without submitters",
        InvalidSubmitter(FORM, "#x", "no element matches"),
        '"#x" cannot submit form#f: no element matches\n'
        "  expected: an enabled, named submit button of the form\n"
        "  got: a form without submit buttons\n"
        "  cure: render_submit() alone",
    ),
]


@pytest.mark.parametrize(
    ("value", "text"), [(value, text) for _, value, text in TEXTS], ids=[name for name, _, _ in TEXTS]
)
def test_full_text(value: Failure, text: str) -> None:
    """The words of every failure."""
    assert explain(value) == text
    assert str(failure(value)) == text


def test_every_kind_is_tested_and_has_its_own_exception() -> None:
    """No failure is left out, and `pytest.raises` can tell each from the others."""
    kinds = set(get_args(Failure))
    assert {type(value) for _, value, _ in TEXTS} == kinds == set(exceptions.RAISED)
    assert len(set(exceptions.RAISED.values())) == len(kinds)


@pytest.mark.parametrize("value", [value for _, value, _ in TEXTS])
def test_a_failure_is_a_failed_assertion_with_its_evidence(value: Failure) -> None:
    """An AssertionError for pytest, a LiveViewError for tools, and the value to look into; it travels between processes."""
    error = failure(value)
    assert isinstance(error, KitFailure)
    assert isinstance(error, AssertionError)
    assert isinstance(error, LiveViewError)
    assert error.failure is value
    assert error.happened == explain(value).splitlines()[0]
    again = pickle.loads(pickle.dumps(error))
    assert type(again) is type(error)
    assert str(again) == str(error)
    assert again.failure == value


def test_html_is_cut_and_the_cut_is_said() -> None:
    """Only relevant html: 160 characters of an element, on one line."""
    long = Sketch("ul", "<ul>\n" + "<li>x</li>\n" * 1000 + "</ul>")
    text = explain(ManyMatches("ul", 2, (long, ONE)))
    shown = text.splitlines()[2]
    assert shown.startswith("  got: <ul> <li>x</li> <li>x</li>")
    assert shown.endswith("… (10850 more characters)")
    assert len(shown) < 200


def test_excerpts_cut_commands_first() -> None:
    """What tells one button from the next stays; where there is room, nothing is cut."""
    command = str(JS.push("plus", value={"by": 10}, loading="main").hide(to="#menu")).replace('"', "&quot;")
    button = f'<button phx-click="{command}" phx-value-id="1">+10</button>'
    assert excerpt(button) == """<button phx-click='[["push",{"event":"plus","load…' phx-value-id="1">+10</button>"""
    assert excerpt(button, 500) == button


@given(st.text(max_size=300), st.integers(1, 50))
def test_excerpt_loses_nothing_silently(text: str, width: int) -> None:
    """Law: either all of the text is shown, or the number of missing characters."""
    line = " ".join(text.split())
    shown = excerpt(text, width)
    if len(line) <= width:
        assert shown == line
    else:
        assert shown == f"{line[:width]}… ({len(line) - width} more characters)"


@given(st.text(max_size=8), st.lists(st.text(max_size=8), max_size=8))
def test_nearest_is_deterministic_and_among_the_names(wanted: str, names: list[str]) -> None:
    """Law: near misses are names that exist, each once, in an order that depends on nothing else."""
    found = nearest(wanted, names)
    assert len(found) == len(set(found)) <= 3
    assert set(found) <= set(names)
    assert found == nearest(wanted, list(dict.fromkeys(names)))
    if wanted and wanted in names:
        assert wanted in found
