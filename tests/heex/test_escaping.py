"""The escaping law: no generated value opens a tag, leaves an attribute, or adds one (ES-1…ES-4, AT-1…AT-10).

One page shows a value in every kind of place that a template has; two HTML parsers read it, html5lib (the parsing rules of the
HTML standard) and lexbor; the tree that they build must be the one that is written down here, element for element, attribute
for attribute, character for character. What they see of a value is said by a few lines here, not by the code under test.
"""

from __future__ import annotations

import datetime
import decimal
import html
import json
import re
from collections.abc import Callable, Iterator
from typing import Any, TypeAlias
from xml.etree.ElementTree import Comment

import html5lib
import jinja2
import markupsafe
import pytest
from attrs import field, frozen
from hypothesis import example, given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from liveview_core.declarations.attributes import attr, slot
from liveview_core.errors import BadOption, NavigationError
from liveview_core.heex import Template, heex
from liveview_core.rendering.attributes import BadAttribute
from liveview_core.rendering.html import raw, text
from liveview_core.rendering.js import JS
from liveview_core.rendering.rendered import rendered_to_text

Tree: TypeAlias = "tuple[str, dict[str, str], tuple[Any, ...]] | str"
"""An element with its attributes and children, or a text."""


# --- two parsers ----------------------------------------------------------------------------------------------------------


def joined(children: Iterator[Tree]) -> tuple[Tree, ...]:
    """Neighbouring texts as one, no empty ones."""
    found: list[Tree] = []
    for each in children:
        if isinstance(each, str) and found and isinstance(found[-1], str):
            found[-1] += each
        elif each != "":
            found.append(each)
    return tuple(found)


def of_html5lib(page: str) -> tuple[Tree, ...]:
    def tree(node: Any) -> Tree:
        if node.tag is Comment:
            return ("!--", {}, (node.text or "",))
        return (node.tag, dict(node.attrib), children(node))

    def children(node: Any) -> tuple[Tree, ...]:
        def each() -> Iterator[Tree]:
            yield node.text or ""
            for child in node:
                yield tree(child)
                yield child.tail or ""

        return joined(each())

    fragment: Any = html5lib.parseFragment(page, namespaceHTMLElements=False)
    return children(fragment)


def of_lexbor(page: str) -> tuple[Tree, ...]:
    def tree(node: Any) -> Tree:
        if node.tag == "-text":
            return node.text_content or ""
        if node.tag == "-comment":
            return ("!--", {}, (node.html.removeprefix("<!--").removesuffix("-->"),))
        attributes = {name: value or "" for name, value in node.attributes.items()}
        return (node.tag, attributes, children(node))

    def children(node: Any) -> tuple[Tree, ...]:
        return joined(tree(each) for each in node.iter(include_text=True))

    body: Any = LexborHTMLParser(f"<!doctype html><html><head></head><body>{page}</body></html>").body
    return children(body)


def in_text(value: str) -> str:
    """What a parser makes of a text: line ends are one character, NUL is nothing."""
    return lines(value).replace("\0", "")


def in_attribute(value: str) -> str:
    """The same for an attribute's value, and for raw text: there NUL is replaced."""
    return lines(value).replace("\0", "\ufffd")


def lines(value: str) -> str:
    return value.replace("\r\n", "\n").replace("\r", "\n")


# --- values, and what they are --------------------------------------------------------------------------------------------


@frozen
class Known:
    """A value, its text, and the nodes that it is in a page; `items` if it is a list."""

    value: Any
    text: str
    nodes: tuple[Tree, ...]
    items: tuple[Known, ...] | None = field(default=None)


def known(value: Any, shown: str) -> Known:
    return Known(value, shown, (in_text(shown),))


class Html:
    """Somebody else's safe value."""

    def __init__(self, markup: str) -> None:
        self.markup = markup

    def __html__(self) -> str:
        return self.markup


