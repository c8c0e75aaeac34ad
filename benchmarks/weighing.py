"""What a mounted view keeps: bytes of Python's heap for one of many, beside the text of its page as jinja2 renders it."""

from __future__ import annotations

import gc
import sys
import tracemalloc

from benchmarks.pages import CHAT, COUNTER, ChatLive, CounterLive, Message
from benchmarks.yardstick import Measured, Result
from liveview_core import LiveView
from liveview_testing import Simulation

__all__ = ["results"]


def kept(view: type[LiveView], count: int) -> float:
    """Bytes of one of *count* views that are mounted in one world."""
    sim = Simulation()
    views = [sim.live(view)]
    gc.collect()
    tracemalloc.start()
    views.extend(sim.live(view) for _ in range(count))
    gc.collect()
    size, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return size / (len(views) - 1)


def results() -> list[Result]:
    """Memory does not depend on how busy a machine is: the limits leave a twentieth, for another Python."""
    messages = [Message(n, f"user {n % 5}", f"message {n}") for n in range(1000)]
    counter, chat = (sys.getsizeof(text) for text in (COUNTER.render(count=0), CHAT.render(messages=messages)))
    return [
        Result(
            "memory: a mounted counter, beside its html",
            Measured(kept(CounterLive, 1000), counter, "B "),
            20.7,
            goal=20,
        ),
        Result("memory: a chat of 1000, beside its html", Measured(kept(ChatLive, 50), chat, "B "), 10.7, goal=10.3),
    ]
