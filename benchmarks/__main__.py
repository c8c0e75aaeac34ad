"""All benchmarks, as one report: `make bench`. Exits 1 where a limit is not kept."""

from __future__ import annotations

import sys

from benchmarks import (
    browsing,
    clicking,
    exploring,
    locating,
    looking,
    mounting,
    reading,
    rendering,
    soaking,
    starting,
    weighing,
)

PARTS = (
    rendering.results,
    mounting.results,
    clicking.results,
    clicking.scaling,
    reading.results,
    locating.results,
    looking.results,
    exploring.results,
    browsing.results,
    soaking.results,
    weighing.results,
    starting.results,
)


def main() -> None:
    """Print the report."""
    kept = True
    for part in PARTS:
        for result in part():
            print(result, flush=True)
            kept = kept and result.kept
    for note in rendering.notes():
        print(f"     {note}")
    sys.exit(0 if kept else 1)


if __name__ == "__main__":
    main()
