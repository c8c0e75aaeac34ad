"""Attributes on HTML tags: AT-1…AT-11, statics and text."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liveview_core.heex import TemplateSyntaxError, heex
from liveview_core.rendering import attributes
from liveview_core.rendering.attributes import BadAttribute, attribute, checked_name, class_names, root
from liveview_core.rendering.html import raw
from liveview_core.rendering.rendered import rendered_to_text


def both(source: str, **assigns: Any) -> tuple[tuple[str, ...], list[Any], str]:
    """Statics, dynamics and text of a template."""
    rendered = heex(source)(assigns)
    return rendered.part.statics, list(rendered.evaluate(False).values()), rendered_to_text(rendered)


def page(source: str, **assigns: Any) -> str:
    return both(source, **assigns)[2]


def test_literals_are_verbatim() -> None:
    """AT-1: name, delimiter and value as written; the page has no dynamics."""
    source = """<p a="x&y" b='"' c></p>"""
    assert both(source) == ((source,), [], source)


def test_vx_1() -> None:
    """The verified vector: which attributes are wholly dynamic and which in part."""
    source = '<div id={@id} class={@c} title={f"x{@id}"} a="b" c=\'d\' e><b :if={@c}>{@c}</b></div>'
    statics, dynamics, _ = both(source, id="i", c="cc")
    assert statics == ("<div", ' class="', '" title="x', '" a="b" c=\'d\' e>', "</div>")
    assert dynamics[:3] == [' id="i"', "cc", "i"]
    assert dynamics[3].part.statics == ("<b>", "</b>")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (["a", None, False, "b", ["c", None]], "a b c"),
        (None, ""),
        (False, ""),
        (True, ""),
        ("x<", "x&lt;"),
        ([], ""),
        ([0, ""], "0 "),
        (7, "7"),
    ],
)
def test_class(value: Any, expected: str) -> None:
    """AT-2: always there; lists flattened without None and False; 0 and "" stay (N4)."""
    assert both("<p class={@c}></p>", c=value) == (('<p class="', '"></p>'), [expected], f'<p class="{expected}"></p>')


def test_class_lists_that_begin_with_literals() -> None:
    """AT-3: literal strings are static, the rest comes after a space, even if it is nothing."""
    assert both('<p class={["a", "b", @x]}></p>', x=None) == (
        ('<p class="a b ', '"></p>'),
        [""],
        '<p class="a b "></p>',
    )
    assert page('<p class={[@x, "a"]}></p>', x=None) == '<p class="a"></p>'
    assert both('<p class={["a<", "b"]}></p>')[0] == ('<p class="a&lt; b"></p>',)


def test_class_and_style_of_f_strings() -> None:
    """One dynamic, whose fields are converted as text is (N4): None is nothing."""
    assert both('<p class={f"a {@x} b"} style={f"w: {@y}"}></p>', x=None, y="<") == (
        ('<p class="', '" style="', '"></p>'),
        ["a  b", "w: &lt;"],
        '<p class="a  b" style="w: &lt;"></p>',
    )


@pytest.mark.filterwarnings("ignore:.*stands twice in one tag:liveview_core.heex.verification.TemplateWarning")
def test_style() -> None:
    """AT-4: always there, empty for None and the booleans."""
    assert page("<p style={@a} style={@b} style={@c} style={@d}></p>", a=None, b=True, c="x<", d=False) == (
        '<p style="" style="" style="x&lt;" style=""></p>'
    )


def test_strings_written_out() -> None:
    """AT-5: literal parts are static, interpolated ones dynamic, the attribute always there."""
    statics, dynamics, _ = both(
        '<p a={"q<"} b={f"x{@n}y{@m}"} c={"a" + @s + "b"} d={f"{@n!r}"} e={f"{@m:>3}"}></p>', n=None, m=2, s="<"
    )
    assert statics == ('<p a="q&lt;" b="x', "y", '" c="a', 'b" d="', '" e="', '"></p>')
    assert dynamics == ["", "2", "&lt;", "None", "  2"]


def test_concatenation_takes_strings_only() -> None:
    """AT-5: anything else is an error that says what to write."""
    with pytest.raises(BadAttribute) as caught:
        page('<p title={"a" + @n}></p>', n=3)
    assert (
        str(caught.value)
        == """\
