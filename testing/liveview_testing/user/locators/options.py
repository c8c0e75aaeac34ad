"""What a test gives to find and to act with, checked where it is given.

Law: what cannot mean anything is refused before anything is looked up or waited for, and the refusal says what can be given.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence, Set
from datetime import timedelta
from typing import Any, cast

from liveview_core.errors import BadOption, nearest_names, shown, spelled
from liveview_core.tracebacks import shorten
from liveview_testing.browser.accessibility.roles import ROLES
from liveview_testing.browser.accessibility.text import QueryError, Wanted, as_script
from liveview_testing.user.locators.exceptions import Error, NotHere

ACT_TIMEOUT = 30_000.0
"""How long an act waits until it can be done, in simulated milliseconds."""
EXPECT_TIMEOUT = 5_000.0
"""How long an expectation waits until it comes true."""
NO_LIMIT = 3_600_000.0
"""What "no timeout" means on a simulated clock: an hour."""

MODIFIERS = ("Alt", "Control", "ControlOrMeta", "Meta", "Shift")

_ENDLESS = 250_000_000_000_000  # milliseconds: the calendar ends in the year 9999


def _refused(
    happened: str, *, expected: str, got: str, cure: str | None = None, nearest: Iterable[str] = ()
) -> BadOption:
    """What is said of it, at the line that gave it."""
    return shorten(BadOption(happened, expected=expected, got=got, cure=cure, nearest=nearest))


def text(value: object, what: str) -> str:
    """A text."""
    if not isinstance(value, str):
        raise _refused(f"{what} is a str", expected="a str", got=shown(value), cure=_as_text(value))
    return value


def wanted(value: object, what: str) -> Wanted:
    """A text or a pattern to look for."""
    if isinstance(value, str):
        return value
    if isinstance(value, re.Pattern):
        pattern = cast("re.Pattern[str]", value)
        try:
            as_script(pattern)
        except QueryError as error:  # what a browser would read differently
            raise shorten(Error(error.happened, expected=error.expected, got=error.got, cure=error.cure)) from None
        return pattern
    raise _refused(
        f"{what} is a str or a pattern",
        expected='"Save", or re.compile("^Save")',
        got=shown(value),
        cure=_as_text(value),
    )


def _as_text(value: object) -> str | None:
    """How it becomes the text that is meant; of nothing, of several things, and of a function no text is meant."""
    if value is None or isinstance(value, (bool, bytes, Iterable)) or callable(value):
        return None
    return f"str({shown(value)})"


def maybe(value: object, what: str) -> Wanted | None:
    """A text or a pattern, or none."""
    return None if value is None else wanted(value, what)


def flag(value: object, what: str) -> bool:
    """True or False."""
    if not isinstance(value, bool):
        said = _MEANT.get(spelled(value).strip().lower())
        raise _refused(f"{what} is True or False", expected="a bool", got=shown(value), cure=said)
    return value


_MEANT = {
    **dict.fromkeys(("true", "1", "1.0", "yes", "on"), "True"),
    **dict.fromkeys(("false", "0", "0.0", "no", "off", "none", ""), "False"),
}


def maybe_flag(value: object, what: str) -> bool | None:
    """True, False, or not asked."""
    return None if value is None else flag(value, what)


def whole(value: object, what: str) -> int:
    """A whole number."""
    if type(value) is not int:
        given = spelled(value).strip().removesuffix(".0")
        cure = given if given.removeprefix("-").isdecimal() else None
        raise _refused(f"{what} is a whole number", expected="an int", got=shown(value), cure=cure)
    return value


def role(value: object) -> str:
    """A role that there is, or none at all."""
    given = text(value, "a role")
    low = given.lower()
    if low not in ROLES:
        if not low.strip():
            return given
        near = nearest_names(low, ROLES)
        raise shorten(
            Error(
                f"there is no role {given!r}",
                expected="a role of ARIA, such as button, link, textbox, listitem",
                got=repr(given),
                cure=f"get_by_role({near[0]!r})" if near else 'get_by_text("…") finds by text',
                nearest=near,
            )
        )
    return given


def milliseconds(timeout: object, default: float) -> float:
    """How long to wait, in simulated milliseconds."""
    return default if timeout is None else duration(timeout) or NO_LIMIT


def duration(timeout: object) -> float:
    """A time in milliseconds."""
    if isinstance(timeout, timedelta):
        value = timeout / timedelta(milliseconds=1)
    elif isinstance(timeout, (int, float)) and not isinstance(timeout, bool) and abs(timeout) < _ENDLESS:
        value = float(timeout)
    else:
        raise _refused(
            "a timeout is a number of milliseconds",
            expected="an int, a float or a timedelta; 0 for no limit",
            got=shown(timeout),
            cure="timeout=5000",
        )
    if value < 0:
        raise _refused("a timeout is not below zero", expected="milliseconds", got=shown(timeout), cure="timeout=1")
    return value


def modifiers(value: object) -> frozenset[str]:
    """The keys that are held down meanwhile."""
    if value is None:
        return frozenset()
    if isinstance(value, (str, bytes)) or not isinstance(value, Sequence):
        raise _refused(
            "modifiers is a list of keys",
            expected='["Shift"]',
            got=shown(value),
            cure=f"modifiers=[{value!r}]" if isinstance(value, str) else 'modifiers=["Shift"]',
        )
    keys = cast("Sequence[object]", value)
    for each in keys:
        if each not in MODIFIERS:
            raise _refused(
                f"{shown(each)} is no modifier",
                expected=", ".join(MODIFIERS),
                got=shown(each),
                nearest=nearest_names(each, MODIFIERS),
            )
    return frozenset("Control" if each == "ControlOrMeta" else str(each) for each in keys)


def button(value: object) -> str:
    """A button of the mouse."""
    if value is None:
        return "left"
    if not isinstance(value, str) or value not in ("left", "middle", "right"):
        raise _refused("a mouse has three buttons", expected="left, middle or right", got=shown(value))
    return str(value)


def matches_text(value: object, what: str) -> Wanted | list[Wanted]:
    """One text or pattern, or a list of them, one for each element."""
    if isinstance(value, (list, tuple)):
        return [wanted(each, f"each of {what}") for each in cast("Sequence[object]", value)]
    if isinstance(value, Iterable) and not isinstance(value, (str, bytes)):
        ordered = not isinstance(value, Set)
        raise _refused(
            f"{what} is one, or a list of them, one for each element",
            expected='["Tea", "Milk"], in the order of the page',
            got=shown(cast("object", value)),
            cure="a list of it: list(…)" if ordered else "a list, in the order of the page: a set has none",
        )
    return wanted(value, what)


def plain(value: object, what: str) -> Any:
    """JSON-like data with text keys, or nothing."""
    whole_value: Any = value
    if value is not None and not isinstance(value, Mapping):
        raise _refused(f"{what} is a mapping", expected='{"detail": …}', got=shown(value))
    return whole_value


def needs(what: str, why: str, instead: str) -> NotHere:
    """What is said of something that is not simulated."""
    return NotHere(f"{what} {why}", cure=instead)


__all__ = [
    "ACT_TIMEOUT",
    "EXPECT_TIMEOUT",
    "QueryError",
    "button",
    "duration",
    "flag",
    "matches_text",
    "maybe",
    "maybe_flag",
    "milliseconds",
    "modifiers",
    "needs",
    "plain",
    "role",
    "text",
    "wanted",
    "whole",
]
