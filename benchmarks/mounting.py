"""What a mount costs: disconnected, joined, and the page of a browser; and what the many of it cost.

Yardstick: jinja2 renders of the same page. What is mounted is kept while a round lasts, as a test keeps it.
"""

from __future__ import annotations

from collections.abc import Callable

from benchmarks.pages import CHAT, COUNTER, TABLE, ChatLive, CounterLive, Message, TableLive, rows
from benchmarks.yardstick import Result, measure
from liveview_core import LiveView
from liveview_testing import live

__all__ = ["results"]


def mounting(view: type[LiveView]) -> Callable[[], object]:
    """A mount, into a world of its own."""
    return lambda: live(view)


def results() -> list[Result]:
    """Mounts beside renders."""
    table_rows = rows(1000)
    messages = [Message(n, f"user {n % 5}", f"message {n}") for n in range(1000)]
    return [
        Result("counter: a mount", measure(mounting(CounterLive), lambda: COUNTER.render(count=0)), 20, goal=12),
        Result(
            "table of 1000 rows: a mount",
            measure(mounting(TableLive), lambda: TABLE.render(rows=table_rows, clicks=0), rounds=24),
            2.5,
            goal=1.8,
        ),
        Result(
            "chat of 1000 messages: a mount",
            measure(mounting(ChatLive), lambda: CHAT.render(messages=messages), rounds=24),
            5,
            goal=4,
        ),
    ]
