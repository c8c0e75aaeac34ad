"""How values are declared: as attrs would have it, method by method."""

from __future__ import annotations

import copy
import inspect
import operator
import pickle
import weakref
from collections.abc import Callable
from threading import Barrier, Thread
from typing import Any, ClassVar, Generic, TypeVar

import attrs
import pytest
from attrs import field, validators

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


def many(declare: Any) -> dict[str, Any]:
    """Classes that use everything of attrs which values of ours use, declared by *declare*."""
    item = TypeVar("item")

    @declare
    class Parent:
        kind: ClassVar[str] = "parent"
        a: int
        b: int = 2

        def told(self) -> str:
            return f"{self.a} of {type(self).kind}"

    @declare
    class Child(Parent):
        kind = "child"
        b: int = 20
        c: Any = field(factory=list[int])
        d: str = field(default="d", kw_only=True)
        e: int = field(init=False)
        f: int = field(default=6, init=False, repr=False)
        _g: str = field(default="g", eq=False, validator=validators.instance_of(str))

        def __attrs_post_init__(self) -> None:
            object.__setattr__(self, "e", self.a * 2)

        def told(self) -> str:
            return super().told() + mark

        @classmethod
        def made(cls) -> Any:
            kind: Any = cls
            return kind(5)

        @property
        def twice(self) -> str:
            return super().told() * 2

    mark = "!"  # nothing yet, while the class above is declared

    @declare
    class Holder(Generic[item]):
        held: item

    @declare
    class Written:
        a: int

        def __init__(self) -> None:
            self.__attrs_init__(7)  # type: ignore[attr-defined]

    @declare(weakref_slot=False, init=False)
    class Small:
        a: int = 1

    class Open:
        """No value at all, and its instances have a dictionary."""

    @declare
    class Mixed(Open):
        a: int

    return {each.__name__: each for each in (Parent, Child, Holder, Written, Small, Mixed)}


THEIRS, OURS = many(attrs.frozen), many(declaring.frozen)

ANSWERS: dict[str, Callable[[dict[str, Any]], object]] = {
    "fields": lambda of: [list(attrs.fields(kind)) for kind in of.values()],
    "signatures": lambda of: [str(inspect.signature(of[name])) for name in ("Parent", "Child", "Holder", "Written")],
    "made": lambda of: [repr(of["Child"](1, 2, [3], d="x", g="y")), repr(of["Child"].made()), repr(of["Holder"](1))],
    "told": lambda of: [of["Child"](1).told(), of["Child"](1).twice, of["Parent"](1).told()],
    "slots": lambda of: [(kind.__slots__, hasattr(kind, "__dict__")) for kind in of.values()],
    "init": lambda of: [("__init__" in vars(kind), "__attrs_init__" in vars(kind)) for kind in of.values()],
    "class": lambda of: [(kind.__qualname__, kind.__module__, kind.__bases__[-1].__name__) for kind in of.values()],
    "named": lambda of: [of["Child"].__init__.__qualname__.partition("many.")[2], of["Child"].__init__.__doc__],
    "patterns": lambda of: [kind.__match_args__ for kind in of.values()],
    "evolved": lambda of: repr(attrs.evolve(of["Child"](1), a=4, g="z")),
    "compared": lambda of: [of["Child"](1) == of["Child"](1, g="z"), of["Child"](1) == of["Child"](2)],
    "copied": lambda of: [repr(copy.copy(of["Child"](1))), repr(copy.deepcopy(of["Child"](1)))],
    "state": lambda of: of["Child"](1).__getstate__(),
    "weak": lambda of: [hasattr(kind, "__weakref__") for kind in of.values()],
    "weakly held": lambda of: weakref.ref(it := of["Child"](1))() is it,
    "dictionary": lambda of: vars(of["Mixed"](1)),
    "written": lambda of: [of["Written"]().a, repr(of["Holder"][int](3))],
    "called": lambda of: of["Small"].__init__ is object.__init__,
    "subclass": lambda of: repr(attrs.frozen(type("Sub", (of["Child"],), {"__annotations__": {}}))(1)),
    "plain subclass": lambda of: repr(type("Plain", (of["Child"],), {})(1)),
}
WRONG: dict[str, Callable[[dict[str, Any]], object]] = {
    "missing": lambda of: of["Child"](),
    "unknown": lambda of: of["Child"](1, x=2),
    "invalid": lambda of: of["Child"](1, g=3),
    "changed": lambda of: setattr(of["Child"](1), "a", 2),
    "deleted": lambda of: delattr(of["Child"](1), "a"),
    "absent": lambda of: of["Small"]().e,
}


