"""Timelines of tests: what `pytest --liveview-report=DIR` writes, and says in the failure.

Owns `report`, which the plugin calls for each phase of a test. Law: the report of a test never decides whether the test passes; if
it cannot be written, that is said where its path would be.
"""  # looking 2.7

from __future__ import annotations

import re
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote

from liveview_testing.record.timelines.failing import Failure, failed
from liveview_testing.record.timelines.run_timeline import Timeline, timeline
from liveview_testing.world.log.message_records import recorded
from liveview_testing.world.simulation.delivering.message_recording import asked

if TYPE_CHECKING:
    import pytest

    from liveview_testing.user.simulation import Simulation

__all__ = ["report", "safe"]

LONGEST = 120
MOST = 5
"""So many worlds of one test are written."""


def report(item: pytest.Item, call: pytest.CallInfo[None], told: pytest.TestReport) -> None:
    """Write the runs of a test that failed, or of each test if that is asked for; and say where they are."""
    folder = str(item.config.getoption("--liveview-report"))
    every = folder.endswith("=all")
    if not (told.failed or (every and told.when == "call" and told.passed)):
        return
    error = None if call.excinfo is None else call.excinfo.value
    try:
        failure = None if error is None else failed(error)
        found = _explored(error)
        worlds = _worlds(failure, found, hypothesis=hasattr(getattr(item, "obj", None), "hypothesis"))
        if not worlds:
            return
        css = item.config.getoption("--liveview-css")
        sheet = None if css is None else Path(css)
        place = Path(folder.removesuffix("=all"))
        lines: list[str] = []

        def written(run: Timeline, name: str, about: str) -> None:
            path = run.write(place / f"{safe(item.nodeid)}{name}.html").resolve()
            told.user_properties.append(("liveview_report", str(path)))
            if not lines:
                lines.extend(f"  {each}" for each in last_acts(run))
            lines.append(f"{about}: file://{quote(str(path))}#step={len(run.steps)}")

        for at, sim in enumerate(worlds):
            name, about = (f"-{at + 1}", "another world of it") if at else ("", "the run, step by step")
            mine = [each for each in found if each.sim is sim]
            shown = None if at else failure
            if mine and (mine[0].world is sim.world or mine[0].is_why):  # nothing happened in it since
                look = mine.pop(0)
                title = f"{item.nodeid}: {'what fails' if look.fails else 'the usual order'}"
                about += ", with what else could have come next"
                written(
                    look.found.timeline(title=title, css=sheet, failure=shown if look.is_why else None), name, about
                )
            else:
                written(timeline(sim, title=item.nodeid, css=sheet, failure=shown), name, about)
            for number, look in enumerate(mine[:MOST], 1):
                title = f"{item.nodeid}: explored"
                run = look.found.timeline(title=title, css=sheet)
                written(run, f"{name}-explored-{number}", "what was explored, with what else could have come next")
    except Exception as problem:
        lines = [f"no timeline could be written: {type(problem).__name__}: {problem}"]
    told.sections.append(("liveview", "\n".join(lines)))


class Explored(NamedTuple):
    """An exploration in a test: of which simulation, of its world then, what was found; `is_why`: the test failed by it."""

    sim: Any
    world: Any
    found: Any
    is_why: bool

    @property
    def fails(self) -> bool:
        """Whether something is wrong in it."""
        return bool(self.found.failures)


def _explored(error: BaseException | None) -> list[Explored]:
    """What was explored in the test: first what it failed by, then the last."""
    why: list[Any] = []
    while error is not None and len(why) < MOST:
        why.append(getattr(error, "exploration", None))
        error = error.__cause__
    each = [
        Explored(sim, world, found, any(found is one for one in why)) for sim, world, found in reversed(asked.explored)
    ]
    return sorted(each, key=lambda one: not one.is_why)


def last_acts(run: Timeline, count: int = 3) -> list[str]:
    """The last acts, in words."""
    acts = list(enumerate(run.acts, 1))[-count:]
    return [
        f"{number}. {run.text(act['who']) + ' ' if 'who' in act else ''}{run.text(act['what'])}" for number, act in acts
    ]


def _worlds(failure: Failure | None, found: list[Explored], *, hypothesis: bool) -> list[Simulation]:
    """The worlds of the test in which something happened: first the one that it asked when it failed, else the last."""
    explored = [each.sim for each in found]
    worlds: list[Any] = [
        sim
        for sim in asked.worlds
        if ((last := recorded(sim.world.store)) is not None and last.number) or any(sim is each for each in explored)
    ]
    if not worlds:
        return []
    main = worlds[-1]
    if failure is not None and failure.world is not None:
        main = next((sim for sim in worlds if sim is failure.world), main)
    if found and found[0].is_why:
        main = next((sim for sim in worlds if sim is found[0].sim), main)
    if hypothesis:
        return [main]  # the others are of other examples
    return [main, *(sim for sim in worlds if sim is not main)][:MOST]


def safe(nodeid: str) -> str:
    """A node id as the name of a file."""
    name = re.sub(r"[^\w.-]+", "_", nodeid.replace("::", "--").replace("/", "."), flags=re.ASCII)
    if len(name) <= LONGEST:
        return name
    return f"{name[:LONGEST]}-{blake2b(nodeid.encode(errors='replace'), digest_size=4).hexdigest()}"
