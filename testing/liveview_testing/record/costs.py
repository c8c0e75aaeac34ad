"""What the messages of a run cost, summed up by what they were: the data a production check asks for.

Owns `costs`, read off the log that every world keeps. Laws: no clock is read, so that the same run has the same costs on every
machine; nothing is counted before somebody asks, but for the evaluations, which the steps count themselves.

    worst = costs(sim)[0]
    assert worst.most_bytes < 10_000, worst
"""

from __future__ import annotations

from typing import Any, Literal, TypeAlias

from liveview_core.values.declaring import frozen
from liveview_testing.user.simulation import Simulation, View
from liveview_testing.world.log.happening import Happening

__all__ = ["Cost", "costs", "table"]

By: TypeAlias = Literal["bytes", "evaluated", "times"]


@frozen
class Cost:
    """What all messages of one kind cost the views of one class.

    `what` is the event, or what else it was; `times` they came, `evaluated` dynamics and `bytes` to the client all together,
    `most_evaluated` and `most_bytes` at one of them.
    """

    view: str
    what: str
    times: int
    evaluated: int
    bytes: int
    most_evaluated: int
    most_bytes: int


def costs(of: Simulation | View, by: By = "bytes") -> list[Cost]:
    """The costs of a world's messages, or of a view's, the most expensive kind first."""  # TM-1
    sim = of.sim if isinstance(of, View) else of
    happenings = of.steps if isinstance(of, View) else of.history
    lines = sim.world.lines
    groups: dict[tuple[str, str], list[Happening]] = {}
    for each in happenings:
        view = type(lines[each.process].tab.visit.view).__name__
        groups.setdefault((view, _what(each)), []).append(each)
    found = [_cost(view, what, group) for (view, what), group in groups.items()]
    return sorted(found, key=lambda cost: (-getattr(cost, by), cost.view, cost.what))


def _cost(view: str, what: str, group: list[Happening]) -> Cost:
    evaluated, sizes = [each.evaluated for each in group], [each.bytes for each in group]
    return Cost(view, what, len(group), sum(evaluated), sum(sizes), max(evaluated), max(sizes))


def _what(happening: Happening) -> str:
    """The kind of a message: the name of a client's event, the tag of a message that has one."""
    payload: Any = happening.payload
    if happening.origin == "client":
        return f"event {payload['event']}" if happening.event == "event" else happening.event
    if isinstance(payload, tuple) and payload and isinstance(payload[0], str):
        return f"{happening.origin} {payload[0]}"
    if isinstance(payload, str):
        return f"{happening.origin} {payload}"
    return f"{happening.origin.partition(':')[0]} {happening.event}"


def table(found: list[Cost], most: int = 10) -> str:
    """Costs as lines of text, for people.

    >>> print(table([Cost("ChatLive", "event send", 2, 7, 120, 4, 70)]))
    view      what        times  evaluated  most  bytes  most
    ChatLive  event send      2          7     4    120    70
    """
    rows = [("view", "what", "times", "evaluated", "most", "bytes", "most")]
    for each in found[:most]:
        figures = (each.times, each.evaluated, each.most_evaluated, each.bytes, each.most_bytes)
        rows.append((each.view, each.what, *map(str, figures)))  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    widths = [max(len(row[column]) for row in rows) for column in range(7)]
    return "\n".join(
        "  ".join(
            text.ljust(width) if column < 2 else text.rjust(width)
            for column, (text, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    )
