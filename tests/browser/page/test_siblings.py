"""Places among siblings: what is counted is what listing them gives, and a list is not walked for it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from liveview_core import LiveComponent, LiveView, heex, raw
from liveview_testing import live
from liveview_testing.browser.page.finding import cssselect_reader
from liveview_testing.browser.page.finding.select import find
from liveview_testing.browser.page.node import Node
from liveview_testing.browser.page.page import Page
from liveview_testing.browser.page.place import Place
from liveview_testing.browser.page.siblings import Standing, standing


class Item(LiveComponent):
    """A component, which is one element wherever it stands."""

    render = heex("""<li id={@id} class="part"><b>{@id}</b></li>""")


class Lists(LiveView):
    """Lists in lists, streams with children of their own, branches, components and raw html among the elements."""

    def mount(self, params: Any, session: Any, socket: Any) -> Any:
        rows = tuple({"id": number, "inner": range(number % 4), "shown": number % 3 > 0} for number in range(16))
        return (
            socket.assign(rows=rows, few=(1, 2), more=True, part=True, raw="").stream("items", rows).stream("own", [])
        )

    def handle_info(self, msg: Any, socket: Any) -> Any:
        kind, at, value = msg
        rows: list[dict[str, Any]] = list(socket.assigns.rows)
        row = {"id": at, "inner": range(value), "shown": value % 2 > 0}
        match kind:
            case "row":
                rows[at % len(rows)] = {**row, "id": rows[at % len(rows)]["id"]}
            case "rows":
                rows = [{**row, "id": n} for n in range(at + 1)]
            case "delete":
                del rows[at % len(rows)]
                return socket.assign(rows=tuple(rows or [row])).stream_delete("items", row)
            case "item":
                return socket.stream_insert("items", row, at=-1 if value % 2 else value)
            case "own":
                return socket.stream_insert("own", row)
            case "few":
                return socket.assign(few=tuple(range(value)))
            case "raw":
                return socket.assign(raw=raw("<li>raw</li><li>html</li>" * value))
            case _:
                return socket.update(kind, lambda shown: not shown)
        return socket.assign(rows=tuple(rows))

    render = heex(
        """
    <main>
      <p :if={@more}>first</p>
      <ul class="rows">
        <li :if={@more} class="head">head</li>
        <li :for={row in @rows} :key={row["id"]} class="row">
          <i :if={row["shown"]}>shown</i>
          <ul :if={row["inner"]}><li :for={inner in row["inner"]} class="inner"><b>{inner}</b></li></ul>
        </li>
        <.live_component :if={@part} module={Item} id="one" />
        <li class="foot">foot</li>
      </ul>
      <dl><div :for={few in @few} class="pair"><dt>{few}</dt><dd :if={@more}>{few}</dd></div></dl>
      <ol id="items" phx-update="stream">
        <li :for={dom_id, item in @streams.items} id={dom_id}><b :for={inner in item["inner"]}>{inner}</b></li>
      </ol>
      <ol id="own" phx-update="stream">
        <li :for={dom_id, item in @streams.own} id={dom_id}>{item["id"]}</li><li id="fixed">fixed</li>
      </ol>
      <ul id="ignored" phx-update="ignore"><li :for={few in @few}>{few}</li><li>last</li></ul>
      <ul class="raw"><li>before</li>{@raw}<li>after</li></ul>
    </main>
    """
    )


TESTS = (
    "first-child",
    "last-child",
    "only-child",
    "nth-child(3)",
    "nth-last-child(2)",
    "nth-child(2n+1)",
    "nth-child(50)",
)
STARTS = ("", "li", "li.row", "li.inner", "b", "i", ".pair", "li.part", "dt")


def places(page: Page) -> list[tuple[Node, int, int]]:
    """Every element, how many stand before it among its siblings, and how many behind, listed."""
    found: list[tuple[Node, int, int]] = []

    def visit(parent: Node) -> None:
        every = list(parent.elements())
        for at, node in enumerate(every):
            found.append((node, at, len(every) - 1 - at))
            visit(node)

    visit(page.root)
    return found


def passes(test: str, before: int, behind: int) -> bool:
    match test:
        case "first-child":
            return before == 0
        case "last-child":
            return behind == 0
        case "only-child":
            return before == behind == 0
        case "nth-child(3)":
            return before == 2
        case "nth-last-child(2)":
            return behind == 1
        case "nth-child(2n+1)":
            return before % 2 == 0
        case _:
            return before == 49


def agree(page: Page) -> None:
    """Every element's standing, and what selectors find by it."""
    known = places(page)
    for node, before, behind in known:
        assert standing(node.place, node.number) in (None, (before, before + 1 + behind)), node
    for start in STARTS:
        tag, _, kind = start.partition(".")
        alike = [
            each
            for each in known
            if (not tag or each[0].tag == tag) and (not kind or kind in (each[0].get("class") or "").split())
        ]
        for test in TESTS:
            naive = [node.path for node, before, behind in alike if passes(test, before, behind)]
            assert [node.path for node in find(page, f"{start}:{test}")] == naive, (start, test)


HAPPENINGS = st.lists(
    st.tuples(
        st.sampled_from(["row", "rows", "delete", "item", "own", "few", "raw", "more", "part"]),
        st.integers(0, 140),
        st.integers(0, 4),
    ),
    max_size=5,
)


@settings(max_examples=max(24, settings().max_examples // 2))
@given(HAPPENINGS)
def test_what_is_counted_is_what_listing_gives(happenings: list[tuple[str, int, int]]) -> None:
    """After any changes, with all that was learnt before them."""
    view = live(Lists, checks="ignore")
    agree(view.dom)
    for happening in happenings:
        view.send(happening)
    agree(view.dom)


@given(HAPPENINGS)
def test_a_place_further_up(happenings: list[tuple[str, int, int]]) -> None:
    """Selectors with such a place before their last compound find what a page without any memory finds."""
    view = live(Lists, checks="ignore")
    for happening in happenings:
        view.send(happening)
    page = view.dom
    for start, inside in [
        ("ul.rows > li:last-child", "b"),
        ("li:nth-child(3) li:last-child", "b"),
        ("li:first-child", "i"),
    ]:
        rows = {node.path for node in find(page, start)}
        naive = [
            node.path
            for node in page.root.iter()
            if node.tag == inside and any(each.path in rows for each in node.ancestors())
        ]
        assert [node.path for node in find(page, f"{start} {inside}")] == naive


@pytest.mark.parametrize(
    "selector",
    ["ul.rows li.row:nth-child(9)", "#items li:last-child", "ul.rows > li.row:nth-child(9) i", "li.row:only-child"],
)
def test_a_list_is_not_walked(selector: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a list of 20 rows as many places are asked for as of one of 2,000: few."""
    asked: list[int] = []

    def counting(place: Place, number: int) -> Standing | None:
        asked.append(number)
        return standing(place, number)

    monkeypatch.setattr(cssselect_reader, "standing", counting)
    for size in (20, 2000):
        view = live(Lists)
        view.send(("rows", size - 1, 1))
        asked.clear()
        assert view.has_element(selector) == ("only" not in selector)
        assert len(asked) <= 3


def test_a_place_in_a_container_with_children_of_its_own() -> None:
    """There it is left to listing, and right."""
    view = live(Lists)
    view.send(("own", 7, 0))
    assert view.element("#own li:last-child").text == "fixed"
    assert view.element("#own li:first-child").text == "7"
    assert standing(view.element("#fixed").node.place, view.element("#fixed").node.number) is None
