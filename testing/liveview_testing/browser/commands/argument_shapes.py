"""What the arguments of a command are, as the server's `JS` writes them.

Owns `misfit`. Law: what `JS` can write fits; what somebody has written by hand and the client would throw at, or take for something
else, is told before it is done.
"""  # JC-2

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, cast

__all__ = ["misfit"]

_Shape = tuple[Callable[[Any], bool], str]


def _is_names(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(each, str) for each in cast("list[object]", value))


def _is_phases(value: Any) -> bool:
    return (
        isinstance(value, list)
        and len(cast("list[object]", value)) == 3
        and all(map(_is_names, cast("list[object]", value)))
    )


def _is_place(value: Any) -> bool:
    if isinstance(value, Mapping):
        found = cast("Mapping[object, object]", value)
        return len(found) == 1 and all(
            name in ("inner", "closest") and isinstance(each, str) for name, each in found.items()
        )
    return isinstance(value, str)


TEXT: _Shape = (lambda value: isinstance(value, str), "a text")
DATA: _Shape = (lambda value: isinstance(value, Mapping), "an object")
NAMES: _Shape = (_is_names, "a list of texts")
PHASES: _Shape = (_is_phases, "three lists of class names")
NUMBER: _Shape = (lambda value: isinstance(value, int | float), "a number")
TARGET: _Shape = (lambda value: isinstance(value, str | int), "a selector, or the number of a component")
PAIR: _Shape = (lambda value: _is_names(value) and len(value) == 2, "a name and a value")
CHOICE: _Shape = (lambda value: _is_names(value) and len(value) in (2, 3), "a name and one or two values")
PLACE: _Shape = (_is_place, 'a selector, {"inner": …} or {"closest": …}')

_MOVES: dict[str, _Shape] = {"transition": PHASES, "time": NUMBER}
_CLASSES: dict[str, _Shape] = {"names": NAMES, **_MOVES}
_SHAPES: dict[str, dict[str, _Shape]] = {
    "push": {"event": TEXT, "value": DATA, "target": TARGET, "loading": TEXT},
    "dispatch": {"event": TEXT, "detail": DATA},
    "toggle": {"ins": PHASES, "outs": PHASES, "time": NUMBER, "display": TEXT},
    "show": {"display": TEXT, **_MOVES},
    "hide": _MOVES,
    "transition": _MOVES,
    **dict.fromkeys(("add_class", "remove_class", "toggle_class"), _CLASSES),
    "set_attr": {"attr": PAIR},
    "remove_attr": {"attr": TEXT},
    "toggle_attr": {"attr": CHOICE},
    "ignore_attrs": {"attrs": NAMES},
    "exec": {"attr": TEXT},
    "navigate": {"href": TEXT},
    "patch": {"href": TEXT},
}
_NEEDED = {
    "set_attr": "attr",
    "remove_attr": "attr",
    "toggle_attr": "attr",
    "exec": "attr",
    "navigate": "href",
    "patch": "href",
    "dispatch": "event",
}
_NOTHING: dict[str, _Shape] = {}


def misfit(name: str, args: object) -> str | None:
    """What is wrong with the arguments of a command; None where they fit, or where there is no such command.

    >>> misfit("set_attr", {"attr": ["open"]}), misfit("hide", {"to": "#a", "time": 200})
    ("the attr of set_attr is a name and a value, not ['open']", None)
    """
    if type(args) is not dict and not isinstance(args, Mapping):  # pyright: ignore[reportUnnecessaryComparison]
        return f"the arguments of {name} are an object, not {args!r}"
    given = cast("Mapping[str, Any]", args)
    if name == "push" and len(given) == 1 and "event" in given and type(given["event"]) is str:  # nearly always
        return None
    needed = _NEEDED.get(name)
    if needed is not None and given.get(needed) is None:
        return f"{name} has no {needed}"
    shapes = _SHAPES.get(name, _NOTHING)
    for key, value in given.items():
        if value is None:
            continue
        shape = PLACE if key == "to" else shapes.get(key)
        if shape is not None and not shape[0](value):
            return f"the {key} of {name} is {shape[1]}, not {value!r}"
    return None
