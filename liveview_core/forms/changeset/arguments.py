"""Arguments of a changeset's checks: what each takes, asked when it is called.

Law: a mistake of the program is told where it is made, whatever was sent; a check that waits for a value to fail would fail on
the day that somebody types one.
"""

from __future__ import annotations

import decimal
import re
from collections.abc import Container, Iterable, Mapping
from typing import Any

from liveview_core.errors import BadOption, shown

__all__ = [
    "expect_checks",
    "expect_field",
    "expect_limits",
    "expect_pattern",
    "expect_values",
    "expect_wording",
    "names_of",
]

_NUMBER = int, float, decimal.Decimal


def names_of(given: Any, what: str) -> list[str]:
    """The names in what *what* are given as: any collection of them."""
    if isinstance(given, str) or not isinstance(given, Iterable):
        example = f"[{given!r}]" if isinstance(given, str) else "['name', 'email']"
        raise BadOption(f"{what} are a list of names", expected=example, got=shown(given), cure="write a list")
    return [*given]  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType]


def expect_field(check: str, field: Any) -> None:
    """A check is about one field, by its name."""
    if not isinstance(field, str):
        raise BadOption(
            f"{check} is about one field",
            expected="its name, a str",
            got=shown(field),
            cure=f"{check} once for each of them" if isinstance(field, (list, tuple)) else None,
        )


def expect_wording(check: str, wording: Any) -> None:
    """What is shown where a check fails: a text, or a text and what is in it."""
    if wording is None or isinstance(wording, str):
        return
    pair: tuple[Any, ...] = wording if isinstance(wording, tuple) else ()  # pyright: ignore[reportUnknownVariableType]
    if not (len(pair) == 2 and isinstance(pair[0], str) and isinstance(pair[1], Mapping)):
        raise BadOption(
            f"the message of {check} is no text",
            expected="a str, or (a str, its meta)",
            got=shown(wording),  # pyright: ignore[reportUnknownArgumentType]
        )


def expect_limits(check: str, limits: Mapping[str, Any], *, whole: bool) -> None:
    """Limits are numbers, those of a length whole ones; without any nothing would be checked."""
    if all(limit is None for limit in limits.values()):
        names = ["is_" if name == "is" else name for name in limits]
        raise BadOption(
            f"{check} has no limit, and checks nothing",
            expected=f"one of {', '.join(names)}",
            got="none of them",
            cure="validate_length('name', max=80)" if whole else "validate_number('age', greater_than_or_equal_to=18)",
        )
    for name, limit in limits.items():
        right = isinstance(limit, int if whole else _NUMBER) and not isinstance(limit, bool)
        if limit is not None and not (right and (not whole or limit >= 0)):
            raise BadOption(
                f"the option {name} of {check} is no limit",
                expected="an int, 0 or more" if whole else "an int, a float or a Decimal",
                got=shown(limit),
            )


def expect_pattern(check: str, pattern: Any) -> None:
    """A regular expression for text."""
    reason = ""
    if isinstance(pattern, str):
        try:
            re.compile(pattern)
        except re.error as error:
            reason = f": {error}"
        else:
            return
    elif isinstance(pattern, re.Pattern) and isinstance(pattern.pattern, str):  # pyright: ignore[reportUnknownMemberType]
        return
    raise BadOption(
        f"the pattern of {check} is no regular expression for text{reason}",
        expected="a str, or what re.compile gives of one",
        got=shown(pattern),  # pyright: ignore[reportUnknownArgumentType]
        cure=f"re.escape({pattern!r}), if it is to be found as it is" if isinstance(pattern, str) else None,
    )


def expect_checks(check: str, function: Any) -> None:
    """A function that is asked about a value."""
    if not callable(function):
        raise BadOption(f"{check} takes a function", expected="a function of the value", got=shown(function))


def expect_values(check: str, values: Any) -> None:
    """The values are there as often as they are asked about: what is used up by the first question is no collection."""
    if not isinstance(values, Container):
        raise BadOption(
            f"{check} takes the values as one collection",
            expected="a list, a tuple, a set or a range of values",
            got=shown(values),
            cure="list(…) of it" if isinstance(values, Iterable) else None,
        )
