"""Html as text and as structure; a page that was left; the form of snapshots."""

from __future__ import annotations

import operator
import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liveview_testing.failures.exceptions import PageLeft
from liveview_testing.user.html.html import Html, Redirected, explained, meaning
from liveview_testing.user.html.html_reader import Tag, Text, read
from liveview_testing.user.html.pretty_html import pretty

# --- text -------------------------------------------------------------------------------------------------------------------


def test_text_is_exact() -> None:
    """`in` and `str()` are about the text as it is, to the character."""
    html = Html('<p class="b  a">\n x </p>')
    assert str(html) == '<p class="b  a">\n x </p>'
    assert 'class="b  a"' in html
    assert 'class="a b"' not in html


def test_text_is_built_once_and_only_when_asked() -> None:
    """Most answers of an event are never read: they cost nothing."""
    made: list[str] = []

    def make() -> str:
        made.append("made")
        return "<p></p>"

    html = Html(make)
    assert made == []
    assert "<p>" in html
    assert str(html) == "<p></p>"
    assert made == ["made"]


def test_not_hashable() -> None:
    """Equal values may differ in text, so there is no hash that is right."""
    with pytest.raises(TypeError):
        hash(Html(""))
    with pytest.raises(TypeError):
        hash(Redirected("/"))


def test_repr_is_short() -> None:
    """A failed assert prints the repr: never the whole page, and what was cut is said."""
    assert repr(Html("<p>\n  hi</p>")) == "<Html <p> hi</p>>"
    assert repr(Html("x" * 300)) == f"<Html {'x' * 200}… (100 more characters)>"


# --- structure --------------------------------------------------------------------------------------------------------------

SAME = [
    ("<p>a</p>", "<p>a</p>"),
    ('<p id="a" class="x y"></p>', '<p class="y x" id="a"></p>'),
    ("<ul>\n  <li>a</li>\n</ul>", "<ul><li>a</li></ul>"),
    ("<br/>", "<br>"),
    ("<input disabled>", '<input disabled="">'),
    ("<p id=a></p>", "<p id='a'></p>"),
    ("<p>&lt;&#39;</p>", "<p>&lt;'</p>"),
    ('<a href="?a=1&amp;b"></a>', '<a href="?a=1&b"></a>'),
    ("<textarea>\nx</textarea>", "<textarea>x</textarea>"),
    ("<textarea>\n</textarea>", "<textarea></textarea>"),
    ("<P>a</P>", "<p>a</p>"),
]

