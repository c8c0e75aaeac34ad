"""`template_slips`: bindings where no event comes, keys and types that no browser has, labels of nothing, tags for components."""

from __future__ import annotations

import pytest

from liveview_core import Assigns, attr, component, heex
from liveview_core.heex.template import Template
from liveview_core.rendering.rendered import Rendered
from liveview_testing.command_line.template_slips import in_tags


@component(attr("title", str))
def card(assigns: Assigns) -> Rendered:
    raise NotImplementedError


BADGE = heex("<b>x</b>")
badge = BADGE


def told(template: Template) -> list[tuple[int, str, str]]:
    return [(at.column, happened, cure) for happened, at, cure in in_tags(template)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            '<button phx-submit="inc">x</button>',
            (
                9,
                "phx-submit on a <button>: only forms are submitted",
                "write phx-submit on the <form>, or phx-click here",
            ),
        ),
        (
            '<button phx-change="inc">x</button>',
            (
                9,
                "phx-change on a <button>: only forms and their fields change",
                "write phx-change on the <form>, or phx-click here",
            ),
        ),
        (
            '<input name="a" phx-submit="inc">',
            (17, "phx-submit on a <input>: only forms are submitted", "write phx-submit on the <form>"),
        ),
        (
            '<p phx-keydown="x" phx-key="Esc"></p>',
            (20, "no browser has a key 'Esc': nothing is sent", 'write phx-key="Escape"'),
        ),
        (
            '<p phx-keydown="x" phx-key="space"></p>',
            (20, "no browser has a key 'space': nothing is sent", 'write phx-key=" "'),
        ),
        (
            '<p phx-keydown="x" phx-key="KeyA"></p>',
            (20, "no browser has a key 'KeyA': nothing is sent", 'write phx-key="a"'),
        ),
        (
            '<p phx-keydown="x" phx-key="Entre"></p>',
            (20, "no browser has a key 'Entre': nothing is sent", 'write phx-key="Enter"'),
        ),
        (
            '<button type="sumbit">x</button>',
            (
                9,
                "there is no type 'sumbit' of <button>: the browser takes it as a submit button",
                'write type="submit"',
            ),
        ),
        (
            '<button type="x">x</button>',
            (
                9,
                "there is no type 'x' of <button>: the browser takes it as a submit button",
                "one of submit, button, reset",
            ),
        ),
        (
            '<input type="chekbox" name="a">',
            (8, "there is no type 'chekbox' of <input>: the browser takes it as a text field", 'write type="checkbox"'),
        ),
        (
            '<form><label for="emial">E</label><input id="email" name="e"></form>',
            (14, "no element of the template has the id 'emial' that the label is for", 'write for="email"'),
        ),
        (
            '<label for="#a">E</label><input id="a" name="e">',
            (8, "no element of the template has the id '#a' that the label is for", 'write for="a"'),
        ),
        (
            '<card title="x">y</card>',
            (1, "<card> is a tag that no browser knows, and card a component", "write <.card …>"),
        ),
        ("<badge />", (1, "<badge> is a tag that no browser knows, and badge a component", "write <.badge …>")),
    ],
)
def test_what_is_surely_a_slip(text: str, found: tuple[int, str, str]) -> None:
    assert told(heex(text)) == [found]


@pytest.mark.parametrize(
    "text",
    [
        '<form phx-submit="a" phx-change="b"><select phx-change="c" name="d"></select></form>',
        '<div id="a" phx-hook="H" phx-change="b" phx-submit="c"></div><my-field phx-change="b" phx-submit="c" />',
        '<p phx-key="enter"></p><p phx-key="a"></p><p phx-key=" "></p><p phx-key="F5"></p><p phx-key="MediaPlay"></p>',
        '<p phx-key="F12"></p><p phx-key="AltGraph"></p><p phx-key="Dead"></p><p phx-key={@key}></p>',
        '<button type="SUBMIT"></button><button type={@type}></button>',
        '<input type="datetime-local" name="a"><input type="" name="b">',
        '<style type="text/css"></style><ol type="a"></ol><a type="text/html">x</a>',
        '<label for="emial">E</label><input id="email" name="e"><input id={@id} name="f">',
        '<label for="emial">E</label><input id="email" name="e"><p {@rest}></p>',
        '<label for="emial">E</label><input id="email" name="e"><.card title="x" />',
        '<label for="other">E</label><input id="email" name="e">',
        '<label for="q1">E</label><input id="q2" name="e">',
        '<label for="email">E</label><input id="email" name="e"><label>F</label>',
        "<svg><card /><badge /></svg><unknown />",
    ],
)
def test_what_may_be_meant(text: str) -> None:
    assert told(heex(text)) == []
