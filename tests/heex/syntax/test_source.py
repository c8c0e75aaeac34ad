"""`liveview_core.heex.syntax.source` and `.errors`: N0, places in files, snippets, texts."""

from __future__ import annotations

import pickle
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liveview_core.heex.syntax.errors import TemplateSyntaxError
from liveview_core.heex.syntax.location import Location
from liveview_core.heex.syntax.source import Excerpt, Place, Source


def inline(text: str) -> Source:
    """What `heex` does: the frame is the caller's."""
    return Source.inline(text, sys._getframe(1))


HERE = __file__


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<p>\n</p>", "<p>\n</p>"),
        ("\n  <p>\n    a\n  </p>\n  ", "<p>\n  a\n</p>\n"),
        ("\n<p>\n", "<p>\n"),
        ("\n    a\n  b\n c\n   ", " a\nb\nc\n"),
        ("\n  a\n  b", "\n  a\n  b"),
        ("  a\n  ", "  a\n  "),
        ("\n\t\ta\n\t", "\ta\n"),
        ("\n", ""),
        ("", ""),
    ],
)
def test_inline_text_loses_its_indentation_as_a_heredoc_does(text: str, expected: str) -> None:
    """N0: first newline and the last line's indentation go, if the text begins with a newline and ends with a blank line."""
    assert Source.inline(text).text == expected


def test_files_are_verbatim_and_trimmed(tmp_path: Path) -> None:
    """N0, WS-3, WS-7: a file is what it is, with its own newlines, and EEx trimming is on."""
    path = tmp_path / "page.html.heex"
    path.write_bytes(b"\n  <p>\r\n  ")
    source = Source.of_file(path)
    assert (source.text, source.trim, source.file) == ("\n  <p>\r\n  ", True, str(path))


def test_a_place_of_an_indented_template_is_the_place_in_the_file() -> None:
    """N0: line and column of the file, indentation added back."""
    source = inline("""
        <p>
          é {x}
        </p>
        """)
    place = source.where(Location(2, 5))
    with open(HERE, encoding="utf-8") as file:
        lines = file.read().split("\n")
    assert (place.file, place.exact) == (HERE, True)
    assert lines[place.line - 1][place.column - 1 :] == "{x}"


def test_a_place_on_the_line_of_the_call() -> None:
    """The first line of a one-line template begins after its quote, whatever the call looks like."""
    wrap = [inline("é<b>"), inline(text=r"<i>é")]
    with open(HERE, encoding="utf-8") as file:
        lines = file.read().split("\n")
    place = wrap[0].where(Location(1, 2))
    assert lines[place.line - 1][place.column - 1 :].startswith('<b>")')
    place = wrap[1].where(Location(1, 1))
    assert place.exact is False  # `text=` is this helper's own name; `heex` calls it `source`


def test_where_the_text_is_not_in_the_file_the_place_says_so() -> None:
    """N0: escapes, concatenation, computed texts: template line plus line of the call, and `exact` False."""
    line = sys._getframe().f_lineno + 1
    escaped, joined = inline("a\n\tb"), inline("a\n" + "b")
    assert escaped.where(Location(2, 2)) == Place(HERE, line + 1, 2, exact=False)
    assert joined.where(Location(2, 1)) == Place(HERE, line + 1, 1, exact=False)


def test_code_without_a_file_has_a_place_too() -> None:
    """exec, REPL: no source, so the best that is known."""
    space: dict[str, object] = {"inline": inline}
    exec(compile("source = inline('''\n  <p>\n  ''')", "<console>", "exec"), space)
    source = space["source"]
    assert isinstance(source, Source)
    assert source.where(Location(1, 1)) == Place("<console>", 2, 3, exact=False)


def test_a_source_does_not_keep_the_frame() -> None:
    """N3.1: the locals of the caller are not kept alive."""
    source = inline("<p>")
    assert not any(type(getattr(source.call, name)).__name__ == "frame" for name in ("file", "line", "code"))


def test_the_text_of_an_error() -> None:
    """What happened, where, the cure, at most four lines, the caret under the column."""
    source = Source.verbatim("one\ntwo\nthree\nfour\n\tf<b>\nsix", "page.heex")
    error = source.error("something is wrong", Location(5, 3), "write it right")
    assert str(error) == (
        "page.heex:5:3: something is wrong\n"
        "  cure: write it right\n"
        "  |\n"
        "2 | two\n"
        "3 | three\n"
        "4 | four\n"
        "5 | \tf<b>\n"
        "  | \t ^"
    )
    assert (error.happened, error.cure, error.file, error.line, error.column) == (
        "something is wrong",
        "write it right",
        "page.heex",
        5,
        3,
    )


def test_the_text_of_an_error_whose_place_is_not_exact() -> None:
    """The place in the template is told as well."""
    line = sys._getframe().f_lineno + 1
    source = inline("<p>\n</b>")
    text = str(source.error("wrong", Location(2, 1)))
    assert text == (
        f"{HERE}:{line + 1}:1 (line 2, column 1 of the template): wrong\n"
        f"{' ' * len(str(line))} |\n{line} | <p>\n{line + 1} | </b>\n{' ' * len(str(line))} | ^"
    )


def test_an_error_is_a_value_error_and_survives_pickle() -> None:
    """Errors cross process borders whole."""
    error = Source.verbatim("a").error("wrong", Location(1, 1), "cure")
    again = pickle.loads(pickle.dumps(error))
    assert isinstance(again, TemplateSyntaxError) and isinstance(again, ValueError)
    assert str(again) == str(error) and vars(again) == vars(error)


@given(st.text(alphabet="ab \t\n\r"))
def test_offsets_and_locations_agree(text: str) -> None:
    """Law: every character of a template has a location, and the character of the original stands there."""
    source = Source.inline(text)
    lines = text.split("\n")
    for offset, char in enumerate(source.text):
        place = source.where(source.location(offset))
        row = lines[place.line - 1] + "\n"
        assert row[place.column - 1] == char


@given(st.lists(st.text(alphabet="abc", min_size=1), min_size=1), st.data())
def test_a_cut_of_an_excerpt_has_the_same_places(parts: list[str], data: st.DataObject) -> None:
    """Law: `cut` changes no character's offset in the source."""
    text = "-".join(parts)
    marks, length, there = [], 0, 0
    for part in parts:  # the dashes are left out
        marks.append((length, there))
        length, there = length + len(part), there + len(part) + 1
    excerpt = Excerpt(Source.verbatim(text), "".join(parts), tuple(marks))
    start = data.draw(st.integers(0, length - 1))
    end = data.draw(st.integers(start, length))
    cut = excerpt.cut(start, end)
    assert [cut.offset(index) for index in range(end - start)] == [excerpt.offset(index) for index in range(start, end)]
    assert all(text[cut.offset(index)] == char for index, char in enumerate(cut.text))