class Loud(str):
    """A string with another opinion of itself."""

    __slots__ = ()

    def __str__(self) -> str:
        return "<script>"

    def __format__(self, spec: str) -> str:
        return "<script>"


class Day(datetime.date):
    """A date that prints markup."""

    def isoformat(self) -> str:
        return '"><script>'


class Money(decimal.Decimal):
    """A number that prints markup."""

    def __str__(self) -> str:
        return "<b>1</b>"


JINJA = jinja2.Environment(autoescape=True).from_string('<i title="{{ t }}">{{ t }}</i>')

NASTY = [
    "<", ">", '"', "'", "&", "=", "/", "`", "\0", "\t", "\n", "\r", "\f", "\x0b", "\x1b", "\x7f", "\x85", "\u2028", "\ufeff", " ",
    "</script>", "<script>", "</style>", "<!--", "-->", "--!>", "]]>", "<![CDATA[", "</textarea>", "</title>", "<p", "/>", "x=",
    "onclick=x", "&lt;", "&quot;", "&#34", "&amp", "amp;", "{", "}", "%>", "<%=", "\\", "\\u003c", "javascript:", "ä", "😀", "a",
]  # fmt: skip
TEXTS = st.lists(
    st.sampled_from(NASTY) | st.text(st.characters(exclude_categories=["Cs"]), max_size=3), max_size=6
).map("".join)


def tag(name: str, content: str, **attributes: str) -> Tree:
    return (name, {key: in_attribute(value) for key, value in attributes.items()}, joined(iter([in_text(content)])))


def many(items: list[Known]) -> Known:
    nodes = joined(node for item in items for node in item.nodes)
    return Known([item.value for item in items], "".join(item.text for item in items), nodes, tuple(items))


STRINGS = st.one_of(
    TEXTS.map(lambda t: known(t, t)),
    TEXTS.map(lambda t: known(Loud(t), t)),
    TEXTS.map(lambda t: known(raw(html.escape(t)), t)),
    TEXTS.map(lambda t: known(markupsafe.escape(t), t)),
    TEXTS.map(lambda t: Known(markupsafe.Markup("<b>%s</b>") % t, f"<b>{t}</b>", (tag("b", t),))),
    TEXTS.map(lambda t: Known(Html(JINJA.render(t=t)), f'<i title="{t}">{t}</i>', (tag("i", t, title=t),))),
)
VALUES = st.one_of(
    STRINGS,
    st.none().map(lambda v: known(v, "")),
    st.booleans().map(lambda v: known(v, str(v).lower())),
    st.integers().map(lambda v: known(v, str(v))),
    st.floats().map(lambda v: known(v, repr(v))),
    st.dates().map(lambda v: known(v, v.isoformat())),
    st.datetimes(timezones=st.none() | st.just(datetime.UTC)).map(lambda v: known(v, v.isoformat())),
    st.times().map(lambda v: known(v, v.isoformat())),
    st.decimals(allow_nan=False).map(lambda v: known(v, str(v))),
    st.uuids().map(lambda v: known(v, str(v))),
    st.sampled_from([known(Day(2026, 1, 2), '"><script>'), known(Money(1), "<b>1</b>")]),
    st.recursive(STRINGS, lambda inner: st.lists(inner, max_size=3).map(many), max_leaves=5),
)


# --- every place that a value can stand in --------------------------------------------------------------------------------


@frozen
class Place:
    """Where a value stands, and what a parser must find there."""

    source: str
    expected: Callable[[Known], Tree]


def whole(value: Known) -> dict[str, str]:
    """AT-6: the attribute `title={value}`."""
    if value.value is None or value.value is False:
        return {}
    return {"title": "" if value.value is True else in_attribute(value.text)}


def classes(value: Known) -> str:
    """AT-2: the names in a list, or the text."""

    def flat(each: Known) -> list[str]:
        return [each.text] if each.items is None else [name for item in each.items for name in flat(item)]

    if value.value is None or isinstance(value.value, bool):
        return ""
    return in_attribute(" ".join(flat(value)))


