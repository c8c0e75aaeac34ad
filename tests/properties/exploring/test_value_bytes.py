"""`Prints`: values are told apart as anybody could tell them apart, and by nothing else."""

from __future__ import annotations

from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from liveview_testing.properties.exploring import value_bytes
from liveview_testing.properties.exploring.value_bytes import SHORT, Prints

SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-2, 2),
    st.floats(-1, 1, width=16),
    st.text("aé", max_size=2),
    st.sampled_from(["a" * SHORT, "a" * (SHORT + 1), "é" * (SHORT + 1), "\ud800", "1", "N"]),
    st.binary(max_size=1),
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.tuples(inner, inner), st.dictionaries(st.sampled_from("ab"), inner, max_size=2)
    ),
    max_leaves=6,
)


@attrs.frozen
class Pair:
    one: Any
    two: Any = None


@attrs.frozen
class Alone:
    one: Any


@attrs.frozen
class Empty:
    pass


class Slots:
    """With a slot in which nothing is."""

    __slots__ = ("one", "two")

    def __init__(self, one: Any) -> None:
        self.one = one


Slots.__module__ = "liveview_core.told_by_its_slots"


def spelled(value: Any) -> Any:
    """A value with the type of everything in it; order counts in a dict, as a template shows it."""
    if isinstance(value, dict):
        return dict, [(spelled(key), spelled(each)) for key, each in value.items()]
    if isinstance(value, list | tuple):
        return type(value), [spelled(each) for each in value]
    return type(value), repr(value)


@given(VALUES, VALUES)
def test_equal_where_nobody_could_tell_them_apart(one: Any, other: Any) -> None:
    prints = Prints()
    assert (prints.digest(one) == prints.digest(other)) == (spelled(one) == spelled(other))
    assert Prints().digest(one) == prints.digest(one)


@pytest.mark.parametrize("kind", [Pair, Alone, Slots])
def test_what_has_fields_is_told_by_them(kind: Any) -> None:
    prints = Prints()
    assert prints.digest(kind(None)) == prints.digest(kind(None))
    assert len({prints.digest(kind(each)) for each in (None, "N", "", (), [], {}, 0, False)}) == 8


def test_nothing_is_in_them() -> None:
    prints = Prints()
    assert prints.digest(Empty()) == prints.digest(Empty())
    assert len({prints.digest(each) for each in (Empty(), Alone(None), Pair(None), Slots(None), None)}) == 5
    around: list[Any] = [Pair(1)]
    around.append(around)
    assert prints.digest(around) == prints.digest(around)


def test_so_many_texts_are_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(value_bytes, "TEXTS", 3)
    prints = Prints()
    digests = {prints.digest(str(number)) for number in range(10)}
    assert len(digests) == 10
    assert len(prints._texts) <= 3
    assert {prints.digest(str(number)) for number in range(10)} == digests
