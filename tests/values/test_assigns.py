"""`assigns`: the closed rule of change and its law, the read-only face, and the assigns of function components."""

from __future__ import annotations

import copy
import dataclasses
import datetime as dt
import decimal
import enum
import pickle
import zoneinfo
from types import SimpleNamespace
from typing import Any, NamedTuple

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from liveview_core.errors import BadOption, FrozenError, MissingAssign
from liveview_core.rendering.html import raw
from liveview_core.values.assigns import Assigns, assigns_to_attributes, path_changed, same, stored

# --- values and their confusable kin --------------------------------------------------------------------------------------


class Pair(NamedTuple):
    a: Any
    b: Any


@attrs.frozen
class Slotted:
    a: Any
    hidden: Any = attrs.field(default=None, eq=False)


@attrs.define(slots=False)
class Open:
    a: Any


@dataclasses.dataclass
class Data:
    a: Any
    uncompared: Any = dataclasses.field(default=None, compare=False)


class Liar:
    """Equal to everything, and says so loudly if somebody asks."""

    def __eq__(self, other: object) -> bool:
        raise AssertionError("a user's __eq__ was called")

    __hash__ = None  # type: ignore[assignment]


SCALARS: list[Any] = [
    0, 1, -1, True, False, None, 0.0, -0.0, 1.0, float("nan"), float("inf"), "", "1", "a", b"", b"a", 1j,
    decimal.Decimal(1), decimal.Decimal("1.0"), decimal.Decimal("1.00"),
    dt.date(2024, 1, 1), dt.datetime(2024, 1, 1), dt.datetime(2024, 1, 1, fold=1), dt.time(1), dt.timedelta(1),  # noqa: DTZ001
    dt.datetime(2024, 1, 1, tzinfo=dt.UTC), dt.datetime(2024, 1, 1, 1, tzinfo=dt.timezone(dt.timedelta(hours=1))),
]  # fmt: skip

scalars = st.sampled_from(SCALARS).map(copy.deepcopy)


def composites(children: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.one_of(
        st.lists(children, max_size=3),
        st.lists(children, max_size=3).map(tuple),
        st.dictionaries(st.sampled_from(["a", "b", "1", 1, True, 1.0]), children, max_size=3),
        st.builds(Pair, children, children),
        st.builds(Slotted, children, children),
        st.builds(Open, children),
        st.builds(Data, children, children),
    )


values = st.recursive(scalars, composites, max_leaves=8)


@given(values, values)
def test_unchanged_means_the_same_text(old: Any, new: Any) -> None:
    """The law: if the rule says unchanged, no text made of the two can differ; repr stands for the strictest template."""
    if same(old, new):
        assert repr(old) == repr(new)


@given(values)
def test_a_rebuilt_value_is_unchanged(value: Any) -> None:
    """The rule is not empty: a deep copy of any value it knows is unchanged."""
    assert same(value, copy.deepcopy(value))


@given(values, values)
def test_the_rule_is_symmetric(old: Any, new: Any) -> None:
    """Which of the two is older does not matter."""
    assert same(old, new) == same(new, old)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (1, True), (1, 1.0), (0, False), (0.0, -0.0), ("1", 1), ("a", b"a"), (None, False),
        (decimal.Decimal("1.0"), decimal.Decimal("1.00")),
        ([1], (1,)), ([1], [True]), ({"a": 1, "b": 2}, {"b": 2, "a": 1}), ({1: "x"}, {True: "x"}),
        ((1, 2), Pair(1, 2)), (Slotted(1, hidden=1), Slotted(1, hidden=2)), (Data(1, 1), Data(1, 2)),
        ({1, 2}, {1, 2}), (frozenset("a"), frozenset("a")), (range(3), range(3)), (object(), object()),
    ],
)  # fmt: skip
def test_what_python_or_a_person_might_call_equal_has_changed(old: Any, new: Any) -> None:
    """Strict like Elixir's `===`, and closed: sets, ranges and foreign objects have changed unless identical."""
    assert not same(old, new)
    assert same(old, old)


