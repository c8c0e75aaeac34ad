"""`casting`: what text means for a type, and the law that text made from a value is that value again."""

from __future__ import annotations

import datetime
import subprocess
import sys
from decimal import Decimal
from enum import Enum, IntEnum
from typing import Annotated, Any, Literal, NewType, Optional
from uuid import UUID

import pytest
from attrs import Factory, fields, frozen, make_class
from attrs import field as attrs_field
from hypothesis import given
from hypothesis import strategies as st

from liveview_core import Changeset, to_form
from liveview_core.errors import BadOption
from liveview_core.forms.changeset.casting import (
    Invalid,
    admits_none,
    attributes,
    cast_value,
    converter,
    default_of,
    is_many,
    type_name,
    type_of,
)
from liveview_core.rendering.html import plain

Price = NewType("Price", Decimal)


class Role(Enum):
    """Values that are text, a number and a truth."""

    ADMIN = "admin"
    SECOND = 2
    ODD = True


class Level(IntEnum):
    """Numbers."""

    LOW = 1
    HIGH = 2


class Slug(str):
    """A plain type of one's own."""

    __slots__ = ()


class Money:
    """No attrs class."""

    def __init__(self, text: str) -> None:
        self.cents = round(float(text) * 100)


@frozen
class All:
    """An attribute of every type."""

    text: str
    number: int
    real: float
    truth: bool
    exact: Decimal
    day: datetime.date
    clock: datetime.time
    moment: datetime.datetime
    uid: UUID
    role: Role
    level: Level
    slug: Slug
    choice: Literal["a", 1, True]
    maybe: int | None
    older: Optional[bool]  # noqa: UP045 - as people still write it
    items: list[int]
    pair: tuple[Level, ...]
    unique: frozenset[str]
    lists: list[str] | None
    price: Price
    noted: Annotated[int, "years"]
    anything: Any
    union: int | str
    money: Money | None = None
    bare: list = Factory(list)  # type: ignore[type-arg] # pyright: ignore[reportMissingTypeArgument, reportUnknownVariableType]


