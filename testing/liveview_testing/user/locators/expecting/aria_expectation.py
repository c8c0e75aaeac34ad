"""Outlines that are expected: a template in Playwright's words against what is there.

Owns reading a template (its errors as Playwright's) and what is told where it does not match. Law: a template that can never match
is refused when it is given.
"""

from __future__ import annotations

from collections.abc import Callable

from liveview_testing.browser.accessibility import DomElement, QueryError, aria_snapshot, aria_tree, matches, parse
from liveview_testing.browser.accessibility.snapshot import Template
from liveview_testing.user.locators.exceptions import Error, ExpectationFailed
from liveview_testing.user.locators.expecting.expecting import Told

VERB = "match Aria snapshot"


def read_template(text: str) -> Template:
    """A template that was read. Raises `Error` where it cannot be."""
    try:
        return parse(text)
    except QueryError as error:
        raise Error(error.happened, expected=error.expected, got=error.got, cure=error.cure) from None


def read_for(text: str, failed: Callable[[Error], ExpectationFailed]) -> Template:
    """The same for an expectation, which fails at once where it cannot be read."""
    try:
        return read_template(text)
    except Error as error:
        raise failed(error) from None


def aria_ask(element: DomElement, template: Template, negated: bool) -> Told | None:
    """Nothing, if the outline of an element is as expected; else what it is."""
    if matches(aria_tree(element), template) is not negated:
        return None
    return Told(aria_snapshot(element), element)
