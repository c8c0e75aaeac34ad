"""Timelines of tests: what `pytest --liveview-report=DIR` writes, and says in the failure.

Owns `report`, which the plugin calls for each phase of a test. Law: the report of a test never decides whether the test passes; if
it cannot be written, that is said where its path would be.
"""  # looking 2.7

from __future__ import annotations

import re
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from liveview_testing.record.timelines.failing import Failure, failed
from liveview_testing.record.timelines.making import Timeline, timeline
from liveview_testing.world.log.recorded import recorded
from liveview_testing.world.simulation.recording_run import asked

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
        worlds = _worlds(failure, hypothesis=hasattr(getattr(item, "obj", None), "hypothesis"))
        if not worlds:
            return
        css = item.config.getoption("--liveview-css")
        place = Path(folder.removesuffix("=all"))
        lines: list[str] = []
        for at, sim in enumerate(worlds):
            run = timeline(
                sim, title=item.nodeid, css=None if css is None else Path(css), failure=None if at else failure
            )
            name = safe(item.nodeid) + (f"-{at + 1}" if at else "")
            path = run.write(place / f"{name}.html").resolve()
            told.user_properties.append(("liveview_report", str(path)))
            if not at:
                lines += [f"  {each}" for each in last_acts(run)]
            where = f"file://{quote(str(path))}#step={len(run.steps)}"
            lines.append(f"the run, step by step: {where}" if not at else f"another world of it: {where}")
    except Exception as problem:
        lines = [f"no timeline could be written: {type(problem).__name__}: {problem}"]
    told.sections.append(("liveview", "\n".join(lines)))


def last_acts(run: Timeline, count: int = 3) -> list[str]:
    """The last acts, in words."""
    acts = list(enumerate(run.acts, 1))[-count:]
    return [
        f"{number}. {run.text(act['who']) + ' ' if 'who' in act else ''}{run.text(act['what'])}" for number, act in acts
    ]


def _worlds(failure: Failure | None, *, hypothesis: bool) -> list[Simulation]:
    """The worlds of the test in which something happened: first the one that it asked when it failed, else the last."""
    worlds: list[Any] = [sim for sim in asked.worlds if (last := recorded(sim.world.store)) is not None and last.number]
    if not worlds:
        return []
    main = worlds[-1]
    if failure is not None and failure.world is not None:
        main = next((sim for sim in worlds if sim is failure.world), main)
    if hypothesis:
        return [main]  # the others are of other examples
    return [main, *(sim for sim in worlds if sim is not main)][:MOST]


def safe(nodeid: str) -> str:
    """A node id as the name of a file."""
    name = re.sub(r"[^\w.-]+", "_", nodeid.replace("::", "--").replace("/", "."), flags=re.ASCII)
    if len(name) <= LONGEST:
        return name
    return f"{name[:LONGEST]}-{blake2b(nodeid.encode(errors='replace'), digest_size=4).hexdigest()}"
