"""Checks that say nothing, which are warned of; not in a module of tests, as those are read for such statements."""

from __future__ import annotations

from typing import Any


def compares(assigns: Any) -> None:
    assigns.sold == 5  # noqa: B015  # pyright: ignore[reportUnusedExpression]


def asks(page: Any) -> None:
    """It asks, and nobody takes the answer."""
    for name in ("Sell", "Buy"):
        page.get_by_role("button", name=name).is_visible()


def sold_five(sim: Any) -> None:
    sim.views[0].assigns.sold == 5  # noqa: B015  # pyright: ignore[reportUnusedExpression]
