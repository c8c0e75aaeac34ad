"""How deep pages and values may nest, and what is said where that is not enough.

Owns `told`. Law: that the project's own code ran out of depth is told as an error of its own, before anything has happened;
that the user's code did is the user's error, and stays as it is.
"""

from __future__ import annotations

from types import TracebackType

from liveview_core.errors import TooDeep

__all__ = ["told"]

OWN = ("liveview_core", "liveview_testing")
LOOKED_AT = 40


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
    return TooDeep("a page, or a value,")
