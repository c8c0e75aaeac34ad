"""`differences`: identity alone decides, and every index is found, few or many."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liveview_core.values.differences import differences


class Proud:
    """Whoever compares it by value fails."""

    def __eq__(self, other: object) -> bool:
        raise AssertionError("__eq__ was called")

    __hash__ = None  # type: ignore[assignment]


OBJECTS = [Proud() for _ in range(3)]
ITEMS = st.lists(st.sampled_from(OBJECTS), max_size=40)


@given(ITEMS, ITEMS)
@pytest.mark.parametrize("kind", [list, tuple])
def test_every_index_is_found(kind: Any, one: list[Proud], other: list[Proud]) -> None:
    """As a loop over both finds them, up to the end of the shorter one."""
    expected = [index for index, (a, b) in enumerate(zip(one, other, strict=False)) if a is not b]
    assert list(differences(kind(one), kind(other))) == expected


@pytest.mark.parametrize(
    "changed", [[], [0], [999], [0, 999], [3, 500, 501], list(range(0, 1000, 7)), list(range(1000))]
)
def test_long_ones(changed: list[int]) -> None:
    """Few changes in a long sequence, and many."""
    one = tuple(Proud() for _ in range(1000))
    other = [*one]
    for index in changed:
        other[index] = Proud()
    assert list(differences(one, tuple(other))) == changed
    assert list(differences(other, one)) == changed
    assert list(differences(one[:600], other)) == [index for index in changed if index < 600]
