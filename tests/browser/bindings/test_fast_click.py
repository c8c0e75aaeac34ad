"""Clicks that are facts of the template: always what `payloads.click` would send, or no answer."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liveview_core import LiveComponent, LiveView, heex, raw
from liveview_testing import View, live
from liveview_testing.browser.bindings import payloads
from liveview_testing.browser.bindings.actions import Send
from liveview_testing.browser.bindings.fast_click import aimed_click, fast_click
from liveview_testing.browser.page import page as wire
from liveview_testing.browser.page.finding.select import one
from liveview_testing.browser.page.node import Node
from liveview_testing.browser.page.tree.template_index import MOST
from liveview_testing.failures.exceptions import KitFailure
from liveview_testing.world.simulation.delivering.received import of_click, received


class Part(LiveComponent):
    """A component with a click of its own and one for the view."""

    render = heex(
        """<div id={@id}><button phx-click="p" phx-target={@myself}>x</button><button phx-click="v">y</button></div>"""
    )


class Page(LiveView):
    """Every kind of surroundings a click can have."""

    def mount(self, params: Any, session: Any, socket: Any) -> Any:
        return socket.assign(n=1, rows=(1, 2), event="dyn", attrs={"phx-click": "spread"}).stream(
            "items", [{"id": 1}, {"id": 2}]
        )

    def handle_event(self, event: str, params: Any, socket: Any) -> Any:
        params["mine"] = True  # nobody else may see this
        return socket.update("n", lambda n: n + 1)

    render = heex("""
    <main>
      <h1>{@n}</h1>
      <button id="a" phx-click="a">a</button>
      <button id="b" phx-click="b" phx-value-k="1" value="v">b</button>
      <div id="c" phx-click="c" phx-value-value="x"><span>inner</span><button phx-click="own">own</button></div>
      <button id="d" phx-click={@event}>dynamic</button>
      <button id="e" {@attrs}>spread</button>
      <button id="f" phx-click='[["push",{"event":"js"}]]'>command</button>
      <button id="g" phx-click="g" disabled>off</button>
      <section hidden><button phx-click="h">hidden</button></section>
      <form id="f1" phx-submit="s"><button phx-click="i">in a form</button></form>
      <fieldset disabled><button phx-click="j">j</button></fieldset>
      <label><button phx-click="k">k</button></label>
      <a href="/x"><span phx-click="l">l</span></a>
      <ul><li :for={row in @rows}><button phx-click="row" phx-value-row={row}>r</button><b phx-click="bold">b</b></li></ul>
      <ol id="items" phx-update="stream"><li :for={d, item in @streams.items} id={d}><i phx-click="it">i</i></li></ol>
      <div id="ignored" phx-update="ignore"><button phx-click="ig">i</button></div>
      <div style={@n > 1 and "display: none"}><button phx-click="styled">s</button></div>
      <.live_component module={Part} id="part" />
      <li phx-click="li">number</li><progress phx-click="pr" value="0.5"></progress>
    </main>
    """)


def agree(view: View) -> int:
    """Ask both of every element of the page; how many were fast."""
    fast = 0
    for node in view.dom.root.iter():
        found = fast_click(node)
        if found is not None:
            assert payloads.click(node) == (Send(found),), node
            assert of_click(found) == received("event", found)
            assert of_click(found).value is not found["value"]
            fast += 1
    return fast


def test_routine_is_what_payloads_say() -> None:
    """On a page with all that matters to a click, before and after it changes."""
    view = live(Page)
    before = agree(view)
    assert before >= 9
    view.element("#a").render_click()
    assert "<h1>2</h1>" in view.html
    assert agree(view) == before


@pytest.mark.parametrize("selector", ["#f", "#g", "section button", "form button", "fieldset button", "label button"])
def test_what_depends_is_not_routine(selector: str) -> None:
    """Commanded, disabled, hidden or surrounded: worked out by `payloads`."""
    node: Node = one(live(Page).dom, selector)
    assert fast_click(node) is None


def test_refusals_are_not_skipped() -> None:
    """What a user cannot click is refused on every path."""
    view = live(Page)
    for selector in ("#g", "section button", "fieldset button"):
        with pytest.raises(KitFailure):
            view.element(selector).render_click()


def test_each_click_sends_its_own_values() -> None:
    """A callback that changes its params changes nobody else's."""
    view = live(Page)
    view.element("#b").render_click()
    sent = fast_click(view.element("#b").node)
    assert sent == {"type": "click", "event": "b", "value": {"k": "1", "value": "v"}}


