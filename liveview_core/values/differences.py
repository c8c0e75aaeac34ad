"""Where two sequences hold different objects: the first question about every list that a page shows.

Law: only identity is asked, so that no code of the values runs (a user's `__eq__` never does). What is found costs by what is
different; passing over what is the same costs 10 ns an item, in C, and in tuples next to nothing (`references`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import compress, islice
from operator import is_not, length_hint
from typing import Any

from liveview_core.values.references import WIDTH, references

__all__ = ["differences"]

_FEW = 8
_LONG = 64


def differences(one: Sequence[Any], other: Sequence[Any]) -> Iterator[int]:
    """The indices at which two lists or tuples hold different objects, in order, up to the end of the shorter one.

    >>> a, b = object(), object()
    >>> list(differences([a, b, a], [a, a, b, b]))
    [1, 2]
    """
    if len(one) > len(other):
        one, other = other, one
    if len(one) >= _LONG and type(one) is type(other) is tuple and (reader := references()) is not None:
        return _in_memory(reader(one), reader(other), one, other)
    return _in_turn(one, other)


def _in_turn(one: Sequence[Any], other: Sequence[Any]) -> Iterator[int]:
    # `any` stops behind the first pair that is different, and the iterator knows how much is left: of 1,000 rows with one new
    # one 10 µs, where `compress` takes 17. For many that are different it is `compress` that is cheaper.
    count, left, right = len(one), iter(one), iter(other)
    for _ in range(_FEW):
        if not any(map(is_not, left, right)):
            return
        yield count - length_hint(left) - 1
    yield from compress(range(count - length_hint(left), count), map(is_not, left, right))


def _in_memory(mine: bytes, theirs: bytes, one: Sequence[Any], other: Sequence[Any]) -> Iterator[int]:
    # Halving finds one new row of 1,000 in 3 µs, and touches none of the others.
    start, end = 0, len(mine)
    for _ in range(_FEW):
        if mine[start:] == theirs[start:end]:
            return
        low, high = start, end
        while high - low > WIDTH:
            middle = (low + high) // (2 * WIDTH) * WIDTH
            if mine[low:middle] == theirs[low:middle]:
                low = middle
            else:
                high = middle
        yield low // WIDTH
        start = high
    rest = start // WIDTH
    yield from compress(range(rest, len(one)), map(is_not, islice(one, rest, None), islice(other, rest, None)))