@pytest.mark.parametrize(
    ("name", "sent", "value"),
    [
        ("text", " a ", " a "),
        ("number", "-12", -12),
        ("number", "+7", 7),
        ("number", 7, 7),
        ("real", "1", 1.0),
        ("real", "-.5e1", -5.0),
        ("real", 3, 3.0),
        ("truth", "true", True),
        ("truth", "1", True),
        ("truth", "false", False),
        ("truth", "0", False),
        ("truth", True, True),
        ("exact", "1.50", Decimal("1.50")),
        ("exact", 1.1, Decimal("1.1")),
        ("exact", Decimal(2), Decimal(2)),
        ("day", "2026-02-28", datetime.date(2026, 2, 28)),
        ("clock", "07:05", datetime.time(7, 5)),
        ("clock", "07:05:09.123", datetime.time(7, 5, 9, 123000)),
        ("moment", "2026-02-28T07:05", datetime.datetime(2026, 2, 28, 7, 5)),  # noqa: DTZ001
        ("moment", "2026-02-28 07:05:01Z", datetime.datetime(2026, 2, 28, 7, 5, 1, tzinfo=datetime.UTC)),
        ("uid", "12345678-1234-5678-1234-567812345678", UUID(int=0x12345678123456781234567812345678)),
        ("role", "admin", Role.ADMIN),
        ("role", "2", Role.SECOND),
        ("role", "true", Role.ODD),
        ("role", Role.ODD, Role.ODD),
        ("level", "2", Level.HIGH),
        ("slug", "a", Slug("a")),
        ("choice", "a", "a"),
        ("choice", "1", 1),
        ("choice", "true", True),
        ("choice", True, True),
        ("maybe", "3", 3),
        ("maybe", "", None),
        ("older", "false", False),
        ("items", ["1", "", "2"], [1, 2]),
        ("items", [""], []),
        ("pair", ["1", "2"], (Level.LOW, Level.HIGH)),
        ("unique", ["a", "b", "a"], frozenset("ab")),
        ("lists", ["a", " "], ["a"]),
        ("price", "1.5", Decimal("1.5")),
        ("noted", "5", 5),
        ("anything", {"x": 1}, {"x": 1}),
        ("bare", ["a", 1], ["a", 1]),
    ],
)
def test_what_is_cast(name: str, sent: Any, value: Any) -> None:
    """Text, and what is of the type already."""
    found = cast_value(All, name, sent)
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize(
    ("name", "sent"),
    [
        *[("number", text) for text in ("1.0", "1_000", " 5", "٣", "x", "9" * 5000, "0x1")],
        *[("number", value) for value in (True, 1.5, ["1"], {"a": "1"})],
        *[("real", value) for value in ("nan", "inf", "1e999", "1_0", "", True) if value != ""],
        *[("truth", value) for value in ("yes", "True", ["true"], 1.5, {"a": 1})],
        *[("exact", value) for value in ("NaN", "Infinity", "1,5", True)],
        *[("day", value) for value in ("20260228", "2026-W01-1", "2026-02-30", "2026-02-28T01:00")],
        *[("day", datetime.datetime(2026, 1, 1))],  # noqa: DTZ001
        *[("clock", value) for value in ("0705", "25:00", "T07:05")],
        *[("moment", value) for value in ("2026-02-28", "20260228T0705", "2026-02-28x07:05")],
        ("uid", "x"),
        *[("role", value) for value in ("ADMIN", "3", ["admin"], 5)],
        ("level", "LOW"),
        *[("choice", value) for value in ("b", "2", {"a": "a"})],
        *[("items", value) for value in ("12", ["x"], {"0": "1"}, 5)],
        ("unique", [["a"]]),
        ("text", ["a"]),
        ("text", 5),
    ],
)
def test_what_is_invalid(name: str, sent: Any) -> None:
    """What is not exactly a value of the type; never an error of another kind, whatever a stranger sends."""
    with pytest.raises(Invalid):
        cast_value(All, name, sent)


def test_blank_is_the_default() -> None:
    """Of the class, made anew by its factory; None where it has none, an empty list where only that can be."""
    assert cast_value(All, "text", "  ") is None
    assert cast_value(All, "number", None) is None
    one, other = cast_value(All, "bare", []), cast_value(All, "bare", "")
    assert one == other == []
    assert one is not other
    taking = make_class("Taking", {"a": attrs_field(default=Factory(lambda self: self, takes_self=True))})
    assert default_of(fields(taking).a) is None


def test_types_nobody_knows() -> None:
    """An error of the program, which says how to teach it; then it is known."""
    with pytest.raises(BadOption) as raised:
        cast_value(All, "union", "5")
    assert str(raised.value) == (
        "nobody knows how to cast to the type of All.union\n"
        "  expected: str, int, float, bool, Decimal, date, time, datetime, UUID, an Enum, a Literal, or Optional, list, "
        "set or tuple of them\n"
        "  got: int | str\n"
        "  cure: teach it: liveview_core.forms.changeset.casting.converter()"
        ".register_structure_hook(<the type>, lambda value, _: …)"
    )
    with pytest.raises(BadOption, match=r"All\.money"):
        cast_value(All, "money", "1.5")
    converter().register_structure_hook(Money, lambda value, _: Money(value))
    assert cast_value(All, "money", "1.5").cents == 150
    with pytest.raises(Invalid):
        cast_value(All, "money", "much")


def test_types_that_cannot_be_read() -> None:
    """The names of annotations must be there at run time."""

    class Local:
        """Unknown to the module."""

    @frozen
    class Holder:
        inside: Local

    with pytest.raises(BadOption) as raised:
        type_of(Holder, "inside")
    assert str(raised.value) == (
        "the type of Holder.inside cannot be read: name 'Local' is not defined\n"
        "  expected: annotations whose names the module of the class knows at run time\n"
        "  got: 'Local'\n"
        "  cure: import the name outside `if TYPE_CHECKING`, define the class at module level, "
        "or call attrs.resolve_types(Holder, globals(), locals())"
    )


