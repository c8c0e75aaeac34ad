"""`liveview_core.heex.syntax.nesting`: what a browser would re-arrange, judged by html5lib's tree builder."""

from __future__ import annotations

from typing import Any, TypeAlias

import html5lib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from liveview_core.heex.syntax.parser import parse
from liveview_core.heex.syntax.source import Source
from tests.harness.examples import THOROUGH


def told(text: str) -> list[str]:
    warnings = parse(Source.verbatim(text)).warnings
    return [f"{each.at} {each.message.split(';')[0]}" for each in warnings]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<p><div>x</div></p>", "1:4 <div> inside <p>: a browser closes the <p> first"),
        ("<p><b>\n<ul></ul></b></p>", "2:1 <ul> inside <p>: a browser closes the <p> first"),
        ("<p><%= if @a: %><h1/><% end %></p>", "1:17 <h1> inside <p>: a browser closes the <p> first"),
        ("<a><b><a/></b></a>", "1:7 <a> inside <a>: a browser closes the outer one first"),
        ("<button><i><button/></i></button>", "1:12 <button> inside <button>: a browser closes the outer one first"),
        (
            "<form><table><tr><td><form/></td></tr></table></form>",
            "1:22 <form> inside <form>: a browser drops the inner one",
        ),
        ("<h1><h2/></h1>", "1:5 <h2> inside <h1>: a browser closes the outer one first"),
        ("<ul><li><b><li/></b></li></ul>", "1:12 <li> inside <li>: a browser closes the outer one first"),
        ("<dl><dt><dd/></dt></dl>", "1:9 <dd> inside <dt> or <dd>: a browser closes the outer one first"),
        ("<div><tr/></div>", "1:6 <tr> inside <div>: outside a table a browser drops it"),
        ("<table><div/></table>", "1:8 <div> directly in <table>: a browser moves it before the table"),
        ("<table><tr>x</tr></table>", "1:12 text directly in <tr>: a browser moves it before the table"),
        ("<table><tr><tr/></tr></table>", "1:12 <tr> inside <tr>: a browser closes the <tr> first"),
        (
            "<table><form><tr/></form></table>",
            "1:8 <form> directly in <table>: a browser closes it at once, its content is outside of it",
        ),
        ("<textarea><b/></textarea>", "1:11 <b> inside <textarea>, which has no tags in it"),
        ("<svg><p/></svg>", "1:6 <p> inside <svg>: a browser closes the <svg> first"),
        ("<div><body/></div>", "1:6 <body> inside <div>: a browser drops it"),
        ("<head><div/></head>", "1:7 <div> inside <head>: a browser moves it into the <body>"),
        (
            "<select><option><option/></option></select>",
            "1:17 <option> inside <option>: a browser closes the outer one first",
        ),
        ("<.c><p><div/></p></.c>", "1:8 <div> inside <p>: a browser closes the <p> first"),
    ],
)
def test_what_is_rearranged_is_told(text: str, expected: str) -> None:
    """One warning, at the tag that would not stay (the form's table row is not counted twice)."""
    assert expected in told(text)
    assert len(told(text)) <= 2


@pytest.mark.parametrize(
    "text",
    [
        "<tr><td>x</td></tr>",  # a row component: what stands around it is not known
        "<li/><li/>",
        "<p><.c><div/></.c></p>",  # what the component puts around its content is not known either
        "<table><.row/>{@rows}<%= for x in @xs: %><tr><td><p/></td></tr><% end %></table>",
        "<table><tr><td/></tr><!-- text --></table>",
        "<table><input type='hidden'><tr/></table>",
        "<ul><li><ul><li/></ul></li></ul>",
        "<dl><dt/><dd><dl><dt/></dl></dd></dl>",
        "<a><table><tr><td><a/></td></tr></table></a>",
        "<p><button><p/></button></p>",
        "<p><span/><svg><a/><foreignObject><p/></foreignObject></svg></p>",
        "<template><tr/></template>",
        "<html><head><title>x</title></head><body><p/></body></html>",
        "<h1/><h2><span/></h2>",
        "<select><optgroup><option/></optgroup></select>",
        "<table><form></form><tr/></table>",
    ],
)
def test_what_stays_or_is_not_known_is_not_told(text: str) -> None:
    """Only what is sure."""
    assert told(text) == []


def test_the_full_text_of_a_warning() -> None:
    """Message, place, cure."""
    (warning,) = parse(Source.verbatim("<p><div/></p>")).warnings
    assert warning.message == "<div> inside <p>: a browser closes the <p> first; the page would not be what is written"
    assert (str(warning.at), warning.cure) == ("1:4", "use a <div> for the outer one")


Tag: TypeAlias = "tuple[str, list[Any], bool]"  # name, children, written by the author
# Not `template` (html5lib does not know it) and not `select` (its rules are changing).
NAMES = [
    *("div", "p", "span", "a", "button", "form", "li", "ul", "dl", "dt", "dd", "h1", "h2", "b", "svg", "section"),
    *("table", "tbody", "tr", "td", "th", "caption", "colgroup", "address", "object"),
]
TREES: st.SearchStrategy[Any] = st.recursive(
    st.sampled_from(NAMES).map(lambda name: (name, [], True)),
    lambda inner: st.tuples(st.sampled_from(NAMES), st.lists(inner, min_size=1, max_size=2), st.just(True)),
    max_leaves=5,
)


def written(tag: Tag) -> str:
    return f"<{tag[0]} x>{''.join(map(written, tag[1]))}</{tag[0]}>"


def built(element: Any) -> Tag:
    """An element of html5lib's tree, without the table tags that a browser only adds."""
    children: list[Tag] = []
    for child in map(built, element):
        added = child[0] in ("tbody", "tr", "colgroup") and not child[2]
        children.extend(child[1] if added else [child])
    return element.tag.split("}")[-1], children, "x" in element.attrib


@settings(max_examples=1_000 if THOROUGH else 300)
@given(TREES)
def test_told_exactly_when_the_tree_builder_builds_another_tree(tree: Tag) -> None:
    """Law: a warning if and only if the HTML standard's own algorithm gives another tree."""
    tag: Tag = ("div", [tree], True)
    text = written(tag)
    document: Any = html5lib.parse("<!doctype html><body>" + text, treebuilder="etree", namespaceHTMLElements=False)
    body = document[1]
    assert ([built(child) for child in body] == [tag]) == (told(text) == [])