class Aims(LiveView):
    """Ids that are facts of the template, until a nested template, a row or a component brings the same one."""

    def mount(self, params: Any, session: Any, socket: Any) -> Any:
        return socket.assign(n=1, more=False, rows=(), part=False)

    def handle_event(self, event: str, params: Any, socket: Any) -> Any:
        return socket.update("n", lambda n: n + 1)

    def handle_info(self, msg: Any, socket: Any) -> Any:
        return socket.assign(**msg)

    render = heex("""
    <main>
      <h1>{@n}</h1>
      <button id="a" phx-click="a" phx-value-k="1">a</button>
      <div hidden><button id="h" phx-click="h">h</button></div>
      <form><button id="s" phx-click="s">s</button></form>
      <button id="j" phx-click='[["push",{"event":"js"}]]'>j</button>
      <p :if={@more}><i id="a">again</i></p>
      <b :for={row in @rows} id={row}>row</b>
      <.live_component :if={@part} module={Part} id="a" />
    </main>
    """)


def test_an_aim_is_what_payloads_say() -> None:
    """What the template alone settles is what looking for the element gives; the rest is not settled."""
    view = live(Aims)
    for _ in range(2):
        page = view.dom
        assert [aimed_click(page, f"#{each}") for each in ("h", "s", "j", "none")] == [None] * 4
        assert aimed_click(page, "i#a") is None
        found = aimed_click(page, "#a")
        assert aimed_click(page, "button#a") == found
        assert found is not None and payloads.click(one(page, "#a")) == (Send(found),)
        assert of_click(found) == received("event", found)
        view.element("#a").render_click()
    assert "<h1>3</h1>" in view.html


@pytest.mark.parametrize("again", [{"more": True}, {"rows": ("b", "a")}, {"part": True}])
def test_an_aim_at_two_is_no_aim(again: dict[str, Any]) -> None:
    """The id stands once more, in a nested template, a row or a component: the click is refused as ambiguous."""
    view = live(Aims, checks="ignore")
    view.element("#a").render_click()
    view.send(again)
    assert aimed_click(view.dom, "#a") is None
    with pytest.raises(KitFailure, match="2"):
        view.element("#a").render_click()
    view.send({name: () if name == "rows" else False for name in again})
    assert aimed_click(view.dom, "#a") is not None


class Many(LiveView):
    """Rows, a stream, branches, raw html and components that come and go, some with an id or a class that is there already."""

    def mount(self, params: Any, session: Any, socket: Any) -> Any:
        return socket.assign(n=0, rows=(1, 2), wide=(), more=False, raw="", attrs={}, part=None).stream("items", [])

    def handle_event(self, event: str, params: Any, socket: Any) -> Any:
        return socket.update("n", lambda n: n + 1)

    def handle_info(self, msg: Any, socket: Any) -> Any:
        name, value = msg
        return socket.stream_insert("items", value) if name == "items" else socket.assign({name: value})

    render = heex("""
    <main>
      <h1 id="h1">{@n}</h1>
      <nav id="nav"><button class="own" phx-click="own">own</button><i {@attrs} phx-click="i">i</i></nav>
      <ul><li :for={row in @rows} :key={row} id={f"row-{row}"} phx-click="row" phx-value-id={row}>
        <b>{row}</b> <button phx-click="in-row" phx-value-id={row}>x</button>
      </li></ul>
      <table><tr :for={row in @wide} id={f"row-{row}"} hidden={row == 2}><td phx-click="td">{row}</td></tr></table>
      <p :if={@more}><button class="own" phx-click="again">again</button><em id="row-1">em</em></p>
      <section>{@raw}</section>
      <ol id="items" phx-update="stream">
        <li :for={dom_id, item in @streams.items} id={dom_id}><span class={item["kind"]} phx-click="s">s</span></li>
      </ol>
      <.live_component :if={@part} module={Part} id={@part} />
    </main>
    """)


