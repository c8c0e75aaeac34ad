"""The transcript of a run.

Owns the text of a history: one line a message, the same bytes for the same run, in another process and with another hash
seed. Law: nothing that depends on memory addresses, hashes or the real clock reaches it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from typing import Any

from liveview_core.values.patterns import late_pattern
from liveview_testing.world.log.happening import Happening
from liveview_testing.world.log.wire import frames

_ADDRESS = late_pattern(r" at 0x[0-9a-fA-F]+")


def transcript(history: Iterable[Happening]) -> bytes:
    """One line for each message delivered: when, to whom, what; then the frames, indented."""
    lines: list[str] = []
    for each in history:
        said = "" if each.origin == "client" else f" {stable(each.payload)}"
        source = f" from {each.sender}" if each.sender else ""
        lines.append(f"{each.at} {each.process} {each.origin} {each.event}{said}{source}")
        for frame in frames([each]):
            lines.append(f"  {'>' if frame.direction == 'client' else '<'} {frame.event} {frame.text}")
    return "".join(f"{line}\n" for line in lines).encode(errors="backslashreplace")  # of text that is none: half a pair


DEPTH = 50
"""How deep values are written out: what contains itself has no end."""


def stable(value: Any, depth: int = 0) -> str:
    """A repr that is the same in every run: sets in order of their text, no addresses."""
    if depth > DEPTH:
        return "…"

    def inner(each: Any) -> str:
        return stable(each, depth + 1)

    if isinstance(value, (str, int, float, bool, bytes, type(None))):
        return repr(value)
    if type(value) is list:
        return f"[{', '.join(map(inner, value))}]"  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType]
    if type(value) is tuple:
        return f"({', '.join(map(inner, value))})"  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType]
    if isinstance(value, Mapping):
        return f"{{{', '.join(f'{inner(k)}: {inner(v)}' for k, v in value.items())}}}"  # pyright: ignore[reportUnknownVariableType]
    if isinstance(value, AbstractSet):
        return f"{{{', '.join(sorted(map(inner, value)))}}}"  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType]
    names: tuple[str, ...] | None = getattr(type(value), "__match_args__", None)  # pyright: ignore[reportUnknownArgumentType]
    if names:
        inside = ", ".join(f"{name}={inner(getattr(value, name, None))}" for name in names)
        return f"{type(value).__qualname__}({inside})"
    return _ADDRESS.sub("", repr(value))
