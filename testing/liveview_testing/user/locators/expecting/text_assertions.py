"""What can be expected of an element's texts: what it shows, how assistive technology calls it, what it is for.

Owns the assertions about texts, names and roles. Law: white space aside, as Playwright compares them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

from liveview_core.errors import BadOption, shown
from liveview_testing.browser.accessibility import DomElement, description, error_message, name, role
from liveview_testing.browser.accessibility.queries import full_text
from liveview_testing.browser.accessibility.text import Wanted, flat, norm
from liveview_testing.user.locators import options
from liveview_testing.user.locators.acting.element_reading import inner_text
from liveview_testing.user.locators.expecting import checks
from liveview_testing.user.locators.expecting.checks import Answer
from liveview_testing.user.locators.expecting.polling import AboutElements

Listed: TypeAlias = "Wanted | Sequence[Wanted]"


class TextAssertions(AboutElements):
    """Texts, accessible names, roles."""

    __slots__ = ()

    def to_have_text(
        self,
        expected: Listed,
        *,
        ignore_case: bool | None = None,
        timeout: object = None,
        use_inner_text: bool | None = None,
    ) -> None:
        """The text is this, white space aside; of a list, one for each element."""
        self._text("have text", expected, False, ignore_case, timeout, use_inner_text, inside=False)

    def not_to_have_text(
        self,
        expected: Listed,
        *,
        ignore_case: bool | None = None,
        timeout: object = None,
        use_inner_text: bool | None = None,
    ) -> None:
        """The text is not this."""
        self._text("have text", expected, True, ignore_case, timeout, use_inner_text, inside=False)

    def to_contain_text(
        self,
        expected: Listed,
        *,
        ignore_case: bool | None = None,
        timeout: object = None,
        use_inner_text: bool | None = None,
    ) -> None:
        """This is found in the text; of a list, in this order in some of the elements."""
        self._text("contain text", expected, False, ignore_case, timeout, use_inner_text, inside=True)

    def not_to_contain_text(
        self,
        expected: Listed,
        *,
        ignore_case: bool | None = None,
        timeout: object = None,
        use_inner_text: bool | None = None,
    ) -> None:
        """This is not found in the text."""
        self._text("contain text", expected, True, ignore_case, timeout, use_inner_text, inside=True)

    def _text(
        self,
        verb: str,
        expected: object,
        negated: bool,
        ignore_case: object,
        timeout: object,
        use_inner_text: object,
        *,
        inside: bool,
    ) -> None:
        wanted = options.matches_text(expected, "a text")
        fold = options.maybe_flag(ignore_case, "ignore_case")
        inner = bool(options.maybe_flag(use_inner_text, "use_inner_text"))
        made = [
            checks.text_check(each, inside=inside, ignore_case=fold, inner=inner)
            for each in (wanted if isinstance(wanted, list) else [wanted])
        ]
        if isinstance(wanted, list):
            read = inner_text if inner else full_text
            self._listed(verb, wanted, negated, timeout, made, inside, lambda each: norm(read(each)))
        else:
            self._one(verb, wanted, negated, timeout, made[0])

    def to_have_accessible_name(self, name: Wanted, *, ignore_case: bool | None = None, timeout: object = None) -> None:
        """The name that assistive technology says is this, or a pattern is found in it."""
        self._said("have accessible name", name, False, ignore_case, timeout, _name_of)

    def not_to_have_accessible_name(
        self, name: Wanted, *, ignore_case: bool | None = None, timeout: object = None
    ) -> None:
        """The name that assistive technology says is not this."""
        self._said("have accessible name", name, True, ignore_case, timeout, _name_of)

    def to_have_accessible_description(
        self, description: Wanted, *, ignore_case: bool | None = None, timeout: object = None
    ) -> None:
        """The description that assistive technology says is this, or a pattern is found in it."""
        self._said("have accessible description", description, False, ignore_case, timeout, _description_of)

    def not_to_have_accessible_description(
        self, description: Wanted, *, ignore_case: bool | None = None, timeout: object = None
    ) -> None:
        """The description that assistive technology says is not this."""
        self._said("have accessible description", description, True, ignore_case, timeout, _description_of)

    def to_have_accessible_error_message(
        self, error_message: Wanted, *, ignore_case: bool | None = None, timeout: object = None
    ) -> None:
        """The error message that assistive technology says is this, or a pattern is found in it."""
        self._said("have accessible error message", error_message, False, ignore_case, timeout, _error_of)

    def not_to_have_accessible_error_message(
        self, error_message: Wanted, *, ignore_case: bool | None = None, timeout: object = None
    ) -> None:
        """The error message that assistive technology says is not this."""
        self._said("have accessible error message", error_message, True, ignore_case, timeout, _error_of)

    def _said(
        self,
        verb: str,
        expected: object,
        negated: bool,
        ignore_case: object,
        timeout: object,
        read: Callable[[DomElement], str],
    ) -> None:
        wanted = options.wanted(expected, "what is expected")
        fold = options.maybe_flag(ignore_case, "ignore_case")
        check = checks.text_check(wanted, inside=False, ignore_case=fold, inner=False, read=read)
        self._one(verb, wanted, negated, timeout, check)

    def to_have_role(self, role: str, *, timeout: object = None) -> None:
        """The role is this."""
        self._role(role, False, timeout)

    def not_to_have_role(self, role: str, *, timeout: object = None) -> None:
        """The role is not this."""
        self._role(role, True, timeout)

    def _role(self, wanted: object, negated: bool, timeout: object) -> None:
        if not isinstance(wanted, str):
            raise BadOption('"role" argument in to_have_role must be a string', expected="a str", got=shown(wanted))
        self._one(
            "have accessible role",
            wanted,
            negated,
            timeout,
            lambda each: Answer(role(each) == wanted, role(each) or ""),
        )


def _name_of(element: DomElement) -> str:
    return flat(name(element))


def _description_of(element: DomElement) -> str:
    return flat(description(element))


def _error_of(element: DomElement) -> str:
    return flat(error_message(element))
