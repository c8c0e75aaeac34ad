"""What can be expected of an element's value, attributes, id and classes.

Owns these assertions. Law: an attribute is compared as it is on the page now, whoever wrote it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from liveview_core.errors import BadOption, nearest_names, shown
from liveview_testing.browser.accessibility import DomElement
from liveview_testing.browser.accessibility.text import Wanted
from liveview_testing.user.locators import options
from liveview_testing.user.locators.expecting import checks
from liveview_testing.user.locators.expecting.checks import Answer, Check
from liveview_testing.user.locators.expecting.polling import AboutElements
from liveview_testing.user.locators.expecting.text_assertions import Listed


class ValueAssertions(AboutElements):
    """Values, attributes, ids, classes."""

    __slots__ = ()

    def to_have_value(self, value: Wanted, *, timeout: object = None) -> None:
        """The field holds this."""
        self._value(value, False, timeout)

    def not_to_have_value(self, value: Wanted, *, timeout: object = None) -> None:
        """The field does not hold this."""
        self._value(value, True, timeout)

    def _value(self, expected: object, negated: bool, timeout: object) -> None:
        wanted = options.wanted(expected, "a value")
        self._one("have Value", wanted, negated, timeout, checks.value_check(wanted))

    def to_have_values(self, values: Sequence[Wanted], *, timeout: object = None) -> None:
        """These options of a select of several are chosen, in this order."""
        self._values(values, False, timeout)

    def not_to_have_values(self, values: Sequence[Wanted], *, timeout: object = None) -> None:
        """Not these options are chosen."""
        self._values(values, True, timeout)

    def _values(self, expected: object, negated: bool, timeout: object) -> None:
        wanted = options.matches_text(expected, "the values")
        if not isinstance(wanted, list):
            raise BadOption("values are a list", expected='["a", "b"]', got=shown(expected), cure="to_have_value(…)")
        self._one("have Values", wanted, negated, timeout, checks.values_check(wanted))

    def to_have_attribute(
        self, name: str, value: Wanted | None = None, *, ignore_case: bool | None = None, timeout: object = None
    ) -> None:
        """The attribute is there, or says this."""
        self._attribute(name, value, False, ignore_case, timeout)

    def not_to_have_attribute(
        self, name: str, value: Wanted | None = None, *, ignore_case: bool | None = None, timeout: object = None
    ) -> None:
        """The attribute is not there, or does not say this."""
        self._attribute(name, value, True, ignore_case, timeout)

    def _attribute(self, named: object, value: object, negated: bool, ignore_case: object, timeout: object) -> None:
        attribute = options.text(named, "the name of an attribute").lower()
        wanted = options.maybe(value, "a value")
        check = checks.attribute_check(attribute, wanted, options.maybe_flag(ignore_case, "ignore_case"))
        verb = f"have attribute '{attribute}'" if wanted is None else "have attribute"

        def near(each: DomElement) -> str | None:
            """The attribute that may have been meant, where there is none of the name."""
            known = () if each.has(attribute) else nearest_names(attribute, list(each.attributes))
            return f"there is no attribute {attribute!r}; nearest: {', '.join(known)}" if known else None

        self._one(verb, wanted, negated, timeout, check, near)

    def to_have_id(self, id: Wanted, *, timeout: object = None) -> None:
        """The id is this."""
        self._own("have ID", "id", id, False, timeout)

    def not_to_have_id(self, id: Wanted, *, timeout: object = None) -> None:
        """The id is not this."""
        self._own("have ID", "id", id, True, timeout)

    def _own(self, verb: str, attribute: str, expected: object, negated: bool, timeout: object) -> None:
        wanted = options.wanted(expected, f"the {attribute}")
        fits = checks.string_test(wanted)
        self._one(
            verb,
            wanted,
            negated,
            timeout,
            lambda each: Answer(fits(each.get(attribute) or ""), each.get(attribute) or ""),
        )

    def to_have_class(self, expected: Listed, *, timeout: object = None) -> None:
        """The class attribute is this as it stands; of a list, one for each element."""
        self._class("have class", expected, False, timeout)

    def not_to_have_class(self, expected: Listed, *, timeout: object = None) -> None:
        """The class attribute is not this."""
        self._class("have class", expected, True, timeout)

    def to_contain_class(self, expected: str | Sequence[str], *, timeout: object = None) -> None:
        """All these names are among the classes; of a list, for each element."""
        self._class("contain class", expected, False, timeout)

    def not_to_contain_class(self, expected: str | Sequence[str], *, timeout: object = None) -> None:
        """Not all these names are among the classes."""
        self._class("contain class", expected, True, timeout)

    def _class(self, verb: str, expected: object, negated: bool, timeout: object) -> None:
        wanted = options.matches_text(expected, "a class")
        made: list[Check] = []
        for each in wanted if isinstance(wanted, list) else [wanted]:
            if verb == "have class":
                made.append(checks.class_check(each))
            elif isinstance(each, re.Pattern):
                raise BadOption('"expected" argument in to_contain_class cannot be a RegExp value', got=shown(each))
            else:
                made.append(checks.class_names_check(each))
        if isinstance(wanted, list):
            said = "contain class names" if verb == "contain class" else verb
            self._listed(said, wanted, negated, timeout, made, False, lambda each: each.get("class") or "")
        else:
            self._one(verb, wanted, negated, timeout, made[0])
