"""Making lists smaller, and values plainer, as long as something still holds.

Owns `smaller` (delta debugging to a list of which nothing can be left out) and `plainer` (values that say less). Law: what is
answered holds, as was asked of each step; the same question is never asked twice by one pass.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, TypeVar, cast

T = TypeVar("T")
_kind: Callable[[Any], Any] = type


def smaller(items: Sequence[T], holds: Callable[[list[T]], list[T] | None]) -> list[T]:
    """Items of which none can be left out. `holds` answers with what is left of a list for which it holds; None: it does not."""
    left = list(items)
    size = max(1, len(left) // 2)
    while left:
        at, found = len(left), False
        while at > 0:
            begin = max(0, at - size)
            kept = holds([*left[:begin], *left[at:]])
            if kept is not None and len(kept) < len(left):
                left, found = kept, True
                at = min(begin, len(left))
            else:
                at = begin
        if size > 1:
            size = max(1, size // 2)
        elif not found:
            break
    return left


def plainer(value: Any) -> Iterator[Any]:
    """Values that say less than this one, the plainest first."""
    kind = _kind(value)
    if kind is str:
        yield from _texts(value)
    elif kind is bool:
        return
    elif kind is int:
        yield from _numbers(value)
    elif kind is float:
        yield from (float(each) for each in _numbers(int(value)))
        if value != int(value):
            yield float(int(value))
    elif kind is dict:
        yield from _mappings(cast("Mapping[Any, Any]", value))
    elif kind is list or kind is tuple:
        for at, each in enumerate(value):
            for less in plainer(each):
                yield kind((*value[:at], less, *value[at + 1 :]))


def _texts(text: str) -> Iterator[str]:
    if not text:
        return
    seen = {text}
    shorter = [text[:size] for size in _sizes(len(text))]
    tame = ["a" * len(each) for each in (*shorter, text)]
    for each in ("", "a", *(one for pair in zip(tame, shorter) for one in pair), "a" * len(text)):
        if each not in seen:
            seen.add(each)
            yield each
    for at, char in enumerate(text):
        if char != "a":
            yield f"{text[:at]}a{text[at + 1 :]}"


def _sizes(length: int) -> Iterator[int]:
    size = 2
    while size < length:
        yield size
        size *= 2
    if length > 2:
        yield length - 1


def _numbers(number: int) -> Iterator[int]:
    seen = {number}
    for each in (
        0,
        1,
        number // 2 if number > 0 else -(-number // 2),
        number - 1 if number > 0 else number + 1,
        -number,
    ):
        if each not in seen and (abs(each), each < 0) < (abs(number), number < 0):
            seen.add(each)
            yield each


def _mappings(value: Mapping[Any, Any]) -> Iterator[dict[Any, Any]]:
    for key in value:
        yield {each: value[each] for each in value if each != key}
    for key, each in value.items():
        for less in plainer(each):
            yield {**value, key: less}


def size_of(value: Any) -> tuple[int, str]:
    """How much a value says: by length, then by text with `a` before everything else."""
    text = repr(value)
    return len(text), text.replace("a", "\0")
