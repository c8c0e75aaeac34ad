"""The `:key`s of a loop's entries: what each is known by from one message to the next.

Law: a key is found again by its kind and its value, and no two entries of a loop have the same.
"""  # DF-15

from __future__ import annotations

from collections.abc import Hashable

from liveview_core.errors import LiveViewError, shown
from liveview_core.rendering.rendered import Comprehension, noted

__all__ = ["DuplicateKey", "UnhashableKey", "hashable", "in_loop", "unique"]


class DuplicateKey(LiveViewError):
    """Two entries of one comprehension have the same `:key`."""  # DF-15

    def __init__(self, key: object, first: int, second: int) -> None:
        self.key, self.first, self.second = key, first, second
        super().__init__(
            f"found duplicate key {shown(key)} in comprehension",
            expected="a :key that no other entry of the same comprehension has",
            got=f"entries {first} and {second} both have it",
            cure="use what identifies the item, such as :key={item.id}",
        )


class UnhashableKey(LiveViewError):
    """A `:key` that cannot identify an entry, because it cannot be looked up."""

    def __init__(self, key: object, index: int) -> None:
        self.key, self.index = key, index
        super().__init__(
            f"the :key of entry {index} cannot be looked up",
            expected="something hashable that identifies the item: a string, a number, a tuple of them",
            got=f"{shown(key)}, a {type(key).__name__}",
            cure="use what identifies the item, such as :key={item.id}",
        )


def in_loop(loop: Comprehension, error: Exception) -> Exception:
    """An error about the keys of a loop, with a note where that stands: no line of the template runs when they are compared."""
    code = getattr(loop.key, "__code__", None)
    if code is not None:
        noted(error, f"{code.co_filename}, line {code.co_firstlineno}")
    return error


def hashable(value: object, index: int) -> Hashable:
    """The key of the entry at *index*, to be looked up by."""
    try:
        hash(value)
    except TypeError:
        raise UnhashableKey(value, index) from None
    return type(value), value  # 1, 1.0 and True are three keys, as on the BEAM (DF-15)


def unique(keys: list[Hashable]) -> list[Hashable]:
    """The same keys; one that stands twice is an error."""  # DF-15
    if len(set(keys)) != len(keys):
        first: dict[Hashable, int] = {}
        for index, value in enumerate(keys):
            if value in first:
                key = value[1] if type(value) is tuple else value
                raise DuplicateKey(key, first[value], index)
            first[value] = index
    return keys
