"""Expectations: what is to be true of a locator or a page, now or before the time is over.

Owns `expect` and its assertions, each with its `not_to_…`. Law: what holds now lets no time pass; what does not is waited for in a
fork, which becomes the world when it holds; a failure leaves the world as it was and says what was expected, what was there, how
far the clock went and what the page looks like.
"""

from __future__ import annotations

import sys
from typing import Any, overload

from liveview_core.errors import LiveViewError, shown
from liveview_core.tracebacks import shorten
from liveview_testing.user.locators import options
from liveview_testing.user.locators.expecting.locator_assertions import LocatorAssertions
from liveview_testing.user.locators.expecting.page_assertions import PageAssertions
from liveview_testing.user.locators.locator import TabLocator
from liveview_testing.user.locators.page import Tab

__all__ = ["LocatorAssertions", "PageAssertions", "expect"]


class Unsupported(LiveViewError, ValueError):
    """Nothing can be expected of this."""


class Expect:
    """`expect(locator).to_…`, `expect(page).to_…`."""

    __slots__ = ("_timeout",)

    def __init__(self) -> None:
        self._timeout: float | None = None

    @overload
    def __call__(self, actual: TabLocator, message: str | None = None) -> LocatorAssertions: ...

    @overload
    def __call__(self, actual: Tab, message: str | None = None) -> PageAssertions: ...

    @overload
    def __call__(self, actual: Any, message: str | None = None) -> Any: ...

    def __call__(self, actual: Any, message: str | None = None) -> Any:
        """What is to be true of `actual`; a `message` is said first where it is not."""
        if message is not None:
            options.text(message, "a message")
        if isinstance(actual, TabLocator):
            return LocatorAssertions(actual, message, self._timeout, sys._getframe(1).f_code)
        if isinstance(actual, Tab):
            return PageAssertions(actual, message, self._timeout, sys._getframe(1).f_code)
        real = getattr(actual, "expected_of_it", None)  # a page in a real browser, or a locator on it
        if real is not None:
            return real(message, self._timeout)
        theirs = sys.modules.get("playwright.sync_api")
        if theirs is not None and isinstance(actual, (theirs.Page, theirs.Locator, theirs.APIResponse)):
            return theirs.expect(actual, message)
        raise shorten(
            Unsupported(
                f"Unsupported type: {type(actual)}",
                expected="a Locator or a Page",
                got=shown(actual),
                cure="expect(page.get_by_text(…)), expect(view.locator(…))",
            )
        )

    def __repr__(self) -> str:
        return "expect"

    def set_options(self, timeout: object = None) -> None:
        """How long expectations wait from now on, in milliseconds; None: 5,000 again."""
        self._timeout = None if timeout is None else options.milliseconds(timeout, options.EXPECT_TIMEOUT)


expect = Expect()
