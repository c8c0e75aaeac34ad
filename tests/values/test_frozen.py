"""`frozen`: both ways of making a frozen value quickly give the real thing."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from typing import Any

import attrs
import pytest
from attrs import frozen

from liveview_core.values.frozen import maker, open_class_maker, slot_maker
from liveview_core.values.streams import Stream


@frozen(weakref_slot=False)
class Point:
    x: int
    y: int = 0


@frozen
class Referable:
    """Has a weakref slot, so its layout may differ from a plain class's."""

    x: int


@pytest.mark.parametrize("way", [open_class_maker, slot_maker, maker])
def test_what_is_made_is_a_real_frozen_value(way: Callable[[type[Any]], Callable[..., Any]]) -> None:
    """Class, equality, hash, repr, pickling, evolve and freezing are attrs' own, whichever way made it."""
    made = way(Point)(1, 2)
    assert type(made) is Point
    assert made == Point(1, 2)
    assert hash(made) == hash(Point(1, 2))
    assert repr(made) == "Point(x=1, y=2)"
    assert pickle.loads(pickle.dumps(made)) == made
    assert attrs.evolve(made, x=5) == Point(5, 2)
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        made.x = 3  # type: ignore[misc]  # pyright: ignore[reportAttributeAccessIssue]


def test_a_class_without_an_open_one_is_made_slot_by_slot() -> None:
    """The fallback is chosen by trying, not by guessing versions."""
    assert maker(Referable)(3) == Referable(3)


def test_every_slot_is_asked_for() -> None:
    """A forgotten slot is an error where the value is made, not where it is read."""
    with pytest.raises(TypeError):
        maker(Stream)("name")