def styles(value: Known) -> str:
    """AT-4."""
    return "" if value.value is None or isinstance(value.value, bool) else in_attribute(value.text)


def around(value: Known, before: str, after: str) -> tuple[Tree, ...]:
    return joined(iter([before, *value.nodes, after]))


def attributes(expected: Callable[[Known], dict[str, str]]) -> Callable[[Known], Tree]:
    return lambda value: ("p", expected(value), ())


def only(name: str, before: str = "", after: str = "") -> Callable[[Known], Tree]:
    """An attribute that is always there (AT-5)."""
    return lambda value: ("p", {name: in_attribute(before + value.text + after)}, ())


def plain(value: Known) -> str:
    """The string that a place shows which takes nothing but strings: `@s`."""
    return value.text


def plain_of_markup(value: Known) -> str:
    """N4: in an f-string that a component receives, markup is its source, as text."""
    if value.items is not None:
        return "".join(map(plain_of_markup, value.items))
    markup: Any = getattr(value.value, "__html__", None)
    return value.text if markup is None else str(markup())


def classes_in_a_list(value: Known) -> str:
    """AT-2, AT-3: inside a list True is a text."""
    return "true" if value.value is True else classes(value)


PLACES = [
    # text
    Place("<p>{@v}</p>", lambda v: ("p", {}, joined(iter(v.nodes)))),
    Place("<p>a<%= @v %>b</p>", lambda v: ("p", {}, around(v, "a", "b"))),
    Place('<p>{f"<{@v}>"}</p>', lambda v: ("p", {}, around(v, "<", ">"))),
    Place("<p>{[@s, [@s]]}</p>", lambda v: ("p", {}, joined(iter([in_text(plain(v) * 2)])))),
    Place("<b :if={True}>{@v}</b>", lambda v: ("b", {}, joined(iter(v.nodes)))),
    Place("<b :for={x in [@v]}>{x}</b>", lambda v: ("b", {}, joined(iter(v.nodes)))),
    Place("<%= match @v: %><% case x: %><b>{x}</b><% end %>", lambda v: ("b", {}, joined(iter(v.nodes)))),
    Place("<textarea>x{@s}</textarea>", lambda v: ("textarea", {}, (in_attribute("x" + plain(v)),))),
    Place("<title>x{@s}</title>", lambda v: ("title", {}, (in_attribute("x" + plain(v)),))),
    Place("<!-- <%= @s %> -->", lambda v: ("!--", {}, (in_attribute(f" {text(plain(v))} "),))),
    Place("<script>x<%= @s %></script>", lambda v: ("script", {}, (in_attribute("x" + text(plain(v))),))),
    Place("<style>x<%= @s %></style>", lambda v: ("style", {}, (in_attribute("x" + text(plain(v))),))),
    # attributes
    Place("<p title={@v}></p>", attributes(whole)),
    Place('<p title={f"<{@v}>"}></p>', only("title", "<", ">")),
    Place('<p title={f"{@s!s:>3}"}></p>', lambda v: ("p", {"title": in_attribute(format(plain(v), ">3"))}, ())),
    Place("""<p title={"<" + @s + '"'}></p>""", lambda v: ("p", {"title": in_attribute(f'<{plain(v)}"')}, ())),
    Place("<p class={@v}></p>", attributes(lambda v: {"class": classes(v)})),
    Place('<p class={["x", @v]}></p>', attributes(lambda v: {"class": f"x {classes_in_a_list(v)}"})),
    Place('<p class={f"x{@v}"}></p>', only("class", "x")),
    Place("<p style={@v}></p>", attributes(lambda v: {"style": styles(v)})),
    Place('<p style={f"w:{@v}"}></p>', only("style", "w:")),
    Place('<p {{"title": @v}}></p>', attributes(whole)),
    Place('<p {dict(title=@v)}></p>', attributes(whole)),
    Place('<p {[("title", @v)]}></p>', attributes(whole)),
    Place("<p {dict(style=@s)}></p>", lambda v: ("p", {"style": in_attribute(plain(v))}, ())),
    Place("<p data={{'a_b': @s}} aria={[('c', @s)]}></p>", lambda v: (
        "p", {"data-a-b": in_attribute(plain(v)), "aria-c": in_attribute(plain(v))}, ())),
    Place("<p {dict(phx={'a': @s}, data=[('b', {'c': @s})])}></p>", lambda v: (
        "p", {"phx-a": in_attribute(plain(v)), "data-b-c": in_attribute(plain(v))}, ())),
    Place("<p phx-click={JS.push(@s, value={@s: [@s]})}></p>", lambda v: (
        "p", {"phx-click": json.dumps([["push", {"event": plain(v), "value": {plain(v): [plain(v)]}}]],
                                      ensure_ascii=False, separators=(",", ":"))}, ())),
    Place("<p phx-click={JS.hide(to=@s).set_attribute((@s, @s))}></p>", lambda v: (
        "p", {"phx-click": json.dumps([["hide", {"to": plain(v)}], ["set_attr", {"attr": [plain(v), plain(v)]}]],
                                      ensure_ascii=False, separators=(",", ":"))}, ())),
    # components
    Place("<.box title={@v}>{@v}</.box>", lambda v: ("b", whole(v), around(v, "[", "]"))),
    Place('<.box title={f"<{@v}"}><%= @v %></.box>', lambda v: (
        "b", {"title": in_attribute("<" + plain_of_markup(v))}, around(v, "[", "]"))),
    Place("<.dynamic_tag tag_name='b' title={@v}>{@v}</.dynamic_tag>", lambda v: ("b", whole(v), joined(iter(v.nodes)))),
    Place("<.link href='#' title={@v}>{@v}</.link>", lambda v: ("a", {"href": "#", **whole(v)}, joined(iter(v.nodes)))),
    Place("<.focus_wrap id={@s}>{@v}-</.focus_wrap>", lambda v: (
        "div", {"id": in_attribute(plain(v)), "phx-hook": "Phoenix.FocusWrap"}, joined(iter([
            "\n  ", ("div", {"id": in_attribute(plain(v) + "-start"), "tabindex": "0", "aria-hidden": "true"}, ()),
            "\n  ", *v.nodes, "-"
            "\n  ", ("div", {"id": in_attribute(plain(v) + "-end"), "tabindex": "0", "aria-hidden": "true"}, ()), "\n",
        ])))),
    Place("<.live_title prefix={@s} suffix='!'>x{@s}</.live_title>", lambda v: (
        "title", {"data-prefix": in_attribute(plain(v)), "data-suffix": "!"}, (in_attribute(f"{plain(v)}x{plain(v)}!"),))),
    Place("<.form for={{}} id={@s} phx-change={@s}>{@v}-</.form>", lambda v: (
        "form", {"id": in_attribute(plain(v)), "phx-change": in_attribute(plain(v))},
        joined(iter(["\n  \n  \n  ", *v.nodes, "-\n"])))),
]  # fmt: skip


