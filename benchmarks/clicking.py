"""What a click costs, all of it: lookup, payload, hooks, callback, render, diff, the browser's patch, the log.

The page's HTML is not asked for. Yardstick: one jinja2 render of the same page.
"""

from __future__ import annotations

from collections.abc import Callable

from benchmarks.pages import CHAT, COUNTER, TABLE, ChatLive, CounterLive, Message, TableLive, rows
from benchmarks.yardstick import Result, measure
from liveview_core import Route, Router, Socket
from liveview_testing import Simulation, live

__all__ = ["results", "scaling"]


def counter_click() -> Callable[[], object]:
    """A click on the counter."""
    view = live(CounterLive)
    return lambda: view.element("#inc").render_click()


def table_click(count: int, selector: str = "#row-500 button") -> Callable[[], object]:
    """A click that changes one of *count* rows."""
    view = live(TableLive, session={"rows": count})
    return lambda: view.element(selector).render_click()


def beside_click(count: int) -> Callable[[], object]:
    """A click beside a table of *count* rows."""
    view = live(TableLive, session={"rows": count})
    return lambda: view.element("#beside").render_click()


def chat_click(count: int) -> Callable[[], object]:
    """A click that appends to a stream of *count* messages."""
    view = live(ChatLive, session={"messages": count})
    return lambda: view.element("button.own").render_click()


def unaimed_click(*, recorded: bool) -> Callable[[], object]:
    """A click on the counter that is put down for a script, or is part of another act, which is not."""
    element = live(CounterLive).element("#inc")
    if not recorded:
        element.view.sim._current.busy = element.view.sim._current
    return element._any_render_click


def results() -> list[Result]:
    """Clicks beside renders."""
    table_rows = rows(1000)
    messages = [Message(n, f"user {n % 5}", f"message {n}") for n in range(1000)]
    return [
        Result("counter: a click", measure(counter_click(), lambda: COUNTER.render(count=1)), 3.8, goal=2),
        Result(
            "table of 1000 rows: a click",
            measure(table_click(1000), lambda: TABLE.render(rows=table_rows, clicks=0)),
            0.055,
            goal=0.03,
        ),
        Result(
            "chat of 1000 messages: a click",
            measure(chat_click(1000), lambda: CHAT.render(messages=messages)),
            0.055,
            goal=0.03,
        ),
        Result(
            "a click that is put down for a script, beside one not",
            measure(unaimed_click(recorded=True), unaimed_click(recorded=False)),
            1.15,
            goal=1.05,
        ),
    ]


def _broadcast(count: int) -> Callable[[], object]:
    sim = Simulation(Router([Route("/", _ListeningLive)]))
    for _ in range(count):
        sim.live("/")
    return lambda: sim.broadcast("news", "x")


class _ListeningLive(CounterLive):
    def mount(self, params: object, session: object, socket: Socket) -> Socket:
        return super().mount(params, session, socket).subscribe("news")

    def handle_info(self, msg: object, socket: Socket) -> Socket:
        return socket.update("count", lambda n: n + 1)


def _forking(count: int) -> Callable[[], object]:
    view = live(ChatLive, session={"messages": count})
    return view.sim.fork


def scaling() -> list[Result]:
    """The same thing on a page ten times as large."""

    def grown(name: str, make: Callable[[int], Callable[[], object]], small: int, large: int, limit: float) -> Result:
        return Result(name, measure(make(large), make(small)), limit)

    found = [
        grown("chat: 10,000 messages beside 1,000", chat_click, 1000, 10000, 1.5),
        grown("beside a table: 10,000 rows beside 1,000", beside_click, 1000, 10000, 1.5),
        grown("one row of a table: 10,000 beside 1,000", table_click, 1000, 10000, 7),
        grown("fork of a chat: 10,000 messages beside 10", _forking, 10, 10000, 1.5),
    ]
    each = measure(_broadcast(10000), _broadcast(100), rounds=12, parts=(10000, 100), seconds=0.02)
    found.append(Result("broadcast, per view: 10,000 views beside 100", each, 1.3, goal=1.15))
    render = measure(_broadcast(10000), lambda: COUNTER.render(count=1), rounds=12, parts=(10000, 1), seconds=0.02)
    found.append(Result("broadcast to 10,000, per view, beside a render", render, 3, goal=1.4))
    return found
