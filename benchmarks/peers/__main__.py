"""`make peers`: installs every kit, measures them in turn, and prints the table. Half an hour, and 1.3 GB in `.peers/`.

    python -m benchmarks.peers [--rounds 3] [NAME …]

One process at a time; each round begins with another kit; what counts is the median of the rounds.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections import defaultdict
from typing import Any

from benchmarks.peers.environments import Environment, NotInstalled, version
from benchmarks.peers.kits import KITS, OURS, Kit
from benchmarks.peers.table import Found, table

STARTS = {
    "pytest: one test of the kit": (True, True),
    "pytest: the same, without bytecode": (False, True),
    "pytest: a test that uses nothing": (True, False),
}
"""The rows of start-up: may bytecode be written, does the test use the kit."""


loads: list[float] = []
"""How many processes wanted to run, whenever something began."""


def say(text: str) -> None:
    """How it goes: beside the table, which is what is printed."""
    loads.append(os.getloadavg()[0])
    print(f"{text} (load {loads[-1]:.1f})", file=sys.stderr, flush=True)


def installed(kits: list[Kit]) -> tuple[dict[str, Environment], list[str]]:
    """The environments that could be made, and what is to be said of the others."""
    found: dict[str, Environment] = {}
    missing: list[str] = []
    for kit in kits:
        say(f"installing {kit.name}")
        found[kit.name] = Environment(kit)
        try:
            found[kit.name].install()
        except NotInstalled as error:
            missing.append(f"{kit.title} could not be installed: {error}")
            del found[kit.name]
    return found, missing


def measured(places: dict[str, Environment], rounds: int) -> tuple[Found, list[str]]:
    """What every round gave of every kit, and which scripts failed."""
    found: Found = defaultdict(lambda: defaultdict(list))
    failed: list[str] = []
    order = list(places)

    def add(name: str, rows: dict[str, dict[str, Any]]) -> None:
        for row, value in rows.items():
            found[name][row].append(value)

    def run(name: str, what: str) -> None:
        try:
            add(name, places[name].measure(what))
        except RuntimeError as error:
            failed.append(str(error))

    for number in range(rounds):
        for name in order[number % len(order) :] + order[: number % len(order)]:
            say(f"round {number + 1}: {name}")
            run(name, "times")
    for name in order:
        say(f"memory: {name}")
        run(name, "memory")
    for name in order:  # the first runs write bytecode, or find what the machine has not read yet
        for bytecode, used in STARTS.values():
            places[name].start(bytecode=bytecode, used=used)
    for number in range(rounds + 2):
        say(f"starting, round {number + 1}")
        for name in order[number % len(order) :] + order[: number % len(order)]:
            for row, (bytecode, used) in STARTS.items():
                add(name, {row: {"value": places[name].start(bytecode=bytecode, used=used)}})
    return found, failed


def main() -> None:
    """Print the table."""
    arguments = argparse.ArgumentParser(prog="python -m benchmarks.peers")
    arguments.add_argument("--rounds", type=int, default=3)
    arguments.add_argument("names", nargs="*", metavar="NAME", help="of these kits only (ours is always there)")
    asked = arguments.parse_args()
    kits = [kit for kit in KITS if not asked.names or kit == OURS or kit.name in asked.names]
    places, missing = installed(kits)
    found, failed = measured(places, asked.rounds)
    print(table({kit.name: kit for kit in kits}, found))
    for trouble in missing + failed:
        print(f"* {trouble}")
    python = ".".join(str(part) for part in sys.version_info[:3])
    print(f"\nPython {python}; " + "; ".join(f"{kit.title} is {version(kit)}" for kit in kits if kit != OURS) + ".")
    print(f"{asked.rounds} rounds; {os.cpu_count()} cores, load while measuring {min(loads):.1f} to {max(loads):.1f}.")


if __name__ == "__main__":
    main()