DIFFERENT = [
    ("<p>a</p>", "<p>b</p>"),
    ("<p>a</p>", "<p>a </p>"),  # whitespace beside text is text
    ("<b>a</b> b", "<b>a</b>b"),
    ("<pre> </pre>", "<pre></pre>"),
    ('<p class="a"></p>', "<p></p>"),
    ('<p id="a b"></p>', '<p id="b a"></p>'),  # only classes have no order
    ("<ul><li>a</li><li>b</li></ul>", "<ul><li>b</li><li>a</li></ul>"),
    ("<p><b></b></p>", "<p></p><b></b>"),
    ("<!-- a -->", ""),
    ("<script>a < b</script>", "<script>a<b</script>"),
    ("<p>a</b></p>", "<p>a</p>"),  # nothing is corrected
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_equal_by_meaning(one: str, other: str) -> None:
    """Whitespace between tags, attribute order and class order do not count (api.md 6); neither does the spelling."""
    assert Html(one) == Html(other)
    assert Html(one) == other
    assert other == Html(one)


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_different_by_meaning(one: str, other: str) -> None:
    """Everything else counts."""
    assert Html(one) != Html(other)
    assert Html(one) != other


def test_compares_only_with_html_and_text() -> None:
    """Anything else is simply not equal."""
    assert Html("1") != 1
    assert Html("") not in (None, [], {})


TAGS = st.sampled_from(["p", "div", "b", "ul", "li", "span"])
WORDS = st.text(alphabet="ab <>&\"'é\n", max_size=6)


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


ELEMENTS = st.recursive(
    WORDS.map(lambda text: ("text", text)),
    lambda inner: st.tuples(TAGS, st.dictionaries(st.sampled_from(["id", "class", "data-x"]), WORDS), st.lists(inner)),
    max_leaves=12,
)


def written(node: object, backwards: bool = False, between: str = "") -> str:
    """An element as text, with its attributes in either order and something between tags."""
    assert isinstance(node, tuple)
    if node[0] == "text":
        return escaped(node[1])
    tag, attributes, children = node
    items = list(attributes.items())
    items = items[::-1] if backwards else items
    start = "".join(f' {name}="{escaped(value)}"' for name, value in items)
    inside = "".join(written(child, backwards, between) for child in children)
    return f"{between}<{tag}{start}>{inside}</{tag}>{between}"


@given(ELEMENTS)
def test_order_of_attributes_never_counts(node: object) -> None:
    """Law: the same element written with its attributes the other way round is equal."""
    assert Html(written(node)) == Html(written(node, backwards=True))


@given(ELEMENTS, ELEMENTS)
def test_equality_is_equality_of_meaning(one: object, other: object) -> None:
    """Law: `==` is symmetric and the same as having one meaning."""
    left, right = written(one), written(other)
    assert (Html(left) == Html(right)) is (Html(right) == Html(left)) is (meaning(left) == meaning(right))


# --- left pages -------------------------------------------------------------------------------------------------------------


def test_a_left_page_has_no_text() -> None:
    """Reading it names `follow_redirect()`; the destination is there as fields."""
    left = Redirected("/login", "live_redirect", {"error": "who are you?"})
    assert (left.to, left.kind, dict(left.flash)) == ("/login", "live_redirect", {"error": "who are you?"})
    text = (
        'the view has left the page: there is no text to read (live_redirect to "/login")\n'
        "  expected: the html of the page after the event\n"
        '  got: a live_redirect to "/login"\n'
        "  cure: assert_redirect() to check where it went, follow_redirect() to go there and read on"
    )
    with pytest.raises(PageLeft) as caught:
        str(left)
    assert str(caught.value) == text
    with pytest.raises(PageLeft):
        assert "hi" in left
    with pytest.raises(PageLeft):
        operator.eq(left, "<p></p>")
    with pytest.raises(PageLeft):
        operator.eq(left, Html("<p></p>"))
    with pytest.raises(PageLeft):
        operator.eq(Html("<p></p>"), left)


def test_left_pages_compare_by_destination() -> None:
    """To, kind and flash are what a redirect is."""
    assert Redirected("/a") == Redirected("/a")
    assert Redirected("/a") != Redirected("/b")
    assert Redirected("/a") != Redirected("/a", "live_redirect")
    assert Redirected("/a") != Redirected("/a", flash={"info": "x"})


def test_a_left_page_has_a_repr() -> None:
    """A failed assert must not fail again while it is printed."""
    assert repr(Redirected("/a")) == "<Redirected by redirect to '/a'>"
    assert repr(Redirected("/a", flash={"info": "x"})) == "<Redirected by redirect to '/a', flash={'info': 'x'}>"


# --- snapshots --------------------------------------------------------------------------------------------------------------


def test_pretty() -> None:
    """One element a line, indented, attributes as written, text that must not move left alone."""
    html = (
        '<div id="a"  class="x"><br/><p>one\n   two</p><ul><li><b>x</b> y</li><li></li></ul>'
        "<pre> a\n  <b>c</b></pre><textarea>\nq</textarea><!-- hm --><input disabled  value='a  b'></div>"
    )
    assert pretty(html) == (
        '<div id="a" class="x">\n'
        "  <br>\n"
        "  <p>one two</p>\n"
        "  <ul>\n"
        "    <li>\n"
        "      <b>x</b>\n"
        "      y\n"
        "    </li>\n"
        "    <li></li>\n"
        "  </ul>\n"
        "  <pre> a\n"
        "  <b>c</b></pre>\n"
        "  <textarea>\n"
        "q</textarea>\n"
        "  <!-- hm -->\n"
        "  <input disabled value='a  b'>\n"
        "</div>"
    )


def test_pretty_keeps_references() -> None:
    """What is escaped stays escaped: a snapshot shows what is sent."""
    assert pretty('<p title="&quot;">&lt;b&gt; &amp; &#39;</p>') == '<p title="&quot;">&lt;b&gt; &amp; &#39;</p>'


@given(ELEMENTS)
def test_pretty_is_stable(node: object) -> None:
    """Law: layout between tags does not change a snapshot, and a snapshot of a snapshot is itself."""
    text = written(node)
    once = pretty(text)
    assert pretty(written(node, between="\n ")) == once
    assert pretty(once) == once


@given(ELEMENTS)
def test_pretty_has_every_tag(node: object) -> None:
    """Law: no element is lost."""
    text = written(node)
    assert re.findall(r"</?\w+", pretty(text)) == re.findall(r"</?\w+", text)


# --- reading ----------------------------------------------------------------------------------------------------------------


def test_text_that_looks_like_tags() -> None:
    """In a script everything is text; in a textarea entities count; a `<` that begins no tag is text."""
    assert meaning('<script>if (a<b && "</p>") x("<i>")</script><p>1 < 2</p>') == (
        ("script", (), 'if (a<b && "</p>") x("<i>")'),
        ("p", (), "1 < 2"),
    )
    assert meaning("<textarea>&lt;b> <i>x</TEXTAREA >y") == (("textarea", (), "<b> <i>x"), "y")
    assert meaning("<style>a>b{}</style") == (("style", (), "a>b{}</style"),)
    assert meaning("a < b <3 </3> <>") == ("a < b <3 </3> <>",)


def test_attributes_as_they_may_be_written() -> None:
    """Quotes of both kinds and none, values with `>` and entities, names in capitals, and what closes itself."""
    assert meaning("""<A HREF=/x/ title='a > "b"' data-n="&quot;&amp;" checked  />y""") == (
        ("a", (("checked", ""), ("data-n", '"&'), ("href", "/x/"), ("title", 'a > "b"'))),
        "y",
    )
    assert meaning("<p/>x") == (("p", ()), "x")
    assert meaning("<a href=x/>y</a>") == (("a", (("href", "x/"),), "y"),)


def test_what_is_no_element() -> None:
    """Comments and declarations are kept as they are written; an end tag without a start is text."""
    assert meaning("<!doctype html><!-- <b> --><p>x</i></p></br>") == (
        "<!doctype html>",
        "<!-- <b> -->",
        ("p", (), "x</i>"),
    )


NAMES = st.sampled_from(["p", "b", "ul", "br", "custom-el"])
TEXTS = st.text(alphabet="ab &;<>\"'é\n", max_size=6).map(lambda text: text.replace("<", "&lt;"))
VALUES = st.text(alphabet="ab &;<>'é", max_size=5)


@st.composite
def documents(draw: st.DrawFn, depth: int = 3) -> str:
    """Well-formed html."""
    parts: list[str] = []
    for _ in range(draw(st.integers(0, 3))):
        parts.append(draw(TEXTS))
        name, value = draw(NAMES), draw(VALUES)
        inside = "" if name == "br" or not depth else draw(documents(depth - 1))
        parts.append(f'<{name} a="{value}">{inside}' + ("" if name == "br" else f"</{name}>"))
    return "".join(parts) + draw(TEXTS)


class Oracle(HTMLParser):
    """The tokens of the standard library's reader."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tokens: list[tuple[object, ...]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tokens.append(("start", tag, tuple(attrs)))

    def handle_endtag(self, tag: str) -> None:
        self.tokens.append(("end", tag))

    def handle_data(self, data: str) -> None:
        if self.tokens and self.tokens[-1][0] == "text":
            data = f"{self.tokens.pop()[1]}{data}"
        self.tokens.append(("text", data))


def tokens(nodes: list[Tag | Text]) -> list[tuple[object, ...]]:
    """The same of our tree."""
    found: list[tuple[object, ...]] = []
    for node in nodes:
        if isinstance(node, Text):
            found.append(("text", node.plain))
        else:
            found.append(("start", node.name, node.attributes))
            found.extend(tokens(node.children))
            if node.name != "br":
                found.append(("end", node.name))
    return found


@given(documents())
def test_reading_agrees_with_the_standard_library(html: str) -> None:
    """Law: on well-formed html our tokenizer finds what html.parser finds; and all that is written is kept."""
    assert tokens(read(html)) == Oracle(html).tokens


def test_failed_assertions_are_explained() -> None:
    """Only what differs, with two lines around; attributes and classes in another order are no difference."""
    rows = "".join(f"<li>{n}</li>" for n in range(20))
    other = rows.replace("<li>3<", "<li>drei<").replace("<li>16<", "<li>16</li><li>and<")
    assert explained("==", f'<ul id="a" class="x y">{rows}</ul>', Html(f'<ul class="y x" id="a">{other}</ul>')) == [
        "the html is not the same",
        "    <li>1</li>",
        "    <li>2</li>",
        "-   <li>drei</li>",
        "+   <li>3</li>",
        "    <li>4</li>",
        "    <li>5</li>",
        "  …",
        "    <li>15</li>",
        "    <li>16</li>",
        "-   <li>and</li>",
        "    <li>17</li>",
        "    <li>18</li>",
    ]
    assert explained("==", Html('<b title="t">a  b</b>'), '<b title="t">a b</b>') == [
        "the html is not the same",
        "only in the white space of a text",
        "- 'a b'",
        "+ 'a  b'",
    ]
    assert explained("not in", "one", Html("<p>one</p>")) == ["'one' not in the html", "<p>one</p>"]
    assert explained("in", "xyz", Html("<p>one</p>")) == ["'xyz' in the html", "<p>one</p>"]
    gone = Redirected("/a")
    for left, right in ((gone, "x"), ("x", gone), ("x", "y"), (Html("x"), 3), (3, Html("x"))):
        assert explained("==", left, right) is None
    assert explained("<", Html("x"), "y") is None


def test_methods_of_text() -> None:
    """Html is no str: the cure says where its methods are."""
    with pytest.raises(AttributeError) as caught:
        Html("<li>").count("li")  # type: ignore[attr-defined]
    assert str(caught.value) == (
        "Html has no 'count': it is text when it is searched with `in`, structure when it is compared\n"
        "  cure: its text has: str(html).count(…); for an element ask the view: view.element(selector).text"
    )
    with pytest.raises(AttributeError, match=r"^'Html' object has no attribute 'txet'$"):
        Html("<li>").txet  # type: ignore[attr-defined]
