"""What is compared, and how a difference is told.

Law: a comparison returns the list of differences, never True or False alone, so that a failing golden says which key of
which message differs, with the recorded value and ours.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import attrs
from attrs import frozen

from liveview_core import AsyncExit
from tests.goldens import elixir


@frozen
class Difference:
    """One thing that is not as recorded."""

    what: str
    recorded: Any
    ours: Any

    def __str__(self) -> str:
        lines = [f"--- {self.what}"]
        if isinstance(self.recorded, (dict, list)) and isinstance(self.ours, (dict, list)):
            lines += [
                f"    at {path}: recorded {_show(a)}, ours {_show(b)}" for path, a, b in where(self.recorded, self.ours)
            ][:12]
        return "\n".join([*lines, "    recorded: " + _show(self.recorded), "    ours:     " + _show(self.ours)])


def _show(value: Any) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=repr)
    return text if len(text) < 2000 else text[:2000] + " …"


_ABSENT = "(nothing)"


def where(recorded: Any, ours: Any, path: str = "$") -> Iterator[tuple[str, Any, Any]]:
    """The places at which two JSON values differ."""
    if type(recorded) is not type(ours):
        yield path, recorded, ours
    elif isinstance(recorded, dict):
        for key in [*recorded, *(k for k in ours if k not in recorded)]:
            if key not in recorded or key not in ours:
                yield f"{path}.{key}", recorded.get(key, _ABSENT), ours.get(key, _ABSENT)
            else:
                yield from where(recorded[key], ours[key], f"{path}.{key}")
    elif isinstance(recorded, list):
        for index in range(max(len(recorded), len(ours))):
            if index >= len(recorded) or index >= len(ours):
                a = recorded[index] if index < len(recorded) else _ABSENT
                b = ours[index] if index < len(ours) else _ABSENT
                yield f"{path}[{index}]", a, b
            else:
                yield from where(recorded[index], ours[index], f"{path}[{index}]")
    elif recorded != ours:
        yield path, recorded, ours


def equal(recorded: Any, ours: Any) -> bool:
    """The same JSON: types included, so that `1` is not `true`, and lists are not tuples."""
    return next(where(recorded, ours), None) is None


def plain(value: Any) -> Any:
    """One of our assigns as the trace writes state: structs and records are objects, tuples and lists are lists."""
    match value:
        case None | bool() | int() | float():
            return value
        case AsyncExit() | BaseException():
            return plain(elixir.reason(value))
        case str():
            return str(value)
        case list() | tuple():
            return [plain(v) for v in value]
        case dict():
            return {str(k): plain(v) for k, v in value.items()}
        case _ if attrs.has(type(value)):
            return {f.alias: plain(getattr(value, f.name)) for f in attrs.fields(type(value)) if f.init}
        case _:
            return repr(value)


def plain_recorded(value: Any) -> Any:
    """A recorded state without Elixir's own types."""
    match value:
        case {"__tuple__": items}:
            return [plain_recorded(v) for v in items]
        case {"__kw__": pairs}:
            return {k: plain_recorded(v) for k, v in pairs}
        case dict():
            return {k: plain_recorded(v) for k, v in value.items() if k != "__struct__"}
        case list():
            return [plain_recorded(v) for v in value]
        case _:
            return value
