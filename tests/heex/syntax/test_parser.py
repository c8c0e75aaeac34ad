"""`liveview_core.heex.syntax.tokens`, `.special` and `.parser`: the grammar of templates (TG), whitespace (WS), blocks (N1.8)."""

from __future__ import annotations

import contextlib
import json
import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liveview_core.heex.syntax.errors import TemplateSyntaxError
from liveview_core.heex.syntax.location import Location
from liveview_core.heex.syntax.parser import parse
from liveview_core.heex.syntax.source import Source
from liveview_core.heex.syntax.tree import (
    Assign,
    Block,
    Code,
    Component,
    Element,
    Expr,
    Literal,
    Node,
    Root,
    Run,
    Slot,
    Text,
)
from tests.harness.places import TRACES


def read(text: str, *, trim: bool = False) -> Root:
    return parse(Source.verbatim(text, trim=trim))


def error(text: str, *, trim: bool = False) -> TemplateSyntaxError:
    with pytest.raises(TemplateSyntaxError) as info:
        read(text, trim=trim)
    return info.value


def shape(node: Node | Slot | Root) -> Any:
    """A node in short: text as str, `{…}` as its source, tags and blocks as tuples."""
    match node:
        case Root():
            return [shape(child) for child in node.children]
        case Text():
            return node.text
        case Expr():
            return "{" + node.code.source + "}"
        case Assign():
            return f"{node.target}={node.code.source}"
        case Run():
            return f"run {node.code.source}"
        case Block():
            head = node.head.source if node.head else None
            return (
                node.kind,
                head,
                [
                    (clause.head.source if clause.head else None, [shape(c) for c in clause.body])
                    for clause in node.clauses
                ],
            )
        case Component():
            return ("." + node.name, [shape(child) for child in node.children], [shape(slot) for slot in node.slots])
        case Slot():
            return (":" + node.name, [shape(child) for child in node.children])
        case Element():
            return (node.name, [shape(child) for child in node.children])


def pieces(text: str, *, trim: bool = False) -> list[str]:
    """The statics as they would be, for templates of plain tags and expressions: VX-2, VX-3, VX-21."""
    out = [""]

    def walk(nodes: tuple[Node, ...]) -> None:
        for node in nodes:
            if isinstance(node, Text):
                out[-1] += node.text
            elif isinstance(node, Expr):
                out.append("")
            elif isinstance(node, Element):
                out[-1] += f"<{node.name}>"
                walk(node.children)
                out[-1] += f"</{node.name}>"
            else:
                raise AssertionError(node)

    walk(read(text, trim=trim).children)
    return out


# -- errors: condition, place, what is told

