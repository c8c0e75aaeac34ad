"""What things cost as a world grows: forks, broadcasts, the click beside a long list. Ratios, measured in turns."""

from __future__ import annotations

import gc
from collections.abc import Callable, Generator
from contextlib import contextmanager
from time import process_time
from typing import Any

from liveview_core import LiveView, Route, Router, heex
from liveview_testing import Simulation, View


class Listener(LiveView):
    """One of many."""

    def mount(self, params: Any, session: Any, socket: Any) -> Any:
        return socket.assign(count=0).subscribe("news")

    def handle_info(self, msg: Any, socket: Any) -> Any:
        return socket.update("count", lambda n: n + 1)

    render = heex("<div><h1>{@count}</h1></div>")


class Chat(LiveView):
    """A long stream."""

    def mount(self, params: Any, session: Any, socket: Any) -> Any:
        rows = [{"id": number, "text": f"message {number}"} for number in range(int(params["n"]))]
        return socket.stream("rows", rows)

    def handle_event(self, event: str, params: Any, socket: Any) -> Any:
        return socket.stream_insert("rows", {"id": params["id"], "text": "new"})

    render = heex("""
    <ul id="rows" phx-update="stream"><li :for={dom_id, row in @streams.rows} id={dom_id}>{row["text"]}</li></ul>
    <button id="more" phx-click="more" phx-value-id="x">more</button>
    """)


ROUTER = Router([Route("/news", Listener), Route("/chat", Chat)])


def ratio(small: Callable[[], object], large: Callable[[], object], rounds: int, repeat: int = 1) -> float:
    """How many times longer the large one takes: the best of rounds in which both take turns."""

    def timed(run: Callable[[], object]) -> float:
        started = process_time()
        for _ in range(repeat):
            run()
        return process_time() - started

    times = [(timed(small), timed(large)) for _ in range(rounds)]
    return min(large for _, large in times) / min(small for small, _ in times)


def best_of(tries: int, limit: float, measure: Callable[[], float]) -> float:
    """A measurement on a shared machine may be disturbed: the best of a few tries counts."""
    best = measure()
    for _ in range(tries - 1):
        if best <= limit:
            break
        best = min(best, measure())
    return best


@contextmanager
def no_collector() -> Generator[None]:
    """What the collector walks through is not what an act costs: it comes when so many objects were made, whoever made them."""
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def chat(length: int) -> View:
    return Simulation(ROUTER).live(f"/chat?n={length}")


def test_a_fork_costs_the_same_however_much_there_is() -> None:
    """fork() with a chat of 10,000 messages costs at most 1.5 times one with 10."""
    short, long = chat(10), chat(10_000)
    found = best_of(5, 1.5, lambda: ratio(short.sim.fork, long.sim.fork, rounds=20, repeat=200))
    assert found <= 1.5


def test_a_broadcast_costs_the_same_for_each_view() -> None:
    """A broadcast to 1,500 views costs for each view at most 1.3 times what it costs to 300: neither fits into the nearest caches,
    which other tests use, too. (`make bench`: to 10,000, beside 100.)
    """
    few, many = Simulation(ROUTER), Simulation(ROUTER)
    for sim, count in ((few, 300), (many, 1_500)):
        for _ in range(count):
            sim.live("/news")

    def to_the_few() -> None:
        for _ in range(5):
            few.broadcast("news", "few")

    with no_collector():
        found = best_of(
            6, 1.3, lambda: 5 * 300 / 1_500 * ratio(to_the_few, lambda: many.broadcast("news", "many"), rounds=3)
        )
    assert found <= 1.3
    assert all(view.assigns.count == many.views[0].assigns.count for view in many.views[:100])
    assert many.views[0].assigns.count >= 3


def test_opening_a_view_costs_the_same_among_many() -> None:
    """The next view of a world with 1,500 costs at most 1.5 times that of one with a hundred."""
    few, many = Simulation(ROUTER), Simulation(ROUTER)
    for sim, count in ((few, 100), (many, 1_500)):
        for _ in range(count):
            sim.live("/news")
    with no_collector():
        found = best_of(
            5, 1.5, lambda: ratio(lambda: few.live("/news"), lambda: many.live("/news"), rounds=10, repeat=5)
        )
    assert found <= 1.5
    assert [each.name for each in many.people[:2]] == ["Ann", "Ben"]
    assert len({each.name for each in many.people}) == len(many.people) > 1_500


def test_a_click_beside_a_long_list() -> None:
    """The same click in a chat of 10,000 messages costs at most 1.5 times one of 1,000."""
    short, long = chat(1_000), chat(10_000)
    for view in (short, long):
        view.element("#more").render_click()
    found = best_of(
        5,
        1.5,
        lambda: ratio(short.element("#more").render_click, long.element("#more").render_click, rounds=10, repeat=50),
    )
    assert found <= 1.5


def test_the_log_does_not_weigh_on_a_click() -> None:
    """A click after 5,000 others costs what the first ones cost."""
    fresh, old = chat(10), chat(10)
    for _ in range(5_000):
        old.element("#more").render_click()
    found = best_of(
        5,
        1.5,
        lambda: ratio(fresh.fork().element("#more").render_click, old.fork().element("#more").render_click, 10, 20),
    )
    assert found <= 1.5