def test_reading_types() -> None:
    """Where None may stand, what holds many, and how types are written."""
    admitting = [name for name in attributes(All) if admits_none(type_of(All, name))]
    assert admitting == ["maybe", "older", "lists", "anything", "money"]
    assert admits_none(Literal["a", None])
    many = [name for name in attributes(All) if is_many(type_of(All, name))]
    assert many == ["items", "pair", "unique", "lists", "bare"]
    assert [type_name(each) for each in (int, list[int], int | None, Literal["a"])] == [
        "int",
        "list[int]",
        "int | None",
        "Literal['a']",
    ]
    assert type_of(make_class("Bare", ["x"]), "x") is Any


NO_CATTRS = """
import sys
sys.modules["cattrs"] = None
from attrs import frozen
from liveview_core import Changeset, LiveViewError

@frozen
class User:
    name: str

print(Changeset.change(User, name="Ann").apply_changes())
try:
    Changeset.cast(User, {"name": "Ann"}, ["name"])
except ImportError as error:
    print(error)
    print(isinstance(error, LiveViewError))
"""


def test_without_cattrs() -> None:
    """Only casting needs it, and says which extra brings it."""
    ran = subprocess.run([sys.executable, "-c", NO_CATTRS], capture_output=True, text=True, check=True)
    assert ran.stdout.splitlines() == [
        "User(name='Ann')",
        "casting params needs cattrs",
        "  cure: pip install 'liveview-core[forms]'",
        "True",
    ]


# --- laws

FINITE = {"allow_nan": False, "allow_infinity": False}
ZONES = st.none() | st.integers(-1439, 1439).map(lambda minutes: datetime.timezone(datetime.timedelta(minutes=minutes)))
WORDS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(lambda text: not text.isspace())
VALUES: dict[str, st.SearchStrategy[Any]] = {
    "text": WORDS,
    "number": st.integers(),
    "real": st.floats(**FINITE),  # type: ignore[arg-type]
    "truth": st.booleans(),
    "exact": st.decimals(**FINITE),
    "day": st.dates(),
    "clock": st.times(timezones=ZONES),
    "moment": st.datetimes(timezones=ZONES),
    "uid": st.uuids(),
    "role": st.sampled_from(Role),
    "level": st.sampled_from(Level),
    "slug": WORDS.map(Slug),
    "choice": st.sampled_from(["a", 1, True]),
    "maybe": st.none() | st.integers(),
    "older": st.none() | st.booleans(),
    "items": st.lists(st.integers()),
    "pair": st.lists(st.sampled_from(Level)).map(tuple),
    "unique": st.frozensets(WORDS),
    "price": st.decimals(**FINITE),
    "noted": st.integers(),
}


def as_sent(shown: Any) -> Any:
    """What an input sends for what it shows."""
    return [plain(each) for each in shown] if isinstance(shown, list) else plain(shown)


@given(st.sampled_from(sorted(VALUES)), st.data())
def test_what_a_form_shows_is_cast_to_the_same_value(name: str, data: st.DataObject) -> None:
    """A value, shown by a form and sent back as text, is that value: and so no change of what holds it."""
    value = data.draw(VALUES[name])
    changeset = Changeset.change(All, **{name: value})
    sent = as_sent(to_form(changeset)[name].value)
    found = Changeset.cast(All, {name: sent}, [name])
    assert found.valid
    assert found.get_field(name) == value
    assert type(found.get_field(name)) is type(value)
    assert Changeset.cast(changeset, {name: sent}, [name]).changes == changeset.changes


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=6,
)