ERRORS = {
    # VX-22
    "a < b": ("1:4", "expected tag name after <"),
    "<p></ p>": ("1:6", "expected tag name after </"),
    "<p></p x>": ("1:7", "expected closing `>` after </p"),
    "<p a=b />": ("1:6", "invalid attribute value after `=`"),
    "<p =b />": ("1:4", "expected attribute name, got ="),
    "<p a} />": ("1:5", "expected attribute, but found end of interpolation"),
    "<p a={b": ("1:6", "expected closing `}` for expression"),
    '<p a="b': ("1:8", "expected closing quote for attribute value"),
    "<!doctype html": ("1:15", "unexpected end of string inside tag"),
    "<. />": ("1:2", "a component name is required after ."),
    "<.link><:inner_block/></.link>": ("1:9", "the slot name :inner_block is reserved"),
    "<:foo/>": ("1:1", "invalid slot entry <:foo>, must be a direct child of a component"),
    "<Foo />": ("1:1", "invalid tag <Foo>"),
    "<div><b></div>": ("1:9", "unmatched closing tag, expected </b> for <b> at line 1, got </div>"),
    "<div>\n  <p>": ("2:3", "end of template reached without closing tag for <p>"),
    '{"{"}': ("1:1", "expected closing `}` for expression"),
    "<p :if={true} :if={false}>": ("1:15", "cannot define multiple :if attributes, another is defined at line 1"),
    # TG-2
    "a <%= @x": ("1:3", "expected closing '%>' for the EEx tag"),
    "<%!-- x %>": ("1:1", "expected closing '--%>' for the template comment"),
    "<%| x %>": ("1:1", "`<%|` is not supported"),
    "<%/ x %>": ("1:1", "`<%/` is not supported"),
    "<%%= x %>": ("1:4", "expected attribute name, got ="),
    # TG-4
    '{"}"}': ("1:2", 'the string is never closed: " is missing'),
    "x\n {@a": ("2:2", "expected closing `}` for expression"),
    "{ <%= @x %> }": ("1:1", "expected closing `}` for expression"),
    # TG-6, TG-7
    "<p>\n <!-- <%= @x %> </p>": ("2:2", "expected closing `-->` for comment"),
    "<!DOCTYPE <%= @x %>>": ("1:11", "unexpected end of string inside tag"),
    "<!Doctype html>": ("1:1", "end of template reached without closing tag for <!Doctype>"),
    # TG-8
    "<script>a</style>": ("1:1", "end of template reached without closing tag for <script>"),
    "<script>a</script >": ("1:1", "end of template reached without closing tag for <script>"),
    # TG-9
    "<": ("1:2", "expected tag name after <"),
    "<<%= @x %>": ("1:2", "expected tag name after <"),
    "</": ("1:3", "expected tag name after </"),
    "</>": ("1:3", "expected tag name after </"),
    # TG-10, TG-33, N1.9
    "<:>": ("1:2", "a slot name is required after :"),
    "a <DIV>": ("1:3", "invalid tag <DIV>"),
    "<chat.Render/>": ("1:1", "invalid tag <chat.Render>"),
    "<Chat.render.>": ("1:1", "invalid tag <Chat.render.>"),
    # TG-11
    "<p></p": ("1:7", "expected closing `>` after </p"),
    # TG-12
    "<p": ("1:3", "expected closing `>` or `/>` for <p"),
    "<p a ": ("1:6", "expected closing `>` or `/>` for <p"),
    '<p a="b" ': ("1:10", "expected closing `>` or `/>` for <p"),
    "<p <%= @x %>>": ("1:4", "expected closing `>` or `/>` for <p"),
    "<p / >": ("1:4", "expected attribute name, got /"),
    # TG-13
    "<p }>": ("1:4", "expected attribute, but found end of interpolation"),
    '<p a"b>': ("1:5", 'invalid character in attribute name: "'),
    "<p 'a'>": ("1:4", "invalid character in attribute name: '"),
    "<p ab": ("1:6", "unexpected end of string inside tag"),
    # TG-14
    "<p a=": ("1:6", "invalid attribute value after `=`"),
    "<p a= >": ("1:7", "invalid attribute value after `=`"),
    "<p a='\n\"": ("2:2", "expected closing quote for attribute value"),
    '<p a="<%= @x %>">': ("1:7", "expected closing quote for attribute value"),
    "<p {@a": ("1:4", "expected closing `}` for expression"),
    # TG-18, TG-19
    "<.c></.d>": ("1:5", "unmatched closing tag, expected </.c> for <.c> at line 1, got </.d>"),
    "<.c></c>": ("1:5", "unmatched closing tag, expected </.c> for <.c> at line 1, got </c>"),
    "<p></br></p>": (
        "1:4",
        "unmatched closing tag, expected </p> for <p> at line 1, got </br>"
        "; <br> is a void tag: it has no content and no closing tag",
    ),
    "a</p>": ("1:2", "missing opening tag for </p>"),
    "</br>": ("1:1", "missing opening tag for </br>; <br> is a void tag: it has no content and no closing tag"),
    # TG-20, TG-21, TG-21a, TG-22
    "<.c>": ("1:1", "end of template reached without closing tag for <.c>"),
    "<.c><:s>": ("1:5", "end of template reached without closing tag for <:s>"),
    "<%= if @a: %>\n<p><% end %>": ("2:1", "end of block reached without closing tag for <p>"),
    "<div><%= if @a: %><p><% end %></p></div>": ("1:19", "end of block reached without closing tag for <p>"),
    "<%= if @a: %><p><% else: %></p><% end %>": ("1:17", "`<% else %>` while <p>, opened at line 1, is not closed"),
    "<%= match @a: %><% case 1: %><p><% case 2: %>": (
        "1:33",
        "`<% case %>` while <p>, opened at line 1, is not closed",
    ),
    "<p><%= if @a: %></p><% end %>": (
        "1:17",
        "closing tag </p> inside the `if` block that began at line 1, for a tag that was opened outside",
    ),
    # TG-23
    "<div><:s/></div>": ("1:6", "invalid slot entry <:s>, must be a direct child of a component"),
    "<.c><p><:s/></p></.c>": ("1:8", "invalid slot entry <:s>, must be a direct child of a component"),
    "<.c><%= if @a: %><:s/><% end %></.c>": ("1:18", "invalid slot entry <:s>, must be a direct child of a component"),
    "<.c><:a><:s/></:a></.c>": ("1:9", "invalid slot entry <:s>, must be a direct child of a component"),
    # TG-24 to TG-29, FC-11
    "<p :let={x}></p>": ("1:4", "unsupported attribute :let in tags"),
    "<p :type={x}></p>": ("1:4", "unsupported attribute :type in tags"),
    "<p :class={x}></p>": ("1:4", "unsupported attribute :class in tags"),
    "<.c :foo={x}/>": ("1:5", "unsupported attribute :foo in local component <.c>"),
    "<a.c :foo={x}/>": ("1:6", "unsupported attribute :foo in remote component <a.c>"),
    "<.c><:s :foo={x}/></.c>": ("1:9", "unsupported attribute :foo in slot <:s>"),
    "<.c><:s :key={x}/></.c>": ("1:9", ":key is not supported on slots"),
    '<p :if="x"/>': ("1:4", ":if must be an expression between {...}"),
    "<p :for/>": ("1:4", ":for must be an expression between {...}"),
    '<.c :let="x"></.c>': ("1:5", ":let must be a pattern between {...}"),
    "<p\n :for={x in y}\n :for={x in y}/>": (
        "3:2",
        "cannot define multiple :for attributes, another is defined at line 2",
    ),
    "<p :for={x <- y}/>": ("1:4", "`:for` must be a generator expression"),
    "<p :for={x in y if x}/>": ("1:4", "`:for` takes no filter"),
    "<p class='a' :key={x}/>": ("1:1", "cannot use :key without :for"),
    "<.c :let={x}/>": ("1:5", "cannot use :let on <.c />, it has no content"),
    "<.c><:s :let={x}/></.c>": ("1:9", "cannot use :let on <:s />, it has no content"),
    # TG-31
    '<b/><p phx-hook="x"/>': ("1:5", 'attribute "phx-hook" requires the "id" attribute'),
    "<p phx-update={@u}/>": ("1:1", 'attribute "phx-update" requires the "id" attribute'),
    '<p id="a" phx-update="strem"/>': (
        "1:11",
        'the value of "phx-update" must be one of ignore, stream, replace; got "strem"',
    ),
    # TG-36
    "a\n<p\n b={x y}>": ("3:5", "not a Python expression: invalid syntax. Perhaps you forgot a comma?"),
    "<p>{@a, @b}</p>": ("1:5", "a tuple needs parentheses of its own here"),
    '{"\\}" + [}': ("1:9", "`[` is never closed"),
    "<%= @a && @b %>": ("1:9", "not a Python expression: invalid syntax"),
    # N1.8
    "<% if @a: %>x<% end %>": ("1:1", "`<% if … %>` outputs nothing"),
    "<% for a in @b: %>x<% end %>": ("1:1", "`<% for … %>` outputs nothing"),
    "<%= if @a %>x<% end %>": ("1:5", "not a Python expression: invalid syntax"),
    "<%= if : %>x<% end %>": ("1:1", "`if` needs an expression"),
    "<%= for @a: %>x<% end %>": ("1:9", "`for` must be followed by a generator"),
    "x <%= if @a: %>": ("1:3", "`<% end %>` is missing for the `if` block"),
    "<p>\n<%= for a in b: %>\n</p>": (
        "3:1",
        "closing tag </p> inside the `for` block that began at line 2, for a tag that was opened outside",
    ),
    "<% end %>": ("1:1", "`<% end %>` closes nothing"),
    "<%= if @a: %><%= end %>": ("1:14", "`<%= end` is no output"),
    "<p><% end %></p>": ("1:4", "`<% end %>` closes nothing"),
    "<%= else: %>": ("1:1", "`<%= else` is no output"),
    "<% else: %>": ("1:1", "`<% else %>` outside a block"),
    "<% case 1: %>": ("1:1", "`<% case %>` outside a block"),
    "<%= if @a: %><% case 1: %>": ("1:14", "`<% case %>` in a `if` block"),
    "<%= for a in b: %><% else: %>": ("1:19", "`<% else %>` in a `for` block"),
    "<%= match @a: %><% case 1: %><% else: %>": ("1:30", "`<% else %>` in a `match` block"),
    "<%= if @a: %><% else: %><% else: %>": ("1:25", "a clause after the `else`"),
    "<%= if @a: %><% else: %><% elif @b: %>": ("1:25", "a clause after the `else`"),
    "<%= if @a: %><% else if @b: %>": ("1:14", "`else` takes no expression"),
    "<%= if @a: %><% elif : %>": ("1:14", "`elif` needs an expression"),
    "<%= match @a: %> x <% case 1: %>": ("1:17", "content before the first case of a match"),
    "<%= match @a: %><p/><% case 1: %>": ("1:17", "content before the first case of a match"),
    "<%= match @a: %><% end %>": ("1:1", "a match without a case"),
    "<%= match @a: %><% case x: %><% case 1: %>": ("1:30", "a case after one that takes everything"),
    "<%= match @a: %><% case @x: %><% end %>": ("1:25", "an assign cannot be bound"),
    "<% else %>": ("1:4", "not a Python expression: invalid syntax"),
}


