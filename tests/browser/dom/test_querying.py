"""Selectors over the whole DOM: what the pages' own searches find is what a walk finds, whatever the client did to it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liveview_core import JS, LiveView, Socket, heex
from liveview_testing import Page, Simulation
from liveview_testing.browser.dom import querying
from liveview_testing.browser.dom.forms import form_of
from liveview_testing.browser.dom.node import DomNode, root
from tests.harness.examples import examples


class Inner(LiveView):
    """A list of its own, inside of the other."""

    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(rows=("x", "y"))

    def handle_info(self, msg: Any, socket: Socket) -> Socket:
        return socket.assign(rows=msg)

    render = heex('<li :for={row in @rows} class={row}>{row}</li><p class="a">end</p>')


class Sender(Inner):
    """The same, and a portal out of it: into the list of the page around."""

    render = heex(
        """<.portal id="out" target="#list"><li id="p4" class="b"><b>{hd(@rows)}</b><p>4</p></li></.portal>
        <li :for={row in @rows} class={row}>{row}</li><p class="a">end</p>""",
        names={"hd": lambda rows: rows[0] if rows else ""},
    )


class Lists(LiveView):
    """Lists that grow and shrink, rows that leave slowly, a view in a row, and buttons that write on all of it."""

    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(rows=("a", "b", "a")).stream("items", [{"id": at} for at in range(3)])

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        if event == "stream":
            return socket.stream_insert("items", {"id": params["id"]}, at=0).stream_delete("items", {"id": 1})
        return socket.assign(rows=tuple(params["rows"]))

    render = heex(
        """
        <button id="write" phx-click={JS.add_class("a b", to="#r1").remove_class("a", to="#r0").hide(to="ol")}>w</button>
        <input id="field" name="q" class="a" />
        <ul id="list" class="lists">
          <li :for={at, row in enumerate(@rows)} id={f"r{at}"} class={row} phx-remove={JS.hide(transition="fade", time=200)}>
            <b class={row}>{row}</b><i>{at}</i>
          </li>
          <p>last of all</p>
        </ul>
        <ol id="stream" phx-update="stream"><li :for={dom_id, row in @streams.items} id={dom_id}>{row["id"]}</li></ol>
        <div id="around">{live_render(Inner, id="inner")}</div>
        """,
        names={"JS": JS, "Inner": Inner},
    )


class Portals(Lists):
    """The same, and portals: into a list, into a view inside, into another portal, and to where nothing is."""

    render = heex(
        """
        <.portal id="one" target="#list"><li id="p1" class="a"><b>{length(@rows)}</b><i class="b">i</i></li></.portal>
        <.portal :if={"a" in @rows} id="two" target="#inner"><p id="p2" class="b"><i>two</i></p></.portal>
        <.portal id="three" target="#p1"><p id="p3"><b class="a">{hd(@rows)}</b></p></.portal>
        <button id="write" phx-click={JS.add_class("a b", to="#r1").remove_class("a", to="#r0").add_class("a", to="#p1")}>w</button>
        <input id="field" name="q" class="a" />
        <ul id="list" class="lists">
          <li :for={at, row in enumerate(@rows)} id={f"r{at}"} class={row}><b class={row}>{row}</b><i>{at}</i></li>
        </ul>
        <ol id="stream" phx-update="stream"><li :for={dom_id, row in @streams.items} id={dom_id}>{row["id"]}</li></ol>
        <div id="around">{live_render(Sender, id="inner")}</div><p class="a">last</p>
        """,
        names={"JS": JS, "Sender": Sender, "length": len, "hd": lambda rows: rows[0] if rows else ""},
    )


COMPOUNDS = (
    "li",
    ".a",
    "*",
    "b",
    "p",
    "#r1",
    "#p1",
    "#p4",
    "#list",
    "li.a",
    "[class]",
    "[id]",
    "ul",
    "i",
    "div",
    ":not(.a)",
    "input",
    "html",
    "body",
)
PLACES = ("", ":first-child", ":last-child", ":only-child", ":nth-child(2)", ":nth-child(2n+1)", ":nth-last-child(2)")
MORE = (
    ":first-of-type",
    ":last-of-type",
    ":only-of-type",
    ":nth-of-type(2)",
    ":nth-last-of-type(1)",
    ":empty",
)
OTHER = (":nth-child(1 of .a)", ":has(b)", ":is(.a, .b)", ":not(:last-child)", ":checked", ".phx-click-loading")
COMPOUND = st.builds("{}{}".format, st.sampled_from(COMPOUNDS), st.sampled_from((*PLACES, *PLACES, *MORE, *OTHER)))
SELECTOR = st.lists(st.tuples(st.sampled_from((" ", " > ", " + ", " ~ ", ", ")), COMPOUND), min_size=1, max_size=3).map(
    lambda parts: "".join(f"{between}{each}" for between, each in parts).lstrip(" >+~,")
)
ROWS = st.lists(st.sampled_from(("a", "b", "c")), max_size=5)


def changed(page: Page, how: str, rows: list[str]) -> None:
    view = page.view
    match how:
        case "rows":
            view.render_click("rows", {"rows": rows})
        case "stream":
            view.render_click("stream", {"id": len(rows) + 3})
        case "inner":
            inner = view.find_live_child("inner")
            assert inner is not None
            inner.send(tuple(rows))
        case "write":
            page.locator("#write").click()
        case "type":
            page.locator("#field").press_sequentially("x")
        case _:
            page.wait_for_timeout(100)


HOW = st.sampled_from(("rows", "rows", "stream", "inner", "write", "type", "wait"))


@examples(25)
@given(
    st.sampled_from([Lists, Lists, Portals]),
    st.lists(st.tuples(HOW, ROWS), max_size=4),
    st.lists(SELECTOR, min_size=3, max_size=5),
)
def test_the_search_is_the_walk(
    view: type[LiveView], changes: list[tuple[str, list[str]]], selectors: list[str]
) -> None:
    page = Simulation(checks={"duplicate id": "ignore"}).page(view)
    for how, rows in (("wait", []), *changes):
        changed(page, how, rows)
        top = root(page.state.document)
        for selector in selectors:
            for scope in (top, *querying.walk(top, "#list, #around, #p1, #p4, body")):
                found = querying.find(scope, selector)
                assert [node.key for node in found] == [node.key for node in querying.walk(scope, selector)], selector
                assert querying.find(scope, selector, limit=1) == found[:1]


@pytest.mark.parametrize(
    "selector",
    ["#list li:nth-last-child(2)", "li:nth-child(2) > b", "ol li:nth-last-of-type(2)", "body li", "i:only-of-type"],
)
@pytest.mark.parametrize("how", ["wait", "write", "type", "rows"])
def test_places_are_no_walk(monkeypatch: pytest.MonkeyPatch, selector: str, how: str) -> None:
    """Also where the client wrote on something, and a view is inside."""
    page = Simulation().page(Lists)
    changed(page, how, ["a", "b", "c", "d"])

    def walked(*_: object) -> list[DomNode]:
        raise AssertionError("walked")

    monkeypatch.setattr(querying, "walk", walked)
    assert querying.find(root(page.state.document), selector)


def test_what_is_leaving_has_its_place() -> None:
    """A row that is still fading stands among the others, as in a browser."""
    page = Simulation().page(Lists)
    changed(page, "rows", ["a"])
    ids = ["r0", "r1", "r2", None]
    for seen in (ids, ["r0", None]):
        for at, dom_id in enumerate(seen):
            for selector in (f"#list > :nth-child({at + 1})", f"#list > :nth-last-child({len(seen) - at})"):
                assert page.locator(selector).get_attribute("id") == dom_id, selector
        page.wait_for_timeout(300)


def test_has_is_asked_of_the_document() -> None:
    """Of what a command is for, too."""

    class View(LiveView):
        render = heex(
            """<button phx-click={JS.add_class("on", to="li:has(> b)")}>on</button><li><b>1</b></li><li id="x"><i>2</i></li>""",
            names={"JS": JS},
        )

    page = Simulation().page(View)
    page.get_by_role("button").click()
    page.wait_for_timeout(50)
    assert [each.get_attribute("class") for each in page.locator("li").all()] == ["on", None]


class Apart(LiveView):
    """What is in a template is no part of the document, though it comes first."""

    render = heex(
        '<template><p id="in" class="x">t</p></template><noscript><p class="x">n</p></noscript><p id="out" class="x">p</p>'
        '<form id="f"><input form="g"></form><template><form id="g"></form></template>'
    )


def test_what_is_apart_comes_before() -> None:
    """Also where one element is asked for, and where an id is."""
    document = Simulation(checks={"form without id": "ignore"}).page(Apart).state.document
    top = root(document)
    assert [node.id for node in querying.find(top, ".x", limit=1)] == ["out"]
    assert [node.id for node in querying.find(top, ".x")] == ["out"]
    assert (querying.with_id(document, "in"), querying.with_id(document, ""), querying.with_id(document, None)) == (
        None,
    ) * 3
    there = querying.with_id(document, "out")
    assert there is not None and there.id == "out"
    (field,) = querying.find(top, "input")
    assert form_of(field) is None


@pytest.mark.parametrize(
    "dom_id", ["1", "a.b", "a:b", "a b", "#", "ä", "-", 'q"', "a\\b", "a\nb", ".phx-click-loading", "[class]"]
)
def test_any_id(dom_id: str) -> None:
    """Whatever it is made of."""

    class Odd(LiveView):
        render = heex("<i></i><b id={@dom_id}>b</b>")

        def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
            return socket.assign(dom_id=dom_id)

    found = querying.with_id(Simulation().page(Odd).state.document, dom_id)
    assert found is not None and found.tag == "b"


def test_document_order() -> None:
    """Two elements that were found in another order, one, and none."""
    top = root(Simulation().page(Lists).state.document)
    first, second = (querying.find(top, selector)[0] for selector in ("#r0", "#r1"))
    assert querying.in_order([second, first]) == querying.in_order([first, second]) == [first, second]
    assert (querying.in_order([second]), querying.in_order([])) == ([second], [])


def test_what_a_view_inside_puts_out_of_itself() -> None:
    """It stands among what is at the target, and not with its view."""
    top = root(Simulation(checks={"duplicate id": "ignore"}).page(Portals).state.document)
    for selector in ("li", "b", "p", ".a", "#list p", "#list > *"):
        found = querying.find(top, selector)
        assert [node.key for node in found] == [node.key for node in querying.walk(top, selector)], selector
    assert [node.id for node in querying.find(top, "#list > *")] == [
        "r0",
        "r1",
        "r2",
        "_lv_portal_wrap_one",
        "_lv_portal_wrap_out",
    ]
