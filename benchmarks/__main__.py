"""All benchmarks, as one report: `make bench`. Exits 1 where a limit is not kept."""

from __future__ import annotations

import sys

from benchmarks import clicking, exploring, locating, looking, rendering, soaking, starting


def main() -> None:
    """Print the report."""
    found = [*rendering.results(), *clicking.results(), *clicking.scaling(), *looking.results(), *starting.results()]
    found += [*locating.results(), *exploring.results(), *soaking.results()]
    for result in found:
        print(result)
    for note in rendering.notes():
        print(f"     {note}")
    sys.exit(0 if all(result.kept for result in found) else 1)


if __name__ == "__main__":
    main()