def test_never_calls_a_users_eq() -> None:
    """Not at the top, not inside containers, dicts, attrs classes or dataclasses."""
    for wrap in (
        lambda x: x,
        lambda x: [x],
        lambda x: {"k": x},
        Slotted,
        Open,
        Data,
        lambda x: (1, [{"a": Slotted(x)}]),
    ):
        assert not same(wrap(Liar()), wrap(Liar()))


def test_all_that_an_object_holds_counts_not_only_its_fields() -> None:
    """A template may read an attribute that is no field: the law needs it to be compared."""
    one, other = Open(1), Open(1)
    assert same(one, other)
    one.note = "x"  # type: ignore[attr-defined]
    assert not same(one, other)


def test_a_slot_that_was_never_filled_is_not_none() -> None:
    """Reading it raises: a page that shows it is another page."""
    empty, none = object.__new__(Slotted), object.__new__(Slotted)
    assert same(empty, object.__new__(Slotted))
    for slot in ("a", "hidden"):
        object.__setattr__(none, slot, None)
    assert not same(empty, none)
    assert not same(none, empty)


def test_subclasses_of_builtins_have_changed() -> None:
    """A subclass may hold or print anything."""

    class Text(str):  # noqa: SLOT000 - what users write
        pass

    class Box(list[int]):
        pass

    @attrs.define(order=False)
    class Hidden(list[int]):  # state that no field shows
        a: int = 0

    assert not same(Text("a"), Text("a"))
    assert not same(Box([1]), Box([1]))
    assert not same(Hidden(), Hidden())


def test_safe_text_is_compared_by_value() -> None:
    """Our own class, whose text is all that it holds: marking the same markup anew sends nothing."""
    assert same(raw("<b>"), raw("<b>"))
    assert not same(raw("<b>"), raw("<i>"))
    assert not same(raw("<b>"), "<b>")
    assert not same("<b>", raw("<b>"))


def test_zones_are_equal_only_when_that_is_proven() -> None:
    """Two zones of one repr may have different rules; `timezone` is its repr, `ZoneInfo("x")` is cached."""

    class Zone(dt.tzinfo):
        def __init__(self, hours: int) -> None:
            self.hours = hours

        def utcoffset(self, _: dt.datetime | None) -> dt.timedelta:
            return dt.timedelta(hours=self.hours)

        def dst(self, _: dt.datetime | None) -> None:
            return None

        def tzname(self, _: dt.datetime | None) -> None:
            return None

        def __repr__(self) -> str:
            return "Zone()"

    def at(zone: dt.tzinfo) -> dt.datetime:
        return dt.datetime(2024, 1, 1, tzinfo=zone)

    assert not same(at(Zone(1)), at(Zone(2)))
    assert same(at(dt.timezone(dt.timedelta(hours=2))), at(dt.timezone(dt.timedelta(hours=2))))
    assert not same(at(dt.timezone(dt.timedelta(hours=1))), at(dt.timezone(dt.timedelta(hours=2))))
    assert not same(at(dt.UTC), at(dt.timezone(dt.timedelta(0), "here")))
    assert same(at(zoneinfo.ZoneInfo("UTC")), at(zoneinfo.ZoneInfo("UTC")))


def test_what_cannot_be_compared_has_changed() -> None:
    """A structure that holds itself, a slot that was never filled: changed, never an error."""
    one: list[Any] = []
    other: list[Any] = []
    one.append(one)
    other.append(other)
    assert not same(one, other)
    half = Slotted.__new__(Slotted)
    assert not same(half, Slotted(1))
    assert same(half, Slotted.__new__(Slotted))


def test_enums_and_named_tuples() -> None:
    """Members are identical; a NamedTuple is its items, unless a subclass can hold more."""

    class Colour(enum.Enum):
        RED = 1

    class More(Pair):  # no __slots__: has a __dict__
        pass

    assert same(Colour.RED, Colour["RED"])
    assert same(Pair(1, [2]), Pair(1, [2]))
    assert not same(More(1, 2), More(1, 2))


def test_comparing_scalars_costs_no_more_than_their_comparison() -> None:
    """Identity first: equal but huge values that are identical are not walked."""
    huge = [Liar() for _ in range(1000)]
    assert same(huge, huge)
    assert same([huge], [huge])


