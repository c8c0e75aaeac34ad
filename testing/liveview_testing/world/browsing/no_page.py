"""The page of a browser that has none yet: its view was opened, and nobody has joined it.

Law: whatever is asked of it, the answer is `NoPageYet`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from liveview_core.errors import LiveViewError

if TYPE_CHECKING:
    from liveview_testing.browser.page.page import Page


class NoPageYet(LiveViewError, AssertionError):
    """The view has not been joined."""


class _Blank:
    """The page of a browser that has none yet."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):  # who only looks around (doctest, copy) is answered as Python answers
            raise AttributeError(name)
        raise NoPageYet("this browser has no page yet")


BLANK: Page = _Blank()  # type: ignore[assignment]
