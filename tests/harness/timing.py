"""What two things cost, side by side: the machine is not ours alone.

Law: a bound is not loosened. What is over it is measured again, as a machine may be disturbed for a while; what is really dearer is
so each time.
"""

from __future__ import annotations

from collections.abc import Callable

__all__ = ["ratio"]


def ratio(cost: Callable[[], float], yardstick: Callable[[], float], bound: float, *, rounds: int) -> float:
    """How many times the yardstick something costs at least, in rounds of both; over `bound` there are up to five times as many."""
    dear, plain = float("inf"), float("inf")
    for _ in range(5):
        for _ in range(rounds):  # side by side, so that what else the machine does is in both
            dear, plain = min(dear, cost()), min(plain, yardstick())
        if dear <= bound * plain:
            break
    return dear / plain
