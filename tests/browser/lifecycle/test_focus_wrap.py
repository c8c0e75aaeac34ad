"""`<.focus_wrap>` keeps Tab inside, in both directions, and takes it in from outside."""

from __future__ import annotations

from typing import Any

import pytest

from liveview_core import LiveView, Route, Router, Socket, heex
from liveview_testing import Page, Simulation, expect


class Wrapped(LiveView):
    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(fields=params.get("fields") == "yes")

    render = heex("""
    <div>
      <button>Before</button>
      <.focus_wrap id="wrap">
        <div :if={@fields}>
          <label>First <input name="first" /></label>
          <a href="#">Middle</a>
          <button disabled>Never</button>
          <p>Text</p>
        </div>
        <span><button :if={@fields}>Last</button></span>
      </.focus_wrap>
      <button>After</button>
    </div>
    """)


def focused(page: Page) -> str:
    names = [each for each in ("Before", "Middle", "Last", "After") if _has_focus(page, each)]
    return names[0] if names else ("First" if _is_first(page) else "nothing of it")


def _has_focus(page: Page, name: str) -> bool:
    return page.locator(f":is(button, a):focus:has-text('{name}')").count() == 1


def _is_first(page: Page) -> bool:
    return page.locator("input:focus").count() == 1


@pytest.fixture
def page() -> Page:
    return Simulation(Router([Route("/", Wrapped)])).page("/?fields=yes")


def walk(page: Page, key: str, steps: int) -> list[str]:
    walked: list[str] = []
    for _ in range(steps):
        page.keyboard.press(key)
        walked.append(focused(page))
    return walked


def test_it_takes_the_focus_as_it_comes(page: Page) -> None:
    expect(page.get_by_label("First")).to_be_focused()


def test_tab_goes_round(page: Page) -> None:
    # HK-30: from inside, the end's sentinel gives it to the first
    assert walk(page, "Tab", 4) == ["Middle", "Last", "First", "Middle"]


def test_tab_goes_round_backwards(page: Page) -> None:
    # HK-30: from inside, the start's sentinel gives it to the last
    assert walk(page, "Shift+Tab", 4) == ["Last", "Middle", "First", "Last"]


def test_from_outside_it_goes_to_the_nearest_end(page: Page) -> None:
    # HK-30
    page.get_by_role("button", name="Before").focus()
    assert walk(page, "Tab", 1) == ["First"]
    page.get_by_role("button", name="After").focus()
    assert walk(page, "Shift+Tab", 1) == ["Last"]


def test_a_sentinel_keeps_it_where_nothing_can_have_it() -> None:
    page = Simulation().page(Wrapped)
    page.get_by_role("button", name="Before").focus()
    assert walk(page, "Tab", 3) == ["nothing of it", "nothing of it", "After"]
