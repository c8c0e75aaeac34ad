"""Text conversion: ES-1…ES-4 and N4."""

from __future__ import annotations

import datetime
import decimal
import enum
import html
import uuid
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liveview_core.rendering.html import NotText, Safe, escape, plain, raw, text, to_dynamic
from liveview_core.rendering.rendered import ChildRef, ComponentRef, Part, Rendered


@given(st.text())
def test_escape_is_undone_by_html(value: str) -> None:
    """Escaping loses nothing, and leaves no character that could open markup or end an attribute (ES-1)."""
    escaped = escape(value)
    assert html.unescape(escaped) == html.unescape(html.unescape(escaped)) or "&" in value
    assert not set(escaped) & set("<>\"'")
    for char, entity in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&#39;", "'"), ("&amp;", "&")):
        escaped = escaped.replace(char, entity)
    assert escaped == value


class Shade(enum.StrEnum):
    DARK = "<dark>"


class Level(enum.IntEnum):
    HIGH = 3


class Markup:
    def __html__(self) -> str:
        return "<hr>"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("a<b", "a&lt;b"),
        (3, "3"),
        (1.0, "1.0"),
        (True, "true"),
        (False, "false"),
        (None, ""),
        (datetime.date(2026, 1, 2), "2026-01-02"),
        (datetime.datetime(2026, 1, 2, 3, 4, 5, tzinfo=datetime.UTC), "2026-01-02T03:04:05+00:00"),
        (datetime.time(3, 4), "03:04:00"),
        (decimal.Decimal("1.50"), "1.50"),
        (uuid.UUID(int=1), "00000000-0000-0000-0000-000000000001"),
        (["a", ["<", raw("<i>")]], "a&lt;<i>"),
        ([], ""),
        (raw("<b>"), "<b>"),
        (Markup(), "<hr>"),
        (Shade.DARK, "&lt;dark&gt;"),
        (Level.HIGH, "3"),
    ],
)
def test_text_of_values(value: Any, expected: str) -> None:
    """Each type that has a text has exactly this one, as an exact `str` (ES-2, N4)."""
    assert text(value) == expected
    assert type(text(value)) is str


def test_plain_text_is_not_escaped() -> None:
    """What a component receives of an f-string is the text before escaping."""
    assert [plain(value) for value in ("a<b", None, True, Shade.DARK, 2)] == ["a<b", "", "true", "<dark>", "2"]


@pytest.mark.parametrize(
    ("value", "got", "cure"),
    [
        ((1, 2), "(1, 2)", "show its parts, `{@pair[0]}`, or make a list of strings of it"),
        ({"a": 1}, "{'a': 1}", 'show what is in it, `{@user["name"]}`, or loop over its `.items()` with `:for`'),
        ({1}, "{1}", 'sort and join it, `{", ".join(sorted(@tags))}`: a set has no order'),
        (b"x", "b'x'", 'decode it, `{@data.decode("utf-8")}`'),
        (len, "<built-in function len>", "call it, or, if it is a component, use it as a tag: `<.name … />`"),
    ],
)
def test_values_without_text(value: Any, got: str, cure: str) -> None:
    """What has no text is an error with a cure for its type, never a repr on the page (ES-2, N4)."""
    with pytest.raises(NotText) as caught:
        text(value)
    assert (
        str(caught.value)
        == f"""\
a {type(value).__name__} cannot be shown in a template
  expected: text, a number, True, False, None, a date or time, Decimal, UUID, a list of text, or anything with `__html__`
  got: {got}
  cure: {cure}"""
    )


@pytest.mark.parametrize("item", [1, None, True])
def test_numbers_in_lists(item: Any) -> None:
    """An integer in a list is a byte in Elixir and a mistake here (ES-2)."""
    with pytest.raises(NotText) as caught:
        text(["a", item])
    assert (
        str(caught.value)
        == f"""\
a list in a template holds {item!r}, which is not text
  expected: a list of strings, safe markup, or lists of them
  got: {item!r}
  cure: join it yourself, for example `{{", ".join(str(n) for n in @numbers)}}`, or loop with `:for`"""
    )


def test_html_method_must_give_text() -> None:
    """`__html__` is asked once and must give a string."""

    class Wrong:
        def __html__(self) -> Any:
            return 3

    with pytest.raises(NotText, match=r"Wrong\.__html__ returned 3"):
        text(Wrong())


def test_rendered_stays_structured_in_text_only() -> None:
    """In text position a template stays a template; in an attribute it becomes its HTML (ES-3)."""
    rendered = Rendered(Part(("<b>", "</b>"), 1), lambda track: {"0": "x"})
    assert to_dynamic(rendered) is rendered
    assert text(rendered) == "<b>x</b>"


@pytest.mark.parametrize(
    ("value", "what", "call"),
    [(ComponentRef(Any, "a", {}), "component", "component"), (ChildRef(Any, "a", {}, None, False), "view", "render")],
)
def test_what_is_live_is_no_text(value: Any, what: str, call: str) -> None:
    """A live component or view must stay a direct dynamic (FC-14)."""
    with pytest.raises(NotText) as caught:
        text(value)
    assert (
        str(caught.value)
        == f"""\
a live {what} cannot be converted to text
  expected: a live {what} as the whole of a `{{…}}` in a template's text
  got: {value!r}
  cure: call it as `<.live_{call} …/>`, not inside an attribute, an f-string or a list"""
    )
    assert to_dynamic(value) is value


def test_raw() -> None:
    """`raw` marks text, keeps what is marked, and makes nothing of None."""
    marked = raw("<b>")
    assert raw(marked) is marked
    assert raw(None) == ""
    assert raw(3) == "3"
    assert repr(marked) == "raw('<b>')"
    assert type(marked + "<i>") is str  # joined, it is ordinary text again
    assert isinstance(marked, Safe)
