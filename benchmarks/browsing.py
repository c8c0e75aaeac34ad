"""What the browser's own state costs: a field that waits, a click under way, a connection that returns, a page with many bindings.

Yardstick: the same page used without that, in a tab of its own.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import cycle

from benchmarks.pages import ChatLive, CounterLive, TableLive
from benchmarks.yardstick import Result, measure
from liveview_core import LiveView, Socket, heex
from liveview_testing import Page, Simulation

__all__ = ["results"]


class SearchLive(CounterLive):
    """A counter, and a field that is debounced."""

    render = heex("""<h1>{@count}</h1><button id="inc" phx-click="increment">+</button>
    <form id="f" phx-change="search"><input id="q" name="q" phx-debounce="300"></form>""")


class RowsLive(LiveView):
    """A counter beside a thousand rows."""

    def mount(self, params: object, session: object, socket: Socket) -> Socket:
        return socket.assign(count=0, rows=tuple(range(1000)))

    def handle_event(self, event: str, params: object, socket: Socket) -> Socket:
        return socket.update("count", lambda count: count + 1)

    render = heex("""<button id="inc" phx-click="increment">{@count}</button>
    <ul><li :for={row in @rows} id={f"row-{row}"}><b>{row}</b></li></ul>""")


class BoundLive(RowsLive):
    """The same, where each row is looked at by the client: it leaves in its own way, and has a select and a text."""

    render = heex("""<button id="inc" phx-click="increment">{@count}</button>
    <ul><li :for={row in @rows} id={f"row-{row}"} phx-remove="gone"><select name={f"s{row}"}><option>1</option></select>
    <textarea name={f"t{row}"}>{row}</textarea></li></ul>""")


def _tab(view: type[LiveView]) -> tuple[Page, Callable[[], object]]:
    """A tab of its own in which something has the focus, so that it is more than its page; and a click in it."""
    page = Simulation().page(view)
    button = page.locator("#inc")
    button.focus()
    return page, button.click


def keystroke() -> Callable[[], object]:
    """A key in a debounced field: nothing is sent."""
    page, _ = _tab(SearchLive)
    page.locator("#q").focus()
    keys = cycle(("a", "Backspace"))
    return lambda: page.keyboard.press(next(keys))


def under_way() -> Callable[[], object]:
    """A click whose frames take their time: sent, delivered, answered."""
    page, click = _tab(SearchLive)
    page.network.latency(0.05)

    def act() -> None:
        click()
        page.sim.clock.advance(0.2)

    return act


def returning(messages: int) -> Callable[[], object]:
    """A connection that is lost and returns."""
    page = Simulation().page(ChatLive, session={"messages": messages})

    def act() -> None:
        page.network.drop()
        page.network.restore()
        page.sim.clock.advance(1)

    return act


def in_a_row(count: int) -> Callable[[], object]:
    """A person's click at the button of one row of a table."""
    return Simulation().page(TableLive, session={"rows": count}).locator("#row-500 button").click


def tabbing(count: int) -> Callable[[], object]:
    """The focus goes to the next of many buttons."""
    page = Simulation().page(TableLive, session={"rows": count})
    return lambda: page.keyboard.press("Tab")


def results() -> list[Result]:
    """Each beside what it is measured by."""
    return [
        Result("a key in a debounced field / a click", measure(keystroke(), _tab(SearchLive)[1]), 1.5),
        Result("a click under latency / at once", measure(under_way(), _tab(SearchLive)[1]), 2.5),
        Result(
            "chat of 1000 messages: lost and joined again / opened",
            measure(returning(1000), lambda: Simulation().page(ChatLive, session={"messages": 1000}), rounds=60),
            1.3,
        ),
        Result("a click beside 1000 rows with bindings / without", measure(_tab(BoundLive)[1], _tab(RowsLive)[1]), 1.5),
        Result(
            "a person's click in one of 10,000 rows / of 1,000",
            measure(in_a_row(10_000), in_a_row(1000), rounds=8),
            1.5,
        ),
        Result("Tab beside 10,000 buttons / 1,000", measure(tabbing(10_000), tabbing(1000), rounds=8), 15),
    ]
