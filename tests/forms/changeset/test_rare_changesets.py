"""Changesets at their edges: values that are cast already, children that nobody validated, what is put and not cast."""

from __future__ import annotations

import datetime
from enum import IntEnum

import pytest
from attrs import Factory, frozen

from liveview_core import Changeset, heex, to_form
from liveview_core.forms.changeset.associations import find_relation
from liveview_core.forms.changeset.casting import cast_value, input_text
from liveview_core.forms.changeset.form_data import CHANGESET
from liveview_core.forms.form import PARAMS


class Level(IntEnum):
    LOW = 1


@frozen
class Line:
    """One line of an order."""

    id: int | None = None
    text: str = ""


@frozen
class Order:
    """Lines in their order, and lines that have none."""

    lines: tuple[Line, ...] = ()
    bag: frozenset[Line] = Factory(frozenset)


@frozen
class Moment:
    """A day, a time of day, both."""

    day: datetime.date
    time: datetime.time
    both: datetime.datetime


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("day", datetime.date(2026, 1, 2)),
        ("time", datetime.time(1, 2)),
        ("both", datetime.datetime(2026, 1, 2, 3, 4, tzinfo=datetime.UTC)),
    ],
)
def test_what_is_cast_stays(name: str, value: object) -> None:
    assert cast_value(Moment, name, value) is value


def test_children_have_an_order() -> None:
    assert find_relation(Order, "lines") is not None
    assert find_relation(Order, "bag") is None


def test_children_that_are_put_are_forms_too() -> None:
    form = to_form(Changeset.change(Order(), lines=(Line(1, "a"),)))
    page = heex("<.inputs_for :let={f} field={@form['lines']}>{f['text'].value}</.inputs_for>")
    assert "a" in page(form=form).__html__()


def test_a_child_that_nobody_validated_is_a_change() -> None:
    order = Order((Line(1, "a"),))
    child = Changeset.cast(Line, {"text": None}, ["text"]).validate_required(["text"])
    assert not child.valid
    assert "lines" in Changeset.change(order).put_assoc("lines", [child]).changes


@frozen
class Named:
    """Cannot be made without a name."""

    name: str


@frozen
class Team:
    """Of those."""

    people: tuple[Named, ...] = ()


def test_a_child_of_which_nothing_can_be_made_yet() -> None:
    """It is valid, as nobody has validated it, and a change all the same."""
    blank = Changeset.change(Named)
    assert blank.valid
    assert Changeset.change(Team()).put_assoc("people", [blank]).changes["people"] == (blank.put_action("insert"),)


def test_what_an_input_shows_of_a_member() -> None:
    assert input_text(Level.LOW) == "1"


def test_what_forms_are_made_of_shows_its_name() -> None:
    assert (repr(CHANGESET), repr(PARAMS)) == ("CHANGESET", "PARAMS")
