"""How many there are, one of them by its number, and what a list says: what is kept of rows is what the rules find now."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from liveview_core import JS, LiveComponent, LiveView, Socket, heex
from liveview_testing import Page, Simulation, expect
from liveview_testing.browser.accessibility.dom import Document, Structure
from liveview_testing.browser.accessibility.queries import full_text
from liveview_testing.browser.dom.node import root
from liveview_testing.browser.page.finding import fast_counting
from liveview_testing.user.locators.finding.css_reader import read_css
from liveview_testing.user.locators.finding.fast import full_texts, many
from liveview_testing.user.locators.finding.query import ByRole, BySelector, LocatorStep, Nth, Query
from liveview_testing.user.locators.finding.reading import Reading
from tests.harness.examples import examples


class Cell(LiveComponent):
    """A component in a row: what it shows changes without the row."""

    def update(self, assigns: Any, socket: Socket) -> Socket:
        return socket.assign(assigns).assign(more=False)

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        return socket.update("more", lambda more: not more)

    render = heex(
        """<b><i phx-click="more" phx-target={@myself} class="more">{@text}</i><button :if={@more}>x</button></b>"""
    )


class Lists(LiveView):
    """Lists in all that can be around one, rows of what can be in one."""

    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        rows = session["rows"]
        socket = socket.assign(rows=rows, around="list", gone=False, shut=True)
        items = [{"id": f"s{at}", "row": row} for at, row in enumerate(rows)]
        return socket.stream("items", items).stream("sums", items)

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        rows = socket.assigns.rows
        match event:
            case "put":
                at = int(params["at"]) % (len(rows) + 1)
                socket = socket.stream_insert("items", {"id": f"s{at}", "row": params["row"]}, at=at)
                return socket.assign(rows=(*rows[:at], params["row"], *rows[at + 1 :]))
            case "drop":
                for name in ("items", "sums"):
                    socket = socket.stream_delete(name, {"id": "s0"})
                return socket.assign(rows=rows[1:])
            case "around":
                return socket.assign(around=params["role"], gone=params["gone"], shut=params["shut"])
            case _:
                return socket

    render = heex(
        """
        <button id="js" phx-click={JS.toggle_class("odd", to="#r1").toggle(to="#ul")}>go</button>
        <button id="in" phx-click={JS.toggle(to="#items-s1")}>in</button>
        <header><button>outside</button></header>
        <div class="k" hidden={@gone}>
          <ul id="ul" role={@around} class={@around}>
            <li :for={at, row in enumerate(@rows)} id={f"r{at}"} class={["row", row]} hidden={row == "hidden"}>
              {row}<button :if={row == "two"} disabled>{row}</button><button>{row}</button>
              <%= if row == "part": %><.live_component module={Cell} id={f"part{at}"} text={row} /><% end %>
              <ul :if={row == "list"}><li :for={each in range(3)}>{each}</li></ul>
              <template><li>no</li></template><script>no</script>
            </li>
          </ul>
          <details open={not @shut}>
            <summary>Sum</summary>
            <h2 :for={row in @rows}>{row}</h2>
          </details>
          <details id="shut" phx-update="stream">
          <summary :for={dom_id, item in @streams.sums} id={dom_id} role="tab">{item["row"]}</summary>
        </details>
        <table><tbody><tr :for={row in @rows}><td>{row}</td></tr></tbody></table>
        </div>
        <ol id="stream" phx-update="stream">
          <li :for={dom_id, item in @streams.items} id={dom_id}>
            <form id={f"f{dom_id}"} phx-submit="save"><button phx-disable-with="Saving">{item["row"]}</button></form>
          </li>
        </ol>
        """,
        names={"JS": JS, "Cell": Cell},
    )


KIND = st.sampled_from(("plain", "two", "hidden", "part", "list", ""))
ROLES = ("button", "listitem", "list", "heading", "row", "cell", "banner", "columnheader", "textbox", "none", "tab")
SELECTORS = (
    *(
        "li",
        "#ul li",
        "#ul > li",
        ".k li",
        ".row",
        "li.odd",
        "button",
        "ul, ol",
        "li button",
        "[hidden]",
        "div .two > button",
    ),
    *("#stream li", "li:first-child", "h2", "details h2", "li + li", "section"),
)
NUMBERS = (0, 2, -1)
ACT = st.one_of(
    st.tuples(st.just("put"), st.fixed_dictionaries({"at": st.integers(0, 6), "row": KIND})),
    st.tuples(st.just("drop"), st.just(cast("dict[str, Any]", {}))),
    st.tuples(
        st.just("around"),
        st.fixed_dictionaries(
            {"role": st.sampled_from(("list", "none", "k")), "gone": st.booleans(), "shut": st.booleans()}
        ),
    ),
    st.tuples(st.sampled_from(("#js", "#in", "save", "more")), st.just(cast("dict[str, Any]", {}))),
)


@pytest.fixture(autouse=True, scope="module")
def _short_lists_too() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fast_counting, "SHORT", 1)
        patch.setattr(full_texts, "SHORT", 1)
        yield


def steps() -> Iterator[LocatorStep]:
    for role in ROLES:
        yield ByRole(role, {})
    yield ByRole("button", {"include_hidden": True})
    yield ByRole("button", {"disabled": True})
    yield ByRole("heading", {"level": 2})
    for selector in SELECTORS:
        yield BySelector(read_css(selector), selector)


def agree(page: Page, scope: str | None) -> None:
    reading = Reading(page.state.document, {})
    before = () if scope is None else (BySelector(read_css(scope), scope),)
    for step in steps():
        found = Query((*before, step)).find(Reading(page.state.document, {}))
        paths = [each.path for each in found]
        assert Query((*before, step)).count(reading) == len(found), step
        for number in NUMBERS:
            one = [each.path for each in Query((*before, step, Nth(number))).find(reading)]
            assert one == (paths[number : number + 1 or None]), (step, number)
    slow = Document(cast(Structure, root(page.state.document)), reading.rules.state)
    for each in slow.root.iter():
        if each.tag not in ("html", "head", "body"):
            twin = next(iter(reading.element(node) for node in [cast("Any", each.node)]))
            assert (full_text(twin), twin.content) == (full_text(each), each.content), each


def act(sim: Simulation, page: Page, verb: str, options: dict[str, Any]) -> None:
    if verb in ("#js", "#in"):
        page.locator(verb).click()
        sim.clock.advance(0.05)  # the next frame
    elif verb == "more":
        if page.locator(".more:visible").count():
            page.locator(".more:visible").first.click()
    elif verb == "save":
        page.network.latency(0.1)
        button = page.locator("#stream button")
        if button.count():
            button.first.click()
    else:
        page.view.render_click(verb, options)


@examples(12)
@example(["plain"] * 3, [("around", {"role": "none", "gone": False, "shut": False})], None).via("the list is none")
@example(["plain"] * 3, [("around", {"role": "list", "gone": True, "shut": False})], None).via("the list is hidden")
@example(["plain"] * 3, [("#in", {})], None).via("the client hid a row")
@example(["plain"] * 3, [("save", {}), ("save", {})], None).via("the client wrote into a row")
@example(["plain"] * 3, [("drop", {})], None).via("another summary is the first")
@example(["part"] * 3, [("more", {})], None).via("a component in a row shows more")
@given(st.lists(KIND, max_size=5), st.lists(ACT, max_size=4), st.sampled_from((None, "#ul", "#stream", ".k")))
def test_rows_that_did_not_change_are_not_asked_again(
    rows: list[str], acts: list[tuple[str, dict[str, Any]]], scope: str | None
) -> None:
    sim = Simulation()
    page = sim.page(Lists, session={"rows": tuple(rows)})
    agree(page, scope)
    for verb, options in acts:
        act(sim, page, verb, options)
        agree(page, scope)


def test_what_styles_hide_is_not_counted() -> None:
    """What was kept under one sheet does not hold under another; a sheet that asks for places asks everybody."""
    page = Simulation().page(Lists, session={"rows": ("plain", "two", "plain")})
    document = page.state.document
    query = Query((BySelector(read_css("#ul"), "#ul"), ByRole("listitem", {})))
    sheets: tuple[dict[str, str], ...] = ({}, {"two": "hidden"}, {"#ul > li:first-child": "hidden"}, {})
    assert [query.count(Reading(document, sheet)) for sheet in sheets] == [3, 2, 2, 3]


def test_a_text_that_a_command_wrote_into_a_row_is_found() -> None:
    page = Simulation().page(Lists, session={"rows": ("plain",) * 30})
    page.network.latency(1)
    page.locator("#stream button").nth(7).click()
    expect(page.get_by_text("Saving")).to_have_count(1)
    expect(page.locator("#stream")).to_contain_text("Saving")
    expect(page.locator("#items-s7")).to_have_text("Saving")


def test_each_question_that_can_be_counted_is() -> None:
    """So that the property compares two ways, not one with itself."""
    page = Simulation().page(Lists, session={"rows": ("plain",) * 3})
    reading = page.reading
    told = {
        step.code: sought is not None and many.counted(reading.root, sought, reading) is not None
        for step in steps()
        if isinstance(step, ByRole | BySelector)
        for sought in [step.sought(reading.root, reading)]
    }
    assert [code for code, counts in told.items() if not counts] == [
        *('get_by_role("columnheader")', 'get_by_role("textbox")', 'get_by_role("none")'),
        *('locator("li:first-child")', 'locator("li + li")'),
    ]
