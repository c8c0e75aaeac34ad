"""What Chromium does with keys in a number field, measured once and kept in `number_keys.txt`: keys, what is shown in the end, and
the value after each key; `!`: there is none, and the field has a text; `_`: it is empty.
"""  # CE-41, FI-13

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple


class Measured(NamedTuple):
    keys: tuple[str, ...]
    shown: str
    values: tuple[str, ...]


def measured() -> list[Measured]:
    """All that was measured."""
    found: list[Measured] = []
    for line in Path(__file__).with_suffix(".txt").read_text(encoding="utf-8").splitlines():
        keys, shown, values = line.split(" | ")
        each = tuple(value.replace("_", "") for value in values.split(" "))
        found.append(Measured(tuple(keys.split(" ")), shown.strip(), each))
    return found
