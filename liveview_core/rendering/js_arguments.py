"""What the JS commands are given, checked: texts, elements, transitions, attributes.

Law: what is not of its form is an error that names the command and shows the form.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from liveview_core.errors import BadOption, nearest_names, shown

_SCOPES = ("closest", "inner", "document")


def checked_text(function: str, what: str, value: Any) -> str:
    if not isinstance(value, str):
        raise BadOption(f"the {what} of JS.{function} is not text", expected="a str", got=shown(value))
    return value


def checked_names(names: Any) -> list[str]:
    """Names of attributes: one, or any collection of them."""
    many: tuple[Any, ...] = (*names,) if isinstance(names, Iterable) else ()  # pyright: ignore[reportUnknownVariableType]
    given = [names] if isinstance(names, str) else [each for each in many if isinstance(each, str)]
    if not given or len(given) != (1 if isinstance(names, str) else len(many)):
        raise BadOption(
            "the names of JS.ignore_attributes are not text",
            expected="a str, or a list of strs",
            got=shown(names),  # pyright: ignore[reportUnknownArgumentType]
        )
    return given


def checked_options(operation: str, given: dict[str, Any]) -> dict[str, Any]:
    """What travels of a command's options, those that are None left out; how long it lasts is asked for all of them."""  # JS-3
    time = given.get("time")
    if time is not None and (not isinstance(time, int) or isinstance(time, bool) or time < 0):
        raise BadOption(
            f"the option time of JS.{operation} is no time", expected="milliseconds: an int, 0 or more", got=shown(time)
        )
    return {key: value for key, value in given.items() if value is not None}


def checked_target(function: str, to: Any) -> str | dict[str, str] | None:
    match to:
        case None | str():
            return to
        case ("inner" | "closest" as scope, str(selector)):
            return {scope: selector}
        case ("document", str(selector)):
            return selector
        case (scope, _):
            raise BadOption(
                f"the option to of JS.{function} has an unknown scope {shown(scope)}",
                expected=f"a selector, or (scope, selector) with a scope of {', '.join(_SCOPES)}",
                got=shown(to),
                nearest=nearest_names(scope, _SCOPES),
            )
        case _:
            raise BadOption(
                f"the option to of JS.{function} is no element",
                expected=f"a selector, or (scope, selector) with a scope of {', '.join(_SCOPES)}",
                got=shown(to),
            )


def class_lists(function: str, value: Any) -> list[list[str]] | None:
    match value:
        case None:
            return None
        case str():
            return [split_names(value), [], []]
        case (str(transition), str(start), str(end)):
            return [split_names(transition), split_names(start), split_names(end)]
        case _:
            raise BadOption(
                f"a transition of JS.{function} is wrong",
                expected="class names in a str, or (transition, start, end) of class names",
                got=shown(value),
            )


def split_names(names: str) -> list[str]:
    return [each for each in names.split(" ") if each]


def checked_attribute(function: str, value: Any, sizes: tuple[int, ...]) -> list[str]:
    parts: list[Any] = list(value) if isinstance(value, (tuple, list)) else []  # pyright: ignore[reportUnknownArgumentType]
    if len(parts) in sizes and all(isinstance(each, str) for each in parts):
        return parts
    shapes = {2: "(name, value)", 3: "(name, one, other)"}
    raise BadOption(
        f"the attribute of JS.{function} is wrong",
        expected=" or ".join(shapes[size] for size in sizes) + " of strs",
        got=shown(value),  # pyright: ignore[reportUnknownArgumentType]
    )
