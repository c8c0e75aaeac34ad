"""Skeletons: statics read once, slots where they stand; islands: the only parsing."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liveview_testing.browser.page.page import Page
from liveview_testing.browser.page.templates.raw_html import shape_of
from liveview_testing.browser.page.templates.skeleton import Attribute, Comment, Hole, Skeleton, Spread
from liveview_testing.browser.page.templates.statics_reader import _Reader, decode_attribute, read_attributes, skeleton
from liveview_testing.browser.page.tree.tree import WireError
from tests.browser.page.wire_pages import Wire


def read(*statics: str) -> Skeleton:
    return skeleton(tuple(statics))


def test_slots_stand_in_text_in_values_and_as_whole_attributes() -> None:
    """Every slot has its number and its kind of place."""
    shape = read('<p id="row-', '"', ' class="a ', ' b">x ', " y</p>", "")
    (p,) = shape.elements
    assert p.attributes == (Attribute("id", ("row-", 0)), Spread(1), Attribute("class", ("a ", 2, " b")))
    assert p.kids == ("x ", Hole(3), " y")
    assert shape.kids == (p, Hole(4))
    assert shape.holes == (Hole(3), Hole(4))
    assert shape.spreads == (1,)
    assert (list(p.own), list(p.inside)) == ([0, 1, 2], [3])
    assert p.fixed is None
    assert shape.size == 5


def test_structure_and_numbers() -> None:
    """Preorder numbers, parents and ends; void elements, with or without a slash, have no content."""
    shape = read("<div><br/>a<img src=x><ul><li>1</li><li>2</li></ul></div><hr>")
    assert [(e.tag, e.parent, e.end) for e in shape.elements] == [
        ("div", -1, 6),
        ("br", 0, 2),
        ("img", 0, 3),
        ("ul", 0, 6),
        ("li", 3, 5),
        ("li", 3, 6),
        ("hr", -1, 7),
    ]
    assert not shape.loose


def test_attributes_as_html_reads_them() -> None:
    """Quotes of both kinds, none, bare names; names in lower case; the first of two counts (AT-11)."""
    (a,) = read("""<A HREF='a&amp;b "q"' Title="x &lt; y" data-n=1/2 hidden class="" CLASS="later">t</A>""").elements
    assert a.fixed == {"href": 'a&b "q"', "title": "x < y", "data-n": "1/2", "hidden": "", "class": ""}
    assert a.static("title") == "x < y"
    assert a.static("nope") is None


def test_text_is_decoded_once() -> None:
    """Character references become characters; `&amp;lt;` stays text that looks like one."""
    assert read("<p>a &lt; b &amp;lt; &eacute;&#233;&nbsp;</p>").elements[0].kids == ("a < b &lt; éé\xa0",)


@pytest.mark.parametrize(
    ("text", "value"),
    [("?a=1&copy=2", "?a=1&copy=2"), ("&copy;", "©"), ("&amp;copy;", "&copy;"), ("&notit;", "&notit;"), ("&#65", "A")],
)
def test_references_in_attributes(text: str, value: str) -> None:
    """In attributes a reference without semicolon is no reference if more follows, as browsers have it."""
    assert decode_attribute(text) == value


def test_raw_text_elements() -> None:
    """Scripts and styles hold raw text, textareas and titles text: markup in them is none."""
    shape = read("<script>if (a<b && ", ") x</script><textarea>\n<b>", "</textarea><title>", "</title>")
    assert [e.tag for e in shape.elements] == ["script", "textarea", "title"]
    assert shape.elements[0].kids == ("if (a<b && ", Hole(0, "script"), ") x")
    assert shape.elements[1].kids == ("<b>", Hole(1, "textarea"))
    assert shape.elements[2].kids == (Hole(2, "title"),)
    assert shape.holes == ()


def test_a_newline_after_textarea_or_pre_is_dropped() -> None:
    """HTML drops one newline there, whether it is static or comes in a slot."""
    assert read("<pre>\n\na</pre>").elements[0].kids == ("\na",)
    assert read("<textarea>", "</textarea>").elements[0].kids == (Hole(0, "textarea", first=True),)
    assert read("<textarea>\n", "</textarea>").elements[0].kids == (Hole(0, "textarea"),)


def test_comments_and_doctype_hold_no_content() -> None:
    """VX-3: a slot in a comment counts, but is nowhere; later slots keep their numbers."""
    shape = read("<!doctype html><!-- ", " <b> -->", "<i>", "</i>")
    assert [e.tag for e in shape.elements] == ["i"]
    assert isinstance(shape.kids[0], Comment)
    assert shape.kids[1] == Hole(1)
    assert shape.elements[0].kids == (Hole(2),)


def test_foreign_elements_keep_case_and_close_themselves() -> None:
    """In svg a slash closes, and names keep their case."""
    shape = read('<svg viewBox="0 0 1 1"><linearGradient/><path d="M0"/></svg><p>x</p>')
    assert [(e.tag, e.parent) for e in shape.elements] == [("svg", -1), ("linearGradient", 0), ("path", 0), ("p", -1)]
    assert shape.elements[0].fixed == {"viewBox": "0 0 1 1"}
    assert not shape.loose


@pytest.mark.parametrize("text", ["<div>", "</div>", "<b><i></b></i>", "<div/>", "<p", "<!-- x"])
def test_what_is_not_well_formed_is_loose(text: str) -> None:
    """It is told, and left to the library."""
    assert read(text).loose


def test_stray_signs_are_text() -> None:
    """A "<" before a blank is text, as in HTML."""
    assert read("<p>a < b > c</p>").elements[0].kids == ("a ", "<", " b > c")


def test_equal_statics_are_one_skeleton() -> None:
    """The parse happens once."""
    assert read("<p>", "</p>") is skeleton(("<p>", "</p>"))


@given(st.integers(0, 2**32))
def test_what_is_kept_is_what_reading_anew_gives(seed: int) -> None:
    """Whatever was asked of it meanwhile: templates of all kinds, with islands in them."""
    try:
        page = Page.join(Wire(seed).join()).page
    except WireError:
        return
    assert page.html() is not None  # it is read through
    for kept in (page.templates.root, *page.templates.others):
        again = _Reader(kept.statics).skeleton()
        for name in ("holes", "spreads", "updating", "loose", "size"):
            assert getattr(again, name) == getattr(kept, name), name
        for mine, theirs in zip(again.elements, kept.elements, strict=True):
            for name in ("tag", "parent", "attributes", "end", "fixed", "own", "inside", "open_end", "close", "after"):
                assert getattr(mine, name) == getattr(theirs, name), (theirs, name)


def test_update_containers_are_known() -> None:
    """Elements with phx-update, static or not, are listed."""
    assert read('<ul id="a" phx-update="stream">', '</ul><p phx-update="', '">', "</p>").updating == (0, 1)


def test_attribute_slots() -> None:
    """A whole-attribute slot is read by itself (AT-6, AT-9)."""
    assert read_attributes("") == ()
    assert read_attributes(' id="a" disabled phx-value-x="&quot;q&quot;"') == (
        ("id", "a"),
        ("disabled", ""),
        ("phx-value-x", '"q"'),
    )


def test_reading_is_linear() -> None:
    """Ten times the template takes about ten times as long (a quadratic reader takes a hundred)."""

    def seconds(size: int) -> float:
        best = 1e9
        for turn in range(5):
            text = "<ul>" + "<li class='x'>é &amp; <b>1</b></li>" * size
            statics = (text, *["<br>"] * size, f"</ul><!-- {size} {turn} -->")
            start = time.process_time()
            skeleton(statics)
            best = min(best, time.process_time() - start)
        return best

    assert seconds(4000) < 40 * seconds(400)


# --- islands ----------------------------------------------------------------------------------------------------------------


def test_escaped_values_need_no_parser() -> None:
    """Without a "<" the instance has its template's skeleton."""
    base = read("<p>", "</p>")
    assert shape_of(base, ("a &lt; b",)) is base


