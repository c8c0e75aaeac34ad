"""How deep pages and values may nest, and what is said where that is not enough.

Owns `TooDeep`. Law: that the project's own code ran out of depth is told as an error of its own, before anything has happened;
that the user's code did is the user's error, and stays as it is.
"""

from __future__ import annotations

from types import TracebackType

from liveview_core.errors import LiveViewError

__all__ = ["TooDeep", "told"]

OWN = ("liveview_core", "liveview_testing")
LOOKED_AT = 40


class TooDeep(LiveViewError, RecursionError):
    """Something nests deeper than pages, components and values may: about 190 components or 450 elements in one another."""


def told(error: RecursionError) -> TooDeep | None:
    """What to raise instead, if it was not a function of the user's that called itself."""
    modules: list[str] = []
    trace: TracebackType | None = error.__traceback__
    while trace is not None:
        modules.append(str(trace.tb_frame.f_globals.get("__name__", "")))
        trace = trace.tb_next
    own = sum(1 for module in modules[-LOOKED_AT:] if module.partition(".")[0] in OWN)
    if isinstance(error, TooDeep) or own * 4 < min(LOOKED_AT, len(modules)):
        return None
    return TooDeep(
        "this nests too deep",
        expected="at most about 190 components, or 450 elements of a raw text, in one another",
        got="one more than Python's own limit of recursion allows (sys.getrecursionlimit())",
        cure="a list instead of a nest; or, does a value contain itself, or a component itself without an end?",
    )
