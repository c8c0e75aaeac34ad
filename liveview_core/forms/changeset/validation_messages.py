"""What can be wrong with a value, and how that is said: the messages of a changeset, Ecto's texts.

Law: a message is text that a user can read as it is, and says of itself what it was made of (`template`, `meta`), so that it
can be said in another language. A check is a pure function from a value to a message, or to None where nothing is wrong.
"""

from __future__ import annotations

import decimal
import operator
import re
from collections.abc import Container, Mapping, Sized
from typing import Any, Literal, TypeAlias

from liveview_core.errors import BadOption, shown
from liveview_core.values.assigns import _RULES, same

__all__ = ["Message", "Wording"]

Wording: TypeAlias = "str | tuple[str, Mapping[str, Any]] | None"
"""A text instead of the usual one: with `{count}` and the like where the check has them, or with more for its `meta`."""


class Message(str):
    """What is wrong, as text; `template` is the text before its values were put in, `meta` the values and the kind of check.

    >>> message = Message("should be at least {count} character(s)", {"count": 3, "validation": "length"})
    >>> print(message)
    should be at least 3 character(s)
    >>> message.template, message.meta["validation"]
    ('should be at least {count} character(s)', 'length')
    """

    __slots__ = ("meta", "template")

    meta: Mapping[str, Any]
    template: str

    def __new__(cls, template: str, meta: Mapping[str, Any] | None = None) -> Message:
        values = dict(meta or {})
        # Not str.format: a text with other braces is fine, and `{x.y}` reaches into nothing.
        text = re.sub(r"\{(\w+)\}", lambda found: str(values.get(found[1], found[0])), template)
        made = super().__new__(cls, text)
        made.template = template
        made.meta = values
        return made

    def __reduce__(self) -> tuple[type[Message], tuple[str, Mapping[str, Any]]]:
        return Message, (self.template, self.meta)


def _same_message(old: Message, new: Message) -> bool:
    return old == new and old.template == new.template and same(old.meta, new.meta)


_RULES[Message] = _same_message  # it is text: an error that is still there is not sent again (EN-10)


def message(wording: Wording, usual: str, **meta: Any) -> Message:
    """The message for a check that failed, in the words that were asked for."""
    if wording is None:
        return Message(usual, meta)
    if isinstance(wording, Message):
        return Message(wording.template, {**meta, **wording.meta})
    if isinstance(wording, tuple):
        return Message(wording[0], {**meta, **wording[1]})
    return Message(wording, meta)


# --- the checks -----------------------------------------------------------------------------------------------------------

Count: TypeAlias = Literal["characters", "bytes"]

_WRONG = {"is": operator.ne, "min": operator.lt, "max": operator.gt}
_LENGTHS = {
    ("text", "is"): "should be {count} character(s)",
    ("text", "min"): "should be at least {count} character(s)",
    ("text", "max"): "should be at most {count} character(s)",
    ("bytes", "is"): "should be {count} byte(s)",
    ("bytes", "min"): "should be at least {count} byte(s)",
    ("bytes", "max"): "should be at most {count} byte(s)",
    ("items", "is"): "should have {count} item(s)",
    ("items", "min"): "should have at least {count} item(s)",
    ("items", "max"): "should have at most {count} item(s)",
}


def wrong_length(
    field: str, value: Any, limits: Mapping[str, int | None], count: Count, wording: Wording
) -> Message | None:
    """Text by its characters (code points) or its bytes in UTF-8, a collection by its items."""
    if isinstance(value, str):
        kind = "bytes" if count == "bytes" else "text"
        length = len(value.encode("utf-8", "surrogatepass")) if count == "bytes" else len(value)
    elif isinstance(value, Sized):
        kind, length = ("bytes" if isinstance(value, bytes) else "items"), len(value)
    else:
        raise BadOption(
            f"validate_length({field!r}, …) is about text and collections",
            expected="a str, a list, a tuple, a set or a dict",
            got=shown(value),
            cure=f"validate_number({field!r}, …), if it is a number",
        )
    for name, limit in limits.items():
        if limit is not None and _WRONG[name](length, limit):
            return message(wording, _LENGTHS[kind, name], count=limit, validation="length", kind=name, type=kind)
    return None


_NUMBERS: dict[str, tuple[str, Any]] = {
    "less_than": ("must be less than {number}", operator.lt),
    "greater_than": ("must be greater than {number}", operator.gt),
    "less_than_or_equal_to": ("must be less than or equal to {number}", operator.le),
    "greater_than_or_equal_to": ("must be greater than or equal to {number}", operator.ge),
    "equal_to": ("must be equal to {number}", operator.eq),
    "not_equal_to": ("must be not equal to {number}", operator.ne),
}


def wrong_number(field: str, value: Any, limits: Mapping[str, Any], wording: Wording) -> Message | None:
    """The first limit that the number does not keep."""
    if isinstance(value, bool) or not isinstance(value, int | float | decimal.Decimal):
        raise BadOption(
            f"validate_number({field!r}, …) is about numbers",
            expected="an int, a float or a Decimal",
            got=shown(value),
            cure="validate_length, if it is text; or declare the attribute as a number",
        )
    for kind, limit in limits.items():
        text, keeps = _NUMBERS[kind]
        if limit is not None and not keeps(value, limit):
            return message(wording, text, validation="number", kind=kind, number=limit)
    return None


def wrong_format(field: str, value: Any, pattern: str | re.Pattern[str], wording: Wording) -> Message | None:
    """Text in which the pattern is nowhere found."""
    if not isinstance(value, str):
        raise BadOption(
            f"validate_format({field!r}, …) is about text",
            expected="a str",
            got=shown(value),
            cure="use validate_change",
        )
    return None if re.search(pattern, value) else message(wording, "has invalid format", validation="format")


def not_included(value: Any, values: Container[Any], wording: Wording) -> Message | None:
    """A value that is none of the permitted ones."""
    return None if value in values else message(wording, "is invalid", validation="inclusion", enum=values)


def excluded(value: Any, values: Container[Any], wording: Wording) -> Message | None:
    """A value that is one of the reserved ones."""
    return message(wording, "is reserved", validation="exclusion", enum=values) if value in values else None


def no_subset(value: Any, values: Container[Any], wording: Wording) -> Message | None:
    """A collection with an item that is none of the permitted ones."""
    if all(each in values for each in value):
        return None
    return message(wording, "has an invalid entry", validation="subset", enum=values)
