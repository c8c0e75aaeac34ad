"""What a person does that nothing hears: noted word for word, with what would have heard it.

Each note has neighbours: nearly the same, and heard; of these nothing is said.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from liveview_core import JS, Route, Router
from liveview_testing import ClientHook, Page, Simulation
from tests.harness.counting_pages import page


class Hears(ClientHook):
    """A script of the page that listens to clicks, and to keys."""

    dom_events = ("click", "keydown")


def opened(template: str) -> Page:
    view = page(template, {"JS": JS})
    return Simulation(Router([Route("/", view)]), hooks={"Hears": Hears()}).page("/")


def notes(there: Page) -> list[tuple[str, str]]:
    return [(each.text, each.cure) for each in there.notes]


def told(there: Page) -> list[str]:
    """The events that the server has been sent."""
    return [each.payload["event"] for each in there.view.wire if each.direction == "client" and each.event == "event"]


# --- questions --------------------------------------------------------------------------------------------------------

ASKS = """<p>{@n}</p><button id="a" phx-click="go" data-confirm="Sure?">a</button>
<div data-confirm="Really?"><input id="box" type="checkbox" phx-click="tick"></div>"""
ACTS: dict[str, Callable[[Page], object]] = {
    "click": lambda there: there.locator("#a").click(),
    "dblclick": lambda there: there.locator("#a").dblclick(),
    "press": lambda there: there.locator("#a").press("Enter"),
    "keyboard": lambda there: (there.locator("#a").focus(), there.keyboard.press("Enter")),
}


@pytest.mark.parametrize("act", ACTS)
def test_a_question_that_nobody_answers(act: str) -> None:  # PF-23
    there = opened(ASKS)
    ACTS[act](there)
    assert notes(there) == [
        (
            "the page asked 'Sure?' (data-confirm), and nobody answered: the dialog was dismissed, and the click did nothing",
            'page.on("dialog", lambda dialog: dialog.accept()) before the act',
        )
    ]
    assert told(there) == []


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("accept", [True, False])
def test_a_question_that_is_answered(act: str, accept: bool) -> None:  # PF-23
    """Whoever says no has said so."""
    there = opened(ASKS)
    there.on("dialog", lambda dialog: dialog.accept() if accept else dialog.dismiss())
    ACTS[act](there)
    assert [each for each in there.notes if each.rule == "PF-23"] == []
    assert set(told(there)) == ({"go"} if accept else set())


# --- clicks -----------------------------------------------------------------------------------------------------------

SILENT = {
    '<button id="b" phx-submit="inc">b</button>': (
        "nobody hears a click on <button#b>: its phx-submit is for a form, and it has no phx-click",
        'phx-click="inc"; or phx-submit on the form around it',
    ),
    '<button id="b" phx-change="inc">b</button>': (
        "nobody hears a click on <button#b>: its phx-change is for a form, and it has no phx-click",
        'phx-click="inc"; or phx-change on the form around it',
    ),
    '<button id="b">b</button>': (
        "nobody hears a click on <button#b>: it is in no form, and has no phx-click",
        'phx-click="…"; or a form around it, or form="…" with the id of one',
    ),
    '<input id="b" type="submit">': (
        "nobody hears a click on <input#b>: it is in no form, and has no phx-click",
        'phx-click="…"; or a form around it, or form="…" with the id of one',
    ),
    '<form id="f" phx-submit="s"><button id="b" type="button">b</button></form>': (
        "nobody hears a click on <button#b>: a button of type='button' does not submit <form#f>, and it has no phx-click",
        'type="submit", or phx-click="…"',
    ),
    '<form id="f" phx-submit="s"><input id="b" type="button" value="b"></form>': (
        "nobody hears a click on <input#b>: a button of type='button' does not submit <form#f>, and it has no phx-click",
        'type="submit", or phx-click="…"',
    ),
    '<a id="b">b</a>': (
        "nobody hears a click on <a#b>: it has no href, and no phx-click",
        '<.link navigate={…}>, or one with patch or href; or phx-click="…"',
    ),
}


@pytest.mark.parametrize("template", SILENT)
def test_a_click_that_nobody_hears(template: str) -> None:  # CE-6
    """Said once, whether the mouse clicks or a key does."""
    there = opened(template)
    there.locator("#b").click()
    there.locator("#b").click()
    assert (notes(there), told(there)) == ([SILENT[template]], [])


HEARD = [
    '<button id="b" phx-click="go">b</button>',
    '<div phx-click="go"><button id="b" type="button">b</button></div>',
    '<div phx-click="go"><a id="b">b</a></div>',
    '<form id="f" phx-submit="s"><button id="b">b</button></form>',
    '<form id="f" phx-submit="s"></form><button id="b" form="f">b</button>',
    '<form id="f" phx-change="c"><input name="i"><button id="b" type="reset">b</button></form>',
    '<div id="h" phx-hook="Hears"><button id="b">b</button></div>',
    '<div id="menu" phx-click-away="away">m</div><button id="b">b</button>',
    '<div id="pop" popover>p</div><button id="b" popovertarget="pop">b</button>',
    '<dialog id="d">d</dialog><button id="b" command="show-modal" commandfor="d">b</button>',
    '<details><summary id="b">b</summary>text</details>',
    '<p id="b">plain text</p>',
    '<label id="b">b <input name="i"></label>',
    '<input id="b" name="b">',
    '<a id="b" href="#there">b</a>',
    '<button id="b" phx-click={JS.toggle(to="#x")}>b</button><i id="x">x</i>',
]


@pytest.mark.parametrize("template", HEARD)
def test_a_click_that_does_something(template: str) -> None:  # CE-6
    """Or that nobody expects to do anything."""
    there = opened(template)
    there.locator("#b").click()
    assert notes(there) == []


# --- Enter ------------------------------------------------------------------------------------------------------------


def test_enter_in_a_form_of_two_fields_without_a_button() -> None:  # PF-7
    there = opened('<form id="f" phx-submit="s"><input id="i" name="i"><input name="j"></form>')
    there.locator("#i").press("Enter")
    assert (notes(there), told(there)) == (
        [
            (
                "Enter in <input#i> does not submit <form#f>: it has no submit button, and more than one field",
                "a submit button in the form",
            )
        ],
        [],
    )


def test_enter_in_a_box_of_a_form_without_a_button() -> None:  # PF-7
    there = opened('<form id="f" phx-submit="s"><input id="i" type="checkbox" name="i"></form>')
    there.locator("#i").press("Enter")
    assert notes(there) == [
        ("Enter in <input#i> does not submit <form#f>: it has no submit button", "a submit button in the form")
    ]


def test_enter_where_the_button_is_disabled() -> None:  # PF-7
    there = opened('<form id="f" phx-submit="s"><input id="i" name="i"><button id="b" disabled>b</button></form>')
    there.locator("#i").press("Enter")
    assert notes(there) == [
        ("Enter in <input#i> does not submit <form#f>: its button <button#b> is disabled", "enable it, or leave it out")
    ]


def test_enter_while_the_submit_before_is_answered() -> None:  # PF-7, LK-24
    there = opened('<form id="f" phx-submit="s"><input id="i" name="i"><button id="b">b</button></form>')
    there.network.hold()
    there.locator("#i").press("Enter")
    there.locator("#i").press("Enter")
    assert notes(there) == [
        (
            "Enter in <input#i> does not submit <form#f>: its button <button#b> is disabled until the submit before is answered",
            "wait for the answer",
        )
    ]


@pytest.mark.parametrize(
    "template",
    [
        '<form id="f" phx-submit="s"><input id="i" name="i"></form>',
        '<form id="f" phx-submit="s"><input id="i" name="i"><input name="j"><button>b</button></form>',
        '<form id="f" phx-change="c"><input id="i" name="i"><input name="j"></form>',
        '<form id="f" phx-submit="s"><input id="i" name="i" phx-keydown="k"><input name="j"></form>',
        '<form id="f" phx-submit="s"><textarea id="i" name="i"></textarea><input name="j"><input name="k"></form>',
    ],
)
def test_enter_that_does_something(template: str) -> None:  # PF-7
    there = opened(template)
    there.locator("#i").press("Enter")
    assert notes(there) == []


# --- keys -------------------------------------------------------------------------------------------------------------

KEYS = """<div id="box" phx-keydown="down"><input id="in" name="i"></div>
<div id="esc" phx-keydown="shut" phx-key="Escape" tabindex="0">m</div><p id="p" tabindex="0">p</p>"""


def test_a_key_inside_what_waits_for_it() -> None:  # CE-32
    there = opened(KEYS)
    there.locator("#in").press("x")
    assert (notes(there), told(there)) == (
        [
            (
                "phx-keydown of <div#box> did not hear 'x': it was pressed in <input#in> inside it, and only the element that"
                " has the focus is asked",
                "phx-keydown on <input#in>, or phx-window-keydown",
            )
        ],
        [],
    )


@pytest.mark.parametrize("at", ["#p", None])
def test_a_key_elsewhere(at: str | None) -> None:  # CE-32
    there = opened(KEYS)
    if at is not None:
        there.locator(at).focus()
    there.keyboard.press("Escape")
    assert (notes(there), told(there)) == (
        [
            (
                "phx-keydown of <div#esc> did not hear 'Escape': it hears keys only while it has the focus",
                "phx-window-keydown; or press the key on it: locator.press('Escape')",
            )
        ],
        [],
    )


def test_keys_that_are_heard_or_that_nobody_waits_for() -> None:  # CE-32
    there = opened(KEYS)
    there.locator("#box").dispatch_event("keydown", {"key": "x"})
    there.locator("#esc").press("Escape")
    there.locator("#esc").press("Enter")
    there.locator("#p").press("Enter")
    there.locator("#p").press("x")
    there.locator("#in").press("Tab")
    assert notes(there) == []
    there = opened(KEYS + '<i phx-window-keydown="w" phx-key="Escape">w</i>')
    there.keyboard.press("Escape")
    assert (notes(there), told(there)) == ([], ["w"])


@pytest.mark.parametrize(("wanted", "meant"), [("Esc", "Escape"), ("esc", "Escape"), ("Space", " "), ("Up", "ArrowUp")])
def test_the_name_of_no_key(wanted: str, meant: str) -> None:  # CE-33
    there = opened(f'<input id="i" name="i" phx-keydown="k" phx-key="{wanted}">')
    there.locator("#i").press("Enter")
    there.locator("#i").press("Escape")
    assert (notes(there), told(there)) == (
        [(f"phx-key={wanted!r} of <input#i> is the name of no key: it hears none", f'phx-key="{meant}"')],
        [],
    )


def test_the_name_of_another_key() -> None:  # CE-33
    there = opened('<input id="i" name="i" phx-keydown="k" phx-key="enter">')
    there.locator("#i").press("Escape")
    assert notes(there) == []
    there.locator("#i").press("Enter")
    assert (notes(there), told(there)) == ([], ["k"])


# --- forms ------------------------------------------------------------------------------------------------------------

NATIVE = (
    "<form#f> has no phx-submit: the browser has submitted it by itself, and loaded the page anew",
    'phx-submit="…"; or action="…", if another page is meant',
)


@pytest.mark.parametrize("change", ["", 'phx-change="c"'])
def test_a_form_that_the_browser_submits(change: str) -> None:  # CE-44, CE-45
    """The note is there on the page that was loaded."""
    there = opened(f'<form id="f" {change}><input id="a" name="a"></form>')
    there.locator("#a").press("Enter")
    there.sim.clock.advance(1)
    assert (notes(there), there.url) == ([NATIVE], "http://www.example.com/?a=")


@pytest.mark.parametrize(
    "form", ['action="/"', 'method="get"', 'phx-submit="s"', 'action="/" phx-change="c"', 'phx-hook="Hears"']
)
def test_a_form_that_means_it(form: str) -> None:  # CE-44
    there = opened(f'<form id="f" {form}><input id="a" name="a"></form>')
    there.locator("#a").press("Enter")
    assert notes(there) == []
