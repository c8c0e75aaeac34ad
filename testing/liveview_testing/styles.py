"""What the classes of common style sheets do, as `Simulation(styles=…)` takes it.

Owns `TAILWIND`, and which keys of such a table are selectors. Law: a table says what its sheet does as it is delivered; nothing of
it is used unless a test gives it. Classes that depend on the width of the window or on a state (`md:hidden`, `group-hover:block`)
are not in it.

>>> from liveview_testing import Simulation
>>> sim = Simulation(styles={**TAILWIND, ".menu > li": "block"})
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from liveview_core.values.patterns import late_pattern

__all__ = ["TAILWIND"]

_TAGS = (
    "a abbr address article aside audio b blockquote body br button canvas caption cite code col colgroup dd del details "
    "dfn dialog div dl dt em fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html i iframe img "
    "input ins kbd label legend li main map mark menu meter nav ol optgroup option output p picture pre progress q s "
    "samp section select small span strong sub summary sup svg table tbody td textarea tfoot th thead time tr u ul var "
    "video"
)
_WITH_TAG = late_pattern(rf"(?:{'|'.join(_TAGS.split())})[.#:\[].*", re.DOTALL)


def is_selector(key: str) -> bool:
    """Whether a key of a table of styles is a selector; else it is a class, such as `hidden`, `md:hidden` or `h-0.5`.

    >>> [is_selector(key) for key in ("li:first-child", "a.on", ".on", "ul > li", "md:hidden", "w-1/2", "table")]
    [True, True, True, True, False, False, False]
    """
    return key[:1] in ".#[*:" or any(sign in key for sign in " >+~,") or _WITH_TAG.fullmatch(key) is not None


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
