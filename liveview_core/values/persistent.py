"""`PersistentMap`: a dictionary as a value, for tables that live long and change a little at a time.

Law: no operation touches an existing map, and one change costs a bucket and the list of buckets, not the table: the page may
hold 10,000 components, and an event to one of them copies some 300 references. There is no iteration, on purpose: the order
of buckets is the order of hashes, and that never reaches a result.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import Any, Generic, TypeVar, overload

__all__ = ["PersistentMap"]

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")
D = TypeVar("D")

_FULL = 64  # entries of a bucket on average, before there are more buckets
_GROWTH = 4
_MOST = 4096


class PersistentMap(Generic[K, V]):
    """An immutable map with `get`, `put`, `update`, `remove`, `len` and `in`.

    >>> one = PersistentMap[str, int]().put("a", 1)
    >>> two = one.update({"b": 2, "c": 3}).remove("a")
    >>> one.get("a"), two.get("a"), len(two), "b" in two
    (1, None, 2, True)
    """

    __slots__ = ("_buckets", "_size")

    def __init__(self) -> None:
        self._buckets: tuple[dict[K, V], ...] = _EMPTY
        self._size = 0

    @overload
    def get(self, key: K) -> V | None: ...
    @overload
    def get(self, key: K, default: D) -> V | D: ...
    def get(self, key: K, default: object = None) -> object:
        """The value of *key*, or *default*."""
        buckets = self._buckets
        return buckets[hash(key) % len(buckets)].get(key, default)

    def put(self, key: K, value: V) -> PersistentMap[K, V]:
        """The same map with *key* set."""
        buckets = self._buckets
        at = hash(key) % len(buckets)
        old = buckets[at]
        if key not in old and self._size >= _FULL * len(buckets):
            return self.update({key: value})
        return _map((*buckets[:at], {**old, key: value}, *buckets[at + 1 :]), self._size + (key not in old))

    def update(self, more: Mapping[K, V]) -> PersistentMap[K, V]:
        """The same map with all of *more* set; each bucket is copied once."""
        if not more:
            return self
        buckets, size = list(self._buckets), self._size
        if size + len(more) > _FULL * len(buckets):
            buckets = _spread(buckets, size + len(more))
        copied: set[int] = set()
        for key, value in more.items():
            at = hash(key) % len(buckets)
            if at not in copied:
                copied.add(at)
                buckets[at] = buckets[at].copy()
            bucket = buckets[at]
            size += key not in bucket
            bucket[key] = value
        return _map(tuple(buckets), size)

    def remove(self, key: K) -> PersistentMap[K, V]:
        """The same map without *key*, which need not be there."""
        buckets = self._buckets
        at = hash(key) % len(buckets)
        bucket = buckets[at].copy()
        if bucket.pop(key, _ABSENT) is _ABSENT:
            return self
        return _map((*buckets[:at], bucket, *buckets[at + 1 :]), self._size - 1)

    def __contains__(self, key: K) -> bool:
        buckets = self._buckets
        return key in buckets[hash(key) % len(buckets)]

    def __len__(self) -> int:
        return self._size

    def __reduce__(self) -> tuple[Callable[..., Any], tuple[Any, ...]]:
        # Not the buckets: in another process a str has another hash, and would be looked for in another bucket.
        return _restored, ([item for bucket in self._buckets for item in bucket.items()],)

    def __repr__(self) -> str:
        return f"<PersistentMap of {self._size}>"


_EMPTY: tuple[dict[Any, Any], ...] = ({},)
_ABSENT: Any = object()


def _map(buckets: tuple[dict[Any, Any], ...], size: int) -> PersistentMap[Any, Any]:
    made: PersistentMap[Any, Any] = PersistentMap()
    made._buckets = buckets  # pyright: ignore[reportPrivateUsage]
    made._size = size  # pyright: ignore[reportPrivateUsage]
    return made


def _spread(buckets: Iterable[dict[Any, Any]], size: int) -> list[dict[Any, Any]]:
    """The same entries in as many buckets as *size* of them want."""
    width = 1
    while size > _FULL * width and width < _MOST:
        width *= _GROWTH
    wider: list[dict[Any, Any]] = [{} for _ in range(width)]
    for bucket in buckets:
        for key, value in bucket.items():
            wider[hash(key) % width][key] = value
    return wider


def _restored(items: list[tuple[Any, Any]]) -> PersistentMap[Any, Any]:
    return PersistentMap[Any, Any]().update(dict(items))
