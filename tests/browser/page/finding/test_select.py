"""Selectors and the six lookup errors, against an independent engine, and what a lookup may cost."""

from __future__ import annotations

import gc
import re
from time import perf_counter
from typing import Any, cast

import pytest
from attrs import frozen
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from lxml.cssselect import CSSSelector

from liveview_testing.browser.page.finding.select import exists, find, one
from liveview_testing.browser.page.finding.selector_reader import plan
from liveview_testing.browser.page.node import same
from liveview_testing.browser.page.page import Page
from liveview_testing.failures.exceptions import ElementNotFound, ManyElements, SelectorError, TextNotFound

PAGE = """<div id="chat" class="pane left">
  <h1 data-kind="big title">Tea &amp; cake</h1>
  <ul id="items"><li class="row odd">one</li><li class="row" lang="en-GB">two <b>bold</b></li><li class="row odd own"></li></ul>
  <form id="f"><fieldset disabled><legend><input name="in-legend"></legend><input name="off"></fieldset>
    <input name="on" required><input type="checkbox" name="c" checked><select name="s"><option>a<option selected>b</select>
    <button id="go">Go  now</button></form>
  <p></p><p>alone</p>
</div>""".replace("<option>a<option selected>b", "<option>a</option><option selected>b</option>")


def page(html: str = PAGE) -> Page:
    return Page.join({"s": [html]}).page


def names(selector: str, text: str | re.Pattern[str] | None = None) -> list[str]:
    """What is found, each as tag and first attribute, or its text."""
    return [node.id or node.get("name") or node.get("class") or node.text for node in find(page(), selector, text)]


# --- matching ---------------------------------------------------------------------------------------------------------------

MATCHES: list[tuple[str, list[str]]] = [
    ("h1", ["Tea & cake"]),
    ("H1", ["Tea & cake"]),
    ("#chat", ["chat"]),
    (".row", ["row odd", "row", "row odd own"]),
    ("li.odd.own", ["row odd own"]),
    ("*.own", ["row odd own"]),
    ("[data-kind]", ["Tea & cake"]),
    ('[data-kind="big title"]', ["Tea & cake"]),
    ("[data-kind~=title]", ["Tea & cake"]),
    ("[data-kind^=big]", ["Tea & cake"]),
    ("[data-kind$=title]", ["Tea & cake"]),
    ('[data-kind*="g t"]', ["Tea & cake"]),
    ("[data-kind=BIG]", []),
    ('[data-kind="BIG TITLE" i]', ["Tea & cake"]),
    ("[lang|=en]", ["row"]),
    ("#chat li.own", ["row odd own"]),
    ("#chat > ul > li.own", ["row odd own"]),
    ("#chat > li", []),
    ("h1 + ul", ["items"]),
    ("h1 ~ form", ["f"]),
    ("h1 + form", []),
    ("li:first-child", ["row odd"]),
    ("li:last-child", ["row odd own"]),
    ("li:nth-child(2)", ["row"]),
    ("li:nth-child(odd)", ["row odd", "row odd own"]),
    ("li:nth-last-child(1)", ["row odd own"]),
    ("p:nth-of-type(2)", ["alone"]),
    ("p:last-of-type", ["alone"]),
    ("h1:only-of-type", ["Tea & cake"]),
    ("b:only-child", ["bold"]),
    ("p:empty", [""]),
    ("li:not(.odd)", ["row"]),
    ("li:not(:first-child)", ["row", "row odd own"]),
    ("li:is(.own, [lang])", ["row", "row odd own"]),
    ("li:has(b)", ["row"]),
    ("ul:has(> li > b)", ["items"]),
    ("li:has(+ .own)", ["row"]),
    ("ul:has(> b)", []),
    ("input:checked", ["c"]),
    ("option:checked", ["b"]),
    ("input:required", ["on"]),
    ("input:disabled", ["off"]),
    ("input:enabled", ["in-legend", "on", "c"]),
    ("fieldset:disabled", [""]),
    ("button, h1", ["Tea & cake", "go"]),
    (":scope > div", ["chat"]),
    ("#items li, #items li.odd", ["row odd", "row", "row odd own"]),
    ("li:not(.own, [lang])", ["row odd"]),
    ("li:not(:not(.own))", ["row odd own"]),
    ("li:is(:not(.odd), .own)", ["row", "row odd own"]),
    ("li:where(.own, :has(> b))", ["row", "row odd own"]),
    ("ul:not(:has(i, > b))", ["items"]),
    ('li:not([lang="a, (b)"], .own /* ), */)', ["row odd", "row"]),
    ("li:nth-child(2 of .odd)", ["row odd own"]),
    ("li:nth-last-child(1 of :not(.own))", ["row"]),
    ("input:optional:not(:disabled, :checked)", ["in-legend"]),
]