@pytest.mark.parametrize("text", ERRORS)
def test_errors_at_their_place(text: str) -> None:
    """TG-1 to TG-36, VX-22: what is told, and line:column."""
    found = error(text)
    assert (f"{found.line}:{found.column}", found.happened) == ERRORS[text]
    assert found.snippet.endswith("^")


@pytest.mark.parametrize(
    ("text", "cure"),
    [
        ("a < b", "write `&lt;` for the text"),
        ('{"{"}', 'write `&lbrace;` or `<%= "{" %>` for a brace as text; `}` in a string is `\\}`'),
        (
            '{"}"}',
            'close it; if it holds a `}`, that ended the expression: write `&rbrace;`, or `<%= "}" %>` for the whole',
        ),
        ("<p <%= @x %>>", "an EEx tag cannot stand inside an HTML tag: write `name={…}`"),
        ('<p a="<%= @x %>">', "an EEx tag cannot stand inside an HTML tag: write `name={…}`"),
        ("<p a=b>", "write `\"…\"`, `'…'` or `{…}`"),
        ("<% if @a: %>", "write `<%= if … : %>`"),
        ("<%= if @a do %>", "a block head ends with `:`, as in `<%= if @x: %>`"),
        ("<% else %>", "write `<% else: %>`"),
        ("<p :for={x <- @xs}/>", "Python writes `item in items`, not `<-`"),
        ("<p :let={x}/>", "allowed here: :if, :for, :key"),
        ('<p id="a" phx-update="strem"/>', 'write phx-update="stream"'),
        ("<% import os %>", "import it in the module; for names of another scope there is `names=`"),
        ("<p></div>", "close <p> first"),
    ],
)
def test_errors_tell_the_cure(text: str, cure: str) -> None:
    """What to write instead."""
    assert error(text).cure == cure


