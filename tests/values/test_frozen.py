"""`frozen`: both ways of making a frozen value quickly give the real thing."""

from __future__ import annotations

import functools
import pickle
from collections.abc import Callable
from typing import Any

import attrs
import pytest
from attrs import frozen

from liveview_core.process.process import change_origin, change_process
from liveview_core.socket.socket_state import change_facts
from liveview_core.values.frozen import changer, maker, open_class_maker, slot_maker
from liveview_core.values.streams import Stream
from liveview_testing.browser.browser import change_browser
from liveview_testing.browser.dom.document import change_document
from liveview_testing.browser.dom.mark import change_mark
from liveview_testing.world.world import change_tab


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


@pytest.mark.parametrize("kind", [Point, Referable], ids=["fast", "slow"])
def test_what_is_changed_is_what_attrs_makes_of_it(kind: type[Any]) -> None:
    """With an open class and without one."""
    value, change = kind(1), changer(kind)
    assert change(value) == value
    assert change(value, x=5) == attrs.evolve(value, x=5)
    assert value == kind(1)
    assert type(change(value, x=5)) is kind
    with pytest.raises(AttributeError, match="has no attribute 'z'"):
        change(value, z=5)


@pytest.mark.parametrize(
    "change", [change_tab, change_process, change_origin, change_facts, change_browser, change_document, change_mark]
)
def test_what_is_changed_often_has_an_open_class(change: Callable[..., Any]) -> None:
    """The slow way is for what nobody has measured."""
    assert not isinstance(change, functools.partial)
