"""`PersistentMap`: a dictionary as a value, for tables that live long and change a little at a time.

Law: no operation touches an existing map, and one change costs its bucket, not the table: the page may hold 10,000
components and an event to one of them copies some 40 entries. There is no iteration, on purpose: the order of buckets
is the order of hashes, and that never reaches a result.
"""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any, Generic, TypeVar, overload

__all__ = ["PersistentMap"]

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")
D = TypeVar("D")

_WIDTH = 256  # 10,000 entries: 40 a bucket; copying 256 references takes 0.3 µs


class PersistentMap(Generic[K, V]):
    """An immutable map with `get`, `put`, `remove`, `len` and `in`.

    >>> one = PersistentMap[str, int]().put("a", 1)
    >>> two = one.put("b", 2).remove("a")
    >>> one.get("a"), two.get("a"), len(two), "b" in two
    (1, None, 1, True)
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
        return self._buckets[hash(key) % _WIDTH].get(key, default)

    def put(self, key: K, value: V) -> PersistentMap[K, V]:
        """The same map with *key* set."""
        at = hash(key) % _WIDTH
        bucket = self._buckets[at]
        return self._with(at, {**bucket, key: value}, self._size + (key not in bucket))

    def remove(self, key: K) -> PersistentMap[K, V]:
        """The same map without *key*, which need not be there."""
        at = hash(key) % _WIDTH
        bucket = self._buckets[at]
        if key not in bucket:
            return self
        return self._with(at, {k: v for k, v in bucket.items() if k != key}, self._size - 1)

    def _with(self, at: int, bucket: dict[K, V], size: int) -> PersistentMap[K, V]:
        new: PersistentMap[K, V] = PersistentMap()
        new._buckets = (*self._buckets[:at], bucket, *self._buckets[at + 1 :])
        new._size = size
        return new

    def __contains__(self, key: K) -> bool:
        return key in self._buckets[hash(key) % _WIDTH]

    def __len__(self) -> int:
        return self._size

    def __repr__(self) -> str:
        return f"<PersistentMap of {self._size}>"


_NONE: dict[Any, Any] = {}
_EMPTY: tuple[dict[Any, Any], ...] = (_NONE,) * _WIDTH