only strings can be concatenated in an attribute
  expected: a string
  got: 3
  cure: convert it, `"row-" + str(…)`, or write an f-string, `f"row-{…}"`"""
    )


@pytest.mark.parametrize("source", ['{@n + "a"}', '{"a" + (@n + "b")}', '{"a" + "b" + @n}', '{@n + "a" + "b"}'])
def test_concatenation_takes_strings_only_at_any_place(source: str) -> None:
    """AT-5: whichever operand it is."""
    with pytest.raises(BadAttribute, match="only strings can be concatenated"):
        page(f"<p title={source}></p>", n=3)
    assert page(f"<p title={source}></p>", n="<") in ('<p title="&lt;a"></p>', '<p title="a&lt;b"></p>',
        '<p title="ab&lt;"></p>', '<p title="&lt;ab"></p>')  # fmt: skip


def test_addition_of_numbers_is_no_concatenation() -> None:
    """Without a literal string `+` is Python's."""
    assert page("<p data-x={@a + @b}></p>", a=1, b=2) == '<p data-x="3"></p>'


@pytest.mark.parametrize(
    ("value", "expected"),
    [(True, " hidden"), (None, ""), (False, ""), ("", ' hidden=""'), (0, ' hidden="0"'), (["a", "b"], ' hidden="ab"')],
)
def test_whole_attributes(value: Any, expected: str) -> None:
    """AT-6, N4: only None and False remove it, True is bare."""
    assert both("<p hidden={@x}></p>", x=value) == (("<p", "></p>"), [expected], f"<p{expected}></p>")


def test_numeric_id() -> None:
    """AT-7: not as a whole attribute and not in a root attribute; interpolated ids are not checked."""
    for source in ("<p id={@id}></p>", '<p {{**@none, "id": @id}}></p>'):
        with pytest.raises(BadAttribute) as caught:
            page(source, id=3, none={})
        assert (
            str(caught.value)
            == """\
id={3} is a number, which is no usable DOM id
  expected: a string that begins with a letter
  got: 3
  cure: give it a prefix: id={f"row-{…}"}, which gives "row-3\""""
        )
    assert page('<p id={f"{@id}"}></p>', id=3) == '<p id="3"></p>'
    assert page("<p id={@id}></p>", id=uuid.UUID(int=1)) == f'<p id="{uuid.UUID(int=1)}"></p>'


def test_data_and_aria() -> None:
    """AT-8: pairs expand, underscores become dashes, nested pairs nest their names."""
    assert page(
        '<p data={{"user_id": 1, "on": True, "off": None, "a": [("b", "<")]}} aria={[("label", "x")]}></p>'
    ) == ('<p data-user-id="1" data-on data-a-b="&lt;" aria-label="x"></p>')
    for wrong in ([1], {1: 2}, [("a",)], [("a", 1, 2)], [["a", 1]]):
        with pytest.raises(BadAttribute, match="takes pairs of a name and a value"):
            page("<p data={@wrong}></p>", wrong=wrong)
    assert page("<object data={@url} aria={@n}></object>", url=raw("/a"), n=1) == '<object data="/a" aria="1"></object>'


