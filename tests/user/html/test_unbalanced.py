"""Html whose quotes and tags do not go in pairs: read as before, and in one go however long it is."""

from __future__ import annotations

import gc
import re
from collections.abc import Callable
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liveview_testing.user.html import html_reader as reading
from liveview_testing.user.html.html import Html, meaning
from liveview_testing.user.html.html_reader import Tag, Text, read
from liveview_testing.user.html.start_tags import Ends
from tests.harness.timing import ratio

START = re.compile(r"""<([a-zA-Z][^\s/>]*+)((?:[^>"']|"[^"]*"|'[^']*')*+)>""", re.DOTALL)

SHAPES: dict[str, Callable[[int], str]] = {
    "one quote at the end": lambda n: "<a " * n + '">',
    "one quote each": lambda n: '<a "' * (2 * n + 1) + ">",
    "an apostrophe at the end": lambda n: "<p>" + "<a b=" * n + "'>",
    "names without an end": lambda n: "<a" * n + ' ">',
    "quotes of both kinds": lambda n: "<a \"'" * (2 * n + 1) + ">",
    "end tags of nothing": lambda n: "<i>" * n + "</b>" * n,
    "comments of nothing": lambda n: "<!--" * n + ">" * n,
}


@given(st.text(alphabet="<a \"'>/=b", max_size=40))
def test_a_start_tag_that_nothing_closes_is_text_and_the_others_are_tags(text: str) -> None:
    for begun in re.finditer("<[a-zA-Z]", text):
        stop = text.rfind(">") + 1
        if begun.start() >= stop:
            break
        found = START.match(text, begun.start(), stop)
        name_end, end = Ends(text, begun.start(), stop).of(begun.start())
        assert end == (found.end() - 1 if found else -1)
        assert found is None or name_end == found.end(1)


@given(st.text(alphabet="<a \"'>/=b", max_size=40))
def test_nothing_that_is_written_is_lost(text: str) -> None:
    def written(nodes: list[Tag | Text]) -> str:
        return "".join(each.written + (written(each.children) if isinstance(each, Tag) else "") for each in nodes)

    ends = re.compile("</[^>]*>")
    assert ends.sub("", written(read(text))) == ends.sub("", text)


def test_what_follows_an_open_quote_is_read() -> None:
    assert meaning('<p a="1">x <b \'y> <i id=z>z</i></p>') == meaning("<p a=1>x &lt;b 'y> <i id='z'>z</i></p>")


@pytest.mark.parametrize("shape", SHAPES)
def test_reading_costs_what_there_is_to_read(shape: str) -> None:
    made = SHAPES[shape]

    def once(text: str) -> float:
        gc.disable()  # what the collector costs depends on everything else that the process holds
        try:
            began = process_time()
            assert Html(text) != Html("<p></p>")
            return process_time() - began
        finally:
            gc.enable()

    small = 1_000
    while min(once(made(small)), once(made(small))) < 0.01:
        small *= 2
    few, many = made(small), made(4 * small)
    # what is quadratic takes sixteen times as long
    assert ratio(lambda: once(many), lambda: once(few), 6, rounds=4) <= 6


def test_the_quick_way_is_kept_as_long_as_quotes_go_in_pairs(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[Ends] = []

    def ends(text: str, start: int, stop: int) -> Ends:
        made.append(Ends(text, start, stop))
        return made[-1]

    monkeypatch.setattr(reading, "Ends", ends)
    read("<p class=\"a\" id='b'>'\"</p>" * 50)
    assert not made
    read('<p class="a" id=\'b>\'"</p>' * 50)
    assert len(made) <= 1