@pytest.mark.parametrize(("selector", "found"), MATCHES)
def test_matches(selector: str, found: list[str]) -> None:
    """What each kind of selector finds, in document order, each element once."""
    got = [
        node.id or node.get("name") or ("" if node.tag == "fieldset" else node.get("class") or node.text)
        for node in find(page(), selector)
    ]
    assert got == found


def test_search_below_a_node_is_query_selector_all() -> None:
    """Only descendants are found, but what is around them counts for the selector; `:scope` is the node."""
    items = one(page(), "#items")
    assert [node.text for node in find(items, "div li b")] == ["bold"]
    assert [node.text for node in find(items, "#chat b")] == ["bold"]
    assert find(items, "#items") == []
    assert len(find(items, ":scope > li")) == 3


def test_limit() -> None:
    """A search stops when it has enough."""
    assert len(find(page(), "li", limit=2)) == 2


def test_text_filter() -> None:
    """A substring or a pattern of the descendant text, whitespace collapsed and trimmed (test-client.md 1.2)."""
    assert names("li", "two bold") == ["row"]
    assert names("button", "Go now") == ["go"]
    assert names("h1", "Tea & cake") == ["Tea & cake"]
    assert names("li", re.compile(r"^(one|two)")) == ["row odd", "row"]
    assert names("li", re.compile("^bold")) == []
    assert exists(page(), "li", "one")
    assert not exists(page(), "li", "three")


SELECTORS = [
    "div", "p", "*", ".a", ".b.a", "#x", "#x p", "#x > .a", "div .a", "div > p", "p + div", "p ~ div", "p:first-child",
    "p:last-child", "div:nth-child(2n)", "div:nth-child(-n+2)", "div:nth-of-type(2)", "p:nth-last-child(2)", "p:only-child",
    "div:empty", "div:not(.a)", "p:not(div > p)", "div:has(p)", "div:has(> .a)", "p:has(+ div)", "div:is(.a, .b) p", "[k]",
    "[k=v]", "[k^=v]", "div [k*=w]", "div, .a", "p, div p", "#x .a .b", "p.a:only-of-type", "div:first-of-type > p",
    "p:nth-last-of-type(odd)", "#x ~ p", "#x + p .b", "#x *", "* > #x",
]  # fmt: skip


@frozen
class Drawn:
    """An element, and how its children reach the page: in the same template, in one of their own, or as rows of a list."""

    tag: str
    attribute: str
    children: list[Drawn]
    how: str

    def html(self) -> str:
        inside = "".join(child.html() for child in self.children)
        return f"<{self.tag}{self.attribute}>{inside}</{self.tag}>"

    def template(self) -> dict[str, Any]:
        """As a diff with templates in it; ids and classes are dynamic values."""
        name, _, value = self.attribute.strip().rstrip('"').partition('="')
        statics: list[str]
        dynamics: list[Any]
        statics, dynamics = [f'<{self.tag} {name}="' if name else f"<{self.tag}"], [value if name else ""]
        statics.append('">' if name else ">")
        if self.how == "rows":
            rows = {str(at): {"0": child.template()} for at, child in enumerate(self.children)}
            dynamics.append({"s": ["", ""], "k": {**rows, "kc": len(rows)}} if rows else "")
            statics.append("")
        else:
            for child in self.children:
                dynamics.append(child.template() if self.how == "nested" else {"s": [child.html()]})
                statics.append("")
        statics[-1] += f"</{self.tag}>"
        return {"s": statics, "r": 1, **{str(at): value for at, value in enumerate(dynamics)}}


ATTRIBUTES = st.sampled_from(["", ' class="a"', ' class="b a"', ' class="b"', ' id="x"', ' k="v"', ' k="w v"'])
DRAWN = st.recursive(
    st.builds(Drawn, st.sampled_from(["div", "p"]), ATTRIBUTES, st.just([]), st.just("plain")),
    lambda inner: st.builds(
        Drawn,
        st.sampled_from(["div", "div", "p"]),
        ATTRIBUTES,
        st.lists(inner, max_size=4),
        st.sampled_from(["plain", "nested", "rows"]),
    ),
    max_leaves=14,
)


