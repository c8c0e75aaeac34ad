"""Rows that nobody has to look at: what is wanted has an attribute, and nothing in the rows names it.

Owns `denial`. The values of all rows of a leaf are read as one text: 0.2 µs a row, where asking each for an element that has the
attribute takes 2. A page that is looked through for what its tab has to do (hooks, bindings, ignored elements) asks nearly always
in vain.

Law: it denies only rows in which no element matches, in whatever way a value brings attributes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import chain
from typing import Any, TypeAlias, cast

from liveview_testing.browser.page.templates.skeleton import Skeleton
from liveview_testing.browser.page.tree.tree import Template

Denial: TypeAlias = "Callable[[Sequence[Any]], bool]"


def denial(needed: Sequence[Sequence[str]]) -> Denial | None:
    """What denies rows, if each of the alternatives needs an attribute; they are given as the names of those."""
    if not needed or not all(needed):
        return None
    key = ("unnamed", tuple(map(tuple, needed)))

    def denied(rows: Sequence[Any]) -> bool:
        """Whether no element in these rows can match."""
        shapes: set[Skeleton] = set()
        for row in rows:
            if not isinstance(row, Template) or row.grafts is not None or row.known_shape is not row.skeleton:
                return False  # the template's own children of a container, what holds containers, raw html
            shapes.add(row.skeleton)
        names: set[str] = set()
        for shape in shapes:
            found = shape.memo.get(key)
            if found is None:
                found = shape.memo[key] = _unnamed(shape, needed)
            if not found:
                return False
            names.update(cast("tuple[str, ...]", found))
        try:
            text = "".join([*chain.from_iterable(row.slots for row in rows)]).lower()
        except TypeError:
            return False  # a template in it, a list, a component
        return not any(name in text for name in names)

    return denied


def _unnamed(shape: Skeleton, needed: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """Of each alternative a name that the template does not write itself; none, if it writes all that one of them needs."""
    if shape.updating or shape.loose:
        return ()  # ignored elements have attributes of another time
    written = {name for names in needed for name in names if any(element.names(name) for element in shape.elements)}
    found = [next((name for name in names if name not in written), None) for names in needed]
    return () if None in found else tuple(cast("list[str]", found))
