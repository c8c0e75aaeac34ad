"""What can be expected of an element's state: seen, attached, enabled, editable, ticked, focused, empty.

Owns these assertions. Law: a state is what a person would find, as `browser.accessibility` has it.
"""

from __future__ import annotations

from liveview_testing.browser.accessibility import DomElement, is_visible
from liveview_testing.browser.accessibility.states import checked, disabled
from liveview_testing.user.locators import options
from liveview_testing.user.locators.acting.acting import tick_of
from liveview_testing.user.locators.acting.actionability import retargeted
from liveview_testing.user.locators.acting.reads import editable
from liveview_testing.user.locators.exceptions import Error
from liveview_testing.user.locators.expecting import checks
from liveview_testing.user.locators.expecting.polling import AboutElements


class StateAssertions(AboutElements):
    """States."""

    __slots__ = ()

    def to_be_visible(self, *, visible: bool | None = None, timeout: object = None) -> None:
        """It can be seen."""
        self._visible("be hidden" if visible is False else "be visible", visible is not False, False, timeout)

    def not_to_be_visible(self, *, visible: bool | None = None, timeout: object = None) -> None:
        """It cannot be seen, or is not there."""
        self._visible("be hidden" if visible is False else "be visible", visible is not False, True, timeout)

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
        self._state(
            "be attached" if wanted else "be detached", negated, timeout, lambda _: wanted, names, absent=not wanted
        )

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
            both = Error("Can't assert indeterminate and checked at the same time", cure="give one of them")
            raise self._at_once("Locator", "be indeterminate", None, negated, both)
        wanted = given is None or options.flag(given, "checked")
        mixed = bool(options.maybe_flag(indeterminate, "indeterminate"))

        def holds(element: DomElement) -> bool:
            ticked = tick_of(element)
            return checked(retargeted(element)) == "mixed" if mixed else ticked is wanted

        names = ("mixed", "not mixed") if mixed else ("checked", "unchecked") if wanted else ("unchecked", "checked")
        verb = "be indeterminate" if mixed else "be checked" if wanted else "be unchecked"
        self._state(verb, negated, timeout, holds, names)

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