@given(DRAWN, st.sampled_from(SELECTORS))
def test_finds_what_another_engine_finds(drawn: Drawn, selector: str) -> None:
    """Law: the result is that of lxml's engine, in the same order, however the page is made of templates."""
    tree = etree.fromstring(drawn.html())
    numbers = {element: at for at, element in enumerate(tree.iter())}
    matching = cast("list[etree._Element]", CSSSelector(selector, translator="html")(tree))
    expected = [numbers[element] for element in matching]
    for ours in (page(drawn.html()), Page.join(drawn.template()).page):
        order = {same(node): at for at, node in enumerate(ours.root.iter())}
        assert len(order) == len(numbers)
        assert [order[same(node)] for node in find(ours, selector)] == expected
        assert [order[same(node)] for node in find(ours, selector, limit=1)] == expected[:1]
        for node in ours.root.iter():
            below = {same(inner) for inner in node.iter()}
            assert [same(inner) for inner in find(node, selector)] == [
                same(found) for found in find(ours, selector) if same(found) in below
            ]


# --- what cannot be used ----------------------------------------------------------------------------------------------------

SUPPORTED = (
    "tag #id .class [attribute] (= ~= |= ^= $= *=), :not() :is() :where() :has() :scope :empty :first-child :last-child"
    " :only-child :nth-child() :nth-last-child() :first-of-type :last-of-type :only-of-type :nth-of-type()"
    " :nth-last-of-type() :checked :disabled :enabled :required, the combinators space > + ~, and lists with a comma"
)

REFUSED = [
    ("p:hover", ':hover is not matched\n  cure: what can be used: ' + SUPPORTED),
    ("p:first-chidl", ":first-chidl is not matched\n  cure: perhaps :first-child"),
    ("p:contains('x')", ":contains() is not matched\n  cure: give the text beside the selector: element(selector, text)"),
    ("p::before", "a pseudo-element is no element of the page\n  cure: what can be used: " + SUPPORTED),
    ("svg|a", "namespaces are not matched\n  cure: leave the namespace out"),
    ("[a!=b]", "the operator != is no CSS\n  cure: :not([a=…])"),
    (
        "[data-id=1]",
        "Expected string or ident, got <NUMBER '1' at 9>\n"
        '  cure: put the value of an attribute in quotes: [data-id="1"]',
    ),
    ("p:not(.a", "Expected ')', got <EOF at 8>\n  cure: what can be used: " + SUPPORTED),
    ("p:not(.a, )", "Expected selector, got <EOF at 4>\n  cure: what can be used: " + SUPPORTED),
    ("p:is(a:hover)", ":hover is not matched\n  cure: what can be used: " + SUPPORTED),
    ("p:nth-child(x of a)", ":nth-child() needs odd, even, a number, or 2n+1\n  cure: what can be used: " + SUPPORTED),
    ("p:nth-child(x)", ":nth-child() needs odd, even, a number, or 2n+1\n  cure: what can be used: " + SUPPORTED),
    ("", "Expected selector, got <EOF at 0>\n  cure: what can be used: " + SUPPORTED),
]  # fmt: skip


@pytest.mark.parametrize(("selector", "words"), REFUSED)
def test_refused_selectors(selector: str, words: str) -> None:
    """What the kit does not match is said with what it does."""
    with pytest.raises(SelectorError) as caught:
        find(page(), selector)
    assert str(caught.value) == f'cannot use the selector "{selector}": {words}'


# --- the six lookup errors (TK-2, test-client.md 1.2) -----------------------------------------------------------------------


