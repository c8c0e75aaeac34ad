"""The checks of a changeset, as its methods: what `changeset.validate_…` does.

Law: a check looks at what changed, and at nothing else (`validate_required` at what is there, too; confirmation and acceptance
at what was sent); it adds its error behind those that are there, and never takes one away.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Mapping
from typing import TYPE_CHECKING, Any, Never, Self

from liveview_core.errors import BadOption, nearest_names, shown
from liveview_core.forms.changeset import validation_messages
from liveview_core.forms.changeset.arguments import (
    expect_field,
    expect_limits,
    expect_pattern,
    expect_values,
    expect_wording,
    names_of,
)
from liveview_core.forms.changeset.casting import is_true
from liveview_core.forms.changeset.validation_messages import Count, Message, Wording

__all__ = ["Validating"]


class Validating:
    """The part of `Changeset` that is about checks."""

    __slots__ = ()

    if TYPE_CHECKING:
        params: Mapping[str, Any] | None
        changes: Mapping[str, Any]
        errors: tuple[tuple[str, Message], ...]

        def add_error(self, field: str, wording: Any, /, **meta: Any) -> Self: ...
        def validate_change(self, field: str, check: Callable[[Any], Any]) -> Self: ...
        def noted(self, field: str, kind: str, **options: Any) -> Self: ...
        def delete_change(self, name: str) -> Self: ...
        def field_missing(self, name: str) -> bool: ...

    def validate_required(self, fields: Iterable[str] | str, *more: Never, message: Wording = None) -> Self:
        """Each of the fields has a value, by a change or before; an error is added where there is none yet."""
        _nothing_more("validate_required", more, fields, several="fields")
        names = [fields] if isinstance(fields, str) else names_of(fields, "the fields of validate_required")
        expect_wording("validate_required", message)
        wrong = {name for name, _ in self.errors}
        changeset = self
        for name in names:
            changeset = changeset.noted(name, "required")
            if name not in wrong and self.field_missing(name):
                error = validation_messages.message(message, "can't be blank", validation="required")
                changeset = changeset.delete_change(name).add_error(name, error)
        return changeset

    def validate_length(
        self,
        field: str,
        *,
        is_: int | None = None,
        min: int | None = None,
        max: int | None = None,
        count: Count = "characters",
        message: Wording = None,
    ) -> Self:
        """Text has that many characters (or bytes in UTF-8), a collection that many items.

        A character is a code point; Ecto counts graphemes.
        """
        limits = {"is": is_, "min": min, "max": max}
        _about_one("validate_length", field, message)
        expect_limits("validate_length", limits, whole=True)
        if count not in _COUNTS:
            raise BadOption(
                "the option count of validate_length is wrong",
                expected="'characters' or 'bytes'",
                got=shown(count),
                nearest=nearest_names(count, _COUNTS),
            )
        changeset = self.noted(field, "length", **limits)
        return changeset.validate_change(
            field, lambda value: validation_messages.wrong_length(field, value, limits, count, message)
        )

    def validate_number(
        self,
        field: str,
        *,
        less_than: Any = None,
        greater_than: Any = None,
        less_than_or_equal_to: Any = None,
        greater_than_or_equal_to: Any = None,
        equal_to: Any = None,
        not_equal_to: Any = None,
        message: Wording = None,
    ) -> Self:
        """The number keeps the limits; the first that it does not keep is the error."""
        limits = {
            "less_than": less_than,
            "greater_than": greater_than,
            "less_than_or_equal_to": less_than_or_equal_to,
            "greater_than_or_equal_to": greater_than_or_equal_to,
            "equal_to": equal_to,
            "not_equal_to": not_equal_to,
        }
        _about_one("validate_number", field, message)
        expect_limits("validate_number", limits, whole=False)
        changeset = self.noted(field, "number", **limits)
        return changeset.validate_change(
            field, lambda value: validation_messages.wrong_number(field, value, limits, message)
        )

    def validate_format(
        self, field: str, pattern: str | re.Pattern[str], *more: Never, message: Wording = None
    ) -> Self:
        """The pattern is found somewhere in the text; anchor it if it is about the whole."""
        _nothing_more("validate_format", more, field, pattern)
        _about_one("validate_format", field, message)
        expect_pattern("validate_format", pattern)
        changeset = self.noted(field, "format", pattern=pattern)
        return changeset.validate_change(
            field, lambda value: validation_messages.wrong_format(field, value, pattern, message)
        )

    def validate_inclusion(self, field: str, values: Container[Any], *more: Never, message: Wording = None) -> Self:
        """It is one of the values."""
        _listed("validate_inclusion", field, values, more)
        _about_one("validate_inclusion", field, message)
        expect_values("validate_inclusion", values)
        changeset = self.noted(field, "inclusion", enum=values)
        return changeset.validate_change(field, lambda value: validation_messages.not_included(value, values, message))

    def validate_exclusion(self, field: str, values: Container[Any], *more: Never, message: Wording = None) -> Self:
        """It is none of the values."""
        _listed("validate_exclusion", field, values, more)
        _about_one("validate_exclusion", field, message)
        expect_values("validate_exclusion", values)
        changeset = self.noted(field, "exclusion", enum=values)
        return changeset.validate_change(field, lambda value: validation_messages.excluded(value, values, message))

    def validate_subset(self, field: str, values: Container[Any], *more: Never, message: Wording = None) -> Self:
        """Each item of the collection is one of the values."""
        _listed("validate_subset", field, values, more)
        _about_one("validate_subset", field, message)
        expect_values("validate_subset", values)
        changeset = self.noted(field, "subset", enum=values)
        return changeset.validate_change(field, lambda value: validation_messages.no_subset(value, values, message))

    def validate_confirmation(self, field: str, *, required: bool = False, message: Wording = None) -> Self:
        """What was sent for `<field>_confirmation` is what was sent for the field; the error is that of the confirmation.

        Only the params are looked at. Where none was sent nothing is wrong, unless it is required.
        """
        _about_one("validate_confirmation", field, message)
        if self.params is None:
            return self
        confirmation = f"{field}_confirmation"
        if confirmation not in self.params:
            if not required:
                return self
            text, kind = "can't be blank", "required"
        elif self.params[confirmation] == self.params.get(field):
            return self
        else:
            text, kind = "does not match confirmation", "confirmation"
        error = validation_messages.message(message if kind == "confirmation" else None, text, validation=kind)
        return self.add_error(confirmation, error)

    def validate_acceptance(self, field: str, *more: Never, message: Wording = None) -> Self:
        """What was sent for the field is true; only the params are looked at, the class need not have it."""
        _nothing_more("validate_acceptance", more, field)
        _about_one("validate_acceptance", field, message)
        if self.params is None or is_true(self.params.get(field)):
            return self
        return self.add_error(field, validation_messages.message(message, "must be accepted", validation="acceptance"))


# --- what would be taken for something else -------------------------------------------------------------------------------


_COUNTS = ("characters", "bytes")


def _about_one(check: str, field: Any, message: Any) -> None:
    expect_field(check, field)
    expect_wording(check, message)


def _nothing_more(check: str, more: tuple[Any, ...], *given: Any, several: str | None = None) -> None:
    """A message is given by its name: one more value in a row would be taken for it, a second field among them."""
    if not more:
        return
    first = ", ".join(map(shown, given))
    cure = f"{check}({first}, message={shown(more[0])}), if that is the text to be shown"
    if several is not None and all(isinstance(each, str) for each in more):
        fields = [*([given[0]] if isinstance(given[0], str) else given[0]), *more]
        cure = f"{check}({shown(fields)}), if these are {several}; {cure}"
    raise BadOption(
        f"{check} got {', '.join(map(shown, more))} beyond what it takes",
        expected=f"{check}({first}), and the rest by name",
        got=f"{check}({', '.join([first, *map(shown, more)])})",
        cure=cure,
    )


def _listed(check: str, field: str, values: Any, more: tuple[Any, ...]) -> None:
    """The values are a collection: text is one too, of its parts, and "min" would be among those of "admin"."""
    if isinstance(values, str | bytes) or more:
        together = [values, *more] if isinstance(values, str | bytes) else values
        cure = f"{check}({shown(field)}, {shown(together)})"
        if more:
            cure += f"; the text to be shown is message={shown(more[-1])}"
        raise BadOption(
            f"{check}({shown(field)}, …) takes the values as one collection",
            expected="a list, a tuple, a set or a range of values",
            got=", ".join(map(shown, (values, *more))),
            cure=cure,
        )
