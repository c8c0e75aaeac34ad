"""`phx-viewport-top` and `-bottom`: what scrolling to an end of a list sends, and what the 500 ms keep back."""

from __future__ import annotations

from typing import Any

import pytest

from liveview_core import LiveView, Socket, heex
from liveview_testing import Page, Simulation


class Rows(LiveView):
    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(heard=()).stream("rows", [{"id": each} for each in range(3)])

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        return socket.assign(heard=(*socket.assigns.heard, (event, params)))

    render = heex("""
    <div>
      <p>{len(@heard)}</p>
      <ul id="rows" phx-update="stream" phx-viewport-top="up" phx-viewport-bottom="down">
        <li :for={dom_id, row in @streams.rows} id={dom_id}><b>row {row["id"]}</b></li>
      </ul>
      <p>Below</p>
    </div>
    """)


@pytest.fixture
def page() -> Page:
    return Simulation().page(Rows)


def scroll(page: Page, text: str) -> None:
    page.get_by_text(text).scroll_into_view_if_needed()


def heard(page: Page) -> list[tuple[str, Any]]:
    return list(page.view.assigns.heard)


def test_an_end_is_heard(page: Page) -> None:
    # CE-52, CE-55
    scroll(page, "row 2")
    (frame,) = [each for each in page.view.wire if each.event == "event"]
    assert frame.payload == {"type": "js", "event": "down", "value": {"id": "rows-2"}}
    scroll(page, "row 0")
    assert heard(page) == [("down", {"id": "rows-2"}), ("up", {"id": "rows-0"})]


def test_what_is_between_or_elsewhere_is_not(page: Page) -> None:
    # CE-50
    scroll(page, "row 1")
    scroll(page, "Below")
    assert heard(page) == []


def test_within_500_ms_the_first_is_kept_back(page: Page) -> None:
    # CE-54
    for _ in range(4):
        scroll(page, "row 2")
    assert len(heard(page)) == 1
    page.wait_for_timeout(499)
    assert len(heard(page)) == 1
    page.wait_for_timeout(1)
    assert len(heard(page)) == 2
    page.wait_for_timeout(5_000)
    assert len(heard(page)) == 2


def test_while_a_push_is_unanswered_nothing_is_pushed(page: Page) -> None:
    # CE-53
    page.network.latency(2)
    scroll(page, "row 2")
    page.wait_for_timeout(1_000)
    scroll(page, "row 2")
    scroll(page, "row 0")
    page.wait_for_timeout(10_000)
    assert [event for event, _ in heard(page)] == ["down"]
    scroll(page, "row 0")
    page.wait_for_timeout(10_000)
    assert [event for event, _ in heard(page)] == ["down", "up"]


class Going(Rows):
    def handle_info(self, msg: Any, socket: Socket) -> Socket:
        return socket.assign(shown=False)

    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return super().mount(params, session, socket).assign(shown=True)

    render = heex("""
    <ul :if={@shown} id="rows" phx-viewport-bottom="down"><li id="last">last</li></ul>
    <p>{len(@heard)}</p>
    """)


def test_a_list_that_goes_is_not_scrolled_any_more() -> None:
    """Neither the answer that comes late, nor the 500 ms that are over, find it; what was kept back is nobody's."""  # CE-54
    page = Simulation().page(Going)
    scroll(page, "last")
    scroll(page, "last")
    page.network.latency(2)
    page.wait_for_timeout(500)  # the second is sent
    scroll(page, "last")
    page.view.send("away")
    page.wait_for_timeout(10_000)
    assert page.locator("#rows").count() == 0
    assert [event for event, _ in heard(page)] == ["down", "down"]
    (tab,) = page.sim.world.browsers.values()
    assert not any(mark.hook for mark in tab.document.marks.values())
