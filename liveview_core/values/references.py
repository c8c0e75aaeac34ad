"""What two long tuples hold, compared as memory: a tuple of CPython is a row of references, and nobody can change it.

What it brings, measured with and without it in one process: a click that changes one row of a keyed table costs without it 15 %
more on Python 3.11, 9 to 17 % on 3.12 and up to 9 % on 3.13, if there are 1,000 rows; with 10,000 it is 50 to 60 %. Pages without
long tuples pay nothing.

Law: a shortcut, never another answer. Only an exact `tuple` is read, and only where this Python has shown, when first asked, that
what is read there are the `id`s of its items; everywhere else `references` gives None, and `differences` asks the objects.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import cache
from typing import Any, TypeAlias

__all__ = ["WIDTH", "References", "references", "verified"]

WIDTH = (sys.maxsize.bit_length() + 1) // 8
"""Bytes of one reference."""

References: TypeAlias = Callable[[Any], bytes]


def _reader() -> References | None:
    try:
        from ctypes import string_at
    except ImportError:  # pragma: no cover - a Python that was built without it
        return None
    first = tuple.__basicsize__

    def references(items: tuple[object, ...]) -> bytes:
        return string_at(id(items) + first, len(items) * WIDTH)

    return references


def verified(reader: References | None) -> References | None:
    """The reader itself, if what it reads of some tuples are their items' ids."""
    if reader is None or sys.implementation.name != "cpython":
        return None
    for items in ((), (object(),), (object(), "a", 1, None, ()), tuple(object() for _ in range(300))):
        if reader(items) != b"".join(id(item).to_bytes(WIDTH, sys.byteorder) for item in items):
            return None
    return reader


@cache  # ctypes is imported for the first long list, not for everybody
def references() -> References | None:
    """What reads the references that an exact `tuple` holds: 0.4 µs for 1,000, where a loop in C over the objects takes 10."""
    return verified(_reader())
