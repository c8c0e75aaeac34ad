"""What a template asks of a stream that a stream cannot answer, and attributes that stand twice: warned of, with the place."""

from __future__ import annotations

import pytest

from liveview_core.heex.syntax.parser import parse
from liveview_core.heex.syntax.source import Source

TRUE = "{} is a stream, which is always true: it does not know what rows the page has"
LENGTH = "len({}) is how many of its rows are still to be sent, not how many the page has"
LIST = "{} is a stream, which is equal to no list"
ROWS, NAMED = "@streams.rows", "@streams['rows']"


def warned(text: str) -> list[tuple[str, str]]:
    return [(each.message, str(each.at)) for each in parse(Source.verbatim(text)).warnings]


@pytest.mark.parametrize(
    ("text", "told", "at"),
    [
        ("<p :if={not @streams.rows}>x</p>", TRUE.format(ROWS), "1:9"),
        ("<p :if={@streams.rows}>x</p>", TRUE.format(ROWS), "1:9"),
        ("<.card :if={@streams['rows']}>x</.card>", TRUE.format(NAMED), "1:13"),
        ("<p :if={@a and @streams.rows}>x</p>", TRUE.format(ROWS), "1:9"),
        ("<p :if={@streams.rows and @a}>x</p>", TRUE.format(ROWS), "1:9"),
        ("<%= if @streams.rows: %>x<% end %>", TRUE.format(ROWS), "1:8"),
        ("<%= if @a: %>x<% elif @streams.rows: %>y<% end %>", TRUE.format(ROWS), "1:23"),
        ("<.c><:s :if={@streams.rows}>x</:s></.c>", TRUE.format(ROWS), "1:14"),
        ("<p class={'a' if @streams.rows else 'b'} />", TRUE.format(ROWS), "1:11"),
        ("{bool(@streams.rows)}", TRUE.format(ROWS), "1:2"),
        ("{@streams.rows or 5}", TRUE.format(ROWS), "1:2"),
        ("{len(@streams['rows'])}", LENGTH.format(NAMED), "1:2"),
        ("<p :if={len(@streams.rows) == 0}>x</p>", LENGTH.format(ROWS), "1:9"),
        ("<p :if={@streams.rows == []}>x</p>", LIST.format(ROWS), "1:9"),
    ],
)
def test_streams_that_are_asked(text: str, told: str, at: str) -> None:
    """ST-17: the rows are on the page; the queue says nothing about them."""
    assert warned(text) == [(told, at)]


@pytest.mark.parametrize(
    "text",
    [
        "<.list rows={@streams.rows} />",
        "<p :if={@count and @a}>x</p>{len(@rows)}",
        "<p :if={@streams}>x</p>{@a or @streams.rows}",
        "<p :if={'rows' in @streams}>x</p>",
        '<ul id="u" phx-update="stream"><li :for={id, row in @streams.rows} :if={row} id={id}>x</li></ul>',
    ],
)
def test_streams_that_are_used(text: str) -> None:
    """Handed on and looped over they are what they are for."""
    assert warned(text) == []


BROWSER = "the attribute {!r} stands twice in one tag: a browser takes the first and drops this one"
LAST = "the attribute {!r} stands twice in one tag: only the last one counts"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("<p class='a' class={'b'}>x</p>", [(BROWSER.format("class"), "1:14")]),
        ('<p title="a" TITLE="b"></p>', [(BROWSER.format("TITLE"), "1:14")]),
        ("<br id='a' id='b' id='c'/>", [(BROWSER.format("id"), "1:12"), (BROWSER.format("id"), "1:19")]),
        ("<.card a='1' a='2' />", [(LAST.format("a"), "1:14")]),
        ("<.card><:s a='1' a={2}>x</:s></.card>", [(LAST.format("a"), "1:18")]),
        ("<.card a='1' A='2' />", []),
        ("<p {@x} {@y} class='a' data-class='b'></p>", []),
    ],
)
def test_attributes_that_stand_twice(text: str, found: list[tuple[str, str]]) -> None:
    """TG-32: of a tag's the first counts, of a component's the last; the one that is in vain, or wins, is shown."""
    assert warned(text) == found
