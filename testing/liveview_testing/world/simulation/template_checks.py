"""The templates of a view are verified when a test opens it for the first time.

Law: what a test does not show is looked at too: a wrong call in another branch is a warning of the first test that opens the
view, a component that is not there its error.
"""  # N3.2

from __future__ import annotations

from typing import Any
from weakref import WeakSet

__all__ = ["first_use"]

_USED: WeakSet[type[Any]] = WeakSet()


def first_use(view: type[Any]) -> None:
    """Verify the templates of a view, once."""
    if view not in _USED:
        from liveview_core.heex.inspection import verify_all

        verify_all(view)
        _USED.add(view)
