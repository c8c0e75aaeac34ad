"""What is found by asking rows is what the rules find by asking everybody: by role and name, text, label, attribute."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import partial
from typing import Any, cast

from hypothesis import example, given
from hypothesis import strategies as st

from liveview_core import JS, LiveView, Socket, heex
from liveview_testing import Page, Simulation
from liveview_testing.browser import accessibility
from liveview_testing.browser.accessibility import DomElement
from liveview_testing.browser.accessibility.dom import Document, Structure
from liveview_testing.browser.dom.node import root
from liveview_testing.browser.dom.querying import walk
from liveview_testing.user.locators.finding.css_reader import read_css
from liveview_testing.user.locators.finding.query import ByRole, BySelector, ByWords, Filtered, Query
from liveview_testing.user.locators.finding.reading import Reading, node_of
from tests.harness.examples import examples


class Lists(LiveView):
    """Rows of every shape in which a text, a name or a label can be said."""

    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        rows = session["rows"]
        socket = socket.assign(rows=rows, out=session["out"])
        return socket.stream("items", [{"id": f"s{at}", **row} for at, row in enumerate(rows)])

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        rows = list(socket.assigns.rows)
        if rows:
            rows[int(params["at"]) % len(rows)] = params["row"]
        return socket.assign(rows=tuple(rows))

    render = heex(
        """
        <label>{@out}<button id="outer">x</button></label>
        <label for="c0">{@out}</label><span id="said">{@out}</span>
        <button id="js" phx-click={JS.hide(to="#h1").set_attribute(("aria-label", "b"), to="#h2")}>go</button>
        <ul>
          <li :for={at, row in enumerate(@rows)} id={f"r{at}"}>
            {row["a"]}<b :if={row["kind"] == 0}>{row["b"]}</b>{row["c"]}
            <%= if row["kind"] in (1, 2): %>
              <button id={f"c{at}"} aria-label={row["b"] or None}>{row["a"]}<i>{row["c"]}</i></button>
            <% end %>
            <%= if row["kind"] == 2: %>
              <a href="#">
                <img alt={row["a"]} />{row["b"]}<span id={f"h{at}"} hidden={row["c"] == "a"}>{row["c"]}</span>
              </a>
            <% end %>
            <%= if row["kind"] == 3: %>
              <label for={f"c{at}"}>{row["b"]}</label>
              <input id={f"c{at}"} value={row["a"]} placeholder={row["c"]} />
            <% end %>
            <%= if row["kind"] == 4: %>
              <input type="submit" value={row["a"]} />
              <label><input type="checkbox" />{row["c"]}</label>
            <% end %>
            <button :if={row["kind"] == 5} aria-labelledby="said" title={row["a"]}>{row["b"]}</button>
            <table :if={row["kind"] == 6}>
              <tbody>
                <tr :for={each in (row["a"], row["b"])}><td>{each}</td><td title={row["c"]}>{each}</td></tr>
              </tbody>
            </table>
            <%= if row["kind"] == 7: %>
              <script>{row["a"]}</script><template>{row["b"]}</template>{row["b"]}
            <% end %>
          </li>
        </ul>
        <ol id="stream" phx-update="stream">
          <li :for={dom_id, row in @streams.items} id={dom_id}>
            {row["a"]}<em>{row["b"]}</em><button>{row["a"]} {row["c"]}</button>
          </li>
        </ol>
        """,
        names={"JS": JS},
    )


WORDS = ("", "a", "b", "ab", "a b", " a", "b ", "A", "ß", "a\u00a0b", "a\u200bb", "σ", "x")
WORD = st.sampled_from(WORDS)
ROW = st.fixed_dictionaries({"kind": st.integers(0, 7), "a": WORD, "b": WORD, "c": WORD})
WANTED = st.sampled_from((*WORDS, "ba", "b a", "aab", "ab a", "aa", "SS", "bb", "xa", "Submit"))
ROLES = ("button", "link", "checkbox", "textbox", "listitem", "row", "cell", "list", "img")

Ask = tuple[str, Query, Callable[[DomElement], list[DomElement]]]


def questions(wanted: str, exact: bool) -> list[Ask]:
    asks: list[Ask] = []
    for role in ROLES:
        options: dict[str, Any] = {"name": wanted, "exact": True} if exact else {"name": wanted}
        asks.append((role, Query((ByRole(role, options),)), partial(accessibility.by_role, role=role, **options)))
        plain = Query((ByRole(role, {}), Filtered(has_text=wanted)))
        asks.append((f"{role} with", plain, partial(having, role=role, wanted=wanted)))
    for selector in SELECTORS:
        query = Query((BySelector(read_css(selector), selector), Filtered(has_text=wanted)))
        asks.append((f"{selector} with", query, partial(selected, selector=selector, wanted=wanted)))
    for verb, by in BY_WORDS:
        asks.append((verb, Query((ByWords(verb, wanted, exact),)), partial(by, text=wanted, exact=exact)))
    return asks


BY_WORDS: tuple[tuple[str, Callable[..., list[DomElement]]], ...] = (
    ("get_by_text", accessibility.by_text),
    ("get_by_label", accessibility.by_label),
    ("get_by_title", accessibility.by_title),
    ("get_by_alt_text", accessibility.by_alt_text),
    ("get_by_placeholder", accessibility.by_placeholder),
)


SELECTORS = ("li", "td, b", "button", "#list li > *", "li em", "[title]")


def selected(top: DomElement, selector: str, wanted: str) -> list[DomElement]:
    matching = {each.key for each in walk(node_of(top), selector)}
    return filtered([each for each in top.iter() if node_of(each).key in matching], wanted)


def having(top: DomElement, role: str, wanted: str) -> list[DomElement]:
    return filtered(accessibility.by_role(top, role), wanted)


def filtered(found: list[DomElement], wanted: str) -> list[DomElement]:
    nothing: Any = None  # filtering by a text asks no reading
    return list(Filtered(has_text=wanted).below(found, nothing, found[0])) if found else []


def keys(found: list[DomElement]) -> list[Hashable]:
    return [each.path for each in found]


def agree(page: Page, wanted: str, exact: bool) -> None:
    document = page.state.document
    reading = Reading(document, {})
    slow = Document(cast(Structure, root(document)), reading.rules.state)
    for name, query, rules in questions(wanted, exact):
        assert keys(query.find(reading)) == keys(rules(slow.root)), (name, wanted, exact)


def row(kind: int, a: str, b: str, c: str) -> dict[str, Any]:
    return {"kind": kind, "a": a, "b": b, "c": c}


@examples(25)
@example([row(2, "a", "b", "x")], "", [("ab", False)], [], False).via("a name that runs over two pieces")
@example([row(2, "a", "x", "x")] * 3, "", [("b", False)], [], True).via("a name that the client wrote")
@given(
    st.lists(ROW, max_size=6),
    WORD,
    st.lists(st.tuples(WANTED, st.booleans()), min_size=1, max_size=3),
    st.lists(st.tuples(st.integers(0, 5), ROW), max_size=2),
    st.booleans(),
)
def test_rows_are_asked_as_everybody_is(
    rows: list[dict[str, Any]],
    out: str,
    asked: list[tuple[str, bool]],
    changes: list[tuple[int, dict[str, Any]]],
    client: bool,
) -> None:
    page = Simulation(checks={"duplicate id": "ignore"}).page(Lists, session={"rows": tuple(rows), "out": out})
    for wanted, exact in asked:
        agree(page, wanted, exact)
    if client:
        page.locator("#js").click()
        for wanted, exact in asked:
            agree(page, wanted, exact)
    for at, row in changes:
        page.view.render_click("change", {"at": at, "row": row})
        for wanted, exact in asked:
            agree(page, wanted, exact)


class Inner(LiveView):
    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket

    render = heex("<button>inner ab</button>")


class Odd(LiveView):
    """Rows of which a row alone cannot tell what it says."""

    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(n=0, places=range(40), two="a\nb")

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        return socket.update("n", lambda n: n + 1)

    render = heex(
        """
    <ul>
      <li :for={at in @places} id={f"r{at}"}>
        <%= if at == 3: %><p>{live_render(@socket, Inner, id="inner")}</p><% end %>
        <b :if={at == 4} title={@two}>four</b>
        <button :if={at == 5}><i :for={each in @places}>{each}</i> ab</button>
        <input :if={at == 6} id="w" type="submit" value="a" />
        <button :if={at > 6} aria-label="ab">row {at}</button>
      </li>
    </ul>
    <ol>
      <li :for={at in @places} id={f"o{at}"}>
        <button id={f"k{at}"} phx-update="ignore" title={f"ab {@n}"}>{@n} ab</button>
      </li>
    </ol>
    <input type="submit" value="ab" /><a phx-click={JS.set_attribute(("value", "ab"), to="#w")}>write</a>
    """,
        names={"JS": JS},
    )


def test_rows_that_cannot_tell_by_themselves() -> None:
    """A view in a row, a title over two lines, many pieces, a part that the client keeps."""
    page = Simulation().page(Odd)
    for _ in range(2):
        for wanted in ("ab", "inner ab", "a b", "39 ab", "ab 0", "0 ab", "row 12", "12"):
            for exact in (True, False):
                agree(page, wanted, exact)
        page.view.render_click("more")
    both = page.get_by_role("button", name="ab").filter(has_text="row 3")
    assert both.count() == 10
    assert page.get_by_role("button", name="inner ab").filter(has_text="row").count() == 0
    page.locator("a").click()  # what the client writes is said, too
    agree(page, "ab", False)
