"""Rows that are all text: what most lists are made of when they come.

Such rows are not made one by one: their values are taken out of the message at once and looked at together, and a row is made of
them when somebody looks at it. A table of 1,000 rows is joined so in 0.3 ms instead of 1.4, and holds a third as long as nobody
has looked.

Law: where `text_rows` answers, the rows are those that `Merge.template` would make of the same entries one by one, and nothing of
them would need to be settled.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain, islice
from operator import itemgetter
from typing import Any, NamedTuple, cast

from liveview_testing.browser.page.templates.skeleton import Element, Hole, Skeleton
from liveview_testing.browser.page.tree.instance import ids_in, named, with_ids
from liveview_testing.browser.page.tree.ropes.rope import Rope
from liveview_testing.browser.page.tree.tree import SLOTS, Diff, Row, Template

FEW = 8  # of fewer rows each is made at once


class TextRows:
    """The values of rows, row after row. `keys` and `ref` are those of a stream's items, once they are in their container."""

    __slots__ = ("keys", "kind", "ref", "shape", "values")

    def __init__(self, shape: Skeleton, kind: type[Template], values: tuple[str, ...]) -> None:
        self.shape = shape
        self.kind = kind
        self.values = values
        self.keys: Sequence[str] | None = None
        self.ref: str | None = None

    def column(self, slot: int) -> tuple[str, ...]:
        """What all rows have in a slot."""
        return self.values[slot :: self.shape.size]

    def made(self, start: int, stop: int) -> tuple[Template, ...]:
        """The rows from start to stop: for a leaf, which keeps them."""
        shape, kind, size = self.shape, self.kind, self.shape.size
        values = self.values[start * size : stop * size]
        rows = tuple([kind(shape, values[at : at + size], None, shape) for at in range(0, len(values), size)])
        if self.keys is not None:
            for row, key in zip(cast("tuple[Row, ...]", rows), self.keys[start:stop], strict=True):
                row.key, row.ref = key, self.ref
        return rows

    @property
    def stands(self) -> bool:
        """Whether the only element that may have an id is the first of each row, and the row an item of a stream."""
        return self.kind is Row and with_ids(self.shape)[0].number == 0

    def lone_ids(self) -> list[str] | None:
        """The DOM ids of the rows, where one element of each may have one and it depends on values; None for any others."""
        always, depends = named(self.shape)
        if always or len(depends) != 1:
            return None
        for part in depends[0].attributes:
            ids = ids_in(part, self.column)
            if ids is None or ids:
                return ids
        return []

    def root_ids(self) -> list[str] | None:
        """The DOM ids of the rows' first elements; None where they have to be read one by one."""
        for kid in self.shape.kids:
            if isinstance(kid, Hole):
                return None
            if isinstance(kid, Element):
                for part in kid.attributes:
                    ids = ids_in(part, self.column)
                    if ids is None or ids:
                        return ids
                return None
        return None


class Listed(NamedTuple):
    """Rows that are all text, and what they are made of. `mounting`: some text says `phx-mounted`."""

    rows: Rope[Template]
    values: TextRows
    mounting: bool


def text_rows(shape: Skeleton, entries: Diff, kind: type[Template]) -> Listed | None:
    """The rows of a list of which nobody has any yet, if all their values are text in which nothing is an element or a container;
    None for any others.
    """
    size, count = shape.size, cast(int, entries["kc"])
    if count < FEW or size < 2 or len(entries) != count + 1 or shape.loose or shape.updating:
        return None  # (what takes several values at once gives one as it is)
    numbers = chain(islice(SLOTS, count), map(str, range(len(SLOTS), count)))
    given: list[Any] = [*map(entries.get, numbers)]
    if {*map(type, given)} != {dict} or {*map(len, given)} != {size}:
        return None
    try:
        values: tuple[str, ...] = (*chain.from_iterable(map(itemgetter(*map(str, range(size))), given)),)
        text = "".join(values)
    except (KeyError, TypeError):
        return None
    lower = text.lower()
    if "<" in text or "phx-update" in lower:
        return None
    found = TextRows(shape, kind, values)
    return Listed(Rope.lazily(found, count), found, "phx-mounted" in lower)
