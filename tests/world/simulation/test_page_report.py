"""What a failure tells beside the page: crashes, what the browser swallowed, what waits and what is due; word for word."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from liveview_core import LiveView, Socket, heex
from liveview_testing import Page, Simulation, expect


class Busy(LiveView):
    """What waits for a time, for an answer, or for the test; and what crashes."""

    def mount(self, params: Any, session: Any, socket: Socket) -> Any:
        return socket.assign(said="")

    def handle_event(self, event: Any, params: Any, socket: Socket) -> Any:
        match event:
            case "later":
                return socket.send_after("late", 2)
            case "work":
                return socket.start_async("t", lambda: "done")
            case "crash":
                raise ZeroDivisionError("no\nnumber")
            case _:
                return socket.assign(said="typed")

    def handle_info(self, message: Any, socket: Socket) -> Any:
        return socket.assign(said="late")

    def handle_async(self, name: Any, result: Any, socket: Socket) -> Any:
        return socket.assign(said="worked")

    render = heex("""
    <b>{@said}</b>
    <button id="later" phx-click="later">Later</button>
    <button id="work" phx-click="work">Work</button>
    <button id="crash" phx-click="crash">Crash</button>
    <form id="f" phx-change="typed" phx-submit="crash">
      <input id="slow" name="slow" phx-debounce="300" />
      <input id="left" name="left" phx-debounce="blur" />
    </form>
    """)


def told(act: Callable[[], object]) -> str:
    with pytest.raises(AssertionError) as caught:
        act()
    return "\n".join((str(caught.value), *getattr(caught.value, "__notes__", ())))


def waits_in_vain(page: Page) -> str:
    return told(lambda: expect(page.get_by_text("Done")).to_be_visible())


def notes(page: Page) -> list[tuple[str, str]]:
    return [(each.text, each.cure) for each in page.notes]


LINE = Busy.handle_event.__code__.co_firstlineno + 7


# --- crashes ----------------------------------------------------------------------------------------------------------


def test_a_crash_is_told_where_the_page_fails() -> None:
    """ER-3: the error that ended the process is the first thing to know."""
    page = Simulation(crashes="restart").page(Busy)
    assert "Crashes" not in waits_in_vain(page)
    page.locator("#crash").click()
    text = waits_in_vain(page)
    at = rf"[\w/.-]*test_page_report\.py:{LINE}"
    assert re.search(
        r"\nCrashes \(sim\.crashes has the errors\):\n"
        rf"  - phx-1 \(Busy\) crashed at 12:00:00\.000, client event 'crash': ZeroDivisionError: no, {at}\n",
        text,
    )
    assert "Ann: locator(\"#crash\").click() -> event 'crash': crashed" in text


def test_a_crash_is_told_where_an_assertion_about_the_view_fails() -> None:
    view = Simulation(crashes="restart").live(Busy)
    view.element("#crash").render_click()
    view.sim.clock.advance(1)
    text = told(lambda: view.assert_has("b", "late"))
    assert (
        "Crashes (sim.crashes has the errors):\n  - phx-1 (Busy) crashed at 12:00:00.000, client event 'crash'" in text
    )


def test_what_a_lost_view_swallows_says_so() -> None:  # CE-13, CN-28
    """Nobody can wait for an answer that never comes: the view has crashed."""
    page = Simulation(crashes="restart").page(Busy)
    page.locator("#crash").click()
    page.locator("#crash").click()
    cure = "sim.crashes says whether it crashed; the client joins again as time passes: sim.clock.advance(1)"
    lost = "was lost with the view, which has not joined again"
    click = (f"a click on <button#crash> did nothing: its last push {lost}", cure)
    assert notes(page) == [click]
    page.sim.clock.advance(40)
    crashed = ("the push of 'crash' was lost with its view", "sim.crashes says whether it crashed")
    assert notes(page) == [click, crashed]


def test_a_click_without_a_network() -> None:  # CE-13
    page = Simulation().page(Busy)
    page.network.hold()
    page.locator("#later").click()
    page.network.drop()
    page.locator("#later").click()
    assert notes(page)[-1] == (
        "a click on <button#later> did nothing: its last push was lost with the view, which has not joined again",
        "page.network.restore(), and time for the client to join again",
    )


# --- what waits -------------------------------------------------------------------------------------------------------


def test_an_assertion_about_a_view_tells_what_is_due() -> None:
    view = Simulation().live(Busy)
    assert "State of the page" not in told(lambda: view.assert_has("b", "late"))
    view.element("#later").render_click()
    for fails in (lambda: view.assert_has("b", "late"), view.assert_reply, view.assert_patch):
        assert told(fails).endswith("State of the page:\n  - the next is due after 2000 ms: sim.clock.advance(2)")
    view.sim.clock.advance(2)
    view.assert_has("b", "late")


def test_an_assertion_about_a_view_tells_which_tasks_wait() -> None:
    view = Simulation(tasks="hold").live(Busy)
    view.element("#work").render_click()
    assert told(lambda: view.assert_has("b", "worked")).endswith(
        "State of the page:\n"
        "  - tasks wait for their answer: 't'; sim.tasks.run('t'), .resolve('t', …) or .fail('t', …) gives it"
    )


def test_events_that_wait_for_their_debounce() -> None:  # DT-6, DT-8
    """Each with its own cure; a timer that ends such a wait is not told a second time, nor one that ends none."""
    page = Simulation().page(Busy)
    page.locator("#slow").fill("x")
    page.locator("#slow").fill("y")
    waits = "input of <input#slow> waits for its debounce, 300 ms more: view.page.wait_for_timeout(300)"
    assert told(lambda: page.view.assert_has("b", "typed")).endswith(f"State of the page:\n  - {waits}")
    page.wait_for_timeout(300)
    page.view.assert_has("b", "typed")

    page = Simulation().page(Busy)
    page.locator("#left").fill("x")
    text = told(lambda: expect(page.locator("b")).to_have_text("typed"))
    assert 'State of the page:\n  - input of <input#left> is sent once the field is left (phx-debounce="blur")' in text
    page.locator("#left").blur()
    expect(page.locator("b")).to_have_text("typed")


class Failing(LiveView):
    def mount(self, params: Any, session: Any, socket: Socket) -> Any:
        return socket

    def handle_event(self, event: Any, params: Any, socket: Socket) -> Any:
        return 3

    render = heex("""<button phx-click="x">Go</button>""")


def test_of_many_crashes_and_notes_the_last_are_told() -> None:
    """Of an error that is ours there is no line of the author's."""
    sim = Simulation(crashes="restart")
    page = sim.page(Failing)
    for _ in range(20):
        page.get_by_role("button").click()
        sim.clock.advance(10)
    lines = waits_in_vain(page).split("\n")
    first = lines.index("Crashes (sim.crashes has the errors):") + 1
    assert lines[first] == "  … 15 earlier ones"
    assert lines[first + 5].startswith("  - phx-1 (Failing) crashed at 12:0")
    assert lines[first + 5].endswith(", client event 'x': BadReturn: invalid return from Failing.handle_event")
    first = lines.index("Notes of the page:") + 1
    assert lines[first] == f"  … {len(page.notes) - 8} earlier ones: page.notes"
    assert lines[first + 9] == ""
