"""How values are declared: as attrs would have it, method by method."""

from __future__ import annotations

import copy
import operator
import pickle
from typing import Any

import attrs
import pytest
from attrs import field

from liveview_core.values import declaring


@attrs.frozen
class TheirPoint:
    """What attrs makes of it."""

    x: int
    y: Any = 0
    secret: str = field(default="s", repr=False, eq=False)


@declaring.frozen
class Point:
    """What we make of it."""

    x: int
    y: Any = 0
    secret: str = field(default="s", repr=False, eq=False)


@declaring.frozen
class Other:
    """The same fields, another class."""

    x: int
    y: Any = 0


@declaring.frozen
class Nothing:
    """No field at all."""


@declaring.frozen
class Own:
    """Methods of its own stay."""

    x: int

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Own)

    def __hash__(self) -> int:
        return 7

    def __repr__(self) -> str:
        return "own"


@declaring.frozen(eq=False, repr=False)
class Bare:
    """Compared by identity."""

    x: int


@declaring.frozen(order=True)
class Ordered:
    """attrs writes all six comparisons."""

    x: int


@declaring.define
class Box:
    """May be changed."""

    x: Any


def test_values_compare_by_the_fields_that_count() -> None:
    """Class and compared fields; never another class, never a field with `eq=False`."""
    assert Point(1, 2) == Point(1, 2, "other") and not operator.ne(Point(1, 2), Point(1, 2))
    assert Point(1, 2) != Point(1, 3)
    others: list[object] = [Other(1, 2), 1]
    assert all(Point(1, 2) != other and other != Point(1, 2) for other in others)
    assert Nothing() == Nothing()
    assert Own(1) == Own(2) and Bare(1) != Bare(1)
    assert Ordered(1) < Ordered(2)
    assert Box(1) == Box(1) and Box(1) != Box(2)


def test_hashes_agree_with_equality() -> None:
    """Equal values have one hash; what can be changed has none."""
    assert len({Point(1, 2), Point(1, 2, "other"), Point(1, 3), Nothing(), Nothing()}) == 3
    assert hash(Own(1)) == 7
    assert len({Bare(1), Bare(1)}) == 2
    with pytest.raises(TypeError, match="unhashable"):
        hash(Box(1))
    with pytest.raises(TypeError, match="unhashable"):
        hash(Point(1, []))


def test_a_value_shows_itself_as_attrs_would() -> None:
    """Names and values of the fields, nested classes by their own name, a value inside itself as dots."""
    assert repr(Point(1, "a")) == repr(TheirPoint(1, "a")).replace("TheirPoint", "Point")
    assert (repr(Nothing()), repr(Own(1))) == ("Nothing()", "own")

    @declaring.frozen
    class Inner:
        x: int

    assert repr(Inner(1)) == "Inner(x=1)"
    box = Box(None)
    box.x = [box]
    assert repr(box) == "Box(x=[...])"


def test_values_are_attrs_classes() -> None:
    """Fields, evolve, copies and pickles; no assignment to what is frozen."""
    assert [each.name for each in attrs.fields(Point)] == ["x", "y", "secret"]
    assert attrs.evolve(Point(1), y=5) == Point(1, 5)
    assert attrs.asdict(Point(1)) == attrs.asdict(TheirPoint(1))
    assert pickle.loads(pickle.dumps(Point(1, 2))) == copy.deepcopy(Point(1, 2)) == Point(1, 2)
    assert Point.__match_args__ == TheirPoint.__match_args__
    assert not hasattr(Point(1), "__dict__")
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        Point(1).x = 2  # type: ignore[misc]  # pyright: ignore[reportAttributeAccessIssue]
