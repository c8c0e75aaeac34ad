"""What the classes of common style sheets do, as `Simulation(styles=…)` takes it.

Owns `TAILWIND`. Law: a table says what its sheet does as it is delivered; nothing of it is used unless a test gives it. Classes
that depend on the width of the window or on a state (`md:hidden`, `group-hover:block`) are not in it.

>>> from liveview_testing import Simulation
>>> sim = Simulation(styles={**TAILWIND, ".menu > li": "block"})
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

__all__ = ["TAILWIND"]

_STEPS = (
    *(
        "0.5",
        "1",
        "1.5",
        "2",
        "2.5",
        "3",
        "3.5",
        "4",
        "5",
        "6",
        "7",
        "8",
        "9",
        "10",
        "11",
        "12",
        "14",
        "16",
        "20",
        "24",
        "28",
    ),
    *("32", "36", "40", "44", "48", "52", "56", "60", "64", "72", "80", "96", "px", "full", "screen"),
)
_DISPLAYED = {
    "block": (
        "block",
        "inline-block",
        "flow-root",
        "table",
        "inline-table",
        "absolute",
        "fixed",
        "float-left",
        "float-right",
    ),
    "flex": ("flex", "inline-flex", "grid", "inline-grid"),
    "hidden": ("hidden",),
    "inline": ("inline",),
    "contents": ("contents",),
    "sr-only": ("sr-only",),
    "invisible": ("invisible", "collapse"),
    "sized": tuple(f"{side}-{step}" for side in ("size", "h", "w", "min-h", "min-w") for step in _STEPS),
}

TAILWIND: Mapping[str, str] = MappingProxyType({name: what for what, names in _DISPLAYED.items() for name in names})
"""The classes of Tailwind that decide what can be seen, and what stands apart from what is beside it."""  # VI-5
