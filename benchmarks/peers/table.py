"""The table: medians over the rounds, each beside ours, and below it what a cell cannot say."""

from __future__ import annotations

from statistics import median
from typing import Any

from benchmarks.peers.kits import ELSEWHERE, OURS, Kit

__all__ = ["Found", "table"]

Found = dict[str, dict[str, list[dict[str, Any]]]]
"""Of each kit, by its name, of each row: what each round gave."""


def _middle(found: list[dict[str, Any]]) -> float | str:
    values: list[float | str] = [each.get("value", each.get("why", "")) for each in found]
    numbers = [value for value in values if not isinstance(value, str)]
    return median(numbers) if numbers else values[0]


def _times(ratio: float) -> str:
    if ratio >= 100:
        return f"{float(f'{ratio:.2g}'):,.0f}"
    return f"{ratio:.0f}" if ratio >= 10 else f"{ratio:.1f}" if ratio >= 0.95 else f"{ratio:.2f}"


def _size(row: str, value: float) -> str:
    """Ours: one, or how many bytes it is."""
    if not row.startswith(("bytes", "memory")):
        return "1"
    return f"{value:,.0f} bytes" if value < 1000 else f"{value / 1000:,.0f} kB"


def table(kits: dict[str, Kit], found: Found) -> str:
    """As Markdown."""
    rows = list(dict.fromkeys(row for kit in kits for row in found.get(kit, ())))
    notes: list[str] = []

    def noted(why: str) -> str:
        if why not in notes:
            notes.append(why)
        return f"–[{notes.index(why) + 1}]"

    def cell(name: str, row: str) -> str:
        values = found.get(name, {}).get(row)
        if not values:
            return noted("not measured: it could not be installed, or its script failed (see below)")
        value, ours = _middle(values), _middle(found[OURS.name][row])
        if isinstance(value, str):
            return noted(value)
        if name == OURS.name:
            return _size(row, value)
        if isinstance(ours, str):
            return noted(f"ours: {ours}")
        slept = min(each.get("slept", 0.0) for each in values)
        ratio = _times(value / ours)
        return f"{ratio} (+ {slept * 1000:.0f} ms asleep)" if slept > 5 * value else ratio

    lines = ["| | " + " | ".join(kit.title for kit in kits.values()) + " |", "|---" * (len(kits) + 1) + "|"]
    lines += [f"| {row} | " + " | ".join(cell(name, row) for name in kits) + " |" for row in rows]
    lines += ["", *(f"{number}. {note}" for number, note in enumerate(notes, 1)), "", "Not like for like:", ""]
    lines += [f"* {kit.title}: {kit.unlike}" for kit in kits.values()]
    return "\n".join([*lines, f"* {ELSEWHERE}"])
