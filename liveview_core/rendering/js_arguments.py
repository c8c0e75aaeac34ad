"""What the JS commands are given, checked: texts, elements, transitions, attributes.

Law: what is not of its form is an error that names the command and shows the form.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, cast

from liveview_core.errors import BadOption, nearest_names, shown
from liveview_core.values.safe import exact

_SCOPES = ("closest", "inner", "document")


def checked_text(function: str, what: str, value: Any) -> str:
    if not isinstance(value, str):
        raise BadOption(f"the {what} of JS.{function} is not text", expected="a str", got=shown(value))
    return exact(value)


def checked_target(function: str, to: Any) -> str | dict[str, str] | None:
    match to:
        case None:
            return None
        case str():
            return exact(to)
        case ("inner" | "closest" as scope, str(selector)):
            return {exact(scope): exact(selector)}
        case ("document", str(selector)):
            return exact(selector)
        case Mapping() if len(to) == 1:  # {"inner": "#x"}, as it travels  # pyright: ignore[reportUnknownArgumentType]
            entry: Any = next(iter(to.items()))  # pyright: ignore[reportUnknownArgumentType, reportUnknownMemberType, reportUnknownVariableType]
            return checked_target(function, entry)
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


def checked_value(value: Any) -> dict[str, Any]:
    if isinstance(value, Mapping):
        return dict(value)  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType]
    raise BadOption(
        "the option value of JS.push is not a mapping",
        expected="a dict of JSON data",
        got=shown(value),
        cure="JS.push('event', value={'id': 1})",
    )


def checked_time(function: str, value: Any) -> None:
    if type(value) is not int or value < 0:
        expected = "milliseconds: an int, 0 or more"
        raise BadOption(f"the option time of JS.{function} is wrong", expected=expected, got=shown(value))


def checked_options(function: str, given: dict[str, Any]) -> None:
    if "time" in given:
        checked_time(function, given["time"])
    if "blocking" in given:
        checked_flag(function, "blocking", given["blocking"])
    if "display" in given:
        given["display"] = checked_text(function, "option display", given["display"])


def checked_flag(function: str, option: str, value: Any) -> bool:
    if type(value) is not bool:
        raise BadOption(f"the option {option} of JS.{function} is wrong", expected="True or False", got=shown(value))
    return value


def _several(value: Any) -> bool:
    return isinstance(value, Iterable)


def checked_names(function: str, names: Any) -> list[str]:
    given: list[Any] = (
        [names] if isinstance(names, str) else list(cast("Iterable[Any]", names) if _several(names) else ())
    )
    if not given or not all(isinstance(each, str) for each in given):
        raise BadOption(
            f"the names of JS.{function} are wrong",
            expected="the name of an attribute, or a list of names",
            got=shown(names),  # pyright: ignore[reportUnknownArgumentType]
            cure=f'JS.{function}(["open", "data-*"])',
        )
    return list(map(exact, given))


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
    return [each for each in exact(names).split(" ") if each]


def checked_attribute(function: str, value: Any, sizes: tuple[int, ...]) -> list[str]:
    parts: list[Any] = list(value) if isinstance(value, (tuple, list)) else []  # pyright: ignore[reportUnknownArgumentType]
    if len(parts) in sizes and all(isinstance(each, str) for each in parts):
        return list(map(exact, parts))
    shapes = {2: "(name, value)", 3: "(name, one, other)"}
    raise BadOption(
        f"the attribute of JS.{function} is wrong",
        expected=" or ".join(shapes[size] for size in sizes) + " of strs",
        got=shown(value),  # pyright: ignore[reportUnknownArgumentType]
    )
