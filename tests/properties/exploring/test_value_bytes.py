"""`Prints`: values are told apart as anybody could tell them apart, and by nothing else."""

from __future__ import annotations

import dataclasses
import datetime
import enum
import uuid
from decimal import Decimal
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from immutables import Map

from liveview_core import Socket
from liveview_testing import Simulation
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
    values: list[Any] = [None, "N", "", (), [], {}, 0, False]
    assert len({prints.digest(kind(each)) for each in values}) == len(values)


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


class Colour(enum.Enum):
    RED = 1
    BLUE = 2


class Text(str):  # noqa: SLOT000 - on purpose: it has more
    """Text of somebody's; it may have more than its letters."""


class Rows(list[Any]):
    """A list of somebody's."""


@dataclasses.dataclass
class Point:
    x: Any


class Told:
    """Says itself what it is told by."""

    def __init__(self, by: Any, other: Any) -> None:
        self.by = by
        self.other = other

    def __fingerprint__(self) -> Any:
        return self.by


def with_more(text: str, more: Any) -> Text:
    made = Text(text)
    made.more = more  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue]
    return made


ALIKE: list[tuple[Any, Any]] = [
    (Colour.RED, Colour.RED),
    (Text("a"), Text("a")),
    (with_more("a", 1), with_more("a", 1)),
    (Rows([1]), Rows([1])),
    (Point([1]), Point([1])),
    (Told(1, 2), Told(1, 3)),
    (Decimal("1.0"), Decimal("1.0")),
    (datetime.date(2026, 1, 1), datetime.date(2026, 1, 1)),
    (uuid.UUID(int=1), uuid.UUID(int=1)),
    (Socket(a=1).assigns, Socket(a=1).assigns),
    (Map(a=1, b=2), Map(b=2, a=1)),
    (range, range),
]
APART: list[tuple[Any, Any]] = [
    (Colour.RED, Colour.BLUE),
    (Text("a"), "a"),
    (with_more("a", 1), with_more("a", 2)),
    (Rows([1]), [1]),
    (Point(1), Point(2)),
    (Told(1, 2), Told(2, 2)),
    (Decimal("1.0"), Decimal("1.00")),
    (uuid.UUID(int=1), uuid.UUID(int=2)),
    (Socket(a=1).assigns, Socket(a=2).assigns),
    (range, list),
]


@pytest.mark.parametrize(("one", "other"), ALIKE, ids=lambda value: type(value).__name__)
def test_values_of_all_kinds_that_are_alike(one: Any, other: Any) -> None:
    prints = Prints()
    assert prints.digest([one]) == prints.digest([other])
    assert not prints.apart  # they are told by what they are, not by which they are


@pytest.mark.parametrize(("one", "other"), APART, ids=lambda value: type(value).__name__)
def test_values_of_all_kinds_that_are_not(one: Any, other: Any) -> None:
    prints = Prints()
    assert prints.digest([one]) != prints.digest([other])


def test_what_contains_itself() -> None:
    """A dict, an object and a function too; each is told by where it begins."""
    prints = Prints()

    def ring(kind: str) -> Any:
        held: dict[str, Any] = {}
        point = Point(held)
        held["in"] = {"dict": held, "point": point, "function": lambda: held}[kind]
        return point if kind == "point" else held

    for kind in ("dict", "point", "function"):
        assert prints.digest(ring(kind)) == prints.digest(ring(kind))


def test_a_function_whose_variable_has_no_value_yet() -> None:
    prints = Prints()

    def made(filled: bool) -> Any:
        def inner() -> Any:
            return late

        if filled:
            late = 1
        return inner

    assert prints.digest(made(False)) == prints.digest(made(False)) != prints.digest(made(True))


def test_a_function_that_calls_itself() -> None:
    prints = Prints()

    def made(first: int) -> Any:
        def again(number: int = first) -> Any:
            return again(number - 1)

        return again

    assert prints.digest(made(1)) == prints.digest(made(1)) != prints.digest(made(2))


def test_a_value_of_the_core_with_more_than_its_slots() -> None:
    class Open(Slots):
        """Has a `__dict__` besides."""

    Open.__module__ = Slots.__module__

    def made(more: Any) -> Any:
        value = Open(1)
        value.__dict__["more"] = more
        return value

    prints = Prints()
    assert prints.digest(made(1)) == prints.digest(made(1)) != prints.digest(made(2))
    assert prints.digest(made(1)) != prints.digest(Open(1))
    assert not prints.apart


def test_a_handle_is_told_by_which_it_is() -> None:
    """What it shows is of its world, which is read by itself."""
    sim, prints = Simulation(), Prints()
    one, other = sim.page(), sim.page()
    assert prints.digest(one) == prints.digest(one) != prints.digest(other)
