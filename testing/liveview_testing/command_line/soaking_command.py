"""`liveview soak`: many seeds, with a line that says how far it is.

Owns the terminal's side of a soak. Law: what stays on the screen is the report; what moves is gone when it is over.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from liveview_testing.properties.soaking.soaking import check, soak

ENOUGH = 100
"""So many seeds should have seen what happens sometimes."""


def run_seeds(module: str, seeds: Sequence[int], people: int, acts: int, workers: int) -> int:
    """Run the seeds and print the report; 1 if something is wrong, 3 if not all were run.

    What should be seen sometimes is wrong, too, if that many seeds did not see it which a soak has by default.
    """
    console = Console(stderr=True)
    columns = (BarColumn(), MofNCompleteColumn(), TextColumn("{task.description}"))
    begun = time.perf_counter()
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as shown:
        bar = shown.add_task("", total=len(seeds))

        def tell(done: int, made: int, failed: int) -> None:
            rate = made / max(time.perf_counter() - begun, 0.001)
            shown.update(bar, completed=done, description=f"{made:,} acts · {rate:,.0f} acts/s · {failed} failures")

        report = soak(module, seeds=seeds, people=people, acts=acts, workers=workers, progress=tell)
    click.echo(str(report))
    if report.unfinished:
        return 3
    return 1 if report.failures or (report.unseen and len(seeds) >= ENOUGH) else 0


def check_seeds(module: str, seeds: Iterable[int], people: int, acts: int) -> int:
    """Run each seed twice and say where two runs part."""
    wrong = 0
    for seed in seeds:
        told = check(module, seed, people=people, acts=acts)
        if told is not None:
            click.echo(told)
            wrong += 1
    click.echo("equal, byte for byte" if not wrong else f"{wrong} seeds are not run the same twice")
    return 1 if wrong else 0
