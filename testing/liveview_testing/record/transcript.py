"""What happened in a world, as lines: each act, the frames that it caused with their bytes, and the pages in the end.

Owns `transcript`. Law: the same run gives the same lines; frames are told by whose they are and by how large, their payloads by
their beginning, so that a page that costs more shows in one line.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from liveview_core.errors import printable
from liveview_testing.record.story import excerpt
from liveview_testing.world.log.wire import frames

if TYPE_CHECKING:
    from liveview_testing.user.simulation import Simulation
    from liveview_testing.world.log.happening import Happening

WIDTH = 72


def transcript(sim: Simulation) -> str:
    """The story of a world so far."""
    return "\n".join(map(printable, _lines(sim)))


def _lines(sim: Simulation) -> Iterator[str]:
    happenings = {each.number: each for each in sim.history}
    names = {each.tab: each.name for each in sim.people if each.tab}
    lines = sim.world.lines
    told: set[int] = set()

    def said(found: Iterable[Happening]) -> Iterator[str]:
        for happening in found:
            told.add(happening.number)
            tab = lines[happening.process].tab.number
            for frame in frames([happening]):
                arrow = "->" if frame.direction == "client" else "<-"
                who = names.get(tab, f"browser {tab}")
                yield f"  {who} {arrow} {frame.event} {frame.bytes} B {excerpt(frame, WIDTH)}".rstrip()

    for act in sim.script.acts:
        yield str(act)
        yield from said(happenings[number] for number in act.happenings if number in happenings)
    rest = [each for number, each in happenings.items() if number not in told]
    if rest:
        yield "(no act of the test)"
        yield from said(rest)
    for name, page in _pages(sim):
        yield f"-- {name} sees --"
        yield from page.splitlines()


def _pages(sim: Simulation) -> Iterator[tuple[str, str]]:
    """What everybody sees: roles, names and texts."""
    known = {each.tab: each.name for each in sim.people if each.tab}
    for number in sorted({line.tab.number for line in sim.world.lines.values()}):
        if number in sim.world.browsers:
            page = sim.tab(number)
            yield page.name, page.aria_snapshot()
        else:
            view: Any = next((each for each in sim.views if each.browser == number), None)
            if view is not None:
                yield known.get(number, f"browser {number}"), view.fork().page.aria_snapshot()
