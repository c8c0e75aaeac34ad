"""What a person's look-ups cost: by role and name, text, label and test id, after each change of a page, in lists of two sizes.

Law: a look-up costs what changed, and the rows that can have what is looked for, not how long the page is: a name that is a part of
other rows' names ("Take 77" of "Take 770") is looked for in those too. Acting and expecting cost little more than looking.
"""

from __future__ import annotations

from collections.abc import Callable

from benchmarks.yardstick import Result, measure
from liveview_core import LiveView, Socket, heex
from liveview_testing import Page, Simulation, expect

__all__ = ["results"]


class ListLive(LiveView):
    """A list of rows with a button, a field and a test id each, and a counter beside it."""

    def mount(self, params: dict[str, str], session: dict[str, object], socket: Socket) -> Socket:
        count = session["rows"]
        assert isinstance(count, int)
        return socket.assign(rows=range(count), clicks=0)

    def handle_event(self, event: str, params: dict[str, str], socket: Socket) -> Socket:
        return socket.update("clicks", lambda clicks: clicks + 1)

    render = heex("""
      <button id="more" phx-click="more">More</button><p role="status">{@clicks}</p>
      <ul>
        <li :for={row in @rows} :key={row} id={f"row-{row}"} data-testid={f"row {row}"}>
          <span>{f"item {row} here"}</span>
          <label for={f"field-{row}"}>{f"Amount of {row} pieces"}</label><input id={f"field-{row}"} name={f"n{row}"} />
          <button phx-click="take" phx-value-id={row}>{f"Take {row} now"}</button>
        </li>
      </ul>
    """)


def opened(rows: int) -> Page:
    """The list, in a tab."""
    return Simulation().page(ListLive, session={"rows": rows})


FINDS: dict[str, Callable[[Page], object]] = {
    "role and name": lambda page: page.get_by_role("button", name="Take 77 now", exact=True).count(),
    "text": lambda page: page.get_by_text("item 77 here", exact=True).count(),
    "label": lambda page: page.get_by_label("Amount of 77 pieces", exact=True).count(),
    "test id": lambda page: page.get_by_test_id("row 77").count(),
}


LISTS: dict[str, tuple[Callable[[Page], object], float]] = {
    "a count by role": (lambda page: page.get_by_role("listitem").count(), 3),
    "a count by selector": (lambda page: page.locator("ul > li").count(), 3),
    "the first by role": (lambda page: page.get_by_role("listitem").first.get_attribute("id"), 1.5),
    "the last by role": (lambda page: page.get_by_role("listitem").last.get_attribute("id"), 3),
    "a place among siblings": (lambda page: page.locator("ul > li:nth-last-child(9)").get_attribute("id"), 1.5),
    "the text of a list": (lambda page: len(page.locator("ul").text_content() or ""), 3),
}


def finding(rows: int, find: Callable[[Page], object], found: object = 1) -> Callable[[], object]:
    """A change beside the list, and a look-up in it."""
    page = opened(rows)
    more = page.view.element("#more")
    assert found is None or find(page) == found

    def act() -> object:
        more.render_click()
        return find(page)

    return act


def results() -> list[Result]:
    """Look-ups in a list that is ten times as long, and what acting and expecting cost beside finding."""
    found = [
        Result(
            f"a look-up by {name}, 10,000 rows beside 1,000",
            measure(finding(10_000, find), finding(1_000, find), rounds=24),
            3,
        )
        for name, find in FINDS.items()
    ]
    found.extend(
        Result(
            f"{name}, 10,000 rows beside 1,000",
            measure(finding(10_000, find, None), finding(1_000, find, None), rounds=24),
            limit,
        )
        for name, (find, limit) in LISTS.items()
    )
    page = opened(10)
    by_role, by_selector = page.get_by_role("button", name="More"), page.locator("#more")
    found.append(Result("a click by role beside one by selector", measure(by_role.click, by_selector.click), 2))
    status = page.get_by_role("status")
    holding, query, scene = expect(status), status.query, status.scene  # it needs the element: a count is had cheaper
    found.append(
        Result(
            "an expectation that is true now beside the look-up",
            measure(holding.to_be_attached, lambda: query.find(scene.reading)),
            1.3,
        )
    )
    return found