def test_the_full_text_of_an_error() -> None:
    """Place, what happened, cure, four lines, caret."""
    assert str(error("<ul>\n  <li>\n    <b>\n    a\n  </li>\n</ul>")) == (
        "template:5:3: unmatched closing tag, expected </b> for <b> at line 3, got </li>\n"
        "  cure: close <b> first\n"
        "  |\n"
        "2 |   <li>\n"
        "3 |     <b>\n"
        "4 |     a\n"
        "5 |   </li>\n"
        "  |   ^"
    )


def test_the_first_mistake_is_told() -> None:
    """Tokens are lazy: the mistake that stands first in the document is reported, of whatever kind it is."""
    assert error("<p></b> {").column == 4
    assert error("{a b} </p>").column == 2


# -- tokens


def test_interpolation_ends_by_counting_braces() -> None:
    r"""TG-4, N1.1: quotes are not understood; `\{` and `\}` do not count and lose the backslash."""
    root = read("{ {'a': {}} }|{\"\\}\"}|{'\\{' + @b}")
    assert shape(root) == ["{{'a': {}}}", "|", '{"}"}', "|", "{'{' + @b}"]
    last = root.children[4]
    assert isinstance(last, Expr) and str(last.code.path) == "None"
    assert error("{'\\{' + [b}").column == 9  # the place in the template, backslash counted


def test_braces_are_text_where_they_are_no_interpolation() -> None:
    """TG-5: comments, script, style, doctype, and phx-no-curly-interpolation down to its close tag."""
    assert pieces("<!-- {@a} <%= @a %> <b> -->{@a}") == ["<!-- {@a} ", " <b> -->", ""]  # VX-3
    assert not read("<!-- {@a} <%= @a %> <b> -->{@a}").single_root
    assert shape(read("<script a={@a}>if (a < b) {<%= @x %>}</script>")) == [("script", ["if (a < b) {", "{@x}", "}"])]
    assert shape(read("<style>a{}</b></style>{@x}")) == [("style", ["a{}</b>"]), "{@x}"]
    assert shape(read("<script/>{@x}")) == [("script", []), "{@x}"]
    assert shape(read("<!doctype {x}>{@x}")) == ["<!doctype {x}>", "{@x}"]
    text = "<p phx-no-curly-interpolation a={@a}>{<b>{<p>{</p>{<%= @x %>}</b></p>{@y}"
    root = read(text)
    assert shape(root) == [("p", ["{", ("b", ["{", ("p", ["{"]), "{", "{@x}", "}"])]), "{@y}"]
    element = root.children[0]
    assert isinstance(element, Element) and [each.name for each in element.attributes] == ["a"]  # TG-32
    assert shape(read("<br phx-no-curly-interpolation>{@x}")) == [("br", []), "{@x}"]