@pytest.mark.parametrize("value", [None, True, 1, 1.5, 1j, "a", b"a"])
def test_scalars_are_remembered_as_true(value: Any) -> None:
    """No path leads into them (AS-4, N2.4)."""
    assert stored(value) is True


@pytest.mark.parametrize("value", [[1], {}, (), Slotted(1), {1}, decimal.Decimal(1)])
def test_composites_are_remembered(value: Any) -> None:
    """So that `@user.name` can be compared (EN-8)."""
    assert stored(value) is value


def test_path_changed() -> None:
    """Attributes by getattr, items of dicts only, the rule at the end; whatever cannot be walked has changed (EN-8, EN-9)."""
    old, new = Slotted({"k": [1], "x": 1}), Slotted({"k": [1], "x": 2})
    steps = ((".", "a"), ("[]", "k"))
    assert not path_changed(old, new, steps)
    assert path_changed(old, new, ((".", "a"), ("[]", "x")))
    assert path_changed(True, new, steps)
    assert path_changed(old, None, steps)
    assert path_changed([1], [1], (("[]", 0),))  # a list is not walked
    assert not path_changed(old, old, steps)


@pytest.mark.parametrize("kind", [".", "[]"])
@pytest.mark.parametrize(
    ("old", "new", "names", "changed"),
    [
        ({"a": 1}, {"a": 2}, "b", False),  # EN-8: at the end of the path neither has it
        ({"a": 1}, {"a": 1, "b": 1}, "b", True),
        ({"a": 1, "b": 1}, {"a": 1}, "b", True),
        ({"a": 1, "b": None}, {"a": 1}, "b", True),
        ({"a": 1}, {"a": 2}, "b c", True),  # before its end it cannot be walked on
        ({"a": {"x": 1}}, {"a": {"x": 2}}, "a c", False),
        ({"a": {"x": 1}}, {"a": {"x": 2}}, "a b c", True),
        ({"a": {"x": 1}}, {"a": {"c": 2}}, "a c", True),
    ],
)
def test_a_path_to_what_is_not_there(kind: str, old: Any, new: Any, names: str, changed: bool) -> None:
    """Step by step, whether the steps are items or attributes (EN-8)."""

    def shaped(value: Any) -> Any:
        if not isinstance(value, dict):
            return value
        inner: dict[str, Any] = {name: shaped(each) for name, each in value.items()}  # pyright: ignore[reportUnknownVariableType]
        return inner if kind == "[]" else SimpleNamespace(**inner)

    steps = tuple((kind, name) for name in names.split())
    assert path_changed(shaped(old), shaped(new), steps) is changed


def test_a_path_below_the_same_value() -> None:
    """What is the same in both is walked all the same: a step that cannot be made counts as changed (EN-8, EN-9)."""
    inner = SimpleNamespace(rows=[1], name="n")
    old, new = {"i": inner, "n": 1}, {"i": inner, "n": 2}
    assert not path_changed(old, new, (("[]", "i"), (".", "name")))
    assert not path_changed(old, new, (("[]", "i"), (".", "missing")))
    assert path_changed(old, new, (("[]", "i"), (".", "missing"), (".", "x")))
    assert path_changed(old, new, (("[]", "i"), (".", "rows"), ("[]", 0)))


def test_a_property_that_raises_has_changed() -> None:
    """An attribute that is there and cannot be read is not one that is missing."""

    class Broken:
        @property
        def name(self) -> str:
            raise ValueError

    assert path_changed(Broken(), Broken(), ((".", "name"),))


# --- the face -------------------------------------------------------------------------------------------------------------


def test_reading() -> None:
    """By attribute, by key, by `get`; as pairs; `in` asks for names."""
    assigns = Assigns({"count": 1, "items": [1], "values": 2})
    assert (assigns.count, assigns["count"], assigns.get("count"), assigns.get("no"), assigns.get("no", 5)) == (
        1,
        1,
        1,
        None,
        5,
    )
    assert assigns.items == [1]
    assert assigns.values == 2
    assert dict(assigns) == {"count": 1, "items": [1], "values": 2}
    assert next(iter(assigns)) == ("count", 1)
    assert "count" in assigns
    assert "no" not in assigns
    assert len(assigns) == 3
    assert repr(assigns) == "Assigns(count=1, items=[1], values=2)"
    assert "count" in dir(assigns)