BOX = heex("<b {@rest}>[{render_slot(@inner_block)}]</b>", attr("rest", "global"), slot("inner_block"))
# A part for each place, so that none can hide the others: what comes out of one would be found in the next.
PAGE: Template = heex("".join(f"<div>{each.source}</div>" for each in PLACES), names={"box": BOX, "JS": JS})


@settings(max_examples=max(150, settings().max_examples))
@given(VALUES)
@example(known("\r\n\0", "\r\n\0"))
def test_values_stay_where_they_stand(value: Known) -> None:
    """Whatever the value: the elements, attributes and texts of the page are the written ones and the value's own."""
    page = rendered_to_text(PAGE(v=value.value, s=value.text))
    expected: tuple[Tree, ...] = tuple(("div", {}, (each.expected(value),)) for each in PLACES)
    assert of_html5lib(page) == expected
    assert of_lexbor(page) == expected


@settings(max_examples=max(150, settings().max_examples))
@given(TEXTS)
def test_markup_does_not_end_an_attribute(markup: str) -> None:
    """What somebody vouched for is markup in a text; in an attribute it is a value, whatever quotes it has."""
    for safe in (raw(markup), markupsafe.Markup(markup), Html(markup), RAW(m=markup), [raw(markup)]):
        page = rendered_to_text(SAFE(v=safe, pairs=[("x", safe if type(safe) is not list else "")]))
        for parse in (of_html5lib, of_lexbor):
            (p,) = parse(page)
            assert (p[0], sorted(p[1]), p[2]) == ("p", ["class", "data-x", "lang", "style", "title"], ("-",))


