"""What two versions of a page do not share is all that may have come, gone, or changed."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import Any

import pytest

from liveview_core import LiveView, heex
from liveview_testing import Simulation
from liveview_testing.browser.dom.patching.node_matching import followed, origin
from liveview_testing.browser.page.difference import difference
from liveview_testing.browser.page.finding.select import find, found_in
from liveview_testing.browser.page.node import Node
from liveview_testing.browser.page.page import Page
from tests.harness.happenings import Choices
from tests.harness.played import Played
from tests.harness.random_pages import write


def pages(sim: Simulation, view: Any) -> Iterator[Page]:
    """The versions of a view's page, by the frames that it was sent."""
    page: Page | None = None
    for frame in view.wire:
        response = frame.payload.get("response", {}) if frame.event == "phx_reply" else {}
        rendered, diff = response.get("rendered"), frame.payload if frame.event == "diff" else response.get("diff")
        if rendered is not None:
            page = Page.join(rendered).page
        elif diff and page is not None:
            page = page.patch(diff).page
        else:
            continue
        yield page


def where(node: Node) -> tuple[int, int]:
    return id(node.place.node), node.number


def holds(before: Page, after: Page) -> bool:
    """The law, element by element; whether there was an answer."""
    known = difference(before, after)
    if known is None:
        return False
    came = {where(node) for node in found_in(known.came, "*")}
    went = {where(node) for node in found_in(known.went, "*")}
    touched = {(id(new.node), each.number) for _, new in known.touched for each in new.shape.elements}
    for node in find(after, "*"):
        was = origin(node, before)
        if was is None:
            assert where(node) in came
        elif was.place.node is not node.place.node:
            assert where(node) in touched | came
        else:
            assert (was.number, was.path) == (node.number, node.path)
    for node in find(before, "*"):
        assert followed(node, after) is not None or where(node) in went
    return True


@pytest.mark.parametrize("part", range(4))
def test_what_is_not_named_is_kept(part: int) -> None:
    answers = 0
    for seed in range(part, 40, 4):
        page = write(Choices(Random(f"difference {seed}").randrange))
        played = Played.start(page)
        for operations in page.steps:
            before = played.page
            played.do(operations)
            answers += holds(before, played.page)
    assert answers > 10


class Long(LiveView):
    """Rows with ids, rows without, and what else changes beside them."""

    def mount(self, params: Any, session: Any, socket: Any) -> Any:
        return socket.assign(n=0, rows=[*range(20)], plain=[*range(20)], error="")

    def handle_info(self, message: Any, socket: Any) -> Any:
        return socket.assign(**message)

    render = heex("""<p>{@error}</p><b>{@n}</b><ul><li :for={r in @plain}><i>{r}</i></li></ul>
    <ol><li :for={r in @rows} :key={r} id={f"r{r}"}><i>{r}</i></li></ol>""")


@pytest.mark.parametrize(
    ("message", "touched", "came", "went"),
    [
        ({"n": 1}, 1, 0, 0),
        ({"error": "x"}, 1, 0, 0),
        ({"plain": [*range(10), -1, *range(11, 20)]}, 2, 0, 0),
        ({"rows": [*range(21)]}, 1, 1, 0),
        ({"rows": [7, *range(1, 7), *range(8, 20)]}, 1, 0, 1),
        ({"rows": [-5, *range(3, 20)], "n": 4}, 1, 1, 3),
    ],
)
def test_a_long_list_is_not_looked_through(message: dict[str, Any], touched: int, came: int, went: int) -> None:
    sim = Simulation()
    shown = sim.live(Long)
    sim.tell(shown.id, message)
    before, after = pages(sim, shown)
    known = difference(before, after)
    assert known is not None
    assert holds(before, after)
    assert (len(known.touched), len(known.came), len(known.went)) == (touched, came, went)


def test_rows_without_ids_that_come_are_not_known() -> None:
    """Who is who among elements without ids, their order says: the client's matching is asked for each."""
    sim = Simulation()
    shown = sim.live(Long)
    sim.tell(shown.id, {"plain": [*range(1, 20)]})
    assert difference(*pages(sim, shown)) is None
