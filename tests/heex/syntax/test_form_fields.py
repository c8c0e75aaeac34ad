"""`form_fields`: fields that no event will bring are warned of; fields that somebody else may read are not."""

from __future__ import annotations

import pytest

from liveview_core.heex.syntax.parser import parse
from liveview_core.heex.syntax.source import Source


def told(text: str) -> list[tuple[str, str, str]]:
    """What is warned of, where, and the cure."""
    return [(each.message, str(each.at), each.cure) for each in parse(Source(text)).warnings]


NAMELESS = "a <{}> without a name: its form sends nothing of it"
FORM = '<form id="f" phx-change="c">{}</form>'


@pytest.mark.parametrize(
    ("text", "tag", "at"),
    [
        (FORM.format('<input type="text" />'), "input", "1:29"),
        (FORM.format("<input>"), "input", "1:29"),
        (FORM.format('<p><label>x <input type="checkbox" phx-debounce="1" /></label></p>'), "input", "1:41"),
        (FORM.format("<select><option>a</option></select>"), "select", "1:29"),
        (FORM.format("<textarea :if={@x}></textarea>"), "textarea", "1:29"),
        (FORM.format("<%= if @x: %><input id='a' data-testid='x' /><% end %>"), "input", "1:42"),
        ('<form id="f" phx-submit={@s}><input /></form>', "input", "1:30"),
        ('<div><.form for={@f} phx-submit="s"><input /></.form></div>', "input", "1:37"),
        (f"<.card><:head>{FORM.format('<input />')}</:head></.card>", "input", "1:43"),
    ],
)
def test_fields_without_a_name(text: str, tag: str, at: str) -> None:
    assert told(text) == [(NAMELESS.format(tag), at, 'write name="…"')]


def test_files() -> None:
    """Of no upload, and of a form that tells of nothing."""
    assert told(FORM.format('<input type="file" name="a" />')) == [
        (
            "the client sends no files of an <input> that is none of an upload",
            "1:29",
            'write <.live_file_input upload={@uploads.name} />, and socket.allow_upload("name", accept=[…]) in mount',
        )
    ]
    upload = "<p><.live_file_input upload={@uploads.a} /></p>"
    assert told(f'<form id="f" phx-submit="s">{upload}</form>') == [
        (
            "an upload in a form without phx-change: the client tells of no files, and sends none",
            "1:32",
            'write phx-change="…" on the form',
        )
    ]
    assert told(FORM.format(upload)) == []
    assert told('<form id="f" phx-submit="s"><.live_file_input upload={@a} phx-change="c" /></form>') != []
    assert told('<form id="f" phx-submit="s"><.live_file_input {@rest} /></form>') == []


@pytest.mark.parametrize(
    "text",
    [
        FORM.format('<input name="a" /><select name={@b}></select><textarea {@rest}></textarea>'),
        FORM.format('<input type="submit" /><input type="button" /><input type={@type} /><button>x</button>'),
        FORM.format('<input phx-keyup="search" /><input phx-hook="Masked" id="a" /><input x-model="a" />'),
        FORM.format('<div id="d" phx-hook="Picker"><input /></div><div id="e" phx-update="ignore"><input /></div>'),
        FORM.format('<input form="other" /><input disabled /><input readonly value="a" /><.input /><my-input />'),
        FORM.format('<div x-data="{}"><input /></div><div data-controller="search"><input /></div>'),
        '<form action="/search"><input /></form>',
        '<form id="f" phx-submit="s" phx-trigger-action={@go} action="/x"><input type="file" name="a" /></form>',
        '<form id="f" phx-submit="s" method="post"><input type="file" name="a" /></form>',
        '<form id="f" phx-change="c" phx-hook="Own"><input /></form>',
        '<form {@rest} phx-change="c"><input /></form>',
        '<input /><other.form phx-change="c"><input /></other.form>',
    ],
)
def test_fields_that_somebody_may_read(text: str) -> None:
    """A name, a hook, a library, the form's own request; and what has no value to send."""
    assert told(text) == []