def test_eex_forms() -> None:
    """TG-2: output, evaluation, comments, a literal `<%`."""
    text = "<%= @a %><% x = @b %><% f(x) %><%!-- <p> <%= @c %> {@d} --%><script><%%= x %></script>"
    assert shape(read(text)) == ["{@a}", "x=@b", "run f(x)", ("script", ["<%= x %>"])]
    root = read("a<%# old %>b")
    assert shape(root) == ["a", "b"]
    assert [(each.message, each.at) for each in root.warnings] == [("`<%# … %>` is deprecated", Location(1, 2))]


def test_places_after_a_literal_percent_and_after_trimming() -> None:
    """Characters that were left out are counted in columns."""
    assert error("<script><%% <%= a b %>").column == 17
    assert error("  <% x = 1 %>  \n\n  {a b}", trim=True).template_line == 3
    assert error("  <% x = 1 %>  \n\n  {a b}", trim=True).column == 4


def test_attribute_forms() -> None:
    """TG-12 to TG-15: bare, quoted both ways, over lines, expressions, root attributes."""
    root = read('<p a b=\'"\' c = "1\n2"\n{@rest} d={f"x{@y}"} é={ {\'k\': 1} }/>')
    element = root.children[0]
    assert isinstance(element, Element)
    got = [
        (each.name, each.value.source if isinstance(each.value, Code) else each.value, str(each.at))
        for each in element.attributes
    ]
    assert got == [
        ("a", None, "1:4"),
        ("b", Literal('"', "'"), "1:6"),
        ("c", Literal("1\n2", '"'), "1:12"),
        (None, "@rest", "3:1"),
        ("d", 'f"x{@y}"', "3:9"),
        ("é", "{'k': 1}", "3:22"),
    ]


def test_kinds_of_tags() -> None:
    """TG-10, TG-17, N1.9."""
    root = read("<br><br/><div/><wbr></wbr><.a/><a.b/><ui.Card.row></ui.Card.row><my-el.x/><svg:g/>")
    got: list[tuple[object, ...]] = []
    for node in root.children:
        if isinstance(node, Element):
            got.append(("Element", node.name, node.closing))
        elif isinstance(node, Component):
            got.append(("Component", node.name, (node.remote, node.self_closing)))
    assert got == [
        ("Element", "br", "void"),
        ("Element", "br", "void"),
        ("Element", "div", "self"),
        ("Element", "wbr", "block"),
        ("Component", "a", (False, True)),
        ("Component", "a.b", (True, True)),
        ("Component", "ui.Card.row", (True, False)),
        ("Element", "my-el.x", "self"),
        ("Element", "svg:g", "self"),
    ]


# -- structure


def test_blocks() -> None:
    """N1.8, TG-3: if/elif/else, for with generators and filters, match; nested."""
    text = "<%= if @a: %>1<% elif @b: %><%= for x in @xs if x for y in x: %>{y}<% end %><% else : %>3<% end %>"
    assert shape(read(text)) == [
        ("if", None, [("@a", ["1"]), ("@b", [("for", "x in @xs if x for y in x", [(None, ["{y}"])])]), (None, ["3"])])
    ]
    assert shape(read("<%= if @a: # why %>1<% else: # or %>2<% end # of it %>")) == [
        ("if", None, [("@a", ["1"]), (None, ["2"])])
    ]
    text = "<%= match @x: %>\n <%!-- c --%> <% case 1 | 2: %>a<% case [y] if y > @z: %>{y}<% case _: %><% end %>"
    assert shape(read(text)) == [("match", "@x", [("1 | 2", ["a"]), ("[y] if y > @z", ["{y}"]), ("_", [])])]