HAPPENINGS = st.one_of(
    st.tuples(st.just("rows"), st.lists(st.integers(1, 4), unique=True, max_size=4).map(tuple)),
    st.tuples(st.just("wide"), st.lists(st.integers(1, 4), unique=True, max_size=3).map(tuple)),
    st.tuples(st.just("more"), st.booleans()),
    st.tuples(st.just("raw"), st.sampled_from(["", raw('<button class="own" id="row-2">raw</button>')])),
    st.tuples(
        st.just("attrs"), st.sampled_from([{}, {"id": "nav"}, {"class": "own"}, {"phx-update": "ignore", "id": "x"}])
    ),
    st.tuples(st.just("part"), st.sampled_from([None, "row-1", "nav", "p"])),
    st.tuples(
        st.just("items"), st.fixed_dictionaries({"id": st.integers(1, 3), "kind": st.sampled_from(["own", "other"])})
    ),
)
AIMED = (
    *("button.own", ".own", "#nav button", "#nav", "#nav .own", "#nav i", "#row-1", "#row-1 button", "#row-2 td", "td"),
    *("li", "button#nav", "li#row-1", "#items-1 span", "span", "#row-1 b", "#p button", "main"),
)


@given(st.lists(HAPPENINGS, max_size=6))
def test_aims_are_true_on_every_page(happenings: list[tuple[str, Any]]) -> None:
    """Whatever came and went: an aim that answers answers for the one element that matches."""
    view = live(Many, checks="ignore")
    for happening in [("n", 1), *happenings]:
        view.send(happening)
        for selector in AIMED:
            found = aimed_click(view.dom, selector)
            if found is not None:
                assert (Send(found),) == payloads.click(one(view.dom, selector)), selector


def test_what_is_aimed_at() -> None:
    """A selector that the templates settle; a row by its id, and what is in it. No more, once another may match."""

    class Rows(Many):
        render = heex("""
        <nav id="nav"><button class="own" phx-click="own">own</button></nav>
        <ul><li :for={row in @rows} :key={row} id={f"row-{row}"}>
          <b>{row}</b> <button phx-click="in-row" phx-value-id={row}>x</button>
        </li></ul>
        <p :if={@more}><em class="own" phx-click="again">again</em></p>
        """)

    def aimed() -> list[str]:
        return [selector for selector in AIMED if aimed_click(view.dom, selector) is not None]

    view = live(Rows)
    # not `button.own`: a row's button has an attribute that is all value, and could be a class
    assert aimed() == ["#nav button", "#nav .own", "#row-1 button"]
    assert aimed_click(view.dom, "#row-2 button") == {
        "type": "click",
        "event": "in-row",
        "value": {"id": "2", "value": ""},
    }
    assert aimed_click(view.dom, "#row-3 button") is None
    view.send(("rows", ()))
    view.send(("more", True))
    assert aimed() == ["#nav button", "#nav .own"]


class Within(LiveView):
    """A view in another."""

    render = heex("""<button class="own" phx-click="inner">inner</button>""")


class Outer(LiveView):
    """A view around another."""

    render = heex("""<button class="own" phx-click="outer">outer</button>{live_render(@socket, Within, id="inner")}""")


def test_a_nested_view_may_match_too() -> None:
    """What a view's own templates settle does not settle what its nested views show."""
    with pytest.raises(KitFailure, match="2"):
        live(Outer).element("button.own").render_click()


@pytest.mark.parametrize(
    ("other", "slot"),
    [
        ("", {"s": ['<div id="nav"><button phx-click="y">y</button></div>']}),
        ("<p", ' id="nav"'),
        ("", {"s": ["<p", "><button>y</button></p>"], "k": {"0": {"0": ' id="nav"'}, "kc": 1}}),
    ],
)
def test_an_aim_below_an_id_that_stands_twice(other: str, slot: Any) -> None:
    """`#nav button`, and another element brings the id: as a template, in a value, as a row."""
    statics = ['<nav id="nav"><button phx-click="x">x</button></nav>' + other, "></p>" if other else ""]
    page = wire.Page.join({"s": statics, "0": "" if other else {"s": [""]}}).page
    assert (aimed_click(page, "#nav button") is None) == bool(other)  # who may have it is a fact of the template
    page = page.patch({"0": slot}).page
    assert len(page.by_id("nav")) == 2
    assert aimed_click(page, "#nav button") is None