@pytest.mark.parametrize("question", ANSWERS)
def test_each_answer_is_the_one_of_attrs(question: str) -> None:
    """Also where the class is asked first, before attrs has written anything for it."""
    ask = ANSWERS[question]
    assert ask(many(declaring.frozen)) == ask(OURS) == ask(THEIRS)


@pytest.mark.parametrize("question", WRONG)
def test_each_refusal_is_the_one_of_attrs(question: str) -> None:
    """The same error with the same words."""
    told: list[tuple[type, str]] = []
    for kinds in (many(declaring.frozen), OURS, THEIRS):
        with pytest.raises((TypeError, AttributeError)) as caught:
            WRONG[question](kinds)
        told.append((caught.type, str(caught.value).partition(" (Attribute(")[0]))
    assert told[0] == told[1] == told[2]


def test_attrs_is_asked_when_a_value_is_made() -> None:
    """And once: afterwards the class is as attrs would have made it."""
    kind = many(declaring.frozen)["Child"]
    waiting = [type(vars(kind)[name]).__name__ for name in ("__init__", "__attrs_attrs__")]
    kind(1)
    assert waiting == ["_Late", "_Late"]
    assert type(vars(kind)["__init__"]).__name__ == "function"
    assert kind.__attrs_attrs__ is attrs.fields(kind)


def test_an_init_that_somebody_has_replaced_stays() -> None:
    """Also when the fields are asked for afterwards."""
    kind = many(declaring.frozen)["Mixed"]
    kind.__init__ = lambda self: object.__setattr__(self, "a", 8)
    assert [each.name for each in attrs.fields(kind)] == ["a"]
    assert kind().a == 8


def test_many_threads_may_be_the_first() -> None:
    """Each makes its value; none sees a class half written."""
    for _ in range(20):
        kind = many(declaring.frozen)["Child"]
        together, made = Barrier(4), list[str]()

        def make(kind: Any = kind, together: Barrier = together, made: list[str] = made) -> None:
            together.wait()
            made.append(f"{kind(1)} {[each.name for each in attrs.fields(kind)]}")

        threads = [Thread(target=make) for _ in range(4)]
        for each in threads:
            each.start()
        for each in threads:
            each.join()
        assert len(made) == 4
        assert len(set(made)) == 1


def test_what_asks_more_of_attrs_is_left_to_attrs() -> None:
    """Orders, errors, cached properties, what is made from a class of attrs itself: as they have always been."""

    @declaring.frozen
    class FromTheirs(TheirPoint):
        z: int = 3

    @declaring.frozen(kw_only=True)
    class Named:
        x: int

    @declaring.frozen
    class Special:
        x: str = field(eq=str.lower)
        y: Any = field(default=(), hash=False)
        z: str = field(default="", repr=str.upper)

    @attrs.frozen
    class TheirSpecial:
        x: str = field(eq=str.lower)

    @declaring.frozen
    class OfSpecial(TheirSpecial):
        y: int = 1

    assert Special("a", {}) == Special("A", {}) and hash(Special("a", {})) == hash(Special("A", {}))
    assert repr(Special("a", z="b")).endswith("Special(x='a', y=(), z=B)")
    assert OfSpecial("a") == OfSpecial("A")

    assert repr(FromTheirs(1)) == f"{FromTheirs.__qualname__.rpartition('>.')[2]}(x=1, y=0, z=3)"
    assert FromTheirs(1) == FromTheirs(1)
    assert repr(Named(x=1)) == "Named(x=1)"