def test_a_dynamic_tag_is_an_element() -> None:
    """BC-31: the tag spans slots; what is inside it keeps its slot."""
    base = read("", "", "", "", "", "")
    shape = shape_of(base, ("<h1", ' class="dt" id="t"', ">", "inner", "</h1>"))
    (h1,) = shape.elements
    assert (h1.tag, h1.fixed, h1.kids) == ("h1", {"class": "dt", "id": "t"}, (Hole(3),))


def test_raw_html_beside_slots() -> None:
    """Raw elements appear, the template's own slots stay holes, in text, in values and in textareas."""
    base = read("<div", '><p title="x', '">', "</p>", "<textarea>", "</textarea></div>")
    shape = shape_of(base, (' id="a"', "q", "t", "<b>bold<i>x</i></b>", "\nw"))
    assert [(e.tag, e.parent) for e in shape.elements] == [("div", -1), ("p", 0), ("b", 0), ("i", 2), ("textarea", 0)]
    assert shape.elements[1].attributes == (Attribute("title", ("x", 1)),)
    assert shape.elements[1].kids == (Hole(2),)
    assert shape.elements[4].kids == (Hole(4, "textarea", first=True),)


def test_raw_html_is_read_as_a_browser_reads_it() -> None:
    """Implied ends, and rows of tables without their table."""
    shape = shape_of(read("<div>", "</div>"), ("<p>a<p>b",))
    assert [(e.tag, e.parent) for e in shape.elements] == [("div", -1), ("p", 0), ("p", 0)]
    shape = shape_of(read("<tr><td>", "</td></tr>"), ("<b>x</b>",))
    assert [e.tag for e in shape.elements] == ["tr", "td", "b"]
    assert shape_of(read("<i>", "</i>"), ("<template><b>x</b></template>",)).elements[1].tag == "template"


def test_islands_are_remembered_by_their_strings() -> None:
    """The same raw text is parsed once, whatever the text beside it."""
    base = read("<p>", " ", "</p>")
    assert shape_of(base, ("<b>x</b>", "1")) is shape_of(base, ("<b>x</b>", "2"))
    assert shape_of(base, ("<b>y</b>", "1")) is not shape_of(base, ("<b>x</b>", "1"))


def test_the_text_of_a_comment() -> None:
    """All that is between its marks."""
    assert read("<p><!-- note --></p><!---->").elements[0].kids == (Comment(" note "),)
