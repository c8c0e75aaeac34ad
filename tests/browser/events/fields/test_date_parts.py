"""Date and time fields under keys: part by part, as Chromium has them; and what the view hears."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pytest

from liveview_core import LiveView, Socket, heex
from liveview_testing import Page, Simulation

FILE = Path(__file__).parents[3] / "harness" / "date_parts.txt"
MEASURED = [line for line in FILE.read_text().splitlines() if not line.startswith("#")]


class Fields(LiveView):
    """One field between two others; it counts what it hears."""

    def __init__(self, attributes: str) -> None:
        self.attributes = attributes

    def mount(self, params: Any, session: Any, socket: Socket) -> Any:
        return socket.assign(heard=[], attributes=self.attributes, n=0)

    def handle_event(self, event: str, params: Any, socket: Socket) -> Any:
        if event == "again":
            return socket.update("n", lambda n: n + 1)
        return socket.update("heard", lambda heard: [*heard, (event, params.get("d"))])

    render = heex("""
    <form id="f" phx-change="changed" phx-submit="saved">
      <p>{@n}</p>
      <input id="a" name="a" />
      <label for="d">L</label>
      {raw(f'<input id="d" name="d" {@attributes}>')}
      <input id="z" name="z" />
      <button>Save</button>
    </form>
    """)


def shown(spec: str) -> Page:
    """A page with that field, on the day of the measurement."""
    first, *more = spec.split(" ")
    kind, _, value = first.partition("=")
    attributes = " ".join([f'type="{kind}"', *([f'value="{value}"'] if value else []), *more])
    sim = Simulation(now=datetime.datetime(2026, 3, 15, tzinfo=datetime.UTC))
    return sim.page(Fields(attributes))


def focused(page: Page, how: str) -> None:
    """The field gets the focus."""
    match how:
        case "tab":
            page.locator("#a").focus()
            page.keyboard.press("Tab")
        case "stab":
            page.locator("#z").focus()
            page.keyboard.press("Shift+Tab")
        case "click":
            page.locator("#d").click()
        case "label":
            page.locator("label").click()
        case _:
            page.locator("#d").focus()


def says(page: Page) -> str:
    """What the field has, and who has the focus."""
    field, focus = page.locator("#d"), page.locator(":focus")
    bad = "!" if page.locator("#d:invalid").count() else ""
    return f"{field.input_value() or '-'}{bad}@{(focus.get_attribute('id') or '') if focus.count() else ''}"


@pytest.mark.parametrize("measured", MEASURED)
def test_what_chromium_has_after_each_key(measured: str) -> None:
    """AC-11, PF-10."""
    spec, _, keys = measured.partition("  ")
    spec, _, how = spec.rpartition(" ")
    page = shown(spec)
    focused(page, how)
    for each in keys.split(" "):
        key, _, expected = each.partition(">")
        page.keyboard.press(key)
        assert says(page) == expected, each


def heard(page: Page) -> list[tuple[str, str]]:
    """What the view was told."""
    told: list[tuple[str, str]] = page.view.assigns.heard
    return told


def test_the_view_hears_of_each_value() -> None:
    """By the input, and by the change that follows it with the same payload; of parts alone it hears nothing."""
    page = shown("date")
    page.locator("#d").press_sequentially("0131202")
    page.keyboard.press("6")
    values = [value for _, value in heard(page)]
    assert list(dict.fromkeys(values)) == ["0002-01-31", "0020-01-31", "0202-01-31", "2026-01-31"]
    assert {event for event, _ in heard(page)} == {"changed"}
    before = len(values)
    page.locator("#z").focus()  # nothing is left to be heard of when it is left
    assert len(heard(page)) == before


def test_half_a_date_is_not_submitted() -> None:
    """CE-46: a bad input, which the browser names."""
    page = shown("date")
    page.locator("#d").press_sequentially("0131")
    page.get_by_role("button").click()
    assert heard(page) == []
    assert page.notes[-1].rule == "CE-46"
    assert "input#d: what was typed is not all of it, or there is no such" in page.notes[-1].text
    page.locator("#d").fill("2026-01-31")
    page.get_by_role("button").click()
    assert heard(page)[-1] == ("saved", "2026-01-31")


def test_parts_outlive_a_patch_and_the_focus() -> None:
    """They are the field's own: what the server sends for others does not touch them."""
    page = shown("date")
    page.locator("#d").press_sequentially("0131")
    page.view.render_click("again")
    page.locator("#a").focus()
    page.locator("#d").focus()
    for key in ("ArrowRight", "ArrowRight", *"2026"):
        page.keyboard.press(key)
    assert page.locator("#d").input_value() == "2026-01-31"


def test_what_was_filled_counts_and_not_what_was_typed_before() -> None:
    page = shown("date")
    page.locator("#d").press_sequentially("0131")
    page.locator("#d").fill("2020-02-03")
    page.locator("#a").focus()
    page.locator("#d").focus()
    page.keyboard.press("ArrowUp")
    assert page.locator("#d").input_value() == "2020-03-03"
    page.locator("#d").fill("")
    page.locator("#d").focus()
    page.keyboard.press("ArrowUp")
    assert says(page) == "-!@d"
    page.keyboard.insert_text("2026-01-31")
    assert says(page) == "-!@d"


def test_a_word_is_over_after_a_second() -> None:
    page = shown("month=2026-05")
    page.locator("#d").focus()
    page.keyboard.press("j")
    page.keyboard.press("u")
    assert page.locator("#d").input_value() == "2026-06"
    page.wait_for_timeout(1_000)
    page.keyboard.press("a")
    assert page.locator("#d").input_value() == "2026-08"


def test_the_picker_takes_keys_and_says_so() -> None:
    """It is drawn by the browser; what is typed for the field while it is open is noted."""
    page = shown("date=2024-03-05")
    page.locator("#d").focus()
    page.keyboard.press("Space")
    assert page.notes == []
    page.keyboard.press("1")
    assert "'1' did nothing: the picker of" in page.notes[-1].text
    page.locator("#z").fill("x")
    assert heard(page) and page.locator("#d").input_value() == "2024-03-05"