RAW = heex("{raw(@m)}")
SAFE = heex("""<p title={@v} class={["a", @v]} style={@v} lang={f"{@v}"} data={@pairs}>-</p>""")


# --- names ----------------------------------------------------------------------------------------------------------------

NAMES = st.one_of(
    st.sampled_from(
        ["a_b", "class", "style", "id", "title", "phx-click", "xml:base", "@click", "Ä", "<p", "{x}", "A-B"]
    ),
    TEXTS,
)
BROKEN = re.compile("[\0-\x20\x7f\"'>/=]")


def lower(name: str) -> str:
    """Parsers lower the names of ASCII."""
    return "".join(char.lower() if char.isascii() else char for char in name)


@settings(max_examples=max(150, settings().max_examples))
@given(st.dictionaries(NAMES, TEXTS | st.booleans() | st.none(), max_size=4))
def test_names_stay_names(pairs: dict[str, Any]) -> None:
    """A root attribute of anything: these attributes and no others, or an error (AT-9, AT-10); pairs of `data` too (AT-8)."""
    shown = {name: value for name, value in pairs.items() if value is not None and value is not False}
    for source, prefix in (("<p {@m}>-</p>", ""), ("<p data={@m}>-</p>", "data-")):
        template = SPREADS[source]
        names = shown if not prefix else pairs
        if any(not name or BROKEN.search(name) for name in names):
            with pytest.raises(BadAttribute, match="cannot be the name of an attribute"):
                rendered_to_text(template(m=pairs))
            continue
        page = rendered_to_text(template(m=pairs))
        expected: dict[str, str] = {}
        for name, value in shown.items():
            written = prefix + (name.replace("_", "-") if prefix else name)
            expected.setdefault(lower(written), "" if value is True else in_attribute(value))
        assert of_html5lib(page) == of_lexbor(page) == (("p", expected, ("-",)),)


SPREADS = {source: heex(source) for source in ("<p {@m}>-</p>", "<p data={@m}>-</p>")}


@settings(max_examples=max(150, settings().max_examples))
@given(st.one_of(TEXTS, TEXTS.map("x".__add__)), TEXTS)
def test_the_name_of_a_tag_stays_its_name(name: str, value: str) -> None:
    """`dynamic_tag`: one element of that name, or an error (BC-31)."""
    fits = re.fullmatch("[A-Za-z][^\\s/>=\"'<&]*", name)
    if not fits:
        with pytest.raises(BadOption, match="is not the name of a tag"):
            rendered_to_text(DYNAMIC(tag=name, v=value))
    elif name.startswith("x") and name != "xmp":  # no other element of HTML, with rules of its own, begins like that
        page = rendered_to_text(DYNAMIC(tag=name, v=value))
        element = (lower(in_attribute(name)), {"title": in_attribute(value)}, joined(iter([in_text(value)])))
        assert of_html5lib(page) == of_lexbor(page) == (element, "-")


DYNAMIC = heex("<.dynamic_tag tag_name={@tag} title={@v}>{@v}</.dynamic_tag>-")


# --- links ----------------------------------------------------------------------------------------------------------------


