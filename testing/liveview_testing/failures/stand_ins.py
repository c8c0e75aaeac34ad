"""What a stand-in for an app's JavaScript gives to its element or its file: times, methods, texts, data. Checked where it is.

Law: what a script could not give is refused in the callback that gives it, and nothing has happened; and an error in a callback
of a stand-in says whose it was.
"""

from __future__ import annotations

import datetime
import math
from collections.abc import Mapping
from typing import Any

from liveview_core.errors import BadOption, NotData, add_note, article, nearest_names, shown

__all__ = ["data", "happened_in", "method", "text", "time"]


def happened_in(error: Exception, whose: str, name: str) -> None:
    """Note on an error of a stand-in's *whose* it is, and in which of its methods."""
    note = f"in {whose}: {name}"
    if note not in getattr(error, "__notes__", ()):
        add_note(error, note)


def text(value: object, does: str, cure: str) -> str:
    """The text with which a stand-in *does* something. Raises `BadOption`."""
    if not isinstance(value, str):
        raise BadOption(f"{does} takes text", expected="a str", got=shown(value), cure=cure)
    return value


def time(milliseconds: object, call: str) -> None:
    """After how long something is called. Raises `BadOption`."""
    if type(milliseconds) not in (int, float) or not 0 <= milliseconds < math.inf:  # type: ignore[operator]  # pyright: ignore[reportOperatorIssue]
        raise BadOption(
            f"{call} waits for a time that is none",
            expected="simulated milliseconds, a number from 0 on",
            got=shown(milliseconds),
            cure=f"{call}(200, 'method')",
        )


def method(definition: Any, name: object, call: str) -> None:
    """The name of a method that a stand-in has. Raises `BadOption`."""
    if definition is None or (isinstance(name, str) and callable(getattr(definition, name, None))):
        return
    kind: type[Any] = type(definition)  # pyright: ignore[reportUnknownVariableType]
    own = [each for each in dir(kind) if not each.startswith("_") and callable(getattr(kind, each))]
    raise BadOption(
        f"{call} names a method that {kind.__qualname__} does not have",
        expected=f"the name of one, as a str: {', '.join(own)}",
        got=shown(name),
        cure=f"{name.__name__!r}, its name" if callable(name) and hasattr(name, "__name__") else None,
        nearest=nearest_names(name, own),
    )


def data(value: Any, what: str) -> Any:
    """The value as JavaScript would write it as JSON, of its own. Raises `NotData`."""
    try:
        return _data(value, what)
    except RecursionError:
        raise NotData(
            f"{what} cannot travel as JSON: it contains itself, or nests too deep",
            expected="dicts and lists that end somewhere",
            got=type(value).__name__,
            cure="send a part of it",
        ) from None


def _data(value: Any, what: str) -> Any:
    whole = value  # not narrowed, so that its parts stay `Any`
    match value:
        case None | bool() | str() | int():
            return value
        case float() if math.isfinite(value):
            return value
        case datetime.date() | datetime.time():
            return value.isoformat()
        case list() | tuple():
            return [_data(each, what) for each in whole]
        case Mapping() if all(isinstance(key, (str, int)) for key in whole):
            return {str(key): _data(each, what) for key, each in whole.items()}
        case _:
            keys = isinstance(value, Mapping)
            raise NotData(
                f"{what} cannot travel as JSON: it holds {article(type(value).__name__)}"
                + (" with a key that is no text" if keys else ""),
                expected="dicts with text keys, lists, text, finite numbers, True, False, None, dates and times",
                got=shown(value),
                cure="send what it consists of, a list or a dict of its parts, or its text: str(…)",
            )
