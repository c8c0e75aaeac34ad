"""What can be expected of a page: its title, its URL, its outline.

Owns `PageAssertions`. Law: see `expect`.
"""

from __future__ import annotations

from typing import cast

from liveview_testing.browser.accessibility.text import Wanted, norm
from liveview_testing.browser.connection.addresses import joined
from liveview_testing.failures.misuse.page_names import EXPECTATION_NAMES
from liveview_testing.user.locators import options
from liveview_testing.user.locators.expecting.aria_expectation import VERB, aria_ask, read_for
from liveview_testing.user.locators.expecting.checks import string_test
from liveview_testing.user.locators.expecting.expecting import Expecting, Told
from liveview_testing.user.locators.expecting.locator_assertions import LocatorAssertions
from liveview_testing.user.locators.page import Tab
from liveview_testing.user.locators.scene import Scene

_OF_LOCATORS = "a page has a title, a URL and an outline; this is asked of a locator: expect(page.get_by_role('main'))."


class PageAssertions(Expecting):
    """`expect(page)`."""

    __slots__ = ()
    _names = {
        **EXPECTATION_NAMES,
        **{name: f"{_OF_LOCATORS}{name}(…)" for name in dir(LocatorAssertions) if name.startswith(("to_", "not_to_"))},
    }
    _called = "expect(page)"

    def to_have_title(self, title_or_reg_exp: Wanted, *, timeout: object = None) -> None:
        """The title is this, white space aside; or a pattern is found in it."""
        self._title(title_or_reg_exp, False, timeout)

    def not_to_have_title(self, title_or_reg_exp: Wanted, *, timeout: object = None) -> None:
        """The title is not this."""
        self._title(title_or_reg_exp, True, timeout)

    def _title(self, wanted: object, negated: bool, timeout: object) -> None:
        title = options.wanted(wanted, "a title")
        fits = string_test(title, normed=True)

        def ask(scene: Scene) -> Told | None:
            said = cast(Tab, scene).title()
            return None if fits(said) is not negated else Told(norm(said))

        self.waited("Page title", "be", title, negated, timeout, ask)

    def to_have_url(self, url_or_reg_exp: Wanted, *, ignore_case: bool | None = None, timeout: object = None) -> None:
        """The whole URL is this, joined to the host; or a pattern is found in it."""
        self._url(url_or_reg_exp, ignore_case, False, timeout)

    def not_to_have_url(
        self, url_or_reg_exp: Wanted, *, ignore_case: bool | None = None, timeout: object = None
    ) -> None:
        """The URL is not this."""
        self._url(url_or_reg_exp, ignore_case, True, timeout)

    def _url(self, wanted: object, ignore_case: object, negated: bool, timeout: object) -> None:
        url = options.wanted(wanted, "a URL")
        if isinstance(url, str):
            url = joined(cast(Tab, self._scene).url, url)
        fits = string_test(url, ignore_case=options.maybe_flag(ignore_case, "ignore_case"))

        def ask(scene: Scene) -> Told | None:
            said = cast(Tab, scene).url
            return None if fits(said) is not negated else Told(said)

        self.waited("Page URL", "be", url, negated, timeout, ask)

    def to_match_aria_snapshot(self, expected: str, *, timeout: object = None) -> None:
        """The outline of the page has all of this, in this order."""
        self._aria(expected, False, timeout)

    def not_to_match_aria_snapshot(self, expected: str, *, timeout: object = None) -> None:
        """The outline of the page has not all of this."""
        self._aria(expected, True, timeout)

    def _aria(self, expected: object, negated: bool, timeout: object) -> None:
        text = options.text(expected, "an aria snapshot")
        template = read_for(text, lambda error: self._at_once("Page", VERB, text, negated, error))
        self.waited(
            "Page",
            VERB,
            text,
            negated,
            timeout,
            lambda scene: aria_ask(scene.reading.body, template, negated),
        )