def scheme(url: str) -> str | None:
    """As a browser finds it (WHATWG URL): without what it strips."""
    found = re.match(
        "([a-z][a-z0-9+.-]*):", re.sub("[\t\n\r]", "", url.lstrip("".join(map(chr, range(0x21))))), re.IGNORECASE
    )
    return None if found is None else found[1].lower()


URLS = st.one_of(
    TEXTS,
    st.lists(st.sampled_from([
        "java", "script", ":", "JavaScript:", "data:", "vbscript:", "http:", "//", "/", "#", "?", "\t", "\n", " ", "\x01", "x",
    ]), max_size=5).map("".join),
)  # fmt: skip


@settings(max_examples=max(150, settings().max_examples))
@given(URLS)
def test_links_go_where_they_say(url: str) -> None:
    """A link to anything: one element with that destination, which is no script, or an error (NV-40, NV-41)."""
    for kind, allowed in (("navigate", ["http", "https"]), ("patch", ["http", "https"]), ("href", None)):
        try:
            page = rendered_to_text(LINKS[kind](u=url))
        except NavigationError:
            continue
        assert of_html5lib(page) == of_lexbor(page)
        (element,) = of_html5lib(page)
        assert not isinstance(element, str)
        name, attributes, content = element
        assert (name, attributes["href"], content) == ("a", in_attribute(url), ("-",))
        assert set(attributes) <= {"href", "data-phx-link", "data-phx-link-state"}
        found = scheme(attributes["href"])
        assert found not in ("javascript", "data", "vbscript")
        assert found is None or allowed is None or found in allowed


LINKS = {kind: heex(f"<.link {kind}={{@u}}>-</.link>") for kind in ("navigate", "patch", "href")}


# --- others' safe values --------------------------------------------------------------------------------------------------


def test_markupsafe_takes_ours() -> None:
    """`__html__` is the agreement: what is safe here is safe there, and what is not is escaped there."""
    assert markupsafe.escape(raw("<b>")) == "<b>"
    assert markupsafe.Markup("<i>%s</i>") % raw("<b>") == "<i><b></i>"
    assert markupsafe.Markup("<i>") + raw("<b>") == "<i><b>"
    assert markupsafe.Markup("{0:>3}{1}{2}").format("<", raw("<b>"), CARD(title=1)) == "  &lt;<b><b>1</b>"
    assert markupsafe.escape(JS.push("a")) == "[[&quot;push&quot;,{&quot;event&quot;:&quot;a&quot;}]]"
    assert markupsafe.escape(CARD(title="<")) == "<b>&lt;</b>"


def test_jinja_takes_ours() -> None:
    """A page of Jinja may show our components, commands and safe values; its own values stay its own business."""
    page = jinja2.Environment(autoescape=True).from_string("{{ safe }}{{ card(title=t) }}<p x='{{ js }}'>{{ t }}</p>")
    shown = page.render(safe=raw("<hr>"), card=CARD, js=JS.hide(), t="<")
    assert shown == "<hr><b>&lt;</b><p x='[[&quot;hide&quot;,{}]]'>&lt;</p>"


def test_ours_take_theirs() -> None:
    """Markup of markupsafe and Jinja is verbatim; what it escaped is not escaped again, and what is added to it is."""
    inner = jinja2.Environment(autoescape=True).from_string("<i>{{ t }}</i>")
    assert text(markupsafe.Markup(inner.render(t="<"))) == "<i>&lt;</i>"
    assert text(markupsafe.escape("<") + "<") == "&lt;&lt;"
    assert text(str(markupsafe.Markup("<i>"))) == "&lt;i&gt;"
    assert rendered_to_text(CARD(title=markupsafe.Markup("<i>&amp;</i>"))) == "<b><i>&amp;</i></b>"
    assert text(raw(markupsafe.Markup("<i>"))) == "<i>"


CARD = heex("<b>{@title}</b>", attr("title"))
