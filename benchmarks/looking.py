"""What timelines cost: recording beside not recording, and making one of a run or a page that is ten times as large.

Law of both: a timeline costs what changed. Yardsticks are the same thing without it, or a tenth of it.
"""

from __future__ import annotations

from collections.abc import Callable

from benchmarks.pages import CounterLive, TableLive
from benchmarks.yardstick import Result, measure
from liveview_testing import Simulation, Timeline, timeline

__all__ = ["results", "size"]


def clicking(*, record: bool) -> Callable[[], object]:
    """A click on the counter."""
    element = Simulation(record=record, history=1000).live(CounterLive).element("#inc")
    return element.render_click


def run(acts: int, rows: int) -> Simulation:
    """A run of clicks, each on another row of a table."""
    sim = Simulation(record=True)
    view = sim.live(TableLive, session={"rows": rows})
    for number in range(acts):
        view.element(f"#row-{number * 37 % rows} button").render_click()
    return sim


def making(acts: int, rows: int) -> Callable[[], Timeline]:
    """The timeline of such a run."""
    sim = run(acts, rows)
    return lambda: timeline(sim)


def size(acts: int, rows: int) -> int:
    """Bytes of the file."""
    return len(timeline(run(acts, rows)).html())


def results() -> list[Result]:
    """Recording, and making."""
    return [
        Result(
            "a click that is recorded, beside one that is not",
            measure(clicking(record=True), clicking(record=False)),
            2,
        ),
        Result("a timeline of 1,000 acts beside 100", measure(making(1000, 1000), making(100, 1000), rounds=8), 12),
        Result("a timeline of 1,000 rows beside 100", measure(making(200, 1000), making(200, 100), rounds=12), 3),
    ]