def test_components_and_slots() -> None:
    """FC-4 to FC-6, WS-5, WS-6: slots apart, whitespace after them gone, the rest verbatim."""
    text = "<.c>\n  <:a :let={x}> {x} </:a>\n  A\n  <:b/>\n  <:a></:a>{@y} </.c>"
    root = read(text)
    assert shape(root) == [(".c", ["\n  ", "A\n  ", "{@y}", " "], [(":a", [" ", "{x}", " "]), (":b", []), (":a", [])])]
    component = root.children[0]
    assert isinstance(component, Component)
    assert component.children[1].at == Location(3, 3)
    assert [(slot.self_closing, slot.special.let and slot.special.let.name) for slot in component.slots] == [
        (False, "x"),
        (True, None),
        (False, None),
    ]


def test_special_attributes() -> None:
    """TG-24, TG-25, TG-37: read into `Special`, with their places."""
    root = read("<p :if={@a} :for={i, x in @xs} :key={x.id} a={1}/>")
    element = root.children[0]
    assert isinstance(element, Element)
    special = element.special
    assert special and special.if_ and special.for_ and special.key
    assert (special.if_.source, special.for_.first.names, special.key.source) == ("@a", ("i", "x"), "x.id")
    assert (special.if_at, special.for_at, special.key_at) == (Location(1, 4), Location(1, 13), Location(1, 32))
    assert [each.name for each in element.attributes] == ["a"]
    assert not read("<p a/>").children[0].special  # type: ignore[union-attr]
    quirk = read("<p :if={@a} :key={x}/>").children[0]  # TG-29
    assert isinstance(quirk, Element) and quirk.special.key


@pytest.mark.parametrize(
    ("text", "single"),
    [
        ("<p>a</p>", True),
        (" \n<p/>\n ", True),
        ("<br>", True),
        ("<%!-- c --%>\n<p></p>\n<%!-- c --%>", True),
        ("<p :if={@a}></p>", False),
        ("<p :for={a in b}></p>", False),
        ("<p></p><p></p>", False),
        ("<p></p>{@a}", False),
        ("<!-- c --><p></p>", False),
        ("a<p></p>", False),
        ("<.c/>", False),
        ("<% x = 1 %><p></p>", False),
        ("", False),
    ],
)
def test_the_root_flag(text: str, single: bool) -> None:
    """TG-30: exactly one HTML tag without `:if`, `:for`, `:key`."""
    assert read(text).single_root is single


def test_deep_nesting_is_no_recursion() -> None:
    """The parser has a stack of its own."""
    depth = 20_000
    node = read("<b>" * depth + "</b>" * depth).children[0]
    for _ in range(depth - 1):
        assert isinstance(node, Element)
        (node,) = node.children
    assert isinstance(node, Element) and node.children == ()


# -- whitespace


def test_whitespace_at_the_ends_of_a_template() -> None:
    """WS-1, WS-2, VX-2: blank text tokens at both ends go, repeatedly; other text stays as it is."""
    assert pieces("\n  <p> a </p>  \n  ") == ["<p> a </p>"]
    assert pieces("\n  hi {@a}\n") == ["\n  hi ", ""]
    assert pieces(" <%!-- --%>\n<%!-- --%> {@a} <%!-- --%> ") == ["", ""]
    assert pieces("\r\na\r\n{@a}\r\nb") == ["\r\na\r\n", "\r\nb"]  # WS-7
    assert pieces(" \n ") == [""]


def test_trimming_of_template_files() -> None:
    """WS-3, WS-4, VX-21: around EEx tags, in files only."""
    text = "<p>\n  <%= @a %>\n\n\n</p>\n<%= @a %>  \nb"
    assert pieces(text, trim=True) == ["<p>\n", "\n</p>\n", "\nb"]
    assert pieces(text) == ["<p>\n  ", "\n\n\n</p>\n", "  \nb"]
    assert pieces(text.replace("<%= @a %>", "{@a}"), trim=True)[0] == "<p>\n  "


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a  <%= @a %>  b", ["a  ", "  b"]),
        ("a\n\n \n  <%= @a %>b", ["a\n", "b"]),
        ("a  \n  <%= @a %>", ["a  \n", ""]),
        ("a<%= @a %>  \n \n  b", ["a", "\n  b"]),
        ("a<%= @a %> \n \n ", ["a", ""]),
        ("a\n<%!-- c --%>\nb", ["a\n\nb"]),
        ("<%= @a %>\n  <%= @b %>", ["", "\n", ""]),
        ("a\r\n\r\n  <%= @a %>  \r\n\r\n b", ["a\r\n", "\r\n b"]),
        ("  <%= @a %>x", ["", "x"]),
    ],
)
def test_trimming_side_by_side(text: str, expected: list[str]) -> None:
    """WS-3: each side for itself; blanks on a line with text stay; at the end of the file nothing is left."""
    assert pieces(text, trim=True) == expected


