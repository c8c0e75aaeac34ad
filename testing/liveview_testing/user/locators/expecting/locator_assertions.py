"""What can be expected of a locator.

Owns `LocatorAssertions`: Playwright's, by its names, each with its `not_to_…`: of texts, values and states, how many there are,
their outline, and those that are refused. Law: see `expect`; an assertion about one element is strict, and one about none fails
unless it is about absence.
"""

from __future__ import annotations

from typing import NoReturn

from liveview_testing.browser.accessibility.text import Wanted
from liveview_testing.failures.misuse.page_names import EXPECTATION_NAMES
from liveview_testing.user.locators import options
from liveview_testing.user.locators.expecting.aria_expectation import VERB, aria_ask, read_for
from liveview_testing.user.locators.expecting.expecting import Told
from liveview_testing.user.locators.expecting.state_assertions import StateAssertions
from liveview_testing.user.locators.expecting.text_assertions import TextAssertions
from liveview_testing.user.locators.expecting.value_assertions import ValueAssertions
from liveview_testing.user.locators.scene import Scene


class LocatorAssertions(TextAssertions, ValueAssertions, StateAssertions):
    """`expect(locator)`."""

    __slots__ = ()
    _names = {
        **EXPECTATION_NAMES,
        "to_have_url": "expect(page).to_have_url('/path')",
        "to_have_title": "expect(page).to_have_title('…')",
    }
    _called = "expect(locator)"

    def to_have_count(self, count: int, *, timeout: object = None) -> None:
        """There are so many elements."""
        self._count(count, False, timeout)

    def not_to_have_count(self, count: int, *, timeout: object = None) -> None:
        """There are not so many elements."""
        self._count(count, True, timeout)

    def _count(self, expected: object, negated: bool, timeout: object) -> None:
        wanted = options.whole(expected, "a count")
        query = self._locator.query

        def ask(scene: Scene) -> Told | None:
            count = query.count(scene.reading)
            return None if (count == wanted) is not negated else Told(count, None, count)

        self.waited("Locator", "have count", wanted, negated, timeout, ask, query)

    def to_match_aria_snapshot(self, expected: str, *, timeout: object = None) -> None:
        """Its outline has all of this, in this order."""
        self._aria(expected, False, timeout)

    def not_to_match_aria_snapshot(self, expected: str, *, timeout: object = None) -> None:
        """Its outline has not all of this."""
        self._aria(expected, True, timeout)

    def _aria(self, expected: object, negated: bool, timeout: object) -> None:
        text = options.text(expected, "an aria snapshot")
        template = read_for(text, lambda error: self._at_once("Locator", VERB, text, negated, error))
        self._strictly(VERB, text, negated, timeout, lambda element: aria_ask(element, template, negated))

    # --- refused ------------------------------------------------------------------------------------------------------

    def to_be_in_viewport(self, *, ratio: float | None = None, timeout: object = None) -> NoReturn:
        """Refused: needs layout, which is not computed."""
        raise options.needs(
            "to_be_in_viewport",
            "needs layout, which is not computed",
            "to_be_visible(), to_have_class(…), to_have_value(…)",
        )

    def not_to_be_in_viewport(self, *, ratio: float | None = None, timeout: object = None) -> NoReturn:
        """Refused: needs layout, which is not computed."""
        raise options.needs(
            "to_be_in_viewport",
            "needs layout, which is not computed",
            "to_be_visible(), to_have_class(…), to_have_value(…)",
        )

    def to_have_css(self, name: str, value: Wanted, *, timeout: object = None) -> NoReturn:
        """Refused: needs style sheets, which are not read."""
        raise options.needs(
            "to_have_css",
            "needs style sheets, which are not read",
            "to_be_visible(), to_have_class(…), to_have_value(…)",
        )

    def not_to_have_css(self, name: str, value: Wanted, *, timeout: object = None) -> NoReturn:
        """Refused: needs style sheets, which are not read."""
        raise options.needs(
            "to_have_css",
            "needs style sheets, which are not read",
            "to_be_visible(), to_have_class(…), to_have_value(…)",
        )

    def to_have_js_property(self, name: str, value: object, *, timeout: object = None) -> NoReturn:
        """Refused: needs a script engine."""
        raise options.needs(
            "to_have_js_property", "needs a script engine", "to_be_visible(), to_have_class(…), to_have_value(…)"
        )

    def not_to_have_js_property(self, name: str, value: object, *, timeout: object = None) -> NoReturn:
        """Refused: needs a script engine."""
        raise options.needs(
            "to_have_js_property", "needs a script engine", "to_be_visible(), to_have_class(…), to_have_value(…)"
        )