def test_an_aim_below_an_id_that_another_may_have() -> None:
    """Rows whose id is all value: the page is asked, and the aim holds while none is the same."""
    statics = ['<nav id="nav"><button phx-click="x">x</button></nav>', ""]
    rows = {"s": ['<p id="', '"></p>'], "k": {"0": {"0": "a"}, "kc": 1}}
    page = wire.Page.join({"s": statics, "0": rows}).page
    assert aimed_click(page, "#nav button") is not None
    page = page.patch({"0": {"k": {"0": {"0": "nav"}, "kc": 1}}}).page
    assert aimed_click(page, "#nav button") is None


def test_a_row_that_lost_its_id_is_not_aimed_at() -> None:
    """What the list's tables said before a small message."""
    rows = {"s": ["<li", '><button phx-click="x">x</button></li>'], "k": {"0": {"0": ' id="row-1"'}, "kc": 1}}
    page = wire.Page.join({"s": ["<ul>", "</ul>"], "0": rows}).page
    assert page.by_id("row-1")
    page = page.patch({"0": {"k": {"0": {"0": ""}, "kc": 1}}}).page
    assert aimed_click(page, "#row-1 button") is None


@pytest.mark.parametrize(
    ("around", "row", "aimed"),
    [
        ("<ul>", '"><button phx-click="x"></button></li>', True),
        ("<ul hidden>", '"><button phx-click="x"></button></li>', False),
        ("<ul><!--", '"><button phx-click="x"></button></li>', False),
        ("<ul>", '" hidden><button phx-click="x"></button></li>', False),
        ("<ul>", '"><form><button phx-click="x"></button></form></li>', False),
        ("<ul>", '"><button phx-click="x"></button></li><li></li>', False),
        ("<ul>", '"><button phx-click="x"></button><button></button></li>', False),
    ],
)
def test_what_is_around_an_aim_in_a_row(around: str, row: str, aimed: bool) -> None:
    """Nothing there may matter to a click: neither in the row nor around the list."""
    rows = {"s": ['<li id="', row], "k": {"0": {"0": "row-1"}, "1": {"0": "row-2"}, "kc": 2}}
    page = wire.Page.join({"s": [around, "</ul>"], "0": rows}).page
    assert (aimed_click(page, "#row-1 button") is not None) == aimed


def test_an_aim_beside_a_container() -> None:
    """What is in a container is not the template's; what is outside of it is, whatever that holds."""
    stream = {"s": ['<li id="', '"></li>'], "k": {"kc": 0}, "stream": ["0", [], []]}
    statics = ['<ol id="o" phx-update="stream">', '</ol><b class="out" phx-click="o"></b>']
    ignored = '<div id="d" phx-update="ignore"><b class="in" phx-click="i"></b></div>'
    page = wire.Page.join({"s": [ignored + statics[0], statics[1]], "0": stream}).page
    assert aimed_click(page, ".out") is None  # what is ignored may have been given any class by another template
    assert aimed_click(page, "b.out") == {"type": "click", "event": "o", "value": {}}
    assert aimed_click(page, "b.in") is None


def test_a_selector_is_no_fact_of_the_shared() -> None:
    """An element may be called what something else is remembered under."""

    class Named(Many):
        render = heex("""
        <ids phx-click="own">x</ids>
        <ol id="items" phx-update="stream"><li :for={dom_id, item in @streams.items} id={dom_id}>{item["kind"]}</li></ol>
        """)

    view = live(Named)
    for number in range(2):
        view.send(("items", {"id": number, "kind": "k"}))
        view.element("ids").render_click()
    assert view.assigns.n == 2
    assert view.has_element("#items-1", "k")


def test_a_census_keeps_only_so_much() -> None:
    """A test that goes through ids by the thousand leaves no more behind, and gets the same answers."""
    view = live(Many, checks="ignore")
    census = view.dom.templates
    for number in range(MOST + 10):
        assert aimed_click(view.dom, f"#none-{number}") is None
    assert len(census.aims) <= MOST + 1
    assert aimed_click(view.dom, "#nav button") is None