# -- warnings


@pytest.mark.parametrize(
    ("text", "message", "at"),
    [
        ('<p a="b"c="d"/>', "no whitespace between an attribute value and the next attribute", "1:9"),
        ("<p a={1}{@b}/>", "no whitespace between an attribute value and the next attribute", "1:9"),
        ('<input name="id">', 'an input with name="id" hides the id of its form in the browser', "1:8"),
        ('<p id="a" phx-update="append"/>', 'phx-update="append" is deprecated', "1:11"),
        ("<div <b>x</div>", "the attribute name '<b' has a <", "1:6"),
        ("<p{@a}/>", "<p{@a}> is no name of an HTML tag", "1:1"),
        ('<b phx-clik="a"/>', "the client knows no phx-clik", "1:4"),
        ('<p class="a {@b.c}"/>', "{@b.c} in the quoted value of class is text: nothing is put in there", "1:4"),
        ('<.card title="{@b}"/>', "{@b} in the quoted value of title is text: nothing is put in there", "1:8"),
    ],
)
def test_warnings(text: str, message: str, at: str) -> None:
    """TG-16, TG-31, TG-34, and slips that the grammar lets through: told, not refused."""
    assert [(each.message, str(each.at)) for each in read(text).warnings] == [(message, at)]


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ('<ul id="u"><li :for={d, x in @streams.xs} id={d}/></ul>', "1:16"),
        ('<ul id="u"><.row :for={d, x in @streams.xs} id={d}/></ul>', "1:18"),
        ('<.card><ul id="u"><%= if @a: %><li :for={d, x in  @streams["xs"]} id={d}/><% end %></ul></.card>', "1:36"),
        ('<ul id="u" phx-update="stream"><li :for={d, x in @streams.xs} id={d}/></ul>', None),
        ("<ul {@rest}><li :for={d, x in @streams.xs} id={d}/></ul>", None),
        ("<li :for={d, x in @streams.xs} id={d}/>", None),
        ("<.list><li :for={d, x in @streams.xs} id={d}/></.list>", None),
        ('<ul id="u"><li :for={x in @xs} :if={x in @streams}/></ul>', None),
    ],
)
def test_streams_that_nothing_keeps(text: str, at: str | None) -> None:
    """ST-26: the tag around them, where it is known, says phx-update="stream"."""
    happened = 'a stream in a <ul> without phx-update="stream": the next message takes its items away'
    expected = [] if at is None else [(happened, at, 'write <ul id="…" phx-update="stream">')]
    assert [(each.message, str(each.at), each.cure) for each in read(text).warnings] == expected


@pytest.mark.parametrize(
    ("name", "cure"),
    [
        ("phx-clik", "did you mean phx-click?"),
        ("phx-onclick", "did you mean phx-click?"),
        ("phx-window-keypress", "did you mean phx-window-keyup?"),
        ("phx-debunce", "did you mean phx-debounce?"),
        ("phx-target", None),
        ("phx-value", "write phx-value-name={…}"),
        ("phx-vlaue-user-id", "write phx-value-user-id={…}"),
        ("phx-value-id", None),
        ("phx-my-hook", None),
        ("phx-sortable-group", None),
    ],
)
def test_names_of_bindings(name: str, cure: str | None) -> None:
    """One that is nearly the client's is told; one that may be read by a hook of the user's is not."""
    warnings = read(f'<p id="p" {name}="x"/>').warnings
    assert [each.cure for each in warnings] == ([] if cure is None else [cure])


@pytest.mark.parametrize(
    ("code", "cure"),
    [
        ("@x", "@x"),
        ("- @x", "@x"),
        ("_ @x", None),
        ("@x.name", "@x.name"),
        ("@xs[0]", "@xs[0]"),
        ("f'{@x}'", "f'{@x}'"),
        ("@x + 1", "@x + 1"),
        ("'a' if @x else 'b'", "'a' if @x else 'b'"),
        ("f(@x)", None),
        ("print(@x)", None),
        ("y = @x", None),
        ("(y := @x)", None),
        ("", None),
        ("[f(x) for x in @xs]", None),
    ],
)
def test_statements_that_show_nothing(code: str, cure: str | None) -> None:
    """An `=` is missing: what does nothing can only be meant to be shown."""
    if code.startswith("_"):
        with pytest.raises(TemplateSyntaxError):
            read(f"<% {code} %>")
        return
    told = [(each.message, str(each.at), each.cure) for each in read(f"<p><% {code} %></p>").warnings]
    assert told == ([] if cure is None else [(f"`<% {code} %>` shows nothing", "1:4", f"write `<%= {cure} %>`")])