def test_root_attributes() -> None:
    """AT-9: all pairs in order, in one dynamic; None and False are left out, of class and style too."""
    statics, dynamics, _ = both(
        "<p a {@m} b></p>",
        m={"class": ["x", None], "style": None, "hidden": True, "title": "<", "no": False, "foo_bar": 1},
    )
    assert statics == ("<p a", " b></p>")
    assert dynamics == [' class="x" hidden title="&lt;" foo_bar="1"']
    assert page("<p {@m}></p>", m=None) == "<p></p>"
    assert page("<p {@m}></p>", m=[("a", 1), ("a", 2)]) == '<p a="1" a="2"></p>'
    assert root({"class": True, "style": "x"}) == ' class style="x"'
    assert root({"class": False, "style": False, "a": False, "not a name": None, "nor this": False}) == ""


def test_root_attributes_written_out() -> None:
    """AT-9: a literal with constant names is unpacked (VX-23: then class is always there)."""
    assert both('<p {{"class": @x, "hidden": @y}} {[("title", "t")]}></p>', x=None, y=True) == (
        ('<p class="', '"', ' title="t"></p>'),
        ["", " hidden"],
        '<p class="" hidden title="t"></p>',
    )
    with pytest.raises(TemplateSyntaxError, match="cannot be the name of an attribute"):
        heex('<p {{"a b": 1}}></p>')
    # with a name that is computed it is one dynamic
    for source in ('<p {{"a": @x, @k: @x}}></p>', '<p {[("a", @x), (@k, @x)]}></p>', '<p {{"a": @x, **{@k: @x}}}></p>'):
        assert both(source, x=1, k="b") == (("<p", "></p>"), [' a="1" b="1"'], '<p a="1" b="1"></p>')
    with pytest.raises(BadAttribute, match="takes a mapping of names to values"):
        page('<p {[("a", 1, 2)]}></p>')


def test_root_attribute_that_is_none() -> None:
    """Only mappings and pairs of names and values."""
    with pytest.raises(BadAttribute) as caught:
        page("<p {@m}></p>", m=["a"])
    assert (
        str(caught.value)
        == """\
a root attribute takes a mapping of names to values
  expected: a mapping, a list of pairs such as [("title", "x")], or None
  got: ['a']
  cure: write {{"title": "x"}}, or name the attribute: title={…}"""
    )


@pytest.mark.parametrize("name", ["", "a b", "a=b", 'a"', "a'", "a>", "a/", "a\n"])
def test_names_from_data(name: str) -> None:
    """AT-10: a name that would break out of the tag is an error."""
    with pytest.raises(BadAttribute) as caught:
        root({name: "x"})
    assert (
        str(caught.value)
        == f"""\
{name!r} cannot be the name of an attribute
  expected: a name without spaces, control characters, quotes, `>`, `/` and `=`
  got: {name!r}
  cure: names of attributes belong into the template; take only values from data"""
    )


@given(st.text(), st.recursive(st.none() | st.booleans() | st.text(), lambda inner: st.lists(inner, max_size=3)))
def test_no_value_leaves_its_quotes(value: str, classes: Any) -> None:
    """Whatever the value, the attribute has exactly two quotes and no markup."""
    for given_text in (attribute("title", value), f' class="{class_names(classes)}"'):
        assert given_text.count('"') == 2
        assert "<" not in given_text
        assert ">" not in given_text


def test_checked_name_gives_the_name() -> None:
    """Names with colons and at signs are names."""
    assert [checked_name(name) for name in ("xml:base", "@click", "data-x")] == ["xml:base", "@click", "data-x"]


def test_names_from_data_are_not_kept_for_ever() -> None:
    """What was checked is remembered up to a limit, and checked again beyond it."""
    for number in range(10_001):
        checked_name(f"data-{number}")
    assert len(attributes._KNOWN) == 10_000
    assert checked_name("data-10001") == "data-10001"
    with pytest.raises(BadAttribute):
        checked_name("data 10001")


@pytest.mark.filterwarnings("ignore:.*stands twice in one tag:liveview_core.heex.verification.TemplateWarning")
def test_order_and_duplicates() -> None:
    """AT-11: as written."""
    assert page('<p b="1" a={@x} b={@x}></p>', x="2") == '<p b="1" a="2" b="2"></p>'