def test_no_element() -> None:
    """1 and 3: what comes near is found by id, class, attribute or tag; a part that matches is named."""
    with pytest.raises(ElementNotFound) as caught:
        one(page(), "#itmes")
    assert str(caught.value).splitlines()[:4] == [
        'no element matches "#itmes"',
        "  expected: one element in the page",
        "  got: none",
        '  nearest: ul#items  <ul id="items"><li class="row odd">one</li><li class="row" lang="en-GB">two <b>bold</b></li>'
        '<li class="row odd own"></li></ul>',
    ]
    with pytest.raises(ElementNotFound) as caught:
        one(page(), "#items li.onw", "x")
    assert str(caught.value) == (
        'no element matches "#items li.onw"\n'
        '  expected: one element in the page, to have the text "x"\n'
        '  got: none: "#items" matches, the rest of the selector does not\n'
        '  nearest: li.row.odd  <li class="row odd">one</li>\n'
        '    li.row.odd  <li class="row odd own"></li>\n'
        "  cure: take the nearest, or look at the page: print(view.render())"
    )
    with pytest.raises(ElementNotFound) as caught:
        one(page(), "[name=onn]")
    assert '  nearest: input[name="on"]  <input name="on" required>' in str(caught.value)
    with pytest.raises(ElementNotFound) as caught:
        one(page(), "buton")
    assert "  nearest: button#go" in str(caught.value)
    for name, near in (("go", "button#go"), ("own", 'li.row.odd  <li class="row odd own">')):  # a name without its sign
        with pytest.raises(ElementNotFound) as caught:
            one(page(), name)
        assert f"  nearest: {near}" in str(caught.value)


def test_many_elements() -> None:
    """2 and 6."""
    with pytest.raises(ManyElements) as caught:
        one(page(), "li.odd")
    assert str(caught.value) == (
        '2 elements match "li.odd", one was meant\n'
        "  expected: exactly one element\n"
        '  got: <li class="row odd">one</li>\n'
        '    <li class="row odd own"></li>\n'
        "  cure: a narrower selector (an id, a parent), or a text that only one of them has"
    )
    with pytest.raises(ManyElements) as caught:
        one(page(), "li", "o")
    assert str(caught.value).splitlines()[0] == '2 elements match "li" with the text "o", one was meant'
    assert "got: 2 of the 3 that match the selector" in str(caught.value)


def test_no_such_text() -> None:
    """4 and 5."""
    with pytest.raises(TextNotFound) as caught:
        one(page(), "h1", "Tea and cake")
    assert str(caught.value) == (
        'the element "h1" does not have the text "Tea and cake"\n'
        '  expected: the text "Tea and cake" (whitespace collapsed, descendants included)\n'
        '  got: <h1 data-kind="big title">Tea &amp; cake</h1>\n'
        '  nearest: "Tea & cake"\n'
        "  cure: look at the page: print(view.render()), or view.open_browser()"
    )
    with pytest.raises(TextNotFound) as caught:
        one(page(), "li", re.compile("three"))
    assert str(caught.value).splitlines()[0] == 'none of the 3 elements "li" has a text matching /three/'


# --- what it costs ----------------------------------------------------------------------------------------------------------


def rows(count: int) -> Page:
    """A list of rows with ids, one of them with a button of its own class."""
    row = ['<li id="row-', '"><span>', "</span><button", ">x</button></li>"]
    entries: dict[str, object] = {
        str(at): {"0": str(at), "1": f"text {at}.", "2": ' class="own"' if at == count - 3 else ""}
        for at in range(count)
    }
    return Page.join({"s": ["<h1>t</h1><ul>", "</ul>"], "0": {"s": row, "k": {**entries, "kc": count}}}).page


LOOKUPS: list[tuple[str, str | None]] = [("#row-500 button", None), ("button.own", None), ("li", "text 900.")]


@pytest.mark.parametrize(("selector", "text"), LOOKUPS)
def test_a_lookup_costs_what_changed(selector: str, text: str | None) -> None:
    """Law: after a one-row change, a lookup on 10,000 rows costs at most half more than on 1,000."""

    def versions(count: int) -> list[Page]:
        page = rows(count)
        assert len(find(page, selector, text)) == 1  # and everything is learnt
        return [page.patch({"0": {"k": {"7": {"1": f"changed {at}"}, "kc": count}}}).page for at in range(300)]

    def cost(page: Page) -> float:
        start = perf_counter()
        found = find(page, selector, text, limit=2)
        spent = perf_counter() - start
        assert len(found) == 1
        return spent

    few, many = versions(1_000), versions(10_000)
    gc.disable()
    try:
        # In turns, on fresh versions (asking one twice would measure its memory); the minimum is what the work itself costs.
        rounds = [(cost(small), cost(large)) for small, large in zip(few, many, strict=True)]
    finally:
        gc.enable()
    small, large = (min(costs) for costs in zip(*rounds, strict=True))
    assert large <= 1.5 * small, (small, large)


def test_plans_are_cached() -> None:
    """A selector is read once."""
    assert plan("#a > b") is plan("#a > b")


