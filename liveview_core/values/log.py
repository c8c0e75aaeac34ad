"""`Log`: an append-only sequence as a value, for what piles up while one message is handled.

Law: appending costs the same whatever is in there already, and no log sees what was appended to another, however they
branched: 10,000 stream inserts in one callback are linear, and a fork is isolated. Newest first is the natural order (it is
the wire's order for streams); `oldest_first` gives the other one.
"""  # ST-21

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, Generic, TypeVar

__all__ = ["EMPTY", "Log"]

T = TypeVar("T")


class Log(Generic[T]):
    """Cons cells behind a class, so that repr, equality and pickling do not recurse.

    >>> log = Log.of([1, 2]).append(3)
    >>> log, len(log), list(log), log.oldest_first()
    (Log.of([1, 2, 3]), 3, [3, 2, 1], (1, 2, 3))
    """

    __slots__ = ("item", "older", "size")

    def __init__(self, older: Log[T] | None, item: T, size: int) -> None:
        self.older = older
        self.item = item
        self.size = size

    @staticmethod
    def of(items: Iterable[Any]) -> Log[Any]:
        """A log of *items*, the last of them being the newest."""
        log: Log[Any] = EMPTY
        for item in items:
            log = Log(log, item, log.size + 1)
        return log

    def append(self, item: T) -> Log[T]:
        """This log with *item* as the newest."""
        return Log(self, item, self.size + 1)

    def extend(self, items: tuple[T, ...]) -> Log[T]:
        """This log with *items*, the last of them as the newest: one cell for all of them."""
        return _Several(self, items, self.size + len(items)) if items else self

    def newest_first(self) -> list[T]:
        """All items, the newest before the others; a list of its own for each who asks."""
        items: list[T] = []
        cell: Any = self
        while cell.size:
            if type(cell) is _Several:
                items.extend(reversed(cell.item))
            else:
                items.append(cell.item)
            cell = cell.older
        return items

    def __iter__(self) -> Iterator[T]:
        """Newest first."""
        return iter(self.newest_first())

    def oldest_first(self) -> tuple[T, ...]:
        """All items in the order of appending."""
        if not self.size:
            return ()
        items = self.newest_first()
        items.reverse()
        return tuple(items)

    def __len__(self) -> int:
        return self.size

    def __bool__(self) -> bool:
        return self.size > 0

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Log):
            return NotImplemented
        return self is other or (self.size == other.size and list(self) == list(other))  # pyright: ignore[reportUnknownArgumentType]

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"Log.of({list(self.oldest_first())!r})"

    def __reduce__(self) -> tuple[Callable[..., Any], tuple[Any, ...]]:
        return Log.of, (self.oldest_first(),)


class _Several(Log[Any]):
    """A cell whose `item` is a tuple of several that came at once."""

    __slots__ = ()


EMPTY: Log[Any] = Log(None, None, 0)
"""The empty log; there is no need for a second one."""
