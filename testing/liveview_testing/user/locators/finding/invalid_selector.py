"""A question that cannot be read: a step of a locator that says so when it is used.

Owns `Unread`. Law: making a locator never raises for what a selector says; using it does, and tells all that is
known of the mistake.
"""

from __future__ import annotations

from collections.abc import Iterable

from liveview_core.errors import LiveViewError
from liveview_core.values.declaring import frozen
from liveview_testing.browser.accessibility import DomElement
from liveview_testing.user.locators.exceptions import Error
from liveview_testing.user.locators.finding.reading import Reading


@frozen
class Unread:
    """A selector, or a question about a role, that cannot be read: whoever uses it is told."""

    code: str
    happened: str
    expected: str | None = None
    got: str | None = None
    cure: str | None = None
    nearest: tuple[str, ...] = ()

    @classmethod
    def of(cls, code: str, error: LiveViewError) -> Unread:
        """What an error says of it."""
        return cls(code, error.happened, error.expected, error.got, error.cure, tuple(error.nearest))

    def below(self, scopes: list[DomElement], reading: Reading, top: DomElement) -> Iterable[DomElement]:
        raise Error(self.happened, expected=self.expected, got=self.got, cure=self.cure, nearest=self.nearest)
