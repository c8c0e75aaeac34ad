"""What is read and written while something happens.

Owns `Noted`, and the views of an open world's lines and store that put it down (`NotedLines`, `NotedStore`). Law: who looks without
being noted looks at what cannot change.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeAlias

from immutables import Map

from liveview_testing.world.world import Line

Name: TypeAlias = "tuple[Any, ...]"
"""Something that choices may have in common: ("process", id), ("store", name), ("topic", name), …."""


class Noted:
    """What was read and written while a choice was made."""

    __slots__ = ("lines", "reads", "values", "writes")

    def __init__(self) -> None:
        self.reads: set[Name] = set()
        self.writes: set[Name] = set()
        self.lines: set[str] = set()  # the lines that were set down, be they as before
        self.values: list[tuple[str, str, Any]] = []


class NotedLines:
    """The lines of an open world, for whoever notes who looks at them."""

    __slots__ = ("changed", "lines", "reads")

    def __init__(self, lines: Any, noted: Noted) -> None:
        self.lines = lines
        self.reads = noted.reads
        self.changed = noted.lines

    def __getitem__(self, pid: str) -> Line:
        self.reads.add(("process", pid))
        line: Line = self.lines[pid]
        return line

    def get(self, pid: str, default: Any = None) -> Any:
        self.reads.add(("process", pid))
        return self.lines.get(pid, default)

    def __contains__(self, pid: object) -> bool:
        self.reads.add(("life", pid))
        return pid in self.lines

    def __setitem__(self, pid: str, line: Line) -> None:
        self.lines[pid] = line
        self.changed.add(pid)

    def __iter__(self) -> Iterator[str]:
        return iter(self.finish())

    def finish(self) -> Map[str, Line]:
        """All of them, closed."""
        done: Map[str, Line] = self.lines.finish()
        self.lines = done.mutate()
        return done


class NotedStore:
    """The store of an open world, for whoever notes who looks at it."""

    __slots__ = ("map", "noted")

    def __init__(self, map: Map[str, Any], noted: Noted) -> None:
        self.map = map
        self.noted = noted

    def __getitem__(self, name: str) -> Any:
        self.noted.reads.add(("store", name))
        value = self.map[name]
        self.noted.values.append(("reads", name, value))
        return value

    def get(self, name: str, default: Any = None) -> Any:
        self.noted.reads.add(("store", name))
        return self.map.get(name, default)

    def __contains__(self, name: object) -> bool:
        self.noted.reads.add(("store", name))
        return name in self.map

    def set(self, name: str, value: Any) -> NotedStore:
        self.noted.writes.add(("store", name))
        self.noted.values.append(("writes", name, value))
        return NotedStore(self.map.set(name, value), self.noted)

    def delete(self, name: str) -> NotedStore:
        self.noted.writes.add(("store", name))
        return NotedStore(self.map.delete(name), self.noted)

    def _all(self) -> Map[str, Any]:
        self.noted.reads.add(("store",))
        return self.map

    def __iter__(self) -> Iterator[str]:
        return iter(self._all())

    def __len__(self) -> int:
        return len(self._all())

    def __bool__(self) -> bool:
        return bool(self.map)  # whoever asks that looks for one name next

    def keys(self) -> Any:
        return self._all().keys()

    def items(self) -> Any:
        return self._all().items()

    def values(self) -> Any:
        return self._all().values()
