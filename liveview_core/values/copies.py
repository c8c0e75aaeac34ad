"""What a process is sent is data of its own, as in Phoenix, where messages are copied from one process to another.

Owns `own`. Law: lists, dicts, sets and bytearrays are copied, all the way down through them and through tuples; any other value is
taken for one that nobody changes, and is passed on as it is.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

__all__ = ["own"]

_ATOMS = frozenset((str, int, bool, float, bytes, type(None)))


def own(value: Any) -> Any:
    """The value, of which nothing that can be changed in place is anybody else's.

    >>> message = ("saved", [1, 2])
    >>> own(message), own(message)[1] is message[1], own("saved")
    (('saved', [1, 2]), False, 'saved')
    """
    if type(value) in _ATOMS:  # nearly always
        return value
    try:
        return _own(value)
    except RecursionError:  # it contains itself: nobody's copy would be an end of it
        return value


_kind: Callable[[Any], Any] = type  # the exact type, and nothing for a checker to narrow


def _own(value: Any) -> Any:
    kind = _kind(value)
    if kind is tuple:
        made = tuple(map(_own, value))
        return made if any(mine is not theirs for mine, theirs in zip(made, value, strict=True)) else value
    if kind is dict:
        return {name: _own(each) for name, each in value.items()}
    if kind is list:
        return list(map(_own, value))
    if kind is set or kind is bytearray:
        return value.copy()  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
    return value
