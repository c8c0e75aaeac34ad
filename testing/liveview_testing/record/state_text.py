"""State as lines: assigns, sockets, components and any values, for snapshots and for failed comparisons.

Owns `state_text`. Law: equal states give equal lines, in every run and under every hash seed: what has no order is sorted, what has
an address is named; one part is one line, so that a difference is where it is.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping, Set
from typing import Any, Final, cast

import attrs

from liveview_core import Socket
from liveview_core.errors import printable
from liveview_core.values.assigns import Assigns
from liveview_core.values.patterns import late_pattern
from liveview_core.values.streams import Stream, Streams
from liveview_core.views.live_component import name_of

WIDTH: Final = 80
"""What fits is told on one line."""
DEEPEST: Final = 50
_ADDRESS: Final = late_pattern(r" at 0x[0-9a-fA-F]+(?=>)")


def state_text(data: object) -> str:
    """The lines of a state: of a view with its components, of a tab, a socket, assigns, or of any value."""
    whole: Any = getattr(data, "view", data) if type(data).__name__ == "Page" else data
    process: Any = getattr(whole, "process", None)
    if process is None:
        assigns = whole.assigns if isinstance(whole, Socket) else whole if isinstance(whole, Assigns) else None
        return "\n".join(value_lines(whole) if assigns is None else _assigns(assigns))
    lines = [*_assigns(process.socket.assigns)]
    for each in process.components:
        lines.append(f"component {name_of(each.module)} {each.id!r}:")
        lines += [f"  {line}" for line in _assigns(each.socket.assigns)]
    return "\n".join(lines)


def value_lines(value: Any, depth: int = 0) -> list[str]:
    """A value as lines: on one, if it fits; else its parts, one a line, those that do not fit indented below their name."""
    whole = one_line(value)
    if len(whole) <= WIDTH or depth > DEEPEST:
        return [printable(whole)]
    parts = _parts(value)
    if parts is None:
        return [printable(line) for line in whole.splitlines() or [whole]]
    start, named, end = parts
    lines = [start] if start else []
    for name, part in named:
        inner = value_lines(part, depth + 1)
        if len(inner) == 1:
            lines.append(f"  {name}{inner[0]}")
        else:
            lines.append(f"  {name}{inner[0]}" if inner[0].endswith(("(", "[", "{")) else f"  {name.rstrip()}")
            rest = inner[1:] if inner[0].endswith(("(", "[", "{")) else inner
            lines += [f"  {line}" for line in rest]
    return [*lines, end] if end else lines


def _assigns(assigns: Assigns) -> Iterator[str]:
    for name, value in sorted(assigns, key=_first):
        if name == "streams" and isinstance(value, Streams):
            yield from (f"streams.{each}: {_stream(value[each])}" for each in sorted(value))
            continue
        lines = value_lines(value)
        if len(lines) == 1:
            yield f"{name}: {lines[0]}"
        else:
            yield f"{name}: {lines[0]}"
            yield from lines[1:]


def _stream(stream: Stream) -> str:
    if not stream.pending:
        return "nothing pending"
    said = [*(["reset"] if stream.reset else []), *(f"+ {each[0]}" for each in stream.inserts.oldest_first())]
    return ", ".join([*said, *(f"- {each}" for each in stream.deletes.oldest_first())])


Parts = tuple[str, list[tuple[str, Any]], str]


def _parts(value: Any) -> Parts | None:
    """How a value begins, its parts with their names, and how it ends; None for one without parts."""
    whole: Any = value
    kind: type[Any] = whole.__class__
    if isinstance(value, Assigns):
        return "Assigns(", [(f"{name}=", part) for name, part in sorted(value, key=_first)], ")"
    if attrs.has(kind):
        shown = [each for each in attrs.fields(kind) if each.repr is not False]
        return f"{kind.__qualname__}(", [(f"{each.name}=", getattr(whole, each.name)) for each in shown], ")"
    if dataclasses.is_dataclass(kind):
        fields = [each.name for each in dataclasses.fields(kind) if each.repr]
        return f"{kind.__qualname__}(", [(f"{name}=", getattr(whole, name)) for name in fields], ")"
    if isinstance(value, tuple) and hasattr(kind, "_fields"):
        return f"{kind.__qualname__}(", [(f"{name}=", getattr(whole, name)) for name in whole._fields], ")"
    if isinstance(value, Mapping):
        return "{", [(f"{one_line(key)}: ", part) for key, part in cast("Mapping[Any, Any]", whole).items()], "}"
    if isinstance(value, Set):
        return "{", [("", part) for part in sorted(cast("Iterable[Any]", whole), key=one_line)], "}"
    if kind is list or kind is tuple:
        marks = "[]" if kind is list else "()"
        return marks[0], [("", part) for part in whole], marks[1]
    return None


def one_line(value: Any, depth: int = 0) -> str:
    """A value on one line: as it shows itself, but the same in every run."""
    if depth > DEEPEST:
        return "…"
    if isinstance(value, Stream):
        return f"<Stream {value.name!r}: {_stream(value)}>"
    if isinstance(value, Assigns):
        return (
            f"Assigns({', '.join(f'{name}={one_line(part, depth + 1)}' for name, part in sorted(value, key=_first))})"
        )
    parts = _parts(value)
    if parts is not None:
        start, named, end = parts
        inside = ", ".join(f"{name}{one_line(part, depth + 1)}" for name, part in named)
        if start == "{" and not named and isinstance(value, Set):
            return f"{type(value).__name__}()"  # pyright: ignore[reportUnknownArgumentType]
        comma = "," if start == "(" and len(named) == 1 else ""
        return f"{start}{inside}{comma}{end}"
    whole: Any = value
    if callable(whole) and not isinstance(whole, type) and hasattr(whole, "__qualname__"):
        return f"<function {whole.__qualname__}>"
    try:
        text = repr(whole)
    except Exception as error:  # the value is the user's
        text = f"<{type(whole).__name__}, whose repr raises {type(error).__name__}>"
    return _ADDRESS.sub("", text)


def _first(pair: tuple[str, Any]) -> str:
    return pair[0]