def test_no_warnings_without_reason() -> None:
    """Ordinary markup."""
    assert read('<p data-json="{}" title="{a}" alt="@b {1}">{@c}</p>').warnings == ()
    text = '<input name="x" id="id"><p a="b" c=\'d\' e={1} f/><div phx-update="stream" {@rest}></div><my-el/><h1/>'
    assert read(text).warnings == ()


# -- all templates that were recorded


def templates() -> list[str]:
    found: list[str] = []
    for name in ("random.jsonl", "stateful.jsonl"):
        for line in (TRACES / "random" / name).read_text(encoding="utf-8").splitlines():
            case = json.loads(line)
            found.append(case["python"] if "python" in case else case["view"]["python"])
            found.extend(each["python"] for each in case["components"])
    return found


TEMPLATES = templates()


def test_all_recorded_templates_are_read() -> None:
    """174 traces, view and components: no error; some nest buttons and links, which is told and nothing else."""
    assert len(TEMPLATES) == 395
    for text in TEMPLATES:
        assert all(each.message.endswith("the page would not be what is written") for each in read(text).warnings)


# -- laws

PIECES = st.sampled_from(
    [
        "<p>",
        "</p>",
        "<br>",
        "<.c>",
        "</.c>",
        "<:s>",
        "</:s>",
        "<p ",
        "a=",
        '"',
        "'",
        ">",
        "/>",
        "{",
        "}",
        "@x",
        "x",
        " ",
        "\n",
        "<%= ",
        "<% ",
        "%>",
        "<%!--",
        "--%>",
        "<!--",
        "-->",
        "<script>",
        "</script>",
        "if @x:",
        "else:",
        "end",
        "for x in @y:",
        "match @z:",
        "case 1:",
        ":if={@a}",
        ":for={a in b}",
        ":key={a}",
        "<%= if @x: %>",
        "<% end %>",
        "<% else: %>",
        "<!doctype",
        "\\",
        "<",
        "é",
        "phx-no-curly-interpolation",
        "<%%",
    ]
)


def judged(text: str, *, trim: bool) -> None:
    try:
        root = read(text, trim=trim)
    except TemplateSyntaxError as caught:
        found = caught
    else:
        assert isinstance(root, Root)
        return
    lines = text.split("\n")
    assert 1 <= found.line <= len(lines)
    assert 1 <= found.column <= len(lines[found.line - 1]) + 1
    assert found.snippet


@given(st.text(), st.booleans())
def test_any_text_is_a_tree_or_a_template_syntax_error(text: str, trim: bool) -> None:
    """Law: nothing else comes out, and the place of an error is in the text."""
    judged(text, trim=trim)


@given(st.lists(PIECES, max_size=30).map("".join), st.booleans())
def test_any_pieces_are_a_tree_or_a_template_syntax_error(text: str, trim: bool) -> None:
    """The same for texts that look like templates."""
    judged(text, trim=trim)


@given(st.sampled_from(TEMPLATES), st.data())
def test_mutated_templates_are_a_tree_or_a_template_syntax_error(text: str, data: st.DataObject) -> None:
    """The same for valid templates with a piece cut out, or put in."""
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(len(text), start + 10)))
    judged(text[:start] + data.draw(st.one_of(PIECES, st.just(""))) + text[end:], trim=data.draw(st.booleans()))


@pytest.mark.parametrize(
    "unit",
    [
        "<p>{@a.b} x</p>\n",
        "{@a}",
        "<%= @a %>\n",
        "<%% ",
        "\n",
        " \n \n",
        "<!-- ",
        "<b>",
        "{",
        "\\{",
        "<p a='b'",
        '{"',
        "{f'{",
        "<%= if @a: %>",
        "x < ",
        "<.c><:s>",
        "(",
        "a.b",
        "{@a" + " + @a" * 50 + "}",
        "<% x = 1 %>  \n",
    ],
)
def test_time_grows_with_the_length_of_the_text(unit: str) -> None:
    """Law: linear; eight times the text costs about eight times as long, never sixty-four times."""

    def took(text: str) -> float:
        best = float("inf")
        for _ in range(3):
            start = time.process_time()
            with contextlib.suppress(TemplateSyntaxError):
                read(text, trim=True)
            best = min(best, time.process_time() - start)
        return best

    count = 1_500 // len(unit) + 1
    assert took(unit * count * 8) < 24 * took(unit * count) + 0.02
