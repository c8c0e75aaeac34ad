"""What is raised when the simulated user could not do it: an exception for each kind of failure.

The door to failures for the rest of the kit: what happened is a value (`evidence`), what is said about it is `wording`, and
`failure` wraps the value in the exception of its kind. Law: every one is an `AssertionError`, so that pytest shows it as a failed
test, not as a crash; and its text is that of its value.
"""

from __future__ import annotations

from liveview_core.errors import LiveViewError, printable, shown
from liveview_testing.failures import wording
from liveview_testing.failures.evidence import (
    BadCommand,
    BadSelector,
    Bindings,
    Disabled,
    Failure,
    Hidden,
    InvalidSubmitter,
    LeftPage,
    ManyMatches,
    NoBinding,
    NoMatch,
    NotAForm,
    NoTarget,
    NoText,
    NoTextMatch,
    Sketch,
    TextFilter,
    Unfillable,
    UnknownField,
    UnknownOption,
    Unwanted,
    WrongCount,
    nearest,
)

__all__ = [
    "BadCommand",
    "BadSelector",
    "BindingNotFound",
    "Bindings",
    "CommandError",
    "Disabled",
    "ElementDisabled",
    "ElementHidden",
    "ElementNotFound",
    "Failure",
    "FieldNotFound",
    "FieldRefused",
    "FormExpected",
    "Hidden",
    "InvalidSubmitter",
    "KitFailure",
    "LeftPage",
    "ManyElements",
    "ManyMatches",
    "NoBinding",
    "NoMatch",
    "NoTarget",
    "NoText",
    "NoTextMatch",
    "NotAForm",
    "OptionNotFound",
    "PageLeft",
    "SelectorError",
    "Sketch",
    "SubmitterRefused",
    "TargetNotFound",
    "TextFilter",
    "TextNotFound",
    "Unfillable",
    "UnknownField",
    "UnknownOption",
    "Unwanted",
    "UnwantedElement",
    "ValueRefused",
    "WrongCount",
    "WrongNumber",
    "failure",
    "nearest",
    "shown",
]


class KitFailure(LiveViewError, AssertionError):
    """Something a user of the page could not do. `.failure` is the evidence as a value, the text is `explain(failure)`."""

    failure: Failure

    def __init__(self, failure: Failure) -> None:
        report = wording.report_of(failure)
        super().__init__(
            report.headline,
            expected=report.get("expected"),
            got=report.get("got"),
            cure=report.get("cure"),
            nearest=(report.get("nearest") or "").splitlines(),
        )
        self.failure = failure

    def __str__(self) -> str:
        return printable(wording.explain(self.failure))


class ElementNotFound(KitFailure):
    """No element matches the selector."""  # TK-2


class TextNotFound(KitFailure):
    """Elements match the selector, none has the text."""  # TK-2


class ManyElements(KitFailure):
    """More than one element matches where one is meant."""  # TK-2


class WrongNumber(KitFailure):
    """More or fewer elements match than were to."""


class UnwantedElement(KitFailure):
    """An element is there that was not to be."""


class FormExpected(KitFailure):
    """The element is no form."""


class ElementDisabled(KitFailure):
    """The element is disabled."""


class ElementHidden(KitFailure):
    """The element cannot be seen."""


class BindingNotFound(KitFailure):
    """The element does nothing on this event."""


class FieldNotFound(KitFailure):
    """The form has no such field."""


class OptionNotFound(KitFailure):
    """The field has no such value."""


class FieldRefused(KitFailure):
    """A user cannot set this field so."""


class ValueRefused(KitFailure):
    """A value has no text that a field could hold."""


class SubmitterRefused(KitFailure):
    """The element cannot submit this form."""


class TargetNotFound(KitFailure):
    """`phx-target` matches nothing."""


class PageLeft(KitFailure):
    """The view has left the page whose text is asked for."""


class SelectorError(KitFailure):
    """The selector cannot be read."""


class CommandError(KitFailure):
    """The binding cannot be run."""


RAISED: dict[type[object], type[KitFailure]] = {
    NoMatch: ElementNotFound,
    NoTextMatch: TextNotFound,
    ManyMatches: ManyElements,
    WrongCount: WrongNumber,
    Unwanted: UnwantedElement,
    NotAForm: FormExpected,
    Disabled: ElementDisabled,
    Hidden: ElementHidden,
    NoBinding: BindingNotFound,
    UnknownField: FieldNotFound,
    UnknownOption: OptionNotFound,
    Unfillable: FieldRefused,
    NoText: ValueRefused,
    InvalidSubmitter: SubmitterRefused,
    NoTarget: TargetNotFound,
    LeftPage: PageLeft,
    BadSelector: SelectorError,
    BadCommand: CommandError,
}


def failure(value: Failure) -> KitFailure:
    """The exception of a failure, to be raised where it was found."""
    return RAISED[type(value)](value)