@given(st.dictionaries(st.sampled_from([*VALUES, "bare", "lists"]), ANYTHING))
def test_whatever_is_sent_is_cast_or_invalid(params: Any) -> None:
    """No stranger makes casting raise; each param is a change, no change or an error."""
    changeset = Changeset.cast(All, params, [*VALUES, "bare", "lists"])
    wrong = [name for name, _ in changeset.errors]
    assert set(wrong) | set(changeset.changes) <= set(params)
    assert not set(wrong) & set(changeset.changes)
    assert all(error == "is invalid" for _, error in changeset.errors)


# --- dates and times in parts ---------------------------------------------------------------------------------------------

PARTS: dict[str, Any] = {"year": "2026", "month": "2", "day": "3", "hour": "04", "minute": "5"}


@frozen
class Trip:
    """What selects are asked for."""

    on: datetime.date | None = None
    at: datetime.time | None = None
    moment: datetime.datetime | None = None
    days: list[datetime.date] = Factory(list)


@pytest.mark.parametrize(
    ("name", "sent", "value"),
    [
        ("on", PARTS, datetime.date(2026, 2, 3)),
        ("on", {"year": 2026, "month": 2, "day": 3, "_unused_day": ""}, datetime.date(2026, 2, 3)),
        ("at", PARTS, datetime.time(4, 5)),
        ("at", {**PARTS, "second": "", "microsecond": None}, datetime.time(4, 5)),
        ("at", {**PARTS, "second": "6", "microsecond": "7"}, datetime.time(4, 5, 6, 7)),
        ("moment", PARTS, datetime.datetime(2026, 2, 3, 4, 5)),  # noqa: DTZ001
        ("moment", {**PARTS, "second": "6"}, datetime.datetime(2026, 2, 3, 4, 5, 6)),  # noqa: DTZ001
        ("days", [PARTS, dict.fromkeys(PARTS, "")], [datetime.date(2026, 2, 3)]),
        ("on", {"year": "", "month": "", "day": None}, None),
        ("at", {"hour": "", "minute": "", "second": ""}, None),
        ("moment", dict.fromkeys(PARTS, ""), None),
    ],
)
def test_parts(name: str, sent: Any, value: Any) -> None:
    """As Ecto casts them: all empty is no value."""
    assert cast_value(Trip, name, sent) == value
    changeset = Changeset.cast(Trip, {name: sent}, [name])
    assert (dict(changeset.changes), changeset.errors) == ({} if value is None else {name: value}, ())


@pytest.mark.parametrize(
    ("name", "sent"),
    [
        ("on", {**PARTS, "day": "31"}),
        ("on", {**PARTS, "day": ""}),
        ("on", {"year": "", "month": ""}),
        ("on", {"year": "2026"}),
        ("on", {**PARTS, "year": "x"}),
        ("on", {**PARTS, "year": True}),
        ("on", {**PARTS, "year": ["2026"]}),
        ("at", {"hour": "", "minute": "5"}),
        ("at", {"hour": "24", "minute": "0"}),
        ("at", {"hour": "", "minute": "", "second": "5"}),
        ("at", {**PARTS, "second": "x"}),
        ("moment", {**PARTS, "hour": ""}),
        ("moment", {**PARTS, "year": "", "month": "", "day": ""}),
        ("days", [{"year": "2026"}]),
    ],
)
def test_parts_of_nothing(name: str, sent: Any) -> None:
    """What is there by half is an error, and so is a day that no calendar has."""
    assert [field for field, _ in Changeset.cast(Trip, {name: sent}, [name]).errors] == [name]


@pytest.mark.parametrize("sent", ["on", "off", "yes", "True", "t", 1, 0])
def test_truths_of_others(sent: Any) -> None:
    """Ecto's are "true", "1", "false" and "0": a checkbox says what it sends by its value."""
    with pytest.raises(Invalid):
        cast_value(All, "truth", sent)
    assert not Changeset.cast(All, {"terms": sent}, []).validate_acceptance("terms").valid
