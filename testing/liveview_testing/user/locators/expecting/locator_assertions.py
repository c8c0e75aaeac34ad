"""What can be expected of a locator.

Owns `LocatorAssertions`: Playwright's, by its names, each with its `not_to_…`. Law: see `expect`; an assertion about one element is
strict, and one about none fails unless it is about absence.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import NoReturn, TypeAlias

from liveview_core.errors import BadOption, shown
from liveview_testing.browser.accessibility import DomElement, description, error_message, is_visible, name, role
from liveview_testing.browser.accessibility.queries import full_text
from liveview_testing.browser.accessibility.states import checked, disabled
from liveview_testing.browser.accessibility.text import Wanted, flat, norm
from liveview_testing.user.locators import options
from liveview_testing.user.locators.acting.acting import tick_of
from liveview_testing.user.locators.acting.actionability import retargeted
from liveview_testing.user.locators.acting.looking import inner_text
from liveview_testing.user.locators.acting.reads import editable
from liveview_testing.user.locators.exceptions import Error
from liveview_testing.user.locators.expecting import checks
from liveview_testing.user.locators.expecting.aria_expectation import aria_ask, read_template
from liveview_testing.user.locators.expecting.checks import Answer, Check
from liveview_testing.user.locators.expecting.expecting import Expecting, Told
from liveview_testing.user.locators.locator import TabLocator
from liveview_testing.user.locators.scene import Scene
from liveview_testing.user.locators.telling import strict_more, violation

Listed: TypeAlias = "Wanted | Sequence[Wanted]"


class LocatorAssertions(Expecting):
    """`expect(locator)`."""

    __slots__ = ("_locator",)

    def __init__(self, locator: TabLocator, message: str | None, timeout: float | None) -> None:
        super().__init__(locator.scene, message, timeout)
        self._locator = locator

    # --- how it is asked ----------------------------------------------------------------------------------------------

    def _one(self, verb: str, expected: object, negated: bool, timeout: object, check: Check) -> None:
        """About the one element."""
        query = self._locator.query

        def ask(scene: Scene) -> Told | None:
            found = query.find(scene.reading)
            if not found:
                return Told(None, None, 0)
            if len(found) > 1:
                raise Error(violation(query, found, scene), more=strict_more(query, found, scene))
            answer = check(found[0])
            return None if answer.holds is not negated else Told(answer.received, found[0])

        self.waited("Locator", verb, expected, negated, timeout, ask, query)

    def _state(
        self,
        verb: str,
        negated: bool,
        timeout: object,
        holds: Callable[[DomElement], bool],
        names: tuple[str, str],
        absent: bool | None = None,
    ) -> None:
        """A state of the one element; `absent` is what the answer is where there is none (None: a failure either way)."""
        query = self._locator.query

        def ask(scene: Scene) -> Told | None:
            found = query.find(scene.reading)
            if not found:
                return None if absent is not None and absent is not negated else Told(None, None, 0)
            if len(found) > 1:
                raise Error(violation(query, found, scene), more=strict_more(query, found, scene))
            answer = holds(found[0])
            return None if answer is not negated else Told(names[0] if answer else names[1], found[0])

        self.waited("Locator", verb, None, negated, timeout, ask, query)

    def _listed(
        self,
        verb: str,
        wanted: Sequence[object],
        negated: bool,
        timeout: object,
        tests: Sequence[Check],
        some: bool,
        read: Callable[[DomElement], object],
    ) -> None:
        """About all elements, one by one."""
        query = self._locator.query

        def ask(scene: Scene) -> Told | None:
            found = query.find(scene.reading)
            if checks.in_order(tests, found, some=some) is not negated:
                return None
            return Told([read(each) for each in found], None, len(found))

        self.waited("Locator", verb, list(wanted), negated, timeout, ask, query)

    # --- texts --------------------------------------------------------------------------------------------------------

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
        self._one("have role", wanted, negated, timeout, lambda each: Answer(role(each) == wanted, role(each) or ""))

    # --- values and attributes ----------------------------------------------------------------------------------------

    def to_have_value(self, value: Wanted, *, timeout: object = None) -> None:
        """The field holds this."""
        self._value(value, False, timeout)

    def not_to_have_value(self, value: Wanted, *, timeout: object = None) -> None:
        """The field does not hold this."""
        self._value(value, True, timeout)

    def _value(self, expected: object, negated: bool, timeout: object) -> None:
        wanted = options.wanted(expected, "a value")
        self._one("have value", wanted, negated, timeout, checks.value_check(wanted))

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
        self._one("have values", wanted, negated, timeout, checks.values_check(wanted))

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
        self._one(verb, wanted, negated, timeout, check)

    def to_have_id(self, id: Wanted, *, timeout: object = None) -> None:
        """The id is this."""
        self._own("have id", "id", id, False, timeout)

    def not_to_have_id(self, id: Wanted, *, timeout: object = None) -> None:
        """The id is not this."""
        self._own("have id", "id", id, True, timeout)

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
            self._listed(verb, wanted, negated, timeout, made, False, lambda each: each.get("class") or "")
        else:
            self._one(verb, wanted, negated, timeout, made[0])

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
            count = len(query.find(scene.reading))
            return None if (count == wanted) is not negated else Told(count, None, count)

        self.waited("Locator", "have count", wanted, negated, timeout, ask, query)

    # --- states -------------------------------------------------------------------------------------------------------

    def to_be_visible(self, *, visible: bool | None = None, timeout: object = None) -> None:
        """It can be seen."""
        self._visible("be visible", True if visible is None else visible, False, timeout)

    def not_to_be_visible(self, *, visible: bool | None = None, timeout: object = None) -> None:
        """It cannot be seen, or is not there."""
        self._visible("be visible", True if visible is None else visible, True, timeout)

    def to_be_hidden(self, *, timeout: object = None) -> None:
        """It cannot be seen, or is not there."""
        self._visible("be hidden", False, False, timeout)

    def not_to_be_hidden(self, *, timeout: object = None) -> None:
        """It can be seen."""
        self._visible("be hidden", False, True, timeout)

    def _visible(self, verb: str, wanted: object, negated: bool, timeout: object) -> None:
        seen = options.flag(wanted, "visible")
        names = ("visible", "hidden") if seen else ("hidden", "visible")
        self._state(verb, negated, timeout, lambda each: is_visible(each) is seen, names, absent=not seen)

    def to_be_attached(self, *, attached: bool | None = None, timeout: object = None) -> None:
        """It is there."""
        self._attached(attached, False, timeout)

    def not_to_be_attached(self, *, attached: bool | None = None, timeout: object = None) -> None:
        """It is not there."""
        self._attached(attached, True, timeout)

    def _attached(self, attached: object, negated: bool, timeout: object) -> None:
        wanted = attached is None or options.flag(attached, "attached")
        names = ("attached", "detached") if wanted else ("detached", "attached")
        self._state("be attached", negated, timeout, lambda _: wanted, names, absent=not wanted)

    def to_be_enabled(self, *, enabled: bool | None = None, timeout: object = None) -> None:
        """It is enabled."""
        self._enabled("be enabled", enabled is None or options.flag(enabled, "enabled"), False, timeout)

    def not_to_be_enabled(self, *, enabled: bool | None = None, timeout: object = None) -> None:
        """It is not enabled."""
        self._enabled("be enabled", enabled is None or options.flag(enabled, "enabled"), True, timeout)

    def to_be_disabled(self, *, timeout: object = None) -> None:
        """It is disabled."""
        self._enabled("be disabled", False, False, timeout)

    def not_to_be_disabled(self, *, timeout: object = None) -> None:
        """It is not disabled."""
        self._enabled("be disabled", False, True, timeout)

    def _enabled(self, verb: str, wanted: bool, negated: bool, timeout: object) -> None:
        names = ("enabled", "disabled") if wanted else ("disabled", "enabled")
        self._state(verb, negated, timeout, lambda each: disabled(retargeted(each)) is not wanted, names)

    def to_be_editable(self, *, editable: bool | None = None, timeout: object = None) -> None:
        """It can be written into."""
        self._editable(editable, False, timeout)

    def not_to_be_editable(self, *, editable: bool | None = None, timeout: object = None) -> None:
        """It cannot be written into."""
        self._editable(editable, True, timeout)

    def _editable(self, given: object, negated: bool, timeout: object) -> None:
        wanted = given is None or options.flag(given, "editable")
        names = ("editable", "readOnly") if wanted else ("readOnly", "editable")
        self._state("be editable", negated, timeout, lambda each: editable(each) is wanted, names)

    def to_be_checked(
        self, *, checked: bool | None = None, indeterminate: bool | None = None, timeout: object = None
    ) -> None:
        """It is ticked."""
        self._checked(checked, indeterminate, False, timeout)

    def not_to_be_checked(
        self, *, checked: bool | None = None, indeterminate: bool | None = None, timeout: object = None
    ) -> None:
        """It is not ticked."""
        self._checked(checked, indeterminate, True, timeout)

    def _checked(self, given: object, indeterminate: object, negated: bool, timeout: object) -> None:
        if given is not None and indeterminate:
            raise Error("Can't assert indeterminate and checked at the same time", cure="give one of them")
        wanted = given is None or options.flag(given, "checked")
        mixed = bool(options.maybe_flag(indeterminate, "indeterminate"))

        def holds(element: DomElement) -> bool:
            ticked = tick_of(element)
            return checked(retargeted(element)) == "mixed" if mixed else ticked is wanted

        names = ("mixed", "not mixed") if mixed else ("checked", "unchecked") if wanted else ("unchecked", "checked")
        self._state("be checked", negated, timeout, holds, names)

    def to_be_focused(self, *, timeout: object = None) -> None:
        """It has the focus."""
        self._state(
            "be focused", False, timeout, lambda each: each.document.state.focused(each), ("focused", "inactive")
        )

    def not_to_be_focused(self, *, timeout: object = None) -> None:
        """It does not have the focus."""
        self._state(
            "be focused", True, timeout, lambda each: each.document.state.focused(each), ("focused", "inactive")
        )

    def to_be_empty(self, *, timeout: object = None) -> None:
        """Nothing is in it."""
        self._state("be empty", False, timeout, lambda each: checks.empty_check(each).holds, ("empty", "notEmpty"))

    def not_to_be_empty(self, *, timeout: object = None) -> None:
        """Something is in it."""
        self._state("be empty", True, timeout, lambda each: checks.empty_check(each).holds, ("empty", "notEmpty"))

    def to_match_aria_snapshot(self, expected: str, *, timeout: object = None) -> None:
        """Its outline has all of this, in this order."""
        self._aria(expected, False, timeout)

    def not_to_match_aria_snapshot(self, expected: str, *, timeout: object = None) -> None:
        """Its outline has not all of this."""
        self._aria(expected, True, timeout)

    def _aria(self, expected: object, negated: bool, timeout: object) -> None:
        text = options.text(expected, "an aria snapshot")
        template = read_template(text)
        query = self._locator.query

        def ask(scene: Scene) -> Told | None:
            found = query.find(scene.reading)
            if not found:
                return Told(None, None, 0)
            if len(found) > 1:
                raise Error(violation(query, found, scene), more=strict_more(query, found, scene))
            return aria_ask(found[0], template, negated)

        self.waited("Locator", "match aria snapshot", text, negated, timeout, ask, query)

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


def _name_of(element: DomElement) -> str:
    return flat(name(element))


def _description_of(element: DomElement) -> str:
    return flat(description(element))


def _error_of(element: DomElement) -> str:
    return flat(error_message(element))