def test_a_name_that_is_a_method_is_read_by_key() -> None:
    """`get` is a method as an attribute; as a key it is an assign like any other."""
    assert Assigns({"get": 5})["get"] == 5


def test_a_missing_assign_is_a_key_error_and_an_attribute_error() -> None:
    """So that `hasattr`, `getattr` with a default and `except KeyError` work."""
    assigns = Assigns({"title": 1})
    assert not hasattr(assigns, "titel")
    assert getattr(assigns, "titel", 3) == 3
    with pytest.raises(MissingAssign) as caught:
        _ = assigns["titel"]
    assert isinstance(caught.value, KeyError)
    assert caught.value.nearest == ("title",)


def test_read_only() -> None:
    """Every way to write says what to do instead, and nothing changed."""
    assigns = Assigns({"count": 1})
    with pytest.raises(FrozenError):
        assigns.count = 2
    with pytest.raises(FrozenError):
        assigns["count"] = 2
    with pytest.raises(FrozenError):
        del assigns.count
    assert dict(assigns) == {"count": 1}
    with pytest.raises(TypeError):
        hash(assigns)


def test_equality_copy_and_pickle() -> None:
    """Assigns are their values."""
    assigns = Assigns({"a": [1]}, {"a": True}, frozenset({"a"}))
    assert assigns == Assigns({"a": [1]})
    assert assigns != {"a": [1]}
    for copied in (pickle.loads(pickle.dumps(assigns)), copy.deepcopy(assigns), copy.copy(assigns)):
        assert copied == assigns
        assert copied._changed == {"a": True}
        assert copied._given == {"a"}


# --- assigns of function components (AS-6…9, AS-20) -----------------------------------------------------------------------


def test_without_tracking_everything_changed() -> None:
    """`__changed__` None: a plain put, and `changed` is True for every name (AS-6, AS-7)."""
    assigns = Assigns({"a": 1}).assign(b=2)
    assert assigns._changed is None
    assert assigns.changed("a")
    assert assigns.changed("anything")


def test_tracked_assign_marks_what_differs_with_the_oldest_value() -> None:
    """A different value is marked, once, with the first old value (AS-4, AS-7)."""
    assigns = Assigns({"a": [1], "b": 1}, {}).assign(a=[1], b=2).assign(b=3, c=4)
    assert assigns._changed == {"b": True, "c": True}
    assert Assigns({"a": [1]}, {}).assign(a=[2]).assign(a=[3])._changed == {"a": [1]}
    assert dict(assigns) == {"a": [1], "b": 3, "c": 4}


def test_an_equal_value_that_no_caller_gave_is_marked() -> None:
    """A component with declarations computed it: whether its inputs changed is unknown (AS-7)."""
    given_a = Assigns({"a": 1, "b": 1}, {}, frozenset({"a"}))
    assert given_a.assign(a=1)._changed == {}
    assert given_a.assign(b=1)._changed == {"b": True}


def test_update_and_assign_new_on_assigns() -> None:
    """`update` needs the name, `assign_new` only fills what is absent, None included (AS-9, AS-20)."""
    assigns = Assigns({"a": None}, {})
    assert assigns.assign_new("a", lambda: 1).a is None
    assert assigns.assign_new("b", lambda: 1)._changed == {"b": True}
    assert Assigns({"a": 1}).update("a", lambda a: a + 1).a == 2
    with pytest.raises(MissingAssign):
        assigns.update("nope", lambda a: a)


def test_assign_takes_a_mapping_and_assigns() -> None:
    """Keywords win over the mapping."""
    assert dict(Assigns({}).assign({"a": 1, "b": 1}, b=2)) == {"a": 1, "b": 2}
    assert dict(Assigns({}).assign(Assigns({"a": 1}))) == {"a": 1}


def test_a_name_is_no_list_of_names() -> None:
    """Text is a sequence of letters, and would leave out nothing."""
    with pytest.raises(BadOption, match=r"assigns_to_attributes\(assigns, \['label'\]\)"):
        assigns_to_attributes({"label": "x"}, "label")