# --- what no template says --------------------------------------------------------------------------------------------------

MARKED = {
    "s": ["<main>", '<ol id="items" phx-update="stream">', "</ol></main>"],
    "0": 1,
    "1": {
        "s": ['<li id="', '"></li>'],
        "k": {"0": {"0": "i-1"}, "kc": 1},
        "stream": ["0", [["i-1", -1, None, False]], []],
    },
    "c": {"1": {"s": ['<p class="part"><b></b></p>']}},
}


@pytest.mark.parametrize(
    ("selector", "tags"),
    [
        ("[data-phx-component]", ["p"]),
        ('[data-phx-component="1"]', ["p"]),
        ('[data-phx-component="2"]', []),
        ("p:not([data-phx-component])", []),
        (":is([data-phx-component], [data-phx-stream])", ["p", "li"]),
        ("[data-phx-stream]", ["li"]),
        ("[data-phx-component] > b", ["b"]),
        ("ol:has([data-phx-stream])", ["ol"]),
    ],
)
def test_the_browsers_own_marks(selector: str, tags: list[str]) -> None:
    """Components and streams' rows carry attributes that no template has."""
    page = Page.join(MARKED).page
    assert [node.tag for node in find(page, selector)] == tags


def test_attributes_that_an_ignored_element_kept() -> None:
    """They are those of the template that was there when the element came."""
    first = {"s": ['<div id="d" phx-update="ignore" class="early" required></div>']}
    page = Page.join({"s": ["<main>", "</main>"], "0": first}).page
    page = page.patch({"0": {"s": ['<div id="d" phx-update="ignore" class="late" lang="de"></div>']}}).page
    assert page.html() == '<main><div id="d" phx-update="ignore" class="early" required></div></main>'
    for selector in (".early", "div.early", "[required]", ":not(.late)", ":is(.early)", "main > .early"):
        assert "d" in [node.id for node in find(page, selector)], selector
    for selector in (".late", "[lang]", "div:not(.early)", ":is(.late)"):
        assert find(page, selector) == [], selector


def test_a_component_in_a_container() -> None:
    """A child of a stream's container that is a component, in a row of a list."""
    part = {"s": ['<li id="part"><button class="own"></button></li>']}
    row = {"0": ' phx-update="stream" id="x"', "1": 1}
    page = Page.join(
        {"s": ["<ul>", "</ul>"], "0": {"s": ["<ol", ">", "</ol>"], "k": {"0": row, "kc": 1}}, "c": {"1": part}}
    ).page
    assert [node.tag for node in find(page, "button.own")] == ["button"]
    assert [node.id for node in find(page, "ol > li")] == ["part"]


@pytest.mark.parametrize(
    ("selector", "number"),
    [
        (".a.b", "2"),
        (r".a\.b", "1"),
        ("p#a.b", "4"),
        (r"p#a\.b", "3"),
        (r"#a\.b", "3"),
        (r"main #a\.b", "3"),
        ('[lang="x"][dir="y"]', "6"),
        ("""[lang='x"][dir="y']""", "5"),
    ],
)
def test_names_that_look_like_selectors(selector: str, number: str) -> None:
    """What is remembered of a selector is not what another one asks that reads the same without its escapes."""
    html = """<main><p n="1" class="a.b"></p><p n="2" class="a b"></p><p n="3" id="a.b"></p><p n="4" id="a" class="b"></p>
        <p n="5" lang='x"][dir="y'></p><p n="6" lang="x" dir="y"></p></main>"""
    numbers = [node.get("n") for node in find(page(html), selector)]
    assert numbers == [number]


def test_raw_html_that_a_container_kept() -> None:
    """The page is sent anew, its containers keep what no template knows."""
    rows = {
        "s": ['<li id="', '">', "</li>"],
        "k": {"0": {"0": "i-1", "1": '<b class="raw"></b>'}, "kc": 1},
        "stream": ["0", [["i-1", -1, None, False]], []],
    }
    nothing = {**rows, "k": {"kc": 0}, "stream": ["0", [], []]}
    page = Page.join({"s": ['<ol id="o" phx-update="stream">', "</ol>"], "0": rows}).page
    page = page.patch({"s": ['<main><ol id="o" phx-update="stream">', "</ol></main>"], "0": nothing}).page
    assert [node.tag for node in find(page, "main .raw")] == ["b"]
